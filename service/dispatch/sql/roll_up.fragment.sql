-- Input `moved (visit_id, job_id, to_state)`: the visits this statement moved; output `rolled (job_id, customer_id, to_state)`: jobs whose state follows from it.
-- A job is in progress once somebody set out for it, and its work is done when a visit completed it and none is still to come: a hold is no visit yet.
job_heads as (
  select j.job_id, j.customer_id, s.step, s.to_state
  from (select distinct job_id from moved) m
  cross join lateral (select j.* from dispatch.job j where j.organisation_id = :organisation::uuid and j.job_id = m.job_id limit 1) j
  cross join lateral (
    select step, to_state from dispatch.job_step s where s.organisation_id = :organisation::uuid and s.job_id = m.job_id order by step desc limit 1) s),
visit_heads as (
  select v.job_id, coalesce(m.to_state, s.to_state) as state
  from job_heads h
  cross join lateral (select v.visit_id, v.job_id from dispatch.visit v where v.organisation_id = :organisation::uuid and v.job_id = h.job_id offset 0) v
  left join moved m on m.visit_id = v.visit_id
  cross join lateral (
    select to_state from dispatch.visit_step s where s.organisation_id = :organisation::uuid and s.visit_id = v.visit_id order by step desc limit 1) s),
rolling as (
  select h.job_id, h.customer_id, h.step, h.to_state as from_state,
    case
      when h.to_state = 'open' and v.under_way then 'in_progress'
      when h.to_state = 'in_progress' and v.completed and not v.live then 'work_done'
    end as to_state
  from job_heads h
  join (
    select job_id, bool_or(state not in ('held', 'booked', 'dispatched', 'accepted', 'cancelled')) as under_way, bool_or(state = 'completed') as completed,
           bool_or(state not in ('held', 'completed', 'partly_completed', 'could_not_complete', 'no_access', 'cancelled')) as live
    from visit_heads group by job_id) v on v.job_id = h.job_id),
rolled_steps as (
  insert into dispatch.job_step (organisation_id, job_id, step, from_state, to_state, actor, happened_at)
  select :organisation::uuid, job_id, step + 1, from_state, to_state, :actor::text, :at::timestamptz from rolling where to_state is not null),
finished as (
  delete from dispatch.unfinished_job u where u.organisation_id = :organisation::uuid and u.job_id = any (array(select job_id from rolling where to_state = 'work_done'))),
rolled as (select job_id, customer_id, to_state from rolling where to_state is not null)
