-- query: objected_line
-- A line as it stands for whoever objects to it: what is left of it with its tax, how often it was objected to, and which case goes on with what was said of its invoice.
select i.customer_id, i.currency, l.item_id, l.ticks, l.net_minor, l.scope_id, kit.rounded((l.net_minor - coalesce(c.net_after, 0))::numeric
    * (l.tax_denominator + case i.tax_basis when 'excl' then l.tax_numerator else 0 end), l.tax_denominator) as rest_minor, coalesce(o.number, 0), o.number is not null and not o.decided,
  (select p.case_id from care.objection b
   cross join lateral (select p.case_id from care.case_place p where p.organisation_id = :organisation and p.message_id = b.message_id order by p.number desc limit 1) p
   join care.open_case n on n.organisation_id = :organisation and n.case_id = p.case_id
   where b.organisation_id = :organisation and b.invoice_id = i.invoice_id order by b.objection_id desc limit 1)
from billing.invoice i
join billing.invoice_line l on l.organisation_id = :organisation and l.invoice_id = i.invoice_id and l.line_number = :line_number
left join lateral (
  select c.net_after from billing.credit_line c
  where c.organisation_id = :organisation and c.invoice_id = i.invoice_id and c.line_number = l.line_number order by c.step desc limit 1) c on true
left join lateral (
  select b.number, exists (select from care.objection_decision d where d.organisation_id = :organisation and d.objection_id = b.objection_id) as decided from care.objection b
  where b.organisation_id = :organisation and b.invoice_id = i.invoice_id and b.line_number = l.line_number order by b.number desc limit 1) o on true
where i.organisation_id = :organisation and i.invoice_id = :invoice_id

-- verb: raise_objection
-- Said already, and its dunning held: in the same transaction, by the verbs of cases and of dunning.
with raised as (
  insert into care.objection (organisation_id, objection_id, customer_id, invoice_id, line_number, number, item_id, line_ticks, line_net, scope_id, currency, reason, contested_minor, message_id,
    raised_by, raised_at)
  values (:organisation, :objection_id::uuid, :customer_id::uuid, :invoice_id::uuid, :line_number::int, :number::int, :item_id::uuid, :line_ticks::bigint, :line_net::bigint, :scope_id::uuid,
    :currency::text, :reason::text, :contested_minor::bigint, :objection_id::uuid, :actor, :at)
  returning objection_id, customer_id, invoice_id, line_number, reason, contested_minor, currency),
happened as (
  select 'invoice_line_objected' as kind, customer_id, 'objection' as subject_kind, objection_id as subject_id, jsonb_build_object('invoice_id', invoice_id, 'line_number', line_number,
    'reason', reason, 'contested_minor', contested_minor, 'currency', currency, 'case_id', :case_id::uuid) as body from raised),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', objection_id, 'case_id', :case_id::uuid, 'reference', authorisations.reference('case', :case_id::uuid),
    'reply_due_at', :reply_due_at::timestamptz, 'contested', jsonb_build_object('amount', contested_minor, 'currency', currency)) as body from raised)

-- verb: decide_objection
-- Said, credited and refunded already, and its dunning let go: in the same transaction, by the verbs of each.
with decided as (
  insert into care.objection_decision (organisation_id, objection_id, customer_id, invoice_id, line_number, number, currency, outcome, answer_id, credit_note_id, credited_net, credited_minor,
    refund_id, refunded_minor, decided_by, decided_at)
  select :organisation, o.objection_id, o.customer_id, o.invoice_id, o.line_number, o.number, o.currency, :outcome::text, :answer_id::uuid, :credit_note_id::uuid,
    (select c.net_minor from billing.credit_line c
     where c.organisation_id = :organisation and c.invoice_id = o.invoice_id and c.line_number = o.line_number and c.credit_note_id = :credit_note_id::uuid),
    :credited_minor::bigint, :refund_id::uuid, :refunded_minor::bigint, :actor, :at
  from care.objection o where o.organisation_id = :organisation and o.objection_id = :objection_id::uuid
  returning objection_id, customer_id, outcome, credit_note_id, credited_minor, refund_id, refunded_minor, currency),
happened as (
  select 'objection_decided' as kind, customer_id, 'objection' as subject_kind, objection_id as subject_id, jsonb_strip_nulls(jsonb_build_object('outcome', outcome,
    'credit_note_id', credit_note_id, 'credited_minor', credited_minor, 'refund_id', refund_id, 'refunded_minor', refunded_minor, 'currency', currency)) as body from decided),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', objection_id, 'outcome', outcome, 'credit_note_id', credit_note_id, 'credited_minor', coalesce(credited_minor, 0),
    'refund_id', refund_id, 'refunded_minor', coalesce(refunded_minor, 0)) as body from decided)

-- query: find_objection
with asked as (select :objection_id::uuid as objection_id),
-- include: care/objections
select o.* from objections o

-- query: list_objections
-- All of them, the latest first.
with asked as (
  select objection_id from care.objection where organisation_id = :organisation and objection_id < :before order by objection_id desc limit :limit + 1),
-- include: care/objections
select o.* from objections o order by o.objection_id desc

-- query: list_objections_of_invoice
-- Line by line.
with asked as (
  select objection_id from care.objection where organisation_id = :organisation and invoice_id = :invoice_id and (line_number, number) > (:after_line::int, :after_number::int)
  order by line_number, number limit :limit + 1),
-- include: care/objections
select o.* from objections o order by o.line_number, o.number

-- query: list_objections_of_case
-- What is objected to in a case, wherever its words were before.
with asked as (
  select o.objection_id from care.case_place p
  join care.objection o on o.organisation_id = :organisation and o.message_id = p.message_id
  where p.organisation_id = :organisation and p.case_id = :case_id),
-- include: care/objections
select o.* from objections o where o.case_id = :case_id order by o.objection_id

-- query: lines_evidence
-- What lines stand on: what was shown of its item, what was said to it, what was done, how it was judged as it was posted, and what was credited of it.
select l.line_number, l.description, authorisations.quantity(l.quantity_numerator, l.quantity_denominator), l.unit, l.net_minor, i.currency, i.series || '-' || i.number, i.issued_on,
  (select coalesce(jsonb_agg(jsonb_build_object('shown_at', p.presented_at, 'channel', p.channel, 'offer_hash', encode(p.offer_hash, 'hex')) order by p.presented_at, p.presentation_id), '[]'::jsonb)
   from authorisations.offer_item t
   join authorisations.presentation p on p.organisation_id = t.organisation_id and p.offer_id = t.offer_id and p.revision = t.revision
   where t.organisation_id = :organisation and t.item_id = l.item_id),
  (select coalesce(jsonb_agg(jsonb_build_object('authorisation_id', a.authorisation_id, 'said_at', a.consented_at, 'recorded_at', a.recorded_at, 'channel', a.channel, 'kind', a.kind,
      'verdict', v.verdict, 'in_force', a.active, 'entry_hash', encode(a.entry_hash, 'hex')) order by a.seq), '[]'::jsonb)
   from authorisations.authorisation_item v
   join authorisations.authorisation a on a.organisation_id = v.organisation_id and a.authorisation_id = v.authorisation_id
   where v.organisation_id = :organisation and v.item_id = l.item_id),
  (select coalesce(jsonb_agg(jsonb_build_object('work_record_id', w.work_record_id, 'quantity', authorisations.quantity(w.ticks, w.denominator), 'started_at', w.started_at, 'ended_at', w.ended_at,
      'finding', w.finding) order by w.recorded_at, w.work_record_id), '[]'::jsonb)
   from authorisations.work_record w where w.organisation_id = :organisation and w.scope_id = l.scope_id and w.item_id = l.item_id),
  (select jsonb_build_object('results', j.results, 'policy', j.policy_name, 'policy_version', j.policy_version, 'asked', authorisations.quantity(j.asked_ticks, j.denominator),
      'authorised', authorisations.quantity(j.granted_ticks, j.denominator), 'performed', authorisations.quantity(j.performed_ticks, j.denominator),
      'billed_before', authorisations.quantity(j.billed_ticks, j.denominator))
   from billing.judgement j where j.organisation_id = :organisation and j.attempt_id = l.attempt_id and j.line_number = l.line_number),
  coalesce((select c.net_after from billing.credit_line c
   where c.organisation_id = :organisation and c.invoice_id = l.invoice_id and c.line_number = l.line_number order by c.step desc limit 1), 0)
from rows from (unnest(:invoice_ids::uuid[]), unnest(:line_numbers::int[])) with ordinality as asked (invoice_id, line_number, place)
join billing.invoice_line l on l.organisation_id = :organisation and l.invoice_id = asked.invoice_id and l.line_number = asked.line_number
join billing.invoice i on i.organisation_id = :organisation and i.invoice_id = l.invoice_id
order by asked.place

-- query: credited_thus
-- Whether a note gives back of its line what this decision says: that quantity, and so much money where it names any.
select c.ticks::numeric * l.quantity_numerator * :denominator::bigint = l.ticks::numeric * l.quantity_denominator * :numerator::bigint and c.net_minor = coalesce(:amount::bigint, c.net_minor)
from billing.credit_line c
join billing.invoice_line l on l.organisation_id = c.organisation_id and l.invoice_id = c.invoice_id and l.line_number = c.line_number
where c.organisation_id = :organisation and c.credit_note_id = :credit_note_id and c.invoice_id = :invoice_id and c.line_number = :line_number

-- query: paid_back_at_most
-- What of a credit note the invoice's open part didn't take: the customer's credit by it.
select (c.total_minor - coalesce((
    select sum(a.amount_minor) from billing.allocation a where a.organisation_id = :organisation and a.posting_id = c.credit_note_id), 0))::bigint
from billing.credit_note c where c.organisation_id = :organisation and c.credit_note_id = :credit_note_id
