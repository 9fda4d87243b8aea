-- A bank line as it is told: what is open of it, its state, and every step in words and figures.
told_bank_lines as (
  select l.line_id, l.bank_account_id, l.statement_id, l.booked_on, l.value_on, l.amount_minor, l.currency, open.minor as open_minor,
         case when l.confirms is not null then 'confirming' when open.minor = 0 then 'matched' else 'waiting' end as state,
         l.party_name, l.party_account, l.reference, l.end_to_end_id, l.creditor_references, l.remittance, l.booking_text, l.reversal, l.interim,
         case when l.confirms is not null then null when l.repeated then 'another_statement' when l.doubtful then 'told_otherwise' end as doubt, steps.list as steps
  from billing.bank_line l
  cross join lateral (
    select coalesce((select s.open_after from billing.bank_step s where s.organisation_id = l.organisation_id and s.line_id = l.line_id order by s.step desc limit 1),
      case when l.confirms is null then l.size_minor else 0 end) as minor) open
  cross join lateral (
    select coalesce(jsonb_agg(jsonb_build_object('step', s.step, 'kind', s.kind, 'amount_minor', s.amount_minor, 'rule', s.rule, 'reason', s.reason, 'note', s.note,
        'customer_id', s.customer_id, 'payment_id', s.payment_id, 'refund_id', s.refund_id, 'deposit_id', s.deposit_id, 'payout_id', s.payout_id, 'undoes', s.undoes, 'made_by', s.made_by, 'made_at', s.recorded_at) order by s.step), '[]') as list
    from billing.bank_step s where s.organisation_id = l.organisation_id and s.line_id = l.line_id) steps
  where l.organisation_id = :organisation)
