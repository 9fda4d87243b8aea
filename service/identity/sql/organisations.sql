-- verb: found_organisation
with kept as (
  insert into identity.organisation (organisation_id, name, zone, currency, language, phone, email, created_at)
  values (:organisation, :name, :zone, :currency, :language, :phone, :email, :at)
  returning organisation_id, version, name, zone, address, registration, phone, email, street, city, postcode, country, vat_id, tax_number, legal_id, electronic_address, account_holder, iban, bic, bank_details),
-- include: identity/keep_step
,
manager as (
  insert into identity.staff (organisation_id, staff_id, name, email, roles, password_hash, created_at)
  select organisation_id, :manager_id::uuid, :manager_name::text, lower(:manager_email::text), array['manager'], :password_hash::text, :at
  from kept returning staff_id, email),
address as (
  insert into identity.sign_in_address (address_hash, organisation_id, staff_id)
  select sha256(convert_to(email, 'UTF8')), :organisation, staff_id from manager),
happened as (
  select 'organisation_founded' as kind, null::uuid as customer_id, 'organisation' as subject_kind, organisation_id as subject_id,
         jsonb_build_object('manager_id', (select staff_id from manager)) as body from kept),
answer as (
  select 201 as status, null::text as code,
         jsonb_build_object('organisation_id', organisation_id, 'manager_id', (select staff_id from manager)) as body from kept)

-- query: find_organisation
select o.organisation_id, o.name, o.zone, o.currency, o.language, o.phone, o.email, o.address, o.registration, o.street, o.city, o.postcode, o.country, o.vat_id, o.tax_number, o.legal_id, o.electronic_address,
  o.account_holder, o.iban, o.bic, o.bank_details, o.reply_within_minutes, o.slug, o.colour, coalesce(l.logo_hash, '') as logo, o.version
from identity.organisation o left join identity.logo l on l.organisation_id = o.organisation_id where o.organisation_id = :organisation

-- query: find_public_name
select organisation_id from identity.public_name where slug = :slug

-- query: read_logo
select content from identity.logo where organisation_id = :organisation and logo_hash = :logo and content <> ''

-- verb: set_logo
-- In the place of the one before; an empty one shows none.
with kept as (
  insert into identity.logo as l (organisation_id, logo_hash, content, set_at)
  values (:organisation::uuid, case when :content::bytea = '' then '' else encode(sha256(:content::bytea), 'hex') end, :content::bytea, :at::timestamptz)
  on conflict (organisation_id) do update set logo_hash = excluded.logo_hash, content = excluded.content, set_at = excluded.set_at
  returning logo_hash),
happened as (
  select 'organisation_logo_set' as kind, null::uuid as customer_id, 'organisation' as subject_kind, :organisation::uuid as subject_id, jsonb_build_object('logo', logo_hash) as body from kept),
answer as (select 200 as status, null::text as code, jsonb_build_object('logo', logo_hash) as body from kept)

-- query: list_founded
-- Of the one table that tells which organisations there are without belonging to one: each has a manager who signs in.
select organisation_id, bool_or(address_hash = :address_hash) as same_address
from identity.sign_in_address group by organisation_id order by organisation_id

-- verb: change_organisation
with named as (
  insert into identity.public_name (slug, organisation_id)
  select :slug::text, o.organisation_id from identity.organisation o
   where o.organisation_id = :organisation and o.version = :version and :slug::text <> ''
     and not exists (select from identity.public_name n where n.slug = :slug::text and n.organisation_id = :organisation)),
kept as (
  update identity.organisation
     set name = coalesce(:name, name), zone = coalesce(:zone, zone), language = coalesce(:language, language),
         phone = coalesce(:phone, phone), email = coalesce(:email, email),
         address = coalesce(:address, address), registration = coalesce(:registration, registration),
         street = coalesce(:street, street), city = coalesce(:city, city), postcode = coalesce(:postcode, postcode), country = coalesce(:country, country),
         vat_id = coalesce(:vat_id, vat_id), tax_number = coalesce(:tax_number, tax_number), legal_id = coalesce(:legal_id, legal_id), electronic_address = coalesce(:electronic_address, electronic_address),
         account_holder = coalesce(:account_holder, account_holder), iban = coalesce(:iban, iban), bic = coalesce(:bic, bic),
         bank_details = coalesce(:bank_details, bank_details), reply_within_minutes = coalesce(:reply_within_minutes, reply_within_minutes),
         slug = coalesce(:slug, slug), colour = coalesce(:colour, colour), version = version + 1
   where organisation_id = :organisation and version = :version
  returning organisation_id, version, name, zone, address, registration, phone, email, street, city, postcode, country, vat_id, tax_number, legal_id, electronic_address, account_holder, iban, bic, bank_details),
-- include: identity/keep_step
,
happened as (
  select 'organisation_changed' as kind, null::uuid as customer_id, 'organisation' as subject_kind, organisation_id as subject_id,
         jsonb_build_object('version', version) as body from kept),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('id', organisation_id, 'version', version) as body from kept
  union all
  select 412, 'STALE_VERSION', '{}'::jsonb from identity.organisation where organisation_id = :organisation and not exists (select from kept))
