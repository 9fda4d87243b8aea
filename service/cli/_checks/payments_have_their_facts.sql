-- Every payment was told as a fact by the transaction that recorded it, exactly once.
select p.organisation_id, p.payment_id::text, format('%s facts tell of it', count(f.sequence))
from billing.payment p
left join kit.fact f on f.organisation_id = p.organisation_id and f.subject_id = p.payment_id and f.kind = 'payment_recorded'
  and f.epoch = p.epoch and f.transaction_id::text::bigint = p.transaction_id
group by 1, 2 having count(f.sequence) <> 1
