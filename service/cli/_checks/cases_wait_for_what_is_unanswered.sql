-- A case waits for as many words as are in it and unanswered, and the list of open cases holds each that isn't settled, as it stands.
with last as (
  select distinct on (s.organisation_id, s.case_id) s.organisation_id, s.case_id, s.state, s.waiting, s.team, s.staff_id from care.case_step s order by s.organisation_id, s.case_id, s.step desc),
placed as (
  select distinct on (p.organisation_id, p.message_id) p.organisation_id, p.case_id, p.message_id from care.case_place p order by p.organisation_id, p.message_id, p.number desc),
unanswered as (
  select p.organisation_id, p.case_id, count(*) as messages from placed p
  join care.case_message m on m.organisation_id = p.organisation_id and m.message_id = p.message_id and m.awaits = 1
  where not exists (select from care.case_reply r where r.organisation_id = p.organisation_id and r.message_id = p.message_id) group by 1, 2)
select l.organisation_id, l.case_id, 'says that ' || l.waiting || ' words wait, and ' || coalesce(u.messages, 0) || ' do'
from last l left join unanswered u on u.organisation_id = l.organisation_id and u.case_id = l.case_id where l.waiting <> coalesce(u.messages, 0)
union all
select f.organisation_id, f.case_id, coalesce(l.state, 'without a step') || case when o.case_id is null then ', and not listed' else ', and listed otherwise' end
from care.case_file f
left join last l on l.organisation_id = f.organisation_id and l.case_id = f.case_id
left join care.open_case o on o.organisation_id = f.organisation_id and o.case_id = f.case_id
where l.state is null or (l.state = 'open') <> (o.case_id is not null) or (o.waiting, o.team, o.staff_id) is distinct from (l.waiting, l.team, l.staff_id) and l.state = 'open'
union all
select m.organisation_id, m.message_id, 'a word that is in no case'
from care.case_message m where not exists (select from care.case_place p where p.organisation_id = m.organisation_id and p.message_id = m.message_id)
order by 1, 2
