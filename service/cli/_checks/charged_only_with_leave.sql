-- Nothing was charged without its customer after their word was taken back, nor twice for one announcement, and what is charged was announced.
select g.organisation_id, g.attempt_id::text, format('was charged on %s, after the method was ended (%s) on %s', g.begun_at, t.kind, t.happened_at)
from billing.charge g
join billing.saved_method_step t on t.organisation_id = g.organisation_id and t.method_id = g.method_id and not t.live
where (t.epoch, t.transaction_id) < (g.epoch, g.transaction_id)
union all
select g.organisation_id, g.attempt_id::text, format('is charge %s of invoice %s, which the one before paid', g.ordinal, g.invoice_id)
from billing.charge g
join billing.charge before on before.organisation_id = g.organisation_id and before.invoice_id = g.invoice_id and before.consent_id = g.consent_id and before.turn = g.turn and before.ordinal < g.ordinal
join billing.collection_attempt a on a.organisation_id = before.organisation_id and a.attempt_id = before.attempt_id and a.state = 'succeeded'
where not exists (select from billing.charge_failure f where f.organisation_id = before.organisation_id and f.attempt_id = before.attempt_id)
union all
select f.organisation_id, f.attempt_id::text, 'waits for nothing: it failed and its attempt is still open'
from billing.charge_failure f
join billing.collection_attempt a on a.organisation_id = f.organisation_id and a.attempt_id = f.attempt_id
where f.verdict <> 'ask_customer' and a.state in ('begun', 'open', 'processing')
order by 1, 2
