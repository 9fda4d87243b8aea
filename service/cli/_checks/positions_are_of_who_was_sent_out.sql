-- Where somebody was is known only of whoever leads the visit that it is kept for, and not from before they were sent there. A step that a phone tells later may be from before a position that is known already.
select p.organisation_id, p.visit_id, case
    when s.technician_id <> p.technician_id then 'a position of ' || p.technician_id || ', who was not sent there'
    else 'a position measured at ' || p.measured_at || ', before step ' || p.visit_step end
from dispatch.position p
join dispatch.visit_step s on s.organisation_id = p.organisation_id and s.visit_id = p.visit_id and s.step = p.visit_step
where s.technician_id <> p.technician_id or p.measured_at < s.captured_at
order by 1, 2
