-- The next rows of the three chains, computed and not yet written. Needs `term` (the items' sealed terms) and
-- `move (ord, item_id, kind, subject, d_granted, d_performed, d_billed, d_net, revoked_to, started_at, ended_at, supplied, credited_invoice_id, credited_line, credit_step)`.
-- Each move looks its item's last row up, so that a thousand cost a thousand times one, whatever the planner takes their number to be.
-- Sub-statements share one snapshot, so running totals come from windows over the moves, from where the chains' last rows stand.
scope_tail as materialized (
  select t.* from (select distinct scope_id from term) m
  cross join lateral (select k.scope_id, k.seq, k.entitled_after, k.excess_after, k.opening_excess_after
    from authorisations.capacity k where k.organisation_id = :organisation::uuid and k.scope_id = m.scope_id order by k.seq desc limit 1) t),
act_tail as materialized (
  select t.* from (select distinct authorisation_id from term) m
  cross join lateral (select k.authorisation_id, k.seq, k.act_seq, k.act_net_after
    from authorisations.capacity k where k.organisation_id = :organisation::uuid and k.authorisation_id = m.authorisation_id order by k.act_seq desc limit 1) t),
-- the item's own totals, at and before each move
item_step as (
  select m.ord, m.kind, m.subject, m.started_at, m.ended_at, m.supplied, m.credited_invoice_id, m.credited_line, m.credit_step, m.d_net, t.*,
    coalesce(k.seq, 0) as tail_seq, coalesce(k.entitled_item, 0)::numeric as tail_entitled, coalesce(k.excess_item, 0)::numeric as tail_excess,
    coalesce(k.item_seq, 0) + row_number() over item as item_seq,
    coalesce(k.granted_after, 0) + sum(m.d_granted) over item as granted_after, m.d_granted,
    coalesce(k.performed_after, 0) + sum(m.d_performed) over item as performed_after, m.d_performed,
    coalesce(k.billed_after, 0) + sum(m.d_billed) over item as billed_after, m.d_billed,
    coalesce(k.net_after, 0) + sum(m.d_net) over item as net_after,
    least(coalesce(k.revoked_after, 'infinity'), min(m.revoked_to) over item) as revoked_after, coalesce(k.revoked_after, 'infinity') as tail_revoked
  from move m join term t using (item_id)
  left join lateral (select k.seq, k.item_seq, k.granted_after, k.performed_after, k.billed_after, k.net_after, k.revoked_after, k.entitled_item, k.excess_item
    from authorisations.capacity k where k.organisation_id = :organisation::uuid and k.item_id = m.item_id order by k.item_seq desc limit 1) k on true
  window item as (partition by m.item_id order by m.ord rows unbounded preceding)),
valued_step as (
  select *, kit.rounded(least(billed_after, granted_after) * price_numerator, denominator::numeric * price_denominator)::numeric as entitled_item from item_step),
paired_step as (
  select *, greatest(net_after - entitled_item, 0) as excess_item, lag(entitled_item, 1, tail_entitled) over item as entitled_item_before,
    lag(greatest(net_after - entitled_item, 0), 1, tail_excess) over item as excess_item_before, lag(revoked_after, 1, tail_revoked) over item as revoked_before
  from valued_step window item as (partition by item_id order by ord)),
placed_step as (
  select p.*, coalesce(s.seq, 0) + row_number() over scope as seq,
    coalesce(s.entitled_after, 0) + sum(p.entitled_item - p.entitled_item_before) over scope as entitled_after,
    coalesce(s.excess_after, 0) + sum(p.excess_item - p.excess_item_before) over scope as excess_after,
    -- a posting opens with the excess that stood before its first bill, and keeps it until its closing row
    case when coalesce(s.opening_excess_after, -1) = -1
      and count(*) filter (where p.kind = 'bill') over (partition by p.scope_id order by p.ord rows between unbounded preceding and 1 preceding) > 0
      then coalesce(s.excess_after, 0) else coalesce(s.opening_excess_after, -1) end as opening_excess_before,
    case when coalesce(s.opening_excess_after, -1) = -1 then coalesce(s.excess_after, 0) else s.opening_excess_after end as opening_excess,
    p.kind = 'bill' and p.ord = max(p.ord) filter (where p.kind = 'bill') over (partition by p.scope_id) as closes
  from paired_step p left join scope_tail s using (scope_id)
  window scope as (partition by p.scope_id order by p.ord rows unbounded preceding)),
step as (
  select p.*, coalesce(a.act_seq, 0) + row_number() over act as act_seq, coalesce(a.act_net_after, 0) + sum(p.d_net) over act as act_net_after,
    lag(p.seq, 1, coalesce(a.seq, 0)::bigint) over (partition by p.authorisation_id order by p.ord) as act_previous_seq,
    lag(p.seq, 1, p.tail_seq::bigint) over (partition by p.item_id order by p.ord) as item_previous_seq
  from placed_step p left join act_tail a using (authorisation_id)
  window act as (partition by p.authorisation_id order by p.ord rows unbounded preceding))
