-- Nobody's visits to come take all the time in which their break could begin, unless they are away then or it stands elsewhere in their shift.
with owed as (
  select h.organisation_id, h.technician_id, h.starts_at, h.break_earliest_at as earliest, h.break_latest_at as latest, make_interval(mins => h.break_minutes) as takes
  from dispatch.shift h
  where h.break_latest_at > h.break_earliest_at
    and not exists (
      select from dispatch.occupancy o
      where o.organisation_id = h.organisation_id and o.technician_id = h.technician_id and o.during && h.during
        and (o.kind = 'break' or o.kind = 'absence' and o.starts_at < h.break_latest_at + make_interval(mins => h.break_minutes) and o.ends_at > h.break_earliest_at))),
stands as (
  select o.*, s.starts_at as shift_starts_at, s.earliest, s.latest, s.takes, (
    select v.to_state from dispatch.visit_step v where v.organisation_id = o.organisation_id and v.visit_id = o.visit_id order by v.step desc limit 1) as state
  from owed s
  join dispatch.occupancy o on o.organisation_id = s.organisation_id and o.technician_id = s.technician_id and o.starts_at < s.latest + s.takes and o.ends_at > s.earliest
    and not (o.kind = 'hold' and o.expires_at <= now())),
-- what is under way or over may have taken longer than it was booked for
booked as (
  select organisation_id, technician_id, shift_starts_at, earliest, latest, takes from stands
  group by 1, 2, 3, 4, 5, 6 having bool_and(state in ('held', 'booked', 'dispatched', 'accepted')))
select b.organisation_id, b.technician_id, 'no room for the break of the shift that begins ' || b.shift_starts_at
from booked b
where not exists (
  select from (
    select b.earliest as at union all select o.ends_at from stands o where o.organisation_id = b.organisation_id and o.technician_id = b.technician_id and o.shift_starts_at = b.shift_starts_at) f
  where f.at between b.earliest and b.latest and not exists (
    select from stands o where o.organisation_id = b.organisation_id and o.technician_id = b.technician_id and o.shift_starts_at = b.shift_starts_at
      and o.starts_at < f.at + b.takes and o.ends_at > f.at))
order by 1, 2, 3
