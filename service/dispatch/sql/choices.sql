-- verb: set_choice_policy
with last as (
  select coalesce((select version from dispatch.choice_policy where organisation_id = :organisation::uuid order by version desc limit 1), 0) as version),
judged as (select version, case when version <> :version::int then 'STALE_VERSION' end as code from last),
said as (
  insert into dispatch.choice_policy (organisation_id, version, days_ahead, hours_before, most_moves, earliest, latest, step_minutes, set_by, set_at)
  select :organisation::uuid, version + 1, :days_ahead::int, :hours_before::int, :most_moves::int, :earliest::time, :latest::time, :step_minutes::int, :actor::text, :at::timestamptz from judged where code is null
  returning version),
happened as (
  select 'choice_policy_set' as kind, null::uuid as customer_id, 'visit' as subject_kind, :organisation::uuid as subject_id, jsonb_build_object('version', version) as body from said),
answer as (
  select case when j.code is null then 200 else 412 end as status, j.code,
         case when j.code is null then jsonb_build_object('id', :organisation::uuid, 'version', j.version + 1) else '{}'::jsonb end as body
  from judged j)

-- query: find_choice_policy
select version, days_ahead, hours_before, most_moves, earliest, latest, step_minutes from dispatch.choice_policy where organisation_id = :organisation order by version desc limit 1

-- verb: make_choice_link
with asked as (
  select j.job_id, j.customer_id, case
      when p.to_state not in ('open', 'in_progress') then 'JOB_NOT_OPEN'
      when not exists (select from dispatch.choice_policy y where y.organisation_id = :organisation::uuid) then 'CHOICE_NOT_OPEN' end as code
  from dispatch.job j
  cross join lateral (select to_state from dispatch.job_step p where p.organisation_id = :organisation::uuid and p.job_id = j.job_id order by p.step desc limit 1) p
  where j.organisation_id = :organisation::uuid and j.job_id = :job_id::uuid),
linked as (
  select :link_id::uuid as link_id, 'choice' as purpose, customer_id, job_id as subject_id, :expires_at::timestamptz as expires_at, :token_hash::bytea as token_hash
  from asked where code is null),
-- include: identity/make_link
,
happened as (
  select 'choice_offered' as kind, customer_id, 'job' as subject_kind, subject_id, '{}'::jsonb as body from made_link),
answer as (
  select 201 as status, null::text as code, jsonb_build_object('id', link_id, 'expires_at', to_char(expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) as body from made_link
  union all
  select 409, code, '{}'::jsonb from asked where code is not null)

-- query: find_choice
with
-- include: dispatch/choice_head
select * from head

-- verb: choose
-- Judged under the job's lock, before the step that it allows: the step cites it.
with
-- include: dispatch/choice_head
,
judged as (
  select h.*, case
      when policy_version is null then 'CHOICE_NOT_OPEN'
      when :act::text = 'held' and visit_id is not null then 'ALREADY_BOOKED'
      when :act::text <> 'held' and (visit_id is distinct from :visit_id::uuid or not (case :act::text when 'booked' then state = 'held' else state in ('booked', 'dispatched', 'accepted') end)) then 'VISIT_NOT_IN_STATE'
      when :act::text in ('moved', 'cancelled') and starts_at < :at::timestamptz + hours_before * interval '1 hour' then 'CHOICE_TOO_LATE'
      when :act::text = 'moved' and moves >= most_moves then 'MOVES_USED_UP'
      when :act::text in ('held', 'moved') and not (:starts_at::timestamptz >= :at::timestamptz + hours_before * interval '1 hour'
        and :starts_at::timestamptz < :at::timestamptz + days_ahead * interval '24 hours'
        and (:starts_at::timestamptz at time zone zone)::time between earliest and latest) then 'OUTSIDE_CHOICE'
    end as code
  from head h),
chosen as (
  insert into dispatch.choice (organisation_id, job_id, number, act, link_id, partner_id, visit_id, step, was_at, starts_at, moves_before, policy_version, days_ahead, hours_before, most_moves, earliest, latest, zone)
  select :organisation::uuid, job_id, number + 1, :act::text, :link_id::uuid, :partner_id::uuid, :visit_id::uuid, case :act::text when 'held' then 1 else step + 1 end,
    case :act::text when 'moved' then starts_at end, case when :act::text in ('held', 'moved') then :starts_at::timestamptz else starts_at end,
    moves, policy_version, days_ahead, hours_before, most_moves, earliest, latest, zone
  from judged where code is null),
happened as (
  select null::text as kind, null::uuid as customer_id, null::text as subject_kind, null::uuid as subject_id, null::jsonb as body where false),
answer as (
  select case when code is null then 200 else 409 end as status, code, case when code = 'VISIT_NOT_IN_STATE' then jsonb_build_object('state', state) when code is null then jsonb_build_object('id', :visit_id::uuid) else '{}'::jsonb end as body
  from judged)
