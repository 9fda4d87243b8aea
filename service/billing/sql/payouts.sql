-- verb: record_payout
-- A payout as it stands, and what it is made of as far as that is told; the fees in what is new leave card clearing. Its status moves on, from paid to failed at most.
with told as (select :provider_payout_id::text as provider_payout_id, :status::text as status),
known as (
  select p.payout_id, p.status, p.arrives_on, p.trace_id from told
  cross join lateral (select p.* from billing.payout p where p.organisation_id = :organisation::uuid and p.provider_payout_id = told.provider_payout_id limit 1) p),
moved_on as (
  update billing.payout p set status = told.status, arrives_on = :arrives_on::date, trace_id = coalesce(:trace_id::text, known.trace_id) from known, told
  where p.organisation_id = :organisation::uuid and p.payout_id = known.payout_id
    and array_position(array['pending', 'in_transit', 'paid', 'canceled', 'failed'], told.status) >= array_position(array['pending', 'in_transit', 'paid', 'canceled', 'failed'], known.status)
    and (told.status, :arrives_on::date, coalesce(:trace_id::text, known.trace_id)) is distinct from (known.status, known.arrives_on, known.trace_id)
  returning p.payout_id, p.amount_minor, p.currency, p.status, p.status <> known.status as otherwise),
line as (
  select * from jsonb_to_recordset(:lines::jsonb) as l(name text, type text, source text, intent_id text, refund_name text, dispute_name text, amount bigint, fee bigint, created timestamptz)),
fresh as (
  select l.* from line l where not exists (
    select from billing.payout_line x where x.organisation_id = :organisation::uuid and x.transaction_name = l.name offset 0)),
explained as (
  select l.*, case when l.type in ('stripe_fee', 'tax_fee') then 'fee' when o.payout_id is not null then 'payout' when d.dispute_id is not null then 'dispute' when r.refund_id is not null then 'refund'
      when l.refund_name is null and l.dispute_name is null then case when p.payment_id is not null then 'payment' when m.parked_id is not null then 'parked_money' end end as explained_by,
    coalesce(o.payout_id, d.dispute_id, r.refund_id, p.payment_id, m.parked_id) as explained_id
  from fresh l
  left join lateral (
    select o.payout_id from billing.payout o where o.organisation_id = :organisation::uuid and l.type like 'payout%' and o.provider_payout_id = l.source limit 1) o on true
  left join lateral (
    select d.dispute_id from billing.dispute d where d.organisation_id = :organisation::uuid and d.provider_dispute_id = l.dispute_name limit 1) d on true
  left join lateral (
    select o.refund_id from billing.refund_outcome o where o.organisation_id = :organisation::uuid and o.provider_refund_id = l.refund_name limit 1) r on true
  left join lateral (
    select p.payment_id from billing.payment p where p.organisation_id = :organisation::uuid and p.key_kind = 'payment_intent' and p.key = l.intent_id limit 1) p on true
  left join lateral (
    select m.parked_id from billing.parked_money m where m.organisation_id = :organisation::uuid and m.intent_id = l.intent_id limit 1) m on true),
made as (
  insert into billing.payout (organisation_id, payout_id, provider_payout_id, currency, amount_minor, status, arrives_on, descriptor, trace_id, itemised)
  select :organisation::uuid, :payout_id::uuid, :provider_payout_id::text, :currency::text, :amount_minor::bigint, :status::text, :arrives_on::date, :descriptor::text, :trace_id::text,
         :itemised::boolean
  where not exists (select from known)
  returning payout_id),
payout as (select payout_id from known union all select payout_id from made),
made_lines as (
  insert into billing.payout_line (organisation_id, payout_id, transaction_name, type, source_name, amount_minor, fee_minor, created_at, explained_by, explained_id)
  select :organisation::uuid, payout.payout_id, e.name, e.type, e.source, e.amount, e.fee, e.created, e.explained_by, e.explained_id from payout, explained e),
charged as (
  select p.payout_id, f.fee_minor, coalesce(last.step, 0) as step, coalesce(last.fee_after, 0) as fee_before
  from payout p
  cross join (select coalesce(sum(case when type in ('stripe_fee', 'tax_fee') then fee - amount else fee end), 0)::bigint as fee_minor from fresh) f
  left join lateral (
    select x.step, x.fee_after from billing.payout_fee x where x.organisation_id = :organisation::uuid and x.payout_id = p.payout_id order by x.step desc limit 1) last on true
  where f.fee_minor <> 0),
made_fee as (
  insert into billing.payout_fee (organisation_id, payout_id, step, posting_id, currency, fee_before, fee_after)
  select :organisation::uuid, payout_id, step + 1, :posting_id::uuid, :currency::text, fee_before, fee_before + fee_minor from charged),
moved as (
  select :posting_id::uuid as posting_id, 1 as ordinal, 'card_fee' as kind, case when fee_minor > 0 then 'card_fees' else 'card_clearing' end as debit_kind, '' as debit_holder,
         case when fee_minor > 0 then 'card_clearing' else 'card_fees' end as credit_kind, '' as credit_holder, :currency::text as currency, abs(fee_minor) as amount_minor,
         payout_id as strand, 'payout' as subject_kind, payout_id as subject_id, :at::timestamptz as occurred_at
  from charged),
-- include: billing/transfers
,
happened as (
  select 'payout_recorded' as kind, null::uuid as customer_id, 'payout' as subject_kind, payout_id as subject_id,
         jsonb_build_object('amount_minor', :amount_minor::bigint, 'currency', :currency::text, 'status', :status::text) as body
  from made
  union all
  select 'payout_' || status, null, 'payout', payout_id, jsonb_build_object('amount_minor', amount_minor, 'currency', currency) from moved_on where otherwise
  union all
  select 'payout_itemised', null, 'payout', payout_id, jsonb_build_object('lines', n.lines, 'fee_minor', coalesce((select fee_minor from charged), 0), 'currency', :currency::text)
  from payout, (select count(*) as lines from fresh) n where n.lines > 0),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('payout_id', coalesce((select payout_id from known), :payout_id::uuid)) as body)

-- query: known_payouts
-- `whole`: the provider doesn't say what it is made of, or all of that is here.
select p.provider_payout_id, p.status, p.arrives_on, p.trace_id, not p.itemised or p.amount_minor = coalesce((
    select sum(l.amount_minor - l.fee_minor) from billing.payout_line l where l.organisation_id = :organisation and l.payout_id = p.payout_id), 0)
from billing.payout p where p.organisation_id = :organisation and p.provider_payout_id = any (:names::text[])

-- query: list_payouts
select p.payout_id, p.provider_payout_id, jsonb_build_object('amount', p.amount_minor, 'currency', p.currency),
       coalesce((select f.fee_after from billing.payout_fee f where f.organisation_id = p.organisation_id and f.payout_id = p.payout_id order by f.step desc limit 1), 0), p.status, p.arrives_on, p.descriptor, p.itemised,
       (select count(*) from billing.payout_line l where l.organisation_id = p.organisation_id and l.payout_id = p.payout_id)::int,
       (select count(*) from billing.payout_line l where l.organisation_id = p.organisation_id and l.payout_id = p.payout_id and l.explained_by is null)::int,
       p.amount_minor - coalesce((select sum(l.amount_minor - l.fee_minor) from billing.payout_line l where l.organisation_id = p.organisation_id and l.payout_id = p.payout_id), 0)::bigint,
       p.trace_id, s.line_id, coalesce(s.sight % 2 = 1, false), p.recorded_at
from billing.payout p
left join lateral (
-- include: billing/payout_step_that_stands
) s on true
where p.organisation_id = :organisation and (p.arrives_on, p.payout_id) < (:before_on::date, :before_id::uuid)
order by p.arrives_on desc, p.payout_id desc limit :limit::int + 1

-- query: list_payout_lines
select p.arrives_on, p.provider_payout_id, p.status, p.currency, l.transaction_name, l.type, l.source_name, l.amount_minor, l.fee_minor, (l.amount_minor - l.fee_minor), l.created_at,
       l.explained_by, l.explained_id
from billing.payout p join billing.payout_line l on l.organisation_id = p.organisation_id and l.payout_id = p.payout_id
where p.organisation_id = :organisation and p.arrives_on >= :from_on::date and p.arrives_on < :until_on::date
  and (p.arrives_on, p.provider_payout_id, l.transaction_name) > (:after_on::date, :after_payout::text, :after_name::text)
order by p.arrives_on, p.provider_payout_id, l.transaction_name limit :limit::int + 1

-- query: payouts_to_see
-- What a line may show of payouts, by their name or the trace id, or by their amount near its day: those that came in and may be sent back too.
with
-- include: billing/payouts_in_bank
select p.*, true from unnest(:words::text[]) k (word)
cross join lateral (select p.* from payouts_in_bank p where p.name_key = k.word offset 0) p
union all
select p.*, true from unnest(:words::text[]) k (word)
cross join lateral (select p.* from payouts_in_bank p where p.trace_key = k.word offset 0) p
union all
select p.*, false from unnest(:amounts::bigint[], :currencies::text[], :days::date[]) k (amount_minor, currency, on_day)
cross join lateral (
  select p.* from payouts_in_bank p where p.amount_minor in (k.amount_minor, -k.amount_minor) and p.currency = k.currency and p.arrives_on between k.on_day - 60 and k.on_day + 7
  order by abs(p.arrives_on - k.on_day), p.payout_id limit 9) p

-- query: payout_in_bank
with
-- include: billing/payouts_in_bank
select * from payouts_in_bank where payout_id = :payout_id

-- query: list_payouts_against_bank
-- Each payout of those days and where it stands at the bank; and lines that somebody said are a payout, of which no payout is known.
with row as (
  select p.arrives_on as on_day, p.payout_id as id, p.payout_id, p.provider_payout_id, p.status, p.currency, p.amount_minor,
         coalesce((select f.fee_after from billing.payout_fee f where f.organisation_id = p.organisation_id and f.payout_id = p.payout_id order by f.step desc limit 1), 0) as fee_minor,
         case when p.itemised then p.amount_minor - coalesce((
           select sum(l.amount_minor - l.fee_minor) from billing.payout_line l where l.organisation_id = p.organisation_id and l.payout_id = p.payout_id), 0)::bigint else 0 end as items_differ,
         case when s.sight % 2 = 1 then case when p.status in ('failed', 'canceled') then 'differs' else 'matched' end
           when s.sight is not null then case when p.status = 'paid' then 'differs' else 'sent_back' end
           when p.status in ('failed', 'canceled') then 'never_sent' when p.status in ('pending', 'in_transit') and p.arrives_on >= :today::date then 'on_its_way' else 'missing' end as state,
         l.line_id, l.booked_on, case when l.incoming then l.size_minor else -l.size_minor end as line_minor
  from billing.payout p
  left join lateral (
-- include: billing/payout_step_that_stands
) s on true
  left join billing.bank_line l on l.organisation_id = p.organisation_id and l.line_id = s.line_id
  where p.organisation_id = :organisation and p.arrives_on >= :from_on::date and p.arrives_on < :until_on::date
  union all
  select l.booked_on, l.line_id, null, null, null, l.currency, null, null, null, 'unknown', l.line_id, l.booked_on, case when l.incoming then s.amount_minor else -s.amount_minor end
  from billing.bank_line l join billing.bank_step s on s.organisation_id = l.organisation_id and s.line_id = l.line_id and s.kind = 'other' and s.reason = 'payout'
  where l.organisation_id = :organisation and l.booked_on >= :from_on::date and l.booked_on < :until_on::date
    and not exists (select from billing.bank_step u where u.organisation_id = s.organisation_id and u.line_id = s.line_id and u.undoes = s.step))
select on_day, id, payout_id, provider_payout_id, status, currency, amount_minor, fee_minor, items_differ, state, line_id, booked_on, line_minor
from row where (on_day, id) > (:after_on::date, :after_id::uuid) order by on_day, id limit :limit::int + 1
