-- Out: granted_periods, empty: for a statement that settles periods and grants none.
granted_periods as (select p.subscription_id, p.number, p.until_on, p.invoice_id from subscriptions.period p where false)
