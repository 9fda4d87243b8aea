-- In: posted_invoice (invoice_id, customer_id, currency, net_minor, tax_minor, gross_minor), at most one row; posted_lines (kind, net_minor) as priced;
-- posted_taxes (rate, tax_minor), whose sum is the invoice's tax, `rate` a text such as 'S 19/100'. Writes what the customer now owes. Needs the account's lock.
-- Where prices include tax, the revenue by kind is each kind's share of the net.
kinds as (
  select kind, sum(net_minor) as priced_minor, sum(sum(net_minor)) over (order by kind) as running_minor, sum(sum(net_minor)) over () as whole_minor
  from posted_lines group by kind having sum(net_minor) > 0),
owed as (
  select 'sale' as kind, 'revenue' as credit_kind, k.kind as credit_holder,
         (div(p.net_minor * k.running_minor, k.whole_minor) - div(p.net_minor * (k.running_minor - k.priced_minor), k.whole_minor))::bigint as amount_minor
  from posted_invoice p, kinds k
  union all
  select 'tax', 'tax', t.rate, t.tax_minor from posted_taxes t),
moved as (
  select p.invoice_id as posting_id, (row_number() over (order by o.credit_kind, o.credit_holder))::int as ordinal, o.kind, 'receivable' as debit_kind,
         p.customer_id::text as debit_holder, o.credit_kind, o.credit_holder, p.currency, o.amount_minor, p.customer_id as strand, 'invoice' as subject_kind,
         p.invoice_id as subject_id, :at::timestamptz as occurred_at
  from posted_invoice p, owed o where o.amount_minor > 0),
-- include: billing/transfers
