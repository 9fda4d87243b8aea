-- verb: make_api_key
-- A key that a key makes is answered for by whoever answers for the first: when they leave, all of theirs end (identity.require_live).
with answerable as (
  select coalesce((select k.made_by from identity.api_key k where k.organisation_id = :organisation and :actor::text = 'api_key:' || k.api_key_id), :actor::text) as made_by),
made as (
  insert into identity.api_key (organisation_id, api_key_id, name, scopes, made_by, made_at, expires_at, partner_id)
  select :organisation, :api_key_id, :name, :scopes::text[], made_by, :at, :expires_at, :partner_id::uuid from answerable
  on conflict on constraint one_api_key_an_id do nothing
  returning api_key_id),
hashed as (
  insert into identity.api_key_hash (token_hash, organisation_id, api_key_id) select :token_hash::bytea, :organisation, api_key_id from made),
happened as (
  select 'api_key_made' as kind, null::uuid as customer_id, 'api_key' as subject_kind, api_key_id as subject_id,
         jsonb_strip_nulls(jsonb_build_object('scopes', to_jsonb(:scopes::text[]), 'partner_id', :partner_id::uuid)) as body from made),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', api_key_id) as body from made
  union all
  select 409, 'ID_TAKEN', '{}'::jsonb where not exists (select from made))

-- verb: revoke_api_key
with revoked as (
  update identity.api_key set revoked_at = coalesce(revoked_at, greatest(made_at, :at::timestamptz))
   where organisation_id = :organisation and api_key_id = :api_key_id
  returning api_key_id),
happened as (
  select 'api_key_revoked' as kind, null::uuid as customer_id, 'api_key' as subject_kind, api_key_id as subject_id, '{}'::jsonb as body from revoked),
answer as (select 200 as status, null::text as code, jsonb_build_object('id', api_key_id) as body from revoked)

-- query: find_api_key
select api_key_id, name, scopes, made_by, made_at, expires_at, revoked_at, partner_id from identity.api_key
where organisation_id = :organisation and api_key_id = :api_key_id

-- query: list_api_keys
select api_key_id, name, scopes, made_by, made_at, expires_at, revoked_at, partner_id from identity.api_key
where organisation_id = :organisation and api_key_id > :after order by api_key_id limit :limit + 1

-- query: find_api_key_by_hash
select api_key_id, organisation_id, scopes, expires_at, revoked_at, partner_id from identity.api_key_by_hash(:token_hash)

-- query: find_link_by_hash
select link_id, organisation_id, purpose, customer_id, subject_id, expires_at, revoked_at from identity.link_by_hash(:token_hash)
