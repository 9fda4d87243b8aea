-- verb: add_asset
with customer as (select customer_id from customers.customer where organisation_id = :organisation and customer_id = :customer_id),
added as (
  insert into customers.asset (organisation_id, customer_id, asset_id, site_id, kind, name, serial, plate, created_at)
  select :organisation, customer_id, :asset_id, :site_id, :kind, :name, :serial, :plate, :at from customer
  on conflict on constraint one_asset_an_id do nothing
  returning customer_id, asset_id, version, site_id, kind, name, serial, plate),
first_step as (
  insert into customers.asset_step (organisation_id, customer_id, asset_id, version, happening, site_before, site_id, kind, name, serial, plate, happened_at, actor)
  select :organisation, customer_id, asset_id, version, 'added', null, site_id, kind, name, serial, plate, :at, :actor from added),
existing as (
  select asset_id, version, (site_id, kind, name, serial, plate) is not distinct from (:site_id, :kind, :name, :serial, :plate) as same
  from customers.asset where organisation_id = :organisation and customer_id = :customer_id and asset_id = :asset_id),
happened as (
  select 'asset_added' as kind, customer_id, 'asset' as subject_kind, asset_id as subject_id, jsonb_build_object('site_id', site_id) as body from added),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', asset_id, 'version', version) as body from added
  union all
  select case when same then 200 else 409 end, case when same then null else 'ID_TAKEN' end,
         case when same then jsonb_build_object('id', asset_id, 'version', version) else '{}'::jsonb end from existing)

-- verb: change_asset
with before as (
  select site_id from customers.asset where organisation_id = :organisation and customer_id = :customer_id and asset_id = :asset_id and version = :version),
changed as (
  update customers.asset set
    site_id = case when :change::jsonb ? 'site_id' then (:change::jsonb ->> 'site_id')::uuid else site_id end,
    kind = case when :change::jsonb ? 'kind' then :change::jsonb ->> 'kind' else kind end,
    name = case when :change::jsonb ? 'name' then :change::jsonb ->> 'name' else name end,
    serial = case when :change::jsonb ? 'serial' then :change::jsonb ->> 'serial' else serial end,
    plate = case when :change::jsonb ? 'plate' then :change::jsonb ->> 'plate' else plate end,
    version = version + 1
  where organisation_id = :organisation and customer_id = :customer_id and asset_id = :asset_id and version = :version
  returning customer_id, asset_id, version, site_id, kind, name, serial, plate),
next_step as (
  insert into customers.asset_step (organisation_id, customer_id, asset_id, version, happening, site_before, site_id, kind, name, serial, plate, happened_at, actor)
  select :organisation, c.customer_id, c.asset_id, c.version, case when c.site_id is distinct from b.site_id then 'moved' else 'changed' end,
    b.site_id, c.site_id, c.kind, c.name, c.serial, c.plate, :at, :actor from changed c cross join before b
  returning customer_id, asset_id, version, happening, site_id),
happened as (
  select 'asset_' || happening as kind, customer_id, 'asset' as subject_kind, asset_id as subject_id,
    jsonb_build_object('version', version, 'site_id', site_id) as body from next_step),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('id', asset_id, 'version', version) as body from changed
  union all
  select 412, 'STALE_VERSION', '{}'::jsonb from customers.asset
  where organisation_id = :organisation and customer_id = :customer_id and asset_id = :asset_id and not exists (select from changed))

-- query: find_asset
select asset_id, customer_id, site_id, kind, name, serial, plate, version, created_at
from customers.asset where organisation_id = :organisation and customer_id = :customer_id and asset_id = :asset_id

-- query: list_assets
select asset_id, customer_id, site_id, kind, name, serial, plate, version, created_at
from customers.asset
where organisation_id = :organisation and customer_id = :customer_id and asset_id > :after
  and (:site_id::uuid is null or site_id = :site_id) and (:serial::text is null or serial = :serial)
order by asset_id limit :limit + 1

-- query: asset_history
select version, happening, site_id, kind, name, serial, plate, happened_at, actor
from customers.asset_step
where organisation_id = :organisation and customer_id = :customer_id and asset_id = :asset_id and version > :after
order by version limit :limit + 1
