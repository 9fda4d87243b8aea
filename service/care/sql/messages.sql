-- verb: note_message
-- What reached a customer keeps what was promised to them by hand: spoken, to call back, to update and to reply; written, the latter two. The fact holds no words.
with person as (select c.customer_id from customers.customer c where c.organisation_id = :organisation::uuid and c.customer_id = :customer_id::uuid),
known as (
  select m.message_id, (m.customer_id, m.direction, m.channel, m.reached, m.words) = (:customer_id::uuid, :direction::text, :channel::text, :reached::boolean, :words::text) as same
  from care.message m where m.organisation_id = :organisation::uuid and m.message_id = :message_id::uuid),
noted as (
  insert into care.message (organisation_id, message_id, customer_id, contact_id, direction, channel, reached, words, noted_by)
  select :organisation::uuid, :message_id::uuid, customer_id, :contact_id::uuid, :direction::text, :channel::text, :reached::boolean, :words::text, :actor::text
  from person where not exists (select from known)
  returning message_id, customer_id, direction, channel, reached),
promise_ended as (
  select p.subject_id, p.kind, 'kept' as outcome, :at::timestamptz as happened_at
  from noted n
  cross join lateral (
    select distinct p.subject_id, p.kind from promises.promise p
    where p.organisation_id = :organisation::uuid and p.customer_id = n.customer_id and p.subject_kind = 'promise'
      and (p.kind in ('update', 'reply') or p.kind = 'call_back' and n.channel in ('phone', 'in_person'))
      and (cardinality(:promise_ids::uuid[]) = 0 or p.promise_id = any (:promise_ids::uuid[]))
      and exists (select from promises.open_promise o where o.organisation_id = :organisation::uuid and o.promise_id = p.promise_id offset 0)) p
  where n.direction = 'out' and n.reached),
-- include: promises/settle
,
happened as (
  select 'message_noted' as kind, customer_id, 'message' as subject_kind, message_id as subject_id,
         jsonb_build_object('direction', direction, 'channel', channel, 'reached', reached) as body
  from noted
  union all select kind, customer_id, subject_kind, subject_id, body from promises_settled_facts),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', message_id, 'settled', (select coalesce(jsonb_agg(promise_id order by promise_id), '[]'::jsonb) from promises_settled)) as body from noted
  union all select case when same then 200 else 409 end, case when not same then 'ID_TAKEN' end,
    case when same then jsonb_build_object('id', message_id, 'settled', '[]'::jsonb) else '{}'::jsonb end from known)

-- query: list_messages
-- The latest first.
select m.message_id, m.customer_id, m.contact_id, m.direction, m.channel, m.reached, m.words, m.noted_by,
  (select s.name from identity.staff s where s.organisation_id = m.organisation_id and m.noted_by = 'staff:' || s.staff_id), m.noted_at
from care.message m
where m.organisation_id = :organisation and m.customer_id = :customer_id and m.message_id < :before
order by m.message_id desc limit :limit + 1

-- verb: forget_messages
-- Of one of their people, or of all.
with forgotten as (
  delete from care.message m where m.organisation_id = :organisation::uuid and m.customer_id = :customer_id::uuid and (:everybody::boolean or m.contact_id = :contact_id::uuid)
  returning m.message_id),
heads as (
  delete from care.mail_head h where h.organisation_id = :organisation::uuid and h.customer_id = :customer_id::uuid and (:everybody::boolean or h.message_id in (select message_id from forgotten))),
files as (
  delete from care.attachment a where a.organisation_id = :organisation::uuid and a.customer_id = :customer_id::uuid and (:everybody::boolean or a.taken_id in (select message_id from forgotten))),
notes as (
  delete from care.case_note n where n.organisation_id = :organisation::uuid and n.customer_id = :customer_id::uuid and :everybody::boolean),
device_texts as (
  delete from care.hand_over_text t where t.organisation_id = :organisation::uuid and t.customer_id = :customer_id::uuid and (:everybody::boolean or exists (
    select from care.hand_over h where h.organisation_id = :organisation::uuid and h.hand_over_id = t.hand_over_id and h.contact_id = :contact_id::uuid offset 0))),
device_signatures as (
  delete from care.hand_over_signature g where g.organisation_id = :organisation::uuid and g.customer_id = :customer_id::uuid and (:everybody::boolean or exists (
    select from care.hand_over h where h.organisation_id = :organisation::uuid and h.hand_over_id = g.hand_over_id and h.contact_id = :contact_id::uuid offset 0))),
loan_papers as (
  delete from care.loan_paper p where p.organisation_id = :organisation::uuid and p.customer_id = :customer_id::uuid and (:everybody::boolean or exists (
    select from care.loan_step l where l.organisation_id = :organisation::uuid and l.loan_id = p.loan_id and l.kind = p.kind and l.contact_id = :contact_id::uuid offset 0))),
bench_notes as (
  delete from care.bench_note n where n.organisation_id = :organisation::uuid and n.customer_id = :customer_id::uuid and :everybody::boolean),
-- what they wished for: gone where nobody of ours has said anything to it; else what was answered stays, without their words of it
ideas as (
  select i.idea_id, exists (select from care.idea_answer a where a.organisation_id = :organisation::uuid and a.idea_id = i.idea_id offset 0) as answered
  from care.idea i where i.organisation_id = :organisation::uuid and i.customer_id = :customer_id::uuid and :everybody::boolean),
idea_votes as (
  delete from care.idea_vote v using ideas i where v.organisation_id = :organisation::uuid and v.idea_id = i.idea_id and not i.answered),
unanswered as (
  delete from care.idea o using ideas i where o.organisation_id = :organisation::uuid and o.idea_id = i.idea_id and not i.answered),
unsaid as (
  update care.idea o set words = '' from ideas i where o.organisation_id = :organisation::uuid and o.idea_id = i.idea_id and i.answered),
happened as (
  select 'messages_forgotten' as kind, :customer_id::uuid as customer_id, 'customer' as subject_kind, :customer_id::uuid as subject_id, jsonb_build_object('count', count(*)) as body
  from forgotten having count(*) > 0),
answer as (select 200 as status, null::text as code, jsonb_build_object('count', count(*)) as body from forgotten)
