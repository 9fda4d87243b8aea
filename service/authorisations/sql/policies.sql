-- verb: publish_policy
-- A version is never edited: other figures under the same name are the next version, and scopes opened before keep theirs.
with latest as (
  select p.* from authorisations.policy p where p.organisation_id = :organisation and p.policy_name = :name::text order by p.policy_version desc limit 1),
same as (
  select * from latest where (citation, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline, record_lag_seconds, requires_written_offer)
    = (:citation::text, :combine::text, :pct_numerator::int, :pct_denominator::int, :abs_minor::bigint, :hard_cap_minor::bigint, :at_limit_refuses::boolean, :consent_deadline::text,
      :record_lag_seconds::int, :requires_written_offer::boolean)),
published as (
  insert into authorisations.policy (organisation_id, policy_name, policy_version, citation, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses,
    consent_deadline, record_lag_seconds, requires_written_offer)
  select :organisation, :name::text, coalesce((select policy_version from latest), 0) + 1, :citation::text, :combine::text, :pct_numerator::int, :pct_denominator::int,
    :abs_minor::bigint, :hard_cap_minor::bigint, :at_limit_refuses::boolean, :consent_deadline::text, :record_lag_seconds::int, :requires_written_offer::boolean
  where not exists (select from same)
  returning policy_name, policy_version),
happened as (
  select 'policy_published' as kind, null::uuid as customer_id, 'policy' as subject_kind, :policy_id::uuid as subject_id,
    jsonb_build_object('name', policy_name, 'version', policy_version, 'combine', :combine::text) as body from published),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('name', policy_name, 'version', policy_version) as body from published
  union all select 200, null, jsonb_build_object('name', policy_name, 'version', policy_version) from same)

-- query: list_policies
-- The version in force of each.
select distinct on (p.policy_name) p.policy_name, p.policy_version, p.citation, p.combine, p.pct_numerator || '/' || p.pct_denominator, p.abs_minor,
  nullif(p.hard_cap_minor, 9000000000000000), p.at_limit_refuses, p.consent_deadline, p.record_lag_seconds, p.requires_written_offer
from authorisations.policy p where p.organisation_id = :organisation order by p.policy_name, p.policy_version desc
