-- Billing, the documents: attempts and their decisions (refused ones too), invoices, credit notes. Money received is 0085's.

create schema billing;
grant usage on schema billing to sayso_service;

-- Every time someone tried to post. Refused attempts stay.
create table billing.posting_attempt (
  organisation_id uuid not null, attempt_id uuid not null, invoice_id uuid not null, customer_id uuid not null,
  verdict text not null constraint attempt_verdict_known check (verdict in ('posted', 'refused')),
  code text constraint attempt_code_short check (code ~ '^[A-Z][A-Z_]{2,39}$'),
  line_count int not null constraint attempt_lines_bounded check (line_count between 1 and 1000),
  input_hash bytea not null constraint attempt_input_is_sha256 check (octet_length(input_hash) = 32),
  attempted_by text not null constraint attempter_short check (length(attempted_by) <= 100),
  attempted_at timestamptz not null default kit.recorded_now(),
  constraint posting_attempt_pkey primary key (organisation_id, attempt_id),
  constraint attempt_outcome unique (organisation_id, attempt_id, invoice_id, customer_id, verdict, line_count, input_hash),
  constraint attempt_verdict unique (organisation_id, attempt_id, verdict),
  constraint refused_for_a_reason check ((verdict = 'refused') = (code is not null)),
  constraint attempt_of_customer foreign key (organisation_id, customer_id) references customers.customer (organisation_id, customer_id));
select kit.append_only('billing.posting_attempt', except_columns => 'attempted_at');
create index posting_attempt_of_customer on billing.posting_attempt (organisation_id, customer_id, attempt_id);
create index posting_attempt_at on billing.posting_attempt (organisation_id, attempted_at);

-- One decision per line of a refused attempt: what was asked, what stood on record, each rule's result in order, the verdict. A line that was posted is its own
-- decision (`invoice_line`); `billing.judgement` tells both.
create table billing.decision (
  organisation_id uuid not null, attempt_id uuid not null, attempt_verdict text not null generated always as ('refused') stored,
  line_number int not null constraint decision_line_counts check (line_number between 1 and 1000),
  verdict text not null constraint decision_verdict_known check (verdict in ('passed', 'refused')),
  code text constraint decision_code_short check (code ~ '^[A-Z][A-Z_]{2,39}$'),
  results text not null constraint results_in_rule_order check (results ~ '^p*f?-*$' and length(results) = 14),  -- p passed, f failed here, - not reached
  inputs_hash bytea not null constraint inputs_hash_is_sha256 check (octet_length(inputs_hash) = 32),  -- of the line as sent and of the record as it stood: the same again is judged the same
  item_id uuid, scope_id uuid, policy_name text, policy_version int,     -- as far as the citation was found
  unit text constraint decision_unit_short check (length(unit) <= 3), currency text not null constraint decision_currency_iso check (currency ~ '^[A-Z]{3}$'),
  denominator int, asked_ticks numeric, granted_ticks bigint, performed_ticks bigint, billed_ticks bigint, allowed_ticks bigint,
  net_minor numeric, authorised_minor bigint, billed_minor bigint,       -- what was asked, what the whole authorisation is worth, what was billed before
  constraint decision_pkey primary key (organisation_id, attempt_id, line_number),
  constraint line_refused_for_a_reason check ((verdict = 'refused') = (code is not null) and (verdict = 'refused') = (position('f' in results) > 0)),
  constraint decision_figures_bounded check (abs(asked_ticks) <= 1e40 and abs(net_minor) <= 1e40),
  constraint decision_of_attempt foreign key (organisation_id, attempt_id, attempt_verdict) references billing.posting_attempt (organisation_id, attempt_id, verdict));
select kit.append_only('billing.decision');

-- Above all ids of transactions that have ended. A default that asks for it is computed for each row, so after what the row's number waited for.
create function billing.above_what_ended() returns bigint language plpgsql volatile as $$ begin
  return pg_snapshot_xmax(pg_current_snapshot())::pg_catalog.text::bigint;
end $$;
grant execute on function billing.above_what_ended to sayso_service;

create table billing.invoice (
  organisation_id uuid not null, invoice_id uuid not null, customer_id uuid not null,
  customer_version int not null, organisation_version int not null,      -- as whom both parties are told
  attempt_id uuid not null, verdict text not null generated always as ('posted') stored,
  input_hash bytea not null,                                             -- the same id with the same content is the same invoice
  series text not null constraint series_short check (series ~ '^[A-Z0-9-]{1,20}$'),
  number bigint not null constraint number_counts check (number between 1 and 1000000000),
  previous_number bigint generated always as (nullif(number - 1, 0)) stored,
  numbered_after bigint not null default billing.above_what_ended(),      -- whoever had the number before had ended by then
  currency text not null constraint invoice_currency_iso check (currency ~ '^[A-Z]{3}$'),
  tax_basis text not null constraint invoice_tax_basis_known check (tax_basis in ('excl', 'incl')),
  issued_at timestamptz not null default kit.recorded_now(),
  issued_on date not null, due_on date not null,
  line_count int not null constraint invoice_lines_bounded check (line_count between 1 and 1000),
  tax_count int not null constraint invoice_rates_bounded check (tax_count between 1 and 1000),
  lines_minor bigint not null,                                           -- the sum of its lines, as priced (with tax where the basis includes it)
  tax_minor bigint not null, total_minor bigint not null,
  net_minor bigint not null generated always as (total_minor - tax_minor) stored,
  issued_by text not null constraint issuer_short check (length(issued_by) <= 100),
  constraint invoice_pkey primary key (organisation_id, invoice_id),
  constraint number_given_once unique (organisation_id, series, number),
  constraint invoice_account unique (organisation_id, invoice_id, customer_id, currency),
  constraint invoice_receivable unique (organisation_id, invoice_id, customer_id, currency, total_minor),
  constraint invoice_of_attempt unique (organisation_id, invoice_id, line_count, attempt_id, currency, tax_basis),
  constraint invoice_sums unique (organisation_id, invoice_id, tax_count, tax_basis),
  constraint number_without_gap foreign key (organisation_id, series, previous_number) references billing.invoice (organisation_id, series, number),
  constraint invoice_tells_the_customer_as_then foreign key (organisation_id, customer_id, customer_version)
    references customers.customer_step (organisation_id, customer_id, version),
  constraint invoice_tells_the_company_as_then foreign key (organisation_id, organisation_version) references identity.organisation_step (organisation_id, version),
  constraint invoice_passed_its_attempt foreign key (organisation_id, attempt_id, invoice_id, customer_id, verdict, line_count, input_hash)
    references billing.posting_attempt (organisation_id, attempt_id, invoice_id, customer_id, verdict, line_count, input_hash),
  constraint due_after_issue check (due_on >= issued_on and due_on <= issued_on + 366),
  constraint totals_in_range check (lines_minor between 0 and 1000000000000000 and tax_minor between 0 and 1000000000000000),
  constraint total_is_lines_and_tax check (total_minor = lines_minor + case tax_basis when 'excl' then tax_minor else 0 end));
select kit.append_only('billing.invoice', except_columns => 'issued_at, numbered_after');
create index invoice_of_customer on billing.invoice (organisation_id, customer_id, due_on, invoice_id);

-- Where the work was done is told as it was said to be at the moment of issue: nobody deletes what was said then, an erasure neither.
create function billing.place_told(of_organisation uuid, of_customer uuid, of_site uuid, of_version int) returns boolean language sql stable parallel safe as $$
  select exists (select from billing.invoice i where i.organisation_id = of_organisation and i.customer_id = of_customer and of_version = (
    select s.version from customers.site_step s where s.organisation_id = of_organisation and s.customer_id = of_customer and s.site_id = of_site
    order by s.recorded_at <= i.issued_at desc, case when s.recorded_at <= i.issued_at then -s.version else s.version end limit 1))
$$;
grant execute on function billing.place_told to sayso_service;
create policy what_an_invoice_tells_stays on customers.site_step as restrictive for delete
  using (not billing.place_told(organisation_id, customer_id, site_id, version));

-- Each scope an invoice touches is closed by a judged row of that scope, on which its last line there stands; an invoice of free lines alone has none.
create table billing.invoice_scope (
  organisation_id uuid not null, invoice_id uuid not null, scope_id uuid not null, customer_id uuid not null, currency text not null, closing_seq int not null,
  constraint invoice_scope_pkey primary key (organisation_id, invoice_id, scope_id),
  constraint invoice_scope_close unique (organisation_id, invoice_id, scope_id, closing_seq, currency),
  constraint scope_of_invoice foreign key (organisation_id, invoice_id, customer_id, currency) references billing.invoice (organisation_id, invoice_id, customer_id, currency),
  constraint scope_of_the_customer foreign key (organisation_id, scope_id, customer_id, currency) references authorisations.scope (organisation_id, scope_id, customer_id, currency));
select kit.append_only('billing.invoice_scope');

-- A line stands on one capacity row, or is free. It is also the decision that let it pass: no line is posted but by an attempt that was, with what it was judged by. Its sum runs through the lines, so that the invoice's is the sum of them.
create table billing.invoice_line (
  organisation_id uuid not null, invoice_id uuid not null, line_number int not null constraint line_counts check (line_number between 1 and 1000),
  line_count int not null, attempt_id uuid not null,
  currency text not null, tax_basis text not null,
  inputs_hash bytea not null constraint line_inputs_hash_is_sha256 check (octet_length(inputs_hash) = 32),   -- of the line as sent and of the record as it stood
  granted_ticks bigint, performed_ticks bigint, billed_ticks bigint, billed_minor bigint,                  -- of its item, as it stood before the posting
  free boolean not null,
  scope_id uuid, closing_seq int, seq int, item_id uuid, denominator int, billed_before bigint, billed_after bigint, net_before bigint, net_after bigint,
  kind text generated always as (case when not free then 'bill' end) stored,
  closes boolean generated always as (seq = closing_seq) stored,
  ticks bigint not null generated always as (coalesce(billed_after - billed_before, 0)) stored,
  net_minor bigint not null generated always as (coalesce(net_after - net_before, 0)) stored,
  sum_before bigint not null, sum_after bigint not null,
  previous_line int generated always as (nullif(line_number - 1, 0)) stored,
  begins_invoice uuid generated always as (case when line_number = 1 then invoice_id end) stored,   -- the first line cites the invoice, each other one the line before
  description text not null constraint line_description_bounded check (length(description) between 1 and 2000),
  unit text not null constraint line_unit_short check (unit ~ '^[A-Z0-9]{1,3}$'),
  quantity_numerator bigint not null, quantity_denominator bigint not null, price_numerator bigint not null, price_denominator bigint not null,
  discount_minor bigint not null,
  tax_category text not null, tax_numerator int not null, tax_denominator int not null,
  constraint invoice_line_pkey primary key (organisation_id, invoice_id, line_number),
  constraint line_sums unique (organisation_id, invoice_id, line_number, sum_after, line_count, attempt_id, currency, tax_basis),
  constraint line_amounts unique (organisation_id, invoice_id, line_number, item_id, ticks, net_minor),
  constraint row_backs_one_line unique (organisation_id, invoice_id, scope_id, seq),
  constraint lines_of_invoice foreign key (organisation_id, begins_invoice, line_count, attempt_id, currency, tax_basis)
    references billing.invoice (organisation_id, invoice_id, line_count, attempt_id, currency, tax_basis),
  constraint line_free_or_backed check (num_nulls(scope_id, closing_seq, seq, item_id, denominator, billed_before, billed_after, net_before, net_after,
    granted_ticks, performed_ticks, billed_ticks, billed_minor) = case when free then 13 else 0 end),
  constraint line_judged check ((free or seq <= closing_seq) is true),
  constraint line_in_closed_scope foreign key (organisation_id, invoice_id, scope_id, closing_seq, currency)
    references billing.invoice_scope (organisation_id, invoice_id, scope_id, closing_seq, currency),
  constraint line_backed foreign key (organisation_id, invoice_id, scope_id, seq, kind, closes, item_id, billed_before, billed_after, net_before, net_after)
    references authorisations.capacity (organisation_id, subject, scope_id, seq, kind, closes, item_id, billed_before, billed_after, net_before, net_after),
  constraint line_taxed_as_offered foreign key (organisation_id, item_id, tax_basis, tax_category, tax_numerator, tax_denominator)
    references authorisations.offer_item (organisation_id, item_id, tax_basis, tax_category, tax_numerator, tax_denominator),
  constraint free_line_untaxed check (not free or tax_numerator = 0),
  constraint lines_follow foreign key (organisation_id, invoice_id, previous_line, sum_before, line_count, attempt_id, currency, tax_basis)
    references billing.invoice_line (organisation_id, invoice_id, line_number, sum_after, line_count, attempt_id, currency, tax_basis),
  constraint lines_begin check (line_number > 1 or sum_before = 0),
  constraint lines_add check (sum_after = sum_before + coalesce(net_after - net_before, 0)),
  constraint line_within_count check (line_number <= line_count),
  constraint line_figures_bounded check (quantity_numerator between 1 and 100000000000000000 and quantity_denominator between 1 and 1000000000000
    and price_numerator between 0 and 1000000000000 and price_denominator between 1 and 1000000000000 and discount_minor between 0 and 1000000000000000),
  constraint line_tax_fits_its_category check (tax_category in ('S', 'Z', 'E', 'AE', 'K', 'G', 'O') and (tax_category = 'S' or tax_numerator = 0)),
  constraint line_tax_rate_is_a_fraction check (tax_denominator between 1 and 1000000 and tax_numerator between 0 and tax_denominator));
select kit.append_only('billing.invoice_line');
alter table billing.invoice_scope add constraint invoice_closed_by_judged_row foreign key (organisation_id, invoice_id, scope_id, closing_seq)
  references billing.invoice_line (organisation_id, invoice_id, scope_id, seq);
create index invoice_line_of_item on billing.invoice_line (organisation_id, item_id) where item_id is not null;

-- Each line of each attempt: refused attempts by their decisions, posted ones by their lines.
create view billing.judgement with (security_invoker = true) as
select d.organisation_id, d.attempt_id, d.line_number, d.verdict, d.code, d.results, d.inputs_hash, d.item_id, d.scope_id, d.policy_name, d.policy_version, d.unit, d.currency,
  d.denominator, d.asked_ticks, d.granted_ticks, d.performed_ticks, d.billed_ticks, d.allowed_ticks, d.net_minor, d.authorised_minor, d.billed_minor
from billing.decision d
union all
select a.organisation_id, a.attempt_id, l.line_number, 'passed', null, repeat('p', 14), l.inputs_hash, l.item_id, l.scope_id, s.policy_name, s.policy_version,
  coalesce(o.unit, l.unit), l.currency, l.denominator, l.billed_after - l.billed_before, l.granted_ticks, l.performed_ticks, l.billed_ticks,
  greatest(least(l.granted_ticks, l.performed_ticks) - l.billed_ticks, 0), l.net_minor,
  case when not o.recurring then kit.rounded(l.granted_ticks::numeric * o.price_numerator, o.denominator::numeric * o.price_denominator) end, l.billed_minor
from billing.posting_attempt a
join billing.invoice_line l on l.organisation_id = a.organisation_id and l.invoice_id = a.invoice_id and l.attempt_id = a.attempt_id
left join authorisations.offer_item o on o.organisation_id = l.organisation_id and o.item_id = l.item_id
left join authorisations.scope s on s.organisation_id = l.organisation_id and s.scope_id = l.scope_id
where a.verdict = 'posted';
grant select on billing.judgement to sayso_service;

-- Tax once per rate on the sum of its lines, by the one rounding function; the sums run through the rates, so that the invoice's are the sums of them.
create table billing.invoice_tax (
  organisation_id uuid not null, invoice_id uuid not null, position int not null constraint tax_position_counts check (position between 1 and 1000),
  tax_count int not null, tax_basis text not null,
  tax_category text not null, tax_numerator int not null, tax_denominator int not null,
  lines_minor bigint not null,
  tax_minor bigint not null generated always as (kit.rounded(lines_minor::numeric * tax_numerator,
    tax_denominator::numeric + case tax_basis when 'incl' then tax_numerator else 0 end)) stored,
  lines_before bigint not null, lines_after bigint not null, tax_before bigint not null, tax_after bigint not null,
  previous int generated always as (nullif(position - 1, 0)) stored,
  constraint invoice_tax_pkey primary key (organisation_id, invoice_id, position),
  constraint one_row_per_rate unique (organisation_id, invoice_id, tax_category, tax_numerator, tax_denominator),
  constraint tax_sums unique (organisation_id, invoice_id, position, lines_after, tax_after),
  constraint tax_of_invoice foreign key (organisation_id, invoice_id, tax_count, tax_basis) references billing.invoice (organisation_id, invoice_id, tax_count, tax_basis),
  constraint rates_follow foreign key (organisation_id, invoice_id, previous, lines_before, tax_before)
    references billing.invoice_tax (organisation_id, invoice_id, position, lines_after, tax_after),
  constraint rates_begin check (position > 1 or (lines_before = 0 and tax_before = 0)),
  constraint rates_add check ((lines_after = lines_before + lines_minor and tax_after = tax_before + kit.rounded(lines_minor::numeric * tax_numerator,
    tax_denominator::numeric + case tax_basis when 'incl' then tax_numerator else 0 end)) is true),
  constraint rate_within_count check (position <= tax_count),
  constraint rate_fits_its_category check (tax_category in ('S', 'Z', 'E', 'AE', 'K', 'G', 'O') and (tax_category = 'S' or tax_numerator = 0)),
  constraint rate_figures_bounded check (lines_minor between 0 and 1000000000000000 and tax_denominator between 1 and 1000000 and tax_numerator between 0 and tax_denominator));
select kit.append_only('billing.invoice_tax');
alter table billing.invoice add constraint invoice_sums_its_lines foreign key (organisation_id, invoice_id, line_count, lines_minor, line_count, attempt_id, currency, tax_basis)
  references billing.invoice_line (organisation_id, invoice_id, line_number, sum_after, line_count, attempt_id, currency, tax_basis);
alter table billing.invoice add constraint invoice_sums_its_taxes foreign key (organisation_id, invoice_id, tax_count, lines_minor, tax_minor)
  references billing.invoice_tax (organisation_id, invoice_id, position, lines_after, tax_after);

create table billing.credit_note (
  organisation_id uuid not null, credit_note_id uuid not null, invoice_id uuid not null, customer_id uuid not null, currency text not null,
  customer_version int not null, organisation_version int not null,      -- as whom both parties are told
  series text not null constraint credit_series_short check (series ~ '^[A-Z0-9-]{1,20}$'),
  number bigint not null constraint credit_number_counts check (number between 1 and 1000000000),
  previous_number bigint generated always as (nullif(number - 1, 0)) stored,
  input_hash bytea not null constraint credit_input_is_sha256 check (octet_length(input_hash) = 32),
  lines_minor bigint not null, tax_minor bigint not null, total_minor bigint not null,
  reason text not null constraint credit_reason_bounded check (length(reason) between 1 and 2000),
  issued_by text not null constraint credit_issuer_short check (length(issued_by) <= 100),
  issued_on date not null, issued_at timestamptz not null default kit.recorded_now(),
  constraint credit_note_pkey primary key (organisation_id, credit_note_id),
  constraint credit_number_given_once unique (organisation_id, series, number),
  constraint credit_note_of_invoice unique (organisation_id, credit_note_id, invoice_id),
  constraint credit_note_worth unique (organisation_id, credit_note_id, invoice_id, total_minor),
  constraint credit_number_without_gap foreign key (organisation_id, series, previous_number) references billing.credit_note (organisation_id, series, number),
  constraint credit_note_tells_the_customer_as_then foreign key (organisation_id, customer_id, customer_version)
    references customers.customer_step (organisation_id, customer_id, version),
  constraint credit_note_tells_the_company_as_then foreign key (organisation_id, organisation_version) references identity.organisation_step (organisation_id, version),
  constraint credit_of_invoice foreign key (organisation_id, invoice_id, customer_id, currency) references billing.invoice (organisation_id, invoice_id, customer_id, currency),
  constraint credit_totals_bounded check (lines_minor between 0 and 1000000000000000 and tax_minor between 0 and 1000000000000000 and total_minor between 0 and 2000000000000000));
select kit.append_only('billing.credit_note', except_columns => 'issued_at');
create index credit_note_of on billing.credit_note (organisation_id, invoice_id);
create index credit_note_of_customer on billing.credit_note (organisation_id, customer_id);

-- The next number of a series, under the series' lock (kind 5, as `Lock.series`) until the transaction ends. Each statement in here has a snapshot of its own, so
-- the one that reads sees what was waited for, which the statement that calls doesn't. What is passed as `after` is there to be written before the lock is asked for.
create function billing.next_invoice_number(of_series text, after bigint) returns bigint language plpgsql volatile as $$
begin
  perform pg_advisory_xact_lock(5, hashtext(kit.tenant()::text));
  return coalesce((select i.number from billing.invoice i where i.organisation_id = kit.tenant() and i.series = of_series order by i.number desc limit 1), 0) + 1;
end $$;
create function billing.next_credit_number(of_series text, after bigint) returns bigint language plpgsql volatile as $$
begin
  perform pg_advisory_xact_lock(5, hashtext(kit.tenant()::text));
  return coalesce((select c.number from billing.credit_note c where c.organisation_id = kit.tenant() and c.series = of_series order by c.number desc limit 1), 0) + 1;
end $$;
grant execute on function billing.next_invoice_number, billing.next_credit_number to sayso_service;

-- A credit releases at most what its line still holds: a chain per credited line.
create table billing.credit_line (
  organisation_id uuid not null, invoice_id uuid not null, line_number int not null, step int not null constraint credit_step_counts check (step between 1 and 100000),
  credit_note_id uuid not null, item_id uuid not null,
  line_ticks bigint not null, line_net bigint not null,
  ticks_before bigint not null, ticks_after bigint not null, net_before bigint not null, net_after bigint not null,
  ticks bigint not null generated always as (ticks_after - ticks_before) stored,
  net_minor bigint not null generated always as (net_after - net_before) stored,
  previous int generated always as (nullif(step - 1, 0)) stored,
  constraint credit_line_pkey primary key (organisation_id, invoice_id, line_number, step),
  constraint credit_totals unique (organisation_id, invoice_id, line_number, step, ticks_after, net_after),
  constraint credited_by_note unique (organisation_id, credit_note_id, invoice_id, line_number, net_minor),
  constraint credited_amounts unique (organisation_id, credit_note_id, item_id, invoice_id, line_number, step, ticks, net_minor),
  constraint credit_of_line foreign key (organisation_id, invoice_id, line_number, item_id, line_ticks, line_net)
    references billing.invoice_line (organisation_id, invoice_id, line_number, item_id, ticks, net_minor),
  constraint credit_on_note foreign key (organisation_id, credit_note_id, invoice_id) references billing.credit_note (organisation_id, credit_note_id, invoice_id),
  constraint credit_follows foreign key (organisation_id, invoice_id, line_number, previous, ticks_before, net_before)
    references billing.credit_line (organisation_id, invoice_id, line_number, step, ticks_after, net_after),
  constraint credit_begins check (step > 1 or (ticks_before = 0 and net_before = 0)),
  constraint credit_moves check (ticks_after >= ticks_before and net_after >= net_before and (ticks_after, net_after) <> (ticks_before, net_before)),
  -- what may be billed again has been given back first, to the cent: else one act would be paid twice
  constraint capacity_freed_with_its_money check ((2 * net_after::numeric + 1) * line_ticks >= 2 * line_net::numeric * ticks_after),
  constraint credit_within_line check (ticks_after <= line_ticks and net_after <= line_net and ticks_before >= 0 and net_before >= 0));
select kit.append_only('billing.credit_line');

-- A work record backs one line at a time; a line credited whole sets its records free again.
create table billing.billed_work (
  organisation_id uuid not null, work_record_id uuid not null, use int not null constraint use_counts check (use between 1 and 1000),
  invoice_id uuid not null, line_number int not null, item_id uuid not null, line_ticks bigint not null, line_net bigint not null,
  previous_use int generated always as (nullif(use - 1, 0)) stored,
  freed_invoice_id uuid, freed_line int, freed_step int, freed_ticks bigint, freed_net bigint,
  constraint billed_work_pkey primary key (organisation_id, work_record_id, use),
  constraint use_on_line unique (organisation_id, work_record_id, use, invoice_id, line_number),
  constraint work_billed_on_its_item foreign key (organisation_id, invoice_id, line_number, item_id, line_ticks, line_net)
    references billing.invoice_line (organisation_id, invoice_id, line_number, item_id, ticks, net_minor),
  constraint billed_work_exists foreign key (organisation_id, work_record_id, item_id) references authorisations.work_record (organisation_id, work_record_id, item_id),
  constraint work_freed_before_used_again check (num_nulls(freed_invoice_id, freed_line, freed_step, freed_ticks, freed_net) = case when use = 1 then 5 else 0 end),
  constraint frees_the_use_before foreign key (organisation_id, work_record_id, previous_use, freed_invoice_id, freed_line)
    references billing.billed_work (organisation_id, work_record_id, use, invoice_id, line_number),
  constraint freed_line_credited foreign key (organisation_id, freed_invoice_id, freed_line, freed_step, freed_ticks, freed_net)
    references billing.credit_line (organisation_id, invoice_id, line_number, step, ticks_after, net_after),
  constraint freed_line_had_these_amounts foreign key (organisation_id, freed_invoice_id, freed_line, item_id, freed_ticks, freed_net)
    references billing.invoice_line (organisation_id, invoice_id, line_number, item_id, ticks, net_minor));
select kit.append_only('billing.billed_work');

-- The one exception to "nothing points up", inside billing's own postings: a row and its line vouch for each other, written by one statement.
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table authorisations.capacity add constraint bill_has_its_line foreign key (organisation_id, bill_of, scope_id, seq)
  references billing.invoice_line (organisation_id, invoice_id, scope_id, seq);
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table authorisations.capacity add constraint credit_has_its_line foreign key (organisation_id, credit_of, item_id, credited_invoice_id, credited_line, credit_step, credited_ticks, credited_net)
  references billing.credit_line (organisation_id, credit_note_id, item_id, invoice_id, line_number, step, ticks, net_minor);

-- What requests lock by.
select kit.lockable('account', 'billing.invoice', 'customer_id', 'invoice_id');
select kit.lockable('scope', 'billing.invoice_scope', 'scope_id', 'invoice_id');
