-- Every supply of a subscription granted the period it was of.
select w.organisation_id, w.work_record_id::text as id, 'a supply that granted no period' as detail
from authorisations.work_record w
join subscriptions.subscription u on u.organisation_id = w.organisation_id and u.scope_id = w.scope_id
where w.supplied and not exists (select from subscriptions.period p where p.organisation_id = w.organisation_id and p.work_record_id = w.work_record_id)
order by 1, 2
