-- query: list_devices
select device_id, staff_id, name, registered_at, revoked_at from identity.device
where organisation_id = :organisation and (staff_id = :staff_id or :all_of_them::boolean) and device_id > :after
order by device_id limit :limit + 1

-- verb: revoke_device
with revoked as (
  update identity.device set revoked_at = coalesce(revoked_at, greatest(registered_at, :at::timestamptz))
   where organisation_id = :organisation and device_id = :device_id and (staff_id = :staff_id or :all_of_them::boolean)
  returning device_id, staff_id),
ended as (
  update identity.session e set ended_at = greatest(e.began_at, :at::timestamptz), end_reason = 'device_revoked' from revoked
   where e.organisation_id = :organisation and e.staff_id = revoked.staff_id and e.device_id = revoked.device_id and e.ended_at is null
  returning e.session_id),
happened as (
  select 'device_revoked' as kind, null::uuid as customer_id, 'device' as subject_kind, device_id as subject_id,
         jsonb_build_object('staff_id', staff_id, 'sessions_ended', (select count(*) from ended)) as body from revoked),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('id', device_id, 'sessions_ended', (select count(*) from ended)) as body from revoked)
