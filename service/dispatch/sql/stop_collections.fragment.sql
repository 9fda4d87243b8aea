-- Input `stopping (technician_id, stopped)`, one row: whether that technician may be sent to collect. The caller holds the technician's lock.
-- Output `stops_changed (technician_id, step, stopped)`: where that is new; of members of staff who go to no doors there is nothing to say.
stop_heads as (
  select p.technician_id, p.stopped, coalesce(s.step, 0) as step, coalesce(s.stopped, false) as was
  from stopping p
  cross join lateral (select from dispatch.technician t where t.organisation_id = :organisation::uuid and t.technician_id = p.technician_id limit 1) t
  left join lateral (
    select s.step, s.stopped from dispatch.collection_stop s where s.organisation_id = :organisation::uuid and s.technician_id = p.technician_id order by s.step desc limit 1) s on true),
stops_changed as (select technician_id, step + 1 as step, stopped from stop_heads where stopped <> was),
stops_stepped as (
  insert into dispatch.collection_stop (organisation_id, technician_id, step, was_stopped, stopped, actor, happened_at)
  select :organisation::uuid, technician_id, step + 1, was, stopped, :actor::text, :at::timestamptz from stop_heads where stopped <> was)
