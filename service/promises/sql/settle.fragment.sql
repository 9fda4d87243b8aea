-- Input `promise_ended (subject_id, kind, outcome, happened_at)`: what happened to the open promises of that kind about that subject. Done or released after
-- they were due, they are broken. Output `promises_settled (promise_id, customer_id, kind, subject_kind, subject_id, outcome)` and
-- `promises_settled_facts (kind, customer_id, subject_kind, subject_id, body)`, to be told among what `happened`.
promises_judged as (
  select p.promise_id, p.customer_id, p.kind, p.subject_kind, p.subject_id, p.due_at, e.happened_at,
         case when e.happened_at < p.due_at then e.outcome else 'broken' end as outcome
  from promise_ended e
  cross join lateral (select p.* from promises.promise p where p.organisation_id = :organisation::uuid and p.subject_id = e.subject_id and p.kind = e.kind
    and not exists (select from promises.ending n where n.organisation_id = :organisation::uuid and n.promise_id = p.promise_id offset 0) offset 0) p),
promises_written as (
  insert into promises.ending (organisation_id, promise_id, due_at, outcome, happened_at, ended_by)
  select :organisation::uuid, promise_id, due_at, outcome, happened_at, :actor::text from promises_judged),
promises_closed as (
  delete from promises.open_promise o using promises_judged j where o.organisation_id = :organisation::uuid and o.promise_id = j.promise_id),
promises_settled as (select promise_id, customer_id, kind, subject_kind, subject_id, outcome from promises_judged),
promises_settled_facts as (
  select 'promise_' || outcome as kind, customer_id, 'promise' as subject_kind, promise_id as subject_id,
         jsonb_build_object('kind', kind, 'subject_kind', subject_kind, 'subject_id', subject_id, 'due_at', due_at) as body
  from promises_judged)
