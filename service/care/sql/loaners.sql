-- verb: add_loaner
with known as (
  select l.loaner_id, l.loaner_id = :loaner_id::uuid and (l.kind, l.name) = (:kind::text, :name::text) and l.serial is not distinct from :serial::text as same from care.loaner l
  where l.organisation_id = :organisation::uuid and (l.loaner_id = :loaner_id::uuid or l.name = :name::text) order by l.loaner_id = :loaner_id::uuid desc limit 1),
added as (
  insert into care.loaner (organisation_id, loaner_id, kind, name, serial, added_by, added_at)
  select :organisation::uuid, :loaner_id::uuid, :kind::text, :name::text, :serial::text, :actor::text, :at::timestamptz where not exists (select from known) returning loaner_id),
happened as (select 'loaner_added' as kind, null::uuid as customer_id, 'loaner' as subject_kind, loaner_id as subject_id, '{}'::jsonb as body from added),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', loaner_id) as body from added
  union all select case when same then 200 else 409 end, case when same then null when loaner_id = :loaner_id::uuid then 'ID_TAKEN' else 'LOANER_EXISTS' end, case when same then jsonb_build_object('id', loaner_id) else '{}'::jsonb end from known)

-- verb: move_loaner
-- Out to whoever's device is here, or back from whoever has it, as the photos show it. What was promised when it went out is kept by its return; that it went out is told.
with
-- include: care/device
,
last as (
  select l.step, l.kind, l.loan_id from care.loan_step l where l.organisation_id = :organisation::uuid and l.loaner_id = :loaner_id::uuid order by l.step desc limit 1),
known as (
  select l.loan_id, l.kind, l.loaner_id = :loaner_id::uuid and l.custody_id = :custody_id::uuid and l.signature_hash = decode(:signature_hash::text, 'hex') as same
  from care.loan_step l where l.organisation_id = :organisation::uuid and l.loan_id = :loan_id::uuid and l.kind = :kind::text),
verdict as (
  select case when exists (select from known where same) then 'KNOWN' when :kind::text = 'lent' and exists (select from known) then 'ID_TAKEN'
    when :kind::text = 'lent' and d.state in ('handed_back', 'scrapped') then 'DEVICE_HANDED_BACK'
    when :kind::text = 'lent' and (select kind from last) = 'retired' then 'LOANER_RETIRED' when :kind::text = 'lent' and (select kind from last) = 'lent' then 'LOANER_OUT'
    when :kind::text = 'returned' and not exists (select from last where kind = 'lent' and loan_id = :loan_id::uuid) then 'LOANER_NOT_OUT' end as code from device d),
going as (select d.*, coalesce((select step from last), 0) + 1 as loan_step from device d cross join verdict v where v.code is null),
counted as (
  insert into care.custody_loan (organisation_id, custody_id, number, kind, loan_id)
  select :organisation::uuid, custody_id, coalesce((select max(n.number) from care.custody_loan n where n.organisation_id = :organisation::uuid and n.custody_id = going.custody_id), 0) + 1, 'lent', :loan_id::uuid
  from going where :kind::text = 'lent'),
moved as (
  insert into care.loan_step (organisation_id, loaner_id, step, kind, loan_id, customer_id, custody_id, scope_id, photos, staff_id, contact_id, content_hash, signature_hash, staff_signature_hash, signed_by, captured_at)
  select :organisation::uuid, :loaner_id::uuid, loan_step, :kind::text, :loan_id::uuid, customer_id, custody_id, scope_id, cardinality(:photo_ids::uuid[]), :staff_id::uuid, :contact_id::uuid, decode(:content_hash::text, 'hex'),
    decode(:signature_hash::text, 'hex'), decode(:staff_signature_hash::text, 'hex'), :signed_by::text, :captured_at::timestamptz from going
  returning loan_id, loaner_id, kind),
papered as (
  insert into care.loan_paper (organisation_id, loan_id, kind, customer_id, content, content_hash, strokes, strokes_hash, staff_strokes, staff_strokes_hash)
  select :organisation::uuid, :loan_id::uuid, :kind::text, customer_id, :content::text, decode(:content_hash::text, 'hex'), :strokes::text, decode(:signature_hash::text, 'hex'),
    :staff_strokes::text, decode(:staff_signature_hash::text, 'hex') from going),
shown as (
  insert into care.loan_photo (organisation_id, loan_id, kind, scope_id, position, photos, photo_id, photo_hash)
  select :organisation::uuid, :loan_id::uuid, :kind::text, p.scope_id, n.position, cardinality(:photo_ids::uuid[]), p.photo_id, p.photo_hash
  from going cross join unnest(:photo_ids::uuid[]) with ordinality n (photo_id, position)
  cross join lateral (select p.photo_id, p.scope_id, p.photo_hash from authorisations.photo p where p.organisation_id = :organisation::uuid and p.photo_id = n.photo_id limit 1) p),
promise_ended as (select :loan_id::uuid as subject_id, 'update' as kind, 'kept' as outcome, :at::timestamptz as happened_at from going where :kind::text = 'returned'),
-- include: promises/settle
,
promised as (
  select :promise_id::uuid as promise_id, customer_id, 'update' as kind, 'loan' as subject_kind, :loan_id::uuid as subject_id, :back_by::timestamptz as due_at, :staff_id::uuid as owner_staff_id,
    'in_person' as via from going where :kind::text = 'lent'),
-- include: promises/make
,
happened as (
  select 'loaner_' || :kind::text as kind, customer_id, 'device_custody' as subject_kind, custody_id as subject_id, jsonb_build_object('loaner_id', :loaner_id::uuid, 'loan_id', :loan_id::uuid) as body from going
  union all select kind, customer_id, subject_kind, subject_id, body from promises_settled_facts
  union all select kind, customer_id, subject_kind, subject_id, body from promises_made_facts),
wanted as (
  select md5('loaner_lent' || :loan_id::uuid)::uuid as task_id, 'send_notice' as kind, :loan_id::uuid as subject_id, :at::timestamptz as due_at,
    jsonb_build_object('notice', 'loaner_lent', 'customer_id', customer_id) as body from going where :kind::text = 'lent'),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', loan_id, 'loaner_id', loaner_id, 'kind', kind) as body from moved
  union all select 200, null, jsonb_build_object('id', loan_id, 'loaner_id', :loaner_id::uuid, 'kind', kind) from known where same
  union all select 409, code, '{}'::jsonb from verdict where code <> 'KNOWN')

-- verb: retire_loaner
-- The last of its steps: from the shelf, or with whoever has it, whose promise is given up. Retired the same way already, nothing changes.
with last as (
  select l.step, l.kind, l.loan_id, l.customer_id, l.custody_id, l.scope_id, l.retired_because from care.loan_step l
  where l.organisation_id = :organisation::uuid and l.loaner_id = :loaner_id::uuid order by l.step desc limit 1),
verdict as (
  select case when (select kind from last) = 'retired' then case when (select retired_because from last) = :because::text then 'KNOWN' else 'LOANER_RETIRED' end
    when (select kind from last) = 'lent' and :because::text = 'worn_out' then 'LOANER_OUT' end as code),
going as (
  select o.loaner_id, coalesce((select step from last), 0) + 1 as step, n.loan_id, n.customer_id, n.custody_id, n.scope_id
  from care.loaner o cross join verdict v left join last n on n.kind = 'lent' where o.organisation_id = :organisation::uuid and o.loaner_id = :loaner_id::uuid and v.code is null),
retired as (
  insert into care.loan_step (organisation_id, loaner_id, step, kind, loan_id, customer_id, custody_id, scope_id, photos, retired_because, retired_words, staff_id, signed_by, captured_at)
  select :organisation::uuid, loaner_id, step, 'retired', loan_id, customer_id, custody_id, scope_id, 0, :because::text, :words::text, :staff_id::uuid, 'staff:' || :staff_id::uuid, :at::timestamptz from going),
promise_ended as (select loan_id as subject_id, 'update' as kind, 'released' as outcome, :at::timestamptz as happened_at from going where loan_id is not null),
-- include: promises/settle
,
happened as (
  select 'loaner_retired' as kind, customer_id, case when loan_id is null then 'loaner' else 'device_custody' end as subject_kind, coalesce(custody_id, loaner_id) as subject_id,
    jsonb_strip_nulls(jsonb_build_object('loaner_id', loaner_id, 'loan_id', loan_id, 'because', :because::text)) as body from going
  union all select kind, customer_id, subject_kind, subject_id, body from promises_settled_facts),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('id', :loaner_id::uuid, 'because', :because::text) as body from verdict where coalesce(code, 'KNOWN') = 'KNOWN'
  union all select 409, code, '{}'::jsonb from verdict where code <> 'KNOWN')

-- query: list_loan_steps
-- What became of it, the latest first: out, back and retired, as signed and as the photos show it.
select s.step, s.kind, s.loan_id, s.customer_id, u.name, s.custody_id, p.content::jsonb ->> 'signed_by', p.content::jsonb ->> 'condition',
  coalesce(array(select jsonb_array_elements_text(p.content::jsonb -> 'accessories')), '{}'),
  array(select f.photo_id from care.loan_photo f where f.organisation_id = :organisation and f.loan_id = s.loan_id and f.kind = s.kind order by f.position),
  s.retired_because, s.retired_words, s.staff_id, s.captured_at, s.recorded_at
from care.loan_step s
left join customers.customer u on u.organisation_id = :organisation and u.customer_id = s.customer_id
left join care.loan_paper p on p.organisation_id = :organisation and p.loan_id = s.loan_id and p.kind = s.kind
where s.organisation_id = :organisation and s.loaner_id = :loaner_id and s.step < :before::int order by s.step desc limit :limit + 1

-- query: find_loan
-- A loan as its customer is told of it: what they have, for which device of theirs, as signed, and until when; nothing of it once it is over.
with lent as (
-- include: care/loaner
 and l.loaner_id = (select s.loaner_id from care.loan_step s where s.organisation_id = :organisation and s.loan_id = :loan_id and s.kind = 'lent'))
select l.name, l.serial, l.kind, l.device_name, c.reference, p.content::jsonb ->> 'signed_by', coalesce(array(select jsonb_array_elements_text(p.content::jsonb -> 'accessories')), '{}'), l.since, l.back_by
from lent l
join care.custody c on c.organisation_id = :organisation and c.custody_id = l.custody_id
left join care.loan_paper p on p.organisation_id = :organisation and p.loan_id = l.loan_id and p.kind = 'lent'
where l.loan_id = :loan_id

-- verb: remind_of_loans
-- Whoever has one of ours hears of it a day before it is due back, or half the time before where that is shorter; once for each time that was promised. The stock of one house is small.
with out as (
  select s.loan_id, s.customer_id, p.promise_id, p.made_at, p.due_at
  from care.loaner l
  cross join lateral (
    select s.loan_id, s.customer_id, s.kind from care.loan_step s where s.organisation_id = :organisation::uuid and s.loaner_id = l.loaner_id order by s.step desc limit 1) s
  cross join lateral (
    select p.promise_id, p.made_at, p.due_at from promises.promise p where p.organisation_id = :organisation::uuid and p.subject_id = s.loan_id and p.kind = 'update'
      and exists (select from promises.open_promise n where n.organisation_id = :organisation::uuid and n.promise_id = p.promise_id offset 0) order by p.due_at desc limit 1) p
  where l.organisation_id = :organisation::uuid and s.kind = 'lent'),
happened as (
  select ''::text as kind, null::uuid as customer_id, ''::text as subject_kind, null::uuid as subject_id, '{}'::jsonb as body where false),
wanted as (
  select md5('loaner_due' || o.promise_id)::uuid as task_id, 'send_notice' as kind, o.loan_id as subject_id, :at::timestamptz as due_at,
    jsonb_build_object('notice', 'loaner_due', 'customer_id', o.customer_id) as body
  from out o
  where o.due_at > :at::timestamptz and greatest(o.due_at - interval '1 day', o.made_at + (o.due_at - o.made_at) / 2) <= :at::timestamptz
    and not exists (select from kit.task k where k.organisation_id = :organisation::uuid and k.task_id = md5('loaner_due' || o.promise_id)::uuid offset 0)),
answer as (select 200 as status, null::text as code, jsonb_build_object('out', (select count(*) from out)) as body)

-- query: find_loaner
-- include: care/loaner
 and l.loaner_id = :loaner_id

-- query: list_loaners
-- The stock of one house is small enough to be put in order each time: what is asked back first, then by when each is due back, then what is here.
with stock as (
-- include: care/loaner
)
select * from stock where (rank, coalesce(back_by, '9999-12-31 00:00+00'), loaner_id) > (:after_rank::int, :after_at::timestamptz, :after_id::uuid)
order by rank, coalesce(back_by, '9999-12-31 00:00+00'), loaner_id limit :limit + 1

-- query: lent_for
-- For which device a loaner went out by that loan.
select s.custody_id from care.loan_step s where s.organisation_id = :organisation and s.loan_id = :loan_id and s.kind = 'lent' and s.loaner_id = :loaner_id

-- query: loans_out
-- What a customer has of ours, or what is out for one device of theirs.
select s.loan_id, s.loaner_id, l.name, l.serial, s.custody_id, s.captured_at,
  (select p.due_at from promises.promise p where p.organisation_id = :organisation and p.subject_id = s.loan_id and p.kind = 'update'
    and exists (select from promises.open_promise n where n.organisation_id = :organisation and n.promise_id = p.promise_id offset 0) order by p.due_at limit 1),
  not exists (select from care.open_custody o where o.organisation_id = :organisation and o.custody_id = s.custody_id offset 0)
from care.loan_step s
join care.loaner l on l.organisation_id = :organisation and l.loaner_id = s.loaner_id
where s.organisation_id = :organisation and s.customer_id = :customer_id and s.kind = 'lent' and (:custody_id::uuid is null or s.custody_id = :custody_id)
  and not exists (select from care.loan_step r where r.organisation_id = :organisation and r.loan_id = s.loan_id and r.kind in ('returned', 'retired') offset 0)
order by s.loan_id limit 50
