-- Writes the computed `step`s where `go` has a row. Gives `appended`.
appended as (
  insert into authorisations.capacity (organisation_id, scope_id, seq, item_id, item_seq, authorisation_id, act_seq, kind, subject, closes,
    ticks, period_ticks, denominator, price_numerator, price_denominator, currency, recurring, authorised_at, valid_until, cap_minor,
    combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline,
    granted_before, granted_after, performed_before, performed_after, billed_before, billed_after, net_before, net_after, revoked_before, revoked_after,
    entitled_item_before, excess_item_before, entitled_before, entitled_after, excess_before, excess_after, opening_excess_before, act_net_before, act_net_after,
    started_at, ended_at, supplied, credited_invoice_id, credited_line, credit_step, item_previous_seq, act_previous_seq)
  select :organisation::uuid, s.scope_id, s.seq, s.item_id, s.item_seq, s.authorisation_id, s.act_seq, s.kind, s.subject, s.closes,
    s.ticks, s.period_ticks, s.denominator, s.price_numerator, s.price_denominator, s.currency, s.recurring, s.authorised_at, s.valid_until, s.cap_minor,
    p.combine, p.pct_numerator, p.pct_denominator, p.abs_minor, p.hard_cap_minor, p.at_limit_refuses, p.consent_deadline,
    s.granted_after - s.d_granted, s.granted_after, s.performed_after - s.d_performed, s.performed_after, s.billed_after - s.d_billed, s.billed_after,
    s.net_after - s.d_net, s.net_after, s.revoked_before, s.revoked_after,
    s.entitled_item_before, s.excess_item_before, s.entitled_after - (s.entitled_item - s.entitled_item_before), s.entitled_after,
    s.excess_after - (s.excess_item - s.excess_item_before), s.excess_after, s.opening_excess_before, s.act_net_after - s.d_net, s.act_net_after,
    s.started_at, s.ended_at, s.supplied, s.credited_invoice_id, s.credited_line, s.credit_step, s.item_previous_seq, s.act_previous_seq
  from step s join scope_tail p using (scope_id)
  where exists (select from go)
  returning scope_id, seq, item_id, kind, subject, closes, denominator, granted_after, performed_after, billed_before, billed_after, net_before, net_after, credited_invoice_id, credited_line, credit_step)
