-- verb: read_meter
-- The same again is the same; a meter that shows less when it is given back than when it was taken in is read again. Under the account's lock.
with job as (
  select j.job_id, j.customer_id from dispatch.job j where j.organisation_id = :organisation::uuid and j.job_id = :job_id::uuid limit 1),
last as (
  select r.taken_when, r.step, r.value, r.unit from job j
  cross join (values ('intake'), ('return')) k (taken_when)
  cross join lateral (
    select r.* from dispatch.job_reading r
    where r.organisation_id = :organisation::uuid and r.job_id = j.job_id and r.taken_when = k.taken_when order by r.step desc limit 1) r),
verdict as (
  select j.*, coalesce((select l.step from last l where l.taken_when = :taken_when::text), 0) as step, case
      when exists (select from last l where l.taken_when = :taken_when::text and (l.value, l.unit) = (:value::bigint, :unit::text)) then 'KNOWN'
      when exists (select from last l where l.taken_when <> :taken_when::text and (l.unit <> :unit::text
        or case :taken_when::text when 'return' then l.value > :value::bigint else l.value < :value::bigint end)) then 'READING_GOES_BACK'
      else 'DONE' end as code
  from job j),
taken as (
  insert into dispatch.job_reading (organisation_id, job_id, taken_when, step, value, unit, read_by, read_at)
  select :organisation::uuid, job_id, :taken_when::text, step + 1, :value::bigint, :unit::text, :actor::text, :at::timestamptz from verdict where code = 'DONE'),
happened as (
  select 'meter_read' as kind, customer_id, 'job' as subject_kind, job_id as subject_id,
    jsonb_build_object('taken_when', :taken_when::text, 'value', :value::bigint, 'unit', :unit::text) as body
  from verdict where code = 'DONE'),
answer as (
  select case code when 'DONE' then 201 else 200 end as status, null::text as code,
    jsonb_build_object('job_id', job_id, 'taken_when', :taken_when::text, 'value', :value::bigint, 'unit', :unit::text) as body
  from verdict where code in ('DONE', 'KNOWN')
  union all
  select 422, code, '{}'::jsonb from verdict where code not in ('DONE', 'KNOWN'))

-- query: find_readings
select j.job_id, coalesce((
  select jsonb_agg(jsonb_build_object('taken_when', r.taken_when, 'value', r.value, 'unit', r.unit, 'read_by', r.read_by, 'read_at', r.read_at) order by r.recorded_at, r.taken_when, r.step)
  from dispatch.job_reading r where r.organisation_id = :organisation and r.job_id = j.job_id), '[]')
from dispatch.job j where j.organisation_id = :organisation and j.job_id = :job_id
