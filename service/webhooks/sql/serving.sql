-- query: look_at_webhook
-- For whom the worker works: how it stands, and whether the facts go on behind what was read for it.
select w.state, w.url, w.scopes, w.secret_number, w.former_secret_until > :at::timestamptz as former_is_live, p.silent_rounds,
  exists (
    select from kit.fact f where f.organisation_id = :organisation and (f.epoch, f.transaction_id, f.sequence) > (p.facts_epoch, p.transaction_id, p.sequence)
      and (f.epoch, f.transaction_id) < (kit.present_epoch(), pg_snapshot_xmin(pg_current_snapshot())))
  and (p.silent_rounds = 0 or (
    select count(*) from (select from webhooks.delivery d where d.organisation_id = :organisation and d.webhook_id = w.webhook_id and d.state = 'waiting' limit :most::int) one) < :most::int) as more_happened
from webhooks.webhook w join webhooks.progress p on p.organisation_id = :organisation and p.webhook_id = w.webhook_id
where w.organisation_id = :organisation and w.webhook_id = :webhook_id

-- verb: read_on
-- What it is to hear of, in commit order, and how far that was: below the oldest running transaction nothing can appear any more, and nobody reads on from where another has been.
with place as (
  select p.facts_epoch as epoch, p.transaction_id, p.sequence, w.webhook_id, w.kinds
  from webhooks.progress p join webhooks.webhook w on w.organisation_id = :organisation::uuid and w.webhook_id = p.webhook_id and w.state = 'active'
  where p.organisation_id = :organisation::uuid and p.webhook_id = :webhook_id::uuid),
known as (
  select f.epoch, f.transaction_id, f.sequence, f.kind, f.subject_kind, f.subject_id
  from place p cross join lateral (
    select f.* from kit.fact f
    where f.organisation_id = :organisation::uuid and (f.epoch, f.transaction_id, f.sequence) > (p.epoch, p.transaction_id, p.sequence)
      and (f.epoch, f.transaction_id) < (kit.present_epoch(), pg_snapshot_xmin(pg_current_snapshot()))
    order by f.epoch, f.transaction_id, f.sequence limit :limit::int) f),
last as (select epoch, transaction_id, sequence from known order by epoch desc, transaction_id desc, sequence desc limit 1),
kept as (
  update webhooks.progress p set facts_epoch = l.epoch, transaction_id = l.transaction_id, sequence = l.sequence from last l cross join place c
   where p.organisation_id = :organisation::uuid and p.webhook_id = c.webhook_id and (p.facts_epoch, p.transaction_id, p.sequence) = (c.epoch, c.transaction_id, c.sequence)),
queued as (
  insert into webhooks.delivery (organisation_id, delivery_id, webhook_id, facts_epoch, transaction_id, sequence, kind, subject_kind, subject_id, state, attempts, due_at, made_at)
  select :organisation::uuid, md5('webhook' || c.webhook_id || '/' || k.epoch || '/' || k.transaction_id || '/' || k.sequence)::uuid, c.webhook_id, k.epoch, k.transaction_id, k.sequence,
    k.kind, k.subject_kind, k.subject_id, 'waiting', 0, :at::timestamptz, :at::timestamptz
  from known k cross join place c
  where case when k.kind = 'ping' then k.subject_id = c.webhook_id
    else (cardinality(c.kinds) = 0 or k.kind = any (c.kinds)) and (:subjects::text[] is null or k.subject_kind = any (:subjects::text[])) end
  on conflict on constraint one_delivery_a_fact do nothing),
happened as (
  select ''::text as kind, null::uuid as customer_id, ''::text as subject_kind, null::uuid as subject_id, '{}'::jsonb as body where false),
answer as (select 200 as status, null::text as code, jsonb_build_object('read', (select count(*) from known)) as body from (select) one)

-- query: next_messages
-- What is due, each the earliest of its subject that waits: what waits holds back the later ones of its subject, and nobody else's.
select d.delivery_id, d.attempts, d.tried_since, f.epoch, f.transaction_id::text::bigint, f.sequence, f.kind, f.customer_id, f.subject_kind, f.subject_id, f.body::text, f.actor, f.request_id, f.occurred_at
from webhooks.delivery d
cross join lateral (
  select f.* from kit.fact f where f.organisation_id = :organisation and f.epoch = d.facts_epoch and f.transaction_id = d.transaction_id and f.sequence = d.sequence limit 1) f
where d.organisation_id = :organisation and d.webhook_id = :webhook_id and d.state = 'waiting' and d.due_at <= :now::timestamptz
  and not exists (
    select from webhooks.delivery e where e.organisation_id = :organisation and e.webhook_id = :webhook_id and e.subject_id = d.subject_id and e.state = 'waiting'
      and (e.facts_epoch, e.transaction_id, e.sequence) < (d.facts_epoch, d.transaction_id, d.sequence))
order by d.due_at, d.facts_epoch, d.transaction_id, d.sequence limit :most::int

-- query: failing_since
select failing_since from webhooks.progress where organisation_id = :organisation and webhook_id = :webhook_id

-- verb: note_attempts
-- How a round ended: each attempt as it was, and how what was sent goes on. What ended meanwhile by another hand stays ended (asked by when: by its state
-- an index of all that waits looks good), and what was begun anew meanwhile has its whole time, unless it arrived. It is no fact: it would be sent.
with tried as (
  select * from jsonb_to_recordset(:tried::jsonb) as t (delivery_id uuid, attempt_id uuid, at timestamptz, took_ms int, outcome text, status smallint, said text, state text, due_at timestamptz, since timestamptz)),
logged as (
  insert into webhooks.attempt (organisation_id, delivery_id, attempt_id, at, took_ms, outcome, status, said)
  select :organisation::uuid, delivery_id, attempt_id, at, took_ms, outcome, status, said from tried),
went_on as (
  update webhooks.delivery d
     set state = t.state, attempts = least(d.attempts + 1, 10000), tried_since = coalesce(d.tried_since, t.at), due_at = t.due_at, ended_at = case when t.state <> 'waiting' then t.at end
    from tried t
   where d.organisation_id = :organisation::uuid and d.delivery_id = any (array(select delivery_id from tried)) and d.delivery_id = t.delivery_id and d.ended_at is null
     and (t.state = 'delivered' or d.tried_since is not distinct from t.since)),
known as (
  update webhooks.progress p set failing_since = :failing_since::timestamptz, silent_rounds = case when :silent::boolean then least(p.silent_rounds + 1, 1000000) else 0 end
   where p.organisation_id = :organisation::uuid and p.webhook_id = :webhook_id::uuid),
happened as (
  select ''::text as kind, null::uuid as customer_id, ''::text as subject_kind, null::uuid as subject_id, '{}'::jsonb as body where false),
answer as (select 200 as status, null::text as code, jsonb_build_object('tried', (select count(*) from tried)) as body from (select) one)

-- verb: forget_deliveries
-- What ended that long ago, and what waited for who is told no more, with its attempts; in batches, so that no feed waits for it.
with old as (
  select delivery_id from (
    select d.delivery_id from webhooks.delivery d where d.organisation_id = :organisation::uuid and d.state in ('delivered', 'failed') and d.ended_at < :before::timestamptz
    order by d.ended_at limit :most::int) ended
  union all
  select delivery_id from (
    select d.delivery_id from webhooks.webhook w cross join lateral (
      select d.delivery_id from webhooks.delivery d
      where d.organisation_id = :organisation::uuid and d.webhook_id = w.webhook_id and d.state = 'waiting' and d.made_at < :before::timestamptz limit :most::int) d
    where w.organisation_id = :organisation::uuid and w.state = 'ended' limit :most::int) left_behind),
forgotten_attempts as (
  delete from webhooks.attempt a where a.organisation_id = :organisation::uuid and a.delivery_id = any (array(select delivery_id from old)) returning a.attempt_id),
forgotten as (
  delete from webhooks.delivery d using webhooks.webhook w
   where d.organisation_id = :organisation::uuid and d.delivery_id = any (array(select delivery_id from old))
     and w.organisation_id = :organisation::uuid and w.webhook_id = d.webhook_id and (d.state <> 'waiting' or w.state = 'ended') returning d.delivery_id),
happened as (
  select ''::text as kind, null::uuid as customer_id, ''::text as subject_kind, null::uuid as subject_id, '{}'::jsonb as body where false),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('deliveries', (select count(*) from forgotten), 'attempts', (select count(*) from forgotten_attempts)) as body from (select) one)
