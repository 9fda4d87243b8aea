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
-- One row a day of the pattern, its instants resolved here, once; a day on which the clock change leaves nothing of the shift has none.
with technician as (
  select technician_id, coalesce(:zone::text, zone) as zone from dispatch.technician where organisation_id = :organisation::uuid and technician_id = :technician_id::uuid),
days as (
  select t.technician_id, t.zone, d::date as on_day, row_number() over (order by d) as nth,
         dispatch.instant_of(d::date + :starts::time, t.zone) as starts_at,
         dispatch.instant_of(d::date + case when :ends::time > :starts::time then 0 else 1 end + :ends::time, t.zone) as ends_at,
         dispatch.instant_of(d::date + case when :break_starts::time >= :starts::time then 0 else 1 end + :break_starts::time, t.zone) as break_starts_at,
         dispatch.instant_of(d::date + case when :break_ends::time > :starts::time then 0 else 1 end + :break_ends::time, t.zone) as break_ends_at
  from technician t cross join lateral generate_series(:from_on::date::timestamp, (:until_on::date - 1)::timestamp, interval '1 day') d
  where extract(isodow from d)::int = any (:weekdays::int[])),
added as (
  insert into dispatch.shift (organisation_id, technician_id, on_day, starts_wall, ends_wall, zone, starts_at, ends_at, created_at)
  select :organisation::uuid, technician_id, on_day, :starts::time, :ends::time, zone, starts_at, ends_at, :at::timestamptz from days where ends_at > starts_at
  returning on_day),
rests as (
  insert into dispatch.occupancy (organisation_id, occupancy_id, technician_id, kind, starts_at, ends_at)
  select :organisation::uuid, b.id, d.technician_id, 'break', d.break_starts_at, d.break_ends_at
  from days d join unnest(:break_ids::uuid[]) with ordinality as b (id, nth) on b.nth = d.nth
  where d.break_ends_at > d.break_starts_at and d.break_starts_at >= d.starts_at and d.break_ends_at <= d.ends_at),
happened as (
  select 'shifts_added' as kind, null::uuid as customer_id, 'technician' as subject_kind, technician_id as subject_id,
         jsonb_build_object('from_on', :from_on::date, 'until_on', :until_on::date, 'shifts', (select count(*) from added)) as body
  from technician),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('technician_id', technician_id, 'shifts', (select count(*) from added)) as body from technician)

-- verb: add_absence
-- Refused where a visit or a hold stands in it: that customer was promised something, so somebody moves the visit first.
with technician as (
  select technician_id from dispatch.technician where organisation_id = :organisation::uuid and technician_id = :technician_id::uuid),
existing as (
  select occupancy_id, technician_id, (technician_id, kind, starts_at, ends_at, reason) is not distinct from
    (:technician_id::uuid, 'absence', :starts_at::timestamptz, :ends_at::timestamptz, :reason::text) as same
  from dispatch.occupancy where organisation_id = :organisation::uuid and occupancy_id = :absence_id::uuid),
met as (
  select o.visit_id from technician t
  join dispatch.occupancy o on o.organisation_id = :organisation::uuid and o.technician_id = t.technician_id and o.ends_at > :starts_at::timestamptz and o.starts_at < :ends_at::timestamptz
  where o.kind in ('visit', 'hold')),
-- Breaks within an absence go with it.
dropped as (
  delete from dispatch.occupancy o using technician t
  where o.organisation_id = :organisation::uuid and o.technician_id = t.technician_id and o.kind = 'break' and o.ends_at > :starts_at::timestamptz and o.starts_at < :ends_at::timestamptz
    and not exists (select from met) and not exists (select from existing)),
added as (
  insert into dispatch.occupancy (organisation_id, occupancy_id, technician_id, kind, starts_at, ends_at, reason)
  select :organisation::uuid, :absence_id::uuid, technician_id, 'absence', :starts_at::timestamptz, :ends_at::timestamptz, :reason::text from technician
  where not exists (select from met) and not exists (select from existing)
  returning occupancy_id, technician_id),
happened as (
  select 'absence_added' as kind, null::uuid as customer_id, 'technician' as subject_kind, technician_id as subject_id,
         jsonb_build_object('absence_id', occupancy_id, 'from', :starts_at::timestamptz, 'until', :ends_at::timestamptz) as body
  from added),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', occupancy_id, 'technician_id', technician_id) as body from added
  union all
  select 409, 'TECHNICIAN_BUSY', jsonb_build_object('visit_ids', (select jsonb_agg(visit_id order by visit_id) from met)) from technician
  where exists (select from met) and not exists (select from existing)
  union all
  select case when same then 200 else 409 end, case when not same then 'ID_TAKEN' end,
         case when same then jsonb_build_object('id', occupancy_id, 'technician_id', technician_id) else '{}'::jsonb end
  from existing)

-- query: find_day
with technician as (
  select t.technician_id, t.zone, coalesce(:on_day::date, (:at::timestamptz at time zone t.zone)::date) as on_day
  from dispatch.technician t where t.organisation_id = :organisation and t.technician_id = :technician_id),
day as (
  select technician_id, zone, on_day, dispatch.instant_of(on_day::timestamp, zone) as from_at, dispatch.instant_of((on_day + 1)::timestamp, zone) as until_at from technician)
select d.technician_id, d.on_day, d.zone,
  (select coalesce(jsonb_agg(jsonb_build_object('from', h.starts_at, 'until', h.ends_at, 'local_from', h.starts_at at time zone d.zone, 'local_until', h.ends_at at time zone d.zone) order by h.starts_at), '[]'::jsonb)
   from dispatch.shift h where h.organisation_id = :organisation and h.technician_id = d.technician_id and h.ends_at > d.from_at and h.starts_at < d.until_at),
  (select coalesce(jsonb_agg(jsonb_build_object('kind', o.kind, 'from', o.starts_at, 'until', o.ends_at, 'reason', o.reason) order by o.starts_at), '[]'::jsonb)
   from dispatch.occupancy o where o.organisation_id = :organisation and o.technician_id = d.technician_id and o.ends_at > d.from_at and o.starts_at < d.until_at and o.kind in ('break', 'absence')),
  array(
   select o.visit_id from dispatch.occupancy o
   where o.organisation_id = :organisation and o.technician_id = d.technician_id and o.ends_at > d.from_at and o.starts_at < d.until_at and o.kind = 'visit' order by o.starts_at)
from day d
