-- verb: begin_series
with existing as (
  select s.series_id, (customer_id, site_id, job, rule, starts_wall, left_out, added, horizon_days, technician_id, crew, via) is not distinct from
    (:customer_id::uuid, :site_id::uuid, :job::jsonb, :rule::text, :starts_wall::timestamp, :left_out::timestamp[], :added::timestamp[], :horizon_days::int, :technician_id::uuid, :crew::uuid[], :via::text) as same
  from dispatch.visit_series s where s.organisation_id = :organisation::uuid and s.series_id = :series_id::uuid),
site as (
  select zone from customers.site where organisation_id = :organisation::uuid and customer_id = :customer_id::uuid and site_id = :site_id::uuid and not exists (select from existing)),
begun as (
  insert into dispatch.visit_series (organisation_id, series_id, customer_id, site_id, asset_id, job, rule, starts_wall, left_out, added, zone, horizon_days, technician_id, crew, via, made_by, made_at)
  select :organisation::uuid, :series_id::uuid, :customer_id::uuid, :site_id::uuid, :asset_id::uuid, :job::jsonb, :rule::text, :starts_wall::timestamp, :left_out::timestamp[], :added::timestamp[], zone, :horizon_days::int,
         :technician_id::uuid, :crew::uuid[], :via::text, :actor::text, :at::timestamptz
  from site
  returning series_id, customer_id),
first_step as (
  insert into dispatch.series_step (organisation_id, series_id, step, from_state, to_state, actor, happened_at)
  select :organisation::uuid, series_id, 1, 'new', 'active', :actor::text, :at::timestamptz from begun),
happened as (
  select 'visit_series_begun' as kind, customer_id, 'visit_series' as subject_kind, series_id as subject_id,
         jsonb_build_object('rule', :rule::text, 'local_from', :starts_wall::timestamp, 'technician_id', :technician_id::uuid) as body
  from begun),
wanted as (
  select :task_id::uuid as task_id, 'continue_one_series' as kind, series_id as subject_id, '{}'::jsonb as body, :at::timestamptz as due_at from begun),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', series_id, 'state', 'active', 'open', '[]'::jsonb) as body from begun
  union all
  select case when same then 200 else 409 end, case when not same then 'ID_TAKEN' end,
         case when same then jsonb_build_object('id', series_id, 'state', 'active', 'open', '[]'::jsonb) else '{}'::jsonb end
  from existing
  union all
  select 422, 'SITE_UNKNOWN', '{}'::jsonb where not exists (select from site) and not exists (select from existing))

-- verb: step_series
-- `:to_state` is 'paused', 'active' or 'ended'. What was opened ahead stays: the answer names the jobs that aren't done, for somebody to decide.
with head as (
  select v.series_id, v.customer_id, s.step, s.to_state
  from dispatch.visit_series v
  cross join lateral (
    select step, to_state from dispatch.series_step s where s.organisation_id = v.organisation_id and s.series_id = v.series_id order by s.step desc limit 1) s
  where v.organisation_id = :organisation::uuid and v.series_id = :series_id::uuid),
judged as (
  select h.*, case when to_state || ' ' || :to_state::text not in ('active paused', 'paused active', 'active ended', 'paused ended') then 'SERIES_NOT_IN_STATE' end as code from head h),
stepped as (
  insert into dispatch.series_step (organisation_id, series_id, step, from_state, to_state, actor, happened_at)
  select :organisation::uuid, series_id, step + 1, to_state, :to_state::text, :actor::text, :at::timestamptz from judged where code is null),
open as (
  select o.starts_wall, o.job_id
  from judged g
  cross join lateral (
    select o.starts_wall, o.job_id from dispatch.occurrence o where o.organisation_id = :organisation::uuid and o.series_id = g.series_id and o.job_id is not null offset 0) o
  cross join lateral (
    select to_state from dispatch.job_step s where s.organisation_id = :organisation::uuid and s.job_id = o.job_id order by s.step desc limit 1) s
  where s.to_state in ('open', 'in_progress')),
happened as (
  select 'visit_series_' || case :to_state::text when 'active' then 'resumed' else :to_state::text end as kind, customer_id, 'visit_series' as subject_kind, series_id as subject_id,
         '{}'::jsonb as body
  from judged where code is null),
wanted as (
  select :task_id::uuid as task_id, 'continue_one_series' as kind, series_id as subject_id, '{}'::jsonb as body, :at::timestamptz as due_at
  from judged where code is null and :to_state::text = 'active'),
answer as (
  select case when code is null then 200 else 409 end as status, code,
         case when code is null then jsonb_build_object('id', series_id, 'state', :to_state::text, 'open', (
             select coalesce(jsonb_agg(jsonb_build_object('local_from', starts_wall, 'job_id', job_id) order by starts_wall), '[]'::jsonb) from open))
           else jsonb_build_object('state', to_state) end as body
  from judged)

-- verb: skip_occurrence
with head as (
  select v.series_id, v.customer_id, s.to_state, o.series_id is not null as known, o.job_id
  from dispatch.visit_series v
  cross join lateral (
    select step, to_state from dispatch.series_step s where s.organisation_id = v.organisation_id and s.series_id = v.series_id order by s.step desc limit 1) s
  left join lateral (
    select o.series_id, o.job_id from dispatch.occurrence o
    where o.organisation_id = v.organisation_id and o.series_id = v.series_id and o.starts_wall = :starts_wall::timestamp limit 1) o on true
  where v.organisation_id = :organisation::uuid and v.series_id = :series_id::uuid),
judged as (select h.*, case when job_id is not null then 'OCCURRENCE_OPENED' when not known and to_state = 'ended' then 'SERIES_NOT_IN_STATE' end as code from head h),
skipped as (
  insert into dispatch.occurrence (organisation_id, series_id, starts_wall, actor, happened_at)
  select :organisation::uuid, series_id, :starts_wall::timestamp, :actor::text, :at::timestamptz from judged where code is null and not known
  returning series_id),
happened as (
  select 'occurrence_skipped' as kind, j.customer_id, 'visit_series' as subject_kind, j.series_id as subject_id, jsonb_build_object('local_from', :starts_wall::timestamp) as body
  from judged j join skipped k on k.series_id = j.series_id),
answer as (
  select case when code is null then 200 else 409 end as status, code,
         case code when 'OCCURRENCE_OPENED' then jsonb_build_object('job_id', job_id) when 'SERIES_NOT_IN_STATE' then jsonb_build_object('state', to_state)
           else jsonb_build_object('series_id', series_id, 'local_from', :starts_wall::timestamp) end as body
  from judged)

-- verb: open_occurrence
-- Ties an occurrence to the job that this transaction has opened for it.
with series as (
  select series_id, customer_id, technician_id from dispatch.visit_series where organisation_id = :organisation::uuid and series_id = :series_id::uuid),
opened as (
  insert into dispatch.occurrence (organisation_id, series_id, starts_wall, job_id, actor, happened_at)
  select :organisation::uuid, series_id, :starts_wall::timestamp, :job_id::uuid, :actor::text, :at::timestamptz from series),
happened as (
  select 'occurrence_opened' as kind, customer_id, 'visit_series' as subject_kind, series_id as subject_id, jsonb_build_object('local_from', :starts_wall::timestamp, 'job_id', :job_id::uuid) as body from series),
wanted as (
  select :task_id::uuid as task_id, 'book_occurrence' as kind, :job_id::uuid as subject_id, '{}'::jsonb as body, :at::timestamptz as due_at from series where technician_id is not null),
answer as (select 201 as status, null::text as code, jsonb_build_object('job_id', :job_id::uuid) as body from series)

-- verb: leave_unbooked
with happened as (
  select 'occurrence_not_booked' as kind, j.customer_id, 'job' as subject_kind, j.job_id as subject_id, jsonb_build_object('code', :code::text) as body
  from dispatch.job j where j.organisation_id = :organisation::uuid and j.job_id = :job_id::uuid),
answer as (select 200 as status, null::text as code, jsonb_build_object('job_id', :job_id::uuid) as body from happened)

-- query: find_series
select v.series_id, v.customer_id, v.site_id, s.to_state, v.rule, v.starts_wall, v.left_out, v.added, v.zone, v.horizon_days, v.technician_id, v.crew, v.via, v.job, v.made_at
from dispatch.visit_series v
cross join lateral (select to_state from dispatch.series_step s where s.organisation_id = v.organisation_id and s.series_id = v.series_id order by s.step desc limit 1) s
where v.organisation_id = :organisation and v.series_id = :series_id::uuid

-- query: list_series
select v.series_id, v.customer_id, v.site_id, s.to_state, v.rule, v.starts_wall, v.left_out, v.added, v.zone, v.horizon_days, v.technician_id, v.crew, v.via, v.job, v.made_at
from dispatch.visit_series v
cross join lateral (select to_state from dispatch.series_step s where s.organisation_id = v.organisation_id and s.series_id = v.series_id order by s.step desc limit 1) s
where v.organisation_id = :organisation and v.series_id > :after and (:customer_id::uuid is null or v.customer_id = :customer_id) and (:state::text is null or s.to_state = :state)
order by v.series_id limit :limit + 1

-- query: occurrences_known
select o.starts_wall, o.job_id, s.to_state,
  (select v.visit_id from dispatch.visit v
   cross join lateral (select t.to_state from dispatch.visit_step t where t.organisation_id = v.organisation_id and t.visit_id = v.visit_id order by t.step desc limit 1) t
   where v.organisation_id = o.organisation_id and v.job_id = o.job_id and t.to_state <> 'cancelled' order by v.visit_id limit 1)
from dispatch.occurrence o
left join lateral (select s.to_state from dispatch.job_step s where s.organisation_id = o.organisation_id and s.job_id = o.job_id order by s.step desc limit 1) s on true
where o.organisation_id = :organisation and o.series_id = :series_id and o.starts_wall >= :from_wall::timestamp and o.starts_wall < :until_wall::timestamp
order by o.starts_wall

-- query: instants_of
-- By the clocks that places are booked by, whatever this program's own know of zones.
select w.wall, dispatch.instant_of(w.wall, :zone::text) from unnest(:walls::timestamp[]) as w (wall)
order by w.wall

-- query: series_of_job
select o.starts_wall, v.technician_id, v.crew, v.via
from dispatch.occurrence o join dispatch.visit_series v on v.organisation_id = o.organisation_id and v.series_id = o.series_id
where o.organisation_id = :organisation and o.job_id = :job_id::uuid
