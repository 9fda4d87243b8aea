-- verb: ask_question
-- The fact names the question; its words stay where they can be erased. Asking makes a promise to reply, owned by whoever showed the offer while they
-- work here, else by a manager; it is due by the organisation's own measure in its open hours, and never after the offer has ended.
with shown as (
  select p.presentation_id, p.offer_id, p.scope_id, p.customer_id, p.presented_by, p.expires_at from authorisations.presentation p
  where p.organisation_id = :organisation and p.presentation_id = :presentation_id::uuid),
before as (
  select count(*)::int as questions from authorisations.question q where q.organisation_id = :organisation and q.presentation_id = :presentation_id::uuid),
known as (
  select q.question_id, q.words = :words::text and q.presentation_id = :presentation_id::uuid as same,
    (select p.due_at from promises.promise p where p.organisation_id = q.organisation_id and p.subject_id = q.question_id and p.kind = 'reply') as due_at
  from authorisations.question q
  where q.organisation_id = :organisation and q.question_id = :question_id::uuid),
asked as (
  insert into authorisations.question (organisation_id, question_id, presentation_id, number, offer_id, scope_id, customer_id, words)
  select :organisation, :question_id::uuid, p.presentation_id, b.questions + 1, p.offer_id, p.scope_id, p.customer_id, :words::text from shown p cross join before b
  where b.questions < 10 and not exists (select from known)
  returning question_id, offer_id, customer_id),
owner as (
  select s.staff_id from shown p join identity.staff s on s.organisation_id = :organisation and s.active
  order by 'staff:' || s.staff_id = p.presented_by desc, 'manager' = any (s.roles) desc, s.staff_id limit 1),
promised as (
  select :promise_id::uuid as promise_id, a.customer_id, 'reply' as kind, 'question' as subject_kind, a.question_id as subject_id, o.staff_id as owner_staff_id, 'link' as via,
    least(:due_at::timestamptz, case when p.expires_at > :at::timestamptz then p.expires_at end) as due_at
  from asked a cross join shown p cross join owner o),
-- include: promises/make
,
happened as (
  select 'question_asked' as kind, customer_id, 'offer' as subject_kind, offer_id as subject_id, jsonb_build_object('question_id', question_id) as body from asked
  union all select kind, customer_id, subject_kind, subject_id, body from promises_made_facts),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', question_id, 'due_at', (select due_at from promises_made)) as body from asked
  union all select case when same then 200 else 409 end, case when not same then 'ID_TAKEN' end,
    case when same then jsonb_build_object('id', question_id, 'due_at', due_at) else '{}'::jsonb end from known
  union all select 409, 'QUESTIONS_USED_UP', '{}'::jsonb from shown cross join before where questions = 10 and not exists (select from known))

-- verb: reply_to_question
-- Once; the reply keeps the promise, or breaks it where it is late, and goes to whoever asked.
with question as (
  select q.question_id, q.offer_id, q.customer_id, p.contact_id from authorisations.question q
  join authorisations.presentation p on p.organisation_id = q.organisation_id and p.presentation_id = q.presentation_id
  where q.organisation_id = :organisation and q.question_id = :question_id::uuid),
known as (
  select r.words = :words::text as same from authorisations.question_reply r where r.organisation_id = :organisation and r.question_id = :question_id::uuid),
replied as (
  insert into authorisations.question_reply (organisation_id, question_id, words, replied_by)
  select :organisation, question_id, :words::text, :actor from question where not exists (select from known)
  returning question_id),
promise_ended as (select question_id as subject_id, 'reply' as kind, 'kept' as outcome, :at::timestamptz as happened_at from replied),
-- include: promises/settle
,
happened as (
  select 'question_replied' as kind, q.customer_id, 'offer' as subject_kind, q.offer_id as subject_id, jsonb_build_object('question_id', r.question_id) as body
  from replied r join question q using (question_id)
  union all select kind, customer_id, subject_kind, subject_id, body from promises_settled_facts),
wanted as (
  select md5('question_reply' || q.question_id)::uuid as task_id, 'send_notice' as kind, q.question_id as subject_id, :at::timestamptz as due_at,
    jsonb_build_object('notice', 'question_reply', 'customer_id', q.customer_id, 'contact_id', q.contact_id) as body
  from replied r join question q using (question_id)),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', question_id) as body from replied
  union all select case when same then 200 else 409 end, case when not same then 'QUESTION_REPLIED' end,
    case when same then jsonb_build_object('id', q.question_id) else '{}'::jsonb end from known cross join question q)

-- query: list_questions
-- The latest first.
select q.question_id, q.customer_id, q.offer_id, q.words, q.asked_at, p.due_at, r.words as reply, r.replied_at, r.replied_by
from authorisations.question q
left join authorisations.question_reply r on r.organisation_id = q.organisation_id and r.question_id = q.question_id
left join promises.promise p on p.organisation_id = q.organisation_id and p.subject_id = q.question_id and p.kind = 'reply'
where q.organisation_id = :organisation and q.customer_id = :customer_id and q.question_id < :before
order by q.question_id desc limit :limit + 1

-- query: questions_of_presentation
-- What the same person asked about the same offer, in the order they asked it.
select q.question_id, q.customer_id, q.offer_id, q.words, q.asked_at, m.due_at, r.words as reply, r.replied_at, r.replied_by
from authorisations.presentation p
join authorisations.presentation s on s.organisation_id = p.organisation_id and s.offer_id = p.offer_id and s.contact_id = p.contact_id
join authorisations.question q on q.organisation_id = s.organisation_id and q.presentation_id = s.presentation_id
left join authorisations.question_reply r on r.organisation_id = q.organisation_id and r.question_id = q.question_id
left join promises.promise m on m.organisation_id = q.organisation_id and m.subject_id = q.question_id and m.kind = 'reply'
where p.organisation_id = :organisation and p.presentation_id = :presentation_id
order by q.asked_at, q.question_id limit 100

-- query: find_reply
-- With the link that the question was asked by, where it was mailed: one on a phone that was handed over isn't for anybody's mailbox.
select q.words as question, r.words as reply, q.offer_id, p.language, case when p.channel = 'link' and p.expires_at > :at then h.link_id end
from authorisations.question q
join authorisations.question_reply r on r.organisation_id = q.organisation_id and r.question_id = q.question_id
join authorisations.presentation p on p.organisation_id = q.organisation_id and p.presentation_id = q.presentation_id
left join identity.link_hash h on h.organisation_id = p.organisation_id and h.token_hash = p.nonce_hash
where q.organisation_id = :organisation and q.question_id = :question_id
