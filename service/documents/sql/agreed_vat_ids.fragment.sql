-- Between whom it was agreed that the buyer owes the tax of an invoice `i`, as sealed.
cross join lateral (
  select min(x.seller_vat_id) as seller_vat_id, min(x.buyer_vat_id) as buyer_vat_id
  from billing.invoice_line y join authorisations.offer_item x on x.organisation_id = y.organisation_id and x.item_id = y.item_id
  where y.organisation_id = i.organisation_id and y.invoice_id = i.invoice_id) agreed
