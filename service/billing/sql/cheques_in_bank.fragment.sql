-- Cheques, and whether a line that brings money (`comes`) or takes it out (`goes`) may yet show each; where the bounce of one was undone, what stands in its place.
cheques_in_bank as not materialized (
  select q.payment_id, q.customer_id, p.name, q.number, q.number_key, q.amount_minor, q.currency, s.bank_reference,
         coalesce(b.state, 'told') in ('told', 'returned') as comes, coalesce(b.state, 'told') in ('told', 'seen', 'reversed') as goes
  from billing.cheque q
  cross join lateral (select p.name from customers.customer p where p.organisation_id = :organisation and p.customer_id = q.customer_id limit 1) p
  left join lateral (
    select s.bank_reference from billing.cheque_step s where s.organisation_id = :organisation and s.payment_id = q.payment_id order by s.step desc limit 1) s on true
  left join lateral (
    select b.state from billing.bank_sighting b where b.organisation_id = :organisation and b.told_id = q.payment_id order by b.step desc limit 1) b on true
  where q.organisation_id = :organisation and not exists (
    select from billing.cheque n where n.organisation_id = :organisation and n.customer_id = q.customer_id and n.bank_key = q.bank_key and n.number_key = q.number_key and n.nth = q.nth + 1 offset 0))
