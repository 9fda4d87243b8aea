-- What is open of an invoice is its total less what was allocated to it, never below nothing, and no more was allocated than was received.
with invoice as (
  select organisation_id, invoice_id, max(total_minor) as total, (array_agg(open_after order by step desc))[1] as open, (array_agg(written_off_after order by step desc))[1] as given_up,
         coalesce(sum(case kind when 'settle' then amount_minor else -amount_minor end) filter (where kind in ('settle', 'reopen')), 0) as paid
  from billing.allocation group by 1, 2)
select organisation_id, invoice_id::text, format('%s is open of %s, and %s was allocated', open, total, paid) from invoice
where open <> total - paid - given_up or open not between 0 and total
union all
select organisation_id, posting_id || ' ' || ordinal, format('a transfer of %s %s allocates to no invoice', amount_minor, currency) from billing.transfer t
where kind in ('allocation', 'reopening') and not exists (
  select from billing.allocation a where a.organisation_id = t.organisation_id and a.posting_id = t.posting_id and a.ordinal = t.ordinal)
