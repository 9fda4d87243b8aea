-- In: asked (customer_id, currency). Out: `refundable`, one row each: credit_minor; pending_minor, set aside for refunds that aren't paid; uncleared_minor, what of both comes from
-- cheques on their way; owed_minor, what they owe. A cheque pays what is owed, and nobody is given of it before it cleared: neither what it left over nor what a credit note
-- gave back of what it paid, itself or by the credit it left. Credit goes as it stood at its lowest since: what was spent meanwhile isn't held back.
on_its_way as (
  select c.customer_id, c.currency, q.payment_id, q.amount_minor
  from asked c
  cross join lateral (
    select q.* from billing.cheque q where q.organisation_id = :organisation::uuid and q.customer_id = c.customer_id and q.currency = c.currency offset 0) q
  where coalesce((
    select s.state from billing.cheque_step s where s.organisation_id = :organisation::uuid and s.payment_id = q.payment_id order by s.step desc limit 1), 'on_its_way') = 'on_its_way'),
paid_by_cheque as (
  select q.customer_id, q.currency, q.payment_id, a.invoice_id, a.amount_minor
  from on_its_way q
  cross join lateral (select a.* from billing.allocation a where a.organisation_id = :organisation::uuid and a.posting_id = q.payment_id offset 0) a),
left_over as (
  select q.customer_id, q.currency, q.payment_id as posting_id,
         q.amount_minor - coalesce((select sum(p.amount_minor) from paid_by_cheque p where p.payment_id = q.payment_id), 0) as minor
  from on_its_way q),
-- A posting that begins with an allocation is credit's.
paid_by_credit as (
  select c.customer_id, c.currency, a.invoice_id, a.amount_minor
  from (select customer_id, currency from left_over group by 1, 2 having sum(minor) > 0) c
  cross join lateral (
    select i.invoice_id from billing.invoice i where i.organisation_id = :organisation::uuid and i.customer_id = c.customer_id and i.currency = c.currency offset 0) i
  cross join lateral (
    select a.* from billing.allocation a where a.organisation_id = :organisation::uuid and a.invoice_id = i.invoice_id and a.kind = 'settle' offset 0) a
  cross join lateral (
    select t.kind from billing.transfer t where t.organisation_id = :organisation::uuid and t.posting_id = a.posting_id and t.ordinal = 1 limit 1) t
  where t.kind = 'allocation'),
paid_uncleared as (
  select customer_id, currency, invoice_id, sum(own_minor) as own_minor, sum(spent_minor) as spent_minor
  from (
    select customer_id, currency, invoice_id, amount_minor as own_minor, 0 as spent_minor from paid_by_cheque
    union all
    select customer_id, currency, invoice_id, 0, amount_minor from paid_by_credit) p
  group by 1, 2, 3),
-- What of the money on an invoice its credit notes set free.
set_free as (
  select p.customer_id, p.currency, noted.posting_id, p.spent_minor, p.own_minor,
         greatest(0, i.total_minor - last.open_after - last.written_off_after - noted.paid_minor - (i.total_minor - noted.total_minor)) as free_minor
  from paid_uncleared p
  cross join lateral (
    select i.total_minor from billing.invoice i where i.organisation_id = :organisation::uuid and i.invoice_id = p.invoice_id limit 1) i
  cross join lateral (
    select l.open_after, l.written_off_after from billing.allocation l where l.organisation_id = :organisation::uuid and l.invoice_id = p.invoice_id
    order by l.step desc limit 1) last
  cross join lateral (
    select (array_agg(n.credit_note_id order by n.issued_on desc, n.number desc))[1] as posting_id, sum(n.total_minor) as total_minor, coalesce(sum((
        select sum(a.amount_minor) from billing.allocation a
        where a.organisation_id = :organisation::uuid and a.posting_id = n.credit_note_id and a.invoice_id = p.invoice_id)), 0) as paid_minor
    from billing.credit_note n where n.organisation_id = :organisation::uuid and n.invoice_id = p.invoice_id and n.total_minor > 0) noted
  where noted.posting_id is not null),
uncleared as (
  select customer_id, currency, posting_id, minor, minor as most_minor from left_over
  union all
  select customer_id, currency, posting_id, least(own_minor + spent_minor, free_minor), least(own_minor, free_minor) from set_free),
pending as (
  select r.customer_id, r.currency, r.refund_id as posting_id, r.amount_minor as minor
  from asked c
  cross join lateral (
    select r.* from billing.refund r where r.organisation_id = :organisation::uuid and r.customer_id = c.customer_id and r.currency = c.currency offset 0) r
  where coalesce((
    select o.outcome from billing.refund_outcome o where o.organisation_id = :organisation::uuid and o.refund_id = r.refund_id order by o.step desc limit 1), 'proposed') = 'proposed'),
after_posting as (
  select * from (
    select c.customer_id, c.currency, e.posting_id, e.version, -e.balance_after as minor, lead(e.posting_id) over (
      partition by c.customer_id, c.currency order by e.version) is distinct from e.posting_id as is_last
    from (select customer_id, currency from uncleared group by 1, 2 having sum(minor) > 0) c
    cross join lateral (
      select e.* from billing.account_entry e
      where e.organisation_id = :organisation::uuid and e.account_kind = 'customer_credit' and e.account_holder = c.customer_id::text and e.currency = c.currency
        and e.strand = c.customer_id offset 0) e) e
  where is_last),
as_it_stood as (
  select e.customer_id, e.currency, u.most_minor,
         e.minor + coalesce(sum(s.minor) over (partition by e.customer_id, e.currency order by e.version), 0) + coalesce(sum(u.minor) over (
           partition by e.customer_id, e.currency order by e.version desc rows between unbounded preceding and 1 preceding), 0) as lowest_minor
  from after_posting e
  left join (select posting_id, sum(minor) as minor, sum(most_minor) as most_minor from uncleared group by 1) u using (posting_id)
  left join pending s using (posting_id)),
refundable as (
  select c.customer_id, c.currency, coalesce(-credit.balance_after, 0)::bigint as credit_minor, coalesce(owed.balance_after, 0)::bigint as owed_minor,
         coalesce((select sum(s.minor) from pending s where (s.customer_id, s.currency) = (c.customer_id, c.currency)), 0)::bigint as pending_minor,
         greatest(0, coalesce((
           select least(sum(h.most_minor), min(h.lowest_minor)) from as_it_stood h where (h.customer_id, h.currency) = (c.customer_id, c.currency)), 0))::bigint as uncleared_minor
  from asked c
  left join lateral (
    select e.balance_after from billing.account_entry e
    where e.organisation_id = :organisation::uuid and e.account_kind = 'customer_credit' and e.account_holder = c.customer_id::text and e.currency = c.currency
      and e.strand = c.customer_id order by e.version desc limit 1) credit on true
  left join lateral (
    select e.balance_after from billing.account_entry e
    where e.organisation_id = :organisation::uuid and e.account_kind = 'receivable' and e.account_holder = c.customer_id::text and e.currency = c.currency
      and e.strand = c.customer_id order by e.version desc limit 1) owed on true)
