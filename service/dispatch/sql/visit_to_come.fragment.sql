-- An expression over a row `j (job_id)`: whether a visit of the job is still to come or under way; a hold is no visit yet.
exists (
  select from dispatch.visit v
  cross join lateral (
    select to_state from dispatch.visit_step t where t.organisation_id = v.organisation_id and t.visit_id = v.visit_id order by t.step desc limit 1) t
  where v.organisation_id = :organisation::uuid and v.job_id = j.job_id
    and t.to_state not in ('held', 'completed', 'partly_completed', 'could_not_complete', 'no_access', 'cancelled'))
