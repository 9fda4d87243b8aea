-- verb: hear
-- A word of a customer's opens a case or joins one, and whoever awaits an answer is promised it by a time. Heard again it is the same word.
with
-- include: care/file
,
person as (
  select c.customer_id from customers.customer c where c.organisation_id = :organisation::uuid and c.customer_id = :customer_id::uuid and :opens::boolean
  union all select customer_id from file where not :opens::boolean),
known as (
  select p.case_id, m.message_id, m.reply_due_at, (:opens::boolean or p.case_id = :case_id::uuid) and coalesce(w.words = :words::text and w.channel = :channel::text and w.customer_id = :customer_id::uuid, false) as same
  from care.case_place p
  join care.case_message m on m.organisation_id = :organisation::uuid and m.message_id = p.message_id
  left join care.message w on w.organisation_id = :organisation::uuid and w.message_id = m.message_id
  where p.organisation_id = :organisation::uuid and p.number = 1 and p.message_id = :message_id::uuid),
verdict as (
  select case when exists (select from known where same) then 'KNOWN' when exists (select from known) or :opens::boolean and exists (select from file) then 'ID_TAKEN'
    when (select state = 'merged' from file) then 'CASE_MERGED' when :staff_id::uuid is not null and not exists (
      select from identity.staff s where s.organisation_id = :organisation::uuid and s.staff_id = :staff_id::uuid and s.active offset 0) then 'OWNER_UNKNOWN' end as code from person),
going as (select p.customer_id from person p cross join verdict v where v.code is null),
owner as (
  select s.staff_id from going join identity.staff s on s.organisation_id = :organisation::uuid and s.active
  order by s.staff_id is not distinct from coalesce(:staff_id::uuid, (select n.staff_id from care.open_case n where n.organisation_id = :organisation::uuid and n.case_id = :case_id::uuid)) desc,
    coalesce(coalesce(:team::text, (select n.team from care.open_case n where n.organisation_id = :organisation::uuid and n.case_id = :case_id::uuid)) = any (s.roles), false) desc, 'staff:' || s.staff_id = :actor::text desc, 'manager' = any (s.roles) desc, s.staff_id limit 1),
opened as (
  insert into care.case_file (organisation_id, case_id, customer_id, contact_id, channel, raised_by, raised_at, continues_case_id)
  select :organisation::uuid, :case_id::uuid, customer_id, :contact_id::uuid, :channel::text, :actor::text, :at::timestamptz, :continues_case_id::uuid from going where :opens::boolean),
said as (
  insert into care.message (organisation_id, message_id, customer_id, contact_id, direction, channel, reached, words, noted_by)
  select :organisation::uuid, :message_id::uuid, customer_id, :contact_id::uuid, 'in', :channel::text, true, :words::text, :actor::text from going),
word as (
  insert into care.case_message (organisation_id, message_id, customer_id, direction, awaits, reply_due_at, said_at)
  select :organisation::uuid, :message_id::uuid, customer_id, 'in', (:reply_due_at::timestamptz is not null)::int, :reply_due_at::timestamptz, :at::timestamptz from going),
repeated as (
  select f.case_id, f.noted_at from going g join care.case_fault f on f.organisation_id = :organisation::uuid and f.customer_id = g.customer_id and f.noted_at >= :at::timestamptz - interval '30 days'
  where :fault::boolean and coalesce(f.site_id = :site_id::uuid, true) and coalesce(f.asset_id = :asset_id::uuid, true) order by f.noted_at desc, f.case_id desc limit 1),
fault as (
  insert into care.case_fault (organisation_id, case_id, customer_id, site_id, asset_id, noted_at, repeats_case_id, repeats_noted_at)
  select :organisation::uuid, :case_id::uuid, g.customer_id, :site_id::uuid, :asset_id::uuid, :at::timestamptz, r.case_id, r.noted_at from going g left join repeated r on true where :fault::boolean),
stepping as (
  select :case_id::uuid as case_id, customer_id, 'heard' as kind, (:reply_due_at::timestamptz is not null)::int as carried, :message_id::uuid as message_id, null::uuid as other_case_id,
    :team::text as team, :staff_id::uuid as staff_id, null::uuid as note_id, :reply_due_at::timestamptz as due_at, case when :fault::boolean then exists (select from repeated) end as returned from going),
-- include: care/step
,
placed as (insert into care.case_place (organisation_id, message_id, number, case_id, step, customer_id) select :organisation::uuid, :message_id::uuid, 1, case_id, step, customer_id from care_stepped),
-- A complaint while something is down is attached to it.
attached as (
  insert into care.case_incident (organisation_id, case_id, incident_id, attached_at)
  select :organisation::uuid, :case_id::uuid, n.incident_id, :at::timestamptz from going g cross join unnest(:incident_ids::uuid[]) n (incident_id)
  on conflict on constraint one_incident_a_case do nothing),
faults_told as (
  select :case_id::uuid as case_id, customer_id, :site_id::uuid as site_id, :at::timestamptz as reported_at from going
  where :opens::boolean and (:fault::boolean or cardinality(:incident_ids::uuid[]) > 0)),
-- include: subscriptions/report_faults
,
promised as (
  select :promise_id::uuid as promise_id, g.customer_id, 'reply' as kind, 'message' as subject_kind, :message_id::uuid as subject_id, :reply_due_at::timestamptz as due_at, o.staff_id as owner_staff_id,
    case when :channel::text in ('phone', 'in_person', 'email', 'sms') then :channel::text else 'api' end as via
  from going g cross join owner o where :reply_due_at::timestamptz is not null),
-- include: promises/make
,
happened as (
  select kind, customer_id, subject_kind, subject_id, body from care_facts
  union all select kind, customer_id, subject_kind, subject_id, body from promises_made_facts),
answer as (
  select 201 as status, null::text as code,
    jsonb_build_object('id', case_id, 'reference', authorisations.reference('case', case_id), 'message_id', :message_id::uuid, 'reply_due_at', :reply_due_at::timestamptz,
      'incident_ids', to_jsonb(array(select n.incident_id from unnest(:incident_ids::uuid[]) n (incident_id) order by n.incident_id))) as body from care_stepped
  union all select 200, null, jsonb_build_object('id', case_id, 'reference', authorisations.reference('case', case_id), 'message_id', message_id, 'reply_due_at', reply_due_at,
      'incident_ids', to_jsonb(array(select a.incident_id from care.case_incident a where a.organisation_id = :organisation::uuid and a.case_id = known.case_id and :opens::boolean order by a.incident_id))) from known where same
  union all select case code when 'OWNER_UNKNOWN' then 422 else 409 end, code, '{}'::jsonb from verdict where code <> 'KNOWN')

-- verb: answer_case
-- Our word answers everything of theirs that waits in the case and keeps what was promised of it; by mail or text it leaves with the case's reference.
with
-- include: care/file
,
known as (
  select p.case_id = :case_id::uuid and coalesce(w.words = :words::text and w.channel = :channel::text, false) as same
  from care.case_place p left join care.message w on w.organisation_id = :organisation::uuid and w.message_id = p.message_id
  where p.organisation_id = :organisation::uuid and p.number = 1 and p.message_id = :message_id::uuid),
verdict as (
  select case when exists (select from known where same) then 'KNOWN' when exists (select from known) then 'ID_TAKEN' when state = 'merged' then 'CASE_MERGED'
    when :channel::text in ('email', 'sms', 'chat') and not exists (select from customers.contact c where c.organisation_id = :organisation::uuid and c.customer_id = f.customer_id and c.channel = :channel::text offset 0)
    then 'ANSWER_UNADDRESSED' end as code from file f),
going as (
  select f.case_id, f.customer_id, case when :channel::text not in ('sms', 'chat') then f.contact_id else (
    select w.contact_id from care.case_place p join care.message w on w.organisation_id = :organisation::uuid and w.message_id = p.message_id and w.direction = 'in' and w.channel = :channel::text and w.contact_id is not null
    where p.organisation_id = :organisation::uuid and p.case_id = f.case_id order by p.message_id desc limit 1) end as contact_id
  from file f cross join verdict v where v.code is null),
said as (
  insert into care.message (organisation_id, message_id, customer_id, contact_id, direction, channel, reached, words, noted_by)
  select :organisation::uuid, :message_id::uuid, customer_id, contact_id, 'out', :channel::text, true, :words::text, :actor::text from going),
word as (
  insert into care.case_message (organisation_id, message_id, customer_id, direction, awaits, said_at) select :organisation::uuid, :message_id::uuid, customer_id, 'out', 0, :at::timestamptz from going),
stepping as (
  select case_id, customer_id, 'answered' as kind, null::int as carried, :message_id::uuid as message_id, null::uuid as other_case_id, null::text as team, null::uuid as staff_id, null::uuid as note_id,
    null::timestamptz as due_at, null::boolean as returned from going),
-- include: care/step
,
placed as (insert into care.case_place (organisation_id, message_id, number, case_id, step, customer_id) select :organisation::uuid, :message_id::uuid, 1, case_id, step, customer_id from care_stepped),
waited as (
  select p.message_id from going g
  cross join lateral (
    select p.message_id from care.case_place p where p.organisation_id = :organisation::uuid and p.case_id = g.case_id
      and not exists (select from care.case_place n where n.organisation_id = :organisation::uuid and n.message_id = p.message_id and n.number = p.number + 1 offset 0)
      and not exists (select from care.case_reply r where r.organisation_id = :organisation::uuid and r.message_id = p.message_id offset 0)
      and exists (select from care.case_message m where m.organisation_id = :organisation::uuid and m.message_id = p.message_id and m.awaits = 1 offset 0) offset 0) p),
replied as (insert into care.case_reply (organisation_id, message_id, answer_id) select :organisation::uuid, message_id, :message_id::uuid from waited),
promise_ended as (select message_id as subject_id, 'reply' as kind, 'kept' as outcome, :at::timestamptz as happened_at from waited),
-- include: promises/settle
,
happened as (
  select kind, customer_id, subject_kind, subject_id, body from care_facts
  union all select kind, customer_id, subject_kind, subject_id, body from promises_settled_facts),
wanted as (
  select :message_id::uuid as task_id, 'send_notice' as kind, :message_id::uuid as subject_id, :at::timestamptz as due_at,
    jsonb_build_object('notice', 'case_answer', 'customer_id', customer_id, 'contact_id', contact_id) as body from going where :channel::text in ('email', 'sms', 'chat')),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', :message_id::uuid, 'settled', (select coalesce(jsonb_agg(promise_id order by promise_id), '[]'::jsonb) from promises_settled)) as body from care_stepped
  union all select 200, null, jsonb_build_object('id', :message_id::uuid, 'settled', '[]'::jsonb) from known where same
  union all select 409, code, '{}'::jsonb from verdict where code <> 'KNOWN')

-- verb: move_case
-- A remark, a handing over, a fault or the end of it.
with
-- include: care/file
,
known as (
  select n.case_id = :case_id::uuid and n.words = :words::text as same from care.case_note n where n.organisation_id = :organisation::uuid and n.note_id = :note_id::uuid),
verdict as (
  select case when exists (select from known where same) or :kind::text = 'closed' and state = 'closed'
      or :kind::text = 'fault' and exists (select from care.case_fault t where t.organisation_id = :organisation::uuid and t.case_id = f.case_id offset 0) then 'KNOWN'
    when exists (select from known) then 'ID_TAKEN' when state = 'merged' then 'CASE_MERGED' when :kind::text = 'handed' and state = 'closed' then 'CASE_CLOSED'
    when :kind::text = 'closed' and waiting > 0 then 'CASE_UNANSWERED'
    when :kind::text = 'closed' and exists (
      select from care.case_place p join care.objection o on o.organisation_id = :organisation::uuid and o.message_id = p.message_id
      where p.organisation_id = :organisation::uuid and p.case_id = f.case_id
        and not exists (select from care.case_place n where n.organisation_id = :organisation::uuid and n.message_id = p.message_id and n.number = p.number + 1 offset 0)
        and not exists (select from care.objection_decision d where d.organisation_id = :organisation::uuid and d.objection_id = o.objection_id offset 0) offset 0) then 'CASE_CONTESTED'
    when :staff_id::uuid is not null and not exists (
      select from identity.staff s where s.organisation_id = :organisation::uuid and s.staff_id = :staff_id::uuid and s.active offset 0) then 'OWNER_UNKNOWN' end as code from file f),
going as (select f.case_id, f.customer_id from file f cross join verdict v where v.code is null),
noted as (
  insert into care.case_note (organisation_id, note_id, case_id, customer_id, words) select :organisation::uuid, :note_id::uuid, case_id, customer_id, :words::text from going where :words::text is not null),
repeated as (
  select t.case_id, t.noted_at from going g join care.case_fault t on t.organisation_id = :organisation::uuid and t.customer_id = g.customer_id and t.noted_at >= :at::timestamptz - interval '30 days'
  where :kind::text = 'fault' and coalesce(t.site_id = :site_id::uuid, true) and coalesce(t.asset_id = :asset_id::uuid, true) order by t.noted_at desc, t.case_id desc limit 1),
fault as (
  insert into care.case_fault (organisation_id, case_id, customer_id, site_id, asset_id, noted_at, repeats_case_id, repeats_noted_at)
  select :organisation::uuid, g.case_id, g.customer_id, :site_id::uuid, :asset_id::uuid, :at::timestamptz, r.case_id, r.noted_at from going g left join repeated r on true where :kind::text = 'fault'),
-- It was when they first spoke of it.
faults_told as (
  select g.case_id, g.customer_id, :site_id::uuid as site_id, f.raised_at as reported_at from going g
  cross join lateral (select c.raised_at from care.case_file c where c.organisation_id = :organisation::uuid and c.case_id = g.case_id limit 1) f where :kind::text = 'fault'),
-- include: subscriptions/report_faults
,
stepping as (
  select case_id, customer_id, :kind::text as kind, 0 as carried, null::uuid as message_id, null::uuid as other_case_id, :team::text as team, :staff_id::uuid as staff_id,
    case when :words::text is not null then :note_id::uuid end as note_id, null::timestamptz as due_at, case when :kind::text = 'fault' then exists (select from repeated) end as returned from going),
-- include: care/step
,
care_given as (select case_id, :team::text as team, :staff_id::uuid as staff_id from going where :kind::text = 'handed'),
-- include: care/given
,
happened as (select kind, customer_id, subject_kind, subject_id, body from care_facts),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('id', case_id, 'state', state) as body from care_stepped
  union all select 200, null, jsonb_build_object('id', f.case_id, 'state', f.state) from file f cross join verdict v where v.code = 'KNOWN'
  union all select case code when 'OWNER_UNKNOWN' then 422 else 409 end, code, '{}'::jsonb from verdict where code <> 'KNOWN')

-- verb: merge_case
-- The one ends and leads to the other, which takes its words and what waits of them.
with
-- include: care/file
,
other as (
  select t.case_id, t.customer_id, l.state, l.team, l.staff_id from care.case_file t
  cross join lateral (select s.state, s.team, s.staff_id from care.case_step s where s.organisation_id = :organisation::uuid and s.case_id = t.case_id order by s.step desc limit 1) l
  where t.organisation_id = :organisation::uuid and t.case_id = :into_case_id::uuid),
verdict as (
  select case when f.state = 'merged' and f.other_case_id = :into_case_id::uuid then 'KNOWN' when f.state = 'merged' or o.state = 'merged' then 'CASE_MERGED'
    when o.case_id is null or o.case_id = f.case_id or o.customer_id <> f.customer_id then 'CASES_APART' end as code from file f left join other o on true),
going as (
  select f.case_id, f.customer_id, f.waiting, (select n.due_at from care.open_case n where n.organisation_id = :organisation::uuid and n.case_id = f.case_id limit 1) as due_at
  from file f cross join verdict v where v.code is null),
stepping as (
  select case_id, customer_id, 'merged' as kind, -waiting as carried, null::uuid as message_id, :into_case_id::uuid as other_case_id, null::text as team, null::uuid as staff_id, null::uuid as note_id,
    null::timestamptz as due_at, null::boolean as returned from going
  union all select :into_case_id::uuid, customer_id, 'joined', waiting, null, case_id, null, null, null, due_at, null from going),
-- include: care/step
,
placed as (
  insert into care.case_place (organisation_id, message_id, number, case_id, step, customer_id)
  select :organisation::uuid, p.message_id, p.number + 1, s.case_id, s.step, s.customer_id from care_stepped s cross join going g
  cross join lateral (
    select p.message_id, p.number from care.case_place p where p.organisation_id = :organisation::uuid and p.case_id = g.case_id
      and not exists (select from care.case_place n where n.organisation_id = :organisation::uuid and n.message_id = p.message_id and n.number = p.number + 1 offset 0) offset 0) p
  where s.kind = 'joined'),
care_given as (select g.case_id, o.team, o.staff_id from going g cross join other o),
-- include: care/given
,
happened as (select kind, customer_id, subject_kind, subject_id, body from care_facts),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('id', :into_case_id::uuid, 'state', state) as body from care_stepped where kind = 'joined'
  union all select 200, null, jsonb_build_object('id', o.case_id, 'state', o.state) from other o cross join verdict v where v.code = 'KNOWN'
  union all select case code when 'CASES_APART' then 422 else 409 end, code, '{}'::jsonb from verdict where code <> 'KNOWN')

-- verb: split_case
-- Some of its words become a case of their own, with what waits of them; neither is without words.
with
-- include: care/file
,
inside as (
  select p.message_id, p.number, m.awaits = 1 and not exists (select from care.case_reply r where r.organisation_id = :organisation::uuid and r.message_id = p.message_id offset 0) as waits, m.reply_due_at,
    p.message_id = any (:message_ids::uuid[]) as goes
  from file f
  cross join lateral (
    select p.message_id, p.number from care.case_place p where p.organisation_id = :organisation::uuid and p.case_id = f.case_id
      and not exists (select from care.case_place n where n.organisation_id = :organisation::uuid and n.message_id = p.message_id and n.number = p.number + 1 offset 0) offset 0) p
  cross join lateral (select m.awaits, m.reply_due_at from care.case_message m where m.organisation_id = :organisation::uuid and m.message_id = p.message_id limit 1) m),
before as (
  select s.other_case_id from care.case_step s where s.organisation_id = :organisation::uuid and s.case_id = :new_case_id::uuid and s.step = 1 and s.kind = 'split_off'),
verdict as (
  select case when (select other_case_id from before) = f.case_id then 'KNOWN' when exists (select from care.case_file t where t.organisation_id = :organisation::uuid and t.case_id = :new_case_id::uuid offset 0) then 'ID_TAKEN'
    when state = 'merged' then 'CASE_MERGED'
    when (select count(*) filter (where goes) <> cardinality(:message_ids::uuid[]) or bool_and(goes) from inside) then 'CASES_APART' end as code from file f),
going as (select f.case_id, f.customer_id, f.contact_id, f.channel, (select count(*)::int from inside where goes and waits) as waiting from file f cross join verdict v where v.code is null),
opened as (
  insert into care.case_file (organisation_id, case_id, customer_id, contact_id, channel, raised_by, raised_at)
  select :organisation::uuid, :new_case_id::uuid, customer_id, contact_id, channel, :actor::text, :at::timestamptz from going),
stepping as (
  select case_id, customer_id, 'divided' as kind, -waiting as carried, null::uuid as message_id, :new_case_id::uuid as other_case_id, null::text as team, null::uuid as staff_id, null::uuid as note_id,
    (select min(reply_due_at) from inside where waits and not goes) as due_at, null::boolean as returned from going
  union all select :new_case_id::uuid, g.customer_id, 'split_off', g.waiting, null, g.case_id, l.team, l.staff_id, null, (select min(reply_due_at) from inside where waits and goes), null
  from going g cross join lateral (select s.team, s.staff_id from care.case_step s where s.organisation_id = :organisation::uuid and s.case_id = g.case_id order by s.step desc limit 1) l),
-- include: care/step
,
placed as (
  insert into care.case_place (organisation_id, message_id, number, case_id, step, customer_id)
  select :organisation::uuid, i.message_id, i.number + 1, s.case_id, s.step, s.customer_id from care_stepped s cross join inside i where s.kind = 'split_off' and i.goes),
happened as (select kind, customer_id, subject_kind, subject_id, body from care_facts),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', case_id, 'state', state) as body from care_stepped where kind = 'split_off'
  union all select 200, null, jsonb_build_object('id', :new_case_id::uuid, 'state', 'open') from verdict where code = 'KNOWN'
  union all select case code when 'CASES_APART' then 422 else 409 end, code, '{}'::jsonb from verdict where code <> 'KNOWN')

-- query: list_cases
-- What came back first, then what breaks next, then what doesn't wait for us.
select o.case_id, f.reference, o.customer_id, c.name, f.channel, 'open', o.waiting, nullif(o.due_at, '9999-12-31 00:00+00'), o.due_at <= :at, o.returned, o.team, o.staff_id,
  (select s.name from identity.staff s where s.organisation_id = :organisation and s.staff_id = o.staff_id), f.raised_at, o.rank,
  (select coalesce(nullif(h.subject, ''), left(w.words, 120)) from care.case_place p join care.message w on w.organisation_id = :organisation and w.message_id = p.message_id
    left join care.mail_head h on h.organisation_id = :organisation and h.message_id = p.message_id where p.organisation_id = :organisation and p.case_id = f.case_id order by p.message_id limit 1) as about
from care.open_case o
join care.case_file f on f.organisation_id = :organisation and f.case_id = o.case_id
join customers.customer c on c.organisation_id = :organisation and c.customer_id = o.customer_id
where o.organisation_id = :organisation and (o.rank, o.due_at, o.case_id) > (:after_rank::int, :after_at::timestamptz, :after_id::uuid)
  and (:staff_id::uuid is null or o.staff_id = :staff_id) and (:teams::text[] is null or o.team = any (:teams)) and (:unassigned::boolean is not true or o.staff_id is null and o.team is null)
order by o.rank, o.due_at, o.case_id limit :limit + 1

-- query: list_open_cases_of_customer
-- The same of one customer.
select o.case_id, f.reference, o.customer_id, c.name, f.channel, 'open', o.waiting, nullif(o.due_at, '9999-12-31 00:00+00'), o.due_at <= :at, o.returned, o.team, o.staff_id,
  (select s.name from identity.staff s where s.organisation_id = :organisation and s.staff_id = o.staff_id), f.raised_at, o.rank,
  (select coalesce(nullif(h.subject, ''), left(w.words, 120)) from care.case_place p join care.message w on w.organisation_id = :organisation and w.message_id = p.message_id
    left join care.mail_head h on h.organisation_id = :organisation and h.message_id = p.message_id where p.organisation_id = :organisation and p.case_id = f.case_id order by p.message_id limit 1) as about
from care.open_case o
join care.case_file f on f.organisation_id = :organisation and f.case_id = o.case_id
join customers.customer c on c.organisation_id = :organisation and c.customer_id = o.customer_id
where o.organisation_id = :organisation and o.customer_id = :customer_id
order by o.rank, o.due_at, o.case_id limit :limit

-- query: list_cases_of_customer
-- All of them, the latest first.
select f.case_id, f.reference, f.customer_id, c.name, f.channel, l.state, l.waiting, nullif(o.due_at, '9999-12-31 00:00+00'), coalesce(o.due_at <= :at, false), coalesce(o.returned, false), l.team, l.staff_id,
  (select s.name from identity.staff s where s.organisation_id = :organisation and s.staff_id = l.staff_id), f.raised_at, coalesce(o.rank, 3),
  (select coalesce(nullif(h.subject, ''), left(w.words, 120)) from care.case_place p join care.message w on w.organisation_id = :organisation and w.message_id = p.message_id
    left join care.mail_head h on h.organisation_id = :organisation and h.message_id = p.message_id where p.organisation_id = :organisation and p.case_id = f.case_id order by p.message_id limit 1) as about
from care.case_file f
join customers.customer c on c.organisation_id = :organisation and c.customer_id = f.customer_id
cross join lateral (
  select s.state, s.waiting, s.team, s.staff_id from care.case_step s where s.organisation_id = :organisation and s.case_id = f.case_id order by s.step desc limit 1) l
left join care.open_case o on o.organisation_id = :organisation and o.case_id = f.case_id
where f.organisation_id = :organisation and f.customer_id = :customer_id and f.case_id < :before
order by f.case_id desc limit :limit + 1

-- query: find_case
select f.case_id, f.reference, f.customer_id, c.name, f.contact_id, f.channel, l.state, l.waiting, nullif(o.due_at, '9999-12-31 00:00+00'), coalesce(o.due_at <= :at, false), l.team, l.staff_id,
  (select s.name from identity.staff s where s.organisation_id = :organisation and s.staff_id = l.staff_id), f.raised_by, f.raised_at, case l.state when 'merged' then l.other_case_id end,
  t.case_id is not null, t.site_id, t.asset_id, t.repeats_case_id,
  (select r.reference from care.case_file r where r.organisation_id = :organisation and r.case_id = coalesce(case l.state when 'merged' then l.other_case_id end, t.repeats_case_id)) as other_reference,
  (select coalesce(jsonb_agg(jsonb_build_object('id', i.incident_id, 'what', i.what, 'begins_at', i.begins_at, 'until_at', i.until_at, 'closed_at', e.closed_at) order by i.begins_at, i.incident_id), '[]'::jsonb)
   from care.case_incident a
   join subscriptions.incident i on i.organisation_id = a.organisation_id and i.incident_id = a.incident_id
   left join subscriptions.incident_end e on e.organisation_id = a.organisation_id and e.incident_id = a.incident_id
   where a.organisation_id = :organisation and a.case_id = f.case_id),
  f.continues_case_id, (select n.case_id from care.case_file n where n.organisation_id = :organisation and n.continues_case_id = f.case_id), l.step
from care.case_file f
join customers.customer c on c.organisation_id = :organisation and c.customer_id = f.customer_id
cross join lateral (
  select s.state, s.waiting, s.team, s.staff_id, s.other_case_id, s.step from care.case_step s where s.organisation_id = :organisation and s.case_id = f.case_id order by s.step desc limit 1) l
left join care.open_case o on o.organisation_id = :organisation and o.case_id = f.case_id
left join care.case_fault t on t.organisation_id = :organisation and t.case_id = f.case_id
where f.organisation_id = :organisation and f.case_id = :case_id

-- query: list_words_of_cases
-- What was said in each of them, where it is now, as it was said; of each the first so many.
select c.case_id, e.direction, e.at, e.words, h.subject, (select coalesce(jsonb_agg(a.name order by a.number), '[]'::jsonb) from care.attachment a where a.organisation_id = :organisation and a.taken_id = e.message_id)
from unnest(:case_ids::uuid[]) with ordinality as c (case_id, place)
cross join lateral (
  select m.direction, m.said_at as at, p.step, m.message_id, w.words
  from care.case_place p
  join care.case_message m on m.organisation_id = :organisation and m.message_id = p.message_id
  left join care.message w on w.organisation_id = :organisation and w.message_id = p.message_id
  where p.organisation_id = :organisation and p.case_id = c.case_id
    and not exists (select from care.case_place n where n.organisation_id = :organisation and n.message_id = p.message_id and n.number = p.number + 1)
  order by m.said_at, p.step, m.message_id limit :limit) e
left join care.mail_head h on h.organisation_id = :organisation and h.message_id = e.message_id
order by c.place, e.at, e.step, e.message_id

-- query: list_case_entries
-- The words that are in it now, wherever they were said, and what happened to it, as it happened.
select e.kind, e.at, e.step, e.id, e.direction, e.channel, e.words, e.actor, (select s.name from identity.staff s where s.organisation_id = :organisation and e.actor = 'staff:' || s.staff_id),
  e.awaits, e.answered, e.other_case_id, (select f.reference from care.case_file f where f.organisation_id = :organisation and f.case_id = e.other_case_id), e.team,
  (select s.name from identity.staff s where s.organisation_id = :organisation and s.staff_id = e.staff_id), h.subject, h.sender, coalesce(h.automatic, false),
  (select coalesce(jsonb_agg(jsonb_build_object('id', a.attachment_id, 'name', a.name, 'media_type', a.media_type, 'size_bytes', a.size_bytes, 'refused', a.refused) order by a.number), '[]'::jsonb)
   from care.attachment a where a.organisation_id = :organisation and a.taken_id = e.id)
from (
  select case m.direction when 'in' then 'heard' else 'answered' end as kind, m.said_at as at, p.step, m.message_id as id, m.direction, w.channel, w.words, w.noted_by as actor,
    m.awaits = 1 as awaits, exists (select from care.case_reply r where r.organisation_id = :organisation and r.message_id = m.message_id) as answered, null::uuid as other_case_id, null::text as team, null::uuid as staff_id
  from care.case_place p
  join care.case_message m on m.organisation_id = :organisation and m.message_id = p.message_id
  left join care.message w on w.organisation_id = :organisation and w.message_id = p.message_id
  where p.organisation_id = :organisation and p.case_id = :case_id
    and not exists (select from care.case_place n where n.organisation_id = :organisation and n.message_id = p.message_id and n.number = p.number + 1)
  union all
  select s.kind, s.acted_at, s.step, coalesce(s.note_id, s.other_case_id, s.case_id), null, null, n.words, s.acted_by, false, false, s.other_case_id, case s.kind when 'handed' then s.team end, case s.kind when 'handed' then s.staff_id end
  from care.case_step s left join care.case_note n on n.organisation_id = :organisation and n.note_id = s.note_id
  where s.organisation_id = :organisation and s.case_id = :case_id and s.kind not in ('heard', 'answered')) e
left join care.mail_head h on h.organisation_id = :organisation and h.message_id = e.id
where (e.at, e.step, e.id) > (:after_at::timestamptz, :after_step::int, :after_id::uuid)
order by e.at, e.step, e.id limit :limit + 1

-- query: find_case_of_message
-- Where a word is now.
select p.case_id from care.case_place p where p.organisation_id = :organisation and p.message_id = :message_id order by p.number desc limit 1

-- query: find_case_answer
-- A word of ours as its mail or text tells it.
select f.reference, w.channel, w.words
from care.case_place p
join care.case_file f on f.organisation_id = :organisation and f.case_id = p.case_id
left join care.message w on w.organisation_id = :organisation and w.message_id = p.message_id
where p.organisation_id = :organisation and p.message_id = :message_id order by p.number desc limit 1

-- query: list_case_incidents
select i.incident_id, i.what, i.begins_at, i.until_at, e.closed_at
from care.case_incident a
join subscriptions.incident i on i.organisation_id = a.organisation_id and i.incident_id = a.incident_id
left join subscriptions.incident_end e on e.organisation_id = a.organisation_id and e.incident_id = a.incident_id
where a.organisation_id = :organisation and a.case_id = :case_id order by i.begins_at, i.incident_id

-- query: count_cases_of_incident
select count(*)::int from care.case_incident a where a.organisation_id = :organisation and a.incident_id = :incident_id
