-- verb: renew_calendar
-- A customer's (`:customer_id`) or a technician's: whatever was given out before ends with it.
with person as (
  select c.customer_id, null::uuid as subject_id from customers.customer c where c.organisation_id = :organisation::uuid and c.customer_id = :customer_id::uuid
  union all
  select null, t.technician_id from dispatch.technician t where t.organisation_id = :organisation::uuid and t.technician_id = :technician_id::uuid and t.active),
ending as (select coalesce(customer_id, subject_id) as feed_of from person),
-- include: identity/end_feeds
,
linked as (
  select :link_id::uuid as link_id, 'feed' as purpose, customer_id, subject_id, :expires_at::timestamptz as expires_at, :token_hash::bytea as token_hash from person),
-- include: identity/make_link
,
happened as (
  select 'calendar_renewed' as kind, customer_id, case when customer_id is null then 'technician' else 'customer' end as subject_kind, coalesce(customer_id, subject_id) as subject_id,
         '{}'::jsonb as body
  from made_link),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('id', link_id,
    'expires_at', to_char(expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) as body from made_link)

-- verb: end_calendar
with person as (
  select customer_id, null::uuid as technician_id from customers.customer where organisation_id = :organisation::uuid and customer_id = :customer_id::uuid
  union all
  select null, technician_id from dispatch.technician where organisation_id = :organisation::uuid and technician_id = :technician_id::uuid),
ending as (select coalesce(customer_id, technician_id) as feed_of from person),
-- include: identity/end_feeds
,
happened as (
  select 'calendar_ended' as kind, customer_id, case when customer_id is null then 'technician' else 'customer' end as subject_kind,
         coalesce(customer_id, technician_id) as subject_id, '{}'::jsonb as body
  from person where exists (select from ended_feeds)),
answer as (select 200 as status, null::text as code, jsonb_build_object('ended', (select count(*) from ended_feeds)) as body from person)

-- query: find_calendar
select l.link_id, l.expires_at from identity.link l
where l.organisation_id = :organisation and l.feed_of = coalesce(:customer_id::uuid, :technician_id::uuid) and l.revoked_at is null and l.expires_at > :at
order by l.made_at desc, l.link_id desc limit 1

-- query: calendar_of
-- Whose it is, and in which language they read; nobody's once a technician works here no more.
select c.language, o.name, o.phone from customers.customer c join identity.organisation o on o.organisation_id = c.organisation_id
where c.organisation_id = :organisation and c.customer_id = :customer_id
union all
select o.language, o.name, o.phone
from dispatch.technician t join identity.staff s on s.organisation_id = t.organisation_id and s.staff_id = t.technician_id
join identity.organisation o on o.organisation_id = t.organisation_id
where t.organisation_id = :organisation and t.technician_id = :technician_id and t.active and s.active

-- query: calendar_visits
-- Visits that were promised to somebody: what is only held isn't told, nor what was moved to another technician.
-- Where there is no room for all, what comes next goes before what comes later, and all of it before what has been, the latest first.
with found as (
  select v.visit_id from dispatch.job j join dispatch.visit v on v.organisation_id = j.organisation_id and v.job_id = j.job_id
  where j.organisation_id = :organisation and j.customer_id = :customer_id
  union
  select p.visit_id from dispatch.visit_step p
  where p.organisation_id = :organisation and (p.technician_id = :technician_id::uuid or :technician_id = any (p.crew)) and p.to_state = 'booked' and p.starts_at >= :from_at::timestamptz and p.starts_at < :until_at::timestamptz),
told as (
  select v.visit_id, j.kind, s.to_state, s.step, s.starts_at, s.ends_at, s.arrive_until, s.zone, s.recorded_at, c.reference, t.address
  from found f
  join dispatch.visit v on v.organisation_id = :organisation and v.visit_id = f.visit_id
  join dispatch.job j on j.organisation_id = v.organisation_id and j.job_id = v.job_id
  join authorisations.scope c on c.organisation_id = j.organisation_id and c.scope_id = j.scope_id
  join customers.site t on t.organisation_id = v.organisation_id and t.customer_id = v.customer_id and t.site_id = v.site_id
  cross join lateral (
    select * from dispatch.visit_step s where s.organisation_id = v.organisation_id and s.visit_id = v.visit_id order by s.step desc limit 1) s
  where s.starts_at >= :from_at::timestamptz and s.starts_at < :until_at::timestamptz and (:technician_id::uuid is null or s.technician_id = :technician_id or :technician_id = any (s.crew))
    and exists (select from dispatch.visit_step b where b.organisation_id = v.organisation_id and b.visit_id = v.visit_id and b.to_state = 'booked')
  order by s.starts_at < :at, greatest(s.starts_at - :at, :at - s.starts_at), v.visit_id limit :most::int)
select * from told order by starts_at, visit_id
