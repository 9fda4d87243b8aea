-- verb: move_on_bench
-- The next of what is done with it, where no item is named under that which it was repaired or authorised under last. What its customer hears by it keeps what was promised of it; where it is our turn again, when they hear next is promised anew.
with
-- include: care/device
,
meant as (
  select coalesce(:item_id::uuid, (
    select b.item_id from care.bench_step b
    where b.organisation_id = :organisation::uuid and b.custody_id = :custody_id::uuid and b.item_id is not null order by b.step desc limit 1)) as item_id),
starting as (select item_id from meant where item_id is not null and :to_state::text in ('approved', 'repairing')),
chosen as (
  select o.item_id, o.offer_id, o.revision from starting s
  cross join lateral (select o.* from authorisations.offer_item o where o.organisation_id = :organisation::uuid and o.item_id = s.item_id limit 1) o),
-- include: authorisations/startable
,
verdict as (
  select case when d.state = :to_state::text then 'KNOWN' when d.state in ('handed_back', 'scrapped') then 'DEVICE_HANDED_BACK'
    when not care.bench_moves(d.state, :to_state::text) then 'BENCH_MOVE_UNFIT'
    when :to_state::text in ('diagnosing', 'repairing', 'testing') and (d.holder <> 'staff' or d.holder_id <> :staff_id::uuid) then 'NOT_THE_HOLDER'
    when :to_state::text = 'waiting_approval' and not exists (
      select from authorisations.offer o where o.organisation_id = :organisation::uuid and o.scope_id = d.scope_id and o.offer_id = :offer_id::uuid offset 0) then 'OFFER_ELSEWHERE'
    when :to_state::text in ('approved', 'repairing') and not exists (select from startable s where s.scope_id = d.scope_id and s.code is null) then 'WORK_NOT_AUTHORISED' end as code
  from device d),
going as (select d.* from device d cross join verdict v where v.code is null),
stepped as (
  insert into care.bench_step (organisation_id, custody_id, step, scope_id, from_state, to_state, offer_id, item_id, item_revision, passed, acted_by, acted_at)
  select :organisation::uuid, g.custody_id, g.bench_step + 1, g.scope_id, g.state, :to_state::text, case when :to_state::text = 'waiting_approval' then :offer_id::uuid else c.offer_id end, c.item_id, c.revision,
    case when g.state = 'testing' then :to_state::text = 'ready' end, :actor::text, :at::timestamptz
  from going g left join chosen c on true
  returning custody_id, step, from_state, to_state),
noted as (
  insert into care.bench_note (organisation_id, custody_id, step, customer_id, words)
  select :organisation::uuid, custody_id, bench_step + 1, customer_id, :words::text from going where :words::text is not null),
listed as (update care.open_custody o set state = :to_state::text from going g where o.organisation_id = :organisation::uuid and o.custody_id = g.custody_id),
promise_ended as (select custody_id as subject_id, 'update' as kind, 'kept' as outcome, :at::timestamptz as happened_at from going where :to_state::text in ('waiting_approval', 'ready')),
-- include: promises/settle
,
promised as (
  select :promise_id::uuid as promise_id, customer_id, 'update' as kind, 'device_custody' as subject_kind, custody_id as subject_id, :hear_by::timestamptz as due_at, :staff_id::uuid as owner_staff_id, 'link' as via
  from going where state in ('waiting_approval', 'ready') and :to_state::text not in ('waiting_approval', 'ready')),
-- include: promises/make
,
happened as (
  select case :to_state::text when 'ready' then 'device_ready' else 'device_moved_on' end as kind, g.customer_id, 'device_custody' as subject_kind, g.custody_id as subject_id,
    jsonb_strip_nulls(jsonb_build_object('state', :to_state::text, 'offer_id', :offer_id::uuid)) as body from going g
  union all select kind, customer_id, subject_kind, subject_id, body from promises_settled_facts
  union all select kind, customer_id, subject_kind, subject_id, body from promises_made_facts),
wanted as (
  select md5('device_ready' || s.custody_id || s.step)::uuid as task_id, 'send_notice' as kind, s.custody_id as subject_id, :at::timestamptz as due_at,
    jsonb_build_object('notice', 'device_ready', 'customer_id', g.customer_id) as body from stepped s join going g on g.custody_id = s.custody_id where s.to_state = 'ready'),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('id', custody_id, 'state', to_state) as body from stepped
  union all select 200, null, jsonb_build_object('id', d.custody_id, 'state', d.state) from device d cross join verdict v where v.code = 'KNOWN'
  union all select case code when 'NOT_THE_HOLDER' then 403 when 'OFFER_ELSEWHERE' then 422 else 409 end, code,
    case code when 'WORK_NOT_AUTHORISED' then jsonb_build_object('items', coalesce((select jsonb_agg(jsonb_build_object('item_id', s.item_id, 'code', coalesce(s.code, 'AUTH_NOT_FOUND'))) from startable s), '[]'::jsonb))
      when 'BENCH_MOVE_UNFIT' then jsonb_build_object('state', (select state from device)) else '{}'::jsonb end
  from verdict where code <> 'KNOWN')

-- verb: tell_news
-- A word to the customer about their device keeps what was promised of it, and says when the next one comes.
with
-- include: care/device
,
known as (
  select n.custody_id = :custody_id::uuid and coalesce(w.words = :words::text, false) as same from care.custody_news n
  left join care.message w on w.organisation_id = :organisation::uuid and w.message_id = n.message_id
  where n.organisation_id = :organisation::uuid and n.message_id = :message_id::uuid),
verdict as (
  select case when exists (select from known where same) then 'KNOWN' when exists (select from known) then 'ID_TAKEN' when d.state in ('handed_back', 'scrapped') then 'DEVICE_HANDED_BACK' end as code from device d),
going as (select d.* from device d cross join verdict v where v.code is null),
said as (
  insert into care.message (organisation_id, message_id, customer_id, direction, channel, reached, words, noted_by)
  select :organisation::uuid, :message_id::uuid, customer_id, 'out', :channel::text, true, :words::text, :actor::text from going),
told as (
  insert into care.custody_news (organisation_id, message_id, custody_id, customer_id) select :organisation::uuid, :message_id::uuid, custody_id, customer_id from going),
promise_ended as (select custody_id as subject_id, 'update' as kind, 'kept' as outcome, :at::timestamptz as happened_at from going),
-- include: promises/settle
,
promised as (
  select :promise_id::uuid as promise_id, customer_id, 'update' as kind, 'device_custody' as subject_kind, custody_id as subject_id, :hear_by::timestamptz as due_at, :staff_id::uuid as owner_staff_id, 'link' as via
  from going where state not in ('waiting_approval', 'ready')),
-- include: promises/make
,
happened as (
  select 'device_news_told' as kind, customer_id, 'device_custody' as subject_kind, custody_id as subject_id, jsonb_build_object('message_id', :message_id::uuid) as body from going
  union all select kind, customer_id, subject_kind, subject_id, body from promises_settled_facts
  union all select kind, customer_id, subject_kind, subject_id, body from promises_made_facts),
wanted as (
  select :message_id::uuid as task_id, 'send_notice' as kind, :message_id::uuid as subject_id, :at::timestamptz as due_at,
    jsonb_build_object('notice', 'device_news', 'customer_id', customer_id) as body from going where :channel::text = 'email'),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', :message_id::uuid, 'next_word_at', (select due_at from promises_made)) as body from going
  union all select 200, null, jsonb_build_object('id', :message_id::uuid, 'next_word_at', (
    select p.due_at from promises.promise p where p.organisation_id = :organisation::uuid and p.subject_id = :custody_id::uuid and p.kind = 'update' order by p.promise_id desc limit 1)) from verdict where code = 'KNOWN'
  union all select 409, code, '{}'::jsonb from verdict where code <> 'KNOWN')

-- query: find_news
select n.custody_id, w.words from care.custody_news n left join care.message w on w.organisation_id = :organisation and w.message_id = n.message_id
where n.organisation_id = :organisation and n.message_id = :message_id

-- query: list_bench_steps
select b.step, b.to_state, b.offer_id, b.item_id, b.passed, n.words, b.acted_by, (select s.name from identity.staff s where s.organisation_id = :organisation and b.acted_by = 'staff:' || s.staff_id), b.acted_at
from care.bench_step b
left join care.bench_note n on n.organisation_id = :organisation and n.custody_id = b.custody_id and n.step = b.step
where b.organisation_id = :organisation and b.custody_id = :custody_id and b.step > :after order by b.step limit :limit + 1

-- query: list_bench
-- What came back first, then by when its customer hears of it; what waits for the customer comes last. The devices of one house are few enough to be put in order each time.
with here as (
  select o.custody_id, c.reference, o.customer_id, u.name as customer_name, a.kind as asset_kind, a.name as asset_name, o.state, o.returned, h.to_kind, h.to_id,
    case h.to_kind when 'staff' then (select s.name from identity.staff s where s.organisation_id = :organisation and s.staff_id = h.to_id)
      else (select p.name from care.bench_place p where p.organisation_id = :organisation and p.place_id = h.to_id) end as holder_name,
    coalesce((select p.due_at from promises.promise p where p.organisation_id = :organisation and p.subject_id = o.custody_id and p.kind = 'update'
      and exists (select from promises.open_promise n where n.organisation_id = :organisation and n.promise_id = p.promise_id offset 0) order by p.due_at limit 1), '9999-12-31 00:00+00') as due_at, c.taken_at,
    case when o.returned then 0 else 1 end as rank
  from care.open_custody o
  join care.custody c on c.organisation_id = :organisation and c.custody_id = o.custody_id
  join customers.customer u on u.organisation_id = :organisation and u.customer_id = o.customer_id
  join customers.asset a on a.organisation_id = :organisation and a.customer_id = o.customer_id and a.asset_id = o.asset_id
  cross join lateral (select h.to_kind, h.to_id from care.hand_over h where h.organisation_id = :organisation and h.custody_id = o.custody_id order by h.step desc limit 1) h
  where o.organisation_id = :organisation and (:customer_id::uuid is null or o.customer_id = :customer_id))
select custody_id, reference, customer_id, customer_name, asset_kind, asset_name, state, returned, to_kind, to_id, holder_name, nullif(due_at, '9999-12-31 00:00+00'), due_at <= :at, taken_at, rank
from here where (rank, due_at, custody_id) > (:after_rank::int, :after_at::timestamptz, :after_id::uuid) and (:held_by::uuid is null or to_id = :held_by)
order by rank, due_at, custody_id limit :limit + 1

-- query: list_bench_moves
-- How a device may go on, by the one function that names the moves.
select s.state from unnest(array['waiting', 'diagnosing', 'waiting_approval', 'approved', 'declined', 'repairing', 'testing', 'ready', 'scrapped']) with ordinality s (state, number)
where care.bench_moves(:state, s.state) order by s.number
