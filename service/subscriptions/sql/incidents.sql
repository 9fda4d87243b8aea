-- verb: declare_incident
-- With what it reaches by name; what the area reaches is found whenever it is asked.
with told as (
  select :incident_id::uuid as incident_id, :what::text as what, :area::text::polygon as area, :begins_at::timestamptz as begins_at, :until_at::timestamptz as until_at),
asked as (
  select t.id, t.position::int as position, t.kind from (
    select u.id, 'site' as kind, u.position from unnest(:site_ids::uuid[]) with ordinality u (id, position)
    union all
    select u.id, 'subscription', u.position + cardinality(:site_ids::uuid[]) from unnest(:subscription_ids::uuid[]) with ordinality u (id, position)) t),
reached as (
  select a.position, s.customer_id, s.site_id, null::uuid as subscription_id from asked a
  cross join lateral (select t.* from customers.site t where t.organisation_id = :organisation::uuid and t.site_id = a.id limit 1) s where a.kind = 'site'
  union all
  select a.position, s.customer_id, null, s.subscription_id from asked a
  cross join lateral (
    select t.* from subscriptions.subscription t where t.organisation_id = :organisation::uuid and t.subscription_id = a.id limit 1) s where a.kind = 'subscription'),
known as (
  select i.incident_id, (i.what, i.area::text, i.begins_at, i.until_at) is not distinct from (told.what, told.area::text, coalesce(told.begins_at, i.begins_at), told.until_at)
    and array(select coalesce(r.site_id, r.subscription_id) from subscriptions.incident_reach r
      where r.organisation_id = :organisation::uuid and r.incident_id = i.incident_id order by r.position offset 0) = :site_ids::uuid[] || :subscription_ids::uuid[] as same
  from told cross join lateral (
    select i.* from subscriptions.incident i where i.organisation_id = :organisation::uuid and i.incident_id = told.incident_id limit 1) i),
verdict as (
  select case when exists (select from known where same) then 'KNOWN' when exists (select from known) then 'ID_TAKEN'
    when told.area is null and not exists (select from asked) or (select count(*) from asked) > (select count(*) from reached) or told.until_at <= :at::timestamptz
      then 'INCIDENT_UNCLEAR' else 'DONE' end as code
  from told),
declared as (
  insert into subscriptions.incident (organisation_id, incident_id, what, area, begins_at, until_at, declared_by, declared_at)
  select :organisation::uuid, incident_id, what, area, coalesce(begins_at, :at::timestamptz), until_at, :actor::text, :at::timestamptz from told cross join verdict where code = 'DONE'
  returning incident_id, begins_at, until_at),
made_reach as (
  insert into subscriptions.incident_reach (organisation_id, incident_id, position, customer_id, site_id, subscription_id)
  select :organisation::uuid, d.incident_id, r.position, r.customer_id, r.site_id, r.subscription_id from declared d cross join reached r),
happened as (
  select 'incident_declared' as kind, null::uuid as customer_id, 'incident' as subject_kind, incident_id as subject_id,
    jsonb_build_object('begins_at', begins_at, 'until_at', until_at) as body
  from declared),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', incident_id) as body from declared
  union all
  select case code when 'KNOWN' then 200 when 'ID_TAKEN' then 409 else 422 end, nullif(code, 'KNOWN'), case code when 'KNOWN' then jsonb_build_object('id', :incident_id::uuid) else '{}'::jsonb end
  from verdict where code <> 'DONE')

-- verb: close_incident
with incident as (
  select i.incident_id, exists (
      select from subscriptions.incident_end e where e.organisation_id = :organisation::uuid and e.incident_id = i.incident_id offset 0) as closed
  from subscriptions.incident i where i.organisation_id = :organisation::uuid and i.incident_id = :incident_id::uuid limit 1),
closed as (
  insert into subscriptions.incident_end (organisation_id, incident_id, closed_by, closed_at)
  select :organisation::uuid, incident_id, :actor::text, :at::timestamptz from incident where not closed),
happened as (
  select 'incident_closed' as kind, null::uuid as customer_id, 'incident' as subject_kind, incident_id as subject_id, '{}'::jsonb as body from incident where not closed),
answer as (select 200 as status, null::text as code, jsonb_build_object('id', incident_id) as body from incident)

-- query: list_incidents
-- The one that ends last first; those under way and to come alone, where asked.
select i.incident_id, i.what, (
    select jsonb_agg(jsonb_build_object('longitude_e7', (c.corner -> 0)::bigint, 'latitude_e7', (c.corner -> 1)::bigint) order by c.position)
    from jsonb_array_elements(translate(i.area::text, '()', '[]')::jsonb) with ordinality c (corner, position)),
  array(select r.site_id from subscriptions.incident_reach r where r.organisation_id = :organisation and r.incident_id = i.incident_id and r.site_id is not null order by r.position),
  array(select r.subscription_id from subscriptions.incident_reach r
    where r.organisation_id = :organisation and r.incident_id = i.incident_id and r.subscription_id is not null order by r.position),
  i.begins_at, i.until_at, i.declared_by, i.declared_at, e.closed_at, e.closed_by
from subscriptions.incident i
left join subscriptions.incident_end e on e.organisation_id = i.organisation_id and e.incident_id = i.incident_id
where i.organisation_id = :organisation and (i.until_at, i.incident_id) < (:before_at::timestamptz, :before_id::uuid)
  and (not :running::boolean or (e.incident_id is null and i.until_at > :at::timestamptz))
order by i.until_at desc, i.incident_id desc limit :limit + 1
