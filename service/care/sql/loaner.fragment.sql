select l.loaner_id, l.kind, l.name, l.serial, o.loan_id, o.customer_id, o.customer_name, o.custody_id, o.device_name, o.since, o.back_by, coalesce(o.back_by <= :at, false) as late, coalesce(o.asked_back, false) as asked_back,
  r.retired_because, r.retired_words, r.captured_at,
  case when r.retired_because is not null then 3 when o.loan_id is null then 2 when o.asked_back then 0 else 1 end as rank
from care.loaner l
left join lateral (
  select s.loan_id, s.customer_id, u.name as customer_name, s.custody_id, a.name as device_name, s.captured_at as since,
    (select p.due_at from promises.promise p where p.organisation_id = :organisation and p.subject_id = s.loan_id and p.kind = 'update'
      and exists (select from promises.open_promise n where n.organisation_id = :organisation and n.promise_id = p.promise_id offset 0) order by p.due_at limit 1) as back_by,
    not exists (select from care.open_custody h where h.organisation_id = :organisation and h.custody_id = s.custody_id offset 0) as asked_back
  from care.loan_step s
  join care.custody c on c.organisation_id = :organisation and c.custody_id = s.custody_id
  join customers.customer u on u.organisation_id = :organisation and u.customer_id = s.customer_id
  join customers.asset a on a.organisation_id = :organisation and a.customer_id = s.customer_id and a.asset_id = c.asset_id
  where s.organisation_id = :organisation and s.loaner_id = l.loaner_id and s.kind = 'lent'
    and s.step = (select max(n.step) from care.loan_step n where n.organisation_id = :organisation and n.loaner_id = l.loaner_id)) o on true
left join lateral (
  select s.retired_because, s.retired_words, s.captured_at from care.loan_step s where s.organisation_id = :organisation and s.loaner_id = l.loaner_id and s.kind = 'retired') r on true
where l.organisation_id = :organisation
