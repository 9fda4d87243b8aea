-- Each `move (ord, item_id, kind, subject, d_granted, d_performed, d_billed, d_net, revoked_to, started_at, ended_at, supplied, credited_invoice_id, credited_line, credit_step)`
-- with its item's sealed terms, from `term`, and its last row. Each looks the row up by itself, so that a thousand cost a thousand times one, whatever the planner takes their number to be.
item_move as (
  select m.*, t.scope_id, t.authorisation_id, t.ticks, t.period_ticks, t.denominator, t.price_numerator, t.price_denominator, t.currency, t.recurring, t.authorised_at, t.valid_until,
    t.cap_minor, k.seq as tail_seq, k.item_seq as tail_item_seq, k.granted_after as tail_granted, k.performed_after as tail_performed, k.billed_after as tail_billed,
    k.net_after as tail_net, k.revoked_after as tail_revoked, k.entitled_item as tail_entitled, k.excess_item as tail_excess
  from move m join term t using (item_id)
  left join lateral (select k.seq, k.item_seq, k.granted_after, k.performed_after, k.billed_after, k.net_after, k.revoked_after, k.entitled_item, k.excess_item
    from authorisations.capacity k where k.organisation_id = :organisation::uuid and k.item_id = m.item_id order by k.item_seq desc limit 1) k on true),
