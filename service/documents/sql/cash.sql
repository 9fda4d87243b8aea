-- query: company_told
select
-- include: documents/company
, o.language, o.zone from identity.organisation o where o.organisation_id = :organisation

-- query: hand_over_told
-- With the receipts that the giver took since the hand-over before, and a fingerprint of what both have said.
with this as (
  select h.*, k.step, coalesce((
    select max(b.step) from billing.cash_hand_in p
    join billing.cash_custody b on b.organisation_id = p.organisation_id and b.holder = p.staff_id::text and b.currency = p.currency and b.strand = p.hand_in_id
    where p.organisation_id = :organisation and p.staff_id = h.staff_id and p.currency = h.currency and b.step < k.step), 0) as step_before
  from billing.cash_hand_in h
  join billing.cash_custody k on k.organisation_id = h.organisation_id and k.holder = h.staff_id::text and k.currency = h.currency and k.strand = h.hand_in_id and k.side = 'credit'
  where h.organisation_id = :organisation and h.hand_in_id = :hand_in_id)
select
-- include: documents/company
, o.language, o.zone, h.hand_in_id, h.staff_id, g.name, h.to_staff_id, r.name, h.handed_in_at, h.currency, h.counted_minor, h.pieces, a.accepted_by, b.name, a.accepted_at, a.accepted_minor,
       (select c.pieces from billing.cash_count c where c.organisation_id = :organisation and c.hand_in_id = h.hand_in_id and c.counted_by = a.accepted_by and c.number = a.count_number) as accepted_pieces,
       a.reason, a.note,
       coalesce((select jsonb_agg(c.counted_minor order by c.counted_at, c.counted_by, c.number) from billing.cash_count c where c.organisation_id = :organisation and c.hand_in_id = h.hand_in_id), '[]'),
       coalesce((
         select jsonb_agg(jsonb_build_array(n.receipt_number, p.amount_minor, p.captured_at) order by c.step)
         from billing.cash_custody c
         join billing.account_entry e on e.organisation_id = c.organisation_id and e.account_kind = 'cash_on_agent' and e.account_holder = c.holder and e.currency = c.currency
           and e.strand = c.strand and e.version = c.version
         join billing.payment p on p.organisation_id = e.organisation_id and p.payment_id = e.posting_id
         join billing.receipt n on n.organisation_id = p.organisation_id and n.payment_id = p.payment_id
         where c.organisation_id = :organisation and c.staff_id = h.staff_id and c.currency = h.currency and c.step > h.step_before and c.step < h.step and c.side = 'debit'
           and not exists (select from billing.payment_reversal v where v.organisation_id = p.organisation_id and v.payment_id = p.payment_id)), '[]'),
       encode(sha256(convert_to(concat_ws(' ', h.hand_in_id, h.staff_id, h.to_staff_id, h.counted_minor, h.currency, h.pieces, extract(epoch from h.handed_in_at), a.accepted_by, a.accepted_minor,
         a.reason, extract(epoch from a.accepted_at)), 'UTF8')), 'hex')
from this h
join identity.organisation o on o.organisation_id = :organisation
join identity.staff g on g.organisation_id = :organisation and g.staff_id = h.staff_id
left join identity.staff r on r.organisation_id = :organisation and r.staff_id = h.to_staff_id
left join billing.cash_acceptance a on a.organisation_id = :organisation and a.hand_in_id = h.hand_in_id
left join identity.staff b on b.organisation_id = :organisation and b.staff_id = a.accepted_by
