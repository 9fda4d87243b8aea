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
