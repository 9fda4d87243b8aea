-- Input `a (visit_id, starts_at, ends_at, to_come)`; an expression: what was said last of its arrival, or of its end once somebody is there, since it was last placed; null where nothing was, or it was taken back.
(select case when d.minutes > 0 then jsonb_build_object('minutes', d.minutes, 'reason', d.reason, 'told_at', d.told_at) end
 from dispatch.visit_delay d
 where d.organisation_id = :organisation::uuid and d.visit_id = a.visit_id and d.about = case when a.to_come then 'arrival' else 'end' end
   and d.planned_at = case when a.to_come then a.starts_at else a.ends_at end
   and not exists (
     select from dispatch.visit_step m where m.organisation_id = d.organisation_id and m.visit_id = d.visit_id and m.to_state = 'booked' and m.captured_at > d.told_at)
 order by d.nth desc limit 1)
