-- verb: add_bench_place
with known as (
  select p.place_id, p.place_id = :place_id::uuid and p.name = :name::text as same from care.bench_place p
  where p.organisation_id = :organisation::uuid and (p.place_id = :place_id::uuid or p.name = :name::text) order by p.place_id = :place_id::uuid desc limit 1),
added as (
  insert into care.bench_place (organisation_id, place_id, name, added_by, added_at)
  select :organisation::uuid, :place_id::uuid, :name::text, :actor::text, :at::timestamptz where not exists (select from known) returning place_id),
happened as (select 'bench_place_added' as kind, null::uuid as customer_id, 'bench_place' as subject_kind, place_id as subject_id, '{}'::jsonb as body from added),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', place_id) as body from added
  union all select case when same then 200 else 409 end, case when same then null when place_id = :place_id::uuid then 'ID_TAKEN' else 'BENCH_PLACE_EXISTS' end, case when same then jsonb_build_object('id', place_id) else '{}'::jsonb end from known)

-- query: list_bench_places
select p.place_id, p.name from care.bench_place p where p.organisation_id = :organisation and p.place_id > :after order by p.place_id limit :limit + 1

-- verb: take_device_in
-- The first of its hand-overs this time: out of its owner's hand into that of whoever takes it, who promises when they hear of it.
with job as (
  select j.job_id, j.scope_id, j.customer_id, last.to_state from dispatch.job j
  cross join lateral (select s.to_state from dispatch.job_step s where s.organisation_id = :organisation::uuid and s.job_id = j.job_id order by s.step desc limit 1) last
  where j.organisation_id = :organisation::uuid and j.job_id = :job_id::uuid),
known as (
  select c.custody_id, c.reference, h.step, (c.job_id, c.asset_id) = (:job_id::uuid, :asset_id::uuid) and h.signature_hash = decode(:signature_hash::text, 'hex') as same, p.due_at
  from care.custody c
  cross join lateral (select h.step, h.signature_hash from care.hand_over h where h.organisation_id = :organisation::uuid and h.asset_id = c.asset_id and h.step = c.opened_step limit 1) h
  cross join lateral (select p.due_at from promises.promise p where p.organisation_id = :organisation::uuid and p.subject_id = c.custody_id and p.kind = 'update' order by p.promise_id limit 1) p
  where c.organisation_id = :organisation::uuid and c.custody_id = :custody_id::uuid),
last as (
  select h.step, h.to_kind, h.captured_at from care.hand_over h where h.organisation_id = :organisation::uuid and h.asset_id = :asset_id::uuid order by h.step desc limit 1),
verdict as (
  select case when exists (select from known where same) then 'KNOWN' when exists (select from known) then 'ID_TAKEN'
    when not exists (select from customers.asset a where a.organisation_id = :organisation::uuid and a.customer_id = j.customer_id and a.asset_id = :asset_id::uuid offset 0) then 'DEVICE_UNKNOWN'
    when (select to_kind from last) = 'disposal' then 'DEVICE_DISPOSED_OF' when (select to_kind from last) <> 'customer' then 'DEVICE_HERE'
    when j.to_state in ('closed', 'cancelled') then 'JOB_NOT_OPEN'
    when :visit_id::uuid is not null and not exists (select from dispatch.visit v where v.organisation_id = :organisation::uuid and v.job_id = j.job_id and v.visit_id = :visit_id::uuid offset 0) then 'VISIT_ELSEWHERE'
    end as code from job j),
going as (select j.*, coalesce((select step from last), 0) + 1 as step from job j cross join verdict v where v.code is null),
opened as (
  insert into care.custody (organisation_id, custody_id, customer_id, asset_id, job_id, scope_id, visit_id, opened_step, taken_by, taken_at)
  select :organisation::uuid, :custody_id::uuid, customer_id, :asset_id::uuid, job_id, scope_id, :visit_id::uuid, step, :actor::text, :at::timestamptz from going
  returning custody_id, reference),
handing as (
  select :asset_id::uuid as asset_id, step, :custody_id::uuid as custody_id, customer_id, scope_id, 'customer' as from_kind, customer_id as from_id, 'staff' as to_kind, :staff_id::uuid as to_id,
    null::int as offer_number, null::int as bench_step from going),
-- include: care/hand_over
,
stood as (
  insert into care.bench_step (organisation_id, custody_id, step, scope_id, from_state, to_state, acted_by, acted_at)
  select :organisation::uuid, :custody_id::uuid, 1, scope_id, 'new', 'received', :actor::text, :at::timestamptz from going),
listed as (
  insert into care.open_custody (organisation_id, custody_id, asset_id, customer_id, state, returned)
  select :organisation::uuid, :custody_id::uuid, :asset_id::uuid, customer_id, 'received', coalesce((select l.captured_at > :at::timestamptz - interval '30 days' from last l), false) from going),
promised as (
  select :promise_id::uuid as promise_id, customer_id, 'update' as kind, 'device_custody' as subject_kind, :custody_id::uuid as subject_id, :hear_by::timestamptz as due_at, :staff_id::uuid as owner_staff_id,
    'in_person' as via from going),
-- include: promises/make
,
happened as (
  select kind, customer_id, subject_kind, subject_id, body from hand_over_facts
  union all select kind, customer_id, subject_kind, subject_id, body from promises_made_facts),
wanted as (
  select md5('device_taken_in' || :custody_id::uuid)::uuid as task_id, 'send_notice' as kind, :custody_id::uuid as subject_id, :at::timestamptz as due_at,
    jsonb_build_object('notice', 'device_taken_in', 'customer_id', customer_id) as body from going),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', o.custody_id, 'reference', o.reference, 'step', g.step, 'next_word_at', :hear_by::timestamptz) as body from opened o cross join going g
  union all select 200, null, jsonb_build_object('id', custody_id, 'reference', reference, 'step', step, 'next_word_at', due_at) from known where same
  union all select case when code in ('DEVICE_UNKNOWN', 'VISIT_ELSEWHERE') then 422 else 409 end, code, '{}'::jsonb from verdict where code <> 'KNOWN')

-- verb: offer_device
-- Whoever holds it offers it to a colleague; it stays in their hand until it is taken. Offered to the same once more it is offered.
with
-- include: care/device
,
before as (
  select o.number, o.to_id from device d
  join care.hand_over_offer o on o.organisation_id = :organisation::uuid and o.asset_id = d.asset_id and o.step = d.step + 1 order by o.number desc limit 1),
verdict as (
  select case when d.state in ('handed_back', 'scrapped') then 'DEVICE_HANDED_BACK' when d.step <> :after_step::int then 'DEVICE_MOVED'
    when d.holder <> 'staff' or d.holder_id <> :staff_id::uuid then 'NOT_THE_HOLDER'
    when :to_staff_id::uuid = :staff_id::uuid or not exists (
      select from identity.staff s where s.organisation_id = :organisation::uuid and s.staff_id = :to_staff_id::uuid and s.active offset 0) then 'COLLEAGUE_UNKNOWN'
    when (select to_id from before) = :to_staff_id::uuid then 'KNOWN' when (select number from before) = 100 then 'OFFERED_OFTEN' end as code from device d),
offered as (
  insert into care.hand_over_offer (organisation_id, asset_id, step, number, from_id, to_id, offered_by, offered_at)
  select :organisation::uuid, d.asset_id, d.step + 1, coalesce((select number from before), 0) + 1, :staff_id::uuid, :to_staff_id::uuid, :actor::text, :at::timestamptz
  from device d cross join verdict v where v.code is null
  returning step, to_id),
happened as (
  select 'device_offered' as kind, d.customer_id, 'device_custody' as subject_kind, d.custody_id as subject_id, jsonb_build_object('step', o.step, 'to_id', o.to_id) as body from offered o cross join device d),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', :custody_id::uuid, 'to_staff_id', to_id, 'step', step) as body from offered
  union all select 200, null, jsonb_build_object('id', d.custody_id, 'to_staff_id', :to_staff_id::uuid, 'step', d.step + 1) from device d cross join verdict v where v.code = 'KNOWN'
  union all select case code when 'COLLEAGUE_UNKNOWN' then 422 when 'NOT_THE_HOLDER' then 403 else 409 end, code, '{}'::jsonb from verdict where code <> 'KNOWN')

-- verb: move_device
-- Put down, taken up, taken over, handed back or disposed of: out of the hand where it is, or not at all. It is disposed of under what its customer authorised last, where that is a disposal and names the device.
with
-- include: care/device
,
known as (
  select h.hand_over_id, h.step, h.to_kind, h.to_id, h.custody_id = :custody_id::uuid and h.to_kind = :to_kind::text and h.step = :after_step::int + 1 and h.signed_by = :signed_by::text as same
  from care.hand_over h where h.organisation_id = :organisation::uuid and h.hand_over_id = :hand_over_id::uuid),
offer as (
  select o.number, o.to_id from device d
  join care.hand_over_offer o on o.organisation_id = :organisation::uuid and o.asset_id = d.asset_id and o.step = d.step + 1 order by o.number desc limit 1),
under as (
  select o.item_id, o.offer_id, o.revision, o.kind, o.description from device d
  cross join lateral (select b.item_id from care.bench_step b where b.organisation_id = :organisation::uuid and b.custody_id = d.custody_id and b.step = d.bench_step) b
  cross join lateral (select o.* from authorisations.offer_item o where o.organisation_id = :organisation::uuid and o.item_id = b.item_id limit 1) o
  where :to_kind::text = 'disposal'),
starting as (select item_id from under),
-- include: authorisations/startable
,
verdict as (
  select case when exists (select from known where same) then 'KNOWN' when exists (select from known) then 'ID_TAKEN' when d.state in ('handed_back', 'scrapped') then 'DEVICE_HANDED_BACK' when d.step <> :after_step::int then 'DEVICE_MOVED'
    when :taken_because::text is not null and (d.holder <> 'staff' or exists (
      select from identity.staff s where s.organisation_id = :organisation::uuid and s.staff_id = d.holder_id and s.active offset 0)) then 'HOLDER_ACTIVE'
    when :to_kind::text = 'staff' and d.holder = 'staff' and :taken_because::text is null and (select to_id from offer) is distinct from :staff_id::uuid then 'NOT_OFFERED'
    when :to_kind::text <> 'staff' and (d.holder <> 'staff' or d.holder_id <> :staff_id::uuid) then 'NOT_THE_HOLDER'
    when :to_kind::text = 'place' and not exists (select from care.bench_place p where p.organisation_id = :organisation::uuid and p.place_id = :place_id::uuid offset 0) then 'BENCH_PLACE_UNKNOWN'
    when :to_kind::text = 'customer' and d.state in ('repairing', 'testing') then 'DEVICE_BEING_WORKED_ON'
    when :to_kind::text = 'disposal' and not care.bench_moves(d.state, 'scrapped') then 'BENCH_MOVE_UNFIT'
    when :to_kind::text = 'disposal' and not exists (select from startable s where s.scope_id = d.scope_id and s.code is null) then 'WORK_NOT_AUTHORISED'
    when :to_kind::text = 'disposal' and not exists (
      select from under u join customers.asset a on a.organisation_id = :organisation::uuid and a.customer_id = d.customer_id and a.asset_id = d.asset_id
      where u.kind = 'disposal' and (strpos(lower(u.description), lower(a.name)) > 0 or strpos(lower(u.description), lower(a.serial)) > 0)) then 'DISPOSAL_NOT_AGREED' end as code from device d),
handing as (
  select d.asset_id, d.step + 1 as step, d.custody_id, d.customer_id, d.scope_id, d.holder as from_kind, d.holder_id as from_id, :to_kind::text as to_kind,
    case :to_kind::text when 'staff' then :staff_id::uuid when 'place' then :place_id::uuid when 'disposal' then d.asset_id else d.customer_id end as to_id,
    case when :to_kind::text = 'staff' and d.holder = 'staff' and :taken_because::text is null then (select number from offer) end as offer_number,
    case when :to_kind::text in ('customer', 'disposal') then d.bench_step + 1 end as bench_step
  from device d cross join verdict v where v.code is null),
-- include: care/hand_over
,
ended as (
  insert into care.bench_step (organisation_id, custody_id, step, scope_id, from_state, to_state, offer_id, item_id, item_revision, acted_by, acted_at)
  select :organisation::uuid, d.custody_id, h.bench_step, d.scope_id, d.state, case h.to_kind when 'customer' then 'handed_back' else 'scrapped' end, u.offer_id, u.item_id, u.revision, :actor::text, :at::timestamptz
  from device d join handing h on h.custody_id = d.custody_id left join under u on true where h.bench_step is not null),
lent_no_more as (
  insert into care.custody_loan (organisation_id, custody_id, number, kind)
  select :organisation::uuid, h.custody_id, coalesce((select max(n.number) from care.custody_loan n where n.organisation_id = :organisation::uuid and n.custody_id = h.custody_id), 0) + 1, 'closed'
  from handing h where h.bench_step is not null),
disposed as (
  insert into care.disposal (organisation_id, custody_id, step, how)
  select :organisation::uuid, custody_id, bench_step, :how::text from handing where to_kind = 'disposal'),
unlisted as (delete from care.open_custody o using handing h where o.organisation_id = :organisation::uuid and o.custody_id = h.custody_id and h.bench_step is not null),
promise_ended as (select custody_id as subject_id, 'update' as kind, 'kept' as outcome, :at::timestamptz as happened_at from handing where bench_step is not null),
-- include: promises/settle
,
happened as (
  select kind, customer_id, subject_kind, subject_id, body from hand_over_facts
  union all select kind, customer_id, subject_kind, subject_id, body from promises_settled_facts
  union all select 'loaner_asked_back', h.customer_id, 'device_custody', h.custody_id, jsonb_build_object('loaner_id', l.loaner_id, 'loan_id', l.loan_id)
  from handed h join care.loan_step l on l.organisation_id = :organisation::uuid and l.custody_id = h.custody_id and l.kind = 'lent'
  where h.to_kind in ('customer', 'disposal')
    and not exists (select from care.loan_step r where r.organisation_id = :organisation::uuid and r.loan_id = l.loan_id and r.kind in ('returned', 'retired') offset 0)),
wanted as (
  select md5(n.notice || h.custody_id)::uuid as task_id, 'send_notice' as kind, h.custody_id as subject_id, :at::timestamptz as due_at,
    jsonb_build_object('notice', n.notice, 'customer_id', h.customer_id) as body
  from handed h join (values ('customer', 'device_handed_back'), ('disposal', 'device_scrapped')) n (to_kind, notice) on n.to_kind = h.to_kind),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', hand_over_id, 'step', step, 'holder', to_kind, 'holder_id', to_id) as body from handed
  union all select 200, null, jsonb_build_object('id', hand_over_id, 'step', step, 'holder', to_kind, 'holder_id', to_id) from known where same
  union all select case code when 'BENCH_PLACE_UNKNOWN' then 422 when 'NOT_THE_HOLDER' then 403 when 'NOT_OFFERED' then 403 else 409 end, code,
    case code when 'WORK_NOT_AUTHORISED' then jsonb_build_object('items', coalesce((select jsonb_agg(jsonb_build_object('item_id', s.item_id, 'code', coalesce(s.code, 'AUTH_NOT_FOUND'))) from startable s), '[]'::jsonb))
      when 'BENCH_MOVE_UNFIT' then jsonb_build_object('state', (select state from device)) else '{}'::jsonb end
  from verdict where code <> 'KNOWN')

-- query: find_custody
select c.custody_id, c.reference, c.customer_id, u.name, c.asset_id, a.kind, a.name, a.serial, c.job_id, c.scope_id, c.visit_id, b.to_state, h.step, h.to_kind, h.to_id,
  case h.to_kind when 'staff' then (select s.name from identity.staff s where s.organisation_id = :organisation and s.staff_id = h.to_id)
    when 'place' then (select p.name from care.bench_place p where p.organisation_id = :organisation and p.place_id = h.to_id) when 'customer' then u.name end,
  h.captured_at, (select o.to_id from care.hand_over_offer o where o.organisation_id = :organisation and o.asset_id = c.asset_id and o.step = h.step + 1 order by o.number desc limit 1),
  (select p.due_at from promises.promise p where p.organisation_id = :organisation and p.subject_id = c.custody_id and p.kind = 'update'
    and exists (select from promises.open_promise n where n.organisation_id = :organisation and n.promise_id = p.promise_id offset 0) order by p.due_at limit 1), c.taken_at,
  (select d.how from care.disposal d where d.organisation_id = :organisation and d.custody_id = c.custody_id limit 1)
from care.custody c
join customers.customer u on u.organisation_id = :organisation and u.customer_id = c.customer_id
join customers.asset a on a.organisation_id = :organisation and a.customer_id = c.customer_id and a.asset_id = c.asset_id
cross join lateral (
  select h.step, h.to_kind, h.to_id, h.captured_at from care.hand_over h where h.organisation_id = :organisation and h.custody_id = c.custody_id order by h.step desc limit 1) h
cross join lateral (select b.to_state from care.bench_step b where b.organisation_id = :organisation and b.custody_id = c.custody_id order by b.step desc limit 1) b
where c.organisation_id = :organisation and c.custody_id = :custody_id

-- query: list_hand_overs
select h.hand_over_id, h.step, h.from_kind, h.from_id,
  case h.from_kind when 'staff' then (select s.name from identity.staff s where s.organisation_id = :organisation and s.staff_id = h.from_id)
    when 'place' then (select p.name from care.bench_place p where p.organisation_id = :organisation and p.place_id = h.from_id) else u.name end,
  h.to_kind, h.to_id,
  case h.to_kind when 'staff' then (select s.name from identity.staff s where s.organisation_id = :organisation and s.staff_id = h.to_id)
    when 'place' then (select p.name from care.bench_place p where p.organisation_id = :organisation and p.place_id = h.to_id) when 'customer' then u.name end,
  h.taken_because, t.content::jsonb ->> 'signed_by', t.content::jsonb ->> 'condition', coalesce(array(select jsonb_array_elements_text(t.content::jsonb -> 'accessories')), '{}'),
  array(select f.photo_id from care.hand_over_photo f where f.organisation_id = :organisation and f.hand_over_id = h.hand_over_id order by f.position),
  encode(h.content_hash, 'hex'), encode(h.signature_hash, 'hex'), encode(h.staff_signature_hash, 'hex'), h.captured_at, h.recorded_at
from care.hand_over h
join customers.customer u on u.organisation_id = :organisation and u.customer_id = h.customer_id
left join care.hand_over_text t on t.organisation_id = :organisation and t.hand_over_id = h.hand_over_id
where h.organisation_id = :organisation and h.custody_id = :custody_id and h.step > :after order by h.step limit :limit + 1
