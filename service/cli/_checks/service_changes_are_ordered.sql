-- Every change of a service's state was ordered from the network, and every subscription's scope is its own.
select s.organisation_id, s.subscription_id, 'step ' || s.step || ' to ' || s.to_state || ' was never ordered'
from subscriptions.subscription_step s
where s.from_state <> s.to_state and not exists (
  select from subscriptions.provisioning_order o
  where o.organisation_id = s.organisation_id and o.subscription_id = s.subscription_id and o.sequence = s.step and o.state = s.to_state)
union all
select c.organisation_id, c.scope_id, 'a scope of no subscription'
from authorisations.scope c
where c.subject_kind = 'subscription' and not exists (
  select from subscriptions.subscription s where s.organisation_id = c.organisation_id and s.subscription_id = c.subject_id and s.scope_id = c.scope_id)
order by 1, 2
