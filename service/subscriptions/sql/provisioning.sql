-- query: list_provisioning_orders
select o.order_id, o.subscription_id, s.customer_id, o.sequence, o.round, o.state, coalesce(last.outcome, 'requested'), coalesce(last.detail, ''), coalesce(last.step, 0), o.ordered_at, last.happened_at
from subscriptions.provisioning_order o
join subscriptions.subscription s using (organisation_id, subscription_id)
left join lateral (
  select t.* from subscriptions.provisioning_step t
  where t.organisation_id = o.organisation_id and t.subscription_id = o.subscription_id and t.sequence = o.sequence and t.round = o.round order by t.step desc limit 1) last on true
where o.organisation_id = :organisation and (o.ordered_at, o.subscription_id, o.sequence, o.round) > (:after_at::timestamptz, :after_id::uuid, :after_sequence::int, :after_round::int)
  and (:subscription_id::uuid is null or o.subscription_id = :subscription_id) and (:outcome::text is null or coalesce(last.outcome, 'requested') = :outcome)
order by o.ordered_at, o.subscription_id, o.sequence, o.round limit :limit + 1

-- query: newest_order
-- Only the newest order of a subscription is worth sending: it says what should be so now.
select o.order_id, o.subscription_id, o.sequence, o.round, o.state, coalesce(last.outcome, 'requested'), subscriptions.network_name(o.organisation_id, o.subscription_id)
from subscriptions.provisioning_order o
left join lateral (
  select t.outcome from subscriptions.provisioning_step t
  where t.organisation_id = o.organisation_id and t.subscription_id = o.subscription_id and t.sequence = o.sequence and t.round = o.round order by t.step desc limit 1) last on true
where o.organisation_id = :organisation and o.subscription_id = :subscription_id
order by o.sequence desc, o.round desc limit 1

-- verb: settle_order
-- What the network said of an order; older ones of the subscription that nobody confirmed are overtaken by it.
with orders as (
  select o.sequence, o.round, s.customer_id, coalesce(last.step, 0) as step, coalesce(last.outcome, 'requested') as outcome,
    (o.sequence, o.round) = (:sequence::int, :round::int) as named
  from subscriptions.provisioning_order o
  join subscriptions.subscription s using (organisation_id, subscription_id)
  left join lateral (
    select t.step, t.outcome from subscriptions.provisioning_step t
    where t.organisation_id = o.organisation_id and t.subscription_id = o.subscription_id and t.sequence = o.sequence and t.round = o.round order by t.step desc limit 1) last on true
  where o.organisation_id = :organisation and o.subscription_id = :subscription_id::uuid and (o.sequence, o.round) <= (:sequence::int, :round::int)),
settled as (
  insert into subscriptions.provisioning_step (organisation_id, subscription_id, sequence, round, step, from_outcome, outcome, detail, happened_at)
  select :organisation, :subscription_id::uuid, sequence, round, step + 1, outcome, case when named then :outcome::text else 'overtaken' end,
    case when named then :detail::text else '' end, :at
  from orders where outcome in ('requested', 'unconfirmed') and (named or :outcome::text = 'confirmed')
  returning sequence, round, outcome),
happened as (
  select 'provisioning_' || s.outcome as kind, o.customer_id, 'subscription' as subject_kind, :subscription_id::uuid as subject_id,
    jsonb_build_object('sequence', s.sequence, 'round', s.round) as body from settled s join orders o using (sequence, round)),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('sequence', o.sequence, 'round', o.round, 'outcome', coalesce(s.outcome, o.outcome)) as body
  from orders o left join settled s using (sequence, round) where o.named)

-- query: network_wanted
-- What the network should be doing, service by service: all that it needs to begin anew from nothing.
select s.subscription_id, subscriptions.network_name(s.organisation_id, s.subscription_id), o.state, o.order_id, o.sequence, o.round, o.ordered_at
from subscriptions.subscription s
cross join lateral (
  select o.* from subscriptions.provisioning_order o
  where o.organisation_id = s.organisation_id and o.subscription_id = s.subscription_id order by o.sequence desc, o.round desc limit 1) o
where s.organisation_id = :organisation and s.subscription_id > :after
order by s.subscription_id limit :limit + 1

-- query: services_between
-- Ours, and what the network named before, between two ids.
select k.subscription_id from (
  select s.subscription_id from subscriptions.subscription s
  where s.organisation_id = :organisation and s.subscription_id > :after and (:until::uuid is null or s.subscription_id <= :until) and s.created_at < :observed_at::timestamptz
  union
  select n.subscription_id from subscriptions.network_state n
  where n.organisation_id = :organisation and n.subscription_id > :after and (:until::uuid is null or n.subscription_id <= :until)) k
order by k.subscription_id

-- verb: observe_network
-- What the network says it does: kept where it changed; where it isn't what was ordered and confirmed, the same is ordered anew.
with said as (select t.subscription_id, t.state from unnest(:subscription_ids::uuid[], :states::text[]) t (subscription_id, state)),
heard as (
  select d.subscription_id, d.state, coalesce(last.step, 0) as step, coalesce(last.state, 'unheard') as before, last.observed_at as heard_at
  from said d
  left join lateral (
    select n.step, n.state, n.observed_at from subscriptions.network_state n
    where n.organisation_id = :organisation::uuid and n.subscription_id = d.subscription_id order by n.step desc limit 1) last on true),
changed as (
  insert into subscriptions.network_state (organisation_id, subscription_id, step, before, state, observed_at, reported_by)
  select :organisation::uuid, subscription_id, step + 1, before, state, :observed_at::timestamptz, :actor::text
  from heard where before <> state and (heard_at is null or heard_at <= :observed_at::timestamptz)
  returning subscription_id, state),
-- While an order is under way the network may well be behind: it differs where it had confirmed. A confirmation is dated by when it was asked for, half a minute before it at most.
compared as (
  select h.subscription_id, h.state, s.customer_id, o.state as wanted, coalesce(o.round, 0) as round,
    coalesce(not subscriptions.agrees(o.state, h.state), h.state <> 'absent') and (o.state is null or coalesce(last.outcome = 'confirmed' and last.happened_at < :observed_at::timestamptz - interval '30 seconds', false)) as differs
  from heard h
  left join lateral (
    select s.customer_id from subscriptions.subscription s where s.organisation_id = :organisation::uuid and s.subscription_id = h.subscription_id limit 1) s on true
  left join lateral (
    select o.sequence, o.round, o.state from subscriptions.provisioning_order o
    where o.organisation_id = :organisation::uuid and o.subscription_id = h.subscription_id order by o.sequence desc, o.round desc limit 1) o on true
  left join lateral (
    select t.outcome, t.happened_at from subscriptions.provisioning_step t
    where t.organisation_id = :organisation::uuid and t.subscription_id = h.subscription_id and t.sequence = o.sequence and t.round = o.round order by t.step desc limit 1) last on true),
differing as (select c.* from compared c where c.differs),
happened as (
  select case when p.differs then 'network_differs' else 'network_agrees' end as kind, p.customer_id, 'subscription' as subject_kind, p.subscription_id as subject_id,
    jsonb_build_object('observed', p.state, 'wanted', p.wanted) as body
  from changed c join compared p using (subscription_id) where p.differs or p.round > 0 and subscriptions.agrees(p.wanted, p.state)),
wanted as (
  select gen_random_uuid() as task_id, 'order_again' as kind, subscription_id as subject_id, :at::timestamptz as due_at, jsonb_build_object('observed_at', :observed_at::timestamptz) as body
  from differing where wanted is not null),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('observed', (select count(*) from said), 'changed', (select count(*) from changed),
    'differing', (select count(*) from differing)) as body)

-- verb: order_again
-- The state that should be so is ordered anew, where the network did otherwise after it had confirmed; a person needn't wait for its answer to be
-- half a minute old, and has an order sent again that it hasn't confirmed. Under the account's lock.
with newest as (
  select o.sequence, o.round, o.state, s.customer_id, last.outcome, last.happened_at
  from (select s.* from subscriptions.subscription s where s.organisation_id = :organisation::uuid and s.subscription_id = :subscription_id::uuid limit 1) s
  cross join lateral (
    select o.* from subscriptions.provisioning_order o
    where o.organisation_id = :organisation::uuid and o.subscription_id = s.subscription_id order by o.sequence desc, o.round desc limit 1) o
  left join lateral (
    select t.outcome, t.happened_at from subscriptions.provisioning_step t
    where t.organisation_id = :organisation::uuid and t.subscription_id = s.subscription_id and t.sequence = o.sequence and t.round = o.round order by t.step desc limit 1) last on true),
observed as (
  select n.step, n.state from subscriptions.network_state n
  where n.organisation_id = :organisation::uuid and n.subscription_id = :subscription_id::uuid order by n.step desc limit 1),
ordered as (
  insert into subscriptions.provisioning_order (organisation_id, subscription_id, sequence, round, state, network_step, network_state, ordered_at)
  select :organisation::uuid, :subscription_id::uuid, n.sequence, n.round + 1, n.state, o.step, o.state, :at::timestamptz
  from newest n cross join observed o
  where not subscriptions.agrees(n.state, o.state) and n.outcome = 'confirmed' and (:by_hand::boolean or n.happened_at < :observed_at::timestamptz - interval '30 seconds')
  returning subscription_id, sequence, round, state, network_state),
happened as (
  select 'provisioning_ordered_again' as kind, n.customer_id, 'subscription' as subject_kind, o.subscription_id as subject_id,
    jsonb_build_object('sequence', o.sequence, 'round', o.round, 'state', o.state, 'observed', o.network_state) as body
  from ordered o cross join newest n),
wanted as (
  select gen_random_uuid() as task_id, 'provision' as kind, subscription_id as subject_id, :at::timestamptz as due_at, '{}'::jsonb as body from ordered
  union all
  select gen_random_uuid(), 'provision', :subscription_id::uuid, :at::timestamptz, '{}' from newest where :by_hand::boolean and coalesce(outcome, 'requested') in ('requested', 'unconfirmed')),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('sequence', n.sequence, 'round', coalesce(o.round, n.round), 'ordered', o.round is not null) as body
  from newest n left join ordered o on true)

-- query: network_is_heard
select exists (select from subscriptions.network_state n where n.organisation_id = :organisation)

-- query: network_differences
-- Where the network does otherwise than it should, since when, and how often it was ordered anew.
select d.subscription_id, d.customer_id, d.kind, d.wanted, d.observed, d.since, d.rounds, d.outcome, d.since <= :stands_since::timestamptz
from (
  select n.subscription_id, s.customer_id, case when s.subscription_id is null then 'unknown_here' when o.state = 'active' and n.state = 'absent' then 'unknown_there'
      when o.state = 'active' then 'paid_but_suspended' when n.state = 'active' then 'unpaid_but_active' else 'other' end as kind, o.state as wanted, n.state as observed,
    greatest(n.observed_at, (
      select min(f.ordered_at) from subscriptions.provisioning_order f
      where f.organisation_id = n.organisation_id and f.subscription_id = n.subscription_id and f.sequence = o.sequence)) as since,
    coalesce(o.round, 0) as rounds, coalesce(last.outcome, case when o.state is not null then 'requested' end) as outcome
  from (
    select distinct on (n.subscription_id) n.* from subscriptions.network_state n
    where n.organisation_id = :organisation and n.subscription_id > :after order by n.subscription_id, n.step desc) n
  left join subscriptions.subscription s on s.organisation_id = n.organisation_id and s.subscription_id = n.subscription_id
  left join lateral (
    select o.* from subscriptions.provisioning_order o
    where o.organisation_id = n.organisation_id and o.subscription_id = n.subscription_id order by o.sequence desc, o.round desc limit 1) o on true
  left join lateral (
    select t.outcome from subscriptions.provisioning_step t
    where t.organisation_id = n.organisation_id and t.subscription_id = n.subscription_id and t.sequence = o.sequence and t.round = o.round order by t.step desc limit 1) last on true
  where coalesce(not subscriptions.agrees(o.state, n.state), n.state <> 'absent')) d
order by d.subscription_id limit :limit + 1
