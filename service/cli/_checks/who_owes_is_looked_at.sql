-- Whoever owes by what was written before the debtors were brought up to date is one of them, from the day on which something of theirs is overdue, and nobody else is.
with owed as (
  select i.organisation_id, i.customer_id, min(case when exists (
      select from billing.allocation a where a.organisation_id = i.organisation_id and a.invoice_id = i.invoice_id and a.kind = 'reopen') then date '-infinity' else i.due_on end) as from_on
  from billing.invoice i
  left join lateral (
    select a.open_after, a.written_off_after from billing.allocation a where a.organisation_id = i.organisation_id and a.invoice_id = i.invoice_id order by a.step desc limit 1) last on true
  where coalesce(last.open_after, i.total_minor) > 0 and coalesce(last.written_off_after, 0) = 0
  group by 1, 2
  union all
  select c.organisation_id, c.customer_id, date '-infinity' from billing.claim c
  where coalesce((select s.open_after from billing.claim_step s where s.organisation_id = c.organisation_id and s.claim_id = c.claim_id order by s.step desc limit 1), c.amount_minor) > 0),
debt as (select organisation_id, customer_id, min(from_on) as from_on from owed group by 1, 2),
moved as (
  select distinct t.organisation_id, t.strand as customer_id from billing.transfer t join billing.debtor_cursor c on c.organisation_id = t.organisation_id
  where 'receivable' in (t.debit_kind, t.credit_kind) and (t.epoch, t.transaction_id) >= (c.until_epoch, c.until_transaction))
select organisation_id, customer_id, format('is looked at from %s, and owes from %s', coalesce(d.from_on::text, 'never'), coalesce(o.from_on::text, 'never'))
from debt o full join billing.debtor d using (organisation_id, customer_id)
where o.from_on is distinct from d.from_on
  and exists (select from billing.debtor_cursor c where c.organisation_id = coalesce(o.organisation_id, d.organisation_id))
  and not exists (select from moved m where m.organisation_id = coalesce(o.organisation_id, d.organisation_id) and m.customer_id = coalesce(o.customer_id, d.customer_id))
order by 1, 2
