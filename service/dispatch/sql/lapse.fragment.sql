-- Input `expired (visit_id)`: holds that had run out; output `lapsed (visit_id, job_id, customer_id)`: they go whole.
evicted as (
  delete from dispatch.occupancy o where o.organisation_id = :organisation::uuid and o.visit_id = any (array(select visit_id from expired))),
lapsing as (
  select v.visit_id, v.job_id, v.customer_id, v.collects, s.step, s.to_state, s.technician_id, s.crew, s.starts_at, s.ends_at, s.arrive_until, s.zone, s.starts_wall
  from expired e
  join dispatch.visit v on v.organisation_id = :organisation::uuid and v.visit_id = e.visit_id
  cross join lateral (
    select * from dispatch.visit_step s where s.organisation_id = :organisation::uuid and s.visit_id = e.visit_id order by s.step desc limit 1) s),
lapsed_steps as (
  insert into dispatch.visit_step (organisation_id, visit_id, collects, step, from_state, to_state, technician_id, crew, starts_at, ends_at, arrive_until, zone, starts_wall, reason, actor, captured_at)
  select :organisation::uuid, visit_id, collects, step + 1, to_state, 'cancelled', technician_id, crew, starts_at, ends_at, arrive_until, zone, starts_wall, 'hold_expired', :actor::text, :at::timestamptz
  from lapsing),
lapsed as (select visit_id, job_id, customer_id from lapsing)
