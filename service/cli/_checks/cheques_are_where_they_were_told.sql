-- The account of cheques holds those that are on their way, and no other, as the list of them does; and lines of the bank show those that cleared, bounced or were taken back by them.
with balance as (
  select organisation_id, strand as customer_id, currency, sum(case side when 'debit' then amount_minor else -amount_minor end) as minor
  from billing.account_entry where account_kind = 'cheques' group by 1, 2, 3),
standing as (
  select c.organisation_id, c.payment_id, c.customer_id, c.currency, c.amount_minor, coalesce(s.state, 'on_its_way') as state, s.line_id, coalesce(b.state, 'told') as sighted
  from billing.cheque c
  left join lateral (
    select s.state, s.line_id from billing.cheque_step s where s.organisation_id = c.organisation_id and s.payment_id = c.payment_id order by s.step desc limit 1) s on true
  left join lateral (
    select b.state from billing.bank_sighting b where b.organisation_id = c.organisation_id and b.told_id = c.payment_id order by b.step desc limit 1) b on true),
told as (
  select organisation_id, customer_id, currency, sum(amount_minor) as minor from standing where state = 'on_its_way' group by 1, 2, 3)
select organisation_id, 'cheques of customer ' || customer_id, format('the books say %s and what is on its way makes %s %s', coalesce(b.minor, 0), coalesce(t.minor, 0), currency)
from balance b full join told t using (organisation_id, customer_id, currency) where coalesce(b.minor, 0) <> coalesce(t.minor, 0)
union all
select organisation_id, 'cheque ' || payment_id, format('it stands as %s and lines of the bank show it as %s', state, sighted) from standing
where sighted not in ('told', 'seen') <> (state in ('bounced', 'taken_back')) or (sighted = 'seen' and state <> 'cleared') or (sighted = 'told' and state = 'cleared' and line_id is not null)
union all
select organisation_id, 'cheque ' || payment_id, format('it is %s, and listed as it isn''t', state)
from standing full join billing.cheque_on_its_way w using (organisation_id, payment_id) where (coalesce(state, '') = 'on_its_way') <> (w.payment_id is not null)
