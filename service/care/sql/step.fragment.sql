-- Input `stepping (case_id, customer_id, kind, carried, message_id, other_case_id, team, staff_id, note_id, due_at, returned)`: what happens to cases; `carried` is null where everything is answered, team and
-- staff count where it begins or is handed over, `returned` is null where that isn't known here. Output `care_stepped (case_id, customer_id, step, kind, state, waiting)` and `care_facts (kind, customer_id, subject_kind, subject_id, body)`.
care_cases as (select case_id from stepping union select other_case_id from stepping where other_case_id is not null),
care_last as (
  select c.case_id, l.step, l.state, l.waiting, l.team, l.staff_id from care_cases c
  left join lateral (
    select s.step, s.state, s.waiting, s.team, s.staff_id from care.case_step s where s.organisation_id = :organisation::uuid and s.case_id = c.case_id order by s.step desc limit 1) l on true),
care_moving as (
  select s.case_id, s.customer_id, s.kind, s.message_id, s.other_case_id, s.note_id, s.due_at, s.returned, coalesce(l.step, 0) + 1 as step, coalesce(l.state, '') as from_state, coalesce(l.waiting, 0) as waiting_before,
    case when s.kind in ('closed', 'merged') then s.kind when s.kind in ('noted', 'fault', 'handed', 'divided') then l.state else 'open' end as state,
    coalesce(s.carried, -l.waiting) as carried, case when s.other_case_id is not null then coalesce(o.step, 0) + 1 end as other_step,
    case when l.step is null or s.kind = 'handed' then s.team else l.team end as team, case when l.step is null or s.kind = 'handed' then s.staff_id else l.staff_id end as staff_id
  from stepping s join care_last l on l.case_id = s.case_id left join care_last o on o.case_id = s.other_case_id),
care_stepped as (
  insert into care.case_step (organisation_id, case_id, customer_id, step, kind, from_state, state, waiting_before, carried, message_id, other_case_id, other_step, note_id, team, staff_id, acted_by, acted_at)
  select :organisation::uuid, case_id, customer_id, step, kind, from_state, state, waiting_before, carried, message_id, other_case_id, other_step, note_id, team, staff_id, :actor::text, :at::timestamptz from care_moving
  returning case_id, customer_id, step, kind, state, waiting),
care_listed as (
  insert into care.open_case (organisation_id, case_id, customer_id, waiting, returned, due_at, team, staff_id)
  select :organisation::uuid, m.case_id, m.customer_id, m.waiting_before + m.carried,
    coalesce(m.returned, exists (select from care.case_fault f where f.organisation_id = :organisation::uuid and f.case_id = m.case_id and f.repeats_case_id is not null offset 0)),
    case when m.kind = 'answered' then '9999-12-31 00:00+00' when m.kind in ('divided', 'split_off') then coalesce(m.due_at, '9999-12-31 00:00+00')
      else coalesce(least(m.due_at, (select n.due_at from care.open_case n where n.organisation_id = :organisation::uuid and n.case_id = m.case_id limit 1)), '9999-12-31 00:00+00') end, m.team, m.staff_id
  from care_moving m where m.state = 'open'
  on conflict on constraint one_open_case_an_id do update
    set waiting = excluded.waiting, returned = excluded.returned, due_at = excluded.due_at, team = excluded.team, staff_id = excluded.staff_id),
care_unlisted as (delete from care.open_case o using care_moving m where o.organisation_id = :organisation::uuid and o.case_id = m.case_id and m.state <> 'open'),
care_facts as (
  select 'case_' || case when m.step = 1 and m.kind = 'heard' then 'raised' else m.kind end as kind, m.customer_id, 'case' as subject_kind, m.case_id as subject_id,
    jsonb_strip_nulls(jsonb_build_object('step', m.step, 'message_id', m.message_id, 'other_case_id', m.other_case_id, 'team', case m.kind when 'handed' then m.team end, 'staff_id', case m.kind when 'handed' then m.staff_id end)) as body
  from care_moving m)
