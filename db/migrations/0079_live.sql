-- The live day: where technicians are while somebody waits for them.

-- As a phone measured it: in a shift of theirs, and while a visit that it cites was sent to them and wasn't over. Never changed; forgotten after some days.
create table dispatch.position (
  organisation_id uuid not null,
  technician_id uuid not null,
  measured_at timestamptz not null,
  latitude_e7 int not null constraint position_latitude_is_on_earth check (latitude_e7 between -900000000 and 900000000),
  longitude_e7 int not null constraint position_longitude_is_on_earth check (longitude_e7 between -1800000000 and 1800000000),
  accuracy_metres int constraint position_accuracy_in_range check (accuracy_metres between 0 and 100000),
  shift_starts_at timestamptz not null,
  shift_ends_at timestamptz not null,
  visit_id uuid not null,
  visit_step int not null,
  visit_state text not null constraint position_is_needed check (visit_state in ('dispatched', 'accepted', 'en_route', 'on_site', 'working', 'paused')),
  received_at timestamptz not null,
  constraint one_position_a_moment primary key (organisation_id, technician_id, measured_at),
  constraint position_is_in_the_shift check (measured_at >= shift_starts_at and measured_at < shift_ends_at),
  constraint position_is_of_the_past check (measured_at <= received_at + interval '5 minutes'),
  constraint position_in_a_shift foreign key (organisation_id, technician_id, shift_starts_at, shift_ends_at)
    references dispatch.shift (organisation_id, technician_id, starts_at, ends_at),
  constraint position_for_a_visit foreign key (organisation_id, visit_id, visit_step, visit_state)
    references dispatch.visit_step (organisation_id, visit_id, step, to_state));
select kit.wall('dispatch.position');
select kit.deletable('dispatch.position');
create index position_by_age on dispatch.position (organisation_id, measured_at);
create index position_by_visit on dispatch.position (organisation_id, visit_id);

-- What was said of a visit: that nobody comes before so many minutes after its planned start, or that it isn't over before so many after its planned end. The last that was said since it was placed
-- there holds.
create table dispatch.visit_delay (
  organisation_id uuid not null,
  visit_id uuid not null,
  nth int not null constraint delay_counts check (nth between 1 and 1000),
  about text not null constraint delay_is_known check (about in ('arrival', 'end')),
  planned_at timestamptz not null,
  minutes int not null constraint delay_minutes_in_range check (minutes between 0 and 720),
  reason text not null constraint delay_reason_is_known check (reason in ('traffic', 'visit_before', 'more_to_do', 'part_missing', 'vehicle', 'something_else')),
  previous int generated always as (nullif(nth - 1, 0)) stored,
  told_by text not null constraint delay_teller_is_short check (length(told_by) between 1 and 100),
  told_at timestamptz not null,
  constraint one_delay_a_number primary key (organisation_id, visit_id, nth),
  constraint delay_follows foreign key (organisation_id, visit_id, previous) references dispatch.visit_delay (organisation_id, visit_id, nth),
  constraint delay_of_visit foreign key (organisation_id, visit_id) references dispatch.visit (organisation_id, visit_id));
select kit.append_only('dispatch.visit_delay');

-- What a customer was told of an arrival that leaves the window they were told: once each time it leaves, again where it moves by half an hour, and once it is back. Six times is enough for anybody.
create table dispatch.arrival_told (
  organisation_id uuid not null,
  visit_id uuid not null,
  arrive_until timestamptz not null,                                     -- of the window
  since_step int not null,                                               -- of the visit, that gave it this window: one that is given anew is told of anew
  nth int not null constraint told_six_times_at_most check (nth between 1 and 6),
  was text not null,
  kind text not null,
  was_expected_at timestamptz not null,
  expected_at timestamptz not null,
  previous int generated always as (nullif(nth - 1, 0)) stored,
  told_at timestamptz not null,
  constraint told_once primary key (organisation_id, visit_id, since_step, arrive_until, nth),
  constraint told_as unique (organisation_id, visit_id, since_step, arrive_until, nth, kind, expected_at),
  constraint told_as_declared check ((nth = 1) = (was = 'nothing') and was || ' ' || kind in ('nothing left', 'back left', 'left moved', 'moved moved', 'left back', 'moved back')),
  constraint told_what_is_so check (case kind when 'back' then expected_at < arrive_until else expected_at >= arrive_until end),
  constraint told_again_of_half_an_hour check (kind <> 'moved' or expected_at >= was_expected_at + interval '30 minutes' or expected_at <= was_expected_at - interval '30 minutes'),
  constraint told_follows foreign key (organisation_id, visit_id, since_step, arrive_until, previous, was, was_expected_at)
    references dispatch.arrival_told (organisation_id, visit_id, since_step, arrive_until, nth, kind, expected_at),
  constraint told_of_visit foreign key (organisation_id, visit_id, since_step) references dispatch.visit_step (organisation_id, visit_id, step));
select kit.append_only('dispatch.arrival_told');
