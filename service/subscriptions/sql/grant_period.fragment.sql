-- In: supplied (work_record_id, scope_id, item_id, period_from, period_until), appended (authorisations/append), posted_invoice (invoice_id, …), :organisation, :actor, :at. A line that
-- supplies a subscription's plan grants that period. Out: granted_periods, and period_facts to be joined to a statement's own. Needs the account's lock.
granted_periods as (
  insert into subscriptions.period (organisation_id, subscription_id, number, scope_id, begins_on, previous_until_on, from_on, until_on, period_months, anchor_day, zone, step, state,
    reasons, item_id, authorised_at, period_ticks, denominator, price_numerator, price_denominator, work_record_id, invoice_id, bill_seq, bill_closes, billed_before, billed_after, net_before, net_after,
    granted_at, granted_by)
  select :organisation::uuid, s.subscription_id, coalesce(l.number, 0) + row_number() over periods, s.scope_id, s.begins_on,
    lag(u.period_until, 1, coalesce(l.until_on, s.begins_on)) over periods, u.period_from, u.period_until, s.period_months,
    case when u.period_from = lag(u.period_until, 1, coalesce(l.until_on, s.begins_on)) over periods then coalesce(l.anchor_day, s.anchor_day)
      else extract(day from u.period_from)::int end,
    s.zone, h.step, h.to_state, h.reasons_after, u.item_id, k.authorised_at, k.period_ticks, k.denominator, k.price_numerator, k.price_denominator, u.work_record_id, i.invoice_id,
    b.seq, b.closes, b.billed_before, b.billed_after, b.net_before, b.net_after, :at::timestamptz, :actor::text
  from supplied u cross join posted_invoice i
  cross join lateral (select s.* from subscriptions.subscription s where s.organisation_id = :organisation::uuid and s.scope_id = u.scope_id limit 1) s
  -- what is supplied is billed in the step that follows
  join appended w on w.subject = u.work_record_id and w.kind = 'perform'
  join appended b on b.scope_id = w.scope_id and b.seq = w.seq + 1 and b.kind = 'bill'
  cross join lateral (select k.* from authorisations.capacity_item k where k.organisation_id = :organisation::uuid and k.item_id = u.item_id limit 1) k
  cross join lateral (
    select t.step, t.to_state, t.reasons_after from subscriptions.subscription_step t
    where t.organisation_id = s.organisation_id and t.subscription_id = s.subscription_id order by t.step desc limit 1) h
  left join lateral (
    select p.number, p.until_on, p.anchor_day from subscriptions.period p
    where p.organisation_id = s.organisation_id and p.subscription_id = s.subscription_id order by p.number desc limit 1) l on true
  window periods as (partition by s.subscription_id order by u.period_from)
  returning subscription_id, number, from_on, until_on, work_record_id, invoice_id),
period_facts as (
  select 'subscription_period_granted' as kind, i.customer_id, 'subscription' as subject_kind, g.subscription_id as subject_id,
    jsonb_build_object('number', g.number, 'from_on', g.from_on, 'until_on', g.until_on, 'invoice_id', g.invoice_id, 'work_record_id', g.work_record_id) as body
  from granted_periods g cross join posted_invoice i)
