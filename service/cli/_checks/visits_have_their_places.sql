-- Every visit still to come, and no cancelled one, has its places in the calendars of those who go, as its last step says: longer where work takes longer, and
-- later where it was handed on once its time had begun.
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
      and o.kind = case g.to_state when 'held' then 'hold' else 'visit' end
      and (o.starts_at = g.starts_at and (o.ends_at = g.ends_at or o.ends_at > g.ends_at and g.to_state in ('on_site', 'working', 'paused'))
        or o.starts_at > g.starts_at and o.ends_at - g.ends_at >= o.starts_at - g.starts_at and exists (
          select from dispatch.visit_step s
          where s.organisation_id = g.organisation_id and s.visit_id = g.visit_id and s.technician_id = g.technician_id and s.to_state = 'booked' and s.captured_at = o.starts_at)))
union all
select o.organisation_id, o.visit_id, coalesce(h.to_state, 'without a step') || ' but still has a place'
from dispatch.occupancy o left join head h on h.organisation_id = o.organisation_id and h.visit_id = o.visit_id
where o.visit_id is not null and (h.to_state is null or h.to_state = 'cancelled')
order by 1, 2
