-- An offer's hash is of its text, and its items are those that its text lists; the acts of a scope follow one another by hash.
select r.organisation_id, r.offer_id || ' revision ' || r.revision as id, 'hash is of another text' as detail
from authorisations.offer_revision r where r.offer_hash <> authorisations.seal('sayso/offer-revision/1', r.canonical)
union all
select coalesce(r.organisation_id, i.organisation_id), coalesce(r.offer_id, i.offer_id) || ' revision ' || coalesce(r.revision, i.revision),
  'item ' || coalesce(r.position, i.position) || ' differs from the text'
from (select o.organisation_id, o.offer_id, o.revision, h.hash, h.place - 1 as position from authorisations.offer_revision o
  cross join lateral unnest(authorisations.item_hashes(o.canonical)) with ordinality h (hash, place) where h.place > 1) r
full join authorisations.offer_item i on i.organisation_id = r.organisation_id and i.offer_id = r.offer_id and i.revision = r.revision
  and i.position = r.position and authorisations.item_hash(i.*) = r.hash
where i.item_id is null or r.offer_id is null
union all
select coalesce(r.organisation_id, i.organisation_id), coalesce(r.offer_id, i.offer_id) || ' revision ' || coalesce(r.revision, i.revision),
  'photo ' || coalesce(i.photo_id::text, r.photo ->> 'photo_id') || ' differs from the text'
from (select o.organisation_id, o.offer_id, o.revision, t.photo, t.position from authorisations.offer_revision o
  cross join lateral jsonb_array_elements(o.canonical::jsonb -> 'photos') with ordinality t (photo, position)) r
full join authorisations.offer_photo i on i.organisation_id = r.organisation_id and i.offer_id = r.offer_id and i.revision = r.revision
  and i.position = r.position and i.photo_id = (r.photo ->> 'photo_id')::uuid and encode(i.photo_hash, 'hex') = r.photo ->> 'photo_hash'
where i.photo_id is null or r.offer_id is null
union all
select a.organisation_id, a.authorisation_id::text, 'does not follow the act before it'
from authorisations.authorisation a
left join authorisations.authorisation b on b.organisation_id = a.organisation_id and b.scope_id = a.scope_id and b.seq = a.seq - 1
where a.seq > 1 and (b.entry_hash is distinct from a.prior_hash or b.revised_total_minor is distinct from a.prior_total_minor)
  or a.entry_hash <> authorisations.seal('sayso/authorisation/1',
    encode(a.prior_hash, 'hex') || ' ' || authorisations.microseconds(a.recorded_at)::text || ' ' || a.revised_total_minor::text || ' ' || a.content)
order by 1, 2
