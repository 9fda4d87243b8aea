-- In: `first.payment_id`. The payment itself, or where a line's undo put another in its place, the last of them.
  with recursive heir (payment_id, n) as (
    select first.payment_id, 0
    union all
    select c.payment_id, n + 1 from heir h
    cross join lateral (select c.payment_id from billing.payment c where c.organisation_id = :organisation and c.corrects = h.payment_id limit 1) c)
  select payment_id from heir order by n desc limit 1
