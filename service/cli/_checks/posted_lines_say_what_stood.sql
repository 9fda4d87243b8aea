-- What a posted line says it was judged by is how its item stood before the posting: before its first bill, and what the posting itself supplied for that.
with first_bill as (
  select organisation_id, subject as invoice_id, item_id, min(item_seq) as item_seq from authorisations.capacity where kind = 'bill' group by 1, 2, 3),
stood as (
  select f.organisation_id, f.invoice_id, f.item_id, b.granted_before, coalesce(s.performed_before, b.performed_before) as performed_before, b.billed_before, b.net_before
  from first_bill f
  join authorisations.capacity b using (organisation_id, item_id, item_seq)
  left join authorisations.capacity s on s.organisation_id = f.organisation_id and s.item_id = f.item_id and s.item_seq = f.item_seq - 1 and s.kind = 'perform' and s.supplied)
select organisation_id, 'line ' || l.line_number || ' of invoice ' || invoice_id,
  format('judged by %s granted, %s performed, %s billed for %s; it stood at %s, %s, %s for %s', l.granted_ticks, l.performed_ticks, l.billed_ticks, l.billed_minor,
    s.granted_before, s.performed_before, s.billed_before, s.net_before)
from billing.invoice_line l join stood s using (organisation_id, invoice_id, item_id)
where (l.granted_ticks, l.performed_ticks, l.billed_ticks, l.billed_minor) is distinct from (s.granted_before, s.performed_before, s.billed_before, s.net_before)
