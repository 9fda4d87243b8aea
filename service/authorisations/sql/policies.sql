-- verb: publish_policy
-- A version is never edited: other figures under the same name are the next version, and scopes opened before keep theirs.
with law as (select * from authorisations.law_of(:jurisdiction::text, :trade::text, :price_form::text)),
latest as (
  select p.* from authorisations.policy p where p.organisation_id = :organisation and p.policy_name = :name::text order by p.policy_version desc limit 1),
same as (
  select * from latest where (citation, jurisdiction, trade, price_form, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline,
      record_lag_seconds, requires_written_offer)
    = (:citation::text, :jurisdiction::text, :trade::text, :price_form::text, :combine::text, :pct_numerator::int, :pct_denominator::int, :abs_minor::bigint, :hard_cap_minor::bigint,
      :at_limit_refuses::boolean, :consent_deadline::text, :record_lag_seconds::int, :requires_written_offer::boolean)),
published as (
  insert into authorisations.policy (organisation_id, policy_name, policy_version, citation, jurisdiction, trade, price_form, combine, pct_numerator, pct_denominator, abs_minor,
    hard_cap_minor, at_limit_refuses, consent_deadline, record_lag_seconds, requires_written_offer, law_jurisdiction, law_trade, law_price_form, law_combine, law_pct_numerator,
    law_pct_denominator, law_abs_minor, law_hard_cap_minor, law_at_limit_refuses, law_consent_deadline)
  select :organisation, :name::text, coalesce((select policy_version from latest), 0) + 1, :citation::text, :jurisdiction::text, :trade::text, :price_form::text, :combine::text,
    :pct_numerator::int, :pct_denominator::int, :abs_minor::bigint, :hard_cap_minor::bigint, :at_limit_refuses::boolean, :consent_deadline::text, :record_lag_seconds::int,
    :requires_written_offer::boolean, l.jurisdiction, l.trade, l.price_form, l.combine, l.pct_numerator, l.pct_denominator, l.abs_minor, l.hard_cap_minor, l.at_limit_refuses,
    l.consent_deadline
  from law l where not exists (select from same)
  returning policy_name, policy_version),
happened as (
  select 'policy_published' as kind, null::uuid as customer_id, 'policy' as subject_kind, :policy_id::uuid as subject_id,
    jsonb_build_object('name', policy_name, 'version', policy_version, 'combine', :combine::text) as body from published),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('name', policy_name, 'version', policy_version) as body from published
  union all select 200, null, jsonb_build_object('name', policy_name, 'version', policy_version) from same)

-- query: list_policies
-- The version in force of each.
select distinct on (p.policy_name) p.policy_name, p.policy_version, p.citation, p.jurisdiction, p.trade, p.price_form, p.combine, authorisations.fraction(p.pct_numerator, p.pct_denominator), p.abs_minor,
  nullif(p.hard_cap_minor, 9000000000000000), p.at_limit_refuses, p.consent_deadline, p.record_lag_seconds, p.requires_written_offer
from authorisations.policy p where p.organisation_id = :organisation order by p.policy_name, p.policy_version desc

-- query: list_laws
select jurisdiction, trade, price_form, citation, combine, authorisations.fraction(pct_numerator, pct_denominator), case combine when 'none' then 0 when 'pct' then 0 else abs_minor end,
  nullif(hard_cap_minor, 9000000000000000), at_limit_refuses, consent_deadline, overrun_notice, withdrawal_days, itemised_request_days, itemised_reply_days
from authorisations.law where jurisdiction <> 'ZZ' order by jurisdiction, trade, price_form

-- query: list_paper_laws
select jurisdiction, trade, document, to_jsonb(asks)::text, notice, citation from authorisations.paper_law order by jurisdiction, trade, document
