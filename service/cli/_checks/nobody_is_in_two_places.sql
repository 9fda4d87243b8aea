-- No technician is in two places at once.
select a.organisation_id, a.occupancy_id, 'overlaps ' || b.occupancy_id
from dispatch.occupancy a
join dispatch.occupancy b on b.organisation_id = a.organisation_id and b.technician_id = a.technician_id and b.occupancy_id > a.occupancy_id and b.during && a.during
order by 1, 2, 3
