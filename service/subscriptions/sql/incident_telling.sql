-- query: incidents_to_tell
-- Those of which somebody may have to hear something, with how far everything before is over.
select i.incident_id, i.estimate, o.over, kit.present_epoch(), pg_snapshot_xmin(pg_current_snapshot())::text
from subscriptions.incident i
left join subscriptions.incident_end e on e.organisation_id = i.organisation_id and e.incident_id = i.incident_id
left join subscriptions.incident_heard h on h.organisation_id = i.organisation_id and h.incident_id = i.incident_id
cross join lateral (select e.incident_id is not null or i.until_at <= :at::timestamptz as over) o
where i.organisation_id = :organisation and i.until_at > :at::timestamptz - interval '1 day' and coalesce(e.closed_at > :at::timestamptz - interval '1 day', true)
  and not coalesce(h.ended, false)
order by i.declared_at, i.incident_id

-- query: who_may_hear
-- Whoever may be in its reach and hasn't heard of it, cheaply: everybody at first, then those of whom something was written since; of these `tell_incident` says who it is. Whoever heard of
-- another estimate hears of this one; once it is over, whoever was to hear of it and not yet of that.
with incident as (
  select i.*, i.until_at <= :at::timestamptz or exists (
      select from subscriptions.incident_end e where e.organisation_id = :organisation and e.incident_id = i.incident_id) as over, h.until_epoch, h.until_transaction,
    coalesce(h.estimate, 0) as heard_of
  from subscriptions.incident i left join subscriptions.incident_heard h on h.organisation_id = i.organisation_id and h.incident_id = i.incident_id
  where i.organisation_id = :organisation and i.incident_id = :incident_id),
near as (
  select t.customer_id from incident i join customers.site t on t.organisation_id = :organisation and i.area @> point(t.longitude_e7, t.latitude_e7)
  where i.until_epoch is null and not i.over
  union
  select s.customer_id from incident i join subscriptions.subscription_tag g on g.organisation_id = :organisation and g.tag = any (i.tags)
  join subscriptions.subscription s on s.organisation_id = :organisation and s.subscription_id = g.subscription_id
  where i.until_epoch is null and not i.over
  union
  select a.customer_id from incident i join subscriptions.incident_reach a on a.organisation_id = :organisation and a.incident_id = i.incident_id
  where not i.over and (i.until_epoch is null or a.widened_at is not null)
  union
  select f.customer_id from incident i join kit.fact f on f.organisation_id = :organisation and (f.epoch, f.transaction_id) >= (i.until_epoch, i.until_transaction)
  where not i.over and f.customer_id is not null and f.subject_kind in ('site', 'subscription'))
select customer_id from (
  select n.customer_id from near n
  where not exists (
    select from subscriptions.incident_told t
    where t.organisation_id = :organisation and t.incident_id = :incident_id and t.customer_id = n.customer_id and t.news = 'declared' and t.turn = 0)
  union all
  select d.customer_id from incident i
  join subscriptions.incident_told d on d.organisation_id = :organisation and d.incident_id = i.incident_id and d.news = 'declared'
  where case when i.over then not exists (
      select from subscriptions.incident_told t
      where t.organisation_id = :organisation and t.incident_id = i.incident_id and t.customer_id = d.customer_id and t.news = 'ended' and t.turn = 0)
    else i.heard_of < i.estimate and d.estimate < i.estimate and not exists (
      select from subscriptions.incident_told t
      where t.organisation_id = :organisation and t.incident_id = i.incident_id and t.customer_id = d.customer_id and t.news = 'moved' and t.turn = i.estimate) end) n
order by customer_id

-- verb: tell_incident
-- Of those who may hear, whoever has a service in its reach now or heard of it before: that it is known, or that it takes until another time, while it lasts, and that it is over afterwards; each
-- of them once, and one id is the promise's and the task's. By when it is over is promised to whoever is mailed, in the place of
-- what was promised before; the end keeps that or finds it broken.
with incident as (
  select i.incident_id, i.until_at, i.estimate, i.area, i.tags, coalesce(e.closed_at, i.until_at) as ended_at, e.closed_at is not null or i.until_at <= :at::timestamptz as over, m.moved_at,
    coalesce(d.staff_id, o.staff_id) as owner_staff_id
  from (select i.* from subscriptions.incident i where i.organisation_id = :organisation::uuid and i.incident_id = :incident_id::uuid limit 1) i
  left join lateral (select e.closed_at from subscriptions.incident_end e where e.organisation_id = :organisation::uuid and e.incident_id = i.incident_id limit 1) e on true
  left join lateral (
    select m.moved_at from subscriptions.incident_estimate m where m.organisation_id = :organisation::uuid and m.incident_id = i.incident_id and m.step = i.estimate limit 1) m on true
  left join lateral (
    select s.staff_id from identity.staff s where s.organisation_id = :organisation::uuid and 'staff:' || s.staff_id = i.declared_by limit 1) d on true
  -- declared by a program, it is a manager's
  left join lateral (
    select s.staff_id from identity.staff s where s.organisation_id = :organisation::uuid and s.active and 'manager' = any (s.roles) order by s.created_at, s.staff_id limit 1) o on true),
asked as (
  select c.customer_id, c.promise_id, heard.estimate as heard_of, heard.promise_id as promised_before, exists (
      select from subscriptions.incident_told t
      where t.organisation_id = :organisation::uuid and t.incident_id = :incident_id::uuid and t.customer_id = c.customer_id and t.news = 'ended' and t.turn = 0 offset 0) as heard_of_the_end
  from incident i cross join unnest(:customer_ids::uuid[], :promise_ids::uuid[]) c (customer_id, promise_id)
  left join lateral (
    select t.estimate, t.promise_id from subscriptions.incident_told t
    where t.organisation_id = :organisation::uuid and t.incident_id = :incident_id::uuid and t.customer_id = c.customer_id and t.news in ('declared', 'moved')
    order by t.estimate desc limit 1) heard on true
  where heard.estimate is not null or not i.over and exists (
    select from subscriptions.subscription s
    cross join lateral (
      select t.to_state from subscriptions.subscription_step t
      where t.organisation_id = :organisation::uuid and t.subscription_id = s.subscription_id order by t.step desc limit 1) h
    left join lateral (
      select l.longitude_e7, l.latitude_e7 from customers.site l
      where l.organisation_id = :organisation::uuid and l.customer_id = s.customer_id and l.site_id = s.site_id limit 1) l on i.area is not null
    where s.organisation_id = :organisation::uuid and s.customer_id = c.customer_id and h.to_state <> 'ended'
      and (coalesce(i.area @> point(l.longitude_e7, l.latitude_e7), false) or i.tags <> '{}' and exists (
        select from subscriptions.subscription_tag g
        where g.organisation_id = :organisation::uuid and g.subscription_id = s.subscription_id and g.tag = any (i.tags) offset 0)
      or exists (
        select from subscriptions.incident_reach a
        where a.organisation_id = :organisation::uuid and a.incident_id = i.incident_id and a.customer_id = s.customer_id and s.site_id = coalesce(a.site_id, s.site_id)
          and s.subscription_id = coalesce(a.subscription_id, s.subscription_id) offset 0)) offset 0)),
news as (
  select a.*, case when i.over then 'ended' when a.heard_of is null then 'declared' else 'moved' end as news
  from incident i cross join asked a
  where case when i.over then a.heard_of is not null and not a.heard_of_the_end else coalesce(a.heard_of < i.estimate, true) end),
promised as (
  select n.promise_id, n.customer_id, 'restore' as kind, 'incident' as subject_kind, i.incident_id as subject_id, i.until_at as due_at, i.owner_staff_id, 'email' as via
  from incident i cross join news n
  where n.news <> 'ended' and i.owner_staff_id is not null and exists (
    select from customers.contact c where c.organisation_id = :organisation::uuid and c.customer_id = n.customer_id and c.channel = 'email' offset 0)),
-- include: promises/make
,
promises_ending as (
  select p.promise_id, p.customer_id, p.kind, p.subject_kind, p.subject_id, p.due_at, case when i.over then 'kept' else 'renewed' end as outcome,
    case when i.over then i.ended_at else i.moved_at end as happened_at
  from incident i cross join news n
  cross join lateral (
    select p.* from promises.promise p where p.organisation_id = :organisation::uuid and p.promise_id = n.promised_before and not exists (
      select from promises.ending e where e.organisation_id = :organisation::uuid and e.promise_id = p.promise_id offset 0) limit 1) p),
-- include: promises/end
,
renewing as (
  select s.promise_id as renewed_id, p.promise_id
  from news n join promises_settled s on s.promise_id = n.promised_before join promises_made p on p.promise_id = n.promise_id),
-- include: promises/renew
,
told as (
  insert into subscriptions.incident_told (organisation_id, incident_id, customer_id, news, estimate, promise_id, told_at)
  select :organisation::uuid, i.incident_id, n.customer_id, n.news, i.estimate, p.promise_id, :at::timestamptz
  from incident i cross join news n left join promises_made p on p.promise_id = n.promise_id
  returning news),
happened as (
  select 'incident_told' as kind, null::uuid as customer_id, 'incident' as subject_kind, :incident_id::uuid as subject_id,
    jsonb_build_object('customers', count(*), 'news', min(news)) as body from told having count(*) > 0
  union all
  select kind, customer_id, subject_kind, subject_id, body from promises_settled_facts
  union all
  select kind, customer_id, subject_kind, subject_id, body from promises_made_facts),
wanted as (
  select n.promise_id as task_id, 'send_notice' as kind, n.customer_id as subject_id, :at::timestamptz as due_at,
    jsonb_build_object('notice', 'incident_' || n.news, 'customer_id', n.customer_id, 'incident_id', i.incident_id, 'estimate', i.estimate) as body from incident i cross join news n),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('told', (select count(*) from told)) as body from incident)

-- verb: note_heard
-- Everybody who was to hear by then has been told: what is written from then on is looked at next.
with heard as (
  insert into subscriptions.incident_heard as h (organisation_id, incident_id, until_epoch, until_transaction, estimate, ended)
  values (:organisation::uuid, :incident_id::uuid, :until_epoch::int, :until_transaction::text::xid8, :estimate::int, :ended::boolean)
  on conflict (organisation_id, incident_id) do update
    set until_epoch = excluded.until_epoch, until_transaction = excluded.until_transaction, estimate = excluded.estimate, ended = excluded.ended
  returning incident_id),
happened as (
  select null::text as kind, null::uuid as customer_id, null::text as subject_kind, null::uuid as subject_id, null::jsonb as body where false),
answer as (select 200 as status, null::text as code, jsonb_build_object('id', incident_id) as body from heard)
