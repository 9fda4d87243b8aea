-- query: unused_periods
-- What is billed of the days from a day on, and what of it was credited already. An invoice that supplies the plan more than once has a line for each, in order.
with period as (
  select p.invoice_id, p.item_id, p.from_on, p.until_on, row_number() over (partition by p.invoice_id, p.item_id order by p.number) as place
  from subscriptions.period p where p.organisation_id = :organisation and p.subscription_id = :subscription_id),
line as (
  select l.*, row_number() over (partition by l.invoice_id, l.item_id order by l.line_number) as place
  from (select distinct invoice_id, item_id from period where until_on > :tomorrow::date) p
  join billing.invoice_line l on l.organisation_id = :organisation and l.invoice_id = p.invoice_id and l.item_id = p.item_id)
select l.invoice_id, l.line_number, p.from_on, p.until_on, l.net_minor, coalesce(c.net_after, 0)
from period p
join line l using (invoice_id, item_id, place)
left join lateral (
  select c.net_after from billing.credit_line c
  where c.organisation_id = :organisation and c.invoice_id = l.invoice_id and c.line_number = l.line_number order by c.step desc limit 1) c on true
where p.until_on > :tomorrow::date
order by p.from_on
