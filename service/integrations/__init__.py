"""The outside world, each part of it with a stand-in. Knows no business: rooms above say what to send and decide what an answer means.

`outside`            `open_outside` → `Outside`: all of it at once, from the settings
`stripe.client`      `open_stripe`, `create_payment_intent`, `confirm_payment_intent`, `retrieve_payment_intent`, `cancel_payment_intent`,
                     `create_refund`, `retrieve_refund`, `list_events`, `list_payouts`, `list_payout_moves`, `list_readers`, `show_at_reader`,
                     `clear_reader`, `create_connection_token`
`stripe.errors`      `ProviderDeclined`, `ProviderRefused`, `ProviderUnavailable` (all `ProviderError`)
`stripe.records`     `PaymentIntent`, `Refund`, `Dispute`, `Payout`, `BalanceTransaction`, `Reader`, `ConnectionToken`, `ProviderEvent`
`stripe.webhooks`    `verify_and_read` → `ProviderEvent`, or `WebhookRefused`
`stripe.standin`     `serve`, `running_standin`, `standin_in_process`, `Standin` (its controls)
`bank_statements`    `read_statements` → `Statement`s, or `StatementUnreadable`; `CsvMap`
`travel.roads`       `open_roads` → `RoadEngine`, `ask_roads` → `Legs`, or `EngineUnavailable`: OSRM and Valhalla, as servers or inside this process
`travel.standin`     `running_engines`, `Engines`: both by their protocols, on straight roads
`mail`               `send` → `Delivery`, `Mail`, `Attachment`, `MailServer`, `read_server`, `message_id_for`
`targets`            `resolve_target` → `Target`, or `TargetRefused`: where an outgoing request may go
`webhooks_out`       `open_sender` → `Sender`, `send_webhook` → `WebhookAnswer`
`radius`             `read_radius` → `RadiusNetwork`, `send_radius` → `RadiusAnswer`: the same by RADIUS
`mail_standin`       `running_mailbox`, `Mailbox`: keeps what is handed in
`provisioning_standin`  `serve`, `running_network`, `ProvisioningOrder`, `Confirmation`
"""
