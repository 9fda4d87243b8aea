-- verb: place_visit
-- Holds or books: `:to_state` is 'held' (until `:expires_at`) or 'booked' (and then a promise to arrive in the window).
with asked as (
  select j.job_id, j.scope_id, j.customer_id, j.site_id, j.kind, j.skills, j.crew_size, j.duration_minutes as minutes, s.latitude_e7, s.longitude_e7, s.zone,
         (select to_state from dispatch.job_step p where p.organisation_id = :organisation::uuid and p.job_id = j.job_id order by step desc limit 1) as state,
         w.starts_at, w.starts_at + make_interval(mins => j.duration_minutes) as ends_at, w.starts_at + make_interval(mins => j.arrival_minutes) as arrive_until,
         coalesce(:starts_wall::timestamp, w.starts_at at time zone s.zone) as starts_wall, :visit_id::uuid as visit_id
  from dispatch.job j
  join customers.site s on s.organisation_id = j.organisation_id and s.customer_id = j.customer_id and s.site_id = j.site_id
  cross join lateral (select coalesce(:starts_at::timestamptz, dispatch.instant_of(:starts_wall::timestamp, s.zone)) as starts_at) w
  where j.organisation_id = :organisation::uuid and j.job_id = :job_id::uuid),
hands as (select h.technician_id, h.member::int from unnest(:technician_id::uuid || :crew::uuid[]) with ordinality as h (technician_id, member)),
-- include: dispatch/judge
,
-- The same visit sent again answers what was made then.
existing as (
  select v.visit_id, (select expires_at from dispatch.occupancy o where o.organisation_id = :organisation::uuid and o.visit_id = v.visit_id and o.member = 1) as expires_at,
    (v.job_id, f.technician_id, f.crew, f.starts_at, f.to_state) is not distinct from (:job_id::uuid, :technician_id::uuid, :crew::uuid[], a.starts_at, :to_state::text) as same
  from asked a
  join dispatch.visit v on v.organisation_id = :organisation::uuid and v.visit_id = :visit_id::uuid
  join dispatch.visit_step f on f.organisation_id = :organisation::uuid and f.visit_id = v.visit_id and f.step = 1),
going as (select 1 as yes from judged where code is null and not exists (select from existing)),
-- include: dispatch/evict
,
made as (
  insert into dispatch.visit (organisation_id, visit_id, collects, crew_size, job_id, scope_id, customer_id, site_id, made_by, made_at)
  select :organisation::uuid, :visit_id::uuid, kind = 'collection', crew_size, job_id, scope_id, customer_id, site_id, :actor::text, :at::timestamptz from asked, going),
first_step as (
  insert into dispatch.visit_step (organisation_id, visit_id, collects, step, from_state, to_state, technician_id, crew, starts_at, ends_at, arrive_until, zone, starts_wall, actor, captured_at)
  select :organisation::uuid, :visit_id::uuid, kind = 'collection', 1, 'new', :to_state::text, :technician_id::uuid, :crew::uuid[], starts_at, ends_at, arrive_until, zone, starts_wall, :actor::text, :at::timestamptz
  from asked, going),
sending as (select :technician_id::uuid as technician_id, :visit_id::uuid as visit_id, 1 as step from asked, going where kind = 'collection'),
-- include: dispatch/send_to_collect
,
taken as (
  insert into dispatch.occupancy (organisation_id, occupancy_id, technician_id, kind, starts_at, ends_at, visit_id, member, crew_size, expires_at)
  select :organisation::uuid, i.id, h.technician_id, case :to_state::text when 'held' then 'hold' else 'visit' end, starts_at, ends_at, :visit_id::uuid, h.member, a.crew_size, :expires_at::timestamptz
  from asked a cross join going cross join hands h join unnest(:occupancy_ids::uuid[]) with ordinality as i (id, nth) on i.nth = h.member),
promised as (
  select :promise_id::uuid as promise_id, customer_id, 'arrive' as kind, 'visit' as subject_kind, :visit_id::uuid as subject_id, arrive_until as due_at,
         :technician_id::uuid as owner_staff_id, :via::text as via
  from asked, going where :to_state::text = 'booked'),
-- include: promises/make
,
happened as (
  select 'visit_' || :to_state::text as kind, customer_id, 'visit' as subject_kind, :visit_id::uuid as subject_id,
         jsonb_build_object('job_id', job_id, 'technician_id', :technician_id::uuid, 'crew', to_jsonb(:crew::uuid[]), 'from', starts_at, 'until', ends_at, 'arrive_until', arrive_until) as body
  from asked, going
  union all
  select 'visit_cancelled', customer_id, 'visit', visit_id, jsonb_build_object('job_id', job_id, 'reason', 'hold_expired') from lapsed
  union all
  select kind, customer_id, subject_kind, subject_id, body from promises_made_facts),
answer as (
  select case when e.visit_id is null then case when j.code is null then 201 when j.code in ('TECHNICIAN_UNKNOWN', 'CREW_NOT_WHOLE') then 422 else 409 end when e.same then 200 else 409 end as status,
         case when e.visit_id is null then j.code when not e.same then 'ID_TAKEN' end as code,
         case
           when e.same or (e.visit_id is null and j.code is null) then jsonb_build_object(
             'id', :visit_id::uuid, 'job_id', a.job_id, 'state', :to_state::text, 'technician_id', :technician_id::uuid, 'crew', to_jsonb(:crew::uuid[]), 'from', a.starts_at, 'until', a.ends_at,
             'arrive', jsonb_build_object('from', a.starts_at, 'until', a.arrive_until), 'local_from', a.starts_wall, 'zone', a.zone,
             'expires_at', case when e.visit_id is null then :expires_at::timestamptz else e.expires_at end)
           when e.visit_id is null and j.code = 'CREW_NOT_WHOLE' then jsonb_build_object('crew_size', a.crew_size)
           when e.visit_id is null and j.code in ('SLOT_TAKEN', 'OUTSIDE_SHIFT', 'NO_TIME_FOR_BREAK') then jsonb_build_object('slots', coalesce(:next_best::jsonb, '[]'))
           else '{}'::jsonb
         end as body
  from asked a cross join judged j left join existing e on true)

-- verb: book_visits
-- The answer to several bookings of one job, each of which has said what happened.
with job as (select j.job_id from dispatch.job j where j.organisation_id = :organisation::uuid and j.job_id = :job_id::uuid),
happened as (select null::text as kind, null::uuid as customer_id, null::text as subject_kind, null::uuid as subject_id, null::jsonb as body from job where false),
answer as (select 201 as status, null::text as code, jsonb_build_object('job_id', job_id, 'visits', :visits::jsonb) as body from job)

-- verb: book_hold
-- A hold that has expired but whose place nobody needed is still good.
with head as (
  select v.visit_id, v.job_id, v.customer_id, v.collects, s.step, s.to_state, s.technician_id, s.crew, s.starts_at, s.ends_at, s.arrive_until, s.zone, s.starts_wall,
         (select to_state from dispatch.job_step p where p.organisation_id = :organisation::uuid and p.job_id = v.job_id order by step desc limit 1) as job_state,
         exists (select from dispatch.occupancy o where o.organisation_id = :organisation::uuid and o.visit_id = v.visit_id and o.kind = 'hold' offset 0) as placed
  from dispatch.visit v
  cross join lateral (
    select * from dispatch.visit_step s where s.organisation_id = :organisation::uuid and s.visit_id = v.visit_id order by s.step desc limit 1) s
  where v.organisation_id = :organisation::uuid and v.visit_id = :visit_id::uuid),
judged as (
  select h.*, case
      when to_state <> 'held' or not placed then 'HOLD_GONE'
      when job_state not in ('open', 'in_progress') then 'JOB_NOT_OPEN'
      when arrive_until <= :at::timestamptz then 'SLOT_PAST'
      when h.collects and coalesce((select s.stopped from dispatch.collection_stop s where s.organisation_id = :organisation::uuid and s.technician_id = h.technician_id order by s.step desc limit 1), false) then 'CASH_LIMIT_REACHED'
      when exists (
        select from unnest(h.technician_id || h.crew) t (technician_id) cross join (select h.starts_at, h.ends_at, h.visit_id offset 0) a where
-- include: dispatch/no_time_for_break
      ) then 'NO_TIME_FOR_BREAK'
    end as code
  from head h),
going as (select * from judged where code is null),
places as (
  select o.occupancy_id from going g cross join lateral (
    select o.occupancy_id from dispatch.occupancy o where o.organisation_id = :organisation::uuid and o.visit_id = g.visit_id and o.kind = 'hold' offset 0) o),
booked as (
  update dispatch.occupancy o set kind = 'visit', expires_at = null
  where o.organisation_id = :organisation::uuid and o.occupancy_id = any (array(select occupancy_id from places))),
stepped as (
  insert into dispatch.visit_step (organisation_id, visit_id, collects, step, from_state, to_state, technician_id, crew, starts_at, ends_at, arrive_until, zone, starts_wall, actor, captured_at)
  select :organisation::uuid, visit_id, collects, step + 1, to_state, 'booked', technician_id, crew, starts_at, ends_at, arrive_until, zone, starts_wall, :actor::text, :at::timestamptz from going),
sending as (select technician_id, visit_id, step + 1 as step from going where collects),
-- include: dispatch/send_to_collect
,
promised as (
  select :promise_id::uuid as promise_id, customer_id, 'arrive' as kind, 'visit' as subject_kind, visit_id as subject_id, arrive_until as due_at, technician_id as owner_staff_id, :via::text as via
  from going),
-- include: promises/make
,
happened as (
  select 'visit_booked' as kind, customer_id, 'visit' as subject_kind, visit_id as subject_id,
         jsonb_build_object('job_id', job_id, 'technician_id', technician_id, 'crew', to_jsonb(crew), 'from', starts_at, 'until', ends_at, 'arrive_until', arrive_until) as body
  from going
  union all
  select kind, customer_id, subject_kind, subject_id, body from promises_made_facts),
answer as (
  select case when code is null then 201 else 409 end as status, code,
         case when code is null then jsonb_build_object('id', visit_id, 'job_id', job_id, 'state', 'booked', 'technician_id', technician_id, 'crew', to_jsonb(crew), 'from', starts_at, 'until', ends_at,
             'arrive', jsonb_build_object('from', starts_at, 'until', arrive_until), 'local_from', starts_wall, 'zone', zone)
           when code = 'HOLD_GONE' then jsonb_build_object('state', to_state) else '{}'::jsonb end as body
  from judged)

-- verb: move_visit
-- Another time, another technician or both. Where the time that was told stays, so does the promise, whoever comes; else the old one is released where the customer asked, and broken
-- where they didn't: we said it, and it won't be.
with head as (
  select v.visit_id, v.job_id, v.customer_id, v.site_id, v.collects, s.step, s.to_state, s.starts_at, s.arrive_until, coalesce(:crew::uuid[], s.crew) as crew
  from dispatch.visit v
  cross join lateral (
    select step, to_state, starts_at, arrive_until, crew from dispatch.visit_step s where s.organisation_id = :organisation::uuid and s.visit_id = v.visit_id order by s.step desc limit 1) s
  where v.organisation_id = :organisation::uuid and v.visit_id = :visit_id::uuid),
asked as (
  select j.job_id, j.customer_id, j.site_id, j.kind, j.skills, j.crew_size, j.duration_minutes as minutes, s.latitude_e7, s.longitude_e7, s.zone,
         (select to_state from dispatch.job_step p where p.organisation_id = :organisation::uuid and p.job_id = j.job_id order by step desc limit 1) as state,
         w.starts_at, w.starts_at + make_interval(mins => j.duration_minutes) as ends_at, w.starts_at + make_interval(mins => j.arrival_minutes) as arrive_until,
         coalesce(:starts_wall::timestamp, w.starts_at at time zone s.zone) as starts_wall, :visit_id::uuid as visit_id
  from head h
  join dispatch.job j on j.organisation_id = :organisation::uuid and j.job_id = h.job_id
  join customers.site s on s.organisation_id = j.organisation_id and s.customer_id = j.customer_id and s.site_id = j.site_id
  cross join lateral (select coalesce(:starts_at::timestamptz, dispatch.instant_of(:starts_wall::timestamp, s.zone)) as starts_at) w),
hands as (select h.technician_id, h.member::int from head cross join unnest(:technician_id::uuid || head.crew) with ordinality as h (technician_id, member)),
-- include: dispatch/judge
,
ruled as (select h.*, case when h.to_state not in ('booked', 'dispatched', 'accepted') then 'VISIT_NOT_IN_STATE' else j.code end as code from head h cross join judged j),
going as (select * from ruled where code is null),
-- include: dispatch/evict
,
placed as (
  update dispatch.occupancy o set technician_id = h.technician_id, starts_at = a.starts_at, ends_at = a.ends_at from going g, asked a, hands h
  where o.organisation_id = :organisation::uuid and o.visit_id = g.visit_id and o.member = h.member),
stepped as (
  insert into dispatch.visit_step (organisation_id, visit_id, collects, step, from_state, to_state, technician_id, crew, starts_at, ends_at, arrive_until, zone, starts_wall, reason, actor, captured_at)
  select :organisation::uuid, g.visit_id, g.collects, g.step + 1, g.to_state, 'booked', :technician_id::uuid, g.crew, a.starts_at, a.ends_at, a.arrive_until, a.zone, a.starts_wall, :reason::text, :actor::text, :at::timestamptz
  from going g, asked a),
sending as (select :technician_id::uuid as technician_id, visit_id, step + 1 as step from going where collects),
-- include: dispatch/send_to_collect
,
told_anew as (select g.visit_id, a.customer_id, a.arrive_until from going g, asked a where (a.starts_at, a.arrive_until) <> (g.starts_at, g.arrive_until)),
promise_ended as (
  select visit_id as subject_id, 'arrive' as kind, case :reason::text when 'customer_asked' then 'released' else 'broken' end as outcome, :at::timestamptz as happened_at from told_anew),
-- include: promises/settle
,
promised as (
  select :promise_id::uuid as promise_id, customer_id, 'arrive' as kind, 'visit' as subject_kind, visit_id as subject_id, arrive_until as due_at, :technician_id::uuid as owner_staff_id, :via::text as via
  from told_anew),
-- include: promises/make
,
happened as (
  select 'visit_moved' as kind, g.customer_id, 'visit' as subject_kind, g.visit_id as subject_id,
         jsonb_build_object('job_id', g.job_id, 'technician_id', :technician_id::uuid, 'crew', to_jsonb(g.crew), 'from', a.starts_at, 'until', a.ends_at, 'arrive_until', a.arrive_until, 'reason', :reason::text) as body
  from going g, asked a
  union all
  select 'visit_cancelled', customer_id, 'visit', visit_id, jsonb_build_object('job_id', job_id, 'reason', 'hold_expired') from lapsed
  union all
  select kind, customer_id, subject_kind, subject_id, body from promises_settled_facts
  union all
  select kind, customer_id, subject_kind, subject_id, body from promises_made_facts),
answer as (
  select case when r.code is null then 200 when r.code in ('TECHNICIAN_UNKNOWN', 'CREW_NOT_WHOLE') then 422 else 409 end as status, r.code,
         case when r.code is null then jsonb_build_object('id', r.visit_id, 'job_id', r.job_id, 'state', 'booked', 'technician_id', :technician_id::uuid, 'crew', to_jsonb(r.crew), 'from', a.starts_at, 'until', a.ends_at,
             'arrive', jsonb_build_object('from', a.starts_at, 'until', a.arrive_until), 'local_from', a.starts_wall, 'zone', a.zone)
           when r.code = 'CREW_NOT_WHOLE' then jsonb_build_object('crew_size', a.crew_size)
           when r.code in ('SLOT_TAKEN', 'OUTSIDE_SHIFT', 'NO_TIME_FOR_BREAK') then jsonb_build_object('slots', coalesce(:next_best::jsonb, '[]'))
           when r.code = 'VISIT_NOT_IN_STATE' then jsonb_build_object('state', r.to_state) else '{}'::jsonb end as body
  from ruled r cross join asked a)
