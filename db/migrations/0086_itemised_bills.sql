-- A customer's wish for an itemised bill, and that it was given (Australian Consumer Law, section 101). It costs nothing: there is no column for a price.

create table billing.itemised_request (
  organisation_id uuid not null, request_id uuid not null, invoice_id uuid not null, customer_id uuid not null, currency text not null,
  issued_on date not null, asked_on date not null,                       -- days of the organisation's zone, as invoices are dated
  -- the law of the place that gives most, of all the matters that the invoice is about
  law_jurisdiction text not null, law_trade text not null, law_price_form text not null, request_days int not null, reply_days int not null,
  may_decline boolean not null generated always as (asked_on - issued_on > request_days or request_days = 0) stored,
  reply_by date generated always as (case when asked_on - issued_on <= request_days and request_days > 0 then asked_on + reply_days end) stored,
  recorded_by text not null constraint itemised_recorder_short check (length(recorded_by) <= 100),
  recorded_at timestamptz not null default kit.recorded_now(),
  constraint itemised_request_pkey primary key (organisation_id, request_id),
  constraint asked_after_the_bill check (asked_on >= issued_on),
  constraint itemised_of_invoice foreign key (organisation_id, invoice_id, customer_id, currency) references billing.invoice (organisation_id, invoice_id, customer_id, currency),
  constraint itemised_under_law foreign key (law_jurisdiction, law_trade, law_price_form, request_days, reply_days)
    references authorisations.law (jurisdiction, trade, price_form, itemised_request_days, itemised_reply_days));
select kit.append_only('billing.itemised_request', except_columns => 'recorded_at');

create table billing.itemised_bill (
  organisation_id uuid not null, request_id uuid not null,
  given_by text not null constraint itemised_giver_short check (length(given_by) <= 100),
  given_at timestamptz not null default kit.recorded_now(),
  constraint itemised_bill_pkey primary key (organisation_id, request_id),
  constraint itemised_bill_was_asked_for foreign key (organisation_id, request_id) references billing.itemised_request (organisation_id, request_id));
select kit.append_only('billing.itemised_bill', except_columns => 'given_at');

select kit.lockable('account', 'billing.itemised_request', 'customer_id', 'request_id');
