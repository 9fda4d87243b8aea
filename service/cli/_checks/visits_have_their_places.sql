-- Every visit still to come, and no cancelled one, has its place in its technician's calendar, as its last step says.
with head as (
  select distinct on (organisation_id, visit_id) organisation_id, visit_id, to_state, technician_id, starts_at, ends_at
  from dispatch.visit_step order by organisation_id, visit_id, step desc)
select h.organisation_id, h.visit_id, h.to_state || ' but has no place'
from head h
where h.to_state in ('held', 'booked', 'dispatched', 'accepted', 'en_route', 'on_site', 'working', 'paused')
  and not exists (
    select from dispatch.occupancy o
    where o.organisation_id = h.organisation_id and o.visit_id = h.visit_id and o.technician_id = h.technician_id and o.starts_at = h.starts_at and o.ends_at = h.ends_at
      and o.kind = case h.to_state when 'held' then 'hold' else 'visit' end)
union all
select o.organisation_id, o.visit_id, coalesce(h.to_state, 'without a step') || ' but still has a place'
from dispatch.occupancy o left join head h on h.organisation_id = o.organisation_id and h.visit_id = o.visit_id
where o.visit_id is not null and (h.to_state is null or h.to_state = 'cancelled')
order by 1, 2
