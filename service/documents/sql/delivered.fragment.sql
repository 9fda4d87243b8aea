-- When what an invoice `i` bills was delivered: when the work on its items was done, or the periods that it bills.
cross join lateral (
  select min(coalesce(w.period_from, (w.ended_at at time zone o.zone)::date)) as delivered_from,
    max(coalesce(w.period_until - 1, (w.ended_at at time zone o.zone)::date)) as delivered_until
  from billing.invoice_line l
  join authorisations.work_record w on w.organisation_id = l.organisation_id and w.item_id = l.item_id and w.finding is null and w.recorded_at <= i.issued_at
  where l.organisation_id = i.organisation_id and l.invoice_id = i.invoice_id) d
