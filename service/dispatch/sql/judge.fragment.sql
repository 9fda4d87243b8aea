-- Input `asked (job_id, customer_id, site_id, kind, state, skills, crew_size, minutes, latitude_e7, longitude_e7, zone, starts_at, ends_at, arrive_until, starts_wall, visit_id)`,
-- `:technician_id`: who leads, `hands (technician_id)`: all who would go; output `judged (code)`: why they can't be placed there, or null.
judged as (
  select coalesce(
-- include: dispatch/why_not
    ,
-- include: dispatch/why_not_all
  ) as code
  from asked a left join dispatch.technician t on t.organisation_id = :organisation::uuid and t.technician_id = :technician_id::uuid)
