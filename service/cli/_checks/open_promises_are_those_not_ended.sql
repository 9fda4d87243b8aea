-- The list of open promises holds each promise that nothing has ended, and no other.
select p.organisation_id, p.promise_id, case when e.promise_id is null then 'open, and not listed' else e.outcome || ', and listed as open' end
from promises.promise p
left join promises.ending e on e.organisation_id = p.organisation_id and e.promise_id = p.promise_id
left join promises.open_promise o on o.organisation_id = p.organisation_id and o.promise_id = p.promise_id
where (e.promise_id is null) <> (o.promise_id is not null)
order by 1, 2
