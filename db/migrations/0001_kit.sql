-- What every room stands on: the tenant wall, facts, tasks, idempotency.
create extension if not exists btree_gist schema public;                -- exclusion over ids and periods
create schema kit;
grant usage on schema kit to sayso_service;

create function kit.tenant() returns uuid language sql stable parallel safe
  return nullif(current_setting('sayso.organisation', true), '')::uuid;

-- Half up, exact, for values that are not negative: the one rounding there is.
create function kit.rounded(value numeric, denominator numeric) returns bigint language sql immutable strict parallel safe
  return div(2 * value + denominator, 2 * denominator)::bigint;

-- Whether there is a letter to see in a text: blanks, controls and what only turns or fills say nothing, however long.
create function kit.says_something(words text) returns boolean language plpgsql immutable strict parallel safe as $$ begin
  return words ~ '[^[:space:]\u0001-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]';
end $$;

-- What ISO 7064's MOD 97-10 leaves of a code, as IBAN (ISO 13616) and creditor references (ISO 11649) take it: the first four characters come last,
-- letters count 10 to 35. Null where another character is in it.
create function kit.rest_of_97(code text) returns int language sql immutable strict parallel safe
  return case when code ~ '^[0-9A-Z]{5,40}$' then (
    select (string_agg((strpos('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', c) - 1)::text, '' order by n)::numeric % 97)::int
    from string_to_table(substr(code, 5) || left(code, 4), null) with ordinality as t (c, n)) end;

-- Whether a text is an IBAN whose check digits hold.
create function kit.is_iban(code text) returns boolean language sql immutable strict parallel safe
  return code ~ '^[A-Z]{2}(0[2-9]|[1-8][0-9]|9[0-8])[0-9A-Z]{11,30}$' and coalesce(kit.rest_of_97(code) = 1, false);

-- Whether a text is written as a VAT id of its country is (the union's VIES, and as others write them in general); whether it was given to anybody, it can't tell.
create function kit.is_vat_id(code text) returns boolean language plpgsql immutable strict parallel safe as $$ begin
  return substr(code, 3) ~ ('^(' || case left(code, 2)
    when 'AT' then 'U[0-9]{8}' when 'BE' then '[01][0-9]{9}' when 'BG' then '[0-9]{9,10}' when 'CY' then '[0-9]{8}[A-Z]' when 'CZ' then '[0-9]{8,10}'
    when 'DE' then '[0-9]{9}' when 'DK' then '[0-9]{8}' when 'EE' then '[0-9]{9}' when 'EL' then '[0-9]{9}' when 'ES' then '[0-9A-Z][0-9]{7}[0-9A-Z]'
    when 'FI' then '[0-9]{8}' when 'FR' then '[0-9A-HJ-NP-Z]{2}[0-9]{9}' when 'HR' then '[0-9]{11}' when 'HU' then '[0-9]{8}'
    when 'IE' then '[0-9][0-9A-Z+*][0-9]{5}[A-Z]{1,2}' when 'IT' then '[0-9]{11}' when 'LT' then '[0-9]{9}|[0-9]{12}' when 'LU' then '[0-9]{8}'
    when 'LV' then '[0-9]{11}' when 'MT' then '[0-9]{8}' when 'NL' then '[0-9A-Z+*]{9}B[0-9]{2}' when 'PL' then '[0-9]{10}' when 'PT' then '[0-9]{9}'
    when 'RO' then '[0-9]{2,10}' when 'SE' then '[0-9]{12}' when 'SI' then '[0-9]{8}' when 'SK' then '[0-9]{10}'
    when 'XI' then '[0-9]{9}|[0-9]{12}|(GD|HA)[0-9]{3}' when 'GB' then '[0-9]{9}|[0-9]{12}|(GD|HA)[0-9]{3}' else '[0-9A-Z]{2,13}' end || ')$')
    and code ~ '^[A-Z]{2}';
end $$;

-- Whether a code is of VATEX, the CEF's list of reasons why no tax is charged.
create function kit.is_exemption(code text) returns boolean language plpgsql immutable strict parallel safe as $$ begin
  return code ~ '^VATEX-(EU-(79-C|132(-1[A-Q])?|135(-1[A-L])?|143(-1(FA|[A-L]))?|144|146-1E|148(-[A-G])?|151(-1(AA|[A-E]))?|153|159|309|AE|D|F|G|I|IC|J|O)|FR-(FRANCHISE|CNWVAT|AE|298SEXDECIESA|CGI(261-[1-578]|261[AB]|261C-[1-3]|261D-(1BIS|[1-4])|261E-[12]|275|277A|295)))$';
end $$;

-- What a payment names so that it finds its invoice: the number's letters and digits (21 at most) as an ISO 11649 creditor reference.
create function kit.creditor_reference(number text) returns text language sql immutable strict parallel safe
  return (select 'RF' || lpad((98 - kit.rest_of_97('RF00' || c))::text, 2, '0') || c from regexp_replace(upper(number), '[^0-9A-Z]', '', 'g') as t (c));

-- What some texts come to in one hash, by which a row stands on the step of its history that says the same. Nothing and an empty text are two things.
create function kit.fingerprint(variadic texts text[]) returns bytea language sql immutable parallel safe
  return sha256(convert_to(array_to_json(texts)::text, 'UTF8'));

-- When something was recorded: the server's own clock, which no caller can set. Only the owner of a test database replaces this
-- function, by one that answers the request's settable clock.
create function kit.recorded_now() returns timestamptz language sql volatile return clock_timestamp();

-- Until a table is first analysed the planner takes each column to hold two hundred values: in a small table every index that begins with the organisation looks as good as
-- the right one, and in a grown one it looks cheaper to read on until a row fits. Told that there is one organisation, and that an id is of one row or two, only
-- whole keys look good. PostgreSQL 18 can be told.
create function kit.tell_planner(relation regclass) returns void language plpgsql as $$
declare
  unanalysed text;
begin
  if to_regprocedure('pg_catalog.pg_restore_attribute_stats("any")') is not null then
    perform pg_restore_attribute_stats('schemaname', n.nspname::text, 'relname', c.relname::text, 'attname', a.attname::text, 'inherited', false,
      'null_frac', (case when a.attnotnull then 0 else 0.5 end)::real, 'avg_width', 16, 'n_distinct', (case when a.attname = 'organisation_id' then 1
        when exists (select from pg_index i where i.indrelid = relation and i.indisunique and i.indnkeyatts = 2 and i.indkey[1] = a.attnum) then -1 else -0.5 end)::real)
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where c.oid = relation and a.atttypid = 'uuid'::regtype and a.attnum > 0 and not a.attisdropped;
    -- An analysis leaves that as it is: it would name the organisations that had rows then, and whoever asks for another one first has a connection keep plans as if for no rows.
    -- So it does with an id that few rows have: one that no row had yet would be looked for by any index of the rows that have it.
    select string_agg(format('alter column %I set statistics 0', attname), ', ') into unanalysed from pg_attribute
    where attrelid = relation and atttypid = 'uuid'::regtype and attnum > 0 and not attisdropped and (attname = 'organisation_id' or not attnotnull);
    execute format('alter table %s %s', relation, unanalysed);
  end if;
end $$;

-- Row-level security, forced on the owner too.
create function kit.secure_rows(relation regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', relation);
  execute format('alter table %s force row level security', relation);
end $$;

-- SELECT, and INSERT of every column that isn't the database's own to fill, of an organisation's own rows.
create function kit.wall(relation regclass, except_columns text default '') returns void language plpgsql as $$
declare
  columns text;
begin
  perform kit.secure_rows(relation);
  execute format('create policy tenant on %s using (organisation_id = kit.tenant()) with check (organisation_id = kit.tenant())', relation);
  select string_agg(quote_ident(attname), ', ' order by attnum) into columns from pg_attribute
   where attrelid = relation and attnum > 0 and not attisdropped and attgenerated = '' and attname <> all (string_to_array(replace(except_columns, ' ', ''), ','));
  execute format('grant select, insert (%s) on %s to sayso_service', columns, relation);
  -- Each analysis and each vacuum has every connection plan its statements anew, which costs more than running a thousand of them; plans by key need no figures.
  execute format('alter table %s set (autovacuum_analyze_threshold = 10000, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_insert_threshold = 10000)', relation);
  perform kit.tell_planner(relation);
end $$;

-- What is read before any organisation is known: by everybody, and added, changed and taken away by its own organisation alone. What the service may do of these is granted beside the table.
create function kit.look_up(relation regclass) returns void language plpgsql as $$
begin
  perform kit.secure_rows(relation);
  execute format('create policy everybody_reads on %s for select using (true)', relation);
  execute format('create policy tenant_adds on %s for insert with check (organisation_id = kit.tenant())', relation);
  execute format('create policy tenant_changes on %s for update using (organisation_id = kit.tenant())', relation);
  execute format('create policy tenant_takes_away on %s for delete using (organisation_id = kit.tenant())', relation);
end $$;

-- A log: rows are only ever added. Each says in which transaction it was written (its defaults, which nobody may set), so that the sealer can
-- hash what is complete below the oldest running transaction; BRIN, because a log grows in that order.
create function kit.append_only(relation regclass, except_columns text default '') returns void language plpgsql as $$
begin
  execute format('alter table %s add column if not exists epoch int not null default %s', relation, kit.present_epoch());
  execute format('alter table %s add column if not exists transaction_id bigint not null default kit.present_transaction()', relation);
  execute format('create index on %s using brin (transaction_id) with (autosummarize = on)', relation);
  perform kit.wall(relation, except_columns || ', epoch, transaction_id');
end $$;

create function kit.changeable(relation regclass, columns text, except_columns text default '') returns void language plpgsql as $$
begin
  perform kit.wall(relation, except_columns);
  execute format('grant update (%s) on %s to sayso_service', columns, relation);
end $$;

create function kit.deletable(relation regclass) returns void language plpgsql as $$
begin
  execute format('grant delete on %s to sayso_service', relation);
end $$;

-- Makes `<schema>.<kind>_of_<table>(keys)`: the hashes that requests lock by, in their order, from a column that never changes. In PL/pgSQL, which keeps the plan: an opening
-- message is planned anew each time.
create function kit.lockable(kind text, relation regclass, locked_column text, key_column text) returns void language plpgsql as $$
declare
  of_schema text;
  of_table text;
begin
  select n.nspname, c.relname into of_schema, of_table from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = relation;
  execute format('create function %1$I.%2$I(keys uuid[]) returns setof int language plpgsql stable as '
    '''begin return query select hashtext(%3$I::text) from %4$s where organisation_id = kit.tenant() and %5$I = any (keys) order by 1; end''',
    of_schema, kind || '_of_' || of_table, locked_column, relation, key_column);
  execute format('grant execute on function %I.%I to sayso_service', of_schema, kind || '_of_' || of_table);
end $$;

-- One request at a time per idempotency key: the second is told so instead of waiting.
create function kit.claim_key(key bigint) returns void language plpgsql as $$
begin
  if not pg_try_advisory_xact_lock(key) then
    raise exception 'the first request with this key is still running' using errcode = 'SY001';
  end if;
end $$;
grant execute on function kit.tenant, kit.rounded, kit.says_something, kit.rest_of_97, kit.is_iban, kit.is_vat_id, kit.is_exemption, kit.creditor_reference, kit.fingerprint, kit.claim_key, kit.recorded_now to sayso_service;

-- A restored copy or a new cluster starts a new epoch, since transaction ids begin again there.
create table kit.epoch (
  epoch int not null constraint epoch_is_positive check (epoch between 1 and 1000000),
  began_at timestamptz not null default clock_timestamp(),
  constraint one_row_an_epoch primary key (epoch));
insert into kit.epoch (epoch) values (1);
grant select on kit.epoch to sayso_service;
create function kit.present_epoch() returns int language sql stable parallel safe
  return (select max(epoch) from kit.epoch);
create function kit.present_transaction() returns bigint language sql stable parallel restricted
  return pg_current_xact_id()::text::bigint;
grant execute on function kit.present_epoch, kit.present_transaction to sayso_service;
-- Every row of a log says its epoch by a default, and a default that is a number costs nothing: it is set anew where an epoch begins.
create function kit.stamp_epoch() returns void language plpgsql as $$
declare
  stamped regclass;
begin
  for stamped in select a.attrelid from pg_attribute a join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attname = 'epoch' and not a.attisdropped order by 1 loop
    execute format('alter table %s alter column epoch set default %s', stamped, kit.present_epoch());
  end loop;
end $$;

-- What happened, written by the statement that made it happen; read in commit order: (epoch, transaction, sequence).
create table kit.fact (
  organisation_id uuid not null,
  epoch int not null default 1,
  transaction_id xid8 not null default pg_current_xact_id(),
  sequence bigint generated always as identity,
  kind text not null constraint fact_kind_is_a_word check (kind ~ '^[a-z][a-z_]+$' and length(kind) <= 60),
  customer_id uuid,
  subject_kind text not null constraint fact_subject_is_a_word check (subject_kind ~ '^[a-z][a-z_]+$' and length(subject_kind) <= 40),
  subject_id uuid not null,
  body jsonb not null constraint fact_body_is_small check (jsonb_typeof(body) = 'object' and length(body::text) <= 100000),
  actor text not null constraint fact_actor_is_short check (length(actor) between 1 and 100),
  request_id uuid not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  constraint fact_in_commit_order primary key (organisation_id, epoch, transaction_id, sequence));
create index fact_of_customer on kit.fact (organisation_id, customer_id, epoch, transaction_id, sequence) where customer_id is not null;
create index fact_of_subject on kit.fact (organisation_id, subject_id, epoch, transaction_id, sequence);
select kit.wall('kit.fact', except_columns => 'epoch, transaction_id, sequence, recorded_at');

-- The first answer to a key, written by the transaction that did the work; ids, states, codes and figures only, nothing about a person. A problem names the request it
-- was the answer to, and keeps its members in their order.
create table kit.idempotency (
  organisation_id uuid not null,
  principal text not null constraint idempotency_principal_is_short check (length(principal) <= 100),
  route text not null constraint idempotency_route_is_short check (length(route) <= 500),
  key_hash bytea not null constraint idempotency_key_is_sha256 check (length(key_hash) = 32),
  body_hash bytea not null constraint idempotency_body_is_sha256 check (length(body_hash) = 32),
  status smallint not null constraint idempotency_status_is_http check (status between 200 and 499),
  code text constraint idempotency_code_is_short check (length(code) <= 60),
  body json not null constraint idempotency_body_is_small check (length(body::text) <= 1000000),
  request_id uuid not null,
  created_at timestamptz not null,
  constraint one_answer_a_key primary key (organisation_id, principal, route, key_hash));
create index idempotency_by_age on kit.idempotency (organisation_id, created_at);
select kit.wall('kit.idempotency');
select kit.deletable('kit.idempotency');

-- Background work, wanted by the statement that caused it; claimed by lease, retried with limits, kept when dead.
create table kit.task (
  organisation_id uuid not null,
  task_id uuid not null,
  kind text not null constraint task_kind_is_a_word check (kind ~ '^[a-z][a-z_]+$' and length(kind) <= 60),
  subject_id uuid not null,
  body jsonb not null constraint task_body_is_small check (jsonb_typeof(body) = 'object' and length(body::text) <= 100000),
  state text not null default 'waiting' constraint task_state_is_known check (state in ('waiting', 'leased', 'done', 'dead')),
  attempts int not null default 0 constraint task_attempts_are_counted check (attempts between 0 and 10000),
  due_at timestamptz not null,
  lease_token uuid,
  leased_until timestamptz,
  last_error text constraint task_error_is_short check (length(last_error) <= 2000),
  request_id uuid not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  -- The order in which tasks about one subject run. Whoever changes a subject holds its lock, so this is the order of the changes.
  epoch int not null default 1,
  transaction_id xid8 not null default pg_current_xact_id(),
  sequence bigint generated always as identity,
  constraint one_task_an_id primary key (organisation_id, task_id),
  constraint a_leased_task_has_a_lease check ((state = 'leased') = (lease_token is not null and leased_until is not null)),
  constraint a_finished_task_says_when check ((state in ('done', 'dead')) = (finished_at is not null)));
create index task_by_subject on kit.task (organisation_id, subject_id, kind, epoch, transaction_id, sequence) where state in ('waiting', 'leased');
create index task_dead on kit.task (organisation_id, task_id) where state = 'dead';
create index task_done on kit.task (organisation_id, finished_at) where state = 'done';
select kit.changeable('kit.task', 'state, attempts, due_at, lease_token, leased_until, last_error, finished_at',
  except_columns => 'epoch, transaction_id, sequence');
select kit.deletable('kit.task');

-- Which organisation has something due: ids and times only, so that one poll serves all tenants.
create table kit.due (
  organisation_id uuid not null,
  task_id uuid not null,
  kind text not null constraint due_kind_is_a_word check (kind ~ '^[a-z][a-z_]+$' and length(kind) <= 60),
  due_at timestamptz not null,
  constraint one_due_a_task primary key (organisation_id, task_id));
create index due_next on kit.due (due_at);
select kit.look_up('kit.due');
grant select, insert, delete, update (due_at) on kit.due to sayso_service;
alter table kit.due set (autovacuum_analyze_threshold = 10000, autovacuum_vacuum_threshold = 1000);
select kit.tell_planner('kit.due');

-- What the sealer hashed: for each log, the rows written below a transaction that was the oldest running one; each checkpoint names the one before
-- it and is signed, so that a row edited, removed or slipped in afterwards no longer fits.
create table kit.checkpoint (
  organisation_id uuid not null,
  number bigint not null constraint checkpoint_number_counts check (number between 1 and 1000000000000),
  before_number bigint generated always as (nullif(number - 1, 0)) stored,
  until_epoch int not null constraint checkpoint_epoch_is_positive check (until_epoch between 1 and 1000000),
  until_transaction bigint not null constraint checkpoint_transaction_is_positive check (until_transaction between 0 and 9000000000000000000),
  sealed_at timestamptz not null,
  logs jsonb not null constraint checkpoint_logs_are_a_list check (jsonb_typeof(logs) = 'array' and length(logs::text) <= 1000000),
  before_digest bytea not null constraint checkpoint_before_is_sha256 check (length(before_digest) = 32),
  digest bytea not null constraint checkpoint_digest_is_sha256 check (length(digest) = 32),
  signature bytea not null constraint checkpoint_signature_is_ed25519 check (length(signature) = 64),
  constraint one_checkpoint_a_number primary key (organisation_id, number),
  constraint one_checkpoint_a_digest unique (organisation_id, number, digest),
  constraint checkpoint_follows_the_one_before foreign key (organisation_id, before_number, before_digest)
    references kit.checkpoint (organisation_id, number, digest),
  constraint first_checkpoint_follows_nothing check (number > 1 or before_digest = decode(repeat('00', 32), 'hex')));
select kit.wall('kit.checkpoint');

-- What people call something by on the telephone: the last fifty bits of its id, in base 32 without letters that look like digits.
create function kit.called(id uuid) returns text language sql immutable strict parallel safe as $$
  select string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', ((bits >> shift) & 31)::int + 1, 1) || case shift when 25 then '-' else '' end, '' order by shift desc)
  from (select ('x' || right(replace(id::pg_catalog.text, '-', ''), 13))::bit(52)::bigint as bits) low cross join generate_series(0, 45, 5) shift
$$;
grant execute on function kit.called to sayso_service;
