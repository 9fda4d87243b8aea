-- Visits that come again: a rule of RFC 5545 in the zone of the site, which opens a job for each occurrence some time ahead. What is true of a series is the last row of its steps.
create table dispatch.visit_series (
  organisation_id uuid not null,
  series_id uuid not null,
  customer_id uuid not null,
  site_id uuid not null,
  asset_id uuid,
  job jsonb not null constraint series_job_is_bounded check ((jsonb_typeof(job) = 'object' and length(job::text) <= 20000) is true),  -- as each is opened
  rule text not null constraint series_rule_is_bounded check (length(rule) between 10 and 500),
  -- the first occurrence by the clocks on the wall, those that are left out, and those that are added
  -- squawk-ignore prefer-timestamp-tz
  starts_wall timestamp not null constraint series_starts_in_time check (isfinite(starts_wall)),
  -- squawk-ignore prefer-timestamp-tz
  left_out timestamp[] not null constraint left_out_are_few check (cardinality(left_out) <= 400),
  -- squawk-ignore prefer-timestamp-tz
  added timestamp[] not null constraint added_are_few check (cardinality(added) <= 400),
  zone text not null constraint series_zone_has_a_length check (length(zone) between 1 and 60),
  horizon_days int not null constraint series_horizon_in_range check (horizon_days between 1 and 400),
  technician_id uuid,                                                     -- whom each visit is booked with; without one it waits for a dispatcher
  crew uuid[] not null constraint series_crew_in_range check (cardinality(crew) <= 5),
  via text not null constraint series_via_is_short check (length(via) between 1 and 20),
  made_by text not null constraint series_maker_is_short check (length(made_by) between 1 and 100),
  made_at timestamptz not null,
  constraint one_series_an_id primary key (organisation_id, series_id),
  constraint series_at_a_site_of_its_customer foreign key (organisation_id, customer_id, site_id) references customers.site (organisation_id, customer_id, site_id),
  constraint series_on_an_asset_of_its_customer foreign key (organisation_id, customer_id, asset_id) references customers.asset (organisation_id, customer_id, asset_id),
  constraint series_goes_by_technician foreign key (organisation_id, technician_id) references dispatch.technician (organisation_id, technician_id));
select kit.append_only('dispatch.visit_series');
create index visit_series_of_customer on dispatch.visit_series (organisation_id, customer_id, series_id);
select kit.lockable('account', 'dispatch.visit_series', 'customer_id', 'series_id');

create table dispatch.series_step (
  organisation_id uuid not null,
  series_id uuid not null,
  step int not null constraint series_step_counts check (step between 1 and 1000),
  from_state text not null,
  to_state text not null,
  previous int generated always as (nullif(step - 1, 0)) stored,
  actor text not null constraint series_actor_is_short check (length(actor) between 1 and 100),
  happened_at timestamptz not null,
  recorded_at timestamptz not null default kit.recorded_now(),
  constraint one_series_step_a_number primary key (organisation_id, series_id, step),
  constraint series_step_ends_in unique (organisation_id, series_id, step, to_state),
  constraint series_begins_active check ((step = 1) = (from_state = 'new')),
  constraint series_moves_as_declared check (from_state || ' ' || to_state in ('new active', 'active paused', 'paused active', 'active ended', 'paused ended')),
  constraint series_step_follows foreign key (organisation_id, series_id, previous, from_state) references dispatch.series_step (organisation_id, series_id, step, to_state),
  constraint series_step_of_series foreign key (organisation_id, series_id) references dispatch.visit_series (organisation_id, series_id));
select kit.append_only('dispatch.series_step', except_columns => 'recorded_at');

-- What became of an occurrence, by its time on the wall: a job was opened for it, or, where there is none, it was skipped.
create table dispatch.occurrence (
  organisation_id uuid not null,
  series_id uuid not null,
  -- squawk-ignore prefer-timestamp-tz
  starts_wall timestamp not null,
  job_id uuid,
  actor text not null constraint occurrence_actor_is_short check (length(actor) between 1 and 100),
  happened_at timestamptz not null,
  constraint one_occurrence_once primary key (organisation_id, series_id, starts_wall),
  constraint one_occurrence_a_job unique (organisation_id, job_id),
  constraint occurrence_of_series foreign key (organisation_id, series_id) references dispatch.visit_series (organisation_id, series_id),
  constraint occurrence_opens_job foreign key (organisation_id, job_id) references dispatch.job (organisation_id, job_id));
select kit.append_only('dispatch.occurrence');
