-- query: list_all_payments
select p.payment_id, p.recorded_at, p.captured_at, p.customer_id, c.name, p.method, p.currency, p.amount_minor, i.number, r.receipt_number, p.corrects,
       exists (select from billing.payment_reversal v where v.organisation_id = :organisation and v.payment_id = p.payment_id offset 0)
from billing.payment p
cross join lateral (select x.name from customers.customer x where x.organisation_id = :organisation and x.customer_id = p.customer_id limit 1) c
cross join lateral (select x.receipt_number from billing.receipt x where x.organisation_id = :organisation and x.payment_id = p.payment_id limit 1) r
left join lateral (
  select x.series || '-' || x.number as number from billing.invoice x where x.organisation_id = :organisation and x.invoice_id = p.invoice_id limit 1) i on true
where p.organisation_id = :organisation and p.payment_id > :after::uuid and p.recorded_at >= :from_at::timestamptz and p.recorded_at < :until_at::timestamptz
order by p.payment_id limit :limit::int + 1

-- query: list_all_refunds
select r.refund_id, r.recorded_at, r.customer_id, c.name, r.via, r.currency, r.amount_minor, now.state, now.settled_at, r.payment_id, r.reason
from (
  (select w.refund_id from billing.refund_on_its_way w where :state::text = 'proposed' and w.organisation_id = :organisation and w.refund_id > :after::uuid)
  union all
  (select x.refund_id from billing.refund x where :state::text is distinct from 'proposed' and x.organisation_id = :organisation and x.refund_id > :after::uuid)) those
cross join lateral (select x.* from billing.refund x where x.organisation_id = :organisation and x.refund_id = those.refund_id limit 1) r
cross join lateral (select x.name from customers.customer x where x.organisation_id = :organisation and x.customer_id = r.customer_id limit 1) c
left join lateral (
  select x.outcome, x.settled_at from billing.refund_outcome x where x.organisation_id = :organisation and x.refund_id = r.refund_id
  order by x.step desc limit 1) o on true
left join lateral (
  select x.returned_at from billing.refund_return x where x.organisation_id = :organisation and x.refund_id = r.refund_id limit 1) b on true
cross join lateral (
  select case when b.returned_at is not null then 'failed' else coalesce(o.outcome, 'proposed') end as state,
         coalesce(b.returned_at, case when o.outcome <> 'proposed' then o.settled_at end) as settled_at) now
where (:state::text is null or now.state = :state::text) and r.recorded_at >= :from_at::timestamptz and r.recorded_at < :until_at::timestamptz
order by r.refund_id limit :limit::int + 1

-- query: list_credit_notes
select n.credit_note_id, n.series || '-' || n.number, n.issued_at, n.customer_id, c.name, n.invoice_id, i.number as invoice_number, n.currency, n.total_minor - n.tax_minor, n.tax_minor, n.total_minor, n.reason
from billing.credit_note n
cross join lateral (select x.name from customers.customer x where x.organisation_id = :organisation and x.customer_id = n.customer_id limit 1) c
cross join lateral (select x.series || '-' || x.number as number from billing.invoice x where x.organisation_id = :organisation and x.invoice_id = n.invoice_id limit 1) i
where n.organisation_id = :organisation and n.credit_note_id > :after::uuid and n.issued_at >= :from_at::timestamptz and n.issued_at < :until_at::timestamptz
order by n.credit_note_id limit :limit::int + 1

-- query: papers_of_customer
-- Every invoice, credit note and receipt of a customer's, the latest first.
select p.kind, p.id, p.number, p.at, p.minor, p.currency from (
  (select 'invoice' as kind, i.invoice_id as id, i.series || '-' || i.number as number, i.issued_at as at, i.total_minor as minor, i.currency
   from billing.invoice i where i.organisation_id = :organisation and i.customer_id = :customer_id::uuid)
  union all
  (select 'credit-note', n.credit_note_id, n.series || '-' || n.number, n.issued_at, n.total_minor, n.currency
   from billing.credit_note n where n.organisation_id = :organisation and n.customer_id = :customer_id::uuid)
  union all
  (select 'receipt', y.payment_id, r.receipt_number, y.captured_at, y.amount_minor, y.currency
   from billing.payment y join billing.receipt r on r.organisation_id = y.organisation_id and r.payment_id = y.payment_id
   where y.organisation_id = :organisation and y.customer_id = :customer_id::uuid)) p
order by p.at desc, p.id desc limit 200
