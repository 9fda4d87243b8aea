-- Opens a scope for a job or a subscription. Needs `opening (scope_id, customer_id, subject_kind, subject_id, currency, policy_name, jurisdiction, trade,
-- price_form, site_jurisdiction, site_zone)`; the last two are kept as its site is told now. Without a name the latest policy of the place under the law of its
-- trade and price form is taken, else no tolerance at all, which needs no law to allow it. A policy that is named must be of that law too, where the place is
-- known, or allow nothing: no tolerance, and no consent later than that law does.
law_of_opening as (select l.* from opening o cross join lateral authorisations.law_of(o.jurisdiction, o.trade, o.price_form) l),
policy_of_opening as (
  select o.scope_id, o.customer_id, o.subject_kind, o.subject_id, o.currency, o.site_jurisdiction, o.site_zone, o.trade, coalesce(p.policy_name, 'ZERO') as policy_name,
         coalesce(p.policy_version, 1) as policy_version, coalesce(p.combine, 'none') as combine, coalesce(p.pct_numerator, 0) as pct_numerator,
         coalesce(p.pct_denominator, 1) as pct_denominator, coalesce(p.abs_minor, 0) as abs_minor, coalesce(p.hard_cap_minor, 9000000000000000) as hard_cap_minor,
         coalesce(p.at_limit_refuses, false) as at_limit_refuses, coalesce(p.consent_deadline, 'before_work') as consent_deadline,
         coalesce(p.record_lag_seconds, 0) as record_lag_seconds, coalesce(p.requires_written_offer, false) as requires_written_offer,
         array(select f from unnest(array['itemised', 'limit', 'time_and_materials']) f cross join lateral authorisations.law_of(p.jurisdiction, p.trade, f) l
           where p.price_form in (f, 'any') and (p.at_limit_refuses or not l.at_limit_refuses) and authorisations.within_law(p.combine, p.pct_numerator, p.pct_denominator,
             p.abs_minor, p.hard_cap_minor, l.combine, l.pct_numerator, l.pct_denominator, l.abs_minor, l.hard_cap_minor)) as tolerated_forms
  from opening o
  left join lateral (
    select p.* from authorisations.policy p join law_of_opening l on true
    where p.organisation_id = :organisation::uuid and (o.policy_name is null or p.policy_name = o.policy_name)
      and not exists (select from authorisations.policy n
        where n.organisation_id = p.organisation_id and n.policy_name = p.policy_name and n.policy_version > p.policy_version)
      and case when o.policy_name is not null and (o.jurisdiction = 'ZZ' or p.combine = 'none'
          and (p.consent_deadline = 'before_work' or l.consent_deadline in (p.consent_deadline, 'after_work'))) then true
        else (p.law_jurisdiction, p.law_trade, p.law_price_form) = (l.jurisdiction, l.trade, l.price_form)
          and p.jurisdiction in (o.jurisdiction, split_part(o.jurisdiction, '-', 1)) and p.jurisdiction <> 'ZZ'
          and p.trade in (o.trade, 'any') and p.price_form in (o.price_form, 'any') end
    order by length(p.jurisdiction) desc, p.trade = 'any', p.price_form = 'any', p.policy_name limit 1) p on true
  where o.policy_name is null or p.policy_name is not null),
zero_policy as (
  insert into authorisations.policy (organisation_id, policy_name, policy_version, citation, jurisdiction, trade, price_form, combine, pct_numerator, pct_denominator, abs_minor,
    hard_cap_minor, at_limit_refuses, consent_deadline, record_lag_seconds, requires_written_offer, law_jurisdiction, law_trade, law_price_form, law_combine, law_pct_numerator,
    law_pct_denominator, law_abs_minor, law_hard_cap_minor, law_at_limit_refuses, law_consent_deadline)
  select :organisation::uuid, p.policy_name, p.policy_version, 'No more than was authorised', l.jurisdiction, l.trade, l.price_form, p.combine, p.pct_numerator, p.pct_denominator,
    p.abs_minor, p.hard_cap_minor, p.at_limit_refuses, p.consent_deadline, p.record_lag_seconds, p.requires_written_offer, l.jurisdiction, l.trade, l.price_form, l.combine,
    l.pct_numerator, l.pct_denominator, l.abs_minor, l.hard_cap_minor, l.at_limit_refuses, l.consent_deadline
  from policy_of_opening p join authorisations.law l on (l.jurisdiction, l.trade, l.price_form) = ('ZZ', 'any', 'any') where p.policy_name = 'ZERO' on conflict do nothing),
opened_scope as (
  insert into authorisations.scope (organisation_id, scope_id, customer_id, subject_kind, subject_id, currency, policy_name, policy_version, combine, pct_numerator,
    pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline, record_lag_seconds, requires_written_offer, price_forms, law_jurisdiction, law_trade, law_price_form,
    overrun_notice, withdrawal_days, site_jurisdiction, site_zone, trade)
  select :organisation::uuid, p.scope_id, p.customer_id, p.subject_kind, p.subject_id, p.currency, p.policy_name, p.policy_version, p.combine, p.pct_numerator,
    p.pct_denominator, p.abs_minor, p.hard_cap_minor, p.at_limit_refuses, p.consent_deadline, p.record_lag_seconds, p.requires_written_offer,
    case p.combine when 'none' then array['itemised', 'limit', 'time_and_materials'] else p.tolerated_forms end, l.jurisdiction, l.trade, l.price_form,
    l.overrun_notice, l.withdrawal_days, p.site_jurisdiction, p.site_zone, p.trade
  from policy_of_opening p cross join law_of_opening l returning scope_id)
