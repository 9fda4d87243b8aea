-- Input `asked (job_id, customer_id, site_id, kind, state, skills, minutes, latitude_e7, longitude_e7, zone, starts_at, ends_at, arrive_until, starts_wall)`, `:technician_id`, `:visit_id`;
-- output `judged (code)`: why the technician can't be placed there, or null; and `next_best (slots)`: where else instead, read only when it is.
judged as (
  select case
      when a.state not in ('open', 'in_progress') then 'JOB_NOT_OPEN'
      when t.active is not true then 'TECHNICIAN_UNKNOWN'
      when a.starts_at < :at::timestamptz then 'SLOT_PAST'
      when not dispatch.has_skills(t.skills, a.skills) then 'SKILL_MISSING'
      when a.kind = 'collection' and not t.may_take_cash then 'CASH_NOT_ALLOWED'
      when a.kind = 'collection' and coalesce((select s.stopped from dispatch.collection_stop s where s.organisation_id = :organisation::uuid and s.technician_id = :technician_id::uuid order by s.step desc limit 1), false) then 'CASH_LIMIT_REACHED'
      when not exists (
        select from dispatch.shift h where h.organisation_id = :organisation::uuid and h.technician_id = :technician_id::uuid
          and h.starts_at <= a.starts_at and h.ends_at >= a.ends_at) then 'OUTSIDE_SHIFT'
      when exists (
        select from dispatch.occupancy o where o.organisation_id = :organisation::uuid and o.technician_id = :technician_id::uuid
          and o.starts_at < a.ends_at and o.ends_at > a.starts_at and o.visit_id is distinct from :visit_id::uuid
          and not (o.kind = 'hold' and o.expires_at <= :at::timestamptz)) then 'SLOT_TAKEN'
    end as code
  from asked a left join dispatch.technician t on t.organisation_id = :organisation::uuid and t.technician_id = :technician_id::uuid),
sought as (
  select skills, kind = 'collection' as takes_cash, minutes, latitude_e7, longitude_e7, starts_at as from_at, starts_at + interval '8 days' as until_at, null::uuid as technician_id
  from asked),
-- include: dispatch/sought
,
best as (select distinct on (f.starts_at) f.technician_id, f.metres, f.starts_at, f.ends_at from free f order by f.starts_at, f.metres nulls last, f.technician_id limit 5),
next_best as (
  select coalesce(jsonb_agg(jsonb_build_object('technician_id', technician_id, 'from', starts_at, 'until', ends_at, 'metres', metres) order by starts_at), '[]'::jsonb) as slots
  from best)
