-- query: days_now
-- The present day of those technicians in their own zone, of all who have a visit in it where none are named: where it begins, where they were seen last, what else takes their time, and each visit with how
-- far it got and what was said of it since it was last placed.
with who as (
  select t.technician_id, t.speed_percent, coalesce(t.start_latitude_e7, t.home_latitude_e7) as latitude_e7, coalesce(t.start_longitude_e7, t.home_longitude_e7) as longitude_e7,
    dispatch.instant_of((:at::timestamptz at time zone t.zone)::date::timestamp, t.zone) as from_at,
    dispatch.instant_of(((:at::timestamptz at time zone t.zone)::date + 1)::timestamp, t.zone) as until_at
  from dispatch.technician t where t.organisation_id = :organisation and (:technician_ids::uuid[] is null or t.technician_id = any (:technician_ids))),
taken as materialized (
  select w.technician_id, o.kind, o.starts_at, o.ends_at, o.visit_id
  from who w cross join lateral (
    select o.* from dispatch.occupancy o where o.organisation_id = :organisation and o.technician_id = w.technician_id and o.ends_at > w.from_at and o.starts_at < w.until_at offset 0) o),
stops as (
  select o.technician_id, jsonb_agg(jsonb_build_object('visit_id', o.visit_id, 'starts_at', s.starts_at, 'ends_at', s.ends_at, 'arrive_until', s.arrive_until,
    'latitude_e7', p.latitude_e7, 'longitude_e7', p.longitude_e7, 'set_out_at', h.set_out_at, 'arrived_at', h.arrived_at, 'ended_at', h.ended_at,
    'late_at', (select d.planned_at + make_interval(mins => d.minutes) from dispatch.visit_delay d
      where d.organisation_id = :organisation and d.visit_id = o.visit_id and d.about = 'arrival' and d.planned_at = s.starts_at order by d.nth desc limit 1),
    'over_at', (select d.planned_at + make_interval(mins => d.minutes) from dispatch.visit_delay d
      where d.organisation_id = :organisation and d.visit_id = o.visit_id and d.about = 'end' and d.planned_at = s.ends_at order by d.nth desc limit 1))
    order by s.starts_at, o.visit_id) as stops
  from taken o
  cross join lateral (
    select s.starts_at, s.ends_at, s.arrive_until from dispatch.visit_step s where s.organisation_id = :organisation and s.visit_id = o.visit_id order by s.step desc limit 1) s
  cross join lateral (
    select max(h.captured_at) filter (where h.to_state = 'en_route') as set_out_at, max(h.captured_at) filter (where h.to_state = 'on_site') as arrived_at,
      max(h.captured_at) filter (where h.to_state in ('completed', 'partly_completed', 'could_not_complete', 'no_access', 'cancelled')) as ended_at
    from dispatch.visit_step h where h.organisation_id = :organisation and h.visit_id = o.visit_id) h
  cross join lateral (select v.customer_id, v.site_id from dispatch.visit v where v.organisation_id = :organisation and v.visit_id = o.visit_id limit 1) v
  cross join lateral (
    select p.latitude_e7, p.longitude_e7 from customers.site p where p.organisation_id = :organisation and p.customer_id = v.customer_id and p.site_id = v.site_id limit 1) p
  where o.kind = 'visit'
  group by o.technician_id)
select w.technician_id, w.speed_percent, coalesce(
  (select min(h.starts_at) from dispatch.shift h where h.organisation_id = :organisation and h.technician_id = w.technician_id and h.ends_at > w.from_at and h.starts_at < w.until_at), w.from_at),
  case when w.latitude_e7 is not null then jsonb_build_object('latitude_e7', w.latitude_e7, 'longitude_e7', w.longitude_e7) end,
  (select jsonb_build_object('latitude_e7', p.latitude_e7, 'longitude_e7', p.longitude_e7, 'measured_at', p.measured_at)
   from dispatch.position p where p.organisation_id = :organisation and p.technician_id = w.technician_id and p.measured_at >= w.from_at order by p.measured_at desc limit 1),
  (select coalesce(jsonb_agg(jsonb_build_object('earliest', r.earliest, 'latest', r.latest, 'seconds', r.seconds) order by r.latest), '[]'::jsonb)
   from (
     select o.starts_at as earliest, o.starts_at as latest, extract(epoch from o.ends_at - o.starts_at)::int as seconds
     from taken o where o.technician_id = w.technician_id and o.kind in ('break', 'absence')
     union all
     select h.break_earliest_at, h.break_latest_at, 60 * h.break_minutes
     from dispatch.shift h where h.organisation_id = :organisation and h.technician_id = w.technician_id and h.ends_at > w.from_at and h.starts_at < w.until_at and h.break_latest_at > h.break_earliest_at
       and not exists (select from taken o where o.technician_id = w.technician_id and o.kind = 'break' and o.starts_at < h.ends_at and o.ends_at > h.starts_at)) r),
  s.stops
from who w join stops s on s.technician_id = w.technician_id
