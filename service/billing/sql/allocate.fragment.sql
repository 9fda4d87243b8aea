-- In: incoming (posting_id, customer_id, currency, amount_minor, invoice_id, today, first_ordinal), at most one row: money that may pay invoices.
-- The named invoice first, then the oldest due. What is written off is not open, but overdue all the same: it isn't paid, and keeps service off. Out: `taken` (one row per invoice it pays, with its ordinal), `settled`, `overdue`. The caller holds the account's lock.
open_invoice as (
  select n.posting_id, n.customer_id, n.amount_minor as available_minor, n.today, n.first_ordinal, i.currency = n.currency as payable, i.currency,
         i.invoice_id is not distinct from n.invoice_id as named, i.invoice_id, i.due_on, i.total_minor,
         coalesce(last.step, 0) as step, coalesce(last.open_after, i.total_minor) as open_minor,
         coalesce(last.written_off_after, 0) as written_off_minor
  from incoming n
  cross join lateral (select i.* from billing.invoice i where i.organisation_id = :organisation::uuid and i.customer_id = n.customer_id offset 0) i
  left join lateral (
    select a.step, a.open_after, a.written_off_after from billing.allocation a where a.organisation_id = :organisation::uuid and a.invoice_id = i.invoice_id
    order by a.step desc limit 1) last on true
  where coalesce(last.open_after, i.total_minor) > 0 or last.written_off_after > 0),
shared as (
  select *, least(open_minor, greatest(0, available_minor - coalesce(sum(open_minor) over earlier, 0)))::bigint as paid_minor
  from open_invoice where payable
  window earlier as (order by named desc, due_on, invoice_id rows between unbounded preceding and 1 preceding)),
taken as (
  select *, (first_ordinal - 1 + row_number() over (order by named desc, due_on, invoice_id))::int as ordinal from shared where paid_minor > 0),
allocated as (
  insert into billing.allocation (organisation_id, invoice_id, step, kind, posting_id, ordinal, customer_id, currency, total_minor, open_before, open_after, written_off_before,
    written_off_after)
  select :organisation::uuid, invoice_id, step + 1, 'settle', posting_id, ordinal, customer_id, currency, total_minor, open_minor, open_minor - paid_minor, written_off_minor,
         written_off_minor
  from taken),
settled as (select invoice_id from taken where paid_minor = open_minor and written_off_minor = 0),
overdue as (
  select n.customer_id, (
    select count(*) from open_invoice o left join taken t using (invoice_id) where o.due_on < n.today and (o.open_minor > coalesce(t.paid_minor, 0) or o.written_off_minor > 0)) as open_overdue
  from incoming n)
