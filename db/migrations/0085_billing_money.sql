-- Billing, the money: a double-entry ledger whose balances are chains, payments, what they pay, custody of cash, card attempts, refunds.
-- Nothing here is ever updated or deleted but the state of a card attempt; a mistake is followed by a row that names it.

-- An account is named by what it is of: its kind, its holder (a customer, a member of staff, a tax rate; '' for the organisation's one) and its currency.
create table billing.account (
  organisation_id uuid not null,
  kind text not null constraint account_kind_known check (kind in ('receivable', 'customer_credit', 'cash_on_agent', 'cash_in_transit', 'cash_office',
    'cash_difference', 'owed_by_staff', 'cheques', 'bank', 'card_clearing', 'card_fees', 'disputes_held', 'refunds_due', 'unmatched', 'rounding', 'revenue', 'tax', 'write_off', 'bad_debt', 'compensation', 'other')),
  holder text not null constraint account_holder_short check (length(holder) <= 60),
  currency text not null constraint account_currency_iso check (currency ~ '^[A-Z]{3}$'),
  opened_at timestamptz not null default kit.recorded_now(),
  constraint account_pkey primary key (organisation_id, kind, holder, currency),
  constraint account_has_its_holder check ((kind in ('receivable', 'customer_credit', 'cash_on_agent', 'cash_difference', 'owed_by_staff')) <= (length(holder) = 36)));
select kit.append_only('billing.account', except_columns => 'opened_at');

-- One ledger row: an amount from one account to another. `posting_id` is the happening it is of (payment, invoice, hand-in, refund …).
-- `strand` is whose lock orders it: the customer's, or that of a happening that nobody else writes about. An account's balance is the sum of its strands, so
-- that no account which everybody pays into makes everybody wait.
create table billing.transfer (
  organisation_id uuid not null,
  posting_id uuid not null,
  ordinal int not null constraint transfer_ordinal_counts check (ordinal between 1 and 10000),
  kind text not null constraint transfer_kind_known check (kind in ('sale', 'tax', 'payment', 'allocation', 'reopening', 'reversal', 'parking', 'hand_in', 'acceptance',
    'difference', 'refund', 'refund_paid', 'refund_unpaid', 'refund_failed', 'refund_cancelled', 'claim', 'claim_paid', 'deposit', 'credit_note', 'dispute', 'card_fee', 'write_off', 'recovery',
    'bank_statement', 'bank_gap', 'bank_match', 'cheque', 'compensation', 'compensation_reversal')),
  debit_kind text not null, debit_holder text not null,
  credit_kind text not null, credit_holder text not null,
  currency text not null,
  amount_minor bigint not null constraint transfer_moves_something check (amount_minor between 1 and 1000000000000000),
  strand uuid not null,
  subject_kind text not null constraint transfer_subject_is_a_word check (subject_kind ~ '^[a-z][a-z_]+$' and length(subject_kind) <= 40),
  subject_id uuid not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default kit.recorded_now(),
  debit_side text not null generated always as ('debit') stored,
  credit_side text not null generated always as ('credit') stored,
  constraint transfer_pkey primary key (organisation_id, posting_id, ordinal),
  constraint transfer_whole unique (organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder),
  constraint transfer_between_two_accounts check ((debit_kind, debit_holder) <> (credit_kind, credit_holder)),
  constraint customer_money_under_their_lock check (
    (debit_kind not in ('receivable', 'customer_credit') or debit_holder = strand::text) and (credit_kind not in ('receivable', 'customer_credit') or credit_holder = strand::text)));
select kit.append_only('billing.transfer', except_columns => 'recorded_at');
create index transfer_of_subject on billing.transfer (organisation_id, subject_id);
-- The books in their order, and each account's part of them; all that is told of a row stands in the index, so that reading a year back touches no table.
create index transfers_in_order on billing.transfer (organisation_id, recorded_at, posting_id, ordinal)
  include (kind, debit_kind, debit_holder, credit_kind, credit_holder, currency, amount_minor, subject_kind, subject_id, occurred_at);
create index transfers_debiting on billing.transfer (organisation_id, debit_kind, debit_holder, currency, recorded_at, posting_id, ordinal)
  include (kind, credit_kind, credit_holder, amount_minor, subject_kind, subject_id, occurred_at);
create index transfers_crediting on billing.transfer (organisation_id, credit_kind, credit_holder, currency, recorded_at, posting_id, ordinal)
  include (kind, debit_kind, debit_holder, amount_minor, subject_kind, subject_id, occurred_at);
create index receivables_moved on billing.transfer (organisation_id, epoch, transaction_id, strand) where debit_kind = 'receivable' or credit_kind = 'receivable';
create index transfers_handing_in on billing.transfer (organisation_id, recorded_at)
  include (posting_id, ordinal, kind, debit_kind, debit_holder, credit_kind, credit_holder, currency, amount_minor, subject_kind, subject_id) where kind = 'hand_in';

-- A transfer's two sides, each the next step of its account's strand: a foreign key ties each `before` to the `after` of the step before.
create table billing.account_entry (
  organisation_id uuid not null,
  posting_id uuid not null, ordinal int not null, side text not null constraint entry_side_known check (side in ('debit', 'credit')),
  debit_kind text not null, debit_holder text not null, credit_kind text not null, credit_holder text not null,
  currency text not null, amount_minor bigint not null, strand uuid not null,
  version int not null constraint entry_version_counts check (version between 1 and 2000000000),
  balance_before bigint not null, balance_after bigint not null,          -- debits less credits
  account_kind text not null generated always as (case side when 'debit' then debit_kind else credit_kind end) stored,
  account_holder text not null generated always as (case side when 'debit' then debit_holder else credit_holder end) stored,
  previous int generated always as (nullif(version - 1, 0)) stored,
  opened_kind text generated always as (case when version = 1 then case side when 'debit' then debit_kind else credit_kind end end) stored,
  custody_of text generated always as (case when side = 'debit' and debit_kind = 'cash_on_agent' then debit_holder
    when side = 'credit' and credit_kind = 'cash_on_agent' then credit_holder end) stored,                     -- whose cash it moves
  constraint account_entry_pkey primary key (organisation_id, account_kind, account_holder, currency, strand, version),
  constraint entry_balances unique (organisation_id, account_kind, account_holder, currency, strand, version, balance_after),
  constraint one_entry_a_side unique (organisation_id, posting_id, ordinal, side),
  -- Only a strand's first step asks for its account: later ones follow it, and nobody queues for a shared row.
  constraint entry_of_account foreign key (organisation_id, opened_kind, account_holder, currency) references billing.account (organisation_id, kind, holder, currency),
  constraint entry_of_transfer foreign key (organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder)
    references billing.transfer (organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder),
  constraint entry_follows foreign key (organisation_id, account_kind, account_holder, currency, strand, previous, balance_before)
    references billing.account_entry (organisation_id, account_kind, account_holder, currency, strand, version, balance_after),
  constraint balance_begins_at_nothing check (version > 1 or balance_before = 0),
  constraint balance_adds check (balance_after = balance_before + case side when 'debit' then amount_minor else -amount_minor end),
  constraint balance_bounded check (balance_after between -1000000000000000000 and 1000000000000000000),
  constraint receivable_and_cheques_never_overdrawn check (case side when 'debit' then debit_kind else credit_kind end not in ('receivable', 'cheques') or balance_after >= 0),
  constraint deposit_arrives_once check (case side when 'debit' then debit_kind else credit_kind end <> 'cash_in_transit'
    or case side when 'debit' then debit_holder else credit_holder end <> 'bank' or balance_after >= 0),
  constraint credit_never_overdrawn check (case side when 'debit' then debit_kind else credit_kind end <> 'customer_credit' or balance_after <= 0));
select kit.append_only('billing.account_entry');
alter table billing.transfer add constraint transfer_debits_its_account foreign key (organisation_id, posting_id, ordinal, debit_side)
  references billing.account_entry (organisation_id, posting_id, ordinal, side);
alter table billing.transfer add constraint transfer_credits_its_account foreign key (organisation_id, posting_id, ordinal, credit_side)
  references billing.account_entry (organisation_id, posting_id, ordinal, side);

-- The cash in one person's hands, step by step over all strands, under their own lock. Each entry of their account has its step here, and each step its entry.
create table billing.cash_custody (
  organisation_id uuid not null,
  staff_id uuid not null, currency text not null,
  step int not null constraint custody_step_counts check (step between 1 and 2000000000),
  strand uuid not null, version int not null, side text not null, amount_minor bigint not null,              -- the entry
  held_before bigint not null, held_after bigint not null,
  account_kind text not null generated always as ('cash_on_agent') stored,
  holder text not null generated always as (staff_id::text) stored,
  previous int generated always as (nullif(step - 1, 0)) stored,
  must_follow int generated always as (case when held_after < 0 then step + 1 end) stored,
  constraint cash_custody_pkey primary key (organisation_id, staff_id, currency, step),
  constraint custody_held unique (organisation_id, staff_id, currency, step, held_after),
  constraint one_custody_step_an_entry unique (organisation_id, holder, currency, strand, version),
  constraint custody_figures unique (organisation_id, holder, currency, strand, version, side, amount_minor),
  constraint custody_of_entry foreign key (organisation_id, account_kind, holder, currency, strand, version)
    references billing.account_entry (organisation_id, account_kind, account_holder, currency, strand, version),
  constraint custody_follows foreign key (organisation_id, staff_id, currency, previous, held_before)
    references billing.cash_custody (organisation_id, staff_id, currency, step, held_after),
  constraint custody_begins_with_nothing check (step > 1 or held_before = 0),
  constraint custody_adds check (held_after = held_before + case side when 'debit' then amount_minor else -amount_minor end),
  -- A correction takes the mistyped amount out before it puts the right one in: less than nothing needs a step after it by the time of commit.
  constraint nobody_holds_less_than_nothing foreign key (organisation_id, staff_id, currency, must_follow)
    references billing.cash_custody (organisation_id, staff_id, currency, step) deferrable initially deferred);
select kit.append_only('billing.cash_custody');
create index custody_begun on billing.cash_custody (organisation_id, staff_id, currency) where step = 1;
create index custody_at_nothing on billing.cash_custody (organisation_id, staff_id, currency, step) where held_after = 0;
alter table billing.account_entry add constraint entry_steps_custody foreign key (organisation_id, custody_of, currency, strand, version, side, amount_minor)
  references billing.cash_custody (organisation_id, holder, currency, strand, version, side, amount_minor);

-- Money received, once per business key. It goes to the customer's credit whole (transfer 1); allocations take it from there.
create table billing.payment (
  organisation_id uuid not null,
  payment_id uuid not null,
  customer_id uuid not null,
  key_kind text not null constraint payment_key_kind_known check (key_kind in ('client', 'collection', 'payment_intent', 'bank_entry', 'dispute', 'cheque')),
  key text not null constraint payment_key_short check (length(key) between 1 and 255),
  method text not null constraint payment_method_known check (method in ('cash', 'card', 'bank_transfer', 'cheque')),
  amount_minor bigint not null constraint payment_is_money check (amount_minor between 1 and 1000000000000000),
  currency text not null,
  invoice_id uuid,                                                         -- the invoice it names, if any
  taken_by uuid,
  visit_id uuid,
  captured_at timestamptz not null,
  recorded_at timestamptz not null default kit.recorded_now(),
  corrects uuid,
  source_kind text not null, source_holder text not null,                  -- where the money lies
  cheque_id uuid generated always as (case when method = 'cheque' then payment_id end) stored,
  first_ordinal int not null generated always as (1) stored,
  credit_kind text not null generated always as ('customer_credit') stored,
  credit_holder text not null generated always as (customer_id::text) stored,
  constraint payment_pkey primary key (organisation_id, payment_id),
  constraint payment_told_once unique (organisation_id, key_kind, key),
  constraint payment_account unique (organisation_id, payment_id, customer_id, currency, amount_minor, source_kind, source_holder),
  constraint payment_of_customer foreign key (organisation_id, customer_id) references customers.customer (organisation_id, customer_id),
  constraint payment_names_an_invoice_of_its_customer foreign key (organisation_id, invoice_id, customer_id, currency)
    references billing.invoice (organisation_id, invoice_id, customer_id, currency),
  constraint payment_taken_by_staff foreign key (organisation_id, taken_by) references identity.staff (organisation_id, staff_id),
  constraint payment_corrects_another foreign key (organisation_id, corrects) references billing.payment (organisation_id, payment_id),
  constraint payment_corrected_once unique (organisation_id, corrects),
  constraint payment_at_visit_of_its_customer foreign key (organisation_id, customer_id, visit_id) references dispatch.visit (organisation_id, customer_id, visit_id),
  constraint collection_is_of_a_visit check (key_kind <> 'collection' or (visit_id is not null and invoice_id is not null and taken_by is not null and corrects is null)),
  constraint payment_is_posted foreign key (organisation_id, payment_id, first_ordinal, customer_id, currency, amount_minor, source_kind, source_holder, credit_kind, credit_holder)
    references billing.transfer (organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder),
  constraint cash_lies_with_whom_took_it check ((method <> 'cash' or (taken_by is not null and source_kind = 'cash_on_agent' and source_holder = taken_by::text)) is true),
  constraint money_lies_where_its_method_puts_it check (method = 'cash' or source_kind in ('unmatched', case method when 'card' then 'card_clearing' when 'cheque' then 'cheques' else 'bank' end)));
select kit.append_only('billing.payment', except_columns => 'recorded_at');
create index payment_of_customer_in_order on billing.payment (organisation_id, customer_id, payment_id);
create index payment_at_visit on billing.payment (organisation_id, visit_id) where visit_id is not null;
-- A collection told without an id of its own and tapped twice is one payment. Who collects the same amount twice says so by an id.
create unique index one_collection_of_an_invoice_per_visit on billing.payment (organisation_id, visit_id, invoice_id, taken_by, amount_minor)
  where key_kind = 'collection';

-- What was told to whoever paid, sealed: the number, what was paid, what the service then was and what was withdrawn.
create table billing.receipt (
  organisation_id uuid not null,
  payment_id uuid not null,
  receipt_number text not null constraint receipt_number_readable check (receipt_number ~ '^[A-Z0-9-]{6,40}$'),
  outcome jsonb not null constraint receipt_outcome_small check (jsonb_typeof(outcome) = 'object' and length(outcome::text) <= 500000),
  issued_at timestamptz not null default kit.recorded_now(),
  block_number text generated always as (case when receipt_number like 'B-%' then receipt_number end) stored,     -- of a book, whose use it must be
  constraint receipt_pkey primary key (organisation_id, payment_id),
  constraint receipt_number_given_once unique (organisation_id, receipt_number),
  constraint receipt_of_payment foreign key (organisation_id, payment_id) references billing.payment (organisation_id, payment_id));
select kit.append_only('billing.receipt', except_columns => 'issued_at');

-- The number of a receipt from a book: block, place in it, and two check digits (ISO 7064, MOD 97-10).
create function billing.number_in_block(block int, serial int) returns text language sql immutable strict parallel safe
  return 'B-' || lpad(block::text, 6, '0') || '-' || lpad(serial::text, 3, '0') || '-' || lpad((98 - (block::bigint * 1000 + serial) * 100 % 97)::text, 2, '0');
grant execute on function billing.number_in_block to sayso_service;

-- A book of receipt numbers, set aside for one device so that it can give them without signal. Books are numbered without a gap, and so are the numbers in them.
create table billing.receipt_block (
  organisation_id uuid not null,
  block int not null constraint receipt_block_counts check (block between 1 and 999999),
  block_id uuid not null,
  staff_id uuid not null, device_id uuid not null,
  size int not null constraint receipt_block_size_in_range check (size between 1 and 500),
  reserved_at timestamptz not null,
  recorded_at timestamptz not null default kit.recorded_now(),
  previous int generated always as (nullif(block - 1, 0)) stored,
  constraint receipt_block_pkey primary key (organisation_id, block),
  constraint one_receipt_block_an_id unique (organisation_id, block_id),
  constraint receipt_block_terms unique (organisation_id, block, staff_id, size),
  constraint receipt_block_follows foreign key (organisation_id, previous) references billing.receipt_block (organisation_id, block),
  constraint receipt_block_on_a_device_of_its_staff foreign key (organisation_id, staff_id, device_id) references identity.device (organisation_id, staff_id, device_id));
select kit.append_only('billing.receipt_block', except_columns => 'recorded_at');
select kit.lockable('day', 'billing.receipt_block', 'staff_id', 'block_id');

-- What became of a number of a book: given for one payment of its owner's, or void for a reason. What is neither is missing or still unused.
create table billing.receipt_number_use (
  organisation_id uuid not null,
  block int not null, serial int not null, staff_id uuid not null, size int not null,
  payment_id uuid, customer_id uuid, currency text, amount_minor bigint,
  reason text constraint void_reason_bounded check (length(reason) between 1 and 500),
  told_at timestamptz not null,
  recorded_at timestamptz not null default kit.recorded_now(),
  receipt_number text not null generated always as (billing.number_in_block(block, serial)) stored,
  given_number text generated always as (case when payment_id is not null then billing.number_in_block(block, serial) end) stored,
  source_kind text not null generated always as ('cash_on_agent') stored,
  source_holder text not null generated always as (staff_id::text) stored,
  constraint receipt_number_used_once primary key (organisation_id, block, serial),
  constraint number_given_for_payment unique (organisation_id, receipt_number, payment_id),
  constraint receipt_number_in_its_block check (serial between 1 and size),
  constraint number_given_or_void check ((payment_id is null) = (reason is not null) and (payment_id is null) = (customer_id is null) and (payment_id is null) = (currency is null)
    and (payment_id is null) = (amount_minor is null)),
  constraint number_of_block foreign key (organisation_id, block, staff_id, size) references billing.receipt_block (organisation_id, block, staff_id, size),
  constraint number_given_by_its_owner foreign key (organisation_id, payment_id, customer_id, currency, amount_minor, source_kind, source_holder)
    references billing.payment (organisation_id, payment_id, customer_id, currency, amount_minor, source_kind, source_holder),
  constraint number_stands_on_its_receipt foreign key (organisation_id, given_number) references billing.receipt (organisation_id, receipt_number));
select kit.append_only('billing.receipt_number_use', except_columns => 'recorded_at');
-- A receipt with such a number, and the use of the number, vouch for each other; the statement after the payment's own writes the use.
alter table billing.receipt add constraint receipt_from_a_block foreign key (organisation_id, block_number, payment_id)
  references billing.receipt_number_use (organisation_id, receipt_number, payment_id) deferrable initially deferred;

-- How much of an invoice is open, and how much of it is written off, step by step: paid = total − open − written off, so 0 ≤ paid ≤ total by CHECK.
-- Written off isn't paid: it stays owed by whoever owes it, and what they pay after all is first recovered, then settled.
create table billing.allocation (
  organisation_id uuid not null,
  invoice_id uuid not null,
  step int not null constraint allocation_step_counts check (step between 1 and 1000000),
  kind text not null constraint allocation_kind_known check (kind in ('settle', 'reopen', 'write_off', 'recover')),
  posting_id uuid not null, ordinal int not null,                          -- the transfer that moved the money
  customer_id uuid not null, currency text not null, total_minor bigint not null,
  open_before bigint not null, open_after bigint not null,
  written_off_before bigint not null default 0, written_off_after bigint not null default 0,
  amount_minor bigint not null generated always as (abs(open_before - open_after)) stored,
  previous int generated always as (nullif(step - 1, 0)) stored,
  debit_kind text not null generated always as (case kind when 'settle' then 'customer_credit' when 'write_off' then 'bad_debt' else 'receivable' end) stored,
  debit_holder text not null generated always as (case kind when 'write_off' then '' else customer_id::text end) stored,
  credit_kind text not null generated always as (case kind when 'reopen' then 'customer_credit' when 'recover' then 'bad_debt' else 'receivable' end) stored,
  credit_holder text not null generated always as (case kind when 'recover' then '' else customer_id::text end) stored,
  write_off_id uuid generated always as (case kind when 'write_off' then posting_id end) stored,
  write_off_verdict text generated always as (case kind when 'write_off' then 'approved' end) stored,
  constraint allocation_pkey primary key (organisation_id, invoice_id, step),
  constraint allocation_opens unique (organisation_id, invoice_id, step, open_after, written_off_after),
  constraint one_allocation_a_transfer unique (organisation_id, posting_id, ordinal),
  constraint allocation_of_invoice foreign key (organisation_id, invoice_id, customer_id, currency, total_minor)
    references billing.invoice (organisation_id, invoice_id, customer_id, currency, total_minor),
  constraint allocation_follows foreign key (organisation_id, invoice_id, previous, open_before, written_off_before)
    references billing.allocation (organisation_id, invoice_id, step, open_after, written_off_after),
  constraint allocation_begins_with_all_open check (step > 1 or (open_before = total_minor and written_off_before = 0)),
  constraint paid_within_total check (open_before between 0 and total_minor and open_after between 0 and total_minor),
  constraint allocation_moves_its_way check (case when kind in ('settle', 'write_off') then open_after < open_before else open_after > open_before end),
  constraint written_off_moves_its_way check (written_off_after - written_off_before = case when kind in ('write_off', 'recover') then open_before - open_after else 0 end),
  constraint written_off_whole check (kind <> 'write_off' or open_after = 0),
  constraint written_off_within_total check (written_off_after >= 0 and open_after + written_off_after <= total_minor),
  constraint allocation_is_posted foreign key (organisation_id, posting_id, ordinal, customer_id, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder)
    references billing.transfer (organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder));
select kit.append_only('billing.allocation');

-- Bad debts: the open rest of an invoice, as it stood when somebody proposed to give it up.
create table billing.write_off (
  organisation_id uuid not null,
  write_off_id uuid not null,
  invoice_id uuid not null, customer_id uuid not null, currency text not null, total_minor bigint not null,
  amount_minor bigint not null constraint write_off_is_money check (amount_minor between 1 and total_minor),
  reason text not null constraint write_off_reason_known check (reason in ('insolvent', 'untraceable', 'deceased', 'time_barred', 'too_costly', 'settled_for_less', 'other')),
  note text not null constraint write_off_note_bounded check (length(note) between 1 and 500),
  proposed_by text not null constraint write_off_proposer_short check (length(proposed_by) <= 100),
  recorded_at timestamptz not null default kit.recorded_now(),
  constraint write_off_pkey primary key (organisation_id, write_off_id),
  constraint write_off_terms unique (organisation_id, write_off_id, invoice_id, customer_id, currency, amount_minor, proposed_by),
  constraint write_off_of_invoice foreign key (organisation_id, invoice_id, customer_id, currency, total_minor)
    references billing.invoice (organisation_id, invoice_id, customer_id, currency, total_minor));
select kit.append_only('billing.write_off', except_columns => 'recorded_at');
create index write_off_of_invoice on billing.write_off (organisation_id, invoice_id);

-- Yes or no, once. Whoever gives money up isn't who asked for it, nor an API key, which either of them may have made.
create table billing.write_off_decision (
  organisation_id uuid not null,
  write_off_id uuid not null, invoice_id uuid not null, customer_id uuid not null, currency text not null, amount_minor bigint not null, proposed_by text not null,
  verdict text not null constraint write_off_verdict_known check (verdict in ('approved', 'declined')),
  decided_by text not null constraint write_off_decider_short check (length(decided_by) <= 100),
  recorded_at timestamptz not null default kit.recorded_now(),
  constraint write_off_decision_pkey primary key (organisation_id, write_off_id),
  constraint write_off_decided unique (organisation_id, write_off_id, verdict, invoice_id, amount_minor),
  constraint write_off_of_its_invoice unique (organisation_id, write_off_id, verdict, invoice_id),
  constraint decision_of_write_off foreign key (organisation_id, write_off_id, invoice_id, customer_id, currency, amount_minor, proposed_by)
    references billing.write_off (organisation_id, write_off_id, invoice_id, customer_id, currency, amount_minor, proposed_by),
  constraint written_off_by_somebody_else check (verdict <> 'approved' or (decided_by like 'staff:%' and decided_by <> proposed_by)));
select kit.append_only('billing.write_off_decision', except_columns => 'recorded_at');
alter table billing.allocation add constraint written_off_as_approved foreign key (organisation_id, write_off_id, write_off_verdict, invoice_id, amount_minor)
  references billing.write_off_decision (organisation_id, write_off_id, verdict, invoice_id, amount_minor);

-- What is owed again after all: because a payment in the same transaction pays it, or because writing it off was a mistake.
create table billing.recovery (
  organisation_id uuid not null,
  recovery_id uuid not null, ordinal int not null,
  invoice_id uuid not null, customer_id uuid not null, currency text not null, amount_minor bigint not null,
  cause text not null constraint recovery_cause_known check (cause in ('paid', 'undone')),
  write_off_id uuid, write_off_verdict text generated always as (case cause when 'undone' then 'approved' end) stored,
  note text not null constraint recovery_note_bounded check (length(note) <= 500),
  recorded_by text not null constraint recoverer_short check (length(recorded_by) <= 100),
  recorded_at timestamptz not null default kit.recorded_now(),
  debit_kind text not null generated always as ('receivable') stored, credit_kind text not null generated always as ('bad_debt') stored,
  holder text not null generated always as (customer_id::text) stored,
  nobody text not null generated always as ('') stored,
  constraint recovery_pkey primary key (organisation_id, recovery_id, ordinal),
  constraint undone_once unique (organisation_id, write_off_id),
  constraint undoes_a_write_off check ((cause = 'undone') = (write_off_id is not null)),
  constraint recovery_of_write_off foreign key (organisation_id, write_off_id, write_off_verdict, invoice_id)
    references billing.write_off_decision (organisation_id, write_off_id, verdict, invoice_id),
  constraint recovery_of_step foreign key (organisation_id, recovery_id, ordinal) references billing.allocation (organisation_id, posting_id, ordinal),
  constraint recovery_is_posted foreign key (organisation_id, recovery_id, ordinal, customer_id, currency, amount_minor, debit_kind, holder, credit_kind, nobody)
    references billing.transfer (organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder));
select kit.append_only('billing.recovery', except_columns => 'recorded_at');
create index recovery_of_invoice on billing.recovery (organisation_id, invoice_id);

-- A payment taken back whole: a mistyped entry, a bounced cheque. What it had paid is open again.
create table billing.payment_reversal (
  organisation_id uuid not null,
  reversal_id uuid not null,
  payment_id uuid not null, customer_id uuid not null, currency text not null, amount_minor bigint not null,
  cause text not null constraint reversal_cause_known check (cause in ('mistyped', 'bounced_cheque', 'returned_debit', 'dispute', 'short_hand_in', 'other')),
  reason text not null constraint reversal_reason_bounded check (length(reason) between 1 and 500),
  reversed_by text not null constraint reverser_short check (length(reversed_by) <= 100),
  ordinal int not null,                                                    -- the transfer that took the money out again
  source_kind text not null, source_holder text not null,
  parked_id uuid,                                                          -- the parked money that the payment was made of, if any
  by_line uuid generated always as (case when source_kind = 'unmatched' and parked_id is null then reversal_id end) stored,
  told_id uuid generated always as (case when source_kind in ('bank', 'cheques') then payment_id end) stored,
  cheque_id uuid generated always as (case when source_kind = 'cheques' then payment_id end) stored,
  cheque_state text generated always as (case when source_kind = 'cheques' then case when cause in ('mistyped', 'other') then 'taken_back' else 'bounced' end end) stored,
  debit_kind text not null generated always as ('customer_credit') stored,
  holder text not null generated always as (customer_id::text) stored,
  recorded_at timestamptz not null default kit.recorded_now(),
  constraint payment_reversal_pkey primary key (organisation_id, reversal_id),
  constraint payment_reversed_once unique (organisation_id, payment_id),
  constraint reversal_has_one_cause unique (organisation_id, payment_id, cause),
  constraint reversal_names_its_payment unique (organisation_id, reversal_id, payment_id),
  constraint reversal_of_payment foreign key (organisation_id, payment_id, customer_id, currency, amount_minor, source_kind, source_holder)
    references billing.payment (organisation_id, payment_id, customer_id, currency, amount_minor, source_kind, source_holder),
  -- Who holds the cash would write off what they hold: somebody else says that it was mistyped or false. An API key is no somebody: the holder may have made it.
  constraint cash_taken_back_by_somebody_else check (source_kind <> 'cash_on_agent' or (reversed_by like 'staff:%' and reversed_by <> 'staff:' || source_holder)),
  constraint reversal_is_posted foreign key (organisation_id, reversal_id, ordinal, customer_id, currency, amount_minor, debit_kind, holder, source_kind, source_holder)
    references billing.transfer (organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder));
select kit.append_only('billing.payment_reversal', except_columns => 'recorded_at');

-- What the bank, or a dispute, took back though the customer had it meanwhile, or another claim was paid by it: they owe it again, by no invoice. Their credit pays it, step by step.
create table billing.claim (
  organisation_id uuid not null,
  claim_id uuid not null,                                                  -- the reversal, or the posting of the dispute, that it comes from
  payment_id uuid not null,                                                -- what was taken back
  dispute_id uuid, reversal_ref uuid generated always as (case when dispute_id is null then claim_id end) stored,
  customer_id uuid not null, currency text not null,
  amount_minor bigint not null,
  ordinal int not null,
  debit_kind text not null generated always as ('receivable') stored, credit_kind text not null generated always as ('customer_credit') stored,
  holder text not null generated always as (customer_id::text) stored,
  recorded_at timestamptz not null default kit.recorded_now(),
  constraint claim_pkey primary key (organisation_id, claim_id),
  constraint claim_terms unique (organisation_id, claim_id, customer_id, currency, amount_minor),
  constraint claim_currency unique (organisation_id, claim_id, customer_id, currency),
  constraint claim_of_reversal foreign key (organisation_id, reversal_ref, payment_id) references billing.payment_reversal (organisation_id, reversal_id, payment_id),
  constraint claim_of_payment foreign key (organisation_id, payment_id) references billing.payment (organisation_id, payment_id),
  constraint claim_is_posted foreign key (organisation_id, claim_id, ordinal, customer_id, currency, amount_minor, debit_kind, holder, credit_kind, holder)
    references billing.transfer (organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder));
select kit.append_only('billing.claim', except_columns => 'recorded_at');
create index claim_of_customer on billing.claim (organisation_id, customer_id, currency, claim_id);
create table billing.claim_step (
  organisation_id uuid not null,
  claim_id uuid not null,
  step int not null constraint claim_step_counts check (step between 1 and 1000000),
  posting_id uuid not null, ordinal int not null,
  customer_id uuid not null, currency text not null, total_minor bigint not null,
  open_before bigint not null, open_after bigint not null,
  amount_minor bigint not null generated always as (open_before - open_after) stored,
  previous int generated always as (nullif(step - 1, 0)) stored,
  debit_kind text not null generated always as ('customer_credit') stored, credit_kind text not null generated always as ('receivable') stored,
  holder text not null generated always as (customer_id::text) stored,
  constraint claim_step_pkey primary key (organisation_id, claim_id, step),
  constraint claim_step_opens unique (organisation_id, claim_id, step, open_after),
  constraint one_claim_step_a_transfer unique (organisation_id, posting_id, ordinal),
  constraint step_of_claim foreign key (organisation_id, claim_id, customer_id, currency, total_minor)
    references billing.claim (organisation_id, claim_id, customer_id, currency, amount_minor),
  constraint claim_step_follows foreign key (organisation_id, claim_id, previous, open_before) references billing.claim_step (organisation_id, claim_id, step, open_after),
  constraint claim_begins_with_all_open check (step > 1 or open_before = total_minor),
  constraint claim_paid_within_its_amount check (open_after >= 0 and open_after < open_before),
  constraint claim_step_is_posted foreign key (organisation_id, posting_id, ordinal, customer_id, currency, amount_minor, debit_kind, holder, credit_kind, holder)
    references billing.transfer (organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder));
select kit.append_only('billing.claim_step');

-- One try to collect an invoice by card. The row is committed before the provider is called; its state only moves up.
create table billing.collection_attempt (
  organisation_id uuid not null,
  attempt_id uuid not null,
  invoice_id uuid, claim_id uuid,                                           -- what it collects: one of them
  customer_id uuid not null, currency text not null,
  amount_minor bigint not null constraint attempt_amount_is_money check (amount_minor between 1 and 1000000000000000),
  livemode boolean not null,
  state text not null constraint attempt_state_known check (state in ('begun', 'open', 'processing', 'closed', 'succeeded')),
  provider_intent_id text constraint attempt_intent_short check (length(provider_intent_id) between 1 and 255),
  way text not null default 'online' constraint attempt_way_known check (way in ('online', 'terminal', 'checkout', 'saved')),  -- in a page of ours, at a card reader, on the provider's page, by a saved method
  provider_session_id text constraint attempt_session_short check (length(provider_session_id) between 1 and 255),  -- the provider's page; its intent is made when the customer pays
  begun_by text not null constraint attempt_begun_by_short check (length(begun_by) <= 100),
  begun_at timestamptz not null,
  constraint collection_attempt_pkey primary key (organisation_id, attempt_id),
  constraint attempt_intent_once unique (organisation_id, provider_intent_id),
  constraint attempt_session_once unique (organisation_id, provider_session_id),
  constraint attempt_session_is_of_checkout check (provider_session_id is null or way = 'checkout'),
  constraint attempt_sum unique (organisation_id, attempt_id, invoice_id, amount_minor),
  constraint attempt_collects_one_thing check (num_nonnulls(invoice_id, claim_id) = 1),
  constraint attempt_of_invoice foreign key (organisation_id, invoice_id, customer_id, currency) references billing.invoice (organisation_id, invoice_id, customer_id, currency),
  constraint attempt_of_claim foreign key (organisation_id, claim_id, customer_id, currency) references billing.claim (organisation_id, claim_id, customer_id, currency),
  constraint attempt_knows_its_intent check (state in ('begun', 'closed') or provider_intent_id is not null or (state <> 'succeeded' and provider_session_id is not null)));
select kit.changeable('billing.collection_attempt', 'state, provider_intent_id, provider_session_id');
create unique index one_open_attempt_per_invoice on billing.collection_attempt (organisation_id, invoice_id) where state in ('begun', 'open', 'processing');
create unique index one_open_attempt_per_claim on billing.collection_attempt (organisation_id, claim_id) where state in ('begun', 'open', 'processing');
create index attempts_not_final on billing.collection_attempt (organisation_id, begun_at) where state in ('begun', 'open', 'processing');

-- What the provider told us, each event once, with what it led to.
create table billing.provider_event (
  organisation_id uuid not null,
  event_id text not null constraint provider_event_id_short check (length(event_id) between 1 and 255),
  type text not null constraint provider_event_type_short check (length(type) between 1 and 255),
  intent_id text constraint provider_event_intent_short check (length(intent_id) between 1 and 255),
  attempt_id uuid,
  outcome text not null constraint provider_event_outcome_known check (outcome in ('applied', 'known', 'parked', 'moved', 'unmoved', 'unread', 'taken', 'waiting')),
  told_at timestamptz not null,
  received_at timestamptz not null default kit.recorded_now(),
  constraint provider_event_pkey primary key (organisation_id, event_id),
  constraint provider_event_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id));
select kit.append_only('billing.provider_event', except_columns => 'received_at');
create index provider_event_of_intent on billing.provider_event (organisation_id, intent_id, event_id) where intent_id is not null;

-- Money that is there but can't be matched: kept, with the reason, until a person says whose it is.
create table billing.parked_money (
  organisation_id uuid not null,
  parked_id uuid not null,
  intent_id text not null constraint parked_intent_short check (length(intent_id) between 1 and 255),
  attempt_id uuid,                                                         -- as told: perhaps nobody's
  reason text not null constraint parked_for_a_known_reason
    check (reason in ('UNKNOWN_ATTEMPT', 'AMOUNT_DIFFERS', 'CURRENCY_DIFFERS', 'LIVEMODE_DIFFERS', 'METADATA_DIFFERS', 'INTENT_DIFFERS')),
  amount_minor bigint not null, currency text not null, livemode boolean not null,
  captured_at timestamptz not null,
  recorded_at timestamptz not null default kit.recorded_now(),
  ordinal int not null generated always as (1) stored,
  debit_kind text not null generated always as ('card_clearing') stored,
  credit_kind text not null generated always as ('unmatched') stored,
  nobody text not null generated always as ('') stored,
  constraint parked_money_pkey primary key (organisation_id, parked_id),
  constraint money_parked_once unique (organisation_id, intent_id),
  constraint parking_is_posted foreign key (organisation_id, parked_id, ordinal, parked_id, currency, amount_minor, debit_kind, nobody, credit_kind, nobody)
    references billing.transfer (organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder));
select kit.append_only('billing.parked_money', except_columns => 'recorded_at');
create table billing.parked_resolution (
  organisation_id uuid not null,
  parked_id uuid not null,
  payment_id uuid not null,
  resolved_by text not null constraint resolver_short check (length(resolved_by) <= 100),
  recorded_at timestamptz not null default kit.recorded_now(),
  constraint parked_resolution_pkey primary key (organisation_id, parked_id),
  constraint resolution_of_parked foreign key (organisation_id, parked_id) references billing.parked_money (organisation_id, parked_id),
  constraint resolution_whole unique (organisation_id, payment_id, parked_id),
  constraint resolved_by_payment foreign key (organisation_id, payment_id) references billing.payment (organisation_id, payment_id));
select kit.append_only('billing.parked_resolution', except_columns => 'recorded_at');
alter table billing.payment_reversal add constraint reversal_of_parked_money foreign key (organisation_id, payment_id, parked_id)
  references billing.parked_resolution (organisation_id, payment_id, parked_id);

-- Money on its way back out of a customer's credit; its outcomes follow, the last of which stands: what a line of the bank paid is proposed again when the line is undone.
create table billing.refund (
  organisation_id uuid not null,
  refund_id uuid not null,
  customer_id uuid not null, currency text not null, amount_minor bigint not null,
  via text not null constraint refund_via_known check (via in ('card', 'bank_transfer', 'cash')),
  payment_id uuid,                                                         -- the card payment that it returns to
  intent_id text constraint refund_intent_short check (length(intent_id) between 1 and 255),
  reason text not null constraint refund_reason_bounded check (length(reason) between 1 and 500),
  proposed_by text not null constraint refund_proposer_short check (length(proposed_by) <= 100),
  recorded_at timestamptz not null default kit.recorded_now(),
  ordinal int not null generated always as (1) stored,
  debit_kind text not null generated always as ('customer_credit') stored, credit_kind text not null generated always as ('refunds_due') stored,
  holder text not null generated always as (customer_id::text) stored,
  nobody text not null generated always as ('') stored,
  constraint refund_pkey primary key (organisation_id, refund_id),
  constraint refund_terms unique (organisation_id, refund_id, customer_id, currency, amount_minor),
  constraint refund_to_its_card check ((via = 'card') = (payment_id is not null) and (via = 'card') = (intent_id is not null)),
  constraint refund_of_payment foreign key (organisation_id, payment_id) references billing.payment (organisation_id, payment_id),
  constraint refund_is_posted foreign key (organisation_id, refund_id, ordinal, customer_id, currency, amount_minor, debit_kind, holder, credit_kind, nobody)
    references billing.transfer (organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder));
select kit.append_only('billing.refund', except_columns => 'recorded_at');
create index refund_of_customer on billing.refund (organisation_id, customer_id, refund_id);
create table billing.refund_outcome (
  organisation_id uuid not null,
  refund_id uuid not null, step int not null constraint refund_outcome_counts check (step between 1 and 10000),
  customer_id uuid not null, currency text not null, amount_minor bigint not null,
  before text not null,
  outcome text not null constraint refund_outcome_known check (outcome in ('paid', 'failed', 'cancelled', 'proposed')),
  line_id uuid, line_step int,                                             -- by which a line that paid it does so no more
  previous int generated always as (nullif(step - 1, 0)) stored,
  provider_refund_id text constraint refund_provider_id_short check (length(provider_refund_id) between 1 and 255),
  settled_by text not null constraint refund_settler_short check (length(settled_by) <= 100),
  settled_at timestamptz not null,
  recorded_at timestamptz not null default kit.recorded_now(),
  constraint refund_outcome_pkey primary key (organisation_id, refund_id, step),
  constraint refund_outcome_whole unique (organisation_id, refund_id, step, outcome),
  constraint refund_outcome_follows foreign key (organisation_id, refund_id, previous, before) references billing.refund_outcome (organisation_id, refund_id, step, outcome),
  constraint refund_outcome_begins check (step > 1 or before = 'proposed'),
  constraint refund_outcome_moves check ((before, outcome) in (('proposed', 'paid'), ('proposed', 'failed'), ('proposed', 'cancelled'), ('paid', 'proposed'))),
  constraint refund_unpaid_by_a_line check ((outcome = 'proposed') = (line_id is not null) and (line_id is null) = (line_step is null)),
  constraint outcome_of_refund foreign key (organisation_id, refund_id, customer_id, currency, amount_minor)
    references billing.refund (organisation_id, refund_id, customer_id, currency, amount_minor));
select kit.append_only('billing.refund_outcome', except_columns => 'recorded_at');
-- Refunds that may yet be paid: where to look, so that nobody reads through those that are done. `sayso doctor` holds it to the outcomes.
create table billing.refund_on_its_way (
  organisation_id uuid not null, refund_id uuid not null,
  constraint refund_on_its_way_pkey primary key (organisation_id, refund_id),
  constraint refund_on_its_way_is_one foreign key (organisation_id, refund_id) references billing.refund (organisation_id, refund_id));
select kit.wall('billing.refund_on_its_way');
select kit.deletable('billing.refund_on_its_way');
create index refund_outcome_at_provider on billing.refund_outcome (organisation_id, provider_refund_id) where provider_refund_id is not null;

-- What requests lock by.
select kit.lockable('account', 'billing.collection_attempt', 'customer_id', 'attempt_id');
select kit.lockable('account', 'billing.claim', 'customer_id', 'claim_id');
select kit.lockable('account', 'billing.payment', 'customer_id', 'payment_id');
select kit.lockable('account', 'billing.refund', 'customer_id', 'refund_id');
select kit.lockable('day', 'billing.payment', 'taken_by', 'payment_id');
select kit.lockable('account', 'billing.write_off', 'customer_id', 'write_off_id');
