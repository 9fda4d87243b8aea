-- Input `ending (feed_of)`: the customer of whom nobody is left; their links to choose times end.
ended_choices as (
  update identity.link l set revoked_at = greatest(l.made_at, :at::timestamptz)
  where l.organisation_id = :organisation::uuid and l.choice_of = (select e.feed_of from ending e) and l.revoked_at is null
  returning l.link_id)
