-- What is claimed of the customer of `person (customer_id)` or may be: for as long, nothing about them is erased. Gives `claim (reason)`.
claim as (
  select h.reason from person p join evidence.hold h on h.organisation_id = :organisation and h.customer_id = p.customer_id
  where not exists (select from evidence.hold_release r where r.organisation_id = h.organisation_id and r.hold_id = h.hold_id)
  union all
  select 'open_invoice' from person p join billing.invoice i on i.organisation_id = :organisation and i.customer_id = p.customer_id
  left join lateral (select a.open_after, a.written_off_after from billing.allocation a where a.organisation_id = i.organisation_id and a.invoice_id = i.invoice_id order by a.step desc limit 1) last on true
  where coalesce(last.open_after, i.total_minor) > 0 or last.written_off_after > 0) -- what is written off is owed still
