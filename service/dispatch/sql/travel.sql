-- query: legs_from
-- All that was told from each source, in one row each: of many places one row a pair costs more to send and to match than to read.
select f.nth::int, l.latitudes, l.longitudes, l.seconds, l.metres
from unnest(:latitudes::int[], :longitudes::int[]) with ordinality f (latitude_e7, longitude_e7, nth)
cross join lateral (
  select array_agg(l.to_latitude_e7) as latitudes, array_agg(l.to_longitude_e7) as longitudes, array_agg(l.seconds) as seconds, array_agg(l.metres) as metres
  from dispatch.travel_leg l
  where l.organisation_id = :organisation and l.from_latitude_e7 = f.latitude_e7 and l.from_longitude_e7 = f.longitude_e7
    and l.told_at > :told_after and (:engine::text is null or l.engine = :engine)) l
where l.latitudes is not null

-- query: legs_of_pairs
select p.nth::int, l.seconds, l.metres
from unnest(:from_latitudes::int[], :from_longitudes::int[], :to_latitudes::int[], :to_longitudes::int[])
  with ordinality p (from_latitude_e7, from_longitude_e7, to_latitude_e7, to_longitude_e7, nth)
cross join lateral (
  select l.seconds, l.metres from dispatch.travel_leg l
  where l.organisation_id = :organisation and l.from_latitude_e7 = p.from_latitude_e7 and l.from_longitude_e7 = p.from_longitude_e7
    and l.to_latitude_e7 = p.to_latitude_e7 and l.to_longitude_e7 = p.to_longitude_e7 limit 1) l
where l.seconds is not null

-- verb: keep_legs
with kept as (
  insert into dispatch.travel_leg (organisation_id, from_latitude_e7, from_longitude_e7, to_latitude_e7, to_longitude_e7, seconds, metres, engine, told_at)
  select :organisation::uuid, l.from_latitude_e7, l.from_longitude_e7, l.to_latitude_e7, l.to_longitude_e7, l.seconds, l.metres, :engine::text, :at::timestamptz
  from unnest(:from_latitudes::int[], :from_longitudes::int[], :to_latitudes::int[], :to_longitudes::int[], :seconds::int[], :metres::int[])
    l (from_latitude_e7, from_longitude_e7, to_latitude_e7, to_longitude_e7, seconds, metres)
  on conflict on constraint one_leg_a_pair do update set seconds = excluded.seconds, metres = excluded.metres, engine = excluded.engine, told_at = excluded.told_at
  returning 1),
happened as (
  select null::text as kind, null::uuid as customer_id, null::text as subject_kind, null::uuid as subject_id, null::jsonb as body where false),
answer as (select 200 as status, null::text as code, jsonb_build_object('legs', (select count(*) from kept)) as body)

-- verb: drop_legs
with old as (
  select from_latitude_e7, from_longitude_e7, to_latitude_e7, to_longitude_e7 from dispatch.travel_leg
  where organisation_id = :organisation::uuid and told_at <= :told_until::timestamptz order by told_at limit :most::int),
dropped as (
  delete from dispatch.travel_leg l using old o
  where l.organisation_id = :organisation::uuid and l.from_latitude_e7 = o.from_latitude_e7 and l.from_longitude_e7 = o.from_longitude_e7
    and l.to_latitude_e7 = o.to_latitude_e7 and l.to_longitude_e7 = o.to_longitude_e7
  returning 1),
happened as (
  select null::text as kind, null::uuid as customer_id, null::text as subject_kind, null::uuid as subject_id, null::jsonb as body where false),
answer as (select 200 as status, null::text as code, jsonb_build_object('legs', (select count(*) from dropped)) as body)

-- query: places_ahead
-- Where technicians start and end, where visits are to come, and the sites of the latest jobs that aren't done: each once.
with placed as (
  select v.customer_id, v.site_id
  from dispatch.visit_step p join dispatch.visit v on v.organisation_id = p.organisation_id and v.visit_id = p.visit_id
  where p.organisation_id = :organisation and p.to_state in ('held', 'booked') and p.starts_at >= :from_at::timestamptz and p.starts_at < :until_at::timestamptz),
latest as (
  select j.customer_id, j.site_id
  from (select job_id, customer_id, site_id from dispatch.job where organisation_id = :organisation order by job_id desc limit :most_jobs::int) j
  cross join lateral (
    select s.to_state from dispatch.job_step s where s.organisation_id = :organisation and s.job_id = j.job_id order by s.step desc limit 1) s
  where s.to_state in ('open', 'in_progress'))
select latitude_e7, longitude_e7 from (
  select t.home_latitude_e7 as latitude_e7, t.home_longitude_e7 as longitude_e7 from dispatch.technician t where t.organisation_id = :organisation and t.active
  union
  select t.start_latitude_e7, t.start_longitude_e7 from dispatch.technician t where t.organisation_id = :organisation and t.active
  union
  select t.end_latitude_e7, t.end_longitude_e7 from dispatch.technician t where t.organisation_id = :organisation and t.active
  union
  select s.latitude_e7, s.longitude_e7
  from (select customer_id, site_id from placed union select customer_id, site_id from latest) w
  join customers.site s on s.organisation_id = :organisation and s.customer_id = w.customer_id and s.site_id = w.site_id) places
where latitude_e7 is not null
order by latitude_e7, longitude_e7 limit :most::int

-- query: past_legs
-- Who ended one visit, set out to another soon and arrived, without anything in between, went from site to site.
with placed as (
  select distinct p.visit_id from dispatch.visit_step p
  where p.organisation_id = :organisation and p.to_state in ('held', 'booked') and p.starts_at >= :from_at::timestamptz and p.starts_at < :until_at::timestamptz),
moves as (
  select s.technician_id, s.captured_at, s.to_state, t.latitude_e7, t.longitude_e7,
    lag(s.to_state) over w as before, lag(s.captured_at) over w as set_out_at,
    lag(s.to_state, 2) over w as ended, lag(s.captured_at, 2) over w as ended_at, lag(t.latitude_e7, 2) over w as from_latitude_e7, lag(t.longitude_e7, 2) over w as from_longitude_e7
  from placed p
  join dispatch.visit v on v.organisation_id = :organisation and v.visit_id = p.visit_id
  join customers.site t on t.organisation_id = v.organisation_id and t.customer_id = v.customer_id and t.site_id = v.site_id
  join dispatch.visit_step s on s.organisation_id = v.organisation_id and s.visit_id = v.visit_id
  where s.to_state in ('en_route', 'on_site', 'completed', 'partly_completed', 'could_not_complete', 'no_access')
  window w as (partition by s.technician_id order by s.captured_at, s.recorded_at, s.visit_id, s.step))
select from_latitude_e7, from_longitude_e7, latitude_e7, longitude_e7, extract(epoch from captured_at - set_out_at)::int
from moves
where to_state = 'on_site' and before = 'en_route' and ended in ('completed', 'partly_completed', 'could_not_complete', 'no_access')
  and set_out_at <= ended_at + make_interval(mins => :most_minutes_between::int) and from_latitude_e7 is not null and latitude_e7 is not null
  and captured_at - set_out_at between interval '1 minute' and interval '3 hours'
order by captured_at desc limit :most::int

-- query: find_travel_speeds
select s.version, jsonb_build_object('detour_percent', s.detour_percent, 'metres_an_hour', s.metres_an_hour, 'leg_seconds', s.leg_seconds), s.areas, s.figures, s.set_by, s.set_at
from dispatch.travel_speeds s where s.organisation_id = :organisation order by s.version desc limit 1

-- verb: set_travel_speeds
with last as (
  select coalesce((select version from dispatch.travel_speeds where organisation_id = :organisation::uuid order by version desc limit 1), 0) as version),
judged as (select version, case when version <> :version::int then 'STALE_VERSION' end as code from last),
said as (
  insert into dispatch.travel_speeds (organisation_id, version, detour_percent, metres_an_hour, leg_seconds, areas, figures, set_by, set_at)
  select :organisation::uuid, version + 1, :detour_percent::int, :metres_an_hour::int, :leg_seconds::int, :areas::jsonb, :figures::jsonb, :actor::text, :at::timestamptz
  from judged where code is null
  returning version),
happened as (
  select 'travel_speeds_set' as kind, null::uuid as customer_id, 'travel' as subject_kind, :organisation::uuid as subject_id,
         jsonb_build_object('version', version, 'calibrated', :figures::jsonb is not null) as body
  from said),
answer as (
  select case when j.code is null then 200 else 412 end as status, j.code,
         case when j.code is null then jsonb_build_object('id', :organisation::uuid, 'version', j.version + 1) else '{}'::jsonb end as body
  from judged j)
