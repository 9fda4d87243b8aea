-- The list of refunds on their way holds those that nobody paid, refused or called off, and no other.
select organisation_id, 'refund ' || refund_id, case when w.refund_id is null then 'it is on its way, and listed nowhere' else 'it is listed as on its way, and has ended' end
from (
  select r.organisation_id, r.refund_id from billing.refund r
  where coalesce((
    select o.outcome from billing.refund_outcome o where o.organisation_id = r.organisation_id and o.refund_id = r.refund_id order by o.step desc limit 1), 'proposed') = 'proposed') r
full join (select w.organisation_id, w.refund_id from billing.refund_on_its_way w) w using (organisation_id, refund_id)
where r.refund_id is null or w.refund_id is null
