-- Input `ending_portals (customer_id, contact_id)`: whose links to everything of a customer's end, of all of their people where `contact_id` is null; and the calendar that was made through one of them.
ended_portals as (
  update identity.link l set revoked_at = greatest(l.made_at, :at::timestamptz)
  from ending_portals e
  where l.organisation_id = :organisation::uuid and l.portal_of = any (array(select customer_id from ending_portals)) and l.portal_of = e.customer_id and (e.contact_id is null or l.subject_id = e.contact_id) and l.revoked_at is null
  returning l.link_id, l.portal_of),
ended_with_portals as (
  update identity.link l set revoked_at = greatest(l.made_at, :at::timestamptz)
  from ended_portals p
  where l.organisation_id = :organisation::uuid and l.feed_of = any (array(select customer_id from ending_portals)) and l.feed_of = p.portal_of and l.made_by = 'customer_link:' || p.link_id and l.revoked_at is null)
