-- verb: set_charge_policy
-- The version after the one that was read under the lock.
with policy as (
  insert into billing.charge_policy (organisation_id, version, notice_days, retry_days, keeps_quiet_hours, set_by, set_at)
  values (:organisation, :version::int, :notice_days::int, :retry_days::int[], :keeps_quiet_hours::boolean, :actor, :at) returning version),
happened as (
  select 'charge_policy_set' as kind, null::uuid as customer_id, 'charge_policy' as subject_kind, :organisation::uuid as subject_id, jsonb_build_object('version', version) as body from policy),
answer as (select 201 as status, null::text as code, jsonb_build_object('version', version) as body from policy)

-- query: charge_policy
select version, notice_days, to_jsonb(retry_days), keeps_quiet_hours, set_by, set_at from billing.charge_policy
where organisation_id = :organisation and version < :before::int order by version desc limit :limit::int

-- verb: send_saving_link
-- The link goes to the customer's own address, not through the hands of whoever asks for it.
with person as (
  select c.customer_id, exists (
      select from customers.contact t where t.organisation_id = c.organisation_id and t.customer_id = c.customer_id and t.channel = 'email' offset 0) as has_mail
  from customers.customer c where c.organisation_id = :organisation::uuid and c.customer_id = :customer_id::uuid limit 1),
linked as (
  select :link_id::uuid as link_id, 'customer' as purpose, customer_id, null::uuid as subject_id, :expires_at::timestamptz as expires_at, :token_hash::bytea as token_hash
  from person where has_mail),
-- include: identity/make_link
,
happened as (
  select 'saving_link_sent' as kind, customer_id, 'customer' as subject_kind, customer_id as subject_id, jsonb_build_object('link_id', link_id) as body from made_link),
wanted as (
  select link_id as task_id, 'send_notice' as kind, customer_id as subject_id, :at::timestamptz as due_at,
    jsonb_build_object('notice', 'saving_link', 'customer_id', customer_id, 'link_id', link_id) as body
  from made_link),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('customer_id', customer_id, 'link_id', link_id,
    'expires_at', to_char(expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) as body from made_link
  union all
  select 409, 'NO_MAIL_ADDRESS', '{}'::jsonb from person where not has_mail)

-- verb: agree_to_charges
with agreed as (
  insert into billing.charge_consent (organisation_id, consent_id, customer_id, livemode, text_version, language, wording, notice_days, given_by, given_at)
  select :organisation::uuid, :consent_id::uuid, c.customer_id, :livemode::boolean, :text_version::int, :language::text, :wording::text, :notice_days::int, :actor::text, :at::timestamptz
  from customers.customer c where c.organisation_id = :organisation::uuid and c.customer_id = :customer_id::uuid
  returning consent_id, customer_id, text_version, wording, notice_days),
happened as (
  select 'charges_agreed' as kind, customer_id, 'saved_method' as subject_kind, consent_id as subject_id,
    jsonb_build_object('text_version', text_version, 'wording_hash', encode(sha256(convert_to(wording, 'UTF8')), 'hex'), 'notice_days', notice_days) as body
  from agreed),
answer as (select 201 as status, null::text as code, jsonb_build_object('consent_id', consent_id) as body from agreed)

-- verb: note_saving_page
-- The provider's customer and page of a consent; told again it is the same.
with consent as (
  select c.consent_id, c.customer_id, c.livemode from billing.charge_consent c
  where c.organisation_id = :organisation::uuid and c.consent_id = :consent_id::uuid limit 1),
known as (
  insert into billing.provider_customer (organisation_id, customer_id, livemode, provider_customer_id)
  select :organisation::uuid, customer_id, livemode, :provider_customer_id::text from consent on conflict do nothing),
opened as (
  insert into billing.saving_page (organisation_id, consent_id, customer_id, provider_session_id, opened_at)
  select :organisation::uuid, consent_id, customer_id, :provider_session_id::text, :at::timestamptz from consent
  where :provider_session_id::text is not null on conflict do nothing),
happened as (select null::text as kind, null::uuid as customer_id, null::text as subject_kind, null::uuid as subject_id, null::jsonb as body where false),
answer as (select 200 as status, null::text as code, jsonb_build_object('consent_id', consent_id) as body from consent)

-- query: find_saving
select c.consent_id, c.customer_id, c.livemode, p.provider_customer_id, s.provider_session_id
from billing.charge_consent c
left join billing.provider_customer p on p.organisation_id = c.organisation_id and p.customer_id = c.customer_id and p.livemode = c.livemode
left join billing.saving_page s on s.organisation_id = c.organisation_id and s.consent_id = c.consent_id
where c.organisation_id = :organisation and c.consent_id = :consent_id

-- query: savings_open
-- Pages that may have been filled in since: the webhook may never come. Unless their customer is there, each is asked about every minute in the first quarter of an
-- hour, then at one and the same fraction of its age: every two minutes in the next, every four in the half an hour after, and so on.
select c.consent_id, c.customer_id, c.livemode, p.provider_customer_id, s.provider_session_id
from billing.saving_page s
join billing.charge_consent c on c.organisation_id = s.organisation_id and c.consent_id = s.consent_id
join billing.provider_customer p on p.organisation_id = c.organisation_id and p.customer_id = c.customer_id and p.livemode = c.livemode
left join billing.saved_method m on m.organisation_id = c.organisation_id and m.consent_id = c.consent_id
where s.organisation_id = :organisation and m.method_id is null and s.opened_at > :since::timestamptz and s.customer_id = coalesce(:customer_id::uuid, s.customer_id)
  and (:customer_id::uuid is not null
    or floor(extract(epoch from :at::timestamptz - s.opened_at) / 60)::int % (2 ^ floor(log(2, greatest(1, extract(epoch from :at::timestamptz - s.opened_at) / 480))))::int = 0)
order by s.opened_at desc limit 100

-- verb: save_method
-- What the provider saved under a consent; told again, by the page, the webhook or the sweeper, it is the same.
with consent as (
  select c.consent_id, c.customer_id, c.livemode from billing.charge_consent c
  where c.organisation_id = :organisation::uuid and c.consent_id = :consent_id::uuid limit 1),
known as (
  select m.method_id from consent
  cross join lateral (select m.* from billing.saved_method m where m.organisation_id = :organisation::uuid and m.consent_id = consent.consent_id limit 1) m),
saved as (
  insert into billing.saved_method (organisation_id, method_id, customer_id, consent_id, livemode, kind, provider_method_id, provider_mandate_id, saved_at)
  select :organisation::uuid, :method_id::uuid, customer_id, consent_id, livemode, :kind::text, :provider_method_id::text, :provider_mandate_id::text, :at::timestamptz
  from consent where not exists (select from known)
  on conflict do nothing
  returning method_id, customer_id),
stepped as (
  insert into billing.saved_method_step (organisation_id, method_id, step, kind, live, happened_at, actor)
  select :organisation::uuid, method_id, 1, 'saved', true, :at::timestamptz, :actor::text from saved),
known_by as (
  insert into billing.saved_method_face (organisation_id, method_id, step, brand, last4, expires_on)
  select :organisation::uuid, method_id, 1, :brand::text, :last4::text, :expires_on::date from saved),
happened as (
  select 'method_saved' as kind, customer_id, 'saved_method' as subject_kind, method_id as subject_id, jsonb_build_object('method_kind', :kind::text) as body from saved),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('method_id', method_id, 'state', 'saved') as body from saved
  union all
  select 200, null, jsonb_build_object('method_id', method_id, 'state', 'saved') from known
  union all
  select 409, 'METHOD_SAVED_BEFORE', '{}'::jsonb from consent where not exists (select from saved) and not exists (select from known))

-- verb: renew_method
-- The network told another number or expiry of a card that can still be charged.
with method as (
  select m.method_id, m.customer_id, t.step, t.kind, t.live, c.brand, c.last4, c.expires_on
  from (select m.* from billing.saved_method m where m.organisation_id = :organisation::uuid and m.method_id = :method_id::uuid limit 1) m
  cross join lateral (
    select t.* from billing.saved_method_step t where t.organisation_id = :organisation::uuid and t.method_id = m.method_id order by t.step desc limit 1) t
  left join lateral (
    select c.* from billing.saved_method_face c where c.organisation_id = :organisation::uuid and c.method_id = m.method_id order by c.step desc limit 1) c on true),
stepped as (
  insert into billing.saved_method_step (organisation_id, method_id, step, kind, live, live_before, happened_at, actor)
  select :organisation::uuid, method_id, step + 1, 'renewed', true, live, :at::timestamptz, :actor::text
  from method where live and (brand, last4, expires_on) is distinct from (:brand::text, :last4::text, :expires_on::date)
  returning method_id, step),
known_by as (
  insert into billing.saved_method_face (organisation_id, method_id, step, brand, last4, expires_on)
  select :organisation::uuid, method_id, step, :brand::text, :last4::text, :expires_on::date from stepped),
happened as (
  select 'method_renewed' as kind, m.customer_id, 'saved_method' as subject_kind, m.method_id as subject_id, '{}'::jsonb as body from stepped s join method m using (method_id)),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('method_id', method_id, 'state', case when exists (select from stepped) then 'renewed' else kind end) as body from method)

-- verb: end_method
-- Nothing is charged by it from here on: a charge that has begun is called off here and (by a task) at the provider, where it is detached too.
with method as (
  select m.method_id, m.customer_id, t.step, t.kind, t.live
  from (select m.* from billing.saved_method m where m.organisation_id = :organisation::uuid and m.method_id = :method_id::uuid limit 1) m
  cross join lateral (
    select t.* from billing.saved_method_step t where t.organisation_id = :organisation::uuid and t.method_id = m.method_id order by t.step desc limit 1) t
  where m.customer_id = coalesce(:customer_id::uuid, m.customer_id)),
-- include: billing/end_methods
,
happened as (select kind, customer_id, subject_kind, subject_id, body from method_facts),
wanted as (select task_id, kind, subject_id, due_at, body from method_tasks),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('method_id', method_id, 'state', case when live then :end::text else kind end) as body from method)

-- query: method_at_provider
select m.method_id, m.provider_method_id, t.live
from billing.saved_method m
cross join lateral (
  select t.live from billing.saved_method_step t where t.organisation_id = m.organisation_id and t.method_id = m.method_id order by t.step desc limit 1) t
where m.organisation_id = :organisation and (m.method_id = :method_id::uuid or m.provider_method_id = :provider_method_id::text or m.provider_mandate_id = :provider_mandate_id::text)

-- query: list_saved_methods
select m.method_id, m.customer_id, m.kind, face.brand, face.last4, face.expires_on, t.kind as state, t.happened_at,
  t.live and m.method_id = (
    select l.method_id from billing.saved_method l
    cross join lateral (
      select s.live from billing.saved_method_step s where s.organisation_id = l.organisation_id and s.method_id = l.method_id order by s.step desc limit 1) s
    where l.organisation_id = m.organisation_id and l.customer_id = m.customer_id and s.live order by l.saved_at desc, l.method_id desc limit 1) is true,
  m.saved_at, jsonb_build_object('id', c.consent_id, 'given_at', c.given_at, 'given_by', c.given_by, 'text_version', c.text_version, 'language', c.language, 'wording', c.wording,
    'wording_hash', encode(sha256(convert_to(c.wording, 'UTF8')), 'hex'), 'notice_days', c.notice_days)
from billing.saved_method m
join billing.charge_consent c on c.organisation_id = m.organisation_id and c.consent_id = m.consent_id
cross join lateral (
  select t.* from billing.saved_method_step t where t.organisation_id = m.organisation_id and t.method_id = m.method_id order by t.step desc limit 1) t
left join lateral (
  select c.brand, c.last4, c.expires_on from billing.saved_method_face c where c.organisation_id = m.organisation_id and c.method_id = m.method_id order by c.step desc limit 1) face on true
where m.organisation_id = :organisation and m.customer_id = coalesce(:customer_id::uuid, m.customer_id) and m.method_id > :after::uuid
order by m.method_id limit :limit::int + 1
