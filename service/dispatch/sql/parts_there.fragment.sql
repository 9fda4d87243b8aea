-- Input `a (job_id)`; an expression: when the parts that the job waits for are there, or null.
(select nullif(p.there_at, '-infinity') from dispatch.parts_step p where p.organisation_id = :organisation::uuid and p.job_id = a.job_id order by p.step desc limit 1)
