-- query: find_scope
with asked as (select :scope_id::uuid as scope_id),
-- include: authorisations/scope_terms
select * from scope_terms

-- query: find_latest_revision
select r.offer_id, r.revision, r.scope_id, encode(r.offer_hash, 'hex'), o.kind
from authorisations.offer_revision r join authorisations.offer o on o.organisation_id = r.organisation_id and o.offer_id = r.offer_id
where r.organisation_id = :organisation and r.offer_id = :offer_id order by r.revision desc limit 1

-- query: find_book_versions
-- Each item's version in force on the day.
select distinct on (v.item_id) v.item_id, v.effective_on, i.kind, v.name, v.unit, v.currency, v.price_numerator, v.price_denominator, v.tax_category, v.tax_rate_bp, v.exemption_code,
  v.exemption_reason
from catalogue.item_version v join catalogue.item i on i.organisation_id = v.organisation_id and i.item_id = v.item_id
where v.organisation_id = :organisation and v.item_id = any (:item_ids::uuid[]) and v.effective_on <= :day::date and not v.withdrawn
order by v.item_id, v.effective_on desc

-- query: find_offer
select o.offer_id, o.scope_id, o.customer_id, o.kind, r.revision, encode(r.offer_hash, 'hex'), r.canonical,
  case when exists (select from authorisations.authorisation a where a.organisation_id = o.organisation_id and a.offer_id = o.offer_id and a.revision = r.revision and a.active) then
      case when exists (select from authorisations.offer_item i where i.organisation_id = o.organisation_id and i.offer_id = o.offer_id and i.revision = r.revision
        and not exists (select from authorisations.capacity_item k where k.organisation_id = i.organisation_id and k.item_id = i.item_id)) then 'part_authorised' else 'authorised' end
    when exists (select from authorisations.authorisation a where a.organisation_id = o.organisation_id and a.offer_id = o.offer_id and a.revision = r.revision) then 'declined'
    when r.valid_until < :at then 'expired'
    when exists (select from authorisations.presentation p where p.organisation_id = o.organisation_id and p.offer_id = o.offer_id and p.revision = r.revision and p.expires_at > :at) then 'sealed'
    when exists (select from authorisations.presentation p where p.organisation_id = o.organisation_id and p.offer_id = o.offer_id and p.revision = r.revision) then 'expired'
    else 'draft' end,
  coalesce((select jsonb_agg(jsonb_build_object('item_id', i.item_id, 'status',
      case when k.item_id is null then coalesce(
          (select case when v.verdict = 'declined' then 'declined' else a.shortcoming end from authorisations.authorisation_item v join authorisations.authorisation a
             on a.organisation_id = v.organisation_id and a.authorisation_id = v.authorisation_id
           where v.organisation_id = i.organisation_id and v.item_id = i.item_id order by a.seq desc limit 1), 'unanswered')
        when t.revoked_after <= :at then 'revoked' when k.valid_until < :at then 'expired' when t.granted_after <= t.performed_after then 'exhausted' else 'active' end,
      'authorised', authorisations.quantity(coalesce(t.granted_after, 0), i.denominator), 'performed', authorisations.quantity(coalesce(t.performed_after, 0), i.denominator),
      'billed', authorisations.quantity(coalesce(t.billed_after, 0), i.denominator), 'billed_minor', coalesce(t.net_after, 0)) order by i.position)
    from authorisations.offer_item i
    left join authorisations.capacity_item k on k.organisation_id = i.organisation_id and k.item_id = i.item_id
    left join lateral (select t.* from authorisations.capacity t where t.organisation_id = i.organisation_id and t.item_id = i.item_id order by t.item_seq desc limit 1) t on true
    where i.organisation_id = o.organisation_id and i.offer_id = o.offer_id and i.revision = r.revision), '[]'::jsonb)::text
from authorisations.offer o
join lateral (select r.* from authorisations.offer_revision r where r.organisation_id = o.organisation_id and r.offer_id = o.offer_id order by r.revision desc limit 1) r on true
where o.organisation_id = :organisation and o.offer_id = :offer_id

-- verb: write_revision
-- Revision 1 makes the offer; a later one follows the latest. The same id with the same text is the same offer.
with stepping as (select :scope_id::uuid as scope_id),
-- include: authorisations/scope_stands
,
closed as (select from scope_stands where not open),
over as (select from scope_stands where open and :valid_until::timestamptz < :at),
scope as (select * from authorisations.scope where organisation_id = :organisation and scope_id = :scope_id::uuid and not exists (select from closed) and not exists (select from over)),
latest as (
  select r.revision, r.offer_hash from authorisations.offer_revision r
  where r.organisation_id = :organisation and r.offer_id = :offer_id::uuid order by r.revision desc limit 1),
known as (
  select r.offer_hash = decode(:offer_hash::text, 'hex') as same from authorisations.offer_revision r
  where r.organisation_id = :organisation and r.offer_id = :offer_id::uuid and r.revision = :revision::int),
made as (
  insert into authorisations.offer (organisation_id, offer_id, scope_id, customer_id, currency, kind, made_by)
  select :organisation, :offer_id::uuid, scope_id, customer_id, currency, :kind::text, :actor from scope
  where :revision::int = 1 and not exists (select from latest)),
written as (
  insert into authorisations.offer_revision (organisation_id, offer_id, revision, scope_id, prior_hash, canonical, offer_hash, currency, tax_basis, total_minor, cap_minor, valid_until, complete_by,
    price_forms, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline, made_by)
  select :organisation, :offer_id::uuid, :revision::int, scope_id, decode(:prior_hash::text, 'hex'), :canonical::text, decode(:offer_hash::text, 'hex'), currency, :tax_basis::text,
    :total_minor::bigint, :cap_minor::bigint, coalesce(:valid_until::timestamptz, 'infinity'),
    coalesce(:complete_by::timestamptz, 'infinity'), price_forms, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline, :actor
  from scope where :revision::int = coalesce((select revision from latest), 0) + 1
  returning offer_id, scope_id, revision, offer_hash, currency, tax_basis, total_minor),
listed as (
  insert into authorisations.offer_item (organisation_id, item_id, offer_id, revision, position, next_position, items_before, items_hash, scope_id, offer_hash, currency, tax_basis, kind, description, catalogue_item_id,
    catalogue_effective_on, sku, alternates, condition, method, unit, conversions, ticks, denominator, price_numerator, price_denominator, tax_category, tax_numerator, tax_denominator,
    exemption_code, exemption_reason, seller_vat_id, buyer_vat_id, recurring, optional, preselected)
  select :organisation, i.item_id, w.offer_id, w.revision, i.position, lead(i.position) over (order by i.position), decode(h.hashes[i.position], 'hex'), decode(h.hashes[i.position + 1], 'hex'), w.scope_id, w.offer_hash, w.currency, w.tax_basis, i.kind, i.description, i.catalogue_item_id,
    i.catalogue_effective_on, i.sku, i.alternates, i.condition, i.method, i.unit, i.conversions, i.ticks, i.denominator, i.price_numerator, i.price_denominator, i.tax_category,
    i.tax_numerator, i.tax_denominator, i.exemption_code, i.exemption_reason, i.seller_vat_id, i.buyer_vat_id, i.recurring, i.optional, i.preselected
  from written w cross join (select :item_hashes::text[] as hashes) h cross join jsonb_to_recordset(:items::jsonb) as i (item_id uuid, position int, kind text, description text, catalogue_item_id uuid, catalogue_effective_on date, sku text,
    alternates text[], condition text, method text, unit text, conversions jsonb, ticks bigint, denominator int, price_numerator bigint, price_denominator int, tax_category text,
    tax_numerator int, tax_denominator int, exemption_code text, exemption_reason text, seller_vat_id text, buyer_vat_id text, recurring boolean, optional boolean, preselected boolean)),
shown as (
  insert into authorisations.offer_photo (organisation_id, offer_id, revision, scope_id, position, photo_id, photo_hash)
  select :organisation, w.offer_id, w.revision, w.scope_id, u.position, p.photo_id, p.photo_hash
  from written w cross join unnest(:photo_ids::uuid[]) with ordinality u (photo_id, position)
  cross join lateral (select p.photo_id, p.photo_hash from authorisations.photo p where p.organisation_id = :organisation and p.photo_id = u.photo_id limit 1) p),
body as (
  select jsonb_build_object('id', :offer_id::uuid, 'revision', :revision::int, 'offer_hash', :offer_hash::text, 'scope_id', :scope_id::uuid, 'total_minor', :total_minor::bigint,
    'item_ids', (select jsonb_agg(i -> 'item_id') from jsonb_array_elements(:items::jsonb) i)) as body),
happened as (
  select case when revision = 1 then 'offer_made' else 'offer_revised' end as kind, s.customer_id, 'offer' as subject_kind, w.offer_id as subject_id,
    jsonb_build_object('scope_id', w.scope_id, 'revision', w.revision, 'offer_hash', encode(w.offer_hash, 'hex'), 'total_minor', w.total_minor, 'currency', w.currency) as body
  from written w cross join scope s),
answer as (
  select 201 as status, null::text as code, body from body where exists (select from written)
  union all
  select case when same then 200 else 409 end, case when not same then case when :revision::int = 1 then 'ID_TAKEN' else 'OFFER_CHANGED' end end,
    case when same then body else '{}'::jsonb end from known cross join body
  union all
  select 409, 'OFFER_CHANGED', '{}'::jsonb from scope where not exists (select from written) and not exists (select from known)
  union all
  select 409, 'MATTER_CLOSED', '{}'::jsonb from closed where not exists (select from known)
  union all
  select 409, 'OFFER_EXPIRED', '{}'::jsonb from over where not exists (select from known))

-- verb: delete_offer
-- A draft that nobody was shown, answered or worked on goes whole, its facts apart. Everything else is held by a policy on its rows, work by its foreign key.
with offered as (
  select o.offer_id, o.scope_id, o.customer_id,
    authorisations.sealed(o.organisation_id, o.offer_id) or exists (select from authorisations.offer_item i join authorisations.work_record w on w.organisation_id = i.organisation_id and w.item_id = i.item_id
      where i.organisation_id = o.organisation_id and i.offer_id = o.offer_id) as sealed
  from authorisations.offer o where o.organisation_id = :organisation and o.offer_id = :offer_id::uuid),
draft as (select * from offered where not sealed),
photos as (delete from authorisations.offer_photo p using draft d where p.organisation_id = :organisation and p.offer_id = d.offer_id),
revisions as (delete from authorisations.offer_revision r using draft d where r.organisation_id = :organisation and r.offer_id = d.offer_id),
offers as (delete from authorisations.offer o using draft d where o.organisation_id = :organisation and o.offer_id = d.offer_id),
happened as (
  select 'offer_deleted' as kind, customer_id, 'offer' as subject_kind, offer_id as subject_id, jsonb_build_object('scope_id', scope_id) as body from draft),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('id', offer_id) as body from draft
  union all select 409, 'REVISION_SEALED', '{}'::jsonb from offered where sealed)
