-- What people are told, by mail, text or chat: which notice, about what, and how far it got. No address and no text: those are read and written when it leaves.
create schema notices;
grant usage on schema notices to sayso_service;

create table notices.notice (
  organisation_id uuid not null,
  notice_id uuid not null,
  kind text not null constraint notice_kind_is_known check (kind in ('receipt', 'invoice', 'credit_note', 'compensation_given', 'compensation_taken_back', 'payment_reminder', 'payment_reversed', 'claim_reminder', 'saving_link', 'portal_link', 'charge_notice', 'charge_failed', 'consent_copy', 'question_reply', 'approval_held', 'one_time_code', 'offer_link', 'invitation', 'password_reset', 'cash_limit_reached', 'dispute_due', 'webhook_paused', 'mail_code', 'incident_declared', 'incident_moved', 'incident_ended', 'promise_due', 'promise_broken', 'promise_renewed', 'visit_late', 'visit_on_time', 'visit_handed_over', 'visit_missed', 'case_answer', 'visit_booked', 'visit_moved', 'visit_cancelled', 'visit_waits', 'visit_wait_ended', 'device_taken_in', 'device_news', 'device_ready', 'device_handed_back', 'device_scrapped', 'loaner_lent', 'loaner_due')),
  customer_id uuid,
  contact_id uuid,                                                       -- where one of the customer's people is meant; else whoever has an address
  staff_id uuid,
  subject_kind text not null constraint notice_subject_is_a_word check (subject_kind ~ '^[a-z][a-z_]+$' and length(subject_kind) <= 40),
  subject_id uuid not null,
  queued_at timestamptz not null,
  constraint notice_pkey primary key (organisation_id, notice_id),
  constraint notice_is_to_one_person check ((customer_id is null) <> (staff_id is null)),
  constraint notice_to_customer foreign key (organisation_id, customer_id) references customers.customer (organisation_id, customer_id),
  constraint notice_to_contact_of_its_customer check (contact_id is null or customer_id is not null),
  constraint notice_to_contact foreign key (organisation_id, customer_id, contact_id) references customers.contact (organisation_id, customer_id, contact_id),
  constraint notice_to_staff foreign key (organisation_id, staff_id) references identity.staff (organisation_id, staff_id));
select kit.append_only('notices.notice');
create index notice_of_incident on notices.notice (organisation_id, subject_id) where subject_kind = 'incident';
create index notice_of_customer on notices.notice (organisation_id, customer_id, queued_at, notice_id) where customer_id is not null;

-- Its delivery, a step a row. 'sending' is written before a word is said to whoever carries it: a process that dies there leaves it, and what became of
-- the message is then unknown. Unknown is sent once more, with the same Message-ID: the only place where a person can hear twice. Where one way to somebody fails it is
-- queued again for the next, which counts its ways.
create table notices.notice_step (
  organisation_id uuid not null,
  notice_id uuid not null,
  step int not null constraint notice_step_counts check (step between 1 and 1000),
  before_step int generated always as (nullif(step - 1, 0)) stored,
  from_state text not null,
  to_state text not null,
  sends int not null constraint notice_is_sent_twice_at_most_when_unknown check (sends between 0 and 1000),
  unknowns int not null constraint notice_unknown_twice_at_most check (unknowns between 0 and 2),
  way int not null constraint notice_way_counts check (way between 1 and 100),
  channel text constraint notice_channel_is_known check (channel in ('email', 'sms', 'chat')),
  contact_id uuid,                                                       -- to whom it was sent, as they were: their address stands with them alone
  contact_version int,
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
      'unknown sending', 'unknown failed', 'unknown withdrawn', 'unknown delivered', 'unknown bounced',
      'handed_over delivered', 'handed_over bounced', 'delivered bounced',
      'refused queued', 'failed queued', 'bounced queued')));
select kit.append_only('notices.notice_step');

-- An address that gave a message back for good: it isn't tried again until the contact is changed.
create table notices.dead_address (
  organisation_id uuid not null,
  contact_id uuid not null,
  contact_version int not null,
  notice_id uuid not null,
  status text not null constraint bounce_status_bounded check (status ~ '^[245][.][0-9]{1,3}[.][0-9]{1,3}$'),
  told_at timestamptz not null,
  constraint one_dead_address_a_version primary key (organisation_id, contact_id, contact_version),
  constraint dead_address_told_by_notice foreign key (organisation_id, notice_id) references notices.notice (organisation_id, notice_id));
select kit.append_only('notices.dead_address');

-- By which rules people are told: a version replaces the one before, and what it doesn't name is as shipped.
create table notices.rule_set (
  organisation_id uuid not null,
  version int not null constraint rule_set_counts check (version between 1 and 100000),
  previous int generated always as (nullif(version - 1, 0)) stored,
  quiet_from time,                                                       -- null: the hours in which dunning leaves people alone
  quiet_until time,
  set_by text not null constraint rule_setter_short check (length(set_by) <= 100),
  set_at timestamptz not null,
  constraint one_rule_set_a_version primary key (organisation_id, version),
  constraint rule_sets_follow foreign key (organisation_id, previous) references notices.rule_set (organisation_id, version),
  constraint quiet_in_the_night check ((quiet_from is null and quiet_until is null or quiet_until < quiet_from) is true),
  constraint rule_set_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id));
select kit.append_only('notices.rule_set');

create table notices.rule (
  organisation_id uuid not null,
  version int not null,
  kind text not null constraint rule_kind_bounded check (length(kind) between 1 and 40),
  channels text[] not null constraint rule_channels_are_known check (channels <@ array['email', 'sms', 'chat'] and cardinality(channels) <= 3),
  quiet boolean not null,
  every_minutes int constraint rule_pause_in_range check (every_minutes between 1 and 43200),
  excess text not null constraint rule_excess_is_known check (excess in ('dropped', 'merged')),
  language text constraint rule_language_is_known check (language in ('en', 'de')),
  reach text not null constraint rule_reach_is_known check (reach in ('never', 'failed', 'always')),
  constraint one_rule_a_kind primary key (organisation_id, version, kind),
  constraint rule_of_set foreign key (organisation_id, version) references notices.rule_set (organisation_id, version));
select kit.append_only('notices.rule');

-- Somebody is to be reached by a person: every way that needs none has failed. It ends when they were reached, or when there is nothing to tell any more.
create table notices.reach (
  organisation_id uuid not null,
  notice_id uuid not null,
  customer_id uuid not null,
  due_at timestamptz not null,
  opened_at timestamptz not null,
  constraint one_reach_a_notice primary key (organisation_id, notice_id),
  constraint reach_due_as_opened unique (organisation_id, notice_id, due_at),
  constraint reach_of_customer foreign key (organisation_id, customer_id) references customers.customer (organisation_id, customer_id),
  constraint reach_for_notice foreign key (organisation_id, notice_id) references notices.notice (organisation_id, notice_id));
select kit.append_only('notices.reach');

create table notices.open_reach (
  organisation_id uuid not null,
  notice_id uuid not null,
  due_at timestamptz not null,
  constraint one_open_reach_a_notice primary key (organisation_id, notice_id),
  constraint open_reach_of_reach foreign key (organisation_id, notice_id, due_at) references notices.reach (organisation_id, notice_id, due_at));
create index open_reach_by_due on notices.open_reach (organisation_id, due_at, notice_id);
select kit.wall('notices.open_reach');
select kit.deletable('notices.open_reach');

create table notices.reach_ending (
  organisation_id uuid not null,
  notice_id uuid not null,
  outcome text not null constraint reach_outcome_is_known check (outcome in ('reached', 'matter_ended')),
  message_id uuid,                                                       -- the word that reached them, which goes with the person
  ended_by text not null constraint reach_ender_short check (length(ended_by) <= 100),
  ended_at timestamptz not null,
  constraint one_ending_a_reach primary key (organisation_id, notice_id),
  constraint reached_by_a_word check ((outcome = 'reached') = (message_id is not null)),
  constraint ending_of_reach foreign key (organisation_id, notice_id) references notices.reach (organisation_id, notice_id));
select kit.append_only('notices.reach_ending');

-- What a customer doesn't want to be told; the last row of a kind says so.
create table notices.opt_out (
  organisation_id uuid not null,
  customer_id uuid not null,
  kind text not null constraint opt_out_kind_bounded check (length(kind) between 1 and 40),
  step int not null constraint opt_out_counts check (step between 1 and 1000),
  before_step int generated always as (nullif(step - 1, 0)) stored,
  out boolean not null,
  via text not null constraint opt_out_way_is_known check (via in ('link', 'staff')),
  said_by text not null constraint opt_out_sayer_short check (length(said_by) <= 100),
  said_at timestamptz not null,
  constraint one_opt_out_a_step primary key (organisation_id, customer_id, kind, step),
  constraint opt_outs_follow foreign key (organisation_id, customer_id, kind, before_step) references notices.opt_out (organisation_id, customer_id, kind, step),
  constraint opt_out_of_customer foreign key (organisation_id, customer_id) references customers.customer (organisation_id, customer_id));
select kit.append_only('notices.opt_out');

-- How far the facts were read of which people are told by rules alone.
create table notices.followed (
  organisation_id uuid not null,
  facts_epoch int not null constraint followed_epoch_counts check (facts_epoch >= 0),
  transaction_id xid8 not null,
  sequence bigint not null,
  constraint one_place_an_organisation primary key (organisation_id),
  constraint followed_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id));
select kit.changeable('notices.followed', 'facts_epoch, transaction_id, sequence');
