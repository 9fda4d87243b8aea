-- query: find_sought
-- What a place is sought for, and the instants at which each day begins where it is, the end of the last one included. The job is found before its site, whatever the planner makes of `coalesce`.
select j.job_id, s.zone, j.duration_minutes, j.arrival_minutes, j.crew_size, s.latitude_e7, s.longitude_e7, p.to_state in ('open', 'in_progress') as open,
  f.from_at, d.from_on, array(select dispatch.instant_of((d.from_on + n)::timestamp, s.zone) from generate_series(0, :days::int) n order by n) as begins,
  coalesce(j.preferred_technician_id, (select f.technician_id from dispatch.preference f where f.organisation_id = :organisation and f.customer_id = j.customer_id)) as preferred,
  array(
    select l.technician_id from dispatch.visit v
    cross join lateral (select t.technician_id, t.to_state from dispatch.visit_step t where t.organisation_id = :organisation and t.visit_id = v.visit_id order by t.step desc limit 1) l
    where v.organisation_id = :organisation and v.job_id = j.job_id and l.to_state not in ('held', 'cancelled')) as came,
  coalesce((select m.times from customers.sites_moved m where m.organisation_id = :organisation), 0) as sites_moved, exists (
    select from dispatch.travel_leg l where l.organisation_id = :organisation and l.from_latitude_e7 = s.latitude_e7 and l.from_longitude_e7 = s.longitude_e7) as by_road, (
    select
-- include: dispatch/parts_there
    from (select j.job_id) a) as parts_at
from (
  select j.* from dispatch.job j
  where j.organisation_id = :organisation
    and j.job_id = coalesce(:job_id::uuid, (select v.job_id from dispatch.visit v where v.organisation_id = :organisation and v.visit_id = :moves::uuid)) offset 0) j
cross join lateral (
  select s.zone, s.latitude_e7, s.longitude_e7 from customers.site s where s.organisation_id = :organisation and s.customer_id = j.customer_id and s.site_id = j.site_id offset 0) s
cross join lateral (select to_state from dispatch.job_step p where p.organisation_id = :organisation and p.job_id = j.job_id order by p.step desc limit 1) p
cross join lateral (select greatest(:at::timestamptz, :starts_at::timestamptz, dispatch.instant_of(:starts_wall::timestamp, s.zone)) as from_at) f
cross join lateral (select coalesce(:from_on::date, (f.from_at at time zone s.zone)::date) as from_on) d

-- query: find_hands
-- Everybody who might go, with their shifts and what stands in them: a column each as PostgreSQL sends arrays, since objects by the thousand cost more than finding them.
-- A rest's visit is of ones alone, an absence's of noughts.
select t.technician_id, w.able, w.near, m.metres, t.speed_percent, t.most_overtime_minutes, t.hour_cost_minor as hour_cost, t.overtime_hour_cost_minor as overtime_hour_cost, t.km_cost_minor as km_cost,
  coalesce(t.start_latitude_e7, t.home_latitude_e7) as start_latitude_e7, coalesce(t.start_longitude_e7, t.home_longitude_e7) as start_longitude_e7,
  coalesce(t.end_latitude_e7, t.home_latitude_e7) as end_latitude_e7, coalesce(t.end_longitude_e7, t.home_longitude_e7) as end_longitude_e7,
  h.*, o.*
from dispatch.job j
join customers.site s on s.organisation_id = j.organisation_id and s.customer_id = j.customer_id and s.site_id = j.site_id
join dispatch.technician t on t.organisation_id = :organisation::uuid and t.active
cross join lateral (select dispatch.metres(t.home_latitude_e7, t.home_longitude_e7, s.latitude_e7, s.longitude_e7) as metres offset 0) m
cross join lateral (
  select m.metres is null or m.metres <= t.reach_metres as near,
    dispatch.has_skills(t.skills, j.skills) and (j.kind <> 'collection' or (t.may_take_cash and not coalesce((
      select p.stopped from dispatch.collection_stop p where p.organisation_id = :organisation::uuid and p.technician_id = t.technician_id order by p.step desc limit 1), false))) as able offset 0) w
cross join lateral (
  select array_send(array_agg(h.starts_at)) as shift_from, array_send(array_agg(h.ends_at)) as shift_until, array_send(array_agg(coalesce(60 * h.break_minutes, 0))) as rest_seconds,
    array_send(array_agg(coalesce(h.break_earliest_at, h.starts_at))) as rest_from, array_send(array_agg(coalesce(h.break_latest_at, h.starts_at))) as rest_until
  from (
    select h.* from dispatch.shift h
    where w.near and h.organisation_id = :organisation::uuid and h.technician_id = t.technician_id and h.ends_at > :from_at::timestamptz and h.starts_at < :until_at::timestamptz offset 0) h) h
cross join lateral (
  select array_send(array_agg(o.starts_at)) as taken_from, array_send(array_agg(o.ends_at)) as taken_until,
    array_send(array_agg(case when o.visit_id is not null then o.visit_id when o.kind = 'break' then 'ffffffff-ffff-ffff-ffff-ffffffffffff' else '00000000-0000-0000-0000-000000000000' end)) as taken_by
  from (
    select o.kind, o.starts_at, o.ends_at, o.visit_id from dispatch.occupancy o
    where w.near and o.organisation_id = :organisation::uuid and o.technician_id = t.technician_id and o.ends_at > :from_at::timestamptz - interval '1 day'
      and o.starts_at < (select :until_at::timestamptz + interval '1 day') and (o.expires_at is null or o.expires_at > :at::timestamptz)
      and (:moves::uuid is null or o.visit_id is distinct from :moves::uuid) offset 0) o) o
where j.organisation_id = :organisation::uuid and j.job_id = :job_id::uuid
order by t.technician_id

-- query: find_visit_places
-- Where those visits are, in their order; not settled where this transaction has written, since what it sees of its own may be undone.
select pg_current_xact_id_if_assigned() is null as settled, array_send(array_agg(coalesce(p.latitude_e7, -2147483648) order by n.nth)) as latitudes, array_send(array_agg(coalesce(p.longitude_e7, -2147483648) order by n.nth)) as longitudes
from unnest(:visit_ids::uuid[]) with ordinality n (visit_id, nth)
left join lateral (
  select s.latitude_e7, s.longitude_e7 from dispatch.visit v
  join customers.site s on s.organisation_id = v.organisation_id and s.customer_id = v.customer_id and s.site_id = v.site_id
  where v.organisation_id = :organisation and v.visit_id = n.visit_id offset 0) p on true

-- query: find_legs_of_site
-- What a road engine told of a site, both ways, as columns: whatever it told the way to, it was asked the way from. -1 where it told none.
select array_send(array_agg(l.to_latitude_e7)) as latitudes, array_send(array_agg(l.to_longitude_e7)) as longitudes,
  array_send(array_agg(coalesce(l.seconds, -1))) as from_site, array_send(array_agg(coalesce(b.seconds, -1))) as to_site
from dispatch.travel_leg l
left join lateral (
  select b.seconds from dispatch.travel_leg b
  where b.organisation_id = :organisation and b.from_latitude_e7 = l.to_latitude_e7 and b.from_longitude_e7 = l.to_longitude_e7
    and b.to_latitude_e7 = :latitude_e7::int and b.to_longitude_e7 = :longitude_e7::int limit 1) b on true
where l.organisation_id = :organisation and l.from_latitude_e7 = :latitude_e7::int and l.from_longitude_e7 = :longitude_e7::int

-- query: find_legs_through
-- Of each of those pairs, in their order; -1 where none was told.
select array_send(array_agg(coalesce(l.seconds, -1) order by p.nth)) as seconds
from unnest(:from_latitudes::int[], :from_longitudes::int[], :to_latitudes::int[], :to_longitudes::int[])
  with ordinality p (from_latitude_e7, from_longitude_e7, to_latitude_e7, to_longitude_e7, nth)
left join lateral (
  select l.seconds from dispatch.travel_leg l
  where l.organisation_id = :organisation and l.from_latitude_e7 = p.from_latitude_e7 and l.from_longitude_e7 = p.from_longitude_e7
    and l.to_latitude_e7 = p.to_latitude_e7 and l.to_longitude_e7 = p.to_longitude_e7 limit 1) l on true
