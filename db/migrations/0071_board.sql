-- The board: jobs whose work isn't done, which it looks through for those that nobody goes to, however many a company has had before.
-- What is true of a job is the last row of its chain; the doctor compares.
create table dispatch.unfinished_job (
  organisation_id uuid not null,
  job_id uuid not null,
  constraint one_unfinished_job_an_id primary key (organisation_id, job_id),
  constraint unfinished_job_is_a_job foreign key (organisation_id, job_id) references dispatch.job (organisation_id, job_id));
select kit.append_only('dispatch.unfinished_job');
select kit.deletable('dispatch.unfinished_job');
