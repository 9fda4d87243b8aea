-- verb: create_item
with added as (
  insert into catalogue.item (organisation_id, item_id, code, kind, created_at) values (:organisation, :item_id, :code, :kind, :at)
  on conflict on constraint one_item_an_id do nothing returning item_id),
versioned as (
  insert into catalogue.item_version (organisation_id, item_id, effective_on, name, unit, currency, price_numerator, price_denominator, tax_category, tax_rate_bp,
    exemption_code, exemption_reason, warranty_months, warranty_distance, warranty_unit, created_at)
  select :organisation, item_id, :effective_on, :name, :unit, :currency, :price_numerator, :price_denominator, :tax_category, :tax_rate_bp, :exemption_code, :exemption_reason, :warranty_months, :warranty_distance, :warranty_unit, :at from added
  returning item_id, effective_on),
-- The same item sent again answers what exists; other content under the same id is refused.
existing as (
  select i.item_id, first.effective_on, (i.code, i.kind, first.effective_on, first.name, first.unit, first.currency, first.price_numerator, first.price_denominator,
      first.tax_category, first.tax_rate_bp, first.exemption_code, first.exemption_reason, first.warranty_months, first.warranty_distance, first.warranty_unit) is not distinct from (:code, :kind, :effective_on, :name, :unit, :currency, :price_numerator, :price_denominator,
      :tax_category, :tax_rate_bp, :exemption_code, :exemption_reason, :warranty_months, :warranty_distance, :warranty_unit) as same
  from catalogue.item i
  cross join lateral (
    select v.* from catalogue.item_version v where v.organisation_id = i.organisation_id and v.item_id = i.item_id order by v.created_at, v.effective_on limit 1) first
  where i.organisation_id = :organisation and i.item_id = :item_id),
happened as (
  select 'item_created' as kind, null::uuid as customer_id, 'item' as subject_kind, item_id as subject_id,
    jsonb_build_object('effective_on', effective_on) as body from versioned),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', item_id, 'effective_on', effective_on) as body from versioned
  union all
  select case when same then 200 else 409 end, case when same then null else 'ID_TAKEN' end,
    case when same then jsonb_build_object('id', item_id, 'effective_on', effective_on) else '{}'::jsonb end from existing)

-- verb: add_version
-- What was in force on a day stays what was in force: a version begins today, by the organisation's calendar, or later.
with item as (
  select i.item_id, :effective_on < (:at::timestamptz at time zone o.zone)::date as backdated
  from catalogue.item i join identity.organisation o using (organisation_id) where i.organisation_id = :organisation and i.item_id = :item_id),
existing as (
  select v.item_id, v.effective_on, (v.name, v.unit, v.currency, v.price_numerator, v.price_denominator, v.tax_category, v.tax_rate_bp, v.exemption_code, v.exemption_reason, v.warranty_months, v.warranty_distance, v.warranty_unit, v.withdrawn)
    is not distinct from (:name, :unit, :currency, :price_numerator, :price_denominator, :tax_category, :tax_rate_bp, :exemption_code, :exemption_reason, :warranty_months, :warranty_distance, :warranty_unit, false) as same
  from catalogue.item_version v where v.organisation_id = :organisation and v.item_id = :item_id and v.effective_on = :effective_on),
versioned as (
  insert into catalogue.item_version (organisation_id, item_id, effective_on, name, unit, currency, price_numerator, price_denominator, tax_category, tax_rate_bp,
    exemption_code, exemption_reason, warranty_months, warranty_distance, warranty_unit, created_at)
  select :organisation, item_id, :effective_on::date, :name, :unit, :currency, :price_numerator, :price_denominator, :tax_category, :tax_rate_bp, :exemption_code, :exemption_reason, :warranty_months, :warranty_distance, :warranty_unit, :at
  from item where not backdated and not exists (select from existing)
  returning item_id, effective_on),
happened as (
  select 'item_version_added' as kind, null::uuid as customer_id, 'item' as subject_kind, item_id as subject_id,
    jsonb_build_object('effective_on', effective_on) as body from versioned),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', item_id, 'effective_on', effective_on) as body from versioned
  union all
  select case when same then 200 else 409 end, case when same then null else 'VERSION_EXISTS' end,
    case when same then jsonb_build_object('id', item_id, 'effective_on', effective_on) else '{}'::jsonb end from existing
  union all
  select 409, 'VERSION_BACKDATED', '{}'::jsonb from item where backdated and not exists (select from existing))

-- verb: withdraw_item
with item as (
  select i.item_id, :effective_on < (:at::timestamptz at time zone o.zone)::date as backdated
  from catalogue.item i join identity.organisation o using (organisation_id) where i.organisation_id = :organisation and i.item_id = :item_id),
latest as (
  select v.* from catalogue.item_version v
  where v.organisation_id = :organisation and v.item_id = :item_id and v.effective_on <= :effective_on order by v.effective_on desc limit 1),
versioned as (
  insert into catalogue.item_version (organisation_id, item_id, effective_on, name, unit, currency, price_numerator, price_denominator, tax_category, tax_rate_bp,
    exemption_code, exemption_reason, warranty_months, warranty_distance, warranty_unit, withdrawn, created_at)
  select :organisation, l.item_id, :effective_on::date, l.name, l.unit, l.currency, l.price_numerator, l.price_denominator, l.tax_category, l.tax_rate_bp, l.exemption_code, l.exemption_reason, l.warranty_months, l.warranty_distance, l.warranty_unit, true, :at
  from latest l join item using (item_id) where not backdated and not l.withdrawn and l.effective_on < :effective_on
  returning item_id, effective_on),
happened as (
  select 'item_withdrawn' as kind, null::uuid as customer_id, 'item' as subject_kind, item_id as subject_id,
    jsonb_build_object('effective_on', effective_on) as body from versioned),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', item_id, 'effective_on', effective_on) as body from versioned
  union all
  select case when l.withdrawn then 200 else 409 end,
    case when l.withdrawn then null when i.backdated then 'VERSION_BACKDATED' else 'VERSION_EXISTS' end,
    case when l.withdrawn then jsonb_build_object('id', i.item_id, 'effective_on', l.effective_on) else '{}'::jsonb end
  from item i left join latest l using (item_id)
  where not exists (select from versioned))

-- query: list_in_force
select item_id, effective_on, code, kind, name, unit, currency, price, tax_category, tax_rate_bp, exemption_code, exemption_reason, warranty_months, warranty_distance, warranty_unit, withdrawn
from (
  select distinct on (i.item_id) i.item_id, v.effective_on, i.code, i.kind, v.name, v.unit, v.currency,
    catalogue.price_text(v.price_numerator, v.price_denominator) as price, v.tax_category, v.tax_rate_bp, v.exemption_code, v.exemption_reason, v.warranty_months, v.warranty_distance, v.warranty_unit, v.withdrawn
  from catalogue.item i
  join catalogue.item_version v using (organisation_id, item_id)
  join identity.organisation o using (organisation_id)
  where i.organisation_id = :organisation and i.item_id > :after and v.effective_on <= coalesce(:on::date, (:at::timestamptz at time zone o.zone)::date)
    and (:kind::text is null or i.kind = :kind) and (:code::text is null or i.code = :code)
  order by i.item_id, v.effective_on desc) latest
where not withdrawn and (:name::text is null or position(lower(:name) in lower(name)) > 0)
order by item_id limit :limit + 1

-- query: versions_in_force
select distinct on (i.item_id) i.item_id, v.effective_on, i.code, i.kind, v.name, v.unit, v.currency,
  catalogue.price_text(v.price_numerator, v.price_denominator), v.tax_category, v.tax_rate_bp, v.exemption_code, v.exemption_reason, v.warranty_months, v.warranty_distance, v.warranty_unit, v.withdrawn
from catalogue.item i join catalogue.item_version v using (organisation_id, item_id)
where i.organisation_id = :organisation and i.item_id = any (:item_ids::uuid[]) and v.effective_on <= :on
order by i.item_id, v.effective_on desc

-- query: versions_of_item
select i.item_id, v.effective_on, i.code, i.kind, v.name, v.unit, v.currency,
  catalogue.price_text(v.price_numerator, v.price_denominator), v.tax_category, v.tax_rate_bp, v.exemption_code, v.exemption_reason, v.warranty_months, v.warranty_distance, v.warranty_unit, v.withdrawn
from catalogue.item i join catalogue.item_version v using (organisation_id, item_id)
where i.organisation_id = :organisation and i.item_id = :item_id
order by v.effective_on

-- query: items_by_code
select code, item_id from catalogue.item where organisation_id = :organisation and code = any (:codes::text[])
