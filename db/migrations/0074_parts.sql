-- When the parts that a job waits for are there, as last said; -infinity where it waits for none any more. Nobody is placed at it before.
create table dispatch.parts_step (
  organisation_id uuid not null,
  job_id uuid not null,
  step int not null constraint parts_step_counts check (step between 1 and 1000),
  there_at timestamptz not null,
  actor text not null constraint parts_actor_is_short check (length(actor) between 1 and 100),
  said_at timestamptz not null,
  previous int generated always as (nullif(step - 1, 0)) stored,
  constraint one_parts_step_a_number primary key (organisation_id, job_id, step),
  constraint parts_steps_follow foreign key (organisation_id, job_id, previous) references dispatch.parts_step (organisation_id, job_id, step),
  constraint parts_step_of_job foreign key (organisation_id, job_id) references dispatch.job (organisation_id, job_id));
select kit.append_only('dispatch.parts_step');
