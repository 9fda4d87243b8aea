-- What keeps a period open, each with when it was recorded: the one list of it. Whatever is added here is a reason in records/periods.py.
unexplained as (
  select 'MONEY_PARKED' as reason, 'parked_money' as subject_kind, m.parked_id::text as subject_id, null::uuid as customer_id, m.currency, m.amount_minor, m.recorded_at
  from billing.parked_money m
  where m.organisation_id = :organisation and not exists (
    select from billing.parked_resolution r where r.organisation_id = m.organisation_id and r.parked_id = m.parked_id offset 0)
  union all
  select 'CASH_IN_TRANSIT', 'hand_in', h.hand_in_id::text, null, h.currency, null, h.recorded_at
  from billing.cash_hand_in h
  where h.organisation_id = :organisation and not exists (
    select from billing.cash_acceptance a where a.organisation_id = h.organisation_id and a.hand_in_id = h.hand_in_id offset 0)
  union all
  select 'CASH_DIFFERENCE_OPEN', d.subject_kind, d.subject_id::text, null, d.currency, abs(coalesce(l.open_after, d.missing_minor)), d.recorded_at
  from (
    select 'hand_in' as subject_kind, a.hand_in_id as subject_id, a.hand_in_id as difference_id, a.currency, a.missing_minor, a.recorded_at
    from billing.cash_acceptance a where a.organisation_id = :organisation and a.missing_minor <> 0
    union all
    select 'deposit', c.deposit_id, c.arrival_id, c.currency, c.missing_minor, c.recorded_at
    from billing.cash_arrival c where c.organisation_id = :organisation and c.arrives and c.missing_minor <> 0) d
  left join lateral (
    select t.open_after from billing.cash_settlement t where t.organisation_id = :organisation and t.difference_id = d.difference_id order by t.step desc limit 1) l on true
  where coalesce(l.open_after, d.missing_minor) <> 0
  union all
  select 'DEPOSIT_ON_ITS_WAY', 'deposit', d.deposit_id::text, null, d.currency, d.amount_minor, d.recorded_at
  from billing.cash_deposit d
  left join lateral (
    select c.arrives from billing.cash_arrival c where c.organisation_id = :organisation and c.deposit_id = d.deposit_id order by c.step desc limit 1) l on true
  where d.organisation_id = :organisation and l.arrives is not true
  union all
  select 'CHEQUE_ON_ITS_WAY', 'payment', q.payment_id::text, q.customer_id, q.currency, q.amount_minor, p.recorded_at
  from billing.cheque_on_its_way w
  join billing.cheque q on q.organisation_id = w.organisation_id and q.payment_id = w.payment_id
  join billing.payment p on p.organisation_id = w.organisation_id and p.payment_id = w.payment_id
  where w.organisation_id = :organisation
  union all
  select 'PAYOUT_ON_ITS_WAY', 'payout', p.payout_id::text, null, p.currency, abs(p.amount_minor), p.recorded_at
  from billing.payout p
  left join lateral (
    select s.sight from billing.bank_step s where s.organisation_id = :organisation and s.own_money = p.payout_id and s.sight is not null order by s.sight desc limit 1) l on true
  where p.organisation_id = :organisation and p.status in ('pending', 'in_transit') and coalesce(l.sight, 0) % 2 = 0
  union all
  select 'REFUND_ON_ITS_WAY', 'refund', r.refund_id::text, r.customer_id, r.currency, r.amount_minor, r.recorded_at
  from billing.refund_on_its_way w
  join billing.refund r on r.organisation_id = w.organisation_id and r.refund_id = w.refund_id
  where w.organisation_id = :organisation
  union all
  select 'CARD_PAYMENT_NOT_FINAL', 'attempt', a.attempt_id::text, a.customer_id, a.currency, a.amount_minor, a.begun_at
  from billing.collection_attempt a where a.organisation_id = :organisation and a.state in ('begun', 'open', 'processing')
  union all
  select 'EVENT_WAITING', 'provider_event', w.event_id, null, w.currency, w.amount_minor, w.recorded_at
  from billing.waiting_event w where w.organisation_id = :organisation
  union all
  select 'BANK_LINE_WAITING', 'bank_line', l.line_id::text, null, l.currency, coalesce(last.open_after, l.size_minor), f.imported_at
  from billing.bank_waiting w
  join billing.bank_line l on l.organisation_id = w.organisation_id and l.line_id = w.line_id
  join billing.bank_statement s on s.organisation_id = l.organisation_id and s.statement_id = l.statement_id
  join billing.bank_file f on f.organisation_id = s.organisation_id and f.file_id = s.file_id
  left join lateral (
    select t.open_after from billing.bank_step t where t.organisation_id = l.organisation_id and t.line_id = l.line_id order by t.step desc limit 1) last on true
  where w.organisation_id = :organisation)
