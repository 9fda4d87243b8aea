-- The numbers of a series begin at one, leave none out, and were given in the order in which invoices were issued: by the clock of the record up to a step of it, and by their
-- transactions up to how many others begin while one waits for its number (decision 116).
select organisation_id, series || ' ' || number,
       format('comes after number %s, given at %s by transaction %s where its own are %s and %s', before, before_at, before_transaction, issued_at, transaction_id)
from (
  select organisation_id, series, number, epoch, transaction_id, issued_at,
         lag(number) over s as before, lag(transaction_id) over s as before_transaction, lag(epoch) over s as before_epoch, lag(issued_at) over s as before_at
  from billing.invoice window s as (partition by organisation_id, series order by number)) n
where number <> coalesce(before, 0) + 1 or before_at > issued_at + interval '1 minute' or (before_epoch, before_transaction) > (epoch, transaction_id + 10000)
