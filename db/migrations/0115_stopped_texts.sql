-- To which numbers no text goes any more, since STOP came from there; the last step says so. It outlives the contact: who writes STOP means the number, whosever it is noted as.
create table notices.text_stop (
  organisation_id uuid not null,
  number_hash bytea not null constraint text_stop_number_is_sha256 check (length(number_hash) = 32),
  step int not null constraint text_stop_counts check (step between 1 and 10000),
  before_step int generated always as (nullif(step - 1, 0)) stored,
  stopped boolean not null,
  said_at timestamptz not null,
  constraint one_text_stop_a_step primary key (organisation_id, number_hash, step),
  constraint text_stops_follow foreign key (organisation_id, number_hash, before_step) references notices.text_stop (organisation_id, number_hash, step),
  constraint text_stop_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id));
select kit.append_only('notices.text_stop');
