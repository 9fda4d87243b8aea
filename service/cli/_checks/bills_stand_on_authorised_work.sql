-- Every line that isn't free consumes an approved item of the same customer and currency, no more than was authorised and done; no bill row is without its line.
select l.organisation_id, l.invoice_id || ' line ' || l.line_number as id, 'has no capacity row of its figures' as detail
from billing.invoice_line l join billing.invoice i on i.organisation_id = l.organisation_id and i.invoice_id = l.invoice_id
where (l.net_minor <> 0 or not l.free) and not exists (
  select from authorisations.capacity c
  join authorisations.capacity_item k on k.organisation_id = c.organisation_id and k.item_id = c.item_id
  join authorisations.authorisation_item v on v.organisation_id = k.organisation_id and v.authorisation_id = k.authorisation_id and v.item_id = k.item_id and v.verdict = 'approved'
  join authorisations.authorisation a on a.organisation_id = k.organisation_id and a.authorisation_id = k.authorisation_id and a.active
  where c.organisation_id = l.organisation_id and c.scope_id = l.scope_id and c.seq = l.seq and c.kind = 'bill' and c.subject = l.invoice_id
    and c.net_after - c.net_before = l.net_minor and c.billed_after - c.billed_before = l.ticks and a.customer_id = i.customer_id and c.currency = i.currency)
union all
select c.organisation_id, c.scope_id || ' row ' || c.seq, 'bills without a line'
from authorisations.capacity c
where c.kind = 'bill' and not exists (
  select from billing.invoice_line l
  where l.organisation_id = c.organisation_id and l.invoice_id = c.subject and l.scope_id = c.scope_id and l.seq = c.seq and l.item_id = c.item_id)
union all
select c.organisation_id, c.scope_id || ' row ' || c.seq, 'more is billed than was done, or than was authorised without a tolerance'
from authorisations.capacity c
where c.billed_after > c.performed_after or (c.kind = 'bill' and c.combine = 'none' and c.billed_after > c.granted_after)
order by 1, 2, 3
