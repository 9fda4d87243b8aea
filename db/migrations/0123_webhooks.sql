-- Programs elsewhere that hear of what happens: which, what each was sent, and what it answered. Read behind the facts; no write of another room knows of it.
create schema webhooks;
grant usage on schema webhooks to sayso_service;

-- How each stands, step by step: what ended stays ended.
create table webhooks.webhook_step (
  organisation_id uuid not null, webhook_id uuid not null,
  step int not null constraint webhook_step_counts check (step between 1 and 100000),
  previous int generated always as (nullif(step - 1, 0)) stored,
  from_state text not null,
  to_state text not null,
  because text constraint webhook_pause_reason_is_known check (because in ('by_hand', 'failing', 'gone')),
  actor text not null constraint webhook_actor_short check (length(actor) between 1 and 100),
  at timestamptz not null,
  constraint one_webhook_step primary key (organisation_id, webhook_id, step),
  constraint one_webhook_state_a_step unique (organisation_id, webhook_id, step, to_state),
  constraint webhook_goes_on_from_where_it_stood foreign key (organisation_id, webhook_id, previous, from_state)
    references webhooks.webhook_step (organisation_id, webhook_id, step, to_state),
  constraint webhook_moves_as_declared check ((from_state, to_state) in (('none', 'active'), ('active', 'paused'), ('paused', 'active'), ('active', 'ended'), ('paused', 'ended'))),
  constraint first_webhook_step_begins check ((step = 1) = (from_state = 'none')),
  constraint webhook_pause_says_why check ((to_state = 'paused') = (because is not null)),
  constraint webhook_step_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id));
select kit.append_only('webhooks.webhook_step');

-- Who hears, and of what: what these scopes may read, of these kinds or of all. Its secrets are made of its id and their number and kept nowhere: the last one, and
-- the one before it for a while, are live.
create table webhooks.webhook (
  organisation_id uuid not null, webhook_id uuid not null,
  place smallint constraint webhook_place_in_range check (place between 1 and 50),
  url text not null constraint webhook_url_has_a_length check (length(url) between 8 and 2000),
  description text not null constraint webhook_description_short check (length(description) <= 200),
  kinds text[] not null constraint webhook_kinds_are_bounded check (cardinality(kinds) <= 100),
  scopes text[] not null constraint webhook_scopes_are_bounded check (cardinality(scopes) between 1 and 100),
  secret_number int not null constraint webhook_secret_counts check (secret_number between 1 and 100000),
  former_secret_until timestamptz,
  step int not null, state text not null,
  version int not null constraint webhook_version_counts check (version between 1 and 1000000),
  made_by text not null constraint webhook_maker_short check (length(made_by) between 1 and 100),
  made_at timestamptz not null,
  constraint one_webhook_an_id primary key (organisation_id, webhook_id),
  constraint one_webhook_a_place unique (organisation_id, place),
  constraint ended_webhook_has_no_place check ((state = 'ended') = (place is null)),
  constraint first_secret_follows_none check (secret_number > 1 or former_secret_until is null),
  constraint webhook_stands_as_its_last_step foreign key (organisation_id, webhook_id, step, state) references webhooks.webhook_step (organisation_id, webhook_id, step, to_state),
  constraint webhook_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id));
select kit.changeable('webhooks.webhook', 'place, url, description, kinds, secret_number, former_secret_until, step, state, version');

-- How far the facts were read for it, since when nothing got through, and how many rounds in a row nobody answered.
create table webhooks.progress (
  organisation_id uuid not null, webhook_id uuid not null,
  facts_epoch int not null constraint webhook_epoch_counts check (facts_epoch between 0 and 1000000),
  transaction_id xid8 not null,
  sequence bigint not null,
  failing_since timestamptz,
  silent_rounds int not null constraint webhook_silence_counts check (silent_rounds between 0 and 1000000),
  constraint one_progress_a_webhook primary key (organisation_id, webhook_id),
  constraint progress_of_webhook foreign key (organisation_id, webhook_id) references webhooks.webhook (organisation_id, webhook_id));
select kit.changeable('webhooks.progress', 'facts_epoch, transaction_id, sequence, failing_since, silent_rounds');

-- One fact for one of them, once; its id is that of the message.
create table webhooks.delivery (
  organisation_id uuid not null, delivery_id uuid not null, webhook_id uuid not null,
  facts_epoch int not null, transaction_id xid8 not null, sequence bigint not null,
  kind text not null constraint delivery_kind_is_a_word check (kind ~ '^[a-z][a-z_]{1,59}$'),
  subject_kind text not null constraint delivery_subject_is_a_word check (subject_kind ~ '^[a-z][a-z_]{1,39}$'),
  subject_id uuid not null,
  state text not null constraint delivery_state_is_known check (state in ('waiting', 'delivered', 'failed')),
  attempts int not null constraint delivery_attempts_in_range check (attempts between 0 and 10000),
  tried_since timestamptz,
  due_at timestamptz not null,
  ended_at timestamptz,
  made_at timestamptz not null,
  constraint one_delivery_an_id primary key (organisation_id, delivery_id),
  constraint one_delivery_a_fact unique (organisation_id, webhook_id, facts_epoch, transaction_id, sequence),
  constraint delivery_of_fact foreign key (organisation_id, facts_epoch, transaction_id, sequence) references kit.fact (organisation_id, epoch, transaction_id, sequence),
  constraint delivery_of_webhook foreign key (organisation_id, webhook_id) references webhooks.webhook (organisation_id, webhook_id),
  constraint delivery_waits_or_has_ended check ((state = 'waiting') = (ended_at is null)),
  constraint delivery_is_tried_before_it_ends check (state = 'waiting' or attempts > 0),
  constraint delivery_tried_says_since check ((attempts = 0) = (tried_since is null)));
select kit.changeable('webhooks.delivery', 'state, attempts, tried_since, due_at, ended_at');
select kit.deletable('webhooks.delivery');
create index delivery_waiting_of_subject on webhooks.delivery (organisation_id, webhook_id, subject_id, facts_epoch, transaction_id, sequence) where state = 'waiting';
create index delivery_next on webhooks.delivery (organisation_id, webhook_id, due_at) where state = 'waiting';
create index delivery_failed on webhooks.delivery (organisation_id, webhook_id, ended_at) where state = 'failed';
create index delivery_ended on webhooks.delivery (organisation_id, ended_at) where state in ('delivered', 'failed');

-- Each time it was tried, and how that ended; forgotten with its delivery.
create table webhooks.attempt (
  organisation_id uuid not null, delivery_id uuid not null, attempt_id uuid not null,
  at timestamptz not null,
  took_ms int not null constraint attempt_time_in_range check (took_ms between 0 and 600000),
  outcome text not null constraint attempt_outcome_is_known check (outcome in ('delivered', 'refused', 'unavailable', 'unknown')),
  status smallint constraint attempt_status_in_range check (status between 100 and 999),
  said text not null constraint attempt_answer_short check (length(said) <= 500),
  constraint one_attempt_an_id primary key (organisation_id, delivery_id, attempt_id),
  constraint delivered_by_an_answer check ((outcome <> 'delivered' or status between 200 and 299) is true),
  constraint attempt_of_delivery foreign key (organisation_id, delivery_id) references webhooks.delivery (organisation_id, delivery_id));
select kit.append_only('webhooks.attempt');
select kit.deletable('webhooks.attempt');
