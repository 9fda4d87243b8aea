-- By which words a customer is found: those of their name, reference, contacts, sites and things, folded by the service so that case, accents and spelling don't count.
-- A row a word and where it stands. Compared for equality and order alone, which row-level security lets an index do; operators of trigrams it doesn't.
create table customers.find_word (
  organisation_id uuid not null,
  customer_id uuid not null,
  source_id uuid not null,
  word text collate "C" not null constraint find_word_has_a_length check (length(word) between 1 and 64),
  constraint find_word_stands_once primary key (organisation_id, customer_id, source_id, word),
  constraint find_word_of_customer foreign key (organisation_id, customer_id) references customers.customer (organisation_id, customer_id));
create index find_word_by_word on customers.find_word (organisation_id, word, customer_id);
select kit.wall('customers.find_word');
select kit.deletable('customers.find_word');

-- Whoever has a word of each group; the first group is the rarest, so that few are looked at. A customer comes once for each place their word stands in. Planned each time, with the
-- words at hand: one plan for all of them would read a word that fifty thousand have for the sake of one that three have, or look up thirty thousand one by one.
create function customers.with_words(words_0 text[], words_1 text[], words_2 text[], words_3 text[], words_4 text[]) returns setof uuid language plpgsql stable as $$
begin
  return query execute $with$
      select f.customer_id from customers.find_word f
      where f.organisation_id = kit.tenant() and f.word = any ($1)
        and (cardinality($2) = 0 or exists (select from customers.find_word g where g.organisation_id = kit.tenant() and g.word = any ($2) and g.customer_id = f.customer_id))
        and (cardinality($3) = 0 or exists (select from customers.find_word g where g.organisation_id = kit.tenant() and g.word = any ($3) and g.customer_id = f.customer_id))
        and (cardinality($4) = 0 or exists (select from customers.find_word g where g.organisation_id = kit.tenant() and g.word = any ($4) and g.customer_id = f.customer_id))
        and (cardinality($5) = 0 or exists (select from customers.find_word g where g.organisation_id = kit.tenant() and g.word = any ($5) and g.customer_id = f.customer_id))
      limit 200
  $with$ using words_0, words_1, words_2, words_3, words_4;
end $$;
grant execute on function customers.with_words(text[], text[], text[], text[], text[]) to sayso_service;
