-- What a card reader is asked for of a try to collect, and how that ended where it brought no money.

-- The customer's card, or that they sign: numbered within the try. A reader that is asked anew is another request.
create table billing.reader_request (
  organisation_id uuid not null, attempt_id uuid not null,
  request int not null constraint reader_request_counts check (request between 1 and 10000),
  previous int generated always as (case when request > 1 then request - 1 end) stored,
  asks text not null constraint reader_asks_known check (asks in ('card', 'signature')),
  reader_id text not null constraint reader_name_short check (length(reader_id) between 1 and 255),
  asked_by text not null constraint reader_asked_by_short check (length(asked_by) <= 100),
  asked_at timestamptz not null,
  constraint reader_request_pkey primary key (organisation_id, attempt_id, request),
  constraint reader_request_asks unique (organisation_id, attempt_id, request, asks),
  constraint reader_requests_follow foreign key (organisation_id, attempt_id, previous) references billing.reader_request (organisation_id, attempt_id, request),
  constraint reader_request_of_attempt foreign key (organisation_id, attempt_id) references billing.collection_attempt (organisation_id, attempt_id));
select kit.append_only('billing.reader_request');

-- It failed, and why in our words and the provider's; or the customer signed, and by what name the provider keeps the picture. A card that was taken is the try's own end.
create table billing.reader_end (
  organisation_id uuid not null, attempt_id uuid not null, request int not null, asks text not null,
  reason text constraint reader_failure_known check (reason in ('declined', 'funds', 'expired', 'pin', 'cancelled', 'timed_out', 'offline', 'busy', 'failed')),
  code text constraint reader_failure_code_short check (length(code) between 1 and 60),
  signature_file text constraint signature_file_short check (length(signature_file) between 1 and 255),
  ended_at timestamptz not null,
  constraint reader_end_pkey primary key (organisation_id, attempt_id, request),
  constraint reader_end_of_request foreign key (organisation_id, attempt_id, request, asks) references billing.reader_request (organisation_id, attempt_id, request, asks),
  constraint reader_failed_or_signed check (num_nonnulls(reason, signature_file) = 1 and (signature_file is null or asks = 'signature') and (code is null or reason is not null)));
select kit.append_only('billing.reader_end');
