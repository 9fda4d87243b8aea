-- The numbers of a series begin at one, leave none out, and were given in the order in which invoices were issued, up to how many transactions begin while one waits for its
-- number (decision 116).
select organisation_id, series || ' ' || number, format('comes after number %s, given by transaction %s where its own is %s', before, before_transaction, transaction_id)
from (
  select organisation_id, series, number, epoch, transaction_id,
         lag(number) over s as before, lag(transaction_id) over s as before_transaction, lag(epoch) over s as before_epoch
  from billing.invoice window s as (partition by organisation_id, series order by number)) n
where number <> coalesce(before, 0) + 1 or (before_epoch, before_transaction) > (epoch, transaction_id + 10000)
