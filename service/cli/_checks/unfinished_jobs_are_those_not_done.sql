-- The jobs that the board looks through are exactly those whose work isn't done.
with head as (select distinct on (organisation_id, job_id) organisation_id, job_id, to_state from dispatch.job_step order by organisation_id, job_id, step desc)
select h.organisation_id, h.job_id, h.to_state || ' but not among the unfinished'
from head h
where h.to_state in ('open', 'in_progress')
  and not exists (select from dispatch.unfinished_job u where u.organisation_id = h.organisation_id and u.job_id = h.job_id)
union all
select u.organisation_id, u.job_id, h.to_state || ' but among the unfinished'
from dispatch.unfinished_job u join head h on h.organisation_id = u.organisation_id and h.job_id = u.job_id
where h.to_state not in ('open', 'in_progress')
order by 1, 2
