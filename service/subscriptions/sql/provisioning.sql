-- query: list_provisioning_orders
select o.order_id, o.subscription_id, s.customer_id, o.sequence, o.state, coalesce(last.outcome, 'requested'), coalesce(last.detail, ''), coalesce(last.step, 0), o.ordered_at, last.happened_at
from subscriptions.provisioning_order o
join subscriptions.subscription s using (organisation_id, subscription_id)
left join lateral (
  select t.* from subscriptions.provisioning_step t
  where t.organisation_id = o.organisation_id and t.subscription_id = o.subscription_id and t.sequence = o.sequence order by t.step desc limit 1) last on true
where o.organisation_id = :organisation and (o.ordered_at, o.subscription_id, o.sequence) > (:after_at::timestamptz, :after_id::uuid, :after_sequence::int)
  and (:subscription_id::uuid is null or o.subscription_id = :subscription_id) and (:outcome::text is null or coalesce(last.outcome, 'requested') = :outcome)
order by o.ordered_at, o.subscription_id, o.sequence limit :limit + 1

-- query: newest_order
-- Only the newest order of a subscription is worth sending: it says what should be so now.
select o.order_id, o.subscription_id, o.sequence, o.state, coalesce(last.outcome, 'requested')
from subscriptions.provisioning_order o
left join lateral (
  select t.outcome from subscriptions.provisioning_step t
  where t.organisation_id = o.organisation_id and t.subscription_id = o.subscription_id and t.sequence = o.sequence order by t.step desc limit 1) last on true
where o.organisation_id = :organisation and o.subscription_id = :subscription_id
order by o.sequence desc limit 1

-- verb: settle_order
-- What the network said of an order; older ones of the subscription that nobody confirmed are overtaken by it.
with orders as (
  select o.sequence, s.customer_id, coalesce(last.step, 0) as step, coalesce(last.outcome, 'requested') as outcome
  from subscriptions.provisioning_order o
  join subscriptions.subscription s using (organisation_id, subscription_id)
  left join lateral (
    select t.step, t.outcome from subscriptions.provisioning_step t
    where t.organisation_id = o.organisation_id and t.subscription_id = o.subscription_id and t.sequence = o.sequence order by t.step desc limit 1) last on true
  where o.organisation_id = :organisation and o.subscription_id = :subscription_id::uuid and o.sequence <= :sequence::int),
settled as (
  insert into subscriptions.provisioning_step (organisation_id, subscription_id, sequence, step, from_outcome, outcome, detail, happened_at)
  select :organisation, :subscription_id::uuid, sequence, step + 1, outcome, case when sequence = :sequence::int then :outcome::text else 'overtaken' end,
    case when sequence = :sequence::int then :detail::text else '' end, :at
  from orders where outcome in ('requested', 'unconfirmed') and (sequence = :sequence::int or :outcome::text = 'confirmed')
  returning sequence, outcome),
happened as (
  select 'provisioning_' || s.outcome as kind, o.customer_id, 'subscription' as subject_kind, :subscription_id::uuid as subject_id,
    jsonb_build_object('sequence', s.sequence) as body from settled s join orders o using (sequence)),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('sequence', sequence,
    'outcome', coalesce((select s.outcome from settled s where s.sequence = :sequence::int), outcome)) as body
  from orders where sequence = :sequence::int)
