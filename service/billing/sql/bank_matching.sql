-- query: invoice_series
-- Every series there is, one look-up each.
with recursive s as (
  (select series from billing.invoice where organisation_id = :organisation order by series limit 1)
  union all
  select (select i.series from billing.invoice i where i.organisation_id = :organisation and i.series > s.series order by i.series limit 1) from s where s.series is not null)
select series from s where series is not null

-- query: invoices_by_number
select i.invoice_id, i.customer_id, c.name, i.series || '-' || i.number, i.currency, coalesce(last.open_after, i.total_minor), i.due_on
from unnest(:series::text[], :numbers::bigint[]) k (series, number)
cross join lateral (
  select i.* from billing.invoice i where i.organisation_id = :organisation and i.series = k.series and i.number = k.number limit 1) i
cross join lateral (select c.name from customers.customer c where c.organisation_id = :organisation and c.customer_id = i.customer_id limit 1) c
left join lateral (
  select a.open_after from billing.allocation a where a.organisation_id = :organisation and a.invoice_id = i.invoice_id order by a.step desc limit 1) last on true

-- query: open_invoices_by_id
select i.invoice_id, coalesce(last.open_after, i.total_minor)
from unnest(:invoice_ids::uuid[]) k (invoice_id)
cross join lateral (select i.* from billing.invoice i where i.organisation_id = :organisation and i.invoice_id = k.invoice_id limit 1) i
left join lateral (
  select a.open_after from billing.allocation a where a.organisation_id = :organisation and a.invoice_id = i.invoice_id order by a.step desc limit 1) last on true

-- query: open_invoices_of
-- Of each customer, in one currency, the thirteen due first: one more than a sum is looked for in.
select i.invoice_id, k.customer_id, c.name, i.series || '-' || i.number, i.currency, i.open_minor, i.due_on
from unnest(:customer_ids::uuid[], :currencies::text[]) k (customer_id, currency)
cross join lateral (select c.name from customers.customer c where c.organisation_id = :organisation and c.customer_id = k.customer_id limit 1) c
cross join lateral (
  select i.invoice_id, i.series, i.number, i.currency, i.due_on, coalesce(last.open_after, i.total_minor) as open_minor
  from billing.invoice i
  left join lateral (
    select a.open_after from billing.allocation a where a.organisation_id = :organisation and a.invoice_id = i.invoice_id order by a.step desc limit 1) last on true
  where i.organisation_id = :organisation and i.customer_id = k.customer_id and i.currency = k.currency and coalesce(last.open_after, i.total_minor) > 0
  order by i.due_on, i.invoice_id limit 13) i

-- query: known_payers
-- Whose money came from these accounts, by matches that stand.
select distinct k.account, s.customer_id, c.name
from unnest(:accounts::text[]) k (account)
join billing.bank_line l on l.organisation_id = :organisation and l.party_account = k.account and l.incoming
join billing.bank_step s on s.organisation_id = :organisation and s.line_id = l.line_id and s.kind in ('payment', 'told') and s.customer_id is not null
cross join lateral (select c.name from customers.customer c where c.organisation_id = :organisation and c.customer_id = s.customer_id limit 1) c
where not exists (select from billing.bank_step u where u.organisation_id = :organisation and u.line_id = s.line_id and u.undoes = s.step)

-- query: payments_told_before
-- Told by hand under the bank's own reference, and on no line yet.
select h.payment_id, first.customer_id, c.name, first.key, first.amount_minor, first.currency
from unnest(:keys::text[]) k (key)
cross join lateral (
  select p.* from billing.payment p where p.organisation_id = :organisation and p.key_kind = 'bank_entry' and p.key = k.key limit 1) first
cross join lateral (
-- include: billing/last_in_its_place
) h
cross join lateral (select c.name from customers.customer c where c.organisation_id = :organisation and c.customer_id = first.customer_id limit 1) c
where first.source_kind = 'bank' and first.source_holder = ''
  and coalesce((select s.state from billing.bank_sighting s where s.organisation_id = :organisation and s.told_id = h.payment_id order by s.step desc limit 1), 'told') in ('told', 'returned')

-- query: payments_returned
-- For money that goes out again: the payment that the line with the same reference brought, whole and standing.
select k.line_id, h.payment_id, first.customer_id, c.name, first.amount_minor
from unnest(:line_ids::uuid[]) k (line_id)
join billing.bank_line o on o.organisation_id = :organisation and o.line_id = k.line_id and not o.incoming and o.end_to_end_id <> ''
join billing.bank_line l on l.organisation_id = :organisation and l.end_to_end_id = o.end_to_end_id and l.incoming and l.size_minor = o.size_minor and l.currency = o.currency
  and l.bank_account_id = o.bank_account_id
join billing.bank_step first on first.organisation_id = :organisation and first.line_id = l.line_id and first.kind in ('payment', 'told') and first.amount_minor = o.size_minor
cross join lateral (
-- include: billing/last_in_its_place
) h
cross join lateral (select c.name from customers.customer c where c.organisation_id = :organisation and c.customer_id = first.customer_id limit 1) c
where not exists (select from billing.bank_step u where u.organisation_id = :organisation and u.line_id = first.line_id and u.undoes = first.step)
  and not exists (select from billing.payment_reversal v where v.organisation_id = :organisation and v.payment_id = h.payment_id)

-- query: refunds_not_seen
-- Refunds by bank of that amount which no line has shown leaving.
select r.refund_id, r.customer_id, c.name, r.amount_minor
from billing.refund r
cross join lateral (select c.name from customers.customer c where c.organisation_id = :organisation and c.customer_id = r.customer_id limit 1) c
where r.organisation_id = :organisation and r.via = 'bank_transfer' and r.amount_minor = :amount_minor and r.currency = :currency and not exists (
    select from billing.refund_outcome o where o.organisation_id = :organisation and o.refund_id = r.refund_id and o.outcome in ('failed', 'cancelled'))
  and coalesce((select s.state from billing.bank_sighting s where s.organisation_id = :organisation and s.told_id = r.refund_id order by s.step desc limit 1), 'told') = 'told'
order by r.refund_id limit 9

-- query: payment_to_take_back
-- The payment, or where a return of it was undone the one in its place; and how far lines show it.
select p.payment_id, p.customer_id, p.amount_minor, p.currency, p.method, p.source_kind, p.source_holder, p.invoice_id, v.reversal_id, back.line_id, coalesce(now.state, 'told'),
       seen.line_id, seen.line_step
from (select :payment_id::uuid as payment_id) first
cross join lateral (
-- include: billing/last_in_its_place
) h
join billing.payment p on p.organisation_id = :organisation and p.payment_id = h.payment_id
left join billing.payment_reversal v on v.organisation_id = p.organisation_id and v.payment_id = p.payment_id
left join lateral (
  select s.line_id from billing.bank_step s
  where s.organisation_id = :organisation and s.payment_id = p.payment_id and s.kind in ('reversal', 'told_reversal') and not exists (
    select from billing.bank_step u where u.organisation_id = :organisation and u.line_id = s.line_id and u.undoes = s.step)
  limit 1) back on true
left join lateral (
  select s.state from billing.bank_sighting s where s.organisation_id = :organisation and s.told_id = p.payment_id order by s.step desc limit 1) now on true
left join lateral (
  select s.line_id, s.line_step from billing.bank_sighting s
  where s.organisation_id = :organisation and s.told_id = p.payment_id and now.state in ('seen', 'over') and (s.before, s.state) in (('told', 'seen'), ('returned', 'over'))
  order by s.step desc limit 1) seen on true

-- query: refund_seen
select coalesce((select s.state from billing.bank_sighting s where s.organisation_id = :organisation and s.told_id = :refund_id order by s.step desc limit 1), 'told') = 'seen'

-- query: customers_called
-- Customers in whose name one of these words stands, with what they owe: for a person to choose from.
select c.customer_id, c.name from customers.customer c
where c.organisation_id = :organisation and exists (select from unnest(:words::text[]) w (word) where position(w.word in lower(c.name)) > 0)
order by (select count(*) from unnest(:words::text[]) w (word) where position(w.word in lower(c.name)) > 0) desc, c.customer_id limit 20
