-- What an incident does beyond its own room.

-- A visit that waits, since an incident explains what it is for: nobody sets out to it before that is over, or somebody has it go ahead. Once an incident.
create table dispatch.visit_wait (
  organisation_id uuid not null, visit_id uuid not null, incident_id uuid not null,
  starts_at timestamptz not null,                                        -- of its window when it was held
  held_at timestamptz not null,
  constraint visit_waits_once_an_incident primary key (organisation_id, visit_id, incident_id),
  constraint wait_of_visit foreign key (organisation_id, visit_id) references dispatch.visit (organisation_id, visit_id),
  constraint wait_for_incident foreign key (organisation_id, incident_id) references subscriptions.incident (organisation_id, incident_id));
select kit.append_only('dispatch.visit_wait');
create table dispatch.visit_wait_end (
  organisation_id uuid not null, visit_id uuid not null, incident_id uuid not null,
  outcome text not null constraint wait_outcome_is_known check (outcome in ('released', 'cancelled')),
  ended_by text not null constraint wait_ender_short check (length(ended_by) <= 100),
  ended_at timestamptz not null,
  constraint one_end_a_wait primary key (organisation_id, visit_id, incident_id),
  constraint end_of_wait foreign key (organisation_id, visit_id, incident_id) references dispatch.visit_wait (organisation_id, visit_id, incident_id));
select kit.append_only('dispatch.visit_wait_end');
-- Those that wait still.
create table dispatch.waiting_visit (
  organisation_id uuid not null, visit_id uuid not null, incident_id uuid not null,
  constraint one_waiting_visit primary key (organisation_id, visit_id, incident_id),
  constraint waiting_visit_waits foreign key (organisation_id, visit_id, incident_id) references dispatch.visit_wait (organisation_id, visit_id, incident_id));
select kit.wall('dispatch.waiting_visit');
select kit.deletable('dispatch.waiting_visit');

-- Which incidents a case came in during, of those that reached its customer: whoever picks it up sees them as they stand by then.
create table care.case_incident (
  organisation_id uuid not null, case_id uuid not null, incident_id uuid not null,
  attached_at timestamptz not null,
  constraint one_incident_a_case primary key (organisation_id, case_id, incident_id),
  constraint attached_to_case foreign key (organisation_id, case_id) references care.case_file (organisation_id, case_id),
  constraint attached_incident foreign key (organisation_id, incident_id) references subscriptions.incident (organisation_id, incident_id));
select kit.append_only('care.case_incident');
create index cases_of_incident on care.case_incident (organisation_id, incident_id, case_id);

-- What everybody is invited to, or should know of: on a public page and in a calendar that others subscribe to.
create table care.event (
  organisation_id uuid not null, event_id uuid not null,
  title text not null constraint event_title_has_a_length check (length(title) between 1 and 200),
  words text not null constraint event_words_bounded check (length(words) <= 4000),
  place text not null constraint event_place_bounded check (length(place) <= 300),
  starts_at timestamptz not null, ends_at timestamptz not null,
  cancelled boolean not null,
  version int not null constraint event_version_counts check (version between 1 and 100000),
  changed_at timestamptz not null,
  constraint one_event_an_id primary key (organisation_id, event_id),
  constraint event_ends_after_it_begins check (ends_at > starts_at and ends_at <= starts_at + interval '60 days'),
  constraint event_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id));
select kit.changeable('care.event', 'title, words, place, starts_at, ends_at, cancelled, version, changed_at');
create index event_by_its_end on care.event (organisation_id, ends_at, event_id);

-- What customers wish for. Everybody reads of it once somebody of ours has answered it; the last answer says how it stands.
create table care.idea (
  organisation_id uuid not null, idea_id uuid not null, customer_id uuid not null,
  title text not null constraint idea_title_has_a_length check (length(title) between 1 and 120),
  words text not null constraint idea_words_bounded check (length(words) <= 2000),
  opened_at timestamptz not null,
  constraint one_idea_an_id primary key (organisation_id, idea_id),
  constraint idea_of_customer foreign key (organisation_id, customer_id) references customers.customer (organisation_id, customer_id));
select kit.changeable('care.idea', 'words');
select kit.deletable('care.idea');
create index ideas_of_customer on care.idea (organisation_id, customer_id, opened_at);
create table care.idea_answer (
  organisation_id uuid not null, idea_id uuid not null,
  step int not null constraint idea_answer_counts check (step between 1 and 1000),
  previous int generated always as (nullif(step - 1, 0)) stored,
  state text not null constraint idea_state_is_known check (state in ('open', 'planned', 'started', 'done', 'declined')),
  words text not null constraint idea_answer_has_a_length check (length(words) between 1 and 2000),
  said_by text not null constraint idea_answerer_short check (length(said_by) <= 100),
  said_at timestamptz not null,
  constraint one_idea_answer_a_step primary key (organisation_id, idea_id, step),
  constraint idea_answers_follow foreign key (organisation_id, idea_id, previous) references care.idea_answer (organisation_id, idea_id, step),
  constraint answer_of_idea foreign key (organisation_id, idea_id) references care.idea (organisation_id, idea_id));
select kit.append_only('care.idea_answer');
create table care.idea_vote (
  organisation_id uuid not null, idea_id uuid not null, customer_id uuid not null,
  voted_at timestamptz not null,
  constraint one_vote_a_customer primary key (organisation_id, idea_id, customer_id),
  constraint vote_of_idea foreign key (organisation_id, idea_id) references care.idea (organisation_id, idea_id),
  constraint vote_of_customer foreign key (organisation_id, customer_id) references customers.customer (organisation_id, customer_id));
select kit.wall('care.idea_vote');
select kit.deletable('care.idea_vote');
