-- Input `promises_ending (promise_id, customer_id, kind, subject_kind, subject_id, due_at, outcome, happened_at)`: open promises, and what happened to each. Done or released after
-- it was due, one is broken. Output `promises_settled (promise_id, customer_id, kind, subject_kind, subject_id, outcome)` and
-- `promises_settled_facts (kind, customer_id, subject_kind, subject_id, body)`, to be told among what `happened`.
promises_judged as (
  select promise_id, customer_id, kind, subject_kind, subject_id, due_at, happened_at, case when happened_at < due_at then outcome else 'broken' end as outcome
  from promises_ending),
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
