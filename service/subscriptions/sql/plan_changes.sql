-- query: plan_standing
-- Up to which day a subscription is billed, on which day its periods come back, what day it is there, and the change of its plan that waits.
with
-- include: subscriptions/head
select h.today, coalesce(l.until_on, h.begins_on), coalesce(l.anchor_day, h.anchor_day),
  (select c.successor_id from subscriptions.plan_change c
   where c.organisation_id = :organisation and c.subscription_id = h.subscription_id
     and not exists (select from subscriptions.plan_change_end e where e.organisation_id = c.organisation_id and e.successor_id = c.successor_id)
     and 'ended' <> (
       select t.to_state from subscriptions.subscription_step t
       where t.organisation_id = c.organisation_id and t.subscription_id = c.successor_id order by t.step desc limit 1)
   order by c.successor_id limit 1),
  l.number is not null
from head h
left join lateral (
  select p.number, p.until_on, p.anchor_day from subscriptions.period p
  where p.organisation_id = :organisation and p.subscription_id = h.subscription_id order by p.number desc limit 1) l on true

-- query: plans_of_change
-- What the plan is called and costs a period that a subscription has, and the one of the price book that is to take its place; and the language of whoever is to agree.
select c.language, v.name, s.amount_minor, s.currency, s.period_months, n.name, kit.rounded(n.price_numerator::numeric, n.price_denominator::numeric)::bigint, n.currency
from (select s.* from subscriptions.subscription s where s.organisation_id = :organisation and s.subscription_id = :subscription_id::uuid limit 1) s
cross join lateral (
  select v.name from catalogue.item_version v where v.organisation_id = s.organisation_id and v.item_id = s.plan_item_id and v.effective_on = s.plan_effective_on limit 1) v
cross join lateral (select c.language from customers.customer c where c.organisation_id = s.organisation_id and c.customer_id = s.customer_id limit 1) c
left join lateral (
  select n.* from catalogue.item_version n
  where n.organisation_id = :organisation and n.item_id = :plan_item_id::uuid and n.effective_on <= :plan_on::date order by n.effective_on desc limit 1) n on true

-- verb: ask_plan_change
with asked as (
  insert into subscriptions.plan_change (organisation_id, successor_id, subscription_id, customer_id, asked_by, asked_at)
  select :organisation::uuid, :successor_id::uuid, s.subscription_id, s.customer_id, :actor::text, :at::timestamptz
  from (select s.* from subscriptions.subscription s where s.organisation_id = :organisation::uuid and s.subscription_id = :subscription_id::uuid limit 1) s
  returning successor_id, subscription_id, customer_id),
happened as (
  select 'plan_change_asked' as kind, customer_id, 'subscription' as subject_kind, subscription_id as subject_id,
    jsonb_build_object('successor_id', successor_id, 'change_on', :change_on::date) as body from asked),
answer as (
  select 201 as status, null::text as code,
    jsonb_build_object('subscription_id', subscription_id, 'successor_id', successor_id, 'offer_id', :offer_id::uuid, 'change_on', :change_on::date, 'state', 'waiting') as body
  from asked)

-- verb: end_plan_change
-- Cites the step by which one of both has just ended.
with change as (
  select c.successor_id, c.subscription_id, c.customer_id, s.begins_on, h.step
  from (select c.* from subscriptions.plan_change c where c.organisation_id = :organisation::uuid and c.successor_id = :successor_id::uuid limit 1) c
  cross join lateral (select s.begins_on from subscriptions.subscription s where s.organisation_id = :organisation::uuid and s.subscription_id = c.successor_id limit 1) s
  cross join lateral (
    select t.step from subscriptions.subscription_step t
    where t.organisation_id = :organisation::uuid and t.subscription_id = case :outcome::text when 'changed' then c.subscription_id else c.successor_id end
    order by t.step desc limit 1) h),
ended as (
  insert into subscriptions.plan_change_end (organisation_id, successor_id, subscription_id, outcome, ended_step, ended_at)
  select :organisation::uuid, successor_id, subscription_id, :outcome::text, step, :at::timestamptz from change
  returning successor_id),
happened as (
  select case :outcome::text when 'changed' then 'plan_changed' else 'plan_change_dropped' end as kind, c.customer_id, 'subscription' as subject_kind, c.subscription_id as subject_id,
    jsonb_build_object('successor_id', c.successor_id, 'change_on', c.begins_on) as body
  from change c join ended using (successor_id)),
answer as (
  select 201 as status, null::text as code,
    jsonb_build_object('subscription_id', subscription_id, 'successor_id', successor_id, 'offer_id', null::uuid, 'change_on', begins_on, 'state', :outcome::text) as body
  from change)

-- query: plan_changes_due
-- Changes whose day has come, and whether their customer has agreed and the service runs; at once, where one of both has ended.
select c.subscription_id, c.successor_id, (:at::timestamptz at time zone s.zone)::date > s.begins_on or 'ended' in (h.to_state, n.to_state),
  h.to_state = 'active' and n.to_state <> 'ended' and exists (
    select from authorisations.capacity_item k where k.organisation_id = c.organisation_id and k.scope_id = s.scope_id and k.recurring
      and (k.authorised_at at time zone s.zone)::date <= s.begins_on offset 0)
from subscriptions.plan_change c
cross join lateral (select s.* from subscriptions.subscription s where s.organisation_id = c.organisation_id and s.subscription_id = c.successor_id limit 1) s
cross join lateral (
  select t.to_state from subscriptions.subscription_step t where t.organisation_id = c.organisation_id and t.subscription_id = c.subscription_id order by t.step desc limit 1) h
cross join lateral (
  select t.to_state from subscriptions.subscription_step t where t.organisation_id = c.organisation_id and t.subscription_id = c.successor_id order by t.step desc limit 1) n
where c.organisation_id = :organisation and not exists (
  select from subscriptions.plan_change_end e where e.organisation_id = c.organisation_id and e.successor_id = c.successor_id offset 0)
and ((:at::timestamptz at time zone s.zone)::date >= s.begins_on or 'ended' in (h.to_state, n.to_state))
order by c.successor_id limit 200

-- query: list_plan_changes
select c.subscription_id, c.successor_id, (
    select o.offer_id from authorisations.offer o where o.organisation_id = s.organisation_id and o.scope_id = s.scope_id order by o.offer_id limit 1), s.begins_on, coalesce(e.outcome, 'waiting')
from subscriptions.plan_change c
cross join lateral (select s.* from subscriptions.subscription s where s.organisation_id = c.organisation_id and s.subscription_id = c.successor_id limit 1) s
left join subscriptions.plan_change_end e on e.organisation_id = c.organisation_id and e.successor_id = c.successor_id
where c.organisation_id = :organisation and c.subscription_id = :subscription_id and c.successor_id > :after
order by c.successor_id limit :limit + 1
