-- verb: add_text_door
with known as (
  select d.text_door_id, (d.channel, d.name) = (:channel::text, :name::text) as same from care.text_door d where d.organisation_id = :organisation::uuid and d.text_door_id = :text_door_id::uuid),
added as (
  insert into care.text_door (organisation_id, text_door_id, channel, name, set_by, set_at)
  select :organisation::uuid, :text_door_id::uuid, :channel::text, :name::text, :actor::text, :at::timestamptz where not exists (select from known)
  returning text_door_id, channel),
happened as (
  select 'text_door_added' as kind, null::uuid as customer_id, 'text_door' as subject_kind, text_door_id as subject_id, jsonb_build_object('channel', channel) as body from added),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', text_door_id) as body from added
  union all select case when same then 200 else 409 end, case when not same then 'ID_TAKEN' end, case when same then jsonb_build_object('id', text_door_id) else '{}'::jsonb end from known)

-- verb: remove_text_door
with removed as (
  delete from care.text_door d where d.organisation_id = :organisation::uuid and d.text_door_id = :text_door_id::uuid returning d.text_door_id),
happened as (
  select 'text_door_removed' as kind, null::uuid as customer_id, 'text_door' as subject_kind, text_door_id as subject_id, '{}'::jsonb as body from removed),
answer as (select 200 as status, null::text as code, jsonb_build_object('id', text_door_id) as body from removed)

-- query: list_text_doors
select d.text_door_id, d.channel, d.name, d.set_at from care.text_door d
where d.organisation_id = :organisation and d.text_door_id > :after order by d.text_door_id limit :limit + 1

-- query: find_text_door
select d.text_door_id, d.channel, d.name, d.set_at from care.text_door d where d.organisation_id = :organisation and d.text_door_id = :text_door_id

-- query: case_texted_of
-- Which case a text goes on with: what it answers or quotes, of one of these customers; else the open one in which a word of theirs or ours was last.
select s.case_id from (
  select p.case_id, f.customer_id, 2 as near, p.message_id as last from care.case_place p join care.case_file f on f.organisation_id = :organisation and f.case_id = p.case_id
  where p.organisation_id = :organisation and p.message_id = :answered_id::uuid
    and not exists (select from care.case_place n where n.organisation_id = :organisation and n.message_id = p.message_id and n.number = p.number + 1)
  union all
  select f.case_id, f.customer_id, 1, f.case_id from care.case_file f where f.organisation_id = :organisation and f.reference = any (:quoted::text[])
  union all
  select o.case_id, o.customer_id, 0, (select p.message_id from care.case_place p where p.organisation_id = :organisation and p.case_id = o.case_id order by p.message_id desc limit 1)
  from care.open_case o where o.organisation_id = :organisation and o.customer_id = any (:customer_ids::uuid[])) s
where s.near = 0 or s.customer_id = any (:customer_ids::uuid[]) or cardinality(:customer_ids::uuid[]) = 0
order by s.near desc, s.last desc limit 1

-- verb: keep_text
-- A text's key, beside the word that it is; of nobody known it waits for somebody who knows.
with keyed as (
  insert into care.mail_key (organisation_id, message_key, content_key, taken_id) values (:organisation::uuid, :message_key::bytea, :message_key::bytea, :taken_id::uuid) returning taken_id),
strayed as (
  insert into care.stray_mail (organisation_id, stray_id, channel, rfc_id, sender_name, sender, subject, words, automatic, case_id, received_at)
  select :organisation::uuid, :taken_id::uuid, :channel::text, null, :sender_name::text, :sender::text, '', :words::text, false, :case_id::uuid, :at::timestamptz where :strays::boolean),
happened as (
  select case when :strays::boolean then 'stray_text_received' else 'text_received' end as kind, :customer_id::uuid as customer_id, 'message' as subject_kind, taken_id as subject_id,
    jsonb_build_object('channel', :channel::text) as body from keyed),
answer as (select 201 as status, null::text as code, jsonb_build_object('id', taken_id) as body from keyed)
