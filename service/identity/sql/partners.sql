-- verb: add_partner
with added as (
  insert into identity.partner (organisation_id, partner_id, name, made_by, made_at) values (:organisation, :partner_id, :name, :actor, :at)
  on conflict on constraint one_partner_an_id do nothing
  returning partner_id),
happened as (
  select 'partner_added' as kind, null::uuid as customer_id, 'partner' as subject_kind, partner_id as subject_id, '{}'::jsonb as body from added),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', partner_id) as body from added
  union all
  select case when name = :name then 200 else 409 end, case when name = :name then null else 'ID_TAKEN' end, case when name = :name then jsonb_build_object('id', partner_id) else '{}'::jsonb end
  from identity.partner where organisation_id = :organisation and partner_id = :partner_id)

-- query: find_partner
select partner_id, name, made_by, made_at from identity.partner where organisation_id = :organisation and partner_id = :partner_id

-- query: list_partners
select partner_id, name, made_by, made_at from identity.partner where organisation_id = :organisation and partner_id > :after order by partner_id limit :limit + 1
