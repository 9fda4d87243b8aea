"""Every constraint is valid and enforced, row-level security can't be passed by the service, it may change no log, and posts into no day that is carried forward."""

from typing import Any

from service.cli._checks import Surroundings

_WEAK = """
select 'constraint ' || conrelid::regclass || '.' || conname, 'is not valid: it was switched off or never checked what was there'
from pg_constraint c join pg_namespace n on n.oid = c.connamespace where n.nspname not like 'pg\\_%' and not convalidated
union all
select 'trigger of ' || tgrelid::regclass || ' ' || tgname, 'is switched off' from pg_trigger t
join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace where n.nspname not like 'pg\\_%' and tgenabled <> 'O'
union all
select 'role ' || rolname, 'passes row-level security' from pg_roles where rolname in ('sayso_service', 'sayso_owner') and (rolsuper or rolbypassrls)
union all
select 'table ' || c.oid::regclass, 'has row-level security that isn''t forced' from pg_class c
join pg_namespace n on n.oid = c.relnamespace where n.nspname not like 'pg\\_%' and c.relkind = 'r' and c.relrowsecurity and not c.relforcerowsecurity
union all
select 'table ' || c.oid::regclass, 'has policies and row-level security is off' from pg_class c
where not c.relrowsecurity and exists (select from pg_policy p where p.polrelid = c.oid)
union all
select 'table ' || c.oid::regclass, 'is a log that the service may change' from pg_class c
join pg_attribute a on a.attrelid = c.oid and a.attname = 'transaction_id' and not a.attisdropped and a.atttypid = 'bigint'::regtype
join pg_attribute e on e.attrelid = c.oid and e.attname = 'epoch' and not e.attisdropped
join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'r' and n.nspname not like 'pg\\_%' and has_any_column_privilege('sayso_service', c.oid, 'update')
union all
select 'table kit.fact', 'may be changed by the service'
where has_any_column_privilege('sayso_service', 'kit.fact', 'update') or has_table_privilege('sayso_service', 'kit.fact', 'delete')
union all
select 'table ' || a.attrelid::regclass, 'writes rows into an epoch that isn''t the present one'
from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relkind = 'r' left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
where a.attname = 'epoch' and not a.attisdropped and a.attrelid not in ('kit.epoch'::regclass, 'notices.followed'::regclass)
  and pg_get_expr(d.adbin, d.adrelid) is distinct from kit.present_epoch()::text
union all
select 'table billing.transfer', 'takes postings into days that are carried forward'
where not exists (select from pg_policy p where p.polrelid = 'billing.transfer'::regclass and p.polname = 'carried_forward_takes_no_posting' and not p.polpermissive)
order by 1"""


async def find(connection: Any, _: Surroundings) -> list[tuple[None, str, str]]:
    """What was weakened."""
    return [(None, row[0], row[1]) for row in await connection.fetch(_WEAK)]
