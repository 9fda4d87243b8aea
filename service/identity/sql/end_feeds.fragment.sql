ended_feeds as (
  update identity.link l set revoked_at = greatest(l.made_at, :at::timestamptz)
  where l.organisation_id = :organisation::uuid and l.feed_of = (select e.feed_of from ending e) and l.revoked_at is null
  returning l.link_id)
