-- Keeps what papers tell of the organisation in `kept`, the row of identity.organisation as founded or changed.
step as (
  insert into identity.organisation_step (organisation_id, version, name, zone, address, registration, phone, email, street, city, postcode, country, vat_id, tax_number, legal_id, electronic_address, account_holder, iban, bic, bank_details)
  select organisation_id, version, name, zone, address, registration, phone, email, street, city, postcode, country, vat_id, tax_number, legal_id, electronic_address, account_holder, iban, bic, bank_details from kept)
