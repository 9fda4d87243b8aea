-- verb: add_customer
with kept as (
  insert into customers.customer (organisation_id, customer_id, name, reference, language, zone, street, city, postcode, country, vat_id, buyer_reference, electronic_address, created_at)
  values (:organisation, :customer_id, :name, :reference, :language, :zone, :street, :city, :postcode, :country, :vat_id, :buyer_reference, :electronic_address, :at)
  on conflict on constraint one_customer_an_id do nothing
  returning customer_id, version, name, language, zone, street, city, postcode, country, vat_id, buyer_reference, electronic_address),
-- include: customers/keep_step
,
-- The same customer sent again (a retry without a key) answers what exists; other content under the same id is refused.
existing as (
  select customer_id, version, (name, reference, language, zone, street, city, postcode, country, vat_id, buyer_reference, electronic_address)
    is not distinct from (:name, :reference, :language, :zone, :street, :city, :postcode, :country, :vat_id, :buyer_reference, :electronic_address) as same
  from customers.customer where organisation_id = :organisation and customer_id = :customer_id),
happened as (
  select 'customer_added' as kind, customer_id, 'customer' as subject_kind, customer_id as subject_id, '{}'::jsonb as body from kept),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', customer_id, 'version', version) as body from kept
  union all
  select case when same then 200 else 409 end, case when same then null else 'ID_TAKEN' end,
         case when same then jsonb_build_object('id', customer_id, 'version', version) else '{}'::jsonb end from existing)

-- verb: change_customer
with kept as (
  update customers.customer set
    name = case when :change::jsonb ? 'name' then :change::jsonb ->> 'name' else name end,
    reference = case when :change::jsonb ? 'reference' then :change::jsonb ->> 'reference' else reference end,
    language = case when :change::jsonb ? 'language' then :change::jsonb ->> 'language' else language end,
    zone = case when :change::jsonb ? 'zone' then :change::jsonb ->> 'zone' else zone end,
    street = case when :change::jsonb ? 'street' then :change::jsonb ->> 'street' else street end,
    city = case when :change::jsonb ? 'city' then :change::jsonb ->> 'city' else city end,
    postcode = case when :change::jsonb ? 'postcode' then :change::jsonb ->> 'postcode' else postcode end,
    country = case when :change::jsonb ? 'country' then :change::jsonb ->> 'country' else country end,
    vat_id = case when :change::jsonb ? 'vat_id' then :change::jsonb ->> 'vat_id' else vat_id end,
    buyer_reference = case when :change::jsonb ? 'buyer_reference' then :change::jsonb ->> 'buyer_reference' else buyer_reference end,
    electronic_address = case when :change::jsonb ? 'electronic_address' then :change::jsonb ->> 'electronic_address' else electronic_address end,
    version = version + 1
  where organisation_id = :organisation and customer_id = :customer_id and version = :version
  returning customer_id, version, name, language, zone, street, city, postcode, country, vat_id, buyer_reference, electronic_address),
-- include: customers/keep_step
,
happened as (
  select 'customer_changed' as kind, customer_id, 'customer' as subject_kind, customer_id as subject_id,
    jsonb_build_object('version', version, 'changed', (select coalesce(jsonb_agg(k), '[]') from jsonb_object_keys(:change::jsonb) k)) as body from kept),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('id', customer_id, 'version', version) as body from kept
  union all
  select 412, 'STALE_VERSION', '{}'::jsonb from customers.customer
  where organisation_id = :organisation and customer_id = :customer_id and not exists (select from kept))

-- query: find_customer
select customer_id, name, reference, language, zone, street, city, postcode, country, vat_id, buyer_reference, electronic_address, version, created_at, quote
from customers.customer where organisation_id = :organisation and customer_id = :customer_id

-- query: find_help
select phone, email, quote from customers.help_of(:token_hash)

-- query: list_customers
-- Keyset by id: ids are made in the order of time.
select customer_id, name, reference, language, zone, street, city, postcode, country, vat_id, buyer_reference, electronic_address, version, created_at, quote
from customers.customer
where organisation_id = :organisation and customer_id > :after
  and (:name::text is null or position(lower(:name) in lower(name)) > 0) and (:reference::text is null or reference = :reference)
order by customer_id limit :limit + 1

-- query: customers_by_reference
select reference, customer_id from customers.customer where organisation_id = :organisation and reference = any (:references::text[])
