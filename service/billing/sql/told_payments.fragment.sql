-- A payment as it is told, with its receipt, and what took it back or corrects it since.
told_payments as (
  select p.payment_id, p.customer_id, p.method, jsonb_build_object('amount', p.amount_minor, 'currency', p.currency), p.invoice_id, p.taken_by, p.visit_id,
         p.captured_at, p.recorded_at, r.receipt_number, p.corrects,
         exists (select from billing.payment_reversal v where v.organisation_id = :organisation and v.payment_id = p.payment_id offset 0) as reversed,
         (select c.payment_id from billing.payment c where c.organisation_id = :organisation and c.corrects = p.payment_id) as corrected_by
  from billing.payment p
  join billing.receipt r on r.organisation_id = p.organisation_id and r.payment_id = p.payment_id
  where p.organisation_id = :organisation)
