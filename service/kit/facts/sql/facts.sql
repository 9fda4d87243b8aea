-- query: facts_after
-- Below the oldest running transaction nothing can appear any more: who follows (epoch, transaction, sequence) up to there neither misses nor repeats. Ordered by the table's
-- own columns, as its index is: by the number that is answered everything after the cursor would be read and sorted for each page.
select epoch, transaction_id::text::bigint, sequence, kind, customer_id, subject_kind, subject_id, body::text, actor, request_id, occurred_at
from kit.fact f
where organisation_id = :organisation
  and (epoch, transaction_id, sequence) > (:epoch::int, :transaction_id::text::xid8, :sequence::bigint)
  and (epoch, transaction_id) < (kit.present_epoch(), pg_snapshot_xmin(pg_current_snapshot()))
  and (:subjects::text[] is null or subject_kind = any (:subjects::text[]))
order by f.epoch, f.transaction_id, f.sequence
limit :limit::int

-- query: horizon
select kit.present_epoch(), pg_snapshot_xmin(pg_current_snapshot())::text::bigint
