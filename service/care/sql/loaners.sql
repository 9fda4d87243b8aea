-- verb: add_loaner
with known as (
  select l.loaner_id, l.loaner_id = :loaner_id::uuid and l.name = :name::text as same from care.loaner l
  where l.organisation_id = :organisation::uuid and (l.loaner_id = :loaner_id::uuid or l.name = :name::text) order by l.loaner_id = :loaner_id::uuid desc limit 1),
added as (
  insert into care.loaner (organisation_id, loaner_id, kind, name, serial, added_by, added_at)
  select :organisation::uuid, :loaner_id::uuid, :kind::text, :name::text, :serial::text, :actor::text, :at::timestamptz where not exists (select from known) returning loaner_id),
happened as (select 'loaner_added' as kind, null::uuid as customer_id, 'loaner' as subject_kind, loaner_id as subject_id, '{}'::jsonb as body from added),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', loaner_id) as body from added
  union all select case when same then 200 else 409 end, case when same then null when loaner_id = :loaner_id::uuid then 'ID_TAKEN' else 'LOANER_EXISTS' end, case when same then jsonb_build_object('id', loaner_id) else '{}'::jsonb end from known)

-- verb: move_loaner
-- Out to whoever's device is here, or back from whoever has it. What was promised when it went out is kept by its return.
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
    when :kind::text = 'lent' and (select kind from last) = 'lent' then 'LOANER_OUT'
    when :kind::text = 'returned' and not exists (select from last where kind = 'lent' and loan_id = :loan_id::uuid) then 'LOANER_NOT_OUT' end as code from device d),
going as (select d.*, coalesce((select step from last), 0) + 1 as loan_step from device d cross join verdict v where v.code is null),
moved as (
  insert into care.loan_step (organisation_id, loaner_id, step, kind, loan_id, customer_id, custody_id, staff_id, contact_id, content_hash, signature_hash, staff_signature_hash, signed_by, captured_at)
  select :organisation::uuid, :loaner_id::uuid, loan_step, :kind::text, :loan_id::uuid, customer_id, custody_id, :staff_id::uuid, :contact_id::uuid, decode(:content_hash::text, 'hex'),
    decode(:signature_hash::text, 'hex'), decode(:staff_signature_hash::text, 'hex'), :signed_by::text, :captured_at::timestamptz from going
  returning loan_id, loaner_id, kind),
papered as (
  insert into care.loan_paper (organisation_id, loan_id, kind, customer_id, content, content_hash, strokes, strokes_hash, staff_strokes, staff_strokes_hash)
  select :organisation::uuid, :loan_id::uuid, :kind::text, customer_id, :content::text, decode(:content_hash::text, 'hex'), :strokes::text, decode(:signature_hash::text, 'hex'),
    :staff_strokes::text, decode(:staff_signature_hash::text, 'hex') from going),
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
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', loan_id, 'loaner_id', loaner_id, 'kind', kind) as body from moved
  union all select 200, null, jsonb_build_object('id', loan_id, 'loaner_id', :loaner_id::uuid, 'kind', kind) from known where same
  union all select 409, code, '{}'::jsonb from verdict where code <> 'KNOWN')

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
  and not exists (select from care.loan_step r where r.organisation_id = :organisation and r.loan_id = s.loan_id and r.kind = 'returned' offset 0)
order by s.loan_id limit 50
