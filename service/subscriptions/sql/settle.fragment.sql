-- In: settled (invoice_id), overdue (customer_id, open_overdue), granted_periods (subscription_id, number, until_on, invoice_id) = what this statement grants
-- itself, :organisation, :actor, :at, :payment_id. Out: renewed, renewals_withdrawn, and ready to be joined to a statement's own, subscription_facts (as
-- `happened`) and subscription_tasks (as `wanted`). Needs the account's lock.
settled_periods as (
  select p.subscription_id, p.number, p.until_on, coalesce(last.step, 0) as step
  from subscriptions.period p
  left join lateral (
    select t.step from subscriptions.paid_period t
    where t.organisation_id = p.organisation_id and t.subscription_id = p.subscription_id and t.number = p.number order by t.step desc limit 1) last on true
  where p.organisation_id = :organisation and p.invoice_id in (select s.invoice_id from settled s) and coalesce(last.step, 0) % 2 = 0
  union all
  select g.subscription_id, g.number, g.until_on, 0 from granted_periods g where g.invoice_id in (select s.invoice_id from settled s)),
newly_paid as (
  insert into subscriptions.paid_period (organisation_id, subscription_id, number, step, until_on, payment_id, happened_at, actor)
  select :organisation, subscription_id, number, step + 1, until_on, :payment_id::uuid, :at, :actor from settled_periods
  returning subscription_id, number, step, until_on),
-- Every subscription of the customers, since what was settled may have been the last thing overdue.
concerned as (
  select s.subscription_id from overdue o join subscriptions.subscription s on s.organisation_id = :organisation and s.customer_id = o.customer_id
  union
  select n.subscription_id from newly_paid n),
subscription_heads as (
  select s.subscription_id, s.customer_id, s.begins_on, s.grace_days, s.zone, h.step, h.to_state as state, h.reasons_after as reasons,
    h.paid_number, h.paid_step, h.paid_until_on, (:at::timestamptz at time zone s.zone)::date as today,
    coalesce((select sum(o.open_overdue) from overdue o where o.customer_id = s.customer_id), 0) as open_overdue
  from concerned c
  join subscriptions.subscription s on s.organisation_id = :organisation and s.subscription_id = c.subscription_id
  cross join lateral (
    select t.* from subscriptions.subscription_step t
    where t.organisation_id = s.organisation_id and t.subscription_id = s.subscription_id order by t.step desc limit 1) h),
-- How far it is paid without a gap, this statement's own included.
periods_after as (
  select p.subscription_id, p.number, p.until_on, coalesce(n.step, last.step) as step
  from subscription_heads h
  join subscriptions.period p on p.organisation_id = :organisation and p.subscription_id = h.subscription_id and p.number > h.paid_number
  left join newly_paid n on n.subscription_id = p.subscription_id and n.number = p.number
  left join lateral (
    select t.step from subscriptions.paid_period t
    where t.organisation_id = p.organisation_id and t.subscription_id = p.subscription_id and t.number = p.number order by t.step desc limit 1) last on true
  union all
  select g.subscription_id, g.number, g.until_on, n.step from granted_periods g left join newly_paid n using (subscription_id, number)),
periods_beyond as (
  select subscription_id, number, until_on, step, bool_and(coalesce(step, 0) % 2 = 1) over (partition by subscription_id order by number) as unbroken from periods_after),
paid_through as (
  select distinct on (subscription_id) subscription_id, number, step, until_on from periods_beyond where unbroken order by subscription_id, number desc),
subscriptions_after as (
  select h.*, coalesce(p.number, h.paid_number) as number_now, coalesce(p.step, h.paid_step) as paid_step_now, coalesce(p.until_on, h.paid_until_on) as until_now,
    case when h.open_overdue = 0 and coalesce(p.until_on, h.paid_until_on) > h.today then array_remove(h.reasons, 'unpaid') else h.reasons end as reasons_now
  from subscription_heads h left join paid_through p using (subscription_id)),
subscriptions_moved as (
  insert into subscriptions.subscription_step (organisation_id, subscription_id, step, kind, begins_on, grace_days, zone, from_state, to_state,
    reasons_before, reasons_after, paid_number_before, paid_number, paid_step, paid_until_on, happened_at, actor)
  select :organisation, subscription_id, step + 1, 'pay', begins_on, grace_days, zone, state,
    case when state = 'ended' then 'ended' when reasons_now = '{}' then 'active' else 'suspended' end,
    reasons, reasons_now, paid_number, number_now, paid_step_now, until_now, :at, :actor
  from subscriptions_after where number_now > paid_number or reasons_now <> reasons
  returning subscription_id, step, from_state, to_state, reasons_after, paid_until_on),
renewed as (
  select m.subscription_id, a.customer_id, m.from_state, m.to_state, m.paid_until_on - 1 as paid_through_on
  from subscriptions_moved m join subscriptions_after a using (subscription_id)),
renewals_withdrawn as (
  select m.subscription_id from subscriptions_moved m join subscriptions_after a using (subscription_id)
  where subscriptions.call_due(a.state, a.reasons, a.paid_until_on, a.today) and not subscriptions.call_due(m.to_state, m.reasons_after, m.paid_until_on, a.today)),
ordered_changes as (
  insert into subscriptions.provisioning_order (organisation_id, subscription_id, sequence, state, ordered_at)
  select :organisation, subscription_id, step, to_state, :at from subscriptions_moved where to_state <> from_state
  returning subscription_id, sequence, state),
subscription_facts as (
  select 'subscription_paid_through' as kind, customer_id, 'subscription' as subject_kind, subscription_id as subject_id,
    jsonb_build_object('paid_through_on', paid_through_on, 'state', to_state, 'payment_id', :payment_id::uuid) as body from renewed
  union all
  select 'subscription_activated', customer_id, 'subscription', subscription_id, jsonb_build_object('from', from_state)
  from renewed where to_state = 'active' and from_state <> 'active'
  union all
  select 'renewal_call_withdrawn', r.customer_id, 'subscription', r.subscription_id, '{}'::jsonb from renewed r join renewals_withdrawn using (subscription_id)),
subscription_tasks as (
  select gen_random_uuid() as task_id, 'provision' as kind, subscription_id as subject_id, :at::timestamptz as due_at, '{}'::jsonb as body from ordered_changes)
