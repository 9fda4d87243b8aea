-- Input `sought (skills, takes_cash, crew_size, minutes, latitude_e7, longitude_e7, from_at, until_at, technician_id)`; output `able`, `near`, `working` and
-- `free (technician_id, crew, metres, starts_at, ends_at)`: places that a booking would get, as starts every 30 minutes from the beginning of each gap. Who leads has what is
-- asked; of those who go along only the time is asked, and the nearest are named.
able as (
  select t.technician_id, t.reach_metres, dispatch.metres(t.home_latitude_e7, t.home_longitude_e7, s.latitude_e7, s.longitude_e7) as metres
  from sought s join dispatch.technician t on t.organisation_id = :organisation::uuid and t.active
  where dispatch.has_skills(t.skills, s.skills) and (not s.takes_cash or (t.may_take_cash and not coalesce((select p.stopped from dispatch.collection_stop p where p.organisation_id = :organisation::uuid and p.technician_id = t.technician_id order by p.step desc limit 1), false))) and (s.technician_id is null or t.technician_id = s.technician_id)),
near as (select technician_id, metres from able where metres is null or metres <= reach_metres),
working as (
  select n.technician_id, n.metres, h.starts_at, h.ends_at, h.during
  from sought s cross join near n cross join lateral (
    select h.starts_at, h.ends_at, h.during from dispatch.shift h
    where h.organisation_id = :organisation::uuid and h.technician_id = n.technician_id and h.ends_at > s.from_at and h.starts_at < s.until_at offset 0) h),
gaps as (
  select w.technician_id, w.metres, gap
  from sought s cross join working w
  cross join lateral (
    select range_agg(o.during) as ranges from dispatch.occupancy o
    where o.organisation_id = :organisation::uuid and o.technician_id = w.technician_id and o.ends_at > w.starts_at and o.starts_at < w.ends_at
      and not (o.kind = 'hold' and o.expires_at <= :at::timestamptz)) taken
  cross join lateral unnest(tstzmultirange(w.during * tstzrange(s.from_at, null)) - coalesce(taken.ranges, '{}'::tstzmultirange)) gap),
hands_near as (
  select t.technician_id, m.metres
  from sought s join dispatch.technician t on t.organisation_id = :organisation::uuid and t.active and s.crew_size > 1
  cross join lateral (select dispatch.metres(t.home_latitude_e7, t.home_longitude_e7, s.latitude_e7, s.longitude_e7) as metres) m
  where m.metres is null or m.metres <= t.reach_metres),
hands_working as (
  select n.technician_id, n.metres, h.starts_at, h.ends_at, h.during
  from sought s cross join hands_near n cross join lateral (
    select h.starts_at, h.ends_at, h.during from dispatch.shift h
    where h.organisation_id = :organisation::uuid and h.technician_id = n.technician_id and h.ends_at > s.from_at and h.starts_at < s.until_at offset 0) h),
hands_free as (
  select w.technician_id, w.metres, gap
  from sought s cross join hands_working w
  cross join lateral (
    select range_agg(o.during) as ranges from dispatch.occupancy o
    where o.organisation_id = :organisation::uuid and o.technician_id = w.technician_id and o.ends_at > w.starts_at and o.starts_at < w.ends_at
      and not (o.kind = 'hold' and o.expires_at <= :at::timestamptz)) taken
  cross join lateral unnest(tstzmultirange(w.during * tstzrange(s.from_at, null)) - coalesce(taken.ranges, '{}'::tstzmultirange)) gap),
starts as (
  select g.technician_id, g.metres, start as starts_at, start + make_interval(mins => s.minutes) as ends_at
  from sought s cross join gaps g
  cross join lateral (
    select generate_series(lower(g.gap), upper(g.gap) - make_interval(mins => s.minutes), interval '30 minutes') as start
    union all
    select lower(h.gap) from hands_free h where lower(h.gap) > lower(g.gap) and lower(h.gap) <= upper(g.gap) - make_interval(mins => s.minutes)) begins
  where start < s.until_at),
free as (
  select b.technician_id, '{}'::uuid[] as crew, b.metres, b.starts_at, b.ends_at from sought s join starts b on s.crew_size = 1
  union all
  select b.technician_id, c.crew, b.metres, b.starts_at, b.ends_at
  from sought s join starts b on s.crew_size > 1
  cross join lateral (
    select array_agg(technician_id order by metres nulls last, technician_id) as crew
    from (select h.technician_id, h.metres from hands_free h where h.technician_id <> b.technician_id and h.gap @> tstzrange(b.starts_at, b.ends_at)
          order by h.metres nulls last, h.technician_id limit s.crew_size - 1) nearest) c
  where cardinality(c.crew) = s.crew_size - 1)
