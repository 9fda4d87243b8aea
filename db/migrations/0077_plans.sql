-- Plans: proposals for days. What is true of one is the last row of its chain of steps; what it found stands beside, written once with the step that proposes it.
create table dispatch.plan (
  organisation_id uuid not null,
  plan_id uuid not null,
  kind text not null constraint plan_kind_is_known check (kind in ('mend', 'improve', 'emergency')),
  from_at timestamptz not null,
  until_at timestamptz not null,
  job_ids uuid[],                                                        -- to be placed; null: all that nobody goes to
  absent uuid[] not null,                                                -- technicians who don't come, whatever their shifts say
  budget_seconds int constraint plan_budget_seconds_in_range check (budget_seconds between 1 and 600),  -- of CPU
  budget_iterations int constraint plan_budget_iterations_in_range check (budget_iterations between 1 and 100000000),
  seed int not null constraint plan_seed_in_range check (seed between 0 and 1000000000),
  fairness_percent int not null constraint plan_fairness_in_range check (fairness_percent between 0 and 1000),  -- how much a convex cost of load counts, of travel
  asked_by text not null constraint plan_asker_is_short check (length(asked_by) between 1 and 100),
  asked_at timestamptz not null,
  constraint one_plan_an_id primary key (organisation_id, plan_id),
  constraint plan_span_is_near check (until_at > from_at and until_at <= from_at + interval '15 days'),
  constraint plan_has_one_budget check (num_nonnulls(budget_seconds, budget_iterations) = 1),
  constraint emergency_names_its_jobs check (kind <> 'emergency' or coalesce(cardinality(job_ids), 0) > 0));
select kit.append_only('dispatch.plan');

create table dispatch.plan_step (
  organisation_id uuid not null,
  plan_id uuid not null,
  step int not null constraint plan_step_counts check (step between 1 and 1000),
  from_state text not null,
  to_state text not null,
  previous int generated always as (nullif(step - 1, 0)) stored,
  percent int constraint plan_percent_in_range check (percent between 0 and 100),  -- of the budget, while computing
  reason text constraint plan_reason_is_a_word check (reason ~ '^[a-z][a-z_]{1,59}$'),
  actor text not null constraint plan_actor_is_short check (length(actor) between 1 and 100),
  happened_at timestamptz not null,
  recorded_at timestamptz not null default kit.recorded_now(),
  constraint one_plan_step_a_number primary key (organisation_id, plan_id, step),
  constraint plan_step_ends_in unique (organisation_id, plan_id, step, to_state),
  constraint plan_begins_asked check ((step = 1) = (from_state = 'new')),
  constraint plan_moves_as_declared check (from_state || ' ' || to_state in (
    'new asked', 'asked computing', 'computing computing', 'computing proposed', 'proposed published', 'proposed outdated',
    'asked withdrawn', 'computing withdrawn', 'proposed withdrawn', 'asked failed', 'computing failed')),
  constraint plan_failure_says_why check (to_state <> 'failed' or reason is not null),
  constraint plan_step_follows foreign key (organisation_id, plan_id, previous, from_state) references dispatch.plan_step (organisation_id, plan_id, step, to_state),
  constraint plan_step_of_plan foreign key (organisation_id, plan_id) references dispatch.plan (organisation_id, plan_id));
select kit.append_only('dispatch.plan_step', except_columns => 'recorded_at');

-- What was found: once a plan, with the step that proposes it.
create table dispatch.plan_found (
  organisation_id uuid not null,
  plan_id uuid not null,
  step int not null,
  proposed_in text not null generated always as ('proposed') stored,
  read_at timestamptz not null,                                          -- when the days were read
  travel_seconds_now int not null constraint plan_travel_now_is_positive check (travel_seconds_now >= 0),
  travel_seconds int not null constraint plan_travel_is_positive check (travel_seconds >= 0),
  points_left_out bigint not null constraint plan_points_left_out_is_positive check (points_left_out >= 0),
  overtime_seconds int not null constraint plan_overtime_is_positive check (overtime_seconds >= 0),
  iterations int not null constraint plan_iterations_is_positive check (iterations >= 0),
  cpu_milliseconds int not null constraint plan_milliseconds_is_positive check (cpu_milliseconds >= 0),
  constraint one_finding_a_plan primary key (organisation_id, plan_id),
  constraint found_by_proposing foreign key (organisation_id, plan_id, step, proposed_in) references dispatch.plan_step (organisation_id, plan_id, step, to_state));
select kit.append_only('dispatch.plan_found');

-- Whose days it was computed from, and how they stood: a plan is published onto those days or onto none.
create table dispatch.plan_technician (
  organisation_id uuid not null,
  plan_id uuid not null,
  technician_id uuid not null,
  stood bytea not null constraint plan_day_is_sha256 check (length(stood) = 32),
  changes boolean not null,                                              -- whether the plan changes this technician's days
  constraint one_row_a_plan_and_technician primary key (organisation_id, plan_id, technician_id),
  constraint plan_technician_of_finding foreign key (organisation_id, plan_id) references dispatch.plan_found (organisation_id, plan_id),
  constraint plan_technician_is_one foreign key (organisation_id, technician_id) references dispatch.technician (organisation_id, technician_id));
select kit.append_only('dispatch.plan_technician');

-- Where each visit of those days would be, in the order of the day; those of `change` null stay as they are.
create table dispatch.plan_stop (
  organisation_id uuid not null,
  plan_id uuid not null,
  visit_id uuid not null,                                                -- of a new one: the id that it is booked under
  technician_id uuid not null,
  nth int not null constraint plan_stop_counts check (nth between 1 and 100000),
  job_id uuid not null,
  customer_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  arrive_until timestamptz not null,
  fixed boolean not null,
  travel_seconds int not null constraint plan_stop_travel_is_positive check (travel_seconds >= 0),
  travel_estimated boolean not null,
  change text constraint plan_change_is_known check (change in ('added', 'technician', 'time', 'technician_and_time')),
  was_technician_id uuid,
  was_starts_at timestamptz,
  breaks_promise boolean not null,
  job_steps int not null constraint plan_job_steps_is_positive check (job_steps > 0),  -- steps of the job and its visits when the days were read
  occupancy_id uuid,
  crew uuid[] not null default '{}',                                     -- who goes along to one that is added
  crew_occupancy_ids uuid[] not null default '{}',
  promise_id uuid,                                                       -- of an arrival that is promised by publishing
  constraint one_stop_a_plan_and_visit primary key (organisation_id, plan_id, visit_id),
  constraint plan_stop_in_order unique (organisation_id, plan_id, technician_id, nth),
  constraint plan_stop_takes_time check (ends_at > starts_at and arrive_until > starts_at),
  constraint plan_fixed_stays check (not fixed or change is null),
  constraint plan_change_says_from_where check ((was_starts_at is null) = (change is not distinct from 'added') and (was_technician_id is null) = (change is not distinct from 'added')),
  constraint plan_change_promises check ((promise_id is not null) = ((change is not distinct from 'added') or breaks_promise)),
  constraint plan_addition_takes_a_place check ((occupancy_id is not null) = (change is not distinct from 'added')),
  constraint plan_crew_takes_places check ((cardinality(crew) = cardinality(crew_occupancy_ids) and (crew = '{}' or change is not distinct from 'added')) is true),
  constraint only_changes_break_promises check (not breaks_promise or change is not null),
  constraint plan_stop_of_technician foreign key (organisation_id, plan_id, technician_id) references dispatch.plan_technician (organisation_id, plan_id, technician_id),
  constraint plan_stop_of_job foreign key (organisation_id, job_id) references dispatch.job (organisation_id, job_id));
select kit.append_only('dispatch.plan_stop');

-- When a technician whose day changes would rest, where the shift leaves it open: a row of their calendar once the plan is published.
create table dispatch.plan_break (
  organisation_id uuid not null,
  plan_id uuid not null,
  technician_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  occupancy_id uuid not null,
  stands boolean not null,                                               -- whether it has a row already, which moves
  constraint one_break_a_plan_and_row primary key (organisation_id, plan_id, occupancy_id),
  constraint plan_break_takes_time check (ends_at > starts_at),
  constraint plan_break_of_technician foreign key (organisation_id, plan_id, technician_id) references dispatch.plan_technician (organisation_id, plan_id, technician_id));
select kit.append_only('dispatch.plan_break');

-- Who is left out, and why. A visit that is left out stays where it stands.
create table dispatch.plan_left_out (
  organisation_id uuid not null,
  plan_id uuid not null,
  job_id uuid not null,
  visit_id uuid,
  reason text not null constraint plan_left_out_reason_is_known check (reason in ('NO_SKILL', 'NO_SHIFT', 'TOO_FAR', 'FULL', 'NO_CREW', 'BEFORE_PARTS', 'NOT_WAITING')),
  points bigint not null constraint plan_left_out_points_is_positive check (points >= 0),
  subject_id uuid not null generated always as (coalesce(visit_id, job_id)) stored,
  constraint left_out_once primary key (organisation_id, plan_id, subject_id),
  constraint left_out_of_finding foreign key (organisation_id, plan_id) references dispatch.plan_found (organisation_id, plan_id),
  constraint left_out_visit_of_job foreign key (organisation_id, job_id, visit_id) references dispatch.visit (organisation_id, job_id, visit_id),
  constraint left_out_job foreign key (organisation_id, job_id) references dispatch.job (organisation_id, job_id));
select kit.append_only('dispatch.plan_left_out');

-- What publishing locks by: everything that it changes.
select kit.lockable('account', 'dispatch.plan_stop', 'customer_id', 'plan_id');
select kit.lockable('job', 'dispatch.plan_stop', 'job_id', 'plan_id');
select kit.lockable('day', 'dispatch.plan_technician', 'technician_id', 'plan_id');
