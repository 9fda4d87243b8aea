-- verb: send_portal_links
-- To each of these people's own address, not through the hands of whoever asks for it; to nobody who was sent one a moment ago, where `:spares` them.
with asked as (
  select a.* from unnest(:customer_ids::uuid[], :contact_ids::uuid[], :link_ids::uuid[], :token_hashes::bytea[]) a (customer_id, contact_id, link_id, token_hash)),
person as (
  select a.link_id, a.token_hash, c.customer_id, c.contact_id from asked a
  cross join lateral (
    select c.customer_id, c.contact_id from customers.contact c
    where c.organisation_id = :organisation::uuid and c.customer_id = a.customer_id and c.contact_id = a.contact_id and c.channel in ('email', 'sms', 'chat') limit 1) c
  where not (:spares::boolean and exists (
    select from identity.link l where l.organisation_id = :organisation::uuid and l.portal_of = a.customer_id and l.subject_id = a.contact_id and l.revoked_at is null
      and l.made_at > :at::timestamptz - interval '10 minutes' offset 0))),
linked as (
  select link_id, 'portal' as purpose, customer_id, contact_id as subject_id, :expires_at::timestamptz as expires_at, token_hash from person),
-- include: identity/make_link
,
happened as (
  select 'portal_link_sent' as kind, customer_id, 'contact' as subject_kind, subject_id, jsonb_build_object('link_id', link_id) as body from made_link),
wanted as (
  select link_id as task_id, 'send_notice' as kind, customer_id as subject_id, :at::timestamptz as due_at,
    jsonb_build_object('notice', 'portal_link', 'customer_id', customer_id, 'contact_id', subject_id, 'link_id', link_id) as body from made_link),
answer as (
  select case when :spares::boolean then 202 else 201 end as status, null::text as code, jsonb_build_object('links', coalesce(jsonb_agg(jsonb_build_object('id', link_id, 'customer_id', customer_id,
    'contact_id', subject_id, 'expires_at', to_char(expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))), '[]'::jsonb)) as body from made_link)

-- verb: keep_portal_link
-- The link that a mail carries: one that is good for a while yet, else a new one. Only to whoever may agree to things.
with person as (
  select c.customer_id, c.contact_id from customers.contact c
  where c.organisation_id = :organisation::uuid and c.customer_id = :customer_id::uuid and c.contact_id = :contact_id::uuid and c.may_authorise limit 1),
live as (
  select l.link_id from person p cross join lateral (
    select l.link_id from identity.link l where l.organisation_id = :organisation::uuid and l.portal_of = p.customer_id and l.subject_id = p.contact_id and l.revoked_at is null
      and l.expires_at > :at::timestamptz + interval '30 days' order by l.expires_at desc limit 1) l),
linked as (
  select :link_id::uuid as link_id, 'portal' as purpose, customer_id, contact_id as subject_id, :expires_at::timestamptz as expires_at, :token_hash::bytea as token_hash
  from person where not exists (select from live)),
-- include: identity/make_link
,
happened as (select 'portal_link_made' as kind, customer_id, 'contact' as subject_kind, contact_id as subject_id, '{}'::jsonb as body from person where false),
answer as (select 200 as status, null::text as code, jsonb_build_object('link_id', coalesce((select link_id from live), (select link_id from made_link))) as body)

-- verb: end_portal_links
with person as (select c.customer_id from customers.customer c where c.organisation_id = :organisation::uuid and c.customer_id = :customer_id::uuid limit 1),
ending_portals as (select customer_id, null::uuid as contact_id from person),
-- include: identity/end_portals
,
happened as (
  select 'portal_links_ended' as kind, customer_id, 'customer' as subject_kind, customer_id as subject_id, '{}'::jsonb as body from person where exists (select from ended_portals)),
answer as (select 200 as status, null::text as code, jsonb_build_object('ended', (select count(*) from ended_portals)) as body from person)

-- query: devices_here
-- A customer's devices that we have: how each stands, since when it is where it is, and by when the next word comes.
select o.custody_id, c.reference, a.name, o.state, h.captured_at,
  (select p.due_at from promises.promise p where p.organisation_id = :organisation and p.subject_id = o.custody_id and p.kind = 'update'
    and exists (select from promises.open_promise n where n.organisation_id = :organisation and n.promise_id = p.promise_id offset 0) order by p.due_at limit 1)
from care.open_custody o
join care.custody c on c.organisation_id = :organisation and c.custody_id = o.custody_id
join customers.asset a on a.organisation_id = :organisation and a.customer_id = o.customer_id and a.asset_id = o.asset_id
cross join lateral (select h.captured_at from care.hand_over h where h.organisation_id = :organisation and h.custody_id = o.custody_id order by h.step desc limit 1) h
where o.organisation_id = :organisation and o.customer_id = :customer_id
order by o.custody_id limit 50

-- query: devices_of_customer
-- Every device of a customer's that was ever taken in, the latest first, and how each stands.
select c.custody_id, c.reference, a.name, b.to_state, c.taken_at
from care.custody c
join customers.asset a on a.organisation_id = :organisation and a.customer_id = c.customer_id and a.asset_id = c.asset_id
cross join lateral (select b.to_state from care.bench_step b where b.organisation_id = :organisation and b.custody_id = c.custody_id order by b.step desc limit 1) b
where c.organisation_id = :organisation and c.customer_id = :customer_id
order by c.custody_id desc limit 50

-- query: news_of_device
-- What its customer was told of it, the latest first.
select w.words, w.noted_at from care.custody_news n
join care.message w on w.organisation_id = :organisation and w.message_id = n.message_id
where n.organisation_id = :organisation and n.custody_id = :custody_id order by n.message_id desc limit 50

-- query: loans_for_device
-- What of ours its customer had or has instead of it, out and back, as signed.
select l.name, s.kind, p.content::jsonb ->> 'signed_by', p.content::jsonb ->> 'condition', coalesce(array(select jsonb_array_elements_text(p.content::jsonb -> 'accessories')), '{}'),
  array(select f.photo_id from care.loan_photo f where f.organisation_id = :organisation and f.loan_id = s.loan_id and f.kind = s.kind order by f.position), s.captured_at
from care.loan_step s
join care.loaner l on l.organisation_id = :organisation and l.loaner_id = s.loaner_id
left join care.loan_paper p on p.organisation_id = :organisation and p.loan_id = s.loan_id and p.kind = s.kind
where s.organisation_id = :organisation and s.custody_id = :custody_id order by s.captured_at, s.recorded_at limit 50

-- query: pictures_of_device
-- The photos of the hand-overs of a customer's device, and of what of ours was lent for it, whose picture wasn't erased.
select p.photo_id from (
  select f.photo_id from care.hand_over h join care.hand_over_photo f on f.organisation_id = :organisation and f.hand_over_id = h.hand_over_id
  where h.organisation_id = :organisation and h.custody_id = :custody_id and h.customer_id = :customer_id
  union
  select f.photo_id from care.loan_step s join care.loan_photo f on f.organisation_id = :organisation and f.loan_id = s.loan_id and f.kind = s.kind
  where s.organisation_id = :organisation and s.custody_id = :custody_id and s.customer_id = :customer_id) p
where exists (select from authorisations.photo_content c where c.organisation_id = :organisation and c.photo_id = p.photo_id offset 0)
