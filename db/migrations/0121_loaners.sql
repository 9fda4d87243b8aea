-- Loaners: the company's own devices, lent to customers while theirs are here. Each goes out and comes back step by step, so that it is with one customer at most; what is retired goes nowhere any more.

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

-- Out and back, each signed by both: the customer on the glass, whoever gives or takes it by their own sign-in (and on the glass too, where they drew). Retired is the last step,
-- since nothing stands on it: from the shelf, or with whoever has it (lost there, or sold to them), which ends the loan.
create table care.loan_step (
  organisation_id uuid not null,
  loaner_id uuid not null,
  step int not null constraint loan_step_counts check (step between 1 and 10000),
  kind text not null constraint loan_step_kind_is_known check (kind in ('lent', 'returned', 'retired')),
  loan_id uuid,
  customer_id uuid,
  custody_id uuid,                                                       -- for which device of theirs that is here
  previous int generated always as (nullif(step - 1, 0)) stored,
  follows text generated always as (case when kind = 'lent' or loan_id is null then case when step > 1 then 'returned' end else 'lent' end) stored,
  ends int generated always as (case when kind <> 'lent' and loan_id is not null then step - 1 end) stored,
  lends uuid generated always as (case when kind = 'lent' then loan_id end) stored,
  scope_id uuid,                                                         -- of the photos of it
  photos int not null constraint loan_photos_are_few check (photos between 0 and 12),
  retired_because text constraint retired_for_known_reason check (retired_because in ('lost', 'worn_out', 'sold')),
  retired_words text constraint retired_words_have_a_length check (length(retired_words) between 2 and 500),
  staff_id uuid not null,                                                -- who gives it out, or takes it back
  contact_id uuid,
  content_hash bytea constraint loan_content_is_sha256 check (octet_length(content_hash) = 32),
  signature_hash bytea constraint loan_signature_is_sha256 check (octet_length(signature_hash) = 32),
  staff_signature_hash bytea constraint loan_staff_signature_is_sha256 check (octet_length(staff_signature_hash) = 32),
  signed_by text not null,
  captured_at timestamptz not null,                                      -- claimed
  recorded_at timestamptz not null default kit.recorded_now(),            -- the server's
  constraint one_loan_step_a_number primary key (organisation_id, loaner_id, step),
  constraint loan_step_is unique (organisation_id, loaner_id, step, kind),
  constraint loan_goes_out_and_back_once unique (organisation_id, loan_id, kind),
  constraint loan_step_of_loan unique (organisation_id, loaner_id, step, loan_id, customer_id, custody_id),
  constraint loan_step_tells unique (organisation_id, loan_id, kind, customer_id, content_hash, signature_hash),
  constraint loan_step_shows unique (organisation_id, loan_id, kind, scope_id, photos),
  constraint loan_step_drawn_here unique (organisation_id, loan_id, kind, customer_id, staff_signature_hash),
  constraint lent_when_it_is_back foreign key (organisation_id, loaner_id, previous, follows) references care.loan_step (organisation_id, loaner_id, step, kind),
  constraint returned_as_lent foreign key (organisation_id, loaner_id, ends, loan_id, customer_id, custody_id)
    references care.loan_step (organisation_id, loaner_id, step, loan_id, customer_id, custody_id),
  constraint loan_begins_lent check (step > 1 or kind = 'lent' or (kind = 'retired' and loan_id is null)),
  constraint loan_is_for_a_device check ((loan_id is null) = (customer_id is null) and (loan_id is null) = (custody_id is null) and (loan_id is null) = (scope_id is null) and (loan_id is not null or kind = 'retired')),
  constraint loan_signed_but_by_retiring check ((kind = 'retired') = (content_hash is null) and (kind = 'retired') = (signature_hash is null)),
  constraint retired_says_why check ((kind = 'retired') = (retired_because is not null) and (kind = 'retired' or retired_words is null) and (kind <> 'retired' or photos = 0)),
  constraint worn_out_is_seen_here check (coalesce(retired_because, '') <> 'worn_out' or loan_id is null),
  constraint loan_of_loaner foreign key (organisation_id, loaner_id) references care.loaner (organisation_id, loaner_id),
  constraint lent_for_custody foreign key (organisation_id, customer_id, custody_id) references care.custody (organisation_id, customer_id, custody_id),
  constraint loan_in_scope foreign key (organisation_id, custody_id, scope_id) references care.custody (organisation_id, custody_id, scope_id),
  constraint lent_by_staff foreign key (organisation_id, staff_id) references identity.staff (organisation_id, staff_id),
  constraint loan_signed_by_contact foreign key (organisation_id, customer_id, contact_id) references customers.contact (organisation_id, customer_id, contact_id),
  constraint lent_for_what_is_here foreign key (organisation_id, custody_id, lends) references care.custody_loan (organisation_id, custody_id, loan_id),
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

-- The photos that show it as it went out and as it came back; as many as the step says.
create table care.loan_photo (
  organisation_id uuid not null,
  loan_id uuid not null,
  kind text not null,
  scope_id uuid not null,
  position int not null constraint loan_photo_position_in_range check (position >= 1),
  photos int not null,
  photo_id uuid not null,
  photo_hash bytea not null,
  constraint one_loan_photo_a_position primary key (organisation_id, loan_id, kind, position),
  constraint loan_photo_shown_once unique (organisation_id, loan_id, kind, photo_id),
  constraint loan_photos_are_numbered check (position <= photos),
  constraint photo_of_loan_step foreign key (organisation_id, loan_id, kind, scope_id, photos) references care.loan_step (organisation_id, loan_id, kind, scope_id, photos),
  constraint loan_shows_photo_as_kept foreign key (organisation_id, photo_id, scope_id, photo_hash)
    references authorisations.photo (organisation_id, photo_id, scope_id, photo_hash));
select kit.append_only('care.loan_photo');
