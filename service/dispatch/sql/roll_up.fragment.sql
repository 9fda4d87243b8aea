-- Input `moved (visit_id, job_id, step, to_state)`: the visits this statement moved, one a job; output `rolled (job_id, customer_id, from_state, to_state, visits_done, visits_needed)`:
-- jobs that moved by it, or count one more part as done. A job is in progress once somebody set out for it, and its work is done when as many visits as it needs
-- completed it and none is still to come: a hold is no visit yet.
job_heads as (
  select j.job_id, j.customer_id, s.step, s.to_state, s.visits_needed, s.visits_done, m.visit_id as completed_visit, m.step as completed_step
  from (select job_id, visit_id, case to_state when 'completed' then step end as step from moved) m
  cross join lateral (select j.* from dispatch.job j where j.organisation_id = :organisation::uuid and j.job_id = m.job_id limit 1) j
  cross join lateral (select s.* from dispatch.job_step s where s.organisation_id = :organisation::uuid and s.job_id = m.job_id order by s.step desc limit 1) s),
visit_heads as (
  select v.job_id, coalesce(m.to_state, s.to_state) as state
  from job_heads h
  cross join lateral (select v.visit_id, v.job_id from dispatch.visit v where v.organisation_id = :organisation::uuid and v.job_id = h.job_id offset 0) v
  left join moved m on m.visit_id = v.visit_id
  cross join lateral (
    select to_state from dispatch.visit_step s where s.organisation_id = :organisation::uuid and s.visit_id = v.visit_id order by s.step desc limit 1) s),
rolling as (
  select h.job_id, h.customer_id, h.step, h.to_state as from_state, h.visits_needed, h.visits_done as was_done, h.visits_done + num_nonnulls(h.completed_step) as visits_done,
    case when h.completed_step is not null then h.completed_visit end as completed_visit, h.completed_step,
    case
      when h.to_state = 'open' and v.under_way then 'in_progress'
      when h.to_state = 'in_progress' and h.visits_done + num_nonnulls(h.completed_step) >= h.visits_needed and not v.live then 'work_done'
      when h.completed_step is not null then h.to_state
    end as to_state
  from job_heads h
  join (
    select job_id, bool_or(state not in ('held', 'booked', 'dispatched', 'accepted', 'cancelled')) as under_way,
           bool_or(state not in ('held', 'completed', 'partly_completed', 'could_not_complete', 'no_access', 'cancelled')) as live
    from visit_heads group by job_id) v on v.job_id = h.job_id),
rolled_steps as (
  insert into dispatch.job_step (organisation_id, job_id, step, from_state, to_state, visits_needed, was_done, visits_done, completed_visit, completed_step, actor, happened_at)
  select :organisation::uuid, job_id, step + 1, from_state, to_state, visits_needed, was_done, visits_done, completed_visit, completed_step, :actor::text, :at::timestamptz
  from rolling where to_state is not null),
finished as (
  delete from dispatch.unfinished_job u where u.organisation_id = :organisation::uuid and u.job_id = any (array(select job_id from rolling where to_state = 'work_done'))),
rolled as (select job_id, customer_id, from_state, to_state, visits_done, visits_needed from rolling where to_state is not null)
