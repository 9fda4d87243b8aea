-- Who acts: organisations, staff, devices and sessions, API keys, customers' links.
create schema identity;
grant usage on schema identity to sayso_service;

-- Under which name an organisation's public pages are: found before the organisation is known, and never another's afterwards, so that an address that was told goes on leading there.
create table identity.public_name (
  slug text not null constraint public_name_is_plain check (slug ~ '^[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])$'),
  organisation_id uuid not null,
  constraint one_organisation_a_slug primary key (slug),
  constraint public_name_of_organisation unique (organisation_id, slug));
select kit.look_up('identity.public_name');
grant select, insert on identity.public_name to sayso_service;

create table identity.organisation (
  organisation_id uuid not null,
  name text not null constraint organisation_name_has_a_length check (length(name) between 1 and 200),
  zone text not null constraint organisation_zone_has_a_length check (length(zone) between 1 and 60),
  currency text not null constraint organisation_currency_is_iso check (currency ~ '^[A-Z]{3}$'),
  language text not null constraint organisation_language_is_known check (language in ('en', 'de')),
  phone text not null constraint organisation_phone_has_a_length check (length(phone) between 3 and 40),
  email text not null constraint organisation_email_has_a_length check (length(email) between 3 and 254),
  address text not null default '' constraint organisation_address_bounded check (length(address) <= 500),
  registration text not null default '' constraint organisation_registration_bounded check (length(registration) <= 200),  -- register and tax numbers, as documents print them
  -- Who sells, as an e-invoice tells it (EN 16931, BG-4): in parts that other systems read.
  street text not null default '' constraint organisation_street_bounded check (length(street) <= 200),
  city text not null default '' constraint organisation_city_bounded check (length(city) <= 100),
  postcode text not null default '' constraint organisation_postcode_bounded check (length(postcode) <= 20),
  country text not null default '' constraint organisation_country_iso check (country ~ '^([A-Z]{2})?$'),
  vat_id text not null default '' constraint organisation_vat_id_fits_its_country check (vat_id = '' or kit.is_vat_id(vat_id)),
  tax_number text not null default '' constraint organisation_tax_number_bounded check (length(tax_number) <= 50),
  legal_id text not null default '' constraint organisation_legal_id_bounded check (length(legal_id) <= 50),
  electronic_address text not null default '' constraint organisation_electronic_address_bounded check (electronic_address ~ '^(([0-9]{4}|EM):[!-~]{1,100})?$'),
  -- Where invoices are paid to: with an IBAN, or in the words of those who have none. One line, since a payment's QR code has a line a member.
  account_holder text not null default '' constraint organisation_account_holder_bounded check (length(account_holder) <= 70)
    constraint organisation_account_holder_readable check (account_holder !~ '[[:cntrl:]]'),
  iban text not null default '' constraint organisation_iban_proven check (iban = '' or kit.is_iban(iban)),
  bic text not null default '' constraint organisation_bic_iso check (bic ~ '^([A-Z]{6}[0-9A-Z]{2}([0-9A-Z]{3})?)?$'),
  bank_details text not null default '' constraint organisation_bank_details_bounded check (length(bank_details) <= 200),
  reply_within_minutes int not null default 1440 constraint reply_within_in_range check (reply_within_minutes between 15 and 43200),  -- of a customer's question
  -- How its pages look: without a slug it has no public ones, without a colour they are as shipped.
  slug text not null default '' constraint organisation_slug_bounded check (length(slug) <= 60), slug_ref text generated always as (nullif(slug, '')) stored,
  colour text not null default '' constraint organisation_colour_is_one check (colour ~ '^(#[0-9a-f]{6})?$'),
  version int not null default 1 constraint organisation_version_counts check (version between 1 and 1000000000),
  created_at timestamptz not null,
  told_hash bytea not null generated always as (kit.fingerprint(name, zone, address, registration, phone, email, street, city, postcode, country, vat_id, tax_number, legal_id, electronic_address, account_holder, iban, bic, bank_details)) stored,
  constraint organisation_account_has_a_holder check (iban = '' or account_holder <> ''),
  constraint organisation_is_found_by_its_slug foreign key (organisation_id, slug_ref) references identity.public_name (organisation_id, slug),
  constraint one_organisation_an_id primary key (organisation_id));
select kit.changeable('identity.organisation', 'slug, colour, name, zone, language, phone, email, address, registration, street, city, postcode, country, vat_id, tax_number, legal_id, electronic_address, account_holder, iban, bic, bank_details, reply_within_minutes, version');

-- What papers tell of the organisation, as it was from each version on: an invoice cites the one that it was issued under, and tells that one for good.
create table identity.organisation_step (
  organisation_id uuid not null,
  version int not null constraint organisation_step_counts check (version between 1 and 1000000000),
  name text not null, zone text not null, address text not null, registration text not null, phone text not null, email text not null, street text not null,
  city text not null, postcode text not null, country text not null, vat_id text not null, tax_number text not null, legal_id text not null,
  electronic_address text not null, account_holder text not null, iban text not null, bic text not null, bank_details text not null,
  recorded_at timestamptz not null default kit.recorded_now(),
  told_hash bytea not null generated always as (kit.fingerprint(name, zone, address, registration, phone, email, street, city, postcode, country, vat_id, tax_number, legal_id, electronic_address, account_holder, iban, bic, bank_details)) stored,
  constraint organisation_step_bounded check (length(name || zone || address || registration || phone || email || street || city || postcode || country || vat_id || tax_number || legal_id || electronic_address || account_holder || iban || bic || bank_details) <= 2500),
  constraint one_organisation_step_a_version primary key (organisation_id, version),
  constraint organisation_step_told unique (organisation_id, version, told_hash),
  constraint organisation_step_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id));
select kit.append_only('identity.organisation_step', except_columns => 'recorded_at');
-- No hand changes what papers tell without another version.
alter table identity.organisation add constraint organisation_is_its_last_step foreign key (organisation_id, version, told_hash)
  references identity.organisation_step (organisation_id, version, told_hash);

-- The logo that its pages show, drawn anew from what was sent: small enough for a bad line. Empty: none any more.
create table identity.logo (
  organisation_id uuid not null,
  logo_hash text not null constraint logo_hash_is_sha256 check (logo_hash ~ '^([0-9a-f]{64})?$'),
  content bytea not null constraint logo_is_light check (length(content) <= 20000 and (length(content) = 0) = (logo_hash = '')),
  set_at timestamptz not null,
  constraint one_logo_an_organisation primary key (organisation_id),
  constraint logo_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id));
select kit.changeable('identity.logo', 'logo_hash, content, set_at');

create table identity.staff (
  organisation_id uuid not null,
  staff_id uuid not null,
  name text not null constraint staff_name_has_a_length check (length(name) between 1 and 200),
  email text not null constraint staff_email_has_a_length check (length(email) between 3 and 254),
  roles text[] not null constraint staff_roles_are_known
    check (cardinality(roles) between 1 and 5 and roles <@ array['dispatcher', 'technician', 'agent', 'back_office', 'manager']),
  password_hash text constraint staff_password_hash_has_a_length check (length(password_hash) between 20 and 500),
  active boolean not null default true,
  version int not null default 1 constraint staff_version_counts check (version between 1 and 1000000000),
  created_at timestamptz not null,
  constraint one_staff_an_id primary key (organisation_id, staff_id),
  constraint one_staff_an_address unique (organisation_id, email),
  constraint staff_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id));
select kit.changeable('identity.staff', 'name, email, roles, password_hash, active, version');

-- Which organisations an address signs in to: a hash and two ids, so that it can be read before the tenant is known. Somebody may
-- work for two: were an address unique here, inviting it would tell whether another organisation has it.
create table identity.sign_in_address (
  address_hash bytea not null constraint address_hash_is_sha256 check (length(address_hash) = 32),
  organisation_id uuid not null,
  staff_id uuid not null,
  constraint one_sign_in_an_address primary key (address_hash, organisation_id));
select kit.look_up('identity.sign_in_address');
grant select, insert, delete on identity.sign_in_address to sayso_service;

-- An invitation or a password reset: single-use, and gone with time. The token itself is derived, never stored.
create table identity.mail_link (
  organisation_id uuid not null,
  mail_link_id uuid not null,
  staff_id uuid not null,
  purpose text not null constraint mail_link_purpose_is_known check (purpose in ('invitation', 'password_reset')),
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint one_mail_link_an_id primary key (organisation_id, mail_link_id),
  constraint mail_link_expires_after_it_was_made check (expires_at > made_at),
  constraint mail_link_used_in_its_time check (used_at between made_at and expires_at),
  constraint mail_link_of_staff foreign key (organisation_id, staff_id) references identity.staff (organisation_id, staff_id));
create index mail_link_by_staff on identity.mail_link (organisation_id, staff_id, purpose) where used_at is null;
select kit.changeable('identity.mail_link', 'used_at');

create table identity.device (
  organisation_id uuid not null,
  device_id uuid not null,
  staff_id uuid not null,
  name text not null constraint device_name_has_a_length check (length(name) between 1 and 100),
  registered_at timestamptz not null,
  revoked_at timestamptz,
  constraint one_device_an_id primary key (organisation_id, device_id),
  constraint device_revoked_after_it_was_registered check (revoked_at >= registered_at),
  constraint device_of_its_staff unique (organisation_id, staff_id, device_id),
  constraint device_of_staff foreign key (organisation_id, staff_id) references identity.staff (organisation_id, staff_id));
select kit.changeable('identity.device', 'revoked_at');

-- A family of tokens: each refresh token names its generation, and one that was used before ends the family.
create table identity.session (
  organisation_id uuid not null,
  session_id uuid not null,
  staff_id uuid not null,
  began_at timestamptz not null,
  generation int not null default 1 constraint session_generation_counts check (generation between 1 and 1000000),
  refreshed_at timestamptz,
  ended_at timestamptz,
  end_reason text constraint session_end_reason_is_known
    check (end_reason in ('signed_out', 'refresh_reused', 'device_revoked', 'password_changed', 'staff_changed')),
  constraint one_session_an_id primary key (organisation_id, session_id),
  constraint session_of_its_staff unique (organisation_id, staff_id, session_id),
  constraint session_of_staff foreign key (organisation_id, staff_id) references identity.staff (organisation_id, staff_id),
  constraint session_ends_after_it_began check (ended_at >= began_at),
  constraint session_end_has_a_reason check (ended_at is not null or end_reason is null));
create index session_live_by_staff on identity.session (organisation_id, staff_id) where ended_at is null;
select kit.changeable('identity.session', 'generation, refreshed_at, ended_at, end_reason');

-- Every device that a session was ever on: a phone that names itself anew is the phone that was lost all the same.
create table identity.session_device (
  organisation_id uuid not null,
  session_id uuid not null,
  device_id uuid not null,
  staff_id uuid not null,
  constraint session_on_a_device_once primary key (organisation_id, session_id, device_id),
  constraint device_told_by_a_session_of_its_staff
    foreign key (organisation_id, staff_id, session_id) references identity.session (organisation_id, staff_id, session_id),
  constraint session_on_a_device_of_its_staff
    foreign key (organisation_id, staff_id, device_id) references identity.device (organisation_id, staff_id, device_id));
select kit.append_only('identity.session_device');

-- Another business that brings us work (an insurer, a reseller): its keys reach what it brought, and nothing else.
create table identity.partner (
  organisation_id uuid not null,
  partner_id uuid not null,
  name text not null constraint partner_name_has_a_length check (length(name) between 1 and 200),
  made_by text not null constraint partner_made_by_has_a_length check (length(made_by) between 1 and 100),
  made_at timestamptz not null,
  constraint one_partner_an_id primary key (organisation_id, partner_id),
  constraint one_partner_a_name unique (organisation_id, name),
  constraint partner_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id));
select kit.append_only('identity.partner');

create table identity.api_key (
  organisation_id uuid not null,
  api_key_id uuid not null,
  name text not null constraint api_key_name_has_a_length check (length(name) between 1 and 100),
  scopes text[] not null constraint api_key_scopes_are_bounded check (cardinality(scopes) between 1 and 100),
  made_by text not null constraint api_key_made_by_has_a_length check (length(made_by) between 1 and 100),
  made_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  partner_id uuid,                                                       -- whom the key was made for, if not for ourselves
  constraint partners_key_reaches_what_they_brought check (partner_id is null or scopes = array['partner:act', 'partner:read']),
  constraint api_key_of_partner foreign key (organisation_id, partner_id) references identity.partner (organisation_id, partner_id),
  constraint one_api_key_an_id primary key (organisation_id, api_key_id),
  constraint api_key_expires_after_it_was_made check (expires_at > made_at),
  constraint api_key_revoked_after_it_was_made check (revoked_at >= made_at),
  constraint api_key_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id));
select kit.changeable('identity.api_key', 'revoked_at');

create table identity.api_key_hash (
  token_hash bytea not null constraint api_key_hash_is_sha256 check (length(token_hash) = 32),
  organisation_id uuid not null,
  api_key_id uuid not null,
  constraint one_api_key_a_hash primary key (token_hash));
select kit.look_up('identity.api_key_hash');
grant select, insert on identity.api_key_hash to sayso_service;

-- What a customer holds in hand: one capability, for one presentation or for their own account, until it expires.
create table identity.link (
  organisation_id uuid not null,
  link_id uuid not null,
  purpose text not null constraint link_purpose_is_known check (purpose in ('presentation', 'customer', 'feed', 'choice', 'portal')),
  customer_id uuid,
  subject_id uuid,
  made_by text not null constraint link_made_by_has_a_length check (length(made_by) between 1 and 100),
  made_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  constraint one_link_an_id primary key (organisation_id, link_id),
  constraint link_as_cited unique (organisation_id, link_id, purpose, subject_id),
  feed_of uuid generated always as (case purpose when 'feed' then coalesce(customer_id, subject_id) end) stored,
  choice_of uuid generated always as (case purpose when 'choice' then customer_id end) stored,
  portal_of uuid generated always as (case purpose when 'portal' then customer_id end) stored,
  -- A calendar feed is a customer's, or that of the member of staff that is its subject; a portal is opened by the contact that is its subject.
  constraint link_is_about_somebody check (case purpose when 'feed' then (customer_id is null) <> (subject_id is null)
    else customer_id is not null and (purpose in ('presentation', 'choice', 'portal')) = (subject_id is not null) end),
  constraint link_expires_after_it_was_made check (expires_at > made_at and expires_at <= made_at + interval '400 days'),
  constraint link_revoked_after_it_was_made check (revoked_at >= made_at),
  constraint link_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id));
select kit.changeable('identity.link', 'revoked_at');
create index live_choice on identity.link (organisation_id, choice_of) where choice_of is not null and revoked_at is null;
create index live_portal on identity.link (organisation_id, portal_of, subject_id) where portal_of is not null and revoked_at is null;
create index live_feed on identity.link (organisation_id, feed_of) where feed_of is not null and revoked_at is null;

create table identity.link_hash (
  token_hash bytea not null constraint link_hash_is_sha256 check (length(token_hash) = 32),
  organisation_id uuid not null,
  link_id uuid not null,
  constraint one_link_a_hash primary key (token_hash));
select kit.look_up('identity.link_hash');
grant select, insert on identity.link_hash to sayso_service;

-- Who asks by a secret whose organisation isn't known yet: the key or link behind its hash, read as that organisation for the rest of the transaction.
create function identity.api_key_by_hash(hash bytea) returns setof identity.api_key language plpgsql rows 1 as $$
declare owner identity.api_key_hash;
begin
  select * into owner from identity.api_key_hash h where h.token_hash = hash;
  perform set_config('sayso.organisation', owner.organisation_id::text, true);
  return query select * from identity.api_key k where k.organisation_id = kit.tenant() and k.api_key_id = owner.api_key_id;
end $$;
create function identity.link_by_hash(hash bytea) returns setof identity.link language plpgsql rows 1 as $$
declare owner identity.link_hash;
begin
  select * into owner from identity.link_hash h where h.token_hash = hash;
  perform set_config('sayso.organisation', owner.organisation_id::text, true);
  return query select * from identity.link l where l.organisation_id = kit.tenant() and l.link_id = owner.link_id;
end $$;
grant execute on function identity.api_key_by_hash, identity.link_by_hash to sayso_service;

-- Called in the opening message of every transaction: a session, key or link that was ended (a lost phone) is out at once,
-- not when its token expires. A link is said to be gone in other words, since whoever holds one never signed in.
create function identity.require_live(credential uuid) returns void language plpgsql stable as $$
begin
  perform from identity.session s where s.organisation_id = kit.tenant() and s.session_id = credential and s.ended_at is null;
  if found then
    return;
  end if;
  -- A key lives no longer than its maker works here: they may know it by heart.
  perform from identity.api_key k where k.organisation_id = kit.tenant() and k.api_key_id = credential and k.revoked_at is null
    and (k.made_by not like 'staff:%' or exists (select from identity.staff s
      where s.organisation_id = k.organisation_id and s.staff_id = substr(k.made_by, 7)::uuid and s.active));
  if found then
    return;
  end if;
  perform from identity.link l where l.organisation_id = kit.tenant() and l.link_id = credential and l.revoked_at is null;
  if found then
    return;
  end if;
  if exists (select from identity.link l where l.organisation_id = kit.tenant() and l.link_id = credential) then
    raise exception 'this link was taken back' using errcode = 'SY003';
  end if;
  raise exception 'this sign-in was ended' using errcode = 'SY002';
end $$;
grant execute on function identity.require_live to sayso_service;
