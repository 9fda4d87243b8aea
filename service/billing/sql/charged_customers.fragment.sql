-- Out: charged_customers (customer_id, consent_id), whoever owes something and has a method that can be charged: the live one that they saved last; open_invoices (invoice_id, consent_id),
-- theirs of which more is open than they object to.
charged_customers as (
  select distinct on (m.customer_id) m.customer_id, m.consent_id
  from billing.saved_method m
  cross join lateral (
    select t.live from billing.saved_method_step t where t.organisation_id = m.organisation_id and t.method_id = m.method_id order by t.step desc limit 1) t
  where m.organisation_id = :organisation and t.live and exists (
    select from billing.account a
    cross join lateral (
      select e.balance_after from billing.account_entry e
      where e.organisation_id = a.organisation_id and e.account_kind = a.kind and e.account_holder = a.holder and e.currency = a.currency and e.strand = m.customer_id
      order by e.version desc limit 1) e
    where a.organisation_id = m.organisation_id and a.kind = 'receivable' and a.holder = m.customer_id::text and e.balance_after > 0 offset 0)
  order by m.customer_id, m.saved_at desc, m.method_id desc),
open_invoices as (
  select i.invoice_id, c.consent_id
  from charged_customers c
  join billing.invoice i on i.organisation_id = :organisation and i.customer_id = c.customer_id
  left join lateral (
    select a.open_after from billing.allocation a where a.organisation_id = i.organisation_id and a.invoice_id = i.invoice_id order by a.step desc limit 1) last on true
  where coalesce(last.open_after, i.total_minor) > billing.contested_minor(i.organisation_id, i.customer_id, i.invoice_id))
