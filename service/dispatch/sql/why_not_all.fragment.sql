-- The rest of the rule where several go: input `a (crew_size, starts_at, ends_at, visit_id)` and `hands (technician_id)`, all who would go; an expression: why they can't, or null. Of those who go
-- along only the time is asked, and their rest.
case
  when (select count(*) from hands) <> a.crew_size or (select count(distinct h.technician_id) from hands h) <> a.crew_size then 'CREW_NOT_WHOLE'
  when a.crew_size = 1 then null
  when exists (
    select from hands h where not exists (
      select from dispatch.technician n where n.organisation_id = :organisation::uuid and n.technician_id = h.technician_id and n.active offset 0)) then 'TECHNICIAN_UNKNOWN'
  when exists (
    select from hands w where not exists (
      select from dispatch.shift h join dispatch.technician n on n.organisation_id = h.organisation_id and n.technician_id = h.technician_id
      where h.organisation_id = :organisation::uuid and h.technician_id = w.technician_id
        and h.starts_at <= a.starts_at and h.ends_at + make_interval(mins => n.most_overtime_minutes) >= a.ends_at offset 0)) then 'OUTSIDE_SHIFT'
  when exists (
    select from hands w cross join lateral (
      select from dispatch.occupancy o where o.organisation_id = :organisation::uuid and o.technician_id = w.technician_id
        and o.starts_at < a.ends_at and o.ends_at > a.starts_at and o.visit_id is distinct from a.visit_id
        and not (o.kind = 'hold' and o.expires_at <= :at::timestamptz) offset 0) o) then 'SLOT_TAKEN'
  when exists (
    select from hands t where
-- include: dispatch/no_time_for_break
  ) then 'NO_TIME_FOR_BREAK' end
