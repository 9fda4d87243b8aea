-- In: announced (invoice_id, consent_id, turn), the latest turn of each. Out: charge_over (invoice_id, turn, refused), those of which nothing is tried again by itself: paid and taken
-- back since, called off, or failed; refused, where the method itself was refused for good and its network hasn't renewed it since.
charge_over as (
  select n.invoice_id, n.turn, a.state = 'closed' and coalesce(f.verdict = 'never', false) and not exists (
      select from billing.saved_method_step t
      where t.organisation_id = :organisation::uuid and t.method_id = g.method_id and t.kind = 'renewed' and t.happened_at > f.failed_at offset 0) as refused
  from announced n
  cross join lateral (
    select g.attempt_id, g.ordinal, g.method_id from billing.charge g
    where g.organisation_id = :organisation::uuid and g.invoice_id = n.invoice_id and g.consent_id = n.consent_id and g.turn = n.turn order by g.ordinal desc limit 1) g
  cross join lateral (select a.state from billing.collection_attempt a where a.organisation_id = :organisation::uuid and a.attempt_id = g.attempt_id limit 1) a
  left join lateral (
    select f.verdict, f.failed_at from billing.charge_failure f where f.organisation_id = :organisation::uuid and f.attempt_id = g.attempt_id limit 1) f on true
  where a.state in ('succeeded', 'closed') and (a.state = 'succeeded' or f.verdict is distinct from 'again' or g.ordinal > cardinality(:retry_days::int[])))
