-- verb: stop_texts
-- No more texts to that number, or again; said twice it is so already.
with last as (
  select s.step, s.stopped from notices.text_stop s where s.organisation_id = :organisation::uuid and s.number_hash = :number_hash::bytea order by s.step desc limit 1),
stepped as (
  insert into notices.text_stop (organisation_id, number_hash, step, stopped, said_at)
  select :organisation::uuid, :number_hash::bytea, coalesce((select step from last), 0) + 1, :stopped::boolean, :at::timestamptz where coalesce((select stopped from last), false) <> :stopped::boolean
  returning stopped),
happened as (
  select case when stopped then 'texts_stopped' else 'texts_wanted_again' end as kind, null::uuid as customer_id, 'message' as subject_kind, :message_id::uuid as subject_id, '{}'::jsonb as body from stepped),
answer as (select 200 as status, null::text as code, jsonb_build_object('id', :message_id::uuid) as body)
