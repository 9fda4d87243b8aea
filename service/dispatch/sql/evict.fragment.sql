-- Input `asked`, `going` (a row when the place is taken), `:technician_id`, `:visit_id`; output `lapsed (visit_id, job_id, customer_id)`: expired holds that stood there.
evicted as (
  delete from dispatch.occupancy o using asked a, going
  where o.organisation_id = :organisation::uuid and o.technician_id = :technician_id::uuid and o.kind = 'hold' and o.expires_at <= :at::timestamptz
    and o.starts_at < a.ends_at and o.ends_at > a.starts_at and o.visit_id is distinct from :visit_id::uuid
  returning o.visit_id),
lapsing as (
  select v.visit_id, v.job_id, v.customer_id, v.collects, s.step, s.to_state, s.technician_id, s.starts_at, s.ends_at, s.arrive_until, s.zone, s.starts_wall
  from evicted e
  join dispatch.visit v on v.organisation_id = :organisation::uuid and v.visit_id = e.visit_id
  cross join lateral (
    select * from dispatch.visit_step s where s.organisation_id = :organisation::uuid and s.visit_id = e.visit_id order by s.step desc limit 1) s),
lapsed_steps as (
  insert into dispatch.visit_step (organisation_id, visit_id, collects, step, from_state, to_state, technician_id, starts_at, ends_at, arrive_until, zone, starts_wall, reason, actor, captured_at)
  select :organisation::uuid, visit_id, collects, step + 1, to_state, 'cancelled', technician_id, starts_at, ends_at, arrive_until, zone, starts_wall, 'hold_expired', :actor::text, :at::timestamptz
  from lapsing),
lapsed as (select visit_id, job_id, customer_id from lapsing)
