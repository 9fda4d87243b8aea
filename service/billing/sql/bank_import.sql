-- verb: add_bank_account
with told as (select :bank_account_id::uuid as bank_account_id, :number::text as number, :currency::text as currency),
known as (
  select a.bank_account_id, a.version from told cross join lateral (
    select a.* from billing.bank_account a where a.organisation_id = :organisation::uuid and a.number = told.number and a.currency = told.currency limit 1) a),
opened as (
  insert into billing.bank_account (organisation_id, bank_account_id, number, currency, name, known_payer_posts, csv_map, opened_at)
  select :organisation::uuid, bank_account_id, number, currency, :name::text, :known_payer_posts::boolean, :csv_map::jsonb, :at::timestamptz
  from told where not exists (select from known)
  returning bank_account_id, version),
happened as (
  select 'bank_account_opened' as kind, null::uuid as customer_id, 'bank_account' as subject_kind, bank_account_id as subject_id, '{}'::jsonb as body from opened),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', bank_account_id, 'version', version) as body from opened
  union all
  select 200, null, jsonb_build_object('id', bank_account_id, 'version', version) from known)

-- verb: change_bank_account
with changed as (
  update billing.bank_account set name = coalesce(:name::text, name), known_payer_posts = coalesce(:known_payer_posts::boolean, known_payer_posts),
    csv_map = coalesce(:csv_map::jsonb, csv_map), version = version + 1
  where organisation_id = :organisation::uuid and bank_account_id = :bank_account_id::uuid and version = :version::int
  returning bank_account_id, version),
happened as (
  select 'bank_account_changed' as kind, null::uuid as customer_id, 'bank_account' as subject_kind, bank_account_id as subject_id, '{}'::jsonb as body from changed),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('id', bank_account_id, 'version', version) as body from changed
  union all
  select 412, 'STALE_VERSION', '{}'::jsonb from billing.bank_account
  where organisation_id = :organisation::uuid and bank_account_id = :bank_account_id::uuid and not exists (select from changed))

-- query: list_bank_accounts
select a.bank_account_id, a.number, a.currency, a.name, a.known_payer_posts, a.csv_map, coalesce(last.step, 0), coalesce(last.closing_minor, 0), last.until_on, a.version
from billing.bank_account a
left join lateral (
  select s.step, s.closing_minor, s.until_on from billing.bank_statement s
  where s.organisation_id = :organisation and s.bank_account_id = a.bank_account_id and s.step is not null order by s.step desc limit 1) last on true
where a.organisation_id = :organisation order by a.opened_at, a.bank_account_id limit 200

-- query: known_bank_file
select outcome from billing.bank_file where organisation_id = :organisation and file_hash = :file_hash

-- query: known_bank_statements
select k.content_hash from unnest(:content_hashes::bytea[]) k (content_hash)
cross join lateral (
  select from billing.bank_statement s
  where s.organisation_id = :organisation and s.bank_account_id = :bank_account_id and s.content_hash = k.content_hash limit 1) s

-- query: known_bank_entries
-- How often days told what stands under these keys, the last time they did, and how often it came within a day.
select k.entry_key, coalesce(day.nth, 0), day.statement_id, day.booked_on, coalesce(day.repeated, false), coalesce(within.nth, 0)
from unnest(:keys::text[]) k (entry_key)
left join lateral (
  select l.nth, l.statement_id, l.booked_on, l.repeated from billing.bank_line l
  where l.organisation_id = :organisation and l.bank_account_id = :bank_account_id and l.entry_key = k.entry_key and not l.interim order by l.nth desc limit 1) day on true
left join lateral (
  select l.nth from billing.bank_line l
  where l.organisation_id = :organisation and l.bank_account_id = :bank_account_id and l.entry_key = k.entry_key and l.interim order by l.nth desc limit 1) within on true
where day.nth is not null or within.nth is not null

-- query: unconfirmed_bank_lines
-- What came within these days, or under these keys, and no statement of a day has told.
with within as (
  select l.line_id, l.statement_id, l.entry, l.entry_key, l.batch_key, l.amount_minor, l.booked_on from billing.bank_line l
  where l.organisation_id = :organisation and l.bank_account_id = :bank_account_id and l.interim and l.booked_on between :from_on::date and :until_on::date
  union -- interim lines are picked outside, so that each key is looked up by its own index
  select l.line_id, l.statement_id, l.entry, l.entry_key, l.batch_key, l.amount_minor, l.booked_on
  from unnest(:keys::text[]) k (entry_key)
  cross join lateral (
    select l.* from billing.bank_line l
    where l.organisation_id = :organisation and l.bank_account_id = :bank_account_id and l.entry_key = k.entry_key offset 0) l
  where l.interim)
select w.line_id, w.statement_id, w.entry, w.entry_key, w.batch_key, w.amount_minor, w.booked_on from within w
where not exists (select from billing.bank_line c where c.organisation_id = :organisation and c.confirms = w.line_id offset 0)
order by w.line_id

-- verb: import_bank_statement
-- A statement with all its lines, and its money in the ledger: what is new waits in `unmatched`, what was told within the day lies in `bank` already.
with line as (
  select r.*, coalesce(sum(r.amount_minor) over (order by r.number), 0)::bigint as running_minor
  from jsonb_to_recordset(:lines::jsonb) as r (number int, line_id uuid, entry int, detail int, amount_minor bigint, booked_on date, value_on date, entry_key text, batch_key text,
    confirms uuid, nth int, before_statement uuid, before_on date, before_repeated boolean, doubtful boolean, reference text, end_to_end_id text, creditor_references text, party_name text, party_account text, remittance text, booking_text text, reversal boolean)),
sums as (
  select coalesce(sum(amount_minor) filter (where confirms is null and amount_minor > 0), 0)::bigint as in_minor,
         coalesce(-sum(amount_minor) filter (where confirms is null and amount_minor < 0), 0)::bigint as out_minor,
         coalesce(sum(amount_minor) filter (where confirms is not null and amount_minor > 0), 0)::bigint as confirmed_in_minor,
         coalesce(-sum(amount_minor) filter (where confirms is not null and amount_minor < 0), 0)::bigint as confirmed_out_minor,
         count(*)::int as line_count, coalesce(sum(amount_minor), 0)::bigint as sum_minor
  from line),
told as (
  select :statement_id::uuid as statement_id, :bank_account_id::uuid as bank_account_id, :currency::text as currency, :kind::text as kind, :step::int as step,
         :carried_minor::bigint as carried_minor, :opening_minor::bigint as opening_minor, :until_on::date as until_on,
         least(:at::timestamptz, (:until_on::date + 1)::timestamp at time zone 'UTC') as occurred_at),
made_statement as (
  insert into billing.bank_statement (organisation_id, statement_id, bank_account_id, currency, file_id, kind, step, carried_minor, opening_minor, closing_minor, balances_told,
    gap_reason, name, from_on, until_on, line_count, in_minor, out_minor, confirmed_in_minor, confirmed_out_minor, content_hash)
  select :organisation::uuid, statement_id, bank_account_id, currency, :file_id::uuid, kind, step, carried_minor, opening_minor, opening_minor + sum_minor, :balances_told::boolean,
    case when step > 1 and opening_minor <> carried_minor then :gap_reason::text end, :name::text, :from_on::date, until_on, line_count, in_minor, out_minor, confirmed_in_minor,
    confirmed_out_minor, :content_hash::bytea
  from told, sums),
made_lines as (
  insert into billing.bank_line (organisation_id, line_id, statement_id, number, bank_account_id, currency, interim, opening_minor, entry, detail, amount_minor, balance_before,
    balance_after, booked_on, value_on, entry_key, batch_key, confirms, nth, before_statement, before_on, before_repeated, doubtful, reference, end_to_end_id, creditor_references, party_name, party_account, remittance, booking_text, reversal)
  select :organisation::uuid, l.line_id, t.statement_id, l.number, t.bank_account_id, t.currency, t.kind <> 'statement', t.opening_minor, l.entry, l.detail, l.amount_minor,
    t.opening_minor + l.running_minor - l.amount_minor, t.opening_minor + l.running_minor, l.booked_on, l.value_on, l.entry_key, l.batch_key, l.confirms, l.nth, l.before_statement,
    l.before_on, l.before_repeated, l.doubtful, l.reference, l.end_to_end_id,
    l.creditor_references, l.party_name, l.party_account, l.remittance, l.booking_text, l.reversal
  from told t, line l),
made_waiting as (
  insert into billing.bank_waiting (organisation_id, line_id, booked_on, statement_id)
  select :organisation::uuid, l.line_id, l.booked_on, t.statement_id from told t, line l where l.confirms is null),
movement as (
  select 'bank_statement' as kind, t.step is not null as at_bank, 'unmatched' as other_kind, '' as other_holder, s.in_minor as amount_minor,
         true as gains, 1 as n from told t, sums s
  union all select 'bank_statement', t.step is not null, 'unmatched', '', s.out_minor, false, 2 from told t, sums s
  union all select 'bank_statement', true, 'bank', '', s.confirmed_in_minor, true, 3 from sums s
  union all select 'bank_statement', true, 'bank', '', s.confirmed_out_minor, false, 4 from sums s
  union all select 'bank_gap', true, 'other', case when t.step = 1 then 'opening_balance' else 'gap' end, abs(t.opening_minor - t.carried_minor), t.opening_minor > t.carried_minor, 5
  from told t where t.step is not null),
moved as (
  select t.statement_id as posting_id, m.n as ordinal, m.kind, case when gains then 'bank' else other_kind end as debit_kind,
         case when not gains then other_holder when at_bank then t.bank_account_id::text else '' end as debit_holder,
         case when gains then other_kind else 'bank' end as credit_kind,
         case when gains then other_holder when at_bank then t.bank_account_id::text else '' end as credit_holder,
         t.currency, m.amount_minor, t.statement_id as strand, 'bank_statement' as subject_kind, t.statement_id as subject_id, t.occurred_at
  from told t, movement m where m.amount_minor > 0),
-- include: billing/transfers
,
happened as (
  select 'bank_statement_imported' as kind, null::uuid as customer_id, 'bank_statement' as subject_kind, statement_id as subject_id,
         jsonb_build_object('bank_account_id', bank_account_id, 'lines', line_count, 'opening_minor', opening_minor, 'closing_minor', opening_minor + sum_minor,
           'currency', currency) as body
  from told, sums),
wanted as (
  select md5('match' || statement_id)::uuid as task_id, 'match_bank_lines' as kind, statement_id as subject_id, :at::timestamptz as due_at, '{}'::jsonb as body from told),
answer as (select 201 as status, null::text as code, jsonb_build_object('id', statement_id) as body from told)

-- verb: keep_bank_file
-- Written first, in the same transaction as its statements; its answer is told again whenever the file comes again.
with kept as (
  insert into billing.bank_file (organisation_id, file_id, file_hash, format, outcome, imported_by)
  select :organisation::uuid, :file_id::uuid, :file_hash::bytea, :format::text, :outcome::jsonb, :actor::text
  returning file_id, outcome),
happened as (
  select 'bank_file_imported' as kind, null::uuid as customer_id, 'bank_file' as subject_kind, file_id as subject_id,
         jsonb_build_object('lines', outcome -> 'lines', 'statements', outcome -> 'statement_count') as body
  from kept),
answer as (select 201 as status, null::text as code, outcome as body from kept)

-- query: list_bank_statements
select s.statement_id, s.bank_account_id, s.kind, s.step, s.name, s.from_on, s.until_on, s.currency, s.opening_minor, s.closing_minor, s.balances_told,
       case when s.step > 1 then s.opening_minor - s.carried_minor else 0 end, s.gap_reason, s.line_count,
       coalesce((
         select sum(case when l.incoming then open.minor else -open.minor end)
         from billing.bank_waiting w
         cross join lateral (select l.* from billing.bank_line l where l.organisation_id = :organisation and l.line_id = w.line_id limit 1) l
         cross join lateral (
           select coalesce((select p.open_after from billing.bank_step p where p.organisation_id = :organisation and p.line_id = l.line_id order by p.step desc limit 1), l.size_minor)
             as minor) open
         where w.organisation_id = :organisation and w.statement_id = s.statement_id), 0)::bigint
from billing.bank_statement s
where s.organisation_id = :organisation and (:bank_account_id::uuid is null or s.bank_account_id = :bank_account_id)
  and (:file_id::uuid is null or s.file_id = :file_id) and s.statement_id > :after
order by s.statement_id limit :limit + 1

-- query: reconcile_bank
-- Each account at the end of a day: what the bank says, what the ledger says, and what of it nobody has explained. The ledger's side is what was carried forward and came
-- since, less what later statements brought: no more is read than that, and what waits.
with carried as (
  select c.number, c.until_at from billing.carry_forward c where c.organisation_id = :organisation order by c.until_at desc limit 1),
begins as (select coalesce((select c.until_at from carried c), '1970-01-01 00:00:00+00') as at),
waiting as (
  select l.bank_account_id, count(*) as lines, sum(case when l.incoming then open.minor else -open.minor end) as minor
  from billing.bank_waiting w
  cross join lateral (
    select l.bank_account_id, l.line_id, l.incoming, l.size_minor from billing.bank_line l where l.organisation_id = :organisation and l.line_id = w.line_id limit 1) l
  cross join lateral (
    select coalesce((select p.open_after from billing.bank_step p where p.organisation_id = :organisation and p.line_id = l.line_id order by p.step desc limit 1), l.size_minor) as minor) open
  where w.organisation_id = :organisation and w.booked_on <= :on group by l.bank_account_id)
select a.bank_account_id, a.name, a.number, a.currency, last.until_on, coalesce(last.closing_minor, 0), booked.minor,
       coalesce(last.closing_minor, 0) - booked.minor, coalesce(waiting.lines, 0)::int, coalesce(waiting.minor, 0)::bigint, coalesce(gaps.minor, 0)::bigint
from billing.bank_account a
left join lateral (
  select s.step, s.closing_minor, s.until_on from billing.bank_statement s
  where s.organisation_id = :organisation and s.bank_account_id = a.bank_account_id and s.step is not null and s.until_on <= :on order by s.step desc limit 1) last on true
cross join lateral (
  select (coalesce((
      select c.closing_minor from carried b join billing.carried_balance c on c.organisation_id = :organisation and c.number = b.number and c.kind = 'bank'
        and c.holder = a.bank_account_id::text and c.currency = a.currency), 0)
    + coalesce((
      select sum(t.amount_minor) from billing.transfer t where t.organisation_id = :organisation and t.debit_kind = 'bank' and t.debit_holder = a.bank_account_id::text
        and t.currency = a.currency and t.recorded_at >= (select b.at from begins b)), 0)
    - coalesce((
      select sum(t.amount_minor) from billing.transfer t where t.organisation_id = :organisation and t.credit_kind = 'bank' and t.credit_holder = a.bank_account_id::text
        and t.currency = a.currency and t.recorded_at >= (select b.at from begins b)), 0)
    - coalesce((
      select sum(case when t.debit_kind = 'bank' and t.debit_holder = a.bank_account_id::text then t.amount_minor else -t.amount_minor end)
      from billing.bank_statement s
      cross join lateral (
        select t.* from billing.transfer t where t.organisation_id = :organisation and t.posting_id = s.statement_id and a.bank_account_id::text in (t.debit_holder, t.credit_holder) offset 0) t
      where s.organisation_id = :organisation and s.bank_account_id = a.bank_account_id and s.step > coalesce(last.step, 0)), 0))::bigint as minor) booked
left join waiting on waiting.bank_account_id = a.bank_account_id
left join lateral (
  select sum(s.opening_minor - s.carried_minor) as minor from billing.bank_statement s
  where s.organisation_id = :organisation and s.bank_account_id = a.bank_account_id and s.step > 1 and s.opening_minor <> s.carried_minor and s.step <= last.step) gaps on true
where a.organisation_id = :organisation order by a.opened_at, a.bank_account_id limit 200

-- query: bank_money_not_seen
-- Told by hand or within the day, and on no statement yet: what was carried forward, and what came since.
with carried as (
  select c.number, c.until_at from billing.carry_forward c where c.organisation_id = :organisation order by c.until_at desc limit 1),
begins as (select coalesce((select c.until_at from carried c), '1970-01-01 00:00:00+00') as at)
select a.currency, (
    coalesce((
      select c.closing_minor from carried b join billing.carried_balance c on c.organisation_id = :organisation and c.number = b.number and c.kind = 'bank' and c.holder = ''
        and c.currency = a.currency), 0)
    + coalesce((
      select sum(t.amount_minor) from billing.transfer t where t.organisation_id = :organisation and t.debit_kind = 'bank' and t.debit_holder = '' and t.currency = a.currency
        and t.recorded_at >= (select b.at from begins b)), 0)
    - coalesce((
      select sum(t.amount_minor) from billing.transfer t where t.organisation_id = :organisation and t.credit_kind = 'bank' and t.credit_holder = '' and t.currency = a.currency
        and t.recorded_at >= (select b.at from begins b)), 0))::bigint
from billing.account a
where a.organisation_id = :organisation and a.kind = 'bank' and a.holder = '' order by a.currency
