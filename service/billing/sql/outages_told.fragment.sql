-- Out: outages_told, each outage with what was given back for it.
outages_told as (
  select o.outage_id, o.subscription_id, o.incident_id, o.from_at, o.until_at, o.why, o.policy_version, o.told_by, o.told_at, c.credit_minor::bigint, c.notes
  from billing.outage o
  cross join lateral (
    select coalesce(sum(c.credited_minor), 0) as credit_minor, coalesce(jsonb_agg(distinct c.credit_note_id) filter (where c.credit_note_id is not null), '[]') as notes
    from subscriptions.period p join billing.outage_credit c on c.organisation_id = :organisation and c.subscription_id = p.subscription_id and c.number = p.number
    where p.organisation_id = :organisation and p.subscription_id = o.subscription_id and c.outage_id = o.outage_id) c
  where o.organisation_id = :organisation)
