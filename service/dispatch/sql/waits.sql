-- query: visits_to_wait
-- Repair visits to come that an incident under way explains, in whose reach their customers are, and that don't wait for it yet.
with told as (
  select i.incident_id, i.until_at, i.symptoms from subscriptions.incident i
  where i.organisation_id = :organisation and i.until_at > :at::timestamptz and i.begins_at <= :at::timestamptz and i.symptoms <> '{}'
    and not exists (select from subscriptions.incident_end e where e.organisation_id = :organisation and e.incident_id = i.incident_id offset 0)),
standing as (
  select v.visit_id, v.customer_id, j.symptom, s.starts_at
  from dispatch.unfinished_job u
  cross join lateral (select j.* from dispatch.job j where j.organisation_id = :organisation and j.job_id = u.job_id limit 1) j
  cross join lateral (select v.* from dispatch.visit v where v.organisation_id = :organisation and v.job_id = u.job_id offset 0) v
  cross join lateral (
    select s.to_state, s.starts_at from dispatch.visit_step s where s.organisation_id = :organisation and s.visit_id = v.visit_id order by s.step desc limit 1) s
  where u.organisation_id = :organisation and exists (select from told) and j.kind = 'repair' and s.to_state in ('booked', 'dispatched', 'accepted') and s.starts_at > :at::timestamptz),
person as (select distinct customer_id from standing),
-- include: subscriptions/in_incident
select s.visit_id, t.incident_id
from standing s join in_incident n on n.customer_id = s.customer_id join told t on t.incident_id = n.incident_id
where s.starts_at < t.until_at and exists (select from unnest(t.symptoms) w (word) where strpos(lower(s.symptom), lower(w.word)) > 0)
  and not exists (select from dispatch.visit_wait w where w.organisation_id = :organisation and w.visit_id = s.visit_id and w.incident_id = t.incident_id offset 0)
order by s.starts_at, s.visit_id, t.incident_id

-- verb: have_visit_wait
with going as (
  select v.visit_id, v.customer_id, v.job_id, s.starts_at
  from (select v.* from dispatch.visit v where v.organisation_id = :organisation::uuid and v.visit_id = :visit_id::uuid limit 1) v
  cross join lateral (
    select s.to_state, s.starts_at from dispatch.visit_step s where s.organisation_id = :organisation::uuid and s.visit_id = v.visit_id order by s.step desc limit 1) s
  where s.to_state in ('booked', 'dispatched', 'accepted') and not exists (
    select from dispatch.visit_wait w where w.organisation_id = :organisation::uuid and w.visit_id = v.visit_id and w.incident_id = :incident_id::uuid offset 0)),
waits as (
  insert into dispatch.visit_wait (organisation_id, visit_id, incident_id, starts_at, held_at)
  select :organisation::uuid, visit_id, :incident_id::uuid, starts_at, :at::timestamptz from going returning visit_id),
open as (
  insert into dispatch.waiting_visit (organisation_id, visit_id, incident_id) select :organisation::uuid, visit_id, :incident_id::uuid from waits),
happened as (
  select 'visit_waits' as kind, customer_id, 'visit' as subject_kind, visit_id as subject_id, jsonb_build_object('job_id', job_id, 'incident_id', :incident_id::uuid) as body from going),
wanted as (
  select :task_id::uuid as task_id, 'send_notice' as kind, visit_id as subject_id, :at::timestamptz as due_at,
    jsonb_build_object('notice', 'visit_waits', 'customer_id', customer_id, 'incident_id', :incident_id::uuid) as body from going),
answer as (select 200 as status, null::text as code, jsonb_build_object('id', :visit_id::uuid, 'waits', exists (select from going)) as body)

-- query: visits_to_let_go
-- Those whose incident is over, whose window has begun, or that were ended otherwise.
select w.visit_id, w.incident_id, s.to_state in ('booked', 'dispatched', 'accepted') and s.starts_at <= :at::timestamptz as passed
from dispatch.waiting_visit w
join subscriptions.incident i on i.organisation_id = w.organisation_id and i.incident_id = w.incident_id
cross join lateral (
  select s.to_state, s.starts_at from dispatch.visit_step s where s.organisation_id = :organisation and s.visit_id = w.visit_id order by s.step desc limit 1) s
where w.organisation_id = :organisation and (i.until_at <= :at::timestamptz or s.starts_at <= :at::timestamptz or s.to_state not in ('booked', 'dispatched', 'accepted') or exists (
  select from subscriptions.incident_end e where e.organisation_id = :organisation and e.incident_id = w.incident_id offset 0))
order by w.visit_id, w.incident_id

-- verb: let_visit_go
-- From one incident, or from every one where none is named. Who comes after all hears of it, and who doesn't since the time has passed.
with ending as (
  select w.visit_id, w.incident_id, v.customer_id, v.job_id, case when s.to_state in ('booked', 'dispatched', 'accepted') then 'released' else 'cancelled' end as outcome,
    s.to_state = 'cancelled' and s.reason = 'incident' as passed
  from (select w.* from dispatch.waiting_visit w where w.organisation_id = :organisation::uuid and w.visit_id = :visit_id::uuid offset 0) w
  cross join lateral (select v.* from dispatch.visit v where v.organisation_id = :organisation::uuid and v.visit_id = w.visit_id limit 1) v
  cross join lateral (
    select s.to_state, s.reason from dispatch.visit_step s where s.organisation_id = :organisation::uuid and s.visit_id = w.visit_id order by s.step desc limit 1) s
  where coalesce(w.incident_id = :incident_id::uuid, true)),
ended as (
  insert into dispatch.visit_wait_end (organisation_id, visit_id, incident_id, outcome, ended_by, ended_at)
  select :organisation::uuid, visit_id, incident_id, outcome, :actor::text, :at::timestamptz from ending),
gone as (
  delete from dispatch.waiting_visit w using ending e where w.organisation_id = :organisation::uuid and w.visit_id = e.visit_id and w.incident_id = e.incident_id),
happened as (
  select 'visit_wait_ended' as kind, customer_id, 'visit' as subject_kind, visit_id as subject_id, jsonb_build_object('job_id', job_id, 'incident_id', incident_id, 'outcome', outcome) as body from ending),
wanted as (
  select :task_id::uuid as task_id, 'send_notice' as kind, visit_id as subject_id, :at::timestamptz as due_at,
    jsonb_build_object('notice', 'visit_wait_ended', 'customer_id', customer_id, 'incident_id', incident_id) as body
  from ending where outcome = 'released' or passed order by incident_id limit 1),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('id', v.visit_id, 'waits', false) as body
  from dispatch.visit v where v.organisation_id = :organisation::uuid and v.visit_id = :visit_id::uuid)

-- query: list_waiting_visits
select w.visit_id, w.incident_id, v.job_id, v.customer_id, c.name, h.starts_at, h.held_at
from dispatch.waiting_visit w
join dispatch.visit_wait h on h.organisation_id = w.organisation_id and h.visit_id = w.visit_id and h.incident_id = w.incident_id
join dispatch.visit v on v.organisation_id = w.organisation_id and v.visit_id = w.visit_id
join customers.customer c on c.organisation_id = v.organisation_id and c.customer_id = v.customer_id
where w.organisation_id = :organisation and (:incident_id::uuid is null or w.incident_id = :incident_id) and (w.visit_id, w.incident_id) > (:after_visit::uuid, :after_incident::uuid) order by w.visit_id, w.incident_id limit :limit + 1
