-- query: find_customers_by_quoted
-- What customers are told to quote: a job's or case's reference, and a receipt's number; and what their service is called.
select c.customer_id from authorisations.scope c where c.organisation_id = :organisation and c.reference = :quoted and :of_jobs::boolean
union
select p.customer_id from billing.receipt r
join billing.payment p on p.organisation_id = r.organisation_id and p.payment_id = r.payment_id
where r.organisation_id = :organisation and r.receipt_number = :quoted and :of_receipts::boolean
union
select f.customer_id from care.case_file f where f.organisation_id = :organisation and f.reference = :quoted
union
select c.customer_id from customers.customer c where c.organisation_id = :organisation and c.quote = :quoted
union
select s.customer_id from subscriptions.subscription s where s.organisation_id = :organisation and s.reference = :said and :of_services::boolean
