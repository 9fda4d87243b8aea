-- query: list_entries
-- Newest first in commit order, below the oldest transaction still running, so that nothing can slip in behind a page already read.
select f.epoch, f.transaction_id::text::bigint, f.sequence, f.kind, f.subject_kind, f.subject_id, f.body, f.actor,
       (select s.name from identity.staff s where s.organisation_id = f.organisation_id and f.actor = 'staff:' || s.staff_id) as actor_name,
       f.occurred_at, f.recorded_at
from kit.fact f
where f.organisation_id = :organisation and f.customer_id = :customer_id
  and (f.epoch, f.transaction_id, f.sequence) < (:epoch::int, :transaction_id::text::xid8, :sequence::bigint)
  and (f.epoch < kit.present_epoch() or f.transaction_id < pg_snapshot_xmin(pg_current_snapshot()))
order by f.epoch desc, f.transaction_id desc, f.sequence desc limit :limit + 1
