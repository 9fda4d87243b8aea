-- What the card provider holds for us and has taken for itself is what payments, refunds, disputes, payouts and the bank's lines say.
with balance as (
  select organisation_id, account_kind as kind, currency, sum(case side when 'debit' then amount_minor else -amount_minor end) as minor
  from billing.account_entry where account_kind in ('card_clearing', 'card_fees') group by 1, 2, 3),
fee as (
  select distinct on (organisation_id, payout_id) organisation_id, payout_id, currency, fee_after from billing.payout_fee order by organisation_id, payout_id, step desc),
told as (
  select organisation_id, 'card_clearing' as kind, currency, amount_minor as minor from billing.payment where source_kind = 'card_clearing'
  union all
  select organisation_id, 'card_clearing', currency, -amount_minor from billing.payment_reversal where source_kind = 'card_clearing'
  union all
  select organisation_id, 'card_clearing', currency, amount_minor from billing.parked_money
  union all
  select organisation_id, 'card_clearing', currency, -amount_minor from billing.dispute_withdrawal where posting_id is not null
  union all
  select r.organisation_id, 'card_clearing', r.currency, -r.amount_minor from billing.refund r
  join billing.refund_outcome o on o.organisation_id = r.organisation_id and o.refund_id = r.refund_id where r.via = 'card' and o.outcome = 'paid'
  union all
  select organisation_id, 'card_clearing', currency, amount_minor from billing.refund_return
  union all
  select organisation_id, 'card_clearing', currency, case when credit_kind = 'card_clearing' then -amount_minor - kept_minor else amount_minor + kept_minor end
  from billing.bank_step where 'card_clearing' in (debit_kind, credit_kind)
  union all
  select organisation_id, 'card_clearing', currency, -fee_after from fee
  union all
  select organisation_id, 'card_fees', currency, fee_after from fee),
sums as (select organisation_id, kind, currency, sum(minor) as minor from told group by 1, 2, 3)
select organisation_id, kind, format('the books say %s and what was told makes %s %s', coalesce(b.minor, 0), coalesce(s.minor, 0), currency)
from balance b full join sums s using (organisation_id, kind, currency) where coalesce(b.minor, 0) <> coalesce(s.minor, 0)
union all
select p.organisation_id, 'payout ' || p.provider_payout_id, format('its movements bear fees of %s and %s are posted', coalesce(l.minor, 0), coalesce(f.fee_after, 0))
from billing.payout p
left join fee f on f.organisation_id = p.organisation_id and f.payout_id = p.payout_id
left join lateral (
  select sum(case when type in ('stripe_fee', 'tax_fee') then fee_minor - amount_minor else fee_minor end) as minor from billing.payout_line l
  where l.organisation_id = p.organisation_id and l.payout_id = p.payout_id) l on true
where coalesce(l.minor, 0) <> coalesce(f.fee_after, 0)
