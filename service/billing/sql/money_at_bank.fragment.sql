-- In: person (customer_id, name). Out: money (customer_id, line_id, booked_on, amount_minor, currency, party_name, found), what came by bank, waits to be decided and may be
-- theirs: found for them when it was judged, or from somebody called alike.
waiting as (
  select w.line_id, l.booked_on, l.amount_minor, l.currency, l.party_name
  from (select w.line_id from billing.bank_waiting w where w.organisation_id = :organisation::uuid offset 0) w
  cross join lateral (select l.* from billing.bank_line l where l.organisation_id = :organisation::uuid and l.line_id = w.line_id limit 1) l
  where l.incoming),
-- Who is called like a payer: by whole words, split once for all lines and all customers. A word that very many payers bear finds nobody whom another finds.
waiting_word as materialized (
  select distinct w.line_id, t.word from waiting w cross join lateral regexp_split_to_table(lower(w.party_name), '\W+') t (word) where length(t.word) >= 4),
person_word as materialized (
  select word, customer_id, lines, row_number() over (partition by customer_id order by lines, word) as place
  from (select distinct p.customer_id, t.word from person p cross join lateral regexp_split_to_table(lower(p.name), '\W+') t (word)) n
  join (select word, count(*) as lines from waiting_word group by word) l using (word)),
called as (select distinct n.customer_id, w.line_id from person_word n join waiting_word w using (word) where n.lines <= 200 or n.place = 1),
money as materialized (
  select p.customer_id, w.*, true as found from person p
  cross join lateral (
    select f.line_id from billing.bank_waiting_for f where f.organisation_id = :organisation::uuid and f.customer_id = p.customer_id offset 0) f
  join waiting w on w.line_id = f.line_id
  union all
  select c.customer_id, w.*, false from called c join waiting w using (line_id)
  where not exists (
    select from billing.bank_waiting_for f where f.organisation_id = :organisation::uuid and f.customer_id = c.customer_id and f.line_id = w.line_id offset 0))
