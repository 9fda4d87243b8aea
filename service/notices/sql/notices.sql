-- verb: queue_notices
-- Queued again it is the same notice; where each stands is answered either way, in order. Those that can't leave have failed as soon as they are queued.
with asked as (
  select * from rows from (jsonb_to_recordset(:notices::jsonb) as (notice_id uuid, kind text, customer_id uuid, contact_id uuid, staff_id uuid, subject_kind text, subject_id uuid,
    request_id uuid)) with ordinality as a (notice_id, kind, customer_id, contact_id, staff_id, subject_kind, subject_id, request_id, ord)),
known as (
  select a.ord, a.notice_id, a.kind, s.step, s.to_state, s.sends, s.unknowns, s.way, n.queued_at
  from asked a cross join lateral (
    select queued_at from notices.notice n where n.organisation_id = :organisation and n.notice_id = a.notice_id limit 1) n
  cross join lateral (
    select step, to_state, sends, unknowns, way from notices.notice_step s
    where s.organisation_id = :organisation and s.notice_id = a.notice_id order by step desc limit 1) s),
queued as (
  insert into notices.notice (organisation_id, notice_id, kind, customer_id, contact_id, staff_id, subject_kind, subject_id, queued_at)
  select :organisation, notice_id, kind, customer_id, contact_id, staff_id, subject_kind, subject_id, :at from asked
  on conflict on constraint notice_pkey do nothing
  returning notice_id),
stepped as (
  insert into notices.notice_step (organisation_id, notice_id, step, from_state, to_state, sends, unknowns, way, reason, recorded_at)
  select :organisation, notice_id, step, from_state, to_state, 0, 0, 1, reason, :at
  from queued, (values (1, '', 'queued', null), (2, 'queued', 'failed', :unable::text)) s (step, from_state, to_state, reason)
  where step = 1 or :unable is not null
  returning notice_id, step, to_state, reason),
happened as (
  select 'notice_' || s.to_state as kind, a.customer_id, 'notice' as subject_kind, a.notice_id as subject_id,
         jsonb_build_object('notice', a.kind) || case s.step when 1 then jsonb_build_object('about', a.subject_id) else jsonb_build_object('reason', s.reason) end as body,
         a.request_id as caused_by
  from stepped s join asked a using (notice_id) order by a.ord, s.step),
stands as (
  select ord, notice_id, kind, step, to_state, sends, unknowns, way, queued_at from known
  union all
  select a.ord, a.notice_id, a.kind, s.step, s.to_state, 0, 0, 1, :at::timestamptz
  from (select distinct on (notice_id) notice_id, step, to_state from stepped order by notice_id, step desc) s join asked a using (notice_id)),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('notices', jsonb_agg(jsonb_build_object('id', notice_id, 'kind', kind, 'step', step, 'state', to_state,
    'sends', sends, 'unknowns', unknowns, 'way', way, 'queued_at', queued_at) order by ord)) as body from stands)

-- verb: move_notice
-- From the step it was read at: who comes second writes nothing and is told. Queued again after a way failed, it is on its next one, of which nothing is unknown yet.
with notice as (select notice_id, kind, customer_id from notices.notice where organisation_id = :organisation and notice_id = :notice_id),
last as (
  select step, to_state, sends, unknowns, way, channel, contact_id, contact_version, to_state in ('refused', 'failed', 'bounced') and :to_state::text = 'queued' as anew
  from notices.notice_step where organisation_id = :organisation and notice_id = :notice_id order by step desc limit 1),
moved as (
  insert into notices.notice_step (organisation_id, notice_id, step, from_state, to_state, sends, unknowns, way, channel, contact_id, contact_version, reason, answer_code, recorded_at)
  select :organisation, notice_id, last.step + 1, last.to_state, :to_state, last.sends + (:to_state::text = 'sending')::int,
         case when anew then 0 else last.unknowns + (:to_state::text = 'unknown')::int end, last.way + anew::int,
         case when not anew then coalesce(:channel::text, last.channel) end, case when not anew then coalesce(:contact_id::uuid, last.contact_id) end,
         case when not anew then coalesce(:contact_version::int, last.contact_version) end, :reason::text, :answer_code::int, :at
  from notice, last where last.step = :step::int
  returning notice_id, step, to_state, way, channel, contact_id, reason),
happened as (
  select 'notice_' || m.to_state as kind, n.customer_id, 'notice' as subject_kind, n.notice_id as subject_id,
         jsonb_strip_nulls(jsonb_build_object('notice', n.kind, 'reason', m.reason, 'channel', nullif(m.channel, 'email'))) as body
  from moved m join notice n using (notice_id) where m.to_state in ('handed_over', 'refused', 'unknown', 'withdrawn', 'failed', 'delivered', 'bounced')),
answer as (
  select case when m.step is null then 409 else 200 end as status, case when m.step is null then 'NOTICE_MOVED_ON' end as code,
         case when m.step is null then '{}'::jsonb else jsonb_build_object('step', m.step) end as body
  from notice n left join moved m using (notice_id))

-- query: list_notices
select n.notice_id, n.kind, n.customer_id, n.contact_id, n.staff_id, n.subject_kind, n.subject_id, n.queued_at, s.to_state, s.reason, s.channel, s.way, s.sends, s.recorded_at,
  case when r.notice_id is not null then coalesce(e.outcome, 'open') end
from notices.notice n
join lateral (
  select to_state, reason, channel, way, sends, recorded_at from notices.notice_step s
  where s.organisation_id = n.organisation_id and s.notice_id = n.notice_id order by step desc limit 1) s on true
left join notices.reach r on r.organisation_id = n.organisation_id and r.notice_id = n.notice_id
left join notices.reach_ending e on e.organisation_id = n.organisation_id and e.notice_id = n.notice_id
where n.organisation_id = :organisation and n.customer_id = :customer_id and (n.queued_at, n.notice_id) > (:after_at::timestamptz, :after_id::uuid)
order by n.queued_at, n.notice_id limit :limit + 1

-- query: notice_states
select n.notice_id, s.to_state
from unnest(:notice_ids::uuid[]) as n (notice_id)
cross join lateral (
  select s.to_state from notices.notice_step s where s.organisation_id = :organisation and s.notice_id = n.notice_id order by s.step desc limit 1) s

-- query: list_latest_notices
-- The last fifty.
select n.notice_id, n.kind, n.customer_id, n.contact_id, n.staff_id, n.subject_kind, n.subject_id, n.queued_at, s.to_state, s.reason, s.channel, s.way, s.sends, s.recorded_at,
  case when r.notice_id is not null then coalesce(e.outcome, 'open') end
from notices.notice n
join lateral (
  select to_state, reason, channel, way, sends, recorded_at from notices.notice_step s
  where s.organisation_id = n.organisation_id and s.notice_id = n.notice_id order by step desc limit 1) s on true
left join notices.reach r on r.organisation_id = n.organisation_id and r.notice_id = n.notice_id
left join notices.reach_ending e on e.organisation_id = n.organisation_id and e.notice_id = n.notice_id
where n.organisation_id = :organisation and n.customer_id = :customer_id order by n.queued_at desc, n.notice_id desc limit 50

-- query: next_way
-- The address is read when the notice leaves and kept nowhere else. The contact that the notice names, or `only` that one; in the order of the rule's channels, whoever may authorise and nobody else where there is one; without
-- those that were tried by an earlier way of this notice, and without addresses that gave something back for good or numbers that want no texts. By the channel that is asked for first, where one is.
select c.name, c.address, c.channel, c.contact_id, c.version
from customers.contact c
where c.organisation_id = :organisation and c.customer_id = :customer_id and c.channel = any (:channels::text[]) and (not :only::boolean or c.contact_id = :contact_id::uuid)
  and (c.may_authorise or c.contact_id = :contact_id or not exists (
    select from customers.contact o where o.organisation_id = c.organisation_id and o.customer_id = c.customer_id and o.channel = c.channel and o.may_authorise))
  and not exists (
    select from notices.notice_step s where s.organisation_id = c.organisation_id and s.notice_id = :notice_id and s.way < :way::int and s.contact_id = c.contact_id)
  and not exists (
    select from notices.dead_address d where d.organisation_id = c.organisation_id and d.contact_id = c.contact_id and d.contact_version = c.version)
  and not (c.channel <> 'email' and coalesce((
    select s.stopped from notices.text_stop s where s.organisation_id = c.organisation_id and s.number_hash = sha256(convert_to(c.channel || ':' || case c.channel
      when 'sms' then coalesce(nullif(ltrim(right(regexp_replace(c.address, '[^0-9]', '', 'g'), 8), '0'), ''), '0') else lower(c.address) end, 'UTF8'))
    order by s.step desc limit 1), false))
order by c.channel is not distinct from :first::text desc, c.contact_id is not distinct from :contact_id desc, array_position(:channels::text[], c.channel), c.may_authorise desc, c.contact_id limit 1

-- query: left_lately
-- When one of that kind left for this customer last, since a moment.
select s.recorded_at
from notices.notice n
join notices.notice_step s on s.organisation_id = n.organisation_id and s.notice_id = n.notice_id and s.to_state = 'handed_over' and s.recorded_at > :since
where n.organisation_id = :organisation and n.customer_id = :customer_id and n.kind = :kind and n.notice_id <> :notice_id
order by s.recorded_at desc limit 1

-- query: tells_the_same_later
-- Whether another notice of that kind about the same matter was queued after this one and waits too.
select exists (
  select from notices.notice n
  where n.organisation_id = :organisation and n.customer_id = :customer_id and n.kind = :kind and n.subject_id = :subject_id
    and (n.queued_at, n.notice_id) > (select m.queued_at, m.notice_id from notices.notice m where m.organisation_id = :organisation and m.notice_id = :notice_id)
    and (select s.to_state from notices.notice_step s where s.organisation_id = n.organisation_id and s.notice_id = n.notice_id order by s.step desc limit 1) = 'queued')

-- query: former_address
-- Where a contact was reached before that version of theirs.
select c.name, f.address, f.channel, null::uuid, null::int from customers.former_address f
join customers.contact c on c.organisation_id = f.organisation_id and c.customer_id = f.customer_id and c.contact_id = f.contact_id
where f.organisation_id = :organisation and f.customer_id = :customer_id and f.contact_id = :contact_id and f.version = :version::int and f.channel = 'email'

-- query: staff_address
select name, email as address, 'email', null::uuid, null::int from identity.staff where organisation_id = :organisation and staff_id = :staff_id and active

-- query: live_mail_link
select exists (
  select from identity.mail_link l where l.organisation_id = :organisation and l.mail_link_id = :mail_link_id and l.staff_id = :staff_id
    and l.expires_at > :at and l.used_at is null)

-- query: told_of
-- When the mail of that kind about it left first, or may have.
select s.recorded_at
from notices.notice n
join notices.notice_step s on s.organisation_id = n.organisation_id and s.notice_id = n.notice_id and s.to_state in ('handed_over', 'unknown')
where n.organisation_id = :organisation and n.customer_id = :customer_id and n.kind = :kind and n.subject_id = :subject_id
order by s.recorded_at limit 1


-- query: last_told
-- When a mail or text of one of those kinds about it left last, or may have, and wasn't given back; or a person told them instead.
select s.recorded_at
from notices.notice n
cross join lateral (
  select s.recorded_at from notices.notice_step s
  where s.organisation_id = n.organisation_id and s.notice_id = n.notice_id and s.to_state in ('handed_over', 'unknown') and not exists (
    select from notices.notice_step f
    where f.organisation_id = s.organisation_id and f.notice_id = s.notice_id and f.way = s.way and f.step > s.step and f.to_state in ('bounced', 'refused', 'failed'))
  union all
  select e.ended_at from notices.reach_ending e where e.organisation_id = n.organisation_id and e.notice_id = n.notice_id and e.outcome = 'reached') s
where n.organisation_id = :organisation and n.customer_id = :customer_id and n.kind = any (:kinds::text[]) and n.subject_id = :subject_id
order by s.recorded_at desc limit 1

-- query: count_told_of_incident
-- How far those got who were to hear that it is known.
select count(*)::int, count(*) filter (where s.to_state in ('queued', 'sending', 'unknown'))::int, count(*) filter (where s.to_state = 'handed_over')::int,
  count(*) filter (where s.to_state = 'delivered')::int, count(*) filter (where s.to_state = 'bounced')::int, count(*) filter (where s.to_state in ('refused', 'failed'))::int,
  count(*) filter (where s.to_state = 'withdrawn')::int,
  count(*) filter (where exists (select from notices.open_reach o where o.organisation_id = :organisation and o.notice_id = n.notice_id))::int
from notices.notice n
cross join lateral (
  select t.to_state from notices.notice_step t where t.organisation_id = :organisation and t.notice_id = n.notice_id order by t.step desc limit 1) s
where n.organisation_id = :organisation and n.subject_kind = 'incident' and n.subject_id = :incident_id and n.kind = 'incident_declared'
