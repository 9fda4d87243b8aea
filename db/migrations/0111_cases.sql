-- Cases: a conversation until settled. What happens to one is a chain of steps that carries how many words of its customer's wait for an answer.
create table care.case_file (
  organisation_id uuid not null,
  case_id uuid not null,
  customer_id uuid not null,
  contact_id uuid,                                                       -- who of them is answered; else whoever has an address
  reference text not null generated always as (authorisations.reference('case', case_id)) stored,
  channel text not null constraint case_channel_is_known check (channel in ('phone', 'in_person', 'email', 'sms', 'chat', 'web', 'letter')),
  raised_by text not null constraint case_raiser_short check (length(raised_by) <= 100),
  raised_at timestamptz not null,
  continues_case_id uuid,                                                -- the one before it, which was full
  constraint one_case_an_id primary key (organisation_id, case_id),
  constraint case_of_its_customer unique (organisation_id, case_id, customer_id),
  constraint case_reference_given_once unique (organisation_id, reference),
  constraint case_goes_on_once unique (organisation_id, continues_case_id),
  constraint case_goes_on_with_its_customer foreign key (organisation_id, continues_case_id, customer_id) references care.case_file (organisation_id, case_id, customer_id),
  constraint case_of_customer foreign key (organisation_id, customer_id) references customers.customer (organisation_id, customer_id),
  constraint case_with_contact foreign key (organisation_id, customer_id, contact_id) references customers.contact (organisation_id, customer_id, contact_id));
create index case_by_customer on care.case_file (organisation_id, customer_id, case_id);
select kit.append_only('care.case_file');

-- A word of a case without what it says, so that the chain still holds once its words were erased. Who is to be answered is told by when.
create table care.case_message (
  organisation_id uuid not null,
  message_id uuid not null,
  customer_id uuid not null,
  direction text not null constraint case_message_direction_is_known check (direction in ('in', 'out')),
  awaits int not null constraint case_message_awaits_once check (awaits in (0, 1)),
  reply_due_at timestamptz,
  said_at timestamptz not null,
  constraint one_case_message_an_id primary key (organisation_id, message_id),
  constraint case_message_goes unique (organisation_id, message_id, direction),
  constraint case_message_waits unique (organisation_id, message_id, direction, awaits, customer_id),
  constraint case_message_of_its_customer unique (organisation_id, message_id, customer_id),
  constraint who_awaits_is_told_by_when check (awaits = (reply_due_at is not null)::int and (awaits = 0 or direction = 'in')));
select kit.append_only('care.case_message');

-- Each step says what waits before and after it, and follows the one before. Closed or merged, nothing waits: what does is carried to the other case, which takes as much.
create table care.case_step (
  organisation_id uuid not null,
  case_id uuid not null,
  customer_id uuid not null,                                             -- the case's: whatever is said, merged or split stays theirs
  step int not null constraint case_step_counts check (step between 1 and 100000),
  before_step int generated always as (nullif(step - 1, 0)) stored,
  kind text not null,
  from_state text not null,
  state text not null,
  waiting_before int not null,
  carried int not null,
  waiting int not null generated always as (waiting_before + carried) stored,
  given int not null generated always as (-carried) stored,
  message_id uuid,
  direction text generated always as (case kind when 'heard' then 'in' when 'answered' then 'out' end) stored,
  awaits int generated always as (case kind when 'heard' then carried when 'answered' then 0 end) stored,
  other_case_id uuid,
  other_step int,
  note_id uuid,                                                          -- words of people who work here; they may be erased
  team text constraint case_team_is_known check (team in ('dispatcher', 'technician', 'agent', 'back_office', 'manager')),
  staff_id uuid,                                                         -- whose it is from this step on
  acted_by text not null constraint case_actor_short check (length(acted_by) <= 100),
  acted_at timestamptz not null,
  constraint one_case_step_a_number primary key (organisation_id, case_id, step),
  constraint case_step_stands unique (organisation_id, case_id, step, state, waiting),
  constraint case_step_gives unique (organisation_id, case_id, step, other_case_id, other_step, given, customer_id),
  constraint case_step_of_its_customer unique (organisation_id, case_id, step, customer_id),
  constraint step_of_its_case foreign key (organisation_id, case_id, customer_id) references care.case_file (organisation_id, case_id, customer_id),
  constraint case_step_follows foreign key (organisation_id, case_id, before_step, from_state, waiting_before)
    references care.case_step (organisation_id, case_id, step, state, waiting),
  constraint case_step_takes_what_was_given foreign key (organisation_id, other_case_id, other_step, case_id, step, carried, customer_id)
    references care.case_step (organisation_id, case_id, step, other_case_id, other_step, given, customer_id),
  constraint case_step_says foreign key (organisation_id, message_id, direction, awaits, customer_id) references care.case_message (organisation_id, message_id, direction, awaits, customer_id),
  constraint handed_to_staff foreign key (organisation_id, staff_id) references identity.staff (organisation_id, staff_id),
  constraint case_begins check (step > 1 or from_state || waiting_before = '0'),
  constraint case_moves_as_declared check (kind || ' ' || from_state || ' ' || state in (
    'heard  open', 'heard open open', 'heard closed open', 'answered open open', 'answered closed open', 'noted open open', 'noted closed closed', 'fault open open',
    'fault closed closed', 'handed open open', 'joined open open', 'joined closed open', 'merged open merged', 'merged closed merged', 'divided open open',
    'divided closed closed', 'split_off  open', 'closed open closed')),
  constraint closed_once_answered check (state = 'open' or waiting = 0),
  constraint case_waits_as_it_moved check (waiting >= 0 and case kind when 'heard' then carried <= 1 and carried >= 0 when 'answered' then waiting = 0 when 'merged' then waiting = 0
    when 'joined' then carried >= 0 when 'split_off' then carried >= 0 when 'divided' then carried <= 0 else carried = 0 end),
  constraint case_step_is_about_something check ((message_id is null) = (kind not in ('heard', 'answered'))
    and (other_case_id is null) = (kind not in ('joined', 'merged', 'divided', 'split_off')) and (other_case_id is null) = (other_step is null)));
select kit.append_only('care.case_step');

-- Where a word is: the last place holds. Merging and splitting put words into another case and take none out of what was.
create table care.case_place (
  organisation_id uuid not null,
  message_id uuid not null,
  number int not null constraint case_place_counts check (number between 1 and 1000),
  before_number int generated always as (nullif(number - 1, 0)) stored,
  case_id uuid not null,
  step int not null,
  customer_id uuid not null,
  constraint one_case_place_a_number primary key (organisation_id, message_id, number),
  constraint case_places_follow foreign key (organisation_id, message_id, before_number) references care.case_place (organisation_id, message_id, number),
  constraint place_of_message foreign key (organisation_id, message_id, customer_id) references care.case_message (organisation_id, message_id, customer_id),
  constraint place_in_case foreign key (organisation_id, case_id, step, customer_id) references care.case_step (organisation_id, case_id, step, customer_id));
create index case_place_by_case on care.case_place (organisation_id, case_id, message_id);
select kit.append_only('care.case_place');

-- Which word of ours answered which of theirs; once.
create table care.case_reply (
  organisation_id uuid not null,
  message_id uuid not null,
  answer_id uuid not null,
  heard text not null generated always as ('in') stored,
  said text not null generated always as ('out') stored,
  constraint one_reply_a_message primary key (organisation_id, message_id),
  constraint reply_to_what_was_heard foreign key (organisation_id, message_id, heard) references care.case_message (organisation_id, message_id, direction),
  constraint reply_by_what_was_said foreign key (organisation_id, answer_id, said) references care.case_message (organisation_id, message_id, direction));
select kit.append_only('care.case_reply');

-- Remarks of people who work here, for each other.
create table care.case_note (
  organisation_id uuid not null,
  note_id uuid not null,
  case_id uuid not null,
  customer_id uuid not null,
  words text not null constraint case_note_has_a_length check (length(words) between 2 and 10000),
  constraint one_case_note_an_id primary key (organisation_id, note_id),
  constraint note_in_case foreign key (organisation_id, case_id, customer_id) references care.case_file (organisation_id, case_id, customer_id));
create index case_note_by_customer on care.case_note (organisation_id, customer_id);
select kit.append_only('care.case_note');
select kit.deletable('care.case_note');

-- That a case is about a fault, and which one of the same customer came within thirty days before it.
create table care.case_fault (
  organisation_id uuid not null,
  case_id uuid not null,
  customer_id uuid not null,
  site_id uuid,
  asset_id uuid,
  noted_at timestamptz not null,
  repeats_case_id uuid,
  repeats_noted_at timestamptz,
  constraint one_fault_a_case primary key (organisation_id, case_id),
  constraint fault_noted unique (organisation_id, case_id, customer_id, noted_at),
  constraint fault_of_case foreign key (organisation_id, case_id, customer_id) references care.case_file (organisation_id, case_id, customer_id),
  constraint fault_at_site foreign key (organisation_id, customer_id, site_id) references customers.site (organisation_id, customer_id, site_id),
  constraint fault_of_asset foreign key (organisation_id, customer_id, asset_id) references customers.asset (organisation_id, customer_id, asset_id),
  constraint fault_repeats_one_of_its_customer foreign key (organisation_id, repeats_case_id, customer_id, repeats_noted_at)
    references care.case_fault (organisation_id, case_id, customer_id, noted_at),
  constraint fault_repeats_within_thirty_days check (((repeats_case_id is null) = (repeats_noted_at is null)
    and coalesce(repeats_case_id <> case_id and noted_at - repeats_noted_at between interval '0' and interval '30 days', true)) is true));
create index fault_by_customer on care.case_fault (organisation_id, customer_id, noted_at);
select kit.append_only('care.case_fault');

-- What isn't settled, in the order in which it is seen to: what waits for an answer and came back before, what waits, what doesn't; each by when it breaks.
create table care.open_case (
  organisation_id uuid not null,
  case_id uuid not null,
  customer_id uuid not null,
  waiting int not null constraint open_case_waiting_in_range check (waiting between 0 and 100000),
  returned boolean not null,
  rank int not null generated always as (case when waiting = 0 then 2 when returned then 0 else 1 end) stored,
  due_at timestamptz not null,                                           -- the last day there is where nothing waits
  team text constraint open_case_team_is_known check (team in ('dispatcher', 'technician', 'agent', 'back_office', 'manager')),
  staff_id uuid,
  constraint one_open_case_an_id primary key (organisation_id, case_id),
  constraint open_case_of_case foreign key (organisation_id, case_id, customer_id) references care.case_file (organisation_id, case_id, customer_id));
create index open_case_in_order on care.open_case (organisation_id, rank, due_at, case_id);
create index open_case_by_customer on care.open_case (organisation_id, customer_id);
select kit.changeable('care.open_case', 'waiting, returned, due_at, team, staff_id');
select kit.deletable('care.open_case');
