-- In: act, chosen. Out: sorted (approved, declined); recorded: the act as an ActRow, so that its receipt is signed without looking it up.
sorted as (
  select coalesce(jsonb_agg(item_id order by item_id) filter (where verdict = 'approved'), '[]'::jsonb) as approved,
    coalesce(jsonb_agg(item_id order by item_id) filter (where verdict = 'declined'), '[]'::jsonb) as declined from chosen),
recorded as (
  select a.authorisation_id, jsonb_build_object('authorisation_id', a.authorisation_id, 'scope_id', a.scope_id, 'seq', a.seq, 'kind', a.kind, 'channel', a.channel, 'revokes', null,
    'offer_id', a.offer_id, 'revision', a.revision, 'offer_hash', encode(a.offer_hash, 'hex'), 'prior_hash', encode(a.prior_hash, 'hex'), 'entry_hash', encode(a.entry_hash, 'hex'),
    'active', a.active, 'shortcoming', a.shortcoming, 'currency', a.currency, 'added_minor', a.added_minor, 'revised_total_minor', a.revised_total_minor,
    'consented_at', a.consented_at, 'recorded_at', a.recorded_at, 'approved', v.approved, 'declined', v.declined,
    'checkpoint_number', c.number, 'checkpoint_digest', encode(c.digest, 'hex'), 'receipt', null) as as_recorded
  from act a cross join sorted v
  left join lateral (select c.number, c.digest from kit.checkpoint c where c.organisation_id = :organisation::uuid order by c.number desc limit 1) c on true)
