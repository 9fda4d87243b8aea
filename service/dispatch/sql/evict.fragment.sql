-- Input `asked (starts_at, ends_at)`, `going` (a row when the place is taken), `hands (technician_id)`: whose time it is, `:visit_id`: not its own hold;
-- output `lapsed (visit_id, job_id, customer_id)`: expired holds that stood there, which go whole.
expired as (
  select distinct o.visit_id
  from asked a cross join going cross join hands h
  cross join lateral (
    select o.visit_id from dispatch.occupancy o
    where o.organisation_id = :organisation::uuid and o.technician_id = h.technician_id and o.kind = 'hold' and o.expires_at <= :at::timestamptz
      and o.starts_at < a.ends_at and o.ends_at > a.starts_at and o.visit_id is distinct from :visit_id::uuid offset 0) o),
-- include: dispatch/lapse
