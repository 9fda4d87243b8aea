-- verb: step_visit
-- Every change of a visit's state but its booking and moving, in one round trip: judged against the last step under the job's lock.
with head as (
  select v.visit_id, v.job_id, v.customer_id, v.collects, j.scope_id, j.kind as job_kind, s.step, s.to_state, s.technician_id, s.crew, s.starts_at, s.ends_at, s.arrive_until, s.zone, s.starts_wall, s.captured_at
  from dispatch.visit v
  cross join lateral (select j.* from dispatch.job j where j.organisation_id = :organisation::uuid and j.job_id = v.job_id limit 1) j
  cross join lateral (
    select * from dispatch.visit_step s where s.organisation_id = v.organisation_id and s.visit_id = v.visit_id order by s.step desc limit 1) s
  where v.organisation_id = :organisation::uuid and v.visit_id = :visit_id::uuid),
moves (act, from_state, to_state) as (values
  ('dispatch', 'booked', 'dispatched'), ('accept', 'dispatched', 'accepted'), ('en_route', 'accepted', 'en_route'), ('arrive', 'en_route', 'on_site'),
  ('start', 'on_site', 'working'), ('start', 'working', 'working'), ('pause', 'working', 'paused'), ('resume', 'paused', 'working'),
  ('complete', 'working', 'completed'), ('complete', 'paused', 'completed'), ('partly_complete', 'working', 'partly_completed'), ('partly_complete', 'paused', 'partly_completed'),
  ('could_not_complete', 'en_route', 'could_not_complete'), ('could_not_complete', 'on_site', 'could_not_complete'),
  ('could_not_complete', 'working', 'could_not_complete'), ('could_not_complete', 'paused', 'could_not_complete'),
  ('no_access', 'on_site', 'no_access'), ('release', 'held', 'cancelled'),
  ('cancel', 'booked', 'cancelled'), ('cancel', 'dispatched', 'cancelled'), ('cancel', 'accepted', 'cancelled'), ('cancel', 'en_route', 'cancelled')),
-- Work may not start on an item without an active authorisation of it, in this job's own scope.
starting as (select distinct item_id from unnest(:item_ids::uuid[]) as item_id),
-- include: authorisations/startable
,
not_authorised as (
  select s.item_id, case when g.item_id is null or g.scope_id <> h.scope_id then 'AUTH_NOT_FOUND' else g.code end as code
  from head h cross join starting s left join startable g on g.item_id = s.item_id
  where g.item_id is null or g.scope_id <> h.scope_id or g.code is not null),
judged as (
  select h.*, m.to_state as next, case
      when not :may_any::boolean and :me::uuid <> all (h.technician_id || h.crew) then 'NOT_YOUR_VISIT'
      when m.to_state is null then 'VISIT_NOT_IN_STATE'
      when :act::text in ('dispatch', 'en_route') and exists (
        select from dispatch.waiting_visit w where w.organisation_id = :organisation::uuid and w.visit_id = h.visit_id offset 0) then 'VISIT_WAITS'
      when h.collects and :act::text = 'dispatch' and coalesce((select s.stopped from dispatch.collection_stop s where s.organisation_id = :organisation::uuid and s.technician_id = h.technician_id order by s.step desc limit 1), false) then 'CASH_LIMIT_REACHED'
      when exists (select from not_authorised) then 'WORK_NOT_AUTHORISED'
      when :act::text = 'start' and cardinality(:item_ids::uuid[]) = 0 and (h.to_state = 'working' or h.job_kind in ('repair', 'install')) then 'WORK_NOT_AUTHORISED'
    end as code
  from head h left join moves m on m.act = :act::text and m.from_state = h.to_state),
going as (select * from judged where code is null),
stepped as (
  insert into dispatch.visit_step (organisation_id, visit_id, collects, step, from_state, to_state, technician_id, crew, starts_at, ends_at, arrive_until, zone, starts_wall, reason, actor, captured_at)
  select :organisation::uuid, visit_id, collects, step + 1, to_state, next, technician_id, crew, starts_at, ends_at, arrive_until, zone, starts_wall, :reason::text, :actor::text, :captured_at::timestamptz
  from going),
sending as (select technician_id, visit_id, step + 1 as step from going where collects and next = 'dispatched'),
-- include: dispatch/send_to_collect
,
started as (
  insert into dispatch.started_item (organisation_id, visit_id, step, item_id)
  select :organisation::uuid, visit_id, step + 1, item_id from going cross join starting on conflict on constraint item_started_once_a_visit do nothing),
-- What is over takes the time that it took, and the rest is free for others: all of it after the end; and where it was over before it was to begin, it stands where it was, beside whatever else stands there.
ended as (
  select g.visit_id, o.starts_at as from_at, o.ends_at as until_at, least(o.ends_at, greatest(g.captured_at, :captured_at::timestamptz)) as at
  from going g
  cross join lateral (select o.starts_at, o.ends_at from dispatch.occupancy o where o.organisation_id = :organisation::uuid and o.visit_id = g.visit_id and o.member = 1) o
  where g.next in ('completed', 'partly_completed', 'could_not_complete', 'no_access')),
early as (
  select e.visit_id, tstzrange(greatest(least(b.arrived_at, e.at - interval '1 minute'), e.at - interval '1 day'), e.at) as during
  from ended e
  cross join lateral (select min(h.captured_at) as arrived_at from dispatch.visit_step h where h.organisation_id = :organisation::uuid and h.visit_id = e.visit_id and h.to_state = 'on_site') b
  where e.at <= e.from_at),
took as (
  select visit_id, tstzrange(from_at, at) as during from ended where at > from_at
  union all
  (select e.visit_id, w.during
   from early e cross join lateral unnest(tstzmultirange(e.during) - (
     select coalesce(range_agg(n.during), '{}') from dispatch.occupancy o join dispatch.occupancy n on n.organisation_id = o.organisation_id and n.technician_id = o.technician_id
     where o.organisation_id = :organisation::uuid and o.visit_id = e.visit_id and n.visit_id is distinct from o.visit_id and n.starts_at < upper(e.during) and n.ends_at > lower(e.during))) w (during)
   order by upper(w.during) - lower(w.during) desc limit 1)),
shortened as (
  update dispatch.occupancy o set starts_at = lower(t.during), ends_at = upper(t.during) from took t where o.organisation_id = :organisation::uuid and o.visit_id = t.visit_id),
freed as (
  delete from dispatch.occupancy o where o.organisation_id = :organisation::uuid
    and o.visit_id = (select g.visit_id from going g where g.next = 'cancelled' or (exists (select from ended) and not exists (select from took)))),
moved as (select visit_id, job_id, step + 1 as step, next as to_state from going),
-- include: dispatch/roll_up
,
-- The promise to arrive is kept by arriving; a customer who cancels releases us from it; whatever else ends it breaks it.
promise_ended as (
  select visit_id as subject_id, 'arrive' as kind,
         case when :act::text = 'arrive' then 'kept' when :reason::text in ('customer_asked', 'no_longer_needed', 'incident') then 'released' else 'broken' end as outcome,
         :captured_at::timestamptz as happened_at
  from going where :act::text in ('arrive', 'cancel') or (to_state = 'en_route' and next = 'could_not_complete')),
-- include: promises/settle
,
happened as (
  select 'visit_' || case :act::text when 'arrive' then 'arrived' when 'start' then 'started' when 'resume' then 'resumed' else next end as kind,
         customer_id, 'visit' as subject_kind, visit_id as subject_id,
         jsonb_strip_nulls(jsonb_build_object('job_id', job_id, 'technician_id', technician_id, 'reason', :reason::text, 'captured_at', :captured_at::timestamptz,
           'item_ids', case :act::text when 'start' then to_jsonb(:item_ids::uuid[]) end)) as body
  from going
  union all
  select case to_state when from_state then 'job_part_done' else 'job_' || to_state end, customer_id, 'job', job_id,
         case when visits_needed > 1 then jsonb_build_object('visits_done', visits_done, 'visits_needed', visits_needed) else '{}'::jsonb end
  from rolled
  union all
  select kind, customer_id, subject_kind, subject_id, body from promises_settled_facts),
-- Whoever let nobody in hears that somebody was there, and how to agree on another time.
wanted as (
  select :task_id::uuid as task_id, 'send_notice' as kind, visit_id as subject_id, :at::timestamptz as due_at, jsonb_build_object('notice', 'visit_missed', 'customer_id', customer_id, 'at', :captured_at::timestamptz) as body
  from going where next = 'no_access'),
answer as (
  select case code when 'NOT_YOUR_VISIT' then 403 else case when code is null then 200 else 409 end end as status, code,
         case
           when code is null then jsonb_build_object('id', visit_id, 'job_id', job_id, 'state', next, 'step', step + 1)
           when code = 'VISIT_NOT_IN_STATE' then jsonb_build_object('state', to_state)
           when code = 'WORK_NOT_AUTHORISED' then jsonb_build_object('items', coalesce((select jsonb_agg(jsonb_build_object('item_id', item_id, 'code', n.code) order by item_id) from not_authorised n), '[]'::jsonb))
           else '{}'::jsonb end as body
  from judged)

-- query: find_visits
select v.visit_id, v.job_id, v.customer_id, j.kind, s.to_state, s.technician_id,
  (select f.name from identity.staff f where f.organisation_id = v.organisation_id and f.staff_id = s.technician_id),
  (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'name', f.name) order by c.nth), '[]'::jsonb)
   from unnest(s.crew) with ordinality as c (id, nth) join identity.staff f on f.organisation_id = v.organisation_id and f.staff_id = c.id),
  s.starts_at, s.ends_at,
  jsonb_build_object('from', s.starts_at, 'until', s.arrive_until), s.starts_wall, s.zone,
  jsonb_build_object('id', t.site_id, 'address', t.address, 'zone', t.zone, 'access_notes', t.access_notes, 'latitude_e7', t.latitude_e7, 'longitude_e7', t.longitude_e7),
  c.name, j.symptom, j.scope_id,
  (select coalesce(jsonb_agg(jsonb_build_object('step', h.step, 'from_state', h.from_state, 'to_state', h.to_state, 'technician_id', h.technician_id, 'from', h.starts_at, 'reason', h.reason,
     'actor', h.actor, 'captured_at', h.captured_at, 'recorded_at', h.recorded_at) order by h.step), '[]'::jsonb)
   from dispatch.visit_step h where h.organisation_id = v.organisation_id and h.visit_id = v.visit_id),
  (select coalesce(jsonb_agg(jsonb_build_object('item_id', i.item_id, 'kind', i.kind, 'description', i.description, 'quantity', authorisations.quantity(i.ticks, i.denominator), 'unit', i.unit,
     'started', exists (select from dispatch.started_item d where d.organisation_id = v.organisation_id and d.visit_id = v.visit_id and d.item_id = i.item_id)) order by i.item_id), '[]'::jsonb)
   from authorisations.capacity_item a
   join authorisations.offer_item i on i.organisation_id = a.organisation_id and i.item_id = a.item_id
   cross join lateral (
     select k.revoked_after from authorisations.capacity k where k.organisation_id = a.organisation_id and k.item_id = a.item_id order by k.item_seq desc limit 1) k
   where a.organisation_id = v.organisation_id and a.scope_id = j.scope_id and k.revoked_after > :at::timestamptz and a.valid_until >= :at::timestamptz),
-- include: dispatch/waits_for
from dispatch.visit v
join dispatch.job j on j.organisation_id = v.organisation_id and j.job_id = v.job_id
join customers.customer c on c.organisation_id = v.organisation_id and c.customer_id = v.customer_id
join customers.site t on t.organisation_id = v.organisation_id and t.customer_id = v.customer_id and t.site_id = v.site_id
cross join lateral (
  select * from dispatch.visit_step s where s.organisation_id = v.organisation_id and s.visit_id = v.visit_id order by s.step desc limit 1) s
where v.organisation_id = :organisation and v.visit_id = any (:visit_ids::uuid[])
order by s.starts_at, v.visit_id

-- query: list_visits
-- Found by where each was placed last; what was placed and moved away since stands in the index too, and is passed over. Arriving at the end of the
-- window breaks the promise, so that whoever isn't there by then is late.
select v.visit_id, v.job_id, v.customer_id, c.name, j.kind, s.to_state, p.technician_id, f.name, f.active and n.active,
  (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'name', w.name) order by g.nth), '[]'::jsonb)
   from unnest(p.crew) with ordinality as g (id, nth) join identity.staff w on w.organisation_id = p.organisation_id and w.staff_id = g.id), p.starts_at, p.ends_at,
  jsonb_build_object('from', p.starts_at, 'until', p.arrive_until), p.arrive_until <= :at::timestamptz and s.to_state in ('booked', 'dispatched', 'accepted', 'en_route'),
  p.starts_wall, p.zone, v.site_id, t.address,
-- include: dispatch/waits_for
from dispatch.visit_step p
join dispatch.visit v on v.organisation_id = p.organisation_id and v.visit_id = p.visit_id
join dispatch.job j on j.organisation_id = v.organisation_id and j.job_id = v.job_id
join customers.customer c on c.organisation_id = v.organisation_id and c.customer_id = v.customer_id
join customers.site t on t.organisation_id = v.organisation_id and t.customer_id = v.customer_id and t.site_id = v.site_id
join dispatch.technician n on n.organisation_id = p.organisation_id and n.technician_id = p.technician_id
join identity.staff f on f.organisation_id = n.organisation_id and f.staff_id = n.technician_id
cross join lateral (
  select h.to_state from dispatch.visit_step h where h.organisation_id = p.organisation_id and h.visit_id = p.visit_id order by h.step desc limit 1) s
where p.organisation_id = :organisation and p.to_state in ('held', 'booked') and p.starts_at >= :from_at::timestamptz and p.starts_at < :until_at::timestamptz
  and (p.starts_at, p.visit_id) > (:after_at::timestamptz, :after_id::uuid)
  and not exists (
    select from dispatch.visit_step l
    where l.organisation_id = p.organisation_id and l.visit_id = p.visit_id and l.step > p.step and l.to_state in ('held', 'booked'))
  and (:technician_id::uuid is null or p.technician_id = :technician_id or :technician_id = any (p.crew)) and (:states::text[] is null or s.to_state = any (:states))
order by p.starts_at, p.visit_id limit :limit + 1
