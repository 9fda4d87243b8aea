-- query: board_day
select o.zone, d.on_day, dispatch.instant_of(d.on_day::timestamp, o.zone), dispatch.instant_of((d.on_day + 1)::timestamp, o.zone)
from identity.organisation o
cross join lateral (select coalesce(:on_day::date, (:at::timestamptz at time zone o.zone)::date) as on_day) d
where o.organisation_id = :organisation

-- query: board_technicians
-- Whoever is at work, and whoever isn't any more but still has something in that day.
select t.technician_id, f.name, t.zone, t.active and f.active, t.home_latitude_e7, t.home_longitude_e7,
  (select coalesce(jsonb_agg(jsonb_build_object('from', h.starts_at, 'until', h.ends_at) order by h.starts_at), '[]'::jsonb)
   from dispatch.shift h where h.organisation_id = t.organisation_id and h.technician_id = t.technician_id and h.during && tstzrange(:from_at::timestamptz, :until_at::timestamptz)),
  (select coalesce(jsonb_agg(jsonb_build_object('kind', o.kind, 'from', o.starts_at, 'until', o.ends_at, 'reason', o.reason) order by o.starts_at), '[]'::jsonb)
   from dispatch.occupancy o where o.organisation_id = t.organisation_id and o.technician_id = t.technician_id and o.during && tstzrange(:from_at::timestamptz, :until_at::timestamptz)
     and o.visit_id is null),
  (select jsonb_build_object('latitude_e7', p.latitude_e7, 'longitude_e7', p.longitude_e7, 'accuracy_metres', p.accuracy_metres, 'measured_at', p.measured_at,
     'seconds_ago', greatest(0, floor(extract(epoch from :at::timestamptz - p.measured_at)))::int)
   from dispatch.position p where p.organisation_id = t.organisation_id and p.technician_id = t.technician_id and p.measured_at >= :from_at::timestamptz - interval '1 day'
     and :at::timestamptz >= :from_at::timestamptz and :at::timestamptz < :until_at::timestamptz and p.shift_starts_at <= :at::timestamptz and p.shift_ends_at > :at::timestamptz order by p.measured_at desc limit 1)
from dispatch.technician t
join identity.staff f on f.organisation_id = t.organisation_id and f.staff_id = t.technician_id
where t.organisation_id = :organisation and (:technician_ids::uuid[] is null or t.technician_id = any (:technician_ids))
  and (t.active and f.active or exists (
    select from dispatch.occupancy o where o.organisation_id = t.organisation_id and o.technician_id = t.technician_id and o.during && tstzrange(:from_at::timestamptz, :until_at::timestamptz)
      and o.visit_id is not null offset 0))
order by f.name, t.technician_id limit :most

-- query: board_visits
-- By whose time each takes, so that a visit of several stands in each one's row. Of what somebody has yet to set out for, whether they could still be placed there.
select v.visit_id, v.job_id, v.customer_id, c.name, o.technician_id, j.kind, j.priority, s.to_state, o.starts_at, o.ends_at,
  case o.kind when 'visit' then jsonb_build_object('from', s.starts_at, 'until', s.arrive_until) end, o.expires_at, s.zone, v.site_id, p.address, p.latitude_e7, p.longitude_e7, o.member = 1,
  case when s.to_state in ('booked', 'dispatched', 'accepted') and o.starts_at >= :at::timestamptz and o.member = 1 then (
    select
-- include: dispatch/why_not
    from (
      select j.job_id, j.kind, j.skills, o.starts_at, o.ends_at, o.visit_id, (
        select p.to_state from dispatch.job_step p where p.organisation_id = j.organisation_id and p.job_id = j.job_id order by p.step desc limit 1) as state) a) end,
-- include: dispatch/waits_for
from dispatch.technician t
cross join lateral (
  select * from dispatch.occupancy o where o.organisation_id = t.organisation_id and o.technician_id = t.technician_id and o.during && tstzrange(:from_at::timestamptz, :until_at::timestamptz)
    and o.visit_id is not null and not (o.kind = 'hold' and o.expires_at <= :at::timestamptz) offset 0) o
cross join lateral (select * from dispatch.visit v where v.organisation_id = o.organisation_id and v.visit_id = o.visit_id limit 1) v
cross join lateral (select * from dispatch.job j where j.organisation_id = v.organisation_id and j.job_id = v.job_id limit 1) j
cross join lateral (select c.name from customers.customer c where c.organisation_id = v.organisation_id and c.customer_id = v.customer_id limit 1) c
cross join lateral (
  select p.address, p.latitude_e7, p.longitude_e7 from customers.site p where p.organisation_id = v.organisation_id and p.customer_id = v.customer_id and p.site_id = v.site_id limit 1) p
cross join lateral (
  select s.to_state, s.starts_at, s.arrive_until, s.zone from dispatch.visit_step s where s.organisation_id = v.organisation_id and s.visit_id = v.visit_id order by s.step desc limit 1) s
where t.organisation_id = :organisation and t.technician_id = any (:technician_ids::uuid[])
order by o.starts_at, v.visit_id

-- query: board_unfinished
-- Visits of that day that aren't over, in the order in which each technician comes to them.
select o.technician_id, f.name, v.visit_id, v.customer_id, c.name, s.to_state, o.starts_at, o.ends_at, jsonb_build_object('from', s.starts_at, 'until', s.arrive_until), s.zone, (
  select
-- include: dispatch/said_late
  from (select v.visit_id, s.starts_at, s.ends_at, s.to_state in ('booked', 'dispatched', 'accepted', 'en_route') as to_come) a)
from dispatch.technician t
cross join lateral (
  select * from dispatch.occupancy o where o.organisation_id = t.organisation_id and o.technician_id = t.technician_id and o.during && tstzrange(:from_at::timestamptz, :until_at::timestamptz)
    and o.kind = 'visit' offset 0) o
cross join lateral (
  select s.to_state, s.starts_at, s.ends_at, s.arrive_until, s.zone from dispatch.visit_step s where s.organisation_id = o.organisation_id and s.visit_id = o.visit_id order by s.step desc limit 1) s
cross join lateral (select * from dispatch.visit v where v.organisation_id = o.organisation_id and v.visit_id = o.visit_id limit 1) v
cross join lateral (select c.name from customers.customer c where c.organisation_id = v.organisation_id and c.customer_id = v.customer_id limit 1) c
cross join lateral (select f.name from identity.staff f where f.organisation_id = o.organisation_id and f.staff_id = o.technician_id limit 1) f
where t.organisation_id = :organisation and s.to_state in ('booked', 'dispatched', 'accepted', 'en_route', 'on_site', 'working', 'paused')
order by o.technician_id, o.starts_at

-- query: board_unassigned
-- Jobs whose work isn't done and that lack somebody who is on the way, or a place, for as many visits as they still need: the urgent first, then what was promised first, then the oldest.
with waiting as materialized (
  select u.job_id, h.needed - t.coming as lacks from dispatch.unfinished_job u
  cross join lateral (
    select s.visits_needed - s.visits_done as needed from dispatch.job_step s where s.organisation_id = u.organisation_id and s.job_id = u.job_id order by s.step desc limit 1) h
  cross join lateral (
    select count(*)::int as coming from dispatch.visit v
    cross join lateral (
      select s.to_state from dispatch.visit_step s where s.organisation_id = v.organisation_id and s.visit_id = v.visit_id order by s.step desc limit 1) s
    where v.organisation_id = u.organisation_id and v.job_id = u.job_id
      and s.to_state not in ('completed', 'partly_completed', 'could_not_complete', 'no_access', 'cancelled')
      and not (s.to_state = 'held' and not exists (
        select from dispatch.occupancy o where o.organisation_id = v.organisation_id and o.visit_id = v.visit_id and o.expires_at > :at::timestamptz offset 0)) offset 0) t
  where u.organisation_id = :organisation and h.needed > t.coming)
select j.job_id, r.reference, j.customer_id, c.name, j.kind, j.priority, j.duration_minutes, j.opened_at, d.due_at, l.to_state, w.lacks, p.zone, j.site_id, p.address, p.latitude_e7, p.longitude_e7
from waiting w
cross join lateral (select * from dispatch.job j where j.organisation_id = :organisation and j.job_id = w.job_id limit 1) j
cross join lateral (select r.reference from authorisations.scope r where r.organisation_id = :organisation and r.scope_id = j.scope_id limit 1) r
cross join lateral (select c.name from customers.customer c where c.organisation_id = :organisation and c.customer_id = j.customer_id limit 1) c
cross join lateral (
  select p.zone, p.address, p.latitude_e7, p.longitude_e7 from customers.site p where p.organisation_id = :organisation and p.customer_id = j.customer_id and p.site_id = j.site_id limit 1) p
cross join lateral (
  select min(m.due_at) as due_at from promises.promise m
  where m.organisation_id = :organisation and m.subject_id = w.job_id
    and not exists (select from promises.ending e where e.organisation_id = m.organisation_id and e.promise_id = m.promise_id offset 0) offset 0) d
left join lateral (
  select s.to_state from dispatch.visit v
  cross join lateral (
    select s.to_state from dispatch.visit_step s where s.organisation_id = v.organisation_id and s.visit_id = v.visit_id order by s.step desc limit 1) s
  where v.organisation_id = :organisation and v.job_id = w.job_id order by v.visit_id desc limit 1) l on true
order by j.priority, d.due_at nulls last, j.opened_at, j.job_id limit :most + 1

-- query: find_places
-- What the verb would answer to every start of a day, at each technician: judged wherever its answer can change, since nothing is different in between. A start that fits is
-- possible to its last instant, so the answer behind it is asked for a microsecond later. Of a job for several with nobody named, `code` is of who leads alone, and `free` says when anybody's time is.
with visit as (
  select v.visit_id, v.job_id, s.to_state, s.crew
  from dispatch.visit v
  cross join lateral (
    select s.to_state, s.crew from dispatch.visit_step s where s.organisation_id = v.organisation_id and s.visit_id = v.visit_id order by s.step desc limit 1) s
  where v.organisation_id = :organisation and v.visit_id = :visit_id::uuid),
subject as (
  select j.job_id, j.kind, j.skills, j.crew_size, j.crew_size > 1 and v.visit_id is null as unnamed, coalesce(v.crew, '{}') as crew, make_interval(mins => j.duration_minutes) as takes, j.duration_minutes, j.arrival_minutes, v.visit_id, v.to_state, p.zone,
         (select s.to_state from dispatch.job_step s where s.organisation_id = j.organisation_id and s.job_id = j.job_id order by s.step desc limit 1) as state
  from (select coalesce(:job_id::uuid, (select job_id from visit)) as job_id offset 0) w
  cross join lateral (select * from dispatch.job j where j.organisation_id = :organisation and j.job_id = w.job_id limit 1) j
  cross join lateral (select p.zone from customers.site p where p.organisation_id = j.organisation_id and p.customer_id = j.customer_id and p.site_id = j.site_id limit 1) p
  left join visit v on true),
edges as (
  select t.technician_id, e.at, e.at + case when e.closes then interval '1 microsecond' else interval '0' end as asked_at
  from subject s
  cross join (
    select * from dispatch.technician t where t.organisation_id = :organisation and t.active
      and (:technician_ids::uuid[] is null or t.technician_id = any (:technician_ids) or (select unnamed from subject))) t
  cross join lateral (
    select :from_at::timestamptz as at, false as closes
    union select :at::timestamptz, false
    union select
-- include: dispatch/parts_there
    , false from (select s.job_id) a
    union select e.at, e.closes from unnest(t.technician_id || s.crew) w (technician_id)
      cross join lateral (
        select h.starts_at, h.ends_at from dispatch.shift h where h.organisation_id = t.organisation_id and h.technician_id = w.technician_id
          and h.during && tstzrange(:from_at::timestamptz - interval '1 day', :until_at::timestamptz + s.takes) offset 0) h
      cross join lateral (
        select make_interval(mins => n.most_overtime_minutes) as more from dispatch.technician n where n.organisation_id = t.organisation_id and n.technician_id = w.technician_id limit 1) n
      cross join lateral (values (h.starts_at, false), (h.ends_at + n.more - s.takes, true)) e (at, closes)
    union select e.at, e.closes from unnest(t.technician_id || s.crew) w (technician_id)
      cross join lateral (
        select o.starts_at, o.ends_at from dispatch.occupancy o where o.organisation_id = t.organisation_id and o.technician_id = w.technician_id
          and o.during && tstzrange(:from_at::timestamptz, :until_at::timestamptz + s.takes) offset 0) o
      cross join lateral (values (o.ends_at, false), (o.starts_at - s.takes, true)) e (at, closes)
    union select e.at, e.closes from unnest(t.technician_id || s.crew) w (technician_id)
      cross join lateral (
        select h.break_earliest_at as earliest, h.break_latest_at as latest, make_interval(mins => h.break_minutes) as rests from dispatch.shift h
        where h.organisation_id = t.organisation_id and h.technician_id = w.technician_id and h.during && tstzrange(:from_at::timestamptz, :until_at::timestamptz + s.takes)
          and h.break_latest_at > h.break_earliest_at offset 0) h
      cross join lateral (
        select h.latest as opens, h.latest as closes union select h.earliest, h.earliest
        union select o.ends_at, o.starts_at - h.rests from dispatch.occupancy o where o.organisation_id = t.organisation_id and o.technician_id = w.technician_id
          and o.during && tstzrange(h.earliest, h.latest + h.rests)) b
      cross join lateral (values (b.opens + h.rests, false), (b.closes - s.takes, true)) e (at, closes)) e
  where e.at >= :from_at::timestamptz and e.at < :until_at::timestamptz),
answers as (
  select e.technician_id, e.at, e.asked_at, (
    with hands as (select unnest(e.technician_id || s.crew) as technician_id)
    select coalesce(
-- include: dispatch/why_not
    , case when not s.unnamed then
-- include: dispatch/why_not_all
      end) as code
    from dispatch.technician t
    cross join (select s.job_id, s.kind, s.state, s.skills, s.crew_size, e.asked_at as starts_at, e.asked_at + s.takes as ends_at, coalesce(s.visit_id, '00000000-0000-0000-0000-000000000000') as visit_id) a
    where t.organisation_id = :organisation and t.technician_id = e.technician_id) as code, s.unnamed and (
    select
-- include: dispatch/no_time
    from (select * from dispatch.technician t where t.organisation_id = :organisation and t.technician_id = e.technician_id) t cross join (select e.asked_at as starts_at, e.asked_at + s.takes as ends_at, '00000000-0000-0000-0000-000000000000'::uuid as visit_id) a) is null as free
  from edges e cross join subject s),
changes as (
  select technician_id, at, asked_at, code, code is distinct from lag(code, 1, '') over (partition by technician_id order by asked_at) as is_new from answers),
freed as (
  select technician_id, at, asked_at, free, free is distinct from lag(free) over (partition by technician_id order by asked_at) as is_new from answers),
others as (
  select free, at as from_at, lead(at, 1, :until_at::timestamptz) over (partition by technician_id order by asked_at) as until_at from freed where is_new),
places as (
  select technician_id, at as from_at, lead(at, 1, :until_at::timestamptz) over (partition by technician_id order by asked_at) as until_at, code from changes where is_new)
select s.job_id, s.visit_id, s.zone, s.duration_minutes, s.arrival_minutes, s.crew_size,
  case when s.visit_id is not null and s.to_state not in ('booked', 'dispatched', 'accepted') then 'VISIT_NOT_IN_STATE' end,
  (select coalesce(jsonb_agg(jsonb_build_object('technician_id', technician_id, 'places', places) order by technician_id), '[]'::jsonb)
   from (select technician_id, jsonb_agg(jsonb_build_object('from', from_at, 'until', until_at, 'code', code) order by from_at, until_at) as places
     from places where :technician_ids::uuid[] is null or technician_id = any (:technician_ids) group by technician_id) p),
  (select coalesce(jsonb_agg(jsonb_build_object('from', from_at, 'until', until_at) order by from_at, until_at), '[]'::jsonb) from others where free)
from subject s

-- query: find_along
-- Who else could go then, the nearest first.
with asked as (
  select j.job_id, :starts_at::timestamptz as starts_at, :starts_at::timestamptz + make_interval(mins => j.duration_minutes) as ends_at,
    '00000000-0000-0000-0000-000000000000'::uuid as visit_id, s.latitude_e7, s.longitude_e7
  from dispatch.job j
  join customers.site s on s.organisation_id = j.organisation_id and s.customer_id = j.customer_id and s.site_id = j.site_id
  where j.organisation_id = :organisation and j.job_id = :job_id)
select t.technician_id, f.name
from asked a
join dispatch.technician t on t.organisation_id = :organisation and t.active and t.technician_id <> :technician_id
join identity.staff f on f.organisation_id = t.organisation_id and f.staff_id = t.technician_id and f.active
where (
-- include: dispatch/no_time
) is null
order by dispatch.metres(t.home_latitude_e7, t.home_longitude_e7, a.latitude_e7, a.longitude_e7) nulls last, f.name, t.technician_id limit :most

-- query: find_days_on
-- The next days on which a job fits at the same time of its site's wall and with the same technician, leading alone, as booking would judge each.
with asked as (
  select j.job_id, j.kind, j.skills, make_interval(mins => j.duration_minutes) as takes, s.zone, (:starts_at::timestamptz at time zone s.zone) as wall,
    (select k.to_state from dispatch.job_step k where k.organisation_id = j.organisation_id and k.job_id = j.job_id order by k.step desc limit 1) as state
  from dispatch.job j
  join customers.site s on s.organisation_id = j.organisation_id and s.customer_id = j.customer_id and s.site_id = j.site_id
  where j.organisation_id = :organisation and j.job_id = :job_id)
select a.starts_at
from (
  select q.job_id, q.kind, q.skills, q.state, i.starts_at, i.starts_at + q.takes as ends_at, '00000000-0000-0000-0000-000000000000'::uuid as visit_id
  from asked q cross join generate_series(1, :days) n cross join lateral (select dispatch.instant_of(q.wall + make_interval(days => n), q.zone) as starts_at) i) a
cross join (select * from dispatch.technician t where t.organisation_id = :organisation and t.technician_id = :technician_id) t
where
-- include: dispatch/why_not
  is null
order by a.starts_at limit :most
