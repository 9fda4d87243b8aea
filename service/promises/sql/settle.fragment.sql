-- Input `promise_ended (subject_id, kind, outcome, happened_at)`: what happened to the open promises of that kind about that subject. Output as of `promises/end`, which it includes.
promises_ending as (
  select p.promise_id, p.customer_id, p.kind, p.subject_kind, p.subject_id, p.due_at, e.outcome, e.happened_at
  from promise_ended e
  cross join lateral (select p.* from promises.promise p where p.organisation_id = :organisation::uuid and p.subject_id = e.subject_id and p.kind = e.kind
    and not exists (select from promises.ending n where n.organisation_id = :organisation::uuid and n.promise_id = p.promise_id offset 0) offset 0) p),
-- include: promises/end
