-- verb: note_refused_cash
-- Told again it is the same entry, with the first reason; what was recorded or settled meanwhile isn't noted.
with told as (
  select :entry_id::uuid as entry_id
  where not exists (select from billing.refused_cash r where r.organisation_id = :organisation::uuid and r.entry_id = :entry_id::uuid offset 0)
    and not exists (select from billing.payment p where p.organisation_id = :organisation::uuid and p.payment_id = :entry_id::uuid offset 0)),
noted as (
  insert into billing.refused_cash (organisation_id, entry_id, staff_id, code, invoice_id, visit_id, amount_minor, currency, captured_at, receipt_number, told_at)
  select :organisation::uuid, entry_id, :staff_id::uuid, :code::text, :invoice_id::uuid, :visit_id::uuid, :amount_minor::bigint, :currency::text, :captured_at::timestamptz,
    :receipt_number::text, :at::timestamptz
  from told
  returning entry_id, staff_id, code, amount_minor, currency),
happened as (
  select 'cash_refused' as kind, null::uuid as customer_id, 'payment' as subject_kind, entry_id as subject_id,
    jsonb_build_object('staff_id', staff_id, 'code', code, 'amount_minor', amount_minor, 'currency', currency) as body
  from noted),
answer as (select 200 as status, null::text as code, jsonb_build_object('id', :entry_id::uuid) as body)

-- query: list_refused_cash
-- Settled is what the office settled, and what the phone could tell after all.
select r.entry_id, r.staff_id, s.name, r.code, r.invoice_id, i.series || '-' || i.number, c.name, r.visit_id, jsonb_build_object('amount', r.amount_minor, 'currency', r.currency),
  r.captured_at, r.receipt_number, r.told_at, coalesce(t.payment_id, p.payment_id), t.note, t.settled_by, t.settled_at
from billing.refused_cash r
join identity.staff s on s.organisation_id = r.organisation_id and s.staff_id = r.staff_id
left join billing.invoice i on i.organisation_id = r.organisation_id and i.invoice_id = r.invoice_id
left join customers.customer c on c.organisation_id = i.organisation_id and c.customer_id = i.customer_id
left join billing.refused_cash_settlement t on t.organisation_id = r.organisation_id and t.entry_id = r.entry_id
left join billing.payment p on p.organisation_id = r.organisation_id and p.payment_id = r.entry_id
where r.organisation_id = :organisation and r.entry_id > :after and (:entry_id::uuid is null or r.entry_id = :entry_id)
  and (:settled::boolean is null or :settled = (t.entry_id is not null or p.payment_id is not null))
order by r.entry_id limit :limit + 1

-- query: refused_cash_settled
-- What the office made of an entry; none while it made nothing of it.
select t.payment_id, t.note from billing.refused_cash_settlement t where t.organisation_id = :organisation and t.entry_id = :entry_id

-- verb: settle_refused_cash
-- After the payment, where one is recorded, in the same transaction; under the lock of whoever holds the cash.
with settled as (
  insert into billing.refused_cash_settlement (organisation_id, entry_id, staff_id, payment_id, note, settled_by, settled_at)
  select :organisation::uuid, r.entry_id, r.staff_id, case when :note::text is null then r.entry_id end, :note::text, :actor::text, :at::timestamptz
  from billing.refused_cash r where r.organisation_id = :organisation::uuid and r.entry_id = :entry_id::uuid
  returning entry_id, staff_id, payment_id, note),
happened as (
  select 'refused_cash_settled' as kind, null::uuid as customer_id, 'payment' as subject_kind, entry_id as subject_id,
    jsonb_build_object('staff_id', staff_id, 'payment_id', payment_id) as body
  from settled),
answer as (select 201 as status, null::text as code, jsonb_build_object('id', entry_id, 'payment_id', payment_id) as body from settled)
