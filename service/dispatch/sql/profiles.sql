-- verb: plan_technician
with own as (select currency from identity.organisation where organisation_id = :organisation::uuid),
judged as (
  select t.technician_id, t.version, case
      when t.version <> :version::int then 'STALE_VERSION'
      when exists (select from own where currency <> any (:currencies::text[])) then 'OTHER_CURRENCY' end as code
  from dispatch.technician t where t.organisation_id = :organisation::uuid and t.technician_id = :technician_id::uuid),
changed as (
  update dispatch.technician
  set start_latitude_e7 = :start_latitude_e7::int, start_longitude_e7 = :start_longitude_e7::int, end_latitude_e7 = :end_latitude_e7::int, end_longitude_e7 = :end_longitude_e7::int,
      hour_cost_minor = :hour_cost_minor::bigint, overtime_hour_cost_minor = :overtime_hour_cost_minor::bigint, km_cost_minor = :km_cost_minor::bigint, most_overtime_minutes = :most_overtime_minutes::int,
      speed_percent = :speed_percent::int, capacity = :capacity::jsonb, version = version + 1
  where organisation_id = :organisation::uuid and technician_id = (select technician_id from judged where code is null) and version = :version::int
  returning technician_id, version),
happened as (
  select 'technician_planned' as kind, null::uuid as customer_id, 'technician' as subject_kind, technician_id as subject_id,
         jsonb_build_object('most_overtime_minutes', :most_overtime_minutes::int, 'speed_percent', :speed_percent::int, 'capacity', :capacity::jsonb) as body
  from changed),
answer as (
  select case j.code when 'STALE_VERSION' then 412 when 'OTHER_CURRENCY' then 422 else 200 end as status, j.code,
         case when j.code is null then jsonb_build_object('id', j.technician_id, 'version', j.version + 1) else '{}'::jsonb end as body
  from judged j)

-- query: find_profile
select t.technician_id,
  case when t.start_latitude_e7 is not null then jsonb_build_object('latitude_e7', t.start_latitude_e7, 'longitude_e7', t.start_longitude_e7) end,
  case when t.end_latitude_e7 is not null then jsonb_build_object('latitude_e7', t.end_latitude_e7, 'longitude_e7', t.end_longitude_e7) end,
  case when t.hour_cost_minor is not null then jsonb_build_object('amount', t.hour_cost_minor, 'currency', o.currency) end,
  case when t.overtime_hour_cost_minor is not null then jsonb_build_object('amount', t.overtime_hour_cost_minor, 'currency', o.currency) end,
  case when t.km_cost_minor is not null then jsonb_build_object('amount', t.km_cost_minor, 'currency', o.currency) end,
  t.most_overtime_minutes, t.speed_percent, t.capacity, t.version
from dispatch.technician t join identity.organisation o on o.organisation_id = t.organisation_id
where t.organisation_id = :organisation and t.technician_id = :technician_id

-- verb: prefer_technician
with customer as (select customer_id from customers.customer where organisation_id = :organisation::uuid and customer_id = :customer_id::uuid),
preferred as (
  insert into dispatch.preference (organisation_id, customer_id, technician_id)
  select :organisation::uuid, customer_id, :technician_id::uuid from customer
  on conflict on constraint one_preference_a_customer do update set technician_id = excluded.technician_id
  returning customer_id, technician_id),
happened as (
  select 'technician_preferred' as kind, customer_id, 'customer' as subject_kind, customer_id as subject_id, jsonb_build_object('technician_id', technician_id) as body from preferred),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('customer_id', customer_id, 'technician_id', technician_id) as body from preferred)

-- query: find_preference
select c.customer_id, p.technician_id
from customers.customer c
left join dispatch.preference p on p.organisation_id = c.organisation_id and p.customer_id = c.customer_id
where c.organisation_id = :organisation and c.customer_id = :customer_id
