-- Input `asked (objection_id)`; output `objections`: each with what was said, where, by when it is answered, and how it was decided.
objections as (
  select o.objection_id, o.customer_id, o.invoice_id, i.series || '-' || i.number as invoice_number, o.line_number, l.description, o.number, o.reason,
    jsonb_build_object('amount', o.contested_minor, 'currency', o.currency) as contested, p.case_id, authorisations.reference('case', p.case_id) as reference, w.words, o.raised_by, o.raised_at, m.reply_due_at,
    d.outcome, a.words as answer, d.credit_note_id, (select n.series || '-' || n.number from billing.credit_note n where n.organisation_id = :organisation and n.credit_note_id = d.credit_note_id) as credit_note_number,
    case when d.credited_minor is not null then jsonb_build_object('amount', d.credited_minor, 'currency', o.currency) end as credited, d.refund_id,
    case when d.refunded_minor is not null then jsonb_build_object('amount', d.refunded_minor, 'currency', o.currency) end as refunded, d.decided_by, d.decided_at
  from asked
  join care.objection o on o.organisation_id = :organisation and o.objection_id = asked.objection_id
  join billing.invoice i on i.organisation_id = :organisation and i.invoice_id = o.invoice_id
  join billing.invoice_line l on l.organisation_id = :organisation and l.invoice_id = o.invoice_id and l.line_number = o.line_number
  join care.case_message m on m.organisation_id = :organisation and m.message_id = o.message_id
  cross join lateral (select p.case_id from care.case_place p where p.organisation_id = :organisation and p.message_id = o.message_id order by p.number desc limit 1) p
  left join care.message w on w.organisation_id = :organisation and w.message_id = o.message_id
  left join care.objection_decision d on d.organisation_id = :organisation and d.objection_id = o.objection_id
  left join care.message a on a.organisation_id = :organisation and a.message_id = d.answer_id)
