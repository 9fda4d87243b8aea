-- Time without service, and what is given back for it: a policy as data, each outage of a service, and a chain of what was credited of each period.

-- A policy's versions; the last one is in force. Whole hours are counted from when an outage began, days by the calendar of the service's place, the day on which it began not counted.
create table billing.outage_policy (
  organisation_id uuid not null,
  version int not null constraint outage_policy_counts check (version between 1 and 100000),
  previous int generated always as (nullif(version - 1, 0)) stored,
  unit text not null constraint outage_unit_is_known check (unit in ('hour', 'day')),
  least_units int not null constraint least_units_are_bounded check (least_units between 1 and 2160),   -- a shorter outage gives nothing
  currency text constraint outage_currency_iso check (currency ~ '^[A-Z]{3}$'),                       -- of `least_minor`
  gives_by_itself boolean not null,
  citation text constraint outage_citation_has_a_length check (length(citation) between 1 and 500),
  tier_count int not null constraint outage_tiers_are_few check (tier_count between 1 and 5),
  set_by text not null constraint outage_policy_setter_short check (length(set_by) <= 100),
  set_at timestamptz not null,
  constraint one_outage_policy_a_version primary key (organisation_id, version),
  constraint outage_policy_size unique (organisation_id, version, tier_count),
  constraint outage_policies_follow foreign key (organisation_id, previous) references billing.outage_policy (organisation_id, version),
  constraint outage_policy_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id));
select kit.append_only('billing.outage_policy');
-- What a unit gives from the so-manieth of an outage on: its share of the period's price, or a part of a month's.
create table billing.outage_tier (
  organisation_id uuid not null, version int not null,
  position int not null constraint outage_tier_counts check (position between 1 and 5),
  tier_count int not null,
  previous int generated always as (nullif(position - 1, 0)) stored,
  from_before int not null,
  from_unit int not null constraint outage_tier_begins_in_reach check (from_unit between 1 and 2160),
  numerator int, denominator int,
  least_minor bigint constraint least_is_money check (least_minor between 1 and 100000000),
  constraint one_outage_tier_a_position primary key (organisation_id, version, position),
  constraint outage_tier_begins unique (organisation_id, version, position, from_unit),
  constraint outage_tier_of_policy foreign key (organisation_id, version, tier_count) references billing.outage_policy (organisation_id, version, tier_count),
  constraint outage_tiers_follow foreign key (organisation_id, version, previous, from_before) references billing.outage_tier (organisation_id, version, position, from_unit),
  constraint outage_tiers_ascend check (from_unit > from_before and position <= tier_count and (position > 1 or from_before = 0)),
  constraint outage_tier_is_a_part check (((numerator is null) = (denominator is null) and (numerator is null or (numerator between 1 and denominator and denominator <= 1000000))) is true));
select kit.append_only('billing.outage_tier');

-- That a service didn't work from when until when: by an incident that reached it, or found by a person. Where nobody, and no policy, gives anything of the price back for it, it is on record for
-- compensation alone, and counts for nothing here.
create table billing.outage (
  organisation_id uuid not null, outage_id uuid not null,
  subscription_id uuid not null, customer_id uuid not null,
  incident_id uuid,
  from_at timestamptz not null, until_at timestamptz not null,
  why text constraint outage_reason_has_a_length check (length(why) between 1 and 200),
  of_price boolean not null default true,
  policy_version int not null, policy_ref int generated always as (nullif(policy_version, 0)) stored,
  told_by text not null constraint outage_teller_short check (length(told_by) <= 100),
  told_at timestamptz not null,
  constraint outage_pkey primary key (organisation_id, outage_id),
  constraint outage_of_service unique (organisation_id, outage_id, subscription_id),
  constraint outage_counts_for unique (organisation_id, outage_id, subscription_id, of_price),
  constraint one_outage_an_incident unique (organisation_id, subscription_id, incident_id, of_price),
  constraint outage_of_subscription foreign key (organisation_id, subscription_id, customer_id)
    references subscriptions.subscription (organisation_id, subscription_id, customer_id),
  constraint outage_of_incident foreign key (organisation_id, incident_id) references subscriptions.incident (organisation_id, incident_id),
  constraint outage_under_policy foreign key (organisation_id, policy_ref) references billing.outage_policy (organisation_id, version),
  constraint outage_found_for_a_reason check (incident_id is not null or why is not null),
  constraint outage_is_over check (until_at > from_at and until_at <= told_at and until_at <= from_at + interval '90 days'));
select kit.append_only('billing.outage');
create index outage_in_order on billing.outage (organisation_id, subscription_id, from_at);
create index outage_by_telling on billing.outage (organisation_id, told_at);
-- What an outage added to the time without service: no moment of a service counts twice for its price.
create table billing.outage_span (
  organisation_id uuid not null, outage_id uuid not null, subscription_id uuid not null,
  from_at timestamptz not null, until_at timestamptz not null,
  of_price boolean not null default true,
  constraint outage_span_pkey primary key (organisation_id, outage_id, from_at),
  constraint span_of_outage foreign key (organisation_id, outage_id, subscription_id, of_price)
    references billing.outage (organisation_id, outage_id, subscription_id, of_price),
  constraint outage_span_lasts check (until_at > from_at),
  constraint no_moment_counts_twice exclude using gist (organisation_id with =, subscription_id with =, tstzrange(from_at, until_at) with &&) where (of_price));
select kit.append_only('billing.outage_span');
create index outage_span_by_its_end on billing.outage_span (organisation_id, until_at);

-- What of a period was given back for it: each step goes on from the one before and cites the line of the credit note that gave as much. A period that nothing is due of has a step of nothing.
create table billing.outage_credit (
  organisation_id uuid not null, subscription_id uuid not null,
  number int not null, step int not null constraint outage_credit_counts check (step between 1 and 10000),
  previous int generated always as (nullif(step - 1, 0)) stored,
  outage_id uuid,                                                          -- none where the period was billed later
  policy_version int not null, policy_ref int generated always as (nullif(policy_version, 0)) stored,
  unit text not null constraint outage_credit_unit_is_known check (unit in ('hour', 'day')),
  units int not null constraint outage_credit_units_count check (units between 0 and 100000),
  parts jsonb not null constraint outage_credit_parts_are_few check (jsonb_typeof(parts) = 'array' and jsonb_array_length(parts) <= 5),   -- how it was computed
  given_before bigint not null, given_after bigint not null,
  beyond_minor bigint not null constraint beyond_is_money check (beyond_minor between 0 and 1000000000000),   -- what the policy comes to that the period's price doesn't hold
  credit_note_id uuid, invoice_id uuid, line_number int,
  credited_minor bigint not null generated always as (given_after - given_before) stored,
  judged_at timestamptz not null,
  constraint outage_credit_pkey primary key (organisation_id, subscription_id, number, step),
  constraint outage_credit_ends unique (organisation_id, subscription_id, number, step, given_after),
  constraint outage_credit_of_period foreign key (organisation_id, subscription_id, number) references subscriptions.period (organisation_id, subscription_id, number),
  constraint outage_credit_by_outage foreign key (organisation_id, outage_id, subscription_id) references billing.outage (organisation_id, outage_id, subscription_id),
  constraint outage_credit_under_policy foreign key (organisation_id, policy_ref) references billing.outage_policy (organisation_id, version),
  constraint outage_credits_follow foreign key (organisation_id, subscription_id, number, previous, given_before)
    references billing.outage_credit (organisation_id, subscription_id, number, step, given_after),
  constraint outage_credits_begin check (step > 1 or given_before = 0),
  constraint outage_credit_has_its_note check (given_after >= given_before and num_nulls(credit_note_id, invoice_id, line_number) = case when given_after > given_before then 0 else 3 end),
  constraint outage_credit_is_given foreign key (organisation_id, credit_note_id, invoice_id, line_number, credited_minor)
    references billing.credit_line (organisation_id, credit_note_id, invoice_id, line_number, net_minor));
select kit.append_only('billing.outage_credit');
create index outage_credit_of_note on billing.outage_credit (organisation_id, credit_note_id) where credit_note_id is not null;

-- That an incident's credits are to be given, or only the time without its services put on record, and since when that is done.
create table billing.outage_order (
  organisation_id uuid not null, incident_id uuid not null, of_price boolean not null,
  ordered_by text not null constraint outage_orderer_short check (length(ordered_by) <= 100),
  ordered_at timestamptz not null,
  done_at timestamptz,
  constraint outage_order_pkey primary key (organisation_id, incident_id, of_price),
  constraint order_of_incident foreign key (organisation_id, incident_id) references subscriptions.incident (organisation_id, incident_id));
select kit.changeable('billing.outage_order', 'done_at');
create index outage_order_to_do on billing.outage_order (organisation_id, incident_id) where done_at is null;
