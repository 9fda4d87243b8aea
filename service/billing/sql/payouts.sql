-- verb: record_payout
-- A payout with all it is made of, once; its fees leave card clearing with it. A later telling moves its status on, from paid to failed at most.
with told as (select :provider_payout_id::text as provider_payout_id, :status::text as status),
known as (
  select p.payout_id, p.status from told
  cross join lateral (select p.* from billing.payout p where p.organisation_id = :organisation::uuid and p.provider_payout_id = told.provider_payout_id limit 1) p),
moved_on as (
  update billing.payout p set status = told.status from known, told
  where p.organisation_id = :organisation::uuid and p.payout_id = known.payout_id
    and array_position(array['pending', 'in_transit', 'paid', 'canceled', 'failed'], told.status) > array_position(array['pending', 'in_transit', 'paid', 'canceled', 'failed'], known.status)
  returning p.payout_id, p.amount_minor, p.currency, p.status),
line as (
  select * from jsonb_to_recordset(:lines::jsonb) as l(name text, type text, source text, intent_id text, refund_name text, dispute_name text, amount bigint, fee bigint, created timestamptz)),
explained as (
  select l.*, case when l.type in ('stripe_fee', 'tax_fee') then 'fee' when d.dispute_id is not null then 'dispute' when r.refund_id is not null then 'refund'
      when l.refund_name is null and l.dispute_name is null then case when p.payment_id is not null then 'payment' when m.parked_id is not null then 'parked_money' end end as explained_by,
    coalesce(d.dispute_id, r.refund_id, p.payment_id, m.parked_id) as explained_id
  from line l
  left join lateral (
    select d.dispute_id from billing.dispute d where d.organisation_id = :organisation::uuid and d.provider_dispute_id = l.dispute_name limit 1) d on true
  left join lateral (
    select o.refund_id from billing.refund_outcome o where o.organisation_id = :organisation::uuid and o.provider_refund_id = l.refund_name limit 1) r on true
  left join lateral (
    select p.payment_id from billing.payment p where p.organisation_id = :organisation::uuid and p.key_kind = 'payment_intent' and p.key = l.intent_id limit 1) p on true
  left join lateral (
    select m.parked_id from billing.parked_money m where m.organisation_id = :organisation::uuid and m.intent_id = l.intent_id limit 1) m on true),
fee as (
  select coalesce(sum(case when type in ('stripe_fee', 'tax_fee') then fee - amount else fee end), 0)::bigint as fee_minor from line),
made as (
  insert into billing.payout (organisation_id, payout_id, provider_payout_id, currency, amount_minor, status, arrives_on, descriptor, itemised, fee_minor)
  select :organisation::uuid, :payout_id::uuid, :provider_payout_id::text, :currency::text, :amount_minor::bigint, :status::text, :arrives_on::date, :descriptor::text,
         :itemised::boolean, fee_minor
  from fee where not exists (select from known)
  returning payout_id, currency, amount_minor, status, fee_minor),
made_lines as (
  insert into billing.payout_line (organisation_id, payout_id, transaction_name, type, source_name, amount_minor, fee_minor, created_at, explained_by, explained_id)
  select :organisation::uuid, made.payout_id, e.name, e.type, e.source, e.amount, e.fee, e.created, e.explained_by, e.explained_id from made, explained e),
moved_fee as (select payout_id, currency, abs(fee_minor) as amount_minor, fee_minor > 0 as taken from made where fee_minor <> 0),
moved as (
  select payout_id as posting_id, 1 as ordinal, 'card_fee' as kind, case when taken then 'card_fees' else 'card_clearing' end as debit_kind, '' as debit_holder,
         case when taken then 'card_clearing' else 'card_fees' end as credit_kind, '' as credit_holder, currency, amount_minor, payout_id as strand, 'payout' as subject_kind,
         payout_id as subject_id, :at::timestamptz as occurred_at
  from moved_fee),
-- include: billing/transfers
,
happened as (
  select 'payout_recorded' as kind, null::uuid as customer_id, 'payout' as subject_kind, payout_id as subject_id,
         jsonb_build_object('amount_minor', amount_minor, 'fee_minor', fee_minor, 'currency', currency, 'status', status) as body
  from made
  union all
  select 'payout_' || status, null, 'payout', payout_id, jsonb_build_object('amount_minor', amount_minor, 'currency', currency) from moved_on),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('payout_id', coalesce((select payout_id from known), :payout_id::uuid)) as body)

-- query: known_payouts
select provider_payout_id, status from billing.payout where organisation_id = :organisation and provider_payout_id = any (:names::text[])

-- query: list_payouts
select p.payout_id, p.provider_payout_id, jsonb_build_object('amount', p.amount_minor, 'currency', p.currency), p.fee_minor, p.status, p.arrives_on, p.descriptor, p.itemised,
       (select count(*) from billing.payout_line l where l.organisation_id = p.organisation_id and l.payout_id = p.payout_id)::int,
       (select count(*) from billing.payout_line l where l.organisation_id = p.organisation_id and l.payout_id = p.payout_id and l.explained_by is null)::int,
       p.amount_minor - coalesce((select sum(l.amount_minor - l.fee_minor) from billing.payout_line l where l.organisation_id = p.organisation_id and l.payout_id = p.payout_id), 0)::bigint,
       p.recorded_at
from billing.payout p where p.organisation_id = :organisation and (p.arrives_on, p.payout_id) < (:before_on::date, :before_id::uuid)
order by p.arrives_on desc, p.payout_id desc limit :limit::int + 1

-- query: list_payout_lines
select p.arrives_on, p.provider_payout_id, p.status, p.currency, l.transaction_name, l.type, l.source_name, l.amount_minor, l.fee_minor, (l.amount_minor - l.fee_minor), l.created_at,
       l.explained_by, l.explained_id
from billing.payout p join billing.payout_line l on l.organisation_id = p.organisation_id and l.payout_id = p.payout_id
where p.organisation_id = :organisation and p.arrives_on >= :from_on::date and p.arrives_on < :until_on::date
  and (p.arrives_on, p.provider_payout_id, l.transaction_name) > (:after_on::date, :after_payout::text, :after_name::text)
order by p.arrives_on, p.provider_payout_id, l.transaction_name limit :limit::int + 1
