-- Every transfer stands on both its accounts with its amount, every balance is the sum of its entries, and all balances together are nothing.
select t.organisation_id, t.posting_id || ' ' || t.ordinal, format('%s of its entries are there, %s with its amount', count(e.side), count(e.side) filter (where e.amount_minor = t.amount_minor))
from billing.transfer t
left join billing.account_entry e on e.organisation_id = t.organisation_id and e.posting_id = t.posting_id and e.ordinal = t.ordinal
group by t.organisation_id, t.posting_id, t.ordinal, t.amount_minor
having count(distinct e.side) <> 2 or count(e.side) filter (where e.amount_minor = t.amount_minor) <> 2
union all
select organisation_id, account_kind || ' ' || account_holder || ' ' || strand, format('the balance is %s and its entries make %s %s', last, made, currency)
from (
  select organisation_id, account_kind, account_holder, currency, strand,
         sum(case side when 'debit' then amount_minor else -amount_minor end) as made, (array_agg(balance_after order by version desc))[1] as last
  from billing.account_entry group by 1, 2, 3, 4, 5) b
where made <> last
union all
select organisation_id, currency, format('all balances together are %s', sum(balance))
from (
  select distinct on (organisation_id, account_kind, account_holder, currency, strand) organisation_id, currency, balance_after as balance
  from billing.account_entry order by organisation_id, account_kind, account_holder, currency, strand, version desc) l
group by 1, 2 having sum(balance) <> 0
