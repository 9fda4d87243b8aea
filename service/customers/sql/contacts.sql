-- verb: add_contact
with customer as (select customer_id, created_at from customers.customer where organisation_id = :organisation and customer_id = :customer_id),
added as (
  insert into customers.contact (organisation_id, customer_id, contact_id, name, channel, address, may_authorise, created_at)
  select :organisation, customer_id, :contact_id, :name, :channel, :address, :may_authorise, :at from customer
  on conflict on constraint one_contact_an_id do nothing
  returning customer_id, contact_id, version),
existing as (
  select contact_id, version, (name, channel, address, may_authorise) is not distinct from (:name, :channel, :address, :may_authorise) as same
  from customers.contact where organisation_id = :organisation and customer_id = :customer_id and contact_id = :contact_id),
reached as (
  insert into customers.contact_reach (organisation_id, customer_id, contact_id, version, founding)
  select :organisation, a.customer_id, a.contact_id, a.version, c.created_at >= :at::timestamptz - interval '1 hour' from added a join customer c using (customer_id)),
happened as (
  select 'contact_added' as kind, customer_id, 'contact' as subject_kind, contact_id as subject_id, '{}'::jsonb as body from added),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', contact_id, 'version', version) as body from added
  union all
  select case when same then 200 else 409 end, case when same then null else 'ID_TAKEN' end,
         case when same then jsonb_build_object('id', contact_id, 'version', version) else '{}'::jsonb end from existing)

-- verb: change_contact
with before as (
  select channel, address, may_authorise from customers.contact
  where organisation_id = :organisation and customer_id = :customer_id and contact_id = :contact_id),
changed as (
  update customers.contact set
    name = case when :change::jsonb ? 'name' then :change::jsonb ->> 'name' else name end,
    channel = case when :change::jsonb ? 'channel' then :change::jsonb ->> 'channel' else channel end,
    address = case when :change::jsonb ? 'address' then :change::jsonb ->> 'address' else address end,
    may_authorise = case when :change::jsonb ? 'may_authorise' then (:change::jsonb ->> 'may_authorise')::boolean else may_authorise end,
    version = version + 1
  where organisation_id = :organisation and customer_id = :customer_id and contact_id = :contact_id and version = :version
  returning customer_id, contact_id, version, channel, address, may_authorise),
reached as (
  insert into customers.contact_reach (organisation_id, customer_id, contact_id, version, founding)
  select :organisation, c.customer_id, c.contact_id, c.version, u.created_at >= :at::timestamptz - interval '1 hour'
  from changed c cross join before b join customers.customer u on u.organisation_id = :organisation and u.customer_id = c.customer_id
  where (c.channel, c.address, c.may_authorise) is distinct from (b.channel, b.address, b.may_authorise)),
former as (
  insert into customers.former_address (organisation_id, customer_id, contact_id, version, channel, address)
  select :organisation, c.customer_id, c.contact_id, c.version, b.channel, b.address from changed c cross join before b
  where (c.channel, c.address) is distinct from (b.channel, b.address)),
forgotten as (
  delete from customers.former_address f using changed c
  where f.organisation_id = :organisation and f.customer_id = c.customer_id and f.contact_id = c.contact_id and f.replaced_at <= kit.recorded_now() - interval '24 hours'),
ending_portals as (
  select c.customer_id, c.contact_id from changed c cross join before b where (c.channel, c.address) is distinct from (b.channel, b.address)),
-- include: identity/end_portals
,
happened as (
  select 'contact_changed' as kind, customer_id, 'contact' as subject_kind, contact_id as subject_id,
    jsonb_build_object('version', version, 'changed', (select coalesce(jsonb_agg(k), '[]') from jsonb_object_keys(:change::jsonb) k)) as body from changed),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('id', contact_id, 'version', version) as body from changed
  union all
  select 412, 'STALE_VERSION', '{}'::jsonb from customers.contact
  where organisation_id = :organisation and customer_id = :customer_id and contact_id = :contact_id and not exists (select from changed))

-- query: find_contact
select contact_id, customer_id, name, channel, address, may_authorise, version, created_at
from customers.contact where organisation_id = :organisation and customer_id = :customer_id and contact_id = :contact_id

-- query: list_contacts
select contact_id, customer_id, name, channel, address, may_authorise, version, created_at
from customers.contact where organisation_id = :organisation and customer_id = :customer_id and contact_id > :after
order by contact_id limit :limit + 1
