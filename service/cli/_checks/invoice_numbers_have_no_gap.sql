-- The numbers of a series begin at one, leave none out, and were given in the order in which invoices were issued: each once the transaction of the one before had ended,
-- or by the same.
select organisation_id, series || ' ' || number, format('comes after number %s, given by transaction %s where those below %s had ended', before, before_transaction, numbered_after)
from (
  select organisation_id, series, number, epoch, transaction_id, numbered_after,
         lag(number) over s as before, lag(transaction_id) over s as before_transaction, lag(epoch) over s as before_epoch
  from billing.invoice window s as (partition by organisation_id, series order by number)) n
where number <> coalesce(before, 0) + 1 or before_epoch > epoch or (before_epoch = epoch and before_transaction <> transaction_id and before_transaction >= numbered_after)
