-- In: settled (invoice_id), :visit_id (the visit that took the money, or null), :organisation, :at, :actor. Out: withdrawn_visits.
withdrawn_visits as (
  select null::uuid as visit_id, null::uuid as job_id, null::uuid as customer_id where false)
