-- In: person (customer_id, name). Out: money (customer_id, line_id, booked_on, amount_minor, currency, party_name, found), what came by bank, waits to be decided and may be
-- theirs: found for them when it was judged, or from somebody called alike.
waiting as (
  select w.line_id, l.booked_on, l.amount_minor, l.currency, l.party_name
  from (select w.line_id from billing.bank_waiting w where w.organisation_id = :organisation::uuid offset 0) w
  cross join lateral (select l.* from billing.bank_line l where l.organisation_id = :organisation::uuid and l.line_id = w.line_id limit 1) l
  where l.incoming),
money as (
  select p.customer_id, w.*, true as found from person p
  cross join lateral (
    select f.line_id from billing.bank_waiting_for f where f.organisation_id = :organisation::uuid and f.customer_id = p.customer_id offset 0) f
  join waiting w on w.line_id = f.line_id
  union all
  select p.customer_id, w.*, false from person p
  cross join lateral (select array_agg(t.word) as words from regexp_split_to_table(lower(p.name), '\W+') t (word) where length(t.word) >= 4) n
  join waiting w on exists (select from unnest(n.words) u (word) where position(u.word in lower(w.party_name)) > 0)
  where not exists (
    select from billing.bank_waiting_for f where f.organisation_id = :organisation::uuid and f.customer_id = p.customer_id and f.line_id = w.line_id offset 0))
