-- Why no tax is charged in the category of `r`, a tax of the invoice `i`: as its items were offered; one code where all have it, and each reason once.
'exemption_code', (select case when count(distinct x.exemption_code) = 1 and count(x.exemption_code) = count(*) then min(x.exemption_code) end
  from billing.invoice_line y join authorisations.offer_item x on x.organisation_id = y.organisation_id and x.item_id = y.item_id
  where y.organisation_id = i.organisation_id and y.invoice_id = i.invoice_id and y.tax_category = r.tax_category),
'exemption_reason', (select string_agg(distinct coalesce(x.exemption_reason, x.exemption_code), '; ')
  from billing.invoice_line y join authorisations.offer_item x on x.organisation_id = y.organisation_id and x.item_id = y.item_id
  where y.organisation_id = i.organisation_id and y.invoice_id = i.invoice_id and y.tax_category = r.tax_category)
