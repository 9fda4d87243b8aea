-- Cash lies in the books where hand-ins, counts, settlements and deposits say: on agents, on its way, in the office, at the bank, among differences.
with balance as (
  select organisation_id, account_kind as kind, account_holder as holder, currency, sum(case side when 'debit' then amount_minor else -amount_minor end) as minor
  from billing.account_entry where account_kind in ('cash_on_agent', 'cash_in_transit', 'cash_office', 'cash_difference') group by 1, 2, 3, 4),
arrival as (
  select distinct on (organisation_id, deposit_id) * from billing.cash_arrival order by organisation_id, deposit_id, step desc),
sight as (
  select distinct on (organisation_id, deposit_id) organisation_id, deposit_id, kind, line_id from billing.bank_step where deposit_id is not null
  order by organisation_id, deposit_id, sight desc),
settled as (
  select organisation_id, staff_id, currency, coalesce(undoes_how, how) as how, case when (missing_minor > 0) = (undoes is null) then amount_minor else -amount_minor end as minor
  from billing.cash_settlement
  where how <> 'taken_back'),
told as (
  select organisation_id, 'cash_on_agent' as kind, staff_id::text as holder, currency, held_after as minor
  from (select distinct on (organisation_id, staff_id, currency) * from billing.cash_custody order by organisation_id, staff_id, currency, step desc) c
  union all
  select h.organisation_id, 'cash_in_transit', '', h.currency, h.counted_minor from billing.cash_hand_in h
  where not exists (select from billing.cash_acceptance a where a.organisation_id = h.organisation_id and a.hand_in_id = h.hand_in_id)
  union all
  select d.organisation_id, 'cash_in_transit', 'bank', d.currency, d.amount_minor from billing.cash_deposit d
  left join arrival c on c.organisation_id = d.organisation_id and c.deposit_id = d.deposit_id where c.arrives is not true
  union all
  select organisation_id, 'cash_office', '', currency, accepted_minor from billing.cash_acceptance where into_holder = ''
  union all
  select organisation_id, 'cash_office', '', currency, -amount_minor from billing.cash_deposit
  union all
  select organisation_id, 'cash_office', '', currency, minor from settled where how in ('turned_up', 'given_back')
  union all
  select organisation_id, 'cash_difference', staff_id::text, currency, missing_minor from billing.cash_acceptance
  union all
  select organisation_id, 'cash_difference', staff_id::text, currency, -minor from settled
  union all
  select organisation_id, 'cash_difference', banked_by::text, currency, amount_minor - arrived_minor from arrival where arrives),
sums as (select organisation_id, kind, holder, currency, sum(minor) as minor from told group by 1, 2, 3, 4)
select organisation_id, kind || ' ' || holder, format('the books say %s and what was told makes %s %s', coalesce(b.minor, 0), coalesce(s.minor, 0), currency)
from balance b full join sums s using (organisation_id, kind, holder, currency) where coalesce(b.minor, 0) <> coalesce(s.minor, 0)
union all
select organisation_id, 'deposit ' || deposit_id, 'a line shows it that didn''t bring it, or brought it and doesn''t show it'
from arrival a full join sight s using (organisation_id, deposit_id)
where case when s.kind = 'deposit' then a.arrives is not true or a.line_id <> s.line_id else a.arrives and a.line_id is not null end
