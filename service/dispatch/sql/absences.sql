-- verb: add_absence
-- Refused where a visit or a hold stands in it: that customer was promised something, so somebody moves the visit first. Breaks in it go with it.
with technician as (
  select technician_id, zone from dispatch.technician where organisation_id = :organisation::uuid and technician_id = :technician_id::uuid),
asked as (
  select technician_id, coalesce(:starts_at::timestamptz, dispatch.instant_of(:from_on::date::timestamp, zone)) as starts_at,
         coalesce(:ends_at::timestamptz, dispatch.instant_of(:until_on::date::timestamp, zone)) as ends_at
  from technician),
hands as (select technician_id from technician),
existing as (
  select o.occupancy_id, o.technician_id, o.starts_at, o.ends_at, (o.technician_id, o.kind, o.starts_at, o.ends_at, o.reason) is not distinct from (a.technician_id, 'absence', a.starts_at, a.ends_at, :reason::text) as same
  from asked a join dispatch.occupancy o on o.organisation_id = :organisation::uuid and o.occupancy_id = :absence_id::uuid),
met as (
  select o.occupancy_id, o.kind, o.visit_id, o.starts_at, o.ends_at
  from asked a cross join lateral (
    select o.occupancy_id, o.kind, o.visit_id, o.starts_at, o.ends_at, o.expires_at from dispatch.occupancy o
    where o.organisation_id = :organisation::uuid and o.technician_id = a.technician_id and o.ends_at > a.starts_at and o.starts_at < a.ends_at offset 0) o
  where not (o.kind = 'hold' and o.expires_at <= :at::timestamptz)),
judged as (
  select case
      when exists (select from met where kind in ('visit', 'hold')) then 'TECHNICIAN_BUSY'
      when exists (select from met where kind = 'absence') then 'ALREADY_ABSENT' end as code
  from technician where not exists (select from existing)),
going as (select 1 as yes from judged where code is null),
-- include: dispatch/evict
,
dropped as (
  delete from dispatch.occupancy o
  where o.organisation_id = :organisation::uuid and o.occupancy_id = any (array(select m.occupancy_id from met m cross join going where m.kind = 'break'))),
added as (
  insert into dispatch.occupancy (organisation_id, occupancy_id, technician_id, kind, starts_at, ends_at, reason)
  select :organisation::uuid, :absence_id::uuid, technician_id, 'absence', starts_at, ends_at, :reason::text from asked, going
  returning occupancy_id, technician_id, starts_at, ends_at),
happened as (
  select 'absence_added' as kind, null::uuid as customer_id, 'technician' as subject_kind, technician_id as subject_id,
         jsonb_build_object('absence_id', occupancy_id, 'from', starts_at, 'until', ends_at) as body
  from added
  union all
  select 'visit_cancelled', customer_id, 'visit', visit_id, jsonb_build_object('job_id', job_id, 'reason', 'hold_expired') from lapsed),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', occupancy_id, 'technician_id', technician_id, 'from', starts_at, 'until', ends_at) as body from added
  union all
  select 409, code, case code
      when 'TECHNICIAN_BUSY' then jsonb_build_object('visits', (
        select jsonb_agg(jsonb_build_object('id', visit_id, 'held', kind = 'hold', 'from', starts_at, 'until', ends_at) order by starts_at) from met where kind in ('visit', 'hold')))
      else jsonb_build_object('absences', (
        select jsonb_agg(jsonb_build_object('id', occupancy_id, 'from', starts_at, 'until', ends_at) order by starts_at) from met where kind = 'absence')) end
  from judged where code is not null
  union all
  select case when same then 200 else 409 end, case when not same then 'ID_TAKEN' end,
         case when same then jsonb_build_object('id', occupancy_id, 'technician_id', technician_id, 'from', starts_at, 'until', ends_at) else '{}'::jsonb end
  from existing)

-- verb: cancel_absence
-- What is over of it stays; from now on the technician is there again, and so are the fixed breaks of their shifts where nothing else stands.
with head as (
  select a.occupancy_id, a.technician_id, a.starts_at, a.ends_at, greatest(a.starts_at, :at::timestamptz) as free_from
  from dispatch.occupancy a
  where a.organisation_id = :organisation::uuid and a.occupancy_id = :absence_id::uuid and a.technician_id = :technician_id::uuid and a.kind = 'absence'),
going as (select * from head where ends_at > :at::timestamptz),
undone as (
  delete from dispatch.occupancy o where o.organisation_id = :organisation::uuid and o.occupancy_id = (select occupancy_id from going where starts_at >= :at::timestamptz)),
shortened as (
  update dispatch.occupancy o set ends_at = :at::timestamptz
  where o.organisation_id = :organisation::uuid and o.occupancy_id = (select occupancy_id from going where starts_at < :at::timestamptz)),
rests as (
  select g.occupancy_id, g.technician_id, h.break_earliest_at as starts_at, h.break_earliest_at + make_interval(mins => h.break_minutes) as ends_at
  from going g cross join lateral (
    select h.* from dispatch.shift h
    where h.organisation_id = :organisation::uuid and h.technician_id = g.technician_id and h.ends_at > g.free_from and h.starts_at < g.ends_at offset 0) h
  where h.break_earliest_at = h.break_latest_at and h.break_earliest_at >= g.free_from and h.break_earliest_at < g.ends_at
    and not exists (
      select from dispatch.occupancy o
      where o.organisation_id = :organisation::uuid and o.technician_id = g.technician_id and o.occupancy_id <> g.occupancy_id
        and o.ends_at > h.break_earliest_at and o.starts_at < h.break_earliest_at + make_interval(mins => h.break_minutes) offset 0)),
taken_again as (
  insert into dispatch.occupancy (organisation_id, occupancy_id, technician_id, kind, starts_at, ends_at)
  select :organisation::uuid, encode(substr(kit.fingerprint('break', occupancy_id::text, starts_at::text, :request_id::uuid::text), 1, 16), 'hex')::uuid, technician_id, 'break', starts_at, ends_at from rests),
happened as (
  select 'absence_cancelled' as kind, null::uuid as customer_id, 'technician' as subject_kind, technician_id as subject_id,
         jsonb_build_object('absence_id', occupancy_id, 'from', free_from, 'until', ends_at) as body
  from going),
answer as (
  select case when g.occupancy_id is null then 409 else 200 end as status, case when g.occupancy_id is null then 'ABSENCE_OVER' end as code,
         case when g.occupancy_id is null then jsonb_build_object('until', h.ends_at)
           else jsonb_build_object('id', h.occupancy_id, 'technician_id', h.technician_id, 'from', g.free_from, 'until', g.ends_at) end as body
  from head h left join going g on g.occupancy_id = h.occupancy_id
  union all
  select 404, 'ABSENCE_NOT_FOUND', '{}'::jsonb where not exists (select from head))

-- query: list_absences
select a.occupancy_id, a.technician_id, s.name, a.reason, a.starts_at, a.ends_at, a.starts_at at time zone t.zone, a.ends_at at time zone t.zone, t.zone
from dispatch.technician t
join identity.staff s on s.organisation_id = t.organisation_id and s.staff_id = t.technician_id
cross join lateral (
  select a.* from dispatch.occupancy a
  where a.organisation_id = :organisation and a.technician_id = t.technician_id and a.ends_at > :from_at::timestamptz and a.starts_at < :until_at::timestamptz and a.kind = 'absence' offset 0) a
where t.organisation_id = :organisation and (:technician_id::uuid is null or t.technician_id = :technician_id) and (a.starts_at, a.occupancy_id) > (:after_at::timestamptz, :after_id::uuid)
order by a.starts_at, a.occupancy_id limit :limit + 1
