-- query: promise_policy
select p.version, p.opens_minute, p.closes_minute, p.rests_on_holidays, p.place, p.warn_minutes, p.escalates_to, p.set_by, p.set_at
from promises.policy p where p.organisation_id = :organisation and p.version < :before order by p.version desc limit :limit

-- verb: set_promise_policy
-- The version after the one that was read under the lock.
with policy as (
  insert into promises.policy (organisation_id, version, opens_minute, closes_minute, rests_on_holidays, place, warn_minutes, escalates_to, set_by, set_at)
  values (:organisation, :version::int, :opens_minute::int[], :closes_minute::int[], :rests_on_holidays::boolean, :place, :warn_minutes::int, :escalates_to::uuid, :actor, :at)
  returning version),
happened as (
  select 'promise_policy_set' as kind, null::uuid as customer_id, 'promise_policy' as subject_kind, :organisation::uuid as subject_id, jsonb_build_object('version', version) as body from policy),
answer as (select 201 as status, null::text as code, jsonb_build_object('version', version) as body from policy)
