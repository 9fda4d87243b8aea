-- In: moved (posting_id, ordinal, kind, debit_kind, debit_holder, credit_kind, credit_holder, currency, amount_minor, strand, subject_kind, subject_id, occurred_at), one posting.
-- Writes the transfers, opens accounts that are new, and steps both sides' strands; `steps` holds the new balances, `transferred` and `entered` a row for each. The caller holds the strand's lock,
-- and that of the hands in which cash moves.
sides as (
  select *, 'debit' as side, debit_kind as account_kind, debit_holder as account_holder, amount_minor as delta from moved
  union all
  select *, 'credit', credit_kind, credit_holder, -amount_minor from moved),
heads as (
  select a.account_kind, a.account_holder, a.currency, a.strand, last.version, last.balance_after
  from (select distinct account_kind, account_holder, currency, strand from sides) a
  left join lateral (
    select e.version, e.balance_after from billing.account_entry e
    where e.organisation_id = :organisation::uuid and e.account_kind = a.account_kind and e.account_holder = a.account_holder
      and e.currency = a.currency and e.strand = a.strand
    order by e.version desc limit 1) last on true),
steps as (
  select s.*, (coalesce(h.version, 0) + row_number() over w)::int as version,
         (coalesce(h.balance_after, 0) + sum(s.delta) over w - s.delta)::bigint as balance_before, (coalesce(h.balance_after, 0) + sum(s.delta) over w)::bigint as balance_after
  from sides s join heads h using (account_kind, account_holder, currency, strand)
  window w as (partition by s.account_kind, s.account_holder, s.currency, s.strand order by s.ordinal)),
opened_accounts as (
  insert into billing.account (organisation_id, kind, holder, currency)
  select distinct :organisation::uuid, account_kind, account_holder, currency from heads h
  where h.version is null and not exists (select from billing.account a where a.organisation_id = :organisation::uuid
    and a.kind = h.account_kind and a.holder = h.account_holder and a.currency = h.currency offset 0)
  order by 2, 3, 4
  on conflict do nothing),
transferred as (
  insert into billing.transfer (organisation_id, posting_id, ordinal, kind, debit_kind, debit_holder, credit_kind, credit_holder, currency, amount_minor, strand,
    subject_kind, subject_id, occurred_at)
  select :organisation::uuid, posting_id, ordinal, kind, debit_kind, debit_holder, credit_kind, credit_holder, currency, amount_minor, strand, subject_kind, subject_id, occurred_at
  from moved
  returning ordinal),
entered as (
  insert into billing.account_entry (organisation_id, posting_id, ordinal, side, debit_kind, debit_holder, credit_kind, credit_holder, currency, amount_minor, strand,
    version, balance_before, balance_after)
  select :organisation::uuid, posting_id, ordinal, side, debit_kind, debit_holder, credit_kind, credit_holder, currency, amount_minor, strand, version, balance_before, balance_after
  from steps
  returning ordinal),
hands as (
  select h.account_holder, h.currency, coalesce(last.step, 0) as step, coalesce(last.held_after, 0) as held_minor
  from (select distinct account_holder, currency from sides where account_kind = 'cash_on_agent') h
  left join lateral (
    select c.step, c.held_after from billing.cash_custody c
    where c.organisation_id = :organisation::uuid and c.staff_id = h.account_holder::uuid and c.currency = h.currency
    order by c.step desc limit 1) last on true),
in_custody as (
  insert into billing.cash_custody (organisation_id, staff_id, currency, step, strand, version, side, amount_minor, held_before, held_after)
  select :organisation::uuid, s.account_holder::uuid, s.currency, h.step + row_number() over w, s.strand, s.version, s.side, s.amount_minor,
         h.held_minor + sum(s.delta) over w - s.delta, h.held_minor + sum(s.delta) over w
  from steps s join hands h using (account_holder, currency) where s.account_kind = 'cash_on_agent'
  window w as (partition by s.account_holder, s.currency order by s.ordinal, s.side))
