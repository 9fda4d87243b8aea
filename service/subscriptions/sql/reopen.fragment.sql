-- In: reopened (invoice_id) = invoices that this statement makes open again, :organisation, :actor, :at, :payment_id. Out: periods_reopened. Service stays
-- as it is: the lapse's own rule and grace decide later, and the renewal call is due again by itself. Needs the account's lock.
reopened_periods as (
  select p.subscription_id, p.number, p.until_on, last.step
  from subscriptions.period p
  cross join lateral (
    select t.step from subscriptions.paid_period t
    where t.organisation_id = p.organisation_id and t.subscription_id = p.subscription_id and t.number = p.number order by t.step desc limit 1) last
  where p.organisation_id = :organisation and p.invoice_id in (select r.invoice_id from reopened r) and last.step % 2 = 1),
no_longer_paid as (
  insert into subscriptions.paid_period (organisation_id, subscription_id, number, step, until_on, payment_id, happened_at, actor)
  select :organisation, subscription_id, number, step + 1, until_on, :payment_id::uuid, :at, :actor from reopened_periods
  returning subscription_id, number, step),
first_reopened as (
  select distinct on (subscription_id) subscription_id, number, step from no_longer_paid order by subscription_id, number),
subscriptions_reopened as (
  insert into subscriptions.subscription_step (organisation_id, subscription_id, step, kind, begins_on, grace_days, zone, from_state, to_state,
    reasons_before, reasons_after, paid_number_before, paid_number, paid_step, paid_until_on, reopened_step, happened_at, actor)
  select :organisation, h.subscription_id, h.step + 1, 'reopen', h.begins_on, h.grace_days, h.zone, h.to_state, h.to_state, h.reasons_after, h.reasons_after,
    h.paid_number, f.number - 1, coalesce(before.step, 0), coalesce(before.until_on, h.begins_on), f.step, :at, :actor
  from first_reopened f
  cross join lateral (
    select t.* from subscriptions.subscription_step t
    where t.organisation_id = :organisation and t.subscription_id = f.subscription_id order by t.step desc limit 1) h
  left join lateral (
    select t.step, t.until_on from subscriptions.paid_period t
    where t.organisation_id = :organisation and t.subscription_id = f.subscription_id and t.number = f.number - 1 order by t.step desc limit 1) before on true
  where h.paid_number >= f.number
  returning subscription_id, to_state, paid_until_on),
periods_reopened as (
  select r.subscription_id, s.customer_id, r.to_state as state, r.paid_until_on - 1 as paid_through_on
  from subscriptions_reopened r join subscriptions.subscription s on s.organisation_id = :organisation and s.subscription_id = r.subscription_id)
