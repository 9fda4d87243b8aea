-- The next rows of the three chains, computed and not yet written. Needs `item_move`: each move with its item's sealed terms and last row, as `authorisations/item_moves` gives it.
-- Sub-statements share one snapshot, so running totals come from windows over the moves, from where the chains' last rows stand.
scope_tail as materialized (
  select m.last_bill, p.scope_id, p.combine, p.pct_numerator, p.pct_denominator, p.abs_minor, p.hard_cap_minor, p.at_limit_refuses, p.consent_deadline,
    t.seq, t.entitled_after, t.excess_after, t.opening_excess_after
  from (select scope_id, max(ord) filter (where kind = 'bill') as last_bill from item_move group by scope_id) m
  cross join lateral (select p.* from authorisations.scope p where p.organisation_id = :organisation::uuid and p.scope_id = m.scope_id limit 1) p
  left join lateral (select k.seq, k.entitled_after, k.excess_after, k.opening_excess_after
    from authorisations.capacity k where k.organisation_id = :organisation::uuid and k.scope_id = m.scope_id order by k.seq desc limit 1) t on true),
act_tail as materialized (
  select t.* from (select distinct authorisation_id from item_move) m
  cross join lateral (select k.authorisation_id, k.seq, k.act_seq, k.act_net_after
    from authorisations.capacity k where k.organisation_id = :organisation::uuid and k.authorisation_id = m.authorisation_id order by k.act_seq desc limit 1) t),
-- the item's own totals, at and before each move
item_step as (
  select m.*, coalesce(m.tail_item_seq, 0) + row_number() over item as item_seq,
    coalesce(m.tail_granted, 0) + sum(m.d_granted) over item as granted_after,
    coalesce(m.tail_performed, 0) + sum(m.d_performed) over item as performed_after,
    coalesce(m.tail_billed, 0) + sum(m.d_billed) over item as billed_after,
    coalesce(m.tail_net, 0) + sum(m.d_net) over item as net_after,
    least(coalesce(m.tail_revoked, 'infinity'), min(m.revoked_to) over item) as revoked_after
  from item_move m window item as (partition by m.item_id order by m.ord rows unbounded preceding)),
valued_step as (
  select *, kit.rounded(least(billed_after, granted_after) * price_numerator, denominator::numeric * price_denominator)::numeric as entitled_item from item_step),
paired_step as (
  select *, greatest(net_after - entitled_item, 0) as excess_item, lag(entitled_item, 1, coalesce(tail_entitled, 0)::numeric) over item as entitled_item_before,
    lag(greatest(net_after - entitled_item, 0), 1, coalesce(tail_excess, 0)::numeric) over item as excess_item_before, lag(revoked_after, 1, coalesce(tail_revoked, 'infinity')) over item as revoked_before
  from valued_step window item as (partition by item_id order by ord)),
placed_step as (
  select p.*, coalesce(s.seq, 0) + row_number() over scope as seq,
    coalesce(s.entitled_after, 0) + sum(p.entitled_item - p.entitled_item_before) over scope as entitled_after,
    coalesce(s.excess_after, 0) + sum(p.excess_item - p.excess_item_before) over scope as excess_after,
    -- a posting opens with the excess that stood before its first bill, and keeps it until its closing row
    case when coalesce(s.opening_excess_after, -1) = -1
      and count(*) filter (where p.kind = 'bill') over scope > (p.kind = 'bill')::int
      then coalesce(s.excess_after, 0) else coalesce(s.opening_excess_after, -1) end as opening_excess_before,
    case when coalesce(s.opening_excess_after, -1) = -1 then coalesce(s.excess_after, 0) else s.opening_excess_after end as opening_excess,
    p.kind = 'bill' and p.ord = s.last_bill as closes
  from paired_step p left join scope_tail s using (scope_id)
  window scope as (partition by p.scope_id order by p.ord rows unbounded preceding)),
step as (
  select p.*, coalesce(a.act_seq, 0) + row_number() over act as act_seq, coalesce(a.act_net_after, 0) + sum(p.d_net) over act as act_net_after,
    lag(p.seq, 1, coalesce(a.seq, 0)::bigint) over act as act_previous_seq,
    lag(p.seq, 1, coalesce(p.tail_seq, 0)::bigint) over (partition by p.item_id order by p.ord) as item_previous_seq
  from placed_step p left join act_tail a using (authorisation_id)
  window act as (partition by p.authorisation_id order by p.ord rows unbounded preceding))
