-- Evidence: what each act was answered with, what may not be erased, and that somebody was.

-- What a JWS says (RFC 7515, section 7.1), whoever signed it.
create function authorisations.told(jws text) returns jsonb language plpgsql immutable strict parallel safe as $$ begin
  return convert_from(decode(translate(split_part(jws, '.', 2), '-_', '+/') || repeat('=', (4 - length(split_part(jws, '.', 2)) % 4) % 4), 'base64'), 'UTF8')::pg_catalog.jsonb;
end $$;
-- What it doesn't say at all is not the same either.
create function authorisations.receipt_says(jws text, organisation_id uuid, authorisation_id uuid, scope_id uuid, seq int, entry_hash bytea, revised_total_minor bigint,
  checkpoint_number bigint, checkpoint_digest bytea) returns boolean language plpgsql immutable parallel safe as $$
declare
  told constant pg_catalog.jsonb := authorisations.told(jws);
begin
  return told @> jsonb_build_object('organisation_id', organisation_id, 'authorisation_id', authorisation_id, 'scope_id', scope_id, 'seq', seq,
      'entry_hash', encode(entry_hash, 'hex'), 'head', encode(entry_hash, 'hex'), 'revised_total_minor', revised_total_minor)
    and (checkpoint_number is null) = (checkpoint_digest is null)
    and case when checkpoint_number is null then told ->> 'checkpoint' is null
      else told @> jsonb_build_object('checkpoint', jsonb_build_object('number', checkpoint_number, 'digest', encode(checkpoint_digest, 'hex'))) end;
end $$;
grant execute on function authorisations.told, authorisations.receipt_says to sayso_service;

-- The signed receipt of each act, word for word: the same answer again is these bytes, also when another key signs by then. It says what the act says, and the
-- last checkpoint there was, so that whoever holds it is a witness against rewritten history.
create table authorisations.receipt (
  organisation_id uuid not null, authorisation_id uuid not null, scope_id uuid not null, seq int not null,
  entry_hash bytea not null, revised_total_minor bigint not null,
  checkpoint_number bigint, checkpoint_digest bytea,                      -- none before the first
  jws text not null constraint receipt_bounded check (octet_length(jws) <= 100000),
  signed_at timestamptz not null default kit.recorded_now(),
  constraint receipt_pkey primary key (organisation_id, authorisation_id),
  constraint receipt_of_act foreign key (organisation_id, scope_id, authorisation_id) references authorisations.authorisation (organisation_id, scope_id, authorisation_id),
  constraint receipt_of_entry foreign key (organisation_id, scope_id, seq, entry_hash, revised_total_minor)
    references authorisations.authorisation (organisation_id, scope_id, seq, entry_hash, revised_total_minor),
  constraint receipt_names_checkpoint foreign key (organisation_id, checkpoint_number, checkpoint_digest) references kit.checkpoint (organisation_id, number, digest),
  constraint receipt_says_the_same check (authorisations.receipt_says(jws, organisation_id, authorisation_id, scope_id, seq, entry_hash, revised_total_minor, checkpoint_number, checkpoint_digest) is true));
select kit.append_only('authorisations.receipt', except_columns => 'signed_at');

-- Whoever answers by a link is known by their contact's address, which may be as long as an address of mail.
-- squawk-ignore ban-drop-constraint
alter table authorisations.consent_detail drop constraint contact_point_short;
-- squawk-ignore constraint-missing-not-valid
alter table authorisations.consent_detail add constraint contact_point_short check (length(contact_point) <= 300);

create schema evidence;
grant usage on schema evidence to sayso_service;

-- Why nothing about a customer may be erased for now: a dispute, a claim, an authority's order. It holds until it is released.
create table evidence.hold (
  organisation_id uuid not null, hold_id uuid not null, customer_id uuid not null,
  reason text not null constraint hold_reason_known check (reason in ('dispute', 'claim', 'order')),
  placed_by text not null constraint hold_placer_short check (length(placed_by) <= 100),
  placed_at timestamptz not null default kit.recorded_now(),
  constraint hold_pkey primary key (organisation_id, hold_id),
  constraint hold_on_customer foreign key (organisation_id, customer_id) references customers.customer (organisation_id, customer_id));
select kit.append_only('evidence.hold', except_columns => 'placed_at');
create index hold_of_customer on evidence.hold (organisation_id, customer_id);

create table evidence.hold_release (
  organisation_id uuid not null, hold_id uuid not null,
  released_by text not null constraint hold_releaser_short check (length(released_by) <= 100),
  released_at timestamptz not null default kit.recorded_now(),
  constraint hold_release_pkey primary key (organisation_id, hold_id),
  constraint release_of_hold foreign key (organisation_id, hold_id) references evidence.hold (organisation_id, hold_id));
select kit.append_only('evidence.hold_release', except_columns => 'released_at');

-- That a person's words were erased, and until when they had had to be kept: who they were stands nowhere any more.
create table evidence.erasure (
  organisation_id uuid not null, erasure_id uuid not null, customer_id uuid not null,
  contact_id uuid,                                                       -- none: everybody of this customer
  last boolean not null,                                                 -- nobody of theirs is left: who the customer was before went too
  kept_until timestamptz not null,                                       -- the latest legal minimum of their matters; '-infinity' where there is none
  acts int not null constraint erased_acts_bounded check (acts between 0 and 100000),
  contacts int not null constraint erased_contacts_bounded check (contacts between 0 and 100000),
  photos int not null constraint erased_photos_bounded check (photos between 0 and 100000),
  erased_by text not null constraint eraser_short check (length(erased_by) <= 100),
  erased_at timestamptz not null default kit.recorded_now(),
  constraint erasure_pkey primary key (organisation_id, erasure_id),
  constraint kept_for_the_legal_minimum check (kept_until <= erased_at),
  constraint erasure_of_customer foreign key (organisation_id, customer_id) references customers.customer (organisation_id, customer_id),
  constraint erasure_of_contact foreign key (organisation_id, customer_id, contact_id) references customers.contact (organisation_id, customer_id, contact_id));
select kit.append_only('evidence.erasure', except_columns => 'erased_at');

-- A person's acts are looked for by whose they are.
-- squawk-ignore require-concurrent-index-creation
create index authorisation_of_customer on authorisations.authorisation (organisation_id, customer_id);

-- What requests lock by.
select kit.lockable('account', 'evidence.hold', 'customer_id', 'hold_id');

-- That a disputed card payment is to be answered with the proof of one matter of whoever disputes it. Asked for once while a bank only asks (an inquiry), and once more where it takes the money.
create table evidence.dispute_answer (
  organisation_id uuid not null, dispute_id uuid not null,
  customer_id uuid not null, currency text not null, amount_minor bigint not null,
  scope_id uuid not null,
  about text not null constraint answer_about_known check (about in ('inquiry', 'chargeback')),
  asked_by text not null constraint answer_asker_short check (length(asked_by) <= 100),
  asked_at timestamptz not null default kit.recorded_now(),
  constraint dispute_answer_pkey primary key (organisation_id, dispute_id, about),
  constraint answer_to_dispute foreign key (organisation_id, dispute_id, customer_id, currency, amount_minor)
    references billing.dispute (organisation_id, dispute_id, customer_id, currency, amount_minor),
  constraint answer_of_their_matter foreign key (organisation_id, scope_id, customer_id, currency)
    references authorisations.scope (organisation_id, scope_id, customer_id, currency));
select kit.append_only('evidence.dispute_answer', except_columns => 'asked_at');

-- What is about to be sent, committed before the provider is asked: each field with its hash, and of all of it one hash, which the provider is given too.
create table evidence.dispute_sending (
  organisation_id uuid not null, dispute_id uuid not null, about text not null,
  evidence_hash bytea not null constraint evidence_hash_is_sha256 check (octet_length(evidence_hash) = 32),
  fields jsonb not null constraint sending_tells_its_fields check (jsonb_typeof(fields) = 'array' and jsonb_array_length(fields) between 1 and 30),
  written_at timestamptz not null default kit.recorded_now(),
  constraint dispute_sending_pkey primary key (organisation_id, dispute_id, about, evidence_hash),
  constraint sending_of_answer foreign key (organisation_id, dispute_id, about) references evidence.dispute_answer (organisation_id, dispute_id, about));
select kit.append_only('evidence.dispute_sending', except_columns => 'written_at');

-- How it ended: with which of them the bank has it, or that it was too late or somebody else's answer was sooner.
create table evidence.dispute_answer_end (
  organisation_id uuid not null, dispute_id uuid not null, about text not null,
  outcome text not null constraint answer_end_known check (outcome in ('submitted', 'by_others', 'too_late')),
  evidence_hash bytea,
  ended_at timestamptz not null default kit.recorded_now(),
  constraint dispute_answer_end_pkey primary key (organisation_id, dispute_id, about),
  constraint end_of_answer foreign key (organisation_id, dispute_id, about) references evidence.dispute_answer (organisation_id, dispute_id, about),
  constraint submitted_as_was_written foreign key (organisation_id, dispute_id, about, evidence_hash)
    references evidence.dispute_sending (organisation_id, dispute_id, about, evidence_hash),
  constraint submitted_says_what check ((outcome = 'submitted') = (evidence_hash is not null)));
select kit.append_only('evidence.dispute_answer_end', except_columns => 'ended_at');

-- That who answers disputes was told of one whose evidence is still to be sent: as the bank begins to take it, and as its last moment is near. Once each.
create table evidence.dispute_warning (
  organisation_id uuid not null, dispute_id uuid not null,
  step int not null,                                                       -- where it stood: an inquiry that becomes a dispute takes evidence anew, until another moment or one that was moved
  crossing text not null constraint warning_crossing_known check (crossing in ('opened', 'near')),
  warned_at timestamptz not null default kit.recorded_now(),
  constraint dispute_warning_pkey primary key (organisation_id, dispute_id, step, crossing),
  constraint warning_of_standing foreign key (organisation_id, dispute_id, step) references billing.dispute_step (organisation_id, dispute_id, step));
select kit.append_only('evidence.dispute_warning', except_columns => 'warned_at');
