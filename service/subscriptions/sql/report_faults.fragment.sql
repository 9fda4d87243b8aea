-- In: faults_told (case_id, customer_id, site_id, reported_at), what a customer told in a case of something that doesn't work; without a site, anywhere. Each of their services there that
-- hasn't ended is reported by it, once.
faults_reported as (
  insert into subscriptions.fault_report (organisation_id, subscription_id, report_id, customer_id, reported_at, reported_on, of_case, noted_by, noted_at)
  select :organisation::uuid, s.subscription_id, f.case_id, s.customer_id, f.reported_at, (f.reported_at at time zone s.zone)::date, true, :actor::text, :at::timestamptz
  from faults_told f
  join subscriptions.subscription s on s.organisation_id = :organisation::uuid and s.customer_id = f.customer_id and s.site_id = coalesce(f.site_id, s.site_id)
  cross join lateral (
    select t.to_state from subscriptions.subscription_step t
    where t.organisation_id = :organisation::uuid and t.subscription_id = s.subscription_id order by t.step desc limit 1) t
  where t.to_state <> 'ended'
  on conflict on constraint one_fault_report_an_id do nothing)
