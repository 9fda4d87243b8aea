-- query: mail_address_owner
-- Whose address it is, before any organisation is known.
select h.organisation_id from care.mail_address_hash h where h.address_hash = :address_hash

-- verb: add_mail_address
with known as (
  select mail_address_id, address = :address::text as same from (
    select a.mail_address_id, a.address from care.mail_address a where a.organisation_id = :organisation::uuid and a.mail_address_id = :mail_address_id::uuid
    union all select a.mail_address_id, a.address from care.mail_address a where a.organisation_id = :organisation::uuid and a.address_hash = :address_hash::bytea) a
  order by 2 desc limit 1),
added as (
  insert into care.mail_address (organisation_id, mail_address_id, address, address_hash, set_by, set_at)
  select :organisation::uuid, :mail_address_id::uuid, :address::text, :address_hash::bytea, :actor::text, :at::timestamptz where not exists (select from known)
  returning mail_address_id, address_hash),
hashed as (insert into care.mail_address_hash (address_hash, organisation_id) select address_hash, :organisation::uuid from added),
happened as (
  select 'mail_address_added' as kind, null::uuid as customer_id, 'mail_address' as subject_kind, mail_address_id as subject_id, '{}'::jsonb as body from added),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', mail_address_id) as body from added
  union all select case when same then 200 else 409 end, case when not same then 'ID_TAKEN' end, case when same then jsonb_build_object('id', mail_address_id) else '{}'::jsonb end from known)

-- verb: remove_mail_address
with unproven as (delete from care.mail_proof p where p.organisation_id = :organisation::uuid and p.mail_address_id = :mail_address_id::uuid),
removed as (
  delete from care.mail_address a where a.organisation_id = :organisation::uuid and a.mail_address_id = :mail_address_id::uuid returning a.mail_address_id, a.address_hash),
unhashed as (delete from care.mail_address_hash h where h.address_hash = (select address_hash from removed) and h.organisation_id = :organisation::uuid),
happened as (
  select 'mail_address_removed' as kind, null::uuid as customer_id, 'mail_address' as subject_kind, mail_address_id as subject_id, '{}'::jsonb as body from removed),
answer as (select 200 as status, null::text as code, jsonb_build_object('id', mail_address_id) as body from removed)

-- query: find_mail_address
select a.address from care.mail_address a where a.organisation_id = :organisation and a.mail_address_id = :mail_address_id

-- query: list_mail_addresses
select a.mail_address_id, a.address, a.set_at, p.proven_at, s.name as sends_as from care.mail_address a
left join care.mail_proof p using (organisation_id, mail_address_id) left join care.mail_sender s using (organisation_id, mail_address_id)
where a.organisation_id = :organisation and a.mail_address_id > :after order by a.mail_address_id limit :limit + 1

-- query: find_mail_by_key
-- As what a mail was taken in before.
select k.taken_id from care.mail_key k where k.organisation_id = :organisation and k.message_key = :message_key and k.content_key = :content_key

-- query: case_spoken_of
-- The case of what a mail answers: of a mail that came in, of one that we sent, or by the reference in its subject; of several one of whoever sent it.
select f.case_id from (
  select p.case_id, p.number from care.mail_key k join care.case_place p on p.organisation_id = :organisation and p.message_id = k.taken_id where k.organisation_id = :organisation and k.message_key = any (:message_keys::bytea[])
  union all
  select p.case_id, p.number from care.case_place p where p.organisation_id = :organisation and p.message_id = any (:message_ids::uuid[])
  union all
  select c.case_id, 0 from care.case_file c where c.organisation_id = :organisation and c.reference = any (:quoted::text[])) s
join care.case_file f on f.organisation_id = :organisation and f.case_id = s.case_id
order by f.customer_id = any (:customer_ids::uuid[]) desc, s.number desc, f.case_id desc limit 1

-- verb: keep_mail
-- A mail's key and head, and what came with it, beside the word that it is.
with keyed as (
  insert into care.mail_key (organisation_id, message_key, content_key, taken_id) values (:organisation::uuid, :message_key::bytea, :content_key::bytea, :taken_id::uuid) returning taken_id),
headed as (
  insert into care.mail_head (organisation_id, message_id, customer_id, rfc_id, subject, sender, automatic)
  select :organisation::uuid, :taken_id::uuid, :customer_id::uuid, :rfc_id::text, :subject::text, :sender::text, :automatic::boolean where :customer_id::uuid is not null),
strayed as (
  insert into care.stray_mail (organisation_id, stray_id, channel, rfc_id, sender_name, sender, subject, words, automatic, case_id, received_at, came_back_to, came_back_because)
  select :organisation::uuid, :taken_id::uuid, 'email', :rfc_id::text, :sender_name::text, :sender::text, :subject::text, :words::text, :automatic::boolean, :case_id::uuid, :at::timestamptz, :came_back_to::text, :came_back_because::text where :customer_id::uuid is null),
attached as (
  insert into care.attachment (organisation_id, attachment_id, taken_id, number, customer_id, name, media_type, size_bytes, refused, content)
  select :organisation::uuid, a.attachment_id, :taken_id::uuid, a.number, :customer_id::uuid, a.name, a.media_type, a.size_bytes, a.refused, a.content
  from rows from (unnest(:attachment_ids::uuid[]), unnest(:names::text[]), unnest(:media_types::text[]), unnest(:sizes::int[]), unnest(:refusals::text[]), unnest(:contents::bytea[])) with ordinality as a (attachment_id, name, media_type, size_bytes, refused, content, number)),
happened as (
  select case when :customer_id::uuid is null then 'stray_mail_received' else 'mail_received' end as kind, :customer_id::uuid as customer_id, 'message' as subject_kind, taken_id as subject_id,
    jsonb_build_object('attachments', cardinality(:names::text[]), 'refused', (select count(r) from unnest(:refusals::text[]) r), 'automatic', :automatic::boolean) as body from keyed),
answer as (select 201 as status, null::text as code, jsonb_build_object('id', taken_id) as body from keyed)

-- query: list_stray_mails
-- The longest waiting first.
select s.stray_id, s.channel, s.sender_name, s.sender, s.subject, s.words, s.automatic, s.case_id, (select f.reference from care.case_file f where f.organisation_id = :organisation and f.case_id = s.case_id),
  s.received_at, (select coalesce(jsonb_agg(jsonb_build_object('id', a.attachment_id, 'name', a.name, 'media_type', a.media_type, 'size_bytes', a.size_bytes, 'refused', a.refused) order by a.number), '[]'::jsonb)
   from care.attachment a where a.organisation_id = :organisation and a.taken_id = s.stray_id),
  s.came_back_to, s.came_back_because
from care.stray_mail s where s.organisation_id = :organisation and s.stray_id > :after order by s.stray_id limit :limit + 1

-- query: find_stray_mail
select s.stray_id, s.channel, s.sender_name, s.sender, s.subject, s.words, s.automatic, s.case_id, (select f.reference from care.case_file f where f.organisation_id = :organisation and f.case_id = s.case_id),
  s.received_at, (select coalesce(jsonb_agg(jsonb_build_object('id', a.attachment_id, 'name', a.name, 'media_type', a.media_type, 'size_bytes', a.size_bytes, 'refused', a.refused) order by a.number), '[]'::jsonb)
   from care.attachment a where a.organisation_id = :organisation and a.taken_id = s.stray_id),
  s.came_back_to, s.came_back_because
from care.stray_mail s where s.organisation_id = :organisation and s.stray_id = :stray_id

-- verb: settle_stray_mail
-- It is a customer's by now, or it isn't for us and goes.
with gone as (delete from care.stray_mail s where s.organisation_id = :organisation::uuid and s.stray_id = :stray_id::uuid returning s.stray_id, s.channel, s.rfc_id, s.subject, s.sender, s.automatic),
headed as (
  insert into care.mail_head (organisation_id, message_id, customer_id, rfc_id, subject, sender, automatic)
  select :organisation::uuid, stray_id, :customer_id::uuid, rfc_id, subject, sender, automatic from gone where channel = 'email' and :customer_id::uuid is not null),
owned as (
  update care.attachment a set customer_id = :customer_id::uuid from gone g where a.organisation_id = :organisation::uuid and a.taken_id = g.stray_id and :customer_id::uuid is not null),
dropped as (
  delete from care.attachment a using gone g where a.organisation_id = :organisation::uuid and a.taken_id = g.stray_id and :customer_id::uuid is null),
happened as (
  select case when :customer_id::uuid is null then 'stray_mail_dismissed' else 'stray_mail_taken' end as kind, :customer_id::uuid as customer_id, 'message' as subject_kind, stray_id as subject_id, '{}'::jsonb as body from gone),
answer as (select 200 as status, null::text as code, jsonb_build_object('id', stray_id) as body from gone)

-- query: find_attachment
select a.name, a.media_type, a.content from care.attachment a
where a.organisation_id = :organisation and a.attachment_id = :attachment_id and a.content is not null

-- query: find_mail_thread
-- What an answer in a case answers, the latest last, and what it was called.
select h.rfc_id, h.subject from care.case_reply r join care.mail_head h on h.organisation_id = :organisation and h.message_id = r.message_id
where r.organisation_id = :organisation and r.answer_id = :answer_id and h.rfc_id is not null order by h.message_id limit 20

-- query: find_mail_position
select p.uid_validity, p.last_uid, p.since from care.mail_position p where p.organisation_id = :organisation and p.mailbox_key = :mailbox_key

-- verb: keep_mail_position
-- How far a mailbox was read; two who read it at once don't take each other back.
with kept as (
  insert into care.mail_position as p (organisation_id, mailbox_key, uid_validity, last_uid, since)
  values (:organisation::uuid, :mailbox_key::bytea, :uid_validity::bigint, :last_uid::bigint, :since::date)
  on conflict on constraint one_mail_position_a_mailbox do update
    set uid_validity = excluded.uid_validity, last_uid = case p.uid_validity when excluded.uid_validity then greatest(p.last_uid, excluded.last_uid) else excluded.last_uid end
  returning p.uid_validity, p.last_uid, p.since),
happened as (
  select 'mail_position_kept' as kind, null::uuid as customer_id, 'organisation' as subject_kind, :organisation::uuid as subject_id, '{}'::jsonb as body where false),
answer as (select 200 as status, null::text as code, jsonb_build_object('uid_validity', uid_validity, 'last_uid', last_uid, 'since', since) as body from kept)
