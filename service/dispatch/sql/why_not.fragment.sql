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
  else
-- include: dispatch/no_time
end
