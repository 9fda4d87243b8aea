-- Services supplied over time: what was agreed, each period, what is paid through, and the state that follows from it.
create schema subscriptions;
grant usage on schema subscriptions to sayso_service;

-- Who is called about renewing: whoever is cut off as unpaid, or will be within a week. One definition for the list, the log and the withdrawal.
create function subscriptions.call_due(state text, reasons text[], paid_until_on date, today date) returns boolean language sql immutable strict parallel safe
  return state <> 'ended' and ('unpaid' = any (reasons) or paid_until_on <= today + 7);

-- Whether the network does what it should. A service that has ended may be unknown to it.
create function subscriptions.agrees(wanted text, observed text) returns boolean language sql immutable strict parallel safe
  return wanted = observed or (wanted = 'ended' and observed = 'absent');

-- The day of a month on which a period comes back (a shorter month's last day).
create function subscriptions.anchored(month timestamp, anchor_day int) returns date language sql immutable strict parallel safe
  return month::date + least(anchor_day, extract(day from month + interval '1 month' - interval '1 day')::int) - 1;
-- The first day after a period that began on `from_on` and comes back on `anchor_day`: so many months from the last such day there was, so that none is longer.
create function subscriptions.period_end(from_on date, months int, anchor_day int) returns date language sql immutable strict parallel safe
  return subscriptions.anchored(date_trunc('month', from_on::timestamp) + make_interval(months => months
    - (from_on < subscriptions.anchored(date_trunc('month', from_on::timestamp), anchor_day))::int), anchor_day);
-- The first day of the whole period that ends then: a first one may begin later.
create function subscriptions.whole_from(until_on date, months int, anchor_day int) returns date language sql immutable strict parallel safe
  return subscriptions.anchored(date_trunc('month', until_on::timestamp) - make_interval(months => months), anchor_day);
-- What some last days of a period cost: the whole, less what the days before cost, rounded once.
create function subscriptions.share(amount_minor bigint, left_out int, days int) returns bigint language sql immutable strict parallel safe
  return amount_minor - kit.rounded(amount_minor::numeric * left_out, days);
grant execute on function subscriptions.call_due, subscriptions.agrees, subscriptions.anchored, subscriptions.period_end, subscriptions.whole_from, subscriptions.share to sayso_service;

-- The terms, frozen: another price or period is another subscription.
create table subscriptions.subscription (
  organisation_id uuid not null,
  subscription_id uuid not null,
  customer_id uuid not null,
  site_id uuid not null,
  scope_id uuid not null,
  plan_item_id uuid not null,
  plan_effective_on date not null,
  reference text constraint subscription_reference_has_a_length check (length(reference) between 1 and 60),
  currency text not null,
  amount_minor bigint not null constraint subscription_amount_is_bounded check (amount_minor between 0 and 1000000000000),
  period_months int not null constraint subscription_period_is_months check (period_months between 1 and 36),
  anchor_day int not null constraint subscription_anchor_is_a_day check (anchor_day between 1 and 31),
  begins_on date not null constraint subscription_begins_in_reach check (begins_on between date '2000-01-01' and date '2199-12-31'),
  zone text not null constraint subscription_zone_has_a_length check (length(zone) between 1 and 60),
  grace_days int not null constraint subscription_grace_is_bounded check (grace_days between 0 and 365),
  created_at timestamptz not null,
  constraint one_subscription_an_id primary key (organisation_id, subscription_id),
  constraint one_subscription_a_reference unique (organisation_id, reference),
  constraint one_subscription_a_scope unique (organisation_id, scope_id),
  constraint subscription_terms unique (organisation_id, subscription_id, begins_on, grace_days, zone),
  constraint subscription_scope unique (organisation_id, subscription_id, scope_id, begins_on, period_months, zone),
  constraint subscription_owner unique (organisation_id, subscription_id, customer_id),
  constraint subscription_of_customer foreign key (organisation_id, customer_id) references customers.customer (organisation_id, customer_id),
  constraint subscription_at_a_site_of_its_customer foreign key (organisation_id, customer_id, site_id)
    references customers.site (organisation_id, customer_id, site_id),
  constraint subscription_of_plan foreign key (organisation_id, plan_item_id, plan_effective_on)
    references catalogue.item_version (organisation_id, item_id, effective_on),
  constraint subscription_in_its_scope foreign key (organisation_id, scope_id, customer_id, currency)
    references authorisations.scope (organisation_id, scope_id, customer_id, currency));
select kit.append_only('subscriptions.subscription');
create index subscription_of_customer on subscriptions.subscription (organisation_id, customer_id, subscription_id);

-- A period granted: supplied by a work record of exactly its days, billed by an invoice (above; the doctor finds a period whose invoice never came).
create table subscriptions.period (
  organisation_id uuid not null,
  subscription_id uuid not null,
  number int not null constraint period_counts check (number between 1 and 10000),
  scope_id uuid not null,
  begins_on date not null,
  previous int generated always as (nullif(number - 1, 0)) stored,
  previous_until_on date not null,
  from_on date not null,
  until_on date not null,
  period_months int not null,
  anchor_day int not null constraint period_anchor_is_a_day check (anchor_day between 1 and 31),
  zone text not null,
  step int not null,
  state text not null,
  reasons text[] not null,
  item_id uuid not null,
  authorised_at timestamptz not null,
  period_ticks bigint not null, denominator int not null, price_numerator bigint not null, price_denominator int not null,   -- what a whole one costs, as authorised
  work_record_id uuid not null,
  invoice_id uuid not null,
  bill_seq int not null, bill_kind text not null generated always as ('bill') stored, bill_closes boolean not null,
  billed_before bigint not null, billed_after bigint not null, net_before bigint not null, net_after bigint not null,        -- what it was billed for
  granted_at timestamptz not null,
  granted_by text not null constraint period_granter_is_short check (length(granted_by) between 1 and 100),
  constraint one_period_a_number primary key (organisation_id, subscription_id, number),
  constraint period_end unique (organisation_id, subscription_id, number, until_on),
  constraint one_period_a_supply unique (organisation_id, work_record_id),
  constraint periods_of_a_subscription_never_overlap
    exclude using gist (organisation_id with =, subscription_id with =, daterange(from_on, until_on) with &&),
  constraint period_of_subscription foreign key (organisation_id, subscription_id, scope_id, begins_on, period_months, zone)
    references subscriptions.subscription (organisation_id, subscription_id, scope_id, begins_on, period_months, zone),
  constraint period_authorised_when foreign key (organisation_id, item_id, authorised_at, period_ticks, denominator, price_numerator, price_denominator)
    references authorisations.capacity_item (organisation_id, item_id, authorised_at, period_ticks, denominator, price_numerator, price_denominator),
  constraint period_is_billed foreign key (organisation_id, invoice_id, scope_id, bill_seq, bill_kind, bill_closes, item_id, billed_before, billed_after, net_before, net_after)
    references authorisations.capacity (organisation_id, subject, scope_id, seq, kind, closes, item_id, billed_before, billed_after, net_before, net_after),
  constraint short_period_costs_its_days check ((from_on = subscriptions.whole_from(until_on, period_months, anchor_day) or net_after - net_before <= subscriptions.share(
    kit.rounded(period_ticks::numeric * price_numerator, denominator::numeric * price_denominator),
    from_on - subscriptions.whole_from(until_on, period_months, anchor_day), until_on - subscriptions.whole_from(until_on, period_months, anchor_day))) is true),
  constraint period_follows foreign key (organisation_id, subscription_id, previous, previous_until_on)
    references subscriptions.period (organisation_id, subscription_id, number, until_on),
  constraint period_is_supplied foreign key (organisation_id, work_record_id, scope_id, item_id, from_on, until_on)
    references authorisations.work_record (organisation_id, work_record_id, scope_id, item_id, period_from, period_until),
  constraint first_period_from_the_beginning check (number > 1 or previous_until_on = begins_on),
  constraint period_while_it_runs check (state in ('active', 'suspended')),
  constraint period_not_during_a_fault check (not 'fault' = any (reasons)),   -- what we can't supply isn't billed
  constraint period_after_consent check (from_on >= (authorised_at at time zone zone)::date),
  constraint period_after_the_one_before check (from_on >= previous_until_on),
  -- The price is that of a whole period: fewer days for it would be more than was agreed.
  constraint period_as_long_as_agreed check ((until_on = subscriptions.period_end(from_on, period_months, anchor_day)) is true),
  constraint period_granted_within_a_year check (from_on <= (granted_at at time zone 'UTC')::date + 367));
select kit.append_only('subscriptions.period');
create index period_of_invoice on subscriptions.period (organisation_id, invoice_id);

-- A period paid, and paid no longer (a mistyped entry corrected, a payment charged back): odd steps pay, even ones take back.
create table subscriptions.paid_period (
  organisation_id uuid not null,
  subscription_id uuid not null,
  number int not null,
  step int not null constraint paid_step_counts check (step between 1 and 1000),
  paid boolean not null generated always as (step % 2 = 1) stored,
  previous int generated always as (nullif(step - 1, 0)) stored,
  until_on date not null,
  payment_id uuid not null,
  happened_at timestamptz not null,
  actor text not null constraint paid_period_actor_is_short check (length(actor) between 1 and 100),
  constraint one_paid_step primary key (organisation_id, subscription_id, number, step),
  constraint paid_period_outcome unique (organisation_id, subscription_id, number, step, paid),
  constraint paid_period_state unique (organisation_id, subscription_id, number, step, until_on, paid),
  constraint paid_period_of_period foreign key (organisation_id, subscription_id, number, until_on)
    references subscriptions.period (organisation_id, subscription_id, number, until_on),
  constraint paid_period_follows foreign key (organisation_id, subscription_id, number, previous)
    references subscriptions.paid_period (organisation_id, subscription_id, number, step));
select kit.append_only('subscriptions.paid_period');
create index paid_period_of_payment on subscriptions.paid_period (organisation_id, payment_id);

-- The state is the last row: its reasons, and how far the periods are paid without a gap. Each row carries on from the one before it and cites the
-- terms and the paid period it stands on, so that nobody is cut off as unpaid who has paid, and nobody is lifted who hasn't.
create table subscriptions.subscription_step (
  organisation_id uuid not null,
  subscription_id uuid not null,
  step int not null constraint subscription_step_counts check (step between 1 and 100000),
  kind text not null constraint subscription_step_kind_is_known check (kind in ('begin', 'pay', 'reopen', 'suspend', 'lift', 'lapse', 'end')),
  reason text not null default '' constraint subscription_reason_is_known
    check (reason in ('', 'unpaid', 'fault', 'customer_request', 'misuse', 'equipment', 'moving')),
  begins_on date not null,
  grace_days int not null,
  zone text not null,
  from_state text not null,
  to_state text not null,
  reasons_before text[] not null,
  reasons_after text[] not null,
  paid_number_before int not null,
  paid_number int not null constraint paid_number_counts check (paid_number between 0 and 10000),
  paid_step int not null,
  paid_until_on date not null,
  happened_at timestamptz not null,
  local_on date not null generated always as ((happened_at at time zone zone)::date) stored,
  actor text not null constraint subscription_actor_is_short check (length(actor) between 1 and 100),
  previous int generated always as (nullif(step - 1, 0)) stored,
  paid_ref int generated always as (nullif(paid_number, 0)) stored,
  paid_is boolean generated always as (true) stored,
  reopened_step int,
  reopened_number int generated always as (case when kind = 'reopen' then paid_number + 1 end) stored,
  reopened_is boolean generated always as (false) stored,
  constraint one_subscription_step primary key (organisation_id, subscription_id, step),
  constraint subscription_head unique (organisation_id, subscription_id, step, to_state, reasons_after, paid_number),
  constraint subscription_change unique (organisation_id, subscription_id, step, to_state),
  constraint subscription_reasons unique (organisation_id, subscription_id, step, to_state, reasons_after),
  constraint step_under_its_terms foreign key (organisation_id, subscription_id, begins_on, grace_days, zone)
    references subscriptions.subscription (organisation_id, subscription_id, begins_on, grace_days, zone),
  constraint subscription_step_follows foreign key (organisation_id, subscription_id, previous, from_state, reasons_before, paid_number_before)
    references subscriptions.subscription_step (organisation_id, subscription_id, step, to_state, reasons_after, paid_number),
  constraint paid_through_a_paid_period foreign key (organisation_id, subscription_id, paid_ref, paid_step, paid_until_on, paid_is)
    references subscriptions.paid_period (organisation_id, subscription_id, number, step, until_on, paid),
  constraint reopened_by_a_payment_taken_back foreign key (organisation_id, subscription_id, reopened_number, reopened_step, reopened_is)
    references subscriptions.paid_period (organisation_id, subscription_id, number, step, paid),
  constraint reopening_is_cited check ((kind = 'reopen') = (reopened_step is not null)),
  constraint unpaid_from_the_beginning check (paid_number > 0 or (paid_until_on = begins_on and paid_step = 0)),
  constraint subscription_begins check ((step = 1) = (kind = 'begin')
    and (step > 1 or (from_state = 'none' and reasons_before = '{}' and paid_number_before = 0 and paid_number = 0))),
  constraint subscription_moves_as_declared check (from_state || ' ' || to_state in ('none active', 'none suspended', 'active active',
    'active suspended', 'suspended suspended', 'suspended active', 'active ended', 'suspended ended', 'ended ended')),
  constraint state_follows_its_reasons check (case to_state when 'active' then reasons_after = '{}' when 'suspended' then cardinality(reasons_after) between 1 and 10
    else cardinality(reasons_after) <= 10 end),
  constraint reasons_are_known check (reasons_after <@ array['unpaid', 'fault', 'customer_request', 'misuse', 'equipment', 'moving']),
  constraint kind_changes_its_own check (
    case kind when 'begin' then true
      when 'pay' then paid_number >= paid_number_before and reasons_after in (reasons_before, array_remove(reasons_before, 'unpaid'))
        and (paid_number > paid_number_before or reasons_after <> reasons_before) and (to_state = 'ended') = (from_state = 'ended')
      when 'reopen' then paid_number < paid_number_before and reasons_after = reasons_before and to_state = from_state
      when 'suspend' then paid_number = paid_number_before and reason not in ('', 'unpaid') and array_remove(reasons_after, reason) = reasons_before
        and reasons_after <> reasons_before and to_state = 'suspended'
      when 'lift' then paid_number = paid_number_before and reason not in ('', 'unpaid') and array_remove(reasons_before, reason) = reasons_after
        and reasons_after <> reasons_before and from_state = 'suspended' and to_state in ('active', 'suspended')
      when 'lapse' then paid_number = paid_number_before and reason = 'unpaid' and reasons_before || array['unpaid'] = reasons_after
        and not 'unpaid' = any (reasons_before) and to_state = 'suspended'
      else paid_number = paid_number_before and reasons_after = reasons_before and from_state in ('active', 'suspended') and to_state = 'ended' end),
  constraint nobody_paid_up_is_cut_off check (not 'unpaid' = any (reasons_after) or 'unpaid' = any (reasons_before) or local_on >= paid_until_on + grace_days),
  constraint unpaid_clears_only_when_paid check ('unpaid' = any (reasons_after) or not 'unpaid' = any (reasons_before) or local_on < paid_until_on));
select kit.append_only('subscriptions.subscription_step');
alter table subscriptions.period add constraint period_knew_the_state foreign key (organisation_id, subscription_id, step, state, reasons)
  references subscriptions.subscription_step (organisation_id, subscription_id, step, to_state, reasons_after);

-- A plan changes by a subscription of its own, which its customer agrees to like to any other, and which takes the place of the one before on its first day.
create table subscriptions.plan_change (
  organisation_id uuid not null,
  successor_id uuid not null,
  subscription_id uuid not null,
  customer_id uuid not null,
  asked_by text not null constraint plan_change_asker_short check (length(asked_by) <= 100),
  asked_at timestamptz not null,
  constraint one_plan_change_a_successor primary key (organisation_id, successor_id),
  constraint plan_change_ends unique (organisation_id, successor_id, subscription_id),
  constraint plan_change_of_subscription foreign key (organisation_id, subscription_id, customer_id)
    references subscriptions.subscription (organisation_id, subscription_id, customer_id),
  constraint plan_change_to_a_subscription_of_theirs foreign key (organisation_id, successor_id, customer_id)
    references subscriptions.subscription (organisation_id, subscription_id, customer_id),
  constraint plan_changes_to_another check (successor_id <> subscription_id));
select kit.append_only('subscriptions.plan_change');
create index plan_change_of_subscription on subscriptions.plan_change (organisation_id, subscription_id, successor_id);
-- What became of it: the one before has ended for it, or the customer hadn't agreed by its day, and the new one has.
create table subscriptions.plan_change_end (
  organisation_id uuid not null,
  successor_id uuid not null, subscription_id uuid not null,
  outcome text not null constraint plan_change_outcome_is_known check (outcome in ('changed', 'dropped')),
  ended_id uuid not null generated always as (case outcome when 'changed' then subscription_id else successor_id end) stored,
  ended_step int not null, ended_state text not null generated always as ('ended') stored,
  ended_at timestamptz not null,
  constraint one_end_a_plan_change primary key (organisation_id, successor_id),
  constraint end_of_plan_change foreign key (organisation_id, successor_id, subscription_id)
    references subscriptions.plan_change (organisation_id, successor_id, subscription_id),
  constraint plan_change_ended_one_of_both foreign key (organisation_id, ended_id, ended_step, ended_state)
    references subscriptions.subscription_step (organisation_id, subscription_id, step, to_state));
select kit.append_only('subscriptions.plan_change_end');

-- By what name the network knows a subscription: its own reference, or that of the one whose place it took, which has none from then on.
create function subscriptions.network_name(of_organisation uuid, of_subscription uuid) returns text language sql stable parallel safe as $$
  with recursive line (subscription_id, nth) as (
    select of_subscription, 1
    where not exists (
      select from subscriptions.plan_change c
      join subscriptions.plan_change_end e on e.organisation_id = c.organisation_id and e.successor_id = c.successor_id and e.outcome = 'changed'
      where c.organisation_id = of_organisation and c.subscription_id = of_subscription)
    union all
    select e.subscription_id, l.nth + 1 from line l
    join subscriptions.plan_change_end e on e.organisation_id = of_organisation and e.successor_id = l.subscription_id and e.outcome = 'changed')
  select s.reference from line l
  cross join lateral (
    select s.reference from subscriptions.subscription s where s.organisation_id = of_organisation and s.subscription_id = l.subscription_id limit 1) s
  where s.reference is not null order by l.nth limit 1
$$;
grant execute on function subscriptions.network_name to sayso_service;

-- What the network says it does, a row a change of it: also of a service that we don't know, and that it has none of ours (`absent`).
create table subscriptions.network_state (
  organisation_id uuid not null,
  subscription_id uuid not null,
  step int not null constraint network_step_counts check (step between 1 and 1000000),
  previous int generated always as (nullif(step - 1, 0)) stored,
  before text not null,
  state text not null constraint network_state_is_known check (state in ('active', 'suspended', 'ended', 'absent')),
  observed_at timestamptz not null,
  reported_by text not null constraint network_reporter_is_short check (length(reported_by) between 1 and 100),
  constraint one_network_step primary key (organisation_id, subscription_id, step),
  constraint network_state_of_step unique (organisation_id, subscription_id, step, state),
  constraint network_states_follow foreign key (organisation_id, subscription_id, previous, before)
    references subscriptions.network_state (organisation_id, subscription_id, step, state),
  constraint network_begins_unheard check ((step = 1) = (before = 'unheard')),
  constraint network_says_something_new check (before <> state),
  constraint network_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id));
select kit.append_only('subscriptions.network_state');

-- What the network is told: one order a change of state, in the order of the steps, repeated until confirmed or overtaken by a later one. Where the network
-- does otherwise than it confirmed, the same is ordered anew, in another round.
create table subscriptions.provisioning_order (
  organisation_id uuid not null,
  subscription_id uuid not null,
  sequence int not null,
  round int not null default 0 constraint order_round_counts check (round between 0 and 100000),
  previous_round int generated always as (nullif(round, 0) - 1) stored,
  state text not null constraint order_state_is_known check (state in ('active', 'suspended', 'ended')),
  network_step int, network_state text,
  ordered_at timestamptz not null,
  order_id uuid not null generated always as (md5(subscription_id::text || ' ' || sequence::text || case when round > 0 then ' ' || round::text else '' end)::uuid) stored,
  constraint one_order_a_change primary key (organisation_id, subscription_id, sequence, round),
  constraint order_of_a_change foreign key (organisation_id, subscription_id, sequence, state)
    references subscriptions.subscription_step (organisation_id, subscription_id, step, to_state),
  constraint order_rounds_follow foreign key (organisation_id, subscription_id, sequence, previous_round)
    references subscriptions.provisioning_order (organisation_id, subscription_id, sequence, round),
  constraint ordered_anew_for_a_difference foreign key (organisation_id, subscription_id, network_step, network_state)
    references subscriptions.network_state (organisation_id, subscription_id, step, state),
  constraint difference_is_cited check ((round > 0) = (network_step is not null) and (round > 0) = (network_state is not null)),
  constraint difference_is_one check ((network_state is null or network_state <> state) is true));
select kit.append_only('subscriptions.provisioning_order');

create table subscriptions.provisioning_step (
  organisation_id uuid not null,
  subscription_id uuid not null,
  sequence int not null,
  round int not null default 0,
  step int not null constraint provisioning_step_counts check (step between 1 and 10000),
  from_outcome text not null,
  outcome text not null constraint provisioning_outcome_is_known check (outcome in ('unconfirmed', 'confirmed', 'overtaken')),
  detail text not null default '' constraint provisioning_detail_is_short check (length(detail) <= 200),
  happened_at timestamptz not null,
  previous int generated always as (nullif(step - 1, 0)) stored,
  constraint one_provisioning_step primary key (organisation_id, subscription_id, sequence, round, step),
  constraint provisioning_head unique (organisation_id, subscription_id, sequence, round, step, outcome),
  constraint provisioning_of_order foreign key (organisation_id, subscription_id, sequence, round)
    references subscriptions.provisioning_order (organisation_id, subscription_id, sequence, round),
  constraint provisioning_follows foreign key (organisation_id, subscription_id, sequence, round, previous, from_outcome)
    references subscriptions.provisioning_step (organisation_id, subscription_id, sequence, round, step, outcome),
  constraint a_settled_order_stays_settled check (from_outcome = case when step = 1 then 'requested' else 'unconfirmed' end));
select kit.append_only('subscriptions.provisioning_step');

-- Calls made about renewing. A call about somebody who has renewed is refused and stands in the facts only.
create table subscriptions.renewal_call (
  organisation_id uuid not null,
  call_id uuid not null,
  subscription_id uuid not null,
  customer_id uuid not null,
  outcome text not null constraint call_outcome_is_known check (outcome in ('reached', 'not_reached', 'will_pay', 'wants_visit', 'declined')),
  subscription_step int not null,
  called_by text not null constraint caller_is_short check (length(called_by) between 1 and 100),
  called_at timestamptz not null,
  constraint one_call_an_id primary key (organisation_id, call_id),
  constraint call_about_a_subscription foreign key (organisation_id, subscription_id, customer_id)
    references subscriptions.subscription (organisation_id, subscription_id, customer_id),
  constraint call_knew_the_state foreign key (organisation_id, subscription_id, subscription_step)
    references subscriptions.subscription_step (organisation_id, subscription_id, step));
select kit.append_only('subscriptions.renewal_call');
create index renewal_call_of_subscription on subscriptions.renewal_call (organisation_id, subscription_id, called_at);

-- An incident: what doesn't work, from when until when at the longest, and whom it reaches: every service in an area, at sites, or named. It ends when it is closed.
-- `until_at` is what is expected now; each time it was moved is an estimate below.
create table subscriptions.incident (
  organisation_id uuid not null,
  incident_id uuid not null,
  what text not null constraint incident_is_called_something check (length(what) between 1 and 200),
  kind text not null constraint incident_kind_is_known check (kind in ('fault', 'maintenance')),
  tags text[] not null constraint incident_tags_bounded check (cardinality(tags) <= 20),                -- of services in its reach: a network node is one
  symptoms text[] not null constraint incident_symptoms_bounded check (cardinality(symptoms) <= 10),    -- words by which a visit for the same thing is known
  is_public boolean not null,                                                                            -- whether everybody may read of it
  area polygon,                                                            -- corners as (longitude, latitude), in ten-millionths of a degree
  begins_at timestamptz not null, until_at timestamptz not null,
  estimate int not null default 0, estimate_ref int generated always as (nullif(estimate, 0)) stored,
  declared_by text not null constraint incident_declarer_short check (length(declared_by) <= 100),
  declared_at timestamptz not null,
  constraint one_incident_an_id primary key (organisation_id, incident_id),
  constraint incident_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id),
  constraint incident_area_has_corners check (npoints(area) between 3 and 200),
  constraint incident_ends check (until_at > begins_at and until_at <= begins_at + interval '90 days'));
select kit.changeable('subscriptions.incident', 'until_at, estimate');
create index incident_by_its_end on subscriptions.incident (organisation_id, until_at);
-- What was expected instead, and why, in words that its customers read.
create table subscriptions.incident_estimate (
  organisation_id uuid not null, incident_id uuid not null,
  step int not null constraint incident_estimate_counts check (step between 1 and 1000),
  previous int generated always as (nullif(step - 1, 0)) stored,
  until_before timestamptz not null, until_at timestamptz not null,
  reason text not null constraint estimate_reason_has_a_length check (length(reason) between 1 and 200),
  moved_by text not null constraint estimate_mover_short check (length(moved_by) <= 100),
  moved_at timestamptz not null,
  constraint one_incident_estimate primary key (organisation_id, incident_id, step),
  constraint incident_estimate_end unique (organisation_id, incident_id, step, until_at),
  constraint estimate_of_incident foreign key (organisation_id, incident_id) references subscriptions.incident (organisation_id, incident_id),
  constraint incident_estimates_follow foreign key (organisation_id, incident_id, previous, until_before)
    references subscriptions.incident_estimate (organisation_id, incident_id, step, until_at),
  constraint estimate_moves_what_is_ahead check (until_before > moved_at and until_at > moved_at and until_at <> until_before));
select kit.append_only('subscriptions.incident_estimate');
alter table subscriptions.incident add constraint incident_expected_as_estimated foreign key (organisation_id, incident_id, estimate_ref, until_at)
  references subscriptions.incident_estimate (organisation_id, incident_id, step, until_at);
create table subscriptions.incident_reach (
  organisation_id uuid not null,
  incident_id uuid not null, position int not null constraint incident_reach_counts check (position between 1 and 10000),
  customer_id uuid not null,
  site_id uuid, subscription_id uuid,
  widened_at timestamptz,                                                  -- null for what it was declared with
  constraint one_incident_reach primary key (organisation_id, incident_id, position),
  constraint reach_of_incident foreign key (organisation_id, incident_id) references subscriptions.incident (organisation_id, incident_id),
  constraint incident_reaches_a_site foreign key (organisation_id, customer_id, site_id) references customers.site (organisation_id, customer_id, site_id),
  constraint incident_reaches_a_service foreign key (organisation_id, subscription_id, customer_id)
    references subscriptions.subscription (organisation_id, subscription_id, customer_id),
  constraint incident_reaches_one_thing_a_row check (num_nonnulls(site_id, subscription_id) = 1));
select kit.append_only('subscriptions.incident_reach');
create index incident_reach_of_customer on subscriptions.incident_reach (organisation_id, customer_id);
create table subscriptions.incident_end (
  organisation_id uuid not null, incident_id uuid not null,
  closed_by text not null constraint incident_closer_short check (length(closed_by) <= 100),
  closed_at timestamptz not null,
  constraint one_end_an_incident primary key (organisation_id, incident_id),
  constraint end_of_incident foreign key (organisation_id, incident_id) references subscriptions.incident (organisation_id, incident_id));
select kit.append_only('subscriptions.incident_end');
-- Who was to hear of it, of each estimate that changed it since, and that it is over: each once, and nobody of the rest who wasn't to hear of it. By when it is over was promised to them.
create table subscriptions.incident_told (
  organisation_id uuid not null, incident_id uuid not null, customer_id uuid not null,
  news text not null constraint incident_news_is_known check (news in ('declared', 'moved', 'ended')),
  estimate int not null, estimate_ref int generated always as (nullif(estimate, 0)) stored,
  turn int not null generated always as (case news when 'moved' then estimate else 0 end) stored,
  news_before text generated always as (case when news <> 'declared' then 'declared' end) stored,
  turn_before int not null generated always as (0) stored,
  promise_id uuid,                                                         -- none to whom nothing can be mailed, and of the end
  told_at timestamptz not null,
  constraint incident_told_once primary key (organisation_id, incident_id, customer_id, news, turn),
  constraint end_told_to_who_heard_of_it foreign key (organisation_id, incident_id, customer_id, news_before, turn_before)
    references subscriptions.incident_told (organisation_id, incident_id, customer_id, news, turn),
  constraint told_of_estimate foreign key (organisation_id, incident_id, estimate_ref) references subscriptions.incident_estimate (organisation_id, incident_id, step),
  constraint moved_by_an_estimate check (news <> 'moved' or estimate > 0),
  constraint incident_promised_once unique (organisation_id, promise_id),
  constraint incident_promised foreign key (organisation_id, promise_id) references promises.promise (organisation_id, promise_id),
  constraint told_of_incident foreign key (organisation_id, incident_id) references subscriptions.incident (organisation_id, incident_id),
  constraint incident_told_to_customer foreign key (organisation_id, customer_id) references customers.customer (organisation_id, customer_id));
select kit.append_only('subscriptions.incident_told');
-- How far everybody who is to hear has been looked for: by what was written before that transaction, of that estimate, and whether of the end.
create table subscriptions.incident_heard (
  organisation_id uuid not null, incident_id uuid not null,
  until_epoch int not null, until_transaction xid8 not null,
  estimate int not null, ended boolean not null,
  constraint incident_heard_pkey primary key (organisation_id, incident_id),
  constraint heard_of_incident foreign key (organisation_id, incident_id) references subscriptions.incident (organisation_id, incident_id));
select kit.changeable('subscriptions.incident_heard', 'until_epoch, until_transaction, estimate, ended');

-- What a service hangs on, or goes by: a network node, a street cabinet, a product. An incident reaches whoever has one of its tags.
create table subscriptions.subscription_tag (
  organisation_id uuid not null, subscription_id uuid not null,
  tag text not null constraint tag_is_a_plain_word check (tag ~ '^[a-z0-9][a-z0-9._:/-]{0,59}$'),
  constraint one_tag_a_subscription primary key (organisation_id, subscription_id, tag),
  constraint tag_of_subscription foreign key (organisation_id, subscription_id) references subscriptions.subscription (organisation_id, subscription_id));
select kit.wall('subscriptions.subscription_tag');
select kit.deletable('subscriptions.subscription_tag');
create index subscription_by_tag on subscriptions.subscription_tag (organisation_id, tag, subscription_id);
-- How often a service was tagged anew, and by whom: two people who change its tags at once don't undo each other.
create table subscriptions.tagging (
  organisation_id uuid not null, subscription_id uuid not null,
  version int not null constraint tagging_counts check (version between 1 and 1000000000),
  previous int generated always as (nullif(version - 1, 0)) stored,
  tagged_by text not null constraint tagger_short check (length(tagged_by) <= 100),
  tagged_at timestamptz not null,
  constraint one_tagging_a_version primary key (organisation_id, subscription_id, version),
  constraint taggings_follow foreign key (organisation_id, subscription_id, previous) references subscriptions.tagging (organisation_id, subscription_id, version),
  constraint tagging_of_subscription foreign key (organisation_id, subscription_id) references subscriptions.subscription (organisation_id, subscription_id));
select kit.append_only('subscriptions.tagging');
-- What it was and what is done about it, in words that everybody whom it reached may read; the last of them counts.
create table subscriptions.incident_explanation (
  organisation_id uuid not null, incident_id uuid not null,
  step int not null constraint incident_explanation_counts check (step between 1 and 1000),
  previous int generated always as (nullif(step - 1, 0)) stored,
  words text not null constraint incident_explanation_bounded check (length(words) between 1 and 4000),
  said_by text not null constraint incident_explainer_short check (length(said_by) <= 100),
  said_at timestamptz not null,
  constraint one_incident_explanation_a_step primary key (organisation_id, incident_id, step),
  constraint incident_explanations_follow foreign key (organisation_id, incident_id, previous) references subscriptions.incident_explanation (organisation_id, incident_id, step),
  constraint explanation_of_incident foreign key (organisation_id, incident_id) references subscriptions.incident (organisation_id, incident_id));
select kit.append_only('subscriptions.incident_explanation');

-- Where lapsing looks: each service that isn't cut off as unpaid, and the day on which its grace is over. Brought up to date once a minute from the steps that were written since,
-- as far as `lapsing_cursor` says; whoever asks in between reads those beside it. So nothing is added to what pays and renews. `sayso doctor` holds it to the steps.
create index subscription_steps_in_order on subscriptions.subscription_step (organisation_id, epoch, transaction_id, subscription_id);
create table subscriptions.lapsing (
  organisation_id uuid not null,
  subscription_id uuid not null, customer_id uuid not null,
  from_on date not null,
  constraint lapsing_pkey primary key (organisation_id, subscription_id),
  constraint lapsing_is_a_subscription foreign key (organisation_id, subscription_id, customer_id)
    references subscriptions.subscription (organisation_id, subscription_id, customer_id));
select kit.changeable('subscriptions.lapsing', 'from_on');
select kit.deletable('subscriptions.lapsing');
create index lapsing_by_day on subscriptions.lapsing (organisation_id, from_on, subscription_id);
-- The first transaction whose steps may not have been read yet: all before it were over.
create table subscriptions.lapsing_cursor (
  organisation_id uuid not null,
  until_epoch int not null,
  until_transaction bigint not null,
  constraint lapsing_cursor_pkey primary key (organisation_id),
  constraint lapsing_cursor_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id));
select kit.changeable('subscriptions.lapsing_cursor', 'until_epoch, until_transaction');

-- What requests lock by.
select kit.lockable('account', 'subscriptions.subscription', 'customer_id', 'subscription_id');
select kit.lockable('scope', 'subscriptions.subscription', 'scope_id', 'subscription_id');
