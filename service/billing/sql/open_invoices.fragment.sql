-- Every invoice of which something was open at `:until_at`, and how many days overdue it was on `:as_of`: as the ledger had it at that instant.
open_invoice as (
  select * from (
    select i.customer_id, i.invoice_id, i.currency, i.due_on, :as_of::date - i.due_on as days, coalesce(last.open_after, i.total_minor) as open_minor
    from billing.invoice i
    left join lateral (
      select a.open_after from billing.allocation a
      join billing.transfer t on t.organisation_id = a.organisation_id and t.posting_id = a.posting_id and t.ordinal = a.ordinal
      where a.organisation_id = :organisation and a.invoice_id = i.invoice_id and t.recorded_at < :until_at::timestamptz order by a.step desc limit 1) last on true
    where i.organisation_id = :organisation and i.issued_at < :until_at::timestamptz) i
  where open_minor > 0)
