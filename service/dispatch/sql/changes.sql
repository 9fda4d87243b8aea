-- verb: say_late
-- Of a visit to come it is said of its arrival, of one under way of its end; then its time grows, as far as what comes next leaves room.
with head as (
  select v.visit_id, v.job_id, v.customer_id, s.to_state, s.technician_id, s.crew, s.starts_at, s.ends_at,
    case when s.to_state in ('booked', 'dispatched', 'accepted', 'en_route') then 'arrival' when s.to_state in ('on_site', 'working', 'paused') then 'end' end as about,
    (select coalesce(max(d.nth), 0) from dispatch.visit_delay d where d.organisation_id = :organisation::uuid and d.visit_id = v.visit_id) as nth
  from dispatch.visit v
  cross join lateral (
    select * from dispatch.visit_step s where s.organisation_id = v.organisation_id and s.visit_id = v.visit_id order by s.step desc limit 1) s
  where v.organisation_id = :organisation::uuid and v.visit_id = :visit_id::uuid),
judged as (
  select h.*, case about when 'arrival' then starts_at else ends_at end as planned_at, case
      when not :may_any::boolean and :me::uuid <> all (h.technician_id || h.crew) then 'NOT_YOUR_VISIT'
      when about is null then 'VISIT_NOT_IN_STATE' end as code
  from head h),
going as (select *, planned_at + make_interval(mins => :minutes::int) as not_before from judged where code is null),
said as (
  insert into dispatch.visit_delay (organisation_id, visit_id, nth, about, planned_at, minutes, reason, told_by, told_at)
  select :organisation::uuid, visit_id, nth + 1, about, planned_at, :minutes::int, :reason::text, :actor::text, :at::timestamptz from going),
growing as (select visit_id, not_before as until_at from going where about = 'end'),
-- include: dispatch/grow
,
happened as (
  select 'visit_' || case about when 'arrival' then 'late' else 'longer' end as kind, customer_id, 'visit' as subject_kind, visit_id as subject_id,
         jsonb_build_object('job_id', job_id, 'technician_id', technician_id, 'minutes', :minutes::int, 'reason', :reason::text) as body
  from going),
answer as (
  select case when j.code is null then 200 when j.code = 'NOT_YOUR_VISIT' then 403 else 409 end as status, j.code,
         case when j.code is null then jsonb_build_object('id', g.visit_id, 'about', g.about, 'not_before', g.not_before, 'booked_until', coalesce(w.ends_at, g.ends_at))
           when j.code = 'VISIT_NOT_IN_STATE' then jsonb_build_object('state', j.to_state) else '{}'::jsonb end as body
  from judged j left join going g on true left join grown w on true)

-- query: find_overruns
-- Those of the visits whose time is used up: they are few, and they alone are locked.
select o.visit_id from dispatch.occupancy o where o.organisation_id = :organisation and o.visit_id = any (:visit_ids::uuid[]) and o.member = 1 and o.ends_at <= :at::timestamptz

-- verb: grow_overruns
-- Whoever still works past the end of their time needs more of it: some minutes, as far as what comes next leaves room.
with growing as (
  select e.visit_id, :until_at::timestamptz as until_at from unnest(:visit_ids::uuid[]) e (visit_id)
  cross join lateral (
    select s.to_state from dispatch.visit_step s where s.organisation_id = :organisation::uuid and s.visit_id = e.visit_id order by s.step desc limit 1) s
  cross join lateral (
    select from dispatch.occupancy o where o.organisation_id = :organisation::uuid and o.visit_id = e.visit_id and o.member = 1 and o.ends_at <= :at::timestamptz offset 0) o
  where s.to_state in ('on_site', 'working', 'paused')),
-- include: dispatch/grow
,
happened as (
  select 'visit_runs_over' as kind, v.customer_id, 'visit' as subject_kind, g.visit_id as subject_id,
         jsonb_build_object('job_id', v.job_id, 'technician_id', g.technician_id, 'until', g.ends_at) as body
  from grown g cross join lateral (select v.customer_id, v.job_id from dispatch.visit v where v.organisation_id = :organisation::uuid and v.visit_id = g.visit_id limit 1) v),
answer as (select 200 as status, null::text as code, jsonb_build_object('visits', (select count(*) from grown)) as body)

-- verb: hand_over_visits
-- Others go there, all at once: the time that customers were told stays, and so does the promise; what had been sent out is sent out to whoever goes now. One whose time has begun begins now.
with handing as (
  select h.* from unnest(:visit_ids::uuid[], :technician_ids::uuid[], :task_ids::uuid[]) with ordinality h (visit_id, technician_id, task_id, nth)),
heads as (
  select h.nth, h.visit_id, h.technician_id, h.task_id, v.job_id, v.customer_id, v.collects, s.step, s.to_state, s.technician_id as was_technician_id, s.crew, s.starts_at as planned_at, s.ends_at as planned_until,
    s.arrive_until, s.zone, s.starts_wall, j.kind, j.skills, greatest(s.starts_at, :at::timestamptz) as starts_at, greatest(s.starts_at, :at::timestamptz) + (s.ends_at - s.starts_at) as ends_at,
    (select p.to_state from dispatch.job_step p where p.organisation_id = :organisation::uuid and p.job_id = v.job_id order by p.step desc limit 1) as state
  from handing h
  cross join lateral (select v.* from dispatch.visit v where v.organisation_id = :organisation::uuid and v.visit_id = h.visit_id limit 1) v
  cross join lateral (select j.kind, j.skills from dispatch.job j where j.organisation_id = :organisation::uuid and j.job_id = v.job_id limit 1) j
  cross join lateral (
    select * from dispatch.visit_step s where s.organisation_id = :organisation::uuid and s.visit_id = h.visit_id order by s.step desc limit 1) s),
met as (
  select a.nth, o.visit_id, o.kind = 'hold' and o.expires_at <= :at::timestamptz as lapses
  from heads a cross join lateral (
    select o.visit_id, o.kind, o.expires_at from dispatch.occupancy o
    where o.organisation_id = :organisation::uuid and o.technician_id = a.technician_id and o.ends_at > a.starts_at and o.starts_at < a.ends_at and o.visit_id is distinct from a.visit_id offset 0) o
  where o.visit_id is null or o.visit_id <> all (:visit_ids::uuid[])),
ruled as (
  select a.*,
-- include: dispatch/why_not
    as ruling
  from heads a left join lateral (
    select * from dispatch.technician t where t.organisation_id = :organisation::uuid and t.technician_id = a.technician_id limit 1) t on true),
-- What is handed on itself makes room; whether everybody's break still has some is looked at once all stands.
judged as (
  select r.*, case
      when to_state not in ('booked', 'dispatched', 'accepted') then 'VISIT_NOT_IN_STATE'
      when technician_id = was_technician_id then 'GOES_THERE_ALREADY'
      when technician_id = any (crew) then 'CREW_NOT_WHOLE'
      when ruling = 'SLOT_TAKEN' and not exists (select from met m where m.nth = r.nth and not m.lapses) or ruling = 'NO_TIME_FOR_BREAK' then null
      else ruling end as code
  from ruled r),
going as (select * from judged where not exists (select from judged where code is not null) and (select count(*) from heads) = cardinality(:visit_ids::uuid[])),
expired as (select distinct m.visit_id from met m join going g using (nth) where m.lapses),
-- include: dispatch/lapse
,
placed as (
  update dispatch.occupancy o set technician_id = case o.member when 1 then g.technician_id else o.technician_id end, starts_at = g.starts_at, ends_at = g.ends_at from going g
  where o.organisation_id = :organisation::uuid and o.visit_id = any (:visit_ids::uuid[]) and o.visit_id = g.visit_id),
steps as (
  select g.*, g.step + 1 as new_step, g.to_state as from_state, 'booked' as next from going g
  union all
  select g.*, g.step + 2, 'booked', 'dispatched' from going g where g.to_state in ('dispatched', 'accepted')),
stepped as (
  insert into dispatch.visit_step (organisation_id, visit_id, collects, step, from_state, to_state, technician_id, crew, starts_at, ends_at, arrive_until, zone, starts_wall, reason, actor, captured_at)
  select :organisation::uuid, visit_id, collects, new_step, from_state, next, technician_id, crew, planned_at, planned_until, arrive_until, zone, starts_wall, :reason::text, :actor::text, :at::timestamptz from steps),
sending as (select technician_id, visit_id, new_step as step from steps where collects),
-- include: dispatch/send_to_collect
,
happened as (
  select 'visit_handed_over' as kind, customer_id, 'visit' as subject_kind, visit_id as subject_id,
         jsonb_build_object('job_id', job_id, 'technician_id', technician_id, 'was_technician_id', was_technician_id, 'crew', to_jsonb(crew), 'from', starts_at, 'until', ends_at, 'arrive_until', arrive_until,
           'reason', :reason::text) as body
  from going
  union all
  select 'visit_dispatched', customer_id, 'visit', visit_id, jsonb_build_object('job_id', job_id, 'technician_id', technician_id, 'captured_at', :at::timestamptz) from steps where next = 'dispatched'
  union all
  select 'visit_cancelled', customer_id, 'visit', visit_id, jsonb_build_object('job_id', job_id, 'reason', 'hold_expired') from lapsed),
-- Customers hear who comes instead; of another day, whoever it is may change again.
wanted as (
  select task_id, 'send_notice' as kind, visit_id as subject_id, :at::timestamptz as due_at,
         jsonb_build_object('notice', 'visit_handed_over', 'customer_id', customer_id, 'technician_id', technician_id, 'at', :at::timestamptz) as body
  from going where starts_at < :at::timestamptz + interval '1 day'),
refused as (select * from judged where code is not null order by nth limit 1),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('visits', (
    select jsonb_agg(jsonb_build_object('id', visit_id, 'technician_id', technician_id, 'state', case to_state when 'booked' then 'booked' else 'dispatched' end,
      'step', step + case to_state when 'booked' then 1 else 2 end) order by nth) from going)) as body
  where exists (select from going)
  union all
  select case when code in ('TECHNICIAN_UNKNOWN', 'CREW_NOT_WHOLE') then 422 else 409 end, code,
         jsonb_build_object('visits', (select jsonb_agg(jsonb_build_object('id', visit_id, 'technician_id', technician_id, 'code', code) order by nth) from judged where code is not null))
  from refused where (select count(*) from heads) = cardinality(:visit_ids::uuid[]))

-- query: find_breaks_taken
-- Those of the visits, as they stand, that leave no room for the rest of whoever leads them.
select a.visit_id, a.technician_id
from (
  select o.visit_id, o.technician_id, o.starts_at, o.ends_at from dispatch.occupancy o
  where o.organisation_id = :organisation::uuid and o.visit_id = any (:visit_ids::uuid[]) and o.member = 1 offset 0) a
cross join lateral (select a.technician_id) t
where
-- include: dispatch/no_time_for_break
order by a.starts_at, a.visit_id

-- query: find_going
-- Who goes to those visits.
select distinct o.technician_id from dispatch.occupancy o where o.organisation_id = :organisation and o.visit_id = any (:visit_ids::uuid[])

-- query: find_rest_of_day
-- What somebody leads of a day and nobody has set out for, and of each of the others, or of those named, what a hand-over to them would be refused for; else how far they are at their nearest that day.
with who as (
  select t.technician_id, t.zone, d.on_day, dispatch.instant_of(d.on_day::timestamp, t.zone) as from_at, dispatch.instant_of((d.on_day + 1)::timestamp, t.zone) as until_at
  from dispatch.technician t
  cross join lateral (select coalesce(:on_day::date, (:at::timestamptz at time zone t.zone)::date) as on_day) d
  where t.organisation_id = :organisation and t.technician_id = :technician_id),
rest as materialized (
  select v.visit_id, v.job_id, v.customer_id, c.name, s.to_state, s.crew, s.starts_at as planned_at, s.ends_at as planned_until, s.arrive_until, s.zone, j.kind, j.skills, p.latitude_e7, p.longitude_e7,
    greatest(s.starts_at, :at::timestamptz) as starts_at, greatest(s.starts_at, :at::timestamptz) + (s.ends_at - s.starts_at) as ends_at,
    (select k.to_state from dispatch.job_step k where k.organisation_id = v.organisation_id and k.job_id = v.job_id order by k.step desc limit 1) as state
  from who w
  cross join lateral (
    select o.visit_id from dispatch.occupancy o where o.organisation_id = :organisation and o.technician_id = w.technician_id and o.during && tstzrange(w.from_at, w.until_at)
      and o.kind = 'visit' and o.member = 1 offset 0) o
  cross join lateral (select * from dispatch.visit v where v.organisation_id = :organisation and v.visit_id = o.visit_id limit 1) v
  cross join lateral (select j.kind, j.skills from dispatch.job j where j.organisation_id = v.organisation_id and j.job_id = v.job_id limit 1) j
  cross join lateral (select c.name from customers.customer c where c.organisation_id = v.organisation_id and c.customer_id = v.customer_id limit 1) c
  cross join lateral (
    select p.latitude_e7, p.longitude_e7 from customers.site p where p.organisation_id = v.organisation_id and p.customer_id = v.customer_id and p.site_id = v.site_id limit 1) p
  cross join lateral (
    select * from dispatch.visit_step s where s.organisation_id = v.organisation_id and s.visit_id = v.visit_id order by s.step desc limit 1) s
  where s.to_state in ('booked', 'dispatched', 'accepted')),
others as materialized (
  select t.*, f.name from dispatch.technician t
  join identity.staff f on f.organisation_id = t.organisation_id and f.staff_id = t.technician_id and f.active
  where t.organisation_id = :organisation and t.active and t.technician_id <> :technician_id and (:others::uuid[] is null or t.technician_id = any (:others))),
places as materialized (
  select t.technician_id, t.home_latitude_e7 as latitude_e7, t.home_longitude_e7 as longitude_e7 from others t
  union all
  select t.technician_id, p.latitude_e7, p.longitude_e7
  from who w cross join others t
  cross join lateral (
    select o.visit_id from dispatch.occupancy o where o.organisation_id = t.organisation_id and o.technician_id = t.technician_id and o.during && tstzrange(w.from_at, w.until_at)
      and o.visit_id is not null offset 0) o
  cross join lateral (select v.customer_id, v.site_id from dispatch.visit v where v.organisation_id = t.organisation_id and v.visit_id = o.visit_id limit 1) v
  cross join lateral (
    select p.latitude_e7, p.longitude_e7 from customers.site p where p.organisation_id = t.organisation_id and p.customer_id = v.customer_id and p.site_id = v.site_id limit 1) p),
hands as (
  select a.visit_id, t.technician_id, t.name, case when t.technician_id = any (a.crew) then 'CREW_NOT_WHOLE' else
-- include: dispatch/why_not
    end as code,
    (select round(min(dispatch.metres(n.latitude_e7, n.longitude_e7, a.latitude_e7, a.longitude_e7)))::int from places n where n.technician_id = t.technician_id) as metres
  from rest a cross join others t),
visits as (
  select a.planned_at, a.visit_id, jsonb_build_object('visit_id', a.visit_id, 'customer_id', a.customer_id, 'customer_name', a.name, 'state', a.to_state, 'from', a.planned_at, 'until', a.planned_until,
    'arrive', jsonb_build_object('from', a.planned_at, 'until', a.arrive_until), 'zone', a.zone, 'hands', (
      select coalesce(jsonb_agg(jsonb_build_object('technician_id', h.technician_id, 'name', h.name, 'code', h.code, 'metres', h.metres)
        order by h.code is not null, h.metres nulls last, h.name, h.technician_id), '[]'::jsonb) from hands h where h.visit_id = a.visit_id)) as visit
  from rest a)
select w.technician_id, (select f.name from identity.staff f where f.organisation_id = :organisation and f.staff_id = w.technician_id), w.on_day,
  (select coalesce(jsonb_agg(v.visit order by v.planned_at, v.visit_id), '[]'::jsonb) from visits v)
from who w
