-- Input `a (starts_at, ends_at, visit_id)` and `t (technician_id)`; an expression: whether a visit there would leave no room for the rest that its shift owes, so many minutes in one piece that
-- begin in its window: first with the window, now, or behind something that stands. Where a break stands in the shift, or an absence in the window, none is owed; a day that has lost its rest already loses nothing.
exists (
  select from (
    select h.starts_at, h.ends_at, h.break_earliest_at as earliest, h.break_latest_at as latest, make_interval(mins => h.break_minutes) as takes
    from dispatch.shift h
    where h.organisation_id = :organisation::uuid and h.technician_id = t.technician_id and h.starts_at <= a.starts_at and h.ends_at > a.starts_at
      and h.break_latest_at > h.break_earliest_at and h.break_earliest_at < a.ends_at and h.break_latest_at + make_interval(mins => h.break_minutes) > a.starts_at offset 0) h
  where not exists (
      select from dispatch.occupancy o where o.organisation_id = :organisation::uuid and o.technician_id = t.technician_id and o.starts_at < h.ends_at and o.ends_at > h.starts_at
        and (o.kind = 'break' or o.kind = 'absence' and o.starts_at < h.latest + h.takes and o.ends_at > h.earliest) offset 0)
    and (
      select bool_or(s.at >= :at::timestamptz) and not bool_or(s.at >= a.ends_at or s.at + h.takes <= a.starts_at)
      from (
        select h.earliest as at union all select greatest(h.earliest, :at::timestamptz) union all select a.ends_at union all
        select o.ends_at from dispatch.occupancy o where o.organisation_id = :organisation::uuid and o.technician_id = t.technician_id
          and o.ends_at > h.earliest and o.starts_at < h.latest and o.visit_id is distinct from a.visit_id and not (o.kind = 'hold' and o.expires_at <= :at::timestamptz)) s
      where s.at between h.earliest and h.latest
        and not exists (
          select from dispatch.occupancy o where o.organisation_id = :organisation::uuid and o.technician_id = t.technician_id and o.starts_at < s.at + h.takes and o.ends_at > s.at
            and o.visit_id is distinct from a.visit_id and not (o.kind = 'hold' and o.expires_at <= :at::timestamptz) offset 0)))
