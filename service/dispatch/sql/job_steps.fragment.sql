-- An expression over a row `j (job_id)`: how many steps the job and its visits have made and how often it was said when its parts are there, which is another number whenever anything became of it.
(select count(*) from dispatch.job_step s where s.organisation_id = :organisation::uuid and s.job_id = j.job_id)
+ (select count(*) from dispatch.visit v
   cross join lateral (select from dispatch.visit_step s where s.organisation_id = :organisation::uuid and s.visit_id = v.visit_id offset 0) s
   where v.organisation_id = :organisation::uuid and v.job_id = j.job_id)
+ (select count(*) from dispatch.parts_step p where p.organisation_id = :organisation::uuid and p.job_id = j.job_id)
