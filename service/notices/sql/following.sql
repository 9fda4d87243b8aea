-- verb: follow_facts
-- What is to be told of what happened since, in the order it happened, and how far that was; the first time it begins with what happens next. Below the oldest running transaction
-- nothing can appear any more, so that nothing is missed; nobody follows from where another has been. The limit is a parameter so that the plan is in that order on empty tables too.
with place as (select p.facts_epoch as epoch, p.transaction_id, p.sequence from notices.followed p where p.organisation_id = :organisation::uuid),
known as (
  select f.epoch, f.transaction_id, f.sequence, f.kind, f.customer_id, f.subject_id, f.body, f.occurred_at
  from place p cross join lateral (
    select f.* from kit.fact f
    where f.organisation_id = :organisation::uuid and (f.epoch, f.transaction_id, f.sequence) > (p.epoch, p.transaction_id, p.sequence)
      and (f.epoch, f.transaction_id) < (kit.present_epoch(), pg_snapshot_xmin(pg_current_snapshot()))
    order by f.epoch, f.transaction_id, f.sequence limit :limit::int) f),
last as (
  select epoch, transaction_id, sequence from known
  union all select kit.present_epoch(), pg_snapshot_xmin(pg_current_snapshot()), 0 where not exists (select from place)
  order by epoch desc, transaction_id desc, sequence desc limit 1),
kept as (
  insert into notices.followed as p (organisation_id, facts_epoch, transaction_id, sequence) select :organisation::uuid, epoch, transaction_id, sequence from last
  on conflict on constraint one_place_an_organisation do update set facts_epoch = excluded.facts_epoch, transaction_id = excluded.transaction_id, sequence = excluded.sequence
  returning p.facts_epoch),
wanted as (
  select md5('told_of' || k.epoch || '/' || k.transaction_id || '/' || k.sequence || k.subject_id)::uuid as task_id, 'send_notice' as kind, k.subject_id, :at::timestamptz as due_at,
    jsonb_build_object('notice', k.kind, 'customer_id', k.customer_id, 'from', k.body -> 'from', 'happened_at', k.occurred_at) as body
  from known k where k.kind = any (:kinds::text[]) and k.customer_id is not null and k.body ->> 'reason' is distinct from 'hold_expired'),
happened as (
  select 'facts_followed' as kind, null::uuid as customer_id, 'notice' as subject_kind, :organisation::uuid as subject_id, '{}'::jsonb as body where false),
answer as (select 200 as status, null::text as code, jsonb_build_object('read', (select count(*) from known), 'wanted', (select count(*) from wanted)) as body from (select) one)
