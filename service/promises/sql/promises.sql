-- query: list_promises
-- Computed, never ticked: what is past due and not kept is broken, from that instant on.
select p.promise_id, p.customer_id, p.kind, p.subject_kind, p.subject_id, p.due_at, p.owner_staff_id, p.via, p.made_by, p.made_at,
       coalesce(e.outcome, case when p.due_at <= :at then 'broken' else 'open' end), e.happened_at
from promises.promise p
left join promises.ending e on e.organisation_id = :organisation and e.promise_id = p.promise_id
where p.organisation_id = :organisation and p.promise_id > :after
  and (:customer_id::uuid is null or p.customer_id = :customer_id) and (:subject_id::uuid is null or p.subject_id = :subject_id)
  and (:open::boolean is null or :open = (e.promise_id is null))
order by p.promise_id limit :limit + 1
