-- What people are told by mail: which notice, about what, and how far it got. No address and no text: those are read and written when it leaves.
create schema notices;
grant usage on schema notices to sayso_service;

create table notices.notice (
  organisation_id uuid not null,
  notice_id uuid not null,
  kind text not null constraint notice_kind_is_known check (kind in ('receipt', 'invoice', 'credit_note', 'payment_reminder', 'payment_reversed', 'claim_reminder', 'saving_link', 'charge_notice', 'charge_failed', 'consent_copy', 'question_reply', 'approval_held', 'one_time_code', 'offer_link', 'invitation', 'password_reset', 'cash_limit_reached', 'dispute_due', 'incident_declared', 'incident_moved', 'incident_ended', 'promise_due', 'promise_broken', 'promise_renewed', 'visit_late', 'visit_on_time', 'visit_handed_over', 'visit_missed', 'case_answer')),
  customer_id uuid,
  contact_id uuid,                                                       -- where one of the customer's people is meant; else whoever has an address
  staff_id uuid,
  subject_kind text not null constraint notice_subject_is_a_word check (subject_kind ~ '^[a-z][a-z_]{1,39}$'),
  subject_id uuid not null,
  queued_at timestamptz not null,
  constraint notice_pkey primary key (organisation_id, notice_id),
  constraint notice_is_to_one_person check ((customer_id is null) <> (staff_id is null)),
  constraint notice_to_customer foreign key (organisation_id, customer_id) references customers.customer (organisation_id, customer_id),
  constraint notice_to_contact_of_its_customer check (contact_id is null or customer_id is not null),
  constraint notice_to_contact foreign key (organisation_id, customer_id, contact_id) references customers.contact (organisation_id, customer_id, contact_id),
  constraint notice_to_staff foreign key (organisation_id, staff_id) references identity.staff (organisation_id, staff_id));
select kit.append_only('notices.notice');
create index notice_of_customer on notices.notice (organisation_id, customer_id, notice_id) where customer_id is not null;

-- Its delivery, a step a row. 'sending' is written before a word is said to the mail server: a process that dies there leaves it, and what became of
-- the mail is then unknown. Unknown is sent once more, with the same Message-ID: the only place where a person can hear twice.
create table notices.notice_step (
  organisation_id uuid not null,
  notice_id uuid not null,
  step int not null constraint notice_step_counts check (step between 1 and 1000),
  before_step int generated always as (nullif(step - 1, 0)) stored,
  from_state text not null,
  to_state text not null,
  sends int not null constraint notice_is_sent_twice_at_most_when_unknown check (sends between 0 and 1000),
  unknowns int not null constraint notice_unknown_twice_at_most check (unknowns between 0 and 2),
  reason text constraint notice_reason_is_short check (length(reason) between 1 and 60),
  answer_code int constraint notice_answer_is_smtp check (answer_code between 200 and 599),
  recorded_at timestamptz not null,
  constraint notice_step_pkey primary key (organisation_id, notice_id, step),
  constraint notice_step_state unique (organisation_id, notice_id, step, to_state),
  constraint notice_step_of_notice foreign key (organisation_id, notice_id) references notices.notice (organisation_id, notice_id),
  constraint notice_step_follows foreign key (organisation_id, notice_id, before_step, from_state)
    references notices.notice_step (organisation_id, notice_id, step, to_state),
  constraint notice_moves_as_declared check (
    (step = 1 and from_state = '' and to_state = 'queued')
    or step > 1 and from_state || ' ' || to_state in (
      'queued sending', 'queued withdrawn', 'queued failed',
      'sending handed_over', 'sending refused', 'sending unknown', 'sending queued', 'sending failed',
      'unknown sending', 'unknown failed', 'unknown withdrawn')));
select kit.append_only('notices.notice_step');
