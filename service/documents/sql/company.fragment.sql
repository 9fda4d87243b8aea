-- Who a document is from, of `identity.organisation o` or a step of its history; its VAT id too, unless that stands among its numbers anyway.
jsonb_build_object('name', o.name, 'address', o.address, 'registration', case when o.vat_id = '' or position(o.vat_id in replace(o.registration, ' ', '')) > 0 then o.registration
  else concat_ws(' · ', nullif(o.registration, ''), o.vat_id) end, 'phone', o.phone, 'email', o.email)
