"""Who acts: organisations, staff and their roles, sign-in, API keys, devices, customers' links.

A room that makes a customer's link (billing one presentation, a portal) does so in its own statement:
`-- include: identity/make_link` reads the CTE `linked (link_id uuid, token_hash bytea, purpose text, customer_id uuid, subject_id uuid,
expires_at timestamptz)` (zero or more rows; purpose `presentation` with its subject, `customer` without, or `feed` with either a customer or the
member of staff as its subject) and writes them; `identity/end_feeds` reads `ending (feed_of uuid)` (zero or one row) and ends what feeds they have (`ended_feeds (link_id)`);
it defines `made_link (link_id, customer_id, subject_id, expires_at)`. The token is never stored: the rule binds
`token_hash=link_hash(link_token(work.cursors, link_id))` and its `finish` puts `link_token(work.cursors, answer.link_id)` into the reply,
so that a replay says the same. The holder comes as a principal of kind `customer_link` with `customer_id` and `subject_id`,
over the API as `Authorization: Bearer l_…`, on pages by the path `/a/l_…` (offers) `/l/l_…` (portal) or `/feed/l_…` (calendars), and has the scopes in
`service.identity.links.SCOPES`: `presentations:read`, `presentations:decide`.
"""
