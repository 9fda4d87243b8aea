-- verb: ask_plan
with existing as (
  select plan_id, (kind, from_at, until_at, job_ids, absent, budget_seconds, budget_iterations, seed, fairness_percent) is not distinct from
    (:kind::text, :from_at::timestamptz, :until_at::timestamptz, :job_ids::uuid[], :absent::uuid[], :budget_seconds::int, :budget_iterations::int, :seed::int, :fairness_percent::int) as same
  from dispatch.plan where organisation_id = :organisation::uuid and plan_id = :plan_id::uuid),
judged as (
  select case
      when exists (
        select from unnest(:job_ids::uuid[]) n (job_id) where not exists (
          select from dispatch.job j where j.organisation_id = :organisation::uuid and j.job_id = n.job_id offset 0)) then 'JOB_UNKNOWN'
      when exists (
        select from unnest(:absent::uuid[]) n (technician_id) where not exists (
          select from dispatch.technician t where t.organisation_id = :organisation::uuid and t.technician_id = n.technician_id offset 0)) then 'TECHNICIAN_UNKNOWN' end as code
  where not exists (select from existing)),
asked as (
  insert into dispatch.plan (organisation_id, plan_id, kind, from_at, until_at, job_ids, absent, budget_seconds, budget_iterations, seed, fairness_percent, asked_by, asked_at)
  select :organisation::uuid, :plan_id::uuid, :kind::text, :from_at::timestamptz, :until_at::timestamptz, :job_ids::uuid[], :absent::uuid[],
         :budget_seconds::int, :budget_iterations::int, :seed::int, :fairness_percent::int, :actor::text, :at::timestamptz
  from judged where code is null
  returning plan_id),
first_step as (
  insert into dispatch.plan_step (organisation_id, plan_id, step, from_state, to_state, actor, happened_at)
  select :organisation::uuid, plan_id, 1, 'new', 'asked', :actor::text, :at::timestamptz from asked),
wanted as (
  select :task_id::uuid as task_id, :task_kind::text as kind, :organisation::uuid as subject_id, :at::timestamptz as due_at, jsonb_build_object('plan_id', plan_id) as body from asked),
happened as (
  select 'day_plan_asked' as kind, null::uuid as customer_id, 'day_plan' as subject_kind, plan_id as subject_id,
         jsonb_build_object('kind', :kind::text, 'from', :from_at::timestamptz, 'until', :until_at::timestamptz) as body
  from asked),
answer as (
  select 202 as status, null::text as code, jsonb_build_object('id', plan_id, 'state', 'asked') as body from asked
  union all
  select case when same then 200 else 409 end, case when not same then 'ID_TAKEN' end, case when same then jsonb_build_object('id', plan_id, 'state', 'asked') else '{}'::jsonb end from existing
  union all
  select 422, code, '{}'::jsonb from judged where code is not null)

-- verb: step_plan
-- One step of a chain: begun, so far, failed, cancelled. Where the plan stands elsewhere nothing is written, and the answer says where.
with head as (
  select p.plan_id, s.step, s.to_state from dispatch.plan p
  cross join lateral (select s.step, s.to_state from dispatch.plan_step s where s.organisation_id = :organisation::uuid and s.plan_id = p.plan_id order by s.step desc limit 1) s
  where p.organisation_id = :organisation::uuid and p.plan_id = :plan_id::uuid),
going as (select * from head where to_state = any (:from_states::text[])),
stepped as (
  insert into dispatch.plan_step (organisation_id, plan_id, step, from_state, to_state, percent, reason, actor, happened_at)
  select :organisation::uuid, plan_id, step + 1, to_state, :to_state::text, :percent::int, :reason::text, :actor::text, :at::timestamptz from going),
happened as (
  select 'day_plan_' || :to_state::text as kind, null::uuid as customer_id, 'day_plan' as subject_kind, plan_id as subject_id, jsonb_build_object('reason', :reason::text) as body
  from going where :to_state::text in ('withdrawn', 'failed')),
answer as (
  select case when g.plan_id is not null or not :must::boolean then 200 else 409 end as status, case when g.plan_id is null and :must::boolean then 'PLAN_NOT_IN_STATE' end as code,
         jsonb_build_object('id', h.plan_id, 'state', case when g.plan_id is not null then :to_state::text else h.to_state end) as body
  from head h left join going g on true)

-- verb: propose_plan
with head as (
  select p.plan_id, s.step, s.to_state from dispatch.plan p
  cross join lateral (select s.step, s.to_state from dispatch.plan_step s where s.organisation_id = :organisation::uuid and s.plan_id = p.plan_id order by s.step desc limit 1) s
  where p.organisation_id = :organisation::uuid and p.plan_id = :plan_id::uuid),
going as (select * from head where to_state = 'computing'),
stepped as (
  insert into dispatch.plan_step (organisation_id, plan_id, step, from_state, to_state, actor, happened_at)
  select :organisation::uuid, plan_id, step + 1, to_state, 'proposed', :actor::text, :at::timestamptz from going),
found as (
  insert into dispatch.plan_found (organisation_id, plan_id, step, read_at, travel_seconds_now, travel_seconds, points_left_out, overtime_seconds, iterations, cpu_milliseconds)
  select :organisation::uuid, plan_id, step + 1, :read_at::timestamptz, :travel_seconds_now::int, :travel_seconds::int, :points_left_out::bigint, :overtime_seconds::int, :iterations::int, :cpu_milliseconds::int from going),
technicians as (
  insert into dispatch.plan_technician (organisation_id, plan_id, technician_id, stood, changes)
  select :organisation::uuid, plan_id, t.technician_id, decode(t.stood, 'hex'), t.changes
  from going cross join jsonb_to_recordset(:technicians::jsonb) as t (technician_id uuid, stood text, changes boolean)),
stops as (
  insert into dispatch.plan_stop (organisation_id, plan_id, visit_id, technician_id, nth, job_id, customer_id, starts_at, ends_at, arrive_until, fixed, travel_seconds, travel_estimated,
    change, was_technician_id, was_starts_at, breaks_promise, job_steps, occupancy_id, crew, crew_occupancy_ids, promise_id)
  select :organisation::uuid, plan_id, s.visit_id, s.technician_id, s.nth, s.job_id, s.customer_id, s.starts_at, s.ends_at, s.arrive_until, s.fixed, s.travel_seconds, s.travel_estimated,
         s.change, s.was_technician_id, s.was_starts_at, s.breaks_promise, s.job_steps, s.occupancy_id, s.crew, s.crew_occupancy_ids, s.promise_id
  from going cross join jsonb_to_recordset(:stops::jsonb) as s (visit_id uuid, technician_id uuid, nth int, job_id uuid, customer_id uuid, starts_at timestamptz, ends_at timestamptz,
    arrive_until timestamptz, fixed boolean, travel_seconds int, travel_estimated boolean, change text, was_technician_id uuid, was_starts_at timestamptz, breaks_promise boolean, job_steps int,
    occupancy_id uuid, crew uuid[], crew_occupancy_ids uuid[], promise_id uuid)),
breaks as (
  insert into dispatch.plan_break (organisation_id, plan_id, technician_id, starts_at, ends_at, occupancy_id, stands)
  select :organisation::uuid, plan_id, b.technician_id, b.starts_at, b.ends_at, b.occupancy_id, b.stands
  from going cross join jsonb_to_recordset(:breaks::jsonb) as b (technician_id uuid, starts_at timestamptz, ends_at timestamptz, occupancy_id uuid, stands boolean)),
left_out as (
  insert into dispatch.plan_left_out (organisation_id, plan_id, job_id, visit_id, reason, points)
  select :organisation::uuid, plan_id, l.job_id, l.visit_id, l.reason, l.points
  from going cross join jsonb_to_recordset(:left_out::jsonb) as l (job_id uuid, visit_id uuid, reason text, points bigint)),
happened as (
  select 'day_plan_proposed' as kind, null::uuid as customer_id, 'day_plan' as subject_kind, plan_id as subject_id, jsonb_build_object('left_out', jsonb_array_length(:left_out::jsonb)) as body from going),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('id', h.plan_id, 'state', case when g.plan_id is not null then 'proposed' else h.to_state end) as body
  from head h left join going g on true)

-- verb: publish_plan
-- All that the plan changes, by the same steps as booking and moving, or nothing: where the days no longer stand as they were read, that is written down instead.
with head as (
  select p.plan_id, p.from_at, p.until_at, s.step, s.to_state, f.read_at
  from dispatch.plan p
  cross join lateral (select s.step, s.to_state from dispatch.plan_step s where s.organisation_id = :organisation::uuid and s.plan_id = p.plan_id order by s.step desc limit 1) s
  left join dispatch.plan_found f on f.organisation_id = :organisation::uuid and f.plan_id = p.plan_id
  where p.organisation_id = :organisation::uuid and p.plan_id = :plan_id::uuid),
days as (
  select t.technician_id, t.stood from head h
  cross join lateral (
    select t.technician_id, t.stood from dispatch.plan_technician t where t.organisation_id = :organisation::uuid and t.plan_id = h.plan_id and t.changes offset 0) t),
changes as (
  select c.*, j.kind = 'collection' as collects, j.scope_id, p.zone, j.site_id
  from head h
  cross join lateral (
    select c.* from dispatch.plan_stop c where c.organisation_id = :organisation::uuid and c.plan_id = h.plan_id and c.change is not null offset 0) c
  cross join lateral (select j.* from dispatch.job j where j.organisation_id = :organisation::uuid and j.job_id = c.job_id limit 1) j
  cross join lateral (
    select p.zone from customers.site p where p.organisation_id = :organisation::uuid and p.customer_id = j.customer_id and p.site_id = j.site_id limit 1) p),
looked_at as (select d.technician_id, h.from_at, h.until_at, h.read_at from days d cross join head h),
-- include: dispatch/stands
,
moved_underneath as (
  select d.technician_id as id from days d join stands s on s.technician_id = d.technician_id where s.stood <> d.stood
  union all
  select j.job_id from (select distinct job_id, job_steps from changes) j where j.job_steps <>
-- include: dispatch/job_steps
  union all
  select c.visit_id from changes c where c.starts_at < :at::timestamptz),
judged as (
  select h.*, case
      when to_state <> 'proposed' then 'PLAN_NOT_IN_STATE'
      when exists (select from moved_underneath) then 'PLAN_OUTDATED'
      when not :break_promises::boolean and exists (select from changes where breaks_promise) then 'PROMISES_WOULD_BREAK' end as code
  from head h),
going as (select * from judged where code is null),
stepped as (
  insert into dispatch.plan_step (organisation_id, plan_id, step, from_state, to_state, actor, happened_at)
  select :organisation::uuid, plan_id, step + 1, to_state, case when code is null then 'published' else 'outdated' end, :actor::text, :at::timestamptz
  from judged where code is null or code = 'PLAN_OUTDATED'),
expired as (
  select distinct o.visit_id
  from going cross join changes c cross join unnest(c.technician_id || c.crew) as h (technician_id)
  cross join lateral (
    select o.visit_id from dispatch.occupancy o
    where o.organisation_id = :organisation::uuid and o.technician_id = h.technician_id and o.kind = 'hold' and o.expires_at <= :at::timestamptz
      and o.starts_at < c.ends_at and o.ends_at > c.starts_at offset 0) o),
-- include: dispatch/lapse
,
made as (
  insert into dispatch.visit (organisation_id, visit_id, collects, crew_size, job_id, scope_id, customer_id, site_id, made_by, made_at)
  select :organisation::uuid, c.visit_id, c.collects, 1 + cardinality(c.crew), c.job_id, c.scope_id, c.customer_id, c.site_id, :actor::text, :at::timestamptz from going cross join changes c where c.change = 'added'),
steps as (
  select c.visit_id, c.collects, coalesce(s.step, 0) + 1 as step, coalesce(s.to_state, 'new') as from_state, c.technician_id, c.crew, c.starts_at, c.ends_at, c.arrive_until, c.zone,
         c.starts_at at time zone c.zone as starts_wall
  from going cross join changes c
  left join lateral (
    select s.step, s.to_state from dispatch.visit_step s where s.organisation_id = :organisation::uuid and s.visit_id = c.visit_id order by s.step desc limit 1) s on true),
visits_stepped as (
  insert into dispatch.visit_step (organisation_id, visit_id, collects, step, from_state, to_state, technician_id, crew, starts_at, ends_at, arrive_until, zone, starts_wall, reason, actor, captured_at)
  select :organisation::uuid, visit_id, collects, step, from_state, 'booked', technician_id, crew, starts_at, ends_at, arrive_until, zone, starts_wall,
         case when step > 1 then 'planned_anew' end, :actor::text, :at::timestamptz from steps),
sending as (select technician_id, visit_id, step from steps where collects),
-- include: dispatch/send_to_collect
,
taken as (
  insert into dispatch.occupancy (organisation_id, occupancy_id, technician_id, kind, starts_at, ends_at, visit_id, member, crew_size)
  select :organisation::uuid, h.occupancy_id, h.technician_id, 'visit', c.starts_at, c.ends_at, c.visit_id, h.member::int, 1 + cardinality(c.crew)
  from going cross join changes c cross join unnest(c.technician_id || c.crew, c.occupancy_id || c.crew_occupancy_ids) with ordinality as h (technician_id, occupancy_id, member)
  where c.change = 'added'),
placed as (
  update dispatch.occupancy o set technician_id = c.technician_id, starts_at = c.starts_at, ends_at = c.ends_at
  from going cross join changes c
  where c.change <> 'added' and o.organisation_id = :organisation::uuid and o.visit_id = c.visit_id and o.member = 1),
breaks as (
  select b.* from going cross join dispatch.plan_break b where b.organisation_id = :organisation::uuid and b.plan_id = :plan_id::uuid),
rested as (
  insert into dispatch.occupancy (organisation_id, occupancy_id, technician_id, kind, starts_at, ends_at)
  select :organisation::uuid, occupancy_id, technician_id, 'break', starts_at, ends_at from breaks where not stands),
rest_moved as (
  update dispatch.occupancy o set starts_at = b.starts_at, ends_at = b.ends_at
  from breaks b where b.stands and o.organisation_id = :organisation::uuid and o.occupancy_id = b.occupancy_id),
promise_ended as (
  select c.visit_id as subject_id, 'arrive' as kind, 'broken' as outcome, :at::timestamptz as happened_at from going cross join changes c where c.breaks_promise and c.change <> 'added'),
-- include: promises/settle
,
promised as (
  select c.promise_id, c.customer_id, 'arrive' as kind, 'visit' as subject_kind, c.visit_id as subject_id, c.arrive_until as due_at, c.technician_id as owner_staff_id, :via::text as via
  from going cross join changes c where c.promise_id is not null),
-- include: promises/make
,
happened as (
  select case c.change when 'added' then 'visit_booked' else 'visit_moved' end as kind, c.customer_id, 'visit' as subject_kind, c.visit_id as subject_id,
         jsonb_build_object('job_id', c.job_id, 'technician_id', c.technician_id, 'crew', to_jsonb(c.crew), 'from', c.starts_at, 'until', c.ends_at, 'arrive_until', c.arrive_until)
         || case c.change when 'added' then '{}'::jsonb else '{"reason": "planned_anew"}'::jsonb end as body
  from going cross join changes c
  union all
  select 'visit_cancelled', customer_id, 'visit', visit_id, jsonb_build_object('job_id', job_id, 'reason', 'hold_expired') from lapsed
  union all
  select kind, customer_id, subject_kind, subject_id, body from promises_settled_facts
  union all
  select kind, customer_id, subject_kind, subject_id, body from promises_made_facts
  union all
  select case when code is null then 'day_plan_published' else 'day_plan_outdated' end, null, 'day_plan', plan_id,
         jsonb_build_object('added', (select count(*) from changes where change = 'added'), 'moved', (select count(*) from changes where change <> 'added'),
           'promises_broken', (select count(*) from changes where breaks_promise))
  from judged where code is null or code = 'PLAN_OUTDATED'),
answer as (
  select case when code is null then 200 else 409 end as status, code,
         case
           when code is null then jsonb_build_object('id', plan_id, 'state', 'published', 'added', (select count(*) from changes where change = 'added'),
             'moved', (select count(*) from changes where change <> 'added'), 'promises_broken', (select count(*) from changes where breaks_promise))
           when code = 'PLAN_NOT_IN_STATE' then jsonb_build_object('state', to_state)
           when code = 'PLAN_OUTDATED' then jsonb_build_object('moved', (select jsonb_agg(distinct id) from moved_underneath))
           else jsonb_build_object('visits', (select jsonb_agg(jsonb_build_object('id', visit_id, 'customer_id', customer_id, 'was', was_starts_at, 'from', starts_at) order by starts_at) from changes where breaks_promise)) end as body
  from judged)

-- query: find_plan
select p.plan_id, p.kind, s.to_state, s.percent, s.reason, p.from_at, p.until_at, p.job_ids, p.absent, p.budget_seconds, p.budget_iterations, p.seed, p.fairness_percent, p.asked_by, p.asked_at,
  (select jsonb_build_object('read_at', f.read_at, 'travel_seconds_now', f.travel_seconds_now, 'travel_seconds', f.travel_seconds, 'points_left_out', f.points_left_out, 'overtime_seconds', f.overtime_seconds,
     'iterations', f.iterations, 'cpu_milliseconds', f.cpu_milliseconds)
   from dispatch.plan_found f where f.organisation_id = p.organisation_id and f.plan_id = p.plan_id),
  (select coalesce(jsonb_agg(jsonb_build_object('visit_id', c.visit_id, 'job_id', c.job_id, 'customer_id', c.customer_id, 'technician_id', c.technician_id, 'crew', to_jsonb(c.crew), 'from', c.starts_at, 'until', c.ends_at,
     'arrive', jsonb_build_object('from', c.starts_at, 'until', c.arrive_until), 'fixed', c.fixed, 'travel_seconds', c.travel_seconds, 'travel_estimated', c.travel_estimated,
     'change', c.change, 'was', case when c.was_starts_at is not null then jsonb_build_object('technician_id', c.was_technician_id, 'from', c.was_starts_at) end,
     'breaks_promise', c.breaks_promise) order by c.technician_id, c.nth), '[]'::jsonb)
   from dispatch.plan_stop c where c.organisation_id = p.organisation_id and c.plan_id = p.plan_id),
  (select coalesce(jsonb_agg(jsonb_build_object('technician_id', b.technician_id, 'from', b.starts_at, 'until', b.ends_at) order by b.technician_id, b.starts_at), '[]'::jsonb)
   from dispatch.plan_break b where b.organisation_id = p.organisation_id and b.plan_id = p.plan_id),
  (select coalesce(jsonb_agg(jsonb_build_object('job_id', l.job_id, 'visit_id', l.visit_id, 'reason', l.reason, 'points', l.points) order by l.points desc, l.subject_id), '[]'::jsonb)
   from dispatch.plan_left_out l where l.organisation_id = p.organisation_id and l.plan_id = p.plan_id)
from dispatch.plan p
cross join lateral (select s.to_state, s.percent, s.reason from dispatch.plan_step s where s.organisation_id = p.organisation_id and s.plan_id = p.plan_id order by s.step desc limit 1) s
where p.organisation_id = :organisation and p.plan_id = :plan_id

-- query: list_plans
select p.plan_id, p.kind, s.to_state, p.from_at, p.until_at, p.asked_by, p.asked_at
from dispatch.plan p
cross join lateral (select s.to_state from dispatch.plan_step s where s.organisation_id = p.organisation_id and s.plan_id = p.plan_id order by s.step desc limit 1) s
where p.organisation_id = :organisation and p.plan_id < :before
order by p.plan_id desc limit :limit + 1
