-- Keeps where the site in `kept` is said to be, a row of customers.site as added or changed.
step as (
  insert into customers.site_step (organisation_id, customer_id, site_id, version, address, zone)
  select :organisation, customer_id, site_id, version, address, zone from kept)
