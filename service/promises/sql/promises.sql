-- query: list_promises
-- Computed, never ticked: what is past due and not kept is broken, from that instant on.
select p.promise_id, p.customer_id, p.kind, p.subject_kind, p.subject_id, p.due_at, coalesce(x.to_staff_id, (select h.to_staff_id from promises.handing h where h.organisation_id = :organisation and h.promise_id = p.promise_id order by h.number desc limit 1), p.owner_staff_id), p.via, p.made_by, p.made_at,
       coalesce(e.outcome, case when p.due_at <= :at then 'broken' else 'open' end), e.happened_at, w.words
from promises.promise p
left join promises.ending e on e.organisation_id = :organisation and e.promise_id = p.promise_id
left join promises.escalation x on x.organisation_id = :organisation and x.promise_id = p.promise_id
left join promises.wording w on w.organisation_id = :organisation and w.promise_id = p.promise_id
where p.organisation_id = :organisation and p.promise_id > :after
  and (:customer_id::uuid is null or p.customer_id = :customer_id) and (:subject_id::uuid is null or p.subject_id = :subject_id)
  and (:open::boolean is null or :open = (e.promise_id is null))
order by p.promise_id limit :limit + 1

-- query: list_due_promises
-- What is broken and not made good comes first, the longest first, then what can still be kept, by when it breaks: both are by when it is due.
select p.promise_id, p.customer_id, c.name, p.kind, p.subject_kind, p.subject_id, p.due_at, p.due_at <= :at, o.staff_id, s.name, x.promise_id is not null, w.words, p.made_at
from promises.open_promise n
join promises.promise p on p.organisation_id = n.organisation_id and p.promise_id = n.promise_id
join customers.customer c on c.organisation_id = p.organisation_id and c.customer_id = p.customer_id
left join promises.escalation x on x.organisation_id = n.organisation_id and x.promise_id = n.promise_id
left join promises.wording w on w.organisation_id = n.organisation_id and w.promise_id = n.promise_id
cross join lateral (
  select coalesce(x.to_staff_id, (select h.to_staff_id from promises.handing h where h.organisation_id = :organisation and h.promise_id = p.promise_id order by h.number desc limit 1), p.owner_staff_id) as staff_id) o
join identity.staff s on s.organisation_id = n.organisation_id and s.staff_id = o.staff_id
where n.organisation_id = :organisation and (n.due_at, n.promise_id) > (:after_at::timestamptz, :after_id::uuid)
  and (:owner_staff_id::uuid is null or o.staff_id = :owner_staff_id) and (:kinds::text[] is null or p.kind = any (:kinds)) and (:until::timestamptz is null or n.due_at < :until)
order by n.due_at, n.promise_id limit :limit + 1

-- query: list_due_together
-- The same in rows for people: those of one incident, who are promised the same, are one row with how many they are.
with together as (
  select min(n.promise_id::text)::uuid as promise_id, n.due_at, o.staff_id, count(*) as customers
  from promises.open_promise n
  join promises.promise p on p.organisation_id = n.organisation_id and p.promise_id = n.promise_id
  left join promises.escalation x on x.organisation_id = n.organisation_id and x.promise_id = n.promise_id
  cross join lateral (
  select coalesce(x.to_staff_id, (select h.to_staff_id from promises.handing h where h.organisation_id = :organisation and h.promise_id = p.promise_id order by h.number desc limit 1), p.owner_staff_id) as staff_id) o
  where n.organisation_id = :organisation and n.due_at >= :after_at::timestamptz and (:owner_staff_id::uuid is null or o.staff_id = :owner_staff_id)
  group by case p.subject_kind when 'incident' then p.subject_id else p.promise_id end, p.kind, n.due_at, o.staff_id)
select p.promise_id, p.customer_id, c.name, p.kind, p.subject_kind, p.subject_id, p.due_at, p.due_at <= :at, s.staff_id, s.name, x.promise_id is not null, w.words, p.made_at, t.customers
from together t
join promises.promise p on p.organisation_id = :organisation and p.promise_id = t.promise_id
join customers.customer c on c.organisation_id = :organisation and c.customer_id = p.customer_id
left join promises.escalation x on x.organisation_id = :organisation and x.promise_id = t.promise_id
left join promises.wording w on w.organisation_id = :organisation and w.promise_id = t.promise_id
join identity.staff s on s.organisation_id = :organisation and s.staff_id = t.staff_id
where (t.due_at, t.promise_id) > (:after_at::timestamptz, :after_id::uuid)
order by t.due_at, t.promise_id limit :limit + 1

-- query: find_promise
select p.promise_id, p.customer_id, p.kind, p.subject_kind, p.subject_id, p.due_at, coalesce(x.to_staff_id, (select h.to_staff_id from promises.handing h where h.organisation_id = :organisation and h.promise_id = p.promise_id order by h.number desc limit 1), p.owner_staff_id), p.via, p.made_by, p.made_at,
       coalesce(e.outcome, case when p.due_at <= :at then 'broken' else 'open' end), e.happened_at, w.words
from promises.promise p
left join promises.ending e on e.organisation_id = p.organisation_id and e.promise_id = p.promise_id
left join promises.escalation x on x.organisation_id = p.organisation_id and x.promise_id = p.promise_id
left join promises.wording w on w.organisation_id = p.organisation_id and w.promise_id = p.promise_id
where p.organisation_id = :organisation and p.promise_id = :promise_id

-- query: took_lately
-- The last two hundred of that kind that were kept, late or not: given up and renewed ones tell nothing of how long it takes.
select p.made_at, e.happened_at
from promises.promise p
join promises.ending e on e.organisation_id = p.organisation_id and e.promise_id = p.promise_id
where p.organisation_id = :organisation and p.kind = :kind and e.outcome in ('kept', 'broken')
  and not exists (select from promises.renewal r where r.organisation_id = p.organisation_id and r.renewed_id = p.promise_id)
order by p.promise_id desc limit 200

-- verb: make_promise
-- By hand: it is its own subject, and its words say what it is about.
with person as (select c.customer_id from customers.customer c where c.organisation_id = :organisation::uuid and c.customer_id = :customer_id::uuid),
known as (
  select p.promise_id, p.due_at, (p.customer_id, p.kind, p.via) = (:customer_id::uuid, :kind::text, :via::text) and w.words = :words::text and p.due_at = coalesce(:told_due_at::timestamptz, p.due_at) as same
  from promises.promise p left join promises.wording w on w.organisation_id = :organisation::uuid and w.promise_id = p.promise_id
  where p.organisation_id = :organisation::uuid and p.promise_id = :promise_id::uuid),
owner as (select s.staff_id from identity.staff s where s.organisation_id = :organisation::uuid and s.staff_id = :owner_staff_id::uuid and s.active),
promised as (
  select :promise_id::uuid as promise_id, p.customer_id, :kind::text as kind, 'promise' as subject_kind, :promise_id::uuid as subject_id, :due_at::timestamptz as due_at,
    o.staff_id as owner_staff_id, :via::text as via
  from person p cross join owner o where not exists (select from known)),
-- include: promises/make
,
worded as (
  insert into promises.wording (organisation_id, promise_id, customer_id, words) select :organisation::uuid, promise_id, customer_id, :words::text from promised),
happened as (select kind, customer_id, subject_kind, subject_id, body from promises_made_facts),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', promise_id, 'due_at', due_at) as body from promises_made
  union all select case when same then 200 else 409 end, case when not same then 'ID_TAKEN' end,
    case when same then jsonb_build_object('id', promise_id, 'due_at', due_at) else '{}'::jsonb end from known
  union all select 422, 'OWNER_UNKNOWN', '{}'::jsonb from person where not exists (select from owner) and not exists (select from known))

-- verb: renew_promise
-- The one before ends, and another is made of the same; the customer is told by when and why. Before it was due the one before is renewed, afterwards it stays broken.
with before as (
  select p.*, coalesce(x.to_staff_id, (select h.to_staff_id from promises.handing h where h.organisation_id = :organisation::uuid and h.promise_id = p.promise_id order by h.number desc limit 1), p.owner_staff_id) as owner_now, n.promise_id is not null as is_open
  from promises.promise p
  left join promises.open_promise n on n.organisation_id = :organisation::uuid and n.promise_id = p.promise_id
  left join promises.escalation x on x.organisation_id = :organisation::uuid and x.promise_id = p.promise_id
  where p.organisation_id = :organisation::uuid and p.promise_id = :promise_id::uuid),
known as (
  select r.promise_id, p.due_at, w.words = :reason::text and p.due_at = coalesce(:told_due_at::timestamptz, p.due_at) as same from promises.renewal r
  cross join lateral (select p.due_at from promises.promise p where p.organisation_id = :organisation::uuid and p.promise_id = r.promise_id offset 0) p
  left join promises.wording w on w.organisation_id = :organisation::uuid and w.promise_id = r.promise_id
  where r.organisation_id = :organisation::uuid and r.renewed_id = :promise_id::uuid and r.promise_id = :renewal_id::uuid),
owner as (
  select s.staff_id from before b join identity.staff s on s.organisation_id = :organisation::uuid and s.staff_id = coalesce(:owner_staff_id::uuid, b.owner_now) and s.active),
verdict as (
  select case when exists (select from known where same) then 'KNOWN' when exists (select from known) then 'ID_TAKEN' when b.kind in ('arrive', 'restore') then 'PROMISE_FOLLOWS_ITS_SUBJECT' when not b.is_open then 'PROMISE_ENDED'
    when not exists (select from owner) then 'OWNER_UNKNOWN' end as code from before b),
going as (select b.* from before b cross join verdict v where v.code is null),
promise_ended as (select subject_id, kind, 'renewed' as outcome, :at::timestamptz as happened_at from going),
-- include: promises/settle
,
promised as (
  select :renewal_id::uuid as promise_id, g.customer_id, g.kind, g.subject_kind, g.subject_id, :due_at::timestamptz as due_at, o.staff_id as owner_staff_id, 'email' as via
  from going g cross join owner o),
-- include: promises/make
,
renewing as (select promise_id as renewed_id, :renewal_id::uuid as promise_id from going),
-- include: promises/renew
,
worded as (
  insert into promises.wording (organisation_id, promise_id, customer_id, words) select :organisation::uuid, promise_id, customer_id, :reason::text from promised),
happened as (
  select kind, customer_id, subject_kind, subject_id, body from promises_settled_facts
  union all select kind, customer_id, subject_kind, subject_id, body from promises_made_facts),
wanted as (
  select md5('promise_renewed' || promise_id)::uuid as task_id, 'send_notice' as kind, promise_id as subject_id, :at::timestamptz as due_at,
    jsonb_build_object('notice', 'promise_renewed', 'customer_id', customer_id) as body from promised),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', promise_id, 'due_at', due_at) as body from promises_made
  union all select 200, null, jsonb_build_object('id', promise_id, 'due_at', due_at) from known where same
  union all select case code when 'OWNER_UNKNOWN' then 422 else 409 end, code, '{}'::jsonb from verdict where code <> 'KNOWN')

-- verb: release_promise
-- Again it answers how it ended.
with before as (
  select p.*, n.promise_id is not null as is_open,
    (select e.outcome from promises.ending e where e.organisation_id = :organisation::uuid and e.promise_id = p.promise_id) as outcome
  from promises.promise p
  left join promises.open_promise n on n.organisation_id = :organisation::uuid and n.promise_id = p.promise_id
  where p.organisation_id = :organisation::uuid and p.promise_id = :promise_id::uuid),
promise_ended as (
  select subject_id, kind, 'released' as outcome, :at::timestamptz as happened_at from before where is_open and kind not in ('arrive', 'restore')),
-- include: promises/settle
,
happened as (select kind, customer_id, subject_kind, subject_id, body || jsonb_build_object('reason', :reason::text) as body from promises_settled_facts),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('id', promise_id, 'outcome', outcome) as body from promises_settled
  union all select 200, null, jsonb_build_object('id', promise_id, 'outcome', outcome) from before where outcome is not null
  union all select 409, 'PROMISE_FOLLOWS_ITS_SUBJECT', '{}'::jsonb from before where outcome is null and kind in ('arrive', 'restore'))
