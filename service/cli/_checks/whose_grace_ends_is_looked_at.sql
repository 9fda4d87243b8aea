-- Whatever service can lapse by what was written before lapsing was brought up to date is looked at from the day on which its grace is over, and nothing else is.
with head as (
  select distinct on (t.organisation_id, t.subscription_id) t.organisation_id, t.subscription_id, t.to_state, t.reasons_after, t.paid_until_on + t.grace_days as from_on
  from subscriptions.subscription_step t order by t.organisation_id, t.subscription_id, t.step desc),
lapses as (select * from head where to_state <> 'ended' and not 'unpaid' = any (reasons_after))
select organisation_id, subscription_id, format('is looked at from %s, and lapses from %s', coalesce(d.from_on::text, 'never'), coalesce(l.from_on::text, 'never'))
from lapses l full join subscriptions.lapsing d using (organisation_id, subscription_id)
where l.from_on is distinct from d.from_on
  and exists (select from subscriptions.lapsing_cursor c where c.organisation_id = coalesce(l.organisation_id, d.organisation_id))
  and not exists (
    select from subscriptions.subscription_step t join subscriptions.lapsing_cursor c on c.organisation_id = t.organisation_id
    where t.organisation_id = coalesce(l.organisation_id, d.organisation_id) and t.subscription_id = coalesce(l.subscription_id, d.subscription_id)
      and (t.epoch, t.transaction_id) >= (c.until_epoch, c.until_transaction))
order by 1, 2
