-- What the meter of a job's thing shows (an odometer, an hour meter) when it is taken in and when it is given back. The last reading of each counts.
create table dispatch.job_reading (
  organisation_id uuid not null,
  job_id uuid not null,
  taken_when text not null constraint reading_moment_is_known check (taken_when in ('intake', 'return')),
  step int not null constraint reading_step_counts check (step between 1 and 1000),
  previous int generated always as (nullif(step - 1, 0)) stored,
  value bigint not null constraint reading_value_in_range check (value between 0 and 100000000),
  unit text not null constraint reading_unit_is_known check (unit in ('KMT', 'SMI', 'HUR')),
  read_by text not null constraint reading_teller_short check (length(read_by) <= 100),
  read_at timestamptz not null,
  recorded_at timestamptz not null default kit.recorded_now(),
  constraint one_reading_a_step primary key (organisation_id, job_id, taken_when, step),
  constraint readings_follow foreign key (organisation_id, job_id, taken_when, previous) references dispatch.job_reading (organisation_id, job_id, taken_when, step),
  constraint reading_of_job foreign key (organisation_id, job_id) references dispatch.job (organisation_id, job_id));
select kit.append_only('dispatch.job_reading', except_columns => 'recorded_at');
