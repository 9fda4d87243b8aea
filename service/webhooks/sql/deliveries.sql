-- query: list_deliveries
-- What was sent to one of them, the newest fact first; of each how often it was tried since, the last times as they ended.
select d.facts_epoch, d.transaction_id::text::bigint, d.sequence, d.delivery_id, d.kind, d.subject_kind, d.subject_id, f.occurred_at, d.state, d.attempts, d.due_at, d.ended_at,
  coalesce((
    select jsonb_agg(jsonb_build_object('at', a.at, 'took_ms', a.took_ms, 'outcome', a.outcome, 'status', a.status, 'said', a.said) order by a.at desc, a.attempt_id desc)
    from (select a.* from webhooks.attempt a where a.organisation_id = :organisation and a.delivery_id = d.delivery_id order by a.at desc, a.attempt_id desc limit 30) a), '[]')::text
from webhooks.delivery d
join kit.fact f on f.organisation_id = :organisation and f.epoch = d.facts_epoch and f.transaction_id = d.transaction_id and f.sequence = d.sequence
where d.organisation_id = :organisation and d.webhook_id = :webhook_id
  and (d.facts_epoch, d.transaction_id, d.sequence) < (:epoch::int, :transaction_id::text::xid8, :sequence::bigint)
  and (:state::text is null or d.state = :state::text) and (:subjects::text[] is null or d.subject_kind = any (:subjects::text[]))
order by d.facts_epoch desc, d.transaction_id desc, d.sequence desc limit :limit + 1

-- verb: resend_delivery
-- The same message again, at once; what is still tried is tried now.
with stood as (
  select d.delivery_id, d.kind, w.webhook_id, w.state from webhooks.delivery d join webhooks.webhook w on w.organisation_id = :organisation::uuid and w.webhook_id = d.webhook_id
  where d.organisation_id = :organisation::uuid and d.webhook_id = :webhook_id::uuid and d.delivery_id = :delivery_id::uuid),
again as (
  update webhooks.delivery d set state = 'waiting', attempts = 0, tried_since = null, due_at = :at::timestamptz, ended_at = null from stood s
   where d.organisation_id = :organisation::uuid and d.delivery_id = s.delivery_id and s.state <> 'ended' returning d.delivery_id, s.webhook_id),
happened as (
  select 'webhook_resent' as kind, null::uuid as customer_id, 'webhook' as subject_kind, webhook_id as subject_id, jsonb_build_object('delivery_id', delivery_id) as body from again),
answer as (
  select case state when 'ended' then 409 else 200 end as status, case state when 'ended' then 'WEBHOOK_ENDED' end as code,
    case state when 'ended' then '{}'::jsonb else jsonb_build_object('resent', 1, 'more', false) end as body from stood)

-- verb: resend_failed
-- All that was given up since then, the earliest first, so many at a time that no feed waits for it.
with stood as (select w.webhook_id, w.state from webhooks.webhook w where w.organisation_id = :organisation::uuid and w.webhook_id = :webhook_id::uuid),
given_up as (
  select d.delivery_id from stood s cross join lateral (
    select d.delivery_id from webhooks.delivery d
    where d.organisation_id = :organisation::uuid and d.webhook_id = s.webhook_id and d.state = 'failed' and d.ended_at >= :since::timestamptz order by d.ended_at limit :most::int + 1) d
  where s.state <> 'ended'),
again as (
  update webhooks.delivery d set state = 'waiting', attempts = 0, tried_since = null, due_at = :at::timestamptz, ended_at = null
   where d.organisation_id = :organisation::uuid and d.delivery_id = any (array(select delivery_id from given_up limit :most::int)) returning d.delivery_id),
counted as (select (select count(*) from again) as resent, (select count(*) from given_up) > :most::int as more),
happened as (
  select 'webhook_resent' as kind, null::uuid as customer_id, 'webhook' as subject_kind, s.webhook_id as subject_id, jsonb_build_object('since', :since::timestamptz, 'resent', c.resent) as body
  from stood s cross join counted c where c.resent > 0),
answer as (
  select case s.state when 'ended' then 409 else 200 end as status, case s.state when 'ended' then 'WEBHOOK_ENDED' end as code,
    case s.state when 'ended' then '{}'::jsonb else jsonb_build_object('resent', c.resent, 'more', c.more) end as body from stood s cross join counted c)
