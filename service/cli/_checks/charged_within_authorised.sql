-- Nothing is billed beyond what was performed, no posting closes beyond its tolerance, and each item's totals are the sums of its steps.
with item as (
  select organisation_id, item_id, scope_id,
         sum(granted_after - granted_before) as granted, sum(performed_after - performed_before) as performed,
         sum(billed_after - billed_before) as billed, sum(net_after - net_before) as net,
         (array_agg(granted_after order by item_seq desc))[1] as granted_last, (array_agg(performed_after order by item_seq desc))[1] as performed_last,
         (array_agg(billed_after order by item_seq desc))[1] as billed_last, (array_agg(net_after order by item_seq desc))[1] as net_last
  from authorisations.capacity group by 1, 2, 3)
select organisation_id, item_id, format('billed %s of %s performed and %s granted (last step: %s, %s, %s)', billed, performed, granted, billed_last, performed_last, granted_last)
from item
where billed > performed or net < 0 or billed < 0
   or (granted, performed, billed, net) is distinct from (granted_last::numeric, performed_last::numeric, billed_last::numeric, net_last::numeric)
