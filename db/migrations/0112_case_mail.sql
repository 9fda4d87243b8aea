-- Mail that comes in for cases: at which addresses, from whom, and what came with it.

-- An address at which an organisation takes mail in.
create table care.mail_address (
  organisation_id uuid not null,
  mail_address_id uuid not null,
  address text not null constraint mail_address_has_a_length check (length(address) between 3 and 254),
  address_hash bytea not null constraint mail_address_own_hash_is_sha256 check (length(address_hash) = 32),
  set_by text not null constraint mail_address_setter_short check (length(set_by) <= 100),
  set_at timestamptz not null,
  constraint one_mail_address_an_id primary key (organisation_id, mail_address_id),
  constraint one_mail_address_of_its_organisation unique (organisation_id, address_hash),
  constraint mail_address_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id));
select kit.append_only('care.mail_address');
select kit.deletable('care.mail_address');

-- A code goes by mail to an address of theirs; whoever reads mail there sends it back, which proves that the address is theirs. The code itself is made from its id and kept nowhere.
create table care.mail_code (
  organisation_id uuid not null,
  mail_code_id uuid not null,
  mail_address_id uuid not null,
  staff_id uuid not null,                                                -- who asked
  asked_at timestamptz not null,
  constraint one_mail_code_an_id primary key (organisation_id, mail_code_id),
  constraint mail_code_of_address unique (organisation_id, mail_code_id, mail_address_id),
  constraint mail_code_asked_by_staff foreign key (organisation_id, staff_id) references identity.staff (organisation_id, staff_id));
create index mail_code_by_time on care.mail_code (organisation_id, asked_at);
create index mail_code_by_address on care.mail_code (organisation_id, mail_address_id, asked_at);
select kit.append_only('care.mail_code');
create table care.mail_proof (
  organisation_id uuid not null,
  mail_address_id uuid not null,
  mail_code_id uuid not null,
  proven_by text not null constraint mail_prover_short check (length(proven_by) <= 100),
  proven_at timestamptz not null,
  constraint one_mail_proof_an_address primary key (organisation_id, mail_address_id),
  constraint mail_proof_of_address foreign key (organisation_id, mail_address_id) references care.mail_address (organisation_id, mail_address_id),
  constraint mail_proven_by_its_code foreign key (organisation_id, mail_code_id, mail_address_id) references care.mail_code (organisation_id, mail_code_id, mail_address_id));
select kit.append_only('care.mail_proof');
select kit.deletable('care.mail_proof');

-- From which of those that were proven its mail is, and by which name; without a row it is from the operator's address.
create table care.mail_sender (
  organisation_id uuid not null,
  mail_address_id uuid not null,
  name text not null constraint mail_sender_name_has_a_length check (length(name) between 1 and 100) constraint mail_sender_name_is_a_line check (name !~ '[[:cntrl:]]'),
  constraint one_mail_sender_an_organisation primary key (organisation_id),
  constraint mail_sender_is_proven foreign key (organisation_id, mail_address_id) references care.mail_proof (organisation_id, mail_address_id));
select kit.changeable('care.mail_sender', 'mail_address_id, name');
select kit.deletable('care.mail_sender');

-- Whose mail it is, before any organisation is known.
create table care.mail_address_hash (
  address_hash bytea not null constraint mail_address_hash_is_sha256 check (length(address_hash) = 32),
  organisation_id uuid not null,
  constraint one_mail_address_a_hash primary key (address_hash));
select kit.look_up('care.mail_address_hash');
grant select, insert, delete on care.mail_address_hash to sayso_service;

-- A mail was taken in, once, however often it comes: as a message, or as one of nobody known. Another mail that calls itself the same is another one.
create table care.mail_key (
  organisation_id uuid not null,
  message_key bytea not null constraint mail_key_is_sha256 check (length(message_key) = 32),
  content_key bytea not null constraint mail_content_key_is_sha256 check (length(content_key) = 32),   -- of who says what
  taken_id uuid not null,
  constraint one_mail_a_key primary key (organisation_id, message_key, content_key),
  constraint one_key_a_mail unique (organisation_id, taken_id));
select kit.append_only('care.mail_key');

-- What a mail says of itself beside its words. It goes with the person.
create table care.mail_head (
  organisation_id uuid not null,
  message_id uuid not null,
  customer_id uuid not null,
  rfc_id text constraint mail_rfc_id_short check (length(rfc_id) <= 1000),
  subject text not null constraint mail_subject_short check (length(subject) <= 250),
  sender text not null constraint mail_sender_short check (length(sender) <= 320),
  automatic boolean not null,
  constraint one_mail_head_a_message primary key (organisation_id, message_id),
  constraint mail_head_of_message foreign key (organisation_id, message_id) references care.case_message (organisation_id, message_id));
create index mail_head_by_customer on care.mail_head (organisation_id, customer_id);
select kit.append_only('care.mail_head');
select kit.deletable('care.mail_head');

-- What came in from nobody known, by mail, text or a form, waits until somebody says whose it is, or that it isn't for us.
create table care.stray_mail (
  organisation_id uuid not null,
  stray_id uuid not null,
  channel text not null constraint stray_channel_is_known check (channel in ('email', 'sms', 'chat', 'web')),
  rfc_id text constraint stray_rfc_id_short check (length(rfc_id) <= 1000),
  sender_name text not null constraint stray_sender_name_short check (length(sender_name) <= 200),
  sender text not null constraint stray_sender_short check (length(sender) <= 320),
  subject text not null constraint stray_subject_short check (length(subject) <= 250),
  words text not null constraint stray_words_have_a_length check (length(words) between 2 and 100000),
  automatic boolean not null,
  case_id uuid,                                                          -- which case it speaks of: not taken from a stranger's word
  received_at timestamptz not null,
  came_back_to text constraint stray_came_back_to_short check (length(came_back_to) <= 320),  -- whom a report says that a mail didn't reach
  came_back_because text constraint stray_came_back_because_short check (length(came_back_because) <= 500),
  constraint one_stray_mail_an_id primary key (organisation_id, stray_id),
  constraint stray_speaks_of_case foreign key (organisation_id, case_id) references care.case_file (organisation_id, case_id));
select kit.append_only('care.stray_mail');
select kit.deletable('care.stray_mail');

-- Files that came with a mail. What runs by itself or is too large isn't kept, and that is said.
create table care.attachment (
  organisation_id uuid not null,
  attachment_id uuid not null,
  taken_id uuid not null,
  number int not null constraint attachment_number_in_range check (number between 1 and 50),
  customer_id uuid,
  name text not null constraint attachment_name_has_a_length check (length(name) between 1 and 200),
  media_type text not null constraint attachment_media_type_short check (length(media_type) between 3 and 100),
  size_bytes int not null constraint attachment_size_in_range check (size_bytes between 0 and 100000000),
  refused text constraint attachment_refused_for_known_reason check (refused in ('executable', 'too_large')),
  content bytea constraint attachment_content_is_small check (length(content) <= 10485760),
  constraint one_attachment_an_id primary key (organisation_id, attachment_id),
  constraint one_attachment_a_number unique (organisation_id, taken_id, number),
  constraint attachment_is_kept_or_refused check ((content is null) = (refused is not null)),
  constraint attachment_came_by_mail foreign key (organisation_id, taken_id) references care.mail_key (organisation_id, taken_id));
create index attachment_by_customer on care.attachment (organisation_id, customer_id) where customer_id is not null;
select kit.changeable('care.attachment', 'customer_id');
select kit.deletable('care.attachment');

-- How far a mailbox was read from which mail is fetched: by the server's own numbers, which it may give anew (`uid_validity`); what came before `since` isn't asked for.
create table care.mail_position (
  organisation_id uuid not null,
  mailbox_key bytea not null constraint mail_position_key_is_sha256 check (length(mailbox_key) = 32),
  uid_validity bigint not null constraint mail_uid_validity_in_range check (uid_validity between 0 and 4294967295),
  last_uid bigint not null constraint mail_last_uid_in_range check (last_uid between 0 and 4294967295),
  since date not null,
  constraint one_mail_position_a_mailbox primary key (organisation_id, mailbox_key),
  constraint mail_position_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id));
select kit.changeable('care.mail_position', 'uid_validity, last_uid');
