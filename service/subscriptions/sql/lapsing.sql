-- verb: find_lapsing
-- Whichever service changed since the last time lapses from a day on, or not any more. Of two at once the later one finds the cursor moved, and does nothing.
with
-- include: subscriptions/lapses
,
-- All before the oldest running transaction is over: what has still to appear comes after.
reach as (
  select epoch, transaction_id from (
    select * from lapse_until union all values (kit.present_epoch(), pg_snapshot_xmin(pg_current_snapshot())::text::bigint)) r
  order by epoch, transaction_id limit 1),
moved as (
  insert into subscriptions.lapsing_cursor as c (organisation_id, until_epoch, until_transaction)
  select :organisation::uuid, epoch, transaction_id from reach
  on conflict (organisation_id) do update set until_epoch = excluded.until_epoch, until_transaction = excluded.until_transaction
  where (c.until_epoch, c.until_transaction) = (select k.epoch, k.transaction_id from lapse_cursor k)
  returning organisation_id),
ahead as (
  insert into subscriptions.lapsing as d (organisation_id, subscription_id, customer_id, from_on)
  select m.organisation_id, o.subscription_id, o.customer_id, o.from_on from moved m cross join lapses o
  on conflict (organisation_id, subscription_id) do update set from_on = excluded.from_on where d.from_on <> excluded.from_on),
over as (
  delete from subscriptions.lapsing d using moved m, lapses_moved c
  where d.organisation_id = m.organisation_id and d.subscription_id = c.subscription_id and not exists (select from lapses o where o.subscription_id = c.subscription_id)),
happened as (
  select null::text as kind, null::uuid as customer_id, null::text as subject_kind, null::uuid as subject_id, null::jsonb as body where false),
answer as (select 200 as status, null::text as code, jsonb_build_object('more', exists (
    select from reach r join lapse_until u on (u.epoch, u.transaction_id) = (r.epoch, r.transaction_id) cross join lapse_cursor c where (r.epoch, r.transaction_id) > (c.epoch, c.transaction_id)))
  as body)
