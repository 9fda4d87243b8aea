-- Seller and buyer as e-invoices tell them, of `identity.organisation_step o` and `customers.customer_step c`; a VAT id as `agreed`, where tax hangs on it.
jsonb_build_object('name', o.name, 'street', o.street, 'city', o.city, 'postcode', o.postcode, 'country', o.country, 'vat_id', coalesce(agreed.seller_vat_id, o.vat_id), 'tax_number', o.tax_number,
  'legal_id', o.legal_id, 'legal_words', o.registration, 'electronic_address', o.electronic_address, 'phone', o.phone, 'email', o.email),
jsonb_build_object('name', c.name, 'street', coalesce(c.street, ''), 'city', coalesce(c.city, ''), 'postcode', coalesce(c.postcode, ''), 'country', coalesce(c.country, ''),
  'vat_id', coalesce(agreed.buyer_vat_id, c.vat_id, ''), 'buyer_reference', coalesce(c.buyer_reference, ''), 'electronic_address', coalesce(c.electronic_address, ''))
