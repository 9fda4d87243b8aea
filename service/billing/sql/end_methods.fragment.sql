-- In: method (method_id, customer_id, step, live), :end. Ends those that are live. Out: method_facts, method_tasks.
ended_method as (
  insert into billing.saved_method_step (organisation_id, method_id, step, kind, live, live_before, happened_at, actor)
  select :organisation::uuid, method_id, step + 1, :end::text, false, live, :at::timestamptz, :actor::text from method where live
  returning method_id),
pointless_charge as (
  update billing.collection_attempt a set state = 'closed'
  from ended_method e cross join lateral (
    select g.attempt_id from method m cross join lateral (
      select g.attempt_id, g.method_id from billing.charge g where g.organisation_id = :organisation::uuid and g.customer_id = m.customer_id offset 0) g
    where m.method_id = e.method_id and g.method_id = e.method_id offset 0) g
  where a.organisation_id = :organisation::uuid and a.attempt_id = g.attempt_id and a.state in ('begun', 'open')
  returning a.attempt_id),
method_facts as (
  select 'method_' || :end::text as kind, m.customer_id, 'saved_method' as subject_kind, m.method_id as subject_id, '{}'::jsonb as body
  from ended_method join method m using (method_id)),
method_tasks as (
  select md5('detach' || method_id)::uuid as task_id, 'detach_method' as kind, method_id as subject_id, :at::timestamptz as due_at, '{}'::jsonb as body from ended_method
  union all
  select md5('cancel' || attempt_id || 'method')::uuid, 'cancel_attempt', attempt_id, :at::timestamptz, '{}'::jsonb from pointless_charge)
