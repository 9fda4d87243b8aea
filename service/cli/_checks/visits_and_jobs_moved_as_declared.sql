-- Visits and jobs moved step by step, each from where the step before had left them, and a job counts the visits that completed a part of it.
with steps as (
  select organisation_id, 'visit' as kind, visit_id as id, step, from_state, to_state,
         lag(step, 1, 0) over chain as step_before, lag(to_state, 1, 'new') over chain as state_before
  from dispatch.visit_step window chain as (partition by organisation_id, visit_id order by step)
  union all
  select organisation_id, 'job', job_id, step, from_state, to_state, lag(step, 1, 0) over chain, lag(to_state, 1, 'new') over chain
  from dispatch.job_step window chain as (partition by organisation_id, job_id order by step))
select organisation_id, id, kind || ' step ' || step || ' moves from ' || from_state || ' to ' || to_state || ' after ' || state_before
from steps
where step <> step_before + 1 or from_state <> state_before or from_state in ('completed', 'partly_completed', 'could_not_complete', 'no_access', 'cancelled', 'closed')
union all
select j.organisation_id, j.job_id, 'counts ' || j.visits_done || ' visits done, and ' || coalesce(v.completed, 0) || ' are'
from (select distinct on (organisation_id, job_id) * from dispatch.job_step order by organisation_id, job_id, step desc) j
left join (
  select v.organisation_id, v.job_id, count(*) as completed
  from dispatch.visit v join dispatch.visit_step s on s.organisation_id = v.organisation_id and s.visit_id = v.visit_id and s.to_state = 'completed'
  group by 1, 2) v on v.organisation_id = j.organisation_id and v.job_id = j.job_id
where j.visits_done <> coalesce(v.completed, 0)
union all
select v.organisation_id, v.visit_id, 'visit without a step'
from dispatch.visit v where not exists (select from dispatch.visit_step s where s.organisation_id = v.organisation_id and s.visit_id = v.visit_id)
union all
select j.organisation_id, j.job_id, 'job without a step'
from dispatch.job j where not exists (select from dispatch.job_step s where s.organisation_id = j.organisation_id and s.job_id = j.job_id)
order by 1, 2, 3
