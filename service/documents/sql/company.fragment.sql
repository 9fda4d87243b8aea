-- Who a document is from, of `identity.organisation o`.
jsonb_build_object('name', o.name, 'address', o.address, 'registration', o.registration, 'phone', o.phone, 'email', o.email)
