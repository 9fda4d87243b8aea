-- verb: ask_question
-- The fact names the question; its words stay where they can be erased.
with shown as (
  select p.presentation_id, p.offer_id, p.customer_id from authorisations.presentation p
  where p.organisation_id = :organisation and p.presentation_id = :presentation_id::uuid),
before as (
  select count(*)::int as questions from authorisations.question q where q.organisation_id = :organisation and q.presentation_id = :presentation_id::uuid),
known as (
  select q.question_id, q.words = :words::text and q.presentation_id = :presentation_id::uuid as same from authorisations.question q
  where q.organisation_id = :organisation and q.question_id = :question_id::uuid),
asked as (
  insert into authorisations.question (organisation_id, question_id, presentation_id, number, offer_id, customer_id, words)
  select :organisation, :question_id::uuid, p.presentation_id, b.questions + 1, p.offer_id, p.customer_id, :words::text from shown p cross join before b
  where b.questions < 10 and not exists (select from known)
  returning question_id, offer_id, customer_id),
happened as (
  select 'question_asked' as kind, customer_id, 'offer' as subject_kind, offer_id as subject_id, jsonb_build_object('question_id', question_id) as body from asked),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', question_id) as body from asked
  union all select case when same then 200 else 409 end, case when not same then 'ID_TAKEN' end, case when same then jsonb_build_object('id', question_id) else '{}'::jsonb end
  from known
  union all select 409, 'QUESTIONS_USED_UP', '{}'::jsonb from shown cross join before where questions = 10 and not exists (select from known))

-- query: list_questions
-- The latest first.
select question_id, customer_id, offer_id, words, asked_at from authorisations.question
where organisation_id = :organisation and customer_id = :customer_id and question_id < :before
order by question_id desc limit :limit + 1
