-- verb: tell_positions
-- Kept is what was measured in a shift of whoever tells it, while a visit of that shift that they lead was sent to them and wasn't over: as things stood then, since a phone may
-- have been without signal. What was told before is known.
with technician as (
  select t.technician_id from dispatch.technician t where t.organisation_id = :organisation::uuid and t.technician_id = :me::uuid and t.active),
told as (
  select distinct on (p.measured_at) t.technician_id, p.*, p.measured_at <= :told_after::timestamptz as old
  from technician t cross join unnest(:measured_at::timestamptz[], :latitudes::int[], :longitudes::int[], :accuracies::int[])
    with ordinality p (measured_at, latitude_e7, longitude_e7, accuracy_metres, nth)
  order by p.measured_at, p.nth),
judged as (
  select p.*, h.starts_at, h.ends_at, n.visit_id, n.step, n.to_state,
    exists (
      select from dispatch.position k where k.organisation_id = :organisation::uuid and k.technician_id = p.technician_id and k.measured_at = p.measured_at offset 0) as known
  from told p
  left join lateral (
    select h.starts_at, h.ends_at from dispatch.shift h
    where h.organisation_id = :organisation::uuid and h.technician_id = p.technician_id and h.ends_at > p.measured_at and h.starts_at <= p.measured_at limit 1) h on true
  left join lateral (
    select s.visit_id, s.step, s.to_state from dispatch.occupancy o
    cross join lateral (
      select s.* from dispatch.visit_step s where s.organisation_id = :organisation::uuid and s.visit_id = o.visit_id and s.captured_at <= p.measured_at order by s.step desc limit 1) s
    where o.organisation_id = :organisation::uuid and o.technician_id = p.technician_id and o.ends_at > h.starts_at and o.starts_at < h.ends_at and o.kind = 'visit'
      and s.technician_id = p.technician_id and s.to_state in ('dispatched', 'accepted', 'en_route', 'on_site', 'working', 'paused')
    order by s.to_state in ('dispatched', 'accepted'), o.starts_at limit 1) n on true),
kept as (
  insert into dispatch.position (organisation_id, technician_id, measured_at, latitude_e7, longitude_e7, accuracy_metres, shift_starts_at, shift_ends_at, visit_id, visit_step, visit_state, received_at)
  select :organisation::uuid, technician_id, measured_at, latitude_e7, longitude_e7, accuracy_metres, starts_at, ends_at, visit_id, step, to_state, :at::timestamptz
  from judged where visit_id is not null and not old and not known
  on conflict on constraint one_position_a_moment do nothing
  returning measured_at),
dropped as (
  select measured_at, case when old then 'TOO_OLD' when starts_at is null then 'OFF_SHIFT' else 'NOT_NEEDED' end as code
  from judged where (visit_id is null or old) and not known),
happened as (
  select null::text as kind, null::uuid as customer_id, null::text as subject_kind, null::uuid as subject_id, null::jsonb as body where false),
counts as (
  select (select count(*) from kept) as kept, (select count(*) from told) - (select count(*) from dropped) as told,
         (select coalesce(jsonb_agg(jsonb_build_object('measured_at', measured_at, 'code', code) order by measured_at), '[]'::jsonb) from dropped) as dropped),
answer as (
  select case when c.told = 0 then 409 else 200 end as status, case when c.told = 0 then 'POSITION_NOT_NEEDED' end as code,
         case when c.told = 0 then jsonb_build_object('dropped', c.dropped) else jsonb_build_object('kept', c.kept, 'known', c.told - c.kept, 'dropped', c.dropped) end as body
  from counts c cross join technician)

-- verb: forget_positions
with dropped as (
  delete from dispatch.position where organisation_id = :organisation::uuid and measured_at <= :measured_until::timestamptz returning 1),
happened as (
  select null::text as kind, null::uuid as customer_id, null::text as subject_kind, null::uuid as subject_id, null::jsonb as body where false),
answer as (select 200 as status, null::text as code, jsonb_build_object('positions', (select count(*) from dropped)) as body)
