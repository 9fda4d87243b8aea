-- Input `looked_at (technician_id, from_at, until_at, read_at)`; output `stands (technician_id, stood)`: how the technician's days stand, as a hash of what a plan goes by:
-- who they are, their shifts, and what takes their time with the last step of each visit. Holds that had run out when it was read don't count.
stands as (
  select l.technician_id, kit.fingerprint(t.version::text, t.active::text, c.step::text, h.said, o.said) as stood
  from looked_at l
  cross join lateral (select t.version, t.active from dispatch.technician t where t.organisation_id = :organisation::uuid and t.technician_id = l.technician_id limit 1) t
  cross join lateral (
    select coalesce(max(c.step), 0) as step from dispatch.collection_stop c where c.organisation_id = :organisation::uuid and c.technician_id = l.technician_id) c
  cross join lateral (
    select coalesce(jsonb_agg(jsonb_build_array(h.starts_at at time zone 'UTC', h.ends_at at time zone 'UTC', h.break_minutes, h.break_earliest_at at time zone 'UTC', h.break_latest_at at time zone 'UTC')
      order by h.starts_at), '[]'::jsonb)::text as said
    from dispatch.shift h
    where h.organisation_id = :organisation::uuid and h.technician_id = l.technician_id and h.ends_at > l.from_at and h.starts_at < l.until_at) h
  cross join lateral (
    select coalesce(jsonb_agg(jsonb_build_array(o.kind, o.starts_at at time zone 'UTC', o.ends_at at time zone 'UTC', o.visit_id, s.step) order by o.starts_at), '[]'::jsonb)::text as said
    from (
      select o.kind, o.starts_at, o.ends_at, o.visit_id from dispatch.occupancy o
      where o.organisation_id = :organisation::uuid and o.technician_id = l.technician_id and o.ends_at > l.from_at and o.starts_at < l.until_at
        and not (o.kind = 'hold' and o.expires_at <= l.read_at) offset 0) o
    left join lateral (
      select s.step from dispatch.visit_step s where s.organisation_id = :organisation::uuid and s.visit_id = o.visit_id order by s.step desc limit 1) s on true) o)
