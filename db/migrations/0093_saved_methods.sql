-- Saved payment methods: what a customer agreed to be charged by without being there, the charges made under it, and why one failed. Of a card stand here the provider's
-- ids, its brand, last four digits and expiry alone. The provider's customer, the page on which a method is saved and each change of it are rows of their own.

-- When customers are told before they are charged, and when a charge that failed for now is tried again. The last version is in force; a consent keeps the days it named.
create table billing.charge_policy (
  organisation_id uuid not null,
  version int not null constraint charge_policy_counts check (version between 1 and 100000),
  previous int generated always as (nullif(version - 1, 0)) stored,
  notice_days int not null constraint charge_notice_days_are_bounded check (notice_days between 1 and 30),
  retry_days int[] not null constraint charge_retries_are_few check (cardinality(retry_days) <= 4 and retry_days <@ array[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]),
  keeps_quiet_hours boolean not null,
  set_by text not null constraint charge_policy_setter_short check (length(set_by) <= 100),
  set_at timestamptz not null,
  constraint one_charge_policy_a_version primary key (organisation_id, version),
  constraint charge_policies_follow foreign key (organisation_id, previous) references billing.charge_policy (organisation_id, version),
  constraint charge_policy_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id));
select kit.append_only('billing.charge_policy');

create table billing.provider_customer (
  organisation_id uuid not null, customer_id uuid not null, livemode boolean not null,
  provider_customer_id text not null constraint provider_customer_id_short check (length(provider_customer_id) between 1 and 255),
  constraint one_provider_customer primary key (organisation_id, customer_id, livemode),
  constraint provider_customer_once unique (organisation_id, provider_customer_id),
  constraint provider_customer_of_customer foreign key (organisation_id, customer_id) references customers.customer (organisation_id, customer_id));
select kit.append_only('billing.provider_customer');

-- The customer's word that they may be charged without being there: the words they read, when, by which link. No address of theirs, no device.
create table billing.charge_consent (
  organisation_id uuid not null, consent_id uuid not null, customer_id uuid not null, livemode boolean not null,
  text_version int not null constraint consent_text_counts check (text_version between 1 and 1000),
  language text not null constraint consent_language_is_a_word check (language ~ '^[a-z]{2}$'),
  wording text not null constraint consent_wording_has_a_length check (length(wording) between 20 and 4000),
  notice_days int not null constraint consent_notice_days_are_bounded check (notice_days between 1 and 30),
  given_by text not null constraint consent_by_the_customers_link check (given_by like 'customer_link:%' and length(given_by) <= 100),
  given_at timestamptz not null,
  recorded_at timestamptz not null default kit.recorded_now(),
  constraint one_consent_an_id primary key (organisation_id, consent_id),
  constraint consent_terms unique (organisation_id, consent_id, customer_id, notice_days),
  constraint consent_mode unique (organisation_id, consent_id, customer_id, livemode),
  constraint consent_of_customer foreign key (organisation_id, customer_id) references customers.customer (organisation_id, customer_id));
select kit.append_only('billing.charge_consent', except_columns => 'recorded_at');

-- The provider's page on which a method is saved under a consent.
create table billing.saving_page (
  organisation_id uuid not null, consent_id uuid not null, customer_id uuid not null,
  provider_session_id text not null constraint saving_page_id_short check (length(provider_session_id) between 1 and 255),
  opened_at timestamptz not null,
  constraint one_saving_page_a_consent primary key (organisation_id, consent_id),
  constraint saving_page_of_consent foreign key (organisation_id, consent_id) references billing.charge_consent (organisation_id, consent_id));
select kit.append_only('billing.saving_page');
create index saving_page_of_customer on billing.saving_page (organisation_id, customer_id, opened_at);

create table billing.saved_method (
  organisation_id uuid not null, method_id uuid not null, customer_id uuid not null, consent_id uuid not null, livemode boolean not null,
  kind text not null constraint saved_method_kind_is_known check (kind in ('card', 'sepa_debit')),
  provider_method_id text not null constraint saved_method_provider_id_short check (length(provider_method_id) between 1 and 255),
  provider_mandate_id text constraint saved_method_mandate_id_short check (length(provider_mandate_id) between 1 and 255),
  saved_at timestamptz not null,
  constraint saved_method_pkey primary key (organisation_id, method_id),
  constraint saved_method_once unique (organisation_id, provider_method_id),
  constraint one_method_a_consent unique (organisation_id, consent_id),
  constraint saved_method_terms unique (organisation_id, method_id, customer_id, consent_id),
  constraint saved_under_a_consent foreign key (organisation_id, consent_id, customer_id, livemode)
    references billing.charge_consent (organisation_id, consent_id, customer_id, livemode));
select kit.append_only('billing.saved_method');
create index saved_method_of_customer on billing.saved_method (organisation_id, customer_id, method_id);
create index saved_method_of_mandate on billing.saved_method (organisation_id, provider_mandate_id) where provider_mandate_id is not null;

-- How it stands: what the network renewed, and that it is charged no more. What ended never comes back; a fresh consent saves another.
create table billing.saved_method_step (
  organisation_id uuid not null, method_id uuid not null,
  step int not null constraint saved_method_step_counts check (step between 1 and 1000),
  previous int generated always as (nullif(step - 1, 0)) stored,
  kind text not null constraint saved_method_step_is_known check (kind in ('saved', 'renewed', 'withdrawn', 'removed', 'mandate_ended', 'detached', 'erased')),
  live boolean not null, live_before boolean,
  happened_at timestamptz not null,
  actor text not null constraint saved_method_actor_short check (length(actor) <= 100),
  constraint saved_method_step_pkey primary key (organisation_id, method_id, step),
  constraint saved_method_stands unique (organisation_id, method_id, step, live),
  constraint step_of_saved_method foreign key (organisation_id, method_id) references billing.saved_method (organisation_id, method_id),
  constraint saved_method_follows foreign key (organisation_id, method_id, previous, live_before) references billing.saved_method_step (organisation_id, method_id, step, live),
  constraint saved_method_begins check ((step = 1) = (live_before is null) and (step = 1) = (kind = 'saved')),
  constraint what_ended_stays_ended check (coalesce(live_before, true)),
  constraint saved_method_lives_or_ended check (live = (kind in ('saved', 'renewed'))));
select kit.append_only('billing.saved_method_step');

-- What a person knows their card or account by: as it was saved and each time that its network renewed it. Apart from the steps, so that erasing them leaves no digit behind.
create table billing.saved_method_face (
  organisation_id uuid not null, method_id uuid not null, step int not null,
  brand text not null constraint saved_brand_short check (length(brand) between 1 and 40),
  last4 text not null constraint saved_last4_is_four_digits check (last4 ~ '^[0-9]{4}$'),
  expires_on date constraint saved_expiry_in_range check (expires_on between '2000-01-01' and '2199-12-31'),
  constraint one_face_a_step primary key (organisation_id, method_id, step),
  constraint face_of_saved_method foreign key (organisation_id, method_id, step) references billing.saved_method_step (organisation_id, method_id, step));
select kit.wall('billing.saved_method_face');
select kit.deletable('billing.saved_method_face');

-- That a customer was told which sum is going to be charged from which day on: never sooner than the days that they agreed to. Where that led to nothing that is tried again by
-- itself, another turn begins once they have agreed to it: with whom and how stands here, and they are told anew.
create table billing.charge_notice (
  organisation_id uuid not null, invoice_id uuid not null, customer_id uuid not null, currency text not null, consent_id uuid not null, notice_days int not null,
  turn int not null constraint charge_turn_counts check (turn between 1 and 100),
  turn_before int generated always as (nullif(turn - 1, 0)) stored,
  agreement text constraint charge_agreement_has_a_length check (length(agreement) between 10 and 500),
  begun_anew_by text constraint charge_begun_anew_by_short check (length(begun_anew_by) <= 100),
  amount_minor bigint not null constraint charge_notice_is_money check (amount_minor between 1 and 1000000000000000),
  zone text not null constraint charge_notice_zone_has_a_length check (length(zone) between 1 and 60),
  notified_at timestamptz not null,
  charge_on date not null,
  constraint one_charge_notice primary key (organisation_id, invoice_id, consent_id, turn),
  constraint charge_notice_terms unique (organisation_id, invoice_id, consent_id, turn, charge_on, amount_minor, zone),
  constraint charge_turns_follow foreign key (organisation_id, invoice_id, consent_id, turn_before)
    references billing.charge_notice (organisation_id, invoice_id, consent_id, turn),
  constraint begun_anew_by_agreement check ((turn > 1) = (agreement is not null) and (turn > 1) = (begun_anew_by is not null)),
  constraint charge_notice_of_invoice foreign key (organisation_id, invoice_id, customer_id, currency) references billing.invoice (organisation_id, invoice_id, customer_id, currency),
  constraint charge_notice_under_consent foreign key (organisation_id, consent_id, customer_id, notice_days)
    references billing.charge_consent (organisation_id, consent_id, customer_id, notice_days),
  constraint told_as_long_before_as_agreed check (charge_on >= (notified_at at time zone zone)::date + notice_days));
select kit.append_only('billing.charge_notice');

-- A charge without the customer: an attempt to collect, of the sum they were told or less, on the day they were told or later; again only after one that failed for now.
create table billing.charge (
  organisation_id uuid not null, attempt_id uuid not null, invoice_id uuid not null, customer_id uuid not null, consent_id uuid not null, method_id uuid not null,
  turn int not null,
  ordinal int not null constraint charge_counts check (ordinal between 1 and 5),
  previous int generated always as (nullif(ordinal - 1, 0)) stored,
  after text generated always as (case when ordinal > 1 then 'again' end) stored,
  amount_minor bigint not null, noticed_minor bigint not null,
  charge_on date not null, zone text not null,
  begun_at timestamptz not null,
  constraint charge_pkey primary key (organisation_id, attempt_id),
  constraint one_charge_at_a_time unique (organisation_id, invoice_id, consent_id, turn, ordinal),
  constraint charge_terms unique (organisation_id, attempt_id, invoice_id, consent_id, turn, ordinal),
  constraint charge_of_attempt foreign key (organisation_id, attempt_id, invoice_id, amount_minor)
    references billing.collection_attempt (organisation_id, attempt_id, invoice_id, amount_minor),
  constraint charge_was_told foreign key (organisation_id, invoice_id, consent_id, turn, charge_on, noticed_minor, zone)
    references billing.charge_notice (organisation_id, invoice_id, consent_id, turn, charge_on, amount_minor, zone),
  constraint charged_by_the_method_agreed foreign key (organisation_id, method_id, customer_id, consent_id)
    references billing.saved_method (organisation_id, method_id, customer_id, consent_id),
  constraint charged_no_more_than_told check (amount_minor between 1 and noticed_minor),
  constraint charged_not_too_soon check ((begun_at at time zone zone)::date >= charge_on));
select kit.append_only('billing.charge');
create index charge_of_customer on billing.charge (organisation_id, customer_id, attempt_id);

-- Why a charge brought nothing, in the provider's codes, and what that means: it is tried again, the customer is asked, or never by itself.
create table billing.charge_failure (
  organisation_id uuid not null, attempt_id uuid not null, invoice_id uuid not null, consent_id uuid not null, turn int not null, ordinal int not null,
  verdict text not null constraint charge_verdict_is_known check (verdict in ('again', 'ask_customer', 'never')),
  code text not null constraint charge_code_is_short check (code ~ '^[a-z_0-9]{1,60}$'),
  advice text constraint charge_advice_is_short check (advice ~ '^[a-z_]{1,60}$'),
  failed_at timestamptz not null,
  constraint charge_failure_pkey primary key (organisation_id, attempt_id),
  constraint charge_failure_terms unique (organisation_id, invoice_id, consent_id, turn, ordinal, verdict),
  constraint failed_charge foreign key (organisation_id, attempt_id, invoice_id, consent_id, turn, ordinal)
    references billing.charge (organisation_id, attempt_id, invoice_id, consent_id, turn, ordinal));
select kit.append_only('billing.charge_failure');
alter table billing.charge add constraint tried_again_only_after_a_passing_no foreign key (organisation_id, invoice_id, consent_id, turn, previous, after)
  references billing.charge_failure (organisation_id, invoice_id, consent_id, turn, ordinal, verdict);

-- What requests lock by.
select kit.lockable('account', 'billing.charge_consent', 'customer_id', 'consent_id');
select kit.lockable('account', 'billing.saved_method', 'customer_id', 'method_id');
