-- verb: add_site
with customer as (select customer_id from customers.customer where organisation_id = :organisation and customer_id = :customer_id),
kept as (
  insert into customers.site (organisation_id, customer_id, site_id, address, zone, access_notes, latitude_e7, longitude_e7, jurisdiction, created_at)
  select :organisation, customer_id, :site_id, :address, :zone, :access_notes, :latitude_e7, :longitude_e7, :jurisdiction, :at from customer
  on conflict on constraint one_site_an_id do nothing
  returning customer_id, site_id, version, address, zone),
-- include: customers/keep_site_step
,
existing as (
  select site_id, version,
    (address, zone, access_notes, latitude_e7, longitude_e7, jurisdiction)
      is not distinct from (:address, :zone, :access_notes, :latitude_e7, :longitude_e7, :jurisdiction) as same
  from customers.site where organisation_id = :organisation and customer_id = :customer_id and site_id = :site_id),
happened as (
  select 'site_added' as kind, customer_id, 'site' as subject_kind, site_id as subject_id, '{}'::jsonb as body from kept),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', site_id, 'version', version) as body from kept
  union all
  select case when same then 200 else 409 end, case when same then null else 'ID_TAKEN' end,
         case when same then jsonb_build_object('id', site_id, 'version', version) else '{}'::jsonb end from existing)

-- verb: change_site
with kept as (
  update customers.site set
    address = case when :change::jsonb ? 'address' then :change::jsonb ->> 'address' else address end,
    zone = case when :change::jsonb ? 'zone' then :change::jsonb ->> 'zone' else zone end,
    access_notes = case when :change::jsonb ? 'access_notes' then :change::jsonb ->> 'access_notes' else access_notes end,
    latitude_e7 = case when :change::jsonb ? 'latitude_e7' then (:change::jsonb ->> 'latitude_e7')::int else latitude_e7 end,
    longitude_e7 = case when :change::jsonb ? 'longitude_e7' then (:change::jsonb ->> 'longitude_e7')::int else longitude_e7 end,
    jurisdiction = case when :change::jsonb ? 'jurisdiction' then :change::jsonb ->> 'jurisdiction' else jurisdiction end,
    version = version + 1
  where organisation_id = :organisation and customer_id = :customer_id and site_id = :site_id and version = :version
  returning customer_id, site_id, version, address, zone),
-- include: customers/keep_site_step
,
moved as (
  insert into customers.sites_moved as m (organisation_id, times) select :organisation, 1 from kept where :change::jsonb ?| array['latitude_e7', 'longitude_e7']
  on conflict on constraint one_count_of_moves do update set times = m.times + 1),
happened as (
  select 'site_changed' as kind, customer_id, 'site' as subject_kind, site_id as subject_id,
    jsonb_build_object('version', version, 'changed', (select coalesce(jsonb_agg(k), '[]') from jsonb_object_keys(:change::jsonb) k)) as body from kept),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('id', site_id, 'version', version) as body from kept
  union all
  select 412, 'STALE_VERSION', '{}'::jsonb from customers.site
  where organisation_id = :organisation and customer_id = :customer_id and site_id = :site_id and not exists (select from kept))

-- query: find_site
select site_id, customer_id, address, zone, to_char(:at::timestamptz at time zone zone, 'YYYY-MM-DD"T"HH24:MI:SS'), access_notes, latitude_e7, longitude_e7,
  jurisdiction, version, created_at
from customers.site where organisation_id = :organisation and customer_id = :customer_id and site_id = :site_id

-- query: list_sites
select site_id, customer_id, address, zone, to_char(:at::timestamptz at time zone zone, 'YYYY-MM-DD"T"HH24:MI:SS'), access_notes, latitude_e7, longitude_e7,
  jurisdiction, version, created_at
from customers.site where organisation_id = :organisation and customer_id = :customer_id and site_id > :after
order by site_id limit :limit + 1
