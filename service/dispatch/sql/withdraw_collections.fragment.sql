-- Input `settled (invoice_id)`: invoices this statement makes fully paid; `:visit_id` is the visit that took the money, or null. Withdraws the collection visits that
-- have nothing left to collect, never the one taking the cash. Output `withdrawn_visits (visit_id, job_id, customer_id)`, each to be told as `visit_withdrawn`, and
-- `withdrawal_facts (kind, customer_id, subject_kind, subject_id, body)` of what follows, to be told too. Includes `promises/settle`, so its names are taken.
collections_settled as (
  insert into dispatch.collection_settled (organisation_id, job_id, invoice_id, settled_at)
  select :organisation::uuid, c.job_id, c.invoice_id, :at::timestamptz
  from settled s join dispatch.collection c on c.organisation_id = :organisation::uuid and c.invoice_id = s.invoice_id
  on conflict on constraint settled_once do nothing
  returning job_id, invoice_id),
collected_jobs as (
  select distinct n.job_id from collections_settled n
  where not exists (
    select from dispatch.collection c
    where c.organisation_id = :organisation::uuid and c.job_id = n.job_id
      and not exists (select from collections_settled m where m.job_id = c.job_id and m.invoice_id = c.invoice_id)
      and not exists (
        select from dispatch.collection_settled b where b.organisation_id = :organisation::uuid and b.job_id = c.job_id and b.invoice_id = c.invoice_id))),
collected_visits as (
  select v.visit_id, v.job_id, v.customer_id, v.collects, s.step, s.to_state, s.technician_id, s.crew, s.starts_at, s.ends_at, s.arrive_until, s.zone, s.starts_wall,
         v.visit_id is distinct from :visit_id::uuid and s.to_state in ('held', 'booked', 'dispatched', 'accepted', 'en_route') as pointless
  from collected_jobs c
  join dispatch.visit v on v.organisation_id = :organisation::uuid and v.job_id = c.job_id
  cross join lateral (
    select * from dispatch.visit_step s where s.organisation_id = :organisation::uuid and s.visit_id = v.visit_id order by s.step desc limit 1) s),
withdrawn_steps as (
  insert into dispatch.visit_step (organisation_id, visit_id, collects, step, from_state, to_state, technician_id, crew, starts_at, ends_at, arrive_until, zone, starts_wall, reason, actor, captured_at)
  select :organisation::uuid, visit_id, collects, step + 1, to_state, 'cancelled', technician_id, crew, starts_at, ends_at, arrive_until, zone, starts_wall, 'nothing_left_to_collect', :actor::text, :at::timestamptz
  from collected_visits where pointless),
withdrawn_places as (
  delete from dispatch.occupancy o using collected_visits c where o.organisation_id = :organisation::uuid and o.visit_id = c.visit_id and c.pointless),
-- A job with nothing left to collect and nobody working on it is over.
withdrawing_jobs as (
  select j.job_id, j.customer_id, j.scope_id, s.step, s.to_state, s.visits_needed, s.visits_done
  from collected_jobs c
  join dispatch.job j on j.organisation_id = :organisation::uuid and j.job_id = c.job_id
  cross join lateral (
    select step, to_state, visits_needed, visits_done from dispatch.job_step s where s.organisation_id = :organisation::uuid and s.job_id = c.job_id order by s.step desc limit 1) s
  where s.to_state in ('open', 'in_progress')
    and not exists (select from collected_visits v where v.job_id = c.job_id and not v.pointless and v.to_state <> 'cancelled')),
withdrawn_jobs as (
  insert into dispatch.job_step (organisation_id, job_id, step, from_state, to_state, visits_needed, was_done, visits_done, actor, happened_at)
  select :organisation::uuid, job_id, step + 1, to_state, 'cancelled', visits_needed, visits_done, visits_done, :actor::text, :at::timestamptz from withdrawing_jobs),
withdrawn_unfinished as (
  delete from dispatch.unfinished_job u where u.organisation_id = :organisation::uuid and u.job_id = any (array(select job_id from withdrawing_jobs))),
closing as (select scope_id from withdrawing_jobs),
-- include: authorisations/close_scope
,
promise_ended as (select visit_id as subject_id, 'arrive' as kind, 'released' as outcome, :at::timestamptz as happened_at from collected_visits where pointless),
-- include: promises/settle
,
withdrawn_visits as (select visit_id, job_id, customer_id from collected_visits where pointless),
withdrawal_facts as (
  select 'job_cancelled' as kind, customer_id, 'job' as subject_kind, job_id as subject_id, jsonb_build_object('from', to_state, 'reason', 'nothing_left_to_collect') as body
  from withdrawing_jobs
  union all
  select kind, customer_id, subject_kind, subject_id, body from promises_settled_facts)
