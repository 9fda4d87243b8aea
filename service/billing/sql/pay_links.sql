-- query: invoice_to_pay
-- What its customer is told before they pay. A try that the provider is still busy with, or a charge that runs by itself, is being collected: who pays now too pays twice.
select i.invoice_id, i.customer_id, coalesce(last.open_after, i.total_minor), coalesce(last.written_off_after, 0),
       coalesce((select sum(n.total_minor)::bigint from billing.credit_note n where n.organisation_id = i.organisation_id and n.invoice_id = i.invoice_id), 0),
       exists (select from billing.collection_attempt a where a.organisation_id = i.organisation_id and a.invoice_id = i.invoice_id
         and (a.state = 'processing' or a.way = 'saved' and a.state = 'begun') offset 0)
from billing.invoice i
left join lateral (
  select a.open_after, a.written_off_after from billing.allocation a where a.organisation_id = i.organisation_id and a.invoice_id = i.invoice_id order by a.step desc limit 1) last on true
where i.organisation_id = :organisation and i.invoice_id = :invoice_id
