-- query: promises_to_watch
-- Whether a promise is about to break and its owner not warned, or broken and not handed up. A window to arrive in is warned of shortly before it ends, for until then somebody is
-- mostly on the way, and handed up shortly after it has ended, since a phone without signal tells late.
select exists (
  select from promises.open_promise n
  join promises.promise p on p.organisation_id = n.organisation_id and p.promise_id = n.promise_id
  where n.organisation_id = :organisation and n.due_at <= :at::timestamptz + make_interval(mins => :warn_minutes::int)
    and not exists (select from promises.escalation x where x.organisation_id = n.organisation_id and x.promise_id = n.promise_id)
    and case when n.due_at > :at
      then (p.kind <> 'arrive' or n.due_at <= :at::timestamptz + make_interval(mins => :arrive_minutes::int))
        and not exists (select from promises.warning w where w.organisation_id = n.organisation_id and w.promise_id = n.promise_id)
      else p.kind <> 'arrive' or n.due_at <= :at::timestamptz - make_interval(mins => :arrive_minutes::int) end)

-- verb: watch_promises
-- Each once, whoever else watches. Broken, it goes to whom the policy names; else to a manager who isn't its owner, else it stays where it is.
with due as (
  select p.promise_id, p.customer_id, p.kind, p.subject_kind, p.subject_id, p.due_at,
    coalesce((select h.to_staff_id from promises.handing h where h.organisation_id = :organisation::uuid and h.promise_id = p.promise_id order by h.number desc limit 1), p.owner_staff_id) as owner_staff_id, p.due_at <= :at::timestamptz as broken
  from promises.open_promise n
  cross join lateral (select p.* from promises.promise p where p.organisation_id = :organisation::uuid and p.promise_id = n.promise_id offset 0) p
  where n.organisation_id = :organisation::uuid and n.due_at <= :at::timestamptz + make_interval(mins => :warn_minutes::int)
    and not exists (select from promises.escalation x where x.organisation_id = :organisation::uuid and x.promise_id = n.promise_id offset 0)
    and case when n.due_at > :at::timestamptz
      then (p.kind <> 'arrive' or n.due_at <= :at::timestamptz + make_interval(mins => :arrive_minutes::int))
        and not exists (select from promises.warning w where w.organisation_id = :organisation::uuid and w.promise_id = n.promise_id offset 0)
      else p.kind <> 'arrive' or n.due_at <= :at::timestamptz - make_interval(mins => :arrive_minutes::int) end
  order by n.due_at, n.promise_id limit 500),
warned as (
  insert into promises.warning (organisation_id, promise_id, due_at, warned_staff_id, warned_at)
  select :organisation::uuid, promise_id, due_at, owner_staff_id, :at::timestamptz from due where not broken
  on conflict on constraint one_warning_a_promise do nothing returning promise_id, warned_staff_id as staff_id),
handed_up as (
  insert into promises.escalation (organisation_id, promise_id, due_at, to_staff_id, escalated_at)
  select :organisation::uuid, d.promise_id, d.due_at, up.staff_id, :at::timestamptz
  from due d cross join lateral (
    select s.staff_id from identity.staff s where s.organisation_id = :organisation::uuid and (s.active or s.staff_id = d.owner_staff_id)
    order by s.active and s.staff_id is not distinct from :escalates_to::uuid desc, 'manager' = any (s.roles) and s.staff_id <> d.owner_staff_id desc, s.staff_id = d.owner_staff_id desc, s.staff_id limit 1) up
  where d.broken
  on conflict on constraint one_escalation_a_promise do nothing returning promise_id, to_staff_id as staff_id),
told as (
  select w.promise_id, w.staff_id, 'promise_due' as notice from warned w union all select h.promise_id, h.staff_id, 'promise_broken' from handed_up h),
happened as (
  select case t.notice when 'promise_due' then 'promise_warned' else 'promise_escalated' end as kind, d.customer_id, 'promise' as subject_kind, d.promise_id as subject_id,
         jsonb_build_object('kind', d.kind, 'due_at', d.due_at, 'staff_id', t.staff_id) as body
  from told t join due d using (promise_id)),
-- An incident promises the same to everybody in its reach: whoever answers for it is mailed once, of the first of them.
mails as (
  select distinct on (1) md5(t.notice || case when d.subject_kind = 'incident' then d.subject_id::text || d.due_at else t.promise_id::text end)::uuid as task_id, t.promise_id, t.staff_id, t.notice
  from told t join due d using (promise_id) order by 1, t.promise_id),
wanted as (
  select m.task_id, 'send_notice' as kind, m.promise_id as subject_id, :at::timestamptz as due_at, jsonb_build_object('notice', m.notice, 'staff_id', m.staff_id) as body
  from mails m where not exists (select from kit.task k where k.organisation_id = :organisation::uuid and k.task_id = m.task_id offset 0)),
answer as (
  select 200 as status, null::text as code, jsonb_build_object('warned', (select count(*) from warned), 'escalated', (select count(*) from handed_up)) as body)
