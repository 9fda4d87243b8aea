-- How an answer is confirmed: one-time codes by the contact's own channel, wrong guesses counted, signatures on glass.

-- Each mail or text with a link or a code: there is no eleventh to one contact in one hour (UTC), whatever is shown to them and by whom.
create table authorisations.contact_mail (
  organisation_id uuid not null, customer_id uuid not null, contact_id uuid not null, presentation_id uuid not null,
  hour bigint not null generated always as (authorisations.microseconds(mailed_at) / 3600000000) stored,
  number int not null constraint ten_mails_an_hour check (number between 1 and 10),
  mailed_at timestamptz not null default kit.recorded_now(),
  constraint one_mail_a_number primary key (organisation_id, customer_id, contact_id, hour, number),
  constraint mail_to_contact foreign key (organisation_id, customer_id, contact_id) references customers.contact (organisation_id, customer_id, contact_id),
  constraint mail_about_presentation foreign key (organisation_id, presentation_id) references authorisations.presentation (organisation_id, presentation_id));
select kit.append_only('authorisations.contact_mail', except_columns => 'mailed_at');

-- A code that went out, and by which channel. The code itself is made anew from its id when it is written and stands nowhere; its hash is under the service's secret, since
-- six digits are guessed from a plain one at once.
create table authorisations.one_time_code (
  organisation_id uuid not null, presentation_id uuid not null,
  number int not null constraint codes_of_a_presentation_are_few check (number between 1 and 5),
  code_id uuid not null,
  code_hash bytea not null constraint code_hash_is_sha256 check (octet_length(code_hash) = 32),
  channel text not null constraint code_goes_by_mail_or_text check (channel in ('email', 'sms')),
  sent_at timestamptz not null default kit.recorded_now(),
  constraint one_time_code_pkey primary key (organisation_id, presentation_id, number),
  constraint one_code_an_id unique (organisation_id, code_id),
  constraint code_as_sent unique (organisation_id, presentation_id, number, code_hash, channel, sent_at),
  constraint code_of_presentation foreign key (organisation_id, presentation_id) references authorisations.presentation (organisation_id, presentation_id));
select kit.append_only('authorisations.one_time_code', except_columns => 'sent_at');

-- Each wrong guess, over all codes of a presentation: there is no sixth row, and the fifth locks it; nor a twenty-first of one contact on one day (UTC), whatever
-- was shown to them.
create table authorisations.wrong_code (
  organisation_id uuid not null, presentation_id uuid not null,
  number int not null constraint five_wrong_codes_lock check (number between 1 and 5),
  customer_id uuid not null, contact_id uuid not null,
  day bigint not null generated always as (authorisations.microseconds(tried_at) / 86400000000) stored,
  number_of_day int not null constraint twenty_wrong_codes_a_day check (number_of_day between 1 and 20),
  tried_at timestamptz not null default kit.recorded_now(),
  constraint wrong_code_pkey primary key (organisation_id, presentation_id, number),
  constraint one_wrong_code_a_number unique (organisation_id, customer_id, contact_id, day, number_of_day),
  constraint wrong_code_to_contact foreign key (organisation_id, customer_id, contact_id) references customers.contact (organisation_id, customer_id, contact_id),
  constraint wrong_code_for_presentation foreign key (organisation_id, presentation_id) references authorisations.presentation (organisation_id, presentation_id));
select kit.append_only('authorisations.wrong_code', except_columns => 'tried_at');

-- The right code, given in time. An act that says it was confirmed by a code, and by which channel that came, cites it.
create table authorisations.code_proof (
  organisation_id uuid not null, presentation_id uuid not null, number int not null, code_hash bytea not null, channel text not null, sent_at timestamptz not null,
  proven_at timestamptz not null default kit.recorded_now(),
  constraint code_proof_pkey primary key (organisation_id, presentation_id),
  constraint code_proven_by_channel unique (organisation_id, presentation_id, channel),
  constraint code_within_ten_minutes check (proven_at >= sent_at and proven_at <= sent_at + interval '10 minutes'),
  constraint proves_code_as_sent foreign key (organisation_id, presentation_id, number, code_hash, channel, sent_at)
    references authorisations.one_time_code (organisation_id, presentation_id, number, code_hash, channel, sent_at));
select kit.append_only('authorisations.code_proof', except_columns => 'proven_at');
-- No act was ever kept without it.
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table authorisations.authorisation add constraint confirmed_by_its_code foreign key (organisation_id, code_of, code_channel)
  references authorisations.code_proof (organisation_id, presentation_id, channel);

-- What was drawn on the glass, as points on a grid of 1000 by 400. The act holds its hash and so does the text that its chain seals; like a name it is a
-- person's own, and erasing it leaves every proof as it was.
create table authorisations.signature (
  organisation_id uuid not null, authorisation_id uuid not null,
  strokes text not null constraint strokes_bounded check (octet_length(strokes) <= 40000),
  strokes_hash bytea not null,
  constraint signature_pkey primary key (organisation_id, authorisation_id),
  constraint hash_of_the_strokes check ((strokes_hash = authorisations.seal('sayso/signature/1', strokes)) is true),
  constraint signature_of_its_act foreign key (organisation_id, authorisation_id, strokes_hash)
    references authorisations.authorisation (organisation_id, authorisation_id, signature_hash));
select kit.append_only('authorisations.signature');
select kit.deletable('authorisations.signature');
