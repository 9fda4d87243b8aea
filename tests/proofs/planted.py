"""Bugs planted on purpose, each with the tests that must notice it. A test that notices none of these proves nothing."""

from typing import NamedTuple


class Change(NamedTuple):
    """A text that stands once in a file of ours, and what stands there instead."""

    file: str
    text: str
    instead: str


class Bug(NamedTuple):
    """A mistake somebody could make, and who turns red."""

    name: str
    changes: list[Change]
    red: list[str]


PAYMENTS = "service/billing/payments.py"
CASH_LOCK = "        *account_of(invoice_id=cash.invoice_id, customer_id=cash.customer_id),\n"
AT_ONCE = "tests/proofs/test_pay_at_once.py::test_four_invoices_of_a_customer_paid_at_the_same_moment_leave_nobody_suspended"
WALLS = "tests/proofs/test_attack_as_service.py"

PLANTED = [
    Bug(
        "a tenant's predicate is missing where there is no wall",
        [Change("service/identity/sql/sessions.sql", ":only::uuid is null or organisation_id = :only", ":only::uuid is null or true")],
        ["tests/identity/test_sign_in.py::test_somebody_who_works_for_two_chooses_where_to_sign_in"],
    ),
    Bug(
        "the wall lets anybody's rows be read",
        [
            Change(
                "db/migrations/0001_kit.sql",
                "using (organisation_id = kit.tenant()) with check (organisation_id = kit.tenant())",
                "using (true) with check (organisation_id = kit.tenant())",
            )
        ],
        [
            f"{WALLS}::test_another_organisations_rows_can_be_neither_seen_counted_changed_nor_added",
            "tests/identity/test_organisation.py::test_every_walled_table_begins_with_its_organisation_and_has_the_one_policy",
        ],
    ),
    Bug(
        "anybody's look-ups can be taken away",
        [
            Change(
                "db/migrations/0001_kit.sql",
                "for delete using (organisation_id = kit.tenant())",
                "for delete using (true)",
            )
        ],
        [f"{WALLS}::test_another_organisations_rows_can_be_neither_seen_counted_changed_nor_added"],
    ),
    Bug(
        "row-level security isn't forced",
        [Change("db/migrations/0001_kit.sql", "  execute format('alter table %s force row level security', relation);\n", "")],
        ["tests/identity/test_organisation.py::test_only_the_law_and_what_is_the_databases_own_stand_outside_the_wall"],
    ),
    Bug(
        "a log can be edited",
        [
            Change(
                "db/migrations/0001_kit.sql",
                "  perform kit.wall(relation, except_columns || ', epoch, transaction_id');\n",
                "  perform kit.wall(relation, except_columns || ', epoch, transaction_id');\n"
                "  execute format('grant update on %s to sayso_service', relation);\n",
            )
        ],
        [f"{WALLS}::test_what_the_service_may_change_is_written_down_and_the_rest_are_logs"],
    ),
    Bug("the account's lock is forgotten", [Change(PAYMENTS, CASH_LOCK, "")], [AT_ONCE]),
    Bug(
        "the account's lock stands in the working statement",
        [
            Change(PAYMENTS, CASH_LOCK, ""),
            Change(
                "service/billing/sql/payments.sql",
                "with attempt as (\n  select attempt_id, invoice_id, claim_id, customer_id, amount_minor, currency, livemode, way, provider_intent_id",
                "with locked as materialized (\n  select pg_advisory_xact_lock(1, hashtext(customer_id::text)) from billing.invoice\n"
                "  where organisation_id = :organisation::uuid and invoice_id = :invoice_id::uuid),\n"
                "attempt as (\n  select attempt_id, invoice_id, claim_id, customer_id, amount_minor, currency, livemode, way, provider_intent_id",
            ),
            Change(
                "service/billing/sql/payments.sql", "from (select) one left join attempt on true", "from locked left join attempt on true"
            ),
        ],
        [AT_ONCE],
    ),
    Bug(
        "a payment's unique key is dropped",
        [
            Change(
                "db/migrations/0085_billing_money.sql", "  constraint payment_told_once unique (organisation_id, key_kind, key),\n", ""
            )
        ],
        ["tests/security/test_raw_sql_money.py::test_a_payment_is_money_that_moved_and_told_once"],
    ),
    Bug(
        "more can be billed than was performed",
        [
            Change(
                "db/migrations/0050_authorisations.sql",
                "  constraint billed_within_performed check (billed_after <= performed_after),\n",
                "",
            )
        ],
        ["tests/security/test_raw_sql_capacity.py::TestOverspending::test_more_than_was_performed"],
    ),
    Bug(
        "somebody can be in two places",
        [
            Change(
                "db/migrations/0070_dispatch.sql",
                "constraint nobody_in_two_places exclude using gist (organisation_id with =, technician_id with =, during with &&) deferrable",
                "constraint nobody_in_two_places exclude using gist (organisation_id with =, occupancy_id with =, during with &&) deferrable",
            )
        ],
        [
            "tests/dispatch/test_attack_dispatch.py::test_the_service_cannot_put_anybody_in_two_places",
            "tests/dispatch/test_attack_dispatch.py::test_nor_can_the_owner_of_the_tables",
        ],
    ),
    Bug(
        "a webhook's signature isn't checked",
        [Change("service/integrations/stripe/webhooks.py", 'raise WebhookRefused("forged")', "pass")],
        [
            "tests/billing/cards/test_pay_by_card.py::test_an_unsigned_or_forged_message_is_not_taken",
            "tests/integrations/test_verify_webhook.py",
        ],
    ),
    Bug(
        "facts aren't written with what they tell of",
        [Change("service/kit/sql.py", ":at::timestamptz from happened)", ":at::timestamptz from happened where false)")],
        ["tests/kit/test_read_facts.py::test_every_fact_comes_once_in_order_behind_its_cursor", AT_ONCE],
    ),
    Bug(
        "a key answers whatever the body",
        [Change("service/kit/database.py", 'if row["body_hash"] != remember.body_hash:', "if not row:")],
        ["tests/kit/test_idempotency.py::test_a_key_with_another_body_is_refused"],
    ),
    Bug(
        "a refresh token used twice isn't noticed",
        [
            Change("service/identity/sql/sessions.sql", "ended_at = case when e.generation <> :generation then", "ended_at = case when false then"),
            Change(
                "service/identity/sql/sessions.sql", "end_reason = case when e.generation <> :generation then", "end_reason = case when false then"
            ),
        ],
        ["tests/identity/test_sign_in.py::test_a_refresh_token_used_twice_ends_the_whole_session"],
    ),
    Bug(
        "a receipt is signed anew on replay",
        [Change("service/authorisations/receipts.py", "    if row.receipt is not None:\n        return row.receipt\n", "")],
        ["tests/authorisations/test_sign_receipt.py::test_the_same_answer_again_gives_the_same_receipt"],
    ),
    Bug(
        "a signed document's header may bring more",
        [Change("service/kit/signatures.py", 'or header.keys() != {"alg", "kid", "typ"} or', "or")],
        ["tests/kit/test_sign_documents.py::test_e11_another_algorithm_key_or_header_is_refused"],
    ),
    Bug(
        "a receipt held isn't compared with the pack",
        [Change("service/evidence/verifying/acts.py", "    elif not fits(told, act, pack):\n", "    elif False:\n")],
        ["tests/evidence/test_verify_evidence.py::test_i9_a_history_rewritten_whole_with_new_receipts_looks_whole_but_for_the_receipt_held"],
    ),
    Bug(
        "a person is erased in the middle of a dispute",
        [Change("service/evidence/sql/erasures.sql", "    when exists (select from held) then 'LEGAL_HOLD'\n", "")],
        [
            "tests/evidence/test_erase_person.py::test_e14_nothing_is_erased_while_a_dispute_is_open",
            "tests/evidence/test_erase_person.py::test_e14_nothing_is_erased_while_an_invoice_is_open",
        ],
    ),
]  # fmt: skip
