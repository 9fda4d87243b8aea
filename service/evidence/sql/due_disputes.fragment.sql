-- Which of `asked (dispute_id)` a bank takes evidence of that it hasn't got, and nobody was told so yet: `opened` unless it was asked for, and within three
-- days of the last moment `near`, unless it was asked for within the hour. Gives `due_dispute (dispute_id, customer_id, step, due_by, crossing)`.
due_dispute as (
  select t.dispute_id, t.customer_id, t.step, t.due_by, t.crossing
  from asked
  cross join lateral (
    select d.dispute_id, d.customer_id, s.step, case when s.status = 'warning_needs_response' then 'inquiry' else 'chargeback' end as about, due.due_by, case when due.due_by <= :at::timestamptz + interval '3 days' then 'near' else 'opened' end as crossing
    from billing.dispute d
    cross join lateral (
      select s.step, s.status from billing.dispute_step s where s.organisation_id = :organisation::uuid and s.dispute_id = d.dispute_id order by s.step desc limit 1) s
    cross join lateral (
      select (
        select s.due_by from billing.dispute_step s where s.organisation_id = :organisation::uuid and s.dispute_id = d.dispute_id and s.due_by is not null
        order by s.step desc limit 1) as due_by) due
    where d.organisation_id = :organisation::uuid and d.dispute_id = asked.dispute_id and s.status in ('needs_response', 'warning_needs_response')
      and (due.due_by is null or due.due_by > :at::timestamptz)
    limit 1) t
  left join lateral (
    select a.asked_at from evidence.dispute_answer a where a.organisation_id = :organisation::uuid and a.dispute_id = asked.dispute_id and a.about = t.about limit 1) a on true
  where (a.asked_at is null or t.crossing = 'near' and a.asked_at < :at::timestamptz - interval '1 hour')
    and not exists (
      select from evidence.dispute_answer_end e where e.organisation_id = :organisation::uuid and e.dispute_id = asked.dispute_id and e.about = t.about offset 0)
    and not exists (
      select from evidence.dispute_warning w
      where w.organisation_id = :organisation::uuid and w.dispute_id = asked.dispute_id and w.step = t.step and w.crossing = t.crossing offset 0))
