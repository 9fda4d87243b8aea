-- Every capacity row carries on from the row before it, in its item's chain, its scope's and its authorisation's.
with rows as (
  select c.*, lag(c.seq, 1, 0) over scope as scope_seq, lag(c.entitled_after, 1, 0::bigint) over scope as entitled, lag(c.excess_after, 1, 0::bigint) over scope as excess,
    lag(c.item_seq, 1, 0) over item as item_step, lag(c.granted_after, 1, 0::bigint) over item as granted, lag(c.performed_after, 1, 0::bigint) over item as performed,
    lag(c.billed_after, 1, 0::bigint) over item as billed, lag(c.net_after, 1, 0::bigint) over item as net,
    lag(c.act_seq, 1, 0) over act as act_step, lag(c.act_net_after, 1, 0::bigint) over act as act_net
  from authorisations.capacity c
  window scope as (partition by c.organisation_id, c.scope_id order by c.seq), item as (partition by c.organisation_id, c.item_id order by c.item_seq),
    act as (partition by c.organisation_id, c.authorisation_id order by c.act_seq))
select organisation_id, scope_id || ' row ' || seq as id, 'does not follow' as detail
from rows
where (seq, entitled_before, excess_before) <> (scope_seq + 1, entitled, excess)
  or (item_seq, granted_before, performed_before, billed_before, net_before) <> (item_step + 1, granted, performed, billed, net)
  or (act_seq, act_net_before) <> (act_step + 1, act_net)
order by 1, 2
