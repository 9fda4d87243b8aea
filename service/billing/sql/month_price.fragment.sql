-- In: s, a service. What a month of it costs (p.month_minor), the tax that was agreed with it included.
cross join lateral (
  select o.tax_basis, o.tax_numerator, o.tax_denominator from authorisations.offer_item o
  left join authorisations.capacity_item k on k.organisation_id = o.organisation_id and k.item_id = o.item_id
  where o.organisation_id = :organisation and o.scope_id = s.scope_id and o.recurring order by k.authorised_at desc nulls last, o.item_id desc limit 1) i
cross join lateral (
  select kit.rounded(s.amount_minor::numeric * (i.tax_denominator + case i.tax_basis when 'excl' then i.tax_numerator else 0 end), i.tax_denominator::numeric * s.period_months)::bigint as month_minor) p
