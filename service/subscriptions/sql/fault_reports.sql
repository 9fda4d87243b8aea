-- verb: report_fault
-- Noted again it is as it is.
with service as (
  select s.subscription_id, s.customer_id, s.zone from subscriptions.subscription s where s.organisation_id = :organisation and s.subscription_id = :subscription_id::uuid),
known as (
  select r.report_id, r.reported_at, r.reported_on, r.reported_at = coalesce(:told::timestamptz, r.reported_at) and not r.of_case as same
  from subscriptions.fault_report r where r.organisation_id = :organisation and r.subscription_id = :subscription_id::uuid and r.report_id = :report_id::uuid),
noted as (
  insert into subscriptions.fault_report (organisation_id, subscription_id, report_id, customer_id, reported_at, reported_on, of_case, noted_by, noted_at)
  select :organisation, subscription_id, :report_id::uuid, customer_id, :reported_at::timestamptz, (:reported_at::timestamptz at time zone zone)::date, false, :actor, :at
  from service where not exists (select from known)
  returning report_id, subscription_id, customer_id, reported_at, reported_on),
happened as (
  select 'fault_reported' as kind, customer_id, 'subscription' as subject_kind, subscription_id as subject_id, jsonb_build_object('reported_at', reported_at) as body from noted),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', report_id, 'reported_at', reported_at, 'reported_on', reported_on) as body from noted
  union all select 200, null, jsonb_build_object('id', report_id, 'reported_at', reported_at, 'reported_on', reported_on) from known where same
  union all select 409, 'ID_TAKEN', '{}'::jsonb from known where not same)

-- query: list_fault_reports
select report_id, reported_at, reported_on, of_case, noted_by, noted_at from subscriptions.fault_report
where organisation_id = :organisation and subscription_id = :subscription_id and (reported_at, report_id) > (:after_at::timestamptz, :after_id::uuid)
order by reported_at, report_id limit :limit + 1
