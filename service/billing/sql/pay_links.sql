-- query: invoice_to_pay
-- What its customer is told before they pay. A try that the provider is still busy with, or a charge that runs by itself, is being collected: who pays now too pays twice.
select i.invoice_id, i.customer_id, coalesce(last.open_after, i.total_minor), least(billing.contested_minor(i.organisation_id, i.customer_id, i.invoice_id), coalesce(last.open_after, i.total_minor)), coalesce(last.written_off_after, 0),
       coalesce((select sum(n.total_minor)::bigint from billing.credit_note n where n.organisation_id = i.organisation_id and n.invoice_id = i.invoice_id), 0),
       exists (select from billing.collection_attempt a where a.organisation_id = i.organisation_id and a.invoice_id = i.invoice_id
         and (a.state = 'processing' or a.way = 'saved' and a.state = 'begun') offset 0)
from billing.invoice i
left join lateral (
  select a.open_after, a.written_off_after from billing.allocation a where a.organisation_id = i.organisation_id and a.invoice_id = i.invoice_id order by a.step desc limit 1) last on true
where i.organisation_id = :organisation and i.invoice_id = :invoice_id

-- query: claim_to_pay
-- What is owed by no invoice, and of which payment.
select c.claim_id, c.customer_id, r.receipt_number, p.captured_at, jsonb_build_object('amount', p.amount_minor, 'currency', p.currency), coalesce(last.open_after, c.amount_minor),
       c.currency, c.recorded_at, c.dispute_id is not null, exists (
         select from billing.collection_attempt a where a.organisation_id = c.organisation_id and a.claim_id = c.claim_id and a.state = 'processing' offset 0)
from billing.claim c
join billing.payment p on p.organisation_id = c.organisation_id and p.payment_id = c.payment_id
join billing.receipt r on r.organisation_id = c.organisation_id and r.payment_id = c.payment_id
left join lateral (
  select s.open_after from billing.claim_step s where s.organisation_id = c.organisation_id and s.claim_id = c.claim_id order by s.step desc limit 1) last on true
where c.organisation_id = :organisation and c.claim_id = :claim_id
