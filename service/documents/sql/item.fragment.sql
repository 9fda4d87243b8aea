-- An item as offered, of `authorisations.offer_item i`.
jsonb_build_object('kind', i.kind, 'description', i.description, 'sku', i.sku, 'alternates', i.alternates, 'condition', i.condition, 'method', i.method, 'unit', i.unit,
  'quantity', authorisations.quantity(i.ticks, i.denominator), 'unit_price', authorisations.quantity(i.price_numerator, i.price_denominator),
  'amount_minor', kit.rounded(i.ticks::numeric * i.price_numerator, i.denominator::numeric * i.price_denominator), 'tax_category', i.tax_category,
  'tax_rate', authorisations.quantity(i.tax_numerator::numeric * 100, i.tax_denominator), 'exemption', coalesce(i.exemption_reason, i.exemption_code), 'recurring', i.recurring, 'optional', i.optional)
