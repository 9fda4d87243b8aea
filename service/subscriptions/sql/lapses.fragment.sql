-- In: :most = of how many steps at the most. Out: lapse_cursor and lapse_until (epoch, transaction_id) = from where and how far, no `lapse_until` where it is all; lapses_moved
-- (subscription_id) = which services changed since lapsing was brought up to date; lapses (subscription_id, customer_id, from_on) = which of them can lapse, and from which day on.
lapse_cursor as (
  select coalesce(c.until_epoch, 0) as epoch, coalesce(c.until_transaction, 0) as transaction_id
  from (values (1)) one left join subscriptions.lapsing_cursor c on c.organisation_id = :organisation::uuid),
lapse_changes as materialized (
  select t.subscription_id, t.epoch, t.transaction_id from subscriptions.subscription_step t
  where t.organisation_id = :organisation::uuid
    and (t.epoch, t.transaction_id) >= ((select c.epoch from lapse_cursor c), (select c.transaction_id from lapse_cursor c))
  order by t.epoch, t.transaction_id limit :most::int + 1),
lapse_until as (select epoch, transaction_id from lapse_changes order by epoch, transaction_id offset :most::int limit 1),
lapses_moved as (
  select distinct t.subscription_id from lapse_changes t where not exists (select from lapse_until u where (u.epoch, u.transaction_id) <= (t.epoch, t.transaction_id))),
lapses as (
  select s.subscription_id, s.customer_id, h.paid_until_on + s.grace_days as from_on
  from lapses_moved m
  cross join lateral (select s.* from subscriptions.subscription s where s.organisation_id = :organisation::uuid and s.subscription_id = m.subscription_id limit 1) s
  cross join lateral (
    select t.to_state, t.reasons_after, t.paid_until_on from subscriptions.subscription_step t
    where t.organisation_id = :organisation::uuid and t.subscription_id = m.subscription_id order by t.step desc limit 1) h
  where h.to_state <> 'ended' and not 'unpaid' = any (h.reasons_after))
