-- Custody: a customer's device is taken in, goes from hand to hand and comes back. One chain of hand-overs a device, each from whom the one before went to, so that one holder is known at every moment.

-- Where a device lies while nobody has it in hand.
create table care.bench_place (
  organisation_id uuid not null,
  place_id uuid not null,
  name text not null constraint bench_place_name_has_a_length check (length(name) between 1 and 100),
  added_by text not null constraint bench_place_adder_short check (length(added_by) <= 100),
  added_at timestamptz not null,
  constraint one_bench_place_an_id primary key (organisation_id, place_id),
  constraint one_bench_place_a_name unique (organisation_id, name));
select kit.append_only('care.bench_place');

-- A device that was taken in for a job, from the hand-over that brought it on.
create table care.custody (
  organisation_id uuid not null,
  custody_id uuid not null,
  customer_id uuid not null,
  asset_id uuid not null,
  job_id uuid not null,
  scope_id uuid not null,                                                -- what may be charged for it, and its photos
  visit_id uuid,                                                         -- at the door; over the counter, if on none
  opened_step int not null,
  reference text not null generated always as (authorisations.reference('device', custody_id)) stored,
  taken_by text not null constraint custody_taker_short check (length(taken_by) <= 100),
  taken_at timestamptz not null,
  constraint one_custody_an_id primary key (organisation_id, custody_id),
  constraint custody_of_its_device unique (organisation_id, custody_id, asset_id, customer_id),
  constraint custody_opens unique (organisation_id, custody_id, asset_id, opened_step),
  constraint custody_by_customer unique (organisation_id, customer_id, custody_id),
  constraint custody_in_scope unique (organisation_id, custody_id, scope_id),
  constraint one_custody_a_reference unique (organisation_id, reference),
  constraint custody_of_asset foreign key (organisation_id, customer_id, asset_id) references customers.asset (organisation_id, customer_id, asset_id),
  constraint custody_of_job foreign key (organisation_id, job_id, scope_id, customer_id) references dispatch.job (organisation_id, job_id, scope_id, customer_id),
  constraint custody_on_visit foreign key (organisation_id, job_id, visit_id) references dispatch.visit (organisation_id, job_id, visit_id));
create index custody_by_job on care.custody (organisation_id, job_id, custody_id);
select kit.append_only('care.custody');
select kit.lockable('job', 'care.custody', 'asset_id', 'custody_id');
select kit.lockable('scope', 'care.custody', 'scope_id', 'custody_id');

-- What of ours was lent for a device while it was here, one after the other, and that nothing is lent for it any more: nothing follows on that, and the step that ends its custody says it.
create table care.custody_loan (
  organisation_id uuid not null,
  custody_id uuid not null,
  number int not null constraint custody_loan_counts check (number between 1 and 1000),
  previous int generated always as (nullif(number - 1, 0)) stored,
  follows text not null generated always as ('lent') stored,
  kind text not null constraint custody_loan_kind_is_known check (kind in ('lent', 'closed')),
  ended text generated always as (case when kind = 'closed' then kind end) stored,
  loan_id uuid,
  constraint one_custody_loan_a_number primary key (organisation_id, custody_id, number),
  constraint custody_loan_is unique (organisation_id, custody_id, number, kind),
  constraint one_custody_loan_a_loan unique (organisation_id, custody_id, loan_id),
  constraint custody_lends_no_more_once unique (organisation_id, custody_id, ended),
  constraint lent_while_it_was_here foreign key (organisation_id, custody_id, previous, follows) references care.custody_loan (organisation_id, custody_id, number, kind),
  constraint custody_loan_names_its_loan check ((kind = 'lent') = (loan_id is not null)),
  constraint custody_loan_of_custody foreign key (organisation_id, custody_id) references care.custody (organisation_id, custody_id));
select kit.append_only('care.custody_loan');

-- Whoever holds a device offers it to a colleague, who has it once they say so. Of several offers from one hand the last holds.
create table care.hand_over_offer (
  organisation_id uuid not null,
  asset_id uuid not null,
  step int not null constraint hand_over_offer_step_counts check (step between 2 and 10000),       -- the one that it would be
  number int not null constraint hand_over_offers_are_few check (number between 1 and 100),
  before_step int generated always as (step - 1) stored,
  before_number int generated always as (nullif(number - 1, 0)) stored,
  holds text not null generated always as ('staff') stored,
  from_id uuid not null,
  to_id uuid not null,
  offered_by text not null constraint offered_by_who_holds_it check (offered_by = 'staff:' || from_id),
  offered_at timestamptz not null,
  constraint one_hand_over_offer_a_number primary key (organisation_id, asset_id, step, number),
  constraint hand_over_as_offered unique (organisation_id, asset_id, step, number, from_id, to_id),
  constraint hand_over_offers_follow foreign key (organisation_id, asset_id, step, before_number) references care.hand_over_offer (organisation_id, asset_id, step, number),
  constraint offered_to_somebody_else check (to_id <> from_id),
  constraint offered_to_staff foreign key (organisation_id, to_id) references identity.staff (organisation_id, staff_id));
select kit.append_only('care.hand_over_offer');

-- Each hand-over: out of the hand that the one before put it into, signed by both. A customer signs on the glass; a colleague gives by an offer and takes by saying so; a place has no hands,
-- so whoever puts a device there or takes it from there signs alone. Whoever works here no more can't give: what they hold is taken over with a reason. What is disposed of is in nobody's hand again.
create table care.hand_over (
  organisation_id uuid not null,
  asset_id uuid not null,
  step int not null constraint hand_over_counts check (step between 1 and 10000),
  previous int generated always as (nullif(step - 1, 0)) stored,
  hand_over_id uuid not null,
  custody_id uuid not null,
  customer_id uuid not null,
  scope_id uuid not null,
  from_kind text not null,
  from_id uuid not null,
  to_kind text not null,
  to_id uuid not null,
  opens int generated always as (case when from_kind = 'customer' then step end) stored,
  goes_on int generated always as (case when from_kind <> 'customer' then step - 1 end) stored,
  from_staff uuid generated always as (case when from_kind = 'staff' then from_id end) stored,
  to_staff uuid generated always as (case when to_kind = 'staff' then to_id end) stored,
  to_place uuid generated always as (case when to_kind = 'place' then to_id end) stored,
  offer_number int,
  taken_because text constraint taken_over_reason_has_a_length check (length(taken_because) between 10 and 500),   -- out of the hand of who works here no more
  contact_id uuid,                                                       -- who of the customer's people signed
  content_hash bytea not null constraint hand_over_content_is_sha256 check (octet_length(content_hash) = 32),
  signature_hash bytea constraint hand_over_signature_is_sha256 check (octet_length(signature_hash) = 32),
  staff_signature_hash bytea constraint hand_over_staff_signature_is_sha256 check (octet_length(staff_signature_hash) = 32),   -- drawn too, where it was
  photos int not null constraint hand_over_photos_are_few check (photos between 0 and 12),
  bench_step int,                                                        -- which ends it
  ends_as text generated always as (case to_kind when 'customer' then 'handed_back' when 'disposal' then 'scrapped' end) stored,
  signed_by text not null,                                               -- whose hand it is that works here: who takes it, else who gives it
  captured_at timestamptz not null,                                      -- claimed
  recorded_at timestamptz not null default kit.recorded_now(),            -- the server's
  constraint one_hand_over_a_step primary key (organisation_id, asset_id, step),
  constraint one_hand_over_an_id unique (organisation_id, hand_over_id),
  constraint hand_over_puts_it unique (organisation_id, asset_id, step, to_kind, to_id),
  constraint hand_over_inside unique (organisation_id, asset_id, step, custody_id),
  constraint hand_over_ends unique (organisation_id, custody_id, bench_step, to_kind),
  constraint hand_over_signed unique (organisation_id, hand_over_id, customer_id, signature_hash),
  constraint hand_over_signed_here unique (organisation_id, hand_over_id, customer_id, staff_signature_hash),
  constraint hand_over_tells unique (organisation_id, hand_over_id, customer_id, content_hash),
  constraint hand_over_shows unique (organisation_id, hand_over_id, scope_id, photos),
  constraint handed_over_by_who_has_it foreign key (organisation_id, asset_id, previous, from_kind, from_id)
    references care.hand_over (organisation_id, asset_id, step, to_kind, to_id),
  constraint handed_over_within_its_custody foreign key (organisation_id, asset_id, goes_on, custody_id) references care.hand_over (organisation_id, asset_id, step, custody_id),
  constraint hand_over_of_custody foreign key (organisation_id, custody_id, asset_id, customer_id) references care.custody (organisation_id, custody_id, asset_id, customer_id),
  constraint hand_over_in_scope foreign key (organisation_id, custody_id, scope_id) references care.custody (organisation_id, custody_id, scope_id),
  constraint taken_in_by_its_custody foreign key (organisation_id, custody_id, asset_id, opens) references care.custody (organisation_id, custody_id, asset_id, opened_step),
  constraint taken_over_as_offered foreign key (organisation_id, asset_id, step, offer_number, from_staff, to_staff)
    references care.hand_over_offer (organisation_id, asset_id, step, number, from_id, to_id),
  constraint handed_to_colleague foreign key (organisation_id, to_staff) references identity.staff (organisation_id, staff_id),
  constraint handed_to_place foreign key (organisation_id, to_place) references care.bench_place (organisation_id, place_id),
  constraint signed_by_contact foreign key (organisation_id, customer_id, contact_id) references customers.contact (organisation_id, customer_id, contact_id),
  constraint handed_over_as_hands_can check (from_kind || ' ' || to_kind in ('customer staff', 'staff customer', 'staff staff', 'staff place', 'place staff', 'staff disposal')),
  constraint disposed_of_as_itself check (to_kind <> 'disposal' or to_id = asset_id),
  constraint hand_over_begins_with_its_owner check (step > 1 or from_kind = 'customer'),
  constraint handed_over_with_its_owner check ((from_kind <> 'customer' or from_id = customer_id) and (to_kind <> 'customer' or to_id = customer_id)),
  constraint hand_over_signed_by_its_customer check ((signature_hash is null) = ('customer' not in (from_kind, to_kind))),
  constraint hand_over_signed_by_staff check (signed_by = 'staff:' || case to_kind when 'staff' then to_id else from_id end),
  constraint colleagues_both_sign check ((offer_number is null) = (from_kind || to_kind <> 'staffstaff' or taken_because is not null)),
  constraint taken_over_from_a_colleague check (taken_because is null or from_kind || to_kind = 'staffstaff'),
  constraint staff_draw_beside_the_customer check (staff_signature_hash is null or signature_hash is not null),
  constraint handed_back_ends_it check ((bench_step is null) = (to_kind not in ('customer', 'disposal'))),
  constraint captured_before_it_is_received check (captured_at <= recorded_at + interval '1 minute'));
select kit.append_only('care.hand_over', except_columns => 'recorded_at');
create index hand_over_of_custody_by_step on care.hand_over (organisation_id, custody_id, step);
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table care.hand_over_offer add constraint offered_by_its_holder foreign key (organisation_id, asset_id, before_step, holds, from_id)
  references care.hand_over (organisation_id, asset_id, step, to_kind, to_id);
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table care.custody add constraint custody_begins_with_hand_over foreign key (organisation_id, asset_id, opened_step, custody_id)
  references care.hand_over (organisation_id, asset_id, step, custody_id);

-- What was signed: condition, accessories, who signed, with a salt; and the strokes. They are a person's own and go with them; their hashes stay in the chain.
create table care.hand_over_text (
  organisation_id uuid not null,
  hand_over_id uuid not null,
  customer_id uuid not null,
  content text not null constraint hand_over_text_is_bounded check (octet_length(content) <= 65536),   -- RFC 8785
  content_hash bytea not null,
  constraint one_text_a_hand_over primary key (organisation_id, hand_over_id),
  constraint hash_of_what_was_signed check ((content_hash = authorisations.seal('sayso/hand-over/1', content)) is true),
  constraint text_of_hand_over foreign key (organisation_id, hand_over_id, customer_id, content_hash)
    references care.hand_over (organisation_id, hand_over_id, customer_id, content_hash));
create index hand_over_text_by_customer on care.hand_over_text (organisation_id, customer_id);
select kit.append_only('care.hand_over_text');
select kit.deletable('care.hand_over_text');
create table care.hand_over_signature (
  organisation_id uuid not null,
  hand_over_id uuid not null,
  customer_id uuid not null,
  strokes text not null constraint hand_over_strokes_are_bounded check (octet_length(strokes) <= 40000),
  strokes_hash bytea not null,
  staff_strokes text constraint hand_over_staff_strokes_are_bounded check (octet_length(staff_strokes) <= 40000),
  staff_strokes_hash bytea,
  constraint one_signature_a_hand_over primary key (organisation_id, hand_over_id),
  constraint hash_of_drawn_strokes check ((strokes_hash = authorisations.seal('sayso/signature/1', strokes)) is true),
  constraint hash_of_staff_strokes check (((staff_strokes is null) = (staff_strokes_hash is null) and coalesce(staff_strokes_hash = authorisations.seal('sayso/signature/1', staff_strokes), true)) is true),
  constraint signature_of_hand_over foreign key (organisation_id, hand_over_id, customer_id, strokes_hash)
    references care.hand_over (organisation_id, hand_over_id, customer_id, signature_hash),
  constraint staff_signature_of_hand_over foreign key (organisation_id, hand_over_id, customer_id, staff_strokes_hash)
    references care.hand_over (organisation_id, hand_over_id, customer_id, staff_signature_hash));
create index hand_over_signature_by_customer on care.hand_over_signature (organisation_id, customer_id);
select kit.append_only('care.hand_over_signature');
select kit.deletable('care.hand_over_signature');

-- The photos that a hand-over shows, as kept; as many as it says.
create table care.hand_over_photo (
  organisation_id uuid not null,
  hand_over_id uuid not null,
  scope_id uuid not null,
  position int not null constraint hand_over_photo_position_in_range check (position >= 1),
  photos int not null,
  photo_id uuid not null,
  photo_hash bytea not null,
  constraint one_hand_over_photo_a_position primary key (organisation_id, hand_over_id, position),
  constraint hand_over_photo_shown_once unique (organisation_id, hand_over_id, photo_id),
  constraint hand_over_photos_are_numbered check (position <= photos),
  constraint photo_of_hand_over foreign key (organisation_id, hand_over_id, scope_id, photos) references care.hand_over (organisation_id, hand_over_id, scope_id, photos),
  constraint hand_over_shows_photo_as_kept foreign key (organisation_id, photo_id, scope_id, photo_hash)
    references authorisations.photo (organisation_id, photo_id, scope_id, photo_hash));
select kit.append_only('care.hand_over_photo');

-- Whether a device may go on so.
create function care.bench_moves(from_state text, to_state text) returns boolean language sql immutable strict parallel safe
  return from_state || ' ' || to_state in ('new received',
    'received waiting', 'received diagnosing', 'waiting diagnosing', 'diagnosing waiting', 'diagnosing waiting_approval', 'diagnosing testing', 'waiting_approval diagnosing',
    'waiting_approval approved', 'waiting_approval declined', 'approved repairing', 'approved waiting_approval', 'repairing waiting_approval', 'repairing testing', 'testing repairing',
    'testing diagnosing', 'testing ready', 'declined diagnosing', 'declined waiting_approval', 'declined ready', 'received ready', 'waiting ready', 'diagnosing ready', 'waiting_approval ready',
    'approved ready', 'repairing ready', 'ready diagnosing',
    'received handed_back', 'waiting handed_back', 'diagnosing handed_back', 'waiting_approval handed_back', 'approved handed_back', 'declined handed_back', 'ready handed_back', 'approved scrapped');
grant execute on function care.bench_moves to sayso_service;

-- What is done with a device, step by step. It is repaired only under an item that its customer authorised, and scrapped only under one of disposal; its end and its last hand-over vouch for each other.
create table care.bench_step (
  organisation_id uuid not null,
  custody_id uuid not null,
  step int not null constraint bench_step_counts check (step between 1 and 1000),
  previous int generated always as (nullif(step - 1, 0)) stored,
  scope_id uuid not null,
  from_state text not null,
  to_state text not null,
  offer_id uuid,                                                         -- what waits for the customer's word
  item_id uuid,                                                          -- under what it is repaired or scrapped
  item_revision int,
  passed boolean,                                                        -- how its test came out
  ended_by text generated always as (case to_state when 'handed_back' then 'customer' when 'scrapped' then 'disposal' end) stored,
  ending_step int generated always as (case when to_state in ('handed_back', 'scrapped') then step end) stored,
  scrapped_step int generated always as (case when to_state = 'scrapped' then step end) stored,
  loans_end text generated always as (case when to_state in ('handed_back', 'scrapped') then 'closed' end) stored,
  scrapped_under text generated always as (case when to_state = 'scrapped' then 'disposal' end) stored,
  acted_by text not null constraint bench_actor_short check (length(acted_by) <= 100),
  acted_at timestamptz not null,
  constraint one_bench_step_a_number primary key (organisation_id, custody_id, step),
  constraint bench_step_ends_in unique (organisation_id, custody_id, step, to_state),
  constraint bench_step_follows foreign key (organisation_id, custody_id, previous, from_state) references care.bench_step (organisation_id, custody_id, step, to_state),
  constraint bench_step_of_custody foreign key (organisation_id, custody_id, scope_id) references care.custody (organisation_id, custody_id, scope_id),
  constraint bench_begins_received check ((step = 1) = (from_state = 'new')),
  constraint bench_moves_as_declared check (care.bench_moves(from_state, to_state) is true),
  constraint bench_waits_for_an_offer check ((to_state in ('waiting_approval', 'approved', 'repairing', 'scrapped')) = (offer_id is not null)),
  constraint repaired_under_an_item check ((to_state in ('approved', 'repairing', 'scrapped')) = (item_id is not null) and (item_id is null) = (item_revision is null)),
  constraint bench_test_has_its_result check (((from_state = 'testing') = (passed is not null) and coalesce(passed = (to_state = 'ready'), true)) is true),
  constraint bench_offer_of_its_matter foreign key (organisation_id, scope_id, offer_id) references authorisations.offer (organisation_id, scope_id, offer_id),
  constraint bench_item_of_its_offer foreign key (organisation_id, item_id, scope_id, offer_id, item_revision)
    references authorisations.offer_item (organisation_id, item_id, scope_id, offer_id, revision),
  constraint repaired_as_authorised foreign key (organisation_id, item_id) references authorisations.capacity_item (organisation_id, item_id),
  constraint scrapped_as_authorised foreign key (organisation_id, item_id, scrapped_under) references authorisations.offer_item (organisation_id, item_id, kind),
  constraint ends_with_its_owner foreign key (organisation_id, custody_id, ending_step, ended_by) references care.hand_over (organisation_id, custody_id, bench_step, to_kind),
  constraint loans_end_with_it foreign key (organisation_id, custody_id, loans_end) references care.custody_loan (organisation_id, custody_id, ended));
select kit.append_only('care.bench_step');
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table care.hand_over add constraint handed_back_by_the_bench foreign key (organisation_id, custody_id, bench_step, ends_as)
  references care.bench_step (organisation_id, custody_id, step, to_state);

-- What became of a device that doesn't go back: where it was brought, or by whom it was fetched.
create table care.disposal (
  organisation_id uuid not null,
  custody_id uuid not null,
  step int not null,
  scrapped text not null generated always as ('scrapped') stored,
  how text not null constraint disposal_has_a_length check (length(how) between 10 and 500),
  constraint one_disposal_a_step primary key (organisation_id, custody_id, step),
  constraint disposal_of_scrapped foreign key (organisation_id, custody_id, step, scrapped) references care.bench_step (organisation_id, custody_id, step, to_state));
select kit.append_only('care.disposal');
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table care.bench_step add constraint scrapped_with_its_disposal foreign key (organisation_id, custody_id, scrapped_step)
  references care.disposal (organisation_id, custody_id, step);

-- What was found or done at a step, in the words of whoever did it; they go with the customer.
create table care.bench_note (
  organisation_id uuid not null,
  custody_id uuid not null,
  step int not null,
  customer_id uuid not null,
  words text not null constraint bench_note_has_a_length check (length(words) between 2 and 4000),
  constraint one_bench_note_a_step primary key (organisation_id, custody_id, step),
  constraint note_of_bench_step foreign key (organisation_id, custody_id, step) references care.bench_step (organisation_id, custody_id, step),
  constraint note_of_its_customer foreign key (organisation_id, customer_id, custody_id) references care.custody (organisation_id, customer_id, custody_id));
create index bench_note_by_customer on care.bench_note (organisation_id, customer_id);
select kit.append_only('care.bench_note');
select kit.deletable('care.bench_note');

-- Which words to a customer were about their device.
create table care.custody_news (
  organisation_id uuid not null,
  message_id uuid not null,
  custody_id uuid not null,
  customer_id uuid not null,
  constraint one_news_a_message primary key (organisation_id, message_id),
  constraint news_of_custody foreign key (organisation_id, customer_id, custody_id) references care.custody (organisation_id, customer_id, custody_id));
create index news_by_custody on care.custody_news (organisation_id, custody_id, message_id);
select kit.append_only('care.custody_news');

-- What is here now: how it stands and who holds it, so that what has long gone home isn't read.
create table care.open_custody (
  organisation_id uuid not null,
  custody_id uuid not null,
  asset_id uuid not null,
  customer_id uuid not null,
  state text not null constraint open_custody_state_is_known check (state in ('received', 'waiting', 'diagnosing', 'waiting_approval', 'approved', 'declined', 'repairing', 'testing', 'ready')),
  returned boolean not null,                                             -- the same device was handed back within the thirty days before
  constraint one_open_custody_an_id primary key (organisation_id, custody_id),
  constraint one_open_custody_a_device unique (organisation_id, asset_id),
  constraint open_custody_of_custody foreign key (organisation_id, custody_id, asset_id, customer_id) references care.custody (organisation_id, custody_id, asset_id, customer_id));
create index open_custody_by_customer on care.open_custody (organisation_id, customer_id, custody_id);
select kit.changeable('care.open_custody', 'state');
select kit.deletable('care.open_custody');
