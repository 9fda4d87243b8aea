-- verb: keep_card_fee
-- Told twice it is one.
with kept as (
  insert into billing.card_fee (organisation_id, payment_id, transaction_name, currency, fee_minor)
  values (:organisation::uuid, :payment_id::uuid, :transaction_name::text, :currency::text, :fee_minor::bigint)
  on conflict do nothing),
happened as (
  select null::text as kind, null::uuid as customer_id, null::text as subject_kind, null::uuid as subject_id, null::jsonb as body where false),
answer as (
  select 200 as status, null::text as code,
         jsonb_build_object('payment_id', :payment_id::uuid, 'fee', jsonb_build_object('amount', :fee_minor::bigint, 'currency', :currency::text)) as body)

-- query: find_card_fee
select payment_id, jsonb_build_object('amount', fee_minor, 'currency', currency) from billing.card_fee where organisation_id = :organisation and payment_id = :payment_id
