-- query: find_slots
with job as (
  select j.job_id, j.kind, j.skills, j.crew_size, j.duration_minutes, j.arrival_minutes, s.zone, s.latitude_e7, s.longitude_e7,
         coalesce(:from_on::date, (:at::timestamptz at time zone s.zone)::date) as from_on
  from dispatch.job j
  join customers.site s on s.organisation_id = j.organisation_id and s.customer_id = j.customer_id and s.site_id = j.site_id
  where j.organisation_id = :organisation and j.job_id = :job_id),
sought as (
  select skills, kind = 'collection' as takes_cash, crew_size, duration_minutes as minutes, latitude_e7, longitude_e7,
         greatest(dispatch.instant_of(from_on::timestamp, zone), date_bin(interval '5 minutes', :at::timestamptz + interval '5 minutes', timestamptz '2000-01-01Z')) as from_at,
         dispatch.instant_of((from_on + :days::int)::timestamp, zone) as until_at, :technician_id::uuid as technician_id
  from job),
-- include: dispatch/sought
,
best as (
  select distinct on (f.starts_at) f.technician_id, f.crew, f.metres, f.starts_at, f.ends_at, f.starts_at at time zone j.zone as starts_wall, f.starts_at + make_interval(mins => j.arrival_minutes) as arrive_until
  from free f cross join job j order by f.starts_at, f.metres nulls last, f.technician_id),
ranked as (
  select b.*, starts_wall::date as on_day, row_number() over (partition by starts_wall::date order by starts_at) as nth, row_number() over (order by starts_at) as rank from best b),
offered as (
  select on_day, jsonb_agg(jsonb_build_object('rank', rank, 'technician_id', technician_id, 'crew', to_jsonb(crew), 'from', starts_at, 'until', ends_at,
    'arrive', jsonb_build_object('from', starts_at, 'until', arrive_until), 'local_from', starts_wall, 'metres', metres) order by starts_at) as slots
  from ranked where nth <= :most::int group by on_day),
days as (
  select d::date as on_day, o.slots,
    case
      when o.slots is not null then null
      when not exists (select from able) then 'NO_SKILL'
      when not exists (select from near) then 'TOO_FAR'
      when not exists (
        select from working w cross join job j
        where w.starts_at < dispatch.instant_of(d + interval '1 day', j.zone) and w.ends_at > dispatch.instant_of(d, j.zone)) then 'NO_SHIFT'
      when crew_size > 1 and crew_size > (
        select count(distinct w.technician_id) from hands_working w cross join job j
        where w.starts_at < dispatch.instant_of(d + interval '1 day', j.zone) and w.ends_at > dispatch.instant_of(d, j.zone)) then 'NO_CREW'
      else 'FULL'
    end as why
  from job cross join lateral generate_series(from_on::timestamp, (from_on + :days::int - 1)::timestamp, interval '1 day') d
  left join offered o on o.on_day = d::date)
select job_id, zone, duration_minutes,
  (select jsonb_agg(jsonb_build_object('on', on_day, 'slots', coalesce(slots, '[]'::jsonb), 'none_because', why) order by on_day) from days)
from job
