-- Customers choose when somebody comes, by a link to one job, and partners for what they brought, within what the organisation allows; everything that one of them does to a
-- visit is a row here, which its step cites.

-- What partners brought, and what they call it. A partner sees these rows of their own alone, whatever a statement asks, and all that they may do refers to one of them.
create table dispatch.brought (
  organisation_id uuid not null,
  job_id uuid not null,
  partner_id uuid not null,
  actor text not null generated always as ('partner:' || partner_id::text) stored,
  customer_id uuid not null,
  site_id uuid not null,
  as_before uuid,                                                        -- an earlier one of theirs, at the same customer's same place
  reference text not null constraint brought_reference_has_a_length check (length(reference) between 1 and 60),
  asked_hash bytea not null constraint brought_hash_is_sha256 check (length(asked_hash) = 32),  -- of all that they said
  constraint one_bringing_a_job primary key (organisation_id, job_id),
  constraint brought_by_this_partner unique (organisation_id, job_id, partner_id),
  constraint brought_by_this_actor unique (organisation_id, job_id, actor),
  constraint brought_at_this_place unique (organisation_id, job_id, partner_id, customer_id, site_id),
  constraint one_job_a_partners_reference unique (organisation_id, partner_id, reference),
  constraint brought_by_partner foreign key (organisation_id, partner_id) references identity.partner (organisation_id, partner_id),
  -- nobody's job but one that they opened, and no customer but one that came with the first
  constraint brought_what_they_opened foreign key (organisation_id, job_id, actor, customer_id, site_id)
    references dispatch.job (organisation_id, job_id, brought_by, customer_id, site_id),
  constraint brought_as_before foreign key (organisation_id, as_before, partner_id, customer_id, site_id)
    references dispatch.brought (organisation_id, job_id, partner_id, customer_id, site_id));
create unique index one_partner_brings_a_customer on dispatch.brought (organisation_id, customer_id) where as_before is null;
select kit.append_only('dispatch.brought');
create policy partners_see_their_own on dispatch.brought as restrictive
  using (coalesce(current_setting('sayso.actor', true), '') not like 'partner:%' or actor = current_setting('sayso.actor', true));
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table dispatch.job add constraint opened_by_partner_is_brought foreign key (organisation_id, job_id, brought_by)
  references dispatch.brought (organisation_id, job_id, actor) deferrable initially deferred;
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table dispatch.job_step add constraint partners_step_is_of_what_they_brought foreign key (organisation_id, job_id, by_partner)
  references dispatch.brought (organisation_id, job_id, actor) deferrable initially deferred;

-- How far ahead customers choose, how long before a visit at the latest, how often they may move it, and from when to when on the wall windows begin, one each so many minutes; version by version. Without any they can't choose.
create table dispatch.choice_policy (
  organisation_id uuid not null,
  version int not null constraint choice_policy_version_counts check (version between 1 and 1000000000),
  days_ahead int not null constraint days_ahead_in_range check (days_ahead between 1 and 30),
  hours_before int not null constraint hours_before_in_range check (hours_before between 0 and 336),
  most_moves int not null constraint most_moves_in_range check (most_moves between 0 and 20),
  earliest time not null,
  latest time not null,
  step_minutes int not null constraint choice_step_in_range check (step_minutes between 15 and 720),
  set_by text not null constraint choice_policy_setter_is_short check (length(set_by) between 1 and 100),
  set_at timestamptz not null,
  previous int generated always as (nullif(version - 1, 0)) stored,
  constraint one_choice_policy_a_version primary key (organisation_id, version),
  constraint choice_policy_as_cited unique (organisation_id, version, days_ahead, hours_before, most_moves, earliest, latest),
  constraint choice_hours_are_in_order check (earliest <= latest),
  constraint choice_policies_follow foreign key (organisation_id, previous) references dispatch.choice_policy (organisation_id, version));
select kit.append_only('dispatch.choice_policy');

create table dispatch.choice (
  organisation_id uuid not null,
  job_id uuid not null,
  number int not null constraint choice_counts check (number between 1 and 500),
  previous int generated always as (nullif(number - 1, 0)) stored,
  act text not null constraint choice_is_known check (act in ('held', 'booked', 'moved', 'cancelled')),
  link_id uuid,
  link_purpose text not null generated always as ('choice') stored,
  partner_id uuid,
  actor text not null generated always as (coalesce('customer_link:' || link_id::text, 'partner:' || partner_id::text)) stored,
  visit_id uuid not null,
  step int not null,                                                     -- of the visit, that the choice makes
  to_state text not null generated always as (case act when 'held' then 'held' when 'cancelled' then 'cancelled' else 'booked' end) stored,
  held_step int generated always as (case act when 'booked' then step - 1 end) stored,
  held_state text not null generated always as ('held') stored,
  was_at timestamptz,                                                    -- when the visit that moves would have been
  starts_at timestamptz not null,
  moves_before int not null,
  moves int generated always as (moves_before + (act = 'moved')::int) stored,
  policy_version int not null,
  days_ahead int not null,
  hours_before int not null,
  most_moves int not null,
  earliest time not null,
  latest time not null,
  zone text not null constraint choice_zone_has_a_length check (length(zone) between 1 and 60),
  chosen_at timestamptz not null default kit.recorded_now(),
  constraint one_choice_a_number primary key (organisation_id, job_id, number),
  constraint choice_as_followed unique (organisation_id, job_id, number, moves),
  constraint choices_begin_unmoved check (number > 1 or moves_before = 0),
  constraint choice_follows foreign key (organisation_id, job_id, previous, moves_before) references dispatch.choice (organisation_id, job_id, number, moves),
  constraint choice_by_policy foreign key (organisation_id, policy_version, days_ahead, hours_before, most_moves, earliest, latest)
    references dispatch.choice_policy (organisation_id, version, days_ahead, hours_before, most_moves, earliest, latest),
  constraint choice_by_link foreign key (organisation_id, link_id, link_purpose, job_id) references identity.link (organisation_id, link_id, purpose, subject_id),
  constraint choice_by_partner_who_brought_it foreign key (organisation_id, job_id, partner_id) references dispatch.brought (organisation_id, job_id, partner_id),
  constraint choice_by_one_of_both check (num_nonnulls(link_id, partner_id) = 1),
  constraint only_moves_were_elsewhere check ((act = 'moved') = (was_at is not null)),
  -- a hold was in time when it was made
  constraint choice_is_in_time check ((act = 'booked' or least(starts_at, was_at) >= chosen_at + hours_before * interval '1 hour') is true),
  constraint choice_is_not_too_far_ahead check (act in ('booked', 'cancelled') or starts_at < chosen_at + days_ahead * interval '24 hours'),
  constraint choice_is_at_its_hours check (act in ('booked', 'cancelled') or ((starts_at at time zone zone)::time between earliest and latest) is true),
  constraint moves_are_counted check (moves_before + (act = 'moved')::int <= most_moves or act <> 'moved'),
  constraint choice_as_stepped unique (organisation_id, visit_id, step, starts_at, actor),
  constraint choice_of_visit_of_job foreign key (organisation_id, job_id, visit_id) references dispatch.visit (organisation_id, job_id, visit_id) deferrable initially deferred,
  constraint choice_has_its_step foreign key (organisation_id, visit_id, step, to_state) references dispatch.visit_step (organisation_id, visit_id, step, to_state) deferrable initially deferred,
  -- what is booked was held: anything else is a move, in time and counted
  constraint choice_books_what_was_held foreign key (organisation_id, visit_id, held_step, held_state) references dispatch.visit_step (organisation_id, visit_id, step, to_state));
select kit.append_only('dispatch.choice', except_columns => 'chosen_at');

-- What a customer or a partner does to a visit is a choice of theirs.
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table dispatch.visit_step add constraint customers_step_is_their_choice foreign key (organisation_id, visit_id, chosen, starts_at, actor)
  references dispatch.choice (organisation_id, visit_id, step, starts_at, actor);
