-- Dispatch: who can go where and when, the jobs, their visits. What is true of a visit or a job is the last row of its chain of steps.
create schema dispatch;
grant usage on schema dispatch to sayso_service;

-- The instant of a wall time, resolved once, when it is written: a skipped hour moves forward by what was skipped, a repeated one is the first
-- (RFC 5545, section 3.3.5). PostgreSQL's own reading takes the second of a repeated hour.
create function dispatch.instant_of(wall timestamp, zone text) returns timestamptz language sql immutable strict parallel safe
  return (
    select case when (earlier at time zone 'UTC') at time zone zone = wall then least(earlier, later) else later end at time zone 'UTC'
    from (select later, wall - (((later - interval '1 day') at time zone 'UTC') at time zone zone - (later - interval '1 day')) as earlier
          from (select (wall at time zone zone) at time zone 'UTC' as later) as read) as both_readings);

-- Metres along the great circle (haversine, mean radius of the earth, IUGG); NULL where either place is unknown. Written so that the planner puts it into the query instead of calling it.
create function dispatch.metres(from_latitude_e7 int, from_longitude_e7 int, to_latitude_e7 int, to_longitude_e7 int) returns int
  language sql immutable parallel safe
  return case when num_nulls(from_latitude_e7, from_longitude_e7, to_latitude_e7, to_longitude_e7) = 0 then
    round(2 * 6371008.8::float8 * asin(sqrt(least(1, power(sin(radians((to_latitude_e7 - from_latitude_e7) / 2e7::float8)), 2)
      + cos(radians(from_latitude_e7 / 1e7::float8)) * cos(radians(to_latitude_e7 / 1e7::float8)) * power(sin(radians((to_longitude_e7::bigint - from_longitude_e7) / 2e7::float8)), 2)))))::int end;

-- Whether those are whole amounts by name, each from 1 to the most: levels of skills, loads.
create function dispatch.are_amounts(named jsonb, most bigint) returns boolean language sql immutable strict parallel safe
  return (
    jsonb_typeof(named) = 'object' and not exists (
      select from jsonb_each(named) one
      where one.key !~ '^[a-z][a-z0-9_]{0,39}$' or jsonb_typeof(one.value) <> 'number' or one.value::text !~ '^[1-9][0-9]{0,9}$' or one.value::text::bigint > most));

-- Whether each skill that is needed is there at its level or above.
create function dispatch.has_skills(has jsonb, needs jsonb) returns boolean language sql immutable strict parallel safe
  return not exists (select from jsonb_each_text(needs) need where coalesce((has ->> need.key)::int, 0) < need.value::int);
grant execute on function dispatch.instant_of, dispatch.metres, dispatch.are_amounts, dispatch.has_skills to sayso_service;

create table dispatch.technician (
  organisation_id uuid not null,
  technician_id uuid not null,                                           -- the member of staff
  zone text not null constraint technician_zone_has_a_length check (length(zone) between 1 and 60),
  skills jsonb not null constraint technician_skills_are_bounded check ((length(skills::text) <= 3000 and dispatch.are_amounts(skills, 10)) is true),  -- level by skill
  may_take_cash boolean not null,
  home_latitude_e7 int constraint home_latitude_is_on_earth check (home_latitude_e7 between -900000000 and 900000000),
  home_longitude_e7 int constraint home_longitude_is_on_earth check (home_longitude_e7 between -1800000000 and 1800000000),
  reach_metres int not null constraint reach_is_on_earth check (reach_metres between 1 and 20100000),
  active boolean not null default true,
  -- what a plan goes by; where nothing is said of the start or the end, they are at home
  start_latitude_e7 int constraint start_latitude_is_on_earth check (start_latitude_e7 between -900000000 and 900000000),
  start_longitude_e7 int constraint start_longitude_is_on_earth check (start_longitude_e7 between -1800000000 and 1800000000),
  end_latitude_e7 int constraint end_latitude_is_on_earth check (end_latitude_e7 between -900000000 and 900000000),
  end_longitude_e7 int constraint end_longitude_is_on_earth check (end_longitude_e7 between -1800000000 and 1800000000),
  -- of the organisation's currency
  hour_cost_minor bigint constraint hour_cost_is_money check (hour_cost_minor between 0 and 1000000000000000),
  overtime_hour_cost_minor bigint constraint overtime_hour_cost_is_money check (overtime_hour_cost_minor between 0 and 1000000000000000),
  km_cost_minor bigint constraint km_cost_is_money check (km_cost_minor between 0 and 1000000000000),
  most_overtime_minutes int not null default 0 constraint most_overtime_minutes_in_range check (most_overtime_minutes between 0 and 720),
  speed_percent int not null default 100 constraint speed_percent_in_range check (speed_percent between 25 and 400),
  capacity jsonb not null default '{}' constraint capacity_is_bounded check ((length(capacity::text) <= 2000 and dispatch.are_amounts(capacity, 1000000000)) is true),  -- amount by load
  version int not null default 1 constraint technician_version_counts check (version between 1 and 1000000000),
  created_at timestamptz not null,
  constraint start_coordinates_come_together check ((start_latitude_e7 is null) = (start_longitude_e7 is null)),
  constraint end_coordinates_come_together check ((end_latitude_e7 is null) = (end_longitude_e7 is null)),
  constraint one_technician_a_member_of_staff primary key (organisation_id, technician_id),
  constraint home_coordinates_come_together check ((home_latitude_e7 is null) = (home_longitude_e7 is null)),
  constraint technician_is_staff foreign key (organisation_id, technician_id) references identity.staff (organisation_id, staff_id));
select kit.changeable('dispatch.technician', 'zone, skills, may_take_cash, home_latitude_e7, home_longitude_e7, reach_metres, active, start_latitude_e7, start_longitude_e7, end_latitude_e7, end_longitude_e7, hour_cost_minor, overtime_hour_cost_minor, km_cost_minor, most_overtime_minutes, speed_percent, capacity, version');

-- Whom a customer would rather see at the door.
create table dispatch.preference (
  organisation_id uuid not null,
  customer_id uuid not null,
  technician_id uuid,
  constraint one_preference_a_customer primary key (organisation_id, customer_id),
  constraint preference_of_customer foreign key (organisation_id, customer_id) references customers.customer (organisation_id, customer_id),
  constraint preference_for_technician foreign key (organisation_id, technician_id) references dispatch.technician (organisation_id, technician_id));
select kit.changeable('dispatch.preference', 'technician_id');

-- Whether a technician may be sent to collect cash, step by step: who holds as much as they may is stopped until they have handed in. Each step of a visit that sends
-- them to collect has its step here, which follows one where they weren't stopped.
create table dispatch.collection_stop (
  organisation_id uuid not null,
  technician_id uuid not null,
  step int not null constraint collection_stop_counts check (step between 1 and 1000000),
  was_stopped boolean not null, stopped boolean not null,
  visit_id uuid, visit_step int,                                          -- of a sending
  previous int generated always as (nullif(step - 1, 0)) stored,
  actor text not null constraint collection_stop_actor_is_short check (length(actor) between 1 and 100),
  happened_at timestamptz not null,
  recorded_at timestamptz not null default kit.recorded_now(),
  constraint one_collection_stop_a_step primary key (organisation_id, technician_id, step),
  constraint collection_stop_ends_in unique (organisation_id, technician_id, step, stopped),
  constraint one_sending_a_visit_step unique (organisation_id, technician_id, visit_id, visit_step),
  constraint sending_is_of_a_visit_step check ((visit_id is null) = (visit_step is null)),
  constraint collection_stop_changes check (visit_id is not null or was_stopped <> stopped),
  constraint nobody_stopped_is_sent check (visit_id is null or not (was_stopped or stopped)),
  constraint collection_stop_begins check (step > 1 or not was_stopped),
  constraint collection_stop_follows foreign key (organisation_id, technician_id, previous, was_stopped)
    references dispatch.collection_stop (organisation_id, technician_id, step, stopped),
  constraint collection_stop_of_technician foreign key (organisation_id, technician_id) references dispatch.technician (organisation_id, technician_id));
select kit.append_only('dispatch.collection_stop', except_columns => 'recorded_at');

-- Working time of one day: as said on the wall, and as the instants that it meant.
create table dispatch.shift (
  organisation_id uuid not null,
  technician_id uuid not null,
  on_day date not null,
  starts_wall time not null,
  ends_wall time not null,                                               -- not after the start: on the next day
  zone text not null constraint shift_zone_has_a_length check (length(zone) between 1 and 60),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  during tstzrange not null generated always as (tstzrange(starts_at, ends_at, '[)')) stored,
  -- The rest in it: so many minutes that begin between two times on the wall. Where those are one, it is fixed and stands in `occupancy`; else a plan places it there.
  break_minutes int constraint shift_break_in_range check (break_minutes between 5 and 480),
  break_earliest time,
  break_latest time,
  break_earliest_at timestamptz,
  break_latest_at timestamptz,
  created_at timestamptz not null,
  constraint shift_break_is_whole check (num_nulls(break_minutes, break_earliest, break_latest, break_earliest_at, break_latest_at) in (0, 5)),
  constraint shift_break_is_within_it check ((break_minutes is null or (break_earliest_at >= starts_at and break_latest_at >= break_earliest_at
    and break_latest_at + make_interval(mins => break_minutes) <= ends_at)) is true),
  constraint one_shift_a_start primary key (organisation_id, technician_id, starts_at),
  constraint shift_lasts unique (organisation_id, technician_id, starts_at, ends_at),
  constraint shift_lasts_within_a_day check (ends_at > starts_at and ends_at <= starts_at + interval '25 hours' and isfinite(starts_at)),
  constraint one_shift_at_a_time exclude using gist (organisation_id with =, technician_id with =, during with &&),
  constraint shift_of_technician foreign key (organisation_id, technician_id) references dispatch.technician (organisation_id, technician_id));
select kit.append_only('dispatch.shift');
select kit.deletable('dispatch.shift');
create index shift_by_end on dispatch.shift (organisation_id, technician_id, ends_at);

create table dispatch.job (
  organisation_id uuid not null,
  job_id uuid not null,
  customer_id uuid not null,
  site_id uuid not null,
  asset_id uuid,
  scope_id uuid not null,                                                -- what may be charged for it
  currency text not null,
  kind text not null constraint job_kind_is_known check (kind in ('repair', 'install', 'collection', 'inspection')),
  priority int not null constraint job_priority_is_known check (priority between 1 and 5),
  skills jsonb not null constraint job_skills_are_bounded check ((length(skills::text) <= 1200 and dispatch.are_amounts(skills, 10)) is true),  -- level by skill
  loads jsonb not null constraint job_loads_are_bounded check ((length(loads::text) <= 1200 and dispatch.are_amounts(loads, 1000000000)) is true),  -- amount by load
  preferred_technician_id uuid,
  duration_minutes int not null constraint job_duration_fits_a_day check (duration_minutes between 5 and 1440),
  arrival_minutes int not null constraint arrival_window_fits_a_day check (arrival_minutes between 15 and 720),
  crew_size int not null constraint crew_size_in_range check (crew_size between 1 and 6),  -- how many go together
  symptom text not null constraint symptom_has_a_length check (length(symptom) <= 4000),
  -- what whoever opened it named; absent, the organisation's currency and the policy of the place
  named_currency text constraint job_named_currency_is_iso check (named_currency ~ '^[A-Z]{3}$'),
  named_policy text constraint job_named_policy_is_short check (length(named_policy) between 1 and 60),
  trade text not null constraint job_trade_is_a_word check (trade ~ '^[a-z][a-z_]{1,39}$'),
  price_form text not null constraint job_price_form_is_known check (price_form in ('any', 'itemised', 'limit', 'time_and_materials')),
  opened_by text not null constraint job_opener_is_short check (length(opened_by) between 1 and 100),
  opened_at timestamptz not null,
  collects boolean not null generated always as (kind = 'collection') stored,
  brought_by text generated always as (case when opened_by like 'partner:%' then opened_by end) stored,
  constraint one_job_an_id primary key (organisation_id, job_id),
  constraint job_as_brought unique (organisation_id, job_id, brought_by, customer_id, site_id),
  constraint job_place unique (organisation_id, job_id, scope_id, customer_id, site_id, collects, crew_size),
  constraint one_job_a_scope unique (organisation_id, scope_id),
  constraint job_of_scope unique (organisation_id, job_id, scope_id, customer_id),
  constraint job_at_a_site_of_its_customer foreign key (organisation_id, customer_id, site_id) references customers.site (organisation_id, customer_id, site_id),
  constraint job_on_an_asset_of_its_customer foreign key (organisation_id, customer_id, asset_id) references customers.asset (organisation_id, customer_id, asset_id),
  constraint job_prefers_technician foreign key (organisation_id, preferred_technician_id) references dispatch.technician (organisation_id, technician_id),
  constraint job_charges_in_its_scope foreign key (organisation_id, scope_id, customer_id, currency)
    references authorisations.scope (organisation_id, scope_id, customer_id, currency));
select kit.append_only('dispatch.job');
create index job_of_customer on dispatch.job (organisation_id, customer_id, job_id);

-- Every move of a job, and every visit that completed a part of it: its work is done by as many completed visits as it needs.
create table dispatch.job_step (
  organisation_id uuid not null,
  job_id uuid not null,
  step int not null constraint job_step_counts check (step between 1 and 1000),
  from_state text not null,
  to_state text not null,
  previous int generated always as (nullif(step - 1, 0)) stored,
  visits_needed int not null default 1 constraint visits_needed_in_range check (visits_needed between 1 and 100),
  was_done int not null default 0,                                        -- visits that had completed a part before this step
  visits_done int not null default 0,
  completed_visit uuid, completed_step int,                               -- of a step that counts one
  completed_in text generated always as (case when completed_visit is not null then 'completed' end) stored,
  by_partner text generated always as (case when actor like 'partner:%' then actor end) stored,
  actor text not null constraint job_actor_is_short check (length(actor) between 1 and 100),
  happened_at timestamptz not null,
  recorded_at timestamptz not null default kit.recorded_now(),
  constraint one_job_step_a_number primary key (organisation_id, job_id, step),
  constraint job_step_ends_in unique (organisation_id, job_id, step, to_state, visits_done),
  constraint job_begins_open check ((step = 1) = (from_state = 'new')),
  constraint job_begins_with_nothing_done check (step > 1 or was_done = 0),
  constraint job_moves_as_declared check (from_state || ' ' || to_state in (
    'new open', 'open open', 'open in_progress', 'in_progress in_progress', 'in_progress work_done', 'work_done closed', 'open cancelled', 'in_progress cancelled')),
  constraint completed_visits_are_counted check (visits_done - was_done = num_nonnulls(completed_visit) and num_nulls(completed_visit, completed_step) in (0, 2)),
  constraint work_is_done_by_enough_visits check (to_state <> 'work_done' or visits_done >= visits_needed),
  constraint visit_counts_once unique (organisation_id, job_id, completed_visit),
  constraint job_step_follows foreign key (organisation_id, job_id, previous, from_state, was_done)
    references dispatch.job_step (organisation_id, job_id, step, to_state, visits_done),
  constraint job_step_of_job foreign key (organisation_id, job_id) references dispatch.job (organisation_id, job_id));
select kit.append_only('dispatch.job_step', except_columns => 'recorded_at');

-- What a collection job was sent to collect, and what has been settled since, by whatever way the money came. The invoices stand in a room above.
create table dispatch.collection (
  organisation_id uuid not null,
  job_id uuid not null,
  invoice_id uuid not null,
  constraint one_collection_an_invoice_and_job primary key (organisation_id, job_id, invoice_id),
  constraint collection_of_job foreign key (organisation_id, job_id) references dispatch.job (organisation_id, job_id));
select kit.append_only('dispatch.collection');
create index collection_by_invoice on dispatch.collection (organisation_id, invoice_id);

create table dispatch.collection_settled (
  organisation_id uuid not null,
  job_id uuid not null,
  invoice_id uuid not null,
  settled_at timestamptz not null,
  constraint settled_once primary key (organisation_id, job_id, invoice_id),
  constraint settled_was_to_collect foreign key (organisation_id, job_id, invoice_id) references dispatch.collection (organisation_id, job_id, invoice_id));
select kit.append_only('dispatch.collection_settled');

create table dispatch.visit (
  organisation_id uuid not null,
  visit_id uuid not null,
  job_id uuid not null,
  scope_id uuid not null,
  customer_id uuid not null,
  site_id uuid not null,
  collects boolean not null,
  crew_size int not null,
  made_by text not null constraint visit_maker_is_short check (length(made_by) between 1 and 100),
  made_at timestamptz not null,
  constraint one_visit_an_id primary key (organisation_id, visit_id),
  constraint visit_as_asked unique (organisation_id, visit_id, crew_size, collects),
  constraint visit_of_so_many unique (organisation_id, visit_id, crew_size),
  constraint visit_of_job unique (organisation_id, job_id, visit_id),
  constraint visit_of_scope unique (organisation_id, scope_id, visit_id),
  constraint visit_of_customer unique (organisation_id, customer_id, visit_id),
  constraint visit_of_job_at_its_site foreign key (organisation_id, job_id, scope_id, customer_id, site_id, collects, crew_size)
    references dispatch.job (organisation_id, job_id, scope_id, customer_id, site_id, collects, crew_size));
select kit.append_only('dispatch.visit');
-- On which visit work was done and a photo taken: on one of the same matter. The records stand below, where nothing is known of visits.
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table authorisations.work_record add constraint work_on_visit_of_its_matter foreign key (organisation_id, scope_id, visit_id) references dispatch.visit (organisation_id, scope_id, visit_id);
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table authorisations.photo add constraint photo_on_visit_of_its_matter foreign key (organisation_id, scope_id, visit_id) references dispatch.visit (organisation_id, scope_id, visit_id);

-- Every move of a visit, whoever makes it and from wherever: its state, its technician, who goes with them and its time are those of the last step.
create table dispatch.visit_step (
  organisation_id uuid not null,
  visit_id uuid not null,
  collects boolean not null,
  step int not null constraint visit_step_counts check (step between 1 and 1000),
  from_state text not null,
  to_state text not null,
  previous int generated always as (nullif(step - 1, 0)) stored,
  technician_id uuid not null,                                           -- who leads
  crew uuid[] not null default '{}',                                     -- the others, in the order in which they were named
  crew_size int generated always as (cardinality(crew) + 1) stored,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  arrive_until timestamptz not null,                                     -- of the window [starts_at, arrive_until) that the customer is told
  zone text not null constraint visit_zone_has_a_length check (length(zone) between 1 and 60),
  -- squawk-ignore prefer-timestamp-tz
  starts_wall timestamp not null,                                        -- as said: in a repeated or skipped hour `starts_at` alone doesn't tell it
  reason text constraint reason_is_a_word check (reason ~ '^[a-z][a-z_]{1,59}$'),
  actor text not null constraint visit_actor_is_short check (length(actor) between 1 and 100),
  captured_at timestamptz not null,                                      -- when it happened, by the device that saw it
  recorded_at timestamptz not null default kit.recorded_now(),
  sent_to_collect uuid generated always as (case when collects and to_state in ('held', 'booked', 'dispatched') then technician_id end) stored,
  -- by a customer, or a partner; a hold that is let go, or ran out and gives way to theirs, is none of their choices
  chosen int generated always as (case when (actor like 'customer_link:%' or actor like 'partner:%') and not (from_state = 'held' and to_state = 'cancelled') then step end) stored,
  constraint one_visit_step_a_number primary key (organisation_id, visit_id, step),
  constraint visit_step_ends_in unique (organisation_id, visit_id, step, to_state),
  constraint visit_begins_held_or_booked check ((step = 1) = (from_state = 'new')),
  constraint visit_moves_as_declared check (from_state || ' ' || to_state in (
    'new held', 'new booked', 'held booked', 'booked dispatched', 'dispatched accepted', 'accepted en_route', 'en_route on_site',
    'booked booked', 'dispatched booked', 'accepted booked',
    'on_site working', 'working working', 'working paused', 'paused working',
    'working completed', 'paused completed', 'working partly_completed', 'paused partly_completed',
    'en_route could_not_complete', 'on_site could_not_complete', 'working could_not_complete', 'paused could_not_complete', 'on_site no_access',
    'held cancelled', 'booked cancelled', 'dispatched cancelled', 'accepted cancelled', 'en_route cancelled')),
  constraint failure_says_why check (to_state not in ('could_not_complete', 'partly_completed', 'cancelled') or reason is not null),
  constraint visit_takes_time check (ends_at > starts_at and ends_at <= starts_at + interval '24 hours' and isfinite(starts_at)),
  constraint arrival_window_is_a_window check (arrive_until > starts_at and arrive_until <= starts_at + interval '12 hours'),
  constraint visit_step_follows foreign key (organisation_id, visit_id, previous, from_state) references dispatch.visit_step (organisation_id, visit_id, step, to_state),
  constraint lead_goes_once check (technician_id <> all (crew)),
  constraint visit_step_of_visit foreign key (organisation_id, visit_id, crew_size, collects) references dispatch.visit (organisation_id, visit_id, crew_size, collects),
  constraint sent_to_collect_by_the_chain foreign key (organisation_id, sent_to_collect, visit_id, step)
    references dispatch.collection_stop (organisation_id, technician_id, visit_id, visit_step),
  constraint visit_by_technician foreign key (organisation_id, technician_id) references dispatch.technician (organisation_id, technician_id));
select kit.append_only('dispatch.visit_step', except_columns => 'recorded_at');
-- Nobody sends in advance: a sending is written with the step of the visit that it is of.
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table dispatch.collection_stop add constraint sending_of_visit_step foreign key (organisation_id, visit_id, visit_step) references dispatch.visit_step (organisation_id, visit_id, step);
-- What a job counts as done was completed, in a visit of its own.
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table dispatch.job_step add constraint counted_visit_of_job foreign key (organisation_id, job_id, completed_visit) references dispatch.visit (organisation_id, job_id, visit_id);
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table dispatch.job_step add constraint counted_visit_is_completed foreign key (organisation_id, completed_visit, completed_step, completed_in)
  references dispatch.visit_step (organisation_id, visit_id, step, to_state);
-- Where a visit stands in time is said by holding, booking and moving alone: a day's visits are found by these, in the order of the day.
create index visit_step_placed on dispatch.visit_step (organisation_id, starts_at, visit_id) where to_state in ('held', 'booked');

-- The items each start named: only what an active act of the customer approved can stand here.
create table dispatch.started_item (
  organisation_id uuid not null,
  visit_id uuid not null,
  step int not null,
  item_id uuid not null,
  started_in text not null generated always as ('working') stored,
  constraint item_started_once_a_visit primary key (organisation_id, visit_id, item_id),
  constraint item_started_by_a_start foreign key (organisation_id, visit_id, step, started_in) references dispatch.visit_step (organisation_id, visit_id, step, to_state),
  constraint started_item_is_authorised foreign key (organisation_id, item_id) references authorisations.capacity_item (organisation_id, item_id));
select kit.append_only('dispatch.started_item');

-- Where a technician is taken: nobody is in two places. Deferrable, since two visits that change places in one statement meet for a moment.
-- A crew stands in it whole or not at all: each of its members stands beside the next, and the last beside the first, at one time.
create table dispatch.occupancy (
  organisation_id uuid not null,
  occupancy_id uuid not null,
  technician_id uuid not null,
  kind text not null constraint occupancy_kind_is_known check (kind in ('visit', 'hold', 'break', 'absence')),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  during tstzrange not null generated always as (tstzrange(starts_at, ends_at, '[)')) stored,
  visit_id uuid,
  member int,                                                            -- of the crew: 1 leads
  crew_size int,
  next_member int generated always as (case when crew_size > 1 then member % crew_size + 1 end) stored,
  expires_at timestamptz,                                                -- of a hold: from then on a booking that needs the place may delete it
  reason text constraint absence_reason_is_a_word check (reason ~ '^[a-z][a-z_]{1,59}$'),
  constraint one_occupancy_an_id primary key (organisation_id, occupancy_id),
  constraint occupancy_takes_time check (ends_at > starts_at and ends_at <= starts_at + interval '400 days' and isfinite(starts_at)),
  constraint only_visits_and_holds_have_a_visit check ((kind in ('visit', 'hold')) = (visit_id is not null)),
  constraint only_visits_have_a_crew check (num_nulls(visit_id, member, crew_size) in (0, 3)),
  constraint member_is_of_the_crew check ((visit_id is null or member between 1 and crew_size) is true),
  constraint only_holds_expire check ((kind = 'hold') = (expires_at is not null)),
  constraint only_absences_have_a_reason check ((kind = 'absence') = (reason is not null)),
  constraint one_place_a_member unique (organisation_id, visit_id, member),
  constraint crew_stands_together unique (organisation_id, visit_id, member, kind, starts_at, ends_at),
  constraint crew_is_whole foreign key (organisation_id, visit_id, next_member, kind, starts_at, ends_at)
    references dispatch.occupancy (organisation_id, visit_id, member, kind, starts_at, ends_at),
  constraint nobody_in_two_places exclude using gist (organisation_id with =, technician_id with =, during with &&) deferrable initially immediate,
  constraint occupancy_of_technician foreign key (organisation_id, technician_id) references dispatch.technician (organisation_id, technician_id),
  constraint occupancy_of_visit foreign key (organisation_id, visit_id, crew_size) references dispatch.visit (organisation_id, visit_id, crew_size));
select kit.changeable('dispatch.occupancy', 'technician_id, kind, starts_at, ends_at, expires_at');
select kit.deletable('dispatch.occupancy');
create index occupancy_by_end on dispatch.occupancy (organisation_id, technician_id, ends_at);

-- What requests lock by.
select kit.lockable('account', 'dispatch.job', 'customer_id', 'job_id');
select kit.lockable('account', 'dispatch.visit', 'customer_id', 'visit_id');
select kit.lockable('day', 'dispatch.occupancy', 'technician_id', 'visit_id');
select kit.lockable('job', 'dispatch.visit', 'job_id', 'visit_id');
select kit.lockable('scope', 'dispatch.job', 'scope_id', 'job_id');
