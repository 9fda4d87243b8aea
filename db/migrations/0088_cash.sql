-- Cash is custody: on the agent, handed over (counted by the agent), accepted (counted blind by somebody else), any difference with its reason and what became of it.

-- What notes and coins come to, given as value in minor units and number of pieces: {"5000": 3, "10": 2}. Null for anything else.
create function billing.sum_of_pieces(pieces jsonb) returns bigint language sql immutable strict parallel safe
  return case when jsonb_typeof(pieces) = 'object' then (
    select case when coalesce(bool_and(sound), true) then coalesce(sum(case when sound then value::bigint * number::bigint end), 0)::bigint end
    from (
      select p.key as value, p.value::text as number, p.key ~ '^[1-9][0-9]{0,9}$' and p.value::text ~ '^[1-9][0-9]{0,5}$' as sound
      from jsonb_each(pieces) p) piece) end;
grant execute on function billing.sum_of_pieces to sayso_service;

-- Cash leaves the agent's hands: for the office or, in the field, for another member of staff.
create table billing.cash_hand_in (
  organisation_id uuid not null,
  hand_in_id uuid not null,
  staff_id uuid not null,
  to_staff_id uuid,                                                        -- for the office, if nobody
  counted_minor bigint not null, currency text not null,
  pieces jsonb constraint hand_in_pieces_small check (length(pieces::text) <= 2000),
  handed_in_at timestamptz not null,
  recorded_at timestamptz not null default kit.recorded_now(),
  ordinal int not null generated always as (1) stored,
  debit_kind text not null generated always as ('cash_in_transit') stored, debit_holder text not null generated always as ('') stored,
  credit_kind text not null generated always as ('cash_on_agent') stored, credit_holder text not null generated always as (staff_id::text) stored,
  into_kind text not null generated always as (case when to_staff_id is null then 'cash_office' else 'cash_on_agent' end) stored,
  into_holder text not null generated always as (coalesce(to_staff_id::text, '')) stored,
  constraint cash_hand_in_pkey primary key (organisation_id, hand_in_id),
  constraint hand_in_terms unique (organisation_id, hand_in_id, staff_id, counted_minor, currency, into_holder),
  constraint hand_in_by_staff foreign key (organisation_id, staff_id) references identity.staff (organisation_id, staff_id),
  constraint hand_in_for_staff foreign key (organisation_id, to_staff_id) references identity.staff (organisation_id, staff_id),
  constraint handed_over_to_somebody_else check (to_staff_id <> staff_id),
  constraint hand_in_pieces_add_up check ((pieces is null or billing.sum_of_pieces(pieces) = counted_minor) is true),
  constraint hand_in_is_posted foreign key (organisation_id, hand_in_id, ordinal, hand_in_id, currency, counted_minor, debit_kind, debit_holder, credit_kind, credit_holder)
    references billing.transfer (organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder));
select kit.append_only('billing.cash_hand_in', except_columns => 'recorded_at');
create index hand_in_of_staff on billing.cash_hand_in (organisation_id, staff_id, hand_in_id);

-- Each count that somebody made of it, blind: one that differed and was made again stays, so that guessing the agent's count shows.
create table billing.cash_count (
  organisation_id uuid not null,
  hand_in_id uuid not null,
  counted_by uuid not null,
  number int not null constraint counted_a_few_times check (number between 1 and 5),
  counted_minor bigint not null constraint cash_count_is_money check (counted_minor between 0 and 1000000000000000),
  pieces jsonb constraint count_pieces_small check (length(pieces::text) <= 2000),
  counted_at timestamptz not null,
  recorded_at timestamptz not null default kit.recorded_now(),
  previous int generated always as (nullif(number - 1, 0)) stored,
  constraint cash_count_pkey primary key (organisation_id, hand_in_id, counted_by, number),
  constraint cash_count_terms unique (organisation_id, hand_in_id, counted_by, number, counted_minor),
  constraint count_of_hand_in foreign key (organisation_id, hand_in_id) references billing.cash_hand_in (organisation_id, hand_in_id),
  constraint counted_by_staff foreign key (organisation_id, counted_by) references identity.staff (organisation_id, staff_id),
  constraint count_follows foreign key (organisation_id, hand_in_id, counted_by, previous) references billing.cash_count (organisation_id, hand_in_id, counted_by, number),
  constraint count_pieces_add_up check ((pieces is null or billing.sum_of_pieces(pieces) = counted_minor) is true));
select kit.append_only('billing.cash_count', except_columns => 'recorded_at');

create table billing.cash_acceptance (
  organisation_id uuid not null,
  hand_in_id uuid not null, staff_id uuid not null, counted_minor bigint not null, currency text not null, into_holder text not null,
  accepted_by uuid not null,
  accepted_minor bigint not null, count_number int not null,
  reason text constraint difference_reason_known check (reason in ('short', 'over', 'counterfeit', 'miscounted', 'stolen', 'other')),
  note text constraint difference_note_bounded check (length(note) between 1 and 500),
  accepted_at timestamptz not null,
  recorded_at timestamptz not null default kit.recorded_now(),
  missing_minor bigint not null generated always as (counted_minor - accepted_minor) stored,       -- too much, if negative
  constraint cash_acceptance_pkey primary key (organisation_id, hand_in_id),
  constraint acceptance_amount unique (organisation_id, hand_in_id, accepted_minor, currency, into_holder),
  constraint acceptance_difference unique (organisation_id, hand_in_id, staff_id, currency, accepted_by, missing_minor),
  constraint acceptance_of_hand_in foreign key (organisation_id, hand_in_id, staff_id, counted_minor, currency, into_holder)
    references billing.cash_hand_in (organisation_id, hand_in_id, staff_id, counted_minor, currency, into_holder),
  constraint accepted_as_counted foreign key (organisation_id, hand_in_id, accepted_by, count_number, accepted_minor)
    references billing.cash_count (organisation_id, hand_in_id, counted_by, number, counted_minor),
  constraint accepted_by_staff foreign key (organisation_id, accepted_by) references identity.staff (organisation_id, staff_id),
  constraint cash_accepted_by_somebody_else check (accepted_by <> staff_id),
  constraint cash_accepted_by_whom_it_is_for check (into_holder = '' or accepted_by::text = into_holder),
  constraint difference_has_its_reason check ((accepted_minor = counted_minor) = (reason is null)),
  constraint reason_fits_its_difference check (case when reason in ('short', 'counterfeit', 'stolen') then accepted_minor < counted_minor when reason = 'over' then accepted_minor > counted_minor else true end is true),
  constraint other_reason_is_told check (reason is distinct from 'other' or note is not null));
select kit.append_only('billing.cash_acceptance', except_columns => 'recorded_at');
create index acceptance_with_difference on billing.cash_acceptance (organisation_id, hand_in_id) where missing_minor <> 0;

-- Where the money of a difference goes that is settled so.
create function billing.settled_into(how text) returns text language sql immutable strict parallel safe
  return case how when 'charged' then 'owed_by_staff' when 'written_off' then 'write_off' else 'cash_office' end;
grant execute on function billing.settled_into to sayso_service;

-- What became of a difference, a hand-in's or a deposit's, step by step until nothing is open of it: charged to whoever had it in hand, written off, turned up (or, where
-- there was too much, given back), or one of these undone. Where a deposit's arrival is taken back, its difference ends whole: once something of it is settled, that can't be.
create table billing.cash_settlement (
  organisation_id uuid not null,
  hand_in_id uuid, arrival_id uuid,                                        -- whose difference it is
  step int not null constraint settlement_step_counts check (step between 1 and 1000),
  settlement_id uuid not null,
  staff_id uuid not null, currency text not null, accepted_by uuid, confirmed_by text, missing_minor bigint not null,
  how text not null constraint settlement_way_known check (how in ('charged', 'written_off', 'turned_up', 'given_back', 'taken_back', 'undone')),
  undoes uuid, undoes_how text,                                            -- the settlement that was a mistake: its entry the other way round
  open_before bigint not null, open_after bigint not null,
  note text not null constraint settlement_note_bounded check (length(note) between 1 and 500),
  settled_by uuid,
  settled_at timestamptz not null,
  recorded_at timestamptz not null default kit.recorded_now(),
  amount_minor bigint not null generated always as (abs(open_before - open_after)) stored,
  previous int generated always as (nullif(step - 1, 0)) stored,
  difference_id uuid not null generated always as (coalesce(hand_in_id, arrival_id)) stored,
  arrives boolean not null generated always as (true) stored,
  taken_back uuid generated always as (case when how = 'taken_back' then arrival_id end) stored,
  ordinal int generated always as (case when how <> 'taken_back' then 1 end) stored,
  undone_minor bigint generated always as (case when undoes is not null then abs(open_before - open_after) end) stored,
  debit_kind text not null generated always as (case when (missing_minor < 0) = (undoes is null) then 'cash_difference' else billing.settled_into(coalesce(undoes_how, how)) end) stored,
  debit_holder text not null generated always as (case when (missing_minor < 0) = (undoes is null) or coalesce(undoes_how, how) = 'charged' then staff_id::text else '' end) stored,
  credit_kind text not null generated always as (case when (missing_minor > 0) = (undoes is null) then 'cash_difference' else billing.settled_into(coalesce(undoes_how, how)) end) stored,
  credit_holder text not null generated always as (case when (missing_minor > 0) = (undoes is null) or coalesce(undoes_how, how) = 'charged' then staff_id::text else '' end) stored,
  constraint cash_settlement_pkey primary key (organisation_id, difference_id, step),
  constraint settlement_opens unique (organisation_id, difference_id, step, open_after),
  constraint settlement_ways unique (organisation_id, difference_id, step, how),
  constraint one_settlement_an_id unique (organisation_id, settlement_id),
  constraint settlement_amount unique (organisation_id, difference_id, settlement_id, how, amount_minor),
  constraint settlement_undone_once unique (organisation_id, undoes),
  constraint settlement_undone_whole foreign key (organisation_id, difference_id, undoes, undoes_how, undone_minor)
    references billing.cash_settlement (organisation_id, difference_id, settlement_id, how, amount_minor),
  constraint undoing_names_what_it_undoes check (((how = 'undone') = (undoes is not null) and (undoes is null) = (undoes_how is null) and coalesce(undoes_how, '') not in ('undone', 'taken_back')) is true),
  constraint settlement_of_difference foreign key (organisation_id, hand_in_id, staff_id, currency, accepted_by, missing_minor)
    references billing.cash_acceptance (organisation_id, hand_in_id, staff_id, currency, accepted_by, missing_minor),
  constraint settlement_follows foreign key (organisation_id, difference_id, previous, open_before) references billing.cash_settlement (organisation_id, difference_id, step, open_after),
  constraint settlement_of_one_difference check (num_nonnulls(hand_in_id, arrival_id) = 1 and num_nonnulls(hand_in_id, accepted_by) <> 1 and num_nonnulls(arrival_id, confirmed_by) <> 1),
  constraint only_an_arrival_is_taken_back check (how <> 'taken_back' or (arrival_id is not null and step = 1 and open_after = 0)),
  constraint settled_by_a_person check ((settled_by is null) = (how = 'taken_back')),
  constraint settlement_begins_with_all_missing check (step > 1 or open_before = missing_minor),
  constraint settled_within_difference check (case when missing_minor > 0 then open_after between 0 and missing_minor and (open_after < open_before) = (how <> 'undone')
    else open_after between missing_minor and 0 and (open_after > open_before) = (how <> 'undone') end and open_after <> open_before),
  constraint settled_as_its_kind_allows check (case when missing_minor > 0 then how <> 'given_back' else how in ('written_off', 'given_back', 'taken_back', 'undone') end),
  constraint settled_by_staff foreign key (organisation_id, settled_by) references identity.staff (organisation_id, staff_id),
  -- Whoever had the cash in hand last, or said what it came to, would excuse themselves.
  constraint settled_by_somebody_else check (settled_by <> staff_id and settled_by <> accepted_by and 'staff:' || settled_by <> confirmed_by),
  constraint settlement_is_posted foreign key (organisation_id, settlement_id, ordinal, settlement_id, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder)
    references billing.transfer (organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder));
select kit.append_only('billing.cash_settlement', except_columns => 'recorded_at');
select kit.lockable('day', 'billing.cash_settlement', 'staff_id', 'settlement_id');

-- How much cash somebody may hold, version by version; of nobody in particular: of everybody who has no limit of their own. Null: no limit (of their own).
create table billing.cash_limit (
  organisation_id uuid not null,
  staff_id uuid,
  holder text not null generated always as (coalesce(staff_id::text, '')) stored,
  currency text not null constraint cash_limit_currency_iso check (currency ~ '^[A-Z]{3}$'),
  version int not null constraint cash_limit_version_counts check (version between 1 and 1000000),
  limit_minor bigint constraint cash_limit_is_money check (limit_minor between 0 and 1000000000000000),
  set_by text not null constraint cash_limit_setter_short check (length(set_by) <= 100),
  set_at timestamptz not null,
  recorded_at timestamptz not null default kit.recorded_now(),
  previous int generated always as (nullif(version - 1, 0)) stored,
  constraint cash_limit_pkey primary key (organisation_id, holder, currency, version),
  constraint cash_limit_follows foreign key (organisation_id, holder, currency, previous) references billing.cash_limit (organisation_id, holder, currency, version),
  constraint cash_limit_of_staff foreign key (organisation_id, staff_id) references identity.staff (organisation_id, staff_id));
select kit.append_only('billing.cash_limit', except_columns => 'recorded_at');

-- Whoever is stopped stays so while they hold as much as they may, in any currency: what lifts the stop looks at what they hold, whoever writes it.
create function billing.hands_are_full(of_organisation uuid, of_staff uuid) returns boolean language sql stable parallel safe as $$
  select exists (
    select from billing.cash_custody b
    cross join lateral (
      select c.held_after from billing.cash_custody c
      where c.organisation_id = b.organisation_id and c.staff_id = b.staff_id and c.currency = b.currency order by c.step desc limit 1) c
    where b.organisation_id = of_organisation and b.staff_id = of_staff and b.step = 1 and c.held_after >= coalesce(
      (select l.limit_minor from billing.cash_limit l where l.organisation_id = b.organisation_id and l.holder = b.staff_id::pg_catalog.text and l.currency = b.currency order by l.version desc limit 1),
      (select l.limit_minor from billing.cash_limit l where l.organisation_id = b.organisation_id and l.holder = '' and l.currency = b.currency order by l.version desc limit 1)))
$$;
grant execute on function billing.hands_are_full to sayso_service;
create policy full_hands_stay_stopped on dispatch.collection_stop as restrictive for insert
  with check (case when was_stopped and not stopped then not billing.hands_are_full(organisation_id, technician_id) else true end);

-- What of an accepted hand-in was taken to the bank, step by step and never more than was accepted; and what a deposit comes to, position by position.
create table billing.cash_banked (
  organisation_id uuid not null,
  hand_in_id uuid not null,
  step int not null constraint banked_step_counts check (step between 1 and 1000),
  deposit_id uuid not null,
  position int not null constraint banked_position_counts check (position between 1 and 200),
  accepted_minor bigint not null, currency text not null, into_holder text not null generated always as ('') stored,
  banked_before bigint not null, banked_after bigint not null,
  total_before bigint not null, total_after bigint not null,
  amount_minor bigint not null generated always as (banked_after - banked_before) stored,
  previous int generated always as (nullif(step - 1, 0)) stored,
  position_before int generated always as (nullif(position - 1, 0)) stored,
  debit_kind text not null generated always as ('cash_in_transit') stored, debit_holder text not null generated always as ('bank') stored,
  credit_kind text not null generated always as ('cash_office') stored, credit_holder text not null generated always as ('') stored,
  constraint cash_banked_pkey primary key (organisation_id, hand_in_id, step),
  constraint banked_so_far unique (organisation_id, hand_in_id, step, banked_after),
  constraint one_banking_a_position unique (organisation_id, deposit_id, position),
  constraint banked_total unique (organisation_id, deposit_id, position, total_after, currency),
  constraint banked_of_acceptance foreign key (organisation_id, hand_in_id, accepted_minor, currency, into_holder)
    references billing.cash_acceptance (organisation_id, hand_in_id, accepted_minor, currency, into_holder),
  constraint banked_follows foreign key (organisation_id, hand_in_id, previous, banked_before) references billing.cash_banked (organisation_id, hand_in_id, step, banked_after),
  constraint banked_total_follows foreign key (organisation_id, deposit_id, position_before, total_before, currency)
    references billing.cash_banked (organisation_id, deposit_id, position, total_after, currency),
  constraint banked_begins_with_nothing check ((step > 1 or banked_before = 0) and (position > 1 or total_before = 0)),
  constraint banked_within_accepted check (banked_before >= 0 and banked_after > banked_before and banked_after <= accepted_minor),
  constraint banked_adds check (total_after = total_before + banked_after - banked_before),
  constraint banked_is_posted foreign key (organisation_id, deposit_id, position, deposit_id, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder)
    references billing.transfer (organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder));
select kit.append_only('billing.cash_banked');

create table billing.cash_deposit (
  organisation_id uuid not null,
  deposit_id uuid not null,
  slip text not null constraint deposit_slip_short check (length(slip) between 1 and 60),            -- by which the bank's line names it
  bank_account text not null constraint deposit_bank_account_short check (length(bank_account) between 1 and 60),
  positions int not null, amount_minor bigint not null, currency text not null,
  banked_by uuid not null,
  banked_at timestamptz not null,
  recorded_at timestamptz not null default kit.recorded_now(),
  slip_key text not null generated always as (upper(regexp_replace(slip, '[^0-9A-Za-z]', '', 'g'))) stored,      -- however the bank writes it
  constraint cash_deposit_pkey primary key (organisation_id, deposit_id),
  constraint deposit_terms unique (organisation_id, deposit_id, amount_minor, currency, banked_by),
  constraint one_deposit_a_slip unique (organisation_id, slip),
  constraint deposit_sums_its_positions foreign key (organisation_id, deposit_id, positions, amount_minor, currency)
    references billing.cash_banked (organisation_id, deposit_id, position, total_after, currency),
  constraint banked_by_staff foreign key (organisation_id, banked_by) references identity.staff (organisation_id, staff_id));
select kit.append_only('billing.cash_deposit', except_columns => 'recorded_at');

create index deposit_of_slip on billing.cash_deposit (organisation_id, slip_key);
create index deposit_of_amount on billing.cash_deposit (organisation_id, amount_minor, currency);

-- A deposit is in the bank, as somebody told or as a line shows, with why it counted otherwise than the slip says. Where the match of that line is undone, the
-- next step takes the arrival back. What is on its way is one strand of the books, which never falls below nothing: so nothing arrives twice.
create table billing.cash_arrival (
  organisation_id uuid not null,
  deposit_id uuid not null,
  step int not null constraint arrival_step_counts check (step between 1 and 10000),
  amount_minor bigint not null, currency text not null, banked_by uuid not null,
  arrival_id uuid not null,
  undoes uuid,                                                             -- the arrival that it takes back
  bank_reference text constraint arrival_reference_short check (length(bank_reference) between 1 and 140),       -- as somebody told
  line_id uuid,                                                            -- which shows it
  arrived_minor bigint not null constraint arrival_is_money check (arrived_minor between 0 and 1000000000000000),
  reason text constraint arrival_reason_known check (reason in ('short', 'over', 'counterfeit', 'miscounted', 'stolen', 'other')),
  note text constraint arrival_note_bounded check (length(note) between 1 and 500),
  confirmed_by text not null constraint arrival_confirmer_short check (length(confirmed_by) <= 100),
  arrived_at timestamptz not null,
  recorded_at timestamptz not null default kit.recorded_now(),
  arrives boolean not null generated always as (step % 2 = 1) stored,
  previous int generated always as (nullif(step - 1, 0)) stored,
  takes_back int generated always as (case when step % 2 = 0 then step - 1 end) stored,
  missing_minor bigint not null generated always as (amount_minor - arrived_minor) stored,
  taken_back uuid generated always as (case when step % 2 = 0 and amount_minor <> arrived_minor then undoes end) stored,       -- with its difference
  settled_step int not null generated always as (1) stored, settled_how text not null generated always as ('taken_back') stored,
  whole_ordinal int generated always as (case when least(amount_minor, arrived_minor) > 0 then 1 end) stored,
  whole_minor bigint not null generated always as (least(amount_minor, arrived_minor)) stored,
  whole_debit_kind text not null generated always as (case when step % 2 = 1 then 'bank' else 'cash_in_transit' end) stored,
  whole_debit_holder text not null generated always as (case when step % 2 = 1 then '' else 'bank' end) stored,
  whole_credit_kind text not null generated always as (case when step % 2 = 1 then 'cash_in_transit' else 'bank' end) stored,
  whole_credit_holder text not null generated always as (case when step % 2 = 1 then 'bank' else '' end) stored,
  differs_ordinal int generated always as (case when amount_minor <> arrived_minor then 2 end) stored,
  differs_minor bigint not null generated always as (abs(amount_minor - arrived_minor)) stored,
  differs_debit_kind text not null generated always as (case when (arrived_minor < amount_minor) = (step % 2 = 1) then 'cash_difference'
    when step % 2 = 1 then 'bank' else 'cash_in_transit' end) stored,
  differs_debit_holder text not null generated always as (case when (arrived_minor < amount_minor) = (step % 2 = 1) then banked_by::text when step % 2 = 1 then '' else 'bank' end) stored,
  differs_credit_kind text not null generated always as (case when (arrived_minor < amount_minor) <> (step % 2 = 1) then 'cash_difference'
    when step % 2 = 1 then 'cash_in_transit' else 'bank' end) stored,
  differs_credit_holder text not null generated always as (case when (arrived_minor < amount_minor) <> (step % 2 = 1) then banked_by::text when step % 2 = 1 then 'bank' else '' end) stored,
  constraint cash_arrival_pkey primary key (organisation_id, deposit_id, step),
  constraint one_arrival_a_bank_entry unique (organisation_id, bank_reference),
  constraint arrival_amount unique (organisation_id, deposit_id, step, arrived_minor),
  constraint arrival_by_its_line unique (organisation_id, deposit_id, step, arrived_minor, line_id, arrival_id),
  constraint one_arrival_an_id unique (organisation_id, arrival_id),
  constraint arrival_difference unique (organisation_id, arrival_id, banked_by, currency, confirmed_by, missing_minor, arrives),
  constraint one_arrival_takes_a_difference_back unique (organisation_id, taken_back),
  constraint arrival_of_deposit foreign key (organisation_id, deposit_id, amount_minor, currency, banked_by)
    references billing.cash_deposit (organisation_id, deposit_id, amount_minor, currency, banked_by),
  constraint arrival_of_line foreign key (organisation_id, line_id) references billing.bank_line (organisation_id, line_id),
  constraint arrival_follows foreign key (organisation_id, deposit_id, previous) references billing.cash_arrival (organisation_id, deposit_id, step),
  constraint arrival_taken_back_as_it_was foreign key (organisation_id, deposit_id, takes_back, arrived_minor, line_id, undoes)
    references billing.cash_arrival (organisation_id, deposit_id, step, arrived_minor, line_id, arrival_id),
  constraint arrival_undoes_another check (arrives = (undoes is null)),
  constraint settled_difference_stays foreign key (organisation_id, taken_back, settled_step, settled_how) references billing.cash_settlement (organisation_id, difference_id, step, how),
  constraint arrival_told_or_shown check ((bank_reference is null) <> (line_id is null) and (arrives or line_id is not null)),
  constraint arrival_difference_has_its_reason check ((arrived_minor = amount_minor) = (reason is null) or not arrives),
  constraint arrival_reason_fits check (case when reason in ('short', 'counterfeit', 'stolen') then arrived_minor < amount_minor when reason = 'over' then arrived_minor > amount_minor
    else true end is true),
  constraint arrival_other_reason_is_told check (reason is distinct from 'other' or note is not null),
  constraint arrival_is_posted foreign key (organisation_id, arrival_id, whole_ordinal, deposit_id, currency, whole_minor, whole_debit_kind, whole_debit_holder, whole_credit_kind,
    whole_credit_holder) references billing.transfer (organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder),
  constraint arrival_difference_is_posted foreign key (organisation_id, arrival_id, differs_ordinal, deposit_id, currency, differs_minor, differs_debit_kind, differs_debit_holder,
    differs_credit_kind, differs_credit_holder)
    references billing.transfer (organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder));
select kit.append_only('billing.cash_arrival', except_columns => 'recorded_at');
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table billing.cash_settlement add constraint settlement_of_arrival
  foreign key (organisation_id, arrival_id, staff_id, currency, confirmed_by, missing_minor, arrives)
  references billing.cash_arrival (organisation_id, arrival_id, banked_by, currency, confirmed_by, missing_minor, arrives);
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table billing.cash_settlement add constraint taken_back_with_its_arrival foreign key (organisation_id, taken_back) references billing.cash_arrival (organisation_id, taken_back);
-- A line shows a deposit with the amount that arrived, or puts back what was taken back.
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table billing.bank_step add constraint bank_step_of_arrival foreign key (organisation_id, deposit_id, arrival_step, amount_minor)
  references billing.cash_arrival (organisation_id, deposit_id, step, arrived_minor);
select kit.lockable('day', 'billing.cash_deposit', 'banked_by', 'deposit_id');

-- Cash that a phone took without signal and that can't be recorded as it was told: why, as the phone was told it. Nothing of it is known to be true but that somebody's phone says so.
create table billing.refused_cash (
  organisation_id uuid not null,
  entry_id uuid not null,                                                  -- the phone's own, under which the payment is recorded too
  staff_id uuid not null,
  code text not null constraint refused_code_is_a_word check (code ~ '^[A-Z][A-Z_]{1,59}$'),
  invoice_id uuid not null, visit_id uuid,                                 -- as told: perhaps nobody's
  amount_minor bigint not null constraint refused_amount_is_money check (amount_minor between 1 and 1000000000000000),
  currency text not null constraint refused_currency_iso check (currency ~ '^[A-Z]{3}$'),
  captured_at timestamptz not null,
  receipt_number text constraint refused_number_short check (length(receipt_number) between 1 and 40),
  told_at timestamptz not null,
  constraint one_refused_entry primary key (organisation_id, entry_id),
  constraint refused_entry_of_staff unique (organisation_id, entry_id, staff_id),
  constraint refused_to_staff foreign key (organisation_id, staff_id) references identity.staff (organisation_id, staff_id));
select kit.append_only('billing.refused_cash');
-- What the office made of it: the payment under the entry's own id, or why there is none. Whoever holds the cash doesn't say so, nor a key that they may have made.
create table billing.refused_cash_settlement (
  organisation_id uuid not null,
  entry_id uuid not null, staff_id uuid not null,
  payment_id uuid constraint settled_by_its_own_payment check ((payment_id is null or payment_id = entry_id) is true),
  note text constraint settled_note_has_a_length check (length(note) between 2 and 500),
  settled_by text not null constraint refused_settler_short check (length(settled_by) <= 100),
  settled_at timestamptz not null,
  constraint one_settlement_an_entry primary key (organisation_id, entry_id),
  constraint settled_one_way check (num_nonnulls(payment_id, note) = 1),
  constraint settled_by_who_holds_none_of_it check (settled_by like 'staff:%' and settled_by <> 'staff:' || staff_id),
  constraint settlement_of_entry foreign key (organisation_id, entry_id, staff_id) references billing.refused_cash (organisation_id, entry_id, staff_id),
  constraint entry_settled_by_payment foreign key (organisation_id, payment_id) references billing.payment (organisation_id, payment_id));
select kit.append_only('billing.refused_cash_settlement');
select kit.lockable('day', 'billing.refused_cash', 'staff_id', 'entry_id');

-- What requests lock by.
select kit.lockable('day', 'billing.cash_hand_in', 'staff_id', 'hand_in_id');
