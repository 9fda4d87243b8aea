-- Every scope was opened by a job or a subscription that exists and points to it; every supply of a subscription granted its period.
select s.organisation_id, s.scope_id::text as id, 'opened for a ' || s.subject_kind || ' that is not there' as detail
from authorisations.scope s
where not exists (select from dispatch.job j where j.organisation_id = s.organisation_id and j.scope_id = s.scope_id)
  and not exists (select from subscriptions.subscription u where u.organisation_id = s.organisation_id and u.scope_id = s.scope_id)
union all
select w.organisation_id, w.work_record_id::text, 'a supply that granted no period'
from authorisations.work_record w
join subscriptions.subscription u on u.organisation_id = w.organisation_id and u.scope_id = w.scope_id
where w.supplied and not exists (select from subscriptions.period p where p.organisation_id = w.organisation_id and p.work_record_id = w.work_record_id)
order by 1, 2
