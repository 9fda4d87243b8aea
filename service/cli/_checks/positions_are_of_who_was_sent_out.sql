-- Where somebody was is known only of whoever leads the visit that it is kept for, measured once that step of it was taken and before another was.
select p.organisation_id, p.visit_id, case
    when s.technician_id <> p.technician_id then 'a position of ' || p.technician_id || ', who was not sent there'
    else 'a position measured at ' || p.measured_at || ', when step ' || p.visit_step || ' was not what stood' end
from dispatch.position p
join dispatch.visit_step s on s.organisation_id = p.organisation_id and s.visit_id = p.visit_id and s.step = p.visit_step
left join dispatch.visit_step n on n.organisation_id = p.organisation_id and n.visit_id = p.visit_id and n.step = p.visit_step + 1
where s.technician_id <> p.technician_id or p.measured_at < s.captured_at or p.measured_at >= n.captured_at
order by 1, 2
