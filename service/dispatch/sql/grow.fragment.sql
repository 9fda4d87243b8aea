-- Input `growing (visit_id, until_at)`: visits that take until then; their time goes no further than to whatever comes next of anybody who goes, and never ends before it was planned to.
-- Output `grown (visit_id, technician_id, ends_at)`: those whose time ends elsewhere now.
room as (
  select g.visit_id, min(o.starts_at) as starts_at, min(o.ends_at) as ends_at, least(g.until_at, min(n.starts_at)) as until_at
  from growing g
  cross join lateral (
    select o.* from dispatch.occupancy o where o.organisation_id = :organisation::uuid and o.visit_id = g.visit_id and o.kind = 'visit' offset 0) o
  left join lateral (
    select min(n.starts_at) as starts_at from dispatch.occupancy n
    where n.organisation_id = :organisation::uuid and n.technician_id = o.technician_id and n.starts_at >= o.ends_at and n.ends_at > o.ends_at) n on true
  group by g.visit_id, g.until_at),
grew as (
  update dispatch.occupancy o set ends_at = r.until_at from room r
  where o.organisation_id = :organisation::uuid and o.visit_id = r.visit_id and r.until_at > r.ends_at
  returning o.visit_id, o.technician_id, o.member, o.ends_at),
grown as (select visit_id, technician_id, ends_at from grew where member = 1)
