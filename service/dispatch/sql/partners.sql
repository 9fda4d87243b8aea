-- verb: bring_job
with job as (
  select j.job_id, j.customer_id, j.site_id, c.reference from dispatch.job j join authorisations.scope c on c.organisation_id = j.organisation_id and c.scope_id = j.scope_id
  where j.organisation_id = :organisation::uuid and j.job_id = :job_id::uuid),
brought as (
  insert into dispatch.brought (organisation_id, job_id, partner_id, customer_id, site_id, as_before, reference, asked_hash)
  select :organisation::uuid, job_id, :partner_id::uuid, customer_id, site_id, :as_before::uuid, :reference::text, :asked_hash::bytea from job
  where not exists (select from dispatch.brought b where b.organisation_id = :organisation::uuid and b.job_id = job.job_id)
  returning job_id, customer_id),
happened as (
  select 'job_brought' as kind, customer_id, 'job' as subject_kind, job_id as subject_id, jsonb_build_object('partner_id', :partner_id::uuid) as body from brought),
answer as (
  select case when exists (select from brought) then 201 else 200 end as status, null::text as code, jsonb_build_object('id', job_id, 'reference', :reference::text, 'job_reference', reference) as body from job)

-- query: find_brought_before
select b.job_id, b.customer_id, b.site_id, b.asked_hash from dispatch.brought b
where b.organisation_id = :organisation and b.partner_id = :partner_id and b.reference = :reference

-- query: find_brought_place
select b.job_id, b.customer_id, b.site_id, b.asked_hash from dispatch.brought b
where b.organisation_id = :organisation and b.job_id = :job_id and b.partner_id = :partner_id

-- query: find_brought_of_visit
select b.job_id, b.customer_id, b.site_id, b.asked_hash from dispatch.visit v
join dispatch.brought b on b.organisation_id = v.organisation_id and b.job_id = v.job_id and b.partner_id = :partner_id
where v.organisation_id = :organisation and v.visit_id = :visit_id

-- query: find_brought
select b.job_id, b.reference, c.reference as job_reference, j.kind, s.to_state, j.opened_at, l.zone,
  (select coalesce(jsonb_agg(jsonb_build_object('id', v.visit_id, 'state', t.to_state, 'arrive', jsonb_build_object('from', t.starts_at, 'until', t.arrive_until), 'local_from', t.starts_wall,
     'expires_at', o.expires_at) order by t.starts_at, v.visit_id), '[]'::jsonb)
   from dispatch.visit v
   cross join lateral (select * from dispatch.visit_step t where t.organisation_id = v.organisation_id and t.visit_id = v.visit_id order by t.step desc limit 1) t
   left join lateral (select o.expires_at from dispatch.occupancy o where o.organisation_id = v.organisation_id and o.visit_id = v.visit_id and o.member = 1) o on true
   where v.organisation_id = :organisation and v.job_id = j.job_id and t.from_state || ' ' || t.to_state <> 'held cancelled')
from dispatch.brought b
join dispatch.job j on j.organisation_id = b.organisation_id and j.job_id = b.job_id
join authorisations.scope c on c.organisation_id = j.organisation_id and c.scope_id = j.scope_id
join customers.site l on l.organisation_id = j.organisation_id and l.customer_id = j.customer_id and l.site_id = j.site_id
cross join lateral (select s.to_state from dispatch.job_step s where s.organisation_id = j.organisation_id and s.job_id = j.job_id order by s.step desc limit 1) s
where b.organisation_id = :organisation and b.job_id = :job_id and b.partner_id = :partner_id

-- query: list_brought
select b.job_id, b.reference, c.reference as job_reference, j.kind, s.to_state, j.opened_at
from dispatch.brought b
join dispatch.job j on j.organisation_id = b.organisation_id and j.job_id = b.job_id
join authorisations.scope c on c.organisation_id = j.organisation_id and c.scope_id = j.scope_id
cross join lateral (select s.to_state from dispatch.job_step s where s.organisation_id = j.organisation_id and s.job_id = j.job_id order by s.step desc limit 1) s
where b.organisation_id = :organisation and b.partner_id = :partner_id and b.job_id > :after
  and (:state::text is null or s.to_state = :state) and (:reference::text is null or b.reference = :reference)
order by b.job_id limit :limit + 1

-- verb: tell_partner
-- The answer to what a partner did to a visit: what its customer is told, and no more.
with visit as (
  select v.visit_id, v.job_id, t.to_state, t.starts_at, t.arrive_until, t.starts_wall, t.zone, o.expires_at
  from dispatch.visit v
  join dispatch.brought b on b.organisation_id = v.organisation_id and b.job_id = v.job_id and b.partner_id = :partner_id::uuid
  cross join lateral (select * from dispatch.visit_step t where t.organisation_id = :organisation::uuid and t.visit_id = v.visit_id order by t.step desc limit 1) t
  left join lateral (select o.expires_at from dispatch.occupancy o where o.organisation_id = :organisation::uuid and o.visit_id = v.visit_id and o.member = 1) o on true
  where v.organisation_id = :organisation::uuid and v.visit_id = :visit_id::uuid),
happened as (select null::text as kind, null::uuid as customer_id, null::text as subject_kind, null::uuid as subject_id, null::jsonb as body from visit where false),
answer as (
  select :status::int as status, null::text as code, jsonb_build_object('id', visit_id, 'job_id', job_id, 'state', to_state, 'arrive', jsonb_build_object('from', starts_at, 'until', arrive_until),
    'local_from', to_char(starts_wall, 'YYYY-MM-DD"T"HH24:MI:SS'), 'zone', zone, 'expires_at', expires_at) as body from visit)

-- query: find_partners_start
-- The fact before which nothing of a partner's can have happened: that they were added.
select f.epoch, f.transaction_id::text::bigint, f.sequence from kit.fact f
where f.organisation_id = :organisation and f.subject_id = :partner_id order by f.epoch, f.transaction_id, f.sequence limit 1

-- query: follow_brought
-- What happened behind a cursor to what a partner brought. So many facts are looked through at most, whosever they are: the last of them comes too, and says how far that was.
with seen as (
  select f.epoch, f.transaction_id, f.sequence, f.kind, f.subject_kind, f.subject_id, f.occurred_at, row_number() over () as nth
  from (
    select f.* from kit.fact f
    where f.organisation_id = :organisation
      and (f.epoch, f.transaction_id, f.sequence) > (:epoch::int, :transaction_id::text::xid8, :sequence::bigint)
      and (f.epoch, f.transaction_id) < (kit.present_epoch(), pg_snapshot_xmin(pg_current_snapshot()))
    order by f.epoch, f.transaction_id, f.sequence limit :most::int) f),
theirs as (
  select s.nth, b.job_id, b.reference, v.visit_id
  from seen s
  left join lateral (select v.visit_id, v.job_id from dispatch.visit v where v.organisation_id = :organisation and s.subject_kind = 'visit' and v.visit_id = s.subject_id offset 0) v on true
  join lateral (
    select b.job_id, b.reference from dispatch.brought b
    where b.organisation_id = :organisation and b.job_id = case s.subject_kind when 'visit' then v.job_id else s.subject_id end and b.partner_id = :partner_id offset 0) b on true
  where s.kind = any (:kinds::text[])
  order by s.nth limit :limit::int + 1)
select s.epoch, s.transaction_id::text::bigint, s.sequence, s.nth, s.kind, t.job_id, t.reference, t.visit_id, s.occurred_at
from seen s left join theirs t on t.nth = s.nth
where t.nth is not null or s.nth = (select max(n.nth) from seen n)
order by s.nth
