-- What each customer owed at `:until_at`, as the ledger had it at that instant, by how many days it was overdue on `:as_of`.
open_invoice as (
  select * from (
    select i.customer_id, i.invoice_id, i.currency, i.due_on, :as_of::date - i.due_on as days, coalesce(last.open_after, i.total_minor) as open_minor,
           coalesce(last.written_off_after, 0) as written_off_minor
    from billing.invoice i
    left join lateral (
      select a.open_after, a.written_off_after from billing.allocation a
      join billing.transfer t on t.organisation_id = a.organisation_id and t.posting_id = a.posting_id and t.ordinal = a.ordinal
      where a.organisation_id = :organisation and a.invoice_id = i.invoice_id and t.recorded_at < :until_at::timestamptz order by a.step desc limit 1) last on true
    where i.organisation_id = :organisation and i.issued_at < :until_at::timestamptz
    union all
    -- owed again by no invoice, from the day on which the bank took it back
    select c.customer_id, null, c.currency, c.owed_on, :as_of::date - c.owed_on, coalesce(last.open_after, c.amount_minor), 0
    from (
      select c.*, (c.recorded_at at time zone o.zone)::date as owed_on
      from identity.organisation o join billing.claim c on c.organisation_id = o.organisation_id where o.organisation_id = :organisation) c
    left join lateral (
      select s.open_after from billing.claim_step s
      join billing.transfer t on t.organisation_id = s.organisation_id and t.posting_id = s.posting_id and t.ordinal = s.ordinal
      where s.organisation_id = :organisation and s.claim_id = c.claim_id and t.recorded_at < :until_at::timestamptz order by s.step desc limit 1) last on true
    where c.recorded_at < :until_at::timestamptz) i
  where open_minor > 0 or written_off_minor > 0),
owed as (
  select currency, coalesce(sum(open_minor) filter (where days <= 0), 0)::bigint as not_due, coalesce(sum(open_minor) filter (where days between 1 and 30), 0)::bigint as to_30,
    coalesce(sum(open_minor) filter (where days between 31 and 60), 0)::bigint as to_60, coalesce(sum(open_minor) filter (where days between 61 and 90), 0)::bigint as to_90,
    coalesce(sum(open_minor) filter (where days > 90), 0)::bigint as beyond, sum(open_minor)::bigint as open_minor,
    sum(written_off_minor)::bigint as written_off_minor, customer_id, (count(invoice_id) filter (where open_minor > 0))::int as invoices, min(due_on) as oldest_due_on
  from open_invoice group by currency, customer_id)
