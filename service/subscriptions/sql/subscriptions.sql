-- verb: open_subscription
-- Terms, scope, first state and first order to the network; the offer of its plan follows in the same transaction.
with plan as (
  select i.item_id, v.effective_on, v.currency, kit.rounded(v.price_numerator::numeric, v.price_denominator::numeric) as amount_minor
  from catalogue.item i
  cross join lateral (
    select v.* from catalogue.item_version v
    where v.organisation_id = i.organisation_id and v.item_id = i.item_id and v.effective_on <= :plan_on::date order by v.effective_on desc limit 1) v
  where i.organisation_id = :organisation and i.item_id = :plan_item_id::uuid and i.kind = 'plan' and not v.withdrawn),
place as (
  select jurisdiction, zone, (:at::timestamptz at time zone zone)::date as today from customers.site
  where organisation_id = :organisation and customer_id = :customer_id::uuid and site_id = :site_id::uuid),
existing as (
  select s.subscription_id, s.scope_id, h.step, h.to_state, h.reasons_after, h.paid_until_on,
    (select o.offer_id from authorisations.offer o where o.organisation_id = s.organisation_id and o.scope_id = s.scope_id order by o.offer_id limit 1) as offer_id,
    (s.customer_id, s.site_id, s.plan_item_id, s.reference, s.period_months, s.anchor_day, s.begins_on, s.grace_days) is not distinct from
      (:customer_id::uuid, :site_id::uuid, :plan_item_id::uuid, :reference::text, :period_months::int, :anchor_day::int, :begins_on::date, :grace_days::int)
    and (select array_remove(t.reasons_after, 'unpaid') from subscriptions.subscription_step t
      where t.organisation_id = s.organisation_id and t.subscription_id = s.subscription_id and t.step = 1) = :reasons::text[] as same
  from subscriptions.subscription s
  cross join lateral (
    select t.* from subscriptions.subscription_step t
    where t.organisation_id = s.organisation_id and t.subscription_id = s.subscription_id order by t.step desc limit 1) h
  where s.organisation_id = :organisation and s.subscription_id = :subscription_id::uuid),
opening as (
  select :scope_id::uuid as scope_id, :customer_id::uuid as customer_id, 'subscription' as subject_kind, :subscription_id::uuid as subject_id, plan.currency,
    null::text as policy_name, 'ZZ' as jurisdiction, 'any' as trade, 'any' as price_form, place.jurisdiction as site_jurisdiction, place.zone as site_zone
  from plan cross join place where not exists (select from existing)),
-- include: authorisations/open_scope
,
subscribed as (
  insert into subscriptions.subscription (organisation_id, subscription_id, customer_id, site_id, scope_id, plan_item_id, plan_effective_on, reference, currency, amount_minor,
    period_months, anchor_day, begins_on, zone, grace_days, created_at)
  select :organisation, o.subject_id, o.customer_id, :site_id::uuid, o.scope_id, plan.item_id, plan.effective_on, :reference::text, plan.currency, plan.amount_minor,
    :period_months::int, :anchor_day::int, :begins_on::date, place.zone, :grace_days::int, :at
  from opening o cross join plan cross join place
  returning subscription_id, customer_id, scope_id, begins_on, grace_days, zone),
begun as (
  insert into subscriptions.subscription_step (organisation_id, subscription_id, step, kind, begins_on, grace_days, zone, from_state, to_state, reasons_before, reasons_after,
    paid_number_before, paid_number, paid_step, paid_until_on, happened_at, actor)
  select :organisation, s.subscription_id, 1, 'begin', s.begins_on, s.grace_days, s.zone, 'none', case when r.reasons = '{}' then 'active' else 'suspended' end, '{}', r.reasons,
    0, 0, 0, s.begins_on, :at, :actor
  from subscribed s cross join place
  -- Nothing is paid beyond the beginning; one whose grace is over already (taken over from elsewhere) begins suspended.
  cross join lateral (select :reasons::text[] || case when place.today >= s.begins_on + s.grace_days then array['unpaid'] else '{}' end as reasons) r
  returning subscription_id, step, to_state, reasons_after, paid_until_on),
ordered as (
  insert into subscriptions.provisioning_order (organisation_id, subscription_id, sequence, state, ordered_at)
  select :organisation, subscription_id, step, to_state, :at from begun returning subscription_id),
happened as (
  select 'subscription_begun' as kind, s.customer_id, 'subscription' as subject_kind, s.subscription_id as subject_id,
    jsonb_build_object('scope_id', s.scope_id, 'state', b.to_state, 'reasons', b.reasons_after, 'begins_on', s.begins_on) as body
  from subscribed s join begun b using (subscription_id)),
wanted as (
  select gen_random_uuid() as task_id, 'provision' as kind, subscription_id as subject_id, :at::timestamptz as due_at, '{}'::jsonb as body from ordered),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', b.subscription_id, 'scope_id', s.scope_id, 'offer_id', :offer_id::uuid, 'state', b.to_state,
    'reasons', b.reasons_after, 'paid_through_on', b.paid_until_on - 1, 'version', b.step) as body
  from begun b join subscribed s using (subscription_id)
  union all
  select case when same then 200 else 409 end, case when same then null else 'ID_TAKEN' end,
    case when same then jsonb_build_object('id', subscription_id, 'scope_id', scope_id, 'offer_id', offer_id, 'state', to_state, 'reasons', reasons_after,
      'paid_through_on', paid_until_on - 1, 'version', step) else '{}'::jsonb end from existing
  union all
  select 409, 'PLAN_NOT_IN_FORCE', '{}'::jsonb from place where not exists (select from plan) and not exists (select from existing))

-- verb: move_subscription
-- Suspends, lifts or ends; what already is so is answered as it is.
with
-- include: subscriptions/head
,
next as (
  select h.*, case :kind::text when 'suspend' then h.reasons || :reason::text when 'lift' then array_remove(h.reasons, :reason::text) else h.reasons end as reasons_next,
    case when :kind::text = 'end' then h.state = 'ended' when :kind::text = 'suspend' then h.state <> 'ended' and :reason::text = any (h.reasons) else false end as already
  from head h),
verdict as (
  select n.*, case when already then null when state = 'ended' then 'SUBSCRIPTION_ENDED'
      when :kind::text = 'lift' and not :reason::text = any (reasons) then 'REASON_NOT_THERE' end as code from next n),
moved as (
  insert into subscriptions.subscription_step (organisation_id, subscription_id, step, kind, reason, begins_on, grace_days, zone, from_state, to_state, reasons_before, reasons_after,
    paid_number_before, paid_number, paid_step, paid_until_on, happened_at, actor)
  select :organisation, subscription_id, step + 1, :kind, :reason, begins_on, grace_days, zone, state,
    case when :kind::text = 'end' then 'ended' when reasons_next = '{}' then 'active' else 'suspended' end, reasons, reasons_next,
    paid_number, paid_number, paid_step, paid_until_on, :at, :actor
  from verdict where code is null and not already
  returning subscription_id, step, from_state, to_state, reasons_after, paid_until_on),
ordered as (
  insert into subscriptions.provisioning_order (organisation_id, subscription_id, sequence, state, ordered_at)
  select :organisation, subscription_id, step, to_state, :at from moved where to_state <> from_state returning subscription_id),
happened as (
  select case :kind::text when 'suspend' then 'subscription_suspended' when 'lift' then 'subscription_lifted' else 'subscription_ended' end as kind,
    v.customer_id, 'subscription' as subject_kind, v.subscription_id as subject_id,
    jsonb_build_object('reason', nullif(:reason::text, ''), 'state', m.to_state, 'reasons', m.reasons_after, 'paid_through_on', m.paid_until_on - 1) as body
  from moved m join verdict v using (subscription_id)
  union all
  select 'subscription_activated', v.customer_id, 'subscription', v.subscription_id, jsonb_build_object('from', m.from_state)
  from moved m join verdict v using (subscription_id) where m.to_state = 'active' and m.from_state <> 'active'),
wanted as (
  select gen_random_uuid() as task_id, 'provision' as kind, subscription_id as subject_id, :at::timestamptz as due_at, '{}'::jsonb as body from ordered),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', subscription_id, 'state', to_state, 'reasons', reasons_after, 'paid_through_on', paid_until_on - 1,
    'version', step) as body from moved
  union all
  select case when code is null then 200 else 409 end, code,
    case when code is null then jsonb_build_object('id', subscription_id, 'state', state, 'reasons', reasons, 'paid_through_on', paid_until_on - 1, 'version', step)
      else jsonb_build_object('state', state, 'reasons', reasons, 'paid_through_on', paid_until_on - 1) end
  from verdict where code is not null or already)

-- query: find_subscription
with
-- include: subscriptions/head
select s.subscription_id, s.customer_id, s.site_id, s.scope_id, s.plan_item_id, s.reference, jsonb_build_object('amount', s.amount_minor, 'currency', s.currency), s.period_months,
  s.anchor_day, s.begins_on, s.zone, s.grace_days, h.state, h.reasons, h.paid_until_on - 1, h.step, s.created_at
from subscriptions.subscription s join head h using (subscription_id) where s.organisation_id = :organisation

-- query: list_subscriptions
select s.subscription_id, s.customer_id, s.site_id, s.scope_id, s.plan_item_id, s.reference, jsonb_build_object('amount', s.amount_minor, 'currency', s.currency), s.period_months,
  s.anchor_day, s.begins_on, s.zone, s.grace_days, h.to_state, h.reasons_after, h.paid_until_on - 1, h.step, s.created_at
from subscriptions.subscription s
cross join lateral (
  select t.* from subscriptions.subscription_step t
  where t.organisation_id = s.organisation_id and t.subscription_id = s.subscription_id order by t.step desc limit 1) h
where s.organisation_id = :organisation and s.subscription_id > :after and (:customer_id::uuid is null or s.customer_id = :customer_id)
  and (:state::text is null or h.to_state = :state) and (:reference::text is null or s.reference = :reference)
order by s.subscription_id limit :limit + 1

-- query: subscription_history
select step, kind, nullif(reason, ''), to_state, reasons_after, paid_until_on - 1, happened_at, actor
from subscriptions.subscription_step where organisation_id = :organisation and subscription_id = :subscription_id and step > :after
order by step limit :limit + 1

-- query: service_state_at
-- What was true at a moment, by the rows that stood then.
select subscription_id, to_state, reasons_after, paid_until_on - 1, happened_at
from subscriptions.subscription_step
where organisation_id = :organisation and subscription_id = :subscription_id and happened_at <= :moment::timestamptz
order by step desc limit 1

-- query: list_periods
select p.number, p.from_on, p.until_on, p.invoice_id, p.work_record_id, coalesce(last.paid, false), case when last.paid then last.payment_id end
from subscriptions.period p
left join lateral (
  select t.paid, t.payment_id from subscriptions.paid_period t
  where t.organisation_id = p.organisation_id and t.subscription_id = p.subscription_id and t.number = p.number order by t.step desc limit 1) last on true
where p.organisation_id = :organisation and p.subscription_id = :subscription_id and p.number > :after
order by p.number limit :limit + 1
