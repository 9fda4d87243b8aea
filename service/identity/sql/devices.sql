-- query: list_devices
select device_id, staff_id, name, registered_at, revoked_at from identity.device
where organisation_id = :organisation and (staff_id = :staff_id or :all_of_them::boolean) and device_id > :after
order by device_id limit :limit + 1

-- verb: revoke_device
-- With it ends every session that was ever on it, whatever else the phone was called since.
with revoked as (
  update identity.device set revoked_at = coalesce(revoked_at, greatest(registered_at, :at::timestamptz))
   where organisation_id = :organisation and device_id = :device_id and (staff_id = :staff_id or :all_of_them::boolean)
  returning device_id, staff_id),
ended as (
  update identity.session e set ended_at = greatest(e.began_at, :at::timestamptz), end_reason = 'device_revoked' from revoked
   where e.organisation_id = :organisation and e.staff_id = revoked.staff_id and e.ended_at is null
     and exists (select from identity.session_device d
       where d.organisation_id = :organisation and d.session_id = e.session_id and d.device_id = revoked.device_id offset 0)
  returning e.session_id),
happened as (
  select 'device_revoked' as kind, null::uuid as customer_id, 'device' as subject_kind, device_id as subject_id,
         jsonb_build_object('staff_id', staff_id, 'sessions_ended', (select count(*) from ended)) as body from revoked),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('id', device_id, 'sessions_ended', (select count(*) from ended)) as body from revoked)

-- verb: register_device
-- A phone that the session asking is on: shutting it out ends the session with it.
with known as (
  select device_id, staff_id = :staff_id::uuid and revoked_at is null as usable from identity.device
  where organisation_id = :organisation and device_id = :device_id::uuid),
mine as (
  select session_id from identity.session
  where organisation_id = :organisation and session_id = :session_id::uuid and staff_id = :staff_id::uuid and ended_at is null),
made as (
  insert into identity.device (organisation_id, device_id, staff_id, name, registered_at)
  select :organisation, :device_id::uuid, :staff_id::uuid, :device_name::text, :at from mine where not exists (select from known)
  returning device_id),
told as (
  insert into identity.session_device (organisation_id, session_id, device_id, staff_id)
  select :organisation, session_id, :device_id::uuid, :staff_id::uuid from mine where not exists (select from known where not usable)
  on conflict on constraint session_on_a_device_once do nothing),
happened as (
  select 'device_registered' as kind, null::uuid as customer_id, 'device' as subject_kind, device_id as subject_id, jsonb_build_object('staff_id', :staff_id::uuid) as body from made),
answer as (
  select case when exists (select from known where not usable) then 409 else 200 end as status,
         case when exists (select from known where not usable) then 'DEVICE_REVOKED' end as code,
         case when exists (select from known where not usable) then '{}'::jsonb else jsonb_build_object('id', :device_id::uuid) end as body
  from mine)
