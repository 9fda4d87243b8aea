-- Input `promised (promise_id, customer_id, kind, subject_kind, subject_id, due_at, owner_staff_id, via)`; output `promises_made (promise_id, customer_id, kind, subject_kind, subject_id, due_at)` and
-- `promises_made_facts (kind, customer_id, subject_kind, subject_id, body)`, to be told among what `happened`.
promises_made as (
  insert into promises.promise (organisation_id, promise_id, customer_id, kind, subject_kind, subject_id, due_at, owner_staff_id, via, made_by, made_at)
  select :organisation::uuid, promise_id, customer_id, kind, subject_kind, subject_id, due_at, owner_staff_id, via, :actor::text, :at::timestamptz from promised
  returning promise_id, customer_id, kind, subject_kind, subject_id, due_at),
promises_opened as (insert into promises.open_promise (organisation_id, promise_id, due_at) select :organisation::uuid, promise_id, due_at from promises_made),
promises_made_facts as (
  select 'promise_made' as kind, customer_id, 'promise' as subject_kind, promise_id as subject_id,
         jsonb_build_object('kind', kind, 'subject_kind', subject_kind, 'subject_id', subject_id, 'due_at', due_at) as body
  from promises_made)
