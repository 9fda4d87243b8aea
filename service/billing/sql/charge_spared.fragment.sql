-- In: notice (invoice_id, customer_id, today, …). Out: spared (invoice_id), what its customer contests, a law or court holds, they promised to pay themselves, or may have paid
-- by bank: money of theirs waits to be decided there, or money that nothing has looked at yet.
person as (
  select distinct n.customer_id, c.name from notice n
  cross join lateral (select c.name from customers.customer c where c.organisation_id = :organisation::uuid and c.customer_id = n.customer_id limit 1) c),
-- include: billing/money_at_bank
,
spared as (
  select n.invoice_id from notice n
  where exists (
    select from billing.dunning_hold h
    where h.organisation_id = :organisation::uuid and h.customer_id = n.customer_id and (h.kind = 'legal' or h.kind = 'dispute' and h.invoice_id = n.invoice_id)
      and (h.until_on is null or h.until_on > n.today)
      and not exists (select from billing.dunning_hold_release r where r.organisation_id = h.organisation_id and r.hold_id = h.hold_id offset 0) offset 0)
  or exists (
    select from (
      select m.pay_by from billing.payment_promise m
      where m.organisation_id = :organisation::uuid and m.customer_id = n.customer_id order by m.made_at desc, m.promise_id desc limit 1) m
    where m.pay_by >= n.today offset 0)
  or exists (select from money m where m.customer_id = n.customer_id)
  or exists (select from billing.bank_waiting w where w.organisation_id = :organisation::uuid and w.judged_at is null offset 0))
