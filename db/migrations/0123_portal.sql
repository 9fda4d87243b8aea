-- What a customer quotes on the telephone where the matter at hand has no reference of its own: the operator's for them, or one of ours.
alter table customers.customer add column quote text not null generated always as (coalesce(reference, authorisations.reference('customer', customer_id))) stored;
create index customer_by_quote on customers.customer (organisation_id, quote);
