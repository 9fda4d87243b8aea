-- verb: invite_staff
with invited as (
  insert into identity.staff (organisation_id, staff_id, name, email, roles, created_at)
  values (:organisation, :staff_id, :name, :email, :roles::text[], :at)
  on conflict on constraint one_staff_an_id do nothing
  returning staff_id, version),
existing as (
  select staff_id, version, (name, email, roles) is not distinct from (:name, :email, :roles::text[]) as same
  from identity.staff where organisation_id = :organisation and staff_id = :staff_id),
link as (
  insert into identity.mail_link (organisation_id, mail_link_id, staff_id, purpose, made_at, expires_at)
  select :organisation, :mail_link_id::uuid, staff_id, 'invitation', :at, :expires_at::timestamptz from invited
  returning mail_link_id, staff_id, expires_at),
happened as (
  select 'staff_invited' as kind, null::uuid as customer_id, 'staff' as subject_kind, staff_id as subject_id,
         jsonb_build_object('roles', to_jsonb(:roles::text[])) as body from invited),
wanted as (
  select mail_link_id as task_id, 'send_invitation' as kind, staff_id as subject_id, :at::timestamptz as due_at,
         jsonb_build_object('staff_id', staff_id, 'mail_link_id', mail_link_id) as body from link),
answer as (
  select 201 as status, null::text as code,
         jsonb_build_object('id', staff_id, 'version', version, 'expires_at', :expires_at::timestamptz) as body from invited
  union all
  select case when same then 200 else 409 end, case when same then null else 'ID_TAKEN' end,
         case when same then jsonb_build_object('id', staff_id, 'version', version, 'expires_at', :expires_at::timestamptz) else '{}'::jsonb end
  from existing)

-- verb: invite_again
-- A fresh link; the ones before it stop working.
with member as (
  select staff_id, version, password_hash is not null as joined from identity.staff
  where organisation_id = :organisation and staff_id = :staff_id and active),
link as (
  insert into identity.mail_link (organisation_id, mail_link_id, staff_id, purpose, made_at, expires_at)
  select :organisation, :mail_link_id::uuid, staff_id, 'invitation', :at, :expires_at::timestamptz from member where not joined
  returning mail_link_id, staff_id),
before as (
  update identity.mail_link m set used_at = greatest(m.made_at, least(m.expires_at, :at::timestamptz)) from member
   where m.organisation_id = :organisation and m.staff_id = member.staff_id and m.purpose = 'invitation' and m.used_at is null and not joined),
happened as (
  select 'staff_invited' as kind, null::uuid as customer_id, 'staff' as subject_kind, staff_id as subject_id, '{}'::jsonb as body from link),
wanted as (
  select mail_link_id as task_id, 'send_invitation' as kind, staff_id as subject_id, :at::timestamptz as due_at,
         jsonb_build_object('staff_id', staff_id, 'mail_link_id', mail_link_id) as body from link),
answer as (
  select case when joined then 409 else 201 end as status, case when joined then 'ALREADY_JOINED' end as code,
         case when joined then '{}'::jsonb
              else jsonb_build_object('id', staff_id, 'version', version, 'expires_at', :expires_at::timestamptz) end as body from member)

-- verb: change_staff
-- Roles taken away or a person sent away: their sessions end at once, since tokens carry roles.
with before as (
  select staff_id, version, roles, active from identity.staff where organisation_id = :organisation and staff_id = :staff_id),
managers as (
  select count(*) as others from identity.staff
  where organisation_id = :organisation and staff_id <> :staff_id and active and 'manager' = any(roles) and password_hash is not null),
judged as (
  select staff_id, coalesce(:roles::text[], roles) as roles, coalesce(:active, active) as active,
         case when version <> :version then 'STALE_VERSION'
              when active and 'manager' = any(roles) and others = 0
                   and not (coalesce(:active, active) and 'manager' = any(coalesce(:roles::text[], roles))) then 'LAST_MANAGER' end as code
  from before, managers),
changed as (
  update identity.staff s set name = coalesce(:name, s.name), roles = j.roles, active = j.active, version = s.version + 1
    from judged j where s.organisation_id = :organisation and s.staff_id = j.staff_id and s.version = :version and j.code is null
  returning s.staff_id, s.version, s.roles, s.active),
ended as (
  update identity.session e set ended_at = greatest(e.began_at, :at::timestamptz), end_reason = 'staff_changed' from changed, before
   where e.organisation_id = :organisation and e.staff_id = changed.staff_id and e.ended_at is null
     and (changed.roles <> before.roles or changed.active <> before.active)
  returning e.session_id),
happened as (
  select 'staff_changed' as kind, null::uuid as customer_id, 'staff' as subject_kind, staff_id as subject_id,
         jsonb_build_object('roles', to_jsonb(roles), 'active', active, 'sessions_ended', (select count(*) from ended)) as body from changed),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('id', staff_id, 'version', version) as body from changed
  union all
  select case when code = 'LAST_MANAGER' then 409 else 412 end, coalesce(code, 'STALE_VERSION'), '{}'::jsonb
  from judged where not exists (select from changed))

-- query: find_staff
select staff_id, name, email, roles, active, password_hash is not null as joined, version, created_at
from identity.staff where organisation_id = :organisation and staff_id = :staff_id

-- query: list_staff
select staff_id, name, email, roles, active, password_hash is not null as joined, version, created_at
from identity.staff where organisation_id = :organisation and staff_id > :after order by staff_id limit :limit + 1

-- verb: want_password_reset
-- One live reset link a person, and not more than one in five minutes: nobody's mailbox is flooded.
with member as (
  select staff_id from identity.staff
  where organisation_id = :organisation and staff_id = :staff_id and active and password_hash is not null
    and not exists (select from identity.mail_link m
                    where m.organisation_id = :organisation and m.staff_id = :staff_id and m.purpose = 'password_reset'
                      and m.made_at > :at::timestamptz - interval '5 minutes')),
before as (
  update identity.mail_link m set used_at = greatest(m.made_at, least(m.expires_at, :at::timestamptz)) from member
   where m.organisation_id = :organisation and m.staff_id = member.staff_id and m.purpose = 'password_reset' and m.used_at is null),
link as (
  insert into identity.mail_link (organisation_id, mail_link_id, staff_id, purpose, made_at, expires_at)
  select :organisation, :mail_link_id::uuid, staff_id, 'password_reset', :at, :expires_at::timestamptz from member
  returning mail_link_id, staff_id),
happened as (
  select 'password_reset_asked' as kind, null::uuid as customer_id, 'staff' as subject_kind, staff_id as subject_id, '{}'::jsonb as body from link),
wanted as (
  select mail_link_id as task_id, 'send_password_reset' as kind, staff_id as subject_id, :at::timestamptz as due_at,
         jsonb_build_object('staff_id', staff_id, 'mail_link_id', mail_link_id) as body from link),
answer as (select 202 as status, null::text as code, jsonb_build_object('id', :staff_id::uuid) as body)

-- verb: use_mail_link
-- Sets the password; every session there was ends, and the link can't be used again.
with used as (
  update identity.mail_link set used_at = :at
   where organisation_id = :organisation and mail_link_id = :mail_link_id and purpose = :purpose
     and used_at is null and made_at <= :at and expires_at > :at
  returning staff_id),
changed as (
  update identity.staff s set password_hash = :password_hash::text, version = s.version + 1 from used
   where s.organisation_id = :organisation and s.staff_id = used.staff_id and s.active
  returning s.staff_id, s.email),
-- Only who accepted can sign in: an invitation alone takes no address.
address as (
  insert into identity.sign_in_address (address_hash, organisation_id, staff_id)
  select sha256(convert_to(email, 'UTF8')), :organisation, staff_id from changed on conflict on constraint one_sign_in_an_address do nothing),
ended as (
  update identity.session e set ended_at = greatest(e.began_at, :at::timestamptz), end_reason = 'password_changed' from changed
   where e.organisation_id = :organisation and e.staff_id = changed.staff_id and e.ended_at is null
  returning e.session_id),
happened as (
  select 'password_set' as kind, null::uuid as customer_id, 'staff' as subject_kind, staff_id as subject_id,
         jsonb_build_object('by', :purpose::text, 'sessions_ended', (select count(*) from ended)) as body from changed),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('id', staff_id) as body from changed
  union all
  select 410, 'MAIL_LINK_GONE', '{}'::jsonb where not exists (select from changed))
