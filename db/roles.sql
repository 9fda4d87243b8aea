-- Who may do what in a database of Sayso's; run by a superuser before the migrations, each time, and says the same each time.

-- Owns every schema and table, and nobody signs in as it.
do $$ begin
  if not exists (select from pg_roles where rolname = 'sayso_owner') then create role sayso_owner; end if;
end $$;
alter role sayso_owner nologin nosuperuser nobypassrls nocreatedb nocreaterole noreplication;

-- The service: sees one organisation at a time, and can't change what is append-only.
do $$ begin
  if not exists (select from pg_roles where rolname = 'sayso_service') then create role sayso_service; end if;
end $$;
alter role sayso_service login nosuperuser nobypassrls nocreatedb nocreaterole noreplication noinherit;
alter role sayso_service set statement_timeout = '15s';
alter role sayso_service set lock_timeout = '5s';
alter role sayso_service set idle_in_transaction_session_timeout = '15s';
-- As which text a row is sealed hangs on these.
alter role sayso_service set timezone = 'UTC';
alter role sayso_service set datestyle = 'ISO, MDY';
alter role sayso_service set intervalstyle = 'postgres';
alter role sayso_service set bytea_output = 'hex';
alter role sayso_service set extra_float_digits = 1;
-- One shape of request, one plan: planning a working statement anew costs more than running it.
alter role sayso_service set plan_cache_mode = 'force_generic_plan';
-- Every statement goes by keys. A plan made while a table was small, and kept, must not read all of it once it is large.
alter role sayso_service set enable_seqscan = off;
alter role sayso_service set random_page_cost = 1.1;
alter role sayso_service set jit = off;

do $$ begin
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect, create on database %I to sayso_owner', current_database());
  execute format('grant connect on database %I to sayso_service', current_database());
end $$;
revoke all on schema public from public;
grant usage, create on schema public to sayso_owner;
grant usage on schema public to sayso_service;
-- A function is run by whom it is granted to.
alter default privileges for role sayso_owner revoke execute on functions from public;
