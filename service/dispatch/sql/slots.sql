-- query: find_sought
-- What a place is sought for, and the instants at which each day begins where it is, the end of the last one included.
select j.job_id, s.zone, j.duration_minutes, j.arrival_minutes, j.crew_size, s.latitude_e7, s.longitude_e7, p.to_state in ('open', 'in_progress') as open,
  f.from_at, d.from_on, array(select dispatch.instant_of((d.from_on + n)::timestamp, s.zone) from generate_series(0, :days::int) n order by n) as begins,
  coalesce(j.preferred_technician_id, (select f.technician_id from dispatch.preference f where f.organisation_id = :organisation and f.customer_id = j.customer_id)) as preferred,
  array(
    select l.technician_id from dispatch.visit v
    cross join lateral (select t.technician_id, t.to_state from dispatch.visit_step t where t.organisation_id = :organisation and t.visit_id = v.visit_id order by t.step desc limit 1) l
    where v.organisation_id = :organisation and v.job_id = j.job_id and l.to_state not in ('held', 'cancelled')) as came
from dispatch.job j
join customers.site s on s.organisation_id = j.organisation_id and s.customer_id = j.customer_id and s.site_id = j.site_id
cross join lateral (select to_state from dispatch.job_step p where p.organisation_id = :organisation and p.job_id = j.job_id order by p.step desc limit 1) p
cross join lateral (select greatest(:at::timestamptz, :starts_at::timestamptz, dispatch.instant_of(:starts_wall::timestamp, s.zone)) as from_at) f
cross join lateral (select coalesce(:from_on::date, (f.from_at at time zone s.zone)::date) as from_on) d
where j.organisation_id = :organisation
  and j.job_id = coalesce(:job_id::uuid, (select v.job_id from dispatch.visit v where v.organisation_id = :organisation and v.visit_id = :moves::uuid))

-- query: find_rounds
-- Everybody who might go, and their days: shifts and what stands in them, a column each as PostgreSQL sends arrays, since objects by the thousand cost more than finding them.
with who as materialized (
  select (row_number() over (order by t.technician_id) - 1)::int as nth, t.technician_id, t.speed_percent, m.metres,
    dispatch.has_skills(t.skills, j.skills) and (j.kind <> 'collection' or (t.may_take_cash and not coalesce((
      select p.stopped from dispatch.collection_stop p where p.organisation_id = :organisation::uuid and p.technician_id = t.technician_id order by p.step desc limit 1), false))) as able,
    m.metres is null or m.metres <= t.reach_metres as near,
    coalesce(t.start_latitude_e7, t.home_latitude_e7) as start_latitude_e7, coalesce(t.start_longitude_e7, t.home_longitude_e7) as start_longitude_e7,
    coalesce(t.end_latitude_e7, t.home_latitude_e7) as end_latitude_e7, coalesce(t.end_longitude_e7, t.home_longitude_e7) as end_longitude_e7
  from dispatch.job j
  join customers.site s on s.organisation_id = j.organisation_id and s.customer_id = j.customer_id and s.site_id = j.site_id
  join dispatch.technician t on t.organisation_id = :organisation::uuid and t.active
  cross join lateral (select dispatch.metres(t.home_latitude_e7, t.home_longitude_e7, s.latitude_e7, s.longitude_e7) as metres) m
  where j.organisation_id = :organisation::uuid and j.job_id = :job_id::uuid),
shifts as (
  select w.nth, h.starts_at, h.ends_at, coalesce(60 * h.break_minutes, 0) as rest, coalesce(h.break_earliest_at, h.starts_at) as rest_from, coalesce(h.break_latest_at, h.starts_at) as rest_until
  from who w cross join lateral (
    select h.* from dispatch.shift h
    where h.organisation_id = :organisation::uuid and h.technician_id = w.technician_id and h.ends_at > :from_at::timestamptz and h.starts_at < :until_at::timestamptz offset 0) h
  where w.near),
stands as (
  select w.nth, o.starts_at, o.ends_at, (o.kind = 'break')::int as rests, coalesce(o.visit_id, '00000000-0000-0000-0000-000000000000') as visit_id
  from who w
  cross join lateral (
    select o.kind, o.starts_at, o.ends_at, o.visit_id from dispatch.occupancy o
    where o.organisation_id = :organisation::uuid and o.technician_id = w.technician_id and o.ends_at > :from_at::timestamptz - interval '1 day' and o.starts_at < :until_at::timestamptz + interval '1 day'
      and not (o.kind = 'hold' and o.expires_at <= :at::timestamptz) and (:moves::uuid is null or o.visit_id is distinct from :moves::uuid) offset 0) o
  where w.near)
select
  (select coalesce(jsonb_agg(jsonb_build_object('technician_id', technician_id, 'able', able, 'near', near, 'metres', metres, 'speed_percent', speed_percent,
    'start', case when start_latitude_e7 is not null then jsonb_build_array(start_latitude_e7, start_longitude_e7) end,
    'end', case when end_latitude_e7 is not null then jsonb_build_array(end_latitude_e7, end_longitude_e7) end) order by nth), '[]'::jsonb) from who) as technicians,
  h.*, o.*
from (
    select array_send(array_agg(nth)) as shift_of, array_send(array_agg(starts_at)) as shift_from, array_send(array_agg(ends_at)) as shift_until,
      array_send(array_agg(rest)) as rest_seconds, array_send(array_agg(rest_from)) as rest_from, array_send(array_agg(rest_until)) as rest_until
    from shifts) h,
  (
    select array_send(array_agg(nth)) as taken_of, array_send(array_agg(starts_at)) as taken_from, array_send(array_agg(ends_at)) as taken_until,
      array_send(array_agg(rests)) as taken_rests, array_send(array_agg(visit_id)) as visits
    from stands) o

-- query: find_visit_places
-- Where those visits are, in their order.
select array_send(array_agg(coalesce(p.latitude_e7, -2147483648) order by n.nth)) as latitudes, array_send(array_agg(coalesce(p.longitude_e7, -2147483648) order by n.nth)) as longitudes
from unnest(:visit_ids::uuid[]) with ordinality n (visit_id, nth)
left join lateral (
  select s.latitude_e7, s.longitude_e7 from dispatch.visit v
  join customers.site s on s.organisation_id = v.organisation_id and s.customer_id = v.customer_id and s.site_id = v.site_id
  where v.organisation_id = :organisation and v.visit_id = n.visit_id offset 0) p on true
