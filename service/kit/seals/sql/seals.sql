-- query: logs
-- The logs: tables whose rows say in which transaction they were written, and which the service can neither change nor delete from.
select c.oid::regclass::text as log,
       (select jsonb_agg(a.attname order by a.attnum) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)::text as columns
from pg_class c
join pg_namespace n on n.oid = c.relnamespace and n.nspname not like 'pg\_%'
join pg_attribute e on e.attrelid = c.oid and e.attname = 'epoch' and not e.attisdropped
join pg_attribute t on t.attrelid = c.oid and t.attname = 'transaction_id' and not t.attisdropped
where c.relkind = 'r' and not has_table_privilege('sayso_service', c.oid, 'delete') and not has_any_column_privilege('sayso_service', c.oid, 'update')
order by 1

-- query: last_checkpoint
select number, until_epoch, until_transaction, digest from kit.checkpoint where organisation_id = :organisation order by number desc limit 1

-- query: new_facts
-- Whether there is anything to seal, and where to stop for now: a long history is sealed in several checkpoints.
select exists (
         select from kit.fact where organisation_id = :organisation
           and (epoch, transaction_id) >= (:from_epoch::int, :from_transaction::text::xid8)
           and (epoch, transaction_id) < (:until_epoch::int, :until_transaction::text::xid8)),
       most.epoch, most.transaction_id::text::bigint
from (values (1)) one left join lateral (
  select epoch, transaction_id from kit.fact where organisation_id = :organisation
    and (epoch, transaction_id) > (:from_epoch::int, :from_transaction::text::xid8)
    and (epoch, transaction_id) < (:until_epoch::int, :until_transaction::text::xid8)
  order by epoch, transaction_id offset :most::int limit 1) most on true

-- verb: seal
-- Sealing is no fact: it would give itself something new to seal.
with sealed as (
  insert into kit.checkpoint (organisation_id, number, until_epoch, until_transaction, sealed_at, logs, before_digest, digest, signature)
  values (:organisation, :number, :until_epoch, :until_transaction, :at, :logs::jsonb, :before_digest, :digest, :signature)
  returning number),
happened as (
  select ''::text as kind, null::uuid as customer_id, ''::text as subject_kind, null::uuid as subject_id, '{}'::jsonb as body where false),
answer as (select 201 as status, null::text as code, jsonb_build_object('number', number) as body from sealed)

-- query: list_checkpoints
select number, sealed_at, logs::text, encode(digest, 'hex'), encode(signature, 'hex')
from kit.checkpoint where organisation_id = :organisation and number > :after::bigint
order by number limit :limit + 1

-- query: find_checkpoint
select number, sealed_at, logs::text, encode(digest, 'hex'), encode(signature, 'hex')
from kit.checkpoint where organisation_id = :organisation and number = :number::bigint
