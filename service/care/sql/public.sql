-- verb: announce_event
-- Entered again as it is, it is that one.
with known as (
  select e.event_id, e.version, (e.title, e.words, e.place, e.starts_at, e.ends_at, e.cancelled)
      is not distinct from (:title::text, :words::text, :place::text, :starts_at::timestamptz, :ends_at::timestamptz, :cancelled::boolean) as same
  from care.event e where e.organisation_id = :organisation::uuid and e.event_id = :event_id::uuid limit 1),
put as (
  insert into care.event (organisation_id, event_id, title, words, place, starts_at, ends_at, cancelled, version, changed_at)
  select :organisation::uuid, :event_id::uuid, :title::text, :words::text, :place::text, :starts_at::timestamptz, :ends_at::timestamptz, :cancelled::boolean, 1, :at::timestamptz
  where not exists (select from known)
  returning event_id, version),
happened as (
  select 'event_put' as kind, null::uuid as customer_id, 'event' as subject_kind, event_id as subject_id, jsonb_build_object('version', version) as body from put),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('id', event_id, 'version', version) as body
  from (select event_id, version from put union all select event_id, version from known where same) t
  union all
  select 409, 'ID_TAKEN', '{}'::jsonb from known where not same)

-- verb: change_event
-- As it is from now on; the same again changes nothing.
with known as (
  select e.event_id, e.version, e.version = :version::int as read_last, (e.title, e.words, e.place, e.starts_at, e.ends_at, e.cancelled)
      is not distinct from (:title::text, :words::text, :place::text, :starts_at::timestamptz, :ends_at::timestamptz, :cancelled::boolean) as same
  from care.event e where e.organisation_id = :organisation::uuid and e.event_id = :event_id::uuid limit 1),
put as (
  update care.event e set title = :title::text, words = :words::text, place = :place::text, starts_at = :starts_at::timestamptz, ends_at = :ends_at::timestamptz,
    cancelled = :cancelled::boolean, version = e.version + 1, changed_at = :at::timestamptz
  from known where e.organisation_id = :organisation::uuid and e.event_id = known.event_id and e.version = :version::int and not known.same
  returning e.event_id, e.version),
happened as (
  select 'event_put' as kind, null::uuid as customer_id, 'event' as subject_kind, event_id as subject_id, jsonb_build_object('version', version) as body from put),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('id', event_id, 'version', version) as body
  from (select event_id, version from put union all select event_id, version from known where same and read_last) t
  union all
  select 412, 'STALE_VERSION', '{}'::jsonb from known where not exists (select from put) and not (same and read_last))

-- query: list_events
-- Those to come and of the last ninety days, in the order in which they end.
select e.event_id, e.title, e.words, e.place, e.starts_at, e.ends_at, e.cancelled, e.version, e.changed_at
from care.event e where e.organisation_id = :organisation and e.ends_at > :at::timestamptz - interval '90 days' order by e.ends_at, e.event_id limit 200

-- verb: open_idea
-- Whose it is votes for it.
with known as (
  select i.idea_id, i.customer_id = :customer_id::uuid and i.title = :title::text and i.words = :words::text as same
  from care.idea i where i.organisation_id = :organisation::uuid and i.idea_id = :idea_id::uuid limit 1),
lately as (
  select count(*) filter (where i.opened_at > :at::timestamptz - interval '1 day') as many from (
    select i.opened_at from care.idea i where i.organisation_id = :organisation::uuid and i.customer_id = :customer_id::uuid order by i.opened_at desc limit 5) i),
verdict as (
  select case when exists (select from known where same) then 'KNOWN' when exists (select from known) then 'ID_TAKEN' when many >= 5 then 'IDEAS_ENOUGH' else 'DONE' end as code from lately),
opened as (
  insert into care.idea (organisation_id, idea_id, customer_id, title, words, opened_at)
  select :organisation::uuid, :idea_id::uuid, :customer_id::uuid, :title::text, :words::text, :at::timestamptz from verdict where code = 'DONE' returning idea_id),
voted as (
  insert into care.idea_vote (organisation_id, idea_id, customer_id, voted_at) select :organisation::uuid, idea_id, :customer_id::uuid, :at::timestamptz from opened),
happened as (
  select 'idea_opened' as kind, :customer_id::uuid as customer_id, 'idea' as subject_kind, idea_id as subject_id, '{}'::jsonb as body from opened),
answer as (
  select case code when 'DONE' then 201 when 'KNOWN' then 200 else 409 end as status, case when code not in ('DONE', 'KNOWN') then code end as code,
    case when code in ('DONE', 'KNOWN') then jsonb_build_object('id', :idea_id::uuid) else '{}'::jsonb end as body from verdict)

-- verb: vote_for_idea
-- Once a customer, or not any more; only for what everybody may read, and their own.
with idea as (
  select i.idea_id from care.idea i where i.organisation_id = :organisation::uuid and i.idea_id = :idea_id::uuid and (i.customer_id = :customer_id::uuid or exists (
    select from care.idea_answer a where a.organisation_id = :organisation::uuid and a.idea_id = i.idea_id offset 0)) limit 1),
cast_now as (
  insert into care.idea_vote (organisation_id, idea_id, customer_id, voted_at) select :organisation::uuid, idea_id, :customer_id::uuid, :at::timestamptz from idea where :for_it::boolean
  on conflict on constraint one_vote_a_customer do nothing returning idea_id),
taken_back as (
  delete from care.idea_vote v using idea i where v.organisation_id = :organisation::uuid and v.idea_id = i.idea_id and v.customer_id = :customer_id::uuid and not :for_it::boolean returning v.idea_id),
happened as (
  select case when :for_it::boolean then 'idea_voted_for' else 'idea_vote_taken_back' end as kind, :customer_id::uuid as customer_id, 'idea' as subject_kind, idea_id as subject_id, '{}'::jsonb as body
  from (select idea_id from cast_now union all select idea_id from taken_back) t),
answer as (select 200 as status, null::text as code, jsonb_build_object('id', idea_id) as body from idea)

-- verb: answer_idea
-- The same again changes nothing.
with idea as (
  select i.idea_id, i.customer_id from care.idea i where i.organisation_id = :organisation::uuid and i.idea_id = :idea_id::uuid limit 1),
last as (
  select a.step, a.state, a.words from care.idea_answer a where a.organisation_id = :organisation::uuid and a.idea_id = :idea_id::uuid order by a.step desc limit 1),
answered as (
  insert into care.idea_answer (organisation_id, idea_id, step, state, words, said_by, said_at)
  select :organisation::uuid, idea_id, coalesce((select step from last), 0) + 1, :state::text, :words::text, :actor::text, :at::timestamptz
  from idea where not exists (select from last where state = :state::text and words = :words::text) returning idea_id, step),
happened as (
  select 'idea_answered' as kind, i.customer_id, 'idea' as subject_kind, a.idea_id as subject_id, jsonb_build_object('state', :state::text, 'step', a.step) as body
  from answered a join idea i on i.idea_id = a.idea_id),
answer as (select 200 as status, null::text as code, jsonb_build_object('id', idea_id) as body from idea)

-- query: list_ideas
-- The ones most voted for first: what everybody may read, with a customer's own, or everything.
select i.idea_id, i.title, i.words, i.opened_at, coalesce(a.state, 'open') as state, a.words as answer, a.said_at as answered_at,
  (select count(*)::int from care.idea_vote v where v.organisation_id = :organisation and v.idea_id = i.idea_id) as votes,
  exists (select from care.idea_vote v where v.organisation_id = :organisation and v.idea_id = i.idea_id and v.customer_id = :customer_id::uuid) as voted,
  i.customer_id is not distinct from :customer_id::uuid as own, a.state is not null as is_public
from care.idea i
left join lateral (
  select a.state, a.words, a.said_at from care.idea_answer a where a.organisation_id = :organisation and a.idea_id = i.idea_id order by a.step desc limit 1) a on true
where i.organisation_id = :organisation and (:everything::boolean or a.state is not null or i.customer_id = :customer_id::uuid)
order by votes desc, i.opened_at desc, i.idea_id limit 200
