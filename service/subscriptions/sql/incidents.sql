-- verb: declare_incident
-- With what it reaches by name; what the area reaches is found whenever it is asked.
with told as (
  select :incident_id::uuid as incident_id, :what::text as what, :kind::text as kind, :tags::text[] as tags, :symptoms::text[] as symptoms, :is_public::boolean as is_public, :area::text::polygon as area, :begins_at::timestamptz as begins_at, :until_at::timestamptz as until_at),
-- include: subscriptions/named
,
known as (
  select i.incident_id, (i.what, i.kind, i.tags, i.symptoms, i.is_public, i.area::text, i.begins_at, i.until_at) is not distinct from (told.what, told.kind, told.tags, told.symptoms, told.is_public, told.area::text, coalesce(told.begins_at, i.begins_at), told.until_at)
    and array(select coalesce(r.site_id, r.subscription_id) from subscriptions.incident_reach r
      where r.organisation_id = :organisation::uuid and r.incident_id = i.incident_id and r.widened_at is null order by r.position offset 0) = :site_ids::uuid[] || :subscription_ids::uuid[] as same
  from told cross join lateral (
    select i.* from subscriptions.incident i where i.organisation_id = :organisation::uuid and i.incident_id = told.incident_id limit 1) i),
verdict as (
  select case when exists (select from known where same) then 'KNOWN' when exists (select from known) then 'ID_TAKEN'
    when told.area is null and told.tags = '{}' and not exists (select from asked) or (select count(*) from asked) > (select count(*) from named) or told.until_at <= :at::timestamptz
      then 'INCIDENT_UNCLEAR' else 'DONE' end as code
  from told),
declared as (
  insert into subscriptions.incident (organisation_id, incident_id, what, kind, tags, symptoms, is_public, area, begins_at, until_at, declared_by, declared_at)
  select :organisation::uuid, incident_id, what, kind, tags, symptoms, is_public, area, coalesce(begins_at, :at::timestamptz), until_at, :actor::text, :at::timestamptz from told cross join verdict where code = 'DONE'
  returning incident_id, kind, begins_at, until_at),
-- Whoever tells of incidents looks at once.
woken as (
  update kit.task t set due_at = :at::timestamptz
  where t.organisation_id = :organisation::uuid and t.subject_id = :organisation::uuid and t.kind = 'tell_incidents' and t.state = 'waiting' and t.due_at > :at::timestamptz
    and exists (select from declared)
  returning t.task_id),
woken_due as (
  update kit.due d set due_at = :at::timestamptz from woken w where d.organisation_id = :organisation::uuid and d.task_id = w.task_id),
made_reach as (
  insert into subscriptions.incident_reach (organisation_id, incident_id, position, customer_id, site_id, subscription_id)
  select :organisation::uuid, d.incident_id, r.position, r.customer_id, r.site_id, r.subscription_id from declared d cross join named r),
happened as (
  select 'incident_declared' as kind, null::uuid as customer_id, 'incident' as subject_kind, incident_id as subject_id,
    jsonb_build_object('kind', kind, 'begins_at', begins_at, 'until_at', until_at) as body
  from declared),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', incident_id) as body from declared
  union all
  select case code when 'KNOWN' then 200 when 'ID_TAKEN' then 409 else 422 end, nullif(code, 'KNOWN'), case code when 'KNOWN' then jsonb_build_object('id', :incident_id::uuid) else '{}'::jsonb end
  from verdict where code <> 'DONE')

-- verb: widen_incident
-- By what it doesn't reach by name yet, beside what it does.
with incident as (
  select i.incident_id, i.until_at, exists (
      select from subscriptions.incident_end e where e.organisation_id = :organisation::uuid and e.incident_id = i.incident_id offset 0) as closed
  from subscriptions.incident i where i.organisation_id = :organisation::uuid and i.incident_id = :incident_id::uuid limit 1),
-- include: subscriptions/named
,
fresh as (
  select n.*, row_number() over (order by n.position) as nth from named n
  where not exists (
    select from subscriptions.incident_reach k
    where k.organisation_id = :organisation::uuid and k.incident_id = :incident_id::uuid and k.customer_id = n.customer_id
      and k.site_id is not distinct from n.site_id and k.subscription_id is not distinct from n.subscription_id offset 0)),
last as (
  select r.position from subscriptions.incident_reach r
  where r.organisation_id = :organisation::uuid and r.incident_id = :incident_id::uuid order by r.position desc limit 1),
verdict as (
  select case when i.closed or i.until_at <= :at::timestamptz then 'INCIDENT_OVER'
    when not exists (select from asked) or (select count(*) from asked) > (select count(*) from named) then 'INCIDENT_UNCLEAR' else 'DONE' end as code
  from incident i),
widened as (
  insert into subscriptions.incident_reach (organisation_id, incident_id, position, customer_id, site_id, subscription_id, widened_at)
  select :organisation::uuid, :incident_id::uuid, coalesce((select position from last), 0) + f.nth, f.customer_id, f.site_id, f.subscription_id, :at::timestamptz
  from fresh f cross join verdict where code = 'DONE'
  returning position),
happened as (
  select 'incident_widened' as kind, null::uuid as customer_id, 'incident' as subject_kind, :incident_id::uuid as subject_id, jsonb_build_object('by', w.many) as body
  from (select count(*) as many from widened) w where w.many > 0),
answer as (
  select case code when 'DONE' then 200 when 'INCIDENT_OVER' then 409 else 422 end as status, nullif(code, 'DONE') as code,
    case code when 'DONE' then jsonb_build_object('id', :incident_id::uuid) else '{}'::jsonb end as body
  from verdict)

-- verb: move_incident
-- What is expected from now on, with the reason that its customers hear; the same again changes nothing.
with incident as (
  select i.incident_id, i.begins_at, i.until_at, i.estimate, i.until_at <= :at::timestamptz or exists (
      select from subscriptions.incident_end e where e.organisation_id = :organisation::uuid and e.incident_id = i.incident_id offset 0) as over
  from subscriptions.incident i where i.organisation_id = :organisation::uuid and i.incident_id = :incident_id::uuid limit 1),
verdict as (
  select case when over then 'INCIDENT_OVER' when until_at = :until_at::timestamptz then 'KNOWN'
    when :until_at::timestamptz <= greatest(:at::timestamptz, begins_at) or :until_at::timestamptz > begins_at + interval '90 days' then 'INCIDENT_UNCLEAR' else 'DONE' end as code
  from incident),
estimated as (
  insert into subscriptions.incident_estimate (organisation_id, incident_id, step, until_before, until_at, reason, moved_by, moved_at)
  select :organisation::uuid, incident_id, estimate + 1, until_at, :until_at::timestamptz, :reason::text, :actor::text, :at::timestamptz
  from incident cross join verdict where code = 'DONE'
  returning incident_id, step, until_before, until_at),
moved as (
  update subscriptions.incident i set until_at = e.until_at, estimate = e.step
  from estimated e where i.organisation_id = :organisation::uuid and i.incident_id = e.incident_id),
happened as (
  select 'incident_moved' as kind, null::uuid as customer_id, 'incident' as subject_kind, incident_id as subject_id,
    jsonb_build_object('until_at', until_at, 'until_before', until_before) as body
  from estimated),
answer as (
  select case code when 'DONE' then 200 when 'KNOWN' then 200 when 'INCIDENT_OVER' then 409 else 422 end as status, case when code not in ('DONE', 'KNOWN') then code end as code,
    case when code in ('DONE', 'KNOWN') then jsonb_build_object('id', :incident_id::uuid) else '{}'::jsonb end as body
  from verdict)

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

-- verb: explain_incident
-- The same again changes nothing.
with incident as (
  select i.incident_id, i.until_at <= :at::timestamptz or exists (
      select from subscriptions.incident_end e where e.organisation_id = :organisation::uuid and e.incident_id = i.incident_id offset 0) as over
  from subscriptions.incident i where i.organisation_id = :organisation::uuid and i.incident_id = :incident_id::uuid limit 1),
last as (
  select x.step, x.words from subscriptions.incident_explanation x
  where x.organisation_id = :organisation::uuid and x.incident_id = :incident_id::uuid order by x.step desc limit 1),
explained as (
  insert into subscriptions.incident_explanation (organisation_id, incident_id, step, words, said_by, said_at)
  select :organisation::uuid, i.incident_id, coalesce((select step from last), 0) + 1, :words::text, :actor::text, :at::timestamptz
  from incident i where i.over and (select words from last) is distinct from :words::text
  returning incident_id, step),
happened as (
  select 'incident_explained' as kind, null::uuid as customer_id, 'incident' as subject_kind, incident_id as subject_id, jsonb_build_object('step', step) as body from explained),
answer as (
  select case when over then 200 else 409 end as status, case when not over then 'INCIDENT_RUNNING' end as code,
    case when over then jsonb_build_object('id', incident_id) else '{}'::jsonb end as body
  from incident)

-- verb: tag_subscription
-- Exactly these from now on.
with service as (
  select s.subscription_id, s.customer_id, coalesce((
    select t.version from subscriptions.tagging t where t.organisation_id = :organisation::uuid and t.subscription_id = :subscription_id::uuid order by t.version desc limit 1), 0) as version
  from subscriptions.subscription s where s.organisation_id = :organisation::uuid and s.subscription_id = :subscription_id::uuid limit 1),
said as (
  insert into subscriptions.tagging (organisation_id, subscription_id, version, tagged_by, tagged_at)
  select :organisation::uuid, subscription_id, version + 1, :actor::text, :at::timestamptz from service where version = :version::int
  returning subscription_id, version),
gone as (
  delete from subscriptions.subscription_tag g using said s
  where g.organisation_id = :organisation::uuid and g.subscription_id = s.subscription_id and g.tag <> all (:tags::text[])),
fresh as (
  insert into subscriptions.subscription_tag (organisation_id, subscription_id, tag)
  select :organisation::uuid, s.subscription_id, t.tag from said s cross join unnest(:tags::text[]) t (tag)
  on conflict on constraint one_tag_a_subscription do nothing),
happened as (
  select 'subscription_tagged' as kind, customer_id, 'subscription' as subject_kind, subscription_id as subject_id, jsonb_build_object('tags', :tags::text[]) as body
  from service join said using (subscription_id)),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('id', subscription_id, 'tags', :tags::text[], 'version', version) as body from said
  union all
  select 412, 'STALE_VERSION', '{}'::jsonb from service where not exists (select from said))

-- query: find_tags
select s.subscription_id,
  array(select g.tag from subscriptions.subscription_tag g where g.organisation_id = :organisation and g.subscription_id = s.subscription_id order by g.tag),
  coalesce((select t.version from subscriptions.tagging t where t.organisation_id = :organisation and t.subscription_id = s.subscription_id order by t.version desc limit 1), 0)
from subscriptions.subscription s where s.organisation_id = :organisation and s.subscription_id = :subscription_id

-- query: list_public_incidents
-- What everybody may read: those under way and to come, those that end last first, then the last ones of ninety days.
with
-- include: subscriptions/told_incidents
select t.* from told_incidents t where t.is_public and t.until_at > :at::timestamptz - interval '90 days' order by coalesce(t.closed_at, t.until_at) desc, t.incident_id desc limit 50

-- query: list_incidents
-- The one that ends last first; those under way and to come alone, where asked.
with
-- include: subscriptions/told_incidents
select * from told_incidents where (until_at, incident_id) < (:before_at::timestamptz, :before_id::uuid)
  and (not :running::boolean or (closed_at is null and until_at > :at::timestamptz))
order by until_at desc, incident_id desc limit :limit + 1

-- query: find_incident
with
-- include: subscriptions/told_incidents
select * from told_incidents where incident_id = :incident_id

-- query: list_incident_services
-- Services in its reach from where they are now, those that have ended apart.
select s.subscription_id, s.customer_id, c.name, s.reference, l.address, h.to_state
from subscriptions.incident i
cross join lateral (
  select t.* from subscriptions.subscription t where t.organisation_id = :organisation and t.subscription_id > :after order by t.subscription_id offset 0) s
join customers.customer c on c.organisation_id = s.organisation_id and c.customer_id = s.customer_id
left join customers.site l on l.organisation_id = s.organisation_id and l.customer_id = s.customer_id and l.site_id = s.site_id
cross join lateral (
  select t.to_state from subscriptions.subscription_step t
  where t.organisation_id = :organisation and t.subscription_id = s.subscription_id order by t.step desc limit 1) h
where i.organisation_id = :organisation and i.incident_id = :incident_id and h.to_state <> 'ended'
  and (coalesce(i.area @> point(l.longitude_e7, l.latitude_e7), false) or i.tags <> '{}' and exists (
        select from subscriptions.subscription_tag g where g.organisation_id = :organisation and g.subscription_id = s.subscription_id and g.tag = any (i.tags) offset 0)
      or exists (
    select from subscriptions.incident_reach a
    where a.organisation_id = :organisation and a.incident_id = i.incident_id and a.customer_id = s.customer_id and s.site_id = coalesce(a.site_id, s.site_id)
      and s.subscription_id = coalesce(a.subscription_id, s.subscription_id) offset 0))
order by s.subscription_id limit :limit + 1

-- query: incidents_of_customer
with person as (select :customer_id::uuid as customer_id),
-- include: subscriptions/in_incident
select incident_id, what, begins_at, until_at from in_incident order by until_at, incident_id

-- query: services_called
-- By the service's own reference, or all of a customer's by theirs.
select u.name, s.subscription_id, l.latitude_e7, l.longitude_e7
from unnest(:names::text[]) u (name)
left join customers.customer c on c.organisation_id = :organisation and c.reference = u.name
join subscriptions.subscription s on s.organisation_id = :organisation and (s.reference = u.name or s.customer_id = c.customer_id)
left join customers.site l on l.organisation_id = s.organisation_id and l.customer_id = s.customer_id and l.site_id = s.site_id
order by u.name, s.subscription_id
