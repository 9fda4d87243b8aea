-- A wording of an offer as it is told: the whole of a statement but for which, `r`.
select r.offer_id, r.scope_id, o.kind, r.revision, encode(r.offer_hash, 'hex'), case when r.revision > 1 then encode(r.prior_hash, 'hex') end, coalesce((r.canonical::jsonb ->> 'prior_total_minor')::bigint, 0), r.tax_basis, r.canonical::jsonb ->> 'price_form',
       r.total_minor, nullif(r.cap_minor, 9000000000000000), nullif(r.valid_until, 'infinity'), r.made_at,
       (select min(p.presented_at) from authorisations.presentation p where p.organisation_id = r.organisation_id and p.offer_id = r.offer_id and p.revision = r.revision),
       (select jsonb_agg(
-- include: documents/item
         order by i.position)
        from authorisations.offer_item i where i.organisation_id = r.organisation_id and i.offer_id = r.offer_id and i.revision = r.revision)::text,
       r.canonical::jsonb ->> 'reported', r.canonical::jsonb ->> 'found', coalesce(r.canonical::jsonb ->> 'photos', '[]')
from authorisations.offer_revision r join authorisations.offer o on o.organisation_id = r.organisation_id and o.offer_id = r.offer_id
