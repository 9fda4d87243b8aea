-- Billing, what the payment provider tells beside payments: events that wait for what they are about, disputes, and up to when its list was read.

-- An event that can't be matched yet, in our own words (no personal data): driven again until it can, or until a person has done what it waits for.
create table billing.waiting_event (
  organisation_id uuid not null,
  event_id text not null,
  type text not null constraint waiting_type_short check (length(type) between 1 and 255),
  object jsonb not null constraint waiting_object_small check (jsonb_typeof(object) = 'object' and length(object::text) <= 100000),
  reason text not null constraint event_waits_for_a_known_reason
    check (reason in ('PAYMENT_UNKNOWN', 'MONEY_PARKED', 'REFUND_UNKNOWN', 'NOT_COVERED', 'FIGURES_DIFFER')),
  intent_id text constraint waiting_intent_short check (length(intent_id) between 1 and 255),
  amount_minor bigint,
  currency text constraint waiting_currency_iso check (currency ~ '^[A-Z]{3}$'),
  told_at timestamptz not null,
  tries int not null constraint waiting_tries_counts check (tries between 0 and 1000000),
  next_try_at timestamptz not null,
  recorded_at timestamptz not null default kit.recorded_now(),
  constraint waiting_event_pkey primary key (organisation_id, event_id),
  constraint waiting_event_was_kept foreign key (organisation_id, event_id) references billing.provider_event (organisation_id, event_id));
select kit.changeable('billing.waiting_event', 'reason, tries, next_try_at', except_columns => 'recorded_at');
select kit.deletable('billing.waiting_event');
create index waiting_event_next on billing.waiting_event (organisation_id, next_try_at);

-- Up to when the provider's own list of events was read.
create table billing.event_cursor (
  organisation_id uuid not null,
  read_until timestamptz not null,
  constraint event_cursor_pkey primary key (organisation_id),
  constraint event_cursor_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id));
select kit.changeable('billing.event_cursor', 'read_until');

-- A customer disputes a card payment with their bank.
create table billing.dispute (
  organisation_id uuid not null,
  dispute_id uuid not null,
  provider_dispute_id text not null constraint dispute_provider_id_short check (length(provider_dispute_id) between 1 and 255),
  payment_id uuid not null, customer_id uuid not null,
  currency text not null constraint dispute_currency_iso check (currency ~ '^[A-Z]{3}$'),
  amount_minor bigint not null constraint dispute_is_money check (amount_minor between 1 and 1000000000000000),
  reason text not null constraint dispute_reason_short check (length(reason) between 1 and 100),
  opened_at timestamptz not null,
  recorded_at timestamptz not null default kit.recorded_now(),
  constraint dispute_pkey primary key (organisation_id, dispute_id),
  constraint dispute_told_once unique (organisation_id, provider_dispute_id),
  constraint dispute_names_its_payment unique (organisation_id, dispute_id, payment_id),
  constraint dispute_terms unique (organisation_id, dispute_id, customer_id, currency, amount_minor),
  constraint dispute_of_payment foreign key (organisation_id, payment_id) references billing.payment (organisation_id, payment_id));
select kit.append_only('billing.dispute', except_columns => 'recorded_at');
create index dispute_of_disputed on billing.dispute (organisation_id, payment_id);
select kit.lockable('account', 'billing.dispute', 'customer_id', 'dispute_id');

create function billing.dispute_rank(status text) returns int language sql immutable strict parallel safe
return array_position(array['warning_needs_response', 'warning_under_review', 'needs_response', 'under_review', 'warning_closed', 'prevented', 'lost', 'won'], status);
grant execute on function billing.dispute_rank to sayso_service;

-- How it stands: its status moves up its rank, never back, whatever order it is told in; while it stays, the last moment for evidence may move.
create table billing.dispute_step (
  organisation_id uuid not null,
  dispute_id uuid not null,
  step int not null constraint dispute_step_counts check (step between 1 and 100),
  status text not null constraint dispute_status_known check (billing.dispute_rank(status) is not null),
  status_before text,
  due_by timestamptz,                                                      -- evidence is taken until then
  told_at timestamptz not null,
  recorded_at timestamptz not null default kit.recorded_now(),
  previous int generated always as (nullif(step - 1, 0)) stored,
  constraint dispute_step_pkey primary key (organisation_id, dispute_id, step),
  constraint dispute_stands unique (organisation_id, dispute_id, step, status),
  constraint step_of_dispute foreign key (organisation_id, dispute_id) references billing.dispute (organisation_id, dispute_id),
  constraint dispute_follows foreign key (organisation_id, dispute_id, previous, status_before) references billing.dispute_step (organisation_id, dispute_id, step, status),
  constraint dispute_begins check ((step = 1) = (status_before is null)),
  constraint dispute_never_goes_back
    check (billing.dispute_rank(status) > billing.dispute_rank(status_before) or status = status_before and due_by is not null));
select kit.append_only('billing.dispute_step', except_columns => 'recorded_at');

-- The provider took the disputed money: the customer owes it again. What a person had taken back before isn't taken twice: then there is no transfer.
create table billing.dispute_withdrawal (
  organisation_id uuid not null,
  dispute_id uuid not null, customer_id uuid not null, currency text not null, amount_minor bigint not null,
  posting_id uuid, ordinal int,
  recorded_at timestamptz not null default kit.recorded_now(),
  debit_kind text not null generated always as ('customer_credit') stored,
  holder text not null generated always as (customer_id::text) stored,
  credit_kind text not null generated always as ('card_clearing') stored,
  nobody text not null generated always as ('') stored,
  constraint dispute_withdrawal_pkey primary key (organisation_id, dispute_id),
  constraint withdrawal_names_its_posting unique (organisation_id, dispute_id, posting_id),
  constraint withdrawal_of_dispute foreign key (organisation_id, dispute_id, customer_id, currency, amount_minor)
    references billing.dispute (organisation_id, dispute_id, customer_id, currency, amount_minor),
  constraint withdrawal_is_posted foreign key (organisation_id, posting_id, ordinal, customer_id, currency, amount_minor, debit_kind, holder, credit_kind, nobody)
    references billing.transfer (organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder),
  constraint withdrawal_posting_come_together check ((posting_id is null) = (ordinal is null)));
select kit.append_only('billing.dispute_withdrawal', except_columns => 'recorded_at');
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table billing.claim add constraint claim_of_dispute foreign key (organisation_id, dispute_id, payment_id) references billing.dispute (organisation_id, dispute_id, payment_id);
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table billing.claim add constraint claim_of_withdrawal foreign key (organisation_id, dispute_id, claim_id)
  references billing.dispute_withdrawal (organisation_id, dispute_id, posting_id);

-- A refund that the card's bank sent back after it was paid: the money is with the provider again, and the customer's credit.
create table billing.refund_return (
  organisation_id uuid not null,
  refund_id uuid not null, customer_id uuid not null, currency text not null, amount_minor bigint not null,
  returned_at timestamptz not null,
  recorded_at timestamptz not null default kit.recorded_now(),
  ordinal int not null generated always as (3) stored,
  outcome_step int not null generated always as (1) stored, outcome text not null generated always as ('paid') stored,
  debit_kind text not null generated always as ('card_clearing') stored, nobody text not null generated always as ('') stored,
  credit_kind text not null generated always as ('customer_credit') stored, holder text not null generated always as (customer_id::text) stored,
  constraint refund_return_pkey primary key (organisation_id, refund_id),
  constraint return_of_paid_refund foreign key (organisation_id, refund_id, outcome_step, outcome) references billing.refund_outcome (organisation_id, refund_id, step, outcome),
  constraint return_of_refund foreign key (organisation_id, refund_id, customer_id, currency, amount_minor)
    references billing.refund (organisation_id, refund_id, customer_id, currency, amount_minor),
  constraint return_is_posted foreign key (organisation_id, refund_id, ordinal, customer_id, currency, amount_minor, debit_kind, nobody, credit_kind, holder)
    references billing.transfer (organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder));
select kit.append_only('billing.refund_return', except_columns => 'recorded_at');

-- What the provider pays out to the bank: of which movements it is made, each explained by what we know; they may be told after it. Its fees are posted with them;
-- the money itself moves from card clearing to the bank by the bank's own line.
create table billing.payout (
  organisation_id uuid not null,
  payout_id uuid not null,
  provider_payout_id text not null constraint payout_provider_id_short check (length(provider_payout_id) between 1 and 255),
  currency text not null constraint payout_currency_iso check (currency ~ '^[A-Z]{3}$'),
  amount_minor bigint not null constraint payout_amount_bounded check (amount_minor between -1000000000000000 and 1000000000000000),
  status text not null constraint payout_status_known check (status in ('pending', 'in_transit', 'paid', 'failed', 'canceled')),
  arrives_on date not null constraint payout_arrives_in_range check (arrives_on between '2000-01-01' and '9999-01-01'),
  descriptor text constraint payout_descriptor_short check (length(descriptor) <= 255),
  trace_id text constraint payout_trace_short check (length(trace_id) between 1 and 255),                        -- by which banks follow it
  itemised boolean not null,                                               -- the provider says what it is made of
  recorded_at timestamptz not null default kit.recorded_now(),
  name_key text not null generated always as (upper(regexp_replace(provider_payout_id, '[^0-9A-Za-z]', '', 'g'))) stored,                -- however the bank writes it
  trace_key text generated always as (upper(regexp_replace(trace_id, '[^0-9A-Za-z]', '', 'g'))) stored,
  constraint payout_pkey primary key (organisation_id, payout_id),
  constraint payout_told_once unique (organisation_id, provider_payout_id),
  constraint payout_terms unique (organisation_id, payout_id, amount_minor),
  constraint payout_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id));
select kit.changeable('billing.payout', 'status, arrives_on, trace_id', except_columns => 'recorded_at');
create index payout_named on billing.payout (organisation_id, name_key);
create index payout_traced on billing.payout (organisation_id, trace_key) where trace_key is not null;
create index payout_of_amount on billing.payout (organisation_id, amount_minor, currency, arrives_on);
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table billing.bank_step add constraint bank_step_of_payout foreign key (organisation_id, payout_id, payout_minor)
  references billing.payout (organisation_id, payout_id, amount_minor);
-- The fees in a payout as its movements are told, step by step, each posted.
create table billing.payout_fee (
  organisation_id uuid not null,
  payout_id uuid not null,
  step int not null constraint payout_fee_counts check (step between 1 and 10000),
  posting_id uuid not null, currency text not null,
  fee_before bigint not null, fee_after bigint not null constraint payout_fee_bounded check (fee_after between -1000000000000000 and 1000000000000000),
  previous int generated always as (nullif(step - 1, 0)) stored,
  ordinal int not null generated always as (1) stored,
  fee_minor bigint not null generated always as (abs(fee_after - fee_before)) stored,
  debit_kind text not null generated always as (case when fee_after > fee_before then 'card_fees' else 'card_clearing' end) stored,
  credit_kind text not null generated always as (case when fee_after > fee_before then 'card_clearing' else 'card_fees' end) stored,
  holder text not null generated always as ('') stored,
  constraint payout_fee_pkey primary key (organisation_id, payout_id, step),
  constraint payout_fee_so_far unique (organisation_id, payout_id, step, fee_after),
  constraint fee_of_payout foreign key (organisation_id, payout_id) references billing.payout (organisation_id, payout_id),
  constraint payout_fees_follow foreign key (organisation_id, payout_id, previous, fee_before) references billing.payout_fee (organisation_id, payout_id, step, fee_after),
  constraint payout_fees_begin_with_nothing check (step > 1 or fee_before = 0),
  constraint payout_fee_is_posted foreign key (organisation_id, posting_id, ordinal, payout_id, currency, fee_minor, debit_kind, holder, credit_kind, holder)
    references billing.transfer (organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder));
select kit.append_only('billing.payout_fee');
create table billing.payout_line (
  organisation_id uuid not null,
  payout_id uuid not null,
  transaction_name text not null constraint payout_line_name_short check (length(transaction_name) between 1 and 255),
  type text not null constraint payout_line_type_short check (length(type) between 1 and 100),
  source_name text constraint payout_line_source_short check (length(source_name) between 1 and 255),
  amount_minor bigint not null constraint payout_line_amount_bounded check (amount_minor between -1000000000000000 and 1000000000000000),
  fee_minor bigint not null constraint payout_line_fee_bounded check (fee_minor between -1000000000000000 and 1000000000000000),
  created_at timestamptz not null,
  explained_by text constraint payout_line_explained_by_known check (explained_by in ('payment', 'refund', 'dispute', 'parked_money', 'fee', 'payout')),
  explained_id uuid,
  recorded_at timestamptz not null default kit.recorded_now(),
  constraint payout_line_pkey primary key (organisation_id, payout_id, transaction_name),
  constraint paid_out_once unique (organisation_id, transaction_name),
  constraint line_of_payout foreign key (organisation_id, payout_id) references billing.payout (organisation_id, payout_id));
select kit.append_only('billing.payout_line', except_columns => 'recorded_at');

-- What the provider keeps of a card payment, told before its payout: known early, posted with the payout alone.
create table billing.card_fee (
  organisation_id uuid not null,
  payment_id uuid not null,
  transaction_name text not null constraint card_fee_name_short check (length(transaction_name) between 1 and 255),
  currency text not null constraint card_fee_currency_iso check (currency ~ '^[A-Z]{3}$'),
  fee_minor bigint not null constraint card_fee_bounded check (fee_minor between -1000000000000000 and 1000000000000000),
  recorded_at timestamptz not null default kit.recorded_now(),
  constraint card_fee_pkey primary key (organisation_id, payment_id),
  constraint card_fee_of_payment foreign key (organisation_id, payment_id) references billing.payment (organisation_id, payment_id));
select kit.append_only('billing.card_fee', except_columns => 'recorded_at');
