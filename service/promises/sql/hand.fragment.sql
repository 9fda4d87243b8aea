-- Input `promise_handed (subject_id, kind, staff_id)`: who keeps the open promises of that kind about that subject from now on. The customer isn't told, since nothing changes for them.
promises_handed as (
  insert into promises.handing (organisation_id, promise_id, number, to_staff_id, handed_at)
  select :organisation::uuid, p.promise_id,
    coalesce((select h.number from promises.handing h where h.organisation_id = :organisation::uuid and h.promise_id = p.promise_id order by h.number desc limit 1), 0) + 1, e.staff_id, :at::timestamptz
  from promise_handed e
  cross join lateral (select p.promise_id from promises.promise p where p.organisation_id = :organisation::uuid and p.subject_id = e.subject_id and p.kind = e.kind
    and not exists (select from promises.ending n where n.organisation_id = :organisation::uuid and n.promise_id = p.promise_id offset 0) offset 0) p)
