  -- How much of each write-off of the invoice `w.invoice_id` still stands: what was undone is of that write-off, and what was paid after all takes from the oldest first.
  select write_off_id, greatest(0, least(left_minor, sum(left_minor) over (order by step) - paid_minor))::bigint as standing_minor
  from (
    select a.posting_id as write_off_id, a.step, a.written_off_after - a.written_off_before - coalesce(u.amount_minor, 0) as left_minor, (
        select coalesce(sum(r.amount_minor), 0) from billing.recovery r
        where r.organisation_id = :organisation::uuid and r.invoice_id = w.invoice_id and r.cause = 'paid' offset 0) as paid_minor
    from billing.allocation a
    left join lateral (
      select u.amount_minor from billing.recovery u where u.organisation_id = :organisation::uuid and u.write_off_id = a.posting_id limit 1) u on true
    where a.organisation_id = :organisation::uuid and a.invoice_id = w.invoice_id and a.kind = 'write_off' offset 0) a
