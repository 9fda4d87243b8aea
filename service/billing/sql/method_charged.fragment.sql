-- In: invoice (customer_id). Out: method_charged (method_id, consent_id, livemode, notice_days), the one that its customer saved last and that can be charged.
method_charged as (
  select m.method_id, m.consent_id, m.livemode, c.notice_days from invoice i
  cross join lateral (
    select m.* from (
      select m.* from billing.saved_method m where m.organisation_id = :organisation::uuid and m.customer_id = i.customer_id offset 0) m
    cross join lateral (
      select t.live from billing.saved_method_step t where t.organisation_id = :organisation::uuid and t.method_id = m.method_id order by t.step desc limit 1) t
    where t.live order by m.saved_at desc, m.method_id desc limit 1) m
  cross join lateral (select c.notice_days from billing.charge_consent c where c.organisation_id = :organisation::uuid and c.consent_id = m.consent_id limit 1) c)
