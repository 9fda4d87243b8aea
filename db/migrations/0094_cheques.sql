-- Cheques: what is written on each, and where its money stands: on its way, in the bank, bounced, or taken back as told by mistake.

create table billing.cheque (
  organisation_id uuid not null,
  payment_id uuid not null,
  customer_id uuid not null, currency text not null, amount_minor bigint not null,
  number text not null constraint cheque_number_readable check (number ~ '^[0-9A-Za-z -]{1,40}$' and number ~ '[0-9A-Za-z]'),
  bank text not null constraint cheque_bank_readable check (length(bank) between 1 and 100 and bank ~ '[^[:space:]]'),
  dated_on date not null constraint cheque_date_in_range check (dated_on between '2000-01-01' and '2199-12-31'),
  nth int not null constraint cheque_time_counts check (nth between 1 and 10000),
  beside uuid,                                                             -- the other customer's cheque of the same bank and number that this one isn't
  instead_of uuid, again_after text,                                       -- the payment in whose place this one stands, since its bounce was undone or it was mistyped; and the cause of its reversal
  number_key text not null generated always as (upper(regexp_replace(number, '[ -]', '', 'g'))) stored,
  bank_key text not null generated always as (upper(regexp_replace(bank, '\s', '', 'g'))) stored,
  nth_before int generated always as (nullif(nth - 1, 0)) stored,
  same_amount bigint generated always as (case when again_after not in ('mistyped', 'other') then amount_minor end) stored,
  source_kind text not null generated always as ('cheques') stored, source_holder text not null generated always as ('') stored,
  constraint cheque_pkey primary key (organisation_id, payment_id),
  constraint one_payment_a_cheque unique (organisation_id, customer_id, bank_key, number_key, nth),
  constraint cheque_in_its_place unique (organisation_id, customer_id, bank_key, number_key, nth, payment_id),
  constraint cheque_of_this_number unique (organisation_id, bank_key, number_key, payment_id),
  constraint cheque_beside_another foreign key (organisation_id, bank_key, number_key, beside) references billing.cheque (organisation_id, bank_key, number_key, payment_id),
  constraint told_anew_it_is_the_same check (beside is null or nth = 1),
  constraint cheque_amount unique (organisation_id, payment_id, customer_id, currency, amount_minor),
  constraint cheque_again_names_the_one_before check (num_nulls(instead_of, again_after) = case nth when 1 then 2 else 0 end),
  constraint cheque_stands_for_the_same foreign key (organisation_id, customer_id, bank_key, number_key, nth_before, instead_of)
    references billing.cheque (organisation_id, customer_id, bank_key, number_key, nth, payment_id),
  constraint only_a_mistyped_cheque_changes_its_amount foreign key (organisation_id, instead_of, customer_id, currency, same_amount)
    references billing.cheque (organisation_id, payment_id, customer_id, currency, amount_minor),
  constraint cheque_again_once_taken_back foreign key (organisation_id, instead_of, again_after) references billing.payment_reversal (organisation_id, payment_id, cause),
  constraint cheque_of_payment foreign key (organisation_id, payment_id, customer_id, currency, amount_minor, source_kind, source_holder)
    references billing.payment (organisation_id, payment_id, customer_id, currency, amount_minor, source_kind, source_holder));
select kit.append_only('billing.cheque');
-- One paper is one payment, whoever it is told for: the next one of the same bank and number says which it isn't.
create unique index one_paper_cheque on billing.cheque (organisation_id, bank_key, number_key) where nth = 1 and beside is null;
create unique index one_cheque_beside_another on billing.cheque (organisation_id, beside) where beside is not null;
create index cheque_of_number on billing.cheque (organisation_id, number_key);
create index cheque_of_amount on billing.cheque (organisation_id, currency, amount_minor, payment_id);
-- The statement after the payment's own writes what stands on the cheque.
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table billing.payment add constraint cheque_payment_has_its_cheque foreign key (organisation_id, cheque_id)
  references billing.cheque (organisation_id, payment_id) deferrable initially deferred;

-- A cheque clears as somebody told or as a line shows; it is on its way again where that is taken back, and bounces, or is taken back as told by mistake, from there.
create table billing.cheque_step (
  organisation_id uuid not null,
  payment_id uuid not null,
  step int not null constraint cheque_step_counts check (step between 1 and 10000),
  before text not null, state text not null,
  customer_id uuid not null, currency text not null, amount_minor bigint not null,
  posting_id uuid not null,
  bank_reference text constraint clearing_reference_short check (length(bank_reference) between 1 and 140),
  line_id uuid,                                                            -- the line that shows it, and needs no reference
  told_by text not null constraint cheque_teller_short check (length(told_by) <= 100),
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default kit.recorded_now(),
  previous int generated always as (nullif(step - 1, 0)) stored,
  ordinal int generated always as (case when state not in ('bounced', 'taken_back') then 1 end) stored,
  reversal_id uuid generated always as (case when state in ('bounced', 'taken_back') then posting_id end) stored,
  debit_kind text not null generated always as (case state when 'cleared' then 'bank' else 'cheques' end) stored,
  credit_kind text not null generated always as (case state when 'cleared' then 'cheques' else 'bank' end) stored,
  nobody text not null generated always as ('') stored,
  constraint cheque_step_pkey primary key (organisation_id, payment_id, step),
  constraint cheque_step_whole unique (organisation_id, payment_id, step, state),
  constraint one_cheque_step_a_reversal unique (organisation_id, payment_id, reversal_id, state),
  constraint one_clearing_a_posting unique (organisation_id, posting_id),
  constraint cheque_step_of_cheque foreign key (organisation_id, payment_id, customer_id, currency, amount_minor)
    references billing.cheque (organisation_id, payment_id, customer_id, currency, amount_minor),
  constraint cheque_step_follows foreign key (organisation_id, payment_id, previous, before) references billing.cheque_step (organisation_id, payment_id, step, state),
  constraint cheque_begins_on_its_way check (step > 1 or before = 'on_its_way'),
  constraint cheque_moves check ((before, state) in (('on_its_way', 'cleared'), ('cleared', 'on_its_way'), ('on_its_way', 'bounced'), ('on_its_way', 'taken_back'))),
  constraint clearing_is_told_by_one check (case state when 'cleared' then num_nonnulls(bank_reference, line_id) = 1 else bank_reference is null end),
  constraint clearing_of_line foreign key (organisation_id, line_id) references billing.bank_line (organisation_id, line_id),
  constraint clearing_is_posted foreign key (organisation_id, posting_id, ordinal, customer_id, currency, amount_minor, debit_kind, nobody, credit_kind, nobody)
    references billing.transfer (organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder),
  constraint bounce_of_reversal foreign key (organisation_id, reversal_id, payment_id) references billing.payment_reversal (organisation_id, reversal_id, payment_id));
select kit.append_only('billing.cheque_step', except_columns => 'recorded_at');
create index cheque_step_of_state on billing.cheque_step (organisation_id, state, payment_id);
-- Cheques on their way: where to look, so that nobody reads through those that are done. `sayso doctor` holds it to the steps.
create table billing.cheque_on_its_way (
  organisation_id uuid not null, payment_id uuid not null,
  constraint cheque_on_its_way_pkey primary key (organisation_id, payment_id),
  constraint cheque_on_its_way_is_one foreign key (organisation_id, payment_id) references billing.cheque (organisation_id, payment_id));
select kit.wall('billing.cheque_on_its_way');
select kit.deletable('billing.cheque_on_its_way');
create index clearing_of_reference on billing.cheque_step (organisation_id, bank_reference) where bank_reference is not null;
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table billing.payment_reversal add constraint cheque_taken_back_in_its_turn foreign key (organisation_id, cheque_id, reversal_id, cheque_state)
  references billing.cheque_step (organisation_id, payment_id, reversal_id, state);
