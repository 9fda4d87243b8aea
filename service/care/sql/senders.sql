-- verb: send_mail_code
-- To an address of theirs.
with asked as (select a.mail_address_id from care.mail_address a where a.organisation_id = :organisation::uuid and a.mail_address_id = :mail_address_id::uuid),
made as (
  insert into care.mail_code (organisation_id, mail_code_id, mail_address_id, staff_id, asked_at)
  select :organisation::uuid, :mail_code_id::uuid, a.mail_address_id, :staff_id::uuid, :at::timestamptz from asked a
  returning mail_code_id, mail_address_id),
happened as (
  select 'mail_code_asked' as kind, null::uuid as customer_id, 'mail_address' as subject_kind, mail_address_id as subject_id, '{}'::jsonb as body from made),
wanted as (
  select mail_code_id as task_id, 'send_notice' as kind, mail_address_id as subject_id, :at::timestamptz as due_at,
    jsonb_build_object('notice', 'mail_code', 'staff_id', :staff_id::uuid, 'code_id', mail_code_id) as body from made),
answer as (
  select 202 as status, null::text as code, jsonb_build_object('id', mail_code_id, 'mail_address_id', mail_address_id, 'expires_at', :expires_at::timestamptz) as body from made)

-- query: count_mail_codes
-- Not in the statement that sends one, which reads by keys alone (decision 33).
select count(*)::int from care.mail_code c where c.organisation_id = :organisation and c.asked_at > :since::timestamptz

-- query: live_mail_codes
-- What went to an address lately, the latest first.
select c.mail_code_id from care.mail_code c
where c.organisation_id = :organisation and c.mail_address_id = :mail_address_id and c.asked_at > :since::timestamptz order by c.asked_at desc limit 20

-- verb: prove_mail_address
-- Whoever reads mail there has sent back what went there.
with proven as (
  insert into care.mail_proof (organisation_id, mail_address_id, mail_code_id, proven_by, proven_at)
  select :organisation::uuid, a.mail_address_id, :mail_code_id::uuid, :actor::text, :at::timestamptz
  from care.mail_address a where a.organisation_id = :organisation::uuid and a.mail_address_id = :mail_address_id::uuid
  on conflict on constraint one_mail_proof_an_address do nothing
  returning mail_address_id),
happened as (
  select 'mail_address_proven' as kind, null::uuid as customer_id, 'mail_address' as subject_kind, mail_address_id as subject_id, '{}'::jsonb as body from proven),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('id', a.mail_address_id) as body
  from care.mail_address a where a.organisation_id = :organisation::uuid and a.mail_address_id = :mail_address_id::uuid)

-- verb: set_mail_sender
-- In the place of the one before; one that was proven.
with address as (
  select a.mail_address_id, exists (select from care.mail_proof p where p.organisation_id = :organisation::uuid and p.mail_address_id = a.mail_address_id offset 0) as proven
  from care.mail_address a where a.organisation_id = :organisation::uuid and a.mail_address_id = :mail_address_id::uuid),
kept as (
  insert into care.mail_sender as s (organisation_id, mail_address_id, name)
  select :organisation::uuid, mail_address_id, :name::text from address where proven
  on conflict on constraint one_mail_sender_an_organisation do update set mail_address_id = excluded.mail_address_id, name = excluded.name
  returning s.mail_address_id),
happened as (
  select 'mail_sender_set' as kind, null::uuid as customer_id, 'mail_address' as subject_kind, mail_address_id as subject_id, '{}'::jsonb as body from kept),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('id', mail_address_id) as body from kept
  union all select 409, 'ADDRESS_UNPROVEN', '{}'::jsonb from address where not proven)

-- verb: remove_mail_sender
-- Said of one that our mail isn't from, it changes nothing.
with removed as (
  delete from care.mail_sender s where s.organisation_id = :organisation::uuid and s.mail_address_id = :mail_address_id::uuid returning s.mail_address_id),
happened as (
  select 'mail_sender_removed' as kind, null::uuid as customer_id, 'mail_address' as subject_kind, mail_address_id as subject_id, '{}'::jsonb as body from removed),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('id', a.mail_address_id) as body
  from care.mail_address a where a.organisation_id = :organisation::uuid and a.mail_address_id = :mail_address_id::uuid)

-- query: find_mail_sender
select s.name, a.address from care.mail_sender s join care.mail_address a using (organisation_id, mail_address_id) where s.organisation_id = :organisation
