-- Compensation: what a law gives for days without service and for an appointment that was missed, as damages: no part of a price, with no tax in it, however little the period cost.

-- That a service doesn't work, as its customer told us, and when that was: what some laws count from. By the case that they told it in, under the case's id, or as somebody noted who was called.
create table subscriptions.fault_report (
  organisation_id uuid not null, subscription_id uuid not null, report_id uuid not null,
  customer_id uuid not null,
  reported_at timestamptz not null, reported_on date not null,                                          -- the day of it where the service is
  of_case boolean not null,
  noted_by text not null constraint fault_report_noter_short check (length(noted_by) <= 100),
  noted_at timestamptz not null,
  constraint one_fault_report_an_id primary key (organisation_id, subscription_id, report_id),
  constraint fault_report_on_its_day unique (organisation_id, subscription_id, report_id, reported_on),
  constraint fault_reported_before_it_is_noted check (reported_at <= noted_at),
  constraint fault_report_of_subscription foreign key (organisation_id, subscription_id, customer_id)
    references subscriptions.subscription (organisation_id, subscription_id, customer_id));
select kit.append_only('subscriptions.fault_report');
create index fault_report_in_order on subscriptions.fault_report (organisation_id, subscription_id, reported_at, report_id);

-- A policy's versions; the last one is in force.
create table billing.compensation_policy (
  organisation_id uuid not null,
  version int not null constraint compensation_policy_counts check (version between 1 and 100000),
  previous int generated always as (nullif(version - 1, 0)) stored,
  currency text not null constraint compensation_currency_iso check (currency ~ '^[A-Z]{3}$'),          -- of the services that it is about
  counts_from text not null constraint compensation_counts_from_is_known check (counts_from in ('beginning', 'report')),   -- after which day an outage's days are counted
  gives_by_itself boolean not null,
  citation text constraint compensation_citation_has_a_length check (length(citation) between 1 and 500),
  set_by text not null constraint compensation_policy_setter_short check (length(set_by) <= 100),
  set_at timestamptz not null,
  constraint one_compensation_policy_a_version primary key (organisation_id, version),
  constraint compensation_policies_follow foreign key (organisation_id, previous) references billing.compensation_policy (organisation_id, version),
  constraint compensation_policy_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id));
select kit.append_only('billing.compensation_policy');
-- A part of a month's price, and no less than so much: of each day from the so-manieth of an outage on, or of an appointment that was missed.
create table billing.compensation_rate (
  organisation_id uuid not null, version int not null,
  what text not null constraint compensated_thing_is_known check (what in ('outage_day', 'missed_visit')),
  from_day int not null constraint compensation_rate_in_range check (from_day between 1 and 90),
  numerator int not null, denominator int not null,
  least_minor bigint not null constraint compensation_least_is_money check (least_minor between 0 and 100000000),
  constraint one_compensation_rate_a_day primary key (organisation_id, version, what, from_day),
  constraint compensation_rate_of_policy foreign key (organisation_id, version) references billing.compensation_policy (organisation_id, version),
  constraint missed_visit_has_one_rate check (what = 'outage_day' or from_day = 1),
  constraint compensation_rate_is_a_part check (numerator between 1 and denominator and denominator <= 1000000));
select kit.append_only('billing.compensation_rate');

-- What was given, once for each outage and for each missed appointment, out of compensations into the customer's credit. What an outage gave back of the price is set off: where that is all of it,
-- nothing is posted.
create table billing.compensation (
  organisation_id uuid not null, compensation_id uuid not null,
  customer_id uuid not null, subscription_id uuid not null,
  outage_id uuid, promise_id uuid,
  policy_version int not null, policy_ref int generated always as (nullif(policy_version, 0)) stored,
  currency text not null,
  month_minor bigint not null constraint compensation_month_is_money check (month_minor between 0 and 1000000000000000),   -- of the service, its tax included
  due_minor bigint not null constraint compensation_due_is_money check (due_minor between 1 and 1000000000000000),
  set_off_minor bigint not null,
  amount_minor bigint not null generated always as (due_minor - set_off_minor) stored,
  given_by text not null constraint compensation_giver_short check (length(given_by) <= 100),
  given_at timestamptz not null,
  ordinal int not null generated always as (1) stored,
  posted_minor bigint generated always as (nullif(due_minor - set_off_minor, 0)) stored,
  debit_kind text not null generated always as ('compensation') stored, credit_kind text not null generated always as ('customer_credit') stored,
  holder text not null generated always as (customer_id::text) stored,
  nobody text not null generated always as ('') stored,
  constraint compensation_pkey primary key (organisation_id, compensation_id),
  constraint compensation_sum unique (organisation_id, compensation_id, customer_id, currency, amount_minor),
  constraint compensation_of_service unique (organisation_id, compensation_id, subscription_id),
  constraint one_compensation_an_outage unique (organisation_id, outage_id),
  constraint one_compensation_a_missed_visit unique (organisation_id, promise_id),
  constraint compensated_for_one_thing check (num_nonnulls(outage_id, promise_id) = 1),
  constraint set_off_within_what_is_due check (set_off_minor between 0 and due_minor and (promise_id is null or set_off_minor = 0)),
  constraint compensation_under_policy foreign key (organisation_id, policy_ref) references billing.compensation_policy (organisation_id, version),
  constraint compensation_of_subscription foreign key (organisation_id, subscription_id, customer_id)
    references subscriptions.subscription (organisation_id, subscription_id, customer_id),
  constraint compensation_of_outage foreign key (organisation_id, outage_id, subscription_id) references billing.outage (organisation_id, outage_id, subscription_id),
  constraint compensation_of_promise foreign key (organisation_id, promise_id) references promises.promise (organisation_id, promise_id),
  constraint compensation_is_posted foreign key (organisation_id, compensation_id, ordinal, customer_id, currency, posted_minor, debit_kind, nobody, credit_kind, holder)
    references billing.transfer (organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder));
select kit.append_only('billing.compensation');
create index compensation_of_customer on billing.compensation (organisation_id, customer_id, compensation_id);
-- The days that it is for: none of a service's is paid for twice. They count after the day on which it began, or on which the report that is named was.
create table billing.compensation_day (
  organisation_id uuid not null, compensation_id uuid not null, subscription_id uuid not null,
  day date not null,
  counted_from date not null, report_id uuid,
  nth int not null constraint compensated_day_counts check (nth between 1 and 1000 and nth = day - counted_from),
  due_minor bigint not null constraint compensated_day_is_money check (due_minor between 1 and 1000000000000000),
  constraint one_compensation_a_day primary key (organisation_id, subscription_id, day),
  constraint day_counted_from_report foreign key (organisation_id, subscription_id, report_id, counted_from)
    references subscriptions.fault_report (organisation_id, subscription_id, report_id, reported_on),
  constraint day_of_compensation foreign key (organisation_id, compensation_id, subscription_id) references billing.compensation (organisation_id, compensation_id, subscription_id));
select kit.append_only('billing.compensation_day');
create index day_by_compensation on billing.compensation_day (organisation_id, compensation_id);
-- When a policy that gives by itself looked at an outage in vain: it doesn't again before another report of the fault is noted, but a person may.
create table billing.compensation_look (
  organisation_id uuid not null, outage_id uuid not null, looked_at timestamptz not null,
  constraint one_look_a_moment primary key (organisation_id, outage_id, looked_at),
  constraint look_at_outage foreign key (organisation_id, outage_id) references billing.outage (organisation_id, outage_id));
select kit.append_only('billing.compensation_look');
-- That it wasn't due after all: it is taken back out of the customer's credit, whole, and not given again.
create table billing.compensation_reversal (
  organisation_id uuid not null, reversal_id uuid not null,
  compensation_id uuid not null,
  customer_id uuid not null, currency text not null, amount_minor bigint not null,
  reason text not null constraint compensation_reversal_reason_has_a_length check (length(reason) between 1 and 500),
  reversed_by text not null constraint compensation_reverser_short check (length(reversed_by) <= 100),
  reversed_at timestamptz not null,
  ordinal int not null generated always as (1) stored,
  debit_kind text not null generated always as ('customer_credit') stored, credit_kind text not null generated always as ('compensation') stored,
  holder text not null generated always as (customer_id::text) stored,
  nobody text not null generated always as ('') stored,
  constraint compensation_reversal_pkey primary key (organisation_id, reversal_id),
  constraint compensation_taken_back_once unique (organisation_id, compensation_id),
  constraint reversal_of_compensation foreign key (organisation_id, compensation_id, customer_id, currency, amount_minor)
    references billing.compensation (organisation_id, compensation_id, customer_id, currency, amount_minor),
  constraint compensation_reversal_is_posted foreign key (organisation_id, reversal_id, ordinal, customer_id, currency, amount_minor, debit_kind, holder, credit_kind, nobody)
    references billing.transfer (organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder));
select kit.append_only('billing.compensation_reversal');

select kit.lockable('account', 'billing.compensation', 'customer_id', 'compensation_id');
select kit.lockable('account', 'billing.outage', 'customer_id', 'outage_id');
select kit.lockable('account', 'promises.promise', 'customer_id', 'promise_id');
