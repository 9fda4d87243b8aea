-- In: :most = of how many transfers at the most. Out: debt_until (epoch, transaction_id) = how far that is, no row where it is all; debts_moved (customer_id) = whose account
-- may have changed since the debtors were brought up to date; debts (customer_id, from_on) = which of them owe, and from
-- which day on something of it may be overdue.
debt_cursor as (
  select coalesce(c.until_epoch, 0) as epoch, coalesce(c.until_transaction, 0) as transaction_id
  from (values (1)) one left join billing.debtor_cursor c on c.organisation_id = :organisation::uuid),
debt_changes as materialized (
  select t.strand as customer_id, t.epoch, t.transaction_id from billing.transfer t
  where t.organisation_id = :organisation::uuid and (t.debit_kind = 'receivable' or t.credit_kind = 'receivable')
    and (t.epoch, t.transaction_id) >= ((select c.epoch from debt_cursor c), (select c.transaction_id from debt_cursor c))
  order by t.epoch, t.transaction_id limit :most::int + 1),
debt_until as (select epoch, transaction_id from debt_changes order by epoch, transaction_id offset :most::int limit 1),
debts_moved as (
  select distinct t.customer_id from debt_changes t where not exists (select from debt_until u where (u.epoch, u.transaction_id) <= (t.epoch, t.transaction_id))),
debts as (
  select m.customer_id, min(o.from_on) as from_on from debts_moved m
  cross join lateral (
    select case when reopened.step is null then i.due_on else date '-infinity' end as from_on
    from (select i.* from billing.invoice i where i.organisation_id = :organisation::uuid and i.customer_id = m.customer_id offset 0) i
    left join lateral (
      select a.open_after, a.written_off_after from billing.allocation a where a.organisation_id = :organisation::uuid and a.invoice_id = i.invoice_id order by a.step desc limit 1) last on true
    left join lateral (
      select a.step from billing.allocation a where a.organisation_id = :organisation::uuid and a.invoice_id = i.invoice_id and a.kind = 'reopen' order by a.step desc limit 1) reopened on true
    where coalesce(last.open_after, i.total_minor) > 0 and coalesce(last.written_off_after, 0) = 0
    union all
    select date '-infinity'
    from (select c.* from billing.claim c where c.organisation_id = :organisation::uuid and c.customer_id = m.customer_id offset 0) c
    left join lateral (
      select s.open_after from billing.claim_step s where s.organisation_id = :organisation::uuid and s.claim_id = c.claim_id order by s.step desc limit 1) last on true
    where coalesce(last.open_after, c.amount_minor) > 0) o
  group by m.customer_id)
