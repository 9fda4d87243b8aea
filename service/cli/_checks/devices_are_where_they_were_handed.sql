-- Devices that are here are listed as they stand, what was taken over was somebody's who had been made inactive, each hand-over shows as many photos as were signed, and what was signed is gone only where an erasure of that customer took it.
with last as (
  select distinct on (b.organisation_id, b.custody_id) b.organisation_id, b.custody_id, b.to_state from care.bench_step b order by b.organisation_id, b.custody_id, b.step desc),
erased as (select e.organisation_id, e.customer_id from evidence.erasure e group by 1, 2)
select c.organisation_id, c.custody_id, coalesce(l.to_state, 'without a step') || case when o.custody_id is null then ', and not listed' else ', and listed otherwise' end as detail
from care.custody c
left join last l on l.organisation_id = c.organisation_id and l.custody_id = c.custody_id
left join care.open_custody o on o.organisation_id = c.organisation_id and o.custody_id = c.custody_id
where l.to_state is null or (l.to_state not in ('handed_back', 'scrapped')) <> (o.custody_id is not null) or o.state <> l.to_state
union all
select h.organisation_id, h.hand_over_id, 'shows fewer photos than were signed'
from care.hand_over h
where h.photos <> (select count(*) from care.hand_over_photo f where f.organisation_id = h.organisation_id and f.hand_over_id = h.hand_over_id)
union all
select h.organisation_id, h.hand_over_id, 'what was signed is gone, and no erasure took it'
from care.hand_over h
left join erased e on e.organisation_id = h.organisation_id and e.customer_id = h.customer_id
where e.customer_id is null and (
  not exists (select from care.hand_over_text t where t.organisation_id = h.organisation_id and t.hand_over_id = h.hand_over_id)
  or h.signature_hash is not null and not exists (select from care.hand_over_signature g where g.organisation_id = h.organisation_id and g.hand_over_id = h.hand_over_id)
  or h.staff_signature_hash is not null and not exists (
    select from care.hand_over_signature g where g.organisation_id = h.organisation_id and g.hand_over_id = h.hand_over_id and g.staff_strokes_hash is not null))
union all
select l.organisation_id, l.loan_id, 'what was signed of a loan is gone, and no erasure took it'
from care.loan_step l
left join erased e on e.organisation_id = l.organisation_id and e.customer_id = l.customer_id
where l.kind <> 'retired' and e.customer_id is null and not exists (select from care.loan_paper p where p.organisation_id = l.organisation_id and p.loan_id = l.loan_id and p.kind = l.kind)
union all
select l.organisation_id, l.loan_id, 'a loan shows fewer photos than were signed'
from care.loan_step l
where l.photos <> (select count(*) from care.loan_photo f where f.organisation_id = l.organisation_id and f.loan_id = l.loan_id and f.kind = l.kind)
union all
select h.organisation_id, h.hand_over_id, 'taken over from somebody who never was made inactive'
from care.hand_over h
where h.taken_because is not null and not exists (
  select from kit.fact f where f.organisation_id = h.organisation_id and f.kind = 'staff_changed' and f.subject_id = h.from_id and f.body ->> 'active' = 'false')
order by 1, 2
