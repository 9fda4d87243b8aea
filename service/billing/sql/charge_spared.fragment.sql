-- In: notice (invoice_id, customer_id, today, …). Out: spared (invoice_id), what is held whole as disputed, a law or court holds, or its customer promised to pay themselves.
spared as (
  select n.invoice_id from notice n
  where exists (
    select from billing.dunning_hold h
    where h.organisation_id = :organisation::uuid and h.customer_id = n.customer_id and (h.kind = 'legal' or h.kind = 'dispute' and h.invoice_id = n.invoice_id and h.contested_minor is null)
      and (h.until_on is null or h.until_on > n.today)
      and not exists (select from billing.dunning_hold_release r where r.organisation_id = h.organisation_id and r.hold_id = h.hold_id offset 0) offset 0)
  or exists (
    select from (
      select m.pay_by from billing.payment_promise m
      where m.organisation_id = :organisation::uuid and m.customer_id = n.customer_id order by m.made_at desc, m.promise_id desc limit 1) m
    where m.pay_by >= n.today offset 0))
