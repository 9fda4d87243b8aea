-- query: plan_technicians
with looked_at as (
  select t.technician_id, :from_at::timestamptz as from_at, :until_at::timestamptz as until_at, :at::timestamptz as read_at
  from dispatch.technician t
  where t.organisation_id = :organisation and t.active and exists (
    select from dispatch.shift h
    where h.organisation_id = :organisation and h.technician_id = t.technician_id and h.ends_at > :from_at::timestamptz and h.starts_at < :until_at::timestamptz offset 0)),
-- include: dispatch/stands
select t.technician_id, t.skills,
  t.may_take_cash and not coalesce((
    select s.stopped from dispatch.collection_stop s where s.organisation_id = t.organisation_id and s.technician_id = t.technician_id order by s.step desc limit 1), false),
  coalesce(t.start_latitude_e7, t.home_latitude_e7), coalesce(t.start_longitude_e7, t.home_longitude_e7),
  coalesce(t.end_latitude_e7, t.home_latitude_e7), coalesce(t.end_longitude_e7, t.home_longitude_e7),
  t.home_latitude_e7, t.home_longitude_e7, t.reach_metres, t.hour_cost_minor, t.overtime_hour_cost_minor, t.km_cost_minor, t.most_overtime_minutes, t.speed_percent, t.capacity,
  (select jsonb_agg(jsonb_build_object('starts_at', h.starts_at, 'ends_at', h.ends_at, 'break_minutes', h.break_minutes,
     'break_earliest_at', h.break_earliest_at, 'break_latest_at', h.break_latest_at) order by h.starts_at)
   from dispatch.shift h
   where h.organisation_id = t.organisation_id and h.technician_id = t.technician_id and h.ends_at > :from_at::timestamptz and h.starts_at < :until_at::timestamptz),
  encode(s.stood, 'hex')
from stands s join dispatch.technician t on t.organisation_id = :organisation and t.technician_id = s.technician_id
order by t.technician_id

-- query: plan_taken
select o.technician_id, o.occupancy_id, o.kind, o.starts_at, o.ends_at, o.visit_id, o.crew_size, h.to_state, h.arrive_until, j.arrival_minutes, j.job_id, j.customer_id, j.priority, j.kind as job_kind, j.skills, j.loads,
  coalesce(j.preferred_technician_id, f.technician_id), p.latitude_e7, p.longitude_e7, case when j.job_id is not null then
-- include: dispatch/job_steps
  end
from unnest(:technician_ids::uuid[]) w (technician_id)
cross join lateral (
  select o.* from dispatch.occupancy o
  where o.organisation_id = :organisation and o.technician_id = w.technician_id and o.ends_at > :from_at::timestamptz and o.starts_at < :until_at::timestamptz
    and not (o.kind = 'hold' and o.expires_at <= :at::timestamptz) offset 0) o
left join dispatch.visit v on v.organisation_id = :organisation and v.visit_id = o.visit_id
left join dispatch.job j on j.organisation_id = :organisation and j.job_id = v.job_id
left join dispatch.preference f on f.organisation_id = :organisation and f.customer_id = j.customer_id
left join customers.site p on p.organisation_id = :organisation and p.customer_id = j.customer_id and p.site_id = j.site_id
left join lateral (
  select s.to_state, s.arrive_until from dispatch.visit_step s where s.organisation_id = :organisation and s.visit_id = o.visit_id order by s.step desc limit 1) h on true
order by o.technician_id, o.starts_at

-- query: plan_waiting
-- Jobs that nobody goes to or holds a place for, of those named or of all.
with waiting as materialized (
  select u.job_id from dispatch.unfinished_job u
  where u.organisation_id = :organisation and (:job_ids::uuid[] is null or u.job_id = any (:job_ids::uuid[]))
    and not exists (
      select from dispatch.visit v
      cross join lateral (
        select s.to_state from dispatch.visit_step s where s.organisation_id = v.organisation_id and s.visit_id = v.visit_id order by s.step desc limit 1) s
      where v.organisation_id = u.organisation_id and v.job_id = u.job_id
        and s.to_state not in ('completed', 'partly_completed', 'could_not_complete', 'no_access', 'cancelled')
        and not (s.to_state = 'held' and not exists (
          select from dispatch.occupancy o where o.organisation_id = v.organisation_id and o.visit_id = v.visit_id and o.expires_at > :at::timestamptz offset 0)) offset 0))
select j.job_id, j.customer_id, j.priority, j.kind as job_kind, j.skills, j.loads, coalesce(j.preferred_technician_id, f.technician_id), j.crew_size, j.duration_minutes, j.arrival_minutes,
  p.latitude_e7, p.longitude_e7, d.due_at, (
    select
-- include: dispatch/parts_there
    from (select j.job_id) a) as parts_at,
-- include: dispatch/job_steps
from waiting w
cross join lateral (select * from dispatch.job j where j.organisation_id = :organisation and j.job_id = w.job_id limit 1) j
cross join lateral (select s.to_state from dispatch.job_step s where s.organisation_id = :organisation and s.job_id = w.job_id order by s.step desc limit 1) s
cross join lateral (
  select p.latitude_e7, p.longitude_e7 from customers.site p where p.organisation_id = :organisation and p.customer_id = j.customer_id and p.site_id = j.site_id limit 1) p
left join dispatch.preference f on f.organisation_id = :organisation and f.customer_id = j.customer_id
cross join lateral (
  select min(m.due_at) as due_at from promises.promise m
  where m.organisation_id = :organisation and m.subject_id = w.job_id
    and not exists (select from promises.ending e where e.organisation_id = m.organisation_id and e.promise_id = m.promise_id offset 0) offset 0) d
where s.to_state in ('open', 'in_progress')
order by j.priority, d.due_at nulls last, j.job_id limit :most
