-- Input `sending (technician_id, visit_id, step)`, a row for each step of a collection visit that sends its technician to collect. The caller holds the technician's lock.
-- Whoever was stopped meanwhile is refused by the chain.
sent_to_collect as (
  insert into dispatch.collection_stop (organisation_id, technician_id, step, was_stopped, stopped, visit_id, visit_step, actor, happened_at)
  select :organisation::uuid, technician_id, coalesce(h.step, 0) + row_number() over (partition by technician_id order by visit_id), false, false, visit_id, s.step, :actor::text, :at::timestamptz
  from sending s left join lateral (
    select h.step from dispatch.collection_stop h where h.organisation_id = :organisation::uuid and h.technician_id = s.technician_id order by h.step desc limit 1) h on true)
