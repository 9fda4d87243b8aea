-- Words in and out: what a customer told us and what they were told, by whichever channel. They go with the person.
create schema care;
grant usage on schema care to sayso_service;

create table care.message (
  organisation_id uuid not null,
  message_id uuid not null,
  customer_id uuid not null,
  contact_id uuid,
  direction text not null constraint message_direction_is_known check (direction in ('in', 'out')),
  channel text not null constraint message_channel_is_known check (channel in ('phone', 'in_person', 'email', 'sms', 'chat', 'web', 'letter')),
  reached boolean not null,                                              -- whether whoever it was for has heard it, as far as a person can say
  words text not null constraint message_words_have_a_length check (length(words) between 2 and 100000),
  noted_by text not null constraint message_noter_short check (length(noted_by) <= 100),
  noted_at timestamptz not null default kit.recorded_now(),
  constraint one_message_an_id primary key (organisation_id, message_id),
  constraint what_came_in_was_heard check (direction = 'out' or reached),
  constraint message_of_customer foreign key (organisation_id, customer_id) references customers.customer (organisation_id, customer_id),
  constraint message_with_contact foreign key (organisation_id, customer_id, contact_id) references customers.contact (organisation_id, customer_id, contact_id));
create index message_of_its_customer on care.message (organisation_id, customer_id, message_id);
select kit.append_only('care.message', except_columns => 'noted_at');
select kit.deletable('care.message');
