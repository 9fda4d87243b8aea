-- Every period has its invoice, and is paid exactly when that invoice is.
with last as (
  select distinct on (organisation_id, subscription_id, number) organisation_id, subscription_id, number, paid
  from subscriptions.paid_period order by organisation_id, subscription_id, number, step desc)
select p.organisation_id, p.subscription_id, case
    when i.invoice_id is null then 'period ' || p.number || ' has no invoice'
    when coalesce(l.paid, false) then 'period ' || p.number || ' counts as paid, its invoice is open'
    else 'period ' || p.number || ' counts as unpaid, its invoice is paid' end
from subscriptions.period p
left join last l using (organisation_id, subscription_id, number)
left join billing.invoice i on i.organisation_id = p.organisation_id and i.invoice_id = p.invoice_id
left join lateral (
  select a.open_after + a.written_off_after as owed_after from billing.allocation a where a.organisation_id = i.organisation_id and a.invoice_id = i.invoice_id order by a.step desc limit 1) a on true
where i.invoice_id is null or (coalesce(l.paid, false) <> (coalesce(a.owed_after, i.total_minor) = 0)
  and not exists (select from billing.credit_note c where c.organisation_id = i.organisation_id and c.invoice_id = i.invoice_id))  -- credited isn't paid
order by 1, 2
