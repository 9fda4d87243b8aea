-- In: recovering (posting_id, ordinal, invoice_id, customer_id, currency, total_minor, step, open_minor, written_off_minor, amount_minor, cause, write_off_id, note): how much of
-- what was written off is owed again. The caller holds the account's lock.
moved as (
  select posting_id, ordinal, 'recovery' as kind, 'receivable' as debit_kind, customer_id::text as debit_holder, 'bad_debt' as credit_kind, '' as credit_holder, currency, amount_minor,
         customer_id as strand, 'invoice' as subject_kind, invoice_id as subject_id, :at::timestamptz as occurred_at
  from recovering),
-- include: billing/transfers
,
recovered_steps as (
  insert into billing.allocation (organisation_id, invoice_id, step, kind, posting_id, ordinal, customer_id, currency, total_minor, open_before, open_after, written_off_before,
    written_off_after)
  select :organisation::uuid, invoice_id, step + 1, 'recover', posting_id, ordinal, customer_id, currency, total_minor, open_minor, open_minor + amount_minor, written_off_minor,
         written_off_minor - amount_minor
  from recovering),
recovered as (
  insert into billing.recovery (organisation_id, recovery_id, ordinal, invoice_id, customer_id, currency, amount_minor, cause, write_off_id, note, recorded_by)
  select :organisation::uuid, posting_id, ordinal, invoice_id, customer_id, currency, amount_minor, cause, write_off_id, note, :actor::text from recovering)
