-- In: k, the compensations to be told. Each as it was given and whether it stands.
select k.compensation_id, k.given_at, k.given_by, (
    select s.name from identity.staff s where s.organisation_id = :organisation and s.staff_id = substring(k.given_by from '^staff:(.*)$')::uuid), k.customer_id, c.name, k.subscription_id, k.outage_id, k.promise_id, k.policy_version, k.currency, k.month_minor, (
    select coalesce(jsonb_agg(jsonb_build_object('day', d.day, 'nth', d.nth, 'due_minor', d.due_minor, 'counted_from', d.counted_from, 'report_id', d.report_id) order by d.day), '[]') from billing.compensation_day d
    where d.organisation_id = :organisation and d.compensation_id = k.compensation_id),
  k.due_minor, k.set_off_minor, k.amount_minor, r.reversed_at, r.reversed_by, (
    select s.name from identity.staff s where s.organisation_id = :organisation and s.staff_id = substring(r.reversed_by from '^staff:(.*)$')::uuid), r.reason
from k
cross join lateral (select x.name from customers.customer x where x.organisation_id = :organisation and x.customer_id = k.customer_id limit 1) c
left join lateral (
  select r.reversed_at, r.reversed_by, r.reason from billing.compensation_reversal r
  where r.organisation_id = :organisation and r.compensation_id = k.compensation_id limit 1) r on true
