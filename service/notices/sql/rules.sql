-- query: rule_sets
select r.version, to_char(r.quiet_from, 'HH24:MI'), to_char(r.quiet_until, 'HH24:MI'),
  coalesce((select jsonb_agg(jsonb_build_object('kind', k.kind, 'channels', k.channels, 'quiet', k.quiet, 'every_minutes', k.every_minutes, 'excess', k.excess, 'language', k.language, 'reach', k.reach) order by k.kind)
    from notices.rule k where k.organisation_id = r.organisation_id and k.version = r.version), '[]'::jsonb),
  r.set_by, r.set_at
from notices.rule_set r where r.organisation_id = :organisation and r.version < :before order by r.version desc limit :limit

-- verb: set_rules
-- The version after the one that was read under the lock.
with rules as (
  insert into notices.rule_set (organisation_id, version, quiet_from, quiet_until, set_by, set_at)
  values (:organisation::uuid, :version::int, :quiet_from::time, :quiet_until::time, :actor::text, :at::timestamptz)
  returning version),
named as (
  insert into notices.rule (organisation_id, version, kind, channels, quiet, every_minutes, excess, language, reach)
  select :organisation::uuid, rules.version, k.kind, k.channels, k.quiet, k.every_minutes, k.excess, k.language, k.reach
  from rules, jsonb_to_recordset(:rules::jsonb) as k (kind text, channels text[], quiet boolean, every_minutes int, excess text, language text, reach text)),
happened as (
  select 'notice_rules_set' as kind, null::uuid as customer_id, 'notice_rules' as subject_kind, :organisation::uuid as subject_id, jsonb_build_object('version', version) as body from rules),
answer as (select 201 as status, null::text as code, jsonb_build_object('version', version) as body from rules)

-- query: list_opt_outs
-- How it stands with each kind that was ever said something about.
select distinct on (o.kind) o.kind, o.out, o.via, o.said_by, o.said_at, o.step
from notices.opt_out o where o.organisation_id = :organisation and o.customer_id = :customer_id order by o.kind, o.step desc

-- query: is_opted_out
select coalesce((
  select o.out from notices.opt_out o where o.organisation_id = :organisation and o.customer_id = :customer_id and o.kind = :kind order by o.step desc limit 1), false)

-- verb: set_opt_out
-- Said again it changes nothing.
with person as (select c.customer_id from customers.customer c where c.organisation_id = :organisation::uuid and c.customer_id = :customer_id::uuid),
last as (
  select o.step, o.out from notices.opt_out o where o.organisation_id = :organisation::uuid and o.customer_id = :customer_id::uuid and o.kind = :kind::text order by o.step desc limit 1),
said as (
  insert into notices.opt_out (organisation_id, customer_id, kind, step, out, via, said_by, said_at)
  select :organisation::uuid, p.customer_id, :kind::text, coalesce(l.step, 0) + 1, :out::boolean, :via::text, :actor::text, :at::timestamptz
  from person p left join last l on true where coalesce(l.out, false) <> :out::boolean
  returning customer_id),
happened as (
  select case when :out::boolean then 'notices_opted_out' else 'notices_opted_in' end as kind, customer_id, 'customer' as subject_kind, customer_id as subject_id,
         jsonb_build_object('notice', :kind::text, 'via', :via::text) as body from said),
answer as (select 200 as status, null::text as code, jsonb_build_object('kind', :kind::text, 'out', :out::boolean) as body from person)
