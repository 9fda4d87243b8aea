-- Dunning: a policy as data, what holds it, what customers promised, and each step that was taken. What comes next is computed when it is asked for, never stored.

-- A policy's versions; the last one is in force. Nobody is disturbed outside the hours between `calm_until` and `calm_from`, by the customer's own clock.
create table billing.dunning_policy (
  organisation_id uuid not null,
  version int not null constraint dunning_policy_counts check (version between 1 and 100000),
  previous int generated always as (nullif(version - 1, 0)) stored,
  calm_until time not null, calm_from time not null,
  rest_days int[] not null constraint rest_days_are_days_of_the_week check (rest_days <@ array[1, 2, 3, 4, 5, 6, 7] and cardinality(rest_days) <= 6),
  rests_on_holidays boolean not null,
  longest_promise_days int not null constraint promise_days_are_bounded check (longest_promise_days between 1 and 90),
  step_count int not null constraint dunning_steps_are_bounded check (step_count between 1 and 20),
  set_by text not null constraint dunning_policy_setter_short check (length(set_by) <= 100),
  set_at timestamptz not null,
  constraint one_dunning_policy_a_version primary key (organisation_id, version),
  constraint dunning_policy_size unique (organisation_id, version, step_count),
  constraint dunning_policies_follow foreign key (organisation_id, previous) references billing.dunning_policy (organisation_id, version),
  constraint some_hours_are_not_calm check (calm_until < calm_from),
  constraint dunning_policy_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id));
select kit.append_only('billing.dunning_policy');

create table billing.dunning_policy_step (
  organisation_id uuid not null, version int not null,
  position int not null constraint dunning_position_counts check (position between 1 and 20),
  step_count int not null,
  previous int generated always as (nullif(position - 1, 0)) stored,
  kind text not null constraint dunning_kind_is_known check (kind in ('remind', 'call', 'suspend', 'collect', 'end')),
  channel text not null generated always as (case kind when 'remind' then 'email' when 'call' then 'phone' when 'suspend' then 'network' when 'collect' then 'door' else 'person' end) stored,
  days_before int not null,
  days_after int not null constraint dunning_days_are_bounded check (days_after between 1 and 1000),
  reminded_before boolean not null,
  reminded boolean not null generated always as (reminded_before or kind = 'remind') stored,
  held_by text[] not null constraint dunning_holds_are_known check (held_by <@ array['promise', 'dispute', 'incident', 'legal', 'vulnerable']),
  citation text constraint dunning_citation_has_a_length check (length(citation) between 1 and 500),
  constraint one_dunning_position primary key (organisation_id, version, position),
  constraint dunning_position_days unique (organisation_id, version, position, days_after, reminded),
  constraint one_dunning_kind_a_day unique (organisation_id, version, days_after, kind),
  constraint dunning_step_of_policy foreign key (organisation_id, version, step_count) references billing.dunning_policy (organisation_id, version, step_count),
  constraint dunning_positions_follow foreign key (organisation_id, version, previous, days_before, reminded_before)
    references billing.dunning_policy_step (organisation_id, version, position, days_after, reminded),
  constraint dunning_positions_begin check (position > 1 or (days_before = 0 and not reminded_before)),
  constraint dunning_position_within_count check (position <= step_count),
  constraint dunning_days_ascend check (days_after > days_before),
  constraint reminded_before_cut_off check (kind not in ('suspend', 'collect', 'end') or reminded_before),
  -- Whoever is protected, disputes what is owed or promised to pay is never cut off nor visited by itself, whatever a policy says.
  constraint dunning_spares_the_held check (case when kind in ('suspend', 'collect', 'end') then held_by @> array['promise', 'dispute', 'incident', 'legal', 'vulnerable']
    else held_by @> array['promise', 'dispute', 'legal'] end));
select kit.append_only('billing.dunning_policy_step');

-- What holds a customer's dunning: an invoice that they contest, an outage, a law or court, somebody who must not be cut off.
create table billing.dunning_hold (
  organisation_id uuid not null, hold_id uuid not null,
  customer_id uuid not null,
  kind text not null constraint hold_kind_is_known check (kind in ('dispute', 'incident', 'legal', 'vulnerable')),
  invoice_id uuid, currency text,
  contested_minor bigint constraint contested_is_money check (contested_minor between 1 and 1000000000000000),   -- so much of the invoice, by an objection to a line; none: all of it
  until_on date,                                                           -- the first day on which it holds no longer, by the customer's calendar
  note text constraint hold_note_is_bounded check (length(note) between 1 and 500),
  placed_by text not null constraint hold_placer_short check (length(placed_by) <= 100),
  placed_at timestamptz not null,
  constraint one_dunning_hold_an_id primary key (organisation_id, hold_id),
  constraint hold_of_a_sum unique (organisation_id, hold_id, customer_id, invoice_id, contested_minor),
  constraint hold_of_customer foreign key (organisation_id, customer_id) references customers.customer (organisation_id, customer_id),
  constraint hold_on_an_invoice_of_its_customer foreign key (organisation_id, invoice_id, customer_id, currency)
    references billing.invoice (organisation_id, invoice_id, customer_id, currency),
  constraint a_dispute_names_its_invoice check ((kind = 'dispute') = (invoice_id is not null) and (invoice_id is null) = (currency is null)),
  constraint an_incident_ends check (kind <> 'incident' or until_on is not null),
  constraint a_sum_is_of_a_dispute check (contested_minor is null or kind = 'dispute' and until_on is null));
select kit.append_only('billing.dunning_hold');
create index dunning_hold_of_customer on billing.dunning_hold (organisation_id, customer_id, hold_id);
create table billing.dunning_hold_release (
  organisation_id uuid not null, hold_id uuid not null,
  released_by text not null constraint hold_releaser_short check (length(released_by) <= 100),
  released_at timestamptz not null,
  constraint one_release_a_dunning_hold primary key (organisation_id, hold_id),
  constraint release_of_dunning_hold foreign key (organisation_id, hold_id) references billing.dunning_hold (organisation_id, hold_id));
select kit.append_only('billing.dunning_hold_release');
-- What a customer objects to of an invoice and isn't decided: asked for by nobody, however it is collected.
create function billing.contested_minor(of_organisation uuid, of_customer uuid, of_invoice uuid) returns bigint language sql stable parallel safe as $$
  select coalesce(sum(h.contested_minor), 0)::bigint from billing.dunning_hold h
  where h.organisation_id = of_organisation and h.customer_id = of_customer and h.invoice_id = of_invoice and h.contested_minor is not null
    and not exists (select from billing.dunning_hold_release r where r.organisation_id = h.organisation_id and r.hold_id = h.hold_id) $$;
grant execute on function billing.contested_minor to sayso_service;

-- What a customer said they would pay by when. Whether they did is told by their payments.
create table billing.payment_promise (
  organisation_id uuid not null, promise_id uuid not null,
  customer_id uuid not null,
  amount_minor bigint not null constraint promised_is_money check (amount_minor between 1 and 1000000000000000),
  currency text not null constraint promised_currency_iso check (currency ~ '^[A-Z]{3}$'),
  pay_by date not null,                                                    -- the last day on which paying keeps it, by the customer's calendar
  zone text not null constraint payment_promise_zone_has_a_length check (length(zone) between 1 and 60),
  longest_days int not null constraint longest_promise_is_bounded check (longest_days between 1 and 90),
  made_by text not null constraint payment_promise_taker_short check (length(made_by) <= 100),
  made_at timestamptz not null,
  constraint one_payment_promise_an_id primary key (organisation_id, promise_id),
  constraint payment_promise_of_customer foreign key (organisation_id, customer_id) references customers.customer (organisation_id, customer_id),
  constraint promised_soon_enough check (pay_by between (made_at at time zone zone)::date and (made_at at time zone zone)::date + longest_days));
select kit.append_only('billing.payment_promise');
create index payment_promise_of_customer on billing.payment_promise (organisation_id, customer_id, made_at);

-- What was done about an invoice that is overdue, a row a step: once each, in the policy's order, never earlier than it says, and only while the invoice was open.
-- An invoice that a reversal opens again begins an episode of its own, and its customer is told first: days count from then.
create table billing.dunning_step (
  organisation_id uuid not null,
  invoice_id uuid not null, customer_id uuid not null, currency text not null,
  episode int not null constraint dunning_episode_counts check (episode between 0 and 100000),  -- the allocation that opened it again; 0 where none did
  ordinal int not null constraint dunning_ordinal_counts check (ordinal between 1 and 1000),
  previous int generated always as (nullif(ordinal - 1, 0)) stored,
  kind text not null constraint dunning_step_is_known check (kind in ('tell', 'remind', 'call', 'suspend', 'collect', 'end')),
  policy_version int not null constraint dunning_policy_in_range check (policy_version between 0 and 100000),
  policy_ref int generated always as (nullif(policy_version, 0)) stored,
  base_on date not null, previous_on date not null,
  days_before int not null, days_after int not null,
  policy_days int generated always as (case when kind <> 'tell' then days_after end) stored,
  zone text not null constraint dunning_zone_has_a_length check (length(zone) between 1 and 60),
  taken_at timestamptz not null,
  recorded_at timestamptz not null default kit.recorded_now(),
  taken_on date not null generated always as ((taken_at at time zone zone)::date) stored,
  allocation_step int not null, open_minor bigint not null,
  open_ref int generated always as (nullif(allocation_step, 0)) stored,
  episode_ref int generated always as (nullif(episode, 0)) stored,
  written_off bigint not null generated always as (0) stored,
  job_id uuid,
  taken_by text not null constraint dunning_taker_short check (length(taken_by) <= 100),
  constraint one_dunning_step primary key (organisation_id, invoice_id, episode, ordinal),
  constraint dunning_step_end unique (organisation_id, invoice_id, episode, ordinal, days_after, base_on, taken_on),
  constraint dunning_step_of_invoice foreign key (organisation_id, invoice_id, customer_id, currency)
    references billing.invoice (organisation_id, invoice_id, customer_id, currency),
  constraint dunning_steps_follow foreign key (organisation_id, invoice_id, episode, previous, days_before, base_on, previous_on)
    references billing.dunning_step (organisation_id, invoice_id, episode, ordinal, days_after, base_on, taken_on),
  constraint dunned_by_a_policy foreign key (organisation_id, policy_ref) references billing.dunning_policy (organisation_id, version),
  constraint dunned_as_the_policy_says foreign key (organisation_id, policy_ref, policy_days, kind)
    references billing.dunning_policy_step (organisation_id, version, days_after, kind),
  constraint dunned_as_the_shipped_policy_says check (policy_version > 0 or kind = 'tell'
    or (days_after, kind) in ((3, 'remind'), (10, 'remind'), (14, 'call'), (21, 'suspend'), (28, 'collect'), (60, 'end'))),
  constraint dunned_not_ahead_of_time check (taken_at <= recorded_at + interval '5 minutes'),   -- as far as two servers' clocks may differ
  -- Nobody is dunned for what was given up, nor for the rest of such an invoice.
  constraint dunned_while_open foreign key (organisation_id, invoice_id, open_ref, open_minor, written_off)
    references billing.allocation (organisation_id, invoice_id, step, open_after, written_off_after),
  constraint dunned_for_something check (open_minor > 0),
  constraint dunning_episode_was_opened foreign key (organisation_id, invoice_id, episode_ref) references billing.allocation (organisation_id, invoice_id, step),
  constraint dunning_steps_begin check (ordinal > 1 or days_before = 0),
  constraint told_first_of_what_was_taken_back check ((kind = 'tell') = (episode > 0 and ordinal = 1) and (kind <> 'tell' or days_after = 0)),
  constraint dunning_goes_on check (kind = 'tell' or days_after > days_before),
  -- Each step leaves the customer the days that the policy leaves between it and the one before, even after we stood still.
  constraint dunned_not_too_soon check (kind = 'tell' or ((taken_at at time zone zone)::date >= base_on + days_after
    and (ordinal = 1 or (taken_at at time zone zone)::date - previous_on >= days_after - days_before))),
  constraint collected_by_a_job check ((kind = 'collect') = (job_id is not null)),
  constraint dunning_job foreign key (organisation_id, job_id) references dispatch.job (organisation_id, job_id));
select kit.append_only('billing.dunning_step', except_columns => 'recorded_at');
create index dunning_step_of_customer on billing.dunning_step (organisation_id, customer_id, taken_at);

-- What was done about what is owed by no invoice: its customer is told first, then reminded and called as the policy says of invoices, while any of it is open.
create table billing.claim_reminder (
  organisation_id uuid not null,
  claim_id uuid not null, customer_id uuid not null, currency text not null, total_minor bigint not null,
  ordinal int not null constraint claim_reminder_counts check (ordinal between 1 and 1000),
  previous int generated always as (nullif(ordinal - 1, 0)) stored,
  kind text not null constraint claim_reminder_is_known check (kind in ('tell', 'remind', 'call')),
  policy_version int not null constraint claim_policy_in_range check (policy_version between 0 and 100000),
  policy_ref int generated always as (nullif(policy_version, 0)) stored,
  base_on date not null, previous_on date not null,
  days_before int not null, days_after int not null,
  policy_days int generated always as (case when kind <> 'tell' then days_after end) stored,
  zone text not null constraint claim_zone_has_a_length check (length(zone) between 1 and 60),
  taken_at timestamptz not null,
  recorded_at timestamptz not null default kit.recorded_now(),
  taken_on date not null generated always as ((taken_at at time zone zone)::date) stored,
  claim_step int not null, open_minor bigint not null,
  open_ref int generated always as (nullif(claim_step, 0)) stored,
  taken_by text not null constraint claim_reminder_short check (length(taken_by) <= 100),
  constraint one_claim_reminder primary key (organisation_id, claim_id, ordinal),
  constraint claim_reminder_end unique (organisation_id, claim_id, ordinal, days_after, base_on, taken_on),
  constraint reminder_of_claim foreign key (organisation_id, claim_id, customer_id, currency, total_minor)
    references billing.claim (organisation_id, claim_id, customer_id, currency, amount_minor),
  constraint claim_reminders_follow foreign key (organisation_id, claim_id, previous, days_before, base_on, previous_on)
    references billing.claim_reminder (organisation_id, claim_id, ordinal, days_after, base_on, taken_on),
  constraint claim_dunned_by_a_policy foreign key (organisation_id, policy_ref) references billing.dunning_policy (organisation_id, version),
  constraint claim_dunned_as_the_policy_says foreign key (organisation_id, policy_ref, policy_days, kind)
    references billing.dunning_policy_step (organisation_id, version, days_after, kind),
  constraint claim_dunned_as_the_shipped_policy_says check (policy_version > 0 or kind = 'tell' or (days_after, kind) in ((3, 'remind'), (10, 'remind'), (14, 'call'))),
  constraint claim_dunned_not_ahead_of_time check (taken_at <= recorded_at + interval '5 minutes'),
  constraint claim_dunned_while_open foreign key (organisation_id, claim_id, open_ref, open_minor) references billing.claim_step (organisation_id, claim_id, step, open_after),
  constraint claim_dunned_for_something check (open_minor > 0 and (claim_step > 0 or open_minor = total_minor)),
  constraint claim_told_first check ((kind = 'tell') = (ordinal = 1) and (kind <> 'tell' or (days_after = 0 and days_before = 0))),
  constraint claim_dunning_goes_on check (kind = 'tell' or days_after > days_before),
  constraint claim_dunned_not_too_soon check (kind = 'tell' or ((taken_at at time zone zone)::date >= base_on + days_after
    and (taken_at at time zone zone)::date - previous_on >= days_after - days_before)));
select kit.append_only('billing.claim_reminder', except_columns => 'recorded_at');

-- Where dunning looks: who owes something, and from which day on it may be overdue (`-infinity`: at once). Brought up to date once a minute from the transfers that were written
-- since, as far as `debtor_cursor` says; whoever asks in between reads those beside it. So nothing is added to what posts and pays. `sayso doctor` holds it to the invoices.
create table billing.debtor (
  organisation_id uuid not null,
  customer_id uuid not null,
  from_on date not null,
  constraint debtor_pkey primary key (organisation_id, customer_id),
  constraint debtor_is_a_customer foreign key (organisation_id, customer_id) references customers.customer (organisation_id, customer_id));
select kit.changeable('billing.debtor', 'from_on');
select kit.deletable('billing.debtor');
create index debtor_by_day on billing.debtor (organisation_id, from_on, customer_id);
-- The first transaction whose transfers may not have been read yet: all before it were over.
create table billing.debtor_cursor (
  organisation_id uuid not null,
  until_epoch int not null,
  until_transaction bigint not null,
  constraint debtor_cursor_pkey primary key (organisation_id),
  constraint debtor_cursor_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id));
select kit.changeable('billing.debtor_cursor', 'until_epoch, until_transaction');

-- What requests lock by.
select kit.lockable('account', 'billing.dunning_hold', 'customer_id', 'hold_id');
