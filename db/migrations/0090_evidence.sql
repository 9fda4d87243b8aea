-- Evidence: what each act was answered with.

-- What a JWS says (RFC 7515, section 7.1), whoever signed it.
create function authorisations.told(jws text) returns jsonb language sql immutable strict parallel safe
  return convert_from(decode(translate(split_part(jws, '.', 2), '-_', '+/') || repeat('=', (4 - length(split_part(jws, '.', 2)) % 4) % 4), 'base64'), 'UTF8')::jsonb;
grant execute on function authorisations.told to sayso_service;

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
  constraint receipt_says_the_same check (coalesce(                      -- what it doesn't say at all is not the same either
    authorisations.told(jws) ->> 'organisation_id' = organisation_id::text and authorisations.told(jws) ->> 'authorisation_id' = authorisation_id::text
    and authorisations.told(jws) ->> 'scope_id' = scope_id::text and (authorisations.told(jws) ->> 'seq')::int = seq
    and authorisations.told(jws) ->> 'entry_hash' = encode(entry_hash, 'hex') and authorisations.told(jws) ->> 'head' = encode(entry_hash, 'hex')
    and (authorisations.told(jws) ->> 'revised_total_minor')::bigint = revised_total_minor
    and (checkpoint_number is null) = (checkpoint_digest is null)
    and (authorisations.told(jws) #>> '{checkpoint,number}')::bigint is not distinct from checkpoint_number
    and authorisations.told(jws) #>> '{checkpoint,digest}' is not distinct from encode(checkpoint_digest, 'hex'), false)));
select kit.append_only('authorisations.receipt', except_columns => 'signed_at');

-- Whoever answers by a link is known by their contact's address, which may be as long as an address of mail.
-- squawk-ignore ban-drop-constraint
alter table authorisations.consent_detail drop constraint contact_point_short;
-- squawk-ignore constraint-missing-not-valid
alter table authorisations.consent_detail add constraint contact_point_short check (length(contact_point) <= 300);
