-- Who we serve, how to reach them, where, and what stands there. Names and addresses live here and nowhere else, so that a person can be erased.
create schema customers;
grant usage on schema customers to sayso_service;

create table customers.customer (
  organisation_id uuid not null,
  customer_id uuid not null,
  name text not null constraint customer_name_has_a_length check (length(name) between 1 and 200),
  constraint customer_name_says_something check (kit.says_something(name)),
  reference text constraint customer_reference_has_a_length check (length(reference) between 1 and 60),
  language text not null constraint customer_language_is_known check (language in ('en', 'de')),
  zone text not null constraint customer_zone_has_a_length check (length(zone) between 1 and 60),
  -- Whom an invoice is made out to, as an e-invoice tells it (EN 16931, BG-7).
  street text constraint customer_street_has_a_length check (length(street) between 1 and 200),
  city text constraint customer_city_has_a_length check (length(city) between 1 and 100),
  postcode text constraint customer_postcode_has_a_length check (length(postcode) between 1 and 20),
  country text constraint customer_country_is_iso_3166 check (country ~ '^[A-Z]{2}$'),
  vat_id text constraint customer_vat_id_fits_its_country check (kit.is_vat_id(vat_id)),
  buyer_reference text constraint customer_buyer_reference_has_a_length check (length(buyer_reference) between 1 and 100),
  electronic_address text constraint customer_electronic_address_bounded check (electronic_address ~ '^([0-9]{4}|EM):[!-~]{1,100}$'),
  version int not null default 1 constraint customer_version_counts check (version between 1 and 1000000000),
  created_at timestamptz not null,
  quote text not null generated always as (coalesce(reference, 'K-' || kit.called(customer_id))) stored,  -- what they are asked for on the telephone
  told_hash bytea not null generated always as (kit.fingerprint(name, language, zone, street, city, postcode, country, vat_id, buyer_reference, electronic_address)) stored,
  constraint one_customer_an_id primary key (organisation_id, customer_id),
  constraint one_customer_a_reference unique (organisation_id, reference),
  constraint customer_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id));
create index customer_by_quote on customers.customer (organisation_id, quote);

-- Who helps whoever holds a link, and what they are asked for: in one round trip, before any organisation is known.
create function customers.help_of(hash bytea) returns table (phone text, email text, quote text) language plpgsql rows 1 as $$
declare held identity.link;
begin
  select * into held from identity.link_by_hash(hash);
  return query select o.phone, o.email, c.quote from identity.organisation o join customers.customer c on c.organisation_id = o.organisation_id
    where o.organisation_id = kit.tenant() and c.customer_id = held.customer_id;
end $$;
grant execute on function customers.help_of to sayso_service;
select kit.changeable('customers.customer', 'name, reference, language, zone, street, city, postcode, country, vat_id, buyer_reference, electronic_address, version');

-- What papers tell of a customer, as they were from each version on: an invoice cites the one that it was issued under, and tells that one for good. Versions
-- that no paper cites may be deleted: they go with the person.
create table customers.customer_step (
  organisation_id uuid not null,
  customer_id uuid not null,
  version int not null constraint customer_step_counts check (version between 1 and 1000000000),
  name text not null, language text not null, zone text not null, street text, city text, postcode text, country text, vat_id text, buyer_reference text,
  electronic_address text,
  recorded_at timestamptz not null default kit.recorded_now(),
  told_hash bytea not null generated always as (kit.fingerprint(name, language, zone, street, city, postcode, country, vat_id, buyer_reference, electronic_address)) stored,
  constraint customer_step_bounded check (length(name || language || zone) + coalesce(length(street), 0) + coalesce(length(city), 0) + coalesce(length(postcode), 0) + coalesce(length(country), 0) + coalesce(length(vat_id), 0) + coalesce(length(buyer_reference), 0) + coalesce(length(electronic_address), 0) <= 1000),
  constraint one_customer_step_a_version primary key (organisation_id, customer_id, version),
  constraint customer_step_told unique (organisation_id, customer_id, version, told_hash),
  constraint customer_step_of_customer foreign key (organisation_id, customer_id) references customers.customer (organisation_id, customer_id));
select kit.append_only('customers.customer_step', except_columns => 'recorded_at');
select kit.deletable('customers.customer_step');
-- No hand changes what papers tell without another version.
alter table customers.customer add constraint customer_is_its_last_step foreign key (organisation_id, customer_id, version, told_hash)
  references customers.customer_step (organisation_id, customer_id, version, told_hash);

create table customers.contact (
  organisation_id uuid not null,
  customer_id uuid not null,
  contact_id uuid not null,
  name text not null constraint contact_name_has_a_length check (length(name) between 1 and 200),
  constraint contact_name_says_something check (kit.says_something(name)),
  channel text not null constraint contact_channel_is_known check (channel in ('email', 'phone', 'sms', 'chat', 'post')),
  address text not null constraint contact_address_has_a_length check (length(address) between 3 and 254),
  may_authorise boolean not null,
  constraint contact_address_fits_its_channel check (case channel when 'email' then address ~ '^[^@[:space:]]+@[^@[:space:]]+$'
    when 'post' then true when 'chat' then address ~ '^[!-~]{3,254}$' else address ~ '^[+]?[0-9][0-9 ()/.-]{2,39}$' end),
  version int not null default 1 constraint contact_version_counts check (version between 1 and 1000000000),
  created_at timestamptz not null,
  constraint one_contact_an_id primary key (organisation_id, customer_id, contact_id),
  constraint contact_of_customer foreign key (organisation_id, customer_id) references customers.customer (organisation_id, customer_id));
select kit.changeable('customers.contact', 'name, channel, address, may_authorise, version');

-- Since when a contact is reached as they are and may agree to what they may: a row for each change of channel, address or say. Neither name nor address
-- stands here; the database's own clock says since when, and what came within the customer's first hour came with the customer.
create table customers.contact_reach (
  organisation_id uuid not null,
  customer_id uuid not null,
  contact_id uuid not null,
  version int not null constraint contact_reach_counts check (version between 1 and 1000000000),
  founding boolean not null,
  since timestamptz not null default kit.recorded_now(),
  constraint one_contact_reach_a_version primary key (organisation_id, customer_id, contact_id, version),
  constraint contact_reach_since unique (organisation_id, customer_id, contact_id, version, since, founding),
  constraint contact_reach_of_contact foreign key (organisation_id, customer_id, contact_id) references customers.contact (organisation_id, customer_id, contact_id));
select kit.append_only('customers.contact_reach', except_columns => 'since');

-- Where a contact was reached before their address was changed, so that whoever is still there hears of what is agreed at the new one. It may be deleted: it goes
-- with the person, and with the next change once it is older than a day.
create table customers.former_address (
  organisation_id uuid not null,
  customer_id uuid not null,
  contact_id uuid not null,
  version int not null constraint former_address_counts check (version between 1 and 1000000000),   -- the contact's that replaced it
  channel text not null constraint former_channel_is_known check (channel in ('email', 'phone', 'sms', 'chat', 'post')),
  address text not null constraint former_address_has_a_length check (length(address) between 3 and 254),
  replaced_at timestamptz not null default kit.recorded_now(),
  constraint one_former_address_a_version primary key (organisation_id, customer_id, contact_id, version),
  constraint former_address_of_reach foreign key (organisation_id, customer_id, contact_id, version)
    references customers.contact_reach (organisation_id, customer_id, contact_id, version));
select kit.append_only('customers.former_address', except_columns => 'replaced_at');
select kit.deletable('customers.former_address');

create table customers.site (
  organisation_id uuid not null,
  customer_id uuid not null,
  site_id uuid not null,
  address text not null constraint site_address_has_a_length check (length(address) between 3 and 500),
  zone text not null constraint site_zone_has_a_length check (length(zone) between 1 and 60),
  access_notes text not null default '' constraint site_access_notes_have_a_length check (length(access_notes) <= 2000),
  latitude_e7 int constraint site_latitude_is_on_earth check (latitude_e7 between -900000000 and 900000000),
  longitude_e7 int constraint site_longitude_is_on_earth check (longitude_e7 between -1800000000 and 1800000000),
  jurisdiction text not null default 'ZZ' constraint site_jurisdiction_is_iso_3166 check (jurisdiction ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$'),
  version int not null default 1 constraint site_version_counts check (version between 1 and 1000000000),
  created_at timestamptz not null,
  told_hash bytea not null generated always as (kit.fingerprint(address, zone)) stored,
  constraint one_site_an_id primary key (organisation_id, customer_id, site_id),
  constraint site_coordinates_come_together check ((latitude_e7 is null) = (longitude_e7 is null)),
  constraint site_of_customer foreign key (organisation_id, customer_id) references customers.customer (organisation_id, customer_id));
select kit.changeable('customers.site', 'address, zone, access_notes, latitude_e7, longitude_e7, jurisdiction, version');

-- Where a site was said to be, from each version on: an invoice shows the one that stood when it was issued. Versions during which nothing was issued may be
-- deleted: they go with the person. The others are kept by the policy `what_an_invoice_tells_stays`, which stands with the invoices.
create table customers.site_step (
  organisation_id uuid not null,
  customer_id uuid not null,
  site_id uuid not null,
  version int not null constraint site_step_counts check (version between 1 and 1000000000),
  address text not null constraint site_step_address_bounded check (length(address) <= 500),
  zone text not null constraint site_step_zone_bounded check (length(zone) <= 60),
  recorded_at timestamptz not null default kit.recorded_now(),
  told_hash bytea not null generated always as (kit.fingerprint(address, zone)) stored,
  constraint one_site_step_a_version primary key (organisation_id, customer_id, site_id, version),
  constraint site_step_told unique (organisation_id, customer_id, site_id, version, told_hash),
  constraint site_step_of_site foreign key (organisation_id, customer_id, site_id) references customers.site (organisation_id, customer_id, site_id));
select kit.append_only('customers.site_step', except_columns => 'recorded_at');
select kit.deletable('customers.site_step');
alter table customers.site add constraint site_is_its_last_step foreign key (organisation_id, customer_id, site_id, version, told_hash)
  references customers.site_step (organisation_id, customer_id, site_id, version, told_hash);

-- How often any site was put elsewhere: what a process knows of places holds while this stands.
create table customers.sites_moved (
  organisation_id uuid not null,
  times bigint not null constraint sites_moved_counts check (times > 0),
  constraint one_count_of_moves primary key (organisation_id));
select kit.changeable('customers.sites_moved', 'times');

create table customers.asset (
  organisation_id uuid not null,
  customer_id uuid not null,
  asset_id uuid not null,
  site_id uuid,
  kind text not null constraint asset_kind_has_a_length check (length(kind) between 1 and 60),
  name text not null constraint asset_name_has_a_length check (length(name) between 1 and 200),
  serial text constraint asset_serial_has_a_length check (length(serial) between 1 and 100),
  plate text constraint asset_plate_has_a_length check (length(plate) between 1 and 20),
  version int not null default 1 constraint asset_version_counts check (version between 1 and 1000000000),
  created_at timestamptz not null,
  constraint one_asset_an_id primary key (organisation_id, customer_id, asset_id),
  constraint asset_of_customer foreign key (organisation_id, customer_id) references customers.customer (organisation_id, customer_id),
  constraint asset_stands_at_a_site_of_its_customer foreign key (organisation_id, customer_id, site_id) references customers.site (organisation_id, customer_id, site_id));
select kit.changeable('customers.asset', 'site_id, kind, name, serial, plate, version');

-- An asset's history: what it was from each version on, where it had stood, and who says so. The asset's own row is the last of them.
create table customers.asset_step (
  organisation_id uuid not null,
  customer_id uuid not null,
  asset_id uuid not null,
  version int not null constraint asset_step_counts check (version between 1 and 1000000000),
  happening text not null constraint asset_happening_is_known check (happening in ('added', 'changed', 'moved')),
  site_before uuid,
  site_id uuid,
  kind text not null constraint asset_step_kind_has_a_length check (length(kind) between 1 and 60),
  name text not null constraint asset_step_name_has_a_length check (length(name) between 1 and 200),
  serial text constraint asset_step_serial_has_a_length check (length(serial) between 1 and 100),
  plate text constraint asset_step_plate_has_a_length check (length(plate) between 1 and 20),
  happened_at timestamptz not null,
  recorded_at timestamptz not null default kit.recorded_now(),
  actor text not null constraint asset_step_actor_is_short check (length(actor) between 1 and 100),
  previous int generated always as (nullif(version - 1, 0)) stored,
  site_was uuid not null generated always as (coalesce(site_before, '00000000-0000-0000-0000-000000000000')) stored,
  site_is uuid not null generated always as (coalesce(site_id, '00000000-0000-0000-0000-000000000000')) stored,
  constraint one_asset_step_a_version primary key (organisation_id, customer_id, asset_id, version),
  constraint asset_step_site unique (organisation_id, customer_id, asset_id, version, site_is),
  constraint asset_step_of_asset foreign key (organisation_id, customer_id, asset_id) references customers.asset (organisation_id, customer_id, asset_id),
  constraint asset_step_follows foreign key (organisation_id, customer_id, asset_id, previous, site_was)
    references customers.asset_step (organisation_id, customer_id, asset_id, version, site_is),
  constraint asset_step_at_a_site_of_its_customer foreign key (organisation_id, customer_id, site_id)
    references customers.site (organisation_id, customer_id, site_id),
  constraint asset_history_begins check ((version = 1) = (happening = 'added') and (version > 1 or site_before is null)),
  constraint asset_moves_when_its_site_changes check (happening = 'added' or (happening = 'moved') = (site_before is distinct from site_id)));
select kit.append_only('customers.asset_step', except_columns => 'recorded_at');
alter table customers.asset add constraint asset_has_its_history foreign key (organisation_id, customer_id, asset_id, version)
  references customers.asset_step (organisation_id, customer_id, asset_id, version);
