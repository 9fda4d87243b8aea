-- Keeps what papers tell of the customer in `kept`, a row of customers.customer as added or changed.
step as (
  insert into customers.customer_step (organisation_id, customer_id, version, name, language, zone, street, city, postcode, country, vat_id, buyer_reference, electronic_address)
  select :organisation, customer_id, version, name, language, zone, street, city, postcode, country, vat_id, buyer_reference, electronic_address from kept)
