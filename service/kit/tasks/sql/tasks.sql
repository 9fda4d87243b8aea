-- query: organisations_due
-- Ids and times alone, across organisations and unlocked; the claim itself is made inside each organisation.
select organisation_id from (
  select organisation_id, due_at from kit.due where due_at <= :now::timestamptz and kind = any (:kinds::text[]) order by due_at limit 1000) d
group by organisation_id order by min(due_at) limit :most::int

-- query: claim_tasks
-- A task whose lease ran out is due again at that moment. One that stands behind an earlier one of its subject is looked at again later, or when
-- that one ends. Whoever claims at the same moment looks at other tasks: nobody waits for anybody here, so no two can wait for each other.
-- What is claimed is locked by its key alone, and judged as it stands then: with its state in the look-up, a plan reads all that wait.
-- They are begun in the order in which they were due, so that who was turned away from something comes to it before who had it last.
with due as (
  select task_id from kit.due where organisation_id = :organisation and due_at <= :at::timestamptz and kind = any (:kinds::text[]) order by due_at limit 200),
due_task as (
  select t.task_id, t.due_at, exists (
      select from kit.task e
      where e.organisation_id = :organisation and e.subject_id = t.subject_id and e.kind = t.kind and e.state in ('waiting', 'leased')
        and (e.epoch, e.transaction_id, e.sequence) < (t.epoch, t.transaction_id, t.sequence) offset 0) as behind
  from due cross join lateral (select t.* from kit.task t where t.organisation_id = :organisation and t.task_id = due.task_id limit 1) t
  where t.state = 'waiting' and t.due_at <= :at::timestamptz or t.state = 'leased' and t.leased_until <= :at::timestamptz),
mine as (
  select n.task_id from unnest(array(select task_id from due_task where not behind order by due_at limit 2 * :most::int)) n (task_id)
  cross join lateral (select t.* from kit.task t where t.organisation_id = :organisation and t.task_id = n.task_id limit 1 for update skip locked) t
  cross join lateral (select from kit.due d where d.organisation_id = :organisation and d.task_id = n.task_id limit 1 for update skip locked) d
  where t.state = 'waiting' and t.due_at <= :at::timestamptz or t.state = 'leased' and t.leased_until <= :at::timestamptz
  limit :most::int),
aside as (
  select d.task_id from kit.due d
  where d.organisation_id = :organisation and d.task_id = any (array(select task_id from due_task where behind)) for update skip locked),
claimed as (
  update kit.task t
     set state = 'leased', attempts = t.attempts + 1, lease_token = :lease_token, leased_until = :at::timestamptz + make_interval(secs => k.seconds)
  from unnest(:kinds::text[], :lease_seconds::float8[]) k (kind, seconds)
  where t.organisation_id = :organisation and t.task_id = any (array(select task_id from mine)) and k.kind = t.kind
  returning t.task_id, t.kind, t.subject_id, t.body, t.attempts, t.request_id, t.leased_until, t.due_at),
moved as (
  update kit.due d set due_at = coalesce((select c.leased_until from claimed c where c.task_id = d.task_id), :at::timestamptz + interval '1 second')
  where d.organisation_id = :organisation and d.task_id = any (array(select task_id from mine union all select task_id from aside)))
select task_id, kind, subject_id, body::text, attempts, request_id from claimed order by due_at

-- verb: settle_tasks
-- Fenced: only who holds the lease may say how the task ended. The array makes it a look-up by key; joined alone, an organisation's tasks would be hashed.
with ending as (
  select * from jsonb_to_recordset(:endings::jsonb) as e (task_id uuid, lease_token uuid, state text, due_at timestamptz, error text, afresh boolean)),
settled as (
  update kit.task t
     set state = e.state, attempts = case when e.afresh then 0 else t.attempts end, due_at = e.due_at, lease_token = null, leased_until = null,
         last_error = e.error, finished_at = case when e.state in ('done', 'dead') then :at::timestamptz end
    from ending e
   where t.organisation_id = :organisation and t.task_id = any (array(select task_id from ending)) and t.task_id = e.task_id and t.lease_token = e.lease_token
  returning t.task_id, t.kind, t.subject_id, t.attempts, t.state, t.due_at),
gone as (
  delete from kit.due d using settled s where d.organisation_id = :organisation and d.task_id = s.task_id and s.state in ('done', 'dead')),
kept as (
  update kit.due d set due_at = s.due_at from settled s where d.organisation_id = :organisation and d.task_id = s.task_id and s.state = 'waiting'),
next_of_subject as (
  update kit.due d set due_at = least(d.due_at, n.due_at)
  from settled s cross join lateral (
    select t.task_id, t.due_at from kit.task t
    where t.organisation_id = :organisation and t.subject_id = s.subject_id and t.kind = s.kind and t.state = 'waiting' and t.task_id <> s.task_id
    order by t.epoch, t.transaction_id, t.sequence limit 1) n
  where d.organisation_id = :organisation and d.task_id = n.task_id and s.state in ('done', 'dead')),
happened as (
  select 'task_died' as kind, null::uuid as customer_id, 'task' as subject_kind, task_id as subject_id,
         jsonb_build_object('task', kind, 'about', subject_id, 'attempts', attempts) as body
  from settled where state = 'dead'),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('lost', coalesce((
    select jsonb_agg(task_id) from ending where task_id not in (select task_id from settled)), '[]')) as body)

-- query: give_back
-- The process stops: what it hasn't finished is anybody's at once, and this attempt doesn't count.
with given as (
  update kit.task set state = 'waiting', attempts = greatest(attempts - 1, 0), lease_token = null, leased_until = null
   where organisation_id = :organisation and task_id = :task_id and state = 'leased' and lease_token = :lease_token
  returning task_id),
due as (update kit.due d set due_at = :at::timestamptz from given where d.organisation_id = :organisation and d.task_id = given.task_id)
select count(*) from given

-- query: plan_periodic
-- One row for ever an organisation and kind; planning it again changes nothing.
with planned as (
  insert into kit.task (organisation_id, task_id, kind, subject_id, body, due_at, request_id, created_at)
  select :organisation, task_id, kind, :organisation, '{}', :at::timestamptz, :request_id, :at::timestamptz from unnest(:task_ids::uuid[], :kinds::text[]) p (task_id, kind)
  on conflict on constraint one_task_an_id do nothing returning task_id, kind, due_at),
due as (insert into kit.due (organisation_id, task_id, kind, due_at) select :organisation, task_id, kind, due_at from planned)
select count(*) from planned

-- query: list_dead_tasks
select task_id, kind, subject_id, attempts, last_error, created_at, finished_at
from kit.task where organisation_id = :organisation and state = 'dead' and task_id > :after and (:kinds::text[] is null or kind = any (:kinds::text[]))
order by task_id limit :limit + 1

-- verb: drive_again
with task as (select task_id, kind, subject_id, state from kit.task where organisation_id = :organisation and task_id = :task_id),
driven as (
  update kit.task t set state = 'waiting', attempts = 0, due_at = :at::timestamptz, finished_at = null
   where t.organisation_id = :organisation and t.task_id = :task_id and t.state = 'dead' returning t.task_id, t.kind),
due as (insert into kit.due (organisation_id, task_id, kind, due_at) select :organisation, task_id, kind, :at::timestamptz from driven),
happened as (
  select 'task_driven_again' as kind, null::uuid as customer_id, 'task' as subject_kind, task_id as subject_id, jsonb_build_object('task', kind) as body
  from driven),
answer as (
  select case when d.task_id is null then 409 else 200 end as status, case when d.task_id is null then 'TASK_NOT_DEAD' end as code,
         case when d.task_id is null then jsonb_build_object('state', t.state) else jsonb_build_object('id', d.task_id) end as body
  from task t left join driven d using (task_id))

-- query: sweep
-- What nobody needs any more: answers to keys older than 30 days, and finished work as old. In batches, so that no feed waits for it.
with old_key as (
  delete from kit.idempotency i using (
    select principal, route, key_hash from kit.idempotency where organisation_id = :organisation and created_at < :at::timestamptz - interval '30 days' limit 5000) o
  where i.organisation_id = :organisation and (i.principal, i.route, i.key_hash) = (o.principal, o.route, o.key_hash) returning 1),
old_task as (
  delete from kit.task t using (
    select task_id from kit.task where organisation_id = :organisation and state = 'done' and finished_at < :at::timestamptz - interval '30 days' limit 5000) o
  where t.organisation_id = :organisation and t.task_id = o.task_id returning 1)
select (select count(*) from old_key) + (select count(*) from old_task)
