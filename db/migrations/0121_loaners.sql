-- Loaners: the company's own devices, lent to customers while theirs are here. Each goes out and comes back step by step, so that it is with one customer at most.

create table care.loaner (
  organisation_id uuid not null,
  loaner_id uuid not null,
  kind text not null constraint loaner_kind_has_a_length check (length(kind) between 1 and 60),
  name text not null constraint loaner_name_has_a_length check (length(name) between 1 and 100),
  serial text constraint loaner_serial_has_a_length check (length(serial) between 1 and 100),
  added_by text not null constraint loaner_adder_short check (length(added_by) <= 100),
  added_at timestamptz not null,
  constraint one_loaner_an_id primary key (organisation_id, loaner_id),
  constraint one_loaner_a_name unique (organisation_id, name));
select kit.append_only('care.loaner');

-- Out and back, each signed by both: the customer on the glass, whoever gives or takes it by their own sign-in (and on the glass too, where they drew).
create table care.loan_step (
  organisation_id uuid not null,
  loaner_id uuid not null,
  step int not null constraint loan_step_counts check (step between 1 and 10000),
  kind text not null constraint loan_step_kind_is_known check (kind in ('lent', 'returned')),
  loan_id uuid not null,
  customer_id uuid not null,
  custody_id uuid not null,                                              -- for which device of theirs that is here
  previous int generated always as (nullif(step - 1, 0)) stored,
  follows text generated always as (case when step > 1 then case kind when 'lent' then 'returned' else 'lent' end end) stored,
  ends int generated always as (case when kind = 'returned' then step - 1 end) stored,
  staff_id uuid not null,                                                -- who gives it out, or takes it back
  contact_id uuid,
  content_hash bytea not null constraint loan_content_is_sha256 check (octet_length(content_hash) = 32),
  signature_hash bytea not null constraint loan_signature_is_sha256 check (octet_length(signature_hash) = 32),
  staff_signature_hash bytea constraint loan_staff_signature_is_sha256 check (octet_length(staff_signature_hash) = 32),
  signed_by text not null,
  captured_at timestamptz not null,                                      -- claimed
  recorded_at timestamptz not null default kit.recorded_now(),            -- the server's
  constraint one_loan_step_a_number primary key (organisation_id, loaner_id, step),
  constraint loan_step_is unique (organisation_id, loaner_id, step, kind),
  constraint loan_goes_out_and_back_once unique (organisation_id, loan_id, kind),
  constraint loan_step_of_loan unique (organisation_id, loaner_id, step, loan_id, customer_id, custody_id),
  constraint loan_step_tells unique (organisation_id, loan_id, kind, customer_id, content_hash, signature_hash),
  constraint loan_step_drawn_here unique (organisation_id, loan_id, kind, customer_id, staff_signature_hash),
  constraint lent_when_it_is_back foreign key (organisation_id, loaner_id, previous, follows) references care.loan_step (organisation_id, loaner_id, step, kind),
  constraint returned_as_lent foreign key (organisation_id, loaner_id, ends, loan_id, customer_id, custody_id)
    references care.loan_step (organisation_id, loaner_id, step, loan_id, customer_id, custody_id),
  constraint loan_begins_lent check (step > 1 or kind = 'lent'),
  constraint loan_of_loaner foreign key (organisation_id, loaner_id) references care.loaner (organisation_id, loaner_id),
  constraint lent_for_custody foreign key (organisation_id, customer_id, custody_id) references care.custody (organisation_id, customer_id, custody_id),
  constraint lent_by_staff foreign key (organisation_id, staff_id) references identity.staff (organisation_id, staff_id),
  constraint loan_signed_by_contact foreign key (organisation_id, customer_id, contact_id) references customers.contact (organisation_id, customer_id, contact_id),
  constraint loan_signed_by_staff check (signed_by = 'staff:' || staff_id),
  constraint loan_captured_before_it_is_received check (captured_at <= recorded_at + interval '1 minute'));
create index loan_by_customer on care.loan_step (organisation_id, customer_id, loan_id);
create index loan_by_custody on care.loan_step (organisation_id, custody_id, loan_id);
select kit.append_only('care.loan_step', except_columns => 'recorded_at');

-- What was signed and drawn; it is a person's own and goes with them, its hashes stay.
create table care.loan_paper (
  organisation_id uuid not null,
  loan_id uuid not null,
  kind text not null,
  customer_id uuid not null,
  content text not null constraint loan_paper_is_bounded check (octet_length(content) <= 65536),   -- RFC 8785
  content_hash bytea not null,
  strokes text not null constraint loan_strokes_are_bounded check (octet_length(strokes) <= 40000),
  strokes_hash bytea not null,
  staff_strokes text constraint loan_staff_strokes_are_bounded check (octet_length(staff_strokes) <= 40000),
  staff_strokes_hash bytea,
  constraint one_paper_a_loan_step primary key (organisation_id, loan_id, kind),
  constraint hash_of_loan_paper check ((content_hash = authorisations.seal('sayso/hand-over/1', content)) is true),
  constraint hash_of_loan_strokes check ((strokes_hash = authorisations.seal('sayso/signature/1', strokes)) is true),
  constraint hash_of_loan_staff_strokes check (((staff_strokes is null) = (staff_strokes_hash is null) and coalesce(staff_strokes_hash = authorisations.seal('sayso/signature/1', staff_strokes), true)) is true),
  constraint paper_of_loan_step foreign key (organisation_id, loan_id, kind, customer_id, content_hash, strokes_hash)
    references care.loan_step (organisation_id, loan_id, kind, customer_id, content_hash, signature_hash),
  constraint staff_strokes_of_loan_step foreign key (organisation_id, loan_id, kind, customer_id, staff_strokes_hash)
    references care.loan_step (organisation_id, loan_id, kind, customer_id, staff_signature_hash));
create index loan_paper_by_customer on care.loan_paper (organisation_id, customer_id);
select kit.append_only('care.loan_paper');
select kit.deletable('care.loan_paper');
