-- What a customer objects to holds its dunning and its case open until it is decided, and nothing else does so; what was credited for it is its line's.
with place as (
  select distinct on (p.organisation_id, p.message_id) p.organisation_id, p.message_id, p.case_id from care.case_place p order by p.organisation_id, p.message_id, p.number desc),
undecided as (
  select o.organisation_id, o.objection_id, o.message_id from care.objection o
  where not exists (select from care.objection_decision d where d.organisation_id = o.organisation_id and d.objection_id = o.objection_id))
select u.organisation_id, 'objection ' || u.objection_id, 'it isn''t decided, and dunning was let go'
from undecided u where exists (select from billing.dunning_hold_release r where r.organisation_id = u.organisation_id and r.hold_id = u.objection_id)
union all
select u.organisation_id, 'objection ' || u.objection_id, 'it isn''t decided, and no open case has it'
from undecided u left join place p using (organisation_id, message_id)
where not exists (select from care.open_case n where n.organisation_id = u.organisation_id and n.case_id = p.case_id)
union all
select h.organisation_id, 'hold ' || h.hold_id, 'it holds what nobody objects to'
from billing.dunning_hold h left join care.objection o on o.organisation_id = h.organisation_id and o.objection_id = h.hold_id
where h.contested_minor is not null and o.objection_id is null
union all
select d.organisation_id, 'objection ' || d.objection_id, 'its credit note gives back other lines too'
from care.objection_decision d
join billing.credit_line c on c.organisation_id = d.organisation_id and c.credit_note_id = d.credit_note_id and (c.invoice_id, c.line_number) <> (d.invoice_id, d.line_number)
order by 1, 2
