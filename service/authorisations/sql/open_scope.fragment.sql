-- Opens a scope for a job or a subscription. Needs `opening (scope_id, customer_id, subject_kind, subject_id, currency, policy_name)`;
-- policy_name NULL is no tolerance at all, which needs no law to allow it.
policy_of_opening as (
  select o.scope_id, o.customer_id, o.subject_kind, o.subject_id, o.currency, coalesce(o.policy_name, 'ZERO') as policy_name,
         coalesce(p.policy_version, 1) as policy_version, coalesce(p.combine, 'none') as combine, coalesce(p.pct_numerator, 0) as pct_numerator,
         coalesce(p.pct_denominator, 1) as pct_denominator, coalesce(p.abs_minor, 0) as abs_minor, coalesce(p.hard_cap_minor, 9000000000000000) as hard_cap_minor,
         coalesce(p.at_limit_refuses, false) as at_limit_refuses, coalesce(p.consent_deadline, 'before_work') as consent_deadline,
         coalesce(p.record_lag_seconds, 0) as record_lag_seconds, coalesce(p.requires_written_offer, false) as requires_written_offer
  from opening o
  left join lateral (
    select p.* from authorisations.policy p where p.organisation_id = :organisation::uuid and p.policy_name = o.policy_name order by p.policy_version desc limit 1) p on true
  where o.policy_name is null or p.policy_name is not null),
zero_policy as (
  insert into authorisations.policy (organisation_id, policy_name, policy_version, citation, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor,
    at_limit_refuses, consent_deadline, record_lag_seconds, requires_written_offer)
  select :organisation::uuid, policy_name, policy_version, 'No more than was authorised', combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor,
    at_limit_refuses, consent_deadline, record_lag_seconds, requires_written_offer
  from policy_of_opening where policy_name = 'ZERO' on conflict do nothing),
opened_scope as (
  insert into authorisations.scope (organisation_id, scope_id, customer_id, subject_kind, subject_id, currency, policy_name, policy_version, combine, pct_numerator,
    pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline, record_lag_seconds, requires_written_offer)
  select :organisation::uuid, scope_id, customer_id, subject_kind, subject_id, currency, policy_name, policy_version, combine, pct_numerator,
    pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline, record_lag_seconds, requires_written_offer
  from policy_of_opening returning scope_id)
