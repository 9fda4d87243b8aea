-- Input `care_given (case_id, team, staff_id)`: what waits in a case is that person's from now on, or one of the team's (whoever says so, where it is theirs too); where it is nobody's it stays where it is.
care_taken as (
  select g.case_id, t.staff_id from care_given g cross join lateral (
    select s.staff_id from identity.staff s where s.organisation_id = :organisation::uuid and s.active and (s.staff_id = g.staff_id or g.staff_id is null and g.team = any (s.roles))
    order by 'staff:' || s.staff_id = :actor::text desc, s.staff_id limit 1) t),
promise_handed as (
  select p.message_id as subject_id, 'reply' as kind, t.staff_id from care_taken t
  cross join lateral (
    select p.message_id from care.case_place p where p.organisation_id = :organisation::uuid and p.case_id = t.case_id
      and not exists (select from care.case_place n where n.organisation_id = :organisation::uuid and n.message_id = p.message_id and n.number = p.number + 1 offset 0) offset 0) p),
-- include: promises/hand
