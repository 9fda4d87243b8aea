-- verb: open_job
with existing as (
  select job_id, scope_id, (customer_id, site_id, asset_id, kind, priority, skills, loads, preferred_technician_id, duration_minutes, arrival_minutes, crew_size, symptom) is not distinct from
    (:customer_id::uuid, :site_id::uuid, :asset_id::uuid, :kind::text, :priority::int, :skills::jsonb, :loads::jsonb, :preferred_technician_id::uuid, :duration_minutes::int, :arrival_minutes::int, :crew_size::int, :symptom::text)
    and (select visits_needed from dispatch.job_step b where b.organisation_id = :organisation::uuid and b.job_id = j.job_id and b.step = 1) = :visits_needed::int
    and (named_currency, named_policy, trade, price_form) is not distinct from (:currency::text, :policy_name::text, :trade::text, :price_form::text)
    and array(select invoice_id from dispatch.collection c where c.organisation_id = :organisation::uuid and c.job_id = j.job_id order by 1) = :collects_invoice_ids::uuid[] as same
  from dispatch.job j where organisation_id = :organisation::uuid and job_id = :job_id::uuid),
site as (select site_id, jurisdiction, zone from customers.site where organisation_id = :organisation::uuid and customer_id = :customer_id::uuid and site_id = :site_id::uuid),
opening as (
  select :scope_id::uuid as scope_id, :customer_id::uuid as customer_id, 'job' as subject_kind, :job_id::uuid as subject_id,
         coalesce(:currency::text, o.currency) as currency, :policy_name::text as policy_name, s.jurisdiction, :trade::text as trade, :price_form::text as price_form,
         s.jurisdiction as site_jurisdiction, s.zone as site_zone
  from identity.organisation o cross join site s where o.organisation_id = :organisation::uuid and not exists (select from existing)),
-- include: authorisations/open_scope
,
opened as (
  insert into dispatch.job (organisation_id, job_id, customer_id, site_id, asset_id, scope_id, currency, kind, priority, skills, loads, preferred_technician_id, duration_minutes, arrival_minutes, crew_size, symptom, named_currency, named_policy, trade, price_form,
    opened_by, opened_at)
  select :organisation::uuid, :job_id::uuid, customer_id, :site_id::uuid, :asset_id::uuid, p.scope_id, currency, :kind::text, :priority::int, :skills::jsonb, :loads::jsonb, :preferred_technician_id::uuid, :duration_minutes::int,
         :arrival_minutes::int, :crew_size::int, :symptom::text, :currency::text, :policy_name::text, :trade::text, :price_form::text, :actor::text, :at::timestamptz
  from policy_of_opening p
  returning job_id, customer_id, scope_id),
unfinished as (insert into dispatch.unfinished_job (organisation_id, job_id) select :organisation::uuid, job_id from opened),
first_step as (
  insert into dispatch.job_step (organisation_id, job_id, step, from_state, to_state, visits_needed, actor, happened_at)
  select :organisation::uuid, job_id, 1, 'new', 'open', :visits_needed::int, :actor::text, :at::timestamptz from opened),
to_collect as (
  insert into dispatch.collection (organisation_id, job_id, invoice_id)
  select :organisation::uuid, job_id, invoice_id from opened cross join unnest(:collects_invoice_ids::uuid[]) as invoice_id),
happened as (
  select 'job_opened' as kind, customer_id, 'job' as subject_kind, job_id as subject_id,
         jsonb_build_object('scope_id', scope_id, 'site_id', :site_id::uuid, 'kind', :kind::text, 'priority', :priority::int, 'collects_invoice_ids', to_jsonb(:collects_invoice_ids::uuid[])) as body
  from opened),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', job_id, 'scope_id', scope_id, 'state', 'open') as body from opened
  union all
  select case when same then 200 else 409 end, case when not same then 'ID_TAKEN' end,
         case when same then jsonb_build_object('id', job_id, 'scope_id', scope_id, 'state', 'open') else '{}'::jsonb end
  from existing
  union all
  select 422, 'SITE_UNKNOWN', '{}'::jsonb where not exists (select from site) and not exists (select from existing)
  union all
  select 422, 'POLICY_UNKNOWN', '{}'::jsonb from opening where not exists (select from policy_of_opening))

-- query: find_job
select j.job_id, c.reference, j.customer_id, j.site_id, j.asset_id, j.scope_id, j.kind, s.to_state, j.priority, j.opened_at, j.currency, j.skills, j.loads, j.preferred_technician_id, j.duration_minutes, j.arrival_minutes, j.crew_size, s.visits_needed, s.visits_done,
  array(select c.invoice_id from dispatch.collection c where c.organisation_id = :organisation and c.job_id = j.job_id order by 1), j.symptom,
  (select coalesce(jsonb_agg(jsonb_build_object('id', v.visit_id, 'state', t.to_state, 'technician_id', t.technician_id, 'from', t.starts_at, 'until', t.ends_at) order by v.visit_id), '[]'::jsonb)
   from dispatch.visit v
   cross join lateral (
     select * from dispatch.visit_step t where t.organisation_id = v.organisation_id and t.visit_id = v.visit_id order by t.step desc limit 1) t
   where v.organisation_id = :organisation and v.job_id = j.job_id)
from dispatch.job j
join authorisations.scope c on c.organisation_id = j.organisation_id and c.scope_id = j.scope_id
cross join lateral (select s.* from dispatch.job_step s where s.organisation_id = j.organisation_id and s.job_id = j.job_id order by s.step desc limit 1) s
where j.organisation_id = :organisation and j.job_id = :job_id

-- query: find_matter
with asked as (
  select j.scope_id, s.to_state, j.symptom from dispatch.job j
  cross join lateral (select to_state from dispatch.job_step s where s.organisation_id = j.organisation_id and s.job_id = j.job_id order by s.step desc limit 1) s
  where j.organisation_id = :organisation and j.job_id = :job_id),
-- include: authorisations/scope_terms
select t.*, q.to_state, q.symptom from scope_terms t join asked q using (scope_id)

-- query: list_jobs
select j.job_id, c.reference, j.customer_id, j.site_id, j.asset_id, j.scope_id, j.kind, s.to_state, j.priority, j.opened_at
from dispatch.job j
join authorisations.scope c on c.organisation_id = j.organisation_id and c.scope_id = j.scope_id
cross join lateral (select to_state from dispatch.job_step s where s.organisation_id = j.organisation_id and s.job_id = j.job_id order by s.step desc limit 1) s
where j.organisation_id = :organisation and j.job_id > :after
  and (:customer_id::uuid is null or j.customer_id = :customer_id) and (:state::text is null or s.to_state = :state) and (:reference::text is null or c.reference = :reference)
order by j.job_id limit :limit + 1

-- verb: end_job
-- `:to_state` is 'closed' (after its work is done) or 'cancelled' (once no visit is still to come).
with head as (
  select j.job_id, j.customer_id, j.scope_id, s.step, s.to_state, s.visits_needed, s.visits_done,
-- include: dispatch/visit_to_come
    as live
  from dispatch.job j
  cross join lateral (select s.* from dispatch.job_step s where s.organisation_id = j.organisation_id and s.job_id = j.job_id order by s.step desc limit 1) s
  where j.organisation_id = :organisation::uuid and j.job_id = :job_id::uuid),
judged as (
  select h.*, case
      when (:to_state::text = 'closed' and to_state <> 'work_done') or (:to_state::text = 'cancelled' and to_state not in ('open', 'in_progress')) then 'JOB_NOT_IN_STATE'
      when live then 'JOB_HAS_VISITS' end as code
  from head h),
stepped as (
  insert into dispatch.job_step (organisation_id, job_id, step, from_state, to_state, visits_needed, was_done, visits_done, actor, happened_at)
  select :organisation::uuid, job_id, step + 1, to_state, :to_state::text, visits_needed, visits_done, visits_done, :actor::text, :at::timestamptz from judged where code is null),
finished as (
  delete from dispatch.unfinished_job u where u.organisation_id = :organisation::uuid and u.job_id = any (array(select job_id from judged where code is null))),
closing as (select scope_id from judged where code is null),
-- include: authorisations/close_scope
,
happened as (
  select 'job_' || :to_state::text as kind, customer_id, 'job' as subject_kind, job_id as subject_id, jsonb_build_object('from', to_state) as body from judged where code is null),
answer as (
  select case when code is null then 200 else 409 end as status, code,
         case when code is null then jsonb_build_object('id', job_id, 'state', :to_state::text) else jsonb_build_object('state', to_state) end as body
  from judged)

-- verb: need_visits
-- How many visits have to complete the job; where as many have, and none is still to come, its work is done.
with head as (
  select j.job_id, j.customer_id, s.step, s.to_state, s.visits_done,
-- include: dispatch/visit_to_come
    as live
  from dispatch.job j
  cross join lateral (select s.* from dispatch.job_step s where s.organisation_id = j.organisation_id and s.job_id = j.job_id order by s.step desc limit 1) s
  where j.organisation_id = :organisation::uuid and j.job_id = :job_id::uuid),
judged as (
  select h.*, case when to_state not in ('open', 'in_progress') then 'JOB_NOT_OPEN' end as code,
         case when to_state = 'in_progress' and visits_done >= :visits_needed::int and not live then 'work_done' else to_state end as next
  from head h),
stepped as (
  insert into dispatch.job_step (organisation_id, job_id, step, from_state, to_state, visits_needed, was_done, visits_done, actor, happened_at)
  select :organisation::uuid, job_id, step + 1, to_state, next, :visits_needed::int, visits_done, visits_done, :actor::text, :at::timestamptz from judged where code is null),
finished as (
  delete from dispatch.unfinished_job u where u.organisation_id = :organisation::uuid and u.job_id = any (array(select job_id from judged where code is null and next = 'work_done'))),
happened as (
  select 'job_visits_needed' as kind, customer_id, 'job' as subject_kind, job_id as subject_id,
         jsonb_build_object('visits_done', visits_done, 'visits_needed', :visits_needed::int) as body
  from judged where code is null
  union all
  select 'job_work_done', customer_id, 'job', job_id, jsonb_build_object('visits_done', visits_done, 'visits_needed', :visits_needed::int) from judged where code is null and next = 'work_done'),
answer as (
  select case when code is null then 200 else 409 end as status, code,
         case when code is null then jsonb_build_object('id', job_id, 'state', next, 'visits_needed', :visits_needed::int, 'visits_done', visits_done)
           else jsonb_build_object('state', to_state) end as body
  from judged)

-- verb: wait_for_parts
-- Under the job's lock, as its bookings are: nobody is placed meanwhile by what was said before.
with head as (
  select j.job_id, j.customer_id, s.to_state, coalesce((
    select p.step from dispatch.parts_step p where p.organisation_id = :organisation::uuid and p.job_id = j.job_id order by p.step desc limit 1), 0) as step
  from dispatch.job j
  cross join lateral (select s.to_state from dispatch.job_step s where s.organisation_id = :organisation::uuid and s.job_id = j.job_id order by s.step desc limit 1) s
  where j.organisation_id = :organisation::uuid and j.job_id = :job_id::uuid),
judged as (select h.*, case when to_state not in ('open', 'in_progress') then 'JOB_NOT_OPEN' end as code from head h),
said as (
  insert into dispatch.parts_step (organisation_id, job_id, step, there_at, actor, said_at)
  select :organisation::uuid, job_id, step + 1, coalesce(:there_at::timestamptz, '-infinity'), :actor::text, :at::timestamptz from judged where code is null),
happened as (
  select 'job_parts_due' as kind, customer_id, 'job' as subject_kind, job_id as subject_id, jsonb_build_object('there_at', :there_at::timestamptz) as body from judged where code is null),
answer as (
  select case when code is null then 200 else 409 end as status, code,
         case when code is null then jsonb_build_object('id', job_id, 'there_at', :there_at::timestamptz) else jsonb_build_object('state', to_state) end as body
  from judged)
