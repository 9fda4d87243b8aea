-- Input `asked (job_id, customer_id, site_id, kind, state, skills, crew_size, minutes, latitude_e7, longitude_e7, zone, starts_at, ends_at, arrive_until, starts_wall, visit_id)`,
-- `:technician_id`: who leads, `hands (technician_id)`: all who would go; output `judged (code)`: why they can't be placed there, or null; and `next_best (slots)`: where else
-- instead, read only when it is. Of those who go along only the time is asked.
judged as (
  select coalesce(
-- include: dispatch/why_not
    , case
      when (select count(*) from hands) <> a.crew_size or (select count(distinct h.technician_id) from hands h) <> a.crew_size then 'CREW_NOT_WHOLE'
      when a.crew_size = 1 then null
      when exists (
        select from hands h where not exists (
          select from dispatch.technician n where n.organisation_id = :organisation::uuid and n.technician_id = h.technician_id and n.active offset 0)) then 'TECHNICIAN_UNKNOWN'
      when exists (
        select from hands w where not exists (
          select from dispatch.shift h where h.organisation_id = :organisation::uuid and h.technician_id = w.technician_id
            and h.starts_at <= a.starts_at and h.ends_at >= a.ends_at offset 0)) then 'OUTSIDE_SHIFT'
      when exists (
        select from hands w cross join lateral (
          select from dispatch.occupancy o where o.organisation_id = :organisation::uuid and o.technician_id = w.technician_id
            and o.starts_at < a.ends_at and o.ends_at > a.starts_at and o.visit_id is distinct from a.visit_id
            and not (o.kind = 'hold' and o.expires_at <= :at::timestamptz) offset 0) o) then 'SLOT_TAKEN' end) as code
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
