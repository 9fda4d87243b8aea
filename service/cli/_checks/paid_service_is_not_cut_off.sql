-- A period whose invoice is paid is paid, one whose invoice is open is not, and nobody who is paid up is suspended as unpaid.
with open as (
  select distinct on (organisation_id, invoice_id) organisation_id, invoice_id, open_after, written_off_after
  from billing.allocation order by organisation_id, invoice_id, step desc),
paid as (
  select distinct on (organisation_id, subscription_id, number) organisation_id, subscription_id, number, paid
  from subscriptions.paid_period order by organisation_id, subscription_id, number, step desc),
state as (
  select distinct on (organisation_id, subscription_id) organisation_id, subscription_id, to_state, reasons_after, paid_until_on, local_on
  from subscriptions.subscription_step order by organisation_id, subscription_id, step desc)
select p.organisation_id, p.subscription_id || ' ' || p.number, format('%s of its invoice is open or written off and the period is %s', o.open_after + o.written_off_after, case when d.paid then 'paid' else 'not paid' end)
from subscriptions.period p
join open o on o.organisation_id = p.organisation_id and o.invoice_id = p.invoice_id
left join paid d on d.organisation_id = p.organisation_id and d.subscription_id = p.subscription_id and d.number = p.number
where (o.open_after + o.written_off_after = 0) <> coalesce(d.paid, false)
union all
select organisation_id, subscription_id::text, format('is suspended as unpaid since %s and paid until %s', local_on, paid_until_on) from state
where 'unpaid' = any (reasons_after) and local_on < paid_until_on
