-- What a customer asks about an offer before they decide, and what they are told. Both are people's own words, so rows may be erased.
create table authorisations.question (
  organisation_id uuid not null, question_id uuid not null, presentation_id uuid not null,
  number int not null constraint questions_of_a_presentation_are_few check (number between 1 and 10),
  offer_id uuid not null, scope_id uuid not null, customer_id uuid not null,
  words text not null constraint question_words_have_a_length check (length(words) between 2 and 1000),
  asked_at timestamptz not null default kit.recorded_now(),
  constraint question_pkey primary key (organisation_id, question_id),
  constraint one_question_a_number unique (organisation_id, presentation_id, number),
  constraint question_at_presentation foreign key (organisation_id, presentation_id) references authorisations.presentation (organisation_id, presentation_id),
  constraint question_about_offer foreign key (organisation_id, scope_id, offer_id) references authorisations.offer (organisation_id, scope_id, offer_id),
  constraint question_of_customer foreign key (organisation_id, customer_id) references customers.customer (organisation_id, customer_id));
select kit.append_only('authorisations.question', except_columns => 'asked_at');
select kit.deletable('authorisations.question');
create index question_by_customer on authorisations.question (organisation_id, customer_id, question_id);
select kit.lockable('scope', 'authorisations.question', 'scope_id', 'question_id');

-- The reply, once. (An "answer" is what a customer gives to an offer.)
create table authorisations.question_reply (
  organisation_id uuid not null, question_id uuid not null,
  words text not null constraint reply_words_have_a_length check (length(words) between 2 and 2000),
  replied_by text not null constraint replier_short check (length(replied_by) <= 100),
  replied_at timestamptz not null default kit.recorded_now(),
  constraint question_reply_pkey primary key (organisation_id, question_id),
  constraint reply_to_question foreign key (organisation_id, question_id) references authorisations.question (organisation_id, question_id));
select kit.append_only('authorisations.question_reply', except_columns => 'replied_at');
select kit.deletable('authorisations.question_reply');
