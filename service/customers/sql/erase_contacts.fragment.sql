-- Erases the name and addresses of the contact in `erasing (customer_id, contact_id, last)`, contact_id NULL meaning each of that customer's; the row stays, since
-- what they did stands on it, and nobody can be reached or authorise by it. With the last of them goes who the customer was before, but for the versions that papers cite,
-- `cited_version (version)`, and the present one; and where a site was said to be, but for the present version and those that stood when an
-- invoice was issued, which the policy `what_an_invoice_tells_stays` keeps. Gives `erased_contact (contact_id)`.
erased_contact as (
  update customers.contact c set name = 'Erased', channel = 'post', address = 'Erased', may_authorise = false, version = c.version + 1
  from erasing e
  where c.organisation_id = :organisation::uuid and c.customer_id = e.customer_id and (e.contact_id is null or c.contact_id = e.contact_id)
    and (c.name, c.address) <> ('Erased', 'Erased')
  returning c.contact_id),
erased_word as (
  delete from customers.find_word f using customers.contact c, erasing e
  where f.organisation_id = :organisation::uuid and f.customer_id = e.customer_id and f.source_id = c.contact_id
    and c.organisation_id = :organisation::uuid and c.customer_id = e.customer_id and (e.contact_id is null or c.contact_id = e.contact_id)),
erased_former_address as (
  delete from customers.former_address f using erasing e
  where f.organisation_id = :organisation::uuid and f.customer_id = e.customer_id and (e.contact_id is null or f.contact_id = e.contact_id)),
erased_step as (
  delete from customers.customer_step s using erasing e
  where s.organisation_id = :organisation::uuid and s.customer_id = e.customer_id and e.last and s.version not in (select version from cited_version)
    and s.version <> (select c.version from customers.customer c where c.organisation_id = :organisation::uuid and c.customer_id = e.customer_id)),
erased_place as (
  delete from customers.site_step s using erasing e
  where s.organisation_id = :organisation::uuid and s.customer_id = e.customer_id and e.last
    and s.version <> (select t.version from customers.site t where t.organisation_id = :organisation::uuid and t.customer_id = e.customer_id and t.site_id = s.site_id))
