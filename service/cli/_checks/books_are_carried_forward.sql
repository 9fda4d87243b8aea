-- Each day's balances are what its transfers came to on top of the day before, all together nothing, and hashed as they are.
with moved as (
  select c.organisation_id, c.number, s.kind, case when s.kind in ('receivable', 'customer_credit') then '' else s.holder end as holder, s.currency,
         sum(s.debit) as debit_minor, sum(s.credit) as credit_minor
  from billing.carry_forward c
  join billing.transfer t on t.organisation_id = c.organisation_id and t.recorded_at >= c.from_at and t.recorded_at < c.until_at
  cross join lateral (values (t.debit_kind, t.debit_holder, t.currency, t.amount_minor, 0::bigint), (t.credit_kind, t.credit_holder, t.currency, 0, t.amount_minor))
    s (kind, holder, currency, debit, credit)
  group by 1, 2, 3, 4, 5),
before as (
  select b.organisation_id, b.number + 1 as number, b.kind, b.holder, b.currency, b.opened_in, b.closing_minor from billing.carried_balance b
  where exists (select from billing.carry_forward c where c.organisation_id = b.organisation_id and c.number = b.number + 1)),
due as (
  select organisation_id, number, kind, holder, currency, coalesce(b.opened_in, number) as opened_in, coalesce(b.closing_minor, 0) as opening_minor,
         coalesce(m.debit_minor, 0) as debit_minor, coalesce(m.credit_minor, 0) as credit_minor
  from before b full join moved m using (organisation_id, number, kind, holder, currency))
select coalesce(d.organisation_id, b.organisation_id), format('day %s %s %s %s', coalesce(d.number, b.number), coalesce(d.kind, b.kind), coalesce(d.holder, b.holder), coalesce(d.currency, b.currency)) as id,
       'its transfers come to other figures' as detail
from due d full join billing.carried_balance b
  on (b.organisation_id, b.number, b.kind, b.holder, b.currency) = (d.organisation_id, d.number, d.kind, d.holder, d.currency)
where (b.opened_in, b.opening_minor, b.debit_minor, b.credit_minor) is distinct from (d.opened_in, d.opening_minor, d.debit_minor, d.credit_minor)
union all
select organisation_id, format('day %s %s', number, currency), format('all balances together are %s', sum(closing_minor))
from billing.carried_balance group by organisation_id, number, currency having sum(closing_minor) <> 0
union all
select c.organisation_id, 'day ' || c.number, 'is hashed otherwise'
from billing.carry_forward c
left join billing.carry_forward p on p.organisation_id = c.organisation_id and p.number = c.number - 1
where c.content_hash <> billing.hash_of_balances(coalesce(p.content_hash, '\x'), c.until_at, (
  select jsonb_agg(jsonb_build_array(b.kind, b.holder, b.currency, b.debit_minor, b.credit_minor, b.closing_minor) order by b.kind collate "C", b.holder collate "C", b.currency collate "C")
  from billing.carried_balance b where b.organisation_id = c.organisation_id and b.number = c.number))
order by 1, 2
