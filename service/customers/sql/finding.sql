-- verb: keep_words
-- Of what stands somewhere now: words that are gone go, new ones come.
with gone as (
  delete from customers.find_word f
  where f.organisation_id = :organisation::uuid and f.customer_id = :customer_id::uuid and f.source_id = :source_id::uuid and f.word <> all (:words::text[])),
kept as (
  insert into customers.find_word (organisation_id, customer_id, source_id, word)
  select :organisation::uuid, c.customer_id, :source_id::uuid, w.word from customers.customer c cross join unnest(:words::text[]) as w (word)
  where c.organisation_id = :organisation::uuid and c.customer_id = :customer_id::uuid
  on conflict on constraint find_word_stands_once do nothing),
happened as (select 'customer_found' as kind, :customer_id::uuid as customer_id, 'customer' as subject_kind, :customer_id::uuid as subject_id, '{}'::jsonb as body where false),
answer as (select 200 as status, null::text as code, jsonb_build_object('words', cardinality(:words::text[])) as body)

-- query: count_words
-- Which of them anybody has, and in how many places, as far as `most`.
select w.word, c.rows from unnest(:words::text[]) as w (word)
cross join lateral (select count(*)::int as rows from (select from customers.find_word f where f.organisation_id = :organisation and f.word = w.word limit :most::int) f) c
where c.rows > 0

-- query: count_beginnings
-- The first forty words that begin so, each looked up behind the one before: the rows of a word that many have are passed over.
with recursive beginning (word, number) as (
  (select f.word, 1 from customers.find_word f
   where f.organisation_id = :organisation and f.word >= :first::text collate "C" and f.word < :behind::text collate "C" order by f.word limit 1)
  union all
  select n.word, b.number + 1 from beginning b
  cross join lateral (
    select f.word from customers.find_word f
    where f.organisation_id = :organisation and f.word > b.word and f.word < :behind::text collate "C" order by f.word limit 1) n
  where b.number < 40)
select b.word, c.rows from beginning b
cross join lateral (select count(*)::int as rows from (select from customers.find_word f where f.organisation_id = :organisation and f.word = b.word limit :most::int) f) c

-- query: customers_with_words
-- Whoever has a word of each group; the first group is the rarest.
select w.customer_id from customers.with_words(:words_0::text[], :words_1::text[], :words_2::text[], :words_3::text[], :words_4::text[]) as w (customer_id)

-- query: contacts_with_word
-- Whoever is reached by one of those channels and has that word, in the order they were added.
select t.contact_id, t.customer_id, t.name, t.channel, t.address, t.may_authorise, t.version, t.created_at
from customers.find_word f
join customers.contact t on t.organisation_id = :organisation and t.customer_id = f.customer_id and t.contact_id = f.source_id
where f.organisation_id = :organisation and f.word = :word and t.channel = any (:channels::text[]) order by t.contact_id limit 1000

-- query: found_customers
-- With what tells two of the same name apart.
select c.customer_id, c.name, c.reference,
  (select t.address from customers.contact t where t.organisation_id = c.organisation_id and t.customer_id = c.customer_id and t.channel in ('phone', 'sms') order by t.contact_id limit 1) as phone,
  (select s.address from customers.site s where s.organisation_id = c.organisation_id and s.customer_id = c.customer_id order by s.site_id limit 1) as address
from customers.customer c where c.organisation_id = :organisation and c.customer_id = any (:customer_ids::uuid[])
