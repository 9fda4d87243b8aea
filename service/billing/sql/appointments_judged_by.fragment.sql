-- In: a, the appointments to be judged. Each with the dearest of its customer's services in a currency that are where it was and haven't ended.
select a.promise_id, a.customer_id, a.due_at, a.broken, s.service
from a
left join lateral (
  select jsonb_build_object('subscription_id', s.subscription_id, 'currency', s.currency, 'zone', s.zone, 'month_minor', p.month_minor) as service
  from subscriptions.subscription s
  cross join lateral (
    select t.to_state from subscriptions.subscription_step t where t.organisation_id = :organisation and t.subscription_id = s.subscription_id order by t.step desc limit 1) t
  -- include: billing/month_price
  where s.organisation_id = :organisation and s.customer_id = a.customer_id and s.site_id = a.site_id and s.currency = :currency::text and t.to_state <> 'ended'
  order by p.month_minor desc, s.subscription_id limit 1) s on true
