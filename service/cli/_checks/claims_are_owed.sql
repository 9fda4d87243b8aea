-- What a customer owes by no invoice is, in the ledger and step by step, what was claimed less what was paid of it.
select c.organisation_id, 'claim ' || c.claim_id, format('%s %s of it is open, and the ledger has %s', open.minor, c.currency, coalesce(booked.minor, 0))
from billing.claim c
cross join lateral (
  select coalesce((select s.open_after from billing.claim_step s where s.organisation_id = c.organisation_id and s.claim_id = c.claim_id order by s.step desc limit 1), c.amount_minor)
    as minor) open
left join lateral (
  select sum(case when t.debit_kind = 'receivable' then t.amount_minor else -t.amount_minor end) as minor from billing.transfer t
  where t.organisation_id = c.organisation_id and t.subject_id = c.claim_id and t.kind in ('claim', 'claim_paid')) booked on true
where open.minor <> coalesce(booked.minor, 0)
union all
select t.organisation_id, t.posting_id || ' ' || t.ordinal, format('a transfer of %s %s claims or pays what nobody claimed', t.amount_minor, t.currency)
from billing.transfer t
where t.kind in ('claim', 'claim_paid') and not exists (select from billing.claim c where c.organisation_id = t.organisation_id and c.claim_id = t.subject_id)
