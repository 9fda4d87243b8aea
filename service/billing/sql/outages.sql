-- verb: set_outage_policy
-- The version after the one that was read under the lock.
with policy as (
  insert into billing.outage_policy (organisation_id, version, unit, least_units, currency, gives_by_itself, citation, tier_count, set_by, set_at)
  values (:organisation, :version::int, :unit::text, :least_units::int, :currency::text, :gives_by_itself::boolean, :citation::text, jsonb_array_length(:tiers::jsonb), :actor, :at)
  returning version, tier_count),
tiers as (
  insert into billing.outage_tier (organisation_id, version, position, tier_count, from_before, from_unit, numerator, denominator, least_minor)
  select :organisation, p.version, t.position, p.tier_count, lag(s.from_unit, 1, 0) over (order by t.position), s.from_unit, s.numerator, s.denominator, s.least_minor
  from policy p cross join jsonb_array_elements(:tiers::jsonb) with ordinality t (tier, position)
  cross join lateral jsonb_to_record(t.tier) as s (from_unit int, numerator int, denominator int, least_minor bigint)),
happened as (
  select 'outage_policy_set' as kind, null::uuid as customer_id, 'outage_policy' as subject_kind, :organisation::uuid as subject_id, jsonb_build_object('version', version) as body from policy),
answer as (select 201 as status, null::text as code, jsonb_build_object('version', version) as body from policy)

-- query: outage_policy
select p.version, p.unit, p.least_units, t.tiers, p.currency, p.gives_by_itself, p.citation, p.set_by, p.set_at
from billing.outage_policy p
cross join lateral (
  select jsonb_agg(jsonb_build_object('from_unit', t.from_unit, 'of_month', t.numerator || '/' || t.denominator, 'least_minor', t.least_minor) order by t.position) as tiers
  from billing.outage_tier t where t.organisation_id = :organisation and t.version = p.version) t
where p.organisation_id = :organisation and p.version < :before::int order by p.version desc limit :limit::int

-- query: outage_spans
-- What counts already for its price.
select from_at, until_at from billing.outage_span where organisation_id = :organisation and subscription_id = :subscription_id and of_price order by from_at

-- query: service_steps
-- From when on it was ours to let it work: while it runs, and while it stands still for a fault alone.
select happened_at, to_state = 'active' or reasons_after = array['fault'] from subscriptions.subscription_step
where organisation_id = :organisation and subscription_id = :subscription_id order by step

-- query: credited_periods
-- Billed periods with days from the one to the other. An invoice that supplies the plan more than once has a line for each, in order.
with period as (
  select p.number, p.invoice_id, p.item_id, p.from_on, p.until_on, row_number() over (partition by p.invoice_id, p.item_id order by p.number) as place
  from subscriptions.period p where p.organisation_id = :organisation and p.subscription_id = :subscription_id),
line as (
  select l.*, row_number() over (partition by l.invoice_id, l.item_id order by l.line_number) as place
  from (select distinct invoice_id, item_id from period where until_on > :from_on::date and from_on <= :until_on::date) p
  join billing.invoice_line l on l.organisation_id = :organisation and l.invoice_id = p.invoice_id and l.item_id = p.item_id)
select p.number, p.from_on, p.until_on, l.invoice_id, l.line_number, l.net_minor, coalesce(c.net_after, 0), coalesce(a.written_off_after, 0) > 0, coalesce(g.step, 0),
  coalesce(g.given_after, 0)
from period p
join line l using (invoice_id, item_id, place)
left join lateral (
  select c.net_after from billing.credit_line c
  where c.organisation_id = :organisation and c.invoice_id = l.invoice_id and c.line_number = l.line_number order by c.step desc limit 1) c on true
left join lateral (
  select a.written_off_after from billing.allocation a where a.organisation_id = :organisation and a.invoice_id = l.invoice_id order by a.step desc limit 1) a on true
left join lateral (
  select g.step, g.given_after from billing.outage_credit g
  where g.organisation_id = :organisation and g.subscription_id = :subscription_id and g.number = p.number order by g.step desc limit 1) g on true
where p.until_on > :from_on::date and p.from_on <= :until_on::date
order by p.number

-- query: find_outage
with
-- include: billing/outages_told
select t.* from outages_told t where t.outage_id = :outage_id

-- query: outage_of_incident
-- The one that counts for the price; or, where that isn't asked for, whichever is on record.
with
-- include: billing/outages_told
select t.* from outages_told t join billing.outage o on o.organisation_id = :organisation and o.outage_id = t.outage_id
where t.subscription_id = :subscription_id and t.incident_id = :incident_id and o.of_price >= :of_price::boolean
order by o.of_price desc limit 1

-- query: list_outages
-- The last one first.
with
-- include: billing/outages_told
select t.* from outages_told t where t.subscription_id = :subscription_id and (t.from_at, t.outage_id) < (:before_at::timestamptz, :before_id::uuid)
order by t.from_at desc, t.outage_id desc limit :limit + 1

-- verb: note_outage
-- What was judged and credited is written beside it. Without an outage: of periods that were billed after theirs.
with outage as (
  insert into billing.outage (organisation_id, outage_id, subscription_id, customer_id, incident_id, from_at, until_at, why, of_price, policy_version, told_by, told_at)
  select :organisation::uuid, :outage_id::uuid, :subscription_id::uuid, :customer_id::uuid, :incident_id::uuid, :from_at::timestamptz, :until_at::timestamptz, :why::text,
    :of_price::boolean, :policy_version::int, :actor::text, :at::timestamptz
  where :outage_id::uuid is not null
  returning outage_id, of_price),
spans as (
  insert into billing.outage_span (organisation_id, outage_id, subscription_id, from_at, until_at, of_price)
  select :organisation::uuid, o.outage_id, :subscription_id::uuid, s.from_at, s.until_at, o.of_price
  from outage o cross join jsonb_to_recordset(:spans::jsonb) as s (from_at timestamptz, until_at timestamptz)),
credits as (
  insert into billing.outage_credit (organisation_id, subscription_id, number, step, outage_id, policy_version, unit, units, parts, given_before, given_after, beyond_minor,
    credit_note_id, invoice_id, line_number, judged_at)
  select :organisation::uuid, :subscription_id::uuid, c.number, c.step, :outage_id::uuid, :policy_version::int, :unit::text, c.units, c.parts, c.given_before,
    c.given_before + c.credit_minor, c.beyond_minor, c.credit_note_id, c.invoice_id, c.line_number, :at::timestamptz
  from jsonb_to_recordset(:credits::jsonb) as c (number int, step int, units int, parts jsonb, given_before bigint, credit_minor bigint, beyond_minor bigint, credit_note_id uuid,
    invoice_id uuid, line_number int)
  returning credited_minor, beyond_minor, credit_note_id),
sums as (
  select coalesce(sum(credited_minor), 0) as credit_minor, coalesce(sum(beyond_minor), 0) as beyond_minor,
    coalesce(jsonb_agg(distinct credit_note_id) filter (where credit_note_id is not null), '[]') as notes
  from credits),
happened as (
  select 'outage_noted' as kind, :customer_id::uuid as customer_id, 'subscription' as subject_kind, :subscription_id::uuid as subject_id,
    jsonb_build_object('outage_id', :outage_id::uuid, 'incident_id', :incident_id::uuid, 'from_at', :from_at::timestamptz, 'until_at', :until_at::timestamptz,
      'credit_note_ids', notes, 'credit_minor', credit_minor, 'beyond_minor', beyond_minor, 'currency', :currency::text) as body
  from sums),
answer as (
  select 201 as status, null::text as code,
    jsonb_build_object('id', :outage_id::uuid, 'subscription_id', :subscription_id::uuid, 'credit_minor', credit_minor, 'credit_note_ids', notes) as body
  from sums)

-- verb: order_outage_credits
-- Once an incident; ordered again it is as it is. That its time alone is put on record is nothing that anybody is told.
with known as (
  select o.* from billing.outage_order o where o.organisation_id = :organisation::uuid and o.incident_id = :incident_id::uuid and o.of_price = :of_price::boolean),
ordered as (
  insert into billing.outage_order (organisation_id, incident_id, of_price, ordered_by, ordered_at)
  select :organisation::uuid, i.incident_id, :of_price::boolean, :actor::text, :at::timestamptz from subscriptions.incident i
  where i.organisation_id = :organisation::uuid and i.incident_id = :incident_id::uuid and not exists (select from known)
  returning *),
happened as (
  select 'outage_credits_ordered' as kind, null::uuid as customer_id, 'incident' as subject_kind, incident_id as subject_id, '{}'::jsonb as body from ordered where of_price),
answer as (
  select case when k.incident_id is null then 201 else 200 end as status, null::text as code,
    jsonb_build_object('incident_id', o.incident_id, 'ordered_by', o.ordered_by, 'ordered_at', o.ordered_at, 'done_at', o.done_at) as body
  from (select * from ordered union all select * from known) o left join known k on true)

-- verb: outage_credits_given
with done as (
  update billing.outage_order set done_at = :at::timestamptz
  where organisation_id = :organisation::uuid and incident_id = :incident_id::uuid and of_price = :of_price::boolean and done_at is null returning *),
happened as (
  select 'outage_credits_given' as kind, null::uuid as customer_id, 'incident' as subject_kind, incident_id as subject_id, '{}'::jsonb as body from done where of_price),
answer as (
  select 200 as status, null::text as code,
    jsonb_build_object('incident_id', o.incident_id, 'ordered_by', o.ordered_by, 'ordered_at', o.ordered_at, 'done_at', o.done_at) as body from done o)

-- query: find_outage_order
select incident_id, ordered_by, ordered_at, done_at from billing.outage_order where organisation_id = :organisation and incident_id = :incident_id and of_price

-- query: outage_orders_to_do
select o.incident_id, o.of_price from billing.outage_order o where o.organisation_id = :organisation and o.done_at is null order by o.incident_id, o.of_price

-- query: incidents_to_order
-- Those that were over since policies give by themselves, and not ordered yet. Where only those of compensation do, the time is put on record, and nothing of the price is given back.
with
-- include: billing/gives_by_itself_since
,
given_since as (
  select set_at, false as of_price from since
  union all
  select min(p.set_at), true from billing.outage_policy p
  where p.organisation_id = :organisation and p.version > coalesce((
    select b.version from billing.outage_policy b where b.organisation_id = :organisation and not b.gives_by_itself order by b.version desc limit 1), 0))
select i.incident_id, bool_or(s.of_price) from given_since s
join subscriptions.incident i on i.organisation_id = :organisation and i.until_at > s.set_at
left join lateral (
  select e.closed_at from subscriptions.incident_end e where e.organisation_id = :organisation and e.incident_id = i.incident_id limit 1) e on true
where least(i.until_at, e.closed_at) between s.set_at and :at::timestamptz
  and not exists (select from billing.outage_order o where o.organisation_id = :organisation and o.incident_id = i.incident_id and o.of_price >= s.of_price offset 0)
group by i.incident_id order by i.incident_id

-- query: billed_after_outage
-- Services with time of the last 100 days that doesn't work and a period over it that was billed since.
select distinct s.subscription_id
from billing.outage_span s
cross join lateral (
  select u.zone from subscriptions.subscription u where u.organisation_id = :organisation and u.subscription_id = s.subscription_id limit 1) u
cross join lateral (
  select p.number from subscriptions.period p
  where p.organisation_id = :organisation and p.subscription_id = s.subscription_id and p.until_on > (s.from_at at time zone u.zone)::date
    and p.from_on <= (s.until_at at time zone u.zone)::date offset 0) p
where s.organisation_id = :organisation and s.of_price and s.until_at > :at::timestamptz - interval '100 days'
  and not exists (
    select from billing.outage_credit c where c.organisation_id = :organisation and c.subscription_id = s.subscription_id and c.number = p.number offset 0)
order by s.subscription_id

-- query: told_outages
-- What a credit note is for, where it is for time without service.
select o.from_at, o.until_at, c.unit, c.units
from billing.outage_credit c join billing.outage o on o.organisation_id = c.organisation_id and o.outage_id = c.outage_id
where c.organisation_id = :organisation and c.credit_note_id = :credit_note_id
order by c.number
