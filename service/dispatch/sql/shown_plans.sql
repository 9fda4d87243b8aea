-- query: plans_of_day
-- Plans that cover a day, of the last hundred, the latest first.
select p.plan_id, s.to_state
from (select * from dispatch.plan p where p.organisation_id = :organisation order by p.plan_id desc limit 100) p
cross join lateral (select s.to_state from dispatch.plan_step s where s.organisation_id = :organisation and s.plan_id = p.plan_id order by s.step desc limit 1) s
where p.from_at <= :from_at::timestamptz and p.until_at >= :until_at::timestamptz
order by p.plan_id desc

-- query: planned_jobs
select j.job_id, j.customer_id, c.name, j.kind, j.priority, p.zone, p.address
from unnest(:job_ids::uuid[]) w (job_id)
cross join lateral (select * from dispatch.job j where j.organisation_id = :organisation and j.job_id = w.job_id limit 1) j
cross join lateral (select c.name from customers.customer c where c.organisation_id = :organisation and c.customer_id = j.customer_id limit 1) c
cross join lateral (
  select p.zone, p.address from customers.site p where p.organisation_id = :organisation and p.customer_id = j.customer_id and p.site_id = j.site_id limit 1) p

-- query: plan_names
-- Of a plan's technicians the names; of those whose days it changes whether these stand as they were read, by what publishing would compare.
with looked_at as (
  select d.technician_id, p.from_at, p.until_at, f.read_at
  from dispatch.plan p
  join dispatch.plan_found f on f.organisation_id = :organisation and f.plan_id = p.plan_id
  cross join lateral (
    select t.technician_id from dispatch.plan_technician t where t.organisation_id = :organisation and t.plan_id = p.plan_id and t.changes offset 0) d
  where p.organisation_id = :organisation and p.plan_id = :plan_id),
-- include: dispatch/stands
select f.staff_id, f.name, coalesce(s.stood <> t.stood, false)
from unnest(:technician_ids::uuid[]) w (technician_id)
cross join lateral (select f.staff_id, f.name from identity.staff f where f.organisation_id = :organisation and f.staff_id = w.technician_id limit 1) f
left join stands s on s.technician_id = w.technician_id
left join lateral (
  select t.stood from dispatch.plan_technician t where t.organisation_id = :organisation and t.plan_id = :plan_id and t.technician_id = w.technician_id limit 1) t on true
