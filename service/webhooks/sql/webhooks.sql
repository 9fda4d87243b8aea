-- verb: add_webhook
-- It hears of what happens from now on: nothing can appear below the oldest running transaction any more. In the lowest place that is free.
with known as (
  select w.webhook_id, w.secret_number, (w.url, w.description, w.kinds, w.scopes) = (:url::text, :description::text, :kinds::text[], :scopes::text[])
    and w.secret_number = 1 and w.made_by = :actor::text as same  -- its first secret is shown again to whom it was shown, and no later one
  from webhooks.webhook w where w.organisation_id = :organisation::uuid and w.webhook_id = :webhook_id::uuid),
free as (
  select p.place from generate_series(1, 50) p (place)
  where not exists (select from webhooks.webhook w where w.organisation_id = :organisation::uuid and w.place = p.place) order by p.place limit 1),
begun as (
  insert into webhooks.webhook_step (organisation_id, webhook_id, step, from_state, to_state, because, actor, at)
  select :organisation::uuid, :webhook_id::uuid, 1, 'none', 'active', null, :actor::text, :at::timestamptz from free where not exists (select from known) returning webhook_id),
added as (
  insert into webhooks.webhook (organisation_id, webhook_id, place, url, description, kinds, scopes, secret_number, former_secret_until, step, state, version, made_by, made_at)
  select :organisation::uuid, b.webhook_id, f.place, :url::text, :description::text, :kinds::text[], :scopes::text[], 1, null, 1, 'active', 1, :actor::text, :at::timestamptz
  from begun b cross join free f returning webhook_id, kinds, scopes),
from_now_on as (
  insert into webhooks.progress (organisation_id, webhook_id, facts_epoch, transaction_id, sequence, failing_since, silent_rounds)
  select :organisation::uuid, webhook_id, kit.present_epoch(), pg_snapshot_xmin(pg_current_snapshot()), -1, null, 0 from added),
happened as (
  select 'webhook_added' as kind, null::uuid as customer_id, 'webhook' as subject_kind, webhook_id as subject_id, jsonb_build_object('kinds', kinds, 'scopes', scopes) as body from added),
wanted as (
  select md5('serve webhook' || webhook_id)::uuid as task_id, 'serve_webhook' as kind, webhook_id as subject_id, :at::timestamptz as due_at, '{}'::jsonb as body from added),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', webhook_id, 'number', 1) as body from added
  union all
  select case when same then 200 else 409 end, case when not same then 'ID_TAKEN' end, case when same then jsonb_build_object('id', webhook_id, 'number', secret_number) else '{}'::jsonb end from known
  union all
  select 409, 'WEBHOOKS_FULL', '{}'::jsonb where not exists (select from free) and not exists (select from known))

-- query: find_webhook
-- include: webhooks/webhook
  and w.webhook_id = :webhook_id

-- query: list_webhooks
-- include: webhooks/webhook
  and w.webhook_id > :after order by w.webhook_id limit :limit + 1

-- verb: change_webhook
-- At another address all that waits is tried anew, with its whole time.
with moves as (
  select w.webhook_id from webhooks.webhook w
  where w.organisation_id = :organisation::uuid and w.webhook_id = :webhook_id::uuid and w.version = :version::int and w.state <> 'ended' and w.url <> :url::text),
kept as (
  update webhooks.webhook w set url = :url::text, description = :description::text, kinds = :kinds::text[], version = w.version + 1
   where w.organisation_id = :organisation::uuid and w.webhook_id = :webhook_id::uuid and w.version = :version::int and w.state <> 'ended'
  returning w.webhook_id, w.version, w.kinds),
begun_anew as (
  update webhooks.progress p set failing_since = null, silent_rounds = 0 from moves m join kept k using (webhook_id)
   where p.organisation_id = :organisation::uuid and p.webhook_id = m.webhook_id),
tried_anew as (
  update webhooks.delivery d set attempts = 0, tried_since = null, due_at = :at::timestamptz from moves m join kept k using (webhook_id)
   where d.organisation_id = :organisation::uuid and d.webhook_id = any (array(select webhook_id from moves)) and d.webhook_id = m.webhook_id and d.state = 'waiting'),
happened as (
  select 'webhook_changed' as kind, null::uuid as customer_id, 'webhook' as subject_kind, webhook_id as subject_id, jsonb_build_object('version', version, 'kinds', kinds) as body from kept),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('id', webhook_id, 'version', version) as body from kept
  union all
  select case w.state when 'ended' then 409 else 412 end, case w.state when 'ended' then 'WEBHOOK_ENDED' else 'STALE_VERSION' end, '{}'::jsonb from webhooks.webhook w
   where w.organisation_id = :organisation::uuid and w.webhook_id = :webhook_id::uuid and not exists (select from kept))

-- verb: make_secret
-- The next number in its row is the new secret; the one before it lives on for a while, and any older one no longer.
with stood as (select w.secret_number, w.state from webhooks.webhook w where w.organisation_id = :organisation::uuid and w.webhook_id = :webhook_id::uuid),
made as (
  update webhooks.webhook w set secret_number = w.secret_number + 1, former_secret_until = :at::timestamptz + make_interval(hours => :former_hours::int)
   where w.organisation_id = :organisation::uuid and w.webhook_id = :webhook_id::uuid and w.state <> 'ended' and w.secret_number = coalesce(:number::int - 1, w.secret_number)
  returning w.webhook_id, w.secret_number, w.former_secret_until),
happened as (
  select 'webhook_secret_made' as kind, null::uuid as customer_id, 'webhook' as subject_kind, webhook_id as subject_id,
    jsonb_build_object('number', secret_number, 'former_until', former_secret_until) as body from made),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', webhook_id, 'number', secret_number, 'former_until', former_secret_until) as body from made
  union all
  select 409, case state when 'ended' then 'WEBHOOK_ENDED' else 'SECRET_OUT_OF_TURN' end, jsonb_build_object('number', secret_number) from stood where not exists (select from made))

-- verb: move_webhook
-- Paused, it keeps what waits and its place among the facts; resumed, all that waits is tried anew with its whole time. Ended, nothing is sent any more. What an address
-- answered that it has no longer changes nothing.
with stood as (select w.webhook_id, w.step, w.state, w.url <> :sent_to::text as elsewhere from webhooks.webhook w where w.organisation_id = :organisation::uuid and w.webhook_id = :webhook_id::uuid),
moving as (
  select webhook_id, step + 1 as step, state from stood
  where (state, :to_state::text) in (('active', 'paused'), ('paused', 'active'), ('active', 'ended'), ('paused', 'ended')) and elsewhere is not true),
stepped as (
  insert into webhooks.webhook_step (organisation_id, webhook_id, step, from_state, to_state, because, actor, at)
  select :organisation::uuid, webhook_id, step, state, :to_state::text, :because::text, :actor::text, :at::timestamptz from moving returning webhook_id, step, to_state, because),
moved as (
  update webhooks.webhook w set step = s.step, state = s.to_state, place = case s.to_state when 'ended' then null else w.place end from stepped s
   where w.organisation_id = :organisation::uuid and w.webhook_id = s.webhook_id),
begun_anew as (
  update webhooks.progress p set failing_since = null, silent_rounds = 0 from stepped s
   where p.organisation_id = :organisation::uuid and p.webhook_id = s.webhook_id and s.to_state = 'active'),
tried_anew as (
  update webhooks.delivery d set attempts = 0, tried_since = null, due_at = :at::timestamptz from stepped s
   where d.organisation_id = :organisation::uuid and d.webhook_id = any (array(select webhook_id from stepped)) and d.webhook_id = s.webhook_id and d.state = 'waiting' and s.to_state = 'active'),
happened as (
  select case to_state when 'paused' then 'webhook_paused' when 'active' then 'webhook_resumed' else 'webhook_ended' end as kind, null::uuid as customer_id, 'webhook' as subject_kind,
    webhook_id as subject_id, jsonb_strip_nulls(jsonb_build_object('because', because)) as body from stepped),
wanted as (
  select md5('webhook paused' || e.webhook_id || e.step || s.staff_id)::uuid as task_id, 'send_notice' as kind, e.webhook_id as subject_id, :at::timestamptz as due_at,
    jsonb_build_object('notice', 'webhook_paused', 'staff_id', s.staff_id) as body
  from stepped e cross join lateral (
    select s.staff_id from identity.staff s where s.organisation_id = :organisation::uuid and s.active and s.roles && :tells::text[] offset 0) s
  where e.because in ('failing', 'gone')),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('id', webhook_id, 'state', case when elsewhere then state else :to_state::text end) as body from stood
   where state = :to_state::text or exists (select from moving) or (elsewhere and state <> 'ended')
  union all
  select 409, 'WEBHOOK_ENDED', '{}'::jsonb from stood where state = 'ended' and :to_state::text <> 'ended')

-- verb: ping_webhook
-- A fact like any other, that this one alone hears of.
with stood as (select w.webhook_id, w.state from webhooks.webhook w where w.organisation_id = :organisation::uuid and w.webhook_id = :webhook_id::uuid),
happened as (
  select 'ping' as kind, null::uuid as customer_id, 'webhook' as subject_kind, webhook_id as subject_id, '{}'::jsonb as body from stood where state = 'active'),
answer as (
  select case state when 'active' then 200 else 409 end as status, case state when 'active' then null when 'paused' then 'WEBHOOK_PAUSED' else 'WEBHOOK_ENDED' end as code,
    case state when 'active' then jsonb_build_object('id', webhook_id, 'state', state) else '{}'::jsonb end as body from stood)
