-- Who acts: organisations, staff, sessions.
create schema identity;
grant usage on schema identity to sayso_service;

create table identity.organisation (
  organisation_id uuid not null,
  name text not null constraint organisation_name_has_a_length check (length(name) between 1 and 200),
  zone text not null constraint organisation_zone_has_a_length check (length(zone) between 1 and 60),
  currency text not null constraint organisation_currency_is_iso check (currency ~ '^[A-Z]{3}$'),
  language text not null constraint organisation_language_is_known check (language in ('en', 'de')),
  phone text not null constraint organisation_phone_has_a_length check (length(phone) between 3 and 40),
  email text not null constraint organisation_email_has_a_length check (length(email) between 3 and 254),
  version int not null default 1 constraint organisation_version_counts check (version between 1 and 1000000000),
  created_at timestamptz not null,
  constraint one_organisation_an_id primary key (organisation_id));
select kit.changeable('identity.organisation', 'name, zone, language, phone, email, version');

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

create table identity.session (
  organisation_id uuid not null,
  session_id uuid not null,
  staff_id uuid not null,
  began_at timestamptz not null,
  ended_at timestamptz,
  constraint one_session_an_id primary key (organisation_id, session_id),
  constraint session_of_staff foreign key (organisation_id, staff_id) references identity.staff (organisation_id, staff_id),
  constraint session_ends_after_it_began check (ended_at >= began_at));
select kit.changeable('identity.session', 'ended_at');

-- Called in the opening message of every transaction: a session that was ended (a lost phone) is out at once, not when its token expires.
create function identity.require_live(session uuid) returns void language plpgsql stable as $$
begin
  perform from identity.session s where s.organisation_id = kit.tenant() and s.session_id = session and s.ended_at is null;
  if not found then
    raise exception 'this sign-in was ended' using errcode = 'SY002';
  end if;
end $$;
grant execute on function identity.require_live to sayso_service;
