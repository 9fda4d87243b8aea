-- Each webhook that hasn't ended is served, and its log holds only facts of before the place up to which they were read for it, as they are, delivered only by an answer.
select w.organisation_id, w.webhook_id::text, 'nobody serves it'
from webhooks.webhook w
where w.state <> 'ended' and not exists (
  select from kit.task t where t.organisation_id = w.organisation_id and t.subject_id = w.webhook_id and t.kind = 'serve_webhook' and t.state in ('waiting', 'leased'))
union all
select d.organisation_id, d.delivery_id::text, 'is not what its fact says'
from webhooks.delivery d
left join kit.fact f on f.organisation_id = d.organisation_id and f.epoch = d.facts_epoch and f.transaction_id = d.transaction_id and f.sequence = d.sequence
where (f.kind, f.subject_kind, f.subject_id) is distinct from (d.kind, d.subject_kind, d.subject_id)
union all
select d.organisation_id, d.delivery_id::text, 'lies behind the place up to which the facts were read'
from webhooks.delivery d join webhooks.progress p on p.organisation_id = d.organisation_id and p.webhook_id = d.webhook_id
where (d.facts_epoch, d.transaction_id, d.sequence) > (p.facts_epoch, p.transaction_id, p.sequence)
union all
select d.organisation_id, d.delivery_id::text, 'is said to have arrived, and nobody answered so'
from webhooks.delivery d
where d.state = 'delivered' and not exists (
  select from webhooks.attempt a where a.organisation_id = d.organisation_id and a.delivery_id = d.delivery_id and a.outcome = 'delivered')
