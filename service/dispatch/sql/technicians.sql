-- verb: add_technician
with existing as (
  select technician_id, version, (zone, skills, may_take_cash, home_latitude_e7, home_longitude_e7, reach_metres) is not distinct from
    (:zone::text, :skills::jsonb, :may_take_cash::boolean, :home_latitude_e7::int, :home_longitude_e7::int, :reach_metres::int) as same
  from dispatch.technician where organisation_id = :organisation::uuid and technician_id = :technician_id::uuid),
added as (
  insert into dispatch.technician (organisation_id, technician_id, zone, skills, may_take_cash, home_latitude_e7, home_longitude_e7, reach_metres, created_at)
  select :organisation::uuid, :technician_id::uuid, :zone::text, :skills::jsonb, :may_take_cash::boolean, :home_latitude_e7::int, :home_longitude_e7::int, :reach_metres::int, :at::timestamptz
  where not exists (select from existing)
  returning technician_id, version),
happened as (
  select 'technician_added' as kind, null::uuid as customer_id, 'technician' as subject_kind, technician_id as subject_id,
         jsonb_build_object('zone', :zone::text, 'skills', :skills::jsonb, 'may_take_cash', :may_take_cash::boolean) as body
  from added),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', technician_id, 'version', version) as body from added
  union all
  select case when same then 200 else 409 end, case when not same then 'ID_TAKEN' end,
         case when same then jsonb_build_object('id', technician_id, 'version', version) else '{}'::jsonb end
  from existing)

-- verb: change_technician
with changed as (
  update dispatch.technician
  set zone = :zone::text, skills = :skills::jsonb, may_take_cash = :may_take_cash::boolean, home_latitude_e7 = :home_latitude_e7::int, home_longitude_e7 = :home_longitude_e7::int,
      reach_metres = :reach_metres::int, active = :active::boolean, version = version + 1
  where organisation_id = :organisation::uuid and technician_id = :technician_id::uuid and version = :version::int
  returning technician_id, version),
happened as (
  select 'technician_changed' as kind, null::uuid as customer_id, 'technician' as subject_kind, technician_id as subject_id,
         jsonb_build_object('zone', :zone::text, 'skills', :skills::jsonb, 'may_take_cash', :may_take_cash::boolean, 'active', :active::boolean) as body
  from changed),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('id', technician_id, 'version', version) as body from changed
  union all
  select 412, 'STALE_VERSION', '{}'::jsonb from dispatch.technician
  where organisation_id = :organisation::uuid and technician_id = :technician_id::uuid and version <> :version::int)

-- query: find_technician
select t.technician_id, s.name, t.zone, t.skills, t.may_take_cash, t.home_latitude_e7, t.home_longitude_e7, t.reach_metres, t.active, t.version
from dispatch.technician t join identity.staff s on s.organisation_id = t.organisation_id and s.staff_id = t.technician_id
where t.organisation_id = :organisation and t.technician_id = :technician_id

-- query: list_technicians
select t.technician_id, s.name, t.zone, t.skills, t.may_take_cash, t.home_latitude_e7, t.home_longitude_e7, t.reach_metres, t.active, t.version
from dispatch.technician t join identity.staff s on s.organisation_id = t.organisation_id and s.staff_id = t.technician_id
where t.organisation_id = :organisation and t.technician_id > :after
order by t.technician_id limit :limit + 1

-- verb: add_shifts
-- One row a day of the pattern, its instants resolved here, once; a day on which the clock change leaves nothing of the shift has none, and one on which it leaves
-- no room for the break has that shift without it.
with technician as (
  select technician_id, coalesce(:zone::text, zone) as zone from dispatch.technician where organisation_id = :organisation::uuid and technician_id = :technician_id::uuid),
days as (
  select t.technician_id, t.zone, d::date as on_day, row_number() over (order by d) as nth,
         dispatch.instant_of(d::date + :starts::time, t.zone) as starts_at,
         dispatch.instant_of(d::date + case when :ends::time > :starts::time then 0 else 1 end + :ends::time, t.zone) as ends_at,
         dispatch.instant_of(d::date + case when :break_earliest::time >= :starts::time then 0 else 1 end + :break_earliest::time, t.zone) as earliest_at,
         dispatch.instant_of(d::date + case when :break_latest::time >= :starts::time then 0 else 1 end + :break_latest::time, t.zone) as latest_at
  from technician t cross join lateral generate_series(:from_on::date::timestamp, (:until_on::date - 1)::timestamp, interval '1 day') d
  where extract(isodow from d)::int = any (:weekdays::int[])),
worked as (
  select d.*, case when earliest_at >= starts_at and latest_at >= earliest_at and latest_at + make_interval(mins => :break_minutes::int) <= ends_at then :break_minutes::int end as minutes
  from days d where ends_at > starts_at),
added as (
  insert into dispatch.shift (organisation_id, technician_id, on_day, starts_wall, ends_wall, zone, starts_at, ends_at, break_minutes, break_earliest, break_latest,
    break_earliest_at, break_latest_at, created_at)
  select :organisation::uuid, technician_id, on_day, :starts::time, :ends::time, zone, starts_at, ends_at, minutes, case when minutes > 0 then :break_earliest::time end,
         case when minutes > 0 then :break_latest::time end, case when minutes > 0 then earliest_at end, case when minutes > 0 then latest_at end, :at::timestamptz
  from worked
  returning on_day),
-- Who is away has no break to take.
rests as (
  insert into dispatch.occupancy (organisation_id, occupancy_id, technician_id, kind, starts_at, ends_at)
  select :organisation::uuid, b.id, w.technician_id, 'break', w.earliest_at, w.earliest_at + make_interval(mins => w.minutes)
  from worked w join unnest(:break_ids::uuid[]) with ordinality as b (id, nth) on b.nth = w.nth
  where w.minutes > 0 and w.earliest_at = w.latest_at
    and not exists (
      select from dispatch.occupancy o
      where o.organisation_id = :organisation::uuid and o.technician_id = w.technician_id and o.kind = 'absence'
        and o.ends_at > w.earliest_at and o.starts_at < w.earliest_at + make_interval(mins => w.minutes) offset 0)),
happened as (
  select 'shifts_added' as kind, null::uuid as customer_id, 'technician' as subject_kind, technician_id as subject_id,
         jsonb_build_object('from_on', :from_on::date, 'until_on', :until_on::date, 'shifts', (select count(*) from added)) as body
  from technician),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('technician_id', technician_id, 'shifts', (select count(*) from added)) as body from technician)

-- query: find_day
with technician as (
  select t.technician_id, t.zone, coalesce(:on_day::date, (:at::timestamptz at time zone t.zone)::date) as on_day
  from dispatch.technician t where t.organisation_id = :organisation and t.technician_id = :technician_id),
day as (
  select technician_id, zone, on_day, dispatch.instant_of(on_day::timestamp, zone) as from_at, dispatch.instant_of((on_day + 1)::timestamp, zone) as until_at from technician)
select d.technician_id, d.on_day, d.zone,
  (select coalesce(jsonb_agg(jsonb_build_object('from', h.starts_at, 'until', h.ends_at, 'local_from', h.starts_at at time zone d.zone, 'local_until', h.ends_at at time zone d.zone,
     'break', case when h.break_minutes > 0 then jsonb_build_object('minutes', h.break_minutes, 'earliest', h.break_earliest_at, 'latest', h.break_latest_at) end) order by h.starts_at), '[]'::jsonb)
   from dispatch.shift h where h.organisation_id = :organisation and h.technician_id = d.technician_id and h.ends_at > d.from_at and h.starts_at < d.until_at),
  (select coalesce(jsonb_agg(jsonb_build_object('kind', o.kind, 'from', o.starts_at, 'until', o.ends_at, 'reason', o.reason) order by o.starts_at), '[]'::jsonb)
   from dispatch.occupancy o where o.organisation_id = :organisation and o.technician_id = d.technician_id and o.ends_at > d.from_at and o.starts_at < d.until_at and o.kind in ('break', 'absence')),
  array(
   select o.visit_id from dispatch.occupancy o
   where o.organisation_id = :organisation and o.technician_id = d.technician_id and o.ends_at > d.from_at and o.starts_at < d.until_at and o.kind = 'visit' order by o.starts_at)
from day d
