-- In: asked (scope_id). Out: scope_terms: what is offered in that scope is sealed with, as a ScopeRow.
scope_terms as (
  select s.scope_id, s.customer_id, s.currency, s.policy_name, s.policy_version, s.combine, s.pct_numerator, s.pct_denominator, s.abs_minor, s.hard_cap_minor,
    s.at_limit_refuses, s.consent_deadline, encode(h.entry_hash, 'hex') as head, h.revised_total_minor as total_minor, s.price_forms,
    nullif(o.vat_id, '') as seller_vat_id, c.vat_id as buyer_vat_id
  from asked q
  join authorisations.scope s on s.organisation_id = :organisation::uuid and s.scope_id = q.scope_id
  join identity.organisation o on o.organisation_id = s.organisation_id
  join customers.customer c on c.organisation_id = s.organisation_id and c.customer_id = s.customer_id
  left join lateral (
    select a.entry_hash, a.revised_total_minor from authorisations.authorisation a where a.organisation_id = s.organisation_id and a.scope_id = s.scope_id order by a.seq desc limit 1) h on true)
