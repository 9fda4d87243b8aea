-- In: passed (payment_id, customer_id, currency, amount_minor), at most one row: how much of a payment is taken back; :reversal_id, the posting. Out: `reopening`
-- (an invoice each with its ordinal, open_minor before and the amount_minor to come), `reopened` (those that had been paid whole). What the payment paid is
-- reopened first, then what its credit paid later; what money alone had brought back from bad debts is proposed to be written off again (`write_off_facts`). Needs the account's lock.
own as (
  select a.invoice_id, a.amount_minor as own_minor from passed p join billing.allocation a on a.organisation_id = :organisation::uuid and a.posting_id = p.payment_id),
-- What credit paid later, by itself: a posting that begins with an allocation brought no money of its own.
spent as (
  select a.invoice_id, sum(a.amount_minor)::bigint as spent_minor
  from passed p
  cross join lateral (
    select i.* from billing.invoice i where i.organisation_id = :organisation::uuid and i.customer_id = p.customer_id and i.currency = p.currency offset 0) i
  cross join lateral (
    select a.* from billing.allocation a where a.organisation_id = :organisation::uuid and a.invoice_id = i.invoice_id and a.kind = 'settle' offset 0) a
  join billing.transfer t on t.organisation_id = a.organisation_id and t.posting_id = a.posting_id and t.ordinal = 1 and t.kind = 'allocation'
  group by a.invoice_id),
paid_by_it as (
  select i.invoice_id, i.due_on, i.total_minor, i.customer_id, i.currency, last.step, last.open_after as open_minor, last.written_off_after as written_off_minor,
         least(coalesce(own_minor, 0), i.total_minor - last.open_after - last.written_off_after) as own_minor,
         least(coalesce(own_minor, 0) + coalesce(spent_minor, 0), i.total_minor - last.open_after - last.written_off_after) as most_minor
  from (select invoice_id, own_minor, spent_minor from own full join spent using (invoice_id) offset 0) paid
  cross join lateral (select i.* from billing.invoice i where i.organisation_id = :organisation::uuid and i.invoice_id = paid.invoice_id limit 1) i
  cross join lateral (
    select l.step, l.open_after, l.written_off_after from billing.allocation l where l.organisation_id = :organisation::uuid and l.invoice_id = i.invoice_id
    order by l.step desc limit 1) last),
-- Where only a part is taken back, no more than that is reopened.
reopenable as (
  select f.invoice_id, f.due_on, f.total_minor, f.customer_id, f.currency, f.step, f.open_minor, f.written_off_minor, f.most_minor,
         greatest(0, least(f.own_minor, p.amount_minor - coalesce(sum(f.own_minor) over later, 0))) as own_minor
  from paid_by_it f, passed p
  window later as (order by due_on desc, invoice_id desc rows between unbounded preceding and 1 preceding)),
short as (
  select greatest(0, p.amount_minor - coalesce((select sum(own_minor) from reopenable), 0) + coalesce((
    select e.balance_after from billing.account_entry e
    where e.organisation_id = :organisation::uuid and e.account_kind = 'customer_credit' and e.account_holder = p.customer_id::text and e.currency = p.currency
      and e.strand = p.customer_id
    order by e.version desc limit 1), 0)) as short_minor
  from passed p),
-- Its own invoices, then what is due last until the rest is covered.
opened as (
  select *, (own_minor + least(most_minor - own_minor, greatest(0, short_minor - coalesce(sum(most_minor - own_minor) over later, 0))))::bigint as amount_minor
  from reopenable, short
  window later as (order by due_on desc, invoice_id desc rows between unbounded preceding and 1 preceding)),
reopening as (
  select *, (row_number() over (order by own_minor = 0, due_on desc, invoice_id desc))::int as ordinal from opened where amount_minor > 0),
reopened_steps as (
  insert into billing.allocation (organisation_id, invoice_id, step, kind, posting_id, ordinal, customer_id, currency, total_minor, open_before, open_after, written_off_before,
    written_off_after)
  select :organisation::uuid, invoice_id, step + 1, 'reopen', :reversal_id::uuid, ordinal, customer_id, currency, total_minor, open_minor, open_minor + amount_minor, written_off_minor,
         written_off_minor
  from reopening),
-- The same reason, the same note; whoever took the payment back proposes it, and somebody else decides. What waits for that is not proposed anew.
bad_again as (
  select r.invoice_id, r.customer_id, r.currency, r.total_minor, r.open_minor + r.amount_minor as amount_minor, w.reason, w.note
  from reopening r
  cross join lateral (
    select l.posting_id, l.ordinal from billing.allocation l where l.organisation_id = :organisation::uuid and l.invoice_id = r.invoice_id and l.kind = 'recover'
    order by l.step desc limit 1) l
  cross join lateral (
    select c.cause from billing.recovery c where c.organisation_id = :organisation::uuid and c.recovery_id = l.posting_id and c.ordinal = l.ordinal limit 1) c
  cross join lateral (
    select l.posting_id from billing.allocation l where l.organisation_id = :organisation::uuid and l.invoice_id = r.invoice_id and l.kind = 'write_off'
    order by l.step desc limit 1) g
  cross join lateral (select w.reason, w.note from billing.write_off w where w.organisation_id = :organisation::uuid and w.write_off_id = g.posting_id limit 1) w
  where c.cause = 'paid' and not exists (
    select from billing.write_off w
    where w.organisation_id = :organisation::uuid and w.invoice_id = r.invoice_id and w.amount_minor = r.open_minor + r.amount_minor and not exists (
      select from billing.write_off_decision d where d.organisation_id = :organisation::uuid and d.write_off_id = w.write_off_id offset 0) offset 0)),
proposed_again as (
  insert into billing.write_off (organisation_id, write_off_id, invoice_id, customer_id, currency, total_minor, amount_minor, reason, note, proposed_by)
  select :organisation::uuid, md5('bad again' || :reversal_id::uuid || invoice_id)::uuid, invoice_id, customer_id, currency, total_minor, amount_minor, reason, note, :actor::text
  from bad_again
  returning write_off_id, invoice_id, customer_id, currency, amount_minor, reason),
write_off_facts as (
  select 'write_off_proposed' as kind, customer_id, 'invoice' as subject_kind, invoice_id as subject_id,
    jsonb_build_object('write_off_id', write_off_id, 'amount_minor', amount_minor, 'currency', currency, 'reason', reason) as body
  from proposed_again),
-- Only an invoice that was wholly paid gives its period back.
reopened as (select invoice_id from reopening where open_minor = 0 and written_off_minor = 0)
