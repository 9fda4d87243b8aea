-- verb: add_photo
-- The file that is there already, under this id or another, is that photo: a phone may send it as often as it likes.
with matter as (select scope_id, customer_id, currency from authorisations.scope where organisation_id = :organisation and scope_id = :scope_id::uuid),
known as (
  select p.photo_id, p.number, p.photo_hash, p.received_hash, p.scope_id = :scope_id::uuid and p.received_hash = decode(:received_hash::text, 'hex') as same
  from authorisations.photo p
  where p.organisation_id = :organisation and (p.photo_id = :photo_id::uuid or p.scope_id = :scope_id::uuid and p.received_hash = decode(:received_hash::text, 'hex'))
  order by p.photo_id = :photo_id::uuid desc limit 1),
before as (select coalesce(max(p.number), 0) as photos from authorisations.photo p where p.organisation_id = :organisation and p.scope_id = :scope_id::uuid),
added as (
  insert into authorisations.photo (organisation_id, photo_id, scope_id, customer_id, currency, number, visit_id, shows, photo_hash, received_hash, width, height, taken_at, recorded_by)
  select :organisation, :photo_id::uuid, m.scope_id, m.customer_id, m.currency, b.photos + 1, :visit_id::uuid, :shows::text, decode(:photo_hash::text, 'hex'), decode(:received_hash::text, 'hex'),
    :width::int, :height::int, :taken_at::timestamptz, :actor
  from matter m cross join before b where b.photos < 500 and not exists (select from known)
  returning photo_id, number, photo_hash, received_hash, scope_id, visit_id, shows),
pictured as (
  insert into authorisations.photo_content (organisation_id, photo_id, photo_hash, content, thumbnail)
  select :organisation, photo_id, photo_hash, :picture::bytea, :thumbnail::bytea from added),
happened as (
  select 'photo_added' as kind, m.customer_id, 'photo' as subject_kind, a.photo_id as subject_id,
    jsonb_build_object('scope_id', a.scope_id, 'visit_id', a.visit_id, 'shows', a.shows, 'photo_hash', encode(a.photo_hash, 'hex')) as body from added a cross join matter m),
answer as (
  select status, code, case when code is null then jsonb_build_object('id', photo_id, 'number', number, 'photo_hash', encode(photo_hash, 'hex'),
    'received_hash', encode(received_hash, 'hex')) else '{}'::jsonb end as body
  from (select 201 as status, null::text as code, photo_id, number, photo_hash, received_hash from added
    union all select case when same then 200 else 409 end, case when not same then 'ID_TAKEN' end, photo_id, number, photo_hash, received_hash from known cross join matter) k
  union all select 409, 'PHOTOS_USED_UP', '{}'::jsonb from matter cross join before where photos = 500 and not exists (select from known))

-- query: list_photos
select p.photo_id, p.scope_id, p.number, p.visit_id, p.shows, encode(p.photo_hash, 'hex') as photo_hash, encode(p.received_hash, 'hex') as received_hash, p.width, p.height, p.taken_at, p.recorded_at, p.recorded_by,
  not exists (select from authorisations.photo_content c where c.organisation_id = p.organisation_id and c.photo_id = p.photo_id)
from authorisations.photo p where p.organisation_id = :organisation and p.scope_id = :scope_id and p.number > :after::int
order by p.number limit :limit + 1

-- query: photos_to_show
-- Those of a matter that can be shown: whose picture is there.
select p.photo_id, p.shows, encode(p.photo_hash, 'hex') as photo_hash, p.taken_at from authorisations.photo p
where p.organisation_id = :organisation and p.scope_id = :scope_id and p.photo_id = any (:photo_ids::uuid[])
  and exists (select from authorisations.photo_content c where c.organisation_id = p.organisation_id and c.photo_id = p.photo_id)

-- query: photo_picture
select case when :small::boolean then c.thumbnail else c.content end from authorisations.photo_content c
where c.organisation_id = :organisation and c.photo_id = :photo_id

-- query: shown_pictures
-- The photos of what was shown whose picture wasn't erased.
select o.photo_id from authorisations.presentation p
join authorisations.offer_photo o on o.organisation_id = p.organisation_id and o.offer_id = p.offer_id and o.revision = p.revision
join authorisations.photo_content c on c.organisation_id = o.organisation_id and c.photo_id = o.photo_id
where p.organisation_id = :organisation and p.presentation_id = :presentation_id

-- query: shown_picture
-- Of the revision that was shown, and of no other.
select case when :small::boolean then c.thumbnail else c.content end
from authorisations.presentation p
join authorisations.offer_photo o on o.organisation_id = p.organisation_id and o.offer_id = p.offer_id and o.revision = p.revision and o.photo_id = :photo_id
join authorisations.photo_content c on c.organisation_id = o.organisation_id and c.photo_id = o.photo_id
where p.organisation_id = :organisation and p.presentation_id = :presentation_id
