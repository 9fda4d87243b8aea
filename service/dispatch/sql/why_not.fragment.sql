-- The one rule of who may be placed where: verbs judge by it, and the board says by it beforehand what they would answer. Input rows `a (job_id, kind, state, skills, starts_at,
-- ends_at, visit_id)` and `t`, the technician or nobody; an expression: why they can't be placed there, or null.
case
  when a.state not in ('open', 'in_progress') then 'JOB_NOT_OPEN'
  when t.active is not true then 'TECHNICIAN_UNKNOWN'
  when a.starts_at < :at::timestamptz then 'SLOT_PAST'
  when a.starts_at <
-- include: dispatch/parts_there
    then 'BEFORE_PARTS'
  when not dispatch.has_skills(t.skills, a.skills) then 'SKILL_MISSING'
  when a.kind = 'collection' and not t.may_take_cash then 'CASH_NOT_ALLOWED'
  when a.kind = 'collection' and coalesce((select s.stopped from dispatch.collection_stop s where s.organisation_id = :organisation::uuid and s.technician_id = t.technician_id order by s.step desc limit 1), false) then 'CASH_LIMIT_REACHED'
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
