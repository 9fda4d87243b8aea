-- What the bank says: accounts, the files that came, statements as a chain, their lines, and what became of each line.
-- A statement's money enters the ledger with it, into `bank` and `unmatched`; each step of a line takes some of it out of there, or puts it back.

create table billing.bank_account (
  organisation_id uuid not null,
  bank_account_id uuid not null,
  number text not null constraint bank_account_number_readable check (number ~ '^[0-9A-Z]{1,34}$'),                -- an IBAN, or as the bank writes it
  currency text not null constraint bank_account_currency_iso check (currency ~ '^[A-Z]{3}$'),
  name text not null constraint bank_account_name_bounded check (length(name) between 1 and 100),
  known_payer_posts boolean not null,                                      -- whether a payer known by an earlier match posts by itself
  csv_map jsonb constraint csv_map_small check (jsonb_typeof(csv_map) = 'object' and length(csv_map::text) <= 5000),
  opened_at timestamptz not null,
  version int not null default 1 constraint bank_account_version_counts check (version between 1 and 1000000000),
  constraint bank_account_pkey primary key (organisation_id, bank_account_id),
  constraint one_bank_account_a_number unique (organisation_id, number, currency),
  constraint bank_account_whole unique (organisation_id, bank_account_id, currency),
  constraint bank_account_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id));
select kit.changeable('billing.bank_account', 'name, known_payer_posts, csv_map, version');

create table billing.bank_file (
  organisation_id uuid not null,
  file_id uuid not null,
  file_hash bytea not null constraint bank_file_hash_is_sha256 check (octet_length(file_hash) = 32),
  format text not null constraint bank_file_format_short check (length(format) between 1 and 20),
  outcome jsonb not null constraint bank_file_outcome_small check (jsonb_typeof(outcome) = 'object' and length(outcome::text) <= 500000),
  imported_by text not null constraint bank_file_importer_short check (length(imported_by) <= 100),
  imported_at timestamptz not null default kit.recorded_now(),
  constraint bank_file_pkey primary key (organisation_id, file_id),
  constraint bank_file_taken_once unique (organisation_id, file_hash));
select kit.append_only('billing.bank_file', except_columns => 'imported_at');

-- A statement carries on where the one before ended, or says why not. What came within the day (`interim`) has no place in the chain: the statement of the
-- day tells it again, and each of its lines then confirms the one that came before.
create table billing.bank_statement (
  organisation_id uuid not null,
  statement_id uuid not null,
  bank_account_id uuid not null, currency text not null,
  file_id uuid not null,
  kind text not null constraint bank_statement_kind_known check (kind in ('statement', 'report', 'notification')),
  interim boolean not null generated always as (kind <> 'statement') stored,
  step int constraint bank_statement_step_counts check (step between 1 and 10000000),
  carried_minor bigint not null,                                           -- the closing balance before
  opening_minor bigint not null, closing_minor bigint not null,
  balances_told boolean not null,                                          -- else they are reckoned from the lines
  gap_reason text constraint bank_gap_reason_bounded check (length(gap_reason) between 1 and 500),
  name text not null constraint bank_statement_name_bounded check (length(name) <= 100),
  from_on date, until_on date not null,
  line_count int not null constraint bank_statement_lines_bounded check (line_count between 0 and 200000),
  in_minor bigint not null, out_minor bigint not null,                     -- of lines told for the first time
  confirmed_in_minor bigint not null, confirmed_out_minor bigint not null, -- of lines that came within the day before
  content_hash bytea not null constraint bank_content_hash_is_sha256 check (octet_length(content_hash) = 32),
  previous int generated always as (nullif(step - 1, 0)) stored,
  last_line int generated always as (nullif(line_count, 0)) stored,
  constraint bank_statement_pkey primary key (organisation_id, statement_id),
  constraint bank_statement_told_once unique (organisation_id, bank_account_id, content_hash),
  constraint one_bank_statement_a_step unique (organisation_id, bank_account_id, step),
  constraint bank_statement_closes unique (organisation_id, bank_account_id, step, closing_minor),
  constraint bank_statement_frame unique (organisation_id, statement_id, bank_account_id, currency, interim, opening_minor),
  constraint bank_statement_of_account foreign key (organisation_id, bank_account_id, currency) references billing.bank_account (organisation_id, bank_account_id, currency),
  constraint bank_statement_of_file foreign key (organisation_id, file_id) references billing.bank_file (organisation_id, file_id),
  constraint bank_statement_follows foreign key (organisation_id, bank_account_id, previous, carried_minor)
    references billing.bank_statement (organisation_id, bank_account_id, step, closing_minor),
  constraint only_statements_of_a_day_chain check ((step is null) = (kind <> 'statement')),
  constraint bank_chain_begins_with_nothing check (coalesce(step, 1) > 1 or carried_minor = 0),
  constraint interim_has_no_balances check (step is not null or (opening_minor = 0 and confirmed_in_minor = 0 and confirmed_out_minor = 0)),
  constraint bank_gap_has_its_reason check (opening_minor = carried_minor or coalesce(step, 1) = 1 or gap_reason is not null),
  constraint bank_statement_adds check (closing_minor = opening_minor + in_minor - out_minor + confirmed_in_minor - confirmed_out_minor),
  constraint bank_statement_days_in_order check (from_on <= until_on),
  constraint bank_statement_figures_bounded check (abs(opening_minor) <= 1000000000000000 and abs(closing_minor) <= 1000000000000000
    and in_minor between 0 and 1000000000000000 and out_minor between 0 and 1000000000000000
    and confirmed_in_minor between 0 and 1000000000000000 and confirmed_out_minor between 0 and 1000000000000000));
select kit.append_only('billing.bank_statement');
create index bank_statements_after_a_gap on billing.bank_statement (organisation_id, bank_account_id, step) where step > 1 and opening_minor <> carried_minor;
create index bank_statement_of_file on billing.bank_statement (organisation_id, file_id, statement_id);

-- A line as the bank told it, with the balance it left. `entry` and `detail` are its place there; a batch is told detail by detail where they come to it.
create table billing.bank_line (
  organisation_id uuid not null,
  line_id uuid not null,
  statement_id uuid not null, number int not null constraint bank_line_counts check (number between 1 and 200000),
  bank_account_id uuid not null, currency text not null, interim boolean not null, opening_minor bigint not null,
  entry int not null constraint bank_entry_counts check (entry between 0 and 200000),
  detail int not null constraint bank_detail_counts check (detail between 0 and 200000),
  amount_minor bigint not null constraint bank_line_is_money check (abs(amount_minor) between 1 and 1000000000000000),
  size_minor bigint not null generated always as (abs(amount_minor)) stored,
  incoming boolean not null generated always as (amount_minor > 0) stored,
  balance_before bigint not null, balance_after bigint not null,
  previous int generated always as (nullif(number - 1, 0)) stored,
  booked_on date not null, value_on date,
  entry_key text not null constraint bank_entry_key_short check (length(entry_key) between 1 and 64),              -- the same wherever the bank tells it
  confirms uuid,                                                           -- the line that told it within the day
  of_interim boolean generated always as (case when confirms is not null then true end) stored,
  batch_key text not null constraint bank_batch_key_short check (length(batch_key) between 1 and 64),              -- of which booking it is, itemised or not
  nth int not null constraint bank_line_nth_counts check (nth between 1 and 10000000),                             -- how often days (or reports) told the entry by then
  nth_before int generated always as (case when not interim then nullif(nth - 1, 0) end) stored,
  before_statement uuid, before_on date, before_repeated boolean,          -- where and when a day told it the time before
  repeated boolean not null generated always as (not interim and coalesce(before_on = booked_on and (before_statement <> statement_id or before_repeated), false)) stored,
  doubtful boolean not null,                                               -- the bank may have told it before, in other words or parts: a person decides
  reference text not null constraint bank_reference_short check (length(reference) <= 140),
  end_to_end_id text not null constraint end_to_end_id_short check (length(end_to_end_id) <= 140),
  creditor_references text not null constraint creditor_references_bounded check (length(creditor_references) <= 1000),
  party_name text not null constraint party_name_bounded check (length(party_name) <= 300),
  party_account text not null constraint party_account_short check (length(party_account) <= 64),
  remittance text not null constraint remittance_bounded check (length(remittance) <= 3000),
  booking_text text not null constraint booking_text_bounded check (length(booking_text) <= 300),
  reversal boolean not null,                                               -- the bank takes an earlier entry back
  constraint bank_line_pkey primary key (organisation_id, line_id),
  constraint bank_line_place unique (organisation_id, line_id, statement_id, booked_on),
  constraint bank_line_balance unique (organisation_id, statement_id, number, balance_after),
  constraint one_bank_line_a_place unique (organisation_id, statement_id, entry, detail, amount_minor),
  constraint bank_line_amount unique (organisation_id, line_id, size_minor, incoming, currency),
  constraint bank_line_told unique (organisation_id, line_id, bank_account_id, amount_minor, interim),
  constraint bank_line_confirmed_once unique (organisation_id, confirms),
  constraint one_bank_line_an_entry unique (organisation_id, bank_account_id, entry_key, interim, nth),
  constraint bank_line_again unique (organisation_id, bank_account_id, entry_key, interim, nth, statement_id, booked_on, repeated),
  constraint bank_line_cites_the_time_before foreign key (organisation_id, bank_account_id, entry_key, interim, nth_before, before_statement, before_on, before_repeated)
    references billing.bank_line (organisation_id, bank_account_id, entry_key, interim, nth, statement_id, booked_on, repeated),
  constraint only_a_day_told_again_cites check (num_nonnulls(before_statement, before_on, before_repeated) = case when nth > 1 and not interim then 3 else 0 end),
  constraint bank_line_of_statement foreign key (organisation_id, statement_id, bank_account_id, currency, interim, opening_minor)
    references billing.bank_statement (organisation_id, statement_id, bank_account_id, currency, interim, opening_minor),
  constraint bank_line_confirms_the_same foreign key (organisation_id, confirms, bank_account_id, amount_minor, of_interim)
    references billing.bank_line (organisation_id, line_id, bank_account_id, amount_minor, interim),
  constraint only_a_day_confirms check (confirms is null or not interim),
  constraint bank_lines_follow foreign key (organisation_id, statement_id, previous, balance_before) references billing.bank_line (organisation_id, statement_id, number, balance_after),
  constraint bank_lines_begin check (number > 1 or balance_before = opening_minor),
  constraint bank_lines_add check (balance_after = balance_before + amount_minor));
select kit.append_only('billing.bank_line');
alter table billing.bank_statement add constraint bank_statement_sums_its_lines foreign key (organisation_id, statement_id, last_line, closing_minor)
  references billing.bank_line (organisation_id, statement_id, number, balance_after);
create index bank_line_within_the_day on billing.bank_line (organisation_id, bank_account_id, booked_on) where interim;
create index bank_line_in_order on billing.bank_line (organisation_id, booked_on, line_id);
create index bank_lines_confirming on billing.bank_line (organisation_id, booked_on, line_id) where confirms is not null;
create index bank_line_of_party on billing.bank_line (organisation_id, party_account) where party_account <> '';
create index bank_line_of_reference on billing.bank_line (organisation_id, reference) where reference <> '';
create index bank_line_end_to_end on billing.bank_line (organisation_id, end_to_end_id) where end_to_end_id <> '';

-- What became of a line, step by step, until nothing of it is open. Undoing is a step too. Each cites the transfer that took its amount out of `unmatched`
-- or put it back, so that what waits there is what is open of the lines.
create table billing.bank_step (
  organisation_id uuid not null,
  line_id uuid not null, step int not null constraint bank_step_counts check (step between 1 and 10000),
  kind text not null constraint bank_step_kind_known check (kind in ('payment', 'told', 'reversal', 'told_reversal', 'refund', 'told_refund', 'deposit', 'payout', 'other', 'undo')),
  size_minor bigint not null, incoming boolean not null, currency text not null,
  open_before bigint not null, open_after bigint not null,
  amount_minor bigint not null generated always as (abs(open_before - open_after)) stored,
  previous int generated always as (nullif(step - 1, 0)) stored,
  undoes int, undoes_kind text,
  posting_id uuid not null, ordinal int not null, strand uuid not null,
  debit_kind text not null, debit_holder text not null, credit_kind text not null, credit_holder text not null,
  customer_id uuid, payment_id uuid, reversal_id uuid, refund_id uuid,
  deposit_id uuid, arrival_step int,                                       -- and as what it arrived
  payout_id uuid, payout_minor bigint,                                     -- and its amount, less than nothing where the provider takes it
  kept_minor bigint not null default 0 constraint bank_keeps_a_fee check (kept_minor between 0 and 1000000000000000),       -- of it, by the bank for itself
  own_money uuid not null generated always as (coalesce(deposit_id, payout_id, '00000000-0000-0000-0000-000000000000')) stored,
  sight int constraint bank_sight_counts check (sight between 1 and 10000), -- of our own money: with every odd one it is in the bank, with every even one it isn't
  sight_before int generated always as (nullif(sight - 1, 0)) stored,
  shows uuid not null,                                                     -- the payment or refund told by hand that it is about; the line itself where it is about none
  told_id uuid generated always as (nullif(shows, line_id)) stored,
  rule text not null constraint bank_rule_known
    check (rule in ('told_before', 'creditor_reference', 'end_to_end_id', 'invoice_number', 'known_payer', 'returned', 'subset_sum', 'name', 'amount', 'deposit_slip', 'deposit_amount', 'cheque_number', 'cheque_amount',
      'payout_reference', 'payout_amount', 'hand')),
  reason text constraint bank_reason_known check (reason in ('payout', 'bank_fees', 'interest', 'own_transfer', 'supplier', 'wages', 'taxes', 'loan', 'told_before', 'other')),
  note text constraint bank_note_bounded check (length(note) between 1 and 500),
  made_by text not null constraint bank_step_maker_short check (length(made_by) <= 100),
  recorded_at timestamptz not null default kit.recorded_now(),
  constraint bank_step_pkey primary key (organisation_id, line_id, step),
  constraint bank_step_opens unique (organisation_id, line_id, step, open_after),
  kept_ordinal int generated always as (case when kept_minor > 0 then ordinal + 5000 end) stored,
  kept_debit_kind text not null generated always as (case kind when 'undo' then 'card_clearing' else 'other' end) stored,
  kept_debit_holder text not null generated always as (case kind when 'undo' then '' else 'bank_fees' end) stored,
  kept_credit_kind text not null generated always as (case kind when 'undo' then 'other' else 'card_clearing' end) stored,
  kept_credit_holder text not null generated always as (case kind when 'undo' then 'bank_fees' else '' end) stored,
  constraint bank_step_amount unique (organisation_id, line_id, step, amount_minor, own_money, shows, kind, kept_minor),
  constraint own_money_seen_once unique (organisation_id, own_money, sight),
  constraint bank_step_undone_once unique (organisation_id, line_id, undoes),
  constraint one_bank_step_a_transfer unique (organisation_id, posting_id, ordinal),
  constraint bank_step_of_line foreign key (organisation_id, line_id, size_minor, incoming, currency)
    references billing.bank_line (organisation_id, line_id, size_minor, incoming, currency),
  constraint bank_step_follows foreign key (organisation_id, line_id, previous, open_before) references billing.bank_step (organisation_id, line_id, step, open_after),
  constraint bank_step_begins_with_all_open check (step > 1 or open_before = size_minor),
  constraint line_matched_within_its_amount check (open_before between 0 and size_minor and open_after between 0 and size_minor),
  constraint bank_step_moves_its_way check (case kind when 'undo' then open_after > open_before else open_after < open_before end),
  constraint bank_undo_names_its_step check ((kind = 'undo') = (undoes is not null) and (undoes is null) = (undoes_kind is null) and undoes < step
    and undoes_kind <> 'undo'),
  constraint bank_undo_puts_the_same_back foreign key (organisation_id, line_id, undoes, amount_minor, own_money, shows, undoes_kind, kept_minor)
    references billing.bank_step (organisation_id, line_id, step, amount_minor, own_money, shows, kind, kept_minor),
  constraint sights_follow foreign key (organisation_id, own_money, sight_before) references billing.bank_step (organisation_id, own_money, sight),
  constraint own_money_is_sighted check (num_nonnulls(deposit_id, payout_id) = num_nonnulls(sight) and (deposit_id is null) = (arrival_step is null)
    and (payout_id is null) = (payout_minor is null)),
  constraint deposit_in_and_out_by_turns check ((deposit_id is null or (incoming and (sight % 2 = 1) = (kind <> 'undo'))) is true),
  constraint payout_in_and_out_by_turns check ((payout_id is null or (sight % 2 = 1) = ((incoming = (payout_minor > 0)) = (kind <> 'undo'))) is true),
  constraint payout_shown_whole check ((payout_id is null or amount_minor + kept_minor = abs(payout_minor)) is true),
  constraint kept_of_a_payout_that_arrives check ((kept_minor = 0 or (incoming and payout_id is not null and payout_minor > 0)) is true),
  constraint kept_is_posted foreign key (organisation_id, posting_id, kept_ordinal, strand, currency, kept_minor, kept_debit_kind, kept_debit_holder, kept_credit_kind,
    kept_credit_holder) references billing.transfer (organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder),
  constraint payout_moves_card_clearing check (kind <> 'payout' or case when incoming then credit_kind else debit_kind end = 'card_clearing'),
  constraint deposit_shown_in_the_bank check (kind <> 'deposit' or (credit_kind = 'bank' and credit_holder = '')),
  constraint bank_step_is_posted foreign key (organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder)
    references billing.transfer (organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder),
  constraint bank_step_takes_from_what_waits check (case when incoming = (kind <> 'undo') then debit_kind = 'unmatched' and debit_holder = ''
    else credit_kind = 'unmatched' and credit_holder = '' end),
  constraint bank_step_says_what_it_is check (case kind when 'payment' then incoming and payment_id is not null and posting_id = payment_id
    when 'told' then incoming and payment_id is not null
    when 'reversal' then not incoming and payment_id is not null and reversal_id is not null
    when 'told_reversal' then not incoming and payment_id is not null and reversal_id is not null
    when 'refund' then not incoming and refund_id is not null when 'told_refund' then not incoming and refund_id is not null
    when 'deposit' then deposit_id is not null when 'payout' then payout_id is not null
    when 'other' then reason is not null and payment_id is null and refund_id is null else true end is true),
  -- What a line brought is put back by that payment's reversal, what it took by another payment: what it only shows by a transfer of its own.
  constraint bank_undo_undoes_what_was_made check (case when undoes_kind = 'payment' then reversal_id is not null and posting_id = reversal_id
    when undoes_kind = 'reversal' and shows = line_id then payment_id is not null and posting_id = payment_id else kind <> 'undo' or reversal_id is null end is true),
  constraint bank_step_shows_what_it_names check (case kind when 'told' then shows = payment_id when 'told_reversal' then shows = payment_id
    when 'reversal' then shows = case when posting_id = reversal_id then line_id else payment_id end when 'refund' then shows = refund_id when 'told_refund' then shows = refund_id
    when 'undo' then true else shows = line_id end is true),
  constraint bank_step_of_payment foreign key (organisation_id, payment_id) references billing.payment (organisation_id, payment_id),
  constraint bank_step_of_reversal foreign key (organisation_id, reversal_id, payment_id) references billing.payment_reversal (organisation_id, reversal_id, payment_id),
  constraint bank_step_of_refund foreign key (organisation_id, refund_id) references billing.refund (organisation_id, refund_id),
  constraint bank_step_of_customer foreign key (organisation_id, customer_id) references customers.customer (organisation_id, customer_id));
select kit.append_only('billing.bank_step', except_columns => 'recorded_at');
create index bank_step_of_payment on billing.bank_step (organisation_id, payment_id) where payment_id is not null;

-- Where what was told by hand stands at the bank, step by step: a payment is `told`, `seen` once a line shows it, `reversed` where it was taken back, `returned` where a line
-- shows that, `over` where lines show both; a refund is `told` or `seen`. One line at a time shows it, and what a line shows isn't taken back by hand.
create table billing.bank_sighting (
  organisation_id uuid not null,
  told_id uuid not null,                                                   -- the payment or the refund
  step int not null constraint sighting_counts check (step between 1 and 10000),
  before text not null,
  state text not null,
  line_id uuid, line_step int,
  reversal_id uuid,                                                        -- where it is taken back
  previous int generated always as (nullif(step - 1, 0)) stored,
  constraint bank_sighting_pkey primary key (organisation_id, told_id, step),
  constraint sighting_whole unique (organisation_id, told_id, step, state),
  constraint one_sighting_a_bank_step unique (organisation_id, told_id, line_id, line_step),
  constraint one_sighting_a_reversal unique (organisation_id, told_id, reversal_id),
  constraint sighting_follows foreign key (organisation_id, told_id, previous, before) references billing.bank_sighting (organisation_id, told_id, step, state),
  constraint sighting_begins check (step > 1 or before = 'told'),
  constraint sighting_moves check ((before, state) in (('told', 'seen'), ('seen', 'told'), ('told', 'reversed'), ('told', 'returned'), ('seen', 'over'), ('reversed', 'returned'),
    ('returned', 'reversed'), ('returned', 'over'), ('over', 'returned'))),
  constraint sighting_takes_back check ((reversal_id is not null) = ((before, state) in (('told', 'reversed'), ('told', 'returned'), ('seen', 'over')))),
  constraint sighting_is_on_a_line check ((line_id is null) = ((before, state) = ('told', 'reversed')) and (line_id is null) = (line_step is null)),
  constraint sighting_of_step foreign key (organisation_id, line_id, line_step) references billing.bank_step (organisation_id, line_id, step),
  constraint sighting_of_reversal foreign key (organisation_id, reversal_id) references billing.payment_reversal (organisation_id, reversal_id));
select kit.append_only('billing.bank_sighting');
alter table billing.bank_step add constraint bank_step_is_sighted foreign key (organisation_id, told_id, line_id, step)
  references billing.bank_sighting (organisation_id, told_id, line_id, line_step);
-- The statement after that of the reversal, or of the refund, tells the line's step.
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table billing.payment_reversal add constraint line_taken_back_by_a_line foreign key (organisation_id, by_line, ordinal)
  references billing.bank_step (organisation_id, posting_id, ordinal) deferrable initially deferred;
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table billing.payment_reversal add constraint told_taken_back_in_its_turn foreign key (organisation_id, told_id, reversal_id)
  references billing.bank_sighting (organisation_id, told_id, reversal_id) deferrable initially deferred;
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table billing.refund_outcome add constraint refund_unpaid_by_its_line foreign key (organisation_id, line_id, line_step)
  references billing.bank_step (organisation_id, line_id, step) deferrable initially deferred;

-- Lines of which something is open: where to look, so that nobody reads through those that are done. `sayso doctor` holds it to the steps.
create table billing.bank_waiting (
  organisation_id uuid not null,
  line_id uuid not null,
  booked_on date not null,
  statement_id uuid not null,
  judged_at timestamptz,                                                   -- null: nothing has tried to match it yet
  constraint bank_waiting_pkey primary key (organisation_id, booked_on, line_id),
  constraint bank_waits_once unique (organisation_id, line_id),
  constraint bank_waiting_of_line foreign key (organisation_id, line_id, statement_id, booked_on)
    references billing.bank_line (organisation_id, line_id, statement_id, booked_on));
select kit.changeable('billing.bank_waiting', 'judged_at');
select kit.deletable('billing.bank_waiting');
create index bank_waiting_of_statement on billing.bank_waiting (organisation_id, statement_id);
create index bank_waiting_unjudged on billing.bank_waiting (organisation_id, booked_on, line_id) where judged_at is null;

-- Whose a line that waits for a person may be, by what was found for it or taken back of it: nobody of them is dunned before it is decided.
create table billing.bank_waiting_for (
  organisation_id uuid not null,
  line_id uuid not null, customer_id uuid not null,
  constraint bank_waiting_for_pkey primary key (organisation_id, customer_id, line_id),
  constraint bank_waiting_for_line foreign key (organisation_id, line_id) references billing.bank_waiting (organisation_id, line_id) on delete cascade,
  constraint bank_waiting_for_customer foreign key (organisation_id, customer_id) references customers.customer (organisation_id, customer_id));
select kit.wall('billing.bank_waiting_for');
create index bank_waiting_for_whom on billing.bank_waiting_for (organisation_id, line_id);

select kit.lockable('account', 'billing.bank_step', 'customer_id', 'line_id');
