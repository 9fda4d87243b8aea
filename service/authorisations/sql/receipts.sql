-- query: find_act
-- An act as recorded, the receipt it was answered with, and the last checkpoint there is.
select a.authorisation_id, a.scope_id, a.seq, a.kind, a.channel, a.revokes, a.offer_id, a.revision, encode(a.offer_hash, 'hex'), encode(a.prior_hash, 'hex'),
  encode(a.entry_hash, 'hex'), a.active, a.shortcoming, a.currency, a.added_minor, a.revised_total_minor, a.consented_at, a.recorded_at,
  (select coalesce(jsonb_agg(v.item_id order by v.item_id), '[]')::text from authorisations.authorisation_item v
   where v.organisation_id = a.organisation_id and v.authorisation_id = a.authorisation_id and v.verdict = 'approved'),
  (select coalesce(jsonb_agg(v.item_id order by v.item_id), '[]')::text from authorisations.authorisation_item v
   where v.organisation_id = a.organisation_id and v.authorisation_id = a.authorisation_id and v.verdict = 'declined'),
  c.number, encode(c.digest, 'hex'), r.jws
from authorisations.authorisation a
left join authorisations.receipt r on r.organisation_id = a.organisation_id and r.authorisation_id = a.authorisation_id
left join lateral (select c.number, c.digest from kit.checkpoint c where c.organisation_id = a.organisation_id order by c.number desc limit 1) c on true
where a.organisation_id = :organisation and a.authorisation_id = :authorisation_id::uuid

-- query: find_receipt
select r.jws from authorisations.authorisation a
join authorisations.receipt r on r.organisation_id = a.organisation_id and r.authorisation_id = a.authorisation_id
where a.organisation_id = :organisation and a.presentation_id = :presentation_id::uuid

-- query: find_person_shown
-- Whom a presentation was shown to, with the words that are kept apart, and by which channel the last code went to them.
select c.contact_id, c.name, c.address,
  (select o.channel from authorisations.one_time_code o where o.organisation_id = p.organisation_id and o.presentation_id = p.presentation_id order by o.number desc limit 1)
from authorisations.presentation p
join customers.contact c on c.organisation_id = p.organisation_id and c.customer_id = p.customer_id and c.contact_id = p.contact_id
where p.organisation_id = :organisation and p.presentation_id = :presentation_id::uuid

-- query: keep_receipt
-- In the transaction of the act itself. A receipt is no happening of its own: the act has its fact.
insert into authorisations.receipt (organisation_id, authorisation_id, scope_id, seq, entry_hash, revised_total_minor, checkpoint_number, checkpoint_digest, jws)
select :organisation, a.authorisation_id, a.scope_id, a.seq, a.entry_hash, a.revised_total_minor, c.number, c.digest, :jws::text
from authorisations.authorisation a
left join kit.checkpoint c on c.organisation_id = a.organisation_id and c.number = :checkpoint_number::bigint
where a.organisation_id = :organisation and a.authorisation_id = :authorisation_id::uuid
returning jws
