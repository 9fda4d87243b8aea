-- Every subscription is paid through exactly the periods that are paid without a gap, and nobody paid through today is suspended as unpaid with nothing overdue.
with head as (
  select distinct on (t.organisation_id, t.subscription_id) t.*, s.customer_id
  from subscriptions.subscription_step t join subscriptions.subscription s using (organisation_id, subscription_id)
  order by t.organisation_id, t.subscription_id, t.step desc),
last as (
  select distinct on (organisation_id, subscription_id, number) organisation_id, subscription_id, number, paid
  from subscriptions.paid_period order by organisation_id, subscription_id, number, step desc),
through as (
  select p.organisation_id, p.subscription_id, max(p.number) filter (where p.unbroken) as number
  from (
    select p.organisation_id, p.subscription_id, p.number, bool_and(coalesce(l.paid, false)) over (partition by p.organisation_id, p.subscription_id order by p.number) as unbroken
    from subscriptions.period p left join last l using (organisation_id, subscription_id, number)) p
  group by 1, 2)
select h.organisation_id, h.subscription_id, 'says paid through period ' || h.paid_number || ', the payments say ' || coalesce(t.number, 0)
from head h left join through t using (organisation_id, subscription_id) where h.paid_number <> coalesce(t.number, 0)
union all
select h.organisation_id, h.subscription_id, 'suspended as unpaid, paid through ' || (h.paid_until_on - 1) || ' and nothing overdue'
from head h
where h.to_state = 'suspended' and 'unpaid' = any (h.reasons_after) and h.paid_until_on > (now() at time zone h.zone)::date
  and not exists (
    select from billing.invoice i
    left join lateral (
      select a.open_after + a.written_off_after as owed_after from billing.allocation a where a.organisation_id = i.organisation_id and a.invoice_id = i.invoice_id order by a.step desc limit 1) a on true
    where i.organisation_id = h.organisation_id and i.customer_id = h.customer_id and coalesce(a.owed_after, i.total_minor) > 0 and i.due_on < (now() at time zone h.zone)::date)
order by 1, 2
