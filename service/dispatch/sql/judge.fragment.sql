-- Input `asked (job_id, customer_id, site_id, kind, state, skills, crew_size, minutes, latitude_e7, longitude_e7, zone, starts_at, ends_at, arrive_until, starts_wall, visit_id)`,
-- `:technician_id`: who leads, `hands (technician_id)`: all who would go; output `judged (code)`: why they can't be placed there, or null; and `next_best (slots)`: where else
-- instead, read only when it is.
judged as (
  select coalesce(
-- include: dispatch/why_not
    ,
-- include: dispatch/why_not_all
  ) as code
  from asked a left join dispatch.technician t on t.organisation_id = :organisation::uuid and t.technician_id = :technician_id::uuid),
sought as (
  select skills, kind = 'collection' as takes_cash, crew_size, minutes, latitude_e7, longitude_e7, starts_at as from_at, starts_at + interval '8 days' as until_at, null::uuid as technician_id
  from asked),
-- include: dispatch/sought
,
best as (select distinct on (f.starts_at) f.technician_id, f.crew, f.metres, f.starts_at, f.ends_at from free f order by f.starts_at, f.metres nulls last, f.technician_id limit 5),
next_best as (
  select coalesce(jsonb_agg(jsonb_build_object('technician_id', technician_id, 'crew', to_jsonb(crew), 'from', starts_at, 'until', ends_at, 'metres', metres) order by starts_at), '[]'::jsonb) as slots
  from best)
