-- Every task that waits is due at some time, nothing is due that is done, and no lease ran out hours ago unseen.
select t.organisation_id, t.task_id::text, format('%s task of kind %s is due never', t.state, t.kind)
from kit.task t left join kit.due d on d.organisation_id = t.organisation_id and d.task_id = t.task_id
where t.state in ('waiting', 'leased') and d.task_id is null
union all
select d.organisation_id, d.task_id::text, format('is due and %s', coalesce(t.state, 'no task'))
from kit.due d left join kit.task t on t.organisation_id = d.organisation_id and t.task_id = d.task_id
where t.task_id is null or t.state in ('done', 'dead')
union all
select organisation_id, task_id::text, format('was leased until %s and nobody took it up', leased_until)
from kit.task where state = 'leased' and leased_until < now() - interval '6 hours'
