made_link as (
  insert into identity.link (organisation_id, link_id, purpose, customer_id, subject_id, made_by, made_at, expires_at)
  select :organisation, link_id, purpose, customer_id, subject_id, :actor::text, :at::timestamptz, expires_at from linked
  returning link_id, customer_id, subject_id, expires_at),
made_link_hash as (
  insert into identity.link_hash (token_hash, organisation_id, link_id) select token_hash, :organisation, link_id from linked)
