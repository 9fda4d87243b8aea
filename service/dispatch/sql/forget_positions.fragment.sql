-- Input `unseen (customer_id)`: customers at whose door nobody is to have been seen any more; what was measured on the way to them goes.
positions_unseen as (
  delete from dispatch.position p using unseen u join dispatch.job j on j.organisation_id = :organisation::uuid and j.customer_id = u.customer_id
    join dispatch.visit v on v.organisation_id = :organisation::uuid and v.job_id = j.job_id
  where p.organisation_id = :organisation::uuid and p.visit_id = v.visit_id)
