-- verb: keep_cheque
-- What stands on a cheque that was just applied, beside its payment. Under the account's lock.
with paid as (
  select p.payment_id, p.customer_id, p.currency, p.amount_minor, p.corrects, r.cause from billing.payment p
  left join lateral (select r.cause from billing.payment_reversal r where r.organisation_id = :organisation::uuid and r.payment_id = p.corrects limit 1) r on true
  where p.organisation_id = :organisation::uuid and p.payment_id = :payment_id::uuid and p.method = 'cheque'),
kept as (
  insert into billing.cheque (organisation_id, payment_id, customer_id, currency, amount_minor, number, bank, dated_on, nth, beside, instead_of, again_after)
  select :organisation::uuid, payment_id, customer_id, currency, amount_minor, :number::text, :bank::text, :dated_on::date, :nth::int, :beside::uuid, corrects, cause from paid),
setting_out as (insert into billing.cheque_on_its_way (organisation_id, payment_id) select :organisation::uuid, payment_id from paid),
happened as (
  select 'cheque_received' as kind, customer_id, 'payment' as subject_kind, payment_id as subject_id,
         jsonb_build_object('amount_minor', amount_minor, 'currency', currency) as body
  from paid),
answer as (select 201 as status, null::text as code, jsonb_build_object('payment_id', payment_id, 'state', 'on_its_way') as body from paid)

-- verb: step_cheque
-- A cheque clears, never before it was received, or its clearing is taken back. Under the account's lock.
with cheque as (
  select c.*, coalesce(s.step, 0) as step, coalesce(s.state, 'on_its_way') as state, coalesce(s.bank_reference, nullif(l.reference, ''), l.end_to_end_id) as known_reference, m.captured_at,
         greatest(:occurred_at::timestamptz, m.captured_at) as moved_at
  from billing.cheque c
  cross join lateral (select m.captured_at from billing.payment m where m.organisation_id = :organisation::uuid and m.payment_id = c.payment_id limit 1) m
  left join lateral (
    select s.* from billing.cheque_step s where s.organisation_id = :organisation::uuid and s.payment_id = c.payment_id order by s.step desc limit 1) s on true
  left join billing.bank_line l on l.organisation_id = c.organisation_id and l.line_id = s.line_id
  where c.organisation_id = :organisation::uuid and c.payment_id = :payment_id::uuid),
verdict as (
  select *, case
      when state in ('bounced', 'taken_back') then 'CHEQUE_' || upper(state)
      when state = :to_state::text then case when known_reference is not distinct from :bank_reference::text then 'KNOWN' else 'CHEQUE_CLEARED' end
      when :told_at::timestamptz < captured_at then 'CLEARED_BEFORE_RECEIVED'
      else 'DONE' end as verdict
  from cheque),
passed as (select * from verdict where verdict = 'DONE'),
moved as (
  select :posting_id::uuid as posting_id, 1 as ordinal, 'cheque' as kind, case :to_state::text when 'cleared' then 'bank' else 'cheques' end as debit_kind, '' as debit_holder,
         case :to_state::text when 'cleared' then 'cheques' else 'bank' end as credit_kind, '' as credit_holder, currency, amount_minor, customer_id as strand,
         'payment' as subject_kind, payment_id as subject_id, moved_at as occurred_at
  from passed),
-- include: billing/transfers
,
stepped as (
  insert into billing.cheque_step (organisation_id, payment_id, step, before, state, customer_id, currency, amount_minor, posting_id, bank_reference, line_id, told_by, occurred_at)
  select :organisation::uuid, payment_id, step + 1, state, :to_state::text, customer_id, currency, amount_minor, :posting_id::uuid, case when :line_id::uuid is null then :bank_reference::text end, :line_id::uuid,
         :actor::text, moved_at
  from passed),
arrived as (
  delete from billing.cheque_on_its_way w using passed p where w.organisation_id = :organisation::uuid and w.payment_id = p.payment_id and :to_state::text = 'cleared'),
setting_out_again as (
  insert into billing.cheque_on_its_way (organisation_id, payment_id) select :organisation::uuid, payment_id from passed where :to_state::text = 'on_its_way'),
happened as (
  select case :to_state::text when 'cleared' then 'cheque_cleared' else 'cheque_clearing_taken_back' end as kind, customer_id, 'payment' as subject_kind, payment_id as subject_id,
         jsonb_build_object('amount_minor', amount_minor, 'currency', currency, 'bank_reference', :bank_reference::text, 'bank_line_id', :line_id::uuid) as body
  from passed),
answer as (
  select case verdict when 'DONE' then 201 else 200 end as status, null::text as code, jsonb_build_object('payment_id', payment_id, 'state', :to_state::text) as body
  from verdict where verdict in ('DONE', 'KNOWN')
  union all
  select case verdict when 'CLEARED_BEFORE_RECEIVED' then 422 else 409 end, verdict, '{}'::jsonb from verdict where verdict not in ('DONE', 'KNOWN'))

-- query: known_cheque
-- By what a cheque is one payment, whoever tells it; which payment bounced, for good; in whose place the right one stands, where it was mistyped and taken back; and where it is told
-- for the first time the last one of its bank and number that other customers gave, and the last that stands.
with told as (
  select coalesce((select i.customer_id from billing.invoice i where i.organisation_id = :organisation and i.invoice_id = :invoice_id::uuid), :customer_id::uuid) as customer_id,
         upper(regexp_replace(:number::text, '[ -]', '', 'g')) as number_key, upper(regexp_replace(:bank::text, '\s', '', 'g')) as bank_key)
select case when last.mistyped then concat_ws(':', t.customer_id, t.number_key || '#' || last.nth + 1, t.bank_key) else coalesce(last.key, concat_ws(':', t.customer_id, t.number_key, t.bank_key)) end,
       case when last.mistyped then last.nth + 1 else 1 end, case when last.mistyped then last.payment_id end, case when last.cause is not null and not last.mistyped then last.payment_id end,
       other.head_id, other.standing_id
from told t
left join lateral (
  select p.key, c.nth, c.payment_id, r.cause, coalesce(r.cheque_state = 'taken_back', false) as mistyped
  from billing.cheque c
  join billing.payment p on p.organisation_id = c.organisation_id and p.payment_id = c.payment_id
  left join billing.payment_reversal r on r.organisation_id = c.organisation_id and r.payment_id = c.payment_id
  where c.organisation_id = :organisation and c.customer_id = t.customer_id and c.bank_key = t.bank_key and c.number_key = t.number_key
  order by c.nth desc limit 1) last on true
cross join lateral (
  select (array_agg(c.payment_id order by c.payment_id desc) filter (where b.payment_id is null))[1] as head_id,
         (array_agg(c.payment_id order by c.payment_id desc) filter (where r.cheque_state is distinct from 'taken_back'))[1] as standing_id
  from (select c.* from billing.cheque c where c.organisation_id = :organisation and c.number_key = t.number_key and c.bank_key = t.bank_key and c.nth = 1 offset 0) c
  left join billing.cheque b on b.organisation_id = :organisation and b.beside = c.payment_id
  left join lateral (
    select r.cheque_state from billing.cheque l
    left join billing.payment_reversal r on r.organisation_id = :organisation and r.payment_id = l.payment_id
    where l.organisation_id = :organisation and l.customer_id = c.customer_id and l.bank_key = c.bank_key and l.number_key = c.number_key order by l.nth desc limit 1) r on true
  where last.payment_id is null) other

-- query: cheque_at_bank
select coalesce(s.state, 'on_its_way'), s.line_id, coalesce(b.state, 'told') in ('seen', 'over')
from billing.cheque c
left join lateral (
  select s.state, s.line_id from billing.cheque_step s where s.organisation_id = :organisation and s.payment_id = c.payment_id order by s.step desc limit 1) s on true
left join lateral (
  select b.state from billing.bank_sighting b where b.organisation_id = :organisation and b.told_id = c.payment_id order by b.step desc limit 1) b on true
where c.organisation_id = :organisation and c.payment_id = :payment_id

-- query: cheque_paper
select number, bank, dated_on, nth from billing.cheque where organisation_id = :organisation and payment_id = :payment_id

-- query: cheques_to_see
-- By the bank's reference that somebody told, by number, or by amount (the first nine of it); each only while no line has shown that way of it.
with
-- include: billing/cheques_in_bank
select c.payment_id, c.customer_id, c.name, c.number, c.number_key, c.amount_minor, c.currency, c.bank_reference, k.incoming
from unnest(:keys::text[], :incoming::boolean[]) k (key, incoming)
cross join lateral (select c.* from cheques_in_bank c where c.number_key = k.key and case when k.incoming then c.comes else c.goes end offset 0) c
union all
select c.payment_id, c.customer_id, c.name, c.number, c.number_key, c.amount_minor, c.currency, c.bank_reference, true
from unnest(:references::text[]) k (reference)
cross join lateral (select s.payment_id from billing.cheque_step s where s.organisation_id = :organisation and s.bank_reference = k.reference offset 0) s
cross join lateral (select c.* from cheques_in_bank c where c.payment_id = s.payment_id and c.comes limit 1) c
union all
select c.payment_id, c.customer_id, c.name, c.number, c.number_key, c.amount_minor, c.currency, c.bank_reference, k.incoming
from unnest(:amounts::bigint[], :currencies::text[], :amounts_in::boolean[]) k (amount_minor, currency, incoming)
cross join lateral (
  select c.* from cheques_in_bank c where c.amount_minor = k.amount_minor and c.currency = k.currency and case when k.incoming then c.comes else c.goes end
  order by c.payment_id desc limit 9) c

-- query: cheques_not_seen
-- Of a line that may hold several: those that it is large enough for and no line has shown, the newest first.
with
-- include: billing/cheques_in_bank
select c.payment_id, c.customer_id, c.name, c.number, c.number_key, c.amount_minor, c.currency, c.bank_reference, true
from cheques_in_bank c where c.comes and c.currency = :currency and c.amount_minor < :below_minor order by c.payment_id desc limit 9

-- query: list_cheques
-- By what is asked for: those of a number, those on their way, those in another state by their last step, or all.
with those as (
  select c.payment_id from billing.cheque c
  where c.organisation_id = :organisation and c.number_key = upper(regexp_replace(:number::text, '[ -]', '', 'g')) and c.payment_id > :after
  union all
  (select w.payment_id from billing.cheque_on_its_way w
   where :number::text is null and :state::text = 'on_its_way' and w.organisation_id = :organisation and w.payment_id > :after order by w.payment_id limit :limit + 1)
  union all
  (select s.payment_id from billing.cheque_step s
   where :number::text is null and :state::text <> 'on_its_way' and s.organisation_id = :organisation and s.state = :state::text and s.payment_id > :after and not exists (
     select from billing.cheque_step l where l.organisation_id = :organisation and l.payment_id = s.payment_id and l.step = s.step + 1 offset 0)
   order by s.payment_id limit :limit + 1)
  union all
  (select c.payment_id from billing.cheque c
   where :number::text is null and :state::text is null and c.organisation_id = :organisation and c.payment_id > :after order by c.payment_id limit :limit + 1))
select c.payment_id, c.customer_id, p.name, c.number, c.bank, c.dated_on, jsonb_build_object('amount', c.amount_minor, 'currency', c.currency), i.invoice_number, m.taken_by, m.captured_at,
       coalesce(s.state, 'on_its_way'), coalesce(s.occurred_at, m.captured_at), coalesce(s.bank_reference, nullif(l.reference, ''), nullif(l.end_to_end_id, '')), b.line_id
from those
join billing.cheque c on c.organisation_id = :organisation and c.payment_id = those.payment_id
join billing.payment m on m.organisation_id = c.organisation_id and m.payment_id = c.payment_id
join customers.customer p on p.organisation_id = c.organisation_id and p.customer_id = c.customer_id
left join lateral (
  select i.series || '-' || i.number as invoice_number from billing.invoice i where i.organisation_id = :organisation and i.invoice_id = m.invoice_id limit 1) i on true
left join lateral (
  select s.* from billing.cheque_step s where s.organisation_id = :organisation and s.payment_id = c.payment_id order by s.step desc limit 1) s on true
left join billing.bank_line l on l.organisation_id = c.organisation_id and l.line_id = s.line_id and s.state = 'cleared'
left join lateral (
  select b.state, b.line_id from billing.bank_sighting b where b.organisation_id = :organisation and b.told_id = c.payment_id order by b.step desc limit 1) b
  on b.state in ('seen', 'returned', 'over')
where :state::text is null or coalesce(s.state, 'on_its_way') = :state::text
order by c.payment_id limit :limit + 1
