-- verb: set_compensation_policy
-- The version after the one that was read under the lock.
with policy as (
  insert into billing.compensation_policy (organisation_id, version, currency, counts_from, gives_by_itself, citation, set_by, set_at)
  values (:organisation, :version::int, :currency::text, :counts_from::text, :gives_by_itself::boolean, :citation::text, :actor, :at)
  returning version),
rates as (
  insert into billing.compensation_rate (organisation_id, version, what, from_day, numerator, denominator, least_minor)
  select :organisation, p.version, r.what, r.from_day, r.numerator, r.denominator, r.least_minor
  from policy p cross join jsonb_to_recordset(:rates::jsonb) as r (what text, from_day int, numerator int, denominator int, least_minor bigint)),
happened as (
  select 'compensation_policy_set' as kind, null::uuid as customer_id, 'compensation_policy' as subject_kind, :organisation::uuid as subject_id, jsonb_build_object('version', version) as body from policy),
answer as (select 201 as status, null::text as code, jsonb_build_object('version', version) as body from policy)

-- query: compensation_policy
select p.version, p.currency, r.rates, p.counts_from, p.gives_by_itself, p.citation, p.set_by, p.set_at
from billing.compensation_policy p
cross join lateral (
  select jsonb_agg(jsonb_build_object('what', r.what, 'from_day', r.from_day, 'of_month', r.numerator || '/' || r.denominator, 'least_minor', r.least_minor) order by r.what desc, r.from_day) as rates
  from billing.compensation_rate r where r.organisation_id = :organisation and r.version = p.version) r
where p.organisation_id = :organisation and p.version < :before::int order by p.version desc limit :limit::int

-- query: outage_to_judge
with o as (
  select o.outage_id, o.subscription_id, o.customer_id, o.from_at, o.until_at from billing.outage o where o.organisation_id = :organisation and o.outage_id = :outage_id::uuid)
-- include: billing/outages_judged_by

-- query: appointment_to_judge
-- An appointment to repair, install or look at something; one to collect money isn't one of ours to keep for the customer.
with a as (
  select p.promise_id, p.customer_id, p.due_at, v.site_id, coalesce(e.outcome = 'broken', p.due_at <= :at::timestamptz) as broken
  from promises.promise p
  cross join lateral (select v.site_id from dispatch.visit v where v.organisation_id = :organisation and v.visit_id = p.subject_id and not v.collects limit 1) v
  left join lateral (select e.outcome from promises.ending e where e.organisation_id = :organisation and e.promise_id = p.promise_id limit 1) e on true
  where p.organisation_id = :organisation and p.promise_id = :promise_id::uuid and p.kind = 'arrive')
-- include: billing/appointments_judged_by

-- query: compensation_of_outage
select k.compensation_id, k.subscription_id, k.currency, k.due_minor, k.set_off_minor, k.amount_minor from billing.compensation k
where k.organisation_id = :organisation and k.outage_id = :outage_id

-- query: compensation_of_promise
select k.compensation_id, k.subscription_id, k.currency, k.due_minor, k.set_off_minor, k.amount_minor from billing.compensation k
where k.organisation_id = :organisation and k.promise_id = :promise_id

-- verb: compensate
-- Out of compensations into the customer's credit, which pays what is open by itself. Under the account's lock.
with given as (
  insert into billing.compensation (organisation_id, compensation_id, customer_id, subscription_id, outage_id, promise_id, policy_version, currency, month_minor, due_minor, set_off_minor,
    given_by, given_at)
  values (:organisation, :compensation_id::uuid, :customer_id::uuid, :subscription_id::uuid, :outage_id::uuid, :promise_id::uuid, :policy_version::int, :currency::text, :month_minor::bigint,
    :due_minor::bigint, :set_off_minor::bigint, :actor, :at)
  returning compensation_id, customer_id, subscription_id, outage_id, promise_id, currency, due_minor, set_off_minor, amount_minor),
days as (
  insert into billing.compensation_day (organisation_id, compensation_id, subscription_id, day, counted_from, report_id, nth, due_minor)
  select :organisation, g.compensation_id, g.subscription_id, d.day, d.counted_from, d.report_id, d.nth, d.due_minor
  from given g cross join jsonb_to_recordset(:days::jsonb) as d (day date, counted_from date, report_id uuid, nth int, due_minor bigint)),
moved as (
  select compensation_id as posting_id, 1 as ordinal, 'compensation' as kind, 'compensation' as debit_kind, '' as debit_holder, 'customer_credit' as credit_kind,
    customer_id::text as credit_holder, currency, amount_minor, customer_id as strand, 'compensation' as subject_kind, compensation_id as subject_id, :at::timestamptz as occurred_at
  from given where amount_minor > 0),
-- include: billing/transfers
,
happened as (
  select 'compensation_given' as kind, customer_id, 'compensation' as subject_kind, compensation_id as subject_id,
    jsonb_strip_nulls(jsonb_build_object('amount_minor', amount_minor, 'currency', currency, 'subscription_id', subscription_id, 'outage_id', outage_id, 'promise_id', promise_id)) as body
  from given where amount_minor > 0),
wanted as (
  select compensation_id as task_id, 'send_notice' as kind, compensation_id as subject_id, :at::timestamptz as due_at,
    jsonb_build_object('notice', 'compensation_given', 'customer_id', customer_id) as body
  from given where amount_minor > 0),
answer as (
  select 201 as status, null::text as code,
    jsonb_build_object('id', compensation_id, 'subscription_id', subscription_id, 'currency', currency, 'due_minor', due_minor, 'set_off_minor', set_off_minor, 'amount_minor', amount_minor) as body
  from given)

-- verb: look_in_vain
with looked as (
  insert into billing.compensation_look (organisation_id, outage_id, looked_at) values (:organisation, :outage_id::uuid, :at)
  on conflict on constraint one_look_a_moment do nothing),
happened as (select null::text as kind, null::uuid as customer_id, null::text as subject_kind, null::uuid as subject_id, null::jsonb as body where false),
answer as (select 200 as status, null::text as code, jsonb_build_object('outage_id', :outage_id::uuid, 'compensation_id', null) as body)

-- verb: take_compensation_back
-- The same way back, once. Under the account's lock.
with given as (
  select k.compensation_id, k.customer_id, k.currency, k.amount_minor, r.reversal_id, coalesce(c.credit_minor, 0) as credit_minor
  from (select k.* from billing.compensation k where k.organisation_id = :organisation and k.compensation_id = :compensation_id::uuid and k.amount_minor > 0 limit 1) k
  left join lateral (
    select r.reversal_id from billing.compensation_reversal r where r.organisation_id = :organisation and r.compensation_id = k.compensation_id limit 1) r on true
  left join lateral (
    select -e.balance_after as credit_minor from billing.account_entry e
    where e.organisation_id = :organisation and e.account_kind = 'customer_credit' and e.account_holder = k.customer_id::text and e.currency = k.currency and e.strand = k.customer_id
    order by e.version desc limit 1) c on true),
going as (select * from given where reversal_id is null and credit_minor >= amount_minor),
taken_back as (
  insert into billing.compensation_reversal (organisation_id, reversal_id, compensation_id, customer_id, currency, amount_minor, reason, reversed_by, reversed_at)
  select :organisation, :reversal_id::uuid, compensation_id, customer_id, currency, amount_minor, :reason::text, :actor, :at from going
  returning reversal_id, compensation_id, customer_id, currency, amount_minor),
moved as (
  select reversal_id as posting_id, 1 as ordinal, 'compensation_reversal' as kind, 'customer_credit' as debit_kind, customer_id::text as debit_holder, 'compensation' as credit_kind,
    '' as credit_holder, currency, amount_minor, customer_id as strand, 'compensation' as subject_kind, compensation_id as subject_id, :at::timestamptz as occurred_at
  from taken_back),
-- include: billing/transfers
,
happened as (
  select 'compensation_taken_back' as kind, customer_id, 'compensation' as subject_kind, compensation_id as subject_id,
    jsonb_build_object('amount_minor', amount_minor, 'currency', currency) as body
  from taken_back),
wanted as (
  select reversal_id as task_id, 'send_notice' as kind, compensation_id as subject_id, :at::timestamptz as due_at,
    jsonb_build_object('notice', 'compensation_taken_back', 'customer_id', customer_id) as body
  from taken_back),
answer as (
  select 200 as status, null::text as code,
    jsonb_build_object('id', coalesce(g.reversal_id, :reversal_id::uuid), 'compensation_id', g.compensation_id, 'currency', g.currency, 'amount_minor', g.amount_minor) as body
  from given g where g.reversal_id is not null or g.credit_minor >= g.amount_minor
  union all
  select 409, 'CREDIT_ALREADY_USED', jsonb_build_object('credit_minor', credit_minor) from given where reversal_id is null and credit_minor < amount_minor)

-- query: list_compensations
with k as (
  select k.* from billing.compensation k
  where k.organisation_id = :organisation and k.compensation_id > :after::uuid and k.given_at >= :from_at::timestamptz and k.given_at < :until_at::timestamptz
  order by k.compensation_id limit :limit::int + 1)
-- include: billing/told_compensations
order by k.compensation_id

-- query: compensations_of_customer
with k as (
  select k.* from billing.compensation k
  where k.organisation_id = :organisation and k.customer_id = :customer_id::uuid
  order by k.compensation_id desc limit 200)
-- include: billing/told_compensations
order by k.compensation_id desc

-- query: latest_compensations
with k as (
  select k.* from billing.compensation k where k.organisation_id = :organisation order by k.compensation_id desc limit :limit::int)
-- include: billing/told_compensations
order by k.compensation_id desc

-- query: find_compensation
with k as (
  select k.* from billing.compensation k where k.organisation_id = :organisation and k.compensation_id = :compensation_id::uuid)
-- include: billing/told_compensations

-- query: outages_to_judge
-- A customer's of the last year that nothing was given for.
with o as (
  select o.outage_id, o.subscription_id, o.customer_id, o.from_at, o.until_at
  from subscriptions.subscription s
  cross join lateral (
    select o.* from billing.outage o
    where o.organisation_id = :organisation and o.subscription_id = s.subscription_id and o.from_at > :at::timestamptz - interval '1 year' order by o.from_at desc limit 20) o
  where s.organisation_id = :organisation and s.customer_id = :customer_id::uuid
    and not exists (select from billing.compensation k where k.organisation_id = :organisation and k.outage_id = o.outage_id offset 0)
  order by o.from_at desc, o.outage_id limit 20)
-- include: billing/outages_judged_by
order by o.from_at desc, o.outage_id

-- query: appointments_to_judge
-- A customer's of the last year that were missed, and that nothing was given for.
with a as (
  select p.promise_id, p.customer_id, p.due_at, v.site_id, true as broken
  from promises.promise p
  cross join lateral (select v.site_id from dispatch.visit v where v.organisation_id = :organisation and v.visit_id = p.subject_id and not v.collects limit 1) v
  left join lateral (select e.outcome from promises.ending e where e.organisation_id = :organisation and e.promise_id = p.promise_id limit 1) e on true
  where p.organisation_id = :organisation and p.customer_id = :customer_id::uuid and p.kind = 'arrive' and p.due_at > :at::timestamptz - interval '1 year'
    and coalesce(e.outcome = 'broken', p.due_at <= :at::timestamptz)
    and not exists (select from billing.compensation k where k.organisation_id = :organisation and k.promise_id = p.promise_id offset 0)
  order by p.due_at desc, p.promise_id limit 20)
-- include: billing/appointments_judged_by
order by a.due_at desc, a.promise_id

-- query: outages_to_compensate
-- Of the last 100 days; of maintenance, and of who may be no consumer, a person says so. Where reports count, once there is one; again, once another is noted.
with
-- include: billing/gives_by_itself_since
select o.outage_id
from since s
cross join lateral (
  select p.counts_from from billing.compensation_policy p where p.organisation_id = :organisation order by p.version desc limit 1) p
join billing.outage o on o.organisation_id = :organisation and o.told_at >= s.set_at and o.told_at > :at::timestamptz - interval '100 days'
cross join lateral (select c.vat_id from customers.customer c where c.organisation_id = :organisation and c.customer_id = o.customer_id limit 1) c
left join lateral (select i.kind from subscriptions.incident i where i.organisation_id = :organisation and i.incident_id = o.incident_id limit 1) i on true
cross join lateral (
  select max(r.noted_at) as noted_at from subscriptions.fault_report r
  where p.counts_from = 'report' and r.organisation_id = :organisation and r.subscription_id = o.subscription_id
    and r.reported_at between o.from_at - interval '90 days' and o.until_at) r
where c.vat_id is null and i.kind is distinct from 'maintenance' and (p.counts_from = 'beginning' or r.noted_at is not null)
  and not exists (select from billing.compensation k where k.organisation_id = :organisation and k.outage_id = o.outage_id offset 0)
  and not exists (
    select from billing.compensation_look l
    where l.organisation_id = :organisation and l.outage_id = o.outage_id and l.looked_at > coalesce(r.noted_at, '-infinity') offset 0)
order by o.outage_id limit 1000

-- query: missed_appointments
-- Of the last 100 days: nobody arrived before the window was over. Where nothing at all is told of it, that is believed a day later: a device without signal tells late.
with
-- include: billing/gives_by_itself_since
select p.promise_id
from since s
join promises.promise p on p.organisation_id = :organisation and p.due_at >= s.set_at and p.due_at > :at::timestamptz - interval '100 days' and p.due_at <= :at::timestamptz
left join lateral (select e.outcome, e.happened_at from promises.ending e where e.organisation_id = :organisation and e.promise_id = p.promise_id limit 1) e on true
cross join lateral (select c.vat_id from customers.customer c where c.organisation_id = :organisation and c.customer_id = p.customer_id limit 1) c
cross join lateral (
  select v.site_id from dispatch.visit v join dispatch.job j on j.organisation_id = v.organisation_id and j.job_id = v.job_id
  where v.organisation_id = :organisation and v.visit_id = p.subject_id and j.kind in ('repair', 'install') limit 1) v
where p.kind = 'arrive' and c.vat_id is null
  and case when e.outcome is null then p.due_at <= :at::timestamptz - interval '1 day' else e.outcome = 'broken' and e.happened_at >= p.due_at end
  and not exists (select from billing.compensation k where k.organisation_id = :organisation and k.promise_id = p.promise_id offset 0)
  and exists (
    select from subscriptions.subscription u where u.organisation_id = :organisation and u.customer_id = p.customer_id and u.site_id = v.site_id offset 0)
order by p.promise_id limit 1000
