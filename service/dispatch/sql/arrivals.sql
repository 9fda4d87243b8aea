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
      where d.organisation_id = :organisation and d.visit_id = o.visit_id and d.about = 'arrival' and d.planned_at = s.starts_at
        and not exists (select from dispatch.visit_step m where m.organisation_id = :organisation and m.visit_id = o.visit_id and m.to_state = 'booked' and m.captured_at > d.told_at) order by d.nth desc limit 1),
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

-- verb: tell_arrivals
-- Customers whose window somebody isn't expected in any more, or is again, hear so with what is expected now, judged by what they heard last. Who tells at the same moment is let be.
with asked as (
  select e.* from unnest(:visit_ids::uuid[], :expected_at::timestamptz[], :link_ids::uuid[], :token_hashes::bytea[], :task_ids::uuid[]) e (visit_id, expected_at, link_id, token_hash, task_id)),
heads as (
  select a.*, v.customer_id, v.job_id, s.arrive_until, w.since_step, coalesce(t.nth, 0) as nth, coalesce(t.kind, 'nothing') as was, coalesce(t.expected_at, s.arrive_until) as was_expected_at
  from asked a
  cross join lateral (select v.customer_id, v.job_id from dispatch.visit v where v.organisation_id = :organisation::uuid and v.visit_id = a.visit_id limit 1) v
  cross join lateral (
    select s.arrive_until, s.to_state from dispatch.visit_step s where s.organisation_id = :organisation::uuid and s.visit_id = a.visit_id order by s.step desc limit 1) s
  cross join lateral (
    select coalesce(max(w.step), 0) + 1 as since_step from dispatch.visit_step w
    where w.organisation_id = :organisation::uuid and w.visit_id = a.visit_id and w.arrive_until <> s.arrive_until) w
  left join lateral (
    select t.nth, t.kind, t.expected_at from dispatch.arrival_told t
    where t.organisation_id = :organisation::uuid and t.visit_id = a.visit_id and t.since_step = w.since_step and t.arrive_until = s.arrive_until order by t.nth desc limit 1) t on true
  where s.to_state in ('booked', 'dispatched', 'accepted', 'en_route')),
judged as (
  select h.*, case
      when expected_at >= arrive_until and was in ('nothing', 'back') then 'left'
      when expected_at >= arrive_until and (expected_at >= was_expected_at + interval '30 minutes' or expected_at <= was_expected_at - interval '30 minutes') then 'moved'
      when expected_at < arrive_until - interval '10 minutes' and was in ('left', 'moved') then 'back' end as kind
  from heads h),
told as (
  insert into dispatch.arrival_told (organisation_id, visit_id, arrive_until, since_step, nth, was, kind, was_expected_at, expected_at, told_at)
  select :organisation::uuid, visit_id, arrive_until, since_step, nth + 1, was, kind, was_expected_at, expected_at, :at::timestamptz from judged where kind is not null and nth < 6 order by visit_id
  on conflict on constraint told_once do nothing
  returning visit_id, kind, nth, expected_at, arrive_until),
telling as (select j.*, t.nth as told_nth from told t join judged j using (visit_id)),
linked as (
  select link_id, 'customer' as purpose, customer_id, null::uuid as subject_id, :at::timestamptz + interval '2 days' as expires_at, token_hash from telling),
-- include: identity/make_link
,
happened as (
  select 'visit_arrival_' || kind as kind, customer_id, 'visit' as subject_kind, visit_id as subject_id,
         jsonb_build_object('job_id', job_id, 'expected_at', expected_at, 'arrive_until', arrive_until) as body
  from telling),
wanted as (
  select task_id, 'send_notice' as kind, visit_id as subject_id, :at::timestamptz as due_at,
         jsonb_build_object('notice', case kind when 'back' then 'visit_on_time' else 'visit_late' end, 'customer_id', customer_id, 'link_id', link_id, 'since_step', since_step, 'nth', told_nth) as body
  from telling),
answer as (select 200 as status, null::text as code, jsonb_build_object('told', (select count(*) from told)) as body)

-- query: find_told_arrival
-- What was told last of a visit's present window.
select t.since_step, t.nth, t.kind, t.expected_at, t.told_at
from (select s.arrive_until from dispatch.visit_step s where s.organisation_id = :organisation and s.visit_id = :visit_id order by s.step desc limit 1) s
cross join lateral (
  select coalesce(max(w.step), 0) + 1 as since_step from dispatch.visit_step w
  where w.organisation_id = :organisation and w.visit_id = :visit_id and w.arrive_until <> s.arrive_until) w
join dispatch.arrival_told t on t.organisation_id = :organisation and t.visit_id = :visit_id and t.since_step = w.since_step and t.arrive_until = s.arrive_until
order by t.nth desc limit 1

-- query: visits_of_customer
-- A customer's visits to come and under way, with where whoever is on the way was seen last since they set out: to about a kilometre.
select v.visit_id, j.kind, s.to_state, s.starts_at, s.arrive_until, s.zone, t.address,
  (select f.name from identity.staff f where f.organisation_id = v.organisation_id and f.staff_id = s.technician_id),
  c.reference, t.latitude_e7, t.longitude_e7,
  case when s.to_state = 'en_route' then (
    select jsonb_build_object('latitude_e7', round(p.latitude_e7 / 100000.0)::int * 100000, 'longitude_e7', round(p.longitude_e7 / 100000.0)::int * 100000, 'measured_at', date_trunc('minute', p.measured_at))
    from dispatch.position p where p.organisation_id = v.organisation_id and p.technician_id = s.technician_id and p.measured_at >= s.captured_at and p.visit_id = v.visit_id
    order by p.measured_at desc limit 1) end
from dispatch.job j
join dispatch.visit v on v.organisation_id = j.organisation_id and v.job_id = j.job_id
join authorisations.scope c on c.organisation_id = j.organisation_id and c.scope_id = j.scope_id
join customers.site t on t.organisation_id = v.organisation_id and t.customer_id = v.customer_id and t.site_id = v.site_id
cross join lateral (
  select * from dispatch.visit_step s where s.organisation_id = v.organisation_id and s.visit_id = v.visit_id order by s.step desc limit 1) s
where j.organisation_id = :organisation and j.customer_id = :customer_id and s.to_state in ('booked', 'dispatched', 'accepted', 'en_route', 'on_site', 'working', 'paused')
  and s.starts_at >= :at::timestamptz - interval '2 days'
order by s.starts_at, v.visit_id limit :most
