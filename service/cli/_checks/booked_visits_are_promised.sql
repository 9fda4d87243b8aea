-- Every visit that was booked promised its window, and every promise to arrive is about a visit.
with head as (
  select distinct on (organisation_id, visit_id) organisation_id, visit_id, to_state, arrive_until
  from dispatch.visit_step order by organisation_id, visit_id, step desc)
select h.organisation_id, h.visit_id, h.to_state || ' without a promise until ' || h.arrive_until
from head h
where h.to_state in ('booked', 'dispatched', 'accepted', 'en_route')
  and not exists (
    select from promises.promise p
    where p.organisation_id = h.organisation_id and p.subject_id = h.visit_id and p.kind = 'arrive' and p.due_at = h.arrive_until
      and not exists (select from promises.ending e where e.organisation_id = p.organisation_id and e.promise_id = p.promise_id))
union all
select p.organisation_id, p.promise_id, 'a promise to arrive about no visit'
from promises.promise p
where p.kind = 'arrive' and not exists (select from dispatch.visit v where v.organisation_id = p.organisation_id and v.visit_id = p.subject_id)
order by 1, 2
