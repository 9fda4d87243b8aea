-- In: lapsing (subscription_id) = to be suspended as unpaid, :organisation, :actor, :at. Out: lapsed (subscription_id, customer_id, …), lapse_facts (as `happened`)
-- and lapse_tasks (as `wanted`). One that is paid for, or whose grace runs, is left alone. Needs the account's lock.
lapse_heads as (
  select s.subscription_id, s.customer_id, s.begins_on, s.grace_days, s.zone, h.step, h.to_state, h.reasons_after, h.paid_number, h.paid_step, h.paid_until_on
  from lapsing l
  cross join lateral (
    select s.* from subscriptions.subscription s where s.organisation_id = :organisation::uuid and s.subscription_id = l.subscription_id limit 1) s
  cross join lateral (
    select t.* from subscriptions.subscription_step t
    where t.organisation_id = s.organisation_id and t.subscription_id = s.subscription_id order by t.step desc limit 1) h
  where h.to_state <> 'ended' and not 'unpaid' = any (h.reasons_after) and (:at::timestamptz at time zone s.zone)::date >= h.paid_until_on + s.grace_days),
lapse_steps as (
  insert into subscriptions.subscription_step (organisation_id, subscription_id, step, kind, reason, begins_on, grace_days, zone, from_state, to_state, reasons_before, reasons_after,
    paid_number_before, paid_number, paid_step, paid_until_on, happened_at, actor)
  select :organisation::uuid, subscription_id, step + 1, 'lapse', 'unpaid', begins_on, grace_days, zone, to_state, 'suspended', reasons_after, reasons_after || 'unpaid'::text,
    paid_number, paid_number, paid_step, paid_until_on, :at::timestamptz, :actor::text
  from lapse_heads
  returning subscription_id, step, from_state, to_state, reasons_after, paid_until_on),
lapse_orders as (
  insert into subscriptions.provisioning_order (organisation_id, subscription_id, sequence, state, ordered_at)
  select :organisation::uuid, subscription_id, step, to_state, :at::timestamptz from lapse_steps where to_state <> from_state returning subscription_id),
lapsed as (
  select m.subscription_id, h.customer_id, m.step, m.to_state, m.reasons_after, m.paid_until_on from lapse_steps m join lapse_heads h using (subscription_id)),
lapse_facts as (
  select 'subscription_lapsed' as kind, customer_id, 'subscription' as subject_kind, subscription_id as subject_id,
    jsonb_build_object('reason', 'unpaid', 'state', to_state, 'reasons', reasons_after, 'paid_through_on', paid_until_on - 1) as body
  from lapsed),
lapse_tasks as (
  select gen_random_uuid() as task_id, 'provision' as kind, subscription_id as subject_id, :at::timestamptz as due_at, '{}'::jsonb as body from lapse_orders)
