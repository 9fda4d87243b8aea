-- Every visit still to come, and no cancelled one, has its places in the calendars of those who go, as its last step says.
with head as (
  select distinct on (organisation_id, visit_id) organisation_id, visit_id, to_state, technician_id, crew, starts_at, ends_at
  from dispatch.visit_step order by organisation_id, visit_id, step desc),
going as (
  select h.*, m.member_id, m.member
  from head h cross join lateral unnest(h.technician_id || h.crew) with ordinality as m (member_id, member)
  where h.to_state in ('held', 'booked', 'dispatched', 'accepted', 'en_route', 'on_site', 'working', 'paused'))
select g.organisation_id, g.visit_id, g.to_state || ' but has no place' || case when g.member > 1 then ' for member ' || g.member else '' end
from going g
where not exists (
    select from dispatch.occupancy o
    where o.organisation_id = g.organisation_id and o.visit_id = g.visit_id and o.technician_id = g.member_id and o.member = g.member
      and o.starts_at = g.starts_at and o.ends_at = g.ends_at and o.kind = case g.to_state when 'held' then 'hold' else 'visit' end)
union all
select o.organisation_id, o.visit_id, coalesce(h.to_state, 'without a step') || ' but still has a place'
from dispatch.occupancy o left join head h on h.organisation_id = o.organisation_id and h.visit_id = o.visit_id
where o.visit_id is not null and (h.to_state is null or h.to_state = 'cancelled')
order by 1, 2
