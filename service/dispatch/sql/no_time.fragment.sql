-- Input `a (starts_at, ends_at, visit_id)` and `t`, the technician; an expression: why their time isn't free then, or null.
case
  when not exists (
    select from dispatch.shift h where h.organisation_id = :organisation::uuid and h.technician_id = t.technician_id
      and h.starts_at <= a.starts_at and h.ends_at + make_interval(mins => t.most_overtime_minutes) >= a.ends_at) then 'OUTSIDE_SHIFT'
  when exists (
    select from dispatch.occupancy o where o.organisation_id = :organisation::uuid and o.technician_id = t.technician_id
      and o.starts_at < a.ends_at and o.ends_at > a.starts_at and o.visit_id is distinct from a.visit_id
      and not (o.kind = 'hold' and o.expires_at <= :at::timestamptz)) then 'SLOT_TAKEN'
  when
-- include: dispatch/no_time_for_break
  then 'NO_TIME_FOR_BREAK'
end
