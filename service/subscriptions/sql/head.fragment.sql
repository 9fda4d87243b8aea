-- In: :subscription_id. Out: head, the subscription with its last step and today's date where it is.
head as (
  select s.subscription_id, s.customer_id, s.scope_id, s.begins_on, s.grace_days, s.zone, s.period_months, s.anchor_day, s.currency, s.amount_minor,
    h.step, h.to_state as state, h.reasons_after as reasons, h.paid_number, h.paid_step, h.paid_until_on, (:at::timestamptz at time zone s.zone)::date as today
  from subscriptions.subscription s
  cross join lateral (
    select t.* from subscriptions.subscription_step t
    where t.organisation_id = s.organisation_id and t.subscription_id = s.subscription_id order by t.step desc limit 1) h
  where s.organisation_id = :organisation::uuid and s.subscription_id = :subscription_id::uuid)
