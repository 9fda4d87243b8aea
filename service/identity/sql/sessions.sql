-- query: find_sign_ins
select organisation_id, staff_id from identity.sign_in_address
where address_hash = :address_hash and (:only::uuid is null or organisation_id = :only) order by organisation_id limit 3

-- query: find_credentials
select staff_id, password_hash, active from identity.staff where organisation_id = :organisation and staff_id = :staff_id

-- verb: begin_session
with member as (
  select staff_id, roles from identity.staff
  where organisation_id = :organisation and staff_id = :staff_id and active and password_hash = :password_hash),
known_device as (
  select device_id, staff_id = :staff_id and revoked_at is null as usable from identity.device
  where organisation_id = :organisation and device_id = :device_id::uuid),
device as (
  insert into identity.device (organisation_id, device_id, staff_id, name, registered_at)
  select :organisation, :device_id::uuid, staff_id, :device_name::text, :at from member
  where :device_id::uuid is not null and not exists (select from known_device)
  returning device_id),
begun as (
  insert into identity.session (organisation_id, session_id, staff_id, began_at)
  select :organisation, :session_id::uuid, staff_id, :at from member
  where not exists (select from known_device where not usable)
  returning session_id, staff_id, generation),
told as (
  insert into identity.session_device (organisation_id, session_id, device_id, staff_id)
  select :organisation, session_id, :device_id::uuid, staff_id from begun where :device_id::uuid is not null),
happened as (
  select 'signed_in' as kind, null::uuid as customer_id, 'staff' as subject_kind, staff_id as subject_id,
         jsonb_build_object('session_id', session_id, 'device_id', :device_id::uuid) as body from begun
  union all
  select 'device_registered', null, 'device', device_id, jsonb_build_object('staff_id', :staff_id::uuid) from device),
answer as (
  select 200 as status, null::text as code,
         jsonb_build_object('session_id', session_id, 'staff_id', begun.staff_id, 'roles', to_jsonb(roles), 'generation', generation,
                            'issued_at', :at::timestamptz) as body
  from begun join member on true
  union all
  select case when exists (select from member) then 409 else 401 end,
         case when exists (select from member) then 'DEVICE_REVOKED' else 'SIGN_IN_REFUSED' end, '{}'::jsonb
  where not exists (select from begun))

-- verb: refresh_session
-- One UPDATE decides, so that of two refreshes with one token the second sees the first: it ends the family.
with known as (
  select session_id, ended_at is not null as ended, s.active
  from identity.session join identity.staff s using (organisation_id, staff_id)
  where organisation_id = :organisation and session_id = :session_id and staff_id = :staff_id),
moved as (
  update identity.session e
     set ended_at = case when e.generation <> :generation then greatest(e.began_at, :at::timestamptz) end,
         end_reason = case when e.generation <> :generation then 'refresh_reused' end,
         generation = case when e.generation = :generation then e.generation + 1 else e.generation end,
         refreshed_at = case when e.generation = :generation then :at::timestamptz else e.refreshed_at end
    from known
   where e.organisation_id = :organisation and e.session_id = known.session_id and e.ended_at is null and known.active
     and e.began_at > :at::timestamptz - interval '30 days'
  returning e.session_id, e.staff_id, e.generation, e.ended_at),
happened as (
  select 'refresh_token_reused' as kind, null::uuid as customer_id, 'staff' as subject_kind, staff_id as subject_id,
         jsonb_build_object('session_id', session_id) as body from moved where ended_at is not null),
answer as (
  select 200 as status, null::text as code,
         jsonb_build_object('session_id', moved.session_id, 'staff_id', moved.staff_id, 'roles', to_jsonb(s.roles), 'generation', moved.generation,
                            'issued_at', :at::timestamptz) as body
  from moved join identity.staff s on s.organisation_id = :organisation and s.staff_id = moved.staff_id where moved.ended_at is null
  union all
  select 401, 'REFRESH_REFUSED', '{}'::jsonb where not exists (select from moved where ended_at is null))

-- verb: end_session
with ended as (
  update identity.session set ended_at = greatest(began_at, :at::timestamptz), end_reason = 'signed_out'
   where organisation_id = :organisation and session_id = :session_id and ended_at is null
  returning session_id, staff_id),
happened as (
  select 'signed_out' as kind, null::uuid as customer_id, 'staff' as subject_kind, staff_id as subject_id,
         jsonb_build_object('session_id', session_id) as body from ended),
answer as (select 200 as status, null::text as code, jsonb_build_object('session_id', session_id) as body from ended)
