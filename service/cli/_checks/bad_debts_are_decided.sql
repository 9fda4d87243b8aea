-- What stands as bad debts is what is written off of invoices, and every step that took some of it back says why.
with given_up as (
  select organisation_id, customer_id, currency, sum(written_off_after) as minor
  from (
    select distinct on (organisation_id, invoice_id) organisation_id, invoice_id, customer_id, currency, written_off_after
    from billing.allocation order by organisation_id, invoice_id, step desc) a
  group by 1, 2, 3),
stands as (
  select distinct on (organisation_id, strand, currency) organisation_id, strand as customer_id, currency, balance_after as minor
  from billing.account_entry where account_kind = 'bad_debt' order by organisation_id, strand, currency, version desc)
select organisation_id, customer_id::text, format('%s %s stands as bad debts, %s is written off of invoices', coalesce(s.minor, 0), currency, coalesce(g.minor, 0))
from given_up g full join stands s using (organisation_id, customer_id, currency)
where coalesce(g.minor, 0) <> coalesce(s.minor, 0)
union all
select a.organisation_id, a.invoice_id || ' ' || a.step, 'was recovered, and nobody said why'
from billing.allocation a
where a.kind = 'recover' and not exists (
  select from billing.recovery r where r.organisation_id = a.organisation_id and r.recovery_id = a.posting_id and r.ordinal = a.ordinal)
order by 1, 2
