-- What the migrations come to, written by `make schema` and never by hand; a test compares it with them.


CREATE SCHEMA authorisations;

CREATE SCHEMA billing;

CREATE SCHEMA care;

CREATE SCHEMA catalogue;

CREATE SCHEMA customers;

CREATE SCHEMA dispatch;

CREATE SCHEMA evidence;

CREATE SCHEMA identity;

CREATE SCHEMA kit;

CREATE SCHEMA notices;

CREATE SCHEMA promises;

CREATE SCHEMA subscriptions;

CREATE SCHEMA webhooks;

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';

CREATE FUNCTION authorisations.account_of_offer(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(customer_id::text) from authorisations.offer where organisation_id = kit.tenant() and offer_id = any (keys) order by 1; end$$;

CREATE FUNCTION authorisations.account_of_photo(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(customer_id::text) from authorisations.photo where organisation_id = kit.tenant() and photo_id = any (keys) order by 1; end$$;

CREATE FUNCTION authorisations.account_of_presentation(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(customer_id::text) from authorisations.presentation where organisation_id = kit.tenant() and presentation_id = any (keys) order by 1; end$$;

CREATE FUNCTION authorisations.allowance(combine text, pct_numerator integer, pct_denominator integer, abs_minor bigint, hard_cap_minor bigint, scale numeric, entitled numeric) RETURNS numeric
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$ begin
  return least(hard_cap_minor * scale, case combine when 'none' then 0 when 'pct' then pct_numerator * entitled * div(scale, pct_denominator) when 'abs' then abs_minor * scale
    when 'greater' then greatest(pct_numerator * entitled * div(scale, pct_denominator), abs_minor * scale)
    else least(pct_numerator * entitled * div(scale, pct_denominator), abs_minor * scale) end);
end $$;

CREATE FUNCTION authorisations.deadline(consent_deadline text, started_at timestamp with time zone, ended_at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$ begin
  return case consent_deadline when 'before_work' then started_at when 'before_completion' then ended_at else 'infinity' end;
end $$;

CREATE FUNCTION authorisations.fraction(numerator integer, denominator integer) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE denominator WHEN 1 THEN (numerator)::text ELSE ((numerator || '/'::text) || denominator) END;

CREATE TABLE authorisations.law (
    jurisdiction text NOT NULL,
    trade text NOT NULL,
    price_form text NOT NULL,
    combine text NOT NULL,
    pct_numerator integer NOT NULL,
    pct_denominator integer NOT NULL,
    abs_minor bigint NOT NULL,
    hard_cap_minor bigint NOT NULL,
    at_limit_refuses boolean NOT NULL,
    consent_deadline text NOT NULL,
    citation text NOT NULL,
    overrun_notice boolean DEFAULT false NOT NULL,
    withdrawal_days integer DEFAULT 0 NOT NULL,
    itemised_request_days integer DEFAULT 0 NOT NULL,
    itemised_reply_days integer DEFAULT 0 NOT NULL,
    CONSTRAINT itemised_reply_days_in_range CHECK (((itemised_reply_days >= 0) AND (itemised_reply_days <= 1000))),
    CONSTRAINT itemised_request_days_in_range CHECK (((itemised_request_days >= 0) AND (itemised_request_days <= 1000))),
    CONSTRAINT law_citation_short CHECK ((length(citation) <= 400)),
    CONSTRAINT law_figures_known CHECK (((combine = ANY (ARRAY['none'::text, 'pct'::text, 'abs'::text, 'greater'::text, 'lesser'::text])) AND (consent_deadline = ANY (ARRAY['before_work'::text, 'before_completion'::text, 'after_work'::text])) AND ((pct_denominator >= 1) AND (pct_denominator <= 1000000)) AND ((pct_numerator >= 0) AND (pct_numerator <= pct_denominator)) AND ((abs_minor >= 0) AND (abs_minor <= '9000000000000000'::bigint)) AND ((hard_cap_minor >= 0) AND (hard_cap_minor <= '9000000000000000'::bigint)))),
    CONSTRAINT law_jurisdiction_is_iso_3166 CHECK ((jurisdiction ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$'::text)),
    CONSTRAINT law_price_form_known CHECK ((price_form = ANY (ARRAY['any'::text, 'itemised'::text, 'limit'::text, 'time_and_materials'::text]))),
    CONSTRAINT law_trade_is_a_word CHECK ((trade ~ '^[a-z][a-z_]{1,39}$'::text)),
    CONSTRAINT withdrawal_days_in_range CHECK (((withdrawal_days >= 0) AND (withdrawal_days <= 100)))
);

CREATE FUNCTION authorisations.law_of(place text, of_trade text, of_price_form text) RETURNS SETOF authorisations.law
    LANGUAGE sql STABLE ROWS 1 PARALLEL SAFE
    AS $$
  select l.* from authorisations.law l
  where l.jurisdiction in (place, split_part(place, '-', 1), 'ZZ') and l.trade in (of_trade, 'any') and l.price_form in (of_price_form, 'any')
  order by l.jurisdiction = 'ZZ', length(l.jurisdiction) desc, l.trade = 'any', l.price_form = 'any' limit 1
$$;

CREATE FUNCTION authorisations.microseconds(at timestamp with time zone) RETURNS bigint
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ begin
  return (extract(epoch from at - pg_catalog.timestamptz '1970-01-01 00:00:00+00') * 1000000)::bigint;
end $$;

CREATE FUNCTION authorisations.notice_missing(of_organisation uuid, of_scope uuid) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select coalesce((
    select f.projected_minor > coalesce((select a.revised_total_minor from authorisations.authorisation a
        where a.organisation_id = f.organisation_id and a.scope_id = f.scope_id order by a.seq desc limit 1), 0)
      and not exists (select from authorisations.overrun_notice n
        where n.organisation_id = f.organisation_id and n.scope_id = f.scope_id and n.projected_minor >= f.projected_minor)
    from authorisations.forecast f where f.organisation_id = of_organisation and f.scope_id = of_scope order by f.number desc limit 1), false)
$$;

CREATE FUNCTION authorisations.offer_says(canonical text, offer_id uuid, revision integer, scope_id uuid, prior_hash bytea, currency text, tax_basis text, total_minor bigint, cap_minor bigint, valid_until timestamp with time zone, complete_by timestamp with time zone, combine text, pct_numerator integer, pct_denominator integer, abs_minor bigint, hard_cap_minor bigint, at_limit_refuses boolean, consent_deadline text) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $_$
declare
  told pg_catalog.jsonb := canonical;
  moment constant pg_catalog.text := '2026-01-01T00:00:00.000000+00:00';
  moments constant pg_catalog.text := '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$';
begin
  return told ?& array['valid_until', 'complete_by']
    and (select count(*) from json_object_keys(canonical::pg_catalog.json)) = (select count(*) from jsonb_object_keys(told))
    and (select count(*) from json_object_keys(canonical::pg_catalog.json -> 'policy')) = (select count(*) from jsonb_object_keys(told -> 'policy'))
    and told @> jsonb_build_object('offer_id', offer_id, 'revision', revision, 'scope_id', scope_id, 'prior_hash', encode(prior_hash, 'hex'), 'currency', currency,
      'tax_basis', tax_basis, 'total_minor', total_minor, 'cap_minor', nullif(cap_minor, 9000000000000000))
    and (told -> 'policy') - 'name' - 'version' = jsonb_build_object('combine', combine, 'pct_numerator', pct_numerator, 'pct_denominator', pct_denominator,
      'abs_minor', abs_minor, 'hard_cap_minor', hard_cap_minor, 'at_limit_refuses', at_limit_refuses, 'consent_deadline', consent_deadline)
    and coalesce(told ->> 'valid_until', moment) ~ moments and coalesce(told ->> 'complete_by', moment) ~ moments
    and coalesce((told ->> 'valid_until')::pg_catalog.timestamptz, 'infinity') = valid_until and coalesce((told ->> 'complete_by')::pg_catalog.timestamptz, 'infinity') = complete_by;
end $_$;

CREATE TABLE authorisations.paper_law (
    jurisdiction text NOT NULL,
    trade text NOT NULL,
    document text NOT NULL,
    asks text[] NOT NULL,
    notice text,
    citation text NOT NULL,
    CONSTRAINT paper_law_asks_known CHECK ((asks <@ ARRAY['business_address'::text, 'registration_number'::text, 'problem_reported'::text, 'part_condition'::text, 'labour_subtotal'::text, 'parts_subtotal'::text, 'consent_time'::text, 'consent_name'::text, 'consent_contact'::text, 'consent_receiver'::text, 'consent_conditions'::text, 'specification'::text, 'added_cost'::text, 'revised_total'::text])),
    CONSTRAINT paper_law_citation_short CHECK ((length(citation) <= 400)),
    CONSTRAINT paper_law_document_known CHECK ((document = ANY (ARRAY['offer'::text, 'job'::text, 'invoice'::text]))),
    CONSTRAINT paper_law_jurisdiction_is_iso_3166 CHECK ((jurisdiction ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$'::text)),
    CONSTRAINT paper_law_notice_bounded CHECK ((length(notice) <= 2000)),
    CONSTRAINT paper_law_trade_is_a_word CHECK ((trade ~ '^[a-z][a-z_]{1,39}$'::text))
);

CREATE FUNCTION authorisations.paper_law_of(place text, of_trade text, of_document text) RETURNS SETOF authorisations.paper_law
    LANGUAGE sql STABLE ROWS 1 PARALLEL SAFE
    AS $$
  select l.* from authorisations.paper_law l
  where l.jurisdiction in (place, split_part(place, '-', 1)) and l.trade in (of_trade, 'any') and l.document = of_document
  order by length(l.jurisdiction) desc, l.trade = 'any' limit 1
$$;

CREATE FUNCTION authorisations.quantity(ticks numeric, denominator numeric) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE WHEN (((ticks * (1000000)::numeric) % denominator) = (0)::numeric) THEN (trim_scale(round((ticks / denominator), 6)))::text ELSE (((div(ticks, gcd(ticks, denominator)))::text || '/'::text) || (div(denominator, gcd(ticks, denominator)))::text) END;

CREATE FUNCTION authorisations.receipt_says(jws text, organisation_id uuid, authorisation_id uuid, scope_id uuid, seq integer, entry_hash bytea, revised_total_minor bigint, checkpoint_number bigint, checkpoint_digest bytea) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$
declare
  told constant pg_catalog.jsonb := authorisations.told(jws);
begin
  return told @> jsonb_build_object('organisation_id', organisation_id, 'authorisation_id', authorisation_id, 'scope_id', scope_id, 'seq', seq,
      'entry_hash', encode(entry_hash, 'hex'), 'head', encode(entry_hash, 'hex'), 'revised_total_minor', revised_total_minor)
    and (checkpoint_number is null) = (checkpoint_digest is null)
    and case when checkpoint_number is null then told ->> 'checkpoint' is null
      else told @> jsonb_build_object('checkpoint', jsonb_build_object('number', checkpoint_number, 'digest', encode(checkpoint_digest, 'hex'))) end;
end $$;

CREATE FUNCTION authorisations.reference(subject_kind text, subject_id uuid) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
  select case subject_kind when 'job' then 'J-' when 'case' then 'C-' when 'device' then 'D-' else 'S-' end || kit.called(subject_id)
$$;

CREATE FUNCTION authorisations.scope_of_authorisation(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(scope_id::text) from authorisations.authorisation where organisation_id = kit.tenant() and authorisation_id = any (keys) order by 1; end$$;

CREATE FUNCTION authorisations.scope_of_forecast(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(scope_id::text) from authorisations.forecast where organisation_id = kit.tenant() and forecast_id = any (keys) order by 1; end$$;

CREATE FUNCTION authorisations.scope_of_offer(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(scope_id::text) from authorisations.offer where organisation_id = kit.tenant() and offer_id = any (keys) order by 1; end$$;

CREATE FUNCTION authorisations.scope_of_offer_item(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(scope_id::text) from authorisations.offer_item where organisation_id = kit.tenant() and item_id = any (keys) order by 1; end$$;

CREATE FUNCTION authorisations.scope_of_presentation(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(scope_id::text) from authorisations.presentation where organisation_id = kit.tenant() and presentation_id = any (keys) order by 1; end$$;

CREATE FUNCTION authorisations.scope_of_question(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(scope_id::text) from authorisations.question where organisation_id = kit.tenant() and question_id = any (keys) order by 1; end$$;

CREATE FUNCTION authorisations.scope_of_scope(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(scope_id::text) from authorisations.scope where organisation_id = kit.tenant() and customer_id = any (keys) order by 1; end$$;

CREATE FUNCTION authorisations.scope_of_work_record(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(scope_id::text) from authorisations.work_record where organisation_id = kit.tenant() and work_record_id = any (keys) order by 1; end$$;

CREATE FUNCTION authorisations.seal(domain text, body text) RETURNS bytea
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ begin
  return sha256(convert_to(domain || chr(10) || body, 'UTF8'));
end $$;

CREATE FUNCTION authorisations.sealed(of_organisation uuid, of_offer uuid) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select exists (select from authorisations.presentation p where p.organisation_id = of_organisation and p.offer_id = of_offer)
    or exists (select from authorisations.authorisation a where a.organisation_id = of_organisation and a.offer_id = of_offer)
$$;

CREATE FUNCTION authorisations.told(jws text) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ begin
  return convert_from(decode(translate(split_part(jws, '.', 2), '-_', '+/') || repeat('=', (4 - length(split_part(jws, '.', 2)) % 4) % 4), 'base64'), 'UTF8')::pg_catalog.jsonb;
end $$;

CREATE FUNCTION authorisations.within_law(combine text, pct_numerator integer, pct_denominator integer, abs_minor bigint, hard_cap_minor bigint, law_combine text, law_pct_numerator integer, law_pct_denominator integer, law_abs_minor bigint, law_hard_cap_minor bigint) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select bool_and(authorisations.allowance(combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, pct_denominator::numeric * law_pct_denominator, e.at)
    <= authorisations.allowance(law_combine, law_pct_numerator, law_pct_denominator, law_abs_minor, law_hard_cap_minor, pct_denominator::numeric * law_pct_denominator, e.at))
  from (
    select 0::numeric as at union all select 9000000000000000
    union all
    select least(9000000000000000, div(c.minor::numeric * c.denominator, c.numerator) + beside)
    from (values (abs_minor, pct_numerator, pct_denominator), (hard_cap_minor, pct_numerator, pct_denominator), (law_abs_minor, law_pct_numerator, law_pct_denominator),
      (law_hard_cap_minor, law_pct_numerator, law_pct_denominator)) c (minor, numerator, denominator), generate_series(0, 1) beside
    where c.numerator > 0) e
$$;

CREATE FUNCTION authorisations.work_flags(finding text, authorised_at timestamp with time zone, complete_by timestamp with time zone, ended_at timestamp with time zone) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN array_remove(ARRAY[CASE WHEN ((finding IS NULL) AND (authorised_at > ended_at)) THEN 'RATIFIED_AFTER_WORK'::text ELSE NULL::text END, CASE WHEN (ended_at > complete_by) THEN 'DATE_EXCEEDED'::text ELSE NULL::text END], NULL::text);

CREATE FUNCTION billing.above_what_ended() RETURNS bigint
    LANGUAGE plpgsql
    AS $$ begin
  return pg_snapshot_xmax(pg_current_snapshot())::pg_catalog.text::bigint;
end $$;

CREATE FUNCTION billing.account_of_bank_step(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(customer_id::text) from billing.bank_step where organisation_id = kit.tenant() and line_id = any (keys) order by 1; end$$;

CREATE FUNCTION billing.account_of_charge_consent(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(customer_id::text) from billing.charge_consent where organisation_id = kit.tenant() and consent_id = any (keys) order by 1; end$$;

CREATE FUNCTION billing.account_of_claim(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(customer_id::text) from billing.claim where organisation_id = kit.tenant() and claim_id = any (keys) order by 1; end$$;

CREATE FUNCTION billing.account_of_collection_attempt(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(customer_id::text) from billing.collection_attempt where organisation_id = kit.tenant() and attempt_id = any (keys) order by 1; end$$;

CREATE FUNCTION billing.account_of_dispute(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(customer_id::text) from billing.dispute where organisation_id = kit.tenant() and dispute_id = any (keys) order by 1; end$$;

CREATE FUNCTION billing.account_of_dunning_hold(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(customer_id::text) from billing.dunning_hold where organisation_id = kit.tenant() and hold_id = any (keys) order by 1; end$$;

CREATE FUNCTION billing.account_of_invoice(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(customer_id::text) from billing.invoice where organisation_id = kit.tenant() and invoice_id = any (keys) order by 1; end$$;

CREATE FUNCTION billing.account_of_itemised_request(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(customer_id::text) from billing.itemised_request where organisation_id = kit.tenant() and request_id = any (keys) order by 1; end$$;

CREATE FUNCTION billing.account_of_payment(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(customer_id::text) from billing.payment where organisation_id = kit.tenant() and payment_id = any (keys) order by 1; end$$;

CREATE FUNCTION billing.account_of_refund(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(customer_id::text) from billing.refund where organisation_id = kit.tenant() and refund_id = any (keys) order by 1; end$$;

CREATE FUNCTION billing.account_of_saved_method(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(customer_id::text) from billing.saved_method where organisation_id = kit.tenant() and method_id = any (keys) order by 1; end$$;

CREATE FUNCTION billing.account_of_write_off(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(customer_id::text) from billing.write_off where organisation_id = kit.tenant() and write_off_id = any (keys) order by 1; end$$;

CREATE FUNCTION billing.carries_what_was_posted(organisation uuid, carried integer, from_at timestamp with time zone, until_at timestamp with time zone, told bigint, hash bytea) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
declare
  posted bigint;
  balances pg_catalog.jsonb;
begin
  perform billing.hold_days(organisation, from_at, until_at);
  -- a statement of its own, so that it sees what was waited for
  with day as (
    select t.debit_kind, t.debit_holder, t.credit_kind, t.credit_holder, t.currency, t.amount_minor
    from billing.transfer t where t.organisation_id = organisation and t.recorded_at >= from_at and t.recorded_at < until_at),
  moved as (
    select s.kind, case when s.kind in ('receivable', 'customer_credit') then '' else s.holder end as holder, s.currency, sum(s.debit)::bigint as debit_minor,
           sum(s.credit)::bigint as credit_minor
    from (
      select debit_kind as kind, debit_holder as holder, currency, amount_minor as debit, 0 as credit from day
      union all
      select credit_kind, credit_holder, currency, 0, amount_minor from day) s
    group by 1, 2, 3),
  before as (select b.kind, b.holder, b.currency, b.closing_minor from billing.carried_balance b where b.organisation_id = organisation and b.number = carried - 1),
  due as (
    select kind, holder, currency, coalesce(m.debit_minor, 0) as debit_minor, coalesce(m.credit_minor, 0) as credit_minor,
           coalesce(b.closing_minor, 0) + coalesce(m.debit_minor, 0) - coalesce(m.credit_minor, 0) as closing_minor
    from before b full join moved m using (kind, holder, currency))
  select (select count(*) from day), (
    select jsonb_agg(jsonb_build_array(d.kind, d.holder, d.currency, d.debit_minor, d.credit_minor, d.closing_minor)
      order by d.kind collate "C", d.holder collate "C", d.currency collate "C") from due d)
  into posted, balances;
  return told = posted and hash = billing.hash_of_balances(
    coalesce((select c.content_hash from billing.carry_forward c where c.organisation_id = organisation and c.number = carried - 1), '\x'), until_at, balances);
end $$;

CREATE FUNCTION billing.contested_minor(of_organisation uuid, of_customer uuid, of_invoice uuid) RETURNS bigint
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select coalesce(sum(h.contested_minor), 0)::bigint from billing.dunning_hold h
  where h.organisation_id = of_organisation and h.customer_id = of_customer and h.invoice_id = of_invoice and h.contested_minor is not null
    and not exists (select from billing.dunning_hold_release r where r.organisation_id = h.organisation_id and r.hold_id = h.hold_id) $$;

CREATE FUNCTION billing.day_of_cash_deposit(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(banked_by::text) from billing.cash_deposit where organisation_id = kit.tenant() and deposit_id = any (keys) order by 1; end$$;

CREATE FUNCTION billing.day_of_cash_hand_in(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(staff_id::text) from billing.cash_hand_in where organisation_id = kit.tenant() and hand_in_id = any (keys) order by 1; end$$;

CREATE FUNCTION billing.day_of_cash_settlement(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(staff_id::text) from billing.cash_settlement where organisation_id = kit.tenant() and settlement_id = any (keys) order by 1; end$$;

CREATE FUNCTION billing.day_of_payment(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(taken_by::text) from billing.payment where organisation_id = kit.tenant() and payment_id = any (keys) order by 1; end$$;

CREATE FUNCTION billing.day_of_receipt_block(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(staff_id::text) from billing.receipt_block where organisation_id = kit.tenant() and block_id = any (keys) order by 1; end$$;

CREATE FUNCTION billing.day_of_refused_cash(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(staff_id::text) from billing.refused_cash where organisation_id = kit.tenant() and entry_id = any (keys) order by 1; end$$;

CREATE FUNCTION billing.dispute_rank(status text) RETURNS integer
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN array_position(ARRAY['warning_needs_response'::text, 'warning_under_review'::text, 'needs_response'::text, 'under_review'::text, 'warning_closed'::text, 'prevented'::text, 'lost'::text, 'won'::text], status);

CREATE FUNCTION billing.hands_are_full(of_organisation uuid, of_staff uuid) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select exists (
    select from billing.cash_custody b
    cross join lateral (
      select c.held_after from billing.cash_custody c
      where c.organisation_id = b.organisation_id and c.staff_id = b.staff_id and c.currency = b.currency order by c.step desc limit 1) c
    where b.organisation_id = of_organisation and b.staff_id = of_staff and b.step = 1 and c.held_after >= coalesce(
      (select l.limit_minor from billing.cash_limit l where l.organisation_id = b.organisation_id and l.holder = b.staff_id::pg_catalog.text and l.currency = b.currency order by l.version desc limit 1),
      (select l.limit_minor from billing.cash_limit l where l.organisation_id = b.organisation_id and l.holder = '' and l.currency = b.currency order by l.version desc limit 1)))
$$;

CREATE FUNCTION billing.hash_of_balances(hash_before bytea, until_at timestamp with time zone, balances jsonb) RETURNS bytea
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN sha256(convert_to(concat_ws(' '::text, 'sayso/balances/1', encode(hash_before, 'hex'::text), EXTRACT(epoch FROM until_at), balances), 'UTF8'::name));

CREATE FUNCTION billing.hold_day_open(organisation uuid, recorded_at timestamp with time zone) RETURNS boolean
    LANGUAGE sql
    RETURN (pg_advisory_xact_lock_shared(6, hashtext(((organisation)::text || ((recorded_at AT TIME ZONE 'UTC'::text))::date))) IS NOT NULL);

CREATE FUNCTION kit.fingerprint(VARIADIC texts text[]) RETURNS bytea
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN sha256(convert_to((array_to_json(texts))::text, 'UTF8'::name));

CREATE FUNCTION kit.rest_of_97(code text) RETURNS integer
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE WHEN (code ~ '^[0-9A-Z]{5,40}$'::text) THEN (SELECT (((string_agg(((strpos('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'::text, t.c) - 1))::text, ''::text ORDER BY t.n))::numeric % (97)::numeric))::integer AS int4 FROM string_to_table((substr(rest_of_97.code, 5) || "left"(rest_of_97.code, 4)), NULL::text) WITH ORDINALITY t(c, n)) ELSE NULL::integer END;

CREATE FUNCTION kit.is_iban(code text) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ((code ~ '^[A-Z]{2}(0[2-9]|[1-8][0-9]|9[0-8])[0-9A-Z]{11,30}$'::text) AND COALESCE((kit.rest_of_97(code) = 1), false));

CREATE FUNCTION kit.is_vat_id(code text) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $_$ begin
  return substr(code, 3) ~ ('^(' || case left(code, 2)
    when 'AT' then 'U[0-9]{8}' when 'BE' then '[01][0-9]{9}' when 'BG' then '[0-9]{9,10}' when 'CY' then '[0-9]{8}[A-Z]' when 'CZ' then '[0-9]{8,10}'
    when 'DE' then '[0-9]{9}' when 'DK' then '[0-9]{8}' when 'EE' then '[0-9]{9}' when 'EL' then '[0-9]{9}' when 'ES' then '[0-9A-Z][0-9]{7}[0-9A-Z]'
    when 'FI' then '[0-9]{8}' when 'FR' then '[0-9A-HJ-NP-Z]{2}[0-9]{9}' when 'HR' then '[0-9]{11}' when 'HU' then '[0-9]{8}'
    when 'IE' then '[0-9][0-9A-Z+*][0-9]{5}[A-Z]{1,2}' when 'IT' then '[0-9]{11}' when 'LT' then '[0-9]{9}|[0-9]{12}' when 'LU' then '[0-9]{8}'
    when 'LV' then '[0-9]{11}' when 'MT' then '[0-9]{8}' when 'NL' then '[0-9A-Z+*]{9}B[0-9]{2}' when 'PL' then '[0-9]{10}' when 'PT' then '[0-9]{9}'
    when 'RO' then '[0-9]{2,10}' when 'SE' then '[0-9]{12}' when 'SI' then '[0-9]{8}' when 'SK' then '[0-9]{10}'
    when 'XI' then '[0-9]{9}|[0-9]{12}|(GD|HA)[0-9]{3}' when 'GB' then '[0-9]{9}|[0-9]{12}|(GD|HA)[0-9]{3}' else '[0-9A-Z]{2,13}' end || ')$')
    and code ~ '^[A-Z]{2}';
end $_$;

CREATE TABLE identity.organisation (
    organisation_id uuid NOT NULL,
    name text NOT NULL,
    zone text NOT NULL,
    currency text NOT NULL,
    language text NOT NULL,
    phone text NOT NULL,
    email text NOT NULL,
    address text DEFAULT ''::text NOT NULL,
    registration text DEFAULT ''::text NOT NULL,
    street text DEFAULT ''::text NOT NULL,
    city text DEFAULT ''::text NOT NULL,
    postcode text DEFAULT ''::text NOT NULL,
    country text DEFAULT ''::text NOT NULL,
    vat_id text DEFAULT ''::text NOT NULL,
    tax_number text DEFAULT ''::text NOT NULL,
    legal_id text DEFAULT ''::text NOT NULL,
    electronic_address text DEFAULT ''::text NOT NULL,
    account_holder text DEFAULT ''::text NOT NULL,
    iban text DEFAULT ''::text NOT NULL,
    bic text DEFAULT ''::text NOT NULL,
    bank_details text DEFAULT ''::text NOT NULL,
    reply_within_minutes integer DEFAULT 1440 NOT NULL,
    slug text DEFAULT ''::text NOT NULL,
    slug_ref text GENERATED ALWAYS AS (NULLIF(slug, ''::text)) STORED,
    colour text DEFAULT ''::text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    told_hash bytea GENERATED ALWAYS AS (kit.fingerprint(VARIADIC ARRAY[name, zone, address, registration, phone, email, street, city, postcode, country, vat_id, tax_number, legal_id, electronic_address, account_holder, iban, bic, bank_details])) STORED NOT NULL,
    CONSTRAINT organisation_account_has_a_holder CHECK (((iban = ''::text) OR (account_holder <> ''::text))),
    CONSTRAINT organisation_account_holder_bounded CHECK ((length(account_holder) <= 70)),
    CONSTRAINT organisation_account_holder_readable CHECK ((account_holder !~ '[[:cntrl:]]'::text)),
    CONSTRAINT organisation_address_bounded CHECK ((length(address) <= 500)),
    CONSTRAINT organisation_bank_details_bounded CHECK ((length(bank_details) <= 200)),
    CONSTRAINT organisation_bic_iso CHECK ((bic ~ '^([A-Z]{6}[0-9A-Z]{2}([0-9A-Z]{3})?)?$'::text)),
    CONSTRAINT organisation_city_bounded CHECK ((length(city) <= 100)),
    CONSTRAINT organisation_colour_is_one CHECK ((colour ~ '^(#[0-9a-f]{6})?$'::text)),
    CONSTRAINT organisation_country_iso CHECK ((country ~ '^([A-Z]{2})?$'::text)),
    CONSTRAINT organisation_currency_is_iso CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT organisation_electronic_address_bounded CHECK ((electronic_address ~ '^(([0-9]{4}|EM):[!-~]{1,100})?$'::text)),
    CONSTRAINT organisation_email_has_a_length CHECK (((length(email) >= 3) AND (length(email) <= 254))),
    CONSTRAINT organisation_iban_proven CHECK (((iban = ''::text) OR kit.is_iban(iban))),
    CONSTRAINT organisation_language_is_known CHECK ((language = ANY (ARRAY['en'::text, 'de'::text]))),
    CONSTRAINT organisation_legal_id_bounded CHECK ((length(legal_id) <= 50)),
    CONSTRAINT organisation_name_has_a_length CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT organisation_phone_has_a_length CHECK (((length(phone) >= 3) AND (length(phone) <= 40))),
    CONSTRAINT organisation_postcode_bounded CHECK ((length(postcode) <= 20)),
    CONSTRAINT organisation_registration_bounded CHECK ((length(registration) <= 200)),
    CONSTRAINT organisation_slug_bounded CHECK ((length(slug) <= 60)),
    CONSTRAINT organisation_street_bounded CHECK ((length(street) <= 200)),
    CONSTRAINT organisation_tax_number_bounded CHECK ((length(tax_number) <= 50)),
    CONSTRAINT organisation_vat_id_fits_its_country CHECK (((vat_id = ''::text) OR kit.is_vat_id(vat_id))),
    CONSTRAINT organisation_version_counts CHECK (((version >= 1) AND (version <= 1000000000))),
    CONSTRAINT organisation_zone_has_a_length CHECK (((length(zone) >= 1) AND (length(zone) <= 60))),
    CONSTRAINT reply_within_in_range CHECK (((reply_within_minutes >= 15) AND (reply_within_minutes <= 43200)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY identity.organisation FORCE ROW LEVEL SECURITY;

CREATE FUNCTION billing.hold_days(organisation uuid, from_at timestamp with time zone, until_at timestamp with time zone) RETURNS bigint
    LANGUAGE sql
    RETURN (SELECT count(pg_advisory_xact_lock(6, hashtext(((hold_days.organisation)::text || (day.day)::date)))) AS count FROM generate_series((((GREATEST(hold_days.from_at, (SELECT o.created_at FROM identity.organisation o WHERE (o.organisation_id = hold_days.organisation))) AT TIME ZONE 'UTC'::text))::date)::timestamp with time zone, ((((hold_days.until_at - '00:00:00.000001'::interval) AT TIME ZONE 'UTC'::text))::date)::timestamp with time zone, '1 day'::interval) day(day));

CREATE FUNCTION billing.next_credit_number(of_series text, after bigint) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
begin
  perform pg_advisory_xact_lock(5, hashtext(kit.tenant()::text));
  return coalesce((select c.number from billing.credit_note c where c.organisation_id = kit.tenant() and c.series = of_series order by c.number desc limit 1), 0) + 1;
end $$;

CREATE FUNCTION billing.next_invoice_number(of_series text, after bigint) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
begin
  perform pg_advisory_xact_lock(5, hashtext(kit.tenant()::text));
  return coalesce((select i.number from billing.invoice i where i.organisation_id = kit.tenant() and i.series = of_series order by i.number desc limit 1), 0) + 1;
end $$;

CREATE FUNCTION billing.number_in_block(block integer, serial integer) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ((((('B-'::text || lpad((block)::text, 6, '0'::text)) || '-'::text) || lpad((serial)::text, 3, '0'::text)) || '-'::text) || lpad(((98 - (((((block)::bigint * 1000) + serial) * 100) % (97)::bigint)))::text, 2, '0'::text));

CREATE FUNCTION billing.place_told(of_organisation uuid, of_customer uuid, of_site uuid, of_version integer) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select exists (select from billing.invoice i where i.organisation_id = of_organisation and i.customer_id = of_customer and of_version = (
    select s.version from customers.site_step s where s.organisation_id = of_organisation and s.customer_id = of_customer and s.site_id = of_site
    order by s.recorded_at <= i.issued_at desc, case when s.recorded_at <= i.issued_at then -s.version else s.version end limit 1))
$$;

CREATE FUNCTION billing.scope_of_invoice_scope(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(scope_id::text) from billing.invoice_scope where organisation_id = kit.tenant() and invoice_id = any (keys) order by 1; end$$;

CREATE FUNCTION billing.settled_into(how text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE how WHEN 'charged'::text THEN 'owed_by_staff'::text WHEN 'written_off'::text THEN 'write_off'::text ELSE 'cash_office'::text END;

CREATE FUNCTION billing.sum_of_pieces(pieces jsonb) RETURNS bigint
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE WHEN (jsonb_typeof(pieces) = 'object'::text) THEN (SELECT CASE WHEN COALESCE(bool_and(piece.sound), true) THEN (COALESCE(sum(CASE WHEN piece.sound THEN ((piece.value)::bigint * (piece.number)::bigint) ELSE NULL::bigint END), (0)::numeric))::bigint ELSE NULL::bigint END AS "case" FROM (SELECT p.key AS value, (p.value)::text AS number, ((p.key ~ '^[1-9][0-9]{0,9}$'::text) AND ((p.value)::text ~ '^[1-9][0-9]{0,5}$'::text)) AS sound FROM jsonb_each(sum_of_pieces.pieces) p(key, value)) piece) ELSE NULL::bigint END;

CREATE FUNCTION care.account_of_objection(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(customer_id::text) from care.objection where organisation_id = kit.tenant() and objection_id = any (keys) order by 1; end$$;

CREATE FUNCTION care.bench_moves(from_state text, to_state text) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (((from_state || ' '::text) || to_state) = ANY (ARRAY['new received'::text, 'received waiting'::text, 'received diagnosing'::text, 'waiting diagnosing'::text, 'diagnosing waiting'::text, 'diagnosing waiting_approval'::text, 'diagnosing testing'::text, 'waiting_approval diagnosing'::text, 'waiting_approval approved'::text, 'waiting_approval declined'::text, 'approved repairing'::text, 'approved waiting_approval'::text, 'repairing waiting_approval'::text, 'repairing testing'::text, 'testing repairing'::text, 'testing diagnosing'::text, 'testing ready'::text, 'declined diagnosing'::text, 'declined waiting_approval'::text, 'declined ready'::text, 'received ready'::text, 'waiting ready'::text, 'diagnosing ready'::text, 'waiting_approval ready'::text, 'approved ready'::text, 'repairing ready'::text, 'ready diagnosing'::text, 'received handed_back'::text, 'waiting handed_back'::text, 'diagnosing handed_back'::text, 'waiting_approval handed_back'::text, 'approved handed_back'::text, 'declined handed_back'::text, 'ready handed_back'::text, 'approved scrapped'::text]));

CREATE FUNCTION care.job_of_custody(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(asset_id::text) from care.custody where organisation_id = kit.tenant() and custody_id = any (keys) order by 1; end$$;

CREATE FUNCTION care.scope_of_custody(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(scope_id::text) from care.custody where organisation_id = kit.tenant() and custody_id = any (keys) order by 1; end$$;

CREATE FUNCTION care.scope_of_objection(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(scope_id::text) from care.objection where organisation_id = kit.tenant() and objection_id = any (keys) order by 1; end$$;

CREATE FUNCTION catalogue.price_text(numerator bigint, denominator integer) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE WHEN ((((numerator)::numeric * (1000000)::numeric) % (denominator)::numeric) = (0)::numeric) THEN (trim_scale(round(((numerator)::numeric / (denominator)::numeric), 6)))::text ELSE (((numerator)::text || '/'::text) || (denominator)::text) END;

CREATE FUNCTION customers.with_words(words_0 text[], words_1 text[], words_2 text[], words_3 text[], words_4 text[]) RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE
    AS $_$
begin
  return query execute $with$
      select f.customer_id from customers.find_word f
      where f.organisation_id = kit.tenant() and f.word = any ($1)
        and (cardinality($2) = 0 or exists (select from customers.find_word g where g.organisation_id = kit.tenant() and g.word = any ($2) and g.customer_id = f.customer_id))
        and (cardinality($3) = 0 or exists (select from customers.find_word g where g.organisation_id = kit.tenant() and g.word = any ($3) and g.customer_id = f.customer_id))
        and (cardinality($4) = 0 or exists (select from customers.find_word g where g.organisation_id = kit.tenant() and g.word = any ($4) and g.customer_id = f.customer_id))
        and (cardinality($5) = 0 or exists (select from customers.find_word g where g.organisation_id = kit.tenant() and g.word = any ($5) and g.customer_id = f.customer_id))
      limit 200
  $with$ using words_0, words_1, words_2, words_3, words_4;
end $_$;

CREATE FUNCTION dispatch.account_of_job(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(customer_id::text) from dispatch.job where organisation_id = kit.tenant() and job_id = any (keys) order by 1; end$$;

CREATE FUNCTION dispatch.account_of_plan_stop(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(customer_id::text) from dispatch.plan_stop where organisation_id = kit.tenant() and plan_id = any (keys) order by 1; end$$;

CREATE FUNCTION dispatch.account_of_visit(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(customer_id::text) from dispatch.visit where organisation_id = kit.tenant() and visit_id = any (keys) order by 1; end$$;

CREATE FUNCTION dispatch.account_of_visit_series(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(customer_id::text) from dispatch.visit_series where organisation_id = kit.tenant() and series_id = any (keys) order by 1; end$$;

CREATE FUNCTION dispatch.are_amounts(named jsonb, most bigint) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ((jsonb_typeof(named) = 'object'::text) AND (NOT (EXISTS (SELECT FROM jsonb_each(are_amounts.named) one(key, value) WHERE ((one.key !~ '^[a-z][a-z0-9_]{0,39}$'::text) OR (jsonb_typeof(one.value) <> 'number'::text) OR ((one.value)::text !~ '^[1-9][0-9]{0,9}$'::text) OR (((one.value)::text)::bigint > are_amounts.most))))));

CREATE FUNCTION dispatch.day_of_occupancy(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(technician_id::text) from dispatch.occupancy where organisation_id = kit.tenant() and visit_id = any (keys) order by 1; end$$;

CREATE FUNCTION dispatch.day_of_plan_technician(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(technician_id::text) from dispatch.plan_technician where organisation_id = kit.tenant() and plan_id = any (keys) order by 1; end$$;

CREATE FUNCTION dispatch.has_skills(has jsonb, needs jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (NOT (EXISTS (SELECT FROM jsonb_each_text(has_skills.needs) need(key, value) WHERE (COALESCE(((has_skills.has ->> need.key))::integer, 0) < (need.value)::integer))));

CREATE FUNCTION dispatch.instant_of(wall timestamp without time zone, zone text) RETURNS timestamp with time zone
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT (CASE WHEN (((both_readings.earlier AT TIME ZONE 'UTC'::text) AT TIME ZONE instant_of.zone) = instant_of.wall) THEN LEAST(both_readings.earlier, both_readings.later) ELSE both_readings.later END AT TIME ZONE 'UTC'::text) AS timezone FROM (SELECT read.later, (instant_of.wall - ((((read.later - '1 day'::interval) AT TIME ZONE 'UTC'::text) AT TIME ZONE instant_of.zone) - (read.later - '1 day'::interval))) AS earlier FROM (SELECT ((instant_of.wall AT TIME ZONE instant_of.zone) AT TIME ZONE 'UTC'::text) AS later) read) both_readings);

CREATE FUNCTION dispatch.job_of_plan_stop(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(job_id::text) from dispatch.plan_stop where organisation_id = kit.tenant() and plan_id = any (keys) order by 1; end$$;

CREATE FUNCTION dispatch.job_of_visit(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(job_id::text) from dispatch.visit where organisation_id = kit.tenant() and visit_id = any (keys) order by 1; end$$;

CREATE FUNCTION dispatch.metres(from_latitude_e7 integer, from_longitude_e7 integer, to_latitude_e7 integer, to_longitude_e7 integer) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN (num_nulls(from_latitude_e7, from_longitude_e7, to_latitude_e7, to_longitude_e7) = 0) THEN (round((((2)::double precision * (6371008.8)::double precision) * asin(sqrt(LEAST((1)::double precision, (power(sin(radians((((to_latitude_e7 - from_latitude_e7))::double precision / ('20000000'::numeric)::double precision))), (2)::double precision) + ((cos(radians(((from_latitude_e7)::double precision / ('10000000'::numeric)::double precision))) * cos(radians(((to_latitude_e7)::double precision / ('10000000'::numeric)::double precision)))) * power(sin(radians(((((to_longitude_e7)::bigint - from_longitude_e7))::double precision / ('20000000'::numeric)::double precision))), (2)::double precision)))))))))::integer ELSE NULL::integer END;

CREATE FUNCTION dispatch.scope_of_job(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(scope_id::text) from dispatch.job where organisation_id = kit.tenant() and job_id = any (keys) order by 1; end$$;

CREATE FUNCTION evidence.account_of_hold(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(customer_id::text) from evidence.hold where organisation_id = kit.tenant() and hold_id = any (keys) order by 1; end$$;

CREATE TABLE identity.api_key (
    organisation_id uuid NOT NULL,
    api_key_id uuid NOT NULL,
    name text NOT NULL,
    scopes text[] NOT NULL,
    made_by text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    revoked_at timestamp with time zone,
    partner_id uuid,
    CONSTRAINT api_key_expires_after_it_was_made CHECK ((expires_at > made_at)),
    CONSTRAINT api_key_made_by_has_a_length CHECK (((length(made_by) >= 1) AND (length(made_by) <= 100))),
    CONSTRAINT api_key_name_has_a_length CHECK (((length(name) >= 1) AND (length(name) <= 100))),
    CONSTRAINT api_key_revoked_after_it_was_made CHECK ((revoked_at >= made_at)),
    CONSTRAINT api_key_scopes_are_bounded CHECK (((cardinality(scopes) >= 1) AND (cardinality(scopes) <= 100))),
    CONSTRAINT partners_key_reaches_what_they_brought CHECK (((partner_id IS NULL) OR (scopes = ARRAY['partner:act'::text, 'partner:read'::text])))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY identity.api_key FORCE ROW LEVEL SECURITY;

CREATE FUNCTION identity.api_key_by_hash(hash bytea) RETURNS SETOF identity.api_key
    LANGUAGE plpgsql ROWS 1
    AS $$
declare owner identity.api_key_hash;
begin
  select * into owner from identity.api_key_hash h where h.token_hash = hash;
  perform set_config('sayso.organisation', owner.organisation_id::text, true);
  return query select * from identity.api_key k where k.organisation_id = kit.tenant() and k.api_key_id = owner.api_key_id;
end $$;

CREATE TABLE identity.link (
    organisation_id uuid NOT NULL,
    link_id uuid NOT NULL,
    purpose text NOT NULL,
    customer_id uuid,
    subject_id uuid,
    made_by text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    feed_of uuid GENERATED ALWAYS AS (
CASE purpose
    WHEN 'feed'::text THEN COALESCE(customer_id, subject_id)
    ELSE NULL::uuid
END) STORED,
    choice_of uuid GENERATED ALWAYS AS (
CASE purpose
    WHEN 'choice'::text THEN customer_id
    ELSE NULL::uuid
END) STORED,
    portal_of uuid GENERATED ALWAYS AS (
CASE purpose
    WHEN 'portal'::text THEN customer_id
    ELSE NULL::uuid
END) STORED,
    CONSTRAINT link_expires_after_it_was_made CHECK (((expires_at > made_at) AND (expires_at <= (made_at + '400 days'::interval)))),
    CONSTRAINT link_is_about_somebody CHECK (
CASE purpose
    WHEN 'feed'::text THEN ((customer_id IS NULL) <> (subject_id IS NULL))
    ELSE ((customer_id IS NOT NULL) AND ((purpose = ANY (ARRAY['presentation'::text, 'choice'::text, 'portal'::text])) = (subject_id IS NOT NULL)))
END),
    CONSTRAINT link_made_by_has_a_length CHECK (((length(made_by) >= 1) AND (length(made_by) <= 100))),
    CONSTRAINT link_purpose_is_known CHECK ((purpose = ANY (ARRAY['presentation'::text, 'customer'::text, 'feed'::text, 'choice'::text, 'portal'::text]))),
    CONSTRAINT link_revoked_after_it_was_made CHECK ((revoked_at >= made_at))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY identity.link FORCE ROW LEVEL SECURITY;

CREATE FUNCTION identity.link_by_hash(hash bytea) RETURNS SETOF identity.link
    LANGUAGE plpgsql ROWS 1
    AS $$
declare owner identity.link_hash;
begin
  select * into owner from identity.link_hash h where h.token_hash = hash;
  perform set_config('sayso.organisation', owner.organisation_id::text, true);
  return query select * from identity.link l where l.organisation_id = kit.tenant() and l.link_id = owner.link_id;
end $$;

CREATE FUNCTION identity.require_live(credential uuid) RETURNS void
    LANGUAGE plpgsql STABLE
    AS $$
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

CREATE FUNCTION kit.append_only(relation regclass, except_columns text DEFAULT ''::text) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  execute format('alter table %s add column if not exists epoch int not null default %s', relation, kit.present_epoch());
  execute format('alter table %s add column if not exists transaction_id bigint not null default kit.present_transaction()', relation);
  execute format('create index on %s using brin (transaction_id) with (autosummarize = on)', relation);
  perform kit.wall(relation, except_columns || ', epoch, transaction_id');
end $$;

CREATE FUNCTION kit.called(id uuid) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
  select string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', ((bits >> shift) & 31)::int + 1, 1) || case shift when 25 then '-' else '' end, '' order by shift desc)
  from (select ('x' || right(replace(id::pg_catalog.text, '-', ''), 13))::bit(52)::bigint as bits) low cross join generate_series(0, 45, 5) shift
$$;

CREATE FUNCTION kit.changeable(relation regclass, columns text, except_columns text DEFAULT ''::text) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  perform kit.wall(relation, except_columns);
  execute format('grant update (%s) on %s to sayso_service', columns, relation);
end $$;

CREATE FUNCTION kit.claim_key(key bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  if not pg_try_advisory_xact_lock(key) then
    raise exception 'the first request with this key is still running' using errcode = 'SY001';
  end if;
end $$;

CREATE FUNCTION kit.creditor_reference(number text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT (('RF'::text || lpad(((98 - kit.rest_of_97(('RF00'::text || t.c))))::text, 2, '0'::text)) || t.c) FROM regexp_replace(upper(creditor_reference.number), '[^0-9A-Z]'::text, ''::text, 'g'::text) t(c));

CREATE FUNCTION kit.deletable(relation regclass) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  execute format('grant delete on %s to sayso_service', relation);
end $$;

CREATE FUNCTION kit.is_exemption(code text) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $_$ begin
  return code ~ '^VATEX-(EU-(79-C|132(-1[A-Q])?|135(-1[A-L])?|143(-1(FA|[A-L]))?|144|146-1E|148(-[A-G])?|151(-1(AA|[A-E]))?|153|159|309|AE|D|F|G|I|IC|J|O)|FR-(FRANCHISE|CNWVAT|AE|298SEXDECIESA|CGI(261-[1-578]|261[AB]|261C-[1-3]|261D-(1BIS|[1-4])|261E-[12]|275|277A|295)))$';
end $_$;

CREATE FUNCTION kit.lockable(kind text, relation regclass, locked_column text, key_column text) RETURNS void
    LANGUAGE plpgsql
    AS $_$
declare
  of_schema text;
  of_table text;
begin
  select n.nspname, c.relname into of_schema, of_table from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = relation;
  execute format('create function %1$I.%2$I(keys uuid[]) returns setof int language plpgsql stable as '
    '''begin return query select hashtext(%3$I::text) from %4$s where organisation_id = kit.tenant() and %5$I = any (keys) order by 1; end''',
    of_schema, kind || '_of_' || of_table, locked_column, relation, key_column);
  execute format('grant execute on function %I.%I to sayso_service', of_schema, kind || '_of_' || of_table);
end $_$;

CREATE TABLE kit.epoch (
    epoch integer NOT NULL,
    began_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT epoch_is_positive CHECK (((epoch >= 1) AND (epoch <= 1000000)))
);

CREATE FUNCTION kit.present_epoch() RETURNS integer
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (SELECT max(epoch.epoch) AS max FROM kit.epoch);

CREATE FUNCTION kit.present_transaction() RETURNS bigint
    LANGUAGE sql STABLE PARALLEL RESTRICTED
    RETURN ((pg_current_xact_id())::text)::bigint;

CREATE FUNCTION kit.recorded_now() RETURNS timestamp with time zone
    LANGUAGE sql
    RETURN clock_timestamp();

CREATE FUNCTION kit.rounded(value numeric, denominator numeric) RETURNS bigint
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (div((((2)::numeric * value) + denominator), ((2)::numeric * denominator)))::bigint;

CREATE FUNCTION kit.says_something(words text) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ begin
  return words ~ '[^[:space:]\u0001-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]';
end $$;

CREATE FUNCTION kit.stamp_epoch() RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  stamped regclass;
begin
  for stamped in select a.attrelid from pg_attribute a join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attname = 'epoch' and not a.attisdropped order by 1 loop
    execute format('alter table %s alter column epoch set default %s', stamped, kit.present_epoch());
  end loop;
end $$;

CREATE FUNCTION kit.tell_planner(relation regclass) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  if to_regprocedure('pg_catalog.pg_restore_attribute_stats("any")') is not null then
    perform pg_restore_attribute_stats('schemaname', n.nspname::text, 'relname', c.relname::text, 'attname', a.attname::text, 'inherited', false,
      'null_frac', (case when a.attnotnull then 0 else 0.5 end)::real, 'avg_width', 16, 'n_distinct', (case when a.attname = 'organisation_id' then 1
        when exists (select from pg_index i where i.indrelid = relation and i.indisunique and i.indnkeyatts = 2 and i.indkey[1] = a.attnum) then -1 else -0.5 end)::real)
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where c.oid = relation and a.atttypid = 'uuid'::regtype and a.attnum > 0 and not a.attisdropped;
  end if;
end $$;

CREATE FUNCTION kit.tenant() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (NULLIF(current_setting('sayso.organisation'::text, true), ''::text))::uuid;

CREATE FUNCTION kit.wall(relation regclass, except_columns text DEFAULT ''::text) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  columns text;
begin
  execute format('alter table %s enable row level security', relation);
  execute format('alter table %s force row level security', relation);
  execute format('create policy tenant on %s using (organisation_id = kit.tenant()) with check (organisation_id = kit.tenant())', relation);
  select string_agg(quote_ident(attname), ', ' order by attnum) into columns from pg_attribute
   where attrelid = relation and attnum > 0 and not attisdropped and attgenerated = '' and attname <> all (string_to_array(replace(except_columns, ' ', ''), ','));
  execute format('grant select, insert (%s) on %s to sayso_service', columns, relation);
  -- Each analysis and each vacuum has every connection plan its statements anew, which costs more than running a thousand of them; plans by key need no figures.
  execute format('alter table %s set (autovacuum_analyze_threshold = 10000, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_insert_threshold = 10000)', relation);
  perform kit.tell_planner(relation);
end $$;

CREATE FUNCTION subscriptions.account_of_subscription(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(customer_id::text) from subscriptions.subscription where organisation_id = kit.tenant() and subscription_id = any (keys) order by 1; end$$;

CREATE FUNCTION subscriptions.agrees(wanted text, observed text) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ((wanted = observed) OR ((wanted = 'ended'::text) AND (observed = 'absent'::text)));

CREATE FUNCTION subscriptions.anchored(month timestamp without time zone, anchor_day integer) RETURNS date
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (((month)::date + LEAST(anchor_day, (EXTRACT(day FROM ((month + '1 mon'::interval) - '1 day'::interval)))::integer)) - 1);

CREATE FUNCTION subscriptions.call_due(state text, reasons text[], paid_until_on date, today date) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ((state <> 'ended'::text) AND (('unpaid'::text = ANY (reasons)) OR (paid_until_on <= (today + 7))));

CREATE FUNCTION subscriptions.network_name(of_organisation uuid, of_subscription uuid) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  with recursive line (subscription_id, nth) as (
    select of_subscription, 1
    where not exists (
      select from subscriptions.plan_change c
      join subscriptions.plan_change_end e on e.organisation_id = c.organisation_id and e.successor_id = c.successor_id and e.outcome = 'changed'
      where c.organisation_id = of_organisation and c.subscription_id = of_subscription)
    union all
    select e.subscription_id, l.nth + 1 from line l
    join subscriptions.plan_change_end e on e.organisation_id = of_organisation and e.successor_id = l.subscription_id and e.outcome = 'changed')
  select s.reference from line l
  cross join lateral (
    select s.reference from subscriptions.subscription s where s.organisation_id = of_organisation and s.subscription_id = l.subscription_id limit 1) s
  where s.reference is not null order by l.nth limit 1
$$;

CREATE FUNCTION subscriptions.period_end(from_on date, months integer, anchor_day integer) RETURNS date
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN subscriptions.anchored((date_trunc('month'::text, (from_on)::timestamp without time zone) + make_interval(months => (months - ((from_on < subscriptions.anchored(date_trunc('month'::text, (from_on)::timestamp without time zone), anchor_day)))::integer))), anchor_day);

CREATE FUNCTION subscriptions.scope_of_subscription(keys uuid[]) RETURNS SETOF integer
    LANGUAGE plpgsql STABLE
    AS $$begin return query select hashtext(scope_id::text) from subscriptions.subscription where organisation_id = kit.tenant() and subscription_id = any (keys) order by 1; end$$;

CREATE FUNCTION subscriptions.share(amount_minor bigint, left_out integer, days integer) RETURNS bigint
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (amount_minor - kit.rounded(((amount_minor)::numeric * (left_out)::numeric), (days)::numeric));

CREATE FUNCTION subscriptions.whole_from(until_on date, months integer, anchor_day integer) RETURNS date
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN subscriptions.anchored((date_trunc('month'::text, (until_on)::timestamp without time zone) - make_interval(months => months)), anchor_day);

CREATE TABLE authorisations.authorisation (
    organisation_id uuid NOT NULL,
    authorisation_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    currency text NOT NULL,
    seq integer NOT NULL,
    kind text NOT NULL,
    offer_id uuid NOT NULL,
    revision integer NOT NULL,
    offer_hash bytea NOT NULL,
    cap_minor bigint NOT NULL,
    valid_until timestamp with time zone NOT NULL,
    presentation_id uuid,
    contact_id uuid,
    channel text NOT NULL,
    required_method text,
    method text,
    code_of uuid GENERATED ALWAYS AS (
CASE
    WHEN (method = 'otp'::text) THEN presentation_id
    ELSE NULL::uuid
END) STORED,
    signature_hash bytea,
    contact_version integer,
    contact_since timestamp with time zone,
    contact_founding boolean,
    revokes uuid,
    begin_at_once boolean DEFAULT false NOT NULL,
    express_request boolean GENERATED ALWAYS AS ((begin_at_once AND (channel <> 'oral_in_person'::text))) STORED NOT NULL,
    authoriser_commitment bytea,
    contact_point_commitment bytea,
    authoriser_capacity text NOT NULL,
    received_by text,
    conditions text,
    stated_added_minor bigint,
    stated_total_minor bigint,
    recorded_by text NOT NULL,
    consented_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    record_lag_seconds integer NOT NULL,
    requires_written_offer boolean NOT NULL,
    authorised_at timestamp with time zone GENERATED ALWAYS AS (
CASE
    WHEN ((consented_at <= recorded_at) AND (EXTRACT(epoch FROM (recorded_at - consented_at)) <= (record_lag_seconds)::numeric)) THEN consented_at
    ELSE recorded_at
END) STORED NOT NULL,
    verdicts integer DEFAULT 0 NOT NULL,
    shortcoming text,
    active boolean GENERATED ALWAYS AS (((shortcoming IS NULL) AND (kind <> ALL (ARRAY['revocation'::text, 'ratification'::text])))) STORED NOT NULL,
    prior_seq integer GENERATED ALWAYS AS (NULLIF((seq - 1), 0)) STORED,
    prior_hash bytea NOT NULL,
    prior_total_minor bigint NOT NULL,
    added_minor bigint NOT NULL,
    revised_total_minor bigint NOT NULL,
    content text NOT NULL,
    entry_hash bytea GENERATED ALWAYS AS (authorisations.seal('sayso/authorisation/1'::text, ((((((encode(prior_hash, 'hex'::text) || ' '::text) || (authorisations.microseconds(recorded_at))::text) || ' '::text) || (revised_total_minor)::text) || ' '::text) || content))) STORED NOT NULL,
    step_of uuid GENERATED ALWAYS AS (
CASE
    WHEN (kind <> 'revocation'::text) THEN authorisation_id
    ELSE NULL::uuid
END) STORED,
    step_kind text GENERATED ALWAYS AS (
CASE
    WHEN (kind <> 'revocation'::text) THEN 'answered'::text
    ELSE NULL::text
END) STORED,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT act_counts CHECK (((seq >= 1) AND (seq <= 1000000))),
    CONSTRAINT act_verdicts_few CHECK (((verdicts >= 0) AND (verdicts <= 500))),
    CONSTRAINT authorisation_channel_known CHECK ((channel = ANY (ARRAY['link'::text, 'on_device'::text, 'paper'::text, 'oral_phone'::text, 'oral_in_person'::text]))),
    CONSTRAINT authorisation_kind_known CHECK ((kind = ANY (ARRAY['initial'::text, 'additional'::text, 'substitution'::text, 'diagnosis'::text, 'standing_emergency'::text, 'limit'::text, 'ratification'::text, 'revocation'::text]))),
    CONSTRAINT authoriser_capacity_known CHECK ((authoriser_capacity = ANY (ARRAY['customer'::text, 'designee'::text, 'payer'::text, 'other'::text]))),
    CONSTRAINT authoriser_commitment_is_sha256 CHECK ((octet_length(authoriser_commitment) = 32)),
    CONSTRAINT authoriser_entitled CHECK (((shortcoming IS NOT NULL) OR (kind = 'revocation'::text) OR ((authoriser_capacity = ANY (ARRAY['customer'::text, 'designee'::text])) AND (contact_id IS NOT NULL)))),
    CONSTRAINT chain_begins CHECK (((seq > 1) OR ((prior_hash = '\x0000000000000000000000000000000000000000000000000000000000000000'::bytea) AND (prior_total_minor = 0)))),
    CONSTRAINT conditions_bounded CHECK ((length(conditions) <= 2000)),
    CONSTRAINT confirmed_as_required CHECK ((((required_method IS NULL) OR (required_method = 'tap'::text) OR (method = 'otp'::text) OR (method = required_method)) IS TRUE)),
    CONSTRAINT contact_point_commitment_is_sha256 CHECK ((octet_length(contact_point_commitment) = 32)),
    CONSTRAINT contact_settled CHECK ((((shortcoming IS NOT NULL) OR (kind = 'revocation'::text) OR (contact_id IS NULL) OR (channel = ANY (ARRAY['paper'::text, 'oral_in_person'::text])) OR ((channel = 'on_device'::text) AND (method <> 'otp'::text)) OR COALESCE((contact_founding OR (contact_since <= (recorded_at - '24:00:00'::interval))), false)) IS TRUE)),
    CONSTRAINT content_bounded CHECK ((octet_length(content) <= 100000)),
    CONSTRAINT customers_answer_for_themselves CHECK (((presentation_id IS NULL) OR (recorded_by ~~ 'customer\_link:%'::text))),
    CONSTRAINT method_known CHECK ((method = ANY (ARRAY['tap'::text, 'signature'::text, 'otp'::text]))),
    CONSTRAINT oral_record_complete CHECK ((((NOT (shortcoming IS NULL)) OR (channel <> ALL (ARRAY['oral_phone'::text, 'oral_in_person'::text])) OR (kind = 'revocation'::text) OR ((authoriser_commitment IS NOT NULL) AND (received_by IS NOT NULL) AND (conditions IS NOT NULL) AND (stated_added_minor = added_minor) AND (stated_total_minor = revised_total_minor) AND ((channel <> 'oral_phone'::text) OR (contact_point_commitment IS NOT NULL)))) IS TRUE)),
    CONSTRAINT receiver_says_something CHECK (kit.says_something(received_by)),
    CONSTRAINT receiver_short CHECK (((length(received_by) >= 1) AND (length(received_by) <= 100))),
    CONSTRAINT recorder_short CHECK ((length(recorded_by) <= 100)),
    CONSTRAINT revocation_takes_away CHECK ((((kind = 'revocation'::text) = (revokes IS NOT NULL)) AND ((kind <> 'revocation'::text) OR (added_minor <= 0)))),
    CONSTRAINT shortcoming_known CHECK ((shortcoming = ANY (ARRAY['AUTHORISER_NOT_ENTITLED'::text, 'CONTACT_CHANGE_UNCONFIRMED'::text, 'AUTH_RECORD_INCOMPLETE'::text, 'NO_WRITTEN_OFFER'::text]))),
    CONSTRAINT shown_act_names_its_person CHECK (((presentation_id IS NULL) OR (contact_id IS NOT NULL))),
    CONSTRAINT shown_act_names_its_showing CHECK (((presentation_id IS NOT NULL) = ((channel = ANY (ARRAY['link'::text, 'on_device'::text, 'paper'::text])) AND (kind <> 'revocation'::text)))),
    CONSTRAINT shown_act_says_how CHECK ((((presentation_id IS NULL) = (method IS NULL)) AND ((method IS NULL) = (required_method IS NULL)))),
    CONSTRAINT signature_has_its_hash CHECK (((NOT (method IS DISTINCT FROM 'signature'::text)) = (signature_hash IS NOT NULL))),
    CONSTRAINT signature_hash_is_sha256 CHECK ((octet_length(signature_hash) = 32)),
    CONSTRAINT total_adds_up CHECK ((revised_total_minor = (prior_total_minor + added_minor))),
    CONSTRAINT totals_bounded CHECK ((((revised_total_minor >= 0) AND (revised_total_minor <= '1000000000000000'::bigint)) AND ((added_minor >= '-1000000000000000'::bigint) AND (added_minor <= '1000000000000000'::bigint)))),
    CONSTRAINT written_where_required CHECK (((shortcoming IS NOT NULL) OR (kind = 'revocation'::text) OR (NOT requires_written_offer) OR (channel = ANY (ARRAY['link'::text, 'on_device'::text, 'paper'::text]))))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY authorisations.authorisation FORCE ROW LEVEL SECURITY;

CREATE TABLE authorisations.authorisation_item (
    organisation_id uuid NOT NULL,
    authorisation_id uuid NOT NULL,
    item_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    offer_id uuid NOT NULL,
    revision integer NOT NULL,
    verdict text NOT NULL,
    active boolean NOT NULL,
    "position" integer NOT NULL,
    verdicts integer NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT verdict_known CHECK ((verdict = ANY (ARRAY['approved'::text, 'declined'::text]))),
    CONSTRAINT verdicts_are_numbered CHECK ((("position" >= 1) AND ("position" <= verdicts)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY authorisations.authorisation_item FORCE ROW LEVEL SECURITY;

CREATE TABLE authorisations.capacity (
    organisation_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    seq integer NOT NULL,
    item_id uuid NOT NULL,
    item_seq integer NOT NULL,
    authorisation_id uuid NOT NULL,
    act_seq integer NOT NULL,
    kind text NOT NULL,
    subject uuid NOT NULL,
    closes boolean DEFAULT false NOT NULL,
    ticks bigint NOT NULL,
    period_ticks bigint NOT NULL,
    denominator integer NOT NULL,
    price_numerator bigint NOT NULL,
    price_denominator integer NOT NULL,
    currency text NOT NULL,
    recurring boolean NOT NULL,
    authorised_at timestamp with time zone NOT NULL,
    valid_until timestamp with time zone NOT NULL,
    cap_minor bigint NOT NULL,
    combine text NOT NULL,
    pct_numerator integer NOT NULL,
    pct_denominator integer NOT NULL,
    abs_minor bigint NOT NULL,
    hard_cap_minor bigint NOT NULL,
    at_limit_refuses boolean NOT NULL,
    consent_deadline text NOT NULL,
    granted_before bigint NOT NULL,
    granted_after bigint NOT NULL,
    performed_before bigint NOT NULL,
    performed_after bigint NOT NULL,
    billed_before bigint NOT NULL,
    billed_after bigint NOT NULL,
    net_before bigint NOT NULL,
    net_after bigint NOT NULL,
    revoked_before timestamp with time zone NOT NULL,
    revoked_after timestamp with time zone DEFAULT 'infinity'::timestamp with time zone NOT NULL,
    entitled_item_before bigint NOT NULL,
    excess_item_before bigint NOT NULL,
    entitled_item bigint GENERATED ALWAYS AS (kit.rounded(((LEAST(billed_after, granted_after))::numeric * (price_numerator)::numeric), ((denominator)::numeric * (price_denominator)::numeric))) STORED NOT NULL,
    excess_item bigint GENERATED ALWAYS AS (GREATEST((net_after - kit.rounded(((LEAST(billed_after, granted_after))::numeric * (price_numerator)::numeric), ((denominator)::numeric * (price_denominator)::numeric))), (0)::bigint)) STORED NOT NULL,
    entitled_before bigint NOT NULL,
    entitled_after bigint NOT NULL,
    excess_before bigint NOT NULL,
    excess_after bigint NOT NULL,
    opening_excess_before bigint NOT NULL,
    opening_excess_after bigint GENERATED ALWAYS AS (
CASE
    WHEN (kind <> 'bill'::text) THEN opening_excess_before
    WHEN closes THEN ('-1'::integer)::bigint
    WHEN (opening_excess_before = '-1'::integer) THEN excess_before
    ELSE opening_excess_before
END) STORED NOT NULL,
    act_net_before bigint NOT NULL,
    act_net_after bigint NOT NULL,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    supplied boolean,
    credited_invoice_id uuid,
    credited_line integer,
    credit_step integer,
    previous integer GENERATED ALWAYS AS (NULLIF((seq - 1), 0)) STORED,
    item_previous integer GENERATED ALWAYS AS (NULLIF((item_seq - 1), 0)) STORED,
    act_previous integer GENERATED ALWAYS AS (
CASE
    WHEN (cap_minor < '9000000000000000'::bigint) THEN NULLIF((act_seq - 1), 0)
    ELSE NULL::integer
END) STORED,
    item_previous_seq integer NOT NULL,
    act_previous_seq integer NOT NULL,
    grant_of uuid GENERATED ALWAYS AS (
CASE
    WHEN (kind = 'grant'::text) THEN subject
    ELSE NULL::uuid
END) STORED,
    withdrawal_by uuid GENERATED ALWAYS AS (
CASE
    WHEN (kind = ANY (ARRAY['amend'::text, 'revoke'::text])) THEN subject
    ELSE NULL::uuid
END) STORED,
    work_of uuid GENERATED ALWAYS AS (
CASE
    WHEN (kind = ANY (ARRAY['perform'::text, 'correct'::text])) THEN subject
    ELSE NULL::uuid
END) STORED,
    work_billable boolean GENERATED ALWAYS AS (
CASE
    WHEN (kind = ANY (ARRAY['perform'::text, 'correct'::text])) THEN true
    ELSE NULL::boolean
END) STORED,
    work_ticks bigint GENERATED ALWAYS AS (
CASE kind
    WHEN 'perform'::text THEN (performed_after - performed_before)
    WHEN 'correct'::text THEN (performed_before - performed_after)
    ELSE NULL::bigint
END) STORED,
    undone_kind text GENERATED ALWAYS AS (
CASE
    WHEN (kind = 'correct'::text) THEN 'perform'::text
    ELSE NULL::text
END) STORED,
    bill_of uuid GENERATED ALWAYS AS (
CASE
    WHEN (kind = 'bill'::text) THEN subject
    ELSE NULL::uuid
END) STORED,
    credit_of uuid GENERATED ALWAYS AS (
CASE
    WHEN (kind = 'credit'::text) THEN subject
    ELSE NULL::uuid
END) STORED,
    credited_ticks bigint GENERATED ALWAYS AS (
CASE
    WHEN (kind = 'credit'::text) THEN (billed_before - billed_after)
    ELSE NULL::bigint
END) STORED,
    credited_net bigint GENERATED ALWAYS AS (
CASE
    WHEN (kind = 'credit'::text) THEN (net_before - net_after)
    ELSE NULL::bigint
END) STORED,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT act_adds CHECK ((act_net_after = ((act_net_before + net_after) - net_before))),
    CONSTRAINT act_begins CHECK (((act_seq > 1) OR ((kind = 'grant'::text) AND (act_net_before = 0) AND (act_previous_seq = 0)))),
    CONSTRAINT billed_within_granted CHECK (((kind <> 'bill'::text) OR (combine <> 'none'::text) OR (billed_after <= granted_after))),
    CONSTRAINT billed_within_performed CHECK ((billed_after <= performed_after)),
    CONSTRAINT cap_held CHECK (((kind <> 'bill'::text) OR (act_net_after <= cap_minor))),
    CONSTRAINT capacity_kind_known CHECK ((kind = ANY (ARRAY['grant'::text, 'amend'::text, 'revoke'::text, 'perform'::text, 'correct'::text, 'bill'::text, 'credit'::text]))),
    CONSTRAINT chains_in_one_order CHECK (((item_previous_seq < seq) AND (act_previous_seq < seq))),
    CONSTRAINT consent_in_time CHECK ((((kind <> 'perform'::text) OR (authorised_at <= authorisations.deadline(consent_deadline, started_at, ended_at))) IS TRUE)),
    CONSTRAINT credit_is_cited CHECK ((num_nulls(credited_invoice_id, credited_line, credit_step) =
CASE
    WHEN (kind = 'credit'::text) THEN 0
    ELSE 3
END)),
    CONSTRAINT excess_within_tolerance CHECK ((((NOT closes) OR (excess_after <= GREATEST((0)::bigint,
CASE
    WHEN (opening_excess_before = '-1'::integer) THEN excess_before
    ELSE opening_excess_before
END)) OR ((((excess_after)::numeric * (pct_denominator)::numeric) + ((at_limit_refuses)::integer)::numeric) <= authorisations.allowance(combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, (pct_denominator)::numeric, (entitled_after)::numeric))) IS TRUE)),
    CONSTRAINT granted_covers_performed CHECK (((kind <> 'amend'::text) OR (granted_after >= performed_after))),
    CONSTRAINT item_begins CHECK (((item_seq > 1) OR ((kind = 'grant'::text) AND (granted_before = 0) AND (performed_before = 0) AND (billed_before = 0) AND (net_before = 0) AND (entitled_item_before = 0) AND (excess_item_before = 0) AND (revoked_before = 'infinity'::timestamp with time zone) AND (item_previous_seq = 0)))),
    CONSTRAINT kind_moves_its_own CHECK ((
CASE kind
    WHEN 'grant'::text THEN ((item_seq = 1) AND (granted_after = ticks))
    WHEN 'amend'::text THEN (granted_after < granted_before)
    ELSE (granted_after = granted_before)
END AND
CASE kind
    WHEN 'perform'::text THEN (performed_after > performed_before)
    WHEN 'correct'::text THEN (performed_after < performed_before)
    ELSE (performed_after = performed_before)
END AND
CASE kind
    WHEN 'bill'::text THEN ((billed_after > billed_before) AND (net_after >= net_before))
    WHEN 'credit'::text THEN ((billed_after <= billed_before) AND (net_after <= net_before) AND ((billed_after < billed_before) OR (net_after < net_before)))
    ELSE ((billed_after = billed_before) AND (net_after = net_before))
END AND
CASE kind
    WHEN 'revoke'::text THEN (revoked_after < revoked_before)
    ELSE (revoked_after = revoked_before)
END)),
    CONSTRAINT only_bills_close CHECK (((NOT closes) OR (kind = 'bill'::text))),
    CONSTRAINT price_within_authorised CHECK (((kind <> 'bill'::text) OR (combine <> 'none'::text) OR (((((net_after - net_before))::numeric * (denominator)::numeric) * (price_denominator)::numeric) < ((((billed_after - billed_before))::numeric * (price_numerator)::numeric) + ((denominator)::numeric * (price_denominator)::numeric))))),
    CONSTRAINT recurring_is_supplied_by_period CHECK ((((kind <> 'perform'::text) OR ((recurring = supplied) AND ((NOT recurring) OR ((performed_after - performed_before) <= period_ticks)))) IS TRUE)),
    CONSTRAINT scope_adds CHECK (((entitled_after = ((entitled_before + entitled_item) - entitled_item_before)) AND (excess_after = ((excess_before + excess_item) - excess_item_before)))),
    CONSTRAINT scope_begins CHECK (((seq > 1) OR ((entitled_before = 0) AND (excess_before = 0) AND (opening_excess_before = '-1'::integer)))),
    CONSTRAINT steps_count CHECK ((((seq >= 1) AND (seq <= 100000000)) AND ((item_seq >= 1) AND (item_seq <= 100000000)) AND ((act_seq >= 1) AND (act_seq <= 100000000)))),
    CONSTRAINT totals_not_beyond_reason CHECK (((performed_after <= '100000000000000000'::bigint) AND (net_after <= '1000000000000000'::bigint) AND (entitled_after <= '100000000000000000'::bigint) AND (excess_after <= '100000000000000000'::bigint) AND (act_net_after <= '100000000000000000'::bigint))),
    CONSTRAINT totals_not_negative CHECK (((granted_after >= 0) AND (performed_after >= 0) AND (billed_after >= 0) AND (net_after >= 0) AND (entitled_after >= 0) AND (excess_after >= 0) AND (act_net_after >= 0))),
    CONSTRAINT work_before_revocation CHECK ((((kind <> 'perform'::text) OR (started_at < revoked_after)) IS TRUE)),
    CONSTRAINT work_is_cited CHECK ((num_nulls(started_at, ended_at, supplied) =
CASE
    WHEN (kind = ANY (ARRAY['perform'::text, 'correct'::text])) THEN 0
    ELSE 3
END)),
    CONSTRAINT work_within_validity CHECK ((((kind <> 'perform'::text) OR (started_at <= valid_until)) IS TRUE))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY authorisations.capacity FORCE ROW LEVEL SECURITY;

CREATE TABLE authorisations.capacity_item (
    organisation_id uuid NOT NULL,
    item_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    offer_id uuid NOT NULL,
    revision integer NOT NULL,
    authorisation_id uuid NOT NULL,
    verdict text GENERATED ALWAYS AS ('approved'::text) STORED NOT NULL,
    active boolean NOT NULL,
    period_ticks bigint NOT NULL,
    ticks bigint NOT NULL,
    denominator integer NOT NULL,
    price_numerator bigint NOT NULL,
    price_denominator integer NOT NULL,
    currency text NOT NULL,
    recurring boolean NOT NULL,
    authorised_at timestamp with time zone NOT NULL,
    valid_until timestamp with time zone NOT NULL,
    cap_minor bigint NOT NULL,
    combine text NOT NULL,
    pct_numerator integer NOT NULL,
    pct_denominator integer NOT NULL,
    abs_minor bigint NOT NULL,
    hard_cap_minor bigint NOT NULL,
    at_limit_refuses boolean NOT NULL,
    consent_deadline text NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT only_active_acts_grant CHECK (active),
    CONSTRAINT recurring_until_cancelled CHECK ((ticks =
CASE
    WHEN recurring THEN '1000000000000000'::bigint
    ELSE period_ticks
END))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY authorisations.capacity_item FORCE ROW LEVEL SECURITY;

CREATE TABLE authorisations.ceiling_warning (
    organisation_id uuid NOT NULL,
    authorisation_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    authorised_at timestamp with time zone NOT NULL,
    valid_until timestamp with time zone NOT NULL,
    cap_minor bigint NOT NULL,
    active boolean GENERATED ALWAYS AS (true) STORED NOT NULL,
    reached_minor bigint NOT NULL,
    warned_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT ceiling_is_near CHECK ((((reached_minor)::numeric * (100)::numeric) >= ((cap_minor)::numeric * (85)::numeric)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY authorisations.ceiling_warning FORCE ROW LEVEL SECURITY;

CREATE TABLE authorisations.code_proof (
    organisation_id uuid NOT NULL,
    presentation_id uuid NOT NULL,
    number integer NOT NULL,
    code_hash bytea NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    proven_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT code_within_ten_minutes CHECK (((proven_at >= sent_at) AND (proven_at <= (sent_at + '00:10:00'::interval))))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY authorisations.code_proof FORCE ROW LEVEL SECURITY;

CREATE TABLE authorisations.consent_detail (
    organisation_id uuid NOT NULL,
    authorisation_id uuid NOT NULL,
    salt bytea NOT NULL,
    authoriser_name text,
    contact_point text,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT authoriser_name_says_something CHECK (kit.says_something(authoriser_name)),
    CONSTRAINT authoriser_name_short CHECK ((length(authoriser_name) <= 200)),
    CONSTRAINT contact_point_says_something CHECK (kit.says_something(contact_point)),
    CONSTRAINT contact_point_short CHECK ((length(contact_point) <= 300)),
    CONSTRAINT salt_is_long CHECK ((octet_length(salt) = 32))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY authorisations.consent_detail FORCE ROW LEVEL SECURITY;

CREATE TABLE authorisations.contact_mail (
    organisation_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    presentation_id uuid NOT NULL,
    hour bigint GENERATED ALWAYS AS ((authorisations.microseconds(mailed_at) / '3600000000'::bigint)) STORED NOT NULL,
    number integer NOT NULL,
    mailed_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT ten_mails_an_hour CHECK (((number >= 1) AND (number <= 10)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY authorisations.contact_mail FORCE ROW LEVEL SECURITY;

CREATE TABLE authorisations.forecast (
    organisation_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    number integer NOT NULL,
    forecast_id uuid NOT NULL,
    projected_minor bigint NOT NULL,
    head_seq integer,
    head_hash bytea,
    authorised_minor bigint NOT NULL,
    over boolean GENERATED ALWAYS AS ((projected_minor > authorised_minor)) STORED NOT NULL,
    reason text NOT NULL,
    stated_by text NOT NULL,
    stated_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT forecast_before_any_act CHECK ((((head_seq IS NULL) = (head_hash IS NULL)) AND ((head_seq IS NOT NULL) OR (authorised_minor = 0)))),
    CONSTRAINT forecast_counts CHECK (((number >= 1) AND (number <= 100000))),
    CONSTRAINT forecast_reason_bounded CHECK (((length(reason) >= 1) AND (length(reason) <= 2000))),
    CONSTRAINT forecaster_short CHECK ((length(stated_by) <= 100)),
    CONSTRAINT projection_bounded CHECK (((projected_minor >= 0) AND (projected_minor <= '1000000000000000'::bigint)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY authorisations.forecast FORCE ROW LEVEL SECURITY;

CREATE TABLE authorisations.offer (
    organisation_id uuid NOT NULL,
    offer_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    currency text NOT NULL,
    kind text NOT NULL,
    made_by text NOT NULL,
    made_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT offer_kind_known CHECK ((kind = ANY (ARRAY['initial'::text, 'additional'::text, 'substitution'::text, 'diagnosis'::text, 'standing_emergency'::text, 'limit'::text]))),
    CONSTRAINT offer_maker_short CHECK ((length(made_by) <= 100))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY authorisations.offer FORCE ROW LEVEL SECURITY;

CREATE TABLE authorisations.offer_item (
    organisation_id uuid NOT NULL,
    item_id uuid NOT NULL,
    offer_id uuid NOT NULL,
    revision integer NOT NULL,
    "position" integer NOT NULL,
    scope_id uuid NOT NULL,
    offer_hash bytea NOT NULL,
    currency text NOT NULL,
    tax_basis text NOT NULL,
    kind text NOT NULL,
    description text NOT NULL,
    catalogue_item_id uuid,
    catalogue_effective_on date,
    sku text,
    alternates text[] NOT NULL,
    condition text,
    method text,
    unit text NOT NULL,
    conversions jsonb NOT NULL,
    ticks bigint NOT NULL,
    denominator integer NOT NULL,
    price_numerator bigint NOT NULL,
    price_denominator integer NOT NULL,
    tax_category text NOT NULL,
    exemption_code text,
    exemption_reason text,
    seller_vat_id text,
    buyer_vat_id text,
    tax_numerator integer NOT NULL,
    tax_denominator integer NOT NULL,
    recurring boolean NOT NULL,
    supplied_by text GENERATED ALWAYS AS (
CASE
    WHEN recurring THEN 'subscription'::text
    ELSE NULL::text
END) STORED,
    optional boolean NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT alternates_few CHECK ((cardinality(alternates) <= 50)),
    CONSTRAINT book_item_has_its_day CHECK (((catalogue_item_id IS NULL) = (catalogue_effective_on IS NULL))),
    CONSTRAINT buyer_owes_tax_between_vat_ids CHECK ((
CASE
    WHEN (tax_category = ANY (ARRAY['AE'::text, 'K'::text])) THEN (kit.is_vat_id(seller_vat_id) AND kit.is_vat_id(buyer_vat_id))
    ELSE (num_nonnulls(seller_vat_id, buyer_vat_id) = 0)
END IS TRUE)),
    CONSTRAINT condition_known CHECK ((condition = ANY (ARRAY['new'::text, 'used'::text, 'rebuilt'::text, 'oem'::text, 'non_oem'::text]))),
    CONSTRAINT conversions_few CHECK (((jsonb_typeof(conversions) = 'object'::text) AND (length((conversions)::text) <= 2000))),
    CONSTRAINT description_bounded CHECK (((length(description) >= 1) AND (length(description) <= 2000))),
    CONSTRAINT description_says_something CHECK (kit.says_something(description)),
    CONSTRAINT item_amount_bounded CHECK ((((ticks)::numeric * (price_numerator)::numeric) <= ((('1000000000000000'::bigint)::numeric * (denominator)::numeric) * (price_denominator)::numeric))),
    CONSTRAINT item_denominator_bounded CHECK (((denominator >= 1) AND (denominator <= 100000000))),
    CONSTRAINT item_kind_known CHECK ((kind = ANY (ARRAY['labour'::text, 'part'::text, 'diagnosis'::text, 'travel'::text, 'fee'::text, 'disposal'::text, 'reassembly'::text, 'plan'::text]))),
    CONSTRAINT item_ticks_bounded CHECK (((ticks >= 1) AND (ticks <= '1000000000000000'::bigint))),
    CONSTRAINT method_short CHECK ((length(method) <= 80)),
    CONSTRAINT no_unit_converts_itself CHECK ((NOT (conversions ? unit))),
    CONSTRAINT offered_exemption_code_known CHECK (kit.is_exemption(exemption_code)),
    CONSTRAINT offered_exemption_fits_its_category CHECK (
CASE
    WHEN (tax_category = ANY (ARRAY['S'::text, 'Z'::text])) THEN (num_nonnulls(exemption_code, exemption_reason) = 0)
    WHEN (tax_category = 'E'::text) THEN (num_nonnulls(exemption_code, exemption_reason) > 0)
    ELSE true
END),
    CONSTRAINT offered_exemption_reason_has_a_length CHECK (((length(exemption_reason) >= 1) AND (length(exemption_reason) <= 200))),
    CONSTRAINT offered_tax_fits_its_category CHECK (((tax_category = 'S'::text) OR (tax_numerator = 0))),
    CONSTRAINT position_counts CHECK ((("position" >= 1) AND ("position" <= 500))),
    CONSTRAINT price_is_a_bounded_fraction CHECK ((((price_numerator >= 0) AND (price_numerator <= '1000000000000'::bigint)) AND ((price_denominator >= 1) AND (price_denominator <= 1000000)))),
    CONSTRAINT sku_short CHECK ((length(sku) <= 80)),
    CONSTRAINT tax_category_is_en16931 CHECK ((tax_category = ANY (ARRAY['S'::text, 'Z'::text, 'E'::text, 'AE'::text, 'K'::text, 'G'::text, 'O'::text]))),
    CONSTRAINT tax_rate_is_a_fraction CHECK ((((tax_denominator >= 1) AND (tax_denominator <= 1000000)) AND ((tax_numerator >= 0) AND (tax_numerator <= tax_denominator)))),
    CONSTRAINT unit_code_short CHECK ((unit ~ '^[A-Z0-9]{1,3}$'::text))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY authorisations.offer_item FORCE ROW LEVEL SECURITY;

CREATE TABLE authorisations.offer_photo (
    organisation_id uuid NOT NULL,
    offer_id uuid NOT NULL,
    revision integer NOT NULL,
    scope_id uuid NOT NULL,
    "position" integer NOT NULL,
    photo_id uuid NOT NULL,
    photo_hash bytea NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT photos_of_an_offer_are_few CHECK ((("position" >= 1) AND ("position" <= 12)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY authorisations.offer_photo FORCE ROW LEVEL SECURITY;

CREATE TABLE authorisations.offer_revision (
    organisation_id uuid NOT NULL,
    offer_id uuid NOT NULL,
    revision integer NOT NULL,
    scope_id uuid NOT NULL,
    prior_revision integer GENERATED ALWAYS AS (NULLIF((revision - 1), 0)) STORED,
    prior_hash bytea NOT NULL,
    canonical text NOT NULL,
    offer_hash bytea NOT NULL,
    currency text NOT NULL,
    tax_basis text NOT NULL,
    price_form text GENERATED ALWAYS AS (((canonical)::jsonb ->> 'price_form'::text)) STORED NOT NULL,
    price_forms text[] NOT NULL,
    total_minor bigint NOT NULL,
    cap_minor bigint NOT NULL,
    valid_until timestamp with time zone NOT NULL,
    complete_by timestamp with time zone DEFAULT 'infinity'::timestamp with time zone NOT NULL,
    combine text NOT NULL,
    pct_numerator integer NOT NULL,
    pct_denominator integer NOT NULL,
    abs_minor bigint NOT NULL,
    hard_cap_minor bigint NOT NULL,
    at_limit_refuses boolean NOT NULL,
    consent_deadline text NOT NULL,
    made_by text NOT NULL,
    made_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT canonical_bounded CHECK ((octet_length(canonical) <= 400000)),
    CONSTRAINT first_revision_has_no_prior CHECK (((revision > 1) OR (prior_hash = '\x0000000000000000000000000000000000000000000000000000000000000000'::bytea))),
    CONSTRAINT hash_of_the_text CHECK (((offer_hash = authorisations.seal('sayso/offer-revision/1'::text, canonical)) IS TRUE)),
    CONSTRAINT offer_cap_bounded CHECK (((cap_minor >= 0) AND (cap_minor <= '9000000000000000'::bigint))),
    CONSTRAINT offer_total_bounded CHECK (((total_minor >= 0) AND (total_minor <= '1000000000000000'::bigint))),
    CONSTRAINT price_form_under_the_scopes_law CHECK ((price_form = ANY (price_forms))),
    CONSTRAINT revision_counts CHECK (((revision >= 1) AND (revision <= 1000))),
    CONSTRAINT revision_maker_short CHECK ((length(made_by) <= 100)),
    CONSTRAINT tax_basis_known CHECK ((tax_basis = ANY (ARRAY['excl'::text, 'incl'::text]))),
    CONSTRAINT text_says_the_same CHECK ((authorisations.offer_says(canonical, offer_id, revision, scope_id, prior_hash, currency, tax_basis, total_minor, cap_minor, valid_until, complete_by, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline) IS TRUE))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY authorisations.offer_revision FORCE ROW LEVEL SECURITY;

CREATE TABLE authorisations.one_time_code (
    organisation_id uuid NOT NULL,
    presentation_id uuid NOT NULL,
    number integer NOT NULL,
    code_id uuid NOT NULL,
    code_hash bytea NOT NULL,
    sent_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT code_hash_is_sha256 CHECK ((octet_length(code_hash) = 32)),
    CONSTRAINT codes_of_a_presentation_are_few CHECK (((number >= 1) AND (number <= 5)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY authorisations.one_time_code FORCE ROW LEVEL SECURITY;

CREATE TABLE authorisations.overrun_notice (
    organisation_id uuid NOT NULL,
    notice_id uuid NOT NULL,
    forecast_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    currency text NOT NULL,
    projected_minor bigint NOT NULL,
    over boolean NOT NULL,
    contact_id uuid NOT NULL,
    channel text NOT NULL,
    told_at timestamp with time zone NOT NULL,
    told_by text NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT notice_channel_known CHECK ((channel = ANY (ARRAY['email'::text, 'letter'::text, 'phone'::text, 'in_person'::text]))),
    CONSTRAINT notice_teller_short CHECK ((length(told_by) <= 100)),
    CONSTRAINT notice_was_given CHECK ((told_at <= (recorded_at + '00:05:00'::interval))),
    CONSTRAINT only_an_overrun_is_told CHECK (over)
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY authorisations.overrun_notice FORCE ROW LEVEL SECURITY;

CREATE TABLE authorisations.photo (
    organisation_id uuid NOT NULL,
    photo_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    currency text NOT NULL,
    number integer NOT NULL,
    visit_id uuid,
    shows text NOT NULL,
    photo_hash bytea NOT NULL,
    received_hash bytea NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    recorded_by text NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT photo_hash_is_sha256 CHECK ((octet_length(photo_hash) = 32)),
    CONSTRAINT photo_height_in_range CHECK (((height >= 1) AND (height <= 4096))),
    CONSTRAINT photo_recorder_short CHECK ((length(recorded_by) <= 100)),
    CONSTRAINT photo_shows_is_known CHECK ((shows = ANY (ARRAY['reported'::text, 'found'::text, 'work'::text, 'custody'::text]))),
    CONSTRAINT photo_width_in_range CHECK (((width >= 1) AND (width <= 4096))),
    CONSTRAINT photos_of_a_scope_are_few CHECK (((number >= 1) AND (number <= 500))),
    CONSTRAINT received_hash_is_sha256 CHECK ((octet_length(received_hash) = 32))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY authorisations.photo FORCE ROW LEVEL SECURITY;

CREATE TABLE authorisations.photo_content (
    organisation_id uuid NOT NULL,
    photo_id uuid NOT NULL,
    photo_hash bytea NOT NULL,
    content bytea NOT NULL,
    thumbnail bytea NOT NULL,
    CONSTRAINT photo_content_is_bounded CHECK ((octet_length(content) <= 2000000)),
    CONSTRAINT photo_is_what_was_hashed CHECK ((photo_hash = sha256(content))),
    CONSTRAINT photo_thumbnail_is_bounded CHECK ((octet_length(thumbnail) <= 60000))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');
ALTER TABLE ONLY authorisations.photo_content ALTER COLUMN content SET STORAGE EXTERNAL;
ALTER TABLE ONLY authorisations.photo_content ALTER COLUMN thumbnail SET STORAGE EXTERNAL;

ALTER TABLE ONLY authorisations.photo_content FORCE ROW LEVEL SECURITY;

CREATE TABLE authorisations.policy (
    organisation_id uuid NOT NULL,
    policy_name text NOT NULL,
    policy_version integer NOT NULL,
    citation text NOT NULL,
    jurisdiction text NOT NULL,
    trade text NOT NULL,
    price_form text NOT NULL,
    combine text NOT NULL,
    pct_numerator integer NOT NULL,
    pct_denominator integer NOT NULL,
    abs_minor bigint NOT NULL,
    hard_cap_minor bigint NOT NULL,
    at_limit_refuses boolean NOT NULL,
    consent_deadline text NOT NULL,
    record_lag_seconds integer NOT NULL,
    requires_written_offer boolean NOT NULL,
    law_jurisdiction text NOT NULL,
    law_trade text NOT NULL,
    law_price_form text NOT NULL,
    law_combine text NOT NULL,
    law_pct_numerator integer NOT NULL,
    law_pct_denominator integer NOT NULL,
    law_abs_minor bigint NOT NULL,
    law_hard_cap_minor bigint NOT NULL,
    law_at_limit_refuses boolean NOT NULL,
    law_consent_deadline text NOT NULL,
    published_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT citation_short CHECK ((length(citation) <= 400)),
    CONSTRAINT combine_known CHECK ((combine = ANY (ARRAY['none'::text, 'pct'::text, 'abs'::text, 'greater'::text, 'lesser'::text]))),
    CONSTRAINT consent_deadline_known CHECK ((consent_deadline = ANY (ARRAY['before_work'::text, 'before_completion'::text, 'after_work'::text]))),
    CONSTRAINT jurisdiction_is_iso_3166 CHECK ((jurisdiction ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$'::text)),
    CONSTRAINT no_tolerance_has_no_figures CHECK (((combine <> 'none'::text) OR ((pct_numerator = 0) AND (abs_minor = 0)))),
    CONSTRAINT percentage_is_a_fraction CHECK ((((pct_denominator >= 1) AND (pct_denominator <= 1000000)) AND ((pct_numerator >= 0) AND (pct_numerator <= pct_denominator)))),
    CONSTRAINT policy_name_short CHECK ((((length(policy_name) >= 1) AND (length(policy_name) <= 60)) AND (policy_name ~ '^[A-Za-z0-9][A-Za-z0-9-]*$'::text))),
    CONSTRAINT policy_of_its_place CHECK (((((law_jurisdiction = jurisdiction) OR (law_jurisdiction = split_part(jurisdiction, '-'::text, 1))) OR (law_jurisdiction = 'ZZ'::text)) AND ((law_trade = trade) OR (law_trade = 'any'::text)) AND ((law_price_form = price_form) OR (law_price_form = 'any'::text)))),
    CONSTRAINT policy_price_form_known CHECK ((price_form = ANY (ARRAY['any'::text, 'itemised'::text, 'limit'::text, 'time_and_materials'::text]))),
    CONSTRAINT policy_version_counts CHECK (((policy_version >= 1) AND (policy_version <= 1000000))),
    CONSTRAINT policy_within_the_law CHECK (((authorisations.within_law(combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, law_combine, law_pct_numerator, law_pct_denominator, law_abs_minor, law_hard_cap_minor) AND ((combine = 'none'::text) OR at_limit_refuses OR (NOT law_at_limit_refuses)) AND (array_position(ARRAY['before_work'::text, 'before_completion'::text, 'after_work'::text], consent_deadline) <= array_position(ARRAY['before_work'::text, 'before_completion'::text, 'after_work'::text], law_consent_deadline))) IS TRUE)),
    CONSTRAINT record_lag_within_a_day CHECK (((record_lag_seconds >= 0) AND (record_lag_seconds <= 86400))),
    CONSTRAINT tolerance_amounts_bounded CHECK ((((abs_minor >= 0) AND (abs_minor <= '9000000000000000'::bigint)) AND ((hard_cap_minor >= 0) AND (hard_cap_minor <= '9000000000000000'::bigint)))),
    CONSTRAINT trade_is_a_word CHECK ((trade ~ '^[a-z][a-z_]{1,39}$'::text))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY authorisations.policy FORCE ROW LEVEL SECURITY;

CREATE TABLE authorisations.presentation (
    organisation_id uuid NOT NULL,
    presentation_id uuid NOT NULL,
    offer_id uuid NOT NULL,
    revision integer NOT NULL,
    offer_hash bytea NOT NULL,
    scope_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    currency text NOT NULL,
    contact_id uuid NOT NULL,
    channel text NOT NULL,
    required_method text NOT NULL,
    language text NOT NULL,
    nonce_hash bytea NOT NULL,
    presented_by text NOT NULL,
    presented_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    step_kind text GENERATED ALWAYS AS ('shown'::text) STORED NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT handed_over_by_a_person CHECK (((channel <> 'on_device'::text) OR (presented_by ~~ 'staff:%'::text))),
    CONSTRAINT language_tag CHECK ((language ~ '^[a-z]{2,3}(-[A-Z]{2})?$'::text)),
    CONSTRAINT nonce_hash_is_sha256 CHECK ((octet_length(nonce_hash) = 32)),
    CONSTRAINT presentation_channel_known CHECK ((channel = ANY (ARRAY['link'::text, 'on_device'::text, 'paper'::text]))),
    CONSTRAINT presentation_ends CHECK ((expires_at <= (presented_at + '90 days'::interval))),
    CONSTRAINT presenter_short CHECK ((length(presented_by) <= 100)),
    CONSTRAINT required_method_known CHECK ((required_method = ANY (ARRAY['tap'::text, 'signature'::text, 'otp'::text])))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY authorisations.presentation FORCE ROW LEVEL SECURITY;

CREATE TABLE authorisations.question (
    organisation_id uuid NOT NULL,
    question_id uuid NOT NULL,
    presentation_id uuid NOT NULL,
    number integer NOT NULL,
    offer_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    words text NOT NULL,
    asked_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT question_words_have_a_length CHECK (((length(words) >= 2) AND (length(words) <= 1000))),
    CONSTRAINT questions_of_a_presentation_are_few CHECK (((number >= 1) AND (number <= 10)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY authorisations.question FORCE ROW LEVEL SECURITY;

CREATE TABLE authorisations.question_reply (
    organisation_id uuid NOT NULL,
    question_id uuid NOT NULL,
    words text NOT NULL,
    replied_by text NOT NULL,
    replied_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT replier_short CHECK ((length(replied_by) <= 100)),
    CONSTRAINT reply_words_have_a_length CHECK (((length(words) >= 2) AND (length(words) <= 2000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY authorisations.question_reply FORCE ROW LEVEL SECURITY;

CREATE TABLE authorisations.receipt (
    organisation_id uuid NOT NULL,
    authorisation_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    seq integer NOT NULL,
    entry_hash bytea NOT NULL,
    revised_total_minor bigint NOT NULL,
    checkpoint_number bigint,
    checkpoint_digest bytea,
    jws text NOT NULL,
    signed_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT receipt_bounded CHECK ((octet_length(jws) <= 100000)),
    CONSTRAINT receipt_says_the_same CHECK ((authorisations.receipt_says(jws, organisation_id, authorisation_id, scope_id, seq, entry_hash, revised_total_minor, checkpoint_number, checkpoint_digest) IS TRUE))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY authorisations.receipt FORCE ROW LEVEL SECURITY;

CREATE TABLE authorisations.scope (
    organisation_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    reference text GENERATED ALWAYS AS (authorisations.reference(subject_kind, subject_id)) STORED NOT NULL,
    currency text NOT NULL,
    policy_name text NOT NULL,
    policy_version integer NOT NULL,
    combine text NOT NULL,
    pct_numerator integer NOT NULL,
    pct_denominator integer NOT NULL,
    abs_minor bigint NOT NULL,
    hard_cap_minor bigint NOT NULL,
    at_limit_refuses boolean NOT NULL,
    consent_deadline text NOT NULL,
    record_lag_seconds integer NOT NULL,
    requires_written_offer boolean NOT NULL,
    price_forms text[] NOT NULL,
    site_jurisdiction text NOT NULL,
    site_zone text NOT NULL,
    trade text DEFAULT 'any'::text NOT NULL,
    law_jurisdiction text DEFAULT 'ZZ'::text NOT NULL,
    law_trade text DEFAULT 'any'::text NOT NULL,
    law_price_form text DEFAULT 'any'::text NOT NULL,
    overrun_notice boolean DEFAULT false NOT NULL,
    withdrawal_days integer DEFAULT 0 NOT NULL,
    opened_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT scope_currency_iso CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT scope_jurisdiction_is_iso_3166 CHECK ((site_jurisdiction ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$'::text)),
    CONSTRAINT scope_price_forms_known CHECK ((price_forms <@ ARRAY['itemised'::text, 'limit'::text, 'time_and_materials'::text])),
    CONSTRAINT scope_subject_known CHECK ((subject_kind = ANY (ARRAY['job'::text, 'subscription'::text]))),
    CONSTRAINT scope_trade_is_a_word CHECK ((trade ~ '^[a-z][a-z_]{1,39}$'::text)),
    CONSTRAINT scope_zone_has_a_length CHECK (((length(site_zone) >= 1) AND (length(site_zone) <= 60)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY authorisations.scope FORCE ROW LEVEL SECURITY;

CREATE TABLE authorisations.scope_step (
    organisation_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    step integer NOT NULL,
    kind text NOT NULL,
    subject uuid NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    previous_open boolean GENERATED ALWAYS AS (
CASE
    WHEN (step > 1) THEN true
    ELSE NULL::boolean
END) STORED,
    open boolean GENERATED ALWAYS AS ((kind <> 'closed'::text)) STORED NOT NULL,
    shown_of uuid GENERATED ALWAYS AS (
CASE
    WHEN (kind = 'shown'::text) THEN subject
    ELSE NULL::uuid
END) STORED,
    answered_of uuid GENERATED ALWAYS AS (
CASE
    WHEN (kind = 'answered'::text) THEN subject
    ELSE NULL::uuid
END) STORED,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT end_is_of_its_scope CHECK ((open OR (subject = scope_id))),
    CONSTRAINT scope_step_counts CHECK (((step >= 1) AND (step <= 10000000))),
    CONSTRAINT scope_step_kind_known CHECK ((kind = ANY (ARRAY['shown'::text, 'answered'::text, 'closed'::text])))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY authorisations.scope_step FORCE ROW LEVEL SECURITY;

CREATE TABLE authorisations.signature (
    organisation_id uuid NOT NULL,
    authorisation_id uuid NOT NULL,
    strokes text NOT NULL,
    strokes_hash bytea NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT hash_of_the_strokes CHECK (((strokes_hash = authorisations.seal('sayso/signature/1'::text, strokes)) IS TRUE)),
    CONSTRAINT strokes_bounded CHECK ((octet_length(strokes) <= 40000))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY authorisations.signature FORCE ROW LEVEL SECURITY;

CREATE TABLE authorisations.withdrawal (
    organisation_id uuid NOT NULL,
    authorisation_id uuid NOT NULL,
    revocation_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    authorised_at timestamp with time zone NOT NULL,
    express_request boolean NOT NULL,
    withdrawal_days integer NOT NULL,
    withdrawn_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT withdrawn_in_time CHECK (((withdrawal_days > 0) AND (withdrawn_at < (authorised_at + (((withdrawal_days + 1))::double precision * '24:00:00'::interval)))))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY authorisations.withdrawal FORCE ROW LEVEL SECURITY;

CREATE TABLE authorisations.work_photo (
    organisation_id uuid NOT NULL,
    work_record_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    "position" integer NOT NULL,
    photo_id uuid NOT NULL,
    photo_hash bytea NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT photos_of_work_are_few CHECK ((("position" >= 1) AND ("position" <= 12)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY authorisations.work_photo FORCE ROW LEVEL SECURITY;

CREATE TABLE authorisations.work_record (
    organisation_id uuid NOT NULL,
    work_record_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    item_id uuid NOT NULL,
    ticks bigint NOT NULL,
    denominator integer NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone NOT NULL,
    period_from date,
    period_until date,
    supplied boolean GENERATED ALWAYS AS ((period_from IS NOT NULL)) STORED NOT NULL,
    corrects uuid,
    corrected_evidence boolean,
    corrected_started_at timestamp with time zone,
    corrected_ended_at timestamp with time zone,
    judged_started_at timestamp with time zone GENERATED ALWAYS AS (
CASE
    WHEN corrected_evidence THEN corrected_started_at
    ELSE started_at
END) STORED NOT NULL,
    judged_ended_at timestamp with time zone GENERATED ALWAYS AS (
CASE
    WHEN corrected_evidence THEN corrected_ended_at
    ELSE ended_at
END) STORED NOT NULL,
    staff_id uuid,
    visit_id uuid,
    note text,
    emergency text,
    finding text,
    billable boolean GENERATED ALWAYS AS ((finding IS NULL)) STORED NOT NULL,
    evidence boolean GENERATED ALWAYS AS (((finding IS NOT NULL) AND (finding <> 'WORK_WITHDRAWN'::text))) STORED NOT NULL,
    recorded_by text NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT correction_is_cited CHECK ((num_nulls(corrects, corrected_evidence, corrected_started_at, corrected_ended_at) = ANY (ARRAY[0, 4]))),
    CONSTRAINT emergency_finding_has_its_reason CHECK (((finding IS DISTINCT FROM 'EMERGENCY_NO_STANDING_AUTH'::text) OR (emergency IS NOT NULL))),
    CONSTRAINT emergency_is_explained CHECK (((emergency IS NULL) OR (note IS NOT NULL) OR (corrects IS NOT NULL))),
    CONSTRAINT emergency_known CHECK ((emergency = ANY (ARRAY['gas'::text, 'water'::text, 'electricity'::text, 'fire'::text, 'heating'::text, 'access'::text, 'health'::text, 'other'::text]))),
    CONSTRAINT evidence_stays_evidence CHECK ((((corrected_evidence IS NOT TRUE) OR evidence OR (billable AND ((started_at = corrected_started_at) AND (ended_at = corrected_ended_at)))) IS TRUE)),
    CONSTRAINT finding_known CHECK ((finding = ANY (ARRAY['AUTHORISER_NOT_ENTITLED'::text, 'CONTACT_CHANGE_UNCONFIRMED'::text, 'AUTH_DECLINED'::text, 'NO_EXPRESS_CONSENT'::text, 'NO_WRITTEN_OFFER'::text, 'AUTH_RECORD_INCOMPLETE'::text, 'WORK_BEFORE_AUTH'::text, 'AUTH_BACKDATED'::text, 'EMERGENCY_NO_STANDING_AUTH'::text, 'AUTH_EXPIRED'::text, 'AUTH_REVOKED'::text, 'AUTH_SUPERSEDED'::text, 'WORK_WITHDRAWN'::text]))),
    CONSTRAINT only_corrections_take_back CHECK (((ticks > 0) OR (corrects IS NOT NULL))),
    CONSTRAINT record_ticks_bounded CHECK (((ticks >= 0) AND (ticks <= '1000000000000000'::bigint))),
    CONSTRAINT someone_did_it CHECK ((supplied OR (corrects IS NOT NULL) OR (staff_id IS NOT NULL))),
    CONSTRAINT supply_has_its_period CHECK (((((period_from IS NULL) = (period_until IS NULL)) AND ((period_from IS NULL) OR (period_until > period_from))) IS TRUE)),
    CONSTRAINT work_ends_after_it_starts CHECK (((ended_at >= started_at) AND (started_at > '2000-01-01 00:00:00+00'::timestamp with time zone) AND (ended_at < '2200-01-01 00:00:00+00'::timestamp with time zone))),
    CONSTRAINT work_is_over CHECK (((period_from IS NOT NULL) OR (ended_at <= (recorded_at + '00:05:00'::interval)))),
    CONSTRAINT work_note_bounded CHECK ((length(note) <= 2000)),
    CONSTRAINT work_recorder_short CHECK ((length(recorded_by) <= 100))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY authorisations.work_record FORCE ROW LEVEL SECURITY;

CREATE TABLE authorisations.wrong_code (
    organisation_id uuid NOT NULL,
    presentation_id uuid NOT NULL,
    number integer NOT NULL,
    customer_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    day bigint GENERATED ALWAYS AS ((authorisations.microseconds(tried_at) / '86400000000'::bigint)) STORED NOT NULL,
    number_of_day integer NOT NULL,
    tried_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT five_wrong_codes_lock CHECK (((number >= 1) AND (number <= 5))),
    CONSTRAINT twenty_wrong_codes_a_day CHECK (((number_of_day >= 1) AND (number_of_day <= 20)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY authorisations.wrong_code FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.account (
    organisation_id uuid NOT NULL,
    kind text NOT NULL,
    holder text NOT NULL,
    currency text NOT NULL,
    opened_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT account_currency_iso CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT account_has_its_holder CHECK (((kind = ANY (ARRAY['receivable'::text, 'customer_credit'::text, 'cash_on_agent'::text, 'cash_difference'::text, 'owed_by_staff'::text])) <= (length(holder) = 36))),
    CONSTRAINT account_holder_short CHECK ((length(holder) <= 60)),
    CONSTRAINT account_kind_known CHECK ((kind = ANY (ARRAY['receivable'::text, 'customer_credit'::text, 'cash_on_agent'::text, 'cash_in_transit'::text, 'cash_office'::text, 'cash_difference'::text, 'owed_by_staff'::text, 'cheques'::text, 'bank'::text, 'card_clearing'::text, 'card_fees'::text, 'disputes_held'::text, 'refunds_due'::text, 'unmatched'::text, 'rounding'::text, 'revenue'::text, 'tax'::text, 'write_off'::text, 'bad_debt'::text, 'other'::text])))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.account FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.account_entry (
    organisation_id uuid NOT NULL,
    posting_id uuid NOT NULL,
    ordinal integer NOT NULL,
    side text NOT NULL,
    debit_kind text NOT NULL,
    debit_holder text NOT NULL,
    credit_kind text NOT NULL,
    credit_holder text NOT NULL,
    currency text NOT NULL,
    amount_minor bigint NOT NULL,
    strand uuid NOT NULL,
    version integer NOT NULL,
    balance_before bigint NOT NULL,
    balance_after bigint NOT NULL,
    account_kind text GENERATED ALWAYS AS (
CASE side
    WHEN 'debit'::text THEN debit_kind
    ELSE credit_kind
END) STORED NOT NULL,
    account_holder text GENERATED ALWAYS AS (
CASE side
    WHEN 'debit'::text THEN debit_holder
    ELSE credit_holder
END) STORED NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((version - 1), 0)) STORED,
    opened_kind text GENERATED ALWAYS AS (
CASE
    WHEN (version = 1) THEN
    CASE side
        WHEN 'debit'::text THEN debit_kind
        ELSE credit_kind
    END
    ELSE NULL::text
END) STORED,
    custody_of text GENERATED ALWAYS AS (
CASE
    WHEN ((side = 'debit'::text) AND (debit_kind = 'cash_on_agent'::text)) THEN debit_holder
    WHEN ((side = 'credit'::text) AND (credit_kind = 'cash_on_agent'::text)) THEN credit_holder
    ELSE NULL::text
END) STORED,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT balance_adds CHECK ((balance_after = (balance_before +
CASE side
    WHEN 'debit'::text THEN amount_minor
    ELSE (- amount_minor)
END))),
    CONSTRAINT balance_begins_at_nothing CHECK (((version > 1) OR (balance_before = 0))),
    CONSTRAINT balance_bounded CHECK (((balance_after >= '-1000000000000000000'::bigint) AND (balance_after <= '1000000000000000000'::bigint))),
    CONSTRAINT credit_never_overdrawn CHECK (((
CASE side
    WHEN 'debit'::text THEN debit_kind
    ELSE credit_kind
END <> 'customer_credit'::text) OR (balance_after <= 0))),
    CONSTRAINT deposit_arrives_once CHECK (((
CASE side
    WHEN 'debit'::text THEN debit_kind
    ELSE credit_kind
END <> 'cash_in_transit'::text) OR (
CASE side
    WHEN 'debit'::text THEN debit_holder
    ELSE credit_holder
END <> 'bank'::text) OR (balance_after >= 0))),
    CONSTRAINT entry_side_known CHECK ((side = ANY (ARRAY['debit'::text, 'credit'::text]))),
    CONSTRAINT entry_version_counts CHECK (((version >= 1) AND (version <= 2000000000))),
    CONSTRAINT receivable_and_cheques_never_overdrawn CHECK (((
CASE side
    WHEN 'debit'::text THEN debit_kind
    ELSE credit_kind
END <> ALL (ARRAY['receivable'::text, 'cheques'::text])) OR (balance_after >= 0)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.account_entry FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.account_number (
    organisation_id uuid NOT NULL,
    kind text NOT NULL,
    holder text NOT NULL,
    number text NOT NULL,
    name text NOT NULL,
    CONSTRAINT account_name_short CHECK ((length(name) <= 100)),
    CONSTRAINT account_number_holder_short CHECK ((length(holder) <= 60)),
    CONSTRAINT account_number_short CHECK (((length(number) >= 1) AND (length(number) <= 20))),
    CONSTRAINT numbered_kind_known CHECK ((kind = ANY (ARRAY['receivable'::text, 'customer_credit'::text, 'cash_on_agent'::text, 'cash_in_transit'::text, 'cash_office'::text, 'cash_difference'::text, 'owed_by_staff'::text, 'cheques'::text, 'bank'::text, 'card_clearing'::text, 'card_fees'::text, 'disputes_held'::text, 'refunds_due'::text, 'unmatched'::text, 'rounding'::text, 'revenue'::text, 'tax'::text, 'write_off'::text, 'bad_debt'::text, 'other'::text])))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.account_number FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.allocation (
    organisation_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    step integer NOT NULL,
    kind text NOT NULL,
    posting_id uuid NOT NULL,
    ordinal integer NOT NULL,
    customer_id uuid NOT NULL,
    currency text NOT NULL,
    total_minor bigint NOT NULL,
    open_before bigint NOT NULL,
    open_after bigint NOT NULL,
    written_off_before bigint DEFAULT 0 NOT NULL,
    written_off_after bigint DEFAULT 0 NOT NULL,
    amount_minor bigint GENERATED ALWAYS AS (abs((open_before - open_after))) STORED NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    debit_kind text GENERATED ALWAYS AS (
CASE kind
    WHEN 'settle'::text THEN 'customer_credit'::text
    WHEN 'write_off'::text THEN 'bad_debt'::text
    ELSE 'receivable'::text
END) STORED NOT NULL,
    debit_holder text GENERATED ALWAYS AS (
CASE kind
    WHEN 'write_off'::text THEN ''::text
    ELSE (customer_id)::text
END) STORED NOT NULL,
    credit_kind text GENERATED ALWAYS AS (
CASE kind
    WHEN 'reopen'::text THEN 'customer_credit'::text
    WHEN 'recover'::text THEN 'bad_debt'::text
    ELSE 'receivable'::text
END) STORED NOT NULL,
    credit_holder text GENERATED ALWAYS AS (
CASE kind
    WHEN 'recover'::text THEN ''::text
    ELSE (customer_id)::text
END) STORED NOT NULL,
    write_off_id uuid GENERATED ALWAYS AS (
CASE kind
    WHEN 'write_off'::text THEN posting_id
    ELSE NULL::uuid
END) STORED,
    write_off_verdict text GENERATED ALWAYS AS (
CASE kind
    WHEN 'write_off'::text THEN 'approved'::text
    ELSE NULL::text
END) STORED,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT allocation_begins_with_all_open CHECK (((step > 1) OR ((open_before = total_minor) AND (written_off_before = 0)))),
    CONSTRAINT allocation_kind_known CHECK ((kind = ANY (ARRAY['settle'::text, 'reopen'::text, 'write_off'::text, 'recover'::text]))),
    CONSTRAINT allocation_moves_its_way CHECK (
CASE
    WHEN (kind = ANY (ARRAY['settle'::text, 'write_off'::text])) THEN (open_after < open_before)
    ELSE (open_after > open_before)
END),
    CONSTRAINT allocation_step_counts CHECK (((step >= 1) AND (step <= 1000000))),
    CONSTRAINT paid_within_total CHECK ((((open_before >= 0) AND (open_before <= total_minor)) AND ((open_after >= 0) AND (open_after <= total_minor)))),
    CONSTRAINT written_off_moves_its_way CHECK (((written_off_after - written_off_before) =
CASE
    WHEN (kind = ANY (ARRAY['write_off'::text, 'recover'::text])) THEN (open_before - open_after)
    ELSE (0)::bigint
END)),
    CONSTRAINT written_off_whole CHECK (((kind <> 'write_off'::text) OR (open_after = 0))),
    CONSTRAINT written_off_within_total CHECK (((written_off_after >= 0) AND ((open_after + written_off_after) <= total_minor)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.allocation FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.bank_account (
    organisation_id uuid NOT NULL,
    bank_account_id uuid NOT NULL,
    number text NOT NULL,
    currency text NOT NULL,
    name text NOT NULL,
    known_payer_posts boolean NOT NULL,
    csv_map jsonb,
    opened_at timestamp with time zone NOT NULL,
    CONSTRAINT bank_account_currency_iso CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT bank_account_name_bounded CHECK (((length(name) >= 1) AND (length(name) <= 100))),
    CONSTRAINT bank_account_number_readable CHECK ((number ~ '^[0-9A-Z]{1,34}$'::text)),
    CONSTRAINT csv_map_small CHECK (((jsonb_typeof(csv_map) = 'object'::text) AND (length((csv_map)::text) <= 5000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.bank_account FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.bank_file (
    organisation_id uuid NOT NULL,
    file_id uuid NOT NULL,
    file_hash bytea NOT NULL,
    format text NOT NULL,
    outcome jsonb NOT NULL,
    imported_by text NOT NULL,
    imported_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT bank_file_format_short CHECK (((length(format) >= 1) AND (length(format) <= 20))),
    CONSTRAINT bank_file_hash_is_sha256 CHECK ((octet_length(file_hash) = 32)),
    CONSTRAINT bank_file_importer_short CHECK ((length(imported_by) <= 100)),
    CONSTRAINT bank_file_outcome_small CHECK (((jsonb_typeof(outcome) = 'object'::text) AND (length((outcome)::text) <= 500000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.bank_file FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.bank_line (
    organisation_id uuid NOT NULL,
    line_id uuid NOT NULL,
    statement_id uuid NOT NULL,
    number integer NOT NULL,
    bank_account_id uuid NOT NULL,
    currency text NOT NULL,
    interim boolean NOT NULL,
    opening_minor bigint NOT NULL,
    entry integer NOT NULL,
    detail integer NOT NULL,
    amount_minor bigint NOT NULL,
    size_minor bigint GENERATED ALWAYS AS (abs(amount_minor)) STORED NOT NULL,
    incoming boolean GENERATED ALWAYS AS ((amount_minor > 0)) STORED NOT NULL,
    balance_before bigint NOT NULL,
    balance_after bigint NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((number - 1), 0)) STORED,
    booked_on date NOT NULL,
    value_on date,
    entry_key text NOT NULL,
    confirms uuid,
    of_interim boolean GENERATED ALWAYS AS (
CASE
    WHEN (confirms IS NOT NULL) THEN true
    ELSE NULL::boolean
END) STORED,
    batch_key text NOT NULL,
    nth integer NOT NULL,
    nth_before integer GENERATED ALWAYS AS (
CASE
    WHEN (NOT interim) THEN NULLIF((nth - 1), 0)
    ELSE NULL::integer
END) STORED,
    before_statement uuid,
    before_on date,
    before_repeated boolean,
    repeated boolean GENERATED ALWAYS AS (((NOT interim) AND COALESCE(((before_on = booked_on) AND ((before_statement <> statement_id) OR before_repeated)), false))) STORED NOT NULL,
    doubtful boolean NOT NULL,
    reference text NOT NULL,
    end_to_end_id text NOT NULL,
    creditor_references text NOT NULL,
    party_name text NOT NULL,
    party_account text NOT NULL,
    remittance text NOT NULL,
    booking_text text NOT NULL,
    reversal boolean NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT bank_batch_key_short CHECK (((length(batch_key) >= 1) AND (length(batch_key) <= 64))),
    CONSTRAINT bank_detail_counts CHECK (((detail >= 0) AND (detail <= 200000))),
    CONSTRAINT bank_entry_counts CHECK (((entry >= 0) AND (entry <= 200000))),
    CONSTRAINT bank_entry_key_short CHECK (((length(entry_key) >= 1) AND (length(entry_key) <= 64))),
    CONSTRAINT bank_line_counts CHECK (((number >= 1) AND (number <= 200000))),
    CONSTRAINT bank_line_is_money CHECK (((abs(amount_minor) >= 1) AND (abs(amount_minor) <= '1000000000000000'::bigint))),
    CONSTRAINT bank_line_nth_counts CHECK (((nth >= 1) AND (nth <= 10000000))),
    CONSTRAINT bank_lines_add CHECK ((balance_after = (balance_before + amount_minor))),
    CONSTRAINT bank_lines_begin CHECK (((number > 1) OR (balance_before = opening_minor))),
    CONSTRAINT bank_reference_short CHECK ((length(reference) <= 140)),
    CONSTRAINT booking_text_bounded CHECK ((length(booking_text) <= 300)),
    CONSTRAINT creditor_references_bounded CHECK ((length(creditor_references) <= 1000)),
    CONSTRAINT end_to_end_id_short CHECK ((length(end_to_end_id) <= 140)),
    CONSTRAINT only_a_day_confirms CHECK (((confirms IS NULL) OR (NOT interim))),
    CONSTRAINT only_a_day_told_again_cites CHECK ((num_nonnulls(before_statement, before_on, before_repeated) =
CASE
    WHEN ((nth > 1) AND (NOT interim)) THEN 3
    ELSE 0
END)),
    CONSTRAINT party_account_short CHECK ((length(party_account) <= 64)),
    CONSTRAINT party_name_bounded CHECK ((length(party_name) <= 300)),
    CONSTRAINT remittance_bounded CHECK ((length(remittance) <= 3000))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.bank_line FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.bank_sighting (
    organisation_id uuid NOT NULL,
    told_id uuid NOT NULL,
    step integer NOT NULL,
    before text NOT NULL,
    state text NOT NULL,
    line_id uuid,
    line_step integer,
    reversal_id uuid,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT sighting_begins CHECK (((step > 1) OR (before = 'told'::text))),
    CONSTRAINT sighting_counts CHECK (((step >= 1) AND (step <= 10000))),
    CONSTRAINT sighting_is_on_a_line CHECK ((((line_id IS NULL) = ((before = 'told'::text) AND (state = 'reversed'::text))) AND ((line_id IS NULL) = (line_step IS NULL)))),
    CONSTRAINT sighting_moves CHECK (((((((((((before = 'told'::text) AND (state = 'seen'::text)) OR ((before = 'seen'::text) AND (state = 'told'::text))) OR ((before = 'told'::text) AND (state = 'reversed'::text))) OR ((before = 'told'::text) AND (state = 'returned'::text))) OR ((before = 'seen'::text) AND (state = 'over'::text))) OR ((before = 'reversed'::text) AND (state = 'returned'::text))) OR ((before = 'returned'::text) AND (state = 'reversed'::text))) OR ((before = 'returned'::text) AND (state = 'over'::text))) OR ((before = 'over'::text) AND (state = 'returned'::text)))),
    CONSTRAINT sighting_takes_back CHECK (((reversal_id IS NOT NULL) = ((((before = 'told'::text) AND (state = 'reversed'::text)) OR ((before = 'told'::text) AND (state = 'returned'::text))) OR ((before = 'seen'::text) AND (state = 'over'::text)))))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.bank_sighting FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.bank_statement (
    organisation_id uuid NOT NULL,
    statement_id uuid NOT NULL,
    bank_account_id uuid NOT NULL,
    currency text NOT NULL,
    file_id uuid NOT NULL,
    kind text NOT NULL,
    interim boolean GENERATED ALWAYS AS ((kind <> 'statement'::text)) STORED NOT NULL,
    step integer,
    carried_minor bigint NOT NULL,
    opening_minor bigint NOT NULL,
    closing_minor bigint NOT NULL,
    balances_told boolean NOT NULL,
    gap_reason text,
    name text NOT NULL,
    from_on date,
    until_on date NOT NULL,
    line_count integer NOT NULL,
    in_minor bigint NOT NULL,
    out_minor bigint NOT NULL,
    confirmed_in_minor bigint NOT NULL,
    confirmed_out_minor bigint NOT NULL,
    content_hash bytea NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    last_line integer GENERATED ALWAYS AS (NULLIF(line_count, 0)) STORED,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT bank_chain_begins_with_nothing CHECK (((COALESCE(step, 1) > 1) OR (carried_minor = 0))),
    CONSTRAINT bank_content_hash_is_sha256 CHECK ((octet_length(content_hash) = 32)),
    CONSTRAINT bank_gap_has_its_reason CHECK (((opening_minor = carried_minor) OR (COALESCE(step, 1) = 1) OR (gap_reason IS NOT NULL))),
    CONSTRAINT bank_gap_reason_bounded CHECK (((length(gap_reason) >= 1) AND (length(gap_reason) <= 500))),
    CONSTRAINT bank_statement_adds CHECK ((closing_minor = ((((opening_minor + in_minor) - out_minor) + confirmed_in_minor) - confirmed_out_minor))),
    CONSTRAINT bank_statement_days_in_order CHECK ((from_on <= until_on)),
    CONSTRAINT bank_statement_figures_bounded CHECK (((abs(opening_minor) <= '1000000000000000'::bigint) AND (abs(closing_minor) <= '1000000000000000'::bigint) AND ((in_minor >= 0) AND (in_minor <= '1000000000000000'::bigint)) AND ((out_minor >= 0) AND (out_minor <= '1000000000000000'::bigint)) AND ((confirmed_in_minor >= 0) AND (confirmed_in_minor <= '1000000000000000'::bigint)) AND ((confirmed_out_minor >= 0) AND (confirmed_out_minor <= '1000000000000000'::bigint)))),
    CONSTRAINT bank_statement_kind_known CHECK ((kind = ANY (ARRAY['statement'::text, 'report'::text, 'notification'::text]))),
    CONSTRAINT bank_statement_lines_bounded CHECK (((line_count >= 0) AND (line_count <= 200000))),
    CONSTRAINT bank_statement_name_bounded CHECK ((length(name) <= 100)),
    CONSTRAINT bank_statement_step_counts CHECK (((step >= 1) AND (step <= 10000000))),
    CONSTRAINT interim_has_no_balances CHECK (((step IS NOT NULL) OR ((opening_minor = 0) AND (confirmed_in_minor = 0) AND (confirmed_out_minor = 0)))),
    CONSTRAINT only_statements_of_a_day_chain CHECK (((step IS NULL) = (kind <> 'statement'::text)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.bank_statement FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.bank_step (
    organisation_id uuid NOT NULL,
    line_id uuid NOT NULL,
    step integer NOT NULL,
    kind text NOT NULL,
    size_minor bigint NOT NULL,
    incoming boolean NOT NULL,
    currency text NOT NULL,
    open_before bigint NOT NULL,
    open_after bigint NOT NULL,
    amount_minor bigint GENERATED ALWAYS AS (abs((open_before - open_after))) STORED NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    undoes integer,
    undoes_kind text,
    posting_id uuid NOT NULL,
    ordinal integer NOT NULL,
    strand uuid NOT NULL,
    debit_kind text NOT NULL,
    debit_holder text NOT NULL,
    credit_kind text NOT NULL,
    credit_holder text NOT NULL,
    customer_id uuid,
    payment_id uuid,
    reversal_id uuid,
    refund_id uuid,
    deposit_id uuid,
    arrival_step integer,
    payout_id uuid,
    payout_minor bigint,
    kept_minor bigint DEFAULT 0 NOT NULL,
    own_money uuid GENERATED ALWAYS AS (COALESCE(deposit_id, payout_id, '00000000-0000-0000-0000-000000000000'::uuid)) STORED NOT NULL,
    sight integer,
    sight_before integer GENERATED ALWAYS AS (NULLIF((sight - 1), 0)) STORED,
    shows uuid NOT NULL,
    told_id uuid GENERATED ALWAYS AS (NULLIF(shows, line_id)) STORED,
    rule text NOT NULL,
    reason text,
    note text,
    made_by text NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    kept_ordinal integer GENERATED ALWAYS AS (
CASE
    WHEN (kept_minor > 0) THEN (ordinal + 5000)
    ELSE NULL::integer
END) STORED,
    kept_debit_kind text GENERATED ALWAYS AS (
CASE kind
    WHEN 'undo'::text THEN 'card_clearing'::text
    ELSE 'other'::text
END) STORED NOT NULL,
    kept_debit_holder text GENERATED ALWAYS AS (
CASE kind
    WHEN 'undo'::text THEN ''::text
    ELSE 'bank_fees'::text
END) STORED NOT NULL,
    kept_credit_kind text GENERATED ALWAYS AS (
CASE kind
    WHEN 'undo'::text THEN 'other'::text
    ELSE 'card_clearing'::text
END) STORED NOT NULL,
    kept_credit_holder text GENERATED ALWAYS AS (
CASE kind
    WHEN 'undo'::text THEN 'bank_fees'::text
    ELSE ''::text
END) STORED NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT bank_keeps_a_fee CHECK (((kept_minor >= 0) AND (kept_minor <= '1000000000000000'::bigint))),
    CONSTRAINT bank_note_bounded CHECK (((length(note) >= 1) AND (length(note) <= 500))),
    CONSTRAINT bank_reason_known CHECK ((reason = ANY (ARRAY['payout'::text, 'bank_fees'::text, 'interest'::text, 'own_transfer'::text, 'supplier'::text, 'wages'::text, 'taxes'::text, 'loan'::text, 'told_before'::text, 'other'::text]))),
    CONSTRAINT bank_rule_known CHECK ((rule = ANY (ARRAY['told_before'::text, 'creditor_reference'::text, 'end_to_end_id'::text, 'invoice_number'::text, 'known_payer'::text, 'returned'::text, 'subset_sum'::text, 'name'::text, 'amount'::text, 'deposit_slip'::text, 'deposit_amount'::text, 'cheque_number'::text, 'cheque_amount'::text, 'payout_reference'::text, 'payout_amount'::text, 'hand'::text]))),
    CONSTRAINT bank_sight_counts CHECK (((sight >= 1) AND (sight <= 10000))),
    CONSTRAINT bank_step_begins_with_all_open CHECK (((step > 1) OR (open_before = size_minor))),
    CONSTRAINT bank_step_counts CHECK (((step >= 1) AND (step <= 10000))),
    CONSTRAINT bank_step_kind_known CHECK ((kind = ANY (ARRAY['payment'::text, 'told'::text, 'reversal'::text, 'told_reversal'::text, 'refund'::text, 'told_refund'::text, 'deposit'::text, 'payout'::text, 'other'::text, 'undo'::text]))),
    CONSTRAINT bank_step_maker_short CHECK ((length(made_by) <= 100)),
    CONSTRAINT bank_step_moves_its_way CHECK (
CASE kind
    WHEN 'undo'::text THEN (open_after > open_before)
    ELSE (open_after < open_before)
END),
    CONSTRAINT bank_step_says_what_it_is CHECK ((
CASE kind
    WHEN 'payment'::text THEN (incoming AND (payment_id IS NOT NULL) AND (posting_id = payment_id))
    WHEN 'told'::text THEN (incoming AND (payment_id IS NOT NULL))
    WHEN 'reversal'::text THEN ((NOT incoming) AND (payment_id IS NOT NULL) AND (reversal_id IS NOT NULL))
    WHEN 'told_reversal'::text THEN ((NOT incoming) AND (payment_id IS NOT NULL) AND (reversal_id IS NOT NULL))
    WHEN 'refund'::text THEN ((NOT incoming) AND (refund_id IS NOT NULL))
    WHEN 'told_refund'::text THEN ((NOT incoming) AND (refund_id IS NOT NULL))
    WHEN 'deposit'::text THEN (deposit_id IS NOT NULL)
    WHEN 'payout'::text THEN (payout_id IS NOT NULL)
    WHEN 'other'::text THEN ((reason IS NOT NULL) AND (payment_id IS NULL) AND (refund_id IS NULL))
    ELSE true
END IS TRUE)),
    CONSTRAINT bank_step_shows_what_it_names CHECK ((
CASE kind
    WHEN 'told'::text THEN (shows = payment_id)
    WHEN 'told_reversal'::text THEN (shows = payment_id)
    WHEN 'reversal'::text THEN (shows =
    CASE
        WHEN (posting_id = reversal_id) THEN line_id
        ELSE payment_id
    END)
    WHEN 'refund'::text THEN (shows = refund_id)
    WHEN 'told_refund'::text THEN (shows = refund_id)
    WHEN 'undo'::text THEN true
    ELSE (shows = line_id)
END IS TRUE)),
    CONSTRAINT bank_step_takes_from_what_waits CHECK (
CASE
    WHEN (incoming = (kind <> 'undo'::text)) THEN ((debit_kind = 'unmatched'::text) AND (debit_holder = ''::text))
    ELSE ((credit_kind = 'unmatched'::text) AND (credit_holder = ''::text))
END),
    CONSTRAINT bank_undo_names_its_step CHECK ((((kind = 'undo'::text) = (undoes IS NOT NULL)) AND ((undoes IS NULL) = (undoes_kind IS NULL)) AND (undoes < step) AND (undoes_kind <> 'undo'::text))),
    CONSTRAINT bank_undo_undoes_what_was_made CHECK ((
CASE
    WHEN (undoes_kind = 'payment'::text) THEN ((reversal_id IS NOT NULL) AND (posting_id = reversal_id))
    WHEN ((undoes_kind = 'reversal'::text) AND (shows = line_id)) THEN ((payment_id IS NOT NULL) AND (posting_id = payment_id))
    ELSE ((kind <> 'undo'::text) OR (reversal_id IS NULL))
END IS TRUE)),
    CONSTRAINT deposit_in_and_out_by_turns CHECK ((((deposit_id IS NULL) OR (incoming AND (((sight % 2) = 1) = (kind <> 'undo'::text)))) IS TRUE)),
    CONSTRAINT deposit_shown_in_the_bank CHECK (((kind <> 'deposit'::text) OR ((credit_kind = 'bank'::text) AND (credit_holder = ''::text)))),
    CONSTRAINT kept_of_a_payout_that_arrives CHECK ((((kept_minor = 0) OR (incoming AND (payout_id IS NOT NULL) AND (payout_minor > 0))) IS TRUE)),
    CONSTRAINT line_matched_within_its_amount CHECK ((((open_before >= 0) AND (open_before <= size_minor)) AND ((open_after >= 0) AND (open_after <= size_minor)))),
    CONSTRAINT own_money_is_sighted CHECK (((num_nonnulls(deposit_id, payout_id) = num_nonnulls(sight)) AND ((deposit_id IS NULL) = (arrival_step IS NULL)) AND ((payout_id IS NULL) = (payout_minor IS NULL)))),
    CONSTRAINT payout_in_and_out_by_turns CHECK ((((payout_id IS NULL) OR (((sight % 2) = 1) = ((incoming = (payout_minor > 0)) = (kind <> 'undo'::text)))) IS TRUE)),
    CONSTRAINT payout_moves_card_clearing CHECK (((kind <> 'payout'::text) OR (
CASE
    WHEN incoming THEN credit_kind
    ELSE debit_kind
END = 'card_clearing'::text))),
    CONSTRAINT payout_shown_whole CHECK ((((payout_id IS NULL) OR ((amount_minor + kept_minor) = abs(payout_minor))) IS TRUE))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.bank_step FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.bank_waiting (
    organisation_id uuid NOT NULL,
    line_id uuid NOT NULL,
    booked_on date NOT NULL,
    statement_id uuid NOT NULL,
    judged_at timestamp with time zone
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.bank_waiting FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.bank_waiting_for (
    organisation_id uuid NOT NULL,
    line_id uuid NOT NULL,
    customer_id uuid NOT NULL
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.bank_waiting_for FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.billed_work (
    organisation_id uuid NOT NULL,
    work_record_id uuid NOT NULL,
    use integer NOT NULL,
    invoice_id uuid NOT NULL,
    line_number integer NOT NULL,
    item_id uuid NOT NULL,
    line_ticks bigint NOT NULL,
    line_net bigint NOT NULL,
    previous_use integer GENERATED ALWAYS AS (NULLIF((use - 1), 0)) STORED,
    freed_invoice_id uuid,
    freed_line integer,
    freed_step integer,
    freed_ticks bigint,
    freed_net bigint,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT use_counts CHECK (((use >= 1) AND (use <= 1000))),
    CONSTRAINT work_freed_before_used_again CHECK ((num_nulls(freed_invoice_id, freed_line, freed_step, freed_ticks, freed_net) =
CASE
    WHEN (use = 1) THEN 5
    ELSE 0
END))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.billed_work FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.card_fee (
    organisation_id uuid NOT NULL,
    payment_id uuid NOT NULL,
    transaction_name text NOT NULL,
    currency text NOT NULL,
    fee_minor bigint NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT card_fee_bounded CHECK (((fee_minor >= '-1000000000000000'::bigint) AND (fee_minor <= '1000000000000000'::bigint))),
    CONSTRAINT card_fee_currency_iso CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT card_fee_name_short CHECK (((length(transaction_name) >= 1) AND (length(transaction_name) <= 255)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.card_fee FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.carried_balance (
    organisation_id uuid NOT NULL,
    number integer NOT NULL,
    kind text NOT NULL,
    holder text NOT NULL,
    currency text NOT NULL,
    opened_in integer NOT NULL,
    opening_minor bigint NOT NULL,
    debit_minor bigint NOT NULL,
    credit_minor bigint NOT NULL,
    closing_minor bigint NOT NULL,
    previous integer GENERATED ALWAYS AS (
CASE
    WHEN (opened_in < number) THEN (number - 1)
    ELSE NULL::integer
END) STORED,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT account_came_up_by_then CHECK (((opened_in >= 1) AND (opened_in <= number))),
    CONSTRAINT account_opens_with_nothing CHECK (((opened_in < number) OR (opening_minor = 0))),
    CONSTRAINT carried_balance_adds CHECK ((closing_minor = ((opening_minor + debit_minor) - credit_minor))),
    CONSTRAINT credits_in_range CHECK (((credit_minor >= 0) AND (credit_minor <= '1000000000000000000'::bigint))),
    CONSTRAINT debits_in_range CHECK (((debit_minor >= 0) AND (debit_minor <= '1000000000000000000'::bigint)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.carried_balance FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.carry_forward (
    organisation_id uuid NOT NULL,
    number integer NOT NULL,
    from_at timestamp with time zone NOT NULL,
    until_at timestamp with time zone NOT NULL,
    transfers bigint NOT NULL,
    content_hash bytea NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((number - 1), 0)) STORED,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT carried_transfers_in_range CHECK (((transfers >= 0) AND (transfers <= '1000000000000000'::bigint))),
    CONSTRAINT carried_when_over CHECK ((recorded_at >= (until_at + '01:00:00'::interval))),
    CONSTRAINT carry_begins_with_the_first CHECK (((number > 1) OR (from_at = '1970-01-01 00:00:00+00'::timestamp with time zone))),
    CONSTRAINT carry_counts CHECK (((number >= 1) AND (number <= 1000000))),
    CONSTRAINT carry_hash_is_sha256 CHECK ((length(content_hash) = 32)),
    CONSTRAINT carry_takes_time CHECK ((until_at > from_at))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.carry_forward FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.cash_acceptance (
    organisation_id uuid NOT NULL,
    hand_in_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    counted_minor bigint NOT NULL,
    currency text NOT NULL,
    into_holder text NOT NULL,
    accepted_by uuid NOT NULL,
    accepted_minor bigint NOT NULL,
    count_number integer NOT NULL,
    reason text,
    note text,
    accepted_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    missing_minor bigint GENERATED ALWAYS AS ((counted_minor - accepted_minor)) STORED NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT cash_accepted_by_somebody_else CHECK ((accepted_by <> staff_id)),
    CONSTRAINT cash_accepted_by_whom_it_is_for CHECK (((into_holder = ''::text) OR ((accepted_by)::text = into_holder))),
    CONSTRAINT difference_has_its_reason CHECK (((accepted_minor = counted_minor) = (reason IS NULL))),
    CONSTRAINT difference_note_bounded CHECK (((length(note) >= 1) AND (length(note) <= 500))),
    CONSTRAINT difference_reason_known CHECK ((reason = ANY (ARRAY['short'::text, 'over'::text, 'counterfeit'::text, 'miscounted'::text, 'stolen'::text, 'other'::text]))),
    CONSTRAINT other_reason_is_told CHECK (((reason IS DISTINCT FROM 'other'::text) OR (note IS NOT NULL))),
    CONSTRAINT reason_fits_its_difference CHECK ((
CASE
    WHEN (reason = ANY (ARRAY['short'::text, 'counterfeit'::text, 'stolen'::text])) THEN (accepted_minor < counted_minor)
    WHEN (reason = 'over'::text) THEN (accepted_minor > counted_minor)
    ELSE true
END IS TRUE))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.cash_acceptance FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.cash_arrival (
    organisation_id uuid NOT NULL,
    deposit_id uuid NOT NULL,
    step integer NOT NULL,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    banked_by uuid NOT NULL,
    arrival_id uuid NOT NULL,
    undoes uuid,
    bank_reference text,
    line_id uuid,
    arrived_minor bigint NOT NULL,
    reason text,
    note text,
    confirmed_by text NOT NULL,
    arrived_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    arrives boolean GENERATED ALWAYS AS (((step % 2) = 1)) STORED NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    takes_back integer GENERATED ALWAYS AS (
CASE
    WHEN ((step % 2) = 0) THEN (step - 1)
    ELSE NULL::integer
END) STORED,
    missing_minor bigint GENERATED ALWAYS AS ((amount_minor - arrived_minor)) STORED NOT NULL,
    taken_back uuid GENERATED ALWAYS AS (
CASE
    WHEN (((step % 2) = 0) AND (amount_minor <> arrived_minor)) THEN undoes
    ELSE NULL::uuid
END) STORED,
    settled_step integer GENERATED ALWAYS AS (1) STORED NOT NULL,
    settled_how text GENERATED ALWAYS AS ('taken_back'::text) STORED NOT NULL,
    whole_ordinal integer GENERATED ALWAYS AS (
CASE
    WHEN (LEAST(amount_minor, arrived_minor) > 0) THEN 1
    ELSE NULL::integer
END) STORED,
    whole_minor bigint GENERATED ALWAYS AS (LEAST(amount_minor, arrived_minor)) STORED NOT NULL,
    whole_debit_kind text GENERATED ALWAYS AS (
CASE
    WHEN ((step % 2) = 1) THEN 'bank'::text
    ELSE 'cash_in_transit'::text
END) STORED NOT NULL,
    whole_debit_holder text GENERATED ALWAYS AS (
CASE
    WHEN ((step % 2) = 1) THEN ''::text
    ELSE 'bank'::text
END) STORED NOT NULL,
    whole_credit_kind text GENERATED ALWAYS AS (
CASE
    WHEN ((step % 2) = 1) THEN 'cash_in_transit'::text
    ELSE 'bank'::text
END) STORED NOT NULL,
    whole_credit_holder text GENERATED ALWAYS AS (
CASE
    WHEN ((step % 2) = 1) THEN 'bank'::text
    ELSE ''::text
END) STORED NOT NULL,
    differs_ordinal integer GENERATED ALWAYS AS (
CASE
    WHEN (amount_minor <> arrived_minor) THEN 2
    ELSE NULL::integer
END) STORED,
    differs_minor bigint GENERATED ALWAYS AS (abs((amount_minor - arrived_minor))) STORED NOT NULL,
    differs_debit_kind text GENERATED ALWAYS AS (
CASE
    WHEN ((arrived_minor < amount_minor) = ((step % 2) = 1)) THEN 'cash_difference'::text
    WHEN ((step % 2) = 1) THEN 'bank'::text
    ELSE 'cash_in_transit'::text
END) STORED NOT NULL,
    differs_debit_holder text GENERATED ALWAYS AS (
CASE
    WHEN ((arrived_minor < amount_minor) = ((step % 2) = 1)) THEN (banked_by)::text
    WHEN ((step % 2) = 1) THEN ''::text
    ELSE 'bank'::text
END) STORED NOT NULL,
    differs_credit_kind text GENERATED ALWAYS AS (
CASE
    WHEN ((arrived_minor < amount_minor) <> ((step % 2) = 1)) THEN 'cash_difference'::text
    WHEN ((step % 2) = 1) THEN 'cash_in_transit'::text
    ELSE 'bank'::text
END) STORED NOT NULL,
    differs_credit_holder text GENERATED ALWAYS AS (
CASE
    WHEN ((arrived_minor < amount_minor) <> ((step % 2) = 1)) THEN (banked_by)::text
    WHEN ((step % 2) = 1) THEN 'bank'::text
    ELSE ''::text
END) STORED NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT arrival_confirmer_short CHECK ((length(confirmed_by) <= 100)),
    CONSTRAINT arrival_difference_has_its_reason CHECK ((((arrived_minor = amount_minor) = (reason IS NULL)) OR (NOT arrives))),
    CONSTRAINT arrival_is_money CHECK (((arrived_minor >= 0) AND (arrived_minor <= '1000000000000000'::bigint))),
    CONSTRAINT arrival_note_bounded CHECK (((length(note) >= 1) AND (length(note) <= 500))),
    CONSTRAINT arrival_other_reason_is_told CHECK (((reason IS DISTINCT FROM 'other'::text) OR (note IS NOT NULL))),
    CONSTRAINT arrival_reason_fits CHECK ((
CASE
    WHEN (reason = ANY (ARRAY['short'::text, 'counterfeit'::text, 'stolen'::text])) THEN (arrived_minor < amount_minor)
    WHEN (reason = 'over'::text) THEN (arrived_minor > amount_minor)
    ELSE true
END IS TRUE)),
    CONSTRAINT arrival_reason_known CHECK ((reason = ANY (ARRAY['short'::text, 'over'::text, 'counterfeit'::text, 'miscounted'::text, 'stolen'::text, 'other'::text]))),
    CONSTRAINT arrival_reference_short CHECK (((length(bank_reference) >= 1) AND (length(bank_reference) <= 140))),
    CONSTRAINT arrival_step_counts CHECK (((step >= 1) AND (step <= 10000))),
    CONSTRAINT arrival_told_or_shown CHECK ((((bank_reference IS NULL) <> (line_id IS NULL)) AND (arrives OR (line_id IS NOT NULL)))),
    CONSTRAINT arrival_undoes_another CHECK ((arrives = (undoes IS NULL)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.cash_arrival FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.cash_banked (
    organisation_id uuid NOT NULL,
    hand_in_id uuid NOT NULL,
    step integer NOT NULL,
    deposit_id uuid NOT NULL,
    "position" integer NOT NULL,
    accepted_minor bigint NOT NULL,
    currency text NOT NULL,
    into_holder text GENERATED ALWAYS AS (''::text) STORED NOT NULL,
    banked_before bigint NOT NULL,
    banked_after bigint NOT NULL,
    total_before bigint NOT NULL,
    total_after bigint NOT NULL,
    amount_minor bigint GENERATED ALWAYS AS ((banked_after - banked_before)) STORED NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    position_before integer GENERATED ALWAYS AS (NULLIF(("position" - 1), 0)) STORED,
    debit_kind text GENERATED ALWAYS AS ('cash_in_transit'::text) STORED NOT NULL,
    debit_holder text GENERATED ALWAYS AS ('bank'::text) STORED NOT NULL,
    credit_kind text GENERATED ALWAYS AS ('cash_office'::text) STORED NOT NULL,
    credit_holder text GENERATED ALWAYS AS (''::text) STORED NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT banked_adds CHECK ((total_after = ((total_before + banked_after) - banked_before))),
    CONSTRAINT banked_begins_with_nothing CHECK ((((step > 1) OR (banked_before = 0)) AND (("position" > 1) OR (total_before = 0)))),
    CONSTRAINT banked_position_counts CHECK ((("position" >= 1) AND ("position" <= 200))),
    CONSTRAINT banked_step_counts CHECK (((step >= 1) AND (step <= 1000))),
    CONSTRAINT banked_within_accepted CHECK (((banked_before >= 0) AND (banked_after > banked_before) AND (banked_after <= accepted_minor)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.cash_banked FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.cash_count (
    organisation_id uuid NOT NULL,
    hand_in_id uuid NOT NULL,
    counted_by uuid NOT NULL,
    number integer NOT NULL,
    counted_minor bigint NOT NULL,
    pieces jsonb,
    counted_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((number - 1), 0)) STORED,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT cash_count_is_money CHECK (((counted_minor >= 0) AND (counted_minor <= '1000000000000000'::bigint))),
    CONSTRAINT count_pieces_add_up CHECK ((((pieces IS NULL) OR (billing.sum_of_pieces(pieces) = counted_minor)) IS TRUE)),
    CONSTRAINT count_pieces_small CHECK ((length((pieces)::text) <= 2000)),
    CONSTRAINT counted_a_few_times CHECK (((number >= 1) AND (number <= 5)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.cash_count FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.cash_custody (
    organisation_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    currency text NOT NULL,
    step integer NOT NULL,
    strand uuid NOT NULL,
    version integer NOT NULL,
    side text NOT NULL,
    amount_minor bigint NOT NULL,
    held_before bigint NOT NULL,
    held_after bigint NOT NULL,
    account_kind text GENERATED ALWAYS AS ('cash_on_agent'::text) STORED NOT NULL,
    holder text GENERATED ALWAYS AS ((staff_id)::text) STORED NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    must_follow integer GENERATED ALWAYS AS (
CASE
    WHEN (held_after < 0) THEN (step + 1)
    ELSE NULL::integer
END) STORED,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT custody_adds CHECK ((held_after = (held_before +
CASE side
    WHEN 'debit'::text THEN amount_minor
    ELSE (- amount_minor)
END))),
    CONSTRAINT custody_begins_with_nothing CHECK (((step > 1) OR (held_before = 0))),
    CONSTRAINT custody_step_counts CHECK (((step >= 1) AND (step <= 2000000000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.cash_custody FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.cash_deposit (
    organisation_id uuid NOT NULL,
    deposit_id uuid NOT NULL,
    slip text NOT NULL,
    bank_account text NOT NULL,
    positions integer NOT NULL,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    banked_by uuid NOT NULL,
    banked_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    slip_key text GENERATED ALWAYS AS (upper(regexp_replace(slip, '[^0-9A-Za-z]'::text, ''::text, 'g'::text))) STORED NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT deposit_bank_account_short CHECK (((length(bank_account) >= 1) AND (length(bank_account) <= 60))),
    CONSTRAINT deposit_slip_short CHECK (((length(slip) >= 1) AND (length(slip) <= 60)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.cash_deposit FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.cash_hand_in (
    organisation_id uuid NOT NULL,
    hand_in_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    to_staff_id uuid,
    counted_minor bigint NOT NULL,
    currency text NOT NULL,
    pieces jsonb,
    handed_in_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    ordinal integer GENERATED ALWAYS AS (1) STORED NOT NULL,
    debit_kind text GENERATED ALWAYS AS ('cash_in_transit'::text) STORED NOT NULL,
    debit_holder text GENERATED ALWAYS AS (''::text) STORED NOT NULL,
    credit_kind text GENERATED ALWAYS AS ('cash_on_agent'::text) STORED NOT NULL,
    credit_holder text GENERATED ALWAYS AS ((staff_id)::text) STORED NOT NULL,
    into_kind text GENERATED ALWAYS AS (
CASE
    WHEN (to_staff_id IS NULL) THEN 'cash_office'::text
    ELSE 'cash_on_agent'::text
END) STORED NOT NULL,
    into_holder text GENERATED ALWAYS AS (COALESCE((to_staff_id)::text, ''::text)) STORED NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT hand_in_pieces_add_up CHECK ((((pieces IS NULL) OR (billing.sum_of_pieces(pieces) = counted_minor)) IS TRUE)),
    CONSTRAINT hand_in_pieces_small CHECK ((length((pieces)::text) <= 2000)),
    CONSTRAINT handed_over_to_somebody_else CHECK ((to_staff_id <> staff_id))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.cash_hand_in FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.cash_limit (
    organisation_id uuid NOT NULL,
    staff_id uuid,
    holder text GENERATED ALWAYS AS (COALESCE((staff_id)::text, ''::text)) STORED NOT NULL,
    currency text NOT NULL,
    version integer NOT NULL,
    limit_minor bigint,
    set_by text NOT NULL,
    set_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((version - 1), 0)) STORED,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT cash_limit_currency_iso CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT cash_limit_is_money CHECK (((limit_minor >= 0) AND (limit_minor <= '1000000000000000'::bigint))),
    CONSTRAINT cash_limit_setter_short CHECK ((length(set_by) <= 100)),
    CONSTRAINT cash_limit_version_counts CHECK (((version >= 1) AND (version <= 1000000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.cash_limit FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.cash_settlement (
    organisation_id uuid NOT NULL,
    hand_in_id uuid,
    arrival_id uuid,
    step integer NOT NULL,
    settlement_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    currency text NOT NULL,
    accepted_by uuid,
    confirmed_by text,
    missing_minor bigint NOT NULL,
    how text NOT NULL,
    undoes uuid,
    undoes_how text,
    open_before bigint NOT NULL,
    open_after bigint NOT NULL,
    note text NOT NULL,
    settled_by uuid,
    settled_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    amount_minor bigint GENERATED ALWAYS AS (abs((open_before - open_after))) STORED NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    difference_id uuid GENERATED ALWAYS AS (COALESCE(hand_in_id, arrival_id)) STORED NOT NULL,
    arrives boolean GENERATED ALWAYS AS (true) STORED NOT NULL,
    taken_back uuid GENERATED ALWAYS AS (
CASE
    WHEN (how = 'taken_back'::text) THEN arrival_id
    ELSE NULL::uuid
END) STORED,
    ordinal integer GENERATED ALWAYS AS (
CASE
    WHEN (how <> 'taken_back'::text) THEN 1
    ELSE NULL::integer
END) STORED,
    undone_minor bigint GENERATED ALWAYS AS (
CASE
    WHEN (undoes IS NOT NULL) THEN abs((open_before - open_after))
    ELSE NULL::bigint
END) STORED,
    debit_kind text GENERATED ALWAYS AS (
CASE
    WHEN ((missing_minor < 0) = (undoes IS NULL)) THEN 'cash_difference'::text
    ELSE billing.settled_into(COALESCE(undoes_how, how))
END) STORED NOT NULL,
    debit_holder text GENERATED ALWAYS AS (
CASE
    WHEN (((missing_minor < 0) = (undoes IS NULL)) OR (COALESCE(undoes_how, how) = 'charged'::text)) THEN (staff_id)::text
    ELSE ''::text
END) STORED NOT NULL,
    credit_kind text GENERATED ALWAYS AS (
CASE
    WHEN ((missing_minor > 0) = (undoes IS NULL)) THEN 'cash_difference'::text
    ELSE billing.settled_into(COALESCE(undoes_how, how))
END) STORED NOT NULL,
    credit_holder text GENERATED ALWAYS AS (
CASE
    WHEN (((missing_minor > 0) = (undoes IS NULL)) OR (COALESCE(undoes_how, how) = 'charged'::text)) THEN (staff_id)::text
    ELSE ''::text
END) STORED NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT only_an_arrival_is_taken_back CHECK (((how <> 'taken_back'::text) OR ((arrival_id IS NOT NULL) AND (step = 1) AND (open_after = 0)))),
    CONSTRAINT settled_as_its_kind_allows CHECK (
CASE
    WHEN (missing_minor > 0) THEN (how <> 'given_back'::text)
    ELSE (how = ANY (ARRAY['written_off'::text, 'given_back'::text, 'taken_back'::text, 'undone'::text]))
END),
    CONSTRAINT settled_by_a_person CHECK (((settled_by IS NULL) = (how = 'taken_back'::text))),
    CONSTRAINT settled_by_somebody_else CHECK (((settled_by <> staff_id) AND (settled_by <> accepted_by) AND (('staff:'::text || settled_by) <> confirmed_by))),
    CONSTRAINT settled_within_difference CHECK ((
CASE
    WHEN (missing_minor > 0) THEN (((open_after >= 0) AND (open_after <= missing_minor)) AND ((open_after < open_before) = (how <> 'undone'::text)))
    ELSE (((open_after >= missing_minor) AND (open_after <= 0)) AND ((open_after > open_before) = (how <> 'undone'::text)))
END AND (open_after <> open_before))),
    CONSTRAINT settlement_begins_with_all_missing CHECK (((step > 1) OR (open_before = missing_minor))),
    CONSTRAINT settlement_note_bounded CHECK (((length(note) >= 1) AND (length(note) <= 500))),
    CONSTRAINT settlement_of_one_difference CHECK (((num_nonnulls(hand_in_id, arrival_id) = 1) AND (num_nonnulls(hand_in_id, accepted_by) <> 1) AND (num_nonnulls(arrival_id, confirmed_by) <> 1))),
    CONSTRAINT settlement_step_counts CHECK (((step >= 1) AND (step <= 1000))),
    CONSTRAINT settlement_way_known CHECK ((how = ANY (ARRAY['charged'::text, 'written_off'::text, 'turned_up'::text, 'given_back'::text, 'taken_back'::text, 'undone'::text]))),
    CONSTRAINT undoing_names_what_it_undoes CHECK (((((how = 'undone'::text) = (undoes IS NOT NULL)) AND ((undoes IS NULL) = (undoes_how IS NULL)) AND (COALESCE(undoes_how, ''::text) <> ALL (ARRAY['undone'::text, 'taken_back'::text]))) IS TRUE))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.cash_settlement FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.charge (
    organisation_id uuid NOT NULL,
    attempt_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    consent_id uuid NOT NULL,
    method_id uuid NOT NULL,
    turn integer NOT NULL,
    ordinal integer NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((ordinal - 1), 0)) STORED,
    after text GENERATED ALWAYS AS (
CASE
    WHEN (ordinal > 1) THEN 'again'::text
    ELSE NULL::text
END) STORED,
    amount_minor bigint NOT NULL,
    noticed_minor bigint NOT NULL,
    charge_on date NOT NULL,
    zone text NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT charge_counts CHECK (((ordinal >= 1) AND (ordinal <= 5))),
    CONSTRAINT charged_no_more_than_told CHECK (((amount_minor >= 1) AND (amount_minor <= noticed_minor))),
    CONSTRAINT charged_not_too_soon CHECK ((((begun_at AT TIME ZONE zone))::date >= charge_on))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.charge FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.charge_consent (
    organisation_id uuid NOT NULL,
    consent_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    livemode boolean NOT NULL,
    text_version integer NOT NULL,
    language text NOT NULL,
    wording text NOT NULL,
    notice_days integer NOT NULL,
    given_by text NOT NULL,
    given_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT consent_by_the_customers_link CHECK (((given_by ~~ 'customer_link:%'::text) AND (length(given_by) <= 100))),
    CONSTRAINT consent_language_is_a_word CHECK ((language ~ '^[a-z]{2}$'::text)),
    CONSTRAINT consent_notice_days_are_bounded CHECK (((notice_days >= 1) AND (notice_days <= 30))),
    CONSTRAINT consent_text_counts CHECK (((text_version >= 1) AND (text_version <= 1000))),
    CONSTRAINT consent_wording_has_a_length CHECK (((length(wording) >= 20) AND (length(wording) <= 4000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.charge_consent FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.charge_failure (
    organisation_id uuid NOT NULL,
    attempt_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    consent_id uuid NOT NULL,
    turn integer NOT NULL,
    ordinal integer NOT NULL,
    verdict text NOT NULL,
    code text NOT NULL,
    advice text,
    failed_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT charge_advice_is_short CHECK ((advice ~ '^[a-z_]{1,60}$'::text)),
    CONSTRAINT charge_code_is_short CHECK ((code ~ '^[a-z_0-9]{1,60}$'::text)),
    CONSTRAINT charge_verdict_is_known CHECK ((verdict = ANY (ARRAY['again'::text, 'ask_customer'::text, 'never'::text])))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.charge_failure FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.charge_notice (
    organisation_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    currency text NOT NULL,
    consent_id uuid NOT NULL,
    notice_days integer NOT NULL,
    turn integer NOT NULL,
    turn_before integer GENERATED ALWAYS AS (NULLIF((turn - 1), 0)) STORED,
    agreement text,
    begun_anew_by text,
    amount_minor bigint NOT NULL,
    zone text NOT NULL,
    notified_at timestamp with time zone NOT NULL,
    charge_on date NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT begun_anew_by_agreement CHECK ((((turn > 1) = (agreement IS NOT NULL)) AND ((turn > 1) = (begun_anew_by IS NOT NULL)))),
    CONSTRAINT charge_agreement_has_a_length CHECK (((length(agreement) >= 10) AND (length(agreement) <= 500))),
    CONSTRAINT charge_begun_anew_by_short CHECK ((length(begun_anew_by) <= 100)),
    CONSTRAINT charge_notice_is_money CHECK (((amount_minor >= 1) AND (amount_minor <= '1000000000000000'::bigint))),
    CONSTRAINT charge_notice_zone_has_a_length CHECK (((length(zone) >= 1) AND (length(zone) <= 60))),
    CONSTRAINT charge_turn_counts CHECK (((turn >= 1) AND (turn <= 100))),
    CONSTRAINT told_as_long_before_as_agreed CHECK ((charge_on >= (((notified_at AT TIME ZONE zone))::date + notice_days)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.charge_notice FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.charge_policy (
    organisation_id uuid NOT NULL,
    version integer NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((version - 1), 0)) STORED,
    notice_days integer NOT NULL,
    retry_days integer[] NOT NULL,
    keeps_quiet_hours boolean NOT NULL,
    set_by text NOT NULL,
    set_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT charge_notice_days_are_bounded CHECK (((notice_days >= 1) AND (notice_days <= 30))),
    CONSTRAINT charge_policy_counts CHECK (((version >= 1) AND (version <= 100000))),
    CONSTRAINT charge_policy_setter_short CHECK ((length(set_by) <= 100)),
    CONSTRAINT charge_retries_are_few CHECK (((cardinality(retry_days) <= 4) AND (retry_days <@ ARRAY[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14])))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.charge_policy FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.cheque (
    organisation_id uuid NOT NULL,
    payment_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    currency text NOT NULL,
    amount_minor bigint NOT NULL,
    number text NOT NULL,
    bank text NOT NULL,
    dated_on date NOT NULL,
    nth integer NOT NULL,
    beside uuid,
    instead_of uuid,
    again_after text,
    number_key text GENERATED ALWAYS AS (upper(regexp_replace(number, '[ -]'::text, ''::text, 'g'::text))) STORED NOT NULL,
    bank_key text GENERATED ALWAYS AS (upper(regexp_replace(bank, '\s'::text, ''::text, 'g'::text))) STORED NOT NULL,
    nth_before integer GENERATED ALWAYS AS (NULLIF((nth - 1), 0)) STORED,
    same_amount bigint GENERATED ALWAYS AS (
CASE
    WHEN (again_after <> ALL (ARRAY['mistyped'::text, 'other'::text])) THEN amount_minor
    ELSE NULL::bigint
END) STORED,
    source_kind text GENERATED ALWAYS AS ('cheques'::text) STORED NOT NULL,
    source_holder text GENERATED ALWAYS AS (''::text) STORED NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT cheque_again_names_the_one_before CHECK ((num_nulls(instead_of, again_after) =
CASE nth
    WHEN 1 THEN 2
    ELSE 0
END)),
    CONSTRAINT cheque_bank_readable CHECK ((((length(bank) >= 1) AND (length(bank) <= 100)) AND (bank ~ '[^[:space:]]'::text))),
    CONSTRAINT cheque_date_in_range CHECK (((dated_on >= '2000-01-01'::date) AND (dated_on <= '2199-12-31'::date))),
    CONSTRAINT cheque_number_readable CHECK (((number ~ '^[0-9A-Za-z -]{1,40}$'::text) AND (number ~ '[0-9A-Za-z]'::text))),
    CONSTRAINT cheque_time_counts CHECK (((nth >= 1) AND (nth <= 10000))),
    CONSTRAINT told_anew_it_is_the_same CHECK (((beside IS NULL) OR (nth = 1)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.cheque FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.cheque_on_its_way (
    organisation_id uuid NOT NULL,
    payment_id uuid NOT NULL
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.cheque_on_its_way FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.cheque_step (
    organisation_id uuid NOT NULL,
    payment_id uuid NOT NULL,
    step integer NOT NULL,
    before text NOT NULL,
    state text NOT NULL,
    customer_id uuid NOT NULL,
    currency text NOT NULL,
    amount_minor bigint NOT NULL,
    posting_id uuid NOT NULL,
    bank_reference text,
    line_id uuid,
    told_by text NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    ordinal integer GENERATED ALWAYS AS (
CASE
    WHEN (state <> ALL (ARRAY['bounced'::text, 'taken_back'::text])) THEN 1
    ELSE NULL::integer
END) STORED,
    reversal_id uuid GENERATED ALWAYS AS (
CASE
    WHEN (state = ANY (ARRAY['bounced'::text, 'taken_back'::text])) THEN posting_id
    ELSE NULL::uuid
END) STORED,
    debit_kind text GENERATED ALWAYS AS (
CASE state
    WHEN 'cleared'::text THEN 'bank'::text
    ELSE 'cheques'::text
END) STORED NOT NULL,
    credit_kind text GENERATED ALWAYS AS (
CASE state
    WHEN 'cleared'::text THEN 'cheques'::text
    ELSE 'bank'::text
END) STORED NOT NULL,
    nobody text GENERATED ALWAYS AS (''::text) STORED NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT cheque_begins_on_its_way CHECK (((step > 1) OR (before = 'on_its_way'::text))),
    CONSTRAINT cheque_moves CHECK ((((((before = 'on_its_way'::text) AND (state = 'cleared'::text)) OR ((before = 'cleared'::text) AND (state = 'on_its_way'::text))) OR ((before = 'on_its_way'::text) AND (state = 'bounced'::text))) OR ((before = 'on_its_way'::text) AND (state = 'taken_back'::text)))),
    CONSTRAINT cheque_step_counts CHECK (((step >= 1) AND (step <= 10000))),
    CONSTRAINT cheque_teller_short CHECK ((length(told_by) <= 100)),
    CONSTRAINT clearing_is_told_by_one CHECK (
CASE state
    WHEN 'cleared'::text THEN (num_nonnulls(bank_reference, line_id) = 1)
    ELSE (bank_reference IS NULL)
END),
    CONSTRAINT clearing_reference_short CHECK (((length(bank_reference) >= 1) AND (length(bank_reference) <= 140)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.cheque_step FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.claim (
    organisation_id uuid NOT NULL,
    claim_id uuid NOT NULL,
    payment_id uuid NOT NULL,
    dispute_id uuid,
    reversal_ref uuid GENERATED ALWAYS AS (
CASE
    WHEN (dispute_id IS NULL) THEN claim_id
    ELSE NULL::uuid
END) STORED,
    customer_id uuid NOT NULL,
    currency text NOT NULL,
    amount_minor bigint NOT NULL,
    ordinal integer NOT NULL,
    debit_kind text GENERATED ALWAYS AS ('receivable'::text) STORED NOT NULL,
    credit_kind text GENERATED ALWAYS AS ('customer_credit'::text) STORED NOT NULL,
    holder text GENERATED ALWAYS AS ((customer_id)::text) STORED NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.claim FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.claim_reminder (
    organisation_id uuid NOT NULL,
    claim_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    currency text NOT NULL,
    total_minor bigint NOT NULL,
    ordinal integer NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((ordinal - 1), 0)) STORED,
    kind text NOT NULL,
    policy_version integer NOT NULL,
    policy_ref integer GENERATED ALWAYS AS (NULLIF(policy_version, 0)) STORED,
    base_on date NOT NULL,
    previous_on date NOT NULL,
    days_before integer NOT NULL,
    days_after integer NOT NULL,
    policy_days integer GENERATED ALWAYS AS (
CASE
    WHEN (kind <> 'tell'::text) THEN days_after
    ELSE NULL::integer
END) STORED,
    zone text NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    taken_on date GENERATED ALWAYS AS (((taken_at AT TIME ZONE zone))::date) STORED NOT NULL,
    claim_step integer NOT NULL,
    open_minor bigint NOT NULL,
    open_ref integer GENERATED ALWAYS AS (NULLIF(claim_step, 0)) STORED,
    taken_by text NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT claim_dunned_as_the_shipped_policy_says CHECK (((policy_version > 0) OR (kind = 'tell'::text) OR ((((days_after = 3) AND (kind = 'remind'::text)) OR ((days_after = 10) AND (kind = 'remind'::text))) OR ((days_after = 14) AND (kind = 'call'::text))))),
    CONSTRAINT claim_dunned_for_something CHECK (((open_minor > 0) AND ((claim_step > 0) OR (open_minor = total_minor)))),
    CONSTRAINT claim_dunned_not_ahead_of_time CHECK ((taken_at <= (recorded_at + '00:05:00'::interval))),
    CONSTRAINT claim_dunned_not_too_soon CHECK (((kind = 'tell'::text) OR ((((taken_at AT TIME ZONE zone))::date >= (base_on + days_after)) AND ((((taken_at AT TIME ZONE zone))::date - previous_on) >= (days_after - days_before))))),
    CONSTRAINT claim_dunning_goes_on CHECK (((kind = 'tell'::text) OR (days_after > days_before))),
    CONSTRAINT claim_policy_in_range CHECK (((policy_version >= 0) AND (policy_version <= 100000))),
    CONSTRAINT claim_reminder_counts CHECK (((ordinal >= 1) AND (ordinal <= 1000))),
    CONSTRAINT claim_reminder_is_known CHECK ((kind = ANY (ARRAY['tell'::text, 'remind'::text, 'call'::text]))),
    CONSTRAINT claim_reminder_short CHECK ((length(taken_by) <= 100)),
    CONSTRAINT claim_told_first CHECK ((((kind = 'tell'::text) = (ordinal = 1)) AND ((kind <> 'tell'::text) OR ((days_after = 0) AND (days_before = 0))))),
    CONSTRAINT claim_zone_has_a_length CHECK (((length(zone) >= 1) AND (length(zone) <= 60)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.claim_reminder FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.claim_step (
    organisation_id uuid NOT NULL,
    claim_id uuid NOT NULL,
    step integer NOT NULL,
    posting_id uuid NOT NULL,
    ordinal integer NOT NULL,
    customer_id uuid NOT NULL,
    currency text NOT NULL,
    total_minor bigint NOT NULL,
    open_before bigint NOT NULL,
    open_after bigint NOT NULL,
    amount_minor bigint GENERATED ALWAYS AS ((open_before - open_after)) STORED NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    debit_kind text GENERATED ALWAYS AS ('customer_credit'::text) STORED NOT NULL,
    credit_kind text GENERATED ALWAYS AS ('receivable'::text) STORED NOT NULL,
    holder text GENERATED ALWAYS AS ((customer_id)::text) STORED NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT claim_begins_with_all_open CHECK (((step > 1) OR (open_before = total_minor))),
    CONSTRAINT claim_paid_within_its_amount CHECK (((open_after >= 0) AND (open_after < open_before))),
    CONSTRAINT claim_step_counts CHECK (((step >= 1) AND (step <= 1000000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.claim_step FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.collection_attempt (
    organisation_id uuid NOT NULL,
    attempt_id uuid NOT NULL,
    invoice_id uuid,
    claim_id uuid,
    customer_id uuid NOT NULL,
    currency text NOT NULL,
    amount_minor bigint NOT NULL,
    livemode boolean NOT NULL,
    state text NOT NULL,
    provider_intent_id text,
    way text DEFAULT 'online'::text NOT NULL,
    provider_session_id text,
    begun_by text NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    CONSTRAINT attempt_amount_is_money CHECK (((amount_minor >= 1) AND (amount_minor <= '1000000000000000'::bigint))),
    CONSTRAINT attempt_begun_by_short CHECK ((length(begun_by) <= 100)),
    CONSTRAINT attempt_collects_one_thing CHECK ((num_nonnulls(invoice_id, claim_id) = 1)),
    CONSTRAINT attempt_intent_short CHECK (((length(provider_intent_id) >= 1) AND (length(provider_intent_id) <= 255))),
    CONSTRAINT attempt_knows_its_intent CHECK (((state = ANY (ARRAY['begun'::text, 'closed'::text])) OR (provider_intent_id IS NOT NULL) OR ((state <> 'succeeded'::text) AND (provider_session_id IS NOT NULL)))),
    CONSTRAINT attempt_session_is_of_checkout CHECK (((provider_session_id IS NULL) OR (way = 'checkout'::text))),
    CONSTRAINT attempt_session_short CHECK (((length(provider_session_id) >= 1) AND (length(provider_session_id) <= 255))),
    CONSTRAINT attempt_state_known CHECK ((state = ANY (ARRAY['begun'::text, 'open'::text, 'processing'::text, 'closed'::text, 'succeeded'::text]))),
    CONSTRAINT attempt_way_known CHECK ((way = ANY (ARRAY['online'::text, 'terminal'::text, 'checkout'::text, 'saved'::text])))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.collection_attempt FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.credit_line (
    organisation_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    line_number integer NOT NULL,
    step integer NOT NULL,
    credit_note_id uuid NOT NULL,
    item_id uuid NOT NULL,
    line_ticks bigint NOT NULL,
    line_net bigint NOT NULL,
    ticks_before bigint NOT NULL,
    ticks_after bigint NOT NULL,
    net_before bigint NOT NULL,
    net_after bigint NOT NULL,
    ticks bigint GENERATED ALWAYS AS ((ticks_after - ticks_before)) STORED NOT NULL,
    net_minor bigint GENERATED ALWAYS AS ((net_after - net_before)) STORED NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT capacity_freed_with_its_money CHECK ((((((2)::numeric * (net_after)::numeric) + (1)::numeric) * (line_ticks)::numeric) >= (((2)::numeric * (line_net)::numeric) * (ticks_after)::numeric))),
    CONSTRAINT credit_begins CHECK (((step > 1) OR ((ticks_before = 0) AND (net_before = 0)))),
    CONSTRAINT credit_moves CHECK (((ticks_after >= ticks_before) AND (net_after >= net_before) AND ((ticks_after <> ticks_before) OR (net_after <> net_before)))),
    CONSTRAINT credit_step_counts CHECK (((step >= 1) AND (step <= 100000))),
    CONSTRAINT credit_within_line CHECK (((ticks_after <= line_ticks) AND (net_after <= line_net) AND (ticks_before >= 0) AND (net_before >= 0)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.credit_line FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.credit_note (
    organisation_id uuid NOT NULL,
    credit_note_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    currency text NOT NULL,
    customer_version integer NOT NULL,
    organisation_version integer NOT NULL,
    series text NOT NULL,
    number bigint NOT NULL,
    previous_number bigint GENERATED ALWAYS AS (NULLIF((number - 1), 0)) STORED,
    input_hash bytea NOT NULL,
    lines_minor bigint NOT NULL,
    tax_minor bigint NOT NULL,
    total_minor bigint NOT NULL,
    reason text NOT NULL,
    issued_by text NOT NULL,
    issued_on date NOT NULL,
    issued_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT credit_input_is_sha256 CHECK ((octet_length(input_hash) = 32)),
    CONSTRAINT credit_issuer_short CHECK ((length(issued_by) <= 100)),
    CONSTRAINT credit_number_counts CHECK (((number >= 1) AND (number <= 1000000000))),
    CONSTRAINT credit_reason_bounded CHECK (((length(reason) >= 1) AND (length(reason) <= 2000))),
    CONSTRAINT credit_series_short CHECK ((series ~ '^[A-Z0-9-]{1,20}$'::text)),
    CONSTRAINT credit_totals_bounded CHECK ((((lines_minor >= 0) AND (lines_minor <= '1000000000000000'::bigint)) AND ((tax_minor >= 0) AND (tax_minor <= '1000000000000000'::bigint)) AND ((total_minor >= 0) AND (total_minor <= '2000000000000000'::bigint))))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.credit_note FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.debtor (
    organisation_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    from_on date NOT NULL
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.debtor FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.debtor_cursor (
    organisation_id uuid NOT NULL,
    until_epoch integer NOT NULL,
    until_transaction bigint NOT NULL
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.debtor_cursor FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.decision (
    organisation_id uuid NOT NULL,
    attempt_id uuid NOT NULL,
    attempt_verdict text GENERATED ALWAYS AS ('refused'::text) STORED NOT NULL,
    line_number integer NOT NULL,
    verdict text NOT NULL,
    code text,
    results text NOT NULL,
    inputs_hash bytea NOT NULL,
    item_id uuid,
    scope_id uuid,
    policy_name text,
    policy_version integer,
    unit text,
    currency text NOT NULL,
    denominator integer,
    asked_ticks numeric,
    granted_ticks bigint,
    performed_ticks bigint,
    billed_ticks bigint,
    allowed_ticks bigint,
    net_minor numeric,
    authorised_minor bigint,
    billed_minor bigint,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT decision_code_short CHECK ((code ~ '^[A-Z][A-Z_]{2,39}$'::text)),
    CONSTRAINT decision_currency_iso CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT decision_figures_bounded CHECK (((abs(asked_ticks) <= '10000000000000000000000000000000000000000'::numeric) AND (abs(net_minor) <= '10000000000000000000000000000000000000000'::numeric))),
    CONSTRAINT decision_line_counts CHECK (((line_number >= 1) AND (line_number <= 1000))),
    CONSTRAINT decision_unit_short CHECK ((length(unit) <= 3)),
    CONSTRAINT decision_verdict_known CHECK ((verdict = ANY (ARRAY['passed'::text, 'refused'::text]))),
    CONSTRAINT inputs_hash_is_sha256 CHECK ((octet_length(inputs_hash) = 32)),
    CONSTRAINT line_refused_for_a_reason CHECK ((((verdict = 'refused'::text) = (code IS NOT NULL)) AND ((verdict = 'refused'::text) = (POSITION(('f'::text) IN (results)) > 0)))),
    CONSTRAINT results_in_rule_order CHECK (((results ~ '^p*f?-*$'::text) AND (length(results) = 14)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.decision FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.dispute (
    organisation_id uuid NOT NULL,
    dispute_id uuid NOT NULL,
    provider_dispute_id text NOT NULL,
    payment_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    currency text NOT NULL,
    amount_minor bigint NOT NULL,
    reason text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT dispute_currency_iso CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT dispute_is_money CHECK (((amount_minor >= 1) AND (amount_minor <= '1000000000000000'::bigint))),
    CONSTRAINT dispute_provider_id_short CHECK (((length(provider_dispute_id) >= 1) AND (length(provider_dispute_id) <= 255))),
    CONSTRAINT dispute_reason_short CHECK (((length(reason) >= 1) AND (length(reason) <= 100)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.dispute FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.dispute_step (
    organisation_id uuid NOT NULL,
    dispute_id uuid NOT NULL,
    step integer NOT NULL,
    status text NOT NULL,
    status_before text,
    due_by timestamp with time zone,
    told_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT dispute_begins CHECK (((step = 1) = (status_before IS NULL))),
    CONSTRAINT dispute_never_goes_back CHECK (((billing.dispute_rank(status) > billing.dispute_rank(status_before)) OR ((status = status_before) AND (due_by IS NOT NULL)))),
    CONSTRAINT dispute_status_known CHECK ((billing.dispute_rank(status) IS NOT NULL)),
    CONSTRAINT dispute_step_counts CHECK (((step >= 1) AND (step <= 100)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.dispute_step FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.dispute_withdrawal (
    organisation_id uuid NOT NULL,
    dispute_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    currency text NOT NULL,
    amount_minor bigint NOT NULL,
    posting_id uuid,
    ordinal integer,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    debit_kind text GENERATED ALWAYS AS ('customer_credit'::text) STORED NOT NULL,
    holder text GENERATED ALWAYS AS ((customer_id)::text) STORED NOT NULL,
    credit_kind text GENERATED ALWAYS AS ('card_clearing'::text) STORED NOT NULL,
    nobody text GENERATED ALWAYS AS (''::text) STORED NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT withdrawal_posting_come_together CHECK (((posting_id IS NULL) = (ordinal IS NULL)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.dispute_withdrawal FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.dunning_hold (
    organisation_id uuid NOT NULL,
    hold_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    kind text NOT NULL,
    invoice_id uuid,
    currency text,
    contested_minor bigint,
    until_on date,
    note text,
    placed_by text NOT NULL,
    placed_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT a_dispute_names_its_invoice CHECK ((((kind = 'dispute'::text) = (invoice_id IS NOT NULL)) AND ((invoice_id IS NULL) = (currency IS NULL)))),
    CONSTRAINT a_sum_is_of_a_dispute CHECK (((contested_minor IS NULL) OR ((kind = 'dispute'::text) AND (until_on IS NULL)))),
    CONSTRAINT an_incident_ends CHECK (((kind <> 'incident'::text) OR (until_on IS NOT NULL))),
    CONSTRAINT contested_is_money CHECK (((contested_minor >= 1) AND (contested_minor <= '1000000000000000'::bigint))),
    CONSTRAINT hold_kind_is_known CHECK ((kind = ANY (ARRAY['dispute'::text, 'incident'::text, 'legal'::text, 'vulnerable'::text]))),
    CONSTRAINT hold_note_is_bounded CHECK (((length(note) >= 1) AND (length(note) <= 500))),
    CONSTRAINT hold_placer_short CHECK ((length(placed_by) <= 100))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.dunning_hold FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.dunning_hold_release (
    organisation_id uuid NOT NULL,
    hold_id uuid NOT NULL,
    released_by text NOT NULL,
    released_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT hold_releaser_short CHECK ((length(released_by) <= 100))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.dunning_hold_release FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.dunning_policy (
    organisation_id uuid NOT NULL,
    version integer NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((version - 1), 0)) STORED,
    calm_until time without time zone NOT NULL,
    calm_from time without time zone NOT NULL,
    rest_days integer[] NOT NULL,
    rests_on_holidays boolean NOT NULL,
    longest_promise_days integer NOT NULL,
    step_count integer NOT NULL,
    set_by text NOT NULL,
    set_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT dunning_policy_counts CHECK (((version >= 1) AND (version <= 100000))),
    CONSTRAINT dunning_policy_setter_short CHECK ((length(set_by) <= 100)),
    CONSTRAINT dunning_steps_are_bounded CHECK (((step_count >= 1) AND (step_count <= 20))),
    CONSTRAINT promise_days_are_bounded CHECK (((longest_promise_days >= 1) AND (longest_promise_days <= 90))),
    CONSTRAINT rest_days_are_days_of_the_week CHECK (((rest_days <@ ARRAY[1, 2, 3, 4, 5, 6, 7]) AND (cardinality(rest_days) <= 6))),
    CONSTRAINT some_hours_are_not_calm CHECK ((calm_until < calm_from))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.dunning_policy FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.dunning_policy_step (
    organisation_id uuid NOT NULL,
    version integer NOT NULL,
    "position" integer NOT NULL,
    step_count integer NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF(("position" - 1), 0)) STORED,
    kind text NOT NULL,
    channel text GENERATED ALWAYS AS (
CASE kind
    WHEN 'remind'::text THEN 'email'::text
    WHEN 'call'::text THEN 'phone'::text
    WHEN 'suspend'::text THEN 'network'::text
    WHEN 'collect'::text THEN 'door'::text
    ELSE 'person'::text
END) STORED NOT NULL,
    days_before integer NOT NULL,
    days_after integer NOT NULL,
    reminded_before boolean NOT NULL,
    reminded boolean GENERATED ALWAYS AS ((reminded_before OR (kind = 'remind'::text))) STORED NOT NULL,
    held_by text[] NOT NULL,
    citation text,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT dunning_citation_has_a_length CHECK (((length(citation) >= 1) AND (length(citation) <= 500))),
    CONSTRAINT dunning_days_are_bounded CHECK (((days_after >= 1) AND (days_after <= 1000))),
    CONSTRAINT dunning_days_ascend CHECK ((days_after > days_before)),
    CONSTRAINT dunning_holds_are_known CHECK ((held_by <@ ARRAY['promise'::text, 'dispute'::text, 'incident'::text, 'legal'::text, 'vulnerable'::text])),
    CONSTRAINT dunning_kind_is_known CHECK ((kind = ANY (ARRAY['remind'::text, 'call'::text, 'suspend'::text, 'collect'::text, 'end'::text]))),
    CONSTRAINT dunning_position_counts CHECK ((("position" >= 1) AND ("position" <= 20))),
    CONSTRAINT dunning_position_within_count CHECK (("position" <= step_count)),
    CONSTRAINT dunning_positions_begin CHECK ((("position" > 1) OR ((days_before = 0) AND (NOT reminded_before)))),
    CONSTRAINT dunning_spares_the_held CHECK (
CASE
    WHEN (kind = ANY (ARRAY['suspend'::text, 'collect'::text, 'end'::text])) THEN (held_by @> ARRAY['promise'::text, 'dispute'::text, 'incident'::text, 'legal'::text, 'vulnerable'::text])
    ELSE (held_by @> ARRAY['promise'::text, 'dispute'::text, 'legal'::text])
END),
    CONSTRAINT reminded_before_cut_off CHECK (((kind <> ALL (ARRAY['suspend'::text, 'collect'::text, 'end'::text])) OR reminded_before))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.dunning_policy_step FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.dunning_step (
    organisation_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    currency text NOT NULL,
    episode integer NOT NULL,
    ordinal integer NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((ordinal - 1), 0)) STORED,
    kind text NOT NULL,
    policy_version integer NOT NULL,
    policy_ref integer GENERATED ALWAYS AS (NULLIF(policy_version, 0)) STORED,
    base_on date NOT NULL,
    previous_on date NOT NULL,
    days_before integer NOT NULL,
    days_after integer NOT NULL,
    policy_days integer GENERATED ALWAYS AS (
CASE
    WHEN (kind <> 'tell'::text) THEN days_after
    ELSE NULL::integer
END) STORED,
    zone text NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    taken_on date GENERATED ALWAYS AS (((taken_at AT TIME ZONE zone))::date) STORED NOT NULL,
    allocation_step integer NOT NULL,
    open_minor bigint NOT NULL,
    open_ref integer GENERATED ALWAYS AS (NULLIF(allocation_step, 0)) STORED,
    episode_ref integer GENERATED ALWAYS AS (NULLIF(episode, 0)) STORED,
    written_off bigint GENERATED ALWAYS AS (0) STORED NOT NULL,
    job_id uuid,
    taken_by text NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT collected_by_a_job CHECK (((kind = 'collect'::text) = (job_id IS NOT NULL))),
    CONSTRAINT dunned_as_the_shipped_policy_says CHECK (((policy_version > 0) OR (kind = 'tell'::text) OR (((((((days_after = 3) AND (kind = 'remind'::text)) OR ((days_after = 10) AND (kind = 'remind'::text))) OR ((days_after = 14) AND (kind = 'call'::text))) OR ((days_after = 21) AND (kind = 'suspend'::text))) OR ((days_after = 28) AND (kind = 'collect'::text))) OR ((days_after = 60) AND (kind = 'end'::text))))),
    CONSTRAINT dunned_for_something CHECK ((open_minor > 0)),
    CONSTRAINT dunned_not_ahead_of_time CHECK ((taken_at <= (recorded_at + '00:05:00'::interval))),
    CONSTRAINT dunned_not_too_soon CHECK (((kind = 'tell'::text) OR ((((taken_at AT TIME ZONE zone))::date >= (base_on + days_after)) AND ((ordinal = 1) OR ((((taken_at AT TIME ZONE zone))::date - previous_on) >= (days_after - days_before)))))),
    CONSTRAINT dunning_episode_counts CHECK (((episode >= 0) AND (episode <= 100000))),
    CONSTRAINT dunning_goes_on CHECK (((kind = 'tell'::text) OR (days_after > days_before))),
    CONSTRAINT dunning_ordinal_counts CHECK (((ordinal >= 1) AND (ordinal <= 1000))),
    CONSTRAINT dunning_policy_in_range CHECK (((policy_version >= 0) AND (policy_version <= 100000))),
    CONSTRAINT dunning_step_is_known CHECK ((kind = ANY (ARRAY['tell'::text, 'remind'::text, 'call'::text, 'suspend'::text, 'collect'::text, 'end'::text]))),
    CONSTRAINT dunning_steps_begin CHECK (((ordinal > 1) OR (days_before = 0))),
    CONSTRAINT dunning_taker_short CHECK ((length(taken_by) <= 100)),
    CONSTRAINT dunning_zone_has_a_length CHECK (((length(zone) >= 1) AND (length(zone) <= 60))),
    CONSTRAINT told_first_of_what_was_taken_back CHECK ((((kind = 'tell'::text) = ((episode > 0) AND (ordinal = 1))) AND ((kind <> 'tell'::text) OR (days_after = 0))))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.dunning_step FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.event_cursor (
    organisation_id uuid NOT NULL,
    read_until timestamp with time zone NOT NULL
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.event_cursor FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.invoice (
    organisation_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    customer_version integer NOT NULL,
    organisation_version integer NOT NULL,
    attempt_id uuid NOT NULL,
    verdict text GENERATED ALWAYS AS ('posted'::text) STORED NOT NULL,
    input_hash bytea NOT NULL,
    series text NOT NULL,
    number bigint NOT NULL,
    previous_number bigint GENERATED ALWAYS AS (NULLIF((number - 1), 0)) STORED,
    numbered_after bigint DEFAULT billing.above_what_ended() NOT NULL,
    currency text NOT NULL,
    tax_basis text NOT NULL,
    issued_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    issued_on date NOT NULL,
    due_on date NOT NULL,
    line_count integer NOT NULL,
    tax_count integer NOT NULL,
    lines_minor bigint NOT NULL,
    tax_minor bigint NOT NULL,
    total_minor bigint NOT NULL,
    net_minor bigint GENERATED ALWAYS AS ((total_minor - tax_minor)) STORED NOT NULL,
    issued_by text NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT due_after_issue CHECK (((due_on >= issued_on) AND (due_on <= (issued_on + 366)))),
    CONSTRAINT invoice_currency_iso CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT invoice_lines_bounded CHECK (((line_count >= 1) AND (line_count <= 1000))),
    CONSTRAINT invoice_rates_bounded CHECK (((tax_count >= 1) AND (tax_count <= 1000))),
    CONSTRAINT invoice_tax_basis_known CHECK ((tax_basis = ANY (ARRAY['excl'::text, 'incl'::text]))),
    CONSTRAINT issuer_short CHECK ((length(issued_by) <= 100)),
    CONSTRAINT number_counts CHECK (((number >= 1) AND (number <= 1000000000))),
    CONSTRAINT series_short CHECK ((series ~ '^[A-Z0-9-]{1,20}$'::text)),
    CONSTRAINT total_is_lines_and_tax CHECK ((total_minor = (lines_minor +
CASE tax_basis
    WHEN 'excl'::text THEN tax_minor
    ELSE (0)::bigint
END))),
    CONSTRAINT totals_in_range CHECK ((((lines_minor >= 0) AND (lines_minor <= '1000000000000000'::bigint)) AND ((tax_minor >= 0) AND (tax_minor <= '1000000000000000'::bigint))))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.invoice FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.invoice_line (
    organisation_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    line_number integer NOT NULL,
    line_count integer NOT NULL,
    attempt_id uuid NOT NULL,
    currency text NOT NULL,
    tax_basis text NOT NULL,
    inputs_hash bytea NOT NULL,
    granted_ticks bigint,
    performed_ticks bigint,
    billed_ticks bigint,
    billed_minor bigint,
    free boolean NOT NULL,
    scope_id uuid,
    closing_seq integer,
    seq integer,
    item_id uuid,
    denominator integer,
    billed_before bigint,
    billed_after bigint,
    net_before bigint,
    net_after bigint,
    kind text GENERATED ALWAYS AS (
CASE
    WHEN (NOT free) THEN 'bill'::text
    ELSE NULL::text
END) STORED,
    closes boolean GENERATED ALWAYS AS ((seq = closing_seq)) STORED,
    ticks bigint GENERATED ALWAYS AS (COALESCE((billed_after - billed_before), (0)::bigint)) STORED NOT NULL,
    net_minor bigint GENERATED ALWAYS AS (COALESCE((net_after - net_before), (0)::bigint)) STORED NOT NULL,
    sum_before bigint NOT NULL,
    sum_after bigint NOT NULL,
    previous_line integer GENERATED ALWAYS AS (NULLIF((line_number - 1), 0)) STORED,
    begins_invoice uuid GENERATED ALWAYS AS (
CASE
    WHEN (line_number = 1) THEN invoice_id
    ELSE NULL::uuid
END) STORED,
    description text NOT NULL,
    unit text NOT NULL,
    quantity_numerator bigint NOT NULL,
    quantity_denominator bigint NOT NULL,
    price_numerator bigint NOT NULL,
    price_denominator bigint NOT NULL,
    discount_minor bigint NOT NULL,
    tax_category text NOT NULL,
    tax_numerator integer NOT NULL,
    tax_denominator integer NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT free_line_untaxed CHECK (((NOT free) OR (tax_numerator = 0))),
    CONSTRAINT line_counts CHECK (((line_number >= 1) AND (line_number <= 1000))),
    CONSTRAINT line_description_bounded CHECK (((length(description) >= 1) AND (length(description) <= 2000))),
    CONSTRAINT line_figures_bounded CHECK ((((quantity_numerator >= 1) AND (quantity_numerator <= '100000000000000000'::bigint)) AND ((quantity_denominator >= 1) AND (quantity_denominator <= '1000000000000'::bigint)) AND ((price_numerator >= 0) AND (price_numerator <= '1000000000000'::bigint)) AND ((price_denominator >= 1) AND (price_denominator <= '1000000000000'::bigint)) AND ((discount_minor >= 0) AND (discount_minor <= '1000000000000000'::bigint)))),
    CONSTRAINT line_free_or_backed CHECK ((num_nulls(scope_id, closing_seq, seq, item_id, denominator, billed_before, billed_after, net_before, net_after, granted_ticks, performed_ticks, billed_ticks, billed_minor) =
CASE
    WHEN free THEN 13
    ELSE 0
END)),
    CONSTRAINT line_inputs_hash_is_sha256 CHECK ((octet_length(inputs_hash) = 32)),
    CONSTRAINT line_judged CHECK (((free OR (seq <= closing_seq)) IS TRUE)),
    CONSTRAINT line_tax_fits_its_category CHECK (((tax_category = ANY (ARRAY['S'::text, 'Z'::text, 'E'::text, 'AE'::text, 'K'::text, 'G'::text, 'O'::text])) AND ((tax_category = 'S'::text) OR (tax_numerator = 0)))),
    CONSTRAINT line_tax_rate_is_a_fraction CHECK ((((tax_denominator >= 1) AND (tax_denominator <= 1000000)) AND ((tax_numerator >= 0) AND (tax_numerator <= tax_denominator)))),
    CONSTRAINT line_unit_short CHECK ((unit ~ '^[A-Z0-9]{1,3}$'::text)),
    CONSTRAINT line_within_count CHECK ((line_number <= line_count)),
    CONSTRAINT lines_add CHECK ((sum_after = (sum_before + COALESCE((net_after - net_before), (0)::bigint)))),
    CONSTRAINT lines_begin CHECK (((line_number > 1) OR (sum_before = 0)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.invoice_line FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.invoice_scope (
    organisation_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    currency text NOT NULL,
    closing_seq integer NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.invoice_scope FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.invoice_tax (
    organisation_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    "position" integer NOT NULL,
    tax_count integer NOT NULL,
    tax_basis text NOT NULL,
    tax_category text NOT NULL,
    tax_numerator integer NOT NULL,
    tax_denominator integer NOT NULL,
    lines_minor bigint NOT NULL,
    tax_minor bigint GENERATED ALWAYS AS (kit.rounded(((lines_minor)::numeric * (tax_numerator)::numeric), ((tax_denominator)::numeric + (
CASE tax_basis
    WHEN 'incl'::text THEN tax_numerator
    ELSE 0
END)::numeric))) STORED NOT NULL,
    lines_before bigint NOT NULL,
    lines_after bigint NOT NULL,
    tax_before bigint NOT NULL,
    tax_after bigint NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF(("position" - 1), 0)) STORED,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT rate_figures_bounded CHECK ((((lines_minor >= 0) AND (lines_minor <= '1000000000000000'::bigint)) AND ((tax_denominator >= 1) AND (tax_denominator <= 1000000)) AND ((tax_numerator >= 0) AND (tax_numerator <= tax_denominator)))),
    CONSTRAINT rate_fits_its_category CHECK (((tax_category = ANY (ARRAY['S'::text, 'Z'::text, 'E'::text, 'AE'::text, 'K'::text, 'G'::text, 'O'::text])) AND ((tax_category = 'S'::text) OR (tax_numerator = 0)))),
    CONSTRAINT rate_within_count CHECK (("position" <= tax_count)),
    CONSTRAINT rates_add CHECK ((((lines_after = (lines_before + lines_minor)) AND (tax_after = (tax_before + kit.rounded(((lines_minor)::numeric * (tax_numerator)::numeric), ((tax_denominator)::numeric + (
CASE tax_basis
    WHEN 'incl'::text THEN tax_numerator
    ELSE 0
END)::numeric))))) IS TRUE)),
    CONSTRAINT rates_begin CHECK ((("position" > 1) OR ((lines_before = 0) AND (tax_before = 0)))),
    CONSTRAINT tax_position_counts CHECK ((("position" >= 1) AND ("position" <= 1000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.invoice_tax FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.itemised_bill (
    organisation_id uuid NOT NULL,
    request_id uuid NOT NULL,
    given_by text NOT NULL,
    given_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT itemised_giver_short CHECK ((length(given_by) <= 100))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.itemised_bill FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.itemised_request (
    organisation_id uuid NOT NULL,
    request_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    currency text NOT NULL,
    issued_on date NOT NULL,
    asked_on date NOT NULL,
    law_jurisdiction text NOT NULL,
    law_trade text NOT NULL,
    law_price_form text NOT NULL,
    request_days integer NOT NULL,
    reply_days integer NOT NULL,
    may_decline boolean GENERATED ALWAYS AS ((((asked_on - issued_on) > request_days) OR (request_days = 0))) STORED NOT NULL,
    reply_by date GENERATED ALWAYS AS (
CASE
    WHEN (((asked_on - issued_on) <= request_days) AND (request_days > 0)) THEN (asked_on + reply_days)
    ELSE NULL::date
END) STORED,
    recorded_by text NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT asked_after_the_bill CHECK ((asked_on >= issued_on)),
    CONSTRAINT itemised_recorder_short CHECK ((length(recorded_by) <= 100))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.itemised_request FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.posting_attempt (
    organisation_id uuid NOT NULL,
    attempt_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    verdict text NOT NULL,
    code text,
    line_count integer NOT NULL,
    input_hash bytea NOT NULL,
    attempted_by text NOT NULL,
    attempted_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT attempt_code_short CHECK ((code ~ '^[A-Z][A-Z_]{2,39}$'::text)),
    CONSTRAINT attempt_input_is_sha256 CHECK ((octet_length(input_hash) = 32)),
    CONSTRAINT attempt_lines_bounded CHECK (((line_count >= 1) AND (line_count <= 1000))),
    CONSTRAINT attempt_verdict_known CHECK ((verdict = ANY (ARRAY['posted'::text, 'refused'::text]))),
    CONSTRAINT attempter_short CHECK ((length(attempted_by) <= 100)),
    CONSTRAINT refused_for_a_reason CHECK (((verdict = 'refused'::text) = (code IS NOT NULL)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.posting_attempt FORCE ROW LEVEL SECURITY;

CREATE VIEW billing.judgement WITH (security_invoker='true') AS
 SELECT d.organisation_id,
    d.attempt_id,
    d.line_number,
    d.verdict,
    d.code,
    d.results,
    d.inputs_hash,
    d.item_id,
    d.scope_id,
    d.policy_name,
    d.policy_version,
    d.unit,
    d.currency,
    d.denominator,
    d.asked_ticks,
    d.granted_ticks,
    d.performed_ticks,
    d.billed_ticks,
    d.allowed_ticks,
    d.net_minor,
    d.authorised_minor,
    d.billed_minor
   FROM billing.decision d
UNION ALL
 SELECT a.organisation_id,
    a.attempt_id,
    l.line_number,
    'passed'::text AS verdict,
    NULL::text AS code,
    repeat('p'::text, 14) AS results,
    l.inputs_hash,
    l.item_id,
    l.scope_id,
    s.policy_name,
    s.policy_version,
    COALESCE(o.unit, l.unit) AS unit,
    l.currency,
    l.denominator,
    (l.billed_after - l.billed_before) AS asked_ticks,
    l.granted_ticks,
    l.performed_ticks,
    l.billed_ticks,
    GREATEST((LEAST(l.granted_ticks, l.performed_ticks) - l.billed_ticks), (0)::bigint) AS allowed_ticks,
    l.net_minor,
        CASE
            WHEN (NOT o.recurring) THEN kit.rounded(((l.granted_ticks)::numeric * (o.price_numerator)::numeric), ((o.denominator)::numeric * (o.price_denominator)::numeric))
            ELSE NULL::bigint
        END AS authorised_minor,
    l.billed_minor
   FROM (((billing.posting_attempt a
     JOIN billing.invoice_line l ON (((l.organisation_id = a.organisation_id) AND (l.invoice_id = a.invoice_id) AND (l.attempt_id = a.attempt_id))))
     LEFT JOIN authorisations.offer_item o ON (((o.organisation_id = l.organisation_id) AND (o.item_id = l.item_id))))
     LEFT JOIN authorisations.scope s ON (((s.organisation_id = l.organisation_id) AND (s.scope_id = l.scope_id))))
  WHERE (a.verdict = 'posted'::text);

CREATE TABLE billing.outage (
    organisation_id uuid NOT NULL,
    outage_id uuid NOT NULL,
    subscription_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    incident_id uuid,
    from_at timestamp with time zone NOT NULL,
    until_at timestamp with time zone NOT NULL,
    why text,
    policy_version integer CONSTRAINT outage_policy_version_not_null1 NOT NULL,
    policy_ref integer GENERATED ALWAYS AS (NULLIF(policy_version, 0)) STORED,
    told_by text NOT NULL,
    told_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT outage_found_for_a_reason CHECK (((incident_id IS NOT NULL) OR (why IS NOT NULL))),
    CONSTRAINT outage_is_over CHECK (((until_at > from_at) AND (until_at <= told_at) AND (until_at <= (from_at + '90 days'::interval)))),
    CONSTRAINT outage_reason_has_a_length CHECK (((length(why) >= 1) AND (length(why) <= 200))),
    CONSTRAINT outage_teller_short CHECK ((length(told_by) <= 100))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.outage FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.outage_credit (
    organisation_id uuid NOT NULL,
    subscription_id uuid NOT NULL,
    number integer NOT NULL,
    step integer NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    outage_id uuid,
    policy_version integer NOT NULL,
    policy_ref integer GENERATED ALWAYS AS (NULLIF(policy_version, 0)) STORED,
    unit text NOT NULL,
    units integer NOT NULL,
    parts jsonb NOT NULL,
    given_before bigint NOT NULL,
    given_after bigint NOT NULL,
    beyond_minor bigint NOT NULL,
    credit_note_id uuid,
    invoice_id uuid,
    line_number integer,
    credited_minor bigint GENERATED ALWAYS AS ((given_after - given_before)) STORED NOT NULL,
    judged_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT beyond_is_money CHECK (((beyond_minor >= 0) AND (beyond_minor <= '1000000000000'::bigint))),
    CONSTRAINT outage_credit_counts CHECK (((step >= 1) AND (step <= 10000))),
    CONSTRAINT outage_credit_has_its_note CHECK (((given_after >= given_before) AND (num_nulls(credit_note_id, invoice_id, line_number) =
CASE
    WHEN (given_after > given_before) THEN 0
    ELSE 3
END))),
    CONSTRAINT outage_credit_parts_are_few CHECK (((jsonb_typeof(parts) = 'array'::text) AND (jsonb_array_length(parts) <= 5))),
    CONSTRAINT outage_credit_unit_is_known CHECK ((unit = ANY (ARRAY['hour'::text, 'day'::text]))),
    CONSTRAINT outage_credit_units_count CHECK (((units >= 0) AND (units <= 100000))),
    CONSTRAINT outage_credits_begin CHECK (((step > 1) OR (given_before = 0)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.outage_credit FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.outage_order (
    organisation_id uuid NOT NULL,
    incident_id uuid NOT NULL,
    ordered_by text NOT NULL,
    ordered_at timestamp with time zone NOT NULL,
    done_at timestamp with time zone,
    CONSTRAINT outage_orderer_short CHECK ((length(ordered_by) <= 100))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.outage_order FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.outage_policy (
    organisation_id uuid NOT NULL,
    version integer NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((version - 1), 0)) STORED,
    unit text NOT NULL,
    least_units integer NOT NULL,
    currency text,
    gives_by_itself boolean NOT NULL,
    citation text,
    tier_count integer NOT NULL,
    set_by text NOT NULL,
    set_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT least_units_are_bounded CHECK (((least_units >= 1) AND (least_units <= 2160))),
    CONSTRAINT outage_citation_has_a_length CHECK (((length(citation) >= 1) AND (length(citation) <= 500))),
    CONSTRAINT outage_currency_iso CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT outage_policy_counts CHECK (((version >= 1) AND (version <= 100000))),
    CONSTRAINT outage_policy_setter_short CHECK ((length(set_by) <= 100)),
    CONSTRAINT outage_tiers_are_few CHECK (((tier_count >= 1) AND (tier_count <= 5))),
    CONSTRAINT outage_unit_is_known CHECK ((unit = ANY (ARRAY['hour'::text, 'day'::text])))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.outage_policy FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.outage_span (
    organisation_id uuid NOT NULL,
    outage_id uuid NOT NULL,
    subscription_id uuid NOT NULL,
    from_at timestamp with time zone NOT NULL,
    until_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT outage_span_lasts CHECK ((until_at > from_at))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.outage_span FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.outage_tier (
    organisation_id uuid NOT NULL,
    version integer NOT NULL,
    "position" integer NOT NULL,
    tier_count integer NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF(("position" - 1), 0)) STORED,
    from_before integer NOT NULL,
    from_unit integer NOT NULL,
    numerator integer,
    denominator integer,
    least_minor bigint,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT least_is_money CHECK (((least_minor >= 1) AND (least_minor <= 100000000))),
    CONSTRAINT outage_tier_begins_in_reach CHECK (((from_unit >= 1) AND (from_unit <= 2160))),
    CONSTRAINT outage_tier_counts CHECK ((("position" >= 1) AND ("position" <= 5))),
    CONSTRAINT outage_tier_is_a_part CHECK (((((numerator IS NULL) = (denominator IS NULL)) AND ((numerator IS NULL) OR (((numerator >= 1) AND (numerator <= denominator)) AND (denominator <= 1000000)))) IS TRUE)),
    CONSTRAINT outage_tiers_ascend CHECK (((from_unit > from_before) AND ("position" <= tier_count) AND (("position" > 1) OR (from_before = 0))))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.outage_tier FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.parked_money (
    organisation_id uuid NOT NULL,
    parked_id uuid NOT NULL,
    intent_id text NOT NULL,
    attempt_id uuid,
    reason text NOT NULL,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    livemode boolean NOT NULL,
    captured_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    ordinal integer GENERATED ALWAYS AS (1) STORED NOT NULL,
    debit_kind text GENERATED ALWAYS AS ('card_clearing'::text) STORED NOT NULL,
    credit_kind text GENERATED ALWAYS AS ('unmatched'::text) STORED NOT NULL,
    nobody text GENERATED ALWAYS AS (''::text) STORED NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT parked_for_a_known_reason CHECK ((reason = ANY (ARRAY['UNKNOWN_ATTEMPT'::text, 'AMOUNT_DIFFERS'::text, 'CURRENCY_DIFFERS'::text, 'LIVEMODE_DIFFERS'::text, 'METADATA_DIFFERS'::text, 'INTENT_DIFFERS'::text]))),
    CONSTRAINT parked_intent_short CHECK (((length(intent_id) >= 1) AND (length(intent_id) <= 255)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.parked_money FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.parked_resolution (
    organisation_id uuid NOT NULL,
    parked_id uuid NOT NULL,
    payment_id uuid NOT NULL,
    resolved_by text NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT resolver_short CHECK ((length(resolved_by) <= 100))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.parked_resolution FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.payment (
    organisation_id uuid NOT NULL,
    payment_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    key_kind text NOT NULL,
    key text NOT NULL,
    method text NOT NULL,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    invoice_id uuid,
    taken_by uuid,
    visit_id uuid,
    captured_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    corrects uuid,
    source_kind text NOT NULL,
    source_holder text NOT NULL,
    cheque_id uuid GENERATED ALWAYS AS (
CASE
    WHEN (method = 'cheque'::text) THEN payment_id
    ELSE NULL::uuid
END) STORED,
    first_ordinal integer GENERATED ALWAYS AS (1) STORED NOT NULL,
    credit_kind text GENERATED ALWAYS AS ('customer_credit'::text) STORED NOT NULL,
    credit_holder text GENERATED ALWAYS AS ((customer_id)::text) STORED NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT cash_lies_with_whom_took_it CHECK ((((method <> 'cash'::text) OR ((taken_by IS NOT NULL) AND (source_kind = 'cash_on_agent'::text) AND (source_holder = (taken_by)::text))) IS TRUE)),
    CONSTRAINT collection_is_of_a_visit CHECK (((key_kind <> 'collection'::text) OR ((visit_id IS NOT NULL) AND (invoice_id IS NOT NULL) AND (taken_by IS NOT NULL) AND (corrects IS NULL)))),
    CONSTRAINT money_lies_where_its_method_puts_it CHECK (((method = 'cash'::text) OR ((source_kind = 'unmatched'::text) OR (source_kind =
CASE method
    WHEN 'card'::text THEN 'card_clearing'::text
    WHEN 'cheque'::text THEN 'cheques'::text
    ELSE 'bank'::text
END)))),
    CONSTRAINT payment_is_money CHECK (((amount_minor >= 1) AND (amount_minor <= '1000000000000000'::bigint))),
    CONSTRAINT payment_key_kind_known CHECK ((key_kind = ANY (ARRAY['client'::text, 'collection'::text, 'payment_intent'::text, 'bank_entry'::text, 'dispute'::text, 'cheque'::text]))),
    CONSTRAINT payment_key_short CHECK (((length(key) >= 1) AND (length(key) <= 255))),
    CONSTRAINT payment_method_known CHECK ((method = ANY (ARRAY['cash'::text, 'card'::text, 'bank_transfer'::text, 'cheque'::text])))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.payment FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.payment_promise (
    organisation_id uuid NOT NULL,
    promise_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    pay_by date NOT NULL,
    zone text NOT NULL,
    longest_days integer NOT NULL,
    made_by text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT longest_promise_is_bounded CHECK (((longest_days >= 1) AND (longest_days <= 90))),
    CONSTRAINT payment_promise_taker_short CHECK ((length(made_by) <= 100)),
    CONSTRAINT payment_promise_zone_has_a_length CHECK (((length(zone) >= 1) AND (length(zone) <= 60))),
    CONSTRAINT promised_currency_iso CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT promised_is_money CHECK (((amount_minor >= 1) AND (amount_minor <= '1000000000000000'::bigint))),
    CONSTRAINT promised_soon_enough CHECK (((pay_by >= ((made_at AT TIME ZONE zone))::date) AND (pay_by <= (((made_at AT TIME ZONE zone))::date + longest_days))))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.payment_promise FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.payment_reversal (
    organisation_id uuid NOT NULL,
    reversal_id uuid NOT NULL,
    payment_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    currency text NOT NULL,
    amount_minor bigint NOT NULL,
    cause text NOT NULL,
    reason text NOT NULL,
    reversed_by text NOT NULL,
    ordinal integer NOT NULL,
    source_kind text NOT NULL,
    source_holder text NOT NULL,
    parked_id uuid,
    by_line uuid GENERATED ALWAYS AS (
CASE
    WHEN ((source_kind = 'unmatched'::text) AND (parked_id IS NULL)) THEN reversal_id
    ELSE NULL::uuid
END) STORED,
    told_id uuid GENERATED ALWAYS AS (
CASE
    WHEN (source_kind = ANY (ARRAY['bank'::text, 'cheques'::text])) THEN payment_id
    ELSE NULL::uuid
END) STORED,
    cheque_id uuid GENERATED ALWAYS AS (
CASE
    WHEN (source_kind = 'cheques'::text) THEN payment_id
    ELSE NULL::uuid
END) STORED,
    cheque_state text GENERATED ALWAYS AS (
CASE
    WHEN (source_kind = 'cheques'::text) THEN
    CASE
        WHEN (cause = ANY (ARRAY['mistyped'::text, 'other'::text])) THEN 'taken_back'::text
        ELSE 'bounced'::text
    END
    ELSE NULL::text
END) STORED,
    debit_kind text GENERATED ALWAYS AS ('customer_credit'::text) STORED NOT NULL,
    holder text GENERATED ALWAYS AS ((customer_id)::text) STORED NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT cash_taken_back_by_somebody_else CHECK (((source_kind <> 'cash_on_agent'::text) OR ((reversed_by ~~ 'staff:%'::text) AND (reversed_by <> ('staff:'::text || source_holder))))),
    CONSTRAINT reversal_cause_known CHECK ((cause = ANY (ARRAY['mistyped'::text, 'bounced_cheque'::text, 'returned_debit'::text, 'dispute'::text, 'short_hand_in'::text, 'other'::text]))),
    CONSTRAINT reversal_reason_bounded CHECK (((length(reason) >= 1) AND (length(reason) <= 500))),
    CONSTRAINT reverser_short CHECK ((length(reversed_by) <= 100))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.payment_reversal FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.payout (
    organisation_id uuid NOT NULL,
    payout_id uuid NOT NULL,
    provider_payout_id text NOT NULL,
    currency text NOT NULL,
    amount_minor bigint NOT NULL,
    status text NOT NULL,
    arrives_on date NOT NULL,
    descriptor text,
    trace_id text,
    itemised boolean NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    name_key text GENERATED ALWAYS AS (upper(regexp_replace(provider_payout_id, '[^0-9A-Za-z]'::text, ''::text, 'g'::text))) STORED NOT NULL,
    trace_key text GENERATED ALWAYS AS (upper(regexp_replace(trace_id, '[^0-9A-Za-z]'::text, ''::text, 'g'::text))) STORED,
    CONSTRAINT payout_amount_bounded CHECK (((amount_minor >= '-1000000000000000'::bigint) AND (amount_minor <= '1000000000000000'::bigint))),
    CONSTRAINT payout_arrives_in_range CHECK (((arrives_on >= '2000-01-01'::date) AND (arrives_on <= '9999-01-01'::date))),
    CONSTRAINT payout_currency_iso CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT payout_descriptor_short CHECK ((length(descriptor) <= 255)),
    CONSTRAINT payout_provider_id_short CHECK (((length(provider_payout_id) >= 1) AND (length(provider_payout_id) <= 255))),
    CONSTRAINT payout_status_known CHECK ((status = ANY (ARRAY['pending'::text, 'in_transit'::text, 'paid'::text, 'failed'::text, 'canceled'::text]))),
    CONSTRAINT payout_trace_short CHECK (((length(trace_id) >= 1) AND (length(trace_id) <= 255)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.payout FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.payout_fee (
    organisation_id uuid NOT NULL,
    payout_id uuid NOT NULL,
    step integer NOT NULL,
    posting_id uuid NOT NULL,
    currency text NOT NULL,
    fee_before bigint NOT NULL,
    fee_after bigint NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    ordinal integer GENERATED ALWAYS AS (1) STORED NOT NULL,
    fee_minor bigint GENERATED ALWAYS AS (abs((fee_after - fee_before))) STORED NOT NULL,
    debit_kind text GENERATED ALWAYS AS (
CASE
    WHEN (fee_after > fee_before) THEN 'card_fees'::text
    ELSE 'card_clearing'::text
END) STORED NOT NULL,
    credit_kind text GENERATED ALWAYS AS (
CASE
    WHEN (fee_after > fee_before) THEN 'card_clearing'::text
    ELSE 'card_fees'::text
END) STORED NOT NULL,
    holder text GENERATED ALWAYS AS (''::text) STORED NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT payout_fee_bounded CHECK (((fee_after >= '-1000000000000000'::bigint) AND (fee_after <= '1000000000000000'::bigint))),
    CONSTRAINT payout_fee_counts CHECK (((step >= 1) AND (step <= 10000))),
    CONSTRAINT payout_fees_begin_with_nothing CHECK (((step > 1) OR (fee_before = 0)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.payout_fee FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.payout_line (
    organisation_id uuid NOT NULL,
    payout_id uuid NOT NULL,
    transaction_name text NOT NULL,
    type text NOT NULL,
    source_name text,
    amount_minor bigint NOT NULL,
    fee_minor bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    explained_by text,
    explained_id uuid,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT payout_line_amount_bounded CHECK (((amount_minor >= '-1000000000000000'::bigint) AND (amount_minor <= '1000000000000000'::bigint))),
    CONSTRAINT payout_line_explained_by_known CHECK ((explained_by = ANY (ARRAY['payment'::text, 'refund'::text, 'dispute'::text, 'parked_money'::text, 'fee'::text, 'payout'::text]))),
    CONSTRAINT payout_line_fee_bounded CHECK (((fee_minor >= '-1000000000000000'::bigint) AND (fee_minor <= '1000000000000000'::bigint))),
    CONSTRAINT payout_line_name_short CHECK (((length(transaction_name) >= 1) AND (length(transaction_name) <= 255))),
    CONSTRAINT payout_line_source_short CHECK (((length(source_name) >= 1) AND (length(source_name) <= 255))),
    CONSTRAINT payout_line_type_short CHECK (((length(type) >= 1) AND (length(type) <= 100)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.payout_line FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.period (
    organisation_id uuid NOT NULL,
    number integer NOT NULL,
    first_on date,
    last_on date NOT NULL,
    zone text NOT NULL,
    from_at timestamp with time zone NOT NULL,
    until_at timestamp with time zone NOT NULL,
    after_carry integer NOT NULL,
    carry integer NOT NULL,
    closed_by text NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((number - 1), 0)) STORED,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT first_day_of_all_but_the_first CHECK (((first_on IS NULL) = (number = 1))),
    CONSTRAINT period_begins_with_the_first CHECK (((number > 1) OR ((from_at = '1970-01-01 00:00:00+00'::timestamp with time zone) AND (after_carry = 0)))),
    CONSTRAINT period_closer_short CHECK ((length(closed_by) <= 100)),
    CONSTRAINT period_counts CHECK (((number >= 1) AND (number <= 1000000))),
    CONSTRAINT period_ends_at_midnight CHECK ((until_at = (((last_on + 1))::timestamp without time zone AT TIME ZONE zone))),
    CONSTRAINT period_has_days CHECK ((((until_at > from_at) AND (carry > after_carry) AND ((first_on IS NULL) OR (last_on >= first_on))) IS TRUE)),
    CONSTRAINT period_zone_short CHECK ((length(zone) <= 60))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.period FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.provider_customer (
    organisation_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    livemode boolean NOT NULL,
    provider_customer_id text NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT provider_customer_id_short CHECK (((length(provider_customer_id) >= 1) AND (length(provider_customer_id) <= 255)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.provider_customer FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.provider_event (
    organisation_id uuid NOT NULL,
    event_id text NOT NULL,
    type text NOT NULL,
    intent_id text,
    attempt_id uuid,
    outcome text NOT NULL,
    told_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT provider_event_id_short CHECK (((length(event_id) >= 1) AND (length(event_id) <= 255))),
    CONSTRAINT provider_event_intent_short CHECK (((length(intent_id) >= 1) AND (length(intent_id) <= 255))),
    CONSTRAINT provider_event_outcome_known CHECK ((outcome = ANY (ARRAY['applied'::text, 'known'::text, 'parked'::text, 'moved'::text, 'unmoved'::text, 'unread'::text, 'taken'::text, 'waiting'::text]))),
    CONSTRAINT provider_event_type_short CHECK (((length(type) >= 1) AND (length(type) <= 255)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.provider_event FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.reader_end (
    organisation_id uuid NOT NULL,
    attempt_id uuid NOT NULL,
    request integer NOT NULL,
    asks text NOT NULL,
    reason text,
    code text,
    signature_file text,
    ended_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT reader_failed_or_signed CHECK (((num_nonnulls(reason, signature_file) = 1) AND ((signature_file IS NULL) OR (asks = 'signature'::text)) AND ((code IS NULL) OR (reason IS NOT NULL)))),
    CONSTRAINT reader_failure_code_short CHECK (((length(code) >= 1) AND (length(code) <= 60))),
    CONSTRAINT reader_failure_known CHECK ((reason = ANY (ARRAY['declined'::text, 'funds'::text, 'expired'::text, 'pin'::text, 'cancelled'::text, 'timed_out'::text, 'offline'::text, 'busy'::text, 'failed'::text]))),
    CONSTRAINT signature_file_short CHECK (((length(signature_file) >= 1) AND (length(signature_file) <= 255)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.reader_end FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.reader_request (
    organisation_id uuid NOT NULL,
    attempt_id uuid NOT NULL,
    request integer NOT NULL,
    previous integer GENERATED ALWAYS AS (
CASE
    WHEN (request > 1) THEN (request - 1)
    ELSE NULL::integer
END) STORED,
    asks text NOT NULL,
    reader_id text NOT NULL,
    asked_by text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT reader_asked_by_short CHECK ((length(asked_by) <= 100)),
    CONSTRAINT reader_asks_known CHECK ((asks = ANY (ARRAY['card'::text, 'signature'::text]))),
    CONSTRAINT reader_name_short CHECK (((length(reader_id) >= 1) AND (length(reader_id) <= 255))),
    CONSTRAINT reader_request_counts CHECK (((request >= 1) AND (request <= 10000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.reader_request FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.receipt (
    organisation_id uuid NOT NULL,
    payment_id uuid NOT NULL,
    receipt_number text NOT NULL,
    outcome jsonb NOT NULL,
    issued_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    block_number text GENERATED ALWAYS AS (
CASE
    WHEN (receipt_number ~~ 'B-%'::text) THEN receipt_number
    ELSE NULL::text
END) STORED,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT receipt_number_readable CHECK ((receipt_number ~ '^[A-Z0-9-]{6,40}$'::text)),
    CONSTRAINT receipt_outcome_small CHECK (((jsonb_typeof(outcome) = 'object'::text) AND (length((outcome)::text) <= 500000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.receipt FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.receipt_block (
    organisation_id uuid NOT NULL,
    block integer NOT NULL,
    block_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    device_id uuid NOT NULL,
    size integer NOT NULL,
    reserved_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((block - 1), 0)) STORED,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT receipt_block_counts CHECK (((block >= 1) AND (block <= 999999))),
    CONSTRAINT receipt_block_size_in_range CHECK (((size >= 1) AND (size <= 500)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.receipt_block FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.receipt_number_use (
    organisation_id uuid NOT NULL,
    block integer NOT NULL,
    serial integer NOT NULL,
    staff_id uuid NOT NULL,
    size integer NOT NULL,
    payment_id uuid,
    customer_id uuid,
    currency text,
    amount_minor bigint,
    reason text,
    told_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    receipt_number text GENERATED ALWAYS AS (billing.number_in_block(block, serial)) STORED NOT NULL,
    given_number text GENERATED ALWAYS AS (
CASE
    WHEN (payment_id IS NOT NULL) THEN billing.number_in_block(block, serial)
    ELSE NULL::text
END) STORED,
    source_kind text GENERATED ALWAYS AS ('cash_on_agent'::text) STORED NOT NULL,
    source_holder text GENERATED ALWAYS AS ((staff_id)::text) STORED NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT number_given_or_void CHECK ((((payment_id IS NULL) = (reason IS NOT NULL)) AND ((payment_id IS NULL) = (customer_id IS NULL)) AND ((payment_id IS NULL) = (currency IS NULL)) AND ((payment_id IS NULL) = (amount_minor IS NULL)))),
    CONSTRAINT receipt_number_in_its_block CHECK (((serial >= 1) AND (serial <= size))),
    CONSTRAINT void_reason_bounded CHECK (((length(reason) >= 1) AND (length(reason) <= 500)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.receipt_number_use FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.recovery (
    organisation_id uuid NOT NULL,
    recovery_id uuid NOT NULL,
    ordinal integer NOT NULL,
    invoice_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    currency text NOT NULL,
    amount_minor bigint NOT NULL,
    cause text NOT NULL,
    write_off_id uuid,
    write_off_verdict text GENERATED ALWAYS AS (
CASE cause
    WHEN 'undone'::text THEN 'approved'::text
    ELSE NULL::text
END) STORED,
    note text NOT NULL,
    recorded_by text NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    debit_kind text GENERATED ALWAYS AS ('receivable'::text) STORED NOT NULL,
    credit_kind text GENERATED ALWAYS AS ('bad_debt'::text) STORED NOT NULL,
    holder text GENERATED ALWAYS AS ((customer_id)::text) STORED NOT NULL,
    nobody text GENERATED ALWAYS AS (''::text) STORED NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT recoverer_short CHECK ((length(recorded_by) <= 100)),
    CONSTRAINT recovery_cause_known CHECK ((cause = ANY (ARRAY['paid'::text, 'undone'::text]))),
    CONSTRAINT recovery_note_bounded CHECK ((length(note) <= 500)),
    CONSTRAINT undoes_a_write_off CHECK (((cause = 'undone'::text) = (write_off_id IS NOT NULL)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.recovery FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.refund (
    organisation_id uuid NOT NULL,
    refund_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    currency text NOT NULL,
    amount_minor bigint NOT NULL,
    via text NOT NULL,
    payment_id uuid,
    intent_id text,
    reason text NOT NULL,
    proposed_by text NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    ordinal integer GENERATED ALWAYS AS (1) STORED NOT NULL,
    debit_kind text GENERATED ALWAYS AS ('customer_credit'::text) STORED NOT NULL,
    credit_kind text GENERATED ALWAYS AS ('refunds_due'::text) STORED NOT NULL,
    holder text GENERATED ALWAYS AS ((customer_id)::text) STORED NOT NULL,
    nobody text GENERATED ALWAYS AS (''::text) STORED NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT refund_intent_short CHECK (((length(intent_id) >= 1) AND (length(intent_id) <= 255))),
    CONSTRAINT refund_proposer_short CHECK ((length(proposed_by) <= 100)),
    CONSTRAINT refund_reason_bounded CHECK (((length(reason) >= 1) AND (length(reason) <= 500))),
    CONSTRAINT refund_to_its_card CHECK ((((via = 'card'::text) = (payment_id IS NOT NULL)) AND ((via = 'card'::text) = (intent_id IS NOT NULL)))),
    CONSTRAINT refund_via_known CHECK ((via = ANY (ARRAY['card'::text, 'bank_transfer'::text, 'cash'::text])))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.refund FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.refund_on_its_way (
    organisation_id uuid NOT NULL,
    refund_id uuid NOT NULL
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.refund_on_its_way FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.refund_outcome (
    organisation_id uuid NOT NULL,
    refund_id uuid NOT NULL,
    step integer NOT NULL,
    customer_id uuid NOT NULL,
    currency text NOT NULL,
    amount_minor bigint NOT NULL,
    before text NOT NULL,
    outcome text NOT NULL,
    line_id uuid,
    line_step integer,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    provider_refund_id text,
    settled_by text NOT NULL,
    settled_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT refund_outcome_begins CHECK (((step > 1) OR (before = 'proposed'::text))),
    CONSTRAINT refund_outcome_counts CHECK (((step >= 1) AND (step <= 10000))),
    CONSTRAINT refund_outcome_known CHECK ((outcome = ANY (ARRAY['paid'::text, 'failed'::text, 'cancelled'::text, 'proposed'::text]))),
    CONSTRAINT refund_outcome_moves CHECK ((((((before = 'proposed'::text) AND (outcome = 'paid'::text)) OR ((before = 'proposed'::text) AND (outcome = 'failed'::text))) OR ((before = 'proposed'::text) AND (outcome = 'cancelled'::text))) OR ((before = 'paid'::text) AND (outcome = 'proposed'::text)))),
    CONSTRAINT refund_provider_id_short CHECK (((length(provider_refund_id) >= 1) AND (length(provider_refund_id) <= 255))),
    CONSTRAINT refund_settler_short CHECK ((length(settled_by) <= 100)),
    CONSTRAINT refund_unpaid_by_a_line CHECK ((((outcome = 'proposed'::text) = (line_id IS NOT NULL)) AND ((line_id IS NULL) = (line_step IS NULL))))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.refund_outcome FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.refund_return (
    organisation_id uuid NOT NULL,
    refund_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    currency text NOT NULL,
    amount_minor bigint NOT NULL,
    returned_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    ordinal integer GENERATED ALWAYS AS (3) STORED NOT NULL,
    outcome_step integer GENERATED ALWAYS AS (1) STORED NOT NULL,
    outcome text GENERATED ALWAYS AS ('paid'::text) STORED NOT NULL,
    debit_kind text GENERATED ALWAYS AS ('card_clearing'::text) STORED NOT NULL,
    nobody text GENERATED ALWAYS AS (''::text) STORED NOT NULL,
    credit_kind text GENERATED ALWAYS AS ('customer_credit'::text) STORED NOT NULL,
    holder text GENERATED ALWAYS AS ((customer_id)::text) STORED NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.refund_return FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.refused_cash (
    organisation_id uuid NOT NULL,
    entry_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    code text NOT NULL,
    invoice_id uuid NOT NULL,
    visit_id uuid,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    captured_at timestamp with time zone NOT NULL,
    receipt_number text,
    told_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT refused_amount_is_money CHECK (((amount_minor >= 1) AND (amount_minor <= '1000000000000000'::bigint))),
    CONSTRAINT refused_code_is_a_word CHECK ((code ~ '^[A-Z][A-Z_]{1,59}$'::text)),
    CONSTRAINT refused_currency_iso CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT refused_number_short CHECK (((length(receipt_number) >= 1) AND (length(receipt_number) <= 40)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.refused_cash FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.refused_cash_settlement (
    organisation_id uuid NOT NULL,
    entry_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    payment_id uuid,
    note text,
    settled_by text NOT NULL,
    settled_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT refused_settler_short CHECK ((length(settled_by) <= 100)),
    CONSTRAINT settled_by_its_own_payment CHECK ((((payment_id IS NULL) OR (payment_id = entry_id)) IS TRUE)),
    CONSTRAINT settled_by_who_holds_none_of_it CHECK (((settled_by ~~ 'staff:%'::text) AND (settled_by <> ('staff:'::text || staff_id)))),
    CONSTRAINT settled_note_has_a_length CHECK (((length(note) >= 2) AND (length(note) <= 500))),
    CONSTRAINT settled_one_way CHECK ((num_nonnulls(payment_id, note) = 1))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.refused_cash_settlement FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.saved_method (
    organisation_id uuid NOT NULL,
    method_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    consent_id uuid NOT NULL,
    livemode boolean NOT NULL,
    kind text NOT NULL,
    provider_method_id text NOT NULL,
    provider_mandate_id text,
    saved_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT saved_method_kind_is_known CHECK ((kind = ANY (ARRAY['card'::text, 'sepa_debit'::text]))),
    CONSTRAINT saved_method_mandate_id_short CHECK (((length(provider_mandate_id) >= 1) AND (length(provider_mandate_id) <= 255))),
    CONSTRAINT saved_method_provider_id_short CHECK (((length(provider_method_id) >= 1) AND (length(provider_method_id) <= 255)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.saved_method FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.saved_method_face (
    organisation_id uuid NOT NULL,
    method_id uuid NOT NULL,
    step integer NOT NULL,
    brand text NOT NULL,
    last4 text NOT NULL,
    expires_on date,
    CONSTRAINT saved_brand_short CHECK (((length(brand) >= 1) AND (length(brand) <= 40))),
    CONSTRAINT saved_expiry_in_range CHECK (((expires_on >= '2000-01-01'::date) AND (expires_on <= '2199-12-31'::date))),
    CONSTRAINT saved_last4_is_four_digits CHECK ((last4 ~ '^[0-9]{4}$'::text))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.saved_method_face FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.saved_method_step (
    organisation_id uuid NOT NULL,
    method_id uuid NOT NULL,
    step integer NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    kind text NOT NULL,
    live boolean NOT NULL,
    live_before boolean,
    happened_at timestamp with time zone NOT NULL,
    actor text NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT saved_method_actor_short CHECK ((length(actor) <= 100)),
    CONSTRAINT saved_method_begins CHECK ((((step = 1) = (live_before IS NULL)) AND ((step = 1) = (kind = 'saved'::text)))),
    CONSTRAINT saved_method_lives_or_ended CHECK ((live = (kind = ANY (ARRAY['saved'::text, 'renewed'::text])))),
    CONSTRAINT saved_method_step_counts CHECK (((step >= 1) AND (step <= 1000))),
    CONSTRAINT saved_method_step_is_known CHECK ((kind = ANY (ARRAY['saved'::text, 'renewed'::text, 'withdrawn'::text, 'removed'::text, 'mandate_ended'::text, 'detached'::text, 'erased'::text]))),
    CONSTRAINT what_ended_stays_ended CHECK (COALESCE(live_before, true))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.saved_method_step FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.saving_page (
    organisation_id uuid NOT NULL,
    consent_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    provider_session_id text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT saving_page_id_short CHECK (((length(provider_session_id) >= 1) AND (length(provider_session_id) <= 255)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.saving_page FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.transfer (
    organisation_id uuid NOT NULL,
    posting_id uuid NOT NULL,
    ordinal integer NOT NULL,
    kind text NOT NULL,
    debit_kind text NOT NULL,
    debit_holder text NOT NULL,
    credit_kind text NOT NULL,
    credit_holder text NOT NULL,
    currency text NOT NULL,
    amount_minor bigint NOT NULL,
    strand uuid NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    debit_side text GENERATED ALWAYS AS ('debit'::text) STORED NOT NULL,
    credit_side text GENERATED ALWAYS AS ('credit'::text) STORED NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT customer_money_under_their_lock CHECK ((((debit_kind <> ALL (ARRAY['receivable'::text, 'customer_credit'::text])) OR (debit_holder = (strand)::text)) AND ((credit_kind <> ALL (ARRAY['receivable'::text, 'customer_credit'::text])) OR (credit_holder = (strand)::text)))),
    CONSTRAINT transfer_between_two_accounts CHECK (((debit_kind <> credit_kind) OR (debit_holder <> credit_holder))),
    CONSTRAINT transfer_kind_known CHECK ((kind = ANY (ARRAY['sale'::text, 'tax'::text, 'payment'::text, 'allocation'::text, 'reopening'::text, 'reversal'::text, 'parking'::text, 'hand_in'::text, 'acceptance'::text, 'difference'::text, 'refund'::text, 'refund_paid'::text, 'refund_unpaid'::text, 'refund_failed'::text, 'refund_cancelled'::text, 'claim'::text, 'claim_paid'::text, 'deposit'::text, 'credit_note'::text, 'dispute'::text, 'card_fee'::text, 'write_off'::text, 'recovery'::text, 'bank_statement'::text, 'bank_gap'::text, 'bank_match'::text, 'cheque'::text]))),
    CONSTRAINT transfer_moves_something CHECK (((amount_minor >= 1) AND (amount_minor <= '1000000000000000'::bigint))),
    CONSTRAINT transfer_ordinal_counts CHECK (((ordinal >= 1) AND (ordinal <= 10000))),
    CONSTRAINT transfer_subject_is_a_word CHECK (((subject_kind ~ '^[a-z][a-z_]+$'::text) AND (length(subject_kind) <= 40)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.transfer FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.waiting_event (
    organisation_id uuid NOT NULL,
    event_id text NOT NULL,
    type text NOT NULL,
    object jsonb NOT NULL,
    reason text NOT NULL,
    intent_id text,
    amount_minor bigint,
    currency text,
    told_at timestamp with time zone NOT NULL,
    tries integer NOT NULL,
    next_try_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    CONSTRAINT event_waits_for_a_known_reason CHECK ((reason = ANY (ARRAY['PAYMENT_UNKNOWN'::text, 'MONEY_PARKED'::text, 'REFUND_UNKNOWN'::text, 'NOT_COVERED'::text, 'FIGURES_DIFFER'::text]))),
    CONSTRAINT waiting_currency_iso CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT waiting_intent_short CHECK (((length(intent_id) >= 1) AND (length(intent_id) <= 255))),
    CONSTRAINT waiting_object_small CHECK (((jsonb_typeof(object) = 'object'::text) AND (length((object)::text) <= 100000))),
    CONSTRAINT waiting_tries_counts CHECK (((tries >= 0) AND (tries <= 1000000))),
    CONSTRAINT waiting_type_short CHECK (((length(type) >= 1) AND (length(type) <= 255)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.waiting_event FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.write_off (
    organisation_id uuid NOT NULL,
    write_off_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    currency text NOT NULL,
    total_minor bigint NOT NULL,
    amount_minor bigint NOT NULL,
    reason text NOT NULL,
    note text NOT NULL,
    proposed_by text NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT write_off_is_money CHECK (((amount_minor >= 1) AND (amount_minor <= total_minor))),
    CONSTRAINT write_off_note_bounded CHECK (((length(note) >= 1) AND (length(note) <= 500))),
    CONSTRAINT write_off_proposer_short CHECK ((length(proposed_by) <= 100)),
    CONSTRAINT write_off_reason_known CHECK ((reason = ANY (ARRAY['insolvent'::text, 'untraceable'::text, 'deceased'::text, 'time_barred'::text, 'too_costly'::text, 'settled_for_less'::text, 'other'::text])))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.write_off FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.write_off_decision (
    organisation_id uuid NOT NULL,
    write_off_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    currency text NOT NULL,
    amount_minor bigint NOT NULL,
    proposed_by text NOT NULL,
    verdict text NOT NULL,
    decided_by text NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT write_off_decider_short CHECK ((length(decided_by) <= 100)),
    CONSTRAINT write_off_verdict_known CHECK ((verdict = ANY (ARRAY['approved'::text, 'declined'::text]))),
    CONSTRAINT written_off_by_somebody_else CHECK (((verdict <> 'approved'::text) OR ((decided_by ~~ 'staff:%'::text) AND (decided_by <> proposed_by))))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY billing.write_off_decision FORCE ROW LEVEL SECURITY;

CREATE TABLE care.attachment (
    organisation_id uuid NOT NULL,
    attachment_id uuid NOT NULL,
    taken_id uuid NOT NULL,
    number integer NOT NULL,
    customer_id uuid,
    name text NOT NULL,
    media_type text NOT NULL,
    size_bytes integer NOT NULL,
    refused text,
    content bytea,
    CONSTRAINT attachment_content_is_small CHECK ((length(content) <= 10485760)),
    CONSTRAINT attachment_is_kept_or_refused CHECK (((content IS NULL) = (refused IS NOT NULL))),
    CONSTRAINT attachment_media_type_short CHECK (((length(media_type) >= 3) AND (length(media_type) <= 100))),
    CONSTRAINT attachment_name_has_a_length CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT attachment_number_in_range CHECK (((number >= 1) AND (number <= 50))),
    CONSTRAINT attachment_refused_for_known_reason CHECK ((refused = ANY (ARRAY['executable'::text, 'too_large'::text]))),
    CONSTRAINT attachment_size_in_range CHECK (((size_bytes >= 0) AND (size_bytes <= 100000000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.attachment FORCE ROW LEVEL SECURITY;

CREATE TABLE care.bench_note (
    organisation_id uuid NOT NULL,
    custody_id uuid NOT NULL,
    step integer NOT NULL,
    customer_id uuid NOT NULL,
    words text NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT bench_note_has_a_length CHECK (((length(words) >= 2) AND (length(words) <= 4000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.bench_note FORCE ROW LEVEL SECURITY;

CREATE TABLE care.bench_place (
    organisation_id uuid NOT NULL,
    place_id uuid NOT NULL,
    name text NOT NULL,
    added_by text NOT NULL,
    added_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT bench_place_adder_short CHECK ((length(added_by) <= 100)),
    CONSTRAINT bench_place_name_has_a_length CHECK (((length(name) >= 1) AND (length(name) <= 100)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.bench_place FORCE ROW LEVEL SECURITY;

CREATE TABLE care.bench_step (
    organisation_id uuid NOT NULL,
    custody_id uuid NOT NULL,
    step integer NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    scope_id uuid NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    offer_id uuid,
    item_id uuid,
    item_revision integer,
    passed boolean,
    ended_by text GENERATED ALWAYS AS (
CASE to_state
    WHEN 'handed_back'::text THEN 'customer'::text
    WHEN 'scrapped'::text THEN 'disposal'::text
    ELSE NULL::text
END) STORED,
    ending_step integer GENERATED ALWAYS AS (
CASE
    WHEN (to_state = ANY (ARRAY['handed_back'::text, 'scrapped'::text])) THEN step
    ELSE NULL::integer
END) STORED,
    scrapped_step integer GENERATED ALWAYS AS (
CASE
    WHEN (to_state = 'scrapped'::text) THEN step
    ELSE NULL::integer
END) STORED,
    scrapped_under text GENERATED ALWAYS AS (
CASE
    WHEN (to_state = 'scrapped'::text) THEN 'disposal'::text
    ELSE NULL::text
END) STORED,
    acted_by text NOT NULL,
    acted_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT bench_actor_short CHECK ((length(acted_by) <= 100)),
    CONSTRAINT bench_begins_received CHECK (((step = 1) = (from_state = 'new'::text))),
    CONSTRAINT bench_moves_as_declared CHECK ((care.bench_moves(from_state, to_state) IS TRUE)),
    CONSTRAINT bench_step_counts CHECK (((step >= 1) AND (step <= 1000))),
    CONSTRAINT bench_test_has_its_result CHECK (((((from_state = 'testing'::text) = (passed IS NOT NULL)) AND COALESCE((passed = (to_state = 'ready'::text)), true)) IS TRUE)),
    CONSTRAINT bench_waits_for_an_offer CHECK (((to_state = ANY (ARRAY['waiting_approval'::text, 'approved'::text, 'repairing'::text, 'scrapped'::text])) = (offer_id IS NOT NULL))),
    CONSTRAINT repaired_under_an_item CHECK ((((to_state = ANY (ARRAY['approved'::text, 'repairing'::text, 'scrapped'::text])) = (item_id IS NOT NULL)) AND ((item_id IS NULL) = (item_revision IS NULL))))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.bench_step FORCE ROW LEVEL SECURITY;

CREATE TABLE care.case_fault (
    organisation_id uuid NOT NULL,
    case_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    site_id uuid,
    asset_id uuid,
    noted_at timestamp with time zone NOT NULL,
    repeats_case_id uuid,
    repeats_noted_at timestamp with time zone,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT fault_repeats_within_thirty_days CHECK (((((repeats_case_id IS NULL) = (repeats_noted_at IS NULL)) AND COALESCE(((repeats_case_id <> case_id) AND (((noted_at - repeats_noted_at) >= '00:00:00'::interval) AND ((noted_at - repeats_noted_at) <= '30 days'::interval))), true)) IS TRUE))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.case_fault FORCE ROW LEVEL SECURITY;

CREATE TABLE care.case_file (
    organisation_id uuid NOT NULL,
    case_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    contact_id uuid,
    reference text GENERATED ALWAYS AS (authorisations.reference('case'::text, case_id)) STORED NOT NULL,
    channel text NOT NULL,
    raised_by text NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    continues_case_id uuid,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT case_channel_is_known CHECK ((channel = ANY (ARRAY['phone'::text, 'in_person'::text, 'email'::text, 'sms'::text, 'chat'::text, 'web'::text, 'letter'::text]))),
    CONSTRAINT case_raiser_short CHECK ((length(raised_by) <= 100))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.case_file FORCE ROW LEVEL SECURITY;

CREATE TABLE care.case_incident (
    organisation_id uuid NOT NULL,
    case_id uuid NOT NULL,
    incident_id uuid NOT NULL,
    attached_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.case_incident FORCE ROW LEVEL SECURITY;

CREATE TABLE care.case_message (
    organisation_id uuid NOT NULL,
    message_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    direction text NOT NULL,
    awaits integer NOT NULL,
    reply_due_at timestamp with time zone,
    said_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT case_message_awaits_once CHECK ((awaits = ANY (ARRAY[0, 1]))),
    CONSTRAINT case_message_direction_is_known CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text]))),
    CONSTRAINT who_awaits_is_told_by_when CHECK (((awaits = ((reply_due_at IS NOT NULL))::integer) AND ((awaits = 0) OR (direction = 'in'::text))))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.case_message FORCE ROW LEVEL SECURITY;

CREATE TABLE care.case_note (
    organisation_id uuid NOT NULL,
    note_id uuid NOT NULL,
    case_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    words text NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT case_note_has_a_length CHECK (((length(words) >= 2) AND (length(words) <= 10000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.case_note FORCE ROW LEVEL SECURITY;

CREATE TABLE care.case_place (
    organisation_id uuid NOT NULL,
    message_id uuid NOT NULL,
    number integer NOT NULL,
    before_number integer GENERATED ALWAYS AS (NULLIF((number - 1), 0)) STORED,
    case_id uuid NOT NULL,
    step integer NOT NULL,
    customer_id uuid NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT case_place_counts CHECK (((number >= 1) AND (number <= 1000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.case_place FORCE ROW LEVEL SECURITY;

CREATE TABLE care.case_reply (
    organisation_id uuid NOT NULL,
    message_id uuid NOT NULL,
    answer_id uuid NOT NULL,
    heard text GENERATED ALWAYS AS ('in'::text) STORED NOT NULL,
    said text GENERATED ALWAYS AS ('out'::text) STORED NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.case_reply FORCE ROW LEVEL SECURITY;

CREATE TABLE care.case_step (
    organisation_id uuid NOT NULL,
    case_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    step integer NOT NULL,
    before_step integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    kind text NOT NULL,
    from_state text NOT NULL,
    state text NOT NULL,
    waiting_before integer NOT NULL,
    carried integer NOT NULL,
    waiting integer GENERATED ALWAYS AS ((waiting_before + carried)) STORED NOT NULL,
    given integer GENERATED ALWAYS AS ((- carried)) STORED NOT NULL,
    message_id uuid,
    direction text GENERATED ALWAYS AS (
CASE kind
    WHEN 'heard'::text THEN 'in'::text
    WHEN 'answered'::text THEN 'out'::text
    ELSE NULL::text
END) STORED,
    awaits integer GENERATED ALWAYS AS (
CASE kind
    WHEN 'heard'::text THEN carried
    WHEN 'answered'::text THEN 0
    ELSE NULL::integer
END) STORED,
    other_case_id uuid,
    other_step integer,
    note_id uuid,
    team text,
    staff_id uuid,
    acted_by text NOT NULL,
    acted_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT case_actor_short CHECK ((length(acted_by) <= 100)),
    CONSTRAINT case_begins CHECK (((step > 1) OR ((from_state || waiting_before) = '0'::text))),
    CONSTRAINT case_moves_as_declared CHECK ((((((kind || ' '::text) || from_state) || ' '::text) || state) = ANY (ARRAY['heard  open'::text, 'heard open open'::text, 'heard closed open'::text, 'answered open open'::text, 'answered closed open'::text, 'noted open open'::text, 'noted closed closed'::text, 'fault open open'::text, 'fault closed closed'::text, 'handed open open'::text, 'joined open open'::text, 'joined closed open'::text, 'merged open merged'::text, 'merged closed merged'::text, 'divided open open'::text, 'divided closed closed'::text, 'split_off  open'::text, 'closed open closed'::text]))),
    CONSTRAINT case_step_counts CHECK (((step >= 1) AND (step <= 100000))),
    CONSTRAINT case_step_is_about_something CHECK ((((message_id IS NULL) = (kind <> ALL (ARRAY['heard'::text, 'answered'::text]))) AND ((other_case_id IS NULL) = (kind <> ALL (ARRAY['joined'::text, 'merged'::text, 'divided'::text, 'split_off'::text]))) AND ((other_case_id IS NULL) = (other_step IS NULL)))),
    CONSTRAINT case_team_is_known CHECK ((team = ANY (ARRAY['dispatcher'::text, 'technician'::text, 'agent'::text, 'back_office'::text, 'manager'::text]))),
    CONSTRAINT case_waits_as_it_moved CHECK (((waiting >= 0) AND
CASE kind
    WHEN 'heard'::text THEN ((carried <= 1) AND (carried >= 0))
    WHEN 'answered'::text THEN (waiting = 0)
    WHEN 'merged'::text THEN (waiting = 0)
    WHEN 'joined'::text THEN (carried >= 0)
    WHEN 'split_off'::text THEN (carried >= 0)
    WHEN 'divided'::text THEN (carried <= 0)
    ELSE (carried = 0)
END)),
    CONSTRAINT closed_once_answered CHECK (((state = 'open'::text) OR (waiting = 0)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.case_step FORCE ROW LEVEL SECURITY;

CREATE TABLE care.custody (
    organisation_id uuid NOT NULL,
    custody_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    asset_id uuid NOT NULL,
    job_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    visit_id uuid,
    opened_step integer NOT NULL,
    reference text GENERATED ALWAYS AS (authorisations.reference('device'::text, custody_id)) STORED NOT NULL,
    taken_by text NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT custody_taker_short CHECK ((length(taken_by) <= 100))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.custody FORCE ROW LEVEL SECURITY;

CREATE TABLE care.custody_news (
    organisation_id uuid NOT NULL,
    message_id uuid NOT NULL,
    custody_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.custody_news FORCE ROW LEVEL SECURITY;

CREATE TABLE care.disposal (
    organisation_id uuid NOT NULL,
    custody_id uuid NOT NULL,
    step integer NOT NULL,
    scrapped text GENERATED ALWAYS AS ('scrapped'::text) STORED NOT NULL,
    how text NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT disposal_has_a_length CHECK (((length(how) >= 10) AND (length(how) <= 500)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.disposal FORCE ROW LEVEL SECURITY;

CREATE TABLE care.event (
    organisation_id uuid NOT NULL,
    event_id uuid NOT NULL,
    title text NOT NULL,
    words text NOT NULL,
    place text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    cancelled boolean NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT event_ends_after_it_begins CHECK (((ends_at > starts_at) AND (ends_at <= (starts_at + '60 days'::interval)))),
    CONSTRAINT event_place_bounded CHECK ((length(place) <= 300)),
    CONSTRAINT event_title_has_a_length CHECK (((length(title) >= 1) AND (length(title) <= 200))),
    CONSTRAINT event_version_counts CHECK (((version >= 1) AND (version <= 100000))),
    CONSTRAINT event_words_bounded CHECK ((length(words) <= 4000))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.event FORCE ROW LEVEL SECURITY;

CREATE TABLE care.hand_over (
    organisation_id uuid NOT NULL,
    asset_id uuid NOT NULL,
    step integer NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    hand_over_id uuid NOT NULL,
    custody_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    from_kind text NOT NULL,
    from_id uuid NOT NULL,
    to_kind text NOT NULL,
    to_id uuid NOT NULL,
    opens integer GENERATED ALWAYS AS (
CASE
    WHEN (from_kind = 'customer'::text) THEN step
    ELSE NULL::integer
END) STORED,
    goes_on integer GENERATED ALWAYS AS (
CASE
    WHEN (from_kind <> 'customer'::text) THEN (step - 1)
    ELSE NULL::integer
END) STORED,
    from_staff uuid GENERATED ALWAYS AS (
CASE
    WHEN (from_kind = 'staff'::text) THEN from_id
    ELSE NULL::uuid
END) STORED,
    to_staff uuid GENERATED ALWAYS AS (
CASE
    WHEN (to_kind = 'staff'::text) THEN to_id
    ELSE NULL::uuid
END) STORED,
    to_place uuid GENERATED ALWAYS AS (
CASE
    WHEN (to_kind = 'place'::text) THEN to_id
    ELSE NULL::uuid
END) STORED,
    offer_number integer,
    taken_because text,
    contact_id uuid,
    content_hash bytea NOT NULL,
    signature_hash bytea,
    staff_signature_hash bytea,
    photos integer NOT NULL,
    bench_step integer,
    ends_as text GENERATED ALWAYS AS (
CASE to_kind
    WHEN 'customer'::text THEN 'handed_back'::text
    WHEN 'disposal'::text THEN 'scrapped'::text
    ELSE NULL::text
END) STORED,
    signed_by text NOT NULL,
    captured_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT captured_before_it_is_received CHECK ((captured_at <= (recorded_at + '00:01:00'::interval))),
    CONSTRAINT colleagues_both_sign CHECK (((offer_number IS NULL) = (((from_kind || to_kind) <> 'staffstaff'::text) OR (taken_because IS NOT NULL)))),
    CONSTRAINT disposed_of_as_itself CHECK (((to_kind <> 'disposal'::text) OR (to_id = asset_id))),
    CONSTRAINT hand_over_begins_with_its_owner CHECK (((step > 1) OR (from_kind = 'customer'::text))),
    CONSTRAINT hand_over_content_is_sha256 CHECK ((octet_length(content_hash) = 32)),
    CONSTRAINT hand_over_counts CHECK (((step >= 1) AND (step <= 10000))),
    CONSTRAINT hand_over_photos_are_few CHECK (((photos >= 0) AND (photos <= 12))),
    CONSTRAINT hand_over_signature_is_sha256 CHECK ((octet_length(signature_hash) = 32)),
    CONSTRAINT hand_over_signed_by_its_customer CHECK (((signature_hash IS NULL) = (('customer'::text <> from_kind) AND ('customer'::text <> to_kind)))),
    CONSTRAINT hand_over_signed_by_staff CHECK ((signed_by = ('staff:'::text ||
CASE to_kind
    WHEN 'staff'::text THEN to_id
    ELSE from_id
END))),
    CONSTRAINT hand_over_staff_signature_is_sha256 CHECK ((octet_length(staff_signature_hash) = 32)),
    CONSTRAINT handed_back_ends_it CHECK (((bench_step IS NULL) = (to_kind <> ALL (ARRAY['customer'::text, 'disposal'::text])))),
    CONSTRAINT handed_over_as_hands_can CHECK ((((from_kind || ' '::text) || to_kind) = ANY (ARRAY['customer staff'::text, 'staff customer'::text, 'staff staff'::text, 'staff place'::text, 'place staff'::text, 'staff disposal'::text]))),
    CONSTRAINT handed_over_with_its_owner CHECK ((((from_kind <> 'customer'::text) OR (from_id = customer_id)) AND ((to_kind <> 'customer'::text) OR (to_id = customer_id)))),
    CONSTRAINT staff_draw_beside_the_customer CHECK (((staff_signature_hash IS NULL) OR (signature_hash IS NOT NULL))),
    CONSTRAINT taken_over_from_a_colleague CHECK (((taken_because IS NULL) OR ((from_kind || to_kind) = 'staffstaff'::text))),
    CONSTRAINT taken_over_reason_has_a_length CHECK (((length(taken_because) >= 10) AND (length(taken_because) <= 500)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.hand_over FORCE ROW LEVEL SECURITY;

CREATE TABLE care.hand_over_offer (
    organisation_id uuid NOT NULL,
    asset_id uuid NOT NULL,
    step integer NOT NULL,
    number integer NOT NULL,
    before_step integer GENERATED ALWAYS AS ((step - 1)) STORED,
    before_number integer GENERATED ALWAYS AS (NULLIF((number - 1), 0)) STORED,
    holds text GENERATED ALWAYS AS ('staff'::text) STORED NOT NULL,
    from_id uuid NOT NULL,
    to_id uuid NOT NULL,
    offered_by text NOT NULL,
    offered_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT hand_over_offer_step_counts CHECK (((step >= 2) AND (step <= 10000))),
    CONSTRAINT hand_over_offers_are_few CHECK (((number >= 1) AND (number <= 100))),
    CONSTRAINT offered_by_who_holds_it CHECK ((offered_by = ('staff:'::text || from_id))),
    CONSTRAINT offered_to_somebody_else CHECK ((to_id <> from_id))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.hand_over_offer FORCE ROW LEVEL SECURITY;

CREATE TABLE care.hand_over_photo (
    organisation_id uuid NOT NULL,
    hand_over_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    "position" integer NOT NULL,
    photos integer NOT NULL,
    photo_id uuid NOT NULL,
    photo_hash bytea NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT hand_over_photo_position_in_range CHECK (("position" >= 1)),
    CONSTRAINT hand_over_photos_are_numbered CHECK (("position" <= photos))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.hand_over_photo FORCE ROW LEVEL SECURITY;

CREATE TABLE care.hand_over_signature (
    organisation_id uuid NOT NULL,
    hand_over_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    strokes text NOT NULL,
    strokes_hash bytea NOT NULL,
    staff_strokes text,
    staff_strokes_hash bytea,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT hand_over_staff_strokes_are_bounded CHECK ((octet_length(staff_strokes) <= 40000)),
    CONSTRAINT hand_over_strokes_are_bounded CHECK ((octet_length(strokes) <= 40000)),
    CONSTRAINT hash_of_drawn_strokes CHECK (((strokes_hash = authorisations.seal('sayso/signature/1'::text, strokes)) IS TRUE)),
    CONSTRAINT hash_of_staff_strokes CHECK (((((staff_strokes IS NULL) = (staff_strokes_hash IS NULL)) AND COALESCE((staff_strokes_hash = authorisations.seal('sayso/signature/1'::text, staff_strokes)), true)) IS TRUE))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.hand_over_signature FORCE ROW LEVEL SECURITY;

CREATE TABLE care.hand_over_text (
    organisation_id uuid NOT NULL,
    hand_over_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    content text NOT NULL,
    content_hash bytea NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT hand_over_text_is_bounded CHECK ((octet_length(content) <= 65536)),
    CONSTRAINT hash_of_what_was_signed CHECK (((content_hash = authorisations.seal('sayso/hand-over/1'::text, content)) IS TRUE))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.hand_over_text FORCE ROW LEVEL SECURITY;

CREATE TABLE care.idea (
    organisation_id uuid NOT NULL,
    idea_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    title text NOT NULL,
    words text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    CONSTRAINT idea_title_has_a_length CHECK (((length(title) >= 1) AND (length(title) <= 120))),
    CONSTRAINT idea_words_bounded CHECK ((length(words) <= 2000))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.idea FORCE ROW LEVEL SECURITY;

CREATE TABLE care.idea_answer (
    organisation_id uuid NOT NULL,
    idea_id uuid NOT NULL,
    step integer NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    state text NOT NULL,
    words text NOT NULL,
    said_by text NOT NULL,
    said_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT idea_answer_counts CHECK (((step >= 1) AND (step <= 1000))),
    CONSTRAINT idea_answer_has_a_length CHECK (((length(words) >= 1) AND (length(words) <= 2000))),
    CONSTRAINT idea_answerer_short CHECK ((length(said_by) <= 100)),
    CONSTRAINT idea_state_is_known CHECK ((state = ANY (ARRAY['open'::text, 'planned'::text, 'started'::text, 'done'::text, 'declined'::text])))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.idea_answer FORCE ROW LEVEL SECURITY;

CREATE TABLE care.idea_vote (
    organisation_id uuid NOT NULL,
    idea_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    voted_at timestamp with time zone NOT NULL
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.idea_vote FORCE ROW LEVEL SECURITY;

CREATE TABLE care.loan_paper (
    organisation_id uuid NOT NULL,
    loan_id uuid NOT NULL,
    kind text NOT NULL,
    customer_id uuid NOT NULL,
    content text NOT NULL,
    content_hash bytea NOT NULL,
    strokes text NOT NULL,
    strokes_hash bytea NOT NULL,
    staff_strokes text,
    staff_strokes_hash bytea,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT hash_of_loan_paper CHECK (((content_hash = authorisations.seal('sayso/hand-over/1'::text, content)) IS TRUE)),
    CONSTRAINT hash_of_loan_staff_strokes CHECK (((((staff_strokes IS NULL) = (staff_strokes_hash IS NULL)) AND COALESCE((staff_strokes_hash = authorisations.seal('sayso/signature/1'::text, staff_strokes)), true)) IS TRUE)),
    CONSTRAINT hash_of_loan_strokes CHECK (((strokes_hash = authorisations.seal('sayso/signature/1'::text, strokes)) IS TRUE)),
    CONSTRAINT loan_paper_is_bounded CHECK ((octet_length(content) <= 65536)),
    CONSTRAINT loan_staff_strokes_are_bounded CHECK ((octet_length(staff_strokes) <= 40000)),
    CONSTRAINT loan_strokes_are_bounded CHECK ((octet_length(strokes) <= 40000))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.loan_paper FORCE ROW LEVEL SECURITY;

CREATE TABLE care.loan_step (
    organisation_id uuid NOT NULL,
    loaner_id uuid NOT NULL,
    step integer NOT NULL,
    kind text NOT NULL,
    loan_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    custody_id uuid NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    follows text GENERATED ALWAYS AS (
CASE
    WHEN (step > 1) THEN
    CASE kind
        WHEN 'lent'::text THEN 'returned'::text
        ELSE 'lent'::text
    END
    ELSE NULL::text
END) STORED,
    ends integer GENERATED ALWAYS AS (
CASE
    WHEN (kind = 'returned'::text) THEN (step - 1)
    ELSE NULL::integer
END) STORED,
    staff_id uuid NOT NULL,
    contact_id uuid,
    content_hash bytea NOT NULL,
    signature_hash bytea NOT NULL,
    staff_signature_hash bytea,
    signed_by text NOT NULL,
    captured_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT loan_begins_lent CHECK (((step > 1) OR (kind = 'lent'::text))),
    CONSTRAINT loan_captured_before_it_is_received CHECK ((captured_at <= (recorded_at + '00:01:00'::interval))),
    CONSTRAINT loan_content_is_sha256 CHECK ((octet_length(content_hash) = 32)),
    CONSTRAINT loan_signature_is_sha256 CHECK ((octet_length(signature_hash) = 32)),
    CONSTRAINT loan_signed_by_staff CHECK ((signed_by = ('staff:'::text || staff_id))),
    CONSTRAINT loan_staff_signature_is_sha256 CHECK ((octet_length(staff_signature_hash) = 32)),
    CONSTRAINT loan_step_counts CHECK (((step >= 1) AND (step <= 10000))),
    CONSTRAINT loan_step_kind_is_known CHECK ((kind = ANY (ARRAY['lent'::text, 'returned'::text])))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.loan_step FORCE ROW LEVEL SECURITY;

CREATE TABLE care.loaner (
    organisation_id uuid NOT NULL,
    loaner_id uuid NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    serial text,
    added_by text NOT NULL,
    added_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT loaner_adder_short CHECK ((length(added_by) <= 100)),
    CONSTRAINT loaner_kind_has_a_length CHECK (((length(kind) >= 1) AND (length(kind) <= 60))),
    CONSTRAINT loaner_name_has_a_length CHECK (((length(name) >= 1) AND (length(name) <= 100))),
    CONSTRAINT loaner_serial_has_a_length CHECK (((length(serial) >= 1) AND (length(serial) <= 100)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.loaner FORCE ROW LEVEL SECURITY;

CREATE TABLE care.mail_address (
    organisation_id uuid NOT NULL,
    mail_address_id uuid NOT NULL,
    address text NOT NULL,
    address_hash bytea NOT NULL,
    set_by text NOT NULL,
    set_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT mail_address_has_a_length CHECK (((length(address) >= 3) AND (length(address) <= 254))),
    CONSTRAINT mail_address_own_hash_is_sha256 CHECK ((length(address_hash) = 32)),
    CONSTRAINT mail_address_setter_short CHECK ((length(set_by) <= 100))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.mail_address FORCE ROW LEVEL SECURITY;

CREATE TABLE care.mail_address_hash (
    address_hash bytea NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT mail_address_hash_is_sha256 CHECK ((length(address_hash) = 32))
);

CREATE TABLE care.mail_head (
    organisation_id uuid NOT NULL,
    message_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    rfc_id text,
    subject text NOT NULL,
    sender text NOT NULL,
    automatic boolean NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT mail_rfc_id_short CHECK ((length(rfc_id) <= 1000)),
    CONSTRAINT mail_sender_short CHECK ((length(sender) <= 320)),
    CONSTRAINT mail_subject_short CHECK ((length(subject) <= 250))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.mail_head FORCE ROW LEVEL SECURITY;

CREATE TABLE care.mail_key (
    organisation_id uuid NOT NULL,
    message_key bytea NOT NULL,
    content_key bytea NOT NULL,
    taken_id uuid NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT mail_content_key_is_sha256 CHECK ((length(content_key) = 32)),
    CONSTRAINT mail_key_is_sha256 CHECK ((length(message_key) = 32))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.mail_key FORCE ROW LEVEL SECURITY;

CREATE TABLE care.mail_position (
    organisation_id uuid NOT NULL,
    mailbox_key bytea NOT NULL,
    uid_validity bigint NOT NULL,
    last_uid bigint NOT NULL,
    since date NOT NULL,
    CONSTRAINT mail_last_uid_in_range CHECK (((last_uid >= 0) AND (last_uid <= '4294967295'::bigint))),
    CONSTRAINT mail_position_key_is_sha256 CHECK ((length(mailbox_key) = 32)),
    CONSTRAINT mail_uid_validity_in_range CHECK (((uid_validity >= 0) AND (uid_validity <= '4294967295'::bigint)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.mail_position FORCE ROW LEVEL SECURITY;

CREATE TABLE care.mail_sender (
    organisation_id uuid NOT NULL,
    mail_address_id uuid NOT NULL,
    name text NOT NULL,
    CONSTRAINT mail_sender_name_has_a_length CHECK (((length(name) >= 1) AND (length(name) <= 100))),
    CONSTRAINT mail_sender_name_is_a_line CHECK ((name !~ '[[:cntrl:]]'::text))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.mail_sender FORCE ROW LEVEL SECURITY;

CREATE TABLE care.message (
    organisation_id uuid NOT NULL,
    message_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    contact_id uuid,
    direction text NOT NULL,
    channel text NOT NULL,
    reached boolean NOT NULL,
    words text NOT NULL,
    noted_by text NOT NULL,
    noted_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT message_channel_is_known CHECK ((channel = ANY (ARRAY['phone'::text, 'in_person'::text, 'email'::text, 'sms'::text, 'chat'::text, 'web'::text, 'letter'::text]))),
    CONSTRAINT message_direction_is_known CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text]))),
    CONSTRAINT message_noter_short CHECK ((length(noted_by) <= 100)),
    CONSTRAINT message_words_have_a_length CHECK (((length(words) >= 2) AND (length(words) <= 100000))),
    CONSTRAINT what_came_in_was_heard CHECK (((direction = 'out'::text) OR reached))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.message FORCE ROW LEVEL SECURITY;

CREATE TABLE care.objection (
    organisation_id uuid NOT NULL,
    objection_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    line_number integer NOT NULL,
    number integer NOT NULL,
    before_number integer GENERATED ALWAYS AS (NULLIF((number - 1), 0)) STORED,
    item_id uuid NOT NULL,
    line_ticks bigint NOT NULL,
    line_net bigint NOT NULL,
    scope_id uuid NOT NULL,
    currency text NOT NULL,
    reason text NOT NULL,
    contested_minor bigint NOT NULL,
    message_id uuid NOT NULL,
    direction text GENERATED ALWAYS AS ('in'::text) STORED NOT NULL,
    awaits integer GENERATED ALWAYS AS (1) STORED NOT NULL,
    raised_by text NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT objection_counts CHECK (((number >= 1) AND (number <= 1000))),
    CONSTRAINT objection_raiser_short CHECK ((length(raised_by) <= 100)),
    CONSTRAINT objection_reason_is_known CHECK ((reason = ANY (ARRAY['not_ordered'::text, 'not_done'::text, 'badly_done'::text, 'quantity'::text, 'price'::text, 'paid_before'::text, 'else'::text])))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.objection FORCE ROW LEVEL SECURITY;

CREATE TABLE care.objection_decision (
    organisation_id uuid NOT NULL,
    objection_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    line_number integer NOT NULL,
    number integer NOT NULL,
    currency text NOT NULL,
    outcome text NOT NULL,
    answer_id uuid NOT NULL,
    said text GENERATED ALWAYS AS ('out'::text) STORED NOT NULL,
    awaits integer GENERATED ALWAYS AS (0) STORED NOT NULL,
    credit_note_id uuid,
    credited_net bigint,
    credited_minor bigint,
    refund_id uuid,
    refunded_minor bigint,
    decided_by text NOT NULL,
    decided_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT objection_decider_short CHECK ((length(decided_by) <= 100)),
    CONSTRAINT objection_outcome_is_known CHECK ((outcome = ANY (ARRAY['explained'::text, 'credited'::text, 'refunded'::text]))),
    CONSTRAINT outcome_moves_its_money CHECK (((num_nonnulls(credit_note_id, credited_net, credited_minor) =
CASE outcome
    WHEN 'explained'::text THEN 0
    ELSE 3
END) AND (num_nonnulls(refund_id, refunded_minor) =
CASE outcome
    WHEN 'refunded'::text THEN 2
    ELSE 0
END))),
    CONSTRAINT refunds_what_was_credited CHECK ((((refunded_minor IS NULL) OR (refunded_minor <= credited_minor)) IS TRUE))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.objection_decision FORCE ROW LEVEL SECURITY;

CREATE TABLE care.open_case (
    organisation_id uuid NOT NULL,
    case_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    waiting integer NOT NULL,
    returned boolean NOT NULL,
    rank integer GENERATED ALWAYS AS (
CASE
    WHEN (waiting = 0) THEN 2
    WHEN returned THEN 0
    ELSE 1
END) STORED NOT NULL,
    due_at timestamp with time zone NOT NULL,
    team text,
    staff_id uuid,
    CONSTRAINT open_case_team_is_known CHECK ((team = ANY (ARRAY['dispatcher'::text, 'technician'::text, 'agent'::text, 'back_office'::text, 'manager'::text]))),
    CONSTRAINT open_case_waiting_in_range CHECK (((waiting >= 0) AND (waiting <= 100000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.open_case FORCE ROW LEVEL SECURITY;

CREATE TABLE care.open_custody (
    organisation_id uuid NOT NULL,
    custody_id uuid NOT NULL,
    asset_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    state text NOT NULL,
    returned boolean NOT NULL,
    CONSTRAINT open_custody_state_is_known CHECK ((state = ANY (ARRAY['received'::text, 'waiting'::text, 'diagnosing'::text, 'waiting_approval'::text, 'approved'::text, 'declined'::text, 'repairing'::text, 'testing'::text, 'ready'::text])))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.open_custody FORCE ROW LEVEL SECURITY;

CREATE TABLE care.stray_mail (
    organisation_id uuid NOT NULL,
    stray_id uuid NOT NULL,
    channel text NOT NULL,
    rfc_id text,
    sender_name text NOT NULL,
    sender text NOT NULL,
    subject text NOT NULL,
    words text NOT NULL,
    automatic boolean NOT NULL,
    case_id uuid,
    received_at timestamp with time zone NOT NULL,
    came_back_to text,
    came_back_because text,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT stray_came_back_because_short CHECK ((length(came_back_because) <= 500)),
    CONSTRAINT stray_came_back_to_short CHECK ((length(came_back_to) <= 320)),
    CONSTRAINT stray_channel_is_known CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text, 'chat'::text, 'web'::text]))),
    CONSTRAINT stray_rfc_id_short CHECK ((length(rfc_id) <= 1000)),
    CONSTRAINT stray_sender_name_short CHECK ((length(sender_name) <= 200)),
    CONSTRAINT stray_sender_short CHECK ((length(sender) <= 320)),
    CONSTRAINT stray_subject_short CHECK ((length(subject) <= 250)),
    CONSTRAINT stray_words_have_a_length CHECK (((length(words) >= 2) AND (length(words) <= 100000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.stray_mail FORCE ROW LEVEL SECURITY;

CREATE TABLE care.text_door (
    organisation_id uuid NOT NULL,
    text_door_id uuid NOT NULL,
    channel text NOT NULL,
    name text NOT NULL,
    set_by text NOT NULL,
    set_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT text_door_channel_is_known CHECK ((channel = ANY (ARRAY['sms'::text, 'chat'::text]))),
    CONSTRAINT text_door_name_has_a_length CHECK (((length(name) >= 1) AND (length(name) <= 100))),
    CONSTRAINT text_door_setter_short CHECK ((length(set_by) <= 100))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY care.text_door FORCE ROW LEVEL SECURITY;

CREATE TABLE catalogue.item (
    organisation_id uuid NOT NULL,
    item_id uuid NOT NULL,
    code text NOT NULL,
    kind text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT item_code_has_a_length CHECK (((length(code) >= 1) AND (length(code) <= 40))),
    CONSTRAINT item_kind_is_known CHECK ((kind = ANY (ARRAY['labour'::text, 'part'::text, 'diagnosis'::text, 'travel'::text, 'fee'::text, 'disposal'::text, 'reassembly'::text, 'plan'::text])))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY catalogue.item FORCE ROW LEVEL SECURITY;

CREATE TABLE catalogue.item_version (
    organisation_id uuid NOT NULL,
    item_id uuid NOT NULL,
    effective_on date NOT NULL,
    name text NOT NULL,
    unit text NOT NULL,
    currency text NOT NULL,
    price_numerator bigint NOT NULL,
    price_denominator integer NOT NULL,
    tax_category text NOT NULL,
    tax_rate_bp integer NOT NULL,
    exemption_code text,
    exemption_reason text,
    warranty_months integer,
    warranty_distance integer,
    warranty_unit text,
    withdrawn boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT item_version_currency_is_iso CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT item_version_effective_in_reach CHECK (((effective_on >= '2000-01-01'::date) AND (effective_on <= '2199-12-31'::date))),
    CONSTRAINT item_version_exemption_code_known CHECK (kit.is_exemption(exemption_code)),
    CONSTRAINT item_version_exemption_fits_its_category CHECK (
CASE
    WHEN (tax_category = ANY (ARRAY['S'::text, 'Z'::text])) THEN (num_nonnulls(exemption_code, exemption_reason) = 0)
    WHEN (tax_category = 'E'::text) THEN (num_nonnulls(exemption_code, exemption_reason) > 0)
    ELSE true
END),
    CONSTRAINT item_version_exemption_reason_has_a_length CHECK (((length(exemption_reason) >= 1) AND (length(exemption_reason) <= 200))),
    CONSTRAINT item_version_name_has_a_length CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT item_version_name_says_something CHECK (kit.says_something(name)),
    CONSTRAINT item_version_price_denominator_is_bounded CHECK (((price_denominator >= 1) AND (price_denominator <= 1000000))),
    CONSTRAINT item_version_price_is_bounded CHECK (((price_numerator >= 0) AND (price_numerator <= 1000000000))),
    CONSTRAINT item_version_tax_category_is_en16931 CHECK ((tax_category = ANY (ARRAY['S'::text, 'Z'::text, 'E'::text, 'AE'::text, 'K'::text, 'G'::text, 'O'::text]))),
    CONSTRAINT item_version_tax_fits_its_category CHECK (((tax_category = 'S'::text) OR (tax_rate_bp = 0))),
    CONSTRAINT item_version_tax_rate_is_bounded CHECK (((tax_rate_bp >= 0) AND (tax_rate_bp <= 10000))),
    CONSTRAINT item_version_unit_is_rec20 CHECK ((unit ~ '^[A-Z0-9]{2,3}$'::text)),
    CONSTRAINT item_version_warranty_distance_has_its_unit CHECK (((warranty_distance IS NULL) = (warranty_unit IS NULL))),
    CONSTRAINT item_version_warranty_distance_is_bounded CHECK (((warranty_distance >= 1) AND (warranty_distance <= 10000000))),
    CONSTRAINT item_version_warranty_is_bounded CHECK (((warranty_months >= 1) AND (warranty_months <= 600))),
    CONSTRAINT item_version_warranty_unit_is_known CHECK ((warranty_unit = ANY (ARRAY['KMT'::text, 'SMI'::text, 'HUR'::text])))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY catalogue.item_version FORCE ROW LEVEL SECURITY;

CREATE TABLE customers.asset (
    organisation_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    asset_id uuid NOT NULL,
    site_id uuid,
    kind text NOT NULL,
    name text NOT NULL,
    serial text,
    plate text,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT asset_kind_has_a_length CHECK (((length(kind) >= 1) AND (length(kind) <= 60))),
    CONSTRAINT asset_name_has_a_length CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT asset_plate_has_a_length CHECK (((length(plate) >= 1) AND (length(plate) <= 20))),
    CONSTRAINT asset_serial_has_a_length CHECK (((length(serial) >= 1) AND (length(serial) <= 100))),
    CONSTRAINT asset_version_counts CHECK (((version >= 1) AND (version <= 1000000000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY customers.asset FORCE ROW LEVEL SECURITY;

CREATE TABLE customers.asset_step (
    organisation_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    asset_id uuid NOT NULL,
    version integer NOT NULL,
    happening text NOT NULL,
    site_before uuid,
    site_id uuid,
    kind text NOT NULL,
    name text NOT NULL,
    serial text,
    plate text,
    happened_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    actor text NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((version - 1), 0)) STORED,
    site_was uuid GENERATED ALWAYS AS (COALESCE(site_before, '00000000-0000-0000-0000-000000000000'::uuid)) STORED NOT NULL,
    site_is uuid GENERATED ALWAYS AS (COALESCE(site_id, '00000000-0000-0000-0000-000000000000'::uuid)) STORED NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT asset_happening_is_known CHECK ((happening = ANY (ARRAY['added'::text, 'changed'::text, 'moved'::text]))),
    CONSTRAINT asset_history_begins CHECK ((((version = 1) = (happening = 'added'::text)) AND ((version > 1) OR (site_before IS NULL)))),
    CONSTRAINT asset_moves_when_its_site_changes CHECK (((happening = 'added'::text) OR ((happening = 'moved'::text) = (site_before IS DISTINCT FROM site_id)))),
    CONSTRAINT asset_step_actor_is_short CHECK (((length(actor) >= 1) AND (length(actor) <= 100))),
    CONSTRAINT asset_step_counts CHECK (((version >= 1) AND (version <= 1000000000))),
    CONSTRAINT asset_step_kind_has_a_length CHECK (((length(kind) >= 1) AND (length(kind) <= 60))),
    CONSTRAINT asset_step_name_has_a_length CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT asset_step_plate_has_a_length CHECK (((length(plate) >= 1) AND (length(plate) <= 20))),
    CONSTRAINT asset_step_serial_has_a_length CHECK (((length(serial) >= 1) AND (length(serial) <= 100)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY customers.asset_step FORCE ROW LEVEL SECURITY;

CREATE TABLE customers.contact (
    organisation_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    name text NOT NULL,
    channel text NOT NULL,
    address text NOT NULL,
    may_authorise boolean NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT contact_address_fits_its_channel CHECK (
CASE channel
    WHEN 'email'::text THEN (address ~ '^[^@[:space:]]+@[^@[:space:]]+$'::text)
    WHEN 'post'::text THEN true
    WHEN 'chat'::text THEN (address ~ '^[!-~]{3,254}$'::text)
    ELSE (address ~ '^[+]?[0-9][0-9 ()/.-]{2,39}$'::text)
END),
    CONSTRAINT contact_address_has_a_length CHECK (((length(address) >= 3) AND (length(address) <= 254))),
    CONSTRAINT contact_channel_is_known CHECK ((channel = ANY (ARRAY['email'::text, 'phone'::text, 'sms'::text, 'chat'::text, 'post'::text]))),
    CONSTRAINT contact_name_has_a_length CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT contact_name_says_something CHECK (kit.says_something(name)),
    CONSTRAINT contact_version_counts CHECK (((version >= 1) AND (version <= 1000000000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY customers.contact FORCE ROW LEVEL SECURITY;

CREATE TABLE customers.contact_reach (
    organisation_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    version integer NOT NULL,
    founding boolean NOT NULL,
    since timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT contact_reach_counts CHECK (((version >= 1) AND (version <= 1000000000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY customers.contact_reach FORCE ROW LEVEL SECURITY;

CREATE TABLE customers.customer (
    organisation_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    name text NOT NULL,
    reference text,
    language text NOT NULL,
    zone text NOT NULL,
    street text,
    city text,
    postcode text,
    country text,
    vat_id text,
    buyer_reference text,
    electronic_address text,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    quote text GENERATED ALWAYS AS (COALESCE(reference, ('K-'::text || kit.called(customer_id)))) STORED NOT NULL,
    told_hash bytea GENERATED ALWAYS AS (kit.fingerprint(VARIADIC ARRAY[name, language, zone, street, city, postcode, country, vat_id, buyer_reference, electronic_address])) STORED NOT NULL,
    CONSTRAINT customer_buyer_reference_has_a_length CHECK (((length(buyer_reference) >= 1) AND (length(buyer_reference) <= 100))),
    CONSTRAINT customer_city_has_a_length CHECK (((length(city) >= 1) AND (length(city) <= 100))),
    CONSTRAINT customer_country_is_iso_3166 CHECK ((country ~ '^[A-Z]{2}$'::text)),
    CONSTRAINT customer_electronic_address_bounded CHECK ((electronic_address ~ '^([0-9]{4}|EM):[!-~]{1,100}$'::text)),
    CONSTRAINT customer_language_is_known CHECK ((language = ANY (ARRAY['en'::text, 'de'::text]))),
    CONSTRAINT customer_name_has_a_length CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT customer_name_says_something CHECK (kit.says_something(name)),
    CONSTRAINT customer_postcode_has_a_length CHECK (((length(postcode) >= 1) AND (length(postcode) <= 20))),
    CONSTRAINT customer_reference_has_a_length CHECK (((length(reference) >= 1) AND (length(reference) <= 60))),
    CONSTRAINT customer_street_has_a_length CHECK (((length(street) >= 1) AND (length(street) <= 200))),
    CONSTRAINT customer_vat_id_fits_its_country CHECK (kit.is_vat_id(vat_id)),
    CONSTRAINT customer_version_counts CHECK (((version >= 1) AND (version <= 1000000000))),
    CONSTRAINT customer_zone_has_a_length CHECK (((length(zone) >= 1) AND (length(zone) <= 60)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY customers.customer FORCE ROW LEVEL SECURITY;

CREATE TABLE customers.customer_step (
    organisation_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    version integer NOT NULL,
    name text NOT NULL,
    language text NOT NULL,
    zone text NOT NULL,
    street text,
    city text,
    postcode text,
    country text,
    vat_id text,
    buyer_reference text,
    electronic_address text,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    told_hash bytea GENERATED ALWAYS AS (kit.fingerprint(VARIADIC ARRAY[name, language, zone, street, city, postcode, country, vat_id, buyer_reference, electronic_address])) STORED NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT customer_step_bounded CHECK (((((((((length(((name || language) || zone)) + COALESCE(length(street), 0)) + COALESCE(length(city), 0)) + COALESCE(length(postcode), 0)) + COALESCE(length(country), 0)) + COALESCE(length(vat_id), 0)) + COALESCE(length(buyer_reference), 0)) + COALESCE(length(electronic_address), 0)) <= 1000)),
    CONSTRAINT customer_step_counts CHECK (((version >= 1) AND (version <= 1000000000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY customers.customer_step FORCE ROW LEVEL SECURITY;

CREATE TABLE customers.find_word (
    organisation_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    source_id uuid NOT NULL,
    word text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT find_word_has_a_length CHECK (((length(word) >= 1) AND (length(word) <= 64)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY customers.find_word FORCE ROW LEVEL SECURITY;

CREATE TABLE customers.former_address (
    organisation_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    version integer NOT NULL,
    channel text NOT NULL,
    address text NOT NULL,
    replaced_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT former_address_counts CHECK (((version >= 1) AND (version <= 1000000000))),
    CONSTRAINT former_address_has_a_length CHECK (((length(address) >= 3) AND (length(address) <= 254))),
    CONSTRAINT former_channel_is_known CHECK ((channel = ANY (ARRAY['email'::text, 'phone'::text, 'sms'::text, 'chat'::text, 'post'::text])))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY customers.former_address FORCE ROW LEVEL SECURITY;

CREATE TABLE customers.site (
    organisation_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    site_id uuid NOT NULL,
    address text NOT NULL,
    zone text NOT NULL,
    access_notes text DEFAULT ''::text NOT NULL,
    latitude_e7 integer,
    longitude_e7 integer,
    jurisdiction text DEFAULT 'ZZ'::text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    told_hash bytea GENERATED ALWAYS AS (kit.fingerprint(VARIADIC ARRAY[address, zone])) STORED NOT NULL,
    CONSTRAINT site_access_notes_have_a_length CHECK ((length(access_notes) <= 2000)),
    CONSTRAINT site_address_has_a_length CHECK (((length(address) >= 3) AND (length(address) <= 500))),
    CONSTRAINT site_coordinates_come_together CHECK (((latitude_e7 IS NULL) = (longitude_e7 IS NULL))),
    CONSTRAINT site_jurisdiction_is_iso_3166 CHECK ((jurisdiction ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$'::text)),
    CONSTRAINT site_latitude_is_on_earth CHECK (((latitude_e7 >= '-900000000'::integer) AND (latitude_e7 <= 900000000))),
    CONSTRAINT site_longitude_is_on_earth CHECK (((longitude_e7 >= '-1800000000'::integer) AND (longitude_e7 <= 1800000000))),
    CONSTRAINT site_version_counts CHECK (((version >= 1) AND (version <= 1000000000))),
    CONSTRAINT site_zone_has_a_length CHECK (((length(zone) >= 1) AND (length(zone) <= 60)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY customers.site FORCE ROW LEVEL SECURITY;

CREATE TABLE customers.site_step (
    organisation_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    site_id uuid NOT NULL,
    version integer NOT NULL,
    address text NOT NULL,
    zone text NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    told_hash bytea GENERATED ALWAYS AS (kit.fingerprint(VARIADIC ARRAY[address, zone])) STORED NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT site_step_address_bounded CHECK ((length(address) <= 500)),
    CONSTRAINT site_step_counts CHECK (((version >= 1) AND (version <= 1000000000))),
    CONSTRAINT site_step_zone_bounded CHECK ((length(zone) <= 60))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY customers.site_step FORCE ROW LEVEL SECURITY;

CREATE TABLE customers.sites_moved (
    organisation_id uuid NOT NULL,
    times bigint NOT NULL,
    CONSTRAINT sites_moved_counts CHECK ((times > 0))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY customers.sites_moved FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.arrival_told (
    organisation_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    arrive_until timestamp with time zone NOT NULL,
    since_step integer NOT NULL,
    nth integer NOT NULL,
    was text NOT NULL,
    kind text NOT NULL,
    was_expected_at timestamp with time zone NOT NULL,
    expected_at timestamp with time zone NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((nth - 1), 0)) STORED,
    told_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT told_again_of_half_an_hour CHECK (((kind <> 'moved'::text) OR (expected_at >= (was_expected_at + '00:30:00'::interval)) OR (expected_at <= (was_expected_at - '00:30:00'::interval)))),
    CONSTRAINT told_as_declared CHECK ((((nth = 1) = (was = 'nothing'::text)) AND (((was || ' '::text) || kind) = ANY (ARRAY['nothing left'::text, 'back left'::text, 'left moved'::text, 'moved moved'::text, 'left back'::text, 'moved back'::text])))),
    CONSTRAINT told_six_times_at_most CHECK (((nth >= 1) AND (nth <= 6))),
    CONSTRAINT told_what_is_so CHECK (
CASE kind
    WHEN 'back'::text THEN (expected_at < arrive_until)
    ELSE (expected_at >= arrive_until)
END)
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.arrival_told FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.brought (
    organisation_id uuid NOT NULL,
    job_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    actor text GENERATED ALWAYS AS (('partner:'::text || (partner_id)::text)) STORED NOT NULL,
    customer_id uuid NOT NULL,
    site_id uuid NOT NULL,
    as_before uuid,
    reference text NOT NULL,
    asked_hash bytea NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT brought_hash_is_sha256 CHECK ((length(asked_hash) = 32)),
    CONSTRAINT brought_reference_has_a_length CHECK (((length(reference) >= 1) AND (length(reference) <= 60)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.brought FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.choice (
    organisation_id uuid NOT NULL,
    job_id uuid NOT NULL,
    number integer NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((number - 1), 0)) STORED,
    act text NOT NULL,
    link_id uuid,
    link_purpose text GENERATED ALWAYS AS ('choice'::text) STORED NOT NULL,
    partner_id uuid,
    actor text GENERATED ALWAYS AS (COALESCE(('customer_link:'::text || (link_id)::text), ('partner:'::text || (partner_id)::text))) STORED NOT NULL,
    visit_id uuid NOT NULL,
    step integer NOT NULL,
    to_state text GENERATED ALWAYS AS (
CASE act
    WHEN 'held'::text THEN 'held'::text
    WHEN 'cancelled'::text THEN 'cancelled'::text
    ELSE 'booked'::text
END) STORED NOT NULL,
    held_step integer GENERATED ALWAYS AS (
CASE act
    WHEN 'booked'::text THEN (step - 1)
    ELSE NULL::integer
END) STORED,
    held_state text GENERATED ALWAYS AS ('held'::text) STORED NOT NULL,
    was_at timestamp with time zone,
    starts_at timestamp with time zone NOT NULL,
    moves_before integer NOT NULL,
    moves integer GENERATED ALWAYS AS ((moves_before + ((act = 'moved'::text))::integer)) STORED,
    policy_version integer CONSTRAINT choice_policy_version_not_null1 NOT NULL,
    days_ahead integer NOT NULL,
    hours_before integer NOT NULL,
    most_moves integer NOT NULL,
    earliest time without time zone NOT NULL,
    latest time without time zone NOT NULL,
    zone text NOT NULL,
    chosen_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT choice_by_one_of_both CHECK ((num_nonnulls(link_id, partner_id) = 1)),
    CONSTRAINT choice_counts CHECK (((number >= 1) AND (number <= 500))),
    CONSTRAINT choice_is_at_its_hours CHECK (((act = ANY (ARRAY['booked'::text, 'cancelled'::text])) OR (((((starts_at AT TIME ZONE zone))::time without time zone >= earliest) AND (((starts_at AT TIME ZONE zone))::time without time zone <= latest)) IS TRUE))),
    CONSTRAINT choice_is_in_time CHECK ((((act = 'booked'::text) OR (LEAST(starts_at, was_at) >= (chosen_at + ((hours_before)::double precision * '01:00:00'::interval)))) IS TRUE)),
    CONSTRAINT choice_is_known CHECK ((act = ANY (ARRAY['held'::text, 'booked'::text, 'moved'::text, 'cancelled'::text]))),
    CONSTRAINT choice_is_not_too_far_ahead CHECK (((act = ANY (ARRAY['booked'::text, 'cancelled'::text])) OR (starts_at < (chosen_at + ((days_ahead)::double precision * '24:00:00'::interval))))),
    CONSTRAINT choice_zone_has_a_length CHECK (((length(zone) >= 1) AND (length(zone) <= 60))),
    CONSTRAINT choices_begin_unmoved CHECK (((number > 1) OR (moves_before = 0))),
    CONSTRAINT moves_are_counted CHECK ((((moves_before + ((act = 'moved'::text))::integer) <= most_moves) OR (act <> 'moved'::text))),
    CONSTRAINT only_moves_were_elsewhere CHECK (((act = 'moved'::text) = (was_at IS NOT NULL)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.choice FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.choice_policy (
    organisation_id uuid NOT NULL,
    version integer NOT NULL,
    days_ahead integer NOT NULL,
    hours_before integer NOT NULL,
    most_moves integer NOT NULL,
    earliest time without time zone NOT NULL,
    latest time without time zone NOT NULL,
    step_minutes integer NOT NULL,
    set_by text NOT NULL,
    set_at timestamp with time zone NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((version - 1), 0)) STORED,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT choice_hours_are_in_order CHECK ((earliest <= latest)),
    CONSTRAINT choice_policy_setter_is_short CHECK (((length(set_by) >= 1) AND (length(set_by) <= 100))),
    CONSTRAINT choice_policy_version_counts CHECK (((version >= 1) AND (version <= 1000000000))),
    CONSTRAINT choice_step_in_range CHECK (((step_minutes >= 15) AND (step_minutes <= 720))),
    CONSTRAINT days_ahead_in_range CHECK (((days_ahead >= 1) AND (days_ahead <= 30))),
    CONSTRAINT hours_before_in_range CHECK (((hours_before >= 0) AND (hours_before <= 336))),
    CONSTRAINT most_moves_in_range CHECK (((most_moves >= 0) AND (most_moves <= 20)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.choice_policy FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.collection (
    organisation_id uuid NOT NULL,
    job_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.collection FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.collection_settled (
    organisation_id uuid NOT NULL,
    job_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    settled_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.collection_settled FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.collection_stop (
    organisation_id uuid NOT NULL,
    technician_id uuid NOT NULL,
    step integer NOT NULL,
    was_stopped boolean NOT NULL,
    stopped boolean NOT NULL,
    visit_id uuid,
    visit_step integer,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    actor text NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT collection_stop_actor_is_short CHECK (((length(actor) >= 1) AND (length(actor) <= 100))),
    CONSTRAINT collection_stop_begins CHECK (((step > 1) OR (NOT was_stopped))),
    CONSTRAINT collection_stop_changes CHECK (((visit_id IS NOT NULL) OR (was_stopped <> stopped))),
    CONSTRAINT collection_stop_counts CHECK (((step >= 1) AND (step <= 1000000))),
    CONSTRAINT nobody_stopped_is_sent CHECK (((visit_id IS NULL) OR (NOT (was_stopped OR stopped)))),
    CONSTRAINT sending_is_of_a_visit_step CHECK (((visit_id IS NULL) = (visit_step IS NULL)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.collection_stop FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.job (
    organisation_id uuid NOT NULL,
    job_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    site_id uuid NOT NULL,
    asset_id uuid,
    scope_id uuid NOT NULL,
    currency text NOT NULL,
    kind text NOT NULL,
    priority integer NOT NULL,
    skills jsonb NOT NULL,
    loads jsonb NOT NULL,
    preferred_technician_id uuid,
    duration_minutes integer NOT NULL,
    arrival_minutes integer NOT NULL,
    crew_size integer NOT NULL,
    symptom text NOT NULL,
    named_currency text,
    named_policy text,
    trade text NOT NULL,
    price_form text NOT NULL,
    opened_by text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    collects boolean GENERATED ALWAYS AS ((kind = 'collection'::text)) STORED NOT NULL,
    brought_by text GENERATED ALWAYS AS (
CASE
    WHEN (opened_by ~~ 'partner:%'::text) THEN opened_by
    ELSE NULL::text
END) STORED,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT arrival_window_fits_a_day CHECK (((arrival_minutes >= 15) AND (arrival_minutes <= 720))),
    CONSTRAINT crew_size_in_range CHECK (((crew_size >= 1) AND (crew_size <= 6))),
    CONSTRAINT job_duration_fits_a_day CHECK (((duration_minutes >= 5) AND (duration_minutes <= 1440))),
    CONSTRAINT job_kind_is_known CHECK ((kind = ANY (ARRAY['repair'::text, 'install'::text, 'collection'::text, 'inspection'::text]))),
    CONSTRAINT job_loads_are_bounded CHECK ((((length((loads)::text) <= 1200) AND dispatch.are_amounts(loads, (1000000000)::bigint)) IS TRUE)),
    CONSTRAINT job_named_currency_is_iso CHECK ((named_currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT job_named_policy_is_short CHECK (((length(named_policy) >= 1) AND (length(named_policy) <= 60))),
    CONSTRAINT job_opener_is_short CHECK (((length(opened_by) >= 1) AND (length(opened_by) <= 100))),
    CONSTRAINT job_price_form_is_known CHECK ((price_form = ANY (ARRAY['any'::text, 'itemised'::text, 'limit'::text, 'time_and_materials'::text]))),
    CONSTRAINT job_priority_is_known CHECK (((priority >= 1) AND (priority <= 5))),
    CONSTRAINT job_skills_are_bounded CHECK ((((length((skills)::text) <= 1200) AND dispatch.are_amounts(skills, (10)::bigint)) IS TRUE)),
    CONSTRAINT job_trade_is_a_word CHECK ((trade ~ '^[a-z][a-z_]{1,39}$'::text)),
    CONSTRAINT symptom_has_a_length CHECK ((length(symptom) <= 4000))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.job FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.job_reading (
    organisation_id uuid NOT NULL,
    job_id uuid NOT NULL,
    taken_when text NOT NULL,
    step integer NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    value bigint NOT NULL,
    unit text NOT NULL,
    read_by text NOT NULL,
    read_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT reading_moment_is_known CHECK ((taken_when = ANY (ARRAY['intake'::text, 'return'::text]))),
    CONSTRAINT reading_step_counts CHECK (((step >= 1) AND (step <= 1000))),
    CONSTRAINT reading_teller_short CHECK ((length(read_by) <= 100)),
    CONSTRAINT reading_unit_is_known CHECK ((unit = ANY (ARRAY['KMT'::text, 'SMI'::text, 'HUR'::text]))),
    CONSTRAINT reading_value_in_range CHECK (((value >= 0) AND (value <= 100000000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.job_reading FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.job_step (
    organisation_id uuid NOT NULL,
    job_id uuid NOT NULL,
    step integer NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    visits_needed integer DEFAULT 1 NOT NULL,
    was_done integer DEFAULT 0 NOT NULL,
    visits_done integer DEFAULT 0 NOT NULL,
    completed_visit uuid,
    completed_step integer,
    completed_in text GENERATED ALWAYS AS (
CASE
    WHEN (completed_visit IS NOT NULL) THEN 'completed'::text
    ELSE NULL::text
END) STORED,
    by_partner text GENERATED ALWAYS AS (
CASE
    WHEN (actor ~~ 'partner:%'::text) THEN actor
    ELSE NULL::text
END) STORED,
    actor text NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT completed_visits_are_counted CHECK ((((visits_done - was_done) = num_nonnulls(completed_visit)) AND (num_nulls(completed_visit, completed_step) = ANY (ARRAY[0, 2])))),
    CONSTRAINT job_actor_is_short CHECK (((length(actor) >= 1) AND (length(actor) <= 100))),
    CONSTRAINT job_begins_open CHECK (((step = 1) = (from_state = 'new'::text))),
    CONSTRAINT job_begins_with_nothing_done CHECK (((step > 1) OR (was_done = 0))),
    CONSTRAINT job_moves_as_declared CHECK ((((from_state || ' '::text) || to_state) = ANY (ARRAY['new open'::text, 'open open'::text, 'open in_progress'::text, 'in_progress in_progress'::text, 'in_progress work_done'::text, 'work_done closed'::text, 'open cancelled'::text, 'in_progress cancelled'::text]))),
    CONSTRAINT job_step_counts CHECK (((step >= 1) AND (step <= 1000))),
    CONSTRAINT visits_needed_in_range CHECK (((visits_needed >= 1) AND (visits_needed <= 100))),
    CONSTRAINT work_is_done_by_enough_visits CHECK (((to_state <> 'work_done'::text) OR (visits_done >= visits_needed)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.job_step FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.occupancy (
    organisation_id uuid NOT NULL,
    occupancy_id uuid NOT NULL,
    technician_id uuid NOT NULL,
    kind text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    during tstzrange GENERATED ALWAYS AS (tstzrange(starts_at, ends_at, '[)'::text)) STORED NOT NULL,
    visit_id uuid,
    member integer,
    crew_size integer,
    next_member integer GENERATED ALWAYS AS (
CASE
    WHEN (crew_size > 1) THEN ((member % crew_size) + 1)
    ELSE NULL::integer
END) STORED,
    expires_at timestamp with time zone,
    reason text,
    CONSTRAINT absence_reason_is_a_word CHECK ((reason ~ '^[a-z][a-z_]{1,59}$'::text)),
    CONSTRAINT member_is_of_the_crew CHECK ((((visit_id IS NULL) OR ((member >= 1) AND (member <= crew_size))) IS TRUE)),
    CONSTRAINT occupancy_kind_is_known CHECK ((kind = ANY (ARRAY['visit'::text, 'hold'::text, 'break'::text, 'absence'::text]))),
    CONSTRAINT occupancy_takes_time CHECK (((ends_at > starts_at) AND (ends_at <= (starts_at + '400 days'::interval)) AND isfinite(starts_at))),
    CONSTRAINT only_absences_have_a_reason CHECK (((kind = 'absence'::text) = (reason IS NOT NULL))),
    CONSTRAINT only_holds_expire CHECK (((kind = 'hold'::text) = (expires_at IS NOT NULL))),
    CONSTRAINT only_visits_and_holds_have_a_visit CHECK (((kind = ANY (ARRAY['visit'::text, 'hold'::text])) = (visit_id IS NOT NULL))),
    CONSTRAINT only_visits_have_a_crew CHECK ((num_nulls(visit_id, member, crew_size) = ANY (ARRAY[0, 3])))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.occupancy FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.occurrence (
    organisation_id uuid NOT NULL,
    series_id uuid NOT NULL,
    starts_wall timestamp without time zone NOT NULL,
    job_id uuid,
    actor text NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT occurrence_actor_is_short CHECK (((length(actor) >= 1) AND (length(actor) <= 100)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.occurrence FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.parts_step (
    organisation_id uuid NOT NULL,
    job_id uuid NOT NULL,
    step integer NOT NULL,
    there_at timestamp with time zone NOT NULL,
    actor text NOT NULL,
    said_at timestamp with time zone NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT parts_actor_is_short CHECK (((length(actor) >= 1) AND (length(actor) <= 100))),
    CONSTRAINT parts_step_counts CHECK (((step >= 1) AND (step <= 1000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.parts_step FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.plan (
    organisation_id uuid NOT NULL,
    plan_id uuid NOT NULL,
    kind text NOT NULL,
    from_at timestamp with time zone NOT NULL,
    until_at timestamp with time zone NOT NULL,
    job_ids uuid[],
    absent uuid[] NOT NULL,
    budget_seconds integer,
    budget_iterations integer,
    seed integer NOT NULL,
    fairness_percent integer NOT NULL,
    asked_by text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT emergency_names_its_jobs CHECK (((kind <> 'emergency'::text) OR (COALESCE(cardinality(job_ids), 0) > 0))),
    CONSTRAINT plan_asker_is_short CHECK (((length(asked_by) >= 1) AND (length(asked_by) <= 100))),
    CONSTRAINT plan_budget_iterations_in_range CHECK (((budget_iterations >= 1) AND (budget_iterations <= 100000000))),
    CONSTRAINT plan_budget_seconds_in_range CHECK (((budget_seconds >= 1) AND (budget_seconds <= 600))),
    CONSTRAINT plan_fairness_in_range CHECK (((fairness_percent >= 0) AND (fairness_percent <= 1000))),
    CONSTRAINT plan_has_one_budget CHECK ((num_nonnulls(budget_seconds, budget_iterations) = 1)),
    CONSTRAINT plan_kind_is_known CHECK ((kind = ANY (ARRAY['mend'::text, 'improve'::text, 'emergency'::text]))),
    CONSTRAINT plan_seed_in_range CHECK (((seed >= 0) AND (seed <= 1000000000))),
    CONSTRAINT plan_span_is_near CHECK (((until_at > from_at) AND (until_at <= (from_at + '15 days'::interval))))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.plan FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.plan_break (
    organisation_id uuid NOT NULL,
    plan_id uuid NOT NULL,
    technician_id uuid NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    occupancy_id uuid NOT NULL,
    stands boolean NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT plan_break_takes_time CHECK ((ends_at > starts_at))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.plan_break FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.plan_found (
    organisation_id uuid NOT NULL,
    plan_id uuid NOT NULL,
    step integer NOT NULL,
    proposed_in text GENERATED ALWAYS AS ('proposed'::text) STORED NOT NULL,
    read_at timestamp with time zone NOT NULL,
    travel_seconds_now integer NOT NULL,
    travel_seconds integer NOT NULL,
    points_left_out bigint NOT NULL,
    overtime_seconds integer NOT NULL,
    iterations integer NOT NULL,
    cpu_milliseconds integer NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT plan_iterations_is_positive CHECK ((iterations >= 0)),
    CONSTRAINT plan_milliseconds_is_positive CHECK ((cpu_milliseconds >= 0)),
    CONSTRAINT plan_overtime_is_positive CHECK ((overtime_seconds >= 0)),
    CONSTRAINT plan_points_left_out_is_positive CHECK ((points_left_out >= 0)),
    CONSTRAINT plan_travel_is_positive CHECK ((travel_seconds >= 0)),
    CONSTRAINT plan_travel_now_is_positive CHECK ((travel_seconds_now >= 0))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.plan_found FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.plan_left_out (
    organisation_id uuid NOT NULL,
    plan_id uuid NOT NULL,
    job_id uuid NOT NULL,
    visit_id uuid,
    reason text NOT NULL,
    points bigint NOT NULL,
    subject_id uuid GENERATED ALWAYS AS (COALESCE(visit_id, job_id)) STORED NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT plan_left_out_points_is_positive CHECK ((points >= 0)),
    CONSTRAINT plan_left_out_reason_is_known CHECK ((reason = ANY (ARRAY['NO_SKILL'::text, 'NO_SHIFT'::text, 'TOO_FAR'::text, 'FULL'::text, 'NO_CREW'::text, 'BEFORE_PARTS'::text, 'NOT_WAITING'::text])))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.plan_left_out FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.plan_step (
    organisation_id uuid NOT NULL,
    plan_id uuid NOT NULL,
    step integer NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    percent integer,
    reason text,
    actor text NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT plan_actor_is_short CHECK (((length(actor) >= 1) AND (length(actor) <= 100))),
    CONSTRAINT plan_begins_asked CHECK (((step = 1) = (from_state = 'new'::text))),
    CONSTRAINT plan_failure_says_why CHECK (((to_state <> 'failed'::text) OR (reason IS NOT NULL))),
    CONSTRAINT plan_moves_as_declared CHECK ((((from_state || ' '::text) || to_state) = ANY (ARRAY['new asked'::text, 'asked computing'::text, 'computing computing'::text, 'computing proposed'::text, 'proposed published'::text, 'proposed outdated'::text, 'asked withdrawn'::text, 'computing withdrawn'::text, 'proposed withdrawn'::text, 'asked failed'::text, 'computing failed'::text]))),
    CONSTRAINT plan_percent_in_range CHECK (((percent >= 0) AND (percent <= 100))),
    CONSTRAINT plan_reason_is_a_word CHECK ((reason ~ '^[a-z][a-z_]{1,59}$'::text)),
    CONSTRAINT plan_step_counts CHECK (((step >= 1) AND (step <= 1000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.plan_step FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.plan_stop (
    organisation_id uuid NOT NULL,
    plan_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    technician_id uuid NOT NULL,
    nth integer NOT NULL,
    job_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    arrive_until timestamp with time zone NOT NULL,
    fixed boolean NOT NULL,
    travel_seconds integer NOT NULL,
    travel_estimated boolean NOT NULL,
    change text,
    was_technician_id uuid,
    was_starts_at timestamp with time zone,
    breaks_promise boolean NOT NULL,
    job_steps integer NOT NULL,
    occupancy_id uuid,
    crew uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    crew_occupancy_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    promise_id uuid,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT only_changes_break_promises CHECK (((NOT breaks_promise) OR (change IS NOT NULL))),
    CONSTRAINT plan_addition_takes_a_place CHECK (((occupancy_id IS NOT NULL) = (NOT (change IS DISTINCT FROM 'added'::text)))),
    CONSTRAINT plan_change_is_known CHECK ((change = ANY (ARRAY['added'::text, 'technician'::text, 'time'::text, 'technician_and_time'::text]))),
    CONSTRAINT plan_change_promises CHECK (((promise_id IS NOT NULL) = ((NOT (change IS DISTINCT FROM 'added'::text)) OR breaks_promise))),
    CONSTRAINT plan_change_says_from_where CHECK ((((was_starts_at IS NULL) = (NOT (change IS DISTINCT FROM 'added'::text))) AND ((was_technician_id IS NULL) = (NOT (change IS DISTINCT FROM 'added'::text))))),
    CONSTRAINT plan_crew_takes_places CHECK ((((cardinality(crew) = cardinality(crew_occupancy_ids)) AND ((crew = '{}'::uuid[]) OR (NOT (change IS DISTINCT FROM 'added'::text)))) IS TRUE)),
    CONSTRAINT plan_fixed_stays CHECK (((NOT fixed) OR (change IS NULL))),
    CONSTRAINT plan_job_steps_is_positive CHECK ((job_steps > 0)),
    CONSTRAINT plan_stop_counts CHECK (((nth >= 1) AND (nth <= 100000))),
    CONSTRAINT plan_stop_takes_time CHECK (((ends_at > starts_at) AND (arrive_until > starts_at))),
    CONSTRAINT plan_stop_travel_is_positive CHECK ((travel_seconds >= 0))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.plan_stop FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.plan_technician (
    organisation_id uuid NOT NULL,
    plan_id uuid NOT NULL,
    technician_id uuid NOT NULL,
    stood bytea NOT NULL,
    changes boolean NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT plan_day_is_sha256 CHECK ((length(stood) = 32))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.plan_technician FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch."position" (
    organisation_id uuid NOT NULL,
    technician_id uuid NOT NULL,
    measured_at timestamp with time zone NOT NULL,
    latitude_e7 integer NOT NULL,
    longitude_e7 integer NOT NULL,
    accuracy_metres integer,
    shift_starts_at timestamp with time zone NOT NULL,
    shift_ends_at timestamp with time zone NOT NULL,
    visit_id uuid NOT NULL,
    visit_step integer NOT NULL,
    visit_state text NOT NULL,
    received_at timestamp with time zone NOT NULL,
    CONSTRAINT position_accuracy_in_range CHECK (((accuracy_metres >= 0) AND (accuracy_metres <= 100000))),
    CONSTRAINT position_is_in_the_shift CHECK (((measured_at >= shift_starts_at) AND (measured_at < shift_ends_at))),
    CONSTRAINT position_is_needed CHECK ((visit_state = ANY (ARRAY['dispatched'::text, 'accepted'::text, 'en_route'::text, 'on_site'::text, 'working'::text, 'paused'::text]))),
    CONSTRAINT position_is_of_the_past CHECK ((measured_at <= (received_at + '00:05:00'::interval))),
    CONSTRAINT position_latitude_is_on_earth CHECK (((latitude_e7 >= '-900000000'::integer) AND (latitude_e7 <= 900000000))),
    CONSTRAINT position_longitude_is_on_earth CHECK (((longitude_e7 >= '-1800000000'::integer) AND (longitude_e7 <= 1800000000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch."position" FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.preference (
    organisation_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    technician_id uuid
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.preference FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.series_step (
    organisation_id uuid NOT NULL,
    series_id uuid NOT NULL,
    step integer NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    actor text NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT series_actor_is_short CHECK (((length(actor) >= 1) AND (length(actor) <= 100))),
    CONSTRAINT series_begins_active CHECK (((step = 1) = (from_state = 'new'::text))),
    CONSTRAINT series_moves_as_declared CHECK ((((from_state || ' '::text) || to_state) = ANY (ARRAY['new active'::text, 'active paused'::text, 'paused active'::text, 'active ended'::text, 'paused ended'::text]))),
    CONSTRAINT series_step_counts CHECK (((step >= 1) AND (step <= 1000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.series_step FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.shift (
    organisation_id uuid NOT NULL,
    technician_id uuid NOT NULL,
    on_day date NOT NULL,
    starts_wall time without time zone NOT NULL,
    ends_wall time without time zone NOT NULL,
    zone text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    during tstzrange GENERATED ALWAYS AS (tstzrange(starts_at, ends_at, '[)'::text)) STORED NOT NULL,
    break_minutes integer,
    break_earliest time without time zone,
    break_latest time without time zone,
    break_earliest_at timestamp with time zone,
    break_latest_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT shift_break_in_range CHECK (((break_minutes >= 5) AND (break_minutes <= 480))),
    CONSTRAINT shift_break_is_whole CHECK ((num_nulls(break_minutes, break_earliest, break_latest, break_earliest_at, break_latest_at) = ANY (ARRAY[0, 5]))),
    CONSTRAINT shift_break_is_within_it CHECK ((((break_minutes IS NULL) OR ((break_earliest_at >= starts_at) AND (break_latest_at >= break_earliest_at) AND ((break_latest_at + make_interval(mins => break_minutes)) <= ends_at))) IS TRUE)),
    CONSTRAINT shift_lasts_within_a_day CHECK (((ends_at > starts_at) AND (ends_at <= (starts_at + '25:00:00'::interval)) AND isfinite(starts_at))),
    CONSTRAINT shift_zone_has_a_length CHECK (((length(zone) >= 1) AND (length(zone) <= 60)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.shift FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.started_item (
    organisation_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    step integer NOT NULL,
    item_id uuid NOT NULL,
    started_in text GENERATED ALWAYS AS ('working'::text) STORED NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.started_item FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.technician (
    organisation_id uuid NOT NULL,
    technician_id uuid NOT NULL,
    zone text NOT NULL,
    skills jsonb NOT NULL,
    may_take_cash boolean NOT NULL,
    home_latitude_e7 integer,
    home_longitude_e7 integer,
    reach_metres integer NOT NULL,
    active boolean DEFAULT true NOT NULL,
    start_latitude_e7 integer,
    start_longitude_e7 integer,
    end_latitude_e7 integer,
    end_longitude_e7 integer,
    hour_cost_minor bigint,
    overtime_hour_cost_minor bigint,
    km_cost_minor bigint,
    most_overtime_minutes integer DEFAULT 0 NOT NULL,
    speed_percent integer DEFAULT 100 NOT NULL,
    capacity jsonb DEFAULT '{}'::jsonb NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT capacity_is_bounded CHECK ((((length((capacity)::text) <= 2000) AND dispatch.are_amounts(capacity, (1000000000)::bigint)) IS TRUE)),
    CONSTRAINT end_coordinates_come_together CHECK (((end_latitude_e7 IS NULL) = (end_longitude_e7 IS NULL))),
    CONSTRAINT end_latitude_is_on_earth CHECK (((end_latitude_e7 >= '-900000000'::integer) AND (end_latitude_e7 <= 900000000))),
    CONSTRAINT end_longitude_is_on_earth CHECK (((end_longitude_e7 >= '-1800000000'::integer) AND (end_longitude_e7 <= 1800000000))),
    CONSTRAINT home_coordinates_come_together CHECK (((home_latitude_e7 IS NULL) = (home_longitude_e7 IS NULL))),
    CONSTRAINT home_latitude_is_on_earth CHECK (((home_latitude_e7 >= '-900000000'::integer) AND (home_latitude_e7 <= 900000000))),
    CONSTRAINT home_longitude_is_on_earth CHECK (((home_longitude_e7 >= '-1800000000'::integer) AND (home_longitude_e7 <= 1800000000))),
    CONSTRAINT hour_cost_is_money CHECK (((hour_cost_minor >= 0) AND (hour_cost_minor <= '1000000000000000'::bigint))),
    CONSTRAINT km_cost_is_money CHECK (((km_cost_minor >= 0) AND (km_cost_minor <= '1000000000000'::bigint))),
    CONSTRAINT most_overtime_minutes_in_range CHECK (((most_overtime_minutes >= 0) AND (most_overtime_minutes <= 720))),
    CONSTRAINT overtime_hour_cost_is_money CHECK (((overtime_hour_cost_minor >= 0) AND (overtime_hour_cost_minor <= '1000000000000000'::bigint))),
    CONSTRAINT reach_is_on_earth CHECK (((reach_metres >= 1) AND (reach_metres <= 20100000))),
    CONSTRAINT speed_percent_in_range CHECK (((speed_percent >= 25) AND (speed_percent <= 400))),
    CONSTRAINT start_coordinates_come_together CHECK (((start_latitude_e7 IS NULL) = (start_longitude_e7 IS NULL))),
    CONSTRAINT start_latitude_is_on_earth CHECK (((start_latitude_e7 >= '-900000000'::integer) AND (start_latitude_e7 <= 900000000))),
    CONSTRAINT start_longitude_is_on_earth CHECK (((start_longitude_e7 >= '-1800000000'::integer) AND (start_longitude_e7 <= 1800000000))),
    CONSTRAINT technician_skills_are_bounded CHECK ((((length((skills)::text) <= 3000) AND dispatch.are_amounts(skills, (10)::bigint)) IS TRUE)),
    CONSTRAINT technician_version_counts CHECK (((version >= 1) AND (version <= 1000000000))),
    CONSTRAINT technician_zone_has_a_length CHECK (((length(zone) >= 1) AND (length(zone) <= 60)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.technician FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.travel_leg (
    organisation_id uuid NOT NULL,
    from_latitude_e7 integer NOT NULL,
    from_longitude_e7 integer NOT NULL,
    to_latitude_e7 integer NOT NULL,
    to_longitude_e7 integer NOT NULL,
    seconds integer,
    metres integer,
    engine text NOT NULL,
    told_at timestamp with time zone NOT NULL,
    CONSTRAINT leg_engine_is_short CHECK (((length(engine) >= 1) AND (length(engine) <= 20))),
    CONSTRAINT leg_figures_come_together CHECK (((seconds IS NULL) = (metres IS NULL))),
    CONSTRAINT leg_from_latitude_is_on_earth CHECK (((from_latitude_e7 >= '-900000000'::integer) AND (from_latitude_e7 <= 900000000))),
    CONSTRAINT leg_from_longitude_is_on_earth CHECK (((from_longitude_e7 >= '-1800000000'::integer) AND (from_longitude_e7 <= 1800000000))),
    CONSTRAINT leg_metres_in_range CHECK (((metres >= 0) AND (metres <= 20000000))),
    CONSTRAINT leg_seconds_in_range CHECK (((seconds >= 0) AND (seconds <= 604800))),
    CONSTRAINT leg_to_latitude_is_on_earth CHECK (((to_latitude_e7 >= '-900000000'::integer) AND (to_latitude_e7 <= 900000000))),
    CONSTRAINT leg_to_longitude_is_on_earth CHECK (((to_longitude_e7 >= '-1800000000'::integer) AND (to_longitude_e7 <= 1800000000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.travel_leg FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.travel_speeds (
    organisation_id uuid NOT NULL,
    version integer NOT NULL,
    detour_percent integer NOT NULL,
    metres_an_hour integer NOT NULL,
    leg_seconds integer NOT NULL,
    areas jsonb NOT NULL,
    figures jsonb,
    set_by text NOT NULL,
    set_at timestamp with time zone NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((version - 1), 0)) STORED,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT travel_areas_are_bounded CHECK (((jsonb_typeof(areas) = 'array'::text) AND (length((areas)::text) <= 20000))),
    CONSTRAINT travel_detour_in_range CHECK (((detour_percent >= 100) AND (detour_percent <= 500))),
    CONSTRAINT travel_figures_are_bounded CHECK (((jsonb_typeof(figures) = 'array'::text) AND (length((figures)::text) <= 20000))),
    CONSTRAINT travel_leg_in_range CHECK (((leg_seconds >= 0) AND (leg_seconds <= 3600))),
    CONSTRAINT travel_speed_in_range CHECK (((metres_an_hour >= 1000) AND (metres_an_hour <= 300000))),
    CONSTRAINT travel_speeds_setter_is_short CHECK (((length(set_by) >= 1) AND (length(set_by) <= 100))),
    CONSTRAINT travel_speeds_version_counts CHECK (((version >= 1) AND (version <= 1000000000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.travel_speeds FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.unfinished_job (
    organisation_id uuid NOT NULL,
    job_id uuid NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.unfinished_job FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.visit (
    organisation_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    job_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    site_id uuid NOT NULL,
    collects boolean NOT NULL,
    crew_size integer NOT NULL,
    made_by text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT visit_maker_is_short CHECK (((length(made_by) >= 1) AND (length(made_by) <= 100)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.visit FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.visit_delay (
    organisation_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    nth integer NOT NULL,
    about text NOT NULL,
    planned_at timestamp with time zone NOT NULL,
    minutes integer NOT NULL,
    reason text NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((nth - 1), 0)) STORED,
    told_by text NOT NULL,
    told_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT delay_counts CHECK (((nth >= 1) AND (nth <= 1000))),
    CONSTRAINT delay_is_known CHECK ((about = ANY (ARRAY['arrival'::text, 'end'::text]))),
    CONSTRAINT delay_minutes_in_range CHECK (((minutes >= 0) AND (minutes <= 720))),
    CONSTRAINT delay_reason_is_known CHECK ((reason = ANY (ARRAY['traffic'::text, 'visit_before'::text, 'more_to_do'::text, 'part_missing'::text, 'vehicle'::text, 'something_else'::text]))),
    CONSTRAINT delay_teller_is_short CHECK (((length(told_by) >= 1) AND (length(told_by) <= 100)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.visit_delay FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.visit_series (
    organisation_id uuid NOT NULL,
    series_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    site_id uuid NOT NULL,
    asset_id uuid,
    job jsonb NOT NULL,
    rule text NOT NULL,
    starts_wall timestamp without time zone NOT NULL,
    left_out timestamp without time zone[] NOT NULL,
    added timestamp without time zone[] NOT NULL,
    zone text NOT NULL,
    horizon_days integer NOT NULL,
    technician_id uuid,
    crew uuid[] NOT NULL,
    via text NOT NULL,
    made_by text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT added_are_few CHECK ((cardinality(added) <= 400)),
    CONSTRAINT left_out_are_few CHECK ((cardinality(left_out) <= 400)),
    CONSTRAINT series_crew_in_range CHECK ((cardinality(crew) <= 5)),
    CONSTRAINT series_horizon_in_range CHECK (((horizon_days >= 1) AND (horizon_days <= 400))),
    CONSTRAINT series_job_is_bounded CHECK ((((jsonb_typeof(job) = 'object'::text) AND (length((job)::text) <= 20000)) IS TRUE)),
    CONSTRAINT series_maker_is_short CHECK (((length(made_by) >= 1) AND (length(made_by) <= 100))),
    CONSTRAINT series_rule_is_bounded CHECK (((length(rule) >= 10) AND (length(rule) <= 500))),
    CONSTRAINT series_starts_in_time CHECK (isfinite(starts_wall)),
    CONSTRAINT series_via_is_short CHECK (((length(via) >= 1) AND (length(via) <= 20))),
    CONSTRAINT series_zone_has_a_length CHECK (((length(zone) >= 1) AND (length(zone) <= 60)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.visit_series FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.visit_step (
    organisation_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    collects boolean NOT NULL,
    step integer NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    technician_id uuid NOT NULL,
    crew uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    crew_size integer GENERATED ALWAYS AS ((cardinality(crew) + 1)) STORED,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    arrive_until timestamp with time zone NOT NULL,
    zone text NOT NULL,
    starts_wall timestamp without time zone NOT NULL,
    reason text,
    actor text NOT NULL,
    captured_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    sent_to_collect uuid GENERATED ALWAYS AS (
CASE
    WHEN (collects AND (to_state = ANY (ARRAY['held'::text, 'booked'::text, 'dispatched'::text]))) THEN technician_id
    ELSE NULL::uuid
END) STORED,
    chosen integer GENERATED ALWAYS AS (
CASE
    WHEN (((actor ~~ 'customer_link:%'::text) OR (actor ~~ 'partner:%'::text)) AND (NOT ((from_state = 'held'::text) AND (to_state = 'cancelled'::text)))) THEN step
    ELSE NULL::integer
END) STORED,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT arrival_window_is_a_window CHECK (((arrive_until > starts_at) AND (arrive_until <= (starts_at + '12:00:00'::interval)))),
    CONSTRAINT failure_says_why CHECK (((to_state <> ALL (ARRAY['could_not_complete'::text, 'partly_completed'::text, 'cancelled'::text])) OR (reason IS NOT NULL))),
    CONSTRAINT lead_goes_once CHECK ((technician_id <> ALL (crew))),
    CONSTRAINT reason_is_a_word CHECK ((reason ~ '^[a-z][a-z_]{1,59}$'::text)),
    CONSTRAINT visit_actor_is_short CHECK (((length(actor) >= 1) AND (length(actor) <= 100))),
    CONSTRAINT visit_begins_held_or_booked CHECK (((step = 1) = (from_state = 'new'::text))),
    CONSTRAINT visit_moves_as_declared CHECK ((((from_state || ' '::text) || to_state) = ANY (ARRAY['new held'::text, 'new booked'::text, 'held booked'::text, 'booked dispatched'::text, 'dispatched accepted'::text, 'accepted en_route'::text, 'en_route on_site'::text, 'booked booked'::text, 'dispatched booked'::text, 'accepted booked'::text, 'on_site working'::text, 'working working'::text, 'working paused'::text, 'paused working'::text, 'working completed'::text, 'paused completed'::text, 'working partly_completed'::text, 'paused partly_completed'::text, 'en_route could_not_complete'::text, 'on_site could_not_complete'::text, 'working could_not_complete'::text, 'paused could_not_complete'::text, 'on_site no_access'::text, 'held cancelled'::text, 'booked cancelled'::text, 'dispatched cancelled'::text, 'accepted cancelled'::text, 'en_route cancelled'::text]))),
    CONSTRAINT visit_step_counts CHECK (((step >= 1) AND (step <= 1000))),
    CONSTRAINT visit_takes_time CHECK (((ends_at > starts_at) AND (ends_at <= (starts_at + '24:00:00'::interval)) AND isfinite(starts_at))),
    CONSTRAINT visit_zone_has_a_length CHECK (((length(zone) >= 1) AND (length(zone) <= 60)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.visit_step FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.visit_wait (
    organisation_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    incident_id uuid NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    held_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.visit_wait FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.visit_wait_end (
    organisation_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    incident_id uuid NOT NULL,
    outcome text NOT NULL,
    ended_by text NOT NULL,
    ended_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT wait_ender_short CHECK ((length(ended_by) <= 100)),
    CONSTRAINT wait_outcome_is_known CHECK ((outcome = ANY (ARRAY['released'::text, 'cancelled'::text])))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.visit_wait_end FORCE ROW LEVEL SECURITY;

CREATE TABLE dispatch.waiting_visit (
    organisation_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    incident_id uuid NOT NULL
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY dispatch.waiting_visit FORCE ROW LEVEL SECURITY;

CREATE TABLE evidence.dispute_answer (
    organisation_id uuid NOT NULL,
    dispute_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    currency text NOT NULL,
    amount_minor bigint NOT NULL,
    scope_id uuid NOT NULL,
    about text NOT NULL,
    asked_by text NOT NULL,
    asked_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT answer_about_known CHECK ((about = ANY (ARRAY['inquiry'::text, 'chargeback'::text]))),
    CONSTRAINT answer_asker_short CHECK ((length(asked_by) <= 100))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY evidence.dispute_answer FORCE ROW LEVEL SECURITY;

CREATE TABLE evidence.dispute_answer_end (
    organisation_id uuid NOT NULL,
    dispute_id uuid NOT NULL,
    about text NOT NULL,
    outcome text NOT NULL,
    evidence_hash bytea,
    ended_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT answer_end_known CHECK ((outcome = ANY (ARRAY['submitted'::text, 'by_others'::text, 'too_late'::text]))),
    CONSTRAINT submitted_says_what CHECK (((outcome = 'submitted'::text) = (evidence_hash IS NOT NULL)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY evidence.dispute_answer_end FORCE ROW LEVEL SECURITY;

CREATE TABLE evidence.dispute_sending (
    organisation_id uuid NOT NULL,
    dispute_id uuid NOT NULL,
    about text NOT NULL,
    evidence_hash bytea NOT NULL,
    fields jsonb NOT NULL,
    written_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT evidence_hash_is_sha256 CHECK ((octet_length(evidence_hash) = 32)),
    CONSTRAINT sending_tells_its_fields CHECK (((jsonb_typeof(fields) = 'array'::text) AND ((jsonb_array_length(fields) >= 1) AND (jsonb_array_length(fields) <= 30))))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY evidence.dispute_sending FORCE ROW LEVEL SECURITY;

CREATE TABLE evidence.dispute_warning (
    organisation_id uuid NOT NULL,
    dispute_id uuid NOT NULL,
    step integer NOT NULL,
    crossing text NOT NULL,
    warned_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT warning_crossing_known CHECK ((crossing = ANY (ARRAY['opened'::text, 'near'::text])))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY evidence.dispute_warning FORCE ROW LEVEL SECURITY;

CREATE TABLE evidence.erasure (
    organisation_id uuid NOT NULL,
    erasure_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    contact_id uuid,
    last boolean NOT NULL,
    kept_until timestamp with time zone NOT NULL,
    acts integer NOT NULL,
    contacts integer NOT NULL,
    photos integer NOT NULL,
    erased_by text NOT NULL,
    erased_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT erased_acts_bounded CHECK (((acts >= 0) AND (acts <= 100000))),
    CONSTRAINT erased_contacts_bounded CHECK (((contacts >= 0) AND (contacts <= 100000))),
    CONSTRAINT erased_photos_bounded CHECK (((photos >= 0) AND (photos <= 100000))),
    CONSTRAINT eraser_short CHECK ((length(erased_by) <= 100)),
    CONSTRAINT kept_for_the_legal_minimum CHECK ((kept_until <= erased_at))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY evidence.erasure FORCE ROW LEVEL SECURITY;

CREATE TABLE evidence.hold (
    organisation_id uuid NOT NULL,
    hold_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    reason text NOT NULL,
    placed_by text NOT NULL,
    placed_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT hold_placer_short CHECK ((length(placed_by) <= 100)),
    CONSTRAINT hold_reason_known CHECK ((reason = ANY (ARRAY['dispute'::text, 'claim'::text, 'order'::text])))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY evidence.hold FORCE ROW LEVEL SECURITY;

CREATE TABLE evidence.hold_release (
    organisation_id uuid NOT NULL,
    hold_id uuid NOT NULL,
    released_by text NOT NULL,
    released_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT hold_releaser_short CHECK ((length(released_by) <= 100))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY evidence.hold_release FORCE ROW LEVEL SECURITY;

CREATE TABLE identity.api_key_hash (
    token_hash bytea NOT NULL,
    organisation_id uuid NOT NULL,
    api_key_id uuid NOT NULL,
    CONSTRAINT api_key_hash_is_sha256 CHECK ((length(token_hash) = 32))
);

CREATE TABLE identity.device (
    organisation_id uuid NOT NULL,
    device_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    name text NOT NULL,
    registered_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    CONSTRAINT device_name_has_a_length CHECK (((length(name) >= 1) AND (length(name) <= 100))),
    CONSTRAINT device_revoked_after_it_was_registered CHECK ((revoked_at >= registered_at))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY identity.device FORCE ROW LEVEL SECURITY;

CREATE TABLE identity.link_hash (
    token_hash bytea NOT NULL,
    organisation_id uuid NOT NULL,
    link_id uuid NOT NULL,
    CONSTRAINT link_hash_is_sha256 CHECK ((length(token_hash) = 32))
);

CREATE TABLE identity.logo (
    organisation_id uuid NOT NULL,
    logo_hash text NOT NULL,
    content bytea NOT NULL,
    set_at timestamp with time zone NOT NULL,
    CONSTRAINT logo_hash_is_sha256 CHECK ((logo_hash ~ '^([0-9a-f]{64})?$'::text)),
    CONSTRAINT logo_is_light CHECK (((length(content) <= 20000) AND ((length(content) = 0) = (logo_hash = ''::text))))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY identity.logo FORCE ROW LEVEL SECURITY;

CREATE TABLE identity.mail_link (
    organisation_id uuid NOT NULL,
    mail_link_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    purpose text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT mail_link_expires_after_it_was_made CHECK ((expires_at > made_at)),
    CONSTRAINT mail_link_purpose_is_known CHECK ((purpose = ANY (ARRAY['invitation'::text, 'password_reset'::text]))),
    CONSTRAINT mail_link_used_in_its_time CHECK (((used_at >= made_at) AND (used_at <= expires_at)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY identity.mail_link FORCE ROW LEVEL SECURITY;

CREATE TABLE identity.organisation_step (
    organisation_id uuid NOT NULL,
    version integer NOT NULL,
    name text NOT NULL,
    zone text NOT NULL,
    address text NOT NULL,
    registration text NOT NULL,
    phone text NOT NULL,
    email text NOT NULL,
    street text NOT NULL,
    city text NOT NULL,
    postcode text NOT NULL,
    country text NOT NULL,
    vat_id text NOT NULL,
    tax_number text NOT NULL,
    legal_id text NOT NULL,
    electronic_address text NOT NULL,
    account_holder text NOT NULL,
    iban text NOT NULL,
    bic text NOT NULL,
    bank_details text NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    told_hash bytea GENERATED ALWAYS AS (kit.fingerprint(VARIADIC ARRAY[name, zone, address, registration, phone, email, street, city, postcode, country, vat_id, tax_number, legal_id, electronic_address, account_holder, iban, bic, bank_details])) STORED NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT organisation_step_bounded CHECK ((length((((((((((((((((((name || zone) || address) || registration) || phone) || email) || street) || city) || postcode) || country) || vat_id) || tax_number) || legal_id) || electronic_address) || account_holder) || iban) || bic) || bank_details)) <= 2500)),
    CONSTRAINT organisation_step_counts CHECK (((version >= 1) AND (version <= 1000000000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY identity.organisation_step FORCE ROW LEVEL SECURITY;

CREATE TABLE identity.partner (
    organisation_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    name text NOT NULL,
    made_by text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT partner_made_by_has_a_length CHECK (((length(made_by) >= 1) AND (length(made_by) <= 100))),
    CONSTRAINT partner_name_has_a_length CHECK (((length(name) >= 1) AND (length(name) <= 200)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY identity.partner FORCE ROW LEVEL SECURITY;

CREATE TABLE identity.public_name (
    slug text NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT public_name_is_plain CHECK ((slug ~ '^[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])$'::text))
);

CREATE TABLE identity.session (
    organisation_id uuid NOT NULL,
    session_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    began_at timestamp with time zone NOT NULL,
    generation integer DEFAULT 1 NOT NULL,
    refreshed_at timestamp with time zone,
    ended_at timestamp with time zone,
    end_reason text,
    CONSTRAINT session_end_has_a_reason CHECK (((ended_at IS NOT NULL) OR (end_reason IS NULL))),
    CONSTRAINT session_end_reason_is_known CHECK ((end_reason = ANY (ARRAY['signed_out'::text, 'refresh_reused'::text, 'device_revoked'::text, 'password_changed'::text, 'staff_changed'::text]))),
    CONSTRAINT session_ends_after_it_began CHECK ((ended_at >= began_at)),
    CONSTRAINT session_generation_counts CHECK (((generation >= 1) AND (generation <= 1000000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY identity.session FORCE ROW LEVEL SECURITY;

CREATE TABLE identity.session_device (
    organisation_id uuid NOT NULL,
    session_id uuid NOT NULL,
    device_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY identity.session_device FORCE ROW LEVEL SECURITY;

CREATE TABLE identity.sign_in_address (
    address_hash bytea NOT NULL,
    organisation_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    CONSTRAINT address_hash_is_sha256 CHECK ((length(address_hash) = 32))
);

CREATE TABLE identity.staff (
    organisation_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    roles text[] NOT NULL,
    password_hash text,
    active boolean DEFAULT true NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT staff_email_has_a_length CHECK (((length(email) >= 3) AND (length(email) <= 254))),
    CONSTRAINT staff_name_has_a_length CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT staff_password_hash_has_a_length CHECK (((length(password_hash) >= 20) AND (length(password_hash) <= 500))),
    CONSTRAINT staff_roles_are_known CHECK ((((cardinality(roles) >= 1) AND (cardinality(roles) <= 5)) AND (roles <@ ARRAY['dispatcher'::text, 'technician'::text, 'agent'::text, 'back_office'::text, 'manager'::text]))),
    CONSTRAINT staff_version_counts CHECK (((version >= 1) AND (version <= 1000000000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY identity.staff FORCE ROW LEVEL SECURITY;

CREATE TABLE kit.checkpoint (
    organisation_id uuid NOT NULL,
    number bigint NOT NULL,
    before_number bigint GENERATED ALWAYS AS (NULLIF((number - 1), 0)) STORED,
    until_epoch integer NOT NULL,
    until_transaction bigint NOT NULL,
    sealed_at timestamp with time zone NOT NULL,
    logs jsonb NOT NULL,
    before_digest bytea NOT NULL,
    digest bytea NOT NULL,
    signature bytea NOT NULL,
    CONSTRAINT checkpoint_before_is_sha256 CHECK ((length(before_digest) = 32)),
    CONSTRAINT checkpoint_digest_is_sha256 CHECK ((length(digest) = 32)),
    CONSTRAINT checkpoint_epoch_is_positive CHECK (((until_epoch >= 1) AND (until_epoch <= 1000000))),
    CONSTRAINT checkpoint_logs_are_a_list CHECK (((jsonb_typeof(logs) = 'array'::text) AND (length((logs)::text) <= 1000000))),
    CONSTRAINT checkpoint_number_counts CHECK (((number >= 1) AND (number <= '1000000000000'::bigint))),
    CONSTRAINT checkpoint_signature_is_ed25519 CHECK ((length(signature) = 64)),
    CONSTRAINT checkpoint_transaction_is_positive CHECK (((until_transaction >= 0) AND (until_transaction <= '9000000000000000000'::bigint))),
    CONSTRAINT first_checkpoint_follows_nothing CHECK (((number > 1) OR (before_digest = decode(repeat('00'::text, 32), 'hex'::text))))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY kit.checkpoint FORCE ROW LEVEL SECURITY;

CREATE TABLE kit.due (
    organisation_id uuid NOT NULL,
    task_id uuid NOT NULL,
    kind text NOT NULL,
    due_at timestamp with time zone NOT NULL,
    CONSTRAINT due_kind_is_a_word CHECK (((kind ~ '^[a-z][a-z_]+$'::text) AND (length(kind) <= 60)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000');

CREATE TABLE kit.fact (
    organisation_id uuid NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id xid8 DEFAULT pg_current_xact_id() NOT NULL,
    sequence bigint NOT NULL,
    kind text NOT NULL,
    customer_id uuid,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    body jsonb NOT NULL,
    actor text NOT NULL,
    request_id uuid NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT fact_actor_is_short CHECK (((length(actor) >= 1) AND (length(actor) <= 100))),
    CONSTRAINT fact_body_is_small CHECK (((jsonb_typeof(body) = 'object'::text) AND (length((body)::text) <= 100000))),
    CONSTRAINT fact_kind_is_a_word CHECK (((kind ~ '^[a-z][a-z_]+$'::text) AND (length(kind) <= 60))),
    CONSTRAINT fact_subject_is_a_word CHECK (((subject_kind ~ '^[a-z][a-z_]+$'::text) AND (length(subject_kind) <= 40)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY kit.fact FORCE ROW LEVEL SECURITY;

ALTER TABLE kit.fact ALTER COLUMN sequence ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME kit.fact_sequence_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE kit.idempotency (
    organisation_id uuid NOT NULL,
    principal text NOT NULL,
    route text NOT NULL,
    key_hash bytea NOT NULL,
    body_hash bytea NOT NULL,
    status smallint NOT NULL,
    code text,
    body jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT idempotency_body_is_sha256 CHECK ((length(body_hash) = 32)),
    CONSTRAINT idempotency_body_is_small CHECK ((length((body)::text) <= 1000000)),
    CONSTRAINT idempotency_code_is_short CHECK ((length(code) <= 60)),
    CONSTRAINT idempotency_key_is_sha256 CHECK ((length(key_hash) = 32)),
    CONSTRAINT idempotency_principal_is_short CHECK ((length(principal) <= 100)),
    CONSTRAINT idempotency_route_is_short CHECK ((length(route) <= 500)),
    CONSTRAINT idempotency_status_is_http CHECK (((status >= 200) AND (status <= 499)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY kit.idempotency FORCE ROW LEVEL SECURITY;

CREATE TABLE kit.task (
    organisation_id uuid NOT NULL,
    task_id uuid NOT NULL,
    kind text NOT NULL,
    subject_id uuid NOT NULL,
    body jsonb NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    due_at timestamp with time zone NOT NULL,
    lease_token uuid,
    leased_until timestamp with time zone,
    last_error text,
    request_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id xid8 DEFAULT pg_current_xact_id() NOT NULL,
    sequence bigint NOT NULL,
    CONSTRAINT a_finished_task_says_when CHECK (((state = ANY (ARRAY['done'::text, 'dead'::text])) = (finished_at IS NOT NULL))),
    CONSTRAINT a_leased_task_has_a_lease CHECK (((state = 'leased'::text) = ((lease_token IS NOT NULL) AND (leased_until IS NOT NULL)))),
    CONSTRAINT task_attempts_are_counted CHECK (((attempts >= 0) AND (attempts <= 10000))),
    CONSTRAINT task_body_is_small CHECK (((jsonb_typeof(body) = 'object'::text) AND (length((body)::text) <= 100000))),
    CONSTRAINT task_error_is_short CHECK ((length(last_error) <= 2000)),
    CONSTRAINT task_kind_is_a_word CHECK (((kind ~ '^[a-z][a-z_]+$'::text) AND (length(kind) <= 60))),
    CONSTRAINT task_state_is_known CHECK ((state = ANY (ARRAY['waiting'::text, 'leased'::text, 'done'::text, 'dead'::text])))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY kit.task FORCE ROW LEVEL SECURITY;

ALTER TABLE kit.task ALTER COLUMN sequence ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME kit.task_sequence_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE notices.dead_address (
    organisation_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    contact_version integer NOT NULL,
    notice_id uuid NOT NULL,
    status text NOT NULL,
    told_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT bounce_status_bounded CHECK ((status ~ '^[245][.][0-9]{1,3}[.][0-9]{1,3}$'::text))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY notices.dead_address FORCE ROW LEVEL SECURITY;

CREATE TABLE notices.followed (
    organisation_id uuid NOT NULL,
    facts_epoch integer NOT NULL,
    transaction_id xid8 NOT NULL,
    sequence bigint NOT NULL,
    CONSTRAINT followed_epoch_counts CHECK ((facts_epoch >= 0))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY notices.followed FORCE ROW LEVEL SECURITY;

CREATE TABLE notices.notice (
    organisation_id uuid NOT NULL,
    notice_id uuid NOT NULL,
    kind text NOT NULL,
    customer_id uuid,
    contact_id uuid,
    staff_id uuid,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    queued_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT notice_is_to_one_person CHECK (((customer_id IS NULL) <> (staff_id IS NULL))),
    CONSTRAINT notice_kind_is_known CHECK ((kind = ANY (ARRAY['receipt'::text, 'invoice'::text, 'credit_note'::text, 'payment_reminder'::text, 'payment_reversed'::text, 'claim_reminder'::text, 'saving_link'::text, 'portal_link'::text, 'charge_notice'::text, 'charge_failed'::text, 'consent_copy'::text, 'question_reply'::text, 'approval_held'::text, 'one_time_code'::text, 'offer_link'::text, 'invitation'::text, 'password_reset'::text, 'cash_limit_reached'::text, 'dispute_due'::text, 'webhook_paused'::text, 'incident_declared'::text, 'incident_moved'::text, 'incident_ended'::text, 'promise_due'::text, 'promise_broken'::text, 'promise_renewed'::text, 'visit_late'::text, 'visit_on_time'::text, 'visit_handed_over'::text, 'visit_missed'::text, 'case_answer'::text, 'visit_booked'::text, 'visit_moved'::text, 'visit_cancelled'::text, 'visit_waits'::text, 'visit_wait_ended'::text, 'device_taken_in'::text, 'device_news'::text, 'device_ready'::text, 'device_handed_back'::text]))),
    CONSTRAINT notice_subject_is_a_word CHECK (((subject_kind ~ '^[a-z][a-z_]+$'::text) AND (length(subject_kind) <= 40))),
    CONSTRAINT notice_to_contact_of_its_customer CHECK (((contact_id IS NULL) OR (customer_id IS NOT NULL)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY notices.notice FORCE ROW LEVEL SECURITY;

CREATE TABLE notices.notice_step (
    organisation_id uuid NOT NULL,
    notice_id uuid NOT NULL,
    step integer NOT NULL,
    before_step integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    from_state text NOT NULL,
    to_state text NOT NULL,
    sends integer NOT NULL,
    unknowns integer NOT NULL,
    way integer NOT NULL,
    channel text,
    contact_id uuid,
    contact_version integer,
    reason text,
    answer_code integer,
    recorded_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT notice_answer_is_smtp CHECK (((answer_code >= 200) AND (answer_code <= 599))),
    CONSTRAINT notice_channel_is_known CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text, 'chat'::text]))),
    CONSTRAINT notice_is_sent_twice_at_most_when_unknown CHECK (((sends >= 0) AND (sends <= 1000))),
    CONSTRAINT notice_moves_as_declared CHECK ((((step = 1) AND (from_state = ''::text) AND (to_state = 'queued'::text)) OR ((step > 1) AND (((from_state || ' '::text) || to_state) = ANY (ARRAY['queued sending'::text, 'queued withdrawn'::text, 'queued failed'::text, 'sending handed_over'::text, 'sending refused'::text, 'sending unknown'::text, 'sending queued'::text, 'sending failed'::text, 'unknown sending'::text, 'unknown failed'::text, 'unknown withdrawn'::text, 'unknown delivered'::text, 'unknown bounced'::text, 'handed_over delivered'::text, 'handed_over bounced'::text, 'delivered bounced'::text, 'refused queued'::text, 'failed queued'::text, 'bounced queued'::text]))))),
    CONSTRAINT notice_reason_is_short CHECK (((length(reason) >= 1) AND (length(reason) <= 60))),
    CONSTRAINT notice_step_counts CHECK (((step >= 1) AND (step <= 1000))),
    CONSTRAINT notice_unknown_twice_at_most CHECK (((unknowns >= 0) AND (unknowns <= 2))),
    CONSTRAINT notice_way_counts CHECK (((way >= 1) AND (way <= 100)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY notices.notice_step FORCE ROW LEVEL SECURITY;

CREATE TABLE notices.open_reach (
    organisation_id uuid NOT NULL,
    notice_id uuid NOT NULL,
    due_at timestamp with time zone NOT NULL
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY notices.open_reach FORCE ROW LEVEL SECURITY;

CREATE TABLE notices.opt_out (
    organisation_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    kind text NOT NULL,
    step integer NOT NULL,
    before_step integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    "out" boolean NOT NULL,
    via text NOT NULL,
    said_by text NOT NULL,
    said_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT opt_out_counts CHECK (((step >= 1) AND (step <= 1000))),
    CONSTRAINT opt_out_kind_bounded CHECK (((length(kind) >= 1) AND (length(kind) <= 40))),
    CONSTRAINT opt_out_sayer_short CHECK ((length(said_by) <= 100)),
    CONSTRAINT opt_out_way_is_known CHECK ((via = ANY (ARRAY['link'::text, 'staff'::text])))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY notices.opt_out FORCE ROW LEVEL SECURITY;

CREATE TABLE notices.reach (
    organisation_id uuid NOT NULL,
    notice_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    due_at timestamp with time zone NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY notices.reach FORCE ROW LEVEL SECURITY;

CREATE TABLE notices.reach_ending (
    organisation_id uuid NOT NULL,
    notice_id uuid NOT NULL,
    outcome text NOT NULL,
    message_id uuid,
    ended_by text NOT NULL,
    ended_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT reach_ender_short CHECK ((length(ended_by) <= 100)),
    CONSTRAINT reach_outcome_is_known CHECK ((outcome = ANY (ARRAY['reached'::text, 'matter_ended'::text]))),
    CONSTRAINT reached_by_a_word CHECK (((outcome = 'reached'::text) = (message_id IS NOT NULL)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY notices.reach_ending FORCE ROW LEVEL SECURITY;

CREATE TABLE notices.rule (
    organisation_id uuid NOT NULL,
    version integer NOT NULL,
    kind text NOT NULL,
    channels text[] NOT NULL,
    quiet boolean NOT NULL,
    every_minutes integer,
    excess text NOT NULL,
    language text,
    reach text NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT rule_channels_are_known CHECK (((channels <@ ARRAY['email'::text, 'sms'::text, 'chat'::text]) AND (cardinality(channels) <= 3))),
    CONSTRAINT rule_excess_is_known CHECK ((excess = ANY (ARRAY['dropped'::text, 'merged'::text]))),
    CONSTRAINT rule_kind_bounded CHECK (((length(kind) >= 1) AND (length(kind) <= 40))),
    CONSTRAINT rule_language_is_known CHECK ((language = ANY (ARRAY['en'::text, 'de'::text]))),
    CONSTRAINT rule_pause_in_range CHECK (((every_minutes >= 1) AND (every_minutes <= 43200))),
    CONSTRAINT rule_reach_is_known CHECK ((reach = ANY (ARRAY['never'::text, 'failed'::text, 'always'::text])))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY notices.rule FORCE ROW LEVEL SECURITY;

CREATE TABLE notices.rule_set (
    organisation_id uuid NOT NULL,
    version integer NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((version - 1), 0)) STORED,
    quiet_from time without time zone,
    quiet_until time without time zone,
    set_by text NOT NULL,
    set_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT quiet_in_the_night CHECK (((((quiet_from IS NULL) AND (quiet_until IS NULL)) OR (quiet_until < quiet_from)) IS TRUE)),
    CONSTRAINT rule_set_counts CHECK (((version >= 1) AND (version <= 100000))),
    CONSTRAINT rule_setter_short CHECK ((length(set_by) <= 100))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY notices.rule_set FORCE ROW LEVEL SECURITY;

CREATE TABLE notices.text_stop (
    organisation_id uuid NOT NULL,
    number_hash bytea NOT NULL,
    step integer NOT NULL,
    before_step integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    stopped boolean NOT NULL,
    said_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT text_stop_counts CHECK (((step >= 1) AND (step <= 10000))),
    CONSTRAINT text_stop_number_is_sha256 CHECK ((length(number_hash) = 32))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY notices.text_stop FORCE ROW LEVEL SECURITY;

CREATE TABLE promises.ending (
    organisation_id uuid NOT NULL,
    promise_id uuid NOT NULL,
    due_at timestamp with time zone NOT NULL,
    outcome text NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    ended_by text NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT ending_actor_is_short CHECK (((length(ended_by) >= 1) AND (length(ended_by) <= 100))),
    CONSTRAINT ending_is_known CHECK ((outcome = ANY (ARRAY['kept'::text, 'broken'::text, 'released'::text, 'renewed'::text]))),
    CONSTRAINT in_time_or_broken CHECK (((outcome = 'broken'::text) OR (happened_at < due_at)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY promises.ending FORCE ROW LEVEL SECURITY;

CREATE TABLE promises.escalation (
    organisation_id uuid NOT NULL,
    promise_id uuid NOT NULL,
    due_at timestamp with time zone NOT NULL,
    to_staff_id uuid NOT NULL,
    escalated_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT escalated_when_broken CHECK ((escalated_at >= due_at))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY promises.escalation FORCE ROW LEVEL SECURITY;

CREATE TABLE promises.handing (
    organisation_id uuid NOT NULL,
    promise_id uuid NOT NULL,
    number integer NOT NULL,
    to_staff_id uuid NOT NULL,
    handed_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT handing_counts CHECK ((number >= 1))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY promises.handing FORCE ROW LEVEL SECURITY;

CREATE TABLE promises.open_promise (
    organisation_id uuid NOT NULL,
    promise_id uuid NOT NULL,
    due_at timestamp with time zone NOT NULL
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY promises.open_promise FORCE ROW LEVEL SECURITY;

CREATE TABLE promises.policy (
    organisation_id uuid NOT NULL,
    version integer NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((version - 1), 0)) STORED,
    opens_minute integer[] NOT NULL,
    closes_minute integer[] NOT NULL,
    rests_on_holidays boolean NOT NULL,
    place text NOT NULL,
    warn_minutes integer NOT NULL,
    escalates_to uuid,
    set_by text NOT NULL,
    set_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT closes_after_it_opens CHECK (((opens_minute[1] <= closes_minute[1]) AND (opens_minute[2] <= closes_minute[2]) AND (opens_minute[3] <= closes_minute[3]) AND (opens_minute[4] <= closes_minute[4]) AND (opens_minute[5] <= closes_minute[5]) AND (opens_minute[6] <= closes_minute[6]) AND (opens_minute[7] <= closes_minute[7]))),
    CONSTRAINT open_some_day CHECK (((cardinality(opens_minute) = 7) AND (cardinality(closes_minute) = 7) AND (opens_minute <> closes_minute))),
    CONSTRAINT opens_within_a_day CHECK (((0 <= ALL (opens_minute)) AND (1440 >= ALL (closes_minute)))),
    CONSTRAINT promise_place_is_iso_3166 CHECK ((place ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$'::text)),
    CONSTRAINT promise_policy_counts CHECK (((version >= 1) AND (version <= 100000))),
    CONSTRAINT promise_policy_setter_short CHECK ((length(set_by) <= 100)),
    CONSTRAINT promise_warning_in_range CHECK (((warn_minutes >= 5) AND (warn_minutes <= 10080)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY promises.policy FORCE ROW LEVEL SECURITY;

CREATE TABLE promises.promise (
    organisation_id uuid NOT NULL,
    promise_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    kind text NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    due_at timestamp with time zone NOT NULL,
    owner_staff_id uuid NOT NULL,
    via text NOT NULL,
    made_by text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT kit.recorded_now() NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT promise_channel_is_known CHECK ((via = ANY (ARRAY['phone'::text, 'link'::text, 'email'::text, 'sms'::text, 'in_person'::text, 'api'::text]))),
    CONSTRAINT promise_is_about_the_future CHECK ((due_at > made_at)),
    CONSTRAINT promise_kind_is_known CHECK ((kind = ANY (ARRAY['arrive'::text, 'update'::text, 'restore'::text, 'call_back'::text, 'reply'::text, 'refund'::text]))),
    CONSTRAINT promise_maker_is_short CHECK (((length(made_by) >= 1) AND (length(made_by) <= 100))),
    CONSTRAINT promise_subject_is_a_word CHECK (((subject_kind ~ '^[a-z][a-z_]+$'::text) AND (length(subject_kind) <= 40)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY promises.promise FORCE ROW LEVEL SECURITY;

CREATE TABLE promises.renewal (
    organisation_id uuid NOT NULL,
    renewed_id uuid NOT NULL,
    promise_id uuid NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT renews_another CHECK ((promise_id <> renewed_id))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY promises.renewal FORCE ROW LEVEL SECURITY;

CREATE TABLE promises.warning (
    organisation_id uuid NOT NULL,
    promise_id uuid NOT NULL,
    due_at timestamp with time zone NOT NULL,
    warned_staff_id uuid NOT NULL,
    warned_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT warned_before_it_breaks CHECK ((warned_at < due_at))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY promises.warning FORCE ROW LEVEL SECURITY;

CREATE TABLE promises.wording (
    organisation_id uuid NOT NULL,
    promise_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    words text NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT promise_words_have_a_length CHECK (((length(words) >= 2) AND (length(words) <= 500)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY promises.wording FORCE ROW LEVEL SECURITY;

CREATE TABLE public.migration (
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT migration_checksum_is_sha256 CHECK ((checksum ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT migration_name_has_a_length CHECK (((length(name) >= 1) AND (length(name) <= 200)))
);

CREATE TABLE subscriptions.incident (
    organisation_id uuid NOT NULL,
    incident_id uuid NOT NULL,
    what text NOT NULL,
    kind text NOT NULL,
    tags text[] NOT NULL,
    symptoms text[] NOT NULL,
    is_public boolean NOT NULL,
    area polygon,
    begins_at timestamp with time zone NOT NULL,
    until_at timestamp with time zone NOT NULL,
    estimate integer DEFAULT 0 NOT NULL,
    estimate_ref integer GENERATED ALWAYS AS (NULLIF(estimate, 0)) STORED,
    declared_by text NOT NULL,
    declared_at timestamp with time zone NOT NULL,
    CONSTRAINT incident_area_has_corners CHECK (((npoints(area) >= 3) AND (npoints(area) <= 200))),
    CONSTRAINT incident_declarer_short CHECK ((length(declared_by) <= 100)),
    CONSTRAINT incident_ends CHECK (((until_at > begins_at) AND (until_at <= (begins_at + '90 days'::interval)))),
    CONSTRAINT incident_is_called_something CHECK (((length(what) >= 1) AND (length(what) <= 200))),
    CONSTRAINT incident_kind_is_known CHECK ((kind = ANY (ARRAY['fault'::text, 'maintenance'::text]))),
    CONSTRAINT incident_symptoms_bounded CHECK ((cardinality(symptoms) <= 10)),
    CONSTRAINT incident_tags_bounded CHECK ((cardinality(tags) <= 20))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY subscriptions.incident FORCE ROW LEVEL SECURITY;

CREATE TABLE subscriptions.incident_end (
    organisation_id uuid NOT NULL,
    incident_id uuid NOT NULL,
    closed_by text NOT NULL,
    closed_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT incident_closer_short CHECK ((length(closed_by) <= 100))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY subscriptions.incident_end FORCE ROW LEVEL SECURITY;

CREATE TABLE subscriptions.incident_estimate (
    organisation_id uuid NOT NULL,
    incident_id uuid NOT NULL,
    step integer NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    until_before timestamp with time zone NOT NULL,
    until_at timestamp with time zone NOT NULL,
    reason text NOT NULL,
    moved_by text NOT NULL,
    moved_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT estimate_mover_short CHECK ((length(moved_by) <= 100)),
    CONSTRAINT estimate_moves_what_is_ahead CHECK (((until_before > moved_at) AND (until_at > moved_at) AND (until_at <> until_before))),
    CONSTRAINT estimate_reason_has_a_length CHECK (((length(reason) >= 1) AND (length(reason) <= 200))),
    CONSTRAINT incident_estimate_counts CHECK (((step >= 1) AND (step <= 1000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY subscriptions.incident_estimate FORCE ROW LEVEL SECURITY;

CREATE TABLE subscriptions.incident_explanation (
    organisation_id uuid NOT NULL,
    incident_id uuid NOT NULL,
    step integer NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    words text NOT NULL,
    said_by text NOT NULL,
    said_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT incident_explainer_short CHECK ((length(said_by) <= 100)),
    CONSTRAINT incident_explanation_bounded CHECK (((length(words) >= 1) AND (length(words) <= 4000))),
    CONSTRAINT incident_explanation_counts CHECK (((step >= 1) AND (step <= 1000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY subscriptions.incident_explanation FORCE ROW LEVEL SECURITY;

CREATE TABLE subscriptions.incident_heard (
    organisation_id uuid NOT NULL,
    incident_id uuid NOT NULL,
    until_epoch integer NOT NULL,
    until_transaction xid8 NOT NULL,
    estimate integer NOT NULL,
    ended boolean NOT NULL
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY subscriptions.incident_heard FORCE ROW LEVEL SECURITY;

CREATE TABLE subscriptions.incident_reach (
    organisation_id uuid NOT NULL,
    incident_id uuid NOT NULL,
    "position" integer NOT NULL,
    customer_id uuid NOT NULL,
    site_id uuid,
    subscription_id uuid,
    widened_at timestamp with time zone,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT incident_reach_counts CHECK ((("position" >= 1) AND ("position" <= 10000))),
    CONSTRAINT incident_reaches_one_thing_a_row CHECK ((num_nonnulls(site_id, subscription_id) = 1))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY subscriptions.incident_reach FORCE ROW LEVEL SECURITY;

CREATE TABLE subscriptions.incident_told (
    organisation_id uuid NOT NULL,
    incident_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    news text NOT NULL,
    estimate integer NOT NULL,
    estimate_ref integer GENERATED ALWAYS AS (NULLIF(estimate, 0)) STORED,
    turn integer GENERATED ALWAYS AS (
CASE news
    WHEN 'moved'::text THEN estimate
    ELSE 0
END) STORED NOT NULL,
    news_before text GENERATED ALWAYS AS (
CASE
    WHEN (news <> 'declared'::text) THEN 'declared'::text
    ELSE NULL::text
END) STORED,
    turn_before integer GENERATED ALWAYS AS (0) STORED NOT NULL,
    promise_id uuid,
    told_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT incident_news_is_known CHECK ((news = ANY (ARRAY['declared'::text, 'moved'::text, 'ended'::text]))),
    CONSTRAINT moved_by_an_estimate CHECK (((news <> 'moved'::text) OR (estimate > 0)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY subscriptions.incident_told FORCE ROW LEVEL SECURITY;

CREATE TABLE subscriptions.lapsing (
    organisation_id uuid NOT NULL,
    subscription_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    from_on date NOT NULL
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY subscriptions.lapsing FORCE ROW LEVEL SECURITY;

CREATE TABLE subscriptions.lapsing_cursor (
    organisation_id uuid NOT NULL,
    until_epoch integer NOT NULL,
    until_transaction bigint NOT NULL
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY subscriptions.lapsing_cursor FORCE ROW LEVEL SECURITY;

CREATE TABLE subscriptions.network_state (
    organisation_id uuid NOT NULL,
    subscription_id uuid NOT NULL,
    step integer NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    before text NOT NULL,
    state text NOT NULL,
    observed_at timestamp with time zone NOT NULL,
    reported_by text NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT network_begins_unheard CHECK (((step = 1) = (before = 'unheard'::text))),
    CONSTRAINT network_reporter_is_short CHECK (((length(reported_by) >= 1) AND (length(reported_by) <= 100))),
    CONSTRAINT network_says_something_new CHECK ((before <> state)),
    CONSTRAINT network_state_is_known CHECK ((state = ANY (ARRAY['active'::text, 'suspended'::text, 'ended'::text, 'absent'::text]))),
    CONSTRAINT network_step_counts CHECK (((step >= 1) AND (step <= 1000000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY subscriptions.network_state FORCE ROW LEVEL SECURITY;

CREATE TABLE subscriptions.paid_period (
    organisation_id uuid NOT NULL,
    subscription_id uuid NOT NULL,
    number integer NOT NULL,
    step integer NOT NULL,
    paid boolean GENERATED ALWAYS AS (((step % 2) = 1)) STORED NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    until_on date NOT NULL,
    payment_id uuid NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    actor text NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT paid_period_actor_is_short CHECK (((length(actor) >= 1) AND (length(actor) <= 100))),
    CONSTRAINT paid_step_counts CHECK (((step >= 1) AND (step <= 1000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY subscriptions.paid_period FORCE ROW LEVEL SECURITY;

CREATE TABLE subscriptions.period (
    organisation_id uuid NOT NULL,
    subscription_id uuid NOT NULL,
    number integer NOT NULL,
    scope_id uuid NOT NULL,
    begins_on date NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((number - 1), 0)) STORED,
    previous_until_on date NOT NULL,
    from_on date NOT NULL,
    until_on date NOT NULL,
    period_months integer NOT NULL,
    anchor_day integer NOT NULL,
    zone text NOT NULL,
    step integer NOT NULL,
    state text NOT NULL,
    reasons text[] NOT NULL,
    item_id uuid NOT NULL,
    authorised_at timestamp with time zone NOT NULL,
    period_ticks bigint NOT NULL,
    denominator integer NOT NULL,
    price_numerator bigint NOT NULL,
    price_denominator integer NOT NULL,
    work_record_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    bill_seq integer NOT NULL,
    bill_kind text GENERATED ALWAYS AS ('bill'::text) STORED NOT NULL,
    bill_closes boolean NOT NULL,
    billed_before bigint NOT NULL,
    billed_after bigint NOT NULL,
    net_before bigint NOT NULL,
    net_after bigint NOT NULL,
    granted_at timestamp with time zone NOT NULL,
    granted_by text NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT first_period_from_the_beginning CHECK (((number > 1) OR (previous_until_on = begins_on))),
    CONSTRAINT period_after_consent CHECK ((from_on >= ((authorised_at AT TIME ZONE zone))::date)),
    CONSTRAINT period_after_the_one_before CHECK ((from_on >= previous_until_on)),
    CONSTRAINT period_anchor_is_a_day CHECK (((anchor_day >= 1) AND (anchor_day <= 31))),
    CONSTRAINT period_as_long_as_agreed CHECK (((until_on = subscriptions.period_end(from_on, period_months, anchor_day)) IS TRUE)),
    CONSTRAINT period_counts CHECK (((number >= 1) AND (number <= 10000))),
    CONSTRAINT period_granted_within_a_year CHECK ((from_on <= (((granted_at AT TIME ZONE 'UTC'::text))::date + 367))),
    CONSTRAINT period_granter_is_short CHECK (((length(granted_by) >= 1) AND (length(granted_by) <= 100))),
    CONSTRAINT period_not_during_a_fault CHECK ((NOT ('fault'::text = ANY (reasons)))),
    CONSTRAINT period_while_it_runs CHECK ((state = ANY (ARRAY['active'::text, 'suspended'::text]))),
    CONSTRAINT short_period_costs_its_days CHECK ((((from_on = subscriptions.whole_from(until_on, period_months, anchor_day)) OR ((net_after - net_before) <= subscriptions.share(kit.rounded(((period_ticks)::numeric * (price_numerator)::numeric), ((denominator)::numeric * (price_denominator)::numeric)), (from_on - subscriptions.whole_from(until_on, period_months, anchor_day)), (until_on - subscriptions.whole_from(until_on, period_months, anchor_day))))) IS TRUE))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY subscriptions.period FORCE ROW LEVEL SECURITY;

CREATE TABLE subscriptions.plan_change (
    organisation_id uuid NOT NULL,
    successor_id uuid NOT NULL,
    subscription_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    asked_by text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT plan_change_asker_short CHECK ((length(asked_by) <= 100)),
    CONSTRAINT plan_changes_to_another CHECK ((successor_id <> subscription_id))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY subscriptions.plan_change FORCE ROW LEVEL SECURITY;

CREATE TABLE subscriptions.plan_change_end (
    organisation_id uuid NOT NULL,
    successor_id uuid NOT NULL,
    subscription_id uuid NOT NULL,
    outcome text NOT NULL,
    ended_id uuid GENERATED ALWAYS AS (
CASE outcome
    WHEN 'changed'::text THEN subscription_id
    ELSE successor_id
END) STORED NOT NULL,
    ended_step integer NOT NULL,
    ended_state text GENERATED ALWAYS AS ('ended'::text) STORED NOT NULL,
    ended_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT plan_change_outcome_is_known CHECK ((outcome = ANY (ARRAY['changed'::text, 'dropped'::text])))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY subscriptions.plan_change_end FORCE ROW LEVEL SECURITY;

CREATE TABLE subscriptions.provisioning_order (
    organisation_id uuid NOT NULL,
    subscription_id uuid NOT NULL,
    sequence integer NOT NULL,
    round integer DEFAULT 0 NOT NULL,
    previous_round integer GENERATED ALWAYS AS ((NULLIF(round, 0) - 1)) STORED,
    state text NOT NULL,
    network_step integer,
    network_state text,
    ordered_at timestamp with time zone NOT NULL,
    order_id uuid GENERATED ALWAYS AS ((md5(((((subscription_id)::text || ' '::text) || (sequence)::text) ||
CASE
    WHEN (round > 0) THEN (' '::text || (round)::text)
    ELSE ''::text
END)))::uuid) STORED NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT difference_is_cited CHECK ((((round > 0) = (network_step IS NOT NULL)) AND ((round > 0) = (network_state IS NOT NULL)))),
    CONSTRAINT difference_is_one CHECK ((((network_state IS NULL) OR (network_state <> state)) IS TRUE)),
    CONSTRAINT order_round_counts CHECK (((round >= 0) AND (round <= 100000))),
    CONSTRAINT order_state_is_known CHECK ((state = ANY (ARRAY['active'::text, 'suspended'::text, 'ended'::text])))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY subscriptions.provisioning_order FORCE ROW LEVEL SECURITY;

CREATE TABLE subscriptions.provisioning_step (
    organisation_id uuid NOT NULL,
    subscription_id uuid NOT NULL,
    sequence integer NOT NULL,
    round integer DEFAULT 0 NOT NULL,
    step integer NOT NULL,
    from_outcome text NOT NULL,
    outcome text NOT NULL,
    detail text DEFAULT ''::text NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT a_settled_order_stays_settled CHECK ((from_outcome =
CASE
    WHEN (step = 1) THEN 'requested'::text
    ELSE 'unconfirmed'::text
END)),
    CONSTRAINT provisioning_detail_is_short CHECK ((length(detail) <= 200)),
    CONSTRAINT provisioning_outcome_is_known CHECK ((outcome = ANY (ARRAY['unconfirmed'::text, 'confirmed'::text, 'overtaken'::text]))),
    CONSTRAINT provisioning_step_counts CHECK (((step >= 1) AND (step <= 10000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY subscriptions.provisioning_step FORCE ROW LEVEL SECURITY;

CREATE TABLE subscriptions.renewal_call (
    organisation_id uuid NOT NULL,
    call_id uuid NOT NULL,
    subscription_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    outcome text NOT NULL,
    subscription_step integer NOT NULL,
    called_by text NOT NULL,
    called_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT call_outcome_is_known CHECK ((outcome = ANY (ARRAY['reached'::text, 'not_reached'::text, 'will_pay'::text, 'wants_visit'::text, 'declined'::text]))),
    CONSTRAINT caller_is_short CHECK (((length(called_by) >= 1) AND (length(called_by) <= 100)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY subscriptions.renewal_call FORCE ROW LEVEL SECURITY;

CREATE TABLE subscriptions.subscription (
    organisation_id uuid NOT NULL,
    subscription_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    site_id uuid NOT NULL,
    scope_id uuid NOT NULL,
    plan_item_id uuid NOT NULL,
    plan_effective_on date NOT NULL,
    reference text,
    currency text NOT NULL,
    amount_minor bigint NOT NULL,
    period_months integer NOT NULL,
    anchor_day integer NOT NULL,
    begins_on date NOT NULL,
    zone text NOT NULL,
    grace_days integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT subscription_amount_is_bounded CHECK (((amount_minor >= 0) AND (amount_minor <= '1000000000000'::bigint))),
    CONSTRAINT subscription_anchor_is_a_day CHECK (((anchor_day >= 1) AND (anchor_day <= 31))),
    CONSTRAINT subscription_begins_in_reach CHECK (((begins_on >= '2000-01-01'::date) AND (begins_on <= '2199-12-31'::date))),
    CONSTRAINT subscription_grace_is_bounded CHECK (((grace_days >= 0) AND (grace_days <= 365))),
    CONSTRAINT subscription_period_is_months CHECK (((period_months >= 1) AND (period_months <= 36))),
    CONSTRAINT subscription_reference_has_a_length CHECK (((length(reference) >= 1) AND (length(reference) <= 60))),
    CONSTRAINT subscription_zone_has_a_length CHECK (((length(zone) >= 1) AND (length(zone) <= 60)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY subscriptions.subscription FORCE ROW LEVEL SECURITY;

CREATE TABLE subscriptions.subscription_step (
    organisation_id uuid NOT NULL,
    subscription_id uuid NOT NULL,
    step integer NOT NULL,
    kind text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    begins_on date NOT NULL,
    grace_days integer NOT NULL,
    zone text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    reasons_before text[] NOT NULL,
    reasons_after text[] NOT NULL,
    paid_number_before integer NOT NULL,
    paid_number integer NOT NULL,
    paid_step integer NOT NULL,
    paid_until_on date NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    local_on date GENERATED ALWAYS AS (((happened_at AT TIME ZONE zone))::date) STORED NOT NULL,
    actor text NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    paid_ref integer GENERATED ALWAYS AS (NULLIF(paid_number, 0)) STORED,
    paid_is boolean GENERATED ALWAYS AS (true) STORED,
    reopened_step integer,
    reopened_number integer GENERATED ALWAYS AS (
CASE
    WHEN (kind = 'reopen'::text) THEN (paid_number + 1)
    ELSE NULL::integer
END) STORED,
    reopened_is boolean GENERATED ALWAYS AS (false) STORED,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT kind_changes_its_own CHECK (
CASE kind
    WHEN 'begin'::text THEN true
    WHEN 'pay'::text THEN ((paid_number >= paid_number_before) AND ((reasons_after = reasons_before) OR (reasons_after = array_remove(reasons_before, 'unpaid'::text))) AND ((paid_number > paid_number_before) OR (reasons_after <> reasons_before)) AND ((to_state = 'ended'::text) = (from_state = 'ended'::text)))
    WHEN 'reopen'::text THEN ((paid_number < paid_number_before) AND (reasons_after = reasons_before) AND (to_state = from_state))
    WHEN 'suspend'::text THEN ((paid_number = paid_number_before) AND (reason <> ALL (ARRAY[''::text, 'unpaid'::text])) AND (array_remove(reasons_after, reason) = reasons_before) AND (reasons_after <> reasons_before) AND (to_state = 'suspended'::text))
    WHEN 'lift'::text THEN ((paid_number = paid_number_before) AND (reason <> ALL (ARRAY[''::text, 'unpaid'::text])) AND (array_remove(reasons_before, reason) = reasons_after) AND (reasons_after <> reasons_before) AND (from_state = 'suspended'::text) AND (to_state = ANY (ARRAY['active'::text, 'suspended'::text])))
    WHEN 'lapse'::text THEN ((paid_number = paid_number_before) AND (reason = 'unpaid'::text) AND ((reasons_before || ARRAY['unpaid'::text]) = reasons_after) AND (NOT ('unpaid'::text = ANY (reasons_before))) AND (to_state = 'suspended'::text))
    ELSE ((paid_number = paid_number_before) AND (reasons_after = reasons_before) AND (from_state = ANY (ARRAY['active'::text, 'suspended'::text])) AND (to_state = 'ended'::text))
END),
    CONSTRAINT nobody_paid_up_is_cut_off CHECK (((NOT ('unpaid'::text = ANY (reasons_after))) OR ('unpaid'::text = ANY (reasons_before)) OR (local_on >= (paid_until_on + grace_days)))),
    CONSTRAINT paid_number_counts CHECK (((paid_number >= 0) AND (paid_number <= 10000))),
    CONSTRAINT reasons_are_known CHECK ((reasons_after <@ ARRAY['unpaid'::text, 'fault'::text, 'customer_request'::text, 'misuse'::text, 'equipment'::text, 'moving'::text])),
    CONSTRAINT reopening_is_cited CHECK (((kind = 'reopen'::text) = (reopened_step IS NOT NULL))),
    CONSTRAINT state_follows_its_reasons CHECK (
CASE to_state
    WHEN 'active'::text THEN (reasons_after = '{}'::text[])
    WHEN 'suspended'::text THEN ((cardinality(reasons_after) >= 1) AND (cardinality(reasons_after) <= 10))
    ELSE (cardinality(reasons_after) <= 10)
END),
    CONSTRAINT subscription_actor_is_short CHECK (((length(actor) >= 1) AND (length(actor) <= 100))),
    CONSTRAINT subscription_begins CHECK ((((step = 1) = (kind = 'begin'::text)) AND ((step > 1) OR ((from_state = 'none'::text) AND (reasons_before = '{}'::text[]) AND (paid_number_before = 0) AND (paid_number = 0))))),
    CONSTRAINT subscription_moves_as_declared CHECK ((((from_state || ' '::text) || to_state) = ANY (ARRAY['none active'::text, 'none suspended'::text, 'active active'::text, 'active suspended'::text, 'suspended suspended'::text, 'suspended active'::text, 'active ended'::text, 'suspended ended'::text, 'ended ended'::text]))),
    CONSTRAINT subscription_reason_is_known CHECK ((reason = ANY (ARRAY[''::text, 'unpaid'::text, 'fault'::text, 'customer_request'::text, 'misuse'::text, 'equipment'::text, 'moving'::text]))),
    CONSTRAINT subscription_step_counts CHECK (((step >= 1) AND (step <= 100000))),
    CONSTRAINT subscription_step_kind_is_known CHECK ((kind = ANY (ARRAY['begin'::text, 'pay'::text, 'reopen'::text, 'suspend'::text, 'lift'::text, 'lapse'::text, 'end'::text]))),
    CONSTRAINT unpaid_clears_only_when_paid CHECK ((('unpaid'::text = ANY (reasons_after)) OR (NOT ('unpaid'::text = ANY (reasons_before))) OR (local_on < paid_until_on))),
    CONSTRAINT unpaid_from_the_beginning CHECK (((paid_number > 0) OR ((paid_until_on = begins_on) AND (paid_step = 0))))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY subscriptions.subscription_step FORCE ROW LEVEL SECURITY;

CREATE TABLE subscriptions.subscription_tag (
    organisation_id uuid NOT NULL,
    subscription_id uuid NOT NULL,
    tag text NOT NULL,
    CONSTRAINT tag_is_a_plain_word CHECK ((tag ~ '^[a-z0-9][a-z0-9._:/-]{0,59}$'::text))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY subscriptions.subscription_tag FORCE ROW LEVEL SECURITY;

CREATE TABLE webhooks.attempt (
    organisation_id uuid NOT NULL,
    delivery_id uuid NOT NULL,
    attempt_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    took_ms integer NOT NULL,
    outcome text NOT NULL,
    status smallint,
    said text NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT attempt_answer_short CHECK ((length(said) <= 500)),
    CONSTRAINT attempt_outcome_is_known CHECK ((outcome = ANY (ARRAY['delivered'::text, 'refused'::text, 'unavailable'::text, 'unknown'::text]))),
    CONSTRAINT attempt_status_in_range CHECK (((status >= 100) AND (status <= 999))),
    CONSTRAINT attempt_time_in_range CHECK (((took_ms >= 0) AND (took_ms <= 600000))),
    CONSTRAINT delivered_by_an_answer CHECK ((((outcome <> 'delivered'::text) OR ((status >= 200) AND (status <= 299))) IS TRUE))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY webhooks.attempt FORCE ROW LEVEL SECURITY;

CREATE TABLE webhooks.delivery (
    organisation_id uuid NOT NULL,
    delivery_id uuid NOT NULL,
    webhook_id uuid NOT NULL,
    facts_epoch integer NOT NULL,
    transaction_id xid8 NOT NULL,
    sequence bigint NOT NULL,
    kind text NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    state text NOT NULL,
    attempts integer NOT NULL,
    tried_since timestamp with time zone,
    due_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    made_at timestamp with time zone NOT NULL,
    CONSTRAINT delivery_attempts_in_range CHECK (((attempts >= 0) AND (attempts <= 10000))),
    CONSTRAINT delivery_is_tried_before_it_ends CHECK (((state = 'waiting'::text) OR (attempts > 0))),
    CONSTRAINT delivery_kind_is_a_word CHECK ((kind ~ '^[a-z][a-z_]{1,59}$'::text)),
    CONSTRAINT delivery_state_is_known CHECK ((state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'failed'::text]))),
    CONSTRAINT delivery_subject_is_a_word CHECK ((subject_kind ~ '^[a-z][a-z_]{1,39}$'::text)),
    CONSTRAINT delivery_tried_says_since CHECK (((attempts = 0) = (tried_since IS NULL))),
    CONSTRAINT delivery_waits_or_has_ended CHECK (((state = 'waiting'::text) = (ended_at IS NULL)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY webhooks.delivery FORCE ROW LEVEL SECURITY;

CREATE TABLE webhooks.progress (
    organisation_id uuid NOT NULL,
    webhook_id uuid NOT NULL,
    facts_epoch integer NOT NULL,
    transaction_id xid8 NOT NULL,
    sequence bigint NOT NULL,
    failing_since timestamp with time zone,
    silent_rounds integer NOT NULL,
    CONSTRAINT webhook_epoch_counts CHECK (((facts_epoch >= 0) AND (facts_epoch <= 1000000))),
    CONSTRAINT webhook_silence_counts CHECK (((silent_rounds >= 0) AND (silent_rounds <= 1000000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY webhooks.progress FORCE ROW LEVEL SECURITY;

CREATE TABLE webhooks.webhook (
    organisation_id uuid NOT NULL,
    webhook_id uuid NOT NULL,
    place smallint,
    url text NOT NULL,
    description text NOT NULL,
    kinds text[] NOT NULL,
    scopes text[] NOT NULL,
    secret_number integer NOT NULL,
    former_secret_until timestamp with time zone,
    step integer NOT NULL,
    state text NOT NULL,
    version integer NOT NULL,
    made_by text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    CONSTRAINT ended_webhook_has_no_place CHECK (((state = 'ended'::text) = (place IS NULL))),
    CONSTRAINT first_secret_follows_none CHECK (((secret_number > 1) OR (former_secret_until IS NULL))),
    CONSTRAINT webhook_description_short CHECK ((length(description) <= 200)),
    CONSTRAINT webhook_kinds_are_bounded CHECK ((cardinality(kinds) <= 100)),
    CONSTRAINT webhook_maker_short CHECK (((length(made_by) >= 1) AND (length(made_by) <= 100))),
    CONSTRAINT webhook_place_in_range CHECK (((place >= 1) AND (place <= 50))),
    CONSTRAINT webhook_scopes_are_bounded CHECK (((cardinality(scopes) >= 1) AND (cardinality(scopes) <= 100))),
    CONSTRAINT webhook_secret_counts CHECK (((secret_number >= 1) AND (secret_number <= 100000))),
    CONSTRAINT webhook_url_has_a_length CHECK (((length(url) >= 8) AND (length(url) <= 2000))),
    CONSTRAINT webhook_version_counts CHECK (((version >= 1) AND (version <= 1000000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY webhooks.webhook FORCE ROW LEVEL SECURITY;

CREATE TABLE webhooks.webhook_step (
    organisation_id uuid NOT NULL,
    webhook_id uuid NOT NULL,
    step integer NOT NULL,
    previous integer GENERATED ALWAYS AS (NULLIF((step - 1), 0)) STORED,
    from_state text NOT NULL,
    to_state text NOT NULL,
    because text,
    actor text NOT NULL,
    at timestamp with time zone NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    transaction_id bigint DEFAULT kit.present_transaction() NOT NULL,
    CONSTRAINT first_webhook_step_begins CHECK (((step = 1) = (from_state = 'none'::text))),
    CONSTRAINT webhook_actor_short CHECK (((length(actor) >= 1) AND (length(actor) <= 100))),
    CONSTRAINT webhook_moves_as_declared CHECK (((((((from_state = 'none'::text) AND (to_state = 'active'::text)) OR ((from_state = 'active'::text) AND (to_state = 'paused'::text))) OR ((from_state = 'paused'::text) AND (to_state = 'active'::text))) OR ((from_state = 'active'::text) AND (to_state = 'ended'::text))) OR ((from_state = 'paused'::text) AND (to_state = 'ended'::text)))),
    CONSTRAINT webhook_pause_reason_is_known CHECK ((because = ANY (ARRAY['by_hand'::text, 'failing'::text, 'gone'::text]))),
    CONSTRAINT webhook_pause_says_why CHECK (((to_state = 'paused'::text) = (because IS NOT NULL))),
    CONSTRAINT webhook_step_counts CHECK (((step >= 1) AND (step <= 100000)))
)
WITH (autovacuum_analyze_threshold='10000', autovacuum_vacuum_threshold='1000', autovacuum_vacuum_insert_threshold='10000');

ALTER TABLE ONLY webhooks.webhook_step FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY authorisations.authorisation
    ADD CONSTRAINT act_in_scope UNIQUE (organisation_id, scope_id, authorisation_id);

ALTER TABLE ONLY authorisations.authorisation
    ADD CONSTRAINT act_on_revision UNIQUE (organisation_id, authorisation_id, scope_id, offer_id, revision, active, verdicts);

ALTER TABLE ONLY authorisations.authorisation
    ADD CONSTRAINT act_request UNIQUE (organisation_id, authorisation_id, scope_id, authorised_at, express_request);

ALTER TABLE ONLY authorisations.authorisation
    ADD CONSTRAINT act_revokes UNIQUE (organisation_id, authorisation_id, scope_id, revokes);

ALTER TABLE ONLY authorisations.authorisation
    ADD CONSTRAINT act_signature UNIQUE (organisation_id, authorisation_id, signature_hash);

ALTER TABLE ONLY authorisations.authorisation
    ADD CONSTRAINT act_terms UNIQUE (organisation_id, authorisation_id, scope_id, authorised_at, valid_until, cap_minor, active);

ALTER TABLE ONLY authorisations.capacity
    ADD CONSTRAINT act_totals UNIQUE (organisation_id, authorisation_id, act_seq, seq, act_net_after);

ALTER TABLE ONLY authorisations.authorisation_item
    ADD CONSTRAINT authorisation_item_pkey PRIMARY KEY (organisation_id, authorisation_id, item_id);

ALTER TABLE ONLY authorisations.authorisation
    ADD CONSTRAINT authorisation_pkey PRIMARY KEY (organisation_id, authorisation_id);

ALTER TABLE ONLY authorisations.capacity_item
    ADD CONSTRAINT capacity_item_pkey PRIMARY KEY (organisation_id, item_id);

ALTER TABLE ONLY authorisations.capacity
    ADD CONSTRAINT capacity_pkey PRIMARY KEY (organisation_id, scope_id, seq);

ALTER TABLE ONLY authorisations.ceiling_warning
    ADD CONSTRAINT ceiling_warning_pkey PRIMARY KEY (organisation_id, authorisation_id);

ALTER TABLE ONLY authorisations.one_time_code
    ADD CONSTRAINT code_as_sent UNIQUE (organisation_id, presentation_id, number, code_hash, sent_at);

ALTER TABLE ONLY authorisations.code_proof
    ADD CONSTRAINT code_proof_pkey PRIMARY KEY (organisation_id, presentation_id);

ALTER TABLE ONLY authorisations.consent_detail
    ADD CONSTRAINT consent_detail_pkey PRIMARY KEY (organisation_id, authorisation_id);

ALTER TABLE ONLY authorisations.work_record
    ADD CONSTRAINT corrected_once UNIQUE (organisation_id, corrects);

ALTER TABLE ONLY authorisations.forecast
    ADD CONSTRAINT forecast_figures UNIQUE (organisation_id, forecast_id, scope_id, projected_minor, over);

ALTER TABLE ONLY authorisations.forecast
    ADD CONSTRAINT forecast_pkey PRIMARY KEY (organisation_id, forecast_id);

ALTER TABLE ONLY authorisations.offer_item
    ADD CONSTRAINT item_of_its_kind UNIQUE (organisation_id, item_id, kind);

ALTER TABLE ONLY authorisations.capacity_item
    ADD CONSTRAINT item_price_authorised UNIQUE (organisation_id, item_id, authorised_at, period_ticks, denominator, price_numerator, price_denominator);

ALTER TABLE ONLY authorisations.offer_item
    ADD CONSTRAINT item_shown UNIQUE (organisation_id, item_id, scope_id, offer_id, revision);

ALTER TABLE ONLY authorisations.capacity_item
    ADD CONSTRAINT item_terms UNIQUE (organisation_id, scope_id, item_id, authorisation_id, ticks, period_ticks, denominator, price_numerator, price_denominator, currency, recurring, authorised_at, valid_until, cap_minor, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline);

ALTER TABLE ONLY authorisations.capacity
    ADD CONSTRAINT item_totals UNIQUE (organisation_id, item_id, item_seq, seq, granted_after, performed_after, billed_after, net_after, revoked_after, entitled_item, excess_item);

ALTER TABLE ONLY authorisations.authorisation_item
    ADD CONSTRAINT item_verdict UNIQUE (organisation_id, authorisation_id, item_id, verdict, active);

ALTER TABLE ONLY authorisations.law
    ADD CONSTRAINT law_figures UNIQUE (jurisdiction, trade, price_form, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline);

ALTER TABLE ONLY authorisations.law
    ADD CONSTRAINT law_itemised UNIQUE (jurisdiction, trade, price_form, itemised_request_days, itemised_reply_days);

ALTER TABLE ONLY authorisations.law
    ADD CONSTRAINT law_pkey PRIMARY KEY (jurisdiction, trade, price_form);

ALTER TABLE ONLY authorisations.law
    ADD CONSTRAINT law_rights UNIQUE (jurisdiction, trade, price_form, overrun_notice, withdrawal_days);

ALTER TABLE ONLY authorisations.capacity
    ADD CONSTRAINT line_backing UNIQUE (organisation_id, subject, scope_id, seq, kind, closes, item_id, billed_before, billed_after, net_before, net_after);

ALTER TABLE ONLY authorisations.presentation
    ADD CONSTRAINT nonce_used_once UNIQUE (organisation_id, nonce_hash);

ALTER TABLE ONLY authorisations.offer_item
    ADD CONSTRAINT offer_item_pkey PRIMARY KEY (organisation_id, item_id);

ALTER TABLE ONLY authorisations.offer_photo
    ADD CONSTRAINT offer_photo_pkey PRIMARY KEY (organisation_id, offer_id, revision, "position");

ALTER TABLE ONLY authorisations.offer
    ADD CONSTRAINT offer_pkey PRIMARY KEY (organisation_id, offer_id);

ALTER TABLE ONLY authorisations.offer
    ADD CONSTRAINT offer_place UNIQUE (organisation_id, scope_id, offer_id);

ALTER TABLE ONLY authorisations.offer_revision
    ADD CONSTRAINT offer_revision_pkey PRIMARY KEY (organisation_id, offer_id, revision);

ALTER TABLE ONLY authorisations.offer_item
    ADD CONSTRAINT offered_tax UNIQUE (organisation_id, item_id, tax_basis, tax_category, tax_numerator, tax_denominator);

ALTER TABLE ONLY authorisations.offer_item
    ADD CONSTRAINT offered_terms UNIQUE (organisation_id, item_id, scope_id, offer_id, revision, ticks, denominator, price_numerator, price_denominator, currency, recurring);

ALTER TABLE ONLY authorisations.offer_item
    ADD CONSTRAINT offered_unit UNIQUE (organisation_id, item_id, scope_id, denominator);

ALTER TABLE ONLY authorisations.authorisation
    ADD CONSTRAINT one_act_per_step UNIQUE (organisation_id, scope_id, seq);

ALTER TABLE ONLY authorisations.one_time_code
    ADD CONSTRAINT one_code_an_id UNIQUE (organisation_id, code_id);

ALTER TABLE ONLY authorisations.forecast
    ADD CONSTRAINT one_forecast_a_number UNIQUE (organisation_id, scope_id, number);

ALTER TABLE ONLY authorisations.offer_item
    ADD CONSTRAINT one_item_per_position UNIQUE (organisation_id, offer_id, revision, "position");

ALTER TABLE ONLY authorisations.contact_mail
    ADD CONSTRAINT one_mail_a_number PRIMARY KEY (organisation_id, customer_id, contact_id, hour, number);

ALTER TABLE ONLY authorisations.photo
    ADD CONSTRAINT one_photo_a_file UNIQUE (organisation_id, scope_id, received_hash);

ALTER TABLE ONLY authorisations.photo
    ADD CONSTRAINT one_photo_a_number UNIQUE (organisation_id, scope_id, number);

ALTER TABLE ONLY authorisations.question
    ADD CONSTRAINT one_question_a_number UNIQUE (organisation_id, presentation_id, number);

ALTER TABLE ONLY authorisations.scope
    ADD CONSTRAINT one_scope_per_subject UNIQUE (organisation_id, subject_kind, subject_id);

ALTER TABLE ONLY authorisations.capacity
    ADD CONSTRAINT one_step_per_act UNIQUE (organisation_id, authorisation_id, act_seq);

ALTER TABLE ONLY authorisations.capacity
    ADD CONSTRAINT one_step_per_item UNIQUE (organisation_id, item_id, item_seq);

ALTER TABLE ONLY authorisations.work_record
    ADD CONSTRAINT one_supply_per_period EXCLUDE USING gist (organisation_id WITH =, item_id WITH =, daterange(period_from, period_until) WITH &&) WHERE ((period_from IS NOT NULL));

ALTER TABLE ONLY authorisations.one_time_code
    ADD CONSTRAINT one_time_code_pkey PRIMARY KEY (organisation_id, presentation_id, number);

ALTER TABLE ONLY authorisations.authorisation_item
    ADD CONSTRAINT one_verdict_per_position UNIQUE (organisation_id, authorisation_id, "position");

ALTER TABLE ONLY authorisations.wrong_code
    ADD CONSTRAINT one_wrong_code_a_number UNIQUE (organisation_id, customer_id, contact_id, day, number_of_day);

ALTER TABLE ONLY authorisations.overrun_notice
    ADD CONSTRAINT overrun_notice_pkey PRIMARY KEY (organisation_id, notice_id);

ALTER TABLE ONLY authorisations.paper_law
    ADD CONSTRAINT paper_law_pkey PRIMARY KEY (jurisdiction, trade, document);

ALTER TABLE ONLY authorisations.photo
    ADD CONSTRAINT photo_as_kept UNIQUE (organisation_id, photo_id, photo_hash);

ALTER TABLE ONLY authorisations.work_photo
    ADD CONSTRAINT photo_cited_once UNIQUE (organisation_id, work_record_id, photo_id);

ALTER TABLE ONLY authorisations.photo_content
    ADD CONSTRAINT photo_content_pkey PRIMARY KEY (organisation_id, photo_id);

ALTER TABLE ONLY authorisations.photo
    ADD CONSTRAINT photo_in_scope UNIQUE (organisation_id, photo_id, scope_id, photo_hash);

ALTER TABLE ONLY authorisations.photo
    ADD CONSTRAINT photo_pkey PRIMARY KEY (organisation_id, photo_id);

ALTER TABLE ONLY authorisations.offer_photo
    ADD CONSTRAINT photo_shown_once UNIQUE (organisation_id, offer_id, revision, photo_id);

ALTER TABLE ONLY authorisations.policy
    ADD CONSTRAINT policy_figures UNIQUE (organisation_id, policy_name, policy_version, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline, record_lag_seconds, requires_written_offer);

ALTER TABLE ONLY authorisations.policy
    ADD CONSTRAINT policy_pkey PRIMARY KEY (organisation_id, policy_name, policy_version);

ALTER TABLE ONLY authorisations.authorisation
    ADD CONSTRAINT presentation_answered_once UNIQUE (organisation_id, presentation_id);

ALTER TABLE ONLY authorisations.presentation
    ADD CONSTRAINT presentation_of UNIQUE (organisation_id, presentation_id, offer_id, revision, offer_hash, contact_id, channel, required_method);

ALTER TABLE ONLY authorisations.presentation
    ADD CONSTRAINT presentation_pkey PRIMARY KEY (organisation_id, presentation_id);

ALTER TABLE ONLY authorisations.question
    ADD CONSTRAINT question_pkey PRIMARY KEY (organisation_id, question_id);

ALTER TABLE ONLY authorisations.question_reply
    ADD CONSTRAINT question_reply_pkey PRIMARY KEY (organisation_id, question_id);

ALTER TABLE ONLY authorisations.receipt
    ADD CONSTRAINT receipt_pkey PRIMARY KEY (organisation_id, authorisation_id);

ALTER TABLE ONLY authorisations.scope
    ADD CONSTRAINT reference_given_once UNIQUE (organisation_id, reference);

ALTER TABLE ONLY authorisations.offer_revision
    ADD CONSTRAINT revision_hash UNIQUE (organisation_id, offer_id, revision, offer_hash);

ALTER TABLE ONLY authorisations.offer_revision
    ADD CONSTRAINT revision_limits UNIQUE (organisation_id, offer_id, revision, offer_hash, cap_minor, valid_until);

ALTER TABLE ONLY authorisations.offer_revision
    ADD CONSTRAINT revision_terms UNIQUE (organisation_id, offer_id, revision, scope_id, offer_hash, currency, tax_basis);

ALTER TABLE ONLY authorisations.scope
    ADD CONSTRAINT scope_account UNIQUE (organisation_id, scope_id, customer_id, currency);

ALTER TABLE ONLY authorisations.authorisation
    ADD CONSTRAINT scope_head UNIQUE (organisation_id, scope_id, seq, entry_hash, revised_total_minor);

ALTER TABLE ONLY authorisations.scope
    ADD CONSTRAINT scope_pkey PRIMARY KEY (organisation_id, scope_id);

ALTER TABLE ONLY authorisations.scope
    ADD CONSTRAINT scope_policy UNIQUE (organisation_id, scope_id, currency, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline);

ALTER TABLE ONLY authorisations.scope
    ADD CONSTRAINT scope_price_forms UNIQUE (organisation_id, scope_id, price_forms);

ALTER TABLE ONLY authorisations.scope
    ADD CONSTRAINT scope_record_rules UNIQUE (organisation_id, scope_id, record_lag_seconds, requires_written_offer);

ALTER TABLE ONLY authorisations.scope_step
    ADD CONSTRAINT scope_step_open UNIQUE (organisation_id, scope_id, step, open);

ALTER TABLE ONLY authorisations.scope_step
    ADD CONSTRAINT scope_step_pkey PRIMARY KEY (organisation_id, scope_id, step);

ALTER TABLE ONLY authorisations.scope_step
    ADD CONSTRAINT scope_step_subject UNIQUE (organisation_id, subject, scope_id, kind);

ALTER TABLE ONLY authorisations.scope
    ADD CONSTRAINT scope_subject UNIQUE (organisation_id, scope_id, subject_kind);

ALTER TABLE ONLY authorisations.capacity
    ADD CONSTRAINT scope_totals UNIQUE (organisation_id, scope_id, seq, entitled_after, excess_after, opening_excess_after);

ALTER TABLE ONLY authorisations.scope
    ADD CONSTRAINT scope_withdrawal UNIQUE (organisation_id, scope_id, withdrawal_days);

ALTER TABLE ONLY authorisations.signature
    ADD CONSTRAINT signature_pkey PRIMARY KEY (organisation_id, authorisation_id);

ALTER TABLE ONLY authorisations.work_record
    ADD CONSTRAINT supply_of_period UNIQUE (organisation_id, work_record_id, scope_id, item_id, period_from, period_until);

ALTER TABLE ONLY authorisations.withdrawal
    ADD CONSTRAINT withdrawal_pkey PRIMARY KEY (organisation_id, authorisation_id);

ALTER TABLE ONLY authorisations.work_record
    ADD CONSTRAINT work_figures UNIQUE (organisation_id, work_record_id, scope_id, item_id, ticks, started_at, ended_at, supplied, billable);

ALTER TABLE ONLY authorisations.work_record
    ADD CONSTRAINT work_item UNIQUE (organisation_id, work_record_id, item_id);

ALTER TABLE ONLY authorisations.capacity
    ADD CONSTRAINT work_performed_once UNIQUE (organisation_id, work_of, kind);

ALTER TABLE ONLY authorisations.work_photo
    ADD CONSTRAINT work_photo_pkey PRIMARY KEY (organisation_id, work_record_id, "position");

ALTER TABLE ONLY authorisations.work_record
    ADD CONSTRAINT work_record_pkey PRIMARY KEY (organisation_id, work_record_id);

ALTER TABLE ONLY authorisations.work_record
    ADD CONSTRAINT work_to_correct UNIQUE (organisation_id, work_record_id, item_id, evidence, judged_started_at, judged_ended_at);

ALTER TABLE ONLY authorisations.wrong_code
    ADD CONSTRAINT wrong_code_pkey PRIMARY KEY (organisation_id, presentation_id, number);

ALTER TABLE ONLY billing.cash_acceptance
    ADD CONSTRAINT acceptance_amount UNIQUE (organisation_id, hand_in_id, accepted_minor, currency, into_holder);

ALTER TABLE ONLY billing.cash_acceptance
    ADD CONSTRAINT acceptance_difference UNIQUE (organisation_id, hand_in_id, staff_id, currency, accepted_by, missing_minor);

ALTER TABLE ONLY billing.account_entry
    ADD CONSTRAINT account_entry_pkey PRIMARY KEY (organisation_id, account_kind, account_holder, currency, strand, version);

ALTER TABLE ONLY billing.account_number
    ADD CONSTRAINT account_number_pkey PRIMARY KEY (organisation_id, kind, holder);

ALTER TABLE ONLY billing.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (organisation_id, kind, holder, currency);

ALTER TABLE ONLY billing.allocation
    ADD CONSTRAINT allocation_opens UNIQUE (organisation_id, invoice_id, step, open_after, written_off_after);

ALTER TABLE ONLY billing.allocation
    ADD CONSTRAINT allocation_pkey PRIMARY KEY (organisation_id, invoice_id, step);

ALTER TABLE ONLY billing.cash_arrival
    ADD CONSTRAINT arrival_amount UNIQUE (organisation_id, deposit_id, step, arrived_minor);

ALTER TABLE ONLY billing.cash_arrival
    ADD CONSTRAINT arrival_by_its_line UNIQUE (organisation_id, deposit_id, step, arrived_minor, line_id, arrival_id);

ALTER TABLE ONLY billing.cash_arrival
    ADD CONSTRAINT arrival_difference UNIQUE (organisation_id, arrival_id, banked_by, currency, confirmed_by, missing_minor, arrives);

ALTER TABLE ONLY billing.collection_attempt
    ADD CONSTRAINT attempt_intent_once UNIQUE (organisation_id, provider_intent_id);

ALTER TABLE ONLY billing.posting_attempt
    ADD CONSTRAINT attempt_outcome UNIQUE (organisation_id, attempt_id, invoice_id, customer_id, verdict, line_count, input_hash);

ALTER TABLE ONLY billing.collection_attempt
    ADD CONSTRAINT attempt_session_once UNIQUE (organisation_id, provider_session_id);

ALTER TABLE ONLY billing.collection_attempt
    ADD CONSTRAINT attempt_sum UNIQUE (organisation_id, attempt_id, invoice_id, amount_minor);

ALTER TABLE ONLY billing.posting_attempt
    ADD CONSTRAINT attempt_verdict UNIQUE (organisation_id, attempt_id, verdict);

ALTER TABLE ONLY billing.carried_balance
    ADD CONSTRAINT balance_carried UNIQUE (organisation_id, number, kind, holder, currency, opened_in, closing_minor);

ALTER TABLE ONLY billing.bank_account
    ADD CONSTRAINT bank_account_pkey PRIMARY KEY (organisation_id, bank_account_id);

ALTER TABLE ONLY billing.bank_account
    ADD CONSTRAINT bank_account_whole UNIQUE (organisation_id, bank_account_id, currency);

ALTER TABLE ONLY billing.bank_file
    ADD CONSTRAINT bank_file_pkey PRIMARY KEY (organisation_id, file_id);

ALTER TABLE ONLY billing.bank_file
    ADD CONSTRAINT bank_file_taken_once UNIQUE (organisation_id, file_hash);

ALTER TABLE ONLY billing.bank_line
    ADD CONSTRAINT bank_line_again UNIQUE (organisation_id, bank_account_id, entry_key, interim, nth, statement_id, booked_on, repeated);

ALTER TABLE ONLY billing.bank_line
    ADD CONSTRAINT bank_line_amount UNIQUE (organisation_id, line_id, size_minor, incoming, currency);

ALTER TABLE ONLY billing.bank_line
    ADD CONSTRAINT bank_line_balance UNIQUE (organisation_id, statement_id, number, balance_after);

ALTER TABLE ONLY billing.bank_line
    ADD CONSTRAINT bank_line_confirmed_once UNIQUE (organisation_id, confirms);

ALTER TABLE ONLY billing.bank_line
    ADD CONSTRAINT bank_line_pkey PRIMARY KEY (organisation_id, line_id);

ALTER TABLE ONLY billing.bank_line
    ADD CONSTRAINT bank_line_place UNIQUE (organisation_id, line_id, statement_id, booked_on);

ALTER TABLE ONLY billing.bank_line
    ADD CONSTRAINT bank_line_told UNIQUE (organisation_id, line_id, bank_account_id, amount_minor, interim);

ALTER TABLE ONLY billing.bank_sighting
    ADD CONSTRAINT bank_sighting_pkey PRIMARY KEY (organisation_id, told_id, step);

ALTER TABLE ONLY billing.bank_statement
    ADD CONSTRAINT bank_statement_closes UNIQUE (organisation_id, bank_account_id, step, closing_minor);

ALTER TABLE ONLY billing.bank_statement
    ADD CONSTRAINT bank_statement_frame UNIQUE (organisation_id, statement_id, bank_account_id, currency, interim, opening_minor);

ALTER TABLE ONLY billing.bank_statement
    ADD CONSTRAINT bank_statement_pkey PRIMARY KEY (organisation_id, statement_id);

ALTER TABLE ONLY billing.bank_statement
    ADD CONSTRAINT bank_statement_told_once UNIQUE (organisation_id, bank_account_id, content_hash);

ALTER TABLE ONLY billing.bank_step
    ADD CONSTRAINT bank_step_amount UNIQUE (organisation_id, line_id, step, amount_minor, own_money, shows, kind, kept_minor);

ALTER TABLE ONLY billing.bank_step
    ADD CONSTRAINT bank_step_opens UNIQUE (organisation_id, line_id, step, open_after);

ALTER TABLE ONLY billing.bank_step
    ADD CONSTRAINT bank_step_pkey PRIMARY KEY (organisation_id, line_id, step);

ALTER TABLE ONLY billing.bank_step
    ADD CONSTRAINT bank_step_undone_once UNIQUE (organisation_id, line_id, undoes);

ALTER TABLE ONLY billing.bank_waiting_for
    ADD CONSTRAINT bank_waiting_for_pkey PRIMARY KEY (organisation_id, customer_id, line_id);

ALTER TABLE ONLY billing.bank_waiting
    ADD CONSTRAINT bank_waiting_pkey PRIMARY KEY (organisation_id, booked_on, line_id);

ALTER TABLE ONLY billing.bank_waiting
    ADD CONSTRAINT bank_waits_once UNIQUE (organisation_id, line_id);

ALTER TABLE ONLY billing.cash_banked
    ADD CONSTRAINT banked_so_far UNIQUE (organisation_id, hand_in_id, step, banked_after);

ALTER TABLE ONLY billing.cash_banked
    ADD CONSTRAINT banked_total UNIQUE (organisation_id, deposit_id, "position", total_after, currency);

ALTER TABLE ONLY billing.billed_work
    ADD CONSTRAINT billed_work_pkey PRIMARY KEY (organisation_id, work_record_id, use);

ALTER TABLE ONLY billing.card_fee
    ADD CONSTRAINT card_fee_pkey PRIMARY KEY (organisation_id, payment_id);

ALTER TABLE ONLY billing.carried_balance
    ADD CONSTRAINT carried_balance_pkey PRIMARY KEY (organisation_id, number, kind, holder, currency);

ALTER TABLE ONLY billing.carry_forward
    ADD CONSTRAINT carried_until_once UNIQUE (organisation_id, until_at, number);

ALTER TABLE ONLY billing.carry_forward
    ADD CONSTRAINT carry_forward_pkey PRIMARY KEY (organisation_id, number);

ALTER TABLE ONLY billing.cash_acceptance
    ADD CONSTRAINT cash_acceptance_pkey PRIMARY KEY (organisation_id, hand_in_id);

ALTER TABLE ONLY billing.cash_arrival
    ADD CONSTRAINT cash_arrival_pkey PRIMARY KEY (organisation_id, deposit_id, step);

ALTER TABLE ONLY billing.cash_banked
    ADD CONSTRAINT cash_banked_pkey PRIMARY KEY (organisation_id, hand_in_id, step);

ALTER TABLE ONLY billing.cash_count
    ADD CONSTRAINT cash_count_pkey PRIMARY KEY (organisation_id, hand_in_id, counted_by, number);

ALTER TABLE ONLY billing.cash_count
    ADD CONSTRAINT cash_count_terms UNIQUE (organisation_id, hand_in_id, counted_by, number, counted_minor);

ALTER TABLE ONLY billing.cash_custody
    ADD CONSTRAINT cash_custody_pkey PRIMARY KEY (organisation_id, staff_id, currency, step);

ALTER TABLE ONLY billing.cash_deposit
    ADD CONSTRAINT cash_deposit_pkey PRIMARY KEY (organisation_id, deposit_id);

ALTER TABLE ONLY billing.cash_hand_in
    ADD CONSTRAINT cash_hand_in_pkey PRIMARY KEY (organisation_id, hand_in_id);

ALTER TABLE ONLY billing.cash_limit
    ADD CONSTRAINT cash_limit_pkey PRIMARY KEY (organisation_id, holder, currency, version);

ALTER TABLE ONLY billing.cash_settlement
    ADD CONSTRAINT cash_settlement_pkey PRIMARY KEY (organisation_id, difference_id, step);

ALTER TABLE ONLY billing.charge_failure
    ADD CONSTRAINT charge_failure_pkey PRIMARY KEY (organisation_id, attempt_id);

ALTER TABLE ONLY billing.charge_failure
    ADD CONSTRAINT charge_failure_terms UNIQUE (organisation_id, invoice_id, consent_id, turn, ordinal, verdict);

ALTER TABLE ONLY billing.charge_notice
    ADD CONSTRAINT charge_notice_terms UNIQUE (organisation_id, invoice_id, consent_id, turn, charge_on, amount_minor, zone);

ALTER TABLE ONLY billing.charge
    ADD CONSTRAINT charge_pkey PRIMARY KEY (organisation_id, attempt_id);

ALTER TABLE ONLY billing.charge
    ADD CONSTRAINT charge_terms UNIQUE (organisation_id, attempt_id, invoice_id, consent_id, turn, ordinal);

ALTER TABLE ONLY billing.cheque
    ADD CONSTRAINT cheque_amount UNIQUE (organisation_id, payment_id, customer_id, currency, amount_minor);

ALTER TABLE ONLY billing.cheque
    ADD CONSTRAINT cheque_in_its_place UNIQUE (organisation_id, customer_id, bank_key, number_key, nth, payment_id);

ALTER TABLE ONLY billing.cheque
    ADD CONSTRAINT cheque_of_this_number UNIQUE (organisation_id, bank_key, number_key, payment_id);

ALTER TABLE ONLY billing.cheque_on_its_way
    ADD CONSTRAINT cheque_on_its_way_pkey PRIMARY KEY (organisation_id, payment_id);

ALTER TABLE ONLY billing.cheque
    ADD CONSTRAINT cheque_pkey PRIMARY KEY (organisation_id, payment_id);

ALTER TABLE ONLY billing.cheque_step
    ADD CONSTRAINT cheque_step_pkey PRIMARY KEY (organisation_id, payment_id, step);

ALTER TABLE ONLY billing.cheque_step
    ADD CONSTRAINT cheque_step_whole UNIQUE (organisation_id, payment_id, step, state);

ALTER TABLE ONLY billing.claim
    ADD CONSTRAINT claim_currency UNIQUE (organisation_id, claim_id, customer_id, currency);

ALTER TABLE ONLY billing.claim
    ADD CONSTRAINT claim_pkey PRIMARY KEY (organisation_id, claim_id);

ALTER TABLE ONLY billing.claim_reminder
    ADD CONSTRAINT claim_reminder_end UNIQUE (organisation_id, claim_id, ordinal, days_after, base_on, taken_on);

ALTER TABLE ONLY billing.claim_step
    ADD CONSTRAINT claim_step_opens UNIQUE (organisation_id, claim_id, step, open_after);

ALTER TABLE ONLY billing.claim_step
    ADD CONSTRAINT claim_step_pkey PRIMARY KEY (organisation_id, claim_id, step);

ALTER TABLE ONLY billing.claim
    ADD CONSTRAINT claim_terms UNIQUE (organisation_id, claim_id, customer_id, currency, amount_minor);

ALTER TABLE ONLY billing.collection_attempt
    ADD CONSTRAINT collection_attempt_pkey PRIMARY KEY (organisation_id, attempt_id);

ALTER TABLE ONLY billing.charge_consent
    ADD CONSTRAINT consent_mode UNIQUE (organisation_id, consent_id, customer_id, livemode);

ALTER TABLE ONLY billing.charge_consent
    ADD CONSTRAINT consent_terms UNIQUE (organisation_id, consent_id, customer_id, notice_days);

ALTER TABLE ONLY billing.credit_line
    ADD CONSTRAINT credit_line_pkey PRIMARY KEY (organisation_id, invoice_id, line_number, step);

ALTER TABLE ONLY billing.credit_note
    ADD CONSTRAINT credit_note_of_invoice UNIQUE (organisation_id, credit_note_id, invoice_id);

ALTER TABLE ONLY billing.credit_note
    ADD CONSTRAINT credit_note_pkey PRIMARY KEY (organisation_id, credit_note_id);

ALTER TABLE ONLY billing.credit_note
    ADD CONSTRAINT credit_note_worth UNIQUE (organisation_id, credit_note_id, invoice_id, total_minor);

ALTER TABLE ONLY billing.credit_note
    ADD CONSTRAINT credit_number_given_once UNIQUE (organisation_id, series, number);

ALTER TABLE ONLY billing.credit_line
    ADD CONSTRAINT credit_totals UNIQUE (organisation_id, invoice_id, line_number, step, ticks_after, net_after);

ALTER TABLE ONLY billing.credit_line
    ADD CONSTRAINT credited_amounts UNIQUE (organisation_id, credit_note_id, item_id, invoice_id, line_number, step, ticks, net_minor);

ALTER TABLE ONLY billing.credit_line
    ADD CONSTRAINT credited_by_note UNIQUE (organisation_id, credit_note_id, invoice_id, line_number, net_minor);

ALTER TABLE ONLY billing.cash_custody
    ADD CONSTRAINT custody_figures UNIQUE (organisation_id, holder, currency, strand, version, side, amount_minor);

ALTER TABLE ONLY billing.cash_custody
    ADD CONSTRAINT custody_held UNIQUE (organisation_id, staff_id, currency, step, held_after);

ALTER TABLE ONLY billing.debtor_cursor
    ADD CONSTRAINT debtor_cursor_pkey PRIMARY KEY (organisation_id);

ALTER TABLE ONLY billing.debtor
    ADD CONSTRAINT debtor_pkey PRIMARY KEY (organisation_id, customer_id);

ALTER TABLE ONLY billing.decision
    ADD CONSTRAINT decision_pkey PRIMARY KEY (organisation_id, attempt_id, line_number);

ALTER TABLE ONLY billing.cash_deposit
    ADD CONSTRAINT deposit_terms UNIQUE (organisation_id, deposit_id, amount_minor, currency, banked_by);

ALTER TABLE ONLY billing.dispute
    ADD CONSTRAINT dispute_names_its_payment UNIQUE (organisation_id, dispute_id, payment_id);

ALTER TABLE ONLY billing.dispute
    ADD CONSTRAINT dispute_pkey PRIMARY KEY (organisation_id, dispute_id);

ALTER TABLE ONLY billing.dispute_step
    ADD CONSTRAINT dispute_stands UNIQUE (organisation_id, dispute_id, step, status);

ALTER TABLE ONLY billing.dispute_step
    ADD CONSTRAINT dispute_step_pkey PRIMARY KEY (organisation_id, dispute_id, step);

ALTER TABLE ONLY billing.dispute
    ADD CONSTRAINT dispute_terms UNIQUE (organisation_id, dispute_id, customer_id, currency, amount_minor);

ALTER TABLE ONLY billing.dispute
    ADD CONSTRAINT dispute_told_once UNIQUE (organisation_id, provider_dispute_id);

ALTER TABLE ONLY billing.dispute_withdrawal
    ADD CONSTRAINT dispute_withdrawal_pkey PRIMARY KEY (organisation_id, dispute_id);

ALTER TABLE ONLY billing.dunning_policy
    ADD CONSTRAINT dunning_policy_size UNIQUE (organisation_id, version, step_count);

ALTER TABLE ONLY billing.dunning_policy_step
    ADD CONSTRAINT dunning_position_days UNIQUE (organisation_id, version, "position", days_after, reminded);

ALTER TABLE ONLY billing.dunning_step
    ADD CONSTRAINT dunning_step_end UNIQUE (organisation_id, invoice_id, episode, ordinal, days_after, base_on, taken_on);

ALTER TABLE ONLY billing.account_entry
    ADD CONSTRAINT entry_balances UNIQUE (organisation_id, account_kind, account_holder, currency, strand, version, balance_after);

ALTER TABLE ONLY billing.event_cursor
    ADD CONSTRAINT event_cursor_pkey PRIMARY KEY (organisation_id);

ALTER TABLE ONLY billing.cash_hand_in
    ADD CONSTRAINT hand_in_terms UNIQUE (organisation_id, hand_in_id, staff_id, counted_minor, currency, into_holder);

ALTER TABLE ONLY billing.dunning_hold
    ADD CONSTRAINT hold_of_a_sum UNIQUE (organisation_id, hold_id, customer_id, invoice_id, contested_minor);

ALTER TABLE ONLY billing.invoice
    ADD CONSTRAINT invoice_account UNIQUE (organisation_id, invoice_id, customer_id, currency);

ALTER TABLE ONLY billing.invoice_line
    ADD CONSTRAINT invoice_line_pkey PRIMARY KEY (organisation_id, invoice_id, line_number);

ALTER TABLE ONLY billing.invoice
    ADD CONSTRAINT invoice_of_attempt UNIQUE (organisation_id, invoice_id, line_count, attempt_id, currency, tax_basis);

ALTER TABLE ONLY billing.invoice
    ADD CONSTRAINT invoice_pkey PRIMARY KEY (organisation_id, invoice_id);

ALTER TABLE ONLY billing.invoice
    ADD CONSTRAINT invoice_receivable UNIQUE (organisation_id, invoice_id, customer_id, currency, total_minor);

ALTER TABLE ONLY billing.invoice_scope
    ADD CONSTRAINT invoice_scope_close UNIQUE (organisation_id, invoice_id, scope_id, closing_seq, currency);

ALTER TABLE ONLY billing.invoice_scope
    ADD CONSTRAINT invoice_scope_pkey PRIMARY KEY (organisation_id, invoice_id, scope_id);

ALTER TABLE ONLY billing.invoice
    ADD CONSTRAINT invoice_sums UNIQUE (organisation_id, invoice_id, tax_count, tax_basis);

ALTER TABLE ONLY billing.invoice_tax
    ADD CONSTRAINT invoice_tax_pkey PRIMARY KEY (organisation_id, invoice_id, "position");

ALTER TABLE ONLY billing.itemised_bill
    ADD CONSTRAINT itemised_bill_pkey PRIMARY KEY (organisation_id, request_id);

ALTER TABLE ONLY billing.itemised_request
    ADD CONSTRAINT itemised_request_pkey PRIMARY KEY (organisation_id, request_id);

ALTER TABLE ONLY billing.invoice_line
    ADD CONSTRAINT line_amounts UNIQUE (organisation_id, invoice_id, line_number, item_id, ticks, net_minor);

ALTER TABLE ONLY billing.invoice_line
    ADD CONSTRAINT line_sums UNIQUE (organisation_id, invoice_id, line_number, sum_after, line_count, attempt_id, currency, tax_basis);

ALTER TABLE ONLY billing.parked_money
    ADD CONSTRAINT money_parked_once UNIQUE (organisation_id, intent_id);

ALTER TABLE ONLY billing.outage_span
    ADD CONSTRAINT no_moment_counts_twice EXCLUDE USING gist (organisation_id WITH =, subscription_id WITH =, tstzrange(from_at, until_at) WITH &&);

ALTER TABLE ONLY billing.receipt_number_use
    ADD CONSTRAINT number_given_for_payment UNIQUE (organisation_id, receipt_number, payment_id);

ALTER TABLE ONLY billing.invoice
    ADD CONSTRAINT number_given_once UNIQUE (organisation_id, series, number);

ALTER TABLE ONLY billing.allocation
    ADD CONSTRAINT one_allocation_a_transfer UNIQUE (organisation_id, posting_id, ordinal);

ALTER TABLE ONLY billing.cash_arrival
    ADD CONSTRAINT one_arrival_a_bank_entry UNIQUE (organisation_id, bank_reference);

ALTER TABLE ONLY billing.cash_arrival
    ADD CONSTRAINT one_arrival_an_id UNIQUE (organisation_id, arrival_id);

ALTER TABLE ONLY billing.cash_arrival
    ADD CONSTRAINT one_arrival_takes_a_difference_back UNIQUE (organisation_id, taken_back);

ALTER TABLE ONLY billing.bank_account
    ADD CONSTRAINT one_bank_account_a_number UNIQUE (organisation_id, number, currency);

ALTER TABLE ONLY billing.bank_line
    ADD CONSTRAINT one_bank_line_a_place UNIQUE (organisation_id, statement_id, entry, detail, amount_minor);

ALTER TABLE ONLY billing.bank_line
    ADD CONSTRAINT one_bank_line_an_entry UNIQUE (organisation_id, bank_account_id, entry_key, interim, nth);

ALTER TABLE ONLY billing.bank_statement
    ADD CONSTRAINT one_bank_statement_a_step UNIQUE (organisation_id, bank_account_id, step);

ALTER TABLE ONLY billing.bank_step
    ADD CONSTRAINT one_bank_step_a_transfer UNIQUE (organisation_id, posting_id, ordinal);

ALTER TABLE ONLY billing.cash_banked
    ADD CONSTRAINT one_banking_a_position UNIQUE (organisation_id, deposit_id, "position");

ALTER TABLE ONLY billing.charge
    ADD CONSTRAINT one_charge_at_a_time UNIQUE (organisation_id, invoice_id, consent_id, turn, ordinal);

ALTER TABLE ONLY billing.charge_notice
    ADD CONSTRAINT one_charge_notice PRIMARY KEY (organisation_id, invoice_id, consent_id, turn);

ALTER TABLE ONLY billing.charge_policy
    ADD CONSTRAINT one_charge_policy_a_version PRIMARY KEY (organisation_id, version);

ALTER TABLE ONLY billing.cheque_step
    ADD CONSTRAINT one_cheque_step_a_reversal UNIQUE (organisation_id, payment_id, reversal_id, state);

ALTER TABLE ONLY billing.claim_reminder
    ADD CONSTRAINT one_claim_reminder PRIMARY KEY (organisation_id, claim_id, ordinal);

ALTER TABLE ONLY billing.claim_step
    ADD CONSTRAINT one_claim_step_a_transfer UNIQUE (organisation_id, posting_id, ordinal);

ALTER TABLE ONLY billing.cheque_step
    ADD CONSTRAINT one_clearing_a_posting UNIQUE (organisation_id, posting_id);

ALTER TABLE ONLY billing.charge_consent
    ADD CONSTRAINT one_consent_an_id PRIMARY KEY (organisation_id, consent_id);

ALTER TABLE ONLY billing.cash_custody
    ADD CONSTRAINT one_custody_step_an_entry UNIQUE (organisation_id, holder, currency, strand, version);

ALTER TABLE ONLY billing.cash_deposit
    ADD CONSTRAINT one_deposit_a_slip UNIQUE (organisation_id, slip);

ALTER TABLE ONLY billing.dunning_hold
    ADD CONSTRAINT one_dunning_hold_an_id PRIMARY KEY (organisation_id, hold_id);

ALTER TABLE ONLY billing.dunning_policy_step
    ADD CONSTRAINT one_dunning_kind_a_day UNIQUE (organisation_id, version, days_after, kind);

ALTER TABLE ONLY billing.dunning_policy
    ADD CONSTRAINT one_dunning_policy_a_version PRIMARY KEY (organisation_id, version);

ALTER TABLE ONLY billing.dunning_policy_step
    ADD CONSTRAINT one_dunning_position PRIMARY KEY (organisation_id, version, "position");

ALTER TABLE ONLY billing.dunning_step
    ADD CONSTRAINT one_dunning_step PRIMARY KEY (organisation_id, invoice_id, episode, ordinal);

ALTER TABLE ONLY billing.account_entry
    ADD CONSTRAINT one_entry_a_side UNIQUE (organisation_id, posting_id, ordinal, side);

ALTER TABLE ONLY billing.saved_method_face
    ADD CONSTRAINT one_face_a_step PRIMARY KEY (organisation_id, method_id, step);

ALTER TABLE ONLY billing.saved_method
    ADD CONSTRAINT one_method_a_consent UNIQUE (organisation_id, consent_id);

ALTER TABLE ONLY billing.outage
    ADD CONSTRAINT one_outage_an_incident UNIQUE (organisation_id, subscription_id, incident_id);

ALTER TABLE ONLY billing.outage_policy
    ADD CONSTRAINT one_outage_policy_a_version PRIMARY KEY (organisation_id, version);

ALTER TABLE ONLY billing.outage_tier
    ADD CONSTRAINT one_outage_tier_a_position PRIMARY KEY (organisation_id, version, "position");

ALTER TABLE ONLY billing.cheque
    ADD CONSTRAINT one_payment_a_cheque UNIQUE (organisation_id, customer_id, bank_key, number_key, nth);

ALTER TABLE ONLY billing.payment_promise
    ADD CONSTRAINT one_payment_promise_an_id PRIMARY KEY (organisation_id, promise_id);

ALTER TABLE ONLY billing.provider_customer
    ADD CONSTRAINT one_provider_customer PRIMARY KEY (organisation_id, customer_id, livemode);

ALTER TABLE ONLY billing.receipt_block
    ADD CONSTRAINT one_receipt_block_an_id UNIQUE (organisation_id, block_id);

ALTER TABLE ONLY billing.refused_cash
    ADD CONSTRAINT one_refused_entry PRIMARY KEY (organisation_id, entry_id);

ALTER TABLE ONLY billing.dunning_hold_release
    ADD CONSTRAINT one_release_a_dunning_hold PRIMARY KEY (organisation_id, hold_id);

ALTER TABLE ONLY billing.invoice_tax
    ADD CONSTRAINT one_row_per_rate UNIQUE (organisation_id, invoice_id, tax_category, tax_numerator, tax_denominator);

ALTER TABLE ONLY billing.saving_page
    ADD CONSTRAINT one_saving_page_a_consent PRIMARY KEY (organisation_id, consent_id);

ALTER TABLE ONLY billing.refused_cash_settlement
    ADD CONSTRAINT one_settlement_an_entry PRIMARY KEY (organisation_id, entry_id);

ALTER TABLE ONLY billing.cash_settlement
    ADD CONSTRAINT one_settlement_an_id UNIQUE (organisation_id, settlement_id);

ALTER TABLE ONLY billing.bank_sighting
    ADD CONSTRAINT one_sighting_a_bank_step UNIQUE (organisation_id, told_id, line_id, line_step);

ALTER TABLE ONLY billing.bank_sighting
    ADD CONSTRAINT one_sighting_a_reversal UNIQUE (organisation_id, told_id, reversal_id);

ALTER TABLE ONLY billing.outage_credit
    ADD CONSTRAINT outage_credit_ends UNIQUE (organisation_id, subscription_id, number, step, given_after);

ALTER TABLE ONLY billing.outage_credit
    ADD CONSTRAINT outage_credit_pkey PRIMARY KEY (organisation_id, subscription_id, number, step);

ALTER TABLE ONLY billing.outage
    ADD CONSTRAINT outage_of_service UNIQUE (organisation_id, outage_id, subscription_id);

ALTER TABLE ONLY billing.outage_order
    ADD CONSTRAINT outage_order_pkey PRIMARY KEY (organisation_id, incident_id);

ALTER TABLE ONLY billing.outage
    ADD CONSTRAINT outage_pkey PRIMARY KEY (organisation_id, outage_id);

ALTER TABLE ONLY billing.outage_policy
    ADD CONSTRAINT outage_policy_size UNIQUE (organisation_id, version, tier_count);

ALTER TABLE ONLY billing.outage_span
    ADD CONSTRAINT outage_span_pkey PRIMARY KEY (organisation_id, outage_id, from_at);

ALTER TABLE ONLY billing.outage_tier
    ADD CONSTRAINT outage_tier_begins UNIQUE (organisation_id, version, "position", from_unit);

ALTER TABLE ONLY billing.bank_step
    ADD CONSTRAINT own_money_seen_once UNIQUE (organisation_id, own_money, sight);

ALTER TABLE ONLY billing.payout_line
    ADD CONSTRAINT paid_out_once UNIQUE (organisation_id, transaction_name);

ALTER TABLE ONLY billing.parked_money
    ADD CONSTRAINT parked_money_pkey PRIMARY KEY (organisation_id, parked_id);

ALTER TABLE ONLY billing.parked_resolution
    ADD CONSTRAINT parked_resolution_pkey PRIMARY KEY (organisation_id, parked_id);

ALTER TABLE ONLY billing.payment
    ADD CONSTRAINT payment_account UNIQUE (organisation_id, payment_id, customer_id, currency, amount_minor, source_kind, source_holder);

ALTER TABLE ONLY billing.payment
    ADD CONSTRAINT payment_corrected_once UNIQUE (organisation_id, corrects);

ALTER TABLE ONLY billing.payment
    ADD CONSTRAINT payment_pkey PRIMARY KEY (organisation_id, payment_id);

ALTER TABLE ONLY billing.payment_reversal
    ADD CONSTRAINT payment_reversal_pkey PRIMARY KEY (organisation_id, reversal_id);

ALTER TABLE ONLY billing.payment_reversal
    ADD CONSTRAINT payment_reversed_once UNIQUE (organisation_id, payment_id);

ALTER TABLE ONLY billing.payment
    ADD CONSTRAINT payment_told_once UNIQUE (organisation_id, key_kind, key);

ALTER TABLE ONLY billing.payout_fee
    ADD CONSTRAINT payout_fee_pkey PRIMARY KEY (organisation_id, payout_id, step);

ALTER TABLE ONLY billing.payout_fee
    ADD CONSTRAINT payout_fee_so_far UNIQUE (organisation_id, payout_id, step, fee_after);

ALTER TABLE ONLY billing.payout_line
    ADD CONSTRAINT payout_line_pkey PRIMARY KEY (organisation_id, payout_id, transaction_name);

ALTER TABLE ONLY billing.payout
    ADD CONSTRAINT payout_pkey PRIMARY KEY (organisation_id, payout_id);

ALTER TABLE ONLY billing.payout
    ADD CONSTRAINT payout_terms UNIQUE (organisation_id, payout_id, amount_minor);

ALTER TABLE ONLY billing.payout
    ADD CONSTRAINT payout_told_once UNIQUE (organisation_id, provider_payout_id);

ALTER TABLE ONLY billing.period
    ADD CONSTRAINT period_ends_on_a_day_once UNIQUE (organisation_id, last_on);

ALTER TABLE ONLY billing.period
    ADD CONSTRAINT period_ends_once UNIQUE (organisation_id, until_at, number, carry);

ALTER TABLE ONLY billing.period
    ADD CONSTRAINT period_pkey PRIMARY KEY (organisation_id, number);

ALTER TABLE ONLY billing.posting_attempt
    ADD CONSTRAINT posting_attempt_pkey PRIMARY KEY (organisation_id, attempt_id);

ALTER TABLE ONLY billing.provider_customer
    ADD CONSTRAINT provider_customer_once UNIQUE (organisation_id, provider_customer_id);

ALTER TABLE ONLY billing.provider_event
    ADD CONSTRAINT provider_event_pkey PRIMARY KEY (organisation_id, event_id);

ALTER TABLE ONLY billing.reader_end
    ADD CONSTRAINT reader_end_pkey PRIMARY KEY (organisation_id, attempt_id, request);

ALTER TABLE ONLY billing.reader_request
    ADD CONSTRAINT reader_request_asks UNIQUE (organisation_id, attempt_id, request, asks);

ALTER TABLE ONLY billing.reader_request
    ADD CONSTRAINT reader_request_pkey PRIMARY KEY (organisation_id, attempt_id, request);

ALTER TABLE ONLY billing.receipt_block
    ADD CONSTRAINT receipt_block_pkey PRIMARY KEY (organisation_id, block);

ALTER TABLE ONLY billing.receipt_block
    ADD CONSTRAINT receipt_block_terms UNIQUE (organisation_id, block, staff_id, size);

ALTER TABLE ONLY billing.receipt
    ADD CONSTRAINT receipt_number_given_once UNIQUE (organisation_id, receipt_number);

ALTER TABLE ONLY billing.receipt_number_use
    ADD CONSTRAINT receipt_number_used_once PRIMARY KEY (organisation_id, block, serial);

ALTER TABLE ONLY billing.receipt
    ADD CONSTRAINT receipt_pkey PRIMARY KEY (organisation_id, payment_id);

ALTER TABLE ONLY billing.recovery
    ADD CONSTRAINT recovery_pkey PRIMARY KEY (organisation_id, recovery_id, ordinal);

ALTER TABLE ONLY billing.refund_on_its_way
    ADD CONSTRAINT refund_on_its_way_pkey PRIMARY KEY (organisation_id, refund_id);

ALTER TABLE ONLY billing.refund_outcome
    ADD CONSTRAINT refund_outcome_pkey PRIMARY KEY (organisation_id, refund_id, step);

ALTER TABLE ONLY billing.refund_outcome
    ADD CONSTRAINT refund_outcome_whole UNIQUE (organisation_id, refund_id, step, outcome);

ALTER TABLE ONLY billing.refund
    ADD CONSTRAINT refund_pkey PRIMARY KEY (organisation_id, refund_id);

ALTER TABLE ONLY billing.refund_return
    ADD CONSTRAINT refund_return_pkey PRIMARY KEY (organisation_id, refund_id);

ALTER TABLE ONLY billing.refund
    ADD CONSTRAINT refund_terms UNIQUE (organisation_id, refund_id, customer_id, currency, amount_minor);

ALTER TABLE ONLY billing.refused_cash
    ADD CONSTRAINT refused_entry_of_staff UNIQUE (organisation_id, entry_id, staff_id);

ALTER TABLE ONLY billing.parked_resolution
    ADD CONSTRAINT resolution_whole UNIQUE (organisation_id, payment_id, parked_id);

ALTER TABLE ONLY billing.payment_reversal
    ADD CONSTRAINT reversal_has_one_cause UNIQUE (organisation_id, payment_id, cause);

ALTER TABLE ONLY billing.payment_reversal
    ADD CONSTRAINT reversal_names_its_payment UNIQUE (organisation_id, reversal_id, payment_id);

ALTER TABLE ONLY billing.invoice_line
    ADD CONSTRAINT row_backs_one_line UNIQUE (organisation_id, invoice_id, scope_id, seq);

ALTER TABLE ONLY billing.saved_method
    ADD CONSTRAINT saved_method_once UNIQUE (organisation_id, provider_method_id);

ALTER TABLE ONLY billing.saved_method
    ADD CONSTRAINT saved_method_pkey PRIMARY KEY (organisation_id, method_id);

ALTER TABLE ONLY billing.saved_method_step
    ADD CONSTRAINT saved_method_stands UNIQUE (organisation_id, method_id, step, live);

ALTER TABLE ONLY billing.saved_method_step
    ADD CONSTRAINT saved_method_step_pkey PRIMARY KEY (organisation_id, method_id, step);

ALTER TABLE ONLY billing.saved_method
    ADD CONSTRAINT saved_method_terms UNIQUE (organisation_id, method_id, customer_id, consent_id);

ALTER TABLE ONLY billing.cash_settlement
    ADD CONSTRAINT settlement_amount UNIQUE (organisation_id, difference_id, settlement_id, how, amount_minor);

ALTER TABLE ONLY billing.cash_settlement
    ADD CONSTRAINT settlement_opens UNIQUE (organisation_id, difference_id, step, open_after);

ALTER TABLE ONLY billing.cash_settlement
    ADD CONSTRAINT settlement_undone_once UNIQUE (organisation_id, undoes);

ALTER TABLE ONLY billing.cash_settlement
    ADD CONSTRAINT settlement_ways UNIQUE (organisation_id, difference_id, step, how);

ALTER TABLE ONLY billing.bank_sighting
    ADD CONSTRAINT sighting_whole UNIQUE (organisation_id, told_id, step, state);

ALTER TABLE ONLY billing.invoice_tax
    ADD CONSTRAINT tax_sums UNIQUE (organisation_id, invoice_id, "position", lines_after, tax_after);

ALTER TABLE ONLY billing.transfer
    ADD CONSTRAINT transfer_pkey PRIMARY KEY (organisation_id, posting_id, ordinal);

ALTER TABLE ONLY billing.transfer
    ADD CONSTRAINT transfer_whole UNIQUE (organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder);

ALTER TABLE ONLY billing.recovery
    ADD CONSTRAINT undone_once UNIQUE (organisation_id, write_off_id);

ALTER TABLE ONLY billing.billed_work
    ADD CONSTRAINT use_on_line UNIQUE (organisation_id, work_record_id, use, invoice_id, line_number);

ALTER TABLE ONLY billing.waiting_event
    ADD CONSTRAINT waiting_event_pkey PRIMARY KEY (organisation_id, event_id);

ALTER TABLE ONLY billing.dispute_withdrawal
    ADD CONSTRAINT withdrawal_names_its_posting UNIQUE (organisation_id, dispute_id, posting_id);

ALTER TABLE ONLY billing.write_off_decision
    ADD CONSTRAINT write_off_decided UNIQUE (organisation_id, write_off_id, verdict, invoice_id, amount_minor);

ALTER TABLE ONLY billing.write_off_decision
    ADD CONSTRAINT write_off_decision_pkey PRIMARY KEY (organisation_id, write_off_id);

ALTER TABLE ONLY billing.write_off_decision
    ADD CONSTRAINT write_off_of_its_invoice UNIQUE (organisation_id, write_off_id, verdict, invoice_id);

ALTER TABLE ONLY billing.write_off
    ADD CONSTRAINT write_off_pkey PRIMARY KEY (organisation_id, write_off_id);

ALTER TABLE ONLY billing.write_off
    ADD CONSTRAINT write_off_terms UNIQUE (organisation_id, write_off_id, invoice_id, customer_id, currency, amount_minor, proposed_by);

ALTER TABLE ONLY care.bench_step
    ADD CONSTRAINT bench_step_ends_in UNIQUE (organisation_id, custody_id, step, to_state);

ALTER TABLE ONLY care.case_file
    ADD CONSTRAINT case_goes_on_once UNIQUE (organisation_id, continues_case_id);

ALTER TABLE ONLY care.case_message
    ADD CONSTRAINT case_message_goes UNIQUE (organisation_id, message_id, direction);

ALTER TABLE ONLY care.case_message
    ADD CONSTRAINT case_message_of_its_customer UNIQUE (organisation_id, message_id, customer_id);

ALTER TABLE ONLY care.case_message
    ADD CONSTRAINT case_message_waits UNIQUE (organisation_id, message_id, direction, awaits, customer_id);

ALTER TABLE ONLY care.case_file
    ADD CONSTRAINT case_of_its_customer UNIQUE (organisation_id, case_id, customer_id);

ALTER TABLE ONLY care.case_file
    ADD CONSTRAINT case_reference_given_once UNIQUE (organisation_id, reference);

ALTER TABLE ONLY care.case_step
    ADD CONSTRAINT case_step_gives UNIQUE (organisation_id, case_id, step, other_case_id, other_step, given, customer_id);

ALTER TABLE ONLY care.case_step
    ADD CONSTRAINT case_step_of_its_customer UNIQUE (organisation_id, case_id, step, customer_id);

ALTER TABLE ONLY care.case_step
    ADD CONSTRAINT case_step_stands UNIQUE (organisation_id, case_id, step, state, waiting);

ALTER TABLE ONLY care.custody
    ADD CONSTRAINT custody_by_customer UNIQUE (organisation_id, customer_id, custody_id);

ALTER TABLE ONLY care.custody
    ADD CONSTRAINT custody_in_scope UNIQUE (organisation_id, custody_id, scope_id);

ALTER TABLE ONLY care.custody
    ADD CONSTRAINT custody_of_its_device UNIQUE (organisation_id, custody_id, asset_id, customer_id);

ALTER TABLE ONLY care.custody
    ADD CONSTRAINT custody_opens UNIQUE (organisation_id, custody_id, asset_id, opened_step);

ALTER TABLE ONLY care.case_fault
    ADD CONSTRAINT fault_noted UNIQUE (organisation_id, case_id, customer_id, noted_at);

ALTER TABLE ONLY care.hand_over_offer
    ADD CONSTRAINT hand_over_as_offered UNIQUE (organisation_id, asset_id, step, number, from_id, to_id);

ALTER TABLE ONLY care.hand_over
    ADD CONSTRAINT hand_over_ends UNIQUE (organisation_id, custody_id, bench_step, to_kind);

ALTER TABLE ONLY care.hand_over
    ADD CONSTRAINT hand_over_inside UNIQUE (organisation_id, asset_id, step, custody_id);

ALTER TABLE ONLY care.hand_over_photo
    ADD CONSTRAINT hand_over_photo_shown_once UNIQUE (organisation_id, hand_over_id, photo_id);

ALTER TABLE ONLY care.hand_over
    ADD CONSTRAINT hand_over_puts_it UNIQUE (organisation_id, asset_id, step, to_kind, to_id);

ALTER TABLE ONLY care.hand_over
    ADD CONSTRAINT hand_over_shows UNIQUE (organisation_id, hand_over_id, scope_id, photos);

ALTER TABLE ONLY care.hand_over
    ADD CONSTRAINT hand_over_signed UNIQUE (organisation_id, hand_over_id, customer_id, signature_hash);

ALTER TABLE ONLY care.hand_over
    ADD CONSTRAINT hand_over_signed_here UNIQUE (organisation_id, hand_over_id, customer_id, staff_signature_hash);

ALTER TABLE ONLY care.hand_over
    ADD CONSTRAINT hand_over_tells UNIQUE (organisation_id, hand_over_id, customer_id, content_hash);

ALTER TABLE ONLY care.loan_step
    ADD CONSTRAINT loan_goes_out_and_back_once UNIQUE (organisation_id, loan_id, kind);

ALTER TABLE ONLY care.loan_step
    ADD CONSTRAINT loan_step_drawn_here UNIQUE (organisation_id, loan_id, kind, customer_id, staff_signature_hash);

ALTER TABLE ONLY care.loan_step
    ADD CONSTRAINT loan_step_is UNIQUE (organisation_id, loaner_id, step, kind);

ALTER TABLE ONLY care.loan_step
    ADD CONSTRAINT loan_step_of_loan UNIQUE (organisation_id, loaner_id, step, loan_id, customer_id, custody_id);

ALTER TABLE ONLY care.loan_step
    ADD CONSTRAINT loan_step_tells UNIQUE (organisation_id, loan_id, kind, customer_id, content_hash, signature_hash);

ALTER TABLE ONLY care.objection
    ADD CONSTRAINT objection_whole UNIQUE (organisation_id, objection_id, customer_id, invoice_id, line_number, number, currency);

ALTER TABLE ONLY care.attachment
    ADD CONSTRAINT one_attachment_a_number UNIQUE (organisation_id, taken_id, number);

ALTER TABLE ONLY care.attachment
    ADD CONSTRAINT one_attachment_an_id PRIMARY KEY (organisation_id, attachment_id);

ALTER TABLE ONLY care.bench_note
    ADD CONSTRAINT one_bench_note_a_step PRIMARY KEY (organisation_id, custody_id, step);

ALTER TABLE ONLY care.bench_place
    ADD CONSTRAINT one_bench_place_a_name UNIQUE (organisation_id, name);

ALTER TABLE ONLY care.bench_place
    ADD CONSTRAINT one_bench_place_an_id PRIMARY KEY (organisation_id, place_id);

ALTER TABLE ONLY care.bench_step
    ADD CONSTRAINT one_bench_step_a_number PRIMARY KEY (organisation_id, custody_id, step);

ALTER TABLE ONLY care.case_file
    ADD CONSTRAINT one_case_an_id PRIMARY KEY (organisation_id, case_id);

ALTER TABLE ONLY care.case_message
    ADD CONSTRAINT one_case_message_an_id PRIMARY KEY (organisation_id, message_id);

ALTER TABLE ONLY care.case_note
    ADD CONSTRAINT one_case_note_an_id PRIMARY KEY (organisation_id, note_id);

ALTER TABLE ONLY care.case_place
    ADD CONSTRAINT one_case_place_a_number PRIMARY KEY (organisation_id, message_id, number);

ALTER TABLE ONLY care.case_step
    ADD CONSTRAINT one_case_step_a_number PRIMARY KEY (organisation_id, case_id, step);

ALTER TABLE ONLY care.custody
    ADD CONSTRAINT one_custody_a_reference UNIQUE (organisation_id, reference);

ALTER TABLE ONLY care.custody
    ADD CONSTRAINT one_custody_an_id PRIMARY KEY (organisation_id, custody_id);

ALTER TABLE ONLY care.objection_decision
    ADD CONSTRAINT one_decision_a_credit UNIQUE (organisation_id, credit_note_id);

ALTER TABLE ONLY care.objection_decision
    ADD CONSTRAINT one_decision_a_number UNIQUE (organisation_id, invoice_id, line_number, number);

ALTER TABLE ONLY care.objection_decision
    ADD CONSTRAINT one_decision_a_refund UNIQUE (organisation_id, refund_id);

ALTER TABLE ONLY care.objection_decision
    ADD CONSTRAINT one_decision_an_objection PRIMARY KEY (organisation_id, objection_id);

ALTER TABLE ONLY care.disposal
    ADD CONSTRAINT one_disposal_a_step PRIMARY KEY (organisation_id, custody_id, step);

ALTER TABLE ONLY care.event
    ADD CONSTRAINT one_event_an_id PRIMARY KEY (organisation_id, event_id);

ALTER TABLE ONLY care.case_fault
    ADD CONSTRAINT one_fault_a_case PRIMARY KEY (organisation_id, case_id);

ALTER TABLE ONLY care.hand_over
    ADD CONSTRAINT one_hand_over_a_step PRIMARY KEY (organisation_id, asset_id, step);

ALTER TABLE ONLY care.hand_over
    ADD CONSTRAINT one_hand_over_an_id UNIQUE (organisation_id, hand_over_id);

ALTER TABLE ONLY care.hand_over_offer
    ADD CONSTRAINT one_hand_over_offer_a_number PRIMARY KEY (organisation_id, asset_id, step, number);

ALTER TABLE ONLY care.hand_over_photo
    ADD CONSTRAINT one_hand_over_photo_a_position PRIMARY KEY (organisation_id, hand_over_id, "position");

ALTER TABLE ONLY care.idea
    ADD CONSTRAINT one_idea_an_id PRIMARY KEY (organisation_id, idea_id);

ALTER TABLE ONLY care.idea_answer
    ADD CONSTRAINT one_idea_answer_a_step PRIMARY KEY (organisation_id, idea_id, step);

ALTER TABLE ONLY care.case_incident
    ADD CONSTRAINT one_incident_a_case PRIMARY KEY (organisation_id, case_id, incident_id);

ALTER TABLE ONLY care.mail_key
    ADD CONSTRAINT one_key_a_mail UNIQUE (organisation_id, taken_id);

ALTER TABLE ONLY care.loan_step
    ADD CONSTRAINT one_loan_step_a_number PRIMARY KEY (organisation_id, loaner_id, step);

ALTER TABLE ONLY care.loaner
    ADD CONSTRAINT one_loaner_a_name UNIQUE (organisation_id, name);

ALTER TABLE ONLY care.loaner
    ADD CONSTRAINT one_loaner_an_id PRIMARY KEY (organisation_id, loaner_id);

ALTER TABLE ONLY care.mail_key
    ADD CONSTRAINT one_mail_a_key PRIMARY KEY (organisation_id, message_key, content_key);

ALTER TABLE ONLY care.mail_address_hash
    ADD CONSTRAINT one_mail_address_a_hash PRIMARY KEY (address_hash);

ALTER TABLE ONLY care.mail_address
    ADD CONSTRAINT one_mail_address_an_id PRIMARY KEY (organisation_id, mail_address_id);

ALTER TABLE ONLY care.mail_address
    ADD CONSTRAINT one_mail_address_of_its_organisation UNIQUE (organisation_id, address_hash);

ALTER TABLE ONLY care.mail_head
    ADD CONSTRAINT one_mail_head_a_message PRIMARY KEY (organisation_id, message_id);

ALTER TABLE ONLY care.mail_position
    ADD CONSTRAINT one_mail_position_a_mailbox PRIMARY KEY (organisation_id, mailbox_key);

ALTER TABLE ONLY care.mail_sender
    ADD CONSTRAINT one_mail_sender_an_organisation PRIMARY KEY (organisation_id);

ALTER TABLE ONLY care.message
    ADD CONSTRAINT one_message_an_id PRIMARY KEY (organisation_id, message_id);

ALTER TABLE ONLY care.custody_news
    ADD CONSTRAINT one_news_a_message PRIMARY KEY (organisation_id, message_id);

ALTER TABLE ONLY care.objection
    ADD CONSTRAINT one_objection_a_number UNIQUE (organisation_id, invoice_id, line_number, number);

ALTER TABLE ONLY care.objection
    ADD CONSTRAINT one_objection_a_word UNIQUE (organisation_id, message_id);

ALTER TABLE ONLY care.objection
    ADD CONSTRAINT one_objection_an_id PRIMARY KEY (organisation_id, objection_id);

ALTER TABLE ONLY care.open_case
    ADD CONSTRAINT one_open_case_an_id PRIMARY KEY (organisation_id, case_id);

ALTER TABLE ONLY care.open_custody
    ADD CONSTRAINT one_open_custody_a_device UNIQUE (organisation_id, asset_id);

ALTER TABLE ONLY care.open_custody
    ADD CONSTRAINT one_open_custody_an_id PRIMARY KEY (organisation_id, custody_id);

ALTER TABLE ONLY care.loan_paper
    ADD CONSTRAINT one_paper_a_loan_step PRIMARY KEY (organisation_id, loan_id, kind);

ALTER TABLE ONLY care.case_reply
    ADD CONSTRAINT one_reply_a_message PRIMARY KEY (organisation_id, message_id);

ALTER TABLE ONLY care.hand_over_signature
    ADD CONSTRAINT one_signature_a_hand_over PRIMARY KEY (organisation_id, hand_over_id);

ALTER TABLE ONLY care.stray_mail
    ADD CONSTRAINT one_stray_mail_an_id PRIMARY KEY (organisation_id, stray_id);

ALTER TABLE ONLY care.hand_over_text
    ADD CONSTRAINT one_text_a_hand_over PRIMARY KEY (organisation_id, hand_over_id);

ALTER TABLE ONLY care.text_door
    ADD CONSTRAINT one_text_door_an_id PRIMARY KEY (organisation_id, text_door_id);

ALTER TABLE ONLY care.idea_vote
    ADD CONSTRAINT one_vote_a_customer PRIMARY KEY (organisation_id, idea_id, customer_id);

ALTER TABLE ONLY catalogue.item
    ADD CONSTRAINT one_item_a_code UNIQUE (organisation_id, code);

ALTER TABLE ONLY catalogue.item
    ADD CONSTRAINT one_item_an_id PRIMARY KEY (organisation_id, item_id);

ALTER TABLE ONLY catalogue.item_version
    ADD CONSTRAINT one_item_version_a_day PRIMARY KEY (organisation_id, item_id, effective_on);

ALTER TABLE ONLY customers.asset_step
    ADD CONSTRAINT asset_step_site UNIQUE (organisation_id, customer_id, asset_id, version, site_is);

ALTER TABLE ONLY customers.contact_reach
    ADD CONSTRAINT contact_reach_since UNIQUE (organisation_id, customer_id, contact_id, version, since, founding);

ALTER TABLE ONLY customers.customer_step
    ADD CONSTRAINT customer_step_told UNIQUE (organisation_id, customer_id, version, told_hash);

ALTER TABLE ONLY customers.find_word
    ADD CONSTRAINT find_word_stands_once PRIMARY KEY (organisation_id, customer_id, source_id, word);

ALTER TABLE ONLY customers.asset
    ADD CONSTRAINT one_asset_an_id PRIMARY KEY (organisation_id, customer_id, asset_id);

ALTER TABLE ONLY customers.asset_step
    ADD CONSTRAINT one_asset_step_a_version PRIMARY KEY (organisation_id, customer_id, asset_id, version);

ALTER TABLE ONLY customers.contact
    ADD CONSTRAINT one_contact_an_id PRIMARY KEY (organisation_id, customer_id, contact_id);

ALTER TABLE ONLY customers.contact_reach
    ADD CONSTRAINT one_contact_reach_a_version PRIMARY KEY (organisation_id, customer_id, contact_id, version);

ALTER TABLE ONLY customers.sites_moved
    ADD CONSTRAINT one_count_of_moves PRIMARY KEY (organisation_id);

ALTER TABLE ONLY customers.customer
    ADD CONSTRAINT one_customer_a_reference UNIQUE (organisation_id, reference);

ALTER TABLE ONLY customers.customer
    ADD CONSTRAINT one_customer_an_id PRIMARY KEY (organisation_id, customer_id);

ALTER TABLE ONLY customers.customer_step
    ADD CONSTRAINT one_customer_step_a_version PRIMARY KEY (organisation_id, customer_id, version);

ALTER TABLE ONLY customers.former_address
    ADD CONSTRAINT one_former_address_a_version PRIMARY KEY (organisation_id, customer_id, contact_id, version);

ALTER TABLE ONLY customers.site
    ADD CONSTRAINT one_site_an_id PRIMARY KEY (organisation_id, customer_id, site_id);

ALTER TABLE ONLY customers.site_step
    ADD CONSTRAINT one_site_step_a_version PRIMARY KEY (organisation_id, customer_id, site_id, version);

ALTER TABLE ONLY customers.site_step
    ADD CONSTRAINT site_step_told UNIQUE (organisation_id, customer_id, site_id, version, told_hash);

ALTER TABLE ONLY dispatch.brought
    ADD CONSTRAINT brought_at_this_place UNIQUE (organisation_id, job_id, partner_id, customer_id, site_id);

ALTER TABLE ONLY dispatch.brought
    ADD CONSTRAINT brought_by_this_actor UNIQUE (organisation_id, job_id, actor);

ALTER TABLE ONLY dispatch.brought
    ADD CONSTRAINT brought_by_this_partner UNIQUE (organisation_id, job_id, partner_id);

ALTER TABLE ONLY dispatch.choice
    ADD CONSTRAINT choice_as_followed UNIQUE (organisation_id, job_id, number, moves);

ALTER TABLE ONLY dispatch.choice
    ADD CONSTRAINT choice_as_stepped UNIQUE (organisation_id, visit_id, step, starts_at, actor);

ALTER TABLE ONLY dispatch.choice_policy
    ADD CONSTRAINT choice_policy_as_cited UNIQUE (organisation_id, version, days_ahead, hours_before, most_moves, earliest, latest);

ALTER TABLE ONLY dispatch.collection_stop
    ADD CONSTRAINT collection_stop_ends_in UNIQUE (organisation_id, technician_id, step, stopped);

ALTER TABLE ONLY dispatch.occupancy
    ADD CONSTRAINT crew_stands_together UNIQUE (organisation_id, visit_id, member, kind, starts_at, ends_at);

ALTER TABLE ONLY dispatch.started_item
    ADD CONSTRAINT item_started_once_a_visit PRIMARY KEY (organisation_id, visit_id, item_id);

ALTER TABLE ONLY dispatch.job
    ADD CONSTRAINT job_as_brought UNIQUE (organisation_id, job_id, brought_by, customer_id, site_id);

ALTER TABLE ONLY dispatch.job
    ADD CONSTRAINT job_of_scope UNIQUE (organisation_id, job_id, scope_id, customer_id);

ALTER TABLE ONLY dispatch.job
    ADD CONSTRAINT job_place UNIQUE (organisation_id, job_id, customer_id, site_id, collects, crew_size);

ALTER TABLE ONLY dispatch.job_step
    ADD CONSTRAINT job_step_ends_in UNIQUE (organisation_id, job_id, step, to_state, visits_done);

ALTER TABLE ONLY dispatch.plan_left_out
    ADD CONSTRAINT left_out_once PRIMARY KEY (organisation_id, plan_id, subject_id);

ALTER TABLE ONLY dispatch.occupancy
    ADD CONSTRAINT nobody_in_two_places EXCLUDE USING gist (organisation_id WITH =, technician_id WITH =, during WITH &&) DEFERRABLE;

ALTER TABLE ONLY dispatch.plan_break
    ADD CONSTRAINT one_break_a_plan_and_row PRIMARY KEY (organisation_id, plan_id, occupancy_id);

ALTER TABLE ONLY dispatch.brought
    ADD CONSTRAINT one_bringing_a_job PRIMARY KEY (organisation_id, job_id);

ALTER TABLE ONLY dispatch.choice
    ADD CONSTRAINT one_choice_a_number PRIMARY KEY (organisation_id, job_id, number);

ALTER TABLE ONLY dispatch.choice_policy
    ADD CONSTRAINT one_choice_policy_a_version PRIMARY KEY (organisation_id, version);

ALTER TABLE ONLY dispatch.collection
    ADD CONSTRAINT one_collection_an_invoice_and_job PRIMARY KEY (organisation_id, job_id, invoice_id);

ALTER TABLE ONLY dispatch.collection_stop
    ADD CONSTRAINT one_collection_stop_a_step PRIMARY KEY (organisation_id, technician_id, step);

ALTER TABLE ONLY dispatch.visit_delay
    ADD CONSTRAINT one_delay_a_number PRIMARY KEY (organisation_id, visit_id, nth);

ALTER TABLE ONLY dispatch.visit_wait_end
    ADD CONSTRAINT one_end_a_wait PRIMARY KEY (organisation_id, visit_id, incident_id);

ALTER TABLE ONLY dispatch.plan_found
    ADD CONSTRAINT one_finding_a_plan PRIMARY KEY (organisation_id, plan_id);

ALTER TABLE ONLY dispatch.brought
    ADD CONSTRAINT one_job_a_partners_reference UNIQUE (organisation_id, partner_id, reference);

ALTER TABLE ONLY dispatch.job
    ADD CONSTRAINT one_job_a_scope UNIQUE (organisation_id, scope_id);

ALTER TABLE ONLY dispatch.job
    ADD CONSTRAINT one_job_an_id PRIMARY KEY (organisation_id, job_id);

ALTER TABLE ONLY dispatch.job_step
    ADD CONSTRAINT one_job_step_a_number PRIMARY KEY (organisation_id, job_id, step);

ALTER TABLE ONLY dispatch.travel_leg
    ADD CONSTRAINT one_leg_a_pair PRIMARY KEY (organisation_id, from_latitude_e7, from_longitude_e7, to_latitude_e7, to_longitude_e7);

ALTER TABLE ONLY dispatch.occupancy
    ADD CONSTRAINT one_occupancy_an_id PRIMARY KEY (organisation_id, occupancy_id);

ALTER TABLE ONLY dispatch.occurrence
    ADD CONSTRAINT one_occurrence_a_job UNIQUE (organisation_id, job_id);

ALTER TABLE ONLY dispatch.occurrence
    ADD CONSTRAINT one_occurrence_once PRIMARY KEY (organisation_id, series_id, starts_wall);

ALTER TABLE ONLY dispatch.parts_step
    ADD CONSTRAINT one_parts_step_a_number PRIMARY KEY (organisation_id, job_id, step);

ALTER TABLE ONLY dispatch.occupancy
    ADD CONSTRAINT one_place_a_member UNIQUE (organisation_id, visit_id, member);

ALTER TABLE ONLY dispatch.plan
    ADD CONSTRAINT one_plan_an_id PRIMARY KEY (organisation_id, plan_id);

ALTER TABLE ONLY dispatch.plan_step
    ADD CONSTRAINT one_plan_step_a_number PRIMARY KEY (organisation_id, plan_id, step);

ALTER TABLE ONLY dispatch."position"
    ADD CONSTRAINT one_position_a_moment PRIMARY KEY (organisation_id, technician_id, measured_at);

ALTER TABLE ONLY dispatch.preference
    ADD CONSTRAINT one_preference_a_customer PRIMARY KEY (organisation_id, customer_id);

ALTER TABLE ONLY dispatch.job_reading
    ADD CONSTRAINT one_reading_a_step PRIMARY KEY (organisation_id, job_id, taken_when, step);

ALTER TABLE ONLY dispatch.plan_technician
    ADD CONSTRAINT one_row_a_plan_and_technician PRIMARY KEY (organisation_id, plan_id, technician_id);

ALTER TABLE ONLY dispatch.collection_stop
    ADD CONSTRAINT one_sending_a_visit_step UNIQUE (organisation_id, technician_id, visit_id, visit_step);

ALTER TABLE ONLY dispatch.visit_series
    ADD CONSTRAINT one_series_an_id PRIMARY KEY (organisation_id, series_id);

ALTER TABLE ONLY dispatch.series_step
    ADD CONSTRAINT one_series_step_a_number PRIMARY KEY (organisation_id, series_id, step);

ALTER TABLE ONLY dispatch.shift
    ADD CONSTRAINT one_shift_a_start PRIMARY KEY (organisation_id, technician_id, starts_at);

ALTER TABLE ONLY dispatch.shift
    ADD CONSTRAINT one_shift_at_a_time EXCLUDE USING gist (organisation_id WITH =, technician_id WITH =, during WITH &&);

ALTER TABLE ONLY dispatch.plan_stop
    ADD CONSTRAINT one_stop_a_plan_and_visit PRIMARY KEY (organisation_id, plan_id, visit_id);

ALTER TABLE ONLY dispatch.technician
    ADD CONSTRAINT one_technician_a_member_of_staff PRIMARY KEY (organisation_id, technician_id);

ALTER TABLE ONLY dispatch.travel_speeds
    ADD CONSTRAINT one_travel_speeds_a_version PRIMARY KEY (organisation_id, version);

ALTER TABLE ONLY dispatch.unfinished_job
    ADD CONSTRAINT one_unfinished_job_an_id PRIMARY KEY (organisation_id, job_id);

ALTER TABLE ONLY dispatch.visit
    ADD CONSTRAINT one_visit_an_id PRIMARY KEY (organisation_id, visit_id);

ALTER TABLE ONLY dispatch.visit_step
    ADD CONSTRAINT one_visit_step_a_number PRIMARY KEY (organisation_id, visit_id, step);

ALTER TABLE ONLY dispatch.waiting_visit
    ADD CONSTRAINT one_waiting_visit PRIMARY KEY (organisation_id, visit_id, incident_id);

ALTER TABLE ONLY dispatch.plan_step
    ADD CONSTRAINT plan_step_ends_in UNIQUE (organisation_id, plan_id, step, to_state);

ALTER TABLE ONLY dispatch.plan_stop
    ADD CONSTRAINT plan_stop_in_order UNIQUE (organisation_id, plan_id, technician_id, nth);

ALTER TABLE ONLY dispatch.series_step
    ADD CONSTRAINT series_step_ends_in UNIQUE (organisation_id, series_id, step, to_state);

ALTER TABLE ONLY dispatch.collection_settled
    ADD CONSTRAINT settled_once PRIMARY KEY (organisation_id, job_id, invoice_id);

ALTER TABLE ONLY dispatch.shift
    ADD CONSTRAINT shift_lasts UNIQUE (organisation_id, technician_id, starts_at, ends_at);

ALTER TABLE ONLY dispatch.arrival_told
    ADD CONSTRAINT told_as UNIQUE (organisation_id, visit_id, since_step, arrive_until, nth, kind, expected_at);

ALTER TABLE ONLY dispatch.arrival_told
    ADD CONSTRAINT told_once PRIMARY KEY (organisation_id, visit_id, since_step, arrive_until, nth);

ALTER TABLE ONLY dispatch.visit
    ADD CONSTRAINT visit_as_asked UNIQUE (organisation_id, visit_id, crew_size, collects);

ALTER TABLE ONLY dispatch.job_step
    ADD CONSTRAINT visit_counts_once UNIQUE (organisation_id, job_id, completed_visit);

ALTER TABLE ONLY dispatch.visit
    ADD CONSTRAINT visit_of_job UNIQUE (organisation_id, job_id, visit_id);

ALTER TABLE ONLY dispatch.visit
    ADD CONSTRAINT visit_of_so_many UNIQUE (organisation_id, visit_id, crew_size);

ALTER TABLE ONLY dispatch.visit_step
    ADD CONSTRAINT visit_step_ends_in UNIQUE (organisation_id, visit_id, step, to_state);

ALTER TABLE ONLY dispatch.visit_wait
    ADD CONSTRAINT visit_waits_once_an_incident PRIMARY KEY (organisation_id, visit_id, incident_id);

ALTER TABLE ONLY evidence.dispute_answer_end
    ADD CONSTRAINT dispute_answer_end_pkey PRIMARY KEY (organisation_id, dispute_id, about);

ALTER TABLE ONLY evidence.dispute_answer
    ADD CONSTRAINT dispute_answer_pkey PRIMARY KEY (organisation_id, dispute_id, about);

ALTER TABLE ONLY evidence.dispute_sending
    ADD CONSTRAINT dispute_sending_pkey PRIMARY KEY (organisation_id, dispute_id, about, evidence_hash);

ALTER TABLE ONLY evidence.dispute_warning
    ADD CONSTRAINT dispute_warning_pkey PRIMARY KEY (organisation_id, dispute_id, step, crossing);

ALTER TABLE ONLY evidence.erasure
    ADD CONSTRAINT erasure_pkey PRIMARY KEY (organisation_id, erasure_id);

ALTER TABLE ONLY evidence.hold
    ADD CONSTRAINT hold_pkey PRIMARY KEY (organisation_id, hold_id);

ALTER TABLE ONLY evidence.hold_release
    ADD CONSTRAINT hold_release_pkey PRIMARY KEY (organisation_id, hold_id);

ALTER TABLE ONLY identity.device
    ADD CONSTRAINT device_of_its_staff UNIQUE (organisation_id, staff_id, device_id);

ALTER TABLE ONLY identity.link
    ADD CONSTRAINT link_as_cited UNIQUE (organisation_id, link_id, purpose, subject_id);

ALTER TABLE ONLY identity.api_key_hash
    ADD CONSTRAINT one_api_key_a_hash PRIMARY KEY (token_hash);

ALTER TABLE ONLY identity.api_key
    ADD CONSTRAINT one_api_key_an_id PRIMARY KEY (organisation_id, api_key_id);

ALTER TABLE ONLY identity.device
    ADD CONSTRAINT one_device_an_id PRIMARY KEY (organisation_id, device_id);

ALTER TABLE ONLY identity.link_hash
    ADD CONSTRAINT one_link_a_hash PRIMARY KEY (token_hash);

ALTER TABLE ONLY identity.link
    ADD CONSTRAINT one_link_an_id PRIMARY KEY (organisation_id, link_id);

ALTER TABLE ONLY identity.logo
    ADD CONSTRAINT one_logo_an_organisation PRIMARY KEY (organisation_id);

ALTER TABLE ONLY identity.mail_link
    ADD CONSTRAINT one_mail_link_an_id PRIMARY KEY (organisation_id, mail_link_id);

ALTER TABLE ONLY identity.public_name
    ADD CONSTRAINT one_organisation_a_slug PRIMARY KEY (slug);

ALTER TABLE ONLY identity.organisation
    ADD CONSTRAINT one_organisation_an_id PRIMARY KEY (organisation_id);

ALTER TABLE ONLY identity.organisation_step
    ADD CONSTRAINT one_organisation_step_a_version PRIMARY KEY (organisation_id, version);

ALTER TABLE ONLY identity.partner
    ADD CONSTRAINT one_partner_a_name UNIQUE (organisation_id, name);

ALTER TABLE ONLY identity.partner
    ADD CONSTRAINT one_partner_an_id PRIMARY KEY (organisation_id, partner_id);

ALTER TABLE ONLY identity.session
    ADD CONSTRAINT one_session_an_id PRIMARY KEY (organisation_id, session_id);

ALTER TABLE ONLY identity.sign_in_address
    ADD CONSTRAINT one_sign_in_an_address PRIMARY KEY (address_hash, organisation_id);

ALTER TABLE ONLY identity.staff
    ADD CONSTRAINT one_staff_an_address UNIQUE (organisation_id, email);

ALTER TABLE ONLY identity.staff
    ADD CONSTRAINT one_staff_an_id PRIMARY KEY (organisation_id, staff_id);

ALTER TABLE ONLY identity.organisation_step
    ADD CONSTRAINT organisation_step_told UNIQUE (organisation_id, version, told_hash);

ALTER TABLE ONLY identity.public_name
    ADD CONSTRAINT public_name_of_organisation UNIQUE (organisation_id, slug);

ALTER TABLE ONLY identity.session
    ADD CONSTRAINT session_of_its_staff UNIQUE (organisation_id, staff_id, session_id);

ALTER TABLE ONLY identity.session_device
    ADD CONSTRAINT session_on_a_device_once PRIMARY KEY (organisation_id, session_id, device_id);

ALTER TABLE ONLY kit.fact
    ADD CONSTRAINT fact_in_commit_order PRIMARY KEY (organisation_id, epoch, transaction_id, sequence);

ALTER TABLE ONLY kit.idempotency
    ADD CONSTRAINT one_answer_a_key PRIMARY KEY (organisation_id, principal, route, key_hash);

ALTER TABLE ONLY kit.checkpoint
    ADD CONSTRAINT one_checkpoint_a_digest UNIQUE (organisation_id, number, digest);

ALTER TABLE ONLY kit.checkpoint
    ADD CONSTRAINT one_checkpoint_a_number PRIMARY KEY (organisation_id, number);

ALTER TABLE ONLY kit.due
    ADD CONSTRAINT one_due_a_task PRIMARY KEY (organisation_id, task_id);

ALTER TABLE ONLY kit.epoch
    ADD CONSTRAINT one_row_an_epoch PRIMARY KEY (epoch);

ALTER TABLE ONLY kit.task
    ADD CONSTRAINT one_task_an_id PRIMARY KEY (organisation_id, task_id);

ALTER TABLE ONLY notices.notice
    ADD CONSTRAINT notice_pkey PRIMARY KEY (organisation_id, notice_id);

ALTER TABLE ONLY notices.notice_step
    ADD CONSTRAINT notice_step_pkey PRIMARY KEY (organisation_id, notice_id, step);

ALTER TABLE ONLY notices.notice_step
    ADD CONSTRAINT notice_step_state UNIQUE (organisation_id, notice_id, step, to_state);

ALTER TABLE ONLY notices.dead_address
    ADD CONSTRAINT one_dead_address_a_version PRIMARY KEY (organisation_id, contact_id, contact_version);

ALTER TABLE ONLY notices.reach_ending
    ADD CONSTRAINT one_ending_a_reach PRIMARY KEY (organisation_id, notice_id);

ALTER TABLE ONLY notices.open_reach
    ADD CONSTRAINT one_open_reach_a_notice PRIMARY KEY (organisation_id, notice_id);

ALTER TABLE ONLY notices.opt_out
    ADD CONSTRAINT one_opt_out_a_step PRIMARY KEY (organisation_id, customer_id, kind, step);

ALTER TABLE ONLY notices.followed
    ADD CONSTRAINT one_place_an_organisation PRIMARY KEY (organisation_id);

ALTER TABLE ONLY notices.reach
    ADD CONSTRAINT one_reach_a_notice PRIMARY KEY (organisation_id, notice_id);

ALTER TABLE ONLY notices.rule
    ADD CONSTRAINT one_rule_a_kind PRIMARY KEY (organisation_id, version, kind);

ALTER TABLE ONLY notices.rule_set
    ADD CONSTRAINT one_rule_set_a_version PRIMARY KEY (organisation_id, version);

ALTER TABLE ONLY notices.text_stop
    ADD CONSTRAINT one_text_stop_a_step PRIMARY KEY (organisation_id, number_hash, step);

ALTER TABLE ONLY notices.reach
    ADD CONSTRAINT reach_due_as_opened UNIQUE (organisation_id, notice_id, due_at);

ALTER TABLE ONLY promises.ending
    ADD CONSTRAINT one_ending_a_promise PRIMARY KEY (organisation_id, promise_id);

ALTER TABLE ONLY promises.escalation
    ADD CONSTRAINT one_escalation_a_promise PRIMARY KEY (organisation_id, promise_id);

ALTER TABLE ONLY promises.handing
    ADD CONSTRAINT one_handing_a_number PRIMARY KEY (organisation_id, promise_id, number);

ALTER TABLE ONLY promises.open_promise
    ADD CONSTRAINT one_open_promise_an_id PRIMARY KEY (organisation_id, promise_id);

ALTER TABLE ONLY promises.promise
    ADD CONSTRAINT one_promise_an_id PRIMARY KEY (organisation_id, promise_id);

ALTER TABLE ONLY promises.policy
    ADD CONSTRAINT one_promise_policy_a_version PRIMARY KEY (organisation_id, version);

ALTER TABLE ONLY promises.renewal
    ADD CONSTRAINT one_renewal_a_promise PRIMARY KEY (organisation_id, renewed_id);

ALTER TABLE ONLY promises.warning
    ADD CONSTRAINT one_warning_a_promise PRIMARY KEY (organisation_id, promise_id);

ALTER TABLE ONLY promises.wording
    ADD CONSTRAINT one_wording_a_promise PRIMARY KEY (organisation_id, promise_id);

ALTER TABLE ONLY promises.promise
    ADD CONSTRAINT promise_due UNIQUE (organisation_id, promise_id, due_at);

ALTER TABLE ONLY promises.renewal
    ADD CONSTRAINT renewed_by_one_promise UNIQUE (organisation_id, promise_id);

ALTER TABLE ONLY public.migration
    ADD CONSTRAINT one_run_a_migration PRIMARY KEY (name);

ALTER TABLE ONLY subscriptions.incident_estimate
    ADD CONSTRAINT incident_estimate_end UNIQUE (organisation_id, incident_id, step, until_at);

ALTER TABLE ONLY subscriptions.incident_heard
    ADD CONSTRAINT incident_heard_pkey PRIMARY KEY (organisation_id, incident_id);

ALTER TABLE ONLY subscriptions.incident_told
    ADD CONSTRAINT incident_promised_once UNIQUE (organisation_id, promise_id);

ALTER TABLE ONLY subscriptions.incident_told
    ADD CONSTRAINT incident_told_once PRIMARY KEY (organisation_id, incident_id, customer_id, news, turn);

ALTER TABLE ONLY subscriptions.lapsing_cursor
    ADD CONSTRAINT lapsing_cursor_pkey PRIMARY KEY (organisation_id);

ALTER TABLE ONLY subscriptions.lapsing
    ADD CONSTRAINT lapsing_pkey PRIMARY KEY (organisation_id, subscription_id);

ALTER TABLE ONLY subscriptions.network_state
    ADD CONSTRAINT network_state_of_step UNIQUE (organisation_id, subscription_id, step, state);

ALTER TABLE ONLY subscriptions.renewal_call
    ADD CONSTRAINT one_call_an_id PRIMARY KEY (organisation_id, call_id);

ALTER TABLE ONLY subscriptions.plan_change_end
    ADD CONSTRAINT one_end_a_plan_change PRIMARY KEY (organisation_id, successor_id);

ALTER TABLE ONLY subscriptions.incident_end
    ADD CONSTRAINT one_end_an_incident PRIMARY KEY (organisation_id, incident_id);

ALTER TABLE ONLY subscriptions.incident
    ADD CONSTRAINT one_incident_an_id PRIMARY KEY (organisation_id, incident_id);

ALTER TABLE ONLY subscriptions.incident_estimate
    ADD CONSTRAINT one_incident_estimate PRIMARY KEY (organisation_id, incident_id, step);

ALTER TABLE ONLY subscriptions.incident_explanation
    ADD CONSTRAINT one_incident_explanation_a_step PRIMARY KEY (organisation_id, incident_id, step);

ALTER TABLE ONLY subscriptions.incident_reach
    ADD CONSTRAINT one_incident_reach PRIMARY KEY (organisation_id, incident_id, "position");

ALTER TABLE ONLY subscriptions.network_state
    ADD CONSTRAINT one_network_step PRIMARY KEY (organisation_id, subscription_id, step);

ALTER TABLE ONLY subscriptions.provisioning_order
    ADD CONSTRAINT one_order_a_change PRIMARY KEY (organisation_id, subscription_id, sequence, round);

ALTER TABLE ONLY subscriptions.paid_period
    ADD CONSTRAINT one_paid_step PRIMARY KEY (organisation_id, subscription_id, number, step);

ALTER TABLE ONLY subscriptions.period
    ADD CONSTRAINT one_period_a_number PRIMARY KEY (organisation_id, subscription_id, number);

ALTER TABLE ONLY subscriptions.period
    ADD CONSTRAINT one_period_a_supply UNIQUE (organisation_id, work_record_id);

ALTER TABLE ONLY subscriptions.plan_change
    ADD CONSTRAINT one_plan_change_a_successor PRIMARY KEY (organisation_id, successor_id);

ALTER TABLE ONLY subscriptions.provisioning_step
    ADD CONSTRAINT one_provisioning_step PRIMARY KEY (organisation_id, subscription_id, sequence, round, step);

ALTER TABLE ONLY subscriptions.subscription
    ADD CONSTRAINT one_subscription_a_reference UNIQUE (organisation_id, reference);

ALTER TABLE ONLY subscriptions.subscription
    ADD CONSTRAINT one_subscription_a_scope UNIQUE (organisation_id, scope_id);

ALTER TABLE ONLY subscriptions.subscription
    ADD CONSTRAINT one_subscription_an_id PRIMARY KEY (organisation_id, subscription_id);

ALTER TABLE ONLY subscriptions.subscription_step
    ADD CONSTRAINT one_subscription_step PRIMARY KEY (organisation_id, subscription_id, step);

ALTER TABLE ONLY subscriptions.subscription_tag
    ADD CONSTRAINT one_tag_a_subscription PRIMARY KEY (organisation_id, subscription_id, tag);

ALTER TABLE ONLY subscriptions.paid_period
    ADD CONSTRAINT paid_period_outcome UNIQUE (organisation_id, subscription_id, number, step, paid);

ALTER TABLE ONLY subscriptions.paid_period
    ADD CONSTRAINT paid_period_state UNIQUE (organisation_id, subscription_id, number, step, until_on, paid);

ALTER TABLE ONLY subscriptions.period
    ADD CONSTRAINT period_end UNIQUE (organisation_id, subscription_id, number, until_on);

ALTER TABLE ONLY subscriptions.period
    ADD CONSTRAINT periods_of_a_subscription_never_overlap EXCLUDE USING gist (organisation_id WITH =, subscription_id WITH =, daterange(from_on, until_on) WITH &&);

ALTER TABLE ONLY subscriptions.plan_change
    ADD CONSTRAINT plan_change_ends UNIQUE (organisation_id, successor_id, subscription_id);

ALTER TABLE ONLY subscriptions.provisioning_step
    ADD CONSTRAINT provisioning_head UNIQUE (organisation_id, subscription_id, sequence, round, step, outcome);

ALTER TABLE ONLY subscriptions.subscription_step
    ADD CONSTRAINT subscription_change UNIQUE (organisation_id, subscription_id, step, to_state);

ALTER TABLE ONLY subscriptions.subscription_step
    ADD CONSTRAINT subscription_head UNIQUE (organisation_id, subscription_id, step, to_state, reasons_after, paid_number);

ALTER TABLE ONLY subscriptions.subscription
    ADD CONSTRAINT subscription_owner UNIQUE (organisation_id, subscription_id, customer_id);

ALTER TABLE ONLY subscriptions.subscription_step
    ADD CONSTRAINT subscription_reasons UNIQUE (organisation_id, subscription_id, step, to_state, reasons_after);

ALTER TABLE ONLY subscriptions.subscription
    ADD CONSTRAINT subscription_scope UNIQUE (organisation_id, subscription_id, scope_id, begins_on, period_months, zone);

ALTER TABLE ONLY subscriptions.subscription
    ADD CONSTRAINT subscription_terms UNIQUE (organisation_id, subscription_id, begins_on, grace_days, zone);

ALTER TABLE ONLY webhooks.attempt
    ADD CONSTRAINT one_attempt_an_id PRIMARY KEY (organisation_id, delivery_id, attempt_id);

ALTER TABLE ONLY webhooks.delivery
    ADD CONSTRAINT one_delivery_a_fact UNIQUE (organisation_id, webhook_id, facts_epoch, transaction_id, sequence);

ALTER TABLE ONLY webhooks.delivery
    ADD CONSTRAINT one_delivery_an_id PRIMARY KEY (organisation_id, delivery_id);

ALTER TABLE ONLY webhooks.progress
    ADD CONSTRAINT one_progress_a_webhook PRIMARY KEY (organisation_id, webhook_id);

ALTER TABLE ONLY webhooks.webhook
    ADD CONSTRAINT one_webhook_a_place UNIQUE (organisation_id, place);

ALTER TABLE ONLY webhooks.webhook
    ADD CONSTRAINT one_webhook_an_id PRIMARY KEY (organisation_id, webhook_id);

ALTER TABLE ONLY webhooks.webhook_step
    ADD CONSTRAINT one_webhook_state_a_step UNIQUE (organisation_id, webhook_id, step, to_state);

ALTER TABLE ONLY webhooks.webhook_step
    ADD CONSTRAINT one_webhook_step PRIMARY KEY (organisation_id, webhook_id, step);

CREATE INDEX authorisation_item_by_item ON authorisations.authorisation_item USING btree (organisation_id, item_id);

CREATE INDEX authorisation_item_transaction_id_idx ON authorisations.authorisation_item USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX authorisation_of_customer ON authorisations.authorisation USING btree (organisation_id, customer_id);

CREATE INDEX authorisation_of_offer ON authorisations.authorisation USING btree (organisation_id, offer_id, revision);

CREATE INDEX authorisation_transaction_id_idx ON authorisations.authorisation USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX capacity_item_transaction_id_idx ON authorisations.capacity_item USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX capacity_transaction_id_idx ON authorisations.capacity USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX ceiling_warning_transaction_id_idx ON authorisations.ceiling_warning USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX code_proof_transaction_id_idx ON authorisations.code_proof USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX consent_detail_transaction_id_idx ON authorisations.consent_detail USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX contact_mail_transaction_id_idx ON authorisations.contact_mail USING brin (transaction_id) WITH (autosummarize='on');

CREATE UNIQUE INDEX credit_releases_once ON authorisations.capacity USING btree (organisation_id, credited_invoice_id, credited_line, credit_step) WHERE (credited_invoice_id IS NOT NULL);

CREATE INDEX forecast_transaction_id_idx ON authorisations.forecast USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX offer_item_transaction_id_idx ON authorisations.offer_item USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX offer_of_customer ON authorisations.offer USING btree (organisation_id, customer_id, offer_id);

CREATE INDEX offer_photo_transaction_id_idx ON authorisations.offer_photo USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX offer_revision_transaction_id_idx ON authorisations.offer_revision USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX offer_transaction_id_idx ON authorisations.offer USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX one_time_code_transaction_id_idx ON authorisations.one_time_code USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX overrun_notice_of_scope ON authorisations.overrun_notice USING btree (organisation_id, scope_id, projected_minor);

CREATE INDEX overrun_notice_transaction_id_idx ON authorisations.overrun_notice USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX photo_of_customer ON authorisations.photo USING btree (organisation_id, customer_id, photo_id);

CREATE INDEX photo_transaction_id_idx ON authorisations.photo USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX policy_transaction_id_idx ON authorisations.policy USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX presentation_of_offer_at ON authorisations.presentation USING btree (organisation_id, offer_id, revision);

CREATE INDEX presentation_transaction_id_idx ON authorisations.presentation USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX question_by_customer ON authorisations.question USING btree (organisation_id, customer_id, question_id);

CREATE INDEX question_reply_transaction_id_idx ON authorisations.question_reply USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX question_transaction_id_idx ON authorisations.question USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX receipt_transaction_id_idx ON authorisations.receipt USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX scope_step_transaction_id_idx ON authorisations.scope_step USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX scope_transaction_id_idx ON authorisations.scope USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX signature_transaction_id_idx ON authorisations.signature USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX withdrawal_transaction_id_idx ON authorisations.withdrawal USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX work_photo_transaction_id_idx ON authorisations.work_photo USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX work_record_of_item ON authorisations.work_record USING btree (organisation_id, item_id);

CREATE INDEX work_record_transaction_id_idx ON authorisations.work_record USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX work_record_unbillable ON authorisations.work_record USING btree (organisation_id, item_id, work_record_id) WHERE ((finding IS NOT NULL) AND (finding <> 'WORK_WITHDRAWN'::text));

CREATE INDEX wrong_code_transaction_id_idx ON authorisations.wrong_code USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX acceptance_with_difference ON billing.cash_acceptance USING btree (organisation_id, hand_in_id) WHERE (missing_minor <> 0);

CREATE INDEX account_entry_transaction_id_idx ON billing.account_entry USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX account_transaction_id_idx ON billing.account USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX allocation_transaction_id_idx ON billing.allocation USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX attempts_not_final ON billing.collection_attempt USING btree (organisation_id, begun_at) WHERE (state = ANY (ARRAY['begun'::text, 'open'::text, 'processing'::text]));

CREATE INDEX bank_file_transaction_id_idx ON billing.bank_file USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX bank_line_end_to_end ON billing.bank_line USING btree (organisation_id, end_to_end_id) WHERE (end_to_end_id <> ''::text);

CREATE INDEX bank_line_in_order ON billing.bank_line USING btree (organisation_id, booked_on, line_id);

CREATE INDEX bank_line_of_party ON billing.bank_line USING btree (organisation_id, party_account) WHERE (party_account <> ''::text);

CREATE INDEX bank_line_of_reference ON billing.bank_line USING btree (organisation_id, reference) WHERE (reference <> ''::text);

CREATE INDEX bank_line_transaction_id_idx ON billing.bank_line USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX bank_line_within_the_day ON billing.bank_line USING btree (organisation_id, bank_account_id, booked_on) WHERE interim;

CREATE INDEX bank_lines_confirming ON billing.bank_line USING btree (organisation_id, booked_on, line_id) WHERE (confirms IS NOT NULL);

CREATE INDEX bank_sighting_transaction_id_idx ON billing.bank_sighting USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX bank_statement_of_file ON billing.bank_statement USING btree (organisation_id, file_id, statement_id);

CREATE INDEX bank_statement_transaction_id_idx ON billing.bank_statement USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX bank_statements_after_a_gap ON billing.bank_statement USING btree (organisation_id, bank_account_id, step) WHERE ((step > 1) AND (opening_minor <> carried_minor));

CREATE INDEX bank_step_of_payment ON billing.bank_step USING btree (organisation_id, payment_id) WHERE (payment_id IS NOT NULL);

CREATE INDEX bank_step_transaction_id_idx ON billing.bank_step USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX bank_waiting_for_whom ON billing.bank_waiting_for USING btree (organisation_id, line_id);

CREATE INDEX bank_waiting_of_statement ON billing.bank_waiting USING btree (organisation_id, statement_id);

CREATE INDEX bank_waiting_unjudged ON billing.bank_waiting USING btree (organisation_id, booked_on, line_id) WHERE (judged_at IS NULL);

CREATE INDEX billed_work_transaction_id_idx ON billing.billed_work USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX card_fee_transaction_id_idx ON billing.card_fee USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX carried_balance_transaction_id_idx ON billing.carried_balance USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX carry_forward_transaction_id_idx ON billing.carry_forward USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX cash_acceptance_transaction_id_idx ON billing.cash_acceptance USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX cash_arrival_transaction_id_idx ON billing.cash_arrival USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX cash_banked_transaction_id_idx ON billing.cash_banked USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX cash_count_transaction_id_idx ON billing.cash_count USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX cash_custody_transaction_id_idx ON billing.cash_custody USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX cash_deposit_transaction_id_idx ON billing.cash_deposit USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX cash_hand_in_transaction_id_idx ON billing.cash_hand_in USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX cash_limit_transaction_id_idx ON billing.cash_limit USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX cash_settlement_transaction_id_idx ON billing.cash_settlement USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX charge_consent_transaction_id_idx ON billing.charge_consent USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX charge_failure_transaction_id_idx ON billing.charge_failure USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX charge_notice_transaction_id_idx ON billing.charge_notice USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX charge_of_customer ON billing.charge USING btree (organisation_id, customer_id, attempt_id);

CREATE INDEX charge_policy_transaction_id_idx ON billing.charge_policy USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX charge_transaction_id_idx ON billing.charge USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX cheque_of_amount ON billing.cheque USING btree (organisation_id, currency, amount_minor, payment_id);

CREATE INDEX cheque_of_number ON billing.cheque USING btree (organisation_id, number_key);

CREATE INDEX cheque_step_of_state ON billing.cheque_step USING btree (organisation_id, state, payment_id);

CREATE INDEX cheque_step_transaction_id_idx ON billing.cheque_step USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX cheque_transaction_id_idx ON billing.cheque USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX claim_of_customer ON billing.claim USING btree (organisation_id, customer_id, currency, claim_id);

CREATE INDEX claim_reminder_transaction_id_idx ON billing.claim_reminder USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX claim_step_transaction_id_idx ON billing.claim_step USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX claim_transaction_id_idx ON billing.claim USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX clearing_of_reference ON billing.cheque_step USING btree (organisation_id, bank_reference) WHERE (bank_reference IS NOT NULL);

CREATE INDEX credit_line_transaction_id_idx ON billing.credit_line USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX credit_note_of ON billing.credit_note USING btree (organisation_id, invoice_id);

CREATE INDEX credit_note_of_customer ON billing.credit_note USING btree (organisation_id, customer_id);

CREATE INDEX credit_note_transaction_id_idx ON billing.credit_note USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX custody_at_nothing ON billing.cash_custody USING btree (organisation_id, staff_id, currency, step) WHERE (held_after = 0);

CREATE INDEX custody_begun ON billing.cash_custody USING btree (organisation_id, staff_id, currency) WHERE (step = 1);

CREATE INDEX debtor_by_day ON billing.debtor USING btree (organisation_id, from_on, customer_id);

CREATE INDEX decision_transaction_id_idx ON billing.decision USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX deposit_of_amount ON billing.cash_deposit USING btree (organisation_id, amount_minor, currency);

CREATE INDEX deposit_of_slip ON billing.cash_deposit USING btree (organisation_id, slip_key);

CREATE INDEX dispute_of_disputed ON billing.dispute USING btree (organisation_id, payment_id);

CREATE INDEX dispute_step_transaction_id_idx ON billing.dispute_step USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX dispute_transaction_id_idx ON billing.dispute USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX dispute_withdrawal_transaction_id_idx ON billing.dispute_withdrawal USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX dunning_hold_of_customer ON billing.dunning_hold USING btree (organisation_id, customer_id, hold_id);

CREATE INDEX dunning_hold_release_transaction_id_idx ON billing.dunning_hold_release USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX dunning_hold_transaction_id_idx ON billing.dunning_hold USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX dunning_policy_step_transaction_id_idx ON billing.dunning_policy_step USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX dunning_policy_transaction_id_idx ON billing.dunning_policy USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX dunning_step_of_customer ON billing.dunning_step USING btree (organisation_id, customer_id, taken_at);

CREATE INDEX dunning_step_transaction_id_idx ON billing.dunning_step USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX hand_in_of_staff ON billing.cash_hand_in USING btree (organisation_id, staff_id, hand_in_id);

CREATE INDEX invoice_line_of_item ON billing.invoice_line USING btree (organisation_id, item_id) WHERE (item_id IS NOT NULL);

CREATE INDEX invoice_line_transaction_id_idx ON billing.invoice_line USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX invoice_of_customer ON billing.invoice USING btree (organisation_id, customer_id, due_on, invoice_id);

CREATE INDEX invoice_scope_transaction_id_idx ON billing.invoice_scope USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX invoice_tax_transaction_id_idx ON billing.invoice_tax USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX invoice_transaction_id_idx ON billing.invoice USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX itemised_bill_transaction_id_idx ON billing.itemised_bill USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX itemised_request_transaction_id_idx ON billing.itemised_request USING brin (transaction_id) WITH (autosummarize='on');

CREATE UNIQUE INDEX one_cheque_beside_another ON billing.cheque USING btree (organisation_id, beside) WHERE (beside IS NOT NULL);

CREATE UNIQUE INDEX one_collection_of_an_invoice_per_visit ON billing.payment USING btree (organisation_id, visit_id, invoice_id, taken_by, amount_minor) WHERE (key_kind = 'collection'::text);

CREATE UNIQUE INDEX one_open_attempt_per_claim ON billing.collection_attempt USING btree (organisation_id, claim_id) WHERE (state = ANY (ARRAY['begun'::text, 'open'::text, 'processing'::text]));

CREATE UNIQUE INDEX one_open_attempt_per_invoice ON billing.collection_attempt USING btree (organisation_id, invoice_id) WHERE (state = ANY (ARRAY['begun'::text, 'open'::text, 'processing'::text]));

CREATE UNIQUE INDEX one_paper_cheque ON billing.cheque USING btree (organisation_id, bank_key, number_key) WHERE ((nth = 1) AND (beside IS NULL));

CREATE INDEX outage_credit_of_note ON billing.outage_credit USING btree (organisation_id, credit_note_id) WHERE (credit_note_id IS NOT NULL);

CREATE INDEX outage_credit_transaction_id_idx ON billing.outage_credit USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX outage_in_order ON billing.outage USING btree (organisation_id, subscription_id, from_at);

CREATE INDEX outage_order_to_do ON billing.outage_order USING btree (organisation_id, incident_id) WHERE (done_at IS NULL);

CREATE INDEX outage_policy_transaction_id_idx ON billing.outage_policy USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX outage_span_by_its_end ON billing.outage_span USING btree (organisation_id, until_at);

CREATE INDEX outage_span_transaction_id_idx ON billing.outage_span USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX outage_tier_transaction_id_idx ON billing.outage_tier USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX outage_transaction_id_idx ON billing.outage USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX parked_money_transaction_id_idx ON billing.parked_money USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX parked_resolution_transaction_id_idx ON billing.parked_resolution USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX payment_at_visit ON billing.payment USING btree (organisation_id, visit_id) WHERE (visit_id IS NOT NULL);

CREATE INDEX payment_of_customer_in_order ON billing.payment USING btree (organisation_id, customer_id, payment_id);

CREATE INDEX payment_promise_of_customer ON billing.payment_promise USING btree (organisation_id, customer_id, made_at);

CREATE INDEX payment_promise_transaction_id_idx ON billing.payment_promise USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX payment_reversal_transaction_id_idx ON billing.payment_reversal USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX payment_transaction_id_idx ON billing.payment USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX payout_fee_transaction_id_idx ON billing.payout_fee USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX payout_line_transaction_id_idx ON billing.payout_line USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX payout_named ON billing.payout USING btree (organisation_id, name_key);

CREATE INDEX payout_of_amount ON billing.payout USING btree (organisation_id, amount_minor, currency, arrives_on);

CREATE INDEX payout_traced ON billing.payout USING btree (organisation_id, trace_key) WHERE (trace_key IS NOT NULL);

CREATE INDEX period_transaction_id_idx ON billing.period USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX posting_attempt_at ON billing.posting_attempt USING btree (organisation_id, attempted_at);

CREATE INDEX posting_attempt_of_customer ON billing.posting_attempt USING btree (organisation_id, customer_id, attempt_id);

CREATE INDEX posting_attempt_transaction_id_idx ON billing.posting_attempt USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX provider_customer_transaction_id_idx ON billing.provider_customer USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX provider_event_of_intent ON billing.provider_event USING btree (organisation_id, intent_id, event_id) WHERE (intent_id IS NOT NULL);

CREATE INDEX provider_event_transaction_id_idx ON billing.provider_event USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX reader_end_transaction_id_idx ON billing.reader_end USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX reader_request_transaction_id_idx ON billing.reader_request USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX receipt_block_transaction_id_idx ON billing.receipt_block USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX receipt_number_use_transaction_id_idx ON billing.receipt_number_use USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX receipt_transaction_id_idx ON billing.receipt USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX receivables_moved ON billing.transfer USING btree (organisation_id, epoch, transaction_id, strand) WHERE ((debit_kind = 'receivable'::text) OR (credit_kind = 'receivable'::text));

CREATE INDEX recovery_of_invoice ON billing.recovery USING btree (organisation_id, invoice_id);

CREATE INDEX recovery_transaction_id_idx ON billing.recovery USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX refund_of_customer ON billing.refund USING btree (organisation_id, customer_id, refund_id);

CREATE INDEX refund_outcome_at_provider ON billing.refund_outcome USING btree (organisation_id, provider_refund_id) WHERE (provider_refund_id IS NOT NULL);

CREATE INDEX refund_outcome_transaction_id_idx ON billing.refund_outcome USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX refund_return_transaction_id_idx ON billing.refund_return USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX refund_transaction_id_idx ON billing.refund USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX refused_cash_settlement_transaction_id_idx ON billing.refused_cash_settlement USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX refused_cash_transaction_id_idx ON billing.refused_cash USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX saved_method_of_customer ON billing.saved_method USING btree (organisation_id, customer_id, method_id);

CREATE INDEX saved_method_of_mandate ON billing.saved_method USING btree (organisation_id, provider_mandate_id) WHERE (provider_mandate_id IS NOT NULL);

CREATE INDEX saved_method_step_transaction_id_idx ON billing.saved_method_step USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX saved_method_transaction_id_idx ON billing.saved_method USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX saving_page_of_customer ON billing.saving_page USING btree (organisation_id, customer_id, opened_at);

CREATE INDEX saving_page_transaction_id_idx ON billing.saving_page USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX transfer_of_subject ON billing.transfer USING btree (organisation_id, subject_id);

CREATE INDEX transfer_transaction_id_idx ON billing.transfer USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX transfers_crediting ON billing.transfer USING btree (organisation_id, credit_kind, credit_holder, currency, recorded_at, posting_id, ordinal) INCLUDE (kind, debit_kind, debit_holder, amount_minor, subject_kind, subject_id, occurred_at);

CREATE INDEX transfers_debiting ON billing.transfer USING btree (organisation_id, debit_kind, debit_holder, currency, recorded_at, posting_id, ordinal) INCLUDE (kind, credit_kind, credit_holder, amount_minor, subject_kind, subject_id, occurred_at);

CREATE INDEX transfers_handing_in ON billing.transfer USING btree (organisation_id, recorded_at) INCLUDE (posting_id, ordinal, kind, debit_kind, debit_holder, credit_kind, credit_holder, currency, amount_minor, subject_kind, subject_id) WHERE (kind = 'hand_in'::text);

CREATE INDEX transfers_in_order ON billing.transfer USING btree (organisation_id, recorded_at, posting_id, ordinal) INCLUDE (kind, debit_kind, debit_holder, credit_kind, credit_holder, currency, amount_minor, subject_kind, subject_id, occurred_at);

CREATE INDEX waiting_event_next ON billing.waiting_event USING btree (organisation_id, next_try_at);

CREATE INDEX write_off_decision_transaction_id_idx ON billing.write_off_decision USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX write_off_of_invoice ON billing.write_off USING btree (organisation_id, invoice_id);

CREATE INDEX write_off_transaction_id_idx ON billing.write_off USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX attachment_by_customer ON care.attachment USING btree (organisation_id, customer_id) WHERE (customer_id IS NOT NULL);

CREATE INDEX bench_note_by_customer ON care.bench_note USING btree (organisation_id, customer_id);

CREATE INDEX bench_note_transaction_id_idx ON care.bench_note USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX bench_place_transaction_id_idx ON care.bench_place USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX bench_step_transaction_id_idx ON care.bench_step USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX case_by_customer ON care.case_file USING btree (organisation_id, customer_id, case_id);

CREATE INDEX case_fault_transaction_id_idx ON care.case_fault USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX case_file_transaction_id_idx ON care.case_file USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX case_incident_transaction_id_idx ON care.case_incident USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX case_message_transaction_id_idx ON care.case_message USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX case_note_by_customer ON care.case_note USING btree (organisation_id, customer_id);

CREATE INDEX case_note_transaction_id_idx ON care.case_note USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX case_place_by_case ON care.case_place USING btree (organisation_id, case_id, message_id);

CREATE INDEX case_place_transaction_id_idx ON care.case_place USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX case_reply_transaction_id_idx ON care.case_reply USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX case_step_transaction_id_idx ON care.case_step USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX cases_of_incident ON care.case_incident USING btree (organisation_id, incident_id, case_id);

CREATE INDEX custody_by_job ON care.custody USING btree (organisation_id, job_id, custody_id);

CREATE INDEX custody_news_transaction_id_idx ON care.custody_news USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX custody_transaction_id_idx ON care.custody USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX disposal_transaction_id_idx ON care.disposal USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX event_by_its_end ON care.event USING btree (organisation_id, ends_at, event_id);

CREATE INDEX fault_by_customer ON care.case_fault USING btree (organisation_id, customer_id, noted_at);

CREATE INDEX hand_over_of_custody_by_step ON care.hand_over USING btree (organisation_id, custody_id, step);

CREATE INDEX hand_over_offer_transaction_id_idx ON care.hand_over_offer USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX hand_over_photo_transaction_id_idx ON care.hand_over_photo USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX hand_over_signature_by_customer ON care.hand_over_signature USING btree (organisation_id, customer_id);

CREATE INDEX hand_over_signature_transaction_id_idx ON care.hand_over_signature USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX hand_over_text_by_customer ON care.hand_over_text USING btree (organisation_id, customer_id);

CREATE INDEX hand_over_text_transaction_id_idx ON care.hand_over_text USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX hand_over_transaction_id_idx ON care.hand_over USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX idea_answer_transaction_id_idx ON care.idea_answer USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX ideas_of_customer ON care.idea USING btree (organisation_id, customer_id, opened_at);

CREATE INDEX loan_by_custody ON care.loan_step USING btree (organisation_id, custody_id, loan_id);

CREATE INDEX loan_by_customer ON care.loan_step USING btree (organisation_id, customer_id, loan_id);

CREATE INDEX loan_paper_by_customer ON care.loan_paper USING btree (organisation_id, customer_id);

CREATE INDEX loan_paper_transaction_id_idx ON care.loan_paper USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX loan_step_transaction_id_idx ON care.loan_step USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX loaner_transaction_id_idx ON care.loaner USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX mail_address_transaction_id_idx ON care.mail_address USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX mail_head_by_customer ON care.mail_head USING btree (organisation_id, customer_id);

CREATE INDEX mail_head_transaction_id_idx ON care.mail_head USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX mail_key_transaction_id_idx ON care.mail_key USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX message_of_its_customer ON care.message USING btree (organisation_id, customer_id, message_id);

CREATE INDEX message_transaction_id_idx ON care.message USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX news_by_custody ON care.custody_news USING btree (organisation_id, custody_id, message_id);

CREATE INDEX objection_decision_transaction_id_idx ON care.objection_decision USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX objection_of_customer ON care.objection USING btree (organisation_id, customer_id);

CREATE INDEX objection_transaction_id_idx ON care.objection USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX open_case_by_customer ON care.open_case USING btree (organisation_id, customer_id);

CREATE INDEX open_case_in_order ON care.open_case USING btree (organisation_id, rank, due_at, case_id);

CREATE INDEX open_custody_by_customer ON care.open_custody USING btree (organisation_id, customer_id, custody_id);

CREATE INDEX stray_mail_transaction_id_idx ON care.stray_mail USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX text_door_transaction_id_idx ON care.text_door USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX item_transaction_id_idx ON catalogue.item USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX item_version_transaction_id_idx ON catalogue.item_version USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX asset_step_transaction_id_idx ON customers.asset_step USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX contact_reach_transaction_id_idx ON customers.contact_reach USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX customer_by_quote ON customers.customer USING btree (organisation_id, quote);

CREATE INDEX customer_step_transaction_id_idx ON customers.customer_step USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX find_word_by_word ON customers.find_word USING btree (organisation_id, word, customer_id);

CREATE INDEX former_address_transaction_id_idx ON customers.former_address USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX site_step_transaction_id_idx ON customers.site_step USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX arrival_told_transaction_id_idx ON dispatch.arrival_told USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX brought_transaction_id_idx ON dispatch.brought USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX choice_policy_transaction_id_idx ON dispatch.choice_policy USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX choice_transaction_id_idx ON dispatch.choice USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX collection_by_invoice ON dispatch.collection USING btree (organisation_id, invoice_id);

CREATE INDEX collection_settled_transaction_id_idx ON dispatch.collection_settled USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX collection_stop_transaction_id_idx ON dispatch.collection_stop USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX collection_transaction_id_idx ON dispatch.collection USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX job_of_customer ON dispatch.job USING btree (organisation_id, customer_id, job_id);

CREATE INDEX job_reading_transaction_id_idx ON dispatch.job_reading USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX job_step_transaction_id_idx ON dispatch.job_step USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX job_transaction_id_idx ON dispatch.job USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX leg_by_age ON dispatch.travel_leg USING btree (organisation_id, told_at);

CREATE INDEX occupancy_by_end ON dispatch.occupancy USING btree (organisation_id, technician_id, ends_at);

CREATE INDEX occurrence_transaction_id_idx ON dispatch.occurrence USING brin (transaction_id) WITH (autosummarize='on');

CREATE UNIQUE INDEX one_partner_brings_a_customer ON dispatch.brought USING btree (organisation_id, customer_id) WHERE (as_before IS NULL);

CREATE INDEX parts_step_transaction_id_idx ON dispatch.parts_step USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX plan_break_transaction_id_idx ON dispatch.plan_break USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX plan_found_transaction_id_idx ON dispatch.plan_found USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX plan_left_out_transaction_id_idx ON dispatch.plan_left_out USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX plan_step_transaction_id_idx ON dispatch.plan_step USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX plan_stop_transaction_id_idx ON dispatch.plan_stop USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX plan_technician_transaction_id_idx ON dispatch.plan_technician USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX plan_transaction_id_idx ON dispatch.plan USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX position_by_age ON dispatch."position" USING btree (organisation_id, measured_at);

CREATE INDEX position_by_visit ON dispatch."position" USING btree (organisation_id, visit_id);

CREATE INDEX series_step_transaction_id_idx ON dispatch.series_step USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX shift_by_end ON dispatch.shift USING btree (organisation_id, technician_id, ends_at);

CREATE INDEX shift_transaction_id_idx ON dispatch.shift USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX started_item_transaction_id_idx ON dispatch.started_item USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX travel_speeds_transaction_id_idx ON dispatch.travel_speeds USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX unfinished_job_transaction_id_idx ON dispatch.unfinished_job USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX visit_delay_transaction_id_idx ON dispatch.visit_delay USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX visit_series_of_customer ON dispatch.visit_series USING btree (organisation_id, customer_id, series_id);

CREATE INDEX visit_series_transaction_id_idx ON dispatch.visit_series USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX visit_step_placed ON dispatch.visit_step USING btree (organisation_id, starts_at, visit_id) WHERE (to_state = ANY (ARRAY['held'::text, 'booked'::text]));

CREATE INDEX visit_step_transaction_id_idx ON dispatch.visit_step USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX visit_transaction_id_idx ON dispatch.visit USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX visit_wait_end_transaction_id_idx ON dispatch.visit_wait_end USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX visit_wait_transaction_id_idx ON dispatch.visit_wait USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX dispute_answer_end_transaction_id_idx ON evidence.dispute_answer_end USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX dispute_answer_transaction_id_idx ON evidence.dispute_answer USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX dispute_sending_transaction_id_idx ON evidence.dispute_sending USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX dispute_warning_transaction_id_idx ON evidence.dispute_warning USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX erasure_transaction_id_idx ON evidence.erasure USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX hold_of_customer ON evidence.hold USING btree (organisation_id, customer_id);

CREATE INDEX hold_release_transaction_id_idx ON evidence.hold_release USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX hold_transaction_id_idx ON evidence.hold USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX live_choice ON identity.link USING btree (organisation_id, choice_of) WHERE ((choice_of IS NOT NULL) AND (revoked_at IS NULL));

CREATE INDEX live_feed ON identity.link USING btree (organisation_id, feed_of) WHERE ((feed_of IS NOT NULL) AND (revoked_at IS NULL));

CREATE INDEX live_portal ON identity.link USING btree (organisation_id, portal_of, subject_id) WHERE ((portal_of IS NOT NULL) AND (revoked_at IS NULL));

CREATE INDEX mail_link_by_staff ON identity.mail_link USING btree (organisation_id, staff_id, purpose) WHERE (used_at IS NULL);

CREATE INDEX organisation_step_transaction_id_idx ON identity.organisation_step USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX partner_transaction_id_idx ON identity.partner USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX session_device_transaction_id_idx ON identity.session_device USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX session_live_by_staff ON identity.session USING btree (organisation_id, staff_id) WHERE (ended_at IS NULL);

CREATE INDEX due_next ON kit.due USING btree (due_at);

CREATE INDEX fact_of_customer ON kit.fact USING btree (organisation_id, customer_id, epoch, transaction_id, sequence) WHERE (customer_id IS NOT NULL);

CREATE INDEX fact_of_subject ON kit.fact USING btree (organisation_id, subject_id, epoch, transaction_id, sequence);

CREATE INDEX idempotency_by_age ON kit.idempotency USING btree (organisation_id, created_at);

CREATE INDEX task_by_subject ON kit.task USING btree (organisation_id, subject_id, kind, epoch, transaction_id, sequence) WHERE (state = ANY (ARRAY['waiting'::text, 'leased'::text]));

CREATE INDEX task_dead ON kit.task USING btree (organisation_id, task_id) WHERE (state = 'dead'::text);

CREATE INDEX task_done ON kit.task USING btree (organisation_id, finished_at) WHERE (state = 'done'::text);

CREATE INDEX dead_address_transaction_id_idx ON notices.dead_address USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX notice_of_customer ON notices.notice USING btree (organisation_id, customer_id, queued_at, notice_id) WHERE (customer_id IS NOT NULL);

CREATE INDEX notice_of_incident ON notices.notice USING btree (organisation_id, subject_id) WHERE (subject_kind = 'incident'::text);

CREATE INDEX notice_step_transaction_id_idx ON notices.notice_step USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX notice_transaction_id_idx ON notices.notice USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX open_reach_by_due ON notices.open_reach USING btree (organisation_id, due_at, notice_id);

CREATE INDEX opt_out_transaction_id_idx ON notices.opt_out USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX reach_ending_transaction_id_idx ON notices.reach_ending USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX reach_transaction_id_idx ON notices.reach USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX rule_set_transaction_id_idx ON notices.rule_set USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX rule_transaction_id_idx ON notices.rule USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX text_stop_transaction_id_idx ON notices.text_stop USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX ending_transaction_id_idx ON promises.ending USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX escalation_transaction_id_idx ON promises.escalation USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX handing_transaction_id_idx ON promises.handing USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX open_promise_by_due ON promises.open_promise USING btree (organisation_id, due_at, promise_id);

CREATE INDEX policy_transaction_id_idx ON promises.policy USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX promise_by_due ON promises.promise USING btree (organisation_id, due_at);

CREATE INDEX promise_of_customer ON promises.promise USING btree (organisation_id, customer_id, promise_id);

CREATE INDEX promise_of_kind ON promises.promise USING btree (organisation_id, kind, promise_id);

CREATE INDEX promise_of_subject ON promises.promise USING btree (organisation_id, subject_id, kind);

CREATE INDEX promise_transaction_id_idx ON promises.promise USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX renewal_transaction_id_idx ON promises.renewal USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX warning_transaction_id_idx ON promises.warning USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX wording_by_customer ON promises.wording USING btree (organisation_id, customer_id);

CREATE INDEX wording_transaction_id_idx ON promises.wording USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX incident_by_its_end ON subscriptions.incident USING btree (organisation_id, until_at);

CREATE INDEX incident_end_transaction_id_idx ON subscriptions.incident_end USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX incident_estimate_transaction_id_idx ON subscriptions.incident_estimate USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX incident_explanation_transaction_id_idx ON subscriptions.incident_explanation USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX incident_reach_of_customer ON subscriptions.incident_reach USING btree (organisation_id, customer_id);

CREATE INDEX incident_reach_transaction_id_idx ON subscriptions.incident_reach USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX incident_told_transaction_id_idx ON subscriptions.incident_told USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX lapsing_by_day ON subscriptions.lapsing USING btree (organisation_id, from_on, subscription_id);

CREATE INDEX network_state_transaction_id_idx ON subscriptions.network_state USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX paid_period_of_payment ON subscriptions.paid_period USING btree (organisation_id, payment_id);

CREATE INDEX paid_period_transaction_id_idx ON subscriptions.paid_period USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX period_of_invoice ON subscriptions.period USING btree (organisation_id, invoice_id);

CREATE INDEX period_transaction_id_idx ON subscriptions.period USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX plan_change_end_transaction_id_idx ON subscriptions.plan_change_end USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX plan_change_of_subscription ON subscriptions.plan_change USING btree (organisation_id, subscription_id, successor_id);

CREATE INDEX plan_change_transaction_id_idx ON subscriptions.plan_change USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX provisioning_order_transaction_id_idx ON subscriptions.provisioning_order USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX provisioning_step_transaction_id_idx ON subscriptions.provisioning_step USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX renewal_call_of_subscription ON subscriptions.renewal_call USING btree (organisation_id, subscription_id, called_at);

CREATE INDEX renewal_call_transaction_id_idx ON subscriptions.renewal_call USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX subscription_by_tag ON subscriptions.subscription_tag USING btree (organisation_id, tag, subscription_id);

CREATE INDEX subscription_of_customer ON subscriptions.subscription USING btree (organisation_id, customer_id, subscription_id);

CREATE INDEX subscription_step_transaction_id_idx ON subscriptions.subscription_step USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX subscription_steps_in_order ON subscriptions.subscription_step USING btree (organisation_id, epoch, transaction_id, subscription_id);

CREATE INDEX subscription_transaction_id_idx ON subscriptions.subscription USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX attempt_transaction_id_idx ON webhooks.attempt USING brin (transaction_id) WITH (autosummarize='on');

CREATE INDEX delivery_ended ON webhooks.delivery USING btree (organisation_id, ended_at) WHERE (state = ANY (ARRAY['delivered'::text, 'failed'::text]));

CREATE INDEX delivery_failed ON webhooks.delivery USING btree (organisation_id, webhook_id, ended_at) WHERE (state = 'failed'::text);

CREATE INDEX delivery_next ON webhooks.delivery USING btree (organisation_id, webhook_id, due_at) WHERE (state = 'waiting'::text);

CREATE INDEX delivery_waiting_of_subject ON webhooks.delivery USING btree (organisation_id, webhook_id, subject_id, facts_epoch, transaction_id, sequence) WHERE (state = 'waiting'::text);

CREATE INDEX webhook_step_transaction_id_idx ON webhooks.webhook_step USING brin (transaction_id) WITH (autosummarize='on');

ALTER TABLE ONLY authorisations.authorisation
    ADD CONSTRAINT act_answers_presentation FOREIGN KEY (organisation_id, presentation_id, offer_id, revision, offer_hash, contact_id, channel, required_method) REFERENCES authorisations.presentation(organisation_id, presentation_id, offer_id, revision, offer_hash, contact_id, channel, required_method);

ALTER TABLE ONLY authorisations.authorisation
    ADD CONSTRAINT act_by_contact FOREIGN KEY (organisation_id, customer_id, contact_id) REFERENCES customers.contact(organisation_id, customer_id, contact_id);

ALTER TABLE ONLY authorisations.authorisation
    ADD CONSTRAINT act_follows FOREIGN KEY (organisation_id, scope_id, prior_seq, prior_hash, prior_total_minor) REFERENCES authorisations.authorisation(organisation_id, scope_id, seq, entry_hash, revised_total_minor);

ALTER TABLE ONLY authorisations.authorisation
    ADD CONSTRAINT act_in_its_scope FOREIGN KEY (organisation_id, scope_id, customer_id, currency) REFERENCES authorisations.scope(organisation_id, scope_id, customer_id, currency);

ALTER TABLE ONLY authorisations.authorisation
    ADD CONSTRAINT act_of_offer FOREIGN KEY (organisation_id, scope_id, offer_id) REFERENCES authorisations.offer(organisation_id, scope_id, offer_id);

ALTER TABLE ONLY authorisations.authorisation
    ADD CONSTRAINT act_on_sealed_offer FOREIGN KEY (organisation_id, offer_id, revision, offer_hash, cap_minor, valid_until) REFERENCES authorisations.offer_revision(organisation_id, offer_id, revision, offer_hash, cap_minor, valid_until);

ALTER TABLE ONLY authorisations.authorisation
    ADD CONSTRAINT act_under_record_rules FOREIGN KEY (organisation_id, scope_id, record_lag_seconds, requires_written_offer) REFERENCES authorisations.scope(organisation_id, scope_id, record_lag_seconds, requires_written_offer);

ALTER TABLE ONLY authorisations.authorisation
    ADD CONSTRAINT answered_before_the_end FOREIGN KEY (organisation_id, step_of, scope_id, step_kind) REFERENCES authorisations.scope_step(organisation_id, subject, scope_id, kind);

ALTER TABLE ONLY authorisations.capacity
    ADD CONSTRAINT bill_has_its_line FOREIGN KEY (organisation_id, bill_of, scope_id, seq) REFERENCES billing.invoice_line(organisation_id, invoice_id, scope_id, seq);

ALTER TABLE ONLY authorisations.ceiling_warning
    ADD CONSTRAINT ceiling_of_act FOREIGN KEY (organisation_id, authorisation_id, scope_id, authorised_at, valid_until, cap_minor, active) REFERENCES authorisations.authorisation(organisation_id, authorisation_id, scope_id, authorised_at, valid_until, cap_minor, active);

ALTER TABLE ONLY authorisations.one_time_code
    ADD CONSTRAINT code_of_presentation FOREIGN KEY (organisation_id, presentation_id) REFERENCES authorisations.presentation(organisation_id, presentation_id);

ALTER TABLE ONLY authorisations.authorisation
    ADD CONSTRAINT confirmed_by_its_code FOREIGN KEY (organisation_id, code_of) REFERENCES authorisations.code_proof(organisation_id, presentation_id);

ALTER TABLE ONLY authorisations.authorisation
    ADD CONSTRAINT contact_as_reached FOREIGN KEY (organisation_id, customer_id, contact_id, contact_version, contact_since, contact_founding) REFERENCES customers.contact_reach(organisation_id, customer_id, contact_id, version, since, founding);

ALTER TABLE ONLY authorisations.photo_content
    ADD CONSTRAINT content_of_photo FOREIGN KEY (organisation_id, photo_id, photo_hash) REFERENCES authorisations.photo(organisation_id, photo_id, photo_hash);

ALTER TABLE ONLY authorisations.capacity
    ADD CONSTRAINT correct_undoes_a_perform FOREIGN KEY (organisation_id, work_of, undone_kind) REFERENCES authorisations.capacity(organisation_id, work_of, kind);

ALTER TABLE ONLY authorisations.work_record
    ADD CONSTRAINT corrects_record_of_its_item FOREIGN KEY (organisation_id, corrects, item_id, corrected_evidence, corrected_started_at, corrected_ended_at) REFERENCES authorisations.work_record(organisation_id, work_record_id, item_id, evidence, judged_started_at, judged_ended_at);

ALTER TABLE ONLY authorisations.capacity
    ADD CONSTRAINT credit_has_its_line FOREIGN KEY (organisation_id, credit_of, item_id, credited_invoice_id, credited_line, credit_step, credited_ticks, credited_net) REFERENCES billing.credit_line(organisation_id, credit_note_id, item_id, invoice_id, line_number, step, ticks, net_minor);

ALTER TABLE ONLY authorisations.consent_detail
    ADD CONSTRAINT detail_of_act FOREIGN KEY (organisation_id, authorisation_id) REFERENCES authorisations.authorisation(organisation_id, authorisation_id);

ALTER TABLE ONLY authorisations.capacity
    ADD CONSTRAINT follows_in_act FOREIGN KEY (organisation_id, authorisation_id, act_previous, act_previous_seq, act_net_before) REFERENCES authorisations.capacity(organisation_id, authorisation_id, act_seq, seq, act_net_after);

ALTER TABLE ONLY authorisations.capacity
    ADD CONSTRAINT follows_in_item FOREIGN KEY (organisation_id, item_id, item_previous, item_previous_seq, granted_before, performed_before, billed_before, net_before, revoked_before, entitled_item_before, excess_item_before) REFERENCES authorisations.capacity(organisation_id, item_id, item_seq, seq, granted_after, performed_after, billed_after, net_after, revoked_after, entitled_item, excess_item);

ALTER TABLE ONLY authorisations.capacity
    ADD CONSTRAINT follows_in_scope FOREIGN KEY (organisation_id, scope_id, previous, entitled_before, excess_before, opening_excess_before) REFERENCES authorisations.capacity(organisation_id, scope_id, seq, entitled_after, excess_after, opening_excess_after);

ALTER TABLE ONLY authorisations.forecast
    ADD CONSTRAINT forecast_against_head FOREIGN KEY (organisation_id, scope_id, head_seq, head_hash, authorised_minor) REFERENCES authorisations.authorisation(organisation_id, scope_id, seq, entry_hash, revised_total_minor);

ALTER TABLE ONLY authorisations.forecast
    ADD CONSTRAINT forecast_of_scope FOREIGN KEY (organisation_id, scope_id) REFERENCES authorisations.scope(organisation_id, scope_id);

ALTER TABLE ONLY authorisations.capacity
    ADD CONSTRAINT grant_by_its_act FOREIGN KEY (organisation_id, grant_of, item_id) REFERENCES authorisations.authorisation_item(organisation_id, authorisation_id, item_id);

ALTER TABLE ONLY authorisations.capacity_item
    ADD CONSTRAINT item_as_offered FOREIGN KEY (organisation_id, item_id, scope_id, offer_id, revision, period_ticks, denominator, price_numerator, price_denominator, currency, recurring) REFERENCES authorisations.offer_item(organisation_id, item_id, scope_id, offer_id, revision, ticks, denominator, price_numerator, price_denominator, currency, recurring);

ALTER TABLE ONLY authorisations.capacity_item
    ADD CONSTRAINT item_authorised_when FOREIGN KEY (organisation_id, authorisation_id, scope_id, authorised_at, valid_until, cap_minor, active) REFERENCES authorisations.authorisation(organisation_id, authorisation_id, scope_id, authorised_at, valid_until, cap_minor, active);

ALTER TABLE ONLY authorisations.capacity_item
    ADD CONSTRAINT item_expressly_approved FOREIGN KEY (organisation_id, authorisation_id, item_id, verdict, active) REFERENCES authorisations.authorisation_item(organisation_id, authorisation_id, item_id, verdict, active);

ALTER TABLE ONLY authorisations.offer_item
    ADD CONSTRAINT item_from_the_book FOREIGN KEY (organisation_id, catalogue_item_id, catalogue_effective_on) REFERENCES catalogue.item_version(organisation_id, item_id, effective_on);

ALTER TABLE ONLY authorisations.offer_item
    ADD CONSTRAINT item_in_revision FOREIGN KEY (organisation_id, offer_id, revision, scope_id, offer_hash, currency, tax_basis) REFERENCES authorisations.offer_revision(organisation_id, offer_id, revision, scope_id, offer_hash, currency, tax_basis);

ALTER TABLE ONLY authorisations.contact_mail
    ADD CONSTRAINT mail_about_presentation FOREIGN KEY (organisation_id, presentation_id) REFERENCES authorisations.presentation(organisation_id, presentation_id);

ALTER TABLE ONLY authorisations.contact_mail
    ADD CONSTRAINT mail_to_contact FOREIGN KEY (organisation_id, customer_id, contact_id) REFERENCES customers.contact(organisation_id, customer_id, contact_id);

ALTER TABLE ONLY authorisations.scope_step
    ADD CONSTRAINT nothing_follows_an_end FOREIGN KEY (organisation_id, scope_id, previous, previous_open) REFERENCES authorisations.scope_step(organisation_id, scope_id, step, open);

ALTER TABLE ONLY authorisations.overrun_notice
    ADD CONSTRAINT notice_in_scope FOREIGN KEY (organisation_id, scope_id, customer_id, currency) REFERENCES authorisations.scope(organisation_id, scope_id, customer_id, currency);

ALTER TABLE ONLY authorisations.overrun_notice
    ADD CONSTRAINT notice_of_forecast FOREIGN KEY (organisation_id, forecast_id, scope_id, projected_minor, over) REFERENCES authorisations.forecast(organisation_id, forecast_id, scope_id, projected_minor, over);

ALTER TABLE ONLY authorisations.overrun_notice
    ADD CONSTRAINT notice_to_contact FOREIGN KEY (organisation_id, customer_id, contact_id) REFERENCES customers.contact(organisation_id, customer_id, contact_id);

ALTER TABLE ONLY authorisations.offer
    ADD CONSTRAINT offer_in_scope FOREIGN KEY (organisation_id, scope_id, customer_id, currency) REFERENCES authorisations.scope(organisation_id, scope_id, customer_id, currency);

ALTER TABLE ONLY authorisations.offer_photo
    ADD CONSTRAINT offer_shows_photo_as_kept FOREIGN KEY (organisation_id, photo_id, scope_id, photo_hash) REFERENCES authorisations.photo(organisation_id, photo_id, scope_id, photo_hash);

ALTER TABLE ONLY authorisations.offer_revision
    ADD CONSTRAINT offer_states_the_scopes_policy FOREIGN KEY (organisation_id, scope_id, currency, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline) REFERENCES authorisations.scope(organisation_id, scope_id, currency, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline);

ALTER TABLE ONLY authorisations.offer_photo
    ADD CONSTRAINT photo_in_offer_of_its_scope FOREIGN KEY (organisation_id, scope_id, offer_id) REFERENCES authorisations.offer(organisation_id, scope_id, offer_id);

ALTER TABLE ONLY authorisations.offer_photo
    ADD CONSTRAINT photo_in_revision FOREIGN KEY (organisation_id, offer_id, revision) REFERENCES authorisations.offer_revision(organisation_id, offer_id, revision);

ALTER TABLE ONLY authorisations.photo
    ADD CONSTRAINT photo_of_scope FOREIGN KEY (organisation_id, scope_id, customer_id, currency) REFERENCES authorisations.scope(organisation_id, scope_id, customer_id, currency);

ALTER TABLE ONLY authorisations.work_photo
    ADD CONSTRAINT photo_of_work_record FOREIGN KEY (organisation_id, work_record_id) REFERENCES authorisations.work_record(organisation_id, work_record_id);

ALTER TABLE ONLY authorisations.scope
    ADD CONSTRAINT policy_as_published FOREIGN KEY (organisation_id, policy_name, policy_version, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline, record_lag_seconds, requires_written_offer) REFERENCES authorisations.policy(organisation_id, policy_name, policy_version, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline, record_lag_seconds, requires_written_offer);

ALTER TABLE ONLY authorisations.capacity_item
    ADD CONSTRAINT policy_as_sealed FOREIGN KEY (organisation_id, scope_id, currency, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline) REFERENCES authorisations.scope(organisation_id, scope_id, currency, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline);

ALTER TABLE ONLY authorisations.policy
    ADD CONSTRAINT policy_of_organisation FOREIGN KEY (organisation_id) REFERENCES identity.organisation(organisation_id);

ALTER TABLE ONLY authorisations.policy
    ADD CONSTRAINT policy_under_law FOREIGN KEY (law_jurisdiction, law_trade, law_price_form, law_combine, law_pct_numerator, law_pct_denominator, law_abs_minor, law_hard_cap_minor, law_at_limit_refuses, law_consent_deadline) REFERENCES authorisations.law(jurisdiction, trade, price_form, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline);

ALTER TABLE ONLY authorisations.presentation
    ADD CONSTRAINT presentation_audience FOREIGN KEY (organisation_id, customer_id, contact_id) REFERENCES customers.contact(organisation_id, customer_id, contact_id);

ALTER TABLE ONLY authorisations.presentation
    ADD CONSTRAINT presentation_in_scope FOREIGN KEY (organisation_id, scope_id, customer_id, currency) REFERENCES authorisations.scope(organisation_id, scope_id, customer_id, currency);

ALTER TABLE ONLY authorisations.presentation
    ADD CONSTRAINT presentation_of_offer FOREIGN KEY (organisation_id, scope_id, offer_id) REFERENCES authorisations.offer(organisation_id, scope_id, offer_id);

ALTER TABLE ONLY authorisations.presentation
    ADD CONSTRAINT presentation_of_revision FOREIGN KEY (organisation_id, offer_id, revision, offer_hash) REFERENCES authorisations.offer_revision(organisation_id, offer_id, revision, offer_hash);

ALTER TABLE ONLY authorisations.offer_revision
    ADD CONSTRAINT price_forms_of_scope FOREIGN KEY (organisation_id, scope_id, price_forms) REFERENCES authorisations.scope(organisation_id, scope_id, price_forms);

ALTER TABLE ONLY authorisations.code_proof
    ADD CONSTRAINT proves_code_as_sent FOREIGN KEY (organisation_id, presentation_id, number, code_hash, sent_at) REFERENCES authorisations.one_time_code(organisation_id, presentation_id, number, code_hash, sent_at);

ALTER TABLE ONLY authorisations.question
    ADD CONSTRAINT question_about_offer FOREIGN KEY (organisation_id, scope_id, offer_id) REFERENCES authorisations.offer(organisation_id, scope_id, offer_id);

ALTER TABLE ONLY authorisations.question
    ADD CONSTRAINT question_at_presentation FOREIGN KEY (organisation_id, presentation_id) REFERENCES authorisations.presentation(organisation_id, presentation_id);

ALTER TABLE ONLY authorisations.question
    ADD CONSTRAINT question_of_customer FOREIGN KEY (organisation_id, customer_id) REFERENCES customers.customer(organisation_id, customer_id);

ALTER TABLE ONLY authorisations.receipt
    ADD CONSTRAINT receipt_names_checkpoint FOREIGN KEY (organisation_id, checkpoint_number, checkpoint_digest) REFERENCES kit.checkpoint(organisation_id, number, digest);

ALTER TABLE ONLY authorisations.receipt
    ADD CONSTRAINT receipt_of_act FOREIGN KEY (organisation_id, scope_id, authorisation_id) REFERENCES authorisations.authorisation(organisation_id, scope_id, authorisation_id);

ALTER TABLE ONLY authorisations.receipt
    ADD CONSTRAINT receipt_of_entry FOREIGN KEY (organisation_id, scope_id, seq, entry_hash, revised_total_minor) REFERENCES authorisations.authorisation(organisation_id, scope_id, seq, entry_hash, revised_total_minor);

ALTER TABLE ONLY authorisations.offer_item
    ADD CONSTRAINT recurring_only_in_a_subscription FOREIGN KEY (organisation_id, scope_id, supplied_by) REFERENCES authorisations.scope(organisation_id, scope_id, subject_kind);

ALTER TABLE ONLY authorisations.question_reply
    ADD CONSTRAINT reply_to_question FOREIGN KEY (organisation_id, question_id) REFERENCES authorisations.question(organisation_id, question_id);

ALTER TABLE ONLY authorisations.offer_revision
    ADD CONSTRAINT revision_follows FOREIGN KEY (organisation_id, offer_id, prior_revision, prior_hash) REFERENCES authorisations.offer_revision(organisation_id, offer_id, revision, offer_hash);

ALTER TABLE ONLY authorisations.offer_revision
    ADD CONSTRAINT revision_of_offer FOREIGN KEY (organisation_id, scope_id, offer_id) REFERENCES authorisations.offer(organisation_id, scope_id, offer_id);

ALTER TABLE ONLY authorisations.authorisation
    ADD CONSTRAINT revokes_act_of_its_scope FOREIGN KEY (organisation_id, scope_id, revokes) REFERENCES authorisations.authorisation(organisation_id, scope_id, authorisation_id);

ALTER TABLE ONLY authorisations.scope
    ADD CONSTRAINT scope_of_customer FOREIGN KEY (organisation_id, customer_id) REFERENCES customers.customer(organisation_id, customer_id);

ALTER TABLE ONLY authorisations.scope
    ADD CONSTRAINT scope_under_law FOREIGN KEY (law_jurisdiction, law_trade, law_price_form, overrun_notice, withdrawal_days) REFERENCES authorisations.law(jurisdiction, trade, price_form, overrun_notice, withdrawal_days);

ALTER TABLE ONLY authorisations.presentation
    ADD CONSTRAINT shown_before_the_end FOREIGN KEY (organisation_id, presentation_id, scope_id, step_kind) REFERENCES authorisations.scope_step(organisation_id, subject, scope_id, kind);

ALTER TABLE ONLY authorisations.signature
    ADD CONSTRAINT signature_of_its_act FOREIGN KEY (organisation_id, authorisation_id, strokes_hash) REFERENCES authorisations.authorisation(organisation_id, authorisation_id, signature_hash);

ALTER TABLE ONLY authorisations.scope_step
    ADD CONSTRAINT step_of_answer FOREIGN KEY (organisation_id, answered_of) REFERENCES authorisations.authorisation(organisation_id, authorisation_id);

ALTER TABLE ONLY authorisations.scope_step
    ADD CONSTRAINT step_of_scope FOREIGN KEY (organisation_id, scope_id) REFERENCES authorisations.scope(organisation_id, scope_id);

ALTER TABLE ONLY authorisations.scope_step
    ADD CONSTRAINT step_of_showing FOREIGN KEY (organisation_id, shown_of) REFERENCES authorisations.presentation(organisation_id, presentation_id);

ALTER TABLE ONLY authorisations.capacity
    ADD CONSTRAINT terms_as_sealed FOREIGN KEY (organisation_id, scope_id, item_id, authorisation_id, ticks, period_ticks, denominator, price_numerator, price_denominator, currency, recurring, authorised_at, valid_until, cap_minor, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline) REFERENCES authorisations.capacity_item(organisation_id, scope_id, item_id, authorisation_id, ticks, period_ticks, denominator, price_numerator, price_denominator, currency, recurring, authorised_at, valid_until, cap_minor, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline);

ALTER TABLE ONLY authorisations.authorisation_item
    ADD CONSTRAINT verdict_of_act FOREIGN KEY (organisation_id, authorisation_id, scope_id, offer_id, revision, active, verdicts) REFERENCES authorisations.authorisation(organisation_id, authorisation_id, scope_id, offer_id, revision, active, verdicts);

ALTER TABLE ONLY authorisations.authorisation_item
    ADD CONSTRAINT verdict_on_item_shown FOREIGN KEY (organisation_id, item_id, scope_id, offer_id, revision) REFERENCES authorisations.offer_item(organisation_id, item_id, scope_id, offer_id, revision);

ALTER TABLE ONLY authorisations.capacity
    ADD CONSTRAINT withdrawn_by_act FOREIGN KEY (organisation_id, scope_id, withdrawal_by) REFERENCES authorisations.authorisation(organisation_id, scope_id, authorisation_id);

ALTER TABLE ONLY authorisations.withdrawal
    ADD CONSTRAINT withdrawn_by_revocation FOREIGN KEY (organisation_id, revocation_id, scope_id, authorisation_id) REFERENCES authorisations.authorisation(organisation_id, authorisation_id, scope_id, revokes);

ALTER TABLE ONLY authorisations.withdrawal
    ADD CONSTRAINT withdrawn_from_act FOREIGN KEY (organisation_id, authorisation_id, scope_id, authorised_at, express_request) REFERENCES authorisations.authorisation(organisation_id, authorisation_id, scope_id, authorised_at, express_request);

ALTER TABLE ONLY authorisations.withdrawal
    ADD CONSTRAINT withdrawn_under_law FOREIGN KEY (organisation_id, scope_id, withdrawal_days) REFERENCES authorisations.scope(organisation_id, scope_id, withdrawal_days);

ALTER TABLE ONLY authorisations.capacity
    ADD CONSTRAINT work_as_recorded FOREIGN KEY (organisation_id, work_of, scope_id, item_id, work_ticks, started_at, ended_at, supplied, work_billable) REFERENCES authorisations.work_record(organisation_id, work_record_id, scope_id, item_id, ticks, started_at, ended_at, supplied, billable);

ALTER TABLE ONLY authorisations.work_record
    ADD CONSTRAINT work_by_staff FOREIGN KEY (organisation_id, staff_id) REFERENCES identity.staff(organisation_id, staff_id);

ALTER TABLE ONLY authorisations.work_photo
    ADD CONSTRAINT work_cites_photo_as_kept FOREIGN KEY (organisation_id, photo_id, scope_id, photo_hash) REFERENCES authorisations.photo(organisation_id, photo_id, scope_id, photo_hash);

ALTER TABLE ONLY authorisations.work_record
    ADD CONSTRAINT work_on_offered_item FOREIGN KEY (organisation_id, item_id, scope_id, denominator) REFERENCES authorisations.offer_item(organisation_id, item_id, scope_id, denominator);

ALTER TABLE ONLY authorisations.wrong_code
    ADD CONSTRAINT wrong_code_for_presentation FOREIGN KEY (organisation_id, presentation_id) REFERENCES authorisations.presentation(organisation_id, presentation_id);

ALTER TABLE ONLY authorisations.wrong_code
    ADD CONSTRAINT wrong_code_to_contact FOREIGN KEY (organisation_id, customer_id, contact_id) REFERENCES customers.contact(organisation_id, customer_id, contact_id);

ALTER TABLE ONLY billing.cash_acceptance
    ADD CONSTRAINT acceptance_of_hand_in FOREIGN KEY (organisation_id, hand_in_id, staff_id, counted_minor, currency, into_holder) REFERENCES billing.cash_hand_in(organisation_id, hand_in_id, staff_id, counted_minor, currency, into_holder);

ALTER TABLE ONLY billing.cash_acceptance
    ADD CONSTRAINT accepted_as_counted FOREIGN KEY (organisation_id, hand_in_id, accepted_by, count_number, accepted_minor) REFERENCES billing.cash_count(organisation_id, hand_in_id, counted_by, number, counted_minor);

ALTER TABLE ONLY billing.cash_acceptance
    ADD CONSTRAINT accepted_by_staff FOREIGN KEY (organisation_id, accepted_by) REFERENCES identity.staff(organisation_id, staff_id);

ALTER TABLE ONLY billing.account_number
    ADD CONSTRAINT account_number_of_organisation FOREIGN KEY (organisation_id) REFERENCES identity.organisation(organisation_id);

ALTER TABLE ONLY billing.allocation
    ADD CONSTRAINT allocation_follows FOREIGN KEY (organisation_id, invoice_id, previous, open_before, written_off_before) REFERENCES billing.allocation(organisation_id, invoice_id, step, open_after, written_off_after);

ALTER TABLE ONLY billing.allocation
    ADD CONSTRAINT allocation_is_posted FOREIGN KEY (organisation_id, posting_id, ordinal, customer_id, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder) REFERENCES billing.transfer(organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder);

ALTER TABLE ONLY billing.allocation
    ADD CONSTRAINT allocation_of_invoice FOREIGN KEY (organisation_id, invoice_id, customer_id, currency, total_minor) REFERENCES billing.invoice(organisation_id, invoice_id, customer_id, currency, total_minor);

ALTER TABLE ONLY billing.cash_arrival
    ADD CONSTRAINT arrival_difference_is_posted FOREIGN KEY (organisation_id, arrival_id, differs_ordinal, deposit_id, currency, differs_minor, differs_debit_kind, differs_debit_holder, differs_credit_kind, differs_credit_holder) REFERENCES billing.transfer(organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder);

ALTER TABLE ONLY billing.cash_arrival
    ADD CONSTRAINT arrival_follows FOREIGN KEY (organisation_id, deposit_id, previous) REFERENCES billing.cash_arrival(organisation_id, deposit_id, step);

ALTER TABLE ONLY billing.cash_arrival
    ADD CONSTRAINT arrival_is_posted FOREIGN KEY (organisation_id, arrival_id, whole_ordinal, deposit_id, currency, whole_minor, whole_debit_kind, whole_debit_holder, whole_credit_kind, whole_credit_holder) REFERENCES billing.transfer(organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder);

ALTER TABLE ONLY billing.cash_arrival
    ADD CONSTRAINT arrival_of_deposit FOREIGN KEY (organisation_id, deposit_id, amount_minor, currency, banked_by) REFERENCES billing.cash_deposit(organisation_id, deposit_id, amount_minor, currency, banked_by);

ALTER TABLE ONLY billing.cash_arrival
    ADD CONSTRAINT arrival_of_line FOREIGN KEY (organisation_id, line_id) REFERENCES billing.bank_line(organisation_id, line_id);

ALTER TABLE ONLY billing.cash_arrival
    ADD CONSTRAINT arrival_taken_back_as_it_was FOREIGN KEY (organisation_id, deposit_id, takes_back, arrived_minor, line_id, undoes) REFERENCES billing.cash_arrival(organisation_id, deposit_id, step, arrived_minor, line_id, arrival_id);

ALTER TABLE ONLY billing.collection_attempt
    ADD CONSTRAINT attempt_of_claim FOREIGN KEY (organisation_id, claim_id, customer_id, currency) REFERENCES billing.claim(organisation_id, claim_id, customer_id, currency);

ALTER TABLE ONLY billing.posting_attempt
    ADD CONSTRAINT attempt_of_customer FOREIGN KEY (organisation_id, customer_id) REFERENCES customers.customer(organisation_id, customer_id);

ALTER TABLE ONLY billing.collection_attempt
    ADD CONSTRAINT attempt_of_invoice FOREIGN KEY (organisation_id, invoice_id, customer_id, currency) REFERENCES billing.invoice(organisation_id, invoice_id, customer_id, currency);

ALTER TABLE ONLY billing.carried_balance
    ADD CONSTRAINT balance_carries_on FOREIGN KEY (organisation_id, previous, kind, holder, currency, opened_in, opening_minor) REFERENCES billing.carried_balance(organisation_id, number, kind, holder, currency, opened_in, closing_minor);

ALTER TABLE ONLY billing.carried_balance
    ADD CONSTRAINT balance_of_carry FOREIGN KEY (organisation_id, number) REFERENCES billing.carry_forward(organisation_id, number);

ALTER TABLE ONLY billing.bank_account
    ADD CONSTRAINT bank_account_of_organisation FOREIGN KEY (organisation_id) REFERENCES identity.organisation(organisation_id);

ALTER TABLE ONLY billing.bank_line
    ADD CONSTRAINT bank_line_cites_the_time_before FOREIGN KEY (organisation_id, bank_account_id, entry_key, interim, nth_before, before_statement, before_on, before_repeated) REFERENCES billing.bank_line(organisation_id, bank_account_id, entry_key, interim, nth, statement_id, booked_on, repeated);

ALTER TABLE ONLY billing.bank_line
    ADD CONSTRAINT bank_line_confirms_the_same FOREIGN KEY (organisation_id, confirms, bank_account_id, amount_minor, of_interim) REFERENCES billing.bank_line(organisation_id, line_id, bank_account_id, amount_minor, interim);

ALTER TABLE ONLY billing.bank_line
    ADD CONSTRAINT bank_line_of_statement FOREIGN KEY (organisation_id, statement_id, bank_account_id, currency, interim, opening_minor) REFERENCES billing.bank_statement(organisation_id, statement_id, bank_account_id, currency, interim, opening_minor);

ALTER TABLE ONLY billing.bank_line
    ADD CONSTRAINT bank_lines_follow FOREIGN KEY (organisation_id, statement_id, previous, balance_before) REFERENCES billing.bank_line(organisation_id, statement_id, number, balance_after);

ALTER TABLE ONLY billing.bank_statement
    ADD CONSTRAINT bank_statement_follows FOREIGN KEY (organisation_id, bank_account_id, previous, carried_minor) REFERENCES billing.bank_statement(organisation_id, bank_account_id, step, closing_minor);

ALTER TABLE ONLY billing.bank_statement
    ADD CONSTRAINT bank_statement_of_account FOREIGN KEY (organisation_id, bank_account_id, currency) REFERENCES billing.bank_account(organisation_id, bank_account_id, currency);

ALTER TABLE ONLY billing.bank_statement
    ADD CONSTRAINT bank_statement_of_file FOREIGN KEY (organisation_id, file_id) REFERENCES billing.bank_file(organisation_id, file_id);

ALTER TABLE ONLY billing.bank_statement
    ADD CONSTRAINT bank_statement_sums_its_lines FOREIGN KEY (organisation_id, statement_id, last_line, closing_minor) REFERENCES billing.bank_line(organisation_id, statement_id, number, balance_after);

ALTER TABLE ONLY billing.bank_step
    ADD CONSTRAINT bank_step_follows FOREIGN KEY (organisation_id, line_id, previous, open_before) REFERENCES billing.bank_step(organisation_id, line_id, step, open_after);

ALTER TABLE ONLY billing.bank_step
    ADD CONSTRAINT bank_step_is_posted FOREIGN KEY (organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder) REFERENCES billing.transfer(organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder);

ALTER TABLE ONLY billing.bank_step
    ADD CONSTRAINT bank_step_is_sighted FOREIGN KEY (organisation_id, told_id, line_id, step) REFERENCES billing.bank_sighting(organisation_id, told_id, line_id, line_step);

ALTER TABLE ONLY billing.bank_step
    ADD CONSTRAINT bank_step_of_arrival FOREIGN KEY (organisation_id, deposit_id, arrival_step, amount_minor) REFERENCES billing.cash_arrival(organisation_id, deposit_id, step, arrived_minor);

ALTER TABLE ONLY billing.bank_step
    ADD CONSTRAINT bank_step_of_customer FOREIGN KEY (organisation_id, customer_id) REFERENCES customers.customer(organisation_id, customer_id);

ALTER TABLE ONLY billing.bank_step
    ADD CONSTRAINT bank_step_of_line FOREIGN KEY (organisation_id, line_id, size_minor, incoming, currency) REFERENCES billing.bank_line(organisation_id, line_id, size_minor, incoming, currency);

ALTER TABLE ONLY billing.bank_step
    ADD CONSTRAINT bank_step_of_payment FOREIGN KEY (organisation_id, payment_id) REFERENCES billing.payment(organisation_id, payment_id);

ALTER TABLE ONLY billing.bank_step
    ADD CONSTRAINT bank_step_of_payout FOREIGN KEY (organisation_id, payout_id, payout_minor) REFERENCES billing.payout(organisation_id, payout_id, amount_minor);

ALTER TABLE ONLY billing.bank_step
    ADD CONSTRAINT bank_step_of_refund FOREIGN KEY (organisation_id, refund_id) REFERENCES billing.refund(organisation_id, refund_id);

ALTER TABLE ONLY billing.bank_step
    ADD CONSTRAINT bank_step_of_reversal FOREIGN KEY (organisation_id, reversal_id, payment_id) REFERENCES billing.payment_reversal(organisation_id, reversal_id, payment_id);

ALTER TABLE ONLY billing.bank_step
    ADD CONSTRAINT bank_undo_puts_the_same_back FOREIGN KEY (organisation_id, line_id, undoes, amount_minor, own_money, shows, undoes_kind, kept_minor) REFERENCES billing.bank_step(organisation_id, line_id, step, amount_minor, own_money, shows, kind, kept_minor);

ALTER TABLE ONLY billing.bank_waiting_for
    ADD CONSTRAINT bank_waiting_for_customer FOREIGN KEY (organisation_id, customer_id) REFERENCES customers.customer(organisation_id, customer_id);

ALTER TABLE ONLY billing.bank_waiting_for
    ADD CONSTRAINT bank_waiting_for_line FOREIGN KEY (organisation_id, line_id) REFERENCES billing.bank_waiting(organisation_id, line_id) ON DELETE CASCADE;

ALTER TABLE ONLY billing.bank_waiting
    ADD CONSTRAINT bank_waiting_of_line FOREIGN KEY (organisation_id, line_id, statement_id, booked_on) REFERENCES billing.bank_line(organisation_id, line_id, statement_id, booked_on);

ALTER TABLE ONLY billing.cash_deposit
    ADD CONSTRAINT banked_by_staff FOREIGN KEY (organisation_id, banked_by) REFERENCES identity.staff(organisation_id, staff_id);

ALTER TABLE ONLY billing.cash_banked
    ADD CONSTRAINT banked_follows FOREIGN KEY (organisation_id, hand_in_id, previous, banked_before) REFERENCES billing.cash_banked(organisation_id, hand_in_id, step, banked_after);

ALTER TABLE ONLY billing.cash_banked
    ADD CONSTRAINT banked_is_posted FOREIGN KEY (organisation_id, deposit_id, "position", deposit_id, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder) REFERENCES billing.transfer(organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder);

ALTER TABLE ONLY billing.cash_banked
    ADD CONSTRAINT banked_of_acceptance FOREIGN KEY (organisation_id, hand_in_id, accepted_minor, currency, into_holder) REFERENCES billing.cash_acceptance(organisation_id, hand_in_id, accepted_minor, currency, into_holder);

ALTER TABLE ONLY billing.cash_banked
    ADD CONSTRAINT banked_total_follows FOREIGN KEY (organisation_id, deposit_id, position_before, total_before, currency) REFERENCES billing.cash_banked(organisation_id, deposit_id, "position", total_after, currency);

ALTER TABLE ONLY billing.billed_work
    ADD CONSTRAINT billed_work_exists FOREIGN KEY (organisation_id, work_record_id, item_id) REFERENCES authorisations.work_record(organisation_id, work_record_id, item_id);

ALTER TABLE ONLY billing.cheque_step
    ADD CONSTRAINT bounce_of_reversal FOREIGN KEY (organisation_id, reversal_id, payment_id) REFERENCES billing.payment_reversal(organisation_id, reversal_id, payment_id);

ALTER TABLE ONLY billing.card_fee
    ADD CONSTRAINT card_fee_of_payment FOREIGN KEY (organisation_id, payment_id) REFERENCES billing.payment(organisation_id, payment_id);

ALTER TABLE ONLY billing.carry_forward
    ADD CONSTRAINT carries_on FOREIGN KEY (organisation_id, previous, from_at) REFERENCES billing.carry_forward(organisation_id, number, until_at);

ALTER TABLE ONLY billing.carry_forward
    ADD CONSTRAINT carry_of_organisation FOREIGN KEY (organisation_id) REFERENCES identity.organisation(organisation_id);

ALTER TABLE ONLY billing.cash_limit
    ADD CONSTRAINT cash_limit_follows FOREIGN KEY (organisation_id, holder, currency, previous) REFERENCES billing.cash_limit(organisation_id, holder, currency, version);

ALTER TABLE ONLY billing.cash_limit
    ADD CONSTRAINT cash_limit_of_staff FOREIGN KEY (organisation_id, staff_id) REFERENCES identity.staff(organisation_id, staff_id);

ALTER TABLE ONLY billing.charge_notice
    ADD CONSTRAINT charge_notice_of_invoice FOREIGN KEY (organisation_id, invoice_id, customer_id, currency) REFERENCES billing.invoice(organisation_id, invoice_id, customer_id, currency);

ALTER TABLE ONLY billing.charge_notice
    ADD CONSTRAINT charge_notice_under_consent FOREIGN KEY (organisation_id, consent_id, customer_id, notice_days) REFERENCES billing.charge_consent(organisation_id, consent_id, customer_id, notice_days);

ALTER TABLE ONLY billing.charge
    ADD CONSTRAINT charge_of_attempt FOREIGN KEY (organisation_id, attempt_id, invoice_id, amount_minor) REFERENCES billing.collection_attempt(organisation_id, attempt_id, invoice_id, amount_minor);

ALTER TABLE ONLY billing.charge_policy
    ADD CONSTRAINT charge_policies_follow FOREIGN KEY (organisation_id, previous) REFERENCES billing.charge_policy(organisation_id, version);

ALTER TABLE ONLY billing.charge_policy
    ADD CONSTRAINT charge_policy_of_organisation FOREIGN KEY (organisation_id) REFERENCES identity.organisation(organisation_id);

ALTER TABLE ONLY billing.charge_notice
    ADD CONSTRAINT charge_turns_follow FOREIGN KEY (organisation_id, invoice_id, consent_id, turn_before) REFERENCES billing.charge_notice(organisation_id, invoice_id, consent_id, turn);

ALTER TABLE ONLY billing.charge
    ADD CONSTRAINT charge_was_told FOREIGN KEY (organisation_id, invoice_id, consent_id, turn, charge_on, noticed_minor, zone) REFERENCES billing.charge_notice(organisation_id, invoice_id, consent_id, turn, charge_on, amount_minor, zone);

ALTER TABLE ONLY billing.charge
    ADD CONSTRAINT charged_by_the_method_agreed FOREIGN KEY (organisation_id, method_id, customer_id, consent_id) REFERENCES billing.saved_method(organisation_id, method_id, customer_id, consent_id);

ALTER TABLE ONLY billing.cheque
    ADD CONSTRAINT cheque_again_once_taken_back FOREIGN KEY (organisation_id, instead_of, again_after) REFERENCES billing.payment_reversal(organisation_id, payment_id, cause);

ALTER TABLE ONLY billing.cheque
    ADD CONSTRAINT cheque_beside_another FOREIGN KEY (organisation_id, bank_key, number_key, beside) REFERENCES billing.cheque(organisation_id, bank_key, number_key, payment_id);

ALTER TABLE ONLY billing.cheque
    ADD CONSTRAINT cheque_of_payment FOREIGN KEY (organisation_id, payment_id, customer_id, currency, amount_minor, source_kind, source_holder) REFERENCES billing.payment(organisation_id, payment_id, customer_id, currency, amount_minor, source_kind, source_holder);

ALTER TABLE ONLY billing.cheque_on_its_way
    ADD CONSTRAINT cheque_on_its_way_is_one FOREIGN KEY (organisation_id, payment_id) REFERENCES billing.cheque(organisation_id, payment_id);

ALTER TABLE ONLY billing.payment
    ADD CONSTRAINT cheque_payment_has_its_cheque FOREIGN KEY (organisation_id, cheque_id) REFERENCES billing.cheque(organisation_id, payment_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY billing.cheque
    ADD CONSTRAINT cheque_stands_for_the_same FOREIGN KEY (organisation_id, customer_id, bank_key, number_key, nth_before, instead_of) REFERENCES billing.cheque(organisation_id, customer_id, bank_key, number_key, nth, payment_id);

ALTER TABLE ONLY billing.cheque_step
    ADD CONSTRAINT cheque_step_follows FOREIGN KEY (organisation_id, payment_id, previous, before) REFERENCES billing.cheque_step(organisation_id, payment_id, step, state);

ALTER TABLE ONLY billing.cheque_step
    ADD CONSTRAINT cheque_step_of_cheque FOREIGN KEY (organisation_id, payment_id, customer_id, currency, amount_minor) REFERENCES billing.cheque(organisation_id, payment_id, customer_id, currency, amount_minor);

ALTER TABLE ONLY billing.payment_reversal
    ADD CONSTRAINT cheque_taken_back_in_its_turn FOREIGN KEY (organisation_id, cheque_id, reversal_id, cheque_state) REFERENCES billing.cheque_step(organisation_id, payment_id, reversal_id, state);

ALTER TABLE ONLY billing.claim_reminder
    ADD CONSTRAINT claim_dunned_as_the_policy_says FOREIGN KEY (organisation_id, policy_ref, policy_days, kind) REFERENCES billing.dunning_policy_step(organisation_id, version, days_after, kind);

ALTER TABLE ONLY billing.claim_reminder
    ADD CONSTRAINT claim_dunned_by_a_policy FOREIGN KEY (organisation_id, policy_ref) REFERENCES billing.dunning_policy(organisation_id, version);

ALTER TABLE ONLY billing.claim_reminder
    ADD CONSTRAINT claim_dunned_while_open FOREIGN KEY (organisation_id, claim_id, open_ref, open_minor) REFERENCES billing.claim_step(organisation_id, claim_id, step, open_after);

ALTER TABLE ONLY billing.claim
    ADD CONSTRAINT claim_is_posted FOREIGN KEY (organisation_id, claim_id, ordinal, customer_id, currency, amount_minor, debit_kind, holder, credit_kind, holder) REFERENCES billing.transfer(organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder);

ALTER TABLE ONLY billing.claim
    ADD CONSTRAINT claim_of_dispute FOREIGN KEY (organisation_id, dispute_id, payment_id) REFERENCES billing.dispute(organisation_id, dispute_id, payment_id);

ALTER TABLE ONLY billing.claim
    ADD CONSTRAINT claim_of_payment FOREIGN KEY (organisation_id, payment_id) REFERENCES billing.payment(organisation_id, payment_id);

ALTER TABLE ONLY billing.claim
    ADD CONSTRAINT claim_of_reversal FOREIGN KEY (organisation_id, reversal_ref, payment_id) REFERENCES billing.payment_reversal(organisation_id, reversal_id, payment_id);

ALTER TABLE ONLY billing.claim
    ADD CONSTRAINT claim_of_withdrawal FOREIGN KEY (organisation_id, dispute_id, claim_id) REFERENCES billing.dispute_withdrawal(organisation_id, dispute_id, posting_id);

ALTER TABLE ONLY billing.claim_reminder
    ADD CONSTRAINT claim_reminders_follow FOREIGN KEY (organisation_id, claim_id, previous, days_before, base_on, previous_on) REFERENCES billing.claim_reminder(organisation_id, claim_id, ordinal, days_after, base_on, taken_on);

ALTER TABLE ONLY billing.claim_step
    ADD CONSTRAINT claim_step_follows FOREIGN KEY (organisation_id, claim_id, previous, open_before) REFERENCES billing.claim_step(organisation_id, claim_id, step, open_after);

ALTER TABLE ONLY billing.claim_step
    ADD CONSTRAINT claim_step_is_posted FOREIGN KEY (organisation_id, posting_id, ordinal, customer_id, currency, amount_minor, debit_kind, holder, credit_kind, holder) REFERENCES billing.transfer(organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder);

ALTER TABLE ONLY billing.cheque_step
    ADD CONSTRAINT clearing_is_posted FOREIGN KEY (organisation_id, posting_id, ordinal, customer_id, currency, amount_minor, debit_kind, nobody, credit_kind, nobody) REFERENCES billing.transfer(organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder);

ALTER TABLE ONLY billing.cheque_step
    ADD CONSTRAINT clearing_of_line FOREIGN KEY (organisation_id, line_id) REFERENCES billing.bank_line(organisation_id, line_id);

ALTER TABLE ONLY billing.charge_consent
    ADD CONSTRAINT consent_of_customer FOREIGN KEY (organisation_id, customer_id) REFERENCES customers.customer(organisation_id, customer_id);

ALTER TABLE ONLY billing.cash_count
    ADD CONSTRAINT count_follows FOREIGN KEY (organisation_id, hand_in_id, counted_by, previous) REFERENCES billing.cash_count(organisation_id, hand_in_id, counted_by, number);

ALTER TABLE ONLY billing.cash_count
    ADD CONSTRAINT count_of_hand_in FOREIGN KEY (organisation_id, hand_in_id) REFERENCES billing.cash_hand_in(organisation_id, hand_in_id);

ALTER TABLE ONLY billing.cash_count
    ADD CONSTRAINT counted_by_staff FOREIGN KEY (organisation_id, counted_by) REFERENCES identity.staff(organisation_id, staff_id);

ALTER TABLE ONLY billing.credit_line
    ADD CONSTRAINT credit_follows FOREIGN KEY (organisation_id, invoice_id, line_number, previous, ticks_before, net_before) REFERENCES billing.credit_line(organisation_id, invoice_id, line_number, step, ticks_after, net_after);

ALTER TABLE ONLY billing.credit_note
    ADD CONSTRAINT credit_note_tells_the_company_as_then FOREIGN KEY (organisation_id, organisation_version) REFERENCES identity.organisation_step(organisation_id, version);

ALTER TABLE ONLY billing.credit_note
    ADD CONSTRAINT credit_note_tells_the_customer_as_then FOREIGN KEY (organisation_id, customer_id, customer_version) REFERENCES customers.customer_step(organisation_id, customer_id, version);

ALTER TABLE ONLY billing.credit_note
    ADD CONSTRAINT credit_number_without_gap FOREIGN KEY (organisation_id, series, previous_number) REFERENCES billing.credit_note(organisation_id, series, number);

ALTER TABLE ONLY billing.credit_note
    ADD CONSTRAINT credit_of_invoice FOREIGN KEY (organisation_id, invoice_id, customer_id, currency) REFERENCES billing.invoice(organisation_id, invoice_id, customer_id, currency);

ALTER TABLE ONLY billing.credit_line
    ADD CONSTRAINT credit_of_line FOREIGN KEY (organisation_id, invoice_id, line_number, item_id, line_ticks, line_net) REFERENCES billing.invoice_line(organisation_id, invoice_id, line_number, item_id, ticks, net_minor);

ALTER TABLE ONLY billing.credit_line
    ADD CONSTRAINT credit_on_note FOREIGN KEY (organisation_id, credit_note_id, invoice_id) REFERENCES billing.credit_note(organisation_id, credit_note_id, invoice_id);

ALTER TABLE ONLY billing.cash_custody
    ADD CONSTRAINT custody_follows FOREIGN KEY (organisation_id, staff_id, currency, previous, held_before) REFERENCES billing.cash_custody(organisation_id, staff_id, currency, step, held_after);

ALTER TABLE ONLY billing.cash_custody
    ADD CONSTRAINT custody_of_entry FOREIGN KEY (organisation_id, account_kind, holder, currency, strand, version) REFERENCES billing.account_entry(organisation_id, account_kind, account_holder, currency, strand, version);

ALTER TABLE ONLY billing.debtor_cursor
    ADD CONSTRAINT debtor_cursor_of_organisation FOREIGN KEY (organisation_id) REFERENCES identity.organisation(organisation_id);

ALTER TABLE ONLY billing.debtor
    ADD CONSTRAINT debtor_is_a_customer FOREIGN KEY (organisation_id, customer_id) REFERENCES customers.customer(organisation_id, customer_id);

ALTER TABLE ONLY billing.decision
    ADD CONSTRAINT decision_of_attempt FOREIGN KEY (organisation_id, attempt_id, attempt_verdict) REFERENCES billing.posting_attempt(organisation_id, attempt_id, verdict);

ALTER TABLE ONLY billing.write_off_decision
    ADD CONSTRAINT decision_of_write_off FOREIGN KEY (organisation_id, write_off_id, invoice_id, customer_id, currency, amount_minor, proposed_by) REFERENCES billing.write_off(organisation_id, write_off_id, invoice_id, customer_id, currency, amount_minor, proposed_by);

ALTER TABLE ONLY billing.cash_deposit
    ADD CONSTRAINT deposit_sums_its_positions FOREIGN KEY (organisation_id, deposit_id, positions, amount_minor, currency) REFERENCES billing.cash_banked(organisation_id, deposit_id, "position", total_after, currency);

ALTER TABLE ONLY billing.dispute_step
    ADD CONSTRAINT dispute_follows FOREIGN KEY (organisation_id, dispute_id, previous, status_before) REFERENCES billing.dispute_step(organisation_id, dispute_id, step, status);

ALTER TABLE ONLY billing.dispute
    ADD CONSTRAINT dispute_of_payment FOREIGN KEY (organisation_id, payment_id) REFERENCES billing.payment(organisation_id, payment_id);

ALTER TABLE ONLY billing.dunning_step
    ADD CONSTRAINT dunned_as_the_policy_says FOREIGN KEY (organisation_id, policy_ref, policy_days, kind) REFERENCES billing.dunning_policy_step(organisation_id, version, days_after, kind);

ALTER TABLE ONLY billing.dunning_step
    ADD CONSTRAINT dunned_by_a_policy FOREIGN KEY (organisation_id, policy_ref) REFERENCES billing.dunning_policy(organisation_id, version);

ALTER TABLE ONLY billing.dunning_step
    ADD CONSTRAINT dunned_while_open FOREIGN KEY (organisation_id, invoice_id, open_ref, open_minor, written_off) REFERENCES billing.allocation(organisation_id, invoice_id, step, open_after, written_off_after);

ALTER TABLE ONLY billing.dunning_step
    ADD CONSTRAINT dunning_episode_was_opened FOREIGN KEY (organisation_id, invoice_id, episode_ref) REFERENCES billing.allocation(organisation_id, invoice_id, step);

ALTER TABLE ONLY billing.dunning_step
    ADD CONSTRAINT dunning_job FOREIGN KEY (organisation_id, job_id) REFERENCES dispatch.job(organisation_id, job_id);

ALTER TABLE ONLY billing.dunning_policy
    ADD CONSTRAINT dunning_policies_follow FOREIGN KEY (organisation_id, previous) REFERENCES billing.dunning_policy(organisation_id, version);

ALTER TABLE ONLY billing.dunning_policy
    ADD CONSTRAINT dunning_policy_of_organisation FOREIGN KEY (organisation_id) REFERENCES identity.organisation(organisation_id);

ALTER TABLE ONLY billing.dunning_policy_step
    ADD CONSTRAINT dunning_positions_follow FOREIGN KEY (organisation_id, version, previous, days_before, reminded_before) REFERENCES billing.dunning_policy_step(organisation_id, version, "position", days_after, reminded);

ALTER TABLE ONLY billing.dunning_step
    ADD CONSTRAINT dunning_step_of_invoice FOREIGN KEY (organisation_id, invoice_id, customer_id, currency) REFERENCES billing.invoice(organisation_id, invoice_id, customer_id, currency);

ALTER TABLE ONLY billing.dunning_policy_step
    ADD CONSTRAINT dunning_step_of_policy FOREIGN KEY (organisation_id, version, step_count) REFERENCES billing.dunning_policy(organisation_id, version, step_count);

ALTER TABLE ONLY billing.dunning_step
    ADD CONSTRAINT dunning_steps_follow FOREIGN KEY (organisation_id, invoice_id, episode, previous, days_before, base_on, previous_on) REFERENCES billing.dunning_step(organisation_id, invoice_id, episode, ordinal, days_after, base_on, taken_on);

ALTER TABLE ONLY billing.account_entry
    ADD CONSTRAINT entry_follows FOREIGN KEY (organisation_id, account_kind, account_holder, currency, strand, previous, balance_before) REFERENCES billing.account_entry(organisation_id, account_kind, account_holder, currency, strand, version, balance_after);

ALTER TABLE ONLY billing.account_entry
    ADD CONSTRAINT entry_of_account FOREIGN KEY (organisation_id, opened_kind, account_holder, currency) REFERENCES billing.account(organisation_id, kind, holder, currency);

ALTER TABLE ONLY billing.account_entry
    ADD CONSTRAINT entry_of_transfer FOREIGN KEY (organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder) REFERENCES billing.transfer(organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder);

ALTER TABLE ONLY billing.refused_cash_settlement
    ADD CONSTRAINT entry_settled_by_payment FOREIGN KEY (organisation_id, payment_id) REFERENCES billing.payment(organisation_id, payment_id);

ALTER TABLE ONLY billing.account_entry
    ADD CONSTRAINT entry_steps_custody FOREIGN KEY (organisation_id, custody_of, currency, strand, version, side, amount_minor) REFERENCES billing.cash_custody(organisation_id, holder, currency, strand, version, side, amount_minor);

ALTER TABLE ONLY billing.event_cursor
    ADD CONSTRAINT event_cursor_of_organisation FOREIGN KEY (organisation_id) REFERENCES identity.organisation(organisation_id);

ALTER TABLE ONLY billing.saved_method_face
    ADD CONSTRAINT face_of_saved_method FOREIGN KEY (organisation_id, method_id, step) REFERENCES billing.saved_method_step(organisation_id, method_id, step);

ALTER TABLE ONLY billing.charge_failure
    ADD CONSTRAINT failed_charge FOREIGN KEY (organisation_id, attempt_id, invoice_id, consent_id, turn, ordinal) REFERENCES billing.charge(organisation_id, attempt_id, invoice_id, consent_id, turn, ordinal);

ALTER TABLE ONLY billing.payout_fee
    ADD CONSTRAINT fee_of_payout FOREIGN KEY (organisation_id, payout_id) REFERENCES billing.payout(organisation_id, payout_id);

ALTER TABLE ONLY billing.billed_work
    ADD CONSTRAINT freed_line_credited FOREIGN KEY (organisation_id, freed_invoice_id, freed_line, freed_step, freed_ticks, freed_net) REFERENCES billing.credit_line(organisation_id, invoice_id, line_number, step, ticks_after, net_after);

ALTER TABLE ONLY billing.billed_work
    ADD CONSTRAINT freed_line_had_these_amounts FOREIGN KEY (organisation_id, freed_invoice_id, freed_line, item_id, freed_ticks, freed_net) REFERENCES billing.invoice_line(organisation_id, invoice_id, line_number, item_id, ticks, net_minor);

ALTER TABLE ONLY billing.billed_work
    ADD CONSTRAINT frees_the_use_before FOREIGN KEY (organisation_id, work_record_id, previous_use, freed_invoice_id, freed_line) REFERENCES billing.billed_work(organisation_id, work_record_id, use, invoice_id, line_number);

ALTER TABLE ONLY billing.cash_hand_in
    ADD CONSTRAINT hand_in_by_staff FOREIGN KEY (organisation_id, staff_id) REFERENCES identity.staff(organisation_id, staff_id);

ALTER TABLE ONLY billing.cash_hand_in
    ADD CONSTRAINT hand_in_for_staff FOREIGN KEY (organisation_id, to_staff_id) REFERENCES identity.staff(organisation_id, staff_id);

ALTER TABLE ONLY billing.cash_hand_in
    ADD CONSTRAINT hand_in_is_posted FOREIGN KEY (organisation_id, hand_in_id, ordinal, hand_in_id, currency, counted_minor, debit_kind, debit_holder, credit_kind, credit_holder) REFERENCES billing.transfer(organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder);

ALTER TABLE ONLY billing.dunning_hold
    ADD CONSTRAINT hold_of_customer FOREIGN KEY (organisation_id, customer_id) REFERENCES customers.customer(organisation_id, customer_id);

ALTER TABLE ONLY billing.dunning_hold
    ADD CONSTRAINT hold_on_an_invoice_of_its_customer FOREIGN KEY (organisation_id, invoice_id, customer_id, currency) REFERENCES billing.invoice(organisation_id, invoice_id, customer_id, currency);

ALTER TABLE ONLY billing.invoice_scope
    ADD CONSTRAINT invoice_closed_by_judged_row FOREIGN KEY (organisation_id, invoice_id, scope_id, closing_seq) REFERENCES billing.invoice_line(organisation_id, invoice_id, scope_id, seq);

ALTER TABLE ONLY billing.invoice
    ADD CONSTRAINT invoice_passed_its_attempt FOREIGN KEY (organisation_id, attempt_id, invoice_id, customer_id, verdict, line_count, input_hash) REFERENCES billing.posting_attempt(organisation_id, attempt_id, invoice_id, customer_id, verdict, line_count, input_hash);

ALTER TABLE ONLY billing.invoice
    ADD CONSTRAINT invoice_sums_its_lines FOREIGN KEY (organisation_id, invoice_id, line_count, lines_minor, line_count, attempt_id, currency, tax_basis) REFERENCES billing.invoice_line(organisation_id, invoice_id, line_number, sum_after, line_count, attempt_id, currency, tax_basis);

ALTER TABLE ONLY billing.invoice
    ADD CONSTRAINT invoice_sums_its_taxes FOREIGN KEY (organisation_id, invoice_id, tax_count, lines_minor, tax_minor) REFERENCES billing.invoice_tax(organisation_id, invoice_id, "position", lines_after, tax_after);

ALTER TABLE ONLY billing.invoice
    ADD CONSTRAINT invoice_tells_the_company_as_then FOREIGN KEY (organisation_id, organisation_version) REFERENCES identity.organisation_step(organisation_id, version);

ALTER TABLE ONLY billing.invoice
    ADD CONSTRAINT invoice_tells_the_customer_as_then FOREIGN KEY (organisation_id, customer_id, customer_version) REFERENCES customers.customer_step(organisation_id, customer_id, version);

ALTER TABLE ONLY billing.itemised_bill
    ADD CONSTRAINT itemised_bill_was_asked_for FOREIGN KEY (organisation_id, request_id) REFERENCES billing.itemised_request(organisation_id, request_id);

ALTER TABLE ONLY billing.itemised_request
    ADD CONSTRAINT itemised_of_invoice FOREIGN KEY (organisation_id, invoice_id, customer_id, currency) REFERENCES billing.invoice(organisation_id, invoice_id, customer_id, currency);

ALTER TABLE ONLY billing.itemised_request
    ADD CONSTRAINT itemised_under_law FOREIGN KEY (law_jurisdiction, law_trade, law_price_form, request_days, reply_days) REFERENCES authorisations.law(jurisdiction, trade, price_form, itemised_request_days, itemised_reply_days);

ALTER TABLE ONLY billing.bank_step
    ADD CONSTRAINT kept_is_posted FOREIGN KEY (organisation_id, posting_id, kept_ordinal, strand, currency, kept_minor, kept_debit_kind, kept_debit_holder, kept_credit_kind, kept_credit_holder) REFERENCES billing.transfer(organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder);

ALTER TABLE ONLY billing.invoice_line
    ADD CONSTRAINT line_backed FOREIGN KEY (organisation_id, invoice_id, scope_id, seq, kind, closes, item_id, billed_before, billed_after, net_before, net_after) REFERENCES authorisations.capacity(organisation_id, subject, scope_id, seq, kind, closes, item_id, billed_before, billed_after, net_before, net_after);

ALTER TABLE ONLY billing.invoice_line
    ADD CONSTRAINT line_in_closed_scope FOREIGN KEY (organisation_id, invoice_id, scope_id, closing_seq, currency) REFERENCES billing.invoice_scope(organisation_id, invoice_id, scope_id, closing_seq, currency);

ALTER TABLE ONLY billing.payout_line
    ADD CONSTRAINT line_of_payout FOREIGN KEY (organisation_id, payout_id) REFERENCES billing.payout(organisation_id, payout_id);

ALTER TABLE ONLY billing.payment_reversal
    ADD CONSTRAINT line_taken_back_by_a_line FOREIGN KEY (organisation_id, by_line, ordinal) REFERENCES billing.bank_step(organisation_id, posting_id, ordinal) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY billing.invoice_line
    ADD CONSTRAINT line_taxed_as_offered FOREIGN KEY (organisation_id, item_id, tax_basis, tax_category, tax_numerator, tax_denominator) REFERENCES authorisations.offer_item(organisation_id, item_id, tax_basis, tax_category, tax_numerator, tax_denominator);

ALTER TABLE ONLY billing.invoice_line
    ADD CONSTRAINT lines_follow FOREIGN KEY (organisation_id, invoice_id, previous_line, sum_before, line_count, attempt_id, currency, tax_basis) REFERENCES billing.invoice_line(organisation_id, invoice_id, line_number, sum_after, line_count, attempt_id, currency, tax_basis);

ALTER TABLE ONLY billing.invoice_line
    ADD CONSTRAINT lines_of_invoice FOREIGN KEY (organisation_id, begins_invoice, line_count, attempt_id, currency, tax_basis) REFERENCES billing.invoice(organisation_id, invoice_id, line_count, attempt_id, currency, tax_basis);

ALTER TABLE ONLY billing.cash_custody
    ADD CONSTRAINT nobody_holds_less_than_nothing FOREIGN KEY (organisation_id, staff_id, currency, must_follow) REFERENCES billing.cash_custody(organisation_id, staff_id, currency, step) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY billing.receipt_number_use
    ADD CONSTRAINT number_given_by_its_owner FOREIGN KEY (organisation_id, payment_id, customer_id, currency, amount_minor, source_kind, source_holder) REFERENCES billing.payment(organisation_id, payment_id, customer_id, currency, amount_minor, source_kind, source_holder);

ALTER TABLE ONLY billing.receipt_number_use
    ADD CONSTRAINT number_of_block FOREIGN KEY (organisation_id, block, staff_id, size) REFERENCES billing.receipt_block(organisation_id, block, staff_id, size);

ALTER TABLE ONLY billing.receipt_number_use
    ADD CONSTRAINT number_stands_on_its_receipt FOREIGN KEY (organisation_id, given_number) REFERENCES billing.receipt(organisation_id, receipt_number);

ALTER TABLE ONLY billing.invoice
    ADD CONSTRAINT number_without_gap FOREIGN KEY (organisation_id, series, previous_number) REFERENCES billing.invoice(organisation_id, series, number);

ALTER TABLE ONLY billing.cheque
    ADD CONSTRAINT only_a_mistyped_cheque_changes_its_amount FOREIGN KEY (organisation_id, instead_of, customer_id, currency, same_amount) REFERENCES billing.cheque(organisation_id, payment_id, customer_id, currency, amount_minor);

ALTER TABLE ONLY billing.outage_order
    ADD CONSTRAINT order_of_incident FOREIGN KEY (organisation_id, incident_id) REFERENCES subscriptions.incident(organisation_id, incident_id);

ALTER TABLE ONLY billing.outage_credit
    ADD CONSTRAINT outage_credit_by_outage FOREIGN KEY (organisation_id, outage_id, subscription_id) REFERENCES billing.outage(organisation_id, outage_id, subscription_id);

ALTER TABLE ONLY billing.outage_credit
    ADD CONSTRAINT outage_credit_is_given FOREIGN KEY (organisation_id, credit_note_id, invoice_id, line_number, credited_minor) REFERENCES billing.credit_line(organisation_id, credit_note_id, invoice_id, line_number, net_minor);

ALTER TABLE ONLY billing.outage_credit
    ADD CONSTRAINT outage_credit_of_period FOREIGN KEY (organisation_id, subscription_id, number) REFERENCES subscriptions.period(organisation_id, subscription_id, number);

ALTER TABLE ONLY billing.outage_credit
    ADD CONSTRAINT outage_credit_under_policy FOREIGN KEY (organisation_id, policy_ref) REFERENCES billing.outage_policy(organisation_id, version);

ALTER TABLE ONLY billing.outage_credit
    ADD CONSTRAINT outage_credits_follow FOREIGN KEY (organisation_id, subscription_id, number, previous, given_before) REFERENCES billing.outage_credit(organisation_id, subscription_id, number, step, given_after);

ALTER TABLE ONLY billing.outage
    ADD CONSTRAINT outage_of_incident FOREIGN KEY (organisation_id, incident_id) REFERENCES subscriptions.incident(organisation_id, incident_id);

ALTER TABLE ONLY billing.outage
    ADD CONSTRAINT outage_of_subscription FOREIGN KEY (organisation_id, subscription_id, customer_id) REFERENCES subscriptions.subscription(organisation_id, subscription_id, customer_id);

ALTER TABLE ONLY billing.outage_policy
    ADD CONSTRAINT outage_policies_follow FOREIGN KEY (organisation_id, previous) REFERENCES billing.outage_policy(organisation_id, version);

ALTER TABLE ONLY billing.outage_policy
    ADD CONSTRAINT outage_policy_of_organisation FOREIGN KEY (organisation_id) REFERENCES identity.organisation(organisation_id);

ALTER TABLE ONLY billing.outage_tier
    ADD CONSTRAINT outage_tier_of_policy FOREIGN KEY (organisation_id, version, tier_count) REFERENCES billing.outage_policy(organisation_id, version, tier_count);

ALTER TABLE ONLY billing.outage_tier
    ADD CONSTRAINT outage_tiers_follow FOREIGN KEY (organisation_id, version, previous, from_before) REFERENCES billing.outage_tier(organisation_id, version, "position", from_unit);

ALTER TABLE ONLY billing.outage
    ADD CONSTRAINT outage_under_policy FOREIGN KEY (organisation_id, policy_ref) REFERENCES billing.outage_policy(organisation_id, version);

ALTER TABLE ONLY billing.refund_outcome
    ADD CONSTRAINT outcome_of_refund FOREIGN KEY (organisation_id, refund_id, customer_id, currency, amount_minor) REFERENCES billing.refund(organisation_id, refund_id, customer_id, currency, amount_minor);

ALTER TABLE ONLY billing.parked_money
    ADD CONSTRAINT parking_is_posted FOREIGN KEY (organisation_id, parked_id, ordinal, parked_id, currency, amount_minor, debit_kind, nobody, credit_kind, nobody) REFERENCES billing.transfer(organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder);

ALTER TABLE ONLY billing.payment
    ADD CONSTRAINT payment_corrects_another FOREIGN KEY (organisation_id, corrects) REFERENCES billing.payment(organisation_id, payment_id);

ALTER TABLE ONLY billing.payment
    ADD CONSTRAINT payment_is_posted FOREIGN KEY (organisation_id, payment_id, first_ordinal, customer_id, currency, amount_minor, source_kind, source_holder, credit_kind, credit_holder) REFERENCES billing.transfer(organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder);

ALTER TABLE ONLY billing.payment
    ADD CONSTRAINT payment_names_an_invoice_of_its_customer FOREIGN KEY (organisation_id, invoice_id, customer_id, currency) REFERENCES billing.invoice(organisation_id, invoice_id, customer_id, currency);

ALTER TABLE ONLY billing.payment
    ADD CONSTRAINT payment_of_customer FOREIGN KEY (organisation_id, customer_id) REFERENCES customers.customer(organisation_id, customer_id);

ALTER TABLE ONLY billing.payment_promise
    ADD CONSTRAINT payment_promise_of_customer FOREIGN KEY (organisation_id, customer_id) REFERENCES customers.customer(organisation_id, customer_id);

ALTER TABLE ONLY billing.payment
    ADD CONSTRAINT payment_taken_by_staff FOREIGN KEY (organisation_id, taken_by) REFERENCES identity.staff(organisation_id, staff_id);

ALTER TABLE ONLY billing.payout_fee
    ADD CONSTRAINT payout_fee_is_posted FOREIGN KEY (organisation_id, posting_id, ordinal, payout_id, currency, fee_minor, debit_kind, holder, credit_kind, holder) REFERENCES billing.transfer(organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder);

ALTER TABLE ONLY billing.payout_fee
    ADD CONSTRAINT payout_fees_follow FOREIGN KEY (organisation_id, payout_id, previous, fee_before) REFERENCES billing.payout_fee(organisation_id, payout_id, step, fee_after);

ALTER TABLE ONLY billing.payout
    ADD CONSTRAINT payout_of_organisation FOREIGN KEY (organisation_id) REFERENCES identity.organisation(organisation_id);

ALTER TABLE ONLY billing.period
    ADD CONSTRAINT period_follows FOREIGN KEY (organisation_id, previous, from_at, after_carry) REFERENCES billing.period(organisation_id, number, until_at, carry);

ALTER TABLE ONLY billing.period
    ADD CONSTRAINT period_is_carried FOREIGN KEY (organisation_id, carry, until_at) REFERENCES billing.carry_forward(organisation_id, number, until_at);

ALTER TABLE ONLY billing.provider_customer
    ADD CONSTRAINT provider_customer_of_customer FOREIGN KEY (organisation_id, customer_id) REFERENCES customers.customer(organisation_id, customer_id);

ALTER TABLE ONLY billing.provider_event
    ADD CONSTRAINT provider_event_of_organisation FOREIGN KEY (organisation_id) REFERENCES identity.organisation(organisation_id);

ALTER TABLE ONLY billing.invoice_tax
    ADD CONSTRAINT rates_follow FOREIGN KEY (organisation_id, invoice_id, previous, lines_before, tax_before) REFERENCES billing.invoice_tax(organisation_id, invoice_id, "position", lines_after, tax_after);

ALTER TABLE ONLY billing.reader_end
    ADD CONSTRAINT reader_end_of_request FOREIGN KEY (organisation_id, attempt_id, request, asks) REFERENCES billing.reader_request(organisation_id, attempt_id, request, asks);

ALTER TABLE ONLY billing.reader_request
    ADD CONSTRAINT reader_request_of_attempt FOREIGN KEY (organisation_id, attempt_id) REFERENCES billing.collection_attempt(organisation_id, attempt_id);

ALTER TABLE ONLY billing.reader_request
    ADD CONSTRAINT reader_requests_follow FOREIGN KEY (organisation_id, attempt_id, previous) REFERENCES billing.reader_request(organisation_id, attempt_id, request);

ALTER TABLE ONLY billing.receipt_block
    ADD CONSTRAINT receipt_block_follows FOREIGN KEY (organisation_id, previous) REFERENCES billing.receipt_block(organisation_id, block);

ALTER TABLE ONLY billing.receipt_block
    ADD CONSTRAINT receipt_block_on_a_device_of_its_staff FOREIGN KEY (organisation_id, staff_id, device_id) REFERENCES identity.device(organisation_id, staff_id, device_id);

ALTER TABLE ONLY billing.receipt
    ADD CONSTRAINT receipt_from_a_block FOREIGN KEY (organisation_id, block_number, payment_id) REFERENCES billing.receipt_number_use(organisation_id, receipt_number, payment_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY billing.receipt
    ADD CONSTRAINT receipt_of_payment FOREIGN KEY (organisation_id, payment_id) REFERENCES billing.payment(organisation_id, payment_id);

ALTER TABLE ONLY billing.recovery
    ADD CONSTRAINT recovery_is_posted FOREIGN KEY (organisation_id, recovery_id, ordinal, customer_id, currency, amount_minor, debit_kind, holder, credit_kind, nobody) REFERENCES billing.transfer(organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder);

ALTER TABLE ONLY billing.recovery
    ADD CONSTRAINT recovery_of_step FOREIGN KEY (organisation_id, recovery_id, ordinal) REFERENCES billing.allocation(organisation_id, posting_id, ordinal);

ALTER TABLE ONLY billing.recovery
    ADD CONSTRAINT recovery_of_write_off FOREIGN KEY (organisation_id, write_off_id, write_off_verdict, invoice_id) REFERENCES billing.write_off_decision(organisation_id, write_off_id, verdict, invoice_id);

ALTER TABLE ONLY billing.refund
    ADD CONSTRAINT refund_is_posted FOREIGN KEY (organisation_id, refund_id, ordinal, customer_id, currency, amount_minor, debit_kind, holder, credit_kind, nobody) REFERENCES billing.transfer(organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder);

ALTER TABLE ONLY billing.refund
    ADD CONSTRAINT refund_of_payment FOREIGN KEY (organisation_id, payment_id) REFERENCES billing.payment(organisation_id, payment_id);

ALTER TABLE ONLY billing.refund_on_its_way
    ADD CONSTRAINT refund_on_its_way_is_one FOREIGN KEY (organisation_id, refund_id) REFERENCES billing.refund(organisation_id, refund_id);

ALTER TABLE ONLY billing.refund_outcome
    ADD CONSTRAINT refund_outcome_follows FOREIGN KEY (organisation_id, refund_id, previous, before) REFERENCES billing.refund_outcome(organisation_id, refund_id, step, outcome);

ALTER TABLE ONLY billing.refund_outcome
    ADD CONSTRAINT refund_unpaid_by_its_line FOREIGN KEY (organisation_id, line_id, line_step) REFERENCES billing.bank_step(organisation_id, line_id, step) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY billing.refused_cash
    ADD CONSTRAINT refused_to_staff FOREIGN KEY (organisation_id, staff_id) REFERENCES identity.staff(organisation_id, staff_id);

ALTER TABLE ONLY billing.dunning_hold_release
    ADD CONSTRAINT release_of_dunning_hold FOREIGN KEY (organisation_id, hold_id) REFERENCES billing.dunning_hold(organisation_id, hold_id);

ALTER TABLE ONLY billing.claim_reminder
    ADD CONSTRAINT reminder_of_claim FOREIGN KEY (organisation_id, claim_id, customer_id, currency, total_minor) REFERENCES billing.claim(organisation_id, claim_id, customer_id, currency, amount_minor);

ALTER TABLE ONLY billing.parked_resolution
    ADD CONSTRAINT resolution_of_parked FOREIGN KEY (organisation_id, parked_id) REFERENCES billing.parked_money(organisation_id, parked_id);

ALTER TABLE ONLY billing.parked_resolution
    ADD CONSTRAINT resolved_by_payment FOREIGN KEY (organisation_id, payment_id) REFERENCES billing.payment(organisation_id, payment_id);

ALTER TABLE ONLY billing.refund_return
    ADD CONSTRAINT return_is_posted FOREIGN KEY (organisation_id, refund_id, ordinal, customer_id, currency, amount_minor, debit_kind, nobody, credit_kind, holder) REFERENCES billing.transfer(organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder);

ALTER TABLE ONLY billing.refund_return
    ADD CONSTRAINT return_of_paid_refund FOREIGN KEY (organisation_id, refund_id, outcome_step, outcome) REFERENCES billing.refund_outcome(organisation_id, refund_id, step, outcome);

ALTER TABLE ONLY billing.refund_return
    ADD CONSTRAINT return_of_refund FOREIGN KEY (organisation_id, refund_id, customer_id, currency, amount_minor) REFERENCES billing.refund(organisation_id, refund_id, customer_id, currency, amount_minor);

ALTER TABLE ONLY billing.payment_reversal
    ADD CONSTRAINT reversal_is_posted FOREIGN KEY (organisation_id, reversal_id, ordinal, customer_id, currency, amount_minor, debit_kind, holder, source_kind, source_holder) REFERENCES billing.transfer(organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder);

ALTER TABLE ONLY billing.payment_reversal
    ADD CONSTRAINT reversal_of_parked_money FOREIGN KEY (organisation_id, payment_id, parked_id) REFERENCES billing.parked_resolution(organisation_id, payment_id, parked_id);

ALTER TABLE ONLY billing.payment_reversal
    ADD CONSTRAINT reversal_of_payment FOREIGN KEY (organisation_id, payment_id, customer_id, currency, amount_minor, source_kind, source_holder) REFERENCES billing.payment(organisation_id, payment_id, customer_id, currency, amount_minor, source_kind, source_holder);

ALTER TABLE ONLY billing.saved_method_step
    ADD CONSTRAINT saved_method_follows FOREIGN KEY (organisation_id, method_id, previous, live_before) REFERENCES billing.saved_method_step(organisation_id, method_id, step, live);

ALTER TABLE ONLY billing.saved_method
    ADD CONSTRAINT saved_under_a_consent FOREIGN KEY (organisation_id, consent_id, customer_id, livemode) REFERENCES billing.charge_consent(organisation_id, consent_id, customer_id, livemode);

ALTER TABLE ONLY billing.saving_page
    ADD CONSTRAINT saving_page_of_consent FOREIGN KEY (organisation_id, consent_id) REFERENCES billing.charge_consent(organisation_id, consent_id);

ALTER TABLE ONLY billing.invoice_scope
    ADD CONSTRAINT scope_of_invoice FOREIGN KEY (organisation_id, invoice_id, customer_id, currency) REFERENCES billing.invoice(organisation_id, invoice_id, customer_id, currency);

ALTER TABLE ONLY billing.invoice_scope
    ADD CONSTRAINT scope_of_the_customer FOREIGN KEY (organisation_id, scope_id, customer_id, currency) REFERENCES authorisations.scope(organisation_id, scope_id, customer_id, currency);

ALTER TABLE ONLY billing.cash_settlement
    ADD CONSTRAINT settled_by_staff FOREIGN KEY (organisation_id, settled_by) REFERENCES identity.staff(organisation_id, staff_id);

ALTER TABLE ONLY billing.cash_arrival
    ADD CONSTRAINT settled_difference_stays FOREIGN KEY (organisation_id, taken_back, settled_step, settled_how) REFERENCES billing.cash_settlement(organisation_id, difference_id, step, how);

ALTER TABLE ONLY billing.cash_settlement
    ADD CONSTRAINT settlement_follows FOREIGN KEY (organisation_id, difference_id, previous, open_before) REFERENCES billing.cash_settlement(organisation_id, difference_id, step, open_after);

ALTER TABLE ONLY billing.cash_settlement
    ADD CONSTRAINT settlement_is_posted FOREIGN KEY (organisation_id, settlement_id, ordinal, settlement_id, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder) REFERENCES billing.transfer(organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder);

ALTER TABLE ONLY billing.cash_settlement
    ADD CONSTRAINT settlement_of_arrival FOREIGN KEY (organisation_id, arrival_id, staff_id, currency, confirmed_by, missing_minor, arrives) REFERENCES billing.cash_arrival(organisation_id, arrival_id, banked_by, currency, confirmed_by, missing_minor, arrives);

ALTER TABLE ONLY billing.cash_settlement
    ADD CONSTRAINT settlement_of_difference FOREIGN KEY (organisation_id, hand_in_id, staff_id, currency, accepted_by, missing_minor) REFERENCES billing.cash_acceptance(organisation_id, hand_in_id, staff_id, currency, accepted_by, missing_minor);

ALTER TABLE ONLY billing.refused_cash_settlement
    ADD CONSTRAINT settlement_of_entry FOREIGN KEY (organisation_id, entry_id, staff_id) REFERENCES billing.refused_cash(organisation_id, entry_id, staff_id);

ALTER TABLE ONLY billing.cash_settlement
    ADD CONSTRAINT settlement_undone_whole FOREIGN KEY (organisation_id, difference_id, undoes, undoes_how, undone_minor) REFERENCES billing.cash_settlement(organisation_id, difference_id, settlement_id, how, amount_minor);

ALTER TABLE ONLY billing.bank_sighting
    ADD CONSTRAINT sighting_follows FOREIGN KEY (organisation_id, told_id, previous, before) REFERENCES billing.bank_sighting(organisation_id, told_id, step, state);

ALTER TABLE ONLY billing.bank_sighting
    ADD CONSTRAINT sighting_of_reversal FOREIGN KEY (organisation_id, reversal_id) REFERENCES billing.payment_reversal(organisation_id, reversal_id);

ALTER TABLE ONLY billing.bank_sighting
    ADD CONSTRAINT sighting_of_step FOREIGN KEY (organisation_id, line_id, line_step) REFERENCES billing.bank_step(organisation_id, line_id, step);

ALTER TABLE ONLY billing.bank_step
    ADD CONSTRAINT sights_follow FOREIGN KEY (organisation_id, own_money, sight_before) REFERENCES billing.bank_step(organisation_id, own_money, sight);

ALTER TABLE ONLY billing.outage_span
    ADD CONSTRAINT span_of_outage FOREIGN KEY (organisation_id, outage_id, subscription_id) REFERENCES billing.outage(organisation_id, outage_id, subscription_id);

ALTER TABLE ONLY billing.claim_step
    ADD CONSTRAINT step_of_claim FOREIGN KEY (organisation_id, claim_id, customer_id, currency, total_minor) REFERENCES billing.claim(organisation_id, claim_id, customer_id, currency, amount_minor);

ALTER TABLE ONLY billing.dispute_step
    ADD CONSTRAINT step_of_dispute FOREIGN KEY (organisation_id, dispute_id) REFERENCES billing.dispute(organisation_id, dispute_id);

ALTER TABLE ONLY billing.saved_method_step
    ADD CONSTRAINT step_of_saved_method FOREIGN KEY (organisation_id, method_id) REFERENCES billing.saved_method(organisation_id, method_id);

ALTER TABLE ONLY billing.cash_settlement
    ADD CONSTRAINT taken_back_with_its_arrival FOREIGN KEY (organisation_id, taken_back) REFERENCES billing.cash_arrival(organisation_id, taken_back);

ALTER TABLE ONLY billing.invoice_tax
    ADD CONSTRAINT tax_of_invoice FOREIGN KEY (organisation_id, invoice_id, tax_count, tax_basis) REFERENCES billing.invoice(organisation_id, invoice_id, tax_count, tax_basis);

ALTER TABLE ONLY billing.payment_reversal
    ADD CONSTRAINT told_taken_back_in_its_turn FOREIGN KEY (organisation_id, told_id, reversal_id) REFERENCES billing.bank_sighting(organisation_id, told_id, reversal_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY billing.transfer
    ADD CONSTRAINT transfer_credits_its_account FOREIGN KEY (organisation_id, posting_id, ordinal, credit_side) REFERENCES billing.account_entry(organisation_id, posting_id, ordinal, side);

ALTER TABLE ONLY billing.transfer
    ADD CONSTRAINT transfer_debits_its_account FOREIGN KEY (organisation_id, posting_id, ordinal, debit_side) REFERENCES billing.account_entry(organisation_id, posting_id, ordinal, side);

ALTER TABLE ONLY billing.charge
    ADD CONSTRAINT tried_again_only_after_a_passing_no FOREIGN KEY (organisation_id, invoice_id, consent_id, turn, previous, after) REFERENCES billing.charge_failure(organisation_id, invoice_id, consent_id, turn, ordinal, verdict);

ALTER TABLE ONLY billing.waiting_event
    ADD CONSTRAINT waiting_event_was_kept FOREIGN KEY (organisation_id, event_id) REFERENCES billing.provider_event(organisation_id, event_id);

ALTER TABLE ONLY billing.dispute_withdrawal
    ADD CONSTRAINT withdrawal_is_posted FOREIGN KEY (organisation_id, posting_id, ordinal, customer_id, currency, amount_minor, debit_kind, holder, credit_kind, nobody) REFERENCES billing.transfer(organisation_id, posting_id, ordinal, strand, currency, amount_minor, debit_kind, debit_holder, credit_kind, credit_holder);

ALTER TABLE ONLY billing.dispute_withdrawal
    ADD CONSTRAINT withdrawal_of_dispute FOREIGN KEY (organisation_id, dispute_id, customer_id, currency, amount_minor) REFERENCES billing.dispute(organisation_id, dispute_id, customer_id, currency, amount_minor);

ALTER TABLE ONLY billing.billed_work
    ADD CONSTRAINT work_billed_on_its_item FOREIGN KEY (organisation_id, invoice_id, line_number, item_id, line_ticks, line_net) REFERENCES billing.invoice_line(organisation_id, invoice_id, line_number, item_id, ticks, net_minor);

ALTER TABLE ONLY billing.write_off
    ADD CONSTRAINT write_off_of_invoice FOREIGN KEY (organisation_id, invoice_id, customer_id, currency, total_minor) REFERENCES billing.invoice(organisation_id, invoice_id, customer_id, currency, total_minor);

ALTER TABLE ONLY billing.allocation
    ADD CONSTRAINT written_off_as_approved FOREIGN KEY (organisation_id, write_off_id, write_off_verdict, invoice_id, amount_minor) REFERENCES billing.write_off_decision(organisation_id, write_off_id, verdict, invoice_id, amount_minor);

ALTER TABLE ONLY care.idea_answer
    ADD CONSTRAINT answer_of_idea FOREIGN KEY (organisation_id, idea_id) REFERENCES care.idea(organisation_id, idea_id);

ALTER TABLE ONLY care.case_incident
    ADD CONSTRAINT attached_incident FOREIGN KEY (organisation_id, incident_id) REFERENCES subscriptions.incident(organisation_id, incident_id);

ALTER TABLE ONLY care.case_incident
    ADD CONSTRAINT attached_to_case FOREIGN KEY (organisation_id, case_id) REFERENCES care.case_file(organisation_id, case_id);

ALTER TABLE ONLY care.attachment
    ADD CONSTRAINT attachment_came_by_mail FOREIGN KEY (organisation_id, taken_id) REFERENCES care.mail_key(organisation_id, taken_id);

ALTER TABLE ONLY care.bench_step
    ADD CONSTRAINT bench_item_of_its_offer FOREIGN KEY (organisation_id, item_id, scope_id, offer_id, item_revision) REFERENCES authorisations.offer_item(organisation_id, item_id, scope_id, offer_id, revision);

ALTER TABLE ONLY care.bench_step
    ADD CONSTRAINT bench_offer_of_its_matter FOREIGN KEY (organisation_id, scope_id, offer_id) REFERENCES authorisations.offer(organisation_id, scope_id, offer_id);

ALTER TABLE ONLY care.bench_step
    ADD CONSTRAINT bench_step_follows FOREIGN KEY (organisation_id, custody_id, previous, from_state) REFERENCES care.bench_step(organisation_id, custody_id, step, to_state);

ALTER TABLE ONLY care.bench_step
    ADD CONSTRAINT bench_step_of_custody FOREIGN KEY (organisation_id, custody_id, scope_id) REFERENCES care.custody(organisation_id, custody_id, scope_id);

ALTER TABLE ONLY care.case_file
    ADD CONSTRAINT case_goes_on_with_its_customer FOREIGN KEY (organisation_id, continues_case_id, customer_id) REFERENCES care.case_file(organisation_id, case_id, customer_id);

ALTER TABLE ONLY care.case_file
    ADD CONSTRAINT case_of_customer FOREIGN KEY (organisation_id, customer_id) REFERENCES customers.customer(organisation_id, customer_id);

ALTER TABLE ONLY care.case_place
    ADD CONSTRAINT case_places_follow FOREIGN KEY (organisation_id, message_id, before_number) REFERENCES care.case_place(organisation_id, message_id, number);

ALTER TABLE ONLY care.case_step
    ADD CONSTRAINT case_step_follows FOREIGN KEY (organisation_id, case_id, before_step, from_state, waiting_before) REFERENCES care.case_step(organisation_id, case_id, step, state, waiting);

ALTER TABLE ONLY care.case_step
    ADD CONSTRAINT case_step_says FOREIGN KEY (organisation_id, message_id, direction, awaits, customer_id) REFERENCES care.case_message(organisation_id, message_id, direction, awaits, customer_id);

ALTER TABLE ONLY care.case_step
    ADD CONSTRAINT case_step_takes_what_was_given FOREIGN KEY (organisation_id, other_case_id, other_step, case_id, step, carried, customer_id) REFERENCES care.case_step(organisation_id, case_id, step, other_case_id, other_step, given, customer_id);

ALTER TABLE ONLY care.case_file
    ADD CONSTRAINT case_with_contact FOREIGN KEY (organisation_id, customer_id, contact_id) REFERENCES customers.contact(organisation_id, customer_id, contact_id);

ALTER TABLE ONLY care.custody
    ADD CONSTRAINT custody_begins_with_hand_over FOREIGN KEY (organisation_id, asset_id, opened_step, custody_id) REFERENCES care.hand_over(organisation_id, asset_id, step, custody_id);

ALTER TABLE ONLY care.custody
    ADD CONSTRAINT custody_of_asset FOREIGN KEY (organisation_id, customer_id, asset_id) REFERENCES customers.asset(organisation_id, customer_id, asset_id);

ALTER TABLE ONLY care.custody
    ADD CONSTRAINT custody_of_job FOREIGN KEY (organisation_id, job_id, scope_id, customer_id) REFERENCES dispatch.job(organisation_id, job_id, scope_id, customer_id);

ALTER TABLE ONLY care.custody
    ADD CONSTRAINT custody_on_visit FOREIGN KEY (organisation_id, job_id, visit_id) REFERENCES dispatch.visit(organisation_id, job_id, visit_id);

ALTER TABLE ONLY care.objection_decision
    ADD CONSTRAINT decision_credits_by_a_note FOREIGN KEY (organisation_id, credit_note_id, invoice_id, credited_minor) REFERENCES billing.credit_note(organisation_id, credit_note_id, invoice_id, total_minor);

ALTER TABLE ONLY care.objection_decision
    ADD CONSTRAINT decision_credits_its_line FOREIGN KEY (organisation_id, credit_note_id, invoice_id, line_number, credited_net) REFERENCES billing.credit_line(organisation_id, credit_note_id, invoice_id, line_number, net_minor);

ALTER TABLE ONLY care.objection_decision
    ADD CONSTRAINT decision_ends_the_hold FOREIGN KEY (organisation_id, objection_id) REFERENCES billing.dunning_hold_release(organisation_id, hold_id);

ALTER TABLE ONLY care.objection_decision
    ADD CONSTRAINT decision_is_said FOREIGN KEY (organisation_id, answer_id, said, awaits, customer_id) REFERENCES care.case_message(organisation_id, message_id, direction, awaits, customer_id);

ALTER TABLE ONLY care.objection_decision
    ADD CONSTRAINT decision_of_objection FOREIGN KEY (organisation_id, objection_id, customer_id, invoice_id, line_number, number, currency) REFERENCES care.objection(organisation_id, objection_id, customer_id, invoice_id, line_number, number, currency);

ALTER TABLE ONLY care.objection_decision
    ADD CONSTRAINT decision_refunds FOREIGN KEY (organisation_id, refund_id, customer_id, currency, refunded_minor) REFERENCES billing.refund(organisation_id, refund_id, customer_id, currency, amount_minor);

ALTER TABLE ONLY care.disposal
    ADD CONSTRAINT disposal_of_scrapped FOREIGN KEY (organisation_id, custody_id, step, scrapped) REFERENCES care.bench_step(organisation_id, custody_id, step, to_state);

ALTER TABLE ONLY care.bench_step
    ADD CONSTRAINT ends_with_its_owner FOREIGN KEY (organisation_id, custody_id, ending_step, ended_by) REFERENCES care.hand_over(organisation_id, custody_id, bench_step, to_kind);

ALTER TABLE ONLY care.event
    ADD CONSTRAINT event_of_organisation FOREIGN KEY (organisation_id) REFERENCES identity.organisation(organisation_id);

ALTER TABLE ONLY care.case_fault
    ADD CONSTRAINT fault_at_site FOREIGN KEY (organisation_id, customer_id, site_id) REFERENCES customers.site(organisation_id, customer_id, site_id);

ALTER TABLE ONLY care.case_fault
    ADD CONSTRAINT fault_of_asset FOREIGN KEY (organisation_id, customer_id, asset_id) REFERENCES customers.asset(organisation_id, customer_id, asset_id);

ALTER TABLE ONLY care.case_fault
    ADD CONSTRAINT fault_of_case FOREIGN KEY (organisation_id, case_id, customer_id) REFERENCES care.case_file(organisation_id, case_id, customer_id);

ALTER TABLE ONLY care.case_fault
    ADD CONSTRAINT fault_repeats_one_of_its_customer FOREIGN KEY (organisation_id, repeats_case_id, customer_id, repeats_noted_at) REFERENCES care.case_fault(organisation_id, case_id, customer_id, noted_at);

ALTER TABLE ONLY care.hand_over
    ADD CONSTRAINT hand_over_in_scope FOREIGN KEY (organisation_id, custody_id, scope_id) REFERENCES care.custody(organisation_id, custody_id, scope_id);

ALTER TABLE ONLY care.hand_over
    ADD CONSTRAINT hand_over_of_custody FOREIGN KEY (organisation_id, custody_id, asset_id, customer_id) REFERENCES care.custody(organisation_id, custody_id, asset_id, customer_id);

ALTER TABLE ONLY care.hand_over_offer
    ADD CONSTRAINT hand_over_offers_follow FOREIGN KEY (organisation_id, asset_id, step, before_number) REFERENCES care.hand_over_offer(organisation_id, asset_id, step, number);

ALTER TABLE ONLY care.hand_over_photo
    ADD CONSTRAINT hand_over_shows_photo_as_kept FOREIGN KEY (organisation_id, photo_id, scope_id, photo_hash) REFERENCES authorisations.photo(organisation_id, photo_id, scope_id, photo_hash);

ALTER TABLE ONLY care.hand_over
    ADD CONSTRAINT handed_back_by_the_bench FOREIGN KEY (organisation_id, custody_id, bench_step, ends_as) REFERENCES care.bench_step(organisation_id, custody_id, step, to_state);

ALTER TABLE ONLY care.hand_over
    ADD CONSTRAINT handed_over_by_who_has_it FOREIGN KEY (organisation_id, asset_id, previous, from_kind, from_id) REFERENCES care.hand_over(organisation_id, asset_id, step, to_kind, to_id);

ALTER TABLE ONLY care.hand_over
    ADD CONSTRAINT handed_over_within_its_custody FOREIGN KEY (organisation_id, asset_id, goes_on, custody_id) REFERENCES care.hand_over(organisation_id, asset_id, step, custody_id);

ALTER TABLE ONLY care.hand_over
    ADD CONSTRAINT handed_to_colleague FOREIGN KEY (organisation_id, to_staff) REFERENCES identity.staff(organisation_id, staff_id);

ALTER TABLE ONLY care.hand_over
    ADD CONSTRAINT handed_to_place FOREIGN KEY (organisation_id, to_place) REFERENCES care.bench_place(organisation_id, place_id);

ALTER TABLE ONLY care.case_step
    ADD CONSTRAINT handed_to_staff FOREIGN KEY (organisation_id, staff_id) REFERENCES identity.staff(organisation_id, staff_id);

ALTER TABLE ONLY care.idea_answer
    ADD CONSTRAINT idea_answers_follow FOREIGN KEY (organisation_id, idea_id, previous) REFERENCES care.idea_answer(organisation_id, idea_id, step);

ALTER TABLE ONLY care.idea
    ADD CONSTRAINT idea_of_customer FOREIGN KEY (organisation_id, customer_id) REFERENCES customers.customer(organisation_id, customer_id);

ALTER TABLE ONLY care.loan_step
    ADD CONSTRAINT lent_by_staff FOREIGN KEY (organisation_id, staff_id) REFERENCES identity.staff(organisation_id, staff_id);

ALTER TABLE ONLY care.loan_step
    ADD CONSTRAINT lent_for_custody FOREIGN KEY (organisation_id, customer_id, custody_id) REFERENCES care.custody(organisation_id, customer_id, custody_id);

ALTER TABLE ONLY care.loan_step
    ADD CONSTRAINT lent_when_it_is_back FOREIGN KEY (organisation_id, loaner_id, previous, follows) REFERENCES care.loan_step(organisation_id, loaner_id, step, kind);

ALTER TABLE ONLY care.loan_step
    ADD CONSTRAINT loan_of_loaner FOREIGN KEY (organisation_id, loaner_id) REFERENCES care.loaner(organisation_id, loaner_id);

ALTER TABLE ONLY care.loan_step
    ADD CONSTRAINT loan_signed_by_contact FOREIGN KEY (organisation_id, customer_id, contact_id) REFERENCES customers.contact(organisation_id, customer_id, contact_id);

ALTER TABLE ONLY care.mail_address
    ADD CONSTRAINT mail_address_of_organisation FOREIGN KEY (organisation_id) REFERENCES identity.organisation(organisation_id);

ALTER TABLE ONLY care.mail_head
    ADD CONSTRAINT mail_head_of_message FOREIGN KEY (organisation_id, message_id) REFERENCES care.case_message(organisation_id, message_id);

ALTER TABLE ONLY care.mail_position
    ADD CONSTRAINT mail_position_of_organisation FOREIGN KEY (organisation_id) REFERENCES identity.organisation(organisation_id);

ALTER TABLE ONLY care.mail_sender
    ADD CONSTRAINT mail_sender_takes_mail_in FOREIGN KEY (organisation_id, mail_address_id) REFERENCES care.mail_address(organisation_id, mail_address_id);

ALTER TABLE ONLY care.message
    ADD CONSTRAINT message_of_customer FOREIGN KEY (organisation_id, customer_id) REFERENCES customers.customer(organisation_id, customer_id);

ALTER TABLE ONLY care.message
    ADD CONSTRAINT message_with_contact FOREIGN KEY (organisation_id, customer_id, contact_id) REFERENCES customers.contact(organisation_id, customer_id, contact_id);

ALTER TABLE ONLY care.custody_news
    ADD CONSTRAINT news_of_custody FOREIGN KEY (organisation_id, customer_id, custody_id) REFERENCES care.custody(organisation_id, customer_id, custody_id);

ALTER TABLE ONLY care.case_note
    ADD CONSTRAINT note_in_case FOREIGN KEY (organisation_id, case_id, customer_id) REFERENCES care.case_file(organisation_id, case_id, customer_id);

ALTER TABLE ONLY care.bench_note
    ADD CONSTRAINT note_of_bench_step FOREIGN KEY (organisation_id, custody_id, step) REFERENCES care.bench_step(organisation_id, custody_id, step);

ALTER TABLE ONLY care.bench_note
    ADD CONSTRAINT note_of_its_customer FOREIGN KEY (organisation_id, customer_id, custody_id) REFERENCES care.custody(organisation_id, customer_id, custody_id);

ALTER TABLE ONLY care.objection
    ADD CONSTRAINT objection_follows_a_decision FOREIGN KEY (organisation_id, invoice_id, line_number, before_number) REFERENCES care.objection_decision(organisation_id, invoice_id, line_number, number);

ALTER TABLE ONLY care.objection
    ADD CONSTRAINT objection_holds_dunning FOREIGN KEY (organisation_id, objection_id, customer_id, invoice_id, contested_minor) REFERENCES billing.dunning_hold(organisation_id, hold_id, customer_id, invoice_id, contested_minor);

ALTER TABLE ONLY care.objection
    ADD CONSTRAINT objection_in_scope FOREIGN KEY (organisation_id, invoice_id, scope_id) REFERENCES billing.invoice_scope(organisation_id, invoice_id, scope_id);

ALTER TABLE ONLY care.objection
    ADD CONSTRAINT objection_is_said FOREIGN KEY (organisation_id, message_id, direction, awaits, customer_id) REFERENCES care.case_message(organisation_id, message_id, direction, awaits, customer_id);

ALTER TABLE ONLY care.objection
    ADD CONSTRAINT objection_to_line FOREIGN KEY (organisation_id, invoice_id, line_number, item_id, line_ticks, line_net) REFERENCES billing.invoice_line(organisation_id, invoice_id, line_number, item_id, ticks, net_minor);

ALTER TABLE ONLY care.objection
    ADD CONSTRAINT objection_to_their_invoice FOREIGN KEY (organisation_id, invoice_id, customer_id, currency) REFERENCES billing.invoice(organisation_id, invoice_id, customer_id, currency);

ALTER TABLE ONLY care.hand_over_offer
    ADD CONSTRAINT offered_by_its_holder FOREIGN KEY (organisation_id, asset_id, before_step, holds, from_id) REFERENCES care.hand_over(organisation_id, asset_id, step, to_kind, to_id);

ALTER TABLE ONLY care.hand_over_offer
    ADD CONSTRAINT offered_to_staff FOREIGN KEY (organisation_id, to_id) REFERENCES identity.staff(organisation_id, staff_id);

ALTER TABLE ONLY care.open_case
    ADD CONSTRAINT open_case_of_case FOREIGN KEY (organisation_id, case_id, customer_id) REFERENCES care.case_file(organisation_id, case_id, customer_id);

ALTER TABLE ONLY care.open_custody
    ADD CONSTRAINT open_custody_of_custody FOREIGN KEY (organisation_id, custody_id, asset_id, customer_id) REFERENCES care.custody(organisation_id, custody_id, asset_id, customer_id);

ALTER TABLE ONLY care.loan_paper
    ADD CONSTRAINT paper_of_loan_step FOREIGN KEY (organisation_id, loan_id, kind, customer_id, content_hash, strokes_hash) REFERENCES care.loan_step(organisation_id, loan_id, kind, customer_id, content_hash, signature_hash);

ALTER TABLE ONLY care.hand_over_photo
    ADD CONSTRAINT photo_of_hand_over FOREIGN KEY (organisation_id, hand_over_id, scope_id, photos) REFERENCES care.hand_over(organisation_id, hand_over_id, scope_id, photos);

ALTER TABLE ONLY care.case_place
    ADD CONSTRAINT place_in_case FOREIGN KEY (organisation_id, case_id, step, customer_id) REFERENCES care.case_step(organisation_id, case_id, step, customer_id);

ALTER TABLE ONLY care.case_place
    ADD CONSTRAINT place_of_message FOREIGN KEY (organisation_id, message_id, customer_id) REFERENCES care.case_message(organisation_id, message_id, customer_id);

ALTER TABLE ONLY care.bench_step
    ADD CONSTRAINT repaired_as_authorised FOREIGN KEY (organisation_id, item_id) REFERENCES authorisations.capacity_item(organisation_id, item_id);

ALTER TABLE ONLY care.case_reply
    ADD CONSTRAINT reply_by_what_was_said FOREIGN KEY (organisation_id, answer_id, said) REFERENCES care.case_message(organisation_id, message_id, direction);

ALTER TABLE ONLY care.case_reply
    ADD CONSTRAINT reply_to_what_was_heard FOREIGN KEY (organisation_id, message_id, heard) REFERENCES care.case_message(organisation_id, message_id, direction);

ALTER TABLE ONLY care.loan_step
    ADD CONSTRAINT returned_as_lent FOREIGN KEY (organisation_id, loaner_id, ends, loan_id, customer_id, custody_id) REFERENCES care.loan_step(organisation_id, loaner_id, step, loan_id, customer_id, custody_id);

ALTER TABLE ONLY care.bench_step
    ADD CONSTRAINT scrapped_as_authorised FOREIGN KEY (organisation_id, item_id, scrapped_under) REFERENCES authorisations.offer_item(organisation_id, item_id, kind);

ALTER TABLE ONLY care.bench_step
    ADD CONSTRAINT scrapped_with_its_disposal FOREIGN KEY (organisation_id, custody_id, scrapped_step) REFERENCES care.disposal(organisation_id, custody_id, step);

ALTER TABLE ONLY care.hand_over_signature
    ADD CONSTRAINT signature_of_hand_over FOREIGN KEY (organisation_id, hand_over_id, customer_id, strokes_hash) REFERENCES care.hand_over(organisation_id, hand_over_id, customer_id, signature_hash);

ALTER TABLE ONLY care.hand_over
    ADD CONSTRAINT signed_by_contact FOREIGN KEY (organisation_id, customer_id, contact_id) REFERENCES customers.contact(organisation_id, customer_id, contact_id);

ALTER TABLE ONLY care.hand_over_signature
    ADD CONSTRAINT staff_signature_of_hand_over FOREIGN KEY (organisation_id, hand_over_id, customer_id, staff_strokes_hash) REFERENCES care.hand_over(organisation_id, hand_over_id, customer_id, staff_signature_hash);

ALTER TABLE ONLY care.loan_paper
    ADD CONSTRAINT staff_strokes_of_loan_step FOREIGN KEY (organisation_id, loan_id, kind, customer_id, staff_strokes_hash) REFERENCES care.loan_step(organisation_id, loan_id, kind, customer_id, staff_signature_hash);

ALTER TABLE ONLY care.case_step
    ADD CONSTRAINT step_of_its_case FOREIGN KEY (organisation_id, case_id, customer_id) REFERENCES care.case_file(organisation_id, case_id, customer_id);

ALTER TABLE ONLY care.stray_mail
    ADD CONSTRAINT stray_speaks_of_case FOREIGN KEY (organisation_id, case_id) REFERENCES care.case_file(organisation_id, case_id);

ALTER TABLE ONLY care.hand_over
    ADD CONSTRAINT taken_in_by_its_custody FOREIGN KEY (organisation_id, custody_id, asset_id, opens) REFERENCES care.custody(organisation_id, custody_id, asset_id, opened_step);

ALTER TABLE ONLY care.hand_over
    ADD CONSTRAINT taken_over_as_offered FOREIGN KEY (organisation_id, asset_id, step, offer_number, from_staff, to_staff) REFERENCES care.hand_over_offer(organisation_id, asset_id, step, number, from_id, to_id);

ALTER TABLE ONLY care.text_door
    ADD CONSTRAINT text_door_of_organisation FOREIGN KEY (organisation_id) REFERENCES identity.organisation(organisation_id);

ALTER TABLE ONLY care.hand_over_text
    ADD CONSTRAINT text_of_hand_over FOREIGN KEY (organisation_id, hand_over_id, customer_id, content_hash) REFERENCES care.hand_over(organisation_id, hand_over_id, customer_id, content_hash);

ALTER TABLE ONLY care.idea_vote
    ADD CONSTRAINT vote_of_customer FOREIGN KEY (organisation_id, customer_id) REFERENCES customers.customer(organisation_id, customer_id);

ALTER TABLE ONLY care.idea_vote
    ADD CONSTRAINT vote_of_idea FOREIGN KEY (organisation_id, idea_id) REFERENCES care.idea(organisation_id, idea_id);

ALTER TABLE ONLY catalogue.item
    ADD CONSTRAINT item_of_organisation FOREIGN KEY (organisation_id) REFERENCES identity.organisation(organisation_id);

ALTER TABLE ONLY catalogue.item_version
    ADD CONSTRAINT item_version_of_item FOREIGN KEY (organisation_id, item_id) REFERENCES catalogue.item(organisation_id, item_id);

ALTER TABLE ONLY customers.asset
    ADD CONSTRAINT asset_has_its_history FOREIGN KEY (organisation_id, customer_id, asset_id, version) REFERENCES customers.asset_step(organisation_id, customer_id, asset_id, version);

ALTER TABLE ONLY customers.asset
    ADD CONSTRAINT asset_of_customer FOREIGN KEY (organisation_id, customer_id) REFERENCES customers.customer(organisation_id, customer_id);

ALTER TABLE ONLY customers.asset
    ADD CONSTRAINT asset_stands_at_a_site_of_its_customer FOREIGN KEY (organisation_id, customer_id, site_id) REFERENCES customers.site(organisation_id, customer_id, site_id);

ALTER TABLE ONLY customers.asset_step
    ADD CONSTRAINT asset_step_at_a_site_of_its_customer FOREIGN KEY (organisation_id, customer_id, site_id) REFERENCES customers.site(organisation_id, customer_id, site_id);

ALTER TABLE ONLY customers.asset_step
    ADD CONSTRAINT asset_step_follows FOREIGN KEY (organisation_id, customer_id, asset_id, previous, site_was) REFERENCES customers.asset_step(organisation_id, customer_id, asset_id, version, site_is);

ALTER TABLE ONLY customers.asset_step
    ADD CONSTRAINT asset_step_of_asset FOREIGN KEY (organisation_id, customer_id, asset_id) REFERENCES customers.asset(organisation_id, customer_id, asset_id);

ALTER TABLE ONLY customers.contact
    ADD CONSTRAINT contact_of_customer FOREIGN KEY (organisation_id, customer_id) REFERENCES customers.customer(organisation_id, customer_id);

ALTER TABLE ONLY customers.contact_reach
    ADD CONSTRAINT contact_reach_of_contact FOREIGN KEY (organisation_id, customer_id, contact_id) REFERENCES customers.contact(organisation_id, customer_id, contact_id);

ALTER TABLE ONLY customers.customer
    ADD CONSTRAINT customer_is_its_last_step FOREIGN KEY (organisation_id, customer_id, version, told_hash) REFERENCES customers.customer_step(organisation_id, customer_id, version, told_hash);

ALTER TABLE ONLY customers.customer
    ADD CONSTRAINT customer_of_organisation FOREIGN KEY (organisation_id) REFERENCES identity.organisation(organisation_id);

ALTER TABLE ONLY customers.customer_step
    ADD CONSTRAINT customer_step_of_customer FOREIGN KEY (organisation_id, customer_id) REFERENCES customers.customer(organisation_id, customer_id);

ALTER TABLE ONLY customers.find_word
    ADD CONSTRAINT find_word_of_customer FOREIGN KEY (organisation_id, customer_id) REFERENCES customers.customer(organisation_id, customer_id);

ALTER TABLE ONLY customers.former_address
    ADD CONSTRAINT former_address_of_reach FOREIGN KEY (organisation_id, customer_id, contact_id, version) REFERENCES customers.contact_reach(organisation_id, customer_id, contact_id, version);

ALTER TABLE ONLY customers.site
    ADD CONSTRAINT site_is_its_last_step FOREIGN KEY (organisation_id, customer_id, site_id, version, told_hash) REFERENCES customers.site_step(organisation_id, customer_id, site_id, version, told_hash);

ALTER TABLE ONLY customers.site
    ADD CONSTRAINT site_of_customer FOREIGN KEY (organisation_id, customer_id) REFERENCES customers.customer(organisation_id, customer_id);

ALTER TABLE ONLY customers.site_step
    ADD CONSTRAINT site_step_of_site FOREIGN KEY (organisation_id, customer_id, site_id) REFERENCES customers.site(organisation_id, customer_id, site_id);

ALTER TABLE ONLY dispatch.brought
    ADD CONSTRAINT brought_as_before FOREIGN KEY (organisation_id, as_before, partner_id, customer_id, site_id) REFERENCES dispatch.brought(organisation_id, job_id, partner_id, customer_id, site_id);

ALTER TABLE ONLY dispatch.brought
    ADD CONSTRAINT brought_by_partner FOREIGN KEY (organisation_id, partner_id) REFERENCES identity.partner(organisation_id, partner_id);

ALTER TABLE ONLY dispatch.brought
    ADD CONSTRAINT brought_what_they_opened FOREIGN KEY (organisation_id, job_id, actor, customer_id, site_id) REFERENCES dispatch.job(organisation_id, job_id, brought_by, customer_id, site_id);

ALTER TABLE ONLY dispatch.choice
    ADD CONSTRAINT choice_books_what_was_held FOREIGN KEY (organisation_id, visit_id, held_step, held_state) REFERENCES dispatch.visit_step(organisation_id, visit_id, step, to_state);

ALTER TABLE ONLY dispatch.choice
    ADD CONSTRAINT choice_by_link FOREIGN KEY (organisation_id, link_id, link_purpose, job_id) REFERENCES identity.link(organisation_id, link_id, purpose, subject_id);

ALTER TABLE ONLY dispatch.choice
    ADD CONSTRAINT choice_by_partner_who_brought_it FOREIGN KEY (organisation_id, job_id, partner_id) REFERENCES dispatch.brought(organisation_id, job_id, partner_id);

ALTER TABLE ONLY dispatch.choice
    ADD CONSTRAINT choice_by_policy FOREIGN KEY (organisation_id, policy_version, days_ahead, hours_before, most_moves, earliest, latest) REFERENCES dispatch.choice_policy(organisation_id, version, days_ahead, hours_before, most_moves, earliest, latest);

ALTER TABLE ONLY dispatch.choice
    ADD CONSTRAINT choice_follows FOREIGN KEY (organisation_id, job_id, previous, moves_before) REFERENCES dispatch.choice(organisation_id, job_id, number, moves);

ALTER TABLE ONLY dispatch.choice
    ADD CONSTRAINT choice_has_its_step FOREIGN KEY (organisation_id, visit_id, step, to_state) REFERENCES dispatch.visit_step(organisation_id, visit_id, step, to_state) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY dispatch.choice
    ADD CONSTRAINT choice_of_visit_of_job FOREIGN KEY (organisation_id, job_id, visit_id) REFERENCES dispatch.visit(organisation_id, job_id, visit_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY dispatch.choice_policy
    ADD CONSTRAINT choice_policies_follow FOREIGN KEY (organisation_id, previous) REFERENCES dispatch.choice_policy(organisation_id, version);

ALTER TABLE ONLY dispatch.collection
    ADD CONSTRAINT collection_of_job FOREIGN KEY (organisation_id, job_id) REFERENCES dispatch.job(organisation_id, job_id);

ALTER TABLE ONLY dispatch.collection_stop
    ADD CONSTRAINT collection_stop_follows FOREIGN KEY (organisation_id, technician_id, previous, was_stopped) REFERENCES dispatch.collection_stop(organisation_id, technician_id, step, stopped);

ALTER TABLE ONLY dispatch.collection_stop
    ADD CONSTRAINT collection_stop_of_technician FOREIGN KEY (organisation_id, technician_id) REFERENCES dispatch.technician(organisation_id, technician_id);

ALTER TABLE ONLY dispatch.job_step
    ADD CONSTRAINT counted_visit_is_completed FOREIGN KEY (organisation_id, completed_visit, completed_step, completed_in) REFERENCES dispatch.visit_step(organisation_id, visit_id, step, to_state);

ALTER TABLE ONLY dispatch.job_step
    ADD CONSTRAINT counted_visit_of_job FOREIGN KEY (organisation_id, job_id, completed_visit) REFERENCES dispatch.visit(organisation_id, job_id, visit_id);

ALTER TABLE ONLY dispatch.occupancy
    ADD CONSTRAINT crew_is_whole FOREIGN KEY (organisation_id, visit_id, next_member, kind, starts_at, ends_at) REFERENCES dispatch.occupancy(organisation_id, visit_id, member, kind, starts_at, ends_at);

ALTER TABLE ONLY dispatch.visit_step
    ADD CONSTRAINT customers_step_is_their_choice FOREIGN KEY (organisation_id, visit_id, chosen, starts_at, actor) REFERENCES dispatch.choice(organisation_id, visit_id, step, starts_at, actor);

ALTER TABLE ONLY dispatch.visit_delay
    ADD CONSTRAINT delay_follows FOREIGN KEY (organisation_id, visit_id, previous) REFERENCES dispatch.visit_delay(organisation_id, visit_id, nth);

ALTER TABLE ONLY dispatch.visit_delay
    ADD CONSTRAINT delay_of_visit FOREIGN KEY (organisation_id, visit_id) REFERENCES dispatch.visit(organisation_id, visit_id);

ALTER TABLE ONLY dispatch.visit_wait_end
    ADD CONSTRAINT end_of_wait FOREIGN KEY (organisation_id, visit_id, incident_id) REFERENCES dispatch.visit_wait(organisation_id, visit_id, incident_id);

ALTER TABLE ONLY dispatch.plan_found
    ADD CONSTRAINT found_by_proposing FOREIGN KEY (organisation_id, plan_id, step, proposed_in) REFERENCES dispatch.plan_step(organisation_id, plan_id, step, to_state);

ALTER TABLE ONLY dispatch.started_item
    ADD CONSTRAINT item_started_by_a_start FOREIGN KEY (organisation_id, visit_id, step, started_in) REFERENCES dispatch.visit_step(organisation_id, visit_id, step, to_state);

ALTER TABLE ONLY dispatch.job
    ADD CONSTRAINT job_at_a_site_of_its_customer FOREIGN KEY (organisation_id, customer_id, site_id) REFERENCES customers.site(organisation_id, customer_id, site_id);

ALTER TABLE ONLY dispatch.job
    ADD CONSTRAINT job_charges_in_its_scope FOREIGN KEY (organisation_id, scope_id, customer_id, currency) REFERENCES authorisations.scope(organisation_id, scope_id, customer_id, currency);

ALTER TABLE ONLY dispatch.job
    ADD CONSTRAINT job_on_an_asset_of_its_customer FOREIGN KEY (organisation_id, customer_id, asset_id) REFERENCES customers.asset(organisation_id, customer_id, asset_id);

ALTER TABLE ONLY dispatch.job
    ADD CONSTRAINT job_prefers_technician FOREIGN KEY (organisation_id, preferred_technician_id) REFERENCES dispatch.technician(organisation_id, technician_id);

ALTER TABLE ONLY dispatch.job_step
    ADD CONSTRAINT job_step_follows FOREIGN KEY (organisation_id, job_id, previous, from_state, was_done) REFERENCES dispatch.job_step(organisation_id, job_id, step, to_state, visits_done);

ALTER TABLE ONLY dispatch.job_step
    ADD CONSTRAINT job_step_of_job FOREIGN KEY (organisation_id, job_id) REFERENCES dispatch.job(organisation_id, job_id);

ALTER TABLE ONLY dispatch.plan_left_out
    ADD CONSTRAINT left_out_job FOREIGN KEY (organisation_id, job_id) REFERENCES dispatch.job(organisation_id, job_id);

ALTER TABLE ONLY dispatch.plan_left_out
    ADD CONSTRAINT left_out_of_finding FOREIGN KEY (organisation_id, plan_id) REFERENCES dispatch.plan_found(organisation_id, plan_id);

ALTER TABLE ONLY dispatch.plan_left_out
    ADD CONSTRAINT left_out_visit_of_job FOREIGN KEY (organisation_id, job_id, visit_id) REFERENCES dispatch.visit(organisation_id, job_id, visit_id);

ALTER TABLE ONLY dispatch.occupancy
    ADD CONSTRAINT occupancy_of_technician FOREIGN KEY (organisation_id, technician_id) REFERENCES dispatch.technician(organisation_id, technician_id);

ALTER TABLE ONLY dispatch.occupancy
    ADD CONSTRAINT occupancy_of_visit FOREIGN KEY (organisation_id, visit_id, crew_size) REFERENCES dispatch.visit(organisation_id, visit_id, crew_size);

ALTER TABLE ONLY dispatch.occurrence
    ADD CONSTRAINT occurrence_of_series FOREIGN KEY (organisation_id, series_id) REFERENCES dispatch.visit_series(organisation_id, series_id);

ALTER TABLE ONLY dispatch.occurrence
    ADD CONSTRAINT occurrence_opens_job FOREIGN KEY (organisation_id, job_id) REFERENCES dispatch.job(organisation_id, job_id);

ALTER TABLE ONLY dispatch.job
    ADD CONSTRAINT opened_by_partner_is_brought FOREIGN KEY (organisation_id, job_id, brought_by) REFERENCES dispatch.brought(organisation_id, job_id, actor) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY dispatch.job_step
    ADD CONSTRAINT partners_step_is_of_what_they_brought FOREIGN KEY (organisation_id, job_id, by_partner) REFERENCES dispatch.brought(organisation_id, job_id, actor) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY dispatch.parts_step
    ADD CONSTRAINT parts_step_of_job FOREIGN KEY (organisation_id, job_id) REFERENCES dispatch.job(organisation_id, job_id);

ALTER TABLE ONLY dispatch.parts_step
    ADD CONSTRAINT parts_steps_follow FOREIGN KEY (organisation_id, job_id, previous) REFERENCES dispatch.parts_step(organisation_id, job_id, step);

ALTER TABLE ONLY dispatch.plan_break
    ADD CONSTRAINT plan_break_of_technician FOREIGN KEY (organisation_id, plan_id, technician_id) REFERENCES dispatch.plan_technician(organisation_id, plan_id, technician_id);

ALTER TABLE ONLY dispatch.plan_step
    ADD CONSTRAINT plan_step_follows FOREIGN KEY (organisation_id, plan_id, previous, from_state) REFERENCES dispatch.plan_step(organisation_id, plan_id, step, to_state);

ALTER TABLE ONLY dispatch.plan_step
    ADD CONSTRAINT plan_step_of_plan FOREIGN KEY (organisation_id, plan_id) REFERENCES dispatch.plan(organisation_id, plan_id);

ALTER TABLE ONLY dispatch.plan_stop
    ADD CONSTRAINT plan_stop_of_job FOREIGN KEY (organisation_id, job_id) REFERENCES dispatch.job(organisation_id, job_id);

ALTER TABLE ONLY dispatch.plan_stop
    ADD CONSTRAINT plan_stop_of_technician FOREIGN KEY (organisation_id, plan_id, technician_id) REFERENCES dispatch.plan_technician(organisation_id, plan_id, technician_id);

ALTER TABLE ONLY dispatch.plan_technician
    ADD CONSTRAINT plan_technician_is_one FOREIGN KEY (organisation_id, technician_id) REFERENCES dispatch.technician(organisation_id, technician_id);

ALTER TABLE ONLY dispatch.plan_technician
    ADD CONSTRAINT plan_technician_of_finding FOREIGN KEY (organisation_id, plan_id) REFERENCES dispatch.plan_found(organisation_id, plan_id);

ALTER TABLE ONLY dispatch."position"
    ADD CONSTRAINT position_for_a_visit FOREIGN KEY (organisation_id, visit_id, visit_step, visit_state) REFERENCES dispatch.visit_step(organisation_id, visit_id, step, to_state);

ALTER TABLE ONLY dispatch."position"
    ADD CONSTRAINT position_in_a_shift FOREIGN KEY (organisation_id, technician_id, shift_starts_at, shift_ends_at) REFERENCES dispatch.shift(organisation_id, technician_id, starts_at, ends_at);

ALTER TABLE ONLY dispatch.preference
    ADD CONSTRAINT preference_for_technician FOREIGN KEY (organisation_id, technician_id) REFERENCES dispatch.technician(organisation_id, technician_id);

ALTER TABLE ONLY dispatch.preference
    ADD CONSTRAINT preference_of_customer FOREIGN KEY (organisation_id, customer_id) REFERENCES customers.customer(organisation_id, customer_id);

ALTER TABLE ONLY dispatch.job_reading
    ADD CONSTRAINT reading_of_job FOREIGN KEY (organisation_id, job_id) REFERENCES dispatch.job(organisation_id, job_id);

ALTER TABLE ONLY dispatch.job_reading
    ADD CONSTRAINT readings_follow FOREIGN KEY (organisation_id, job_id, taken_when, previous) REFERENCES dispatch.job_reading(organisation_id, job_id, taken_when, step);

ALTER TABLE ONLY dispatch.collection_stop
    ADD CONSTRAINT sending_of_visit_step FOREIGN KEY (organisation_id, visit_id, visit_step) REFERENCES dispatch.visit_step(organisation_id, visit_id, step);

ALTER TABLE ONLY dispatch.visit_step
    ADD CONSTRAINT sent_to_collect_by_the_chain FOREIGN KEY (organisation_id, sent_to_collect, visit_id, step) REFERENCES dispatch.collection_stop(organisation_id, technician_id, visit_id, visit_step);

ALTER TABLE ONLY dispatch.visit_series
    ADD CONSTRAINT series_at_a_site_of_its_customer FOREIGN KEY (organisation_id, customer_id, site_id) REFERENCES customers.site(organisation_id, customer_id, site_id);

ALTER TABLE ONLY dispatch.visit_series
    ADD CONSTRAINT series_goes_by_technician FOREIGN KEY (organisation_id, technician_id) REFERENCES dispatch.technician(organisation_id, technician_id);

ALTER TABLE ONLY dispatch.visit_series
    ADD CONSTRAINT series_on_an_asset_of_its_customer FOREIGN KEY (organisation_id, customer_id, asset_id) REFERENCES customers.asset(organisation_id, customer_id, asset_id);

ALTER TABLE ONLY dispatch.series_step
    ADD CONSTRAINT series_step_follows FOREIGN KEY (organisation_id, series_id, previous, from_state) REFERENCES dispatch.series_step(organisation_id, series_id, step, to_state);

ALTER TABLE ONLY dispatch.series_step
    ADD CONSTRAINT series_step_of_series FOREIGN KEY (organisation_id, series_id) REFERENCES dispatch.visit_series(organisation_id, series_id);

ALTER TABLE ONLY dispatch.collection_settled
    ADD CONSTRAINT settled_was_to_collect FOREIGN KEY (organisation_id, job_id, invoice_id) REFERENCES dispatch.collection(organisation_id, job_id, invoice_id);

ALTER TABLE ONLY dispatch.shift
    ADD CONSTRAINT shift_of_technician FOREIGN KEY (organisation_id, technician_id) REFERENCES dispatch.technician(organisation_id, technician_id);

ALTER TABLE ONLY dispatch.started_item
    ADD CONSTRAINT started_item_is_authorised FOREIGN KEY (organisation_id, item_id) REFERENCES authorisations.capacity_item(organisation_id, item_id);

ALTER TABLE ONLY dispatch.technician
    ADD CONSTRAINT technician_is_staff FOREIGN KEY (organisation_id, technician_id) REFERENCES identity.staff(organisation_id, staff_id);

ALTER TABLE ONLY dispatch.arrival_told
    ADD CONSTRAINT told_follows FOREIGN KEY (organisation_id, visit_id, since_step, arrive_until, previous, was, was_expected_at) REFERENCES dispatch.arrival_told(organisation_id, visit_id, since_step, arrive_until, nth, kind, expected_at);

ALTER TABLE ONLY dispatch.arrival_told
    ADD CONSTRAINT told_of_visit FOREIGN KEY (organisation_id, visit_id, since_step) REFERENCES dispatch.visit_step(organisation_id, visit_id, step);

ALTER TABLE ONLY dispatch.travel_speeds
    ADD CONSTRAINT travel_speeds_follow FOREIGN KEY (organisation_id, previous) REFERENCES dispatch.travel_speeds(organisation_id, version);

ALTER TABLE ONLY dispatch.unfinished_job
    ADD CONSTRAINT unfinished_job_is_a_job FOREIGN KEY (organisation_id, job_id) REFERENCES dispatch.job(organisation_id, job_id);

ALTER TABLE ONLY dispatch.visit_step
    ADD CONSTRAINT visit_by_technician FOREIGN KEY (organisation_id, technician_id) REFERENCES dispatch.technician(organisation_id, technician_id);

ALTER TABLE ONLY dispatch.visit
    ADD CONSTRAINT visit_of_job_at_its_site FOREIGN KEY (organisation_id, job_id, customer_id, site_id, collects, crew_size) REFERENCES dispatch.job(organisation_id, job_id, customer_id, site_id, collects, crew_size);

ALTER TABLE ONLY dispatch.visit_step
    ADD CONSTRAINT visit_step_follows FOREIGN KEY (organisation_id, visit_id, previous, from_state) REFERENCES dispatch.visit_step(organisation_id, visit_id, step, to_state);

ALTER TABLE ONLY dispatch.visit_step
    ADD CONSTRAINT visit_step_of_visit FOREIGN KEY (organisation_id, visit_id, crew_size, collects) REFERENCES dispatch.visit(organisation_id, visit_id, crew_size, collects);

ALTER TABLE ONLY dispatch.visit_wait
    ADD CONSTRAINT wait_for_incident FOREIGN KEY (organisation_id, incident_id) REFERENCES subscriptions.incident(organisation_id, incident_id);

ALTER TABLE ONLY dispatch.visit_wait
    ADD CONSTRAINT wait_of_visit FOREIGN KEY (organisation_id, visit_id) REFERENCES dispatch.visit(organisation_id, visit_id);

ALTER TABLE ONLY dispatch.waiting_visit
    ADD CONSTRAINT waiting_visit_waits FOREIGN KEY (organisation_id, visit_id, incident_id) REFERENCES dispatch.visit_wait(organisation_id, visit_id, incident_id);

ALTER TABLE ONLY evidence.dispute_answer
    ADD CONSTRAINT answer_of_their_matter FOREIGN KEY (organisation_id, scope_id, customer_id, currency) REFERENCES authorisations.scope(organisation_id, scope_id, customer_id, currency);

ALTER TABLE ONLY evidence.dispute_answer
    ADD CONSTRAINT answer_to_dispute FOREIGN KEY (organisation_id, dispute_id, customer_id, currency, amount_minor) REFERENCES billing.dispute(organisation_id, dispute_id, customer_id, currency, amount_minor);

ALTER TABLE ONLY evidence.dispute_answer_end
    ADD CONSTRAINT end_of_answer FOREIGN KEY (organisation_id, dispute_id, about) REFERENCES evidence.dispute_answer(organisation_id, dispute_id, about);

ALTER TABLE ONLY evidence.erasure
    ADD CONSTRAINT erasure_of_contact FOREIGN KEY (organisation_id, customer_id, contact_id) REFERENCES customers.contact(organisation_id, customer_id, contact_id);

ALTER TABLE ONLY evidence.erasure
    ADD CONSTRAINT erasure_of_customer FOREIGN KEY (organisation_id, customer_id) REFERENCES customers.customer(organisation_id, customer_id);

ALTER TABLE ONLY evidence.hold
    ADD CONSTRAINT hold_on_customer FOREIGN KEY (organisation_id, customer_id) REFERENCES customers.customer(organisation_id, customer_id);

ALTER TABLE ONLY evidence.hold_release
    ADD CONSTRAINT release_of_hold FOREIGN KEY (organisation_id, hold_id) REFERENCES evidence.hold(organisation_id, hold_id);

ALTER TABLE ONLY evidence.dispute_sending
    ADD CONSTRAINT sending_of_answer FOREIGN KEY (organisation_id, dispute_id, about) REFERENCES evidence.dispute_answer(organisation_id, dispute_id, about);

ALTER TABLE ONLY evidence.dispute_answer_end
    ADD CONSTRAINT submitted_as_was_written FOREIGN KEY (organisation_id, dispute_id, about, evidence_hash) REFERENCES evidence.dispute_sending(organisation_id, dispute_id, about, evidence_hash);

ALTER TABLE ONLY evidence.dispute_warning
    ADD CONSTRAINT warning_of_standing FOREIGN KEY (organisation_id, dispute_id, step) REFERENCES billing.dispute_step(organisation_id, dispute_id, step);

ALTER TABLE ONLY identity.api_key
    ADD CONSTRAINT api_key_of_organisation FOREIGN KEY (organisation_id) REFERENCES identity.organisation(organisation_id);

ALTER TABLE ONLY identity.api_key
    ADD CONSTRAINT api_key_of_partner FOREIGN KEY (organisation_id, partner_id) REFERENCES identity.partner(organisation_id, partner_id);

ALTER TABLE ONLY identity.device
    ADD CONSTRAINT device_of_staff FOREIGN KEY (organisation_id, staff_id) REFERENCES identity.staff(organisation_id, staff_id);

ALTER TABLE ONLY identity.session_device
    ADD CONSTRAINT device_told_by_a_session_of_its_staff FOREIGN KEY (organisation_id, staff_id, session_id) REFERENCES identity.session(organisation_id, staff_id, session_id);

ALTER TABLE ONLY identity.link
    ADD CONSTRAINT link_of_organisation FOREIGN KEY (organisation_id) REFERENCES identity.organisation(organisation_id);

ALTER TABLE ONLY identity.logo
    ADD CONSTRAINT logo_of_organisation FOREIGN KEY (organisation_id) REFERENCES identity.organisation(organisation_id);

ALTER TABLE ONLY identity.mail_link
    ADD CONSTRAINT mail_link_of_staff FOREIGN KEY (organisation_id, staff_id) REFERENCES identity.staff(organisation_id, staff_id);

ALTER TABLE ONLY identity.organisation
    ADD CONSTRAINT organisation_is_found_by_its_slug FOREIGN KEY (organisation_id, slug_ref) REFERENCES identity.public_name(organisation_id, slug);

ALTER TABLE ONLY identity.organisation
    ADD CONSTRAINT organisation_is_its_last_step FOREIGN KEY (organisation_id, version, told_hash) REFERENCES identity.organisation_step(organisation_id, version, told_hash);

ALTER TABLE ONLY identity.organisation_step
    ADD CONSTRAINT organisation_step_of_organisation FOREIGN KEY (organisation_id) REFERENCES identity.organisation(organisation_id);

ALTER TABLE ONLY identity.partner
    ADD CONSTRAINT partner_of_organisation FOREIGN KEY (organisation_id) REFERENCES identity.organisation(organisation_id);

ALTER TABLE ONLY identity.session
    ADD CONSTRAINT session_of_staff FOREIGN KEY (organisation_id, staff_id) REFERENCES identity.staff(organisation_id, staff_id);

ALTER TABLE ONLY identity.session_device
    ADD CONSTRAINT session_on_a_device_of_its_staff FOREIGN KEY (organisation_id, staff_id, device_id) REFERENCES identity.device(organisation_id, staff_id, device_id);

ALTER TABLE ONLY identity.staff
    ADD CONSTRAINT staff_of_organisation FOREIGN KEY (organisation_id) REFERENCES identity.organisation(organisation_id);

ALTER TABLE ONLY kit.checkpoint
    ADD CONSTRAINT checkpoint_follows_the_one_before FOREIGN KEY (organisation_id, before_number, before_digest) REFERENCES kit.checkpoint(organisation_id, number, digest);

ALTER TABLE ONLY notices.dead_address
    ADD CONSTRAINT dead_address_told_by_notice FOREIGN KEY (organisation_id, notice_id) REFERENCES notices.notice(organisation_id, notice_id);

ALTER TABLE ONLY notices.reach_ending
    ADD CONSTRAINT ending_of_reach FOREIGN KEY (organisation_id, notice_id) REFERENCES notices.reach(organisation_id, notice_id);

ALTER TABLE ONLY notices.followed
    ADD CONSTRAINT followed_of_organisation FOREIGN KEY (organisation_id) REFERENCES identity.organisation(organisation_id);

ALTER TABLE ONLY notices.notice_step
    ADD CONSTRAINT notice_step_follows FOREIGN KEY (organisation_id, notice_id, before_step, from_state) REFERENCES notices.notice_step(organisation_id, notice_id, step, to_state);

ALTER TABLE ONLY notices.notice_step
    ADD CONSTRAINT notice_step_of_notice FOREIGN KEY (organisation_id, notice_id) REFERENCES notices.notice(organisation_id, notice_id);

ALTER TABLE ONLY notices.notice
    ADD CONSTRAINT notice_to_contact FOREIGN KEY (organisation_id, customer_id, contact_id) REFERENCES customers.contact(organisation_id, customer_id, contact_id);

ALTER TABLE ONLY notices.notice
    ADD CONSTRAINT notice_to_customer FOREIGN KEY (organisation_id, customer_id) REFERENCES customers.customer(organisation_id, customer_id);

ALTER TABLE ONLY notices.notice
    ADD CONSTRAINT notice_to_staff FOREIGN KEY (organisation_id, staff_id) REFERENCES identity.staff(organisation_id, staff_id);

ALTER TABLE ONLY notices.open_reach
    ADD CONSTRAINT open_reach_of_reach FOREIGN KEY (organisation_id, notice_id, due_at) REFERENCES notices.reach(organisation_id, notice_id, due_at);

ALTER TABLE ONLY notices.opt_out
    ADD CONSTRAINT opt_out_of_customer FOREIGN KEY (organisation_id, customer_id) REFERENCES customers.customer(organisation_id, customer_id);

ALTER TABLE ONLY notices.opt_out
    ADD CONSTRAINT opt_outs_follow FOREIGN KEY (organisation_id, customer_id, kind, before_step) REFERENCES notices.opt_out(organisation_id, customer_id, kind, step);

ALTER TABLE ONLY notices.reach
    ADD CONSTRAINT reach_for_notice FOREIGN KEY (organisation_id, notice_id) REFERENCES notices.notice(organisation_id, notice_id);

ALTER TABLE ONLY notices.reach
    ADD CONSTRAINT reach_of_customer FOREIGN KEY (organisation_id, customer_id) REFERENCES customers.customer(organisation_id, customer_id);

ALTER TABLE ONLY notices.rule
    ADD CONSTRAINT rule_of_set FOREIGN KEY (organisation_id, version) REFERENCES notices.rule_set(organisation_id, version);

ALTER TABLE ONLY notices.rule_set
    ADD CONSTRAINT rule_set_of_organisation FOREIGN KEY (organisation_id) REFERENCES identity.organisation(organisation_id);

ALTER TABLE ONLY notices.rule_set
    ADD CONSTRAINT rule_sets_follow FOREIGN KEY (organisation_id, previous) REFERENCES notices.rule_set(organisation_id, version);

ALTER TABLE ONLY notices.text_stop
    ADD CONSTRAINT text_stop_of_organisation FOREIGN KEY (organisation_id) REFERENCES identity.organisation(organisation_id);

ALTER TABLE ONLY notices.text_stop
    ADD CONSTRAINT text_stops_follow FOREIGN KEY (organisation_id, number_hash, before_step) REFERENCES notices.text_stop(organisation_id, number_hash, step);

ALTER TABLE ONLY promises.policy
    ADD CONSTRAINT broken_promises_go_to_staff FOREIGN KEY (organisation_id, escalates_to) REFERENCES identity.staff(organisation_id, staff_id);

ALTER TABLE ONLY promises.ending
    ADD CONSTRAINT ending_of_promise FOREIGN KEY (organisation_id, promise_id, due_at) REFERENCES promises.promise(organisation_id, promise_id, due_at);

ALTER TABLE ONLY promises.escalation
    ADD CONSTRAINT escalation_of_promise FOREIGN KEY (organisation_id, promise_id, due_at) REFERENCES promises.promise(organisation_id, promise_id, due_at);

ALTER TABLE ONLY promises.escalation
    ADD CONSTRAINT escalation_to_staff FOREIGN KEY (organisation_id, to_staff_id) REFERENCES identity.staff(organisation_id, staff_id);

ALTER TABLE ONLY promises.handing
    ADD CONSTRAINT handing_of_promise FOREIGN KEY (organisation_id, promise_id) REFERENCES promises.promise(organisation_id, promise_id);

ALTER TABLE ONLY promises.handing
    ADD CONSTRAINT handing_to_staff FOREIGN KEY (organisation_id, to_staff_id) REFERENCES identity.staff(organisation_id, staff_id);

ALTER TABLE ONLY promises.open_promise
    ADD CONSTRAINT open_promise_of_promise FOREIGN KEY (organisation_id, promise_id, due_at) REFERENCES promises.promise(organisation_id, promise_id, due_at);

ALTER TABLE ONLY promises.promise
    ADD CONSTRAINT promise_is_owned FOREIGN KEY (organisation_id, owner_staff_id) REFERENCES identity.staff(organisation_id, staff_id);

ALTER TABLE ONLY promises.policy
    ADD CONSTRAINT promise_policies_follow FOREIGN KEY (organisation_id, previous) REFERENCES promises.policy(organisation_id, version);

ALTER TABLE ONLY promises.policy
    ADD CONSTRAINT promise_policy_of_organisation FOREIGN KEY (organisation_id) REFERENCES identity.organisation(organisation_id);

ALTER TABLE ONLY promises.promise
    ADD CONSTRAINT promise_to_customer FOREIGN KEY (organisation_id, customer_id) REFERENCES customers.customer(organisation_id, customer_id);

ALTER TABLE ONLY promises.renewal
    ADD CONSTRAINT renewal_ends_the_one_before FOREIGN KEY (organisation_id, renewed_id) REFERENCES promises.ending(organisation_id, promise_id);

ALTER TABLE ONLY promises.renewal
    ADD CONSTRAINT renewal_is_a_promise FOREIGN KEY (organisation_id, promise_id) REFERENCES promises.promise(organisation_id, promise_id);

ALTER TABLE ONLY promises.warning
    ADD CONSTRAINT warning_of_promise FOREIGN KEY (organisation_id, promise_id, due_at) REFERENCES promises.promise(organisation_id, promise_id, due_at);

ALTER TABLE ONLY promises.warning
    ADD CONSTRAINT warning_to_staff FOREIGN KEY (organisation_id, warned_staff_id) REFERENCES identity.staff(organisation_id, staff_id);

ALTER TABLE ONLY promises.wording
    ADD CONSTRAINT wording_of_promise FOREIGN KEY (organisation_id, promise_id) REFERENCES promises.promise(organisation_id, promise_id);

ALTER TABLE ONLY subscriptions.renewal_call
    ADD CONSTRAINT call_about_a_subscription FOREIGN KEY (organisation_id, subscription_id, customer_id) REFERENCES subscriptions.subscription(organisation_id, subscription_id, customer_id);

ALTER TABLE ONLY subscriptions.renewal_call
    ADD CONSTRAINT call_knew_the_state FOREIGN KEY (organisation_id, subscription_id, subscription_step) REFERENCES subscriptions.subscription_step(organisation_id, subscription_id, step);

ALTER TABLE ONLY subscriptions.incident_end
    ADD CONSTRAINT end_of_incident FOREIGN KEY (organisation_id, incident_id) REFERENCES subscriptions.incident(organisation_id, incident_id);

ALTER TABLE ONLY subscriptions.plan_change_end
    ADD CONSTRAINT end_of_plan_change FOREIGN KEY (organisation_id, successor_id, subscription_id) REFERENCES subscriptions.plan_change(organisation_id, successor_id, subscription_id);

ALTER TABLE ONLY subscriptions.incident_told
    ADD CONSTRAINT end_told_to_who_heard_of_it FOREIGN KEY (organisation_id, incident_id, customer_id, news_before, turn_before) REFERENCES subscriptions.incident_told(organisation_id, incident_id, customer_id, news, turn);

ALTER TABLE ONLY subscriptions.incident_estimate
    ADD CONSTRAINT estimate_of_incident FOREIGN KEY (organisation_id, incident_id) REFERENCES subscriptions.incident(organisation_id, incident_id);

ALTER TABLE ONLY subscriptions.incident_explanation
    ADD CONSTRAINT explanation_of_incident FOREIGN KEY (organisation_id, incident_id) REFERENCES subscriptions.incident(organisation_id, incident_id);

ALTER TABLE ONLY subscriptions.incident_heard
    ADD CONSTRAINT heard_of_incident FOREIGN KEY (organisation_id, incident_id) REFERENCES subscriptions.incident(organisation_id, incident_id);

ALTER TABLE ONLY subscriptions.incident_estimate
    ADD CONSTRAINT incident_estimates_follow FOREIGN KEY (organisation_id, incident_id, previous, until_before) REFERENCES subscriptions.incident_estimate(organisation_id, incident_id, step, until_at);

ALTER TABLE ONLY subscriptions.incident
    ADD CONSTRAINT incident_expected_as_estimated FOREIGN KEY (organisation_id, incident_id, estimate_ref, until_at) REFERENCES subscriptions.incident_estimate(organisation_id, incident_id, step, until_at);

ALTER TABLE ONLY subscriptions.incident_explanation
    ADD CONSTRAINT incident_explanations_follow FOREIGN KEY (organisation_id, incident_id, previous) REFERENCES subscriptions.incident_explanation(organisation_id, incident_id, step);

ALTER TABLE ONLY subscriptions.incident
    ADD CONSTRAINT incident_of_organisation FOREIGN KEY (organisation_id) REFERENCES identity.organisation(organisation_id);

ALTER TABLE ONLY subscriptions.incident_told
    ADD CONSTRAINT incident_promised FOREIGN KEY (organisation_id, promise_id) REFERENCES promises.promise(organisation_id, promise_id);

ALTER TABLE ONLY subscriptions.incident_reach
    ADD CONSTRAINT incident_reaches_a_service FOREIGN KEY (organisation_id, subscription_id, customer_id) REFERENCES subscriptions.subscription(organisation_id, subscription_id, customer_id);

ALTER TABLE ONLY subscriptions.incident_reach
    ADD CONSTRAINT incident_reaches_a_site FOREIGN KEY (organisation_id, customer_id, site_id) REFERENCES customers.site(organisation_id, customer_id, site_id);

ALTER TABLE ONLY subscriptions.incident_told
    ADD CONSTRAINT incident_told_to_customer FOREIGN KEY (organisation_id, customer_id) REFERENCES customers.customer(organisation_id, customer_id);

ALTER TABLE ONLY subscriptions.lapsing_cursor
    ADD CONSTRAINT lapsing_cursor_of_organisation FOREIGN KEY (organisation_id) REFERENCES identity.organisation(organisation_id);

ALTER TABLE ONLY subscriptions.lapsing
    ADD CONSTRAINT lapsing_is_a_subscription FOREIGN KEY (organisation_id, subscription_id, customer_id) REFERENCES subscriptions.subscription(organisation_id, subscription_id, customer_id);

ALTER TABLE ONLY subscriptions.network_state
    ADD CONSTRAINT network_of_organisation FOREIGN KEY (organisation_id) REFERENCES identity.organisation(organisation_id);

ALTER TABLE ONLY subscriptions.network_state
    ADD CONSTRAINT network_states_follow FOREIGN KEY (organisation_id, subscription_id, previous, before) REFERENCES subscriptions.network_state(organisation_id, subscription_id, step, state);

ALTER TABLE ONLY subscriptions.provisioning_order
    ADD CONSTRAINT order_of_a_change FOREIGN KEY (organisation_id, subscription_id, sequence, state) REFERENCES subscriptions.subscription_step(organisation_id, subscription_id, step, to_state);

ALTER TABLE ONLY subscriptions.provisioning_order
    ADD CONSTRAINT order_rounds_follow FOREIGN KEY (organisation_id, subscription_id, sequence, previous_round) REFERENCES subscriptions.provisioning_order(organisation_id, subscription_id, sequence, round);

ALTER TABLE ONLY subscriptions.provisioning_order
    ADD CONSTRAINT ordered_anew_for_a_difference FOREIGN KEY (organisation_id, subscription_id, network_step, network_state) REFERENCES subscriptions.network_state(organisation_id, subscription_id, step, state);

ALTER TABLE ONLY subscriptions.paid_period
    ADD CONSTRAINT paid_period_follows FOREIGN KEY (organisation_id, subscription_id, number, previous) REFERENCES subscriptions.paid_period(organisation_id, subscription_id, number, step);

ALTER TABLE ONLY subscriptions.paid_period
    ADD CONSTRAINT paid_period_of_period FOREIGN KEY (organisation_id, subscription_id, number, until_on) REFERENCES subscriptions.period(organisation_id, subscription_id, number, until_on);

ALTER TABLE ONLY subscriptions.subscription_step
    ADD CONSTRAINT paid_through_a_paid_period FOREIGN KEY (organisation_id, subscription_id, paid_ref, paid_step, paid_until_on, paid_is) REFERENCES subscriptions.paid_period(organisation_id, subscription_id, number, step, until_on, paid);

ALTER TABLE ONLY subscriptions.period
    ADD CONSTRAINT period_authorised_when FOREIGN KEY (organisation_id, item_id, authorised_at, period_ticks, denominator, price_numerator, price_denominator) REFERENCES authorisations.capacity_item(organisation_id, item_id, authorised_at, period_ticks, denominator, price_numerator, price_denominator);

ALTER TABLE ONLY subscriptions.period
    ADD CONSTRAINT period_follows FOREIGN KEY (organisation_id, subscription_id, previous, previous_until_on) REFERENCES subscriptions.period(organisation_id, subscription_id, number, until_on);

ALTER TABLE ONLY subscriptions.period
    ADD CONSTRAINT period_is_billed FOREIGN KEY (organisation_id, invoice_id, scope_id, bill_seq, bill_kind, bill_closes, item_id, billed_before, billed_after, net_before, net_after) REFERENCES authorisations.capacity(organisation_id, subject, scope_id, seq, kind, closes, item_id, billed_before, billed_after, net_before, net_after);

ALTER TABLE ONLY subscriptions.period
    ADD CONSTRAINT period_is_supplied FOREIGN KEY (organisation_id, work_record_id, scope_id, item_id, from_on, until_on) REFERENCES authorisations.work_record(organisation_id, work_record_id, scope_id, item_id, period_from, period_until);

ALTER TABLE ONLY subscriptions.period
    ADD CONSTRAINT period_knew_the_state FOREIGN KEY (organisation_id, subscription_id, step, state, reasons) REFERENCES subscriptions.subscription_step(organisation_id, subscription_id, step, to_state, reasons_after);

ALTER TABLE ONLY subscriptions.period
    ADD CONSTRAINT period_of_subscription FOREIGN KEY (organisation_id, subscription_id, scope_id, begins_on, period_months, zone) REFERENCES subscriptions.subscription(organisation_id, subscription_id, scope_id, begins_on, period_months, zone);

ALTER TABLE ONLY subscriptions.plan_change_end
    ADD CONSTRAINT plan_change_ended_one_of_both FOREIGN KEY (organisation_id, ended_id, ended_step, ended_state) REFERENCES subscriptions.subscription_step(organisation_id, subscription_id, step, to_state);

ALTER TABLE ONLY subscriptions.plan_change
    ADD CONSTRAINT plan_change_of_subscription FOREIGN KEY (organisation_id, subscription_id, customer_id) REFERENCES subscriptions.subscription(organisation_id, subscription_id, customer_id);

ALTER TABLE ONLY subscriptions.plan_change
    ADD CONSTRAINT plan_change_to_a_subscription_of_theirs FOREIGN KEY (organisation_id, successor_id, customer_id) REFERENCES subscriptions.subscription(organisation_id, subscription_id, customer_id);

ALTER TABLE ONLY subscriptions.provisioning_step
    ADD CONSTRAINT provisioning_follows FOREIGN KEY (organisation_id, subscription_id, sequence, round, previous, from_outcome) REFERENCES subscriptions.provisioning_step(organisation_id, subscription_id, sequence, round, step, outcome);

ALTER TABLE ONLY subscriptions.provisioning_step
    ADD CONSTRAINT provisioning_of_order FOREIGN KEY (organisation_id, subscription_id, sequence, round) REFERENCES subscriptions.provisioning_order(organisation_id, subscription_id, sequence, round);

ALTER TABLE ONLY subscriptions.incident_reach
    ADD CONSTRAINT reach_of_incident FOREIGN KEY (organisation_id, incident_id) REFERENCES subscriptions.incident(organisation_id, incident_id);

ALTER TABLE ONLY subscriptions.subscription_step
    ADD CONSTRAINT reopened_by_a_payment_taken_back FOREIGN KEY (organisation_id, subscription_id, reopened_number, reopened_step, reopened_is) REFERENCES subscriptions.paid_period(organisation_id, subscription_id, number, step, paid);

ALTER TABLE ONLY subscriptions.subscription_step
    ADD CONSTRAINT step_under_its_terms FOREIGN KEY (organisation_id, subscription_id, begins_on, grace_days, zone) REFERENCES subscriptions.subscription(organisation_id, subscription_id, begins_on, grace_days, zone);

ALTER TABLE ONLY subscriptions.subscription
    ADD CONSTRAINT subscription_at_a_site_of_its_customer FOREIGN KEY (organisation_id, customer_id, site_id) REFERENCES customers.site(organisation_id, customer_id, site_id);

ALTER TABLE ONLY subscriptions.subscription
    ADD CONSTRAINT subscription_in_its_scope FOREIGN KEY (organisation_id, scope_id, customer_id, currency) REFERENCES authorisations.scope(organisation_id, scope_id, customer_id, currency);

ALTER TABLE ONLY subscriptions.subscription
    ADD CONSTRAINT subscription_of_customer FOREIGN KEY (organisation_id, customer_id) REFERENCES customers.customer(organisation_id, customer_id);

ALTER TABLE ONLY subscriptions.subscription
    ADD CONSTRAINT subscription_of_plan FOREIGN KEY (organisation_id, plan_item_id, plan_effective_on) REFERENCES catalogue.item_version(organisation_id, item_id, effective_on);

ALTER TABLE ONLY subscriptions.subscription_step
    ADD CONSTRAINT subscription_step_follows FOREIGN KEY (organisation_id, subscription_id, previous, from_state, reasons_before, paid_number_before) REFERENCES subscriptions.subscription_step(organisation_id, subscription_id, step, to_state, reasons_after, paid_number);

ALTER TABLE ONLY subscriptions.subscription_tag
    ADD CONSTRAINT tag_of_subscription FOREIGN KEY (organisation_id, subscription_id) REFERENCES subscriptions.subscription(organisation_id, subscription_id);

ALTER TABLE ONLY subscriptions.incident_told
    ADD CONSTRAINT told_of_estimate FOREIGN KEY (organisation_id, incident_id, estimate_ref) REFERENCES subscriptions.incident_estimate(organisation_id, incident_id, step);

ALTER TABLE ONLY subscriptions.incident_told
    ADD CONSTRAINT told_of_incident FOREIGN KEY (organisation_id, incident_id) REFERENCES subscriptions.incident(organisation_id, incident_id);

ALTER TABLE ONLY webhooks.attempt
    ADD CONSTRAINT attempt_of_delivery FOREIGN KEY (organisation_id, delivery_id) REFERENCES webhooks.delivery(organisation_id, delivery_id);

ALTER TABLE ONLY webhooks.delivery
    ADD CONSTRAINT delivery_of_fact FOREIGN KEY (organisation_id, facts_epoch, transaction_id, sequence) REFERENCES kit.fact(organisation_id, epoch, transaction_id, sequence);

ALTER TABLE ONLY webhooks.delivery
    ADD CONSTRAINT delivery_of_webhook FOREIGN KEY (organisation_id, webhook_id) REFERENCES webhooks.webhook(organisation_id, webhook_id);

ALTER TABLE ONLY webhooks.progress
    ADD CONSTRAINT progress_of_webhook FOREIGN KEY (organisation_id, webhook_id) REFERENCES webhooks.webhook(organisation_id, webhook_id);

ALTER TABLE ONLY webhooks.webhook_step
    ADD CONSTRAINT webhook_goes_on_from_where_it_stood FOREIGN KEY (organisation_id, webhook_id, previous, from_state) REFERENCES webhooks.webhook_step(organisation_id, webhook_id, step, to_state);

ALTER TABLE ONLY webhooks.webhook
    ADD CONSTRAINT webhook_of_organisation FOREIGN KEY (organisation_id) REFERENCES identity.organisation(organisation_id);

ALTER TABLE ONLY webhooks.webhook
    ADD CONSTRAINT webhook_stands_as_its_last_step FOREIGN KEY (organisation_id, webhook_id, step, state) REFERENCES webhooks.webhook_step(organisation_id, webhook_id, step, to_state);

ALTER TABLE ONLY webhooks.webhook_step
    ADD CONSTRAINT webhook_step_of_organisation FOREIGN KEY (organisation_id) REFERENCES identity.organisation(organisation_id);

ALTER TABLE authorisations.authorisation ENABLE ROW LEVEL SECURITY;

ALTER TABLE authorisations.authorisation_item ENABLE ROW LEVEL SECURITY;

ALTER TABLE authorisations.capacity ENABLE ROW LEVEL SECURITY;

ALTER TABLE authorisations.capacity_item ENABLE ROW LEVEL SECURITY;

ALTER TABLE authorisations.ceiling_warning ENABLE ROW LEVEL SECURITY;

ALTER TABLE authorisations.code_proof ENABLE ROW LEVEL SECURITY;

ALTER TABLE authorisations.consent_detail ENABLE ROW LEVEL SECURITY;

ALTER TABLE authorisations.contact_mail ENABLE ROW LEVEL SECURITY;

CREATE POLICY drafts_alone ON authorisations.offer AS RESTRICTIVE FOR DELETE USING ((NOT authorisations.sealed(organisation_id, offer_id)));

CREATE POLICY drafts_alone ON authorisations.offer_item AS RESTRICTIVE FOR DELETE USING ((NOT authorisations.sealed(organisation_id, offer_id)));

CREATE POLICY drafts_alone ON authorisations.offer_photo AS RESTRICTIVE FOR DELETE USING ((NOT authorisations.sealed(organisation_id, offer_id)));

CREATE POLICY drafts_alone ON authorisations.offer_revision AS RESTRICTIVE FOR DELETE USING ((NOT authorisations.sealed(organisation_id, offer_id)));

ALTER TABLE authorisations.forecast ENABLE ROW LEVEL SECURITY;

ALTER TABLE authorisations.offer ENABLE ROW LEVEL SECURITY;

ALTER TABLE authorisations.offer_item ENABLE ROW LEVEL SECURITY;

ALTER TABLE authorisations.offer_photo ENABLE ROW LEVEL SECURITY;

ALTER TABLE authorisations.offer_revision ENABLE ROW LEVEL SECURITY;

ALTER TABLE authorisations.one_time_code ENABLE ROW LEVEL SECURITY;

ALTER TABLE authorisations.overrun_notice ENABLE ROW LEVEL SECURITY;

ALTER TABLE authorisations.photo ENABLE ROW LEVEL SECURITY;

ALTER TABLE authorisations.photo_content ENABLE ROW LEVEL SECURITY;

ALTER TABLE authorisations.policy ENABLE ROW LEVEL SECURITY;

ALTER TABLE authorisations.presentation ENABLE ROW LEVEL SECURITY;

ALTER TABLE authorisations.question ENABLE ROW LEVEL SECURITY;

ALTER TABLE authorisations.question_reply ENABLE ROW LEVEL SECURITY;

ALTER TABLE authorisations.receipt ENABLE ROW LEVEL SECURITY;

ALTER TABLE authorisations.scope ENABLE ROW LEVEL SECURITY;

ALTER TABLE authorisations.scope_step ENABLE ROW LEVEL SECURITY;

ALTER TABLE authorisations.signature ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON authorisations.authorisation USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON authorisations.authorisation_item USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON authorisations.capacity USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON authorisations.capacity_item USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON authorisations.ceiling_warning USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON authorisations.code_proof USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON authorisations.consent_detail USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON authorisations.contact_mail USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON authorisations.forecast USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON authorisations.offer USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON authorisations.offer_item USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON authorisations.offer_photo USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON authorisations.offer_revision USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON authorisations.one_time_code USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON authorisations.overrun_notice USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON authorisations.photo USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON authorisations.photo_content USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON authorisations.policy USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON authorisations.presentation USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON authorisations.question USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON authorisations.question_reply USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON authorisations.receipt USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON authorisations.scope USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON authorisations.scope_step USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON authorisations.signature USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON authorisations.withdrawal USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON authorisations.work_photo USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON authorisations.work_record USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON authorisations.wrong_code USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

ALTER TABLE authorisations.withdrawal ENABLE ROW LEVEL SECURITY;

ALTER TABLE authorisations.work_photo ENABLE ROW LEVEL SECURITY;

ALTER TABLE authorisations.work_record ENABLE ROW LEVEL SECURITY;

ALTER TABLE authorisations.wrong_code ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.account ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.account_entry ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.account_number ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.allocation ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.bank_account ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.bank_file ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.bank_line ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.bank_sighting ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.bank_statement ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.bank_step ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.bank_waiting ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.bank_waiting_for ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.billed_work ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.card_fee ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.carried_balance ENABLE ROW LEVEL SECURITY;

CREATE POLICY carried_forward_takes_no_posting ON billing.transfer AS RESTRICTIVE FOR INSERT WITH CHECK ((recorded_at >= COALESCE(( SELECT c.until_at
   FROM billing.carry_forward c
  WHERE (c.organisation_id = kit.tenant())
  ORDER BY c.number DESC
 LIMIT 1), '-infinity'::timestamp with time zone)));

CREATE POLICY carries_what_was_posted ON billing.carry_forward AS RESTRICTIVE FOR INSERT WITH CHECK (billing.carries_what_was_posted(organisation_id, number, from_at, until_at, transfers, content_hash));

ALTER TABLE billing.carry_forward ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.cash_acceptance ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.cash_arrival ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.cash_banked ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.cash_count ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.cash_custody ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.cash_deposit ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.cash_hand_in ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.cash_limit ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.cash_settlement ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.charge ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.charge_consent ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.charge_failure ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.charge_notice ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.charge_policy ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.cheque ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.cheque_on_its_way ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.cheque_step ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.claim ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.claim_reminder ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.claim_step ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.collection_attempt ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.credit_line ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.credit_note ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.debtor ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.debtor_cursor ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.decision ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.dispute ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.dispute_step ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.dispute_withdrawal ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.dunning_hold ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.dunning_hold_release ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.dunning_policy ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.dunning_policy_step ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.dunning_step ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.event_cursor ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.invoice ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.invoice_line ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.invoice_scope ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.invoice_tax ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.itemised_bill ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.itemised_request ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.outage ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.outage_credit ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.outage_order ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.outage_policy ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.outage_span ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.outage_tier ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.parked_money ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.parked_resolution ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.payment ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.payment_promise ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.payment_reversal ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.payout ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.payout_fee ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.payout_line ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.period ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.posting_attempt ENABLE ROW LEVEL SECURITY;

CREATE POLICY posting_holds_its_day ON billing.transfer AS RESTRICTIVE FOR INSERT WITH CHECK (billing.hold_day_open(organisation_id, recorded_at));

ALTER TABLE billing.provider_customer ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.provider_event ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.reader_end ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.reader_request ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.receipt ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.receipt_block ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.receipt_number_use ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.recovery ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.refund ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.refund_on_its_way ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.refund_outcome ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.refund_return ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.refused_cash ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.refused_cash_settlement ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.saved_method ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.saved_method_face ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.saved_method_step ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.saving_page ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON billing.account USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.account_entry USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.account_number USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.allocation USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.bank_account USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.bank_file USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.bank_line USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.bank_sighting USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.bank_statement USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.bank_step USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.bank_waiting USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.bank_waiting_for USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.billed_work USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.card_fee USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.carried_balance USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.carry_forward USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.cash_acceptance USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.cash_arrival USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.cash_banked USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.cash_count USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.cash_custody USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.cash_deposit USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.cash_hand_in USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.cash_limit USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.cash_settlement USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.charge USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.charge_consent USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.charge_failure USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.charge_notice USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.charge_policy USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.cheque USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.cheque_on_its_way USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.cheque_step USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.claim USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.claim_reminder USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.claim_step USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.collection_attempt USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.credit_line USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.credit_note USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.debtor USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.debtor_cursor USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.decision USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.dispute USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.dispute_step USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.dispute_withdrawal USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.dunning_hold USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.dunning_hold_release USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.dunning_policy USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.dunning_policy_step USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.dunning_step USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.event_cursor USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.invoice USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.invoice_line USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.invoice_scope USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.invoice_tax USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.itemised_bill USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.itemised_request USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.outage USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.outage_credit USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.outage_order USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.outage_policy USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.outage_span USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.outage_tier USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.parked_money USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.parked_resolution USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.payment USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.payment_promise USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.payment_reversal USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.payout USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.payout_fee USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.payout_line USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.period USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.posting_attempt USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.provider_customer USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.provider_event USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.reader_end USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.reader_request USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.receipt USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.receipt_block USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.receipt_number_use USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.recovery USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.refund USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.refund_on_its_way USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.refund_outcome USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.refund_return USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.refused_cash USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.refused_cash_settlement USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.saved_method USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.saved_method_face USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.saved_method_step USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.saving_page USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.transfer USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.waiting_event USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.write_off USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON billing.write_off_decision USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

ALTER TABLE billing.transfer ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.waiting_event ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.write_off ENABLE ROW LEVEL SECURITY;

ALTER TABLE billing.write_off_decision ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.attachment ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.bench_note ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.bench_place ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.bench_step ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.case_fault ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.case_file ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.case_incident ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.case_message ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.case_note ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.case_place ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.case_reply ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.case_step ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.custody ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.custody_news ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.disposal ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.event ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.hand_over ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.hand_over_offer ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.hand_over_photo ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.hand_over_signature ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.hand_over_text ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.idea ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.idea_answer ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.idea_vote ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.loan_paper ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.loan_step ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.loaner ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.mail_address ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.mail_head ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.mail_key ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.mail_position ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.mail_sender ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.message ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.objection ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.objection_decision ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.open_case ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.open_custody ENABLE ROW LEVEL SECURITY;

ALTER TABLE care.stray_mail ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON care.attachment USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.bench_note USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.bench_place USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.bench_step USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.case_fault USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.case_file USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.case_incident USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.case_message USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.case_note USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.case_place USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.case_reply USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.case_step USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.custody USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.custody_news USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.disposal USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.event USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.hand_over USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.hand_over_offer USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.hand_over_photo USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.hand_over_signature USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.hand_over_text USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.idea USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.idea_answer USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.idea_vote USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.loan_paper USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.loan_step USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.loaner USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.mail_address USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.mail_head USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.mail_key USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.mail_position USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.mail_sender USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.message USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.objection USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.objection_decision USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.open_case USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.open_custody USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.stray_mail USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON care.text_door USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

ALTER TABLE care.text_door ENABLE ROW LEVEL SECURITY;

ALTER TABLE catalogue.item ENABLE ROW LEVEL SECURITY;

ALTER TABLE catalogue.item_version ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON catalogue.item USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON catalogue.item_version USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

ALTER TABLE customers.asset ENABLE ROW LEVEL SECURITY;

ALTER TABLE customers.asset_step ENABLE ROW LEVEL SECURITY;

ALTER TABLE customers.contact ENABLE ROW LEVEL SECURITY;

ALTER TABLE customers.contact_reach ENABLE ROW LEVEL SECURITY;

ALTER TABLE customers.customer ENABLE ROW LEVEL SECURITY;

ALTER TABLE customers.customer_step ENABLE ROW LEVEL SECURITY;

ALTER TABLE customers.find_word ENABLE ROW LEVEL SECURITY;

ALTER TABLE customers.former_address ENABLE ROW LEVEL SECURITY;

ALTER TABLE customers.site ENABLE ROW LEVEL SECURITY;

ALTER TABLE customers.site_step ENABLE ROW LEVEL SECURITY;

ALTER TABLE customers.sites_moved ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON customers.asset USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON customers.asset_step USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON customers.contact USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON customers.contact_reach USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON customers.customer USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON customers.customer_step USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON customers.find_word USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON customers.former_address USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON customers.site USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON customers.site_step USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON customers.sites_moved USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY what_an_invoice_tells_stays ON customers.site_step AS RESTRICTIVE FOR DELETE USING ((NOT billing.place_told(organisation_id, customer_id, site_id, version)));

ALTER TABLE dispatch.arrival_told ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispatch.brought ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispatch.choice ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispatch.choice_policy ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispatch.collection ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispatch.collection_settled ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispatch.collection_stop ENABLE ROW LEVEL SECURITY;

CREATE POLICY full_hands_stay_stopped ON dispatch.collection_stop AS RESTRICTIVE FOR INSERT WITH CHECK (
CASE
    WHEN (was_stopped AND (NOT stopped)) THEN (NOT billing.hands_are_full(organisation_id, technician_id))
    ELSE true
END);

ALTER TABLE dispatch.job ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispatch.job_reading ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispatch.job_step ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispatch.occupancy ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispatch.occurrence ENABLE ROW LEVEL SECURITY;

CREATE POLICY partners_see_their_own ON dispatch.brought AS RESTRICTIVE USING (((COALESCE(current_setting('sayso.actor'::text, true), ''::text) !~~ 'partner:%'::text) OR (actor = current_setting('sayso.actor'::text, true))));

ALTER TABLE dispatch.parts_step ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispatch.plan ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispatch.plan_break ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispatch.plan_found ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispatch.plan_left_out ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispatch.plan_step ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispatch.plan_stop ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispatch.plan_technician ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispatch."position" ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispatch.preference ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispatch.series_step ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispatch.shift ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispatch.started_item ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispatch.technician ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON dispatch.arrival_told USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.brought USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.choice USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.choice_policy USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.collection USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.collection_settled USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.collection_stop USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.job USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.job_reading USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.job_step USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.occupancy USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.occurrence USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.parts_step USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.plan USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.plan_break USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.plan_found USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.plan_left_out USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.plan_step USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.plan_stop USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.plan_technician USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch."position" USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.preference USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.series_step USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.shift USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.started_item USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.technician USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.travel_leg USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.travel_speeds USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.unfinished_job USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.visit USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.visit_delay USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.visit_series USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.visit_step USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.visit_wait USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.visit_wait_end USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON dispatch.waiting_visit USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

ALTER TABLE dispatch.travel_leg ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispatch.travel_speeds ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispatch.unfinished_job ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispatch.visit ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispatch.visit_delay ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispatch.visit_series ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispatch.visit_step ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispatch.visit_wait ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispatch.visit_wait_end ENABLE ROW LEVEL SECURITY;

ALTER TABLE dispatch.waiting_visit ENABLE ROW LEVEL SECURITY;

ALTER TABLE evidence.dispute_answer ENABLE ROW LEVEL SECURITY;

ALTER TABLE evidence.dispute_answer_end ENABLE ROW LEVEL SECURITY;

ALTER TABLE evidence.dispute_sending ENABLE ROW LEVEL SECURITY;

ALTER TABLE evidence.dispute_warning ENABLE ROW LEVEL SECURITY;

ALTER TABLE evidence.erasure ENABLE ROW LEVEL SECURITY;

ALTER TABLE evidence.hold ENABLE ROW LEVEL SECURITY;

ALTER TABLE evidence.hold_release ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON evidence.dispute_answer USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON evidence.dispute_answer_end USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON evidence.dispute_sending USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON evidence.dispute_warning USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON evidence.erasure USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON evidence.hold USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON evidence.hold_release USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

ALTER TABLE identity.api_key ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity.device ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity.link ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity.logo ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity.mail_link ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity.organisation ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity.organisation_step ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity.partner ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity.session ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity.session_device ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity.staff ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON identity.api_key USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON identity.device USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON identity.link USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON identity.logo USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON identity.mail_link USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON identity.organisation USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON identity.organisation_step USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON identity.partner USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON identity.session USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON identity.session_device USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON identity.staff USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

ALTER TABLE kit.checkpoint ENABLE ROW LEVEL SECURITY;

ALTER TABLE kit.fact ENABLE ROW LEVEL SECURITY;

ALTER TABLE kit.idempotency ENABLE ROW LEVEL SECURITY;

ALTER TABLE kit.task ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON kit.checkpoint USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON kit.fact USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON kit.idempotency USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON kit.task USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

ALTER TABLE notices.dead_address ENABLE ROW LEVEL SECURITY;

ALTER TABLE notices.followed ENABLE ROW LEVEL SECURITY;

ALTER TABLE notices.notice ENABLE ROW LEVEL SECURITY;

ALTER TABLE notices.notice_step ENABLE ROW LEVEL SECURITY;

ALTER TABLE notices.open_reach ENABLE ROW LEVEL SECURITY;

ALTER TABLE notices.opt_out ENABLE ROW LEVEL SECURITY;

ALTER TABLE notices.reach ENABLE ROW LEVEL SECURITY;

ALTER TABLE notices.reach_ending ENABLE ROW LEVEL SECURITY;

ALTER TABLE notices.rule ENABLE ROW LEVEL SECURITY;

ALTER TABLE notices.rule_set ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON notices.dead_address USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON notices.followed USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON notices.notice USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON notices.notice_step USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON notices.open_reach USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON notices.opt_out USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON notices.reach USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON notices.reach_ending USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON notices.rule USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON notices.rule_set USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON notices.text_stop USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

ALTER TABLE notices.text_stop ENABLE ROW LEVEL SECURITY;

ALTER TABLE promises.ending ENABLE ROW LEVEL SECURITY;

ALTER TABLE promises.escalation ENABLE ROW LEVEL SECURITY;

ALTER TABLE promises.handing ENABLE ROW LEVEL SECURITY;

ALTER TABLE promises.open_promise ENABLE ROW LEVEL SECURITY;

ALTER TABLE promises.policy ENABLE ROW LEVEL SECURITY;

ALTER TABLE promises.promise ENABLE ROW LEVEL SECURITY;

ALTER TABLE promises.renewal ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON promises.ending USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON promises.escalation USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON promises.handing USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON promises.open_promise USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON promises.policy USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON promises.promise USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON promises.renewal USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON promises.warning USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON promises.wording USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

ALTER TABLE promises.warning ENABLE ROW LEVEL SECURITY;

ALTER TABLE promises.wording ENABLE ROW LEVEL SECURITY;

ALTER TABLE subscriptions.incident ENABLE ROW LEVEL SECURITY;

ALTER TABLE subscriptions.incident_end ENABLE ROW LEVEL SECURITY;

ALTER TABLE subscriptions.incident_estimate ENABLE ROW LEVEL SECURITY;

ALTER TABLE subscriptions.incident_explanation ENABLE ROW LEVEL SECURITY;

ALTER TABLE subscriptions.incident_heard ENABLE ROW LEVEL SECURITY;

ALTER TABLE subscriptions.incident_reach ENABLE ROW LEVEL SECURITY;

ALTER TABLE subscriptions.incident_told ENABLE ROW LEVEL SECURITY;

ALTER TABLE subscriptions.lapsing ENABLE ROW LEVEL SECURITY;

ALTER TABLE subscriptions.lapsing_cursor ENABLE ROW LEVEL SECURITY;

ALTER TABLE subscriptions.network_state ENABLE ROW LEVEL SECURITY;

ALTER TABLE subscriptions.paid_period ENABLE ROW LEVEL SECURITY;

ALTER TABLE subscriptions.period ENABLE ROW LEVEL SECURITY;

ALTER TABLE subscriptions.plan_change ENABLE ROW LEVEL SECURITY;

ALTER TABLE subscriptions.plan_change_end ENABLE ROW LEVEL SECURITY;

ALTER TABLE subscriptions.provisioning_order ENABLE ROW LEVEL SECURITY;

ALTER TABLE subscriptions.provisioning_step ENABLE ROW LEVEL SECURITY;

ALTER TABLE subscriptions.renewal_call ENABLE ROW LEVEL SECURITY;

ALTER TABLE subscriptions.subscription ENABLE ROW LEVEL SECURITY;

ALTER TABLE subscriptions.subscription_step ENABLE ROW LEVEL SECURITY;

ALTER TABLE subscriptions.subscription_tag ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON subscriptions.incident USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON subscriptions.incident_end USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON subscriptions.incident_estimate USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON subscriptions.incident_explanation USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON subscriptions.incident_heard USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON subscriptions.incident_reach USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON subscriptions.incident_told USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON subscriptions.lapsing USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON subscriptions.lapsing_cursor USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON subscriptions.network_state USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON subscriptions.paid_period USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON subscriptions.period USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON subscriptions.plan_change USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON subscriptions.plan_change_end USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON subscriptions.provisioning_order USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON subscriptions.provisioning_step USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON subscriptions.renewal_call USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON subscriptions.subscription USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON subscriptions.subscription_step USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON subscriptions.subscription_tag USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

ALTER TABLE webhooks.attempt ENABLE ROW LEVEL SECURITY;

ALTER TABLE webhooks.delivery ENABLE ROW LEVEL SECURITY;

ALTER TABLE webhooks.progress ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON webhooks.attempt USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON webhooks.delivery USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON webhooks.progress USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON webhooks.webhook USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

CREATE POLICY tenant ON webhooks.webhook_step USING ((organisation_id = kit.tenant())) WITH CHECK ((organisation_id = kit.tenant()));

ALTER TABLE webhooks.webhook ENABLE ROW LEVEL SECURITY;

ALTER TABLE webhooks.webhook_step ENABLE ROW LEVEL SECURITY;

GRANT USAGE ON SCHEMA authorisations TO sayso_service;

GRANT USAGE ON SCHEMA billing TO sayso_service;

GRANT USAGE ON SCHEMA care TO sayso_service;

GRANT USAGE ON SCHEMA catalogue TO sayso_service;

GRANT USAGE ON SCHEMA customers TO sayso_service;

GRANT USAGE ON SCHEMA dispatch TO sayso_service;

GRANT USAGE ON SCHEMA evidence TO sayso_service;

GRANT USAGE ON SCHEMA identity TO sayso_service;

GRANT USAGE ON SCHEMA kit TO sayso_service;

GRANT USAGE ON SCHEMA notices TO sayso_service;

GRANT USAGE ON SCHEMA promises TO sayso_service;

REVOKE USAGE ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO sayso_owner;
GRANT USAGE ON SCHEMA public TO sayso_service;

GRANT USAGE ON SCHEMA subscriptions TO sayso_service;

GRANT USAGE ON SCHEMA webhooks TO sayso_service;

REVOKE ALL ON FUNCTION authorisations.account_of_offer(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION authorisations.account_of_offer(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION authorisations.account_of_photo(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION authorisations.account_of_photo(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION authorisations.account_of_presentation(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION authorisations.account_of_presentation(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION authorisations.allowance(combine text, pct_numerator integer, pct_denominator integer, abs_minor bigint, hard_cap_minor bigint, scale numeric, entitled numeric) FROM PUBLIC;
GRANT ALL ON FUNCTION authorisations.allowance(combine text, pct_numerator integer, pct_denominator integer, abs_minor bigint, hard_cap_minor bigint, scale numeric, entitled numeric) TO sayso_service;

REVOKE ALL ON FUNCTION authorisations.deadline(consent_deadline text, started_at timestamp with time zone, ended_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION authorisations.deadline(consent_deadline text, started_at timestamp with time zone, ended_at timestamp with time zone) TO sayso_service;

REVOKE ALL ON FUNCTION authorisations.fraction(numerator integer, denominator integer) FROM PUBLIC;
GRANT ALL ON FUNCTION authorisations.fraction(numerator integer, denominator integer) TO sayso_service;

GRANT SELECT ON TABLE authorisations.law TO sayso_service;

REVOKE ALL ON FUNCTION authorisations.law_of(place text, of_trade text, of_price_form text) FROM PUBLIC;
GRANT ALL ON FUNCTION authorisations.law_of(place text, of_trade text, of_price_form text) TO sayso_service;

REVOKE ALL ON FUNCTION authorisations.microseconds(at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION authorisations.microseconds(at timestamp with time zone) TO sayso_service;

REVOKE ALL ON FUNCTION authorisations.notice_missing(of_organisation uuid, of_scope uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION authorisations.notice_missing(of_organisation uuid, of_scope uuid) TO sayso_service;

REVOKE ALL ON FUNCTION authorisations.offer_says(canonical text, offer_id uuid, revision integer, scope_id uuid, prior_hash bytea, currency text, tax_basis text, total_minor bigint, cap_minor bigint, valid_until timestamp with time zone, complete_by timestamp with time zone, combine text, pct_numerator integer, pct_denominator integer, abs_minor bigint, hard_cap_minor bigint, at_limit_refuses boolean, consent_deadline text) FROM PUBLIC;
GRANT ALL ON FUNCTION authorisations.offer_says(canonical text, offer_id uuid, revision integer, scope_id uuid, prior_hash bytea, currency text, tax_basis text, total_minor bigint, cap_minor bigint, valid_until timestamp with time zone, complete_by timestamp with time zone, combine text, pct_numerator integer, pct_denominator integer, abs_minor bigint, hard_cap_minor bigint, at_limit_refuses boolean, consent_deadline text) TO sayso_service;

GRANT SELECT ON TABLE authorisations.paper_law TO sayso_service;

REVOKE ALL ON FUNCTION authorisations.paper_law_of(place text, of_trade text, of_document text) FROM PUBLIC;
GRANT ALL ON FUNCTION authorisations.paper_law_of(place text, of_trade text, of_document text) TO sayso_service;

REVOKE ALL ON FUNCTION authorisations.quantity(ticks numeric, denominator numeric) FROM PUBLIC;
GRANT ALL ON FUNCTION authorisations.quantity(ticks numeric, denominator numeric) TO sayso_service;

REVOKE ALL ON FUNCTION authorisations.receipt_says(jws text, organisation_id uuid, authorisation_id uuid, scope_id uuid, seq integer, entry_hash bytea, revised_total_minor bigint, checkpoint_number bigint, checkpoint_digest bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION authorisations.receipt_says(jws text, organisation_id uuid, authorisation_id uuid, scope_id uuid, seq integer, entry_hash bytea, revised_total_minor bigint, checkpoint_number bigint, checkpoint_digest bytea) TO sayso_service;

REVOKE ALL ON FUNCTION authorisations.reference(subject_kind text, subject_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION authorisations.reference(subject_kind text, subject_id uuid) TO sayso_service;

REVOKE ALL ON FUNCTION authorisations.scope_of_authorisation(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION authorisations.scope_of_authorisation(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION authorisations.scope_of_forecast(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION authorisations.scope_of_forecast(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION authorisations.scope_of_offer(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION authorisations.scope_of_offer(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION authorisations.scope_of_offer_item(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION authorisations.scope_of_offer_item(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION authorisations.scope_of_presentation(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION authorisations.scope_of_presentation(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION authorisations.scope_of_question(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION authorisations.scope_of_question(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION authorisations.scope_of_scope(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION authorisations.scope_of_scope(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION authorisations.scope_of_work_record(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION authorisations.scope_of_work_record(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION authorisations.seal(domain text, body text) FROM PUBLIC;
GRANT ALL ON FUNCTION authorisations.seal(domain text, body text) TO sayso_service;

REVOKE ALL ON FUNCTION authorisations.sealed(of_organisation uuid, of_offer uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION authorisations.sealed(of_organisation uuid, of_offer uuid) TO sayso_service;

REVOKE ALL ON FUNCTION authorisations.told(jws text) FROM PUBLIC;
GRANT ALL ON FUNCTION authorisations.told(jws text) TO sayso_service;

REVOKE ALL ON FUNCTION authorisations.within_law(combine text, pct_numerator integer, pct_denominator integer, abs_minor bigint, hard_cap_minor bigint, law_combine text, law_pct_numerator integer, law_pct_denominator integer, law_abs_minor bigint, law_hard_cap_minor bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION authorisations.within_law(combine text, pct_numerator integer, pct_denominator integer, abs_minor bigint, hard_cap_minor bigint, law_combine text, law_pct_numerator integer, law_pct_denominator integer, law_abs_minor bigint, law_hard_cap_minor bigint) TO sayso_service;

REVOKE ALL ON FUNCTION authorisations.work_flags(finding text, authorised_at timestamp with time zone, complete_by timestamp with time zone, ended_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION authorisations.work_flags(finding text, authorised_at timestamp with time zone, complete_by timestamp with time zone, ended_at timestamp with time zone) TO sayso_service;

REVOKE ALL ON FUNCTION billing.above_what_ended() FROM PUBLIC;
GRANT ALL ON FUNCTION billing.above_what_ended() TO sayso_service;

REVOKE ALL ON FUNCTION billing.account_of_bank_step(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION billing.account_of_bank_step(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION billing.account_of_charge_consent(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION billing.account_of_charge_consent(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION billing.account_of_claim(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION billing.account_of_claim(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION billing.account_of_collection_attempt(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION billing.account_of_collection_attempt(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION billing.account_of_dispute(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION billing.account_of_dispute(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION billing.account_of_dunning_hold(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION billing.account_of_dunning_hold(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION billing.account_of_invoice(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION billing.account_of_invoice(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION billing.account_of_itemised_request(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION billing.account_of_itemised_request(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION billing.account_of_payment(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION billing.account_of_payment(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION billing.account_of_refund(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION billing.account_of_refund(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION billing.account_of_saved_method(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION billing.account_of_saved_method(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION billing.account_of_write_off(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION billing.account_of_write_off(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION billing.carries_what_was_posted(organisation uuid, carried integer, from_at timestamp with time zone, until_at timestamp with time zone, told bigint, hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION billing.carries_what_was_posted(organisation uuid, carried integer, from_at timestamp with time zone, until_at timestamp with time zone, told bigint, hash bytea) TO sayso_service;

REVOKE ALL ON FUNCTION billing.contested_minor(of_organisation uuid, of_customer uuid, of_invoice uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION billing.contested_minor(of_organisation uuid, of_customer uuid, of_invoice uuid) TO sayso_service;

REVOKE ALL ON FUNCTION billing.day_of_cash_deposit(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION billing.day_of_cash_deposit(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION billing.day_of_cash_hand_in(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION billing.day_of_cash_hand_in(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION billing.day_of_cash_settlement(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION billing.day_of_cash_settlement(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION billing.day_of_payment(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION billing.day_of_payment(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION billing.day_of_receipt_block(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION billing.day_of_receipt_block(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION billing.day_of_refused_cash(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION billing.day_of_refused_cash(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION billing.dispute_rank(status text) FROM PUBLIC;
GRANT ALL ON FUNCTION billing.dispute_rank(status text) TO sayso_service;

REVOKE ALL ON FUNCTION billing.hands_are_full(of_organisation uuid, of_staff uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION billing.hands_are_full(of_organisation uuid, of_staff uuid) TO sayso_service;

REVOKE ALL ON FUNCTION billing.hash_of_balances(hash_before bytea, until_at timestamp with time zone, balances jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION billing.hash_of_balances(hash_before bytea, until_at timestamp with time zone, balances jsonb) TO sayso_service;

REVOKE ALL ON FUNCTION billing.hold_day_open(organisation uuid, recorded_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION billing.hold_day_open(organisation uuid, recorded_at timestamp with time zone) TO sayso_service;

REVOKE ALL ON FUNCTION kit.fingerprint(VARIADIC texts text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION kit.fingerprint(VARIADIC texts text[]) TO sayso_service;

REVOKE ALL ON FUNCTION kit.rest_of_97(code text) FROM PUBLIC;
GRANT ALL ON FUNCTION kit.rest_of_97(code text) TO sayso_service;

REVOKE ALL ON FUNCTION kit.is_iban(code text) FROM PUBLIC;
GRANT ALL ON FUNCTION kit.is_iban(code text) TO sayso_service;

REVOKE ALL ON FUNCTION kit.is_vat_id(code text) FROM PUBLIC;
GRANT ALL ON FUNCTION kit.is_vat_id(code text) TO sayso_service;

GRANT SELECT ON TABLE identity.organisation TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE identity.organisation TO sayso_service;

GRANT INSERT(name),UPDATE(name) ON TABLE identity.organisation TO sayso_service;

GRANT INSERT(zone),UPDATE(zone) ON TABLE identity.organisation TO sayso_service;

GRANT INSERT(currency) ON TABLE identity.organisation TO sayso_service;

GRANT INSERT(language),UPDATE(language) ON TABLE identity.organisation TO sayso_service;

GRANT INSERT(phone),UPDATE(phone) ON TABLE identity.organisation TO sayso_service;

GRANT INSERT(email),UPDATE(email) ON TABLE identity.organisation TO sayso_service;

GRANT INSERT(address),UPDATE(address) ON TABLE identity.organisation TO sayso_service;

GRANT INSERT(registration),UPDATE(registration) ON TABLE identity.organisation TO sayso_service;

GRANT INSERT(street),UPDATE(street) ON TABLE identity.organisation TO sayso_service;

GRANT INSERT(city),UPDATE(city) ON TABLE identity.organisation TO sayso_service;

GRANT INSERT(postcode),UPDATE(postcode) ON TABLE identity.organisation TO sayso_service;

GRANT INSERT(country),UPDATE(country) ON TABLE identity.organisation TO sayso_service;

GRANT INSERT(vat_id),UPDATE(vat_id) ON TABLE identity.organisation TO sayso_service;

GRANT INSERT(tax_number),UPDATE(tax_number) ON TABLE identity.organisation TO sayso_service;

GRANT INSERT(legal_id),UPDATE(legal_id) ON TABLE identity.organisation TO sayso_service;

GRANT INSERT(electronic_address),UPDATE(electronic_address) ON TABLE identity.organisation TO sayso_service;

GRANT INSERT(account_holder),UPDATE(account_holder) ON TABLE identity.organisation TO sayso_service;

GRANT INSERT(iban),UPDATE(iban) ON TABLE identity.organisation TO sayso_service;

GRANT INSERT(bic),UPDATE(bic) ON TABLE identity.organisation TO sayso_service;

GRANT INSERT(bank_details),UPDATE(bank_details) ON TABLE identity.organisation TO sayso_service;

GRANT INSERT(reply_within_minutes),UPDATE(reply_within_minutes) ON TABLE identity.organisation TO sayso_service;

GRANT INSERT(slug),UPDATE(slug) ON TABLE identity.organisation TO sayso_service;

GRANT INSERT(colour),UPDATE(colour) ON TABLE identity.organisation TO sayso_service;

GRANT INSERT(version),UPDATE(version) ON TABLE identity.organisation TO sayso_service;

GRANT INSERT(created_at) ON TABLE identity.organisation TO sayso_service;

REVOKE ALL ON FUNCTION billing.hold_days(organisation uuid, from_at timestamp with time zone, until_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION billing.hold_days(organisation uuid, from_at timestamp with time zone, until_at timestamp with time zone) TO sayso_service;

REVOKE ALL ON FUNCTION billing.next_credit_number(of_series text, after bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION billing.next_credit_number(of_series text, after bigint) TO sayso_service;

REVOKE ALL ON FUNCTION billing.next_invoice_number(of_series text, after bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION billing.next_invoice_number(of_series text, after bigint) TO sayso_service;

REVOKE ALL ON FUNCTION billing.number_in_block(block integer, serial integer) FROM PUBLIC;
GRANT ALL ON FUNCTION billing.number_in_block(block integer, serial integer) TO sayso_service;

REVOKE ALL ON FUNCTION billing.place_told(of_organisation uuid, of_customer uuid, of_site uuid, of_version integer) FROM PUBLIC;
GRANT ALL ON FUNCTION billing.place_told(of_organisation uuid, of_customer uuid, of_site uuid, of_version integer) TO sayso_service;

REVOKE ALL ON FUNCTION billing.scope_of_invoice_scope(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION billing.scope_of_invoice_scope(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION billing.settled_into(how text) FROM PUBLIC;
GRANT ALL ON FUNCTION billing.settled_into(how text) TO sayso_service;

REVOKE ALL ON FUNCTION billing.sum_of_pieces(pieces jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION billing.sum_of_pieces(pieces jsonb) TO sayso_service;

REVOKE ALL ON FUNCTION care.account_of_objection(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION care.account_of_objection(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION care.bench_moves(from_state text, to_state text) FROM PUBLIC;
GRANT ALL ON FUNCTION care.bench_moves(from_state text, to_state text) TO sayso_service;

REVOKE ALL ON FUNCTION care.job_of_custody(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION care.job_of_custody(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION care.scope_of_custody(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION care.scope_of_custody(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION care.scope_of_objection(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION care.scope_of_objection(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION catalogue.price_text(numerator bigint, denominator integer) FROM PUBLIC;
GRANT ALL ON FUNCTION catalogue.price_text(numerator bigint, denominator integer) TO sayso_service;

REVOKE ALL ON FUNCTION customers.with_words(words_0 text[], words_1 text[], words_2 text[], words_3 text[], words_4 text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION customers.with_words(words_0 text[], words_1 text[], words_2 text[], words_3 text[], words_4 text[]) TO sayso_service;

REVOKE ALL ON FUNCTION dispatch.account_of_job(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION dispatch.account_of_job(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION dispatch.account_of_plan_stop(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION dispatch.account_of_plan_stop(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION dispatch.account_of_visit(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION dispatch.account_of_visit(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION dispatch.account_of_visit_series(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION dispatch.account_of_visit_series(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION dispatch.are_amounts(named jsonb, most bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION dispatch.are_amounts(named jsonb, most bigint) TO sayso_service;

REVOKE ALL ON FUNCTION dispatch.day_of_occupancy(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION dispatch.day_of_occupancy(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION dispatch.day_of_plan_technician(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION dispatch.day_of_plan_technician(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION dispatch.has_skills(has jsonb, needs jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION dispatch.has_skills(has jsonb, needs jsonb) TO sayso_service;

REVOKE ALL ON FUNCTION dispatch.instant_of(wall timestamp without time zone, zone text) FROM PUBLIC;
GRANT ALL ON FUNCTION dispatch.instant_of(wall timestamp without time zone, zone text) TO sayso_service;

REVOKE ALL ON FUNCTION dispatch.job_of_plan_stop(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION dispatch.job_of_plan_stop(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION dispatch.job_of_visit(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION dispatch.job_of_visit(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION dispatch.metres(from_latitude_e7 integer, from_longitude_e7 integer, to_latitude_e7 integer, to_longitude_e7 integer) FROM PUBLIC;
GRANT ALL ON FUNCTION dispatch.metres(from_latitude_e7 integer, from_longitude_e7 integer, to_latitude_e7 integer, to_longitude_e7 integer) TO sayso_service;

REVOKE ALL ON FUNCTION dispatch.scope_of_job(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION dispatch.scope_of_job(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION evidence.account_of_hold(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION evidence.account_of_hold(keys uuid[]) TO sayso_service;

GRANT SELECT ON TABLE identity.api_key TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE identity.api_key TO sayso_service;

GRANT INSERT(api_key_id) ON TABLE identity.api_key TO sayso_service;

GRANT INSERT(name) ON TABLE identity.api_key TO sayso_service;

GRANT INSERT(scopes) ON TABLE identity.api_key TO sayso_service;

GRANT INSERT(made_by) ON TABLE identity.api_key TO sayso_service;

GRANT INSERT(made_at) ON TABLE identity.api_key TO sayso_service;

GRANT INSERT(expires_at) ON TABLE identity.api_key TO sayso_service;

GRANT INSERT(revoked_at),UPDATE(revoked_at) ON TABLE identity.api_key TO sayso_service;

GRANT INSERT(partner_id) ON TABLE identity.api_key TO sayso_service;

REVOKE ALL ON FUNCTION identity.api_key_by_hash(hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.api_key_by_hash(hash bytea) TO sayso_service;

GRANT SELECT ON TABLE identity.link TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE identity.link TO sayso_service;

GRANT INSERT(link_id) ON TABLE identity.link TO sayso_service;

GRANT INSERT(purpose) ON TABLE identity.link TO sayso_service;

GRANT INSERT(customer_id) ON TABLE identity.link TO sayso_service;

GRANT INSERT(subject_id) ON TABLE identity.link TO sayso_service;

GRANT INSERT(made_by) ON TABLE identity.link TO sayso_service;

GRANT INSERT(made_at) ON TABLE identity.link TO sayso_service;

GRANT INSERT(expires_at) ON TABLE identity.link TO sayso_service;

GRANT INSERT(revoked_at),UPDATE(revoked_at) ON TABLE identity.link TO sayso_service;

REVOKE ALL ON FUNCTION identity.link_by_hash(hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.link_by_hash(hash bytea) TO sayso_service;

REVOKE ALL ON FUNCTION identity.require_live(credential uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION identity.require_live(credential uuid) TO sayso_service;

REVOKE ALL ON FUNCTION kit.append_only(relation regclass, except_columns text) FROM PUBLIC;

REVOKE ALL ON FUNCTION kit.called(id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION kit.called(id uuid) TO sayso_service;

REVOKE ALL ON FUNCTION kit.changeable(relation regclass, columns text, except_columns text) FROM PUBLIC;

REVOKE ALL ON FUNCTION kit.claim_key(key bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION kit.claim_key(key bigint) TO sayso_service;

REVOKE ALL ON FUNCTION kit.creditor_reference(number text) FROM PUBLIC;
GRANT ALL ON FUNCTION kit.creditor_reference(number text) TO sayso_service;

REVOKE ALL ON FUNCTION kit.deletable(relation regclass) FROM PUBLIC;

REVOKE ALL ON FUNCTION kit.is_exemption(code text) FROM PUBLIC;
GRANT ALL ON FUNCTION kit.is_exemption(code text) TO sayso_service;

REVOKE ALL ON FUNCTION kit.lockable(kind text, relation regclass, locked_column text, key_column text) FROM PUBLIC;

GRANT SELECT ON TABLE kit.epoch TO sayso_service;

REVOKE ALL ON FUNCTION kit.present_epoch() FROM PUBLIC;
GRANT ALL ON FUNCTION kit.present_epoch() TO sayso_service;

REVOKE ALL ON FUNCTION kit.present_transaction() FROM PUBLIC;
GRANT ALL ON FUNCTION kit.present_transaction() TO sayso_service;

REVOKE ALL ON FUNCTION kit.recorded_now() FROM PUBLIC;
GRANT ALL ON FUNCTION kit.recorded_now() TO sayso_service;

REVOKE ALL ON FUNCTION kit.rounded(value numeric, denominator numeric) FROM PUBLIC;
GRANT ALL ON FUNCTION kit.rounded(value numeric, denominator numeric) TO sayso_service;

REVOKE ALL ON FUNCTION kit.says_something(words text) FROM PUBLIC;
GRANT ALL ON FUNCTION kit.says_something(words text) TO sayso_service;

REVOKE ALL ON FUNCTION kit.stamp_epoch() FROM PUBLIC;

REVOKE ALL ON FUNCTION kit.tell_planner(relation regclass) FROM PUBLIC;

REVOKE ALL ON FUNCTION kit.tenant() FROM PUBLIC;
GRANT ALL ON FUNCTION kit.tenant() TO sayso_service;

REVOKE ALL ON FUNCTION kit.wall(relation regclass, except_columns text) FROM PUBLIC;

REVOKE ALL ON FUNCTION subscriptions.account_of_subscription(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION subscriptions.account_of_subscription(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION subscriptions.agrees(wanted text, observed text) FROM PUBLIC;
GRANT ALL ON FUNCTION subscriptions.agrees(wanted text, observed text) TO sayso_service;

REVOKE ALL ON FUNCTION subscriptions.anchored(month timestamp without time zone, anchor_day integer) FROM PUBLIC;
GRANT ALL ON FUNCTION subscriptions.anchored(month timestamp without time zone, anchor_day integer) TO sayso_service;

REVOKE ALL ON FUNCTION subscriptions.call_due(state text, reasons text[], paid_until_on date, today date) FROM PUBLIC;
GRANT ALL ON FUNCTION subscriptions.call_due(state text, reasons text[], paid_until_on date, today date) TO sayso_service;

REVOKE ALL ON FUNCTION subscriptions.network_name(of_organisation uuid, of_subscription uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION subscriptions.network_name(of_organisation uuid, of_subscription uuid) TO sayso_service;

REVOKE ALL ON FUNCTION subscriptions.period_end(from_on date, months integer, anchor_day integer) FROM PUBLIC;
GRANT ALL ON FUNCTION subscriptions.period_end(from_on date, months integer, anchor_day integer) TO sayso_service;

REVOKE ALL ON FUNCTION subscriptions.scope_of_subscription(keys uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION subscriptions.scope_of_subscription(keys uuid[]) TO sayso_service;

REVOKE ALL ON FUNCTION subscriptions.share(amount_minor bigint, left_out integer, days integer) FROM PUBLIC;
GRANT ALL ON FUNCTION subscriptions.share(amount_minor bigint, left_out integer, days integer) TO sayso_service;

REVOKE ALL ON FUNCTION subscriptions.whole_from(until_on date, months integer, anchor_day integer) FROM PUBLIC;
GRANT ALL ON FUNCTION subscriptions.whole_from(until_on date, months integer, anchor_day integer) TO sayso_service;

GRANT SELECT ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(authorisation_id) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(scope_id) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(customer_id) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(currency) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(seq) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(kind) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(offer_id) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(revision) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(offer_hash) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(cap_minor) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(valid_until) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(presentation_id) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(contact_id) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(channel) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(required_method) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(method) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(signature_hash) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(contact_version) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(contact_since) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(contact_founding) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(revokes) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(begin_at_once) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(authoriser_commitment) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(contact_point_commitment) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(authoriser_capacity) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(received_by) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(conditions) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(stated_added_minor) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(stated_total_minor) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(recorded_by) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(consented_at) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(record_lag_seconds) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(requires_written_offer) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(verdicts) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(shortcoming) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(prior_hash) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(prior_total_minor) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(added_minor) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(revised_total_minor) ON TABLE authorisations.authorisation TO sayso_service;

GRANT INSERT(content) ON TABLE authorisations.authorisation TO sayso_service;

GRANT SELECT ON TABLE authorisations.authorisation_item TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE authorisations.authorisation_item TO sayso_service;

GRANT INSERT(authorisation_id) ON TABLE authorisations.authorisation_item TO sayso_service;

GRANT INSERT(item_id) ON TABLE authorisations.authorisation_item TO sayso_service;

GRANT INSERT(scope_id) ON TABLE authorisations.authorisation_item TO sayso_service;

GRANT INSERT(offer_id) ON TABLE authorisations.authorisation_item TO sayso_service;

GRANT INSERT(revision) ON TABLE authorisations.authorisation_item TO sayso_service;

GRANT INSERT(verdict) ON TABLE authorisations.authorisation_item TO sayso_service;

GRANT INSERT(active) ON TABLE authorisations.authorisation_item TO sayso_service;

GRANT INSERT("position") ON TABLE authorisations.authorisation_item TO sayso_service;

GRANT INSERT(verdicts) ON TABLE authorisations.authorisation_item TO sayso_service;

GRANT SELECT ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(scope_id) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(seq) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(item_id) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(item_seq) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(authorisation_id) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(act_seq) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(kind) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(subject) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(closes) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(ticks) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(period_ticks) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(denominator) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(price_numerator) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(price_denominator) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(currency) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(recurring) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(authorised_at) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(valid_until) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(cap_minor) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(combine) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(pct_numerator) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(pct_denominator) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(abs_minor) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(hard_cap_minor) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(at_limit_refuses) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(consent_deadline) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(granted_before) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(granted_after) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(performed_before) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(performed_after) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(billed_before) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(billed_after) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(net_before) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(net_after) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(revoked_before) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(revoked_after) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(entitled_item_before) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(excess_item_before) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(entitled_before) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(entitled_after) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(excess_before) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(excess_after) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(opening_excess_before) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(act_net_before) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(act_net_after) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(started_at) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(ended_at) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(supplied) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(credited_invoice_id) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(credited_line) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(credit_step) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(item_previous_seq) ON TABLE authorisations.capacity TO sayso_service;

GRANT INSERT(act_previous_seq) ON TABLE authorisations.capacity TO sayso_service;

GRANT SELECT ON TABLE authorisations.capacity_item TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE authorisations.capacity_item TO sayso_service;

GRANT INSERT(item_id) ON TABLE authorisations.capacity_item TO sayso_service;

GRANT INSERT(scope_id) ON TABLE authorisations.capacity_item TO sayso_service;

GRANT INSERT(offer_id) ON TABLE authorisations.capacity_item TO sayso_service;

GRANT INSERT(revision) ON TABLE authorisations.capacity_item TO sayso_service;

GRANT INSERT(authorisation_id) ON TABLE authorisations.capacity_item TO sayso_service;

GRANT INSERT(active) ON TABLE authorisations.capacity_item TO sayso_service;

GRANT INSERT(period_ticks) ON TABLE authorisations.capacity_item TO sayso_service;

GRANT INSERT(ticks) ON TABLE authorisations.capacity_item TO sayso_service;

GRANT INSERT(denominator) ON TABLE authorisations.capacity_item TO sayso_service;

GRANT INSERT(price_numerator) ON TABLE authorisations.capacity_item TO sayso_service;

GRANT INSERT(price_denominator) ON TABLE authorisations.capacity_item TO sayso_service;

GRANT INSERT(currency) ON TABLE authorisations.capacity_item TO sayso_service;

GRANT INSERT(recurring) ON TABLE authorisations.capacity_item TO sayso_service;

GRANT INSERT(authorised_at) ON TABLE authorisations.capacity_item TO sayso_service;

GRANT INSERT(valid_until) ON TABLE authorisations.capacity_item TO sayso_service;

GRANT INSERT(cap_minor) ON TABLE authorisations.capacity_item TO sayso_service;

GRANT INSERT(combine) ON TABLE authorisations.capacity_item TO sayso_service;

GRANT INSERT(pct_numerator) ON TABLE authorisations.capacity_item TO sayso_service;

GRANT INSERT(pct_denominator) ON TABLE authorisations.capacity_item TO sayso_service;

GRANT INSERT(abs_minor) ON TABLE authorisations.capacity_item TO sayso_service;

GRANT INSERT(hard_cap_minor) ON TABLE authorisations.capacity_item TO sayso_service;

GRANT INSERT(at_limit_refuses) ON TABLE authorisations.capacity_item TO sayso_service;

GRANT INSERT(consent_deadline) ON TABLE authorisations.capacity_item TO sayso_service;

GRANT SELECT ON TABLE authorisations.ceiling_warning TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE authorisations.ceiling_warning TO sayso_service;

GRANT INSERT(authorisation_id) ON TABLE authorisations.ceiling_warning TO sayso_service;

GRANT INSERT(scope_id) ON TABLE authorisations.ceiling_warning TO sayso_service;

GRANT INSERT(authorised_at) ON TABLE authorisations.ceiling_warning TO sayso_service;

GRANT INSERT(valid_until) ON TABLE authorisations.ceiling_warning TO sayso_service;

GRANT INSERT(cap_minor) ON TABLE authorisations.ceiling_warning TO sayso_service;

GRANT INSERT(reached_minor) ON TABLE authorisations.ceiling_warning TO sayso_service;

GRANT SELECT ON TABLE authorisations.code_proof TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE authorisations.code_proof TO sayso_service;

GRANT INSERT(presentation_id) ON TABLE authorisations.code_proof TO sayso_service;

GRANT INSERT(number) ON TABLE authorisations.code_proof TO sayso_service;

GRANT INSERT(code_hash) ON TABLE authorisations.code_proof TO sayso_service;

GRANT INSERT(sent_at) ON TABLE authorisations.code_proof TO sayso_service;

GRANT SELECT,DELETE ON TABLE authorisations.consent_detail TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE authorisations.consent_detail TO sayso_service;

GRANT INSERT(authorisation_id) ON TABLE authorisations.consent_detail TO sayso_service;

GRANT INSERT(salt) ON TABLE authorisations.consent_detail TO sayso_service;

GRANT INSERT(authoriser_name) ON TABLE authorisations.consent_detail TO sayso_service;

GRANT INSERT(contact_point) ON TABLE authorisations.consent_detail TO sayso_service;

GRANT SELECT ON TABLE authorisations.contact_mail TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE authorisations.contact_mail TO sayso_service;

GRANT INSERT(customer_id) ON TABLE authorisations.contact_mail TO sayso_service;

GRANT INSERT(contact_id) ON TABLE authorisations.contact_mail TO sayso_service;

GRANT INSERT(presentation_id) ON TABLE authorisations.contact_mail TO sayso_service;

GRANT INSERT(number) ON TABLE authorisations.contact_mail TO sayso_service;

GRANT SELECT ON TABLE authorisations.forecast TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE authorisations.forecast TO sayso_service;

GRANT INSERT(scope_id) ON TABLE authorisations.forecast TO sayso_service;

GRANT INSERT(number) ON TABLE authorisations.forecast TO sayso_service;

GRANT INSERT(forecast_id) ON TABLE authorisations.forecast TO sayso_service;

GRANT INSERT(projected_minor) ON TABLE authorisations.forecast TO sayso_service;

GRANT INSERT(head_seq) ON TABLE authorisations.forecast TO sayso_service;

GRANT INSERT(head_hash) ON TABLE authorisations.forecast TO sayso_service;

GRANT INSERT(authorised_minor) ON TABLE authorisations.forecast TO sayso_service;

GRANT INSERT(reason) ON TABLE authorisations.forecast TO sayso_service;

GRANT INSERT(stated_by) ON TABLE authorisations.forecast TO sayso_service;

GRANT SELECT,DELETE ON TABLE authorisations.offer TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE authorisations.offer TO sayso_service;

GRANT INSERT(offer_id) ON TABLE authorisations.offer TO sayso_service;

GRANT INSERT(scope_id) ON TABLE authorisations.offer TO sayso_service;

GRANT INSERT(customer_id) ON TABLE authorisations.offer TO sayso_service;

GRANT INSERT(currency) ON TABLE authorisations.offer TO sayso_service;

GRANT INSERT(kind) ON TABLE authorisations.offer TO sayso_service;

GRANT INSERT(made_by) ON TABLE authorisations.offer TO sayso_service;

GRANT SELECT,DELETE ON TABLE authorisations.offer_item TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE authorisations.offer_item TO sayso_service;

GRANT INSERT(item_id) ON TABLE authorisations.offer_item TO sayso_service;

GRANT INSERT(offer_id) ON TABLE authorisations.offer_item TO sayso_service;

GRANT INSERT(revision) ON TABLE authorisations.offer_item TO sayso_service;

GRANT INSERT("position") ON TABLE authorisations.offer_item TO sayso_service;

GRANT INSERT(scope_id) ON TABLE authorisations.offer_item TO sayso_service;

GRANT INSERT(offer_hash) ON TABLE authorisations.offer_item TO sayso_service;

GRANT INSERT(currency) ON TABLE authorisations.offer_item TO sayso_service;

GRANT INSERT(tax_basis) ON TABLE authorisations.offer_item TO sayso_service;

GRANT INSERT(kind) ON TABLE authorisations.offer_item TO sayso_service;

GRANT INSERT(description) ON TABLE authorisations.offer_item TO sayso_service;

GRANT INSERT(catalogue_item_id) ON TABLE authorisations.offer_item TO sayso_service;

GRANT INSERT(catalogue_effective_on) ON TABLE authorisations.offer_item TO sayso_service;

GRANT INSERT(sku) ON TABLE authorisations.offer_item TO sayso_service;

GRANT INSERT(alternates) ON TABLE authorisations.offer_item TO sayso_service;

GRANT INSERT(condition) ON TABLE authorisations.offer_item TO sayso_service;

GRANT INSERT(method) ON TABLE authorisations.offer_item TO sayso_service;

GRANT INSERT(unit) ON TABLE authorisations.offer_item TO sayso_service;

GRANT INSERT(conversions) ON TABLE authorisations.offer_item TO sayso_service;

GRANT INSERT(ticks) ON TABLE authorisations.offer_item TO sayso_service;

GRANT INSERT(denominator) ON TABLE authorisations.offer_item TO sayso_service;

GRANT INSERT(price_numerator) ON TABLE authorisations.offer_item TO sayso_service;

GRANT INSERT(price_denominator) ON TABLE authorisations.offer_item TO sayso_service;

GRANT INSERT(tax_category) ON TABLE authorisations.offer_item TO sayso_service;

GRANT INSERT(exemption_code) ON TABLE authorisations.offer_item TO sayso_service;

GRANT INSERT(exemption_reason) ON TABLE authorisations.offer_item TO sayso_service;

GRANT INSERT(seller_vat_id) ON TABLE authorisations.offer_item TO sayso_service;

GRANT INSERT(buyer_vat_id) ON TABLE authorisations.offer_item TO sayso_service;

GRANT INSERT(tax_numerator) ON TABLE authorisations.offer_item TO sayso_service;

GRANT INSERT(tax_denominator) ON TABLE authorisations.offer_item TO sayso_service;

GRANT INSERT(recurring) ON TABLE authorisations.offer_item TO sayso_service;

GRANT INSERT(optional) ON TABLE authorisations.offer_item TO sayso_service;

GRANT SELECT,DELETE ON TABLE authorisations.offer_photo TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE authorisations.offer_photo TO sayso_service;

GRANT INSERT(offer_id) ON TABLE authorisations.offer_photo TO sayso_service;

GRANT INSERT(revision) ON TABLE authorisations.offer_photo TO sayso_service;

GRANT INSERT(scope_id) ON TABLE authorisations.offer_photo TO sayso_service;

GRANT INSERT("position") ON TABLE authorisations.offer_photo TO sayso_service;

GRANT INSERT(photo_id) ON TABLE authorisations.offer_photo TO sayso_service;

GRANT INSERT(photo_hash) ON TABLE authorisations.offer_photo TO sayso_service;

GRANT SELECT,DELETE ON TABLE authorisations.offer_revision TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE authorisations.offer_revision TO sayso_service;

GRANT INSERT(offer_id) ON TABLE authorisations.offer_revision TO sayso_service;

GRANT INSERT(revision) ON TABLE authorisations.offer_revision TO sayso_service;

GRANT INSERT(scope_id) ON TABLE authorisations.offer_revision TO sayso_service;

GRANT INSERT(prior_hash) ON TABLE authorisations.offer_revision TO sayso_service;

GRANT INSERT(canonical) ON TABLE authorisations.offer_revision TO sayso_service;

GRANT INSERT(offer_hash) ON TABLE authorisations.offer_revision TO sayso_service;

GRANT INSERT(currency) ON TABLE authorisations.offer_revision TO sayso_service;

GRANT INSERT(tax_basis) ON TABLE authorisations.offer_revision TO sayso_service;

GRANT INSERT(price_forms) ON TABLE authorisations.offer_revision TO sayso_service;

GRANT INSERT(total_minor) ON TABLE authorisations.offer_revision TO sayso_service;

GRANT INSERT(cap_minor) ON TABLE authorisations.offer_revision TO sayso_service;

GRANT INSERT(valid_until) ON TABLE authorisations.offer_revision TO sayso_service;

GRANT INSERT(complete_by) ON TABLE authorisations.offer_revision TO sayso_service;

GRANT INSERT(combine) ON TABLE authorisations.offer_revision TO sayso_service;

GRANT INSERT(pct_numerator) ON TABLE authorisations.offer_revision TO sayso_service;

GRANT INSERT(pct_denominator) ON TABLE authorisations.offer_revision TO sayso_service;

GRANT INSERT(abs_minor) ON TABLE authorisations.offer_revision TO sayso_service;

GRANT INSERT(hard_cap_minor) ON TABLE authorisations.offer_revision TO sayso_service;

GRANT INSERT(at_limit_refuses) ON TABLE authorisations.offer_revision TO sayso_service;

GRANT INSERT(consent_deadline) ON TABLE authorisations.offer_revision TO sayso_service;

GRANT INSERT(made_by) ON TABLE authorisations.offer_revision TO sayso_service;

GRANT SELECT ON TABLE authorisations.one_time_code TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE authorisations.one_time_code TO sayso_service;

GRANT INSERT(presentation_id) ON TABLE authorisations.one_time_code TO sayso_service;

GRANT INSERT(number) ON TABLE authorisations.one_time_code TO sayso_service;

GRANT INSERT(code_id) ON TABLE authorisations.one_time_code TO sayso_service;

GRANT INSERT(code_hash) ON TABLE authorisations.one_time_code TO sayso_service;

GRANT SELECT ON TABLE authorisations.overrun_notice TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE authorisations.overrun_notice TO sayso_service;

GRANT INSERT(notice_id) ON TABLE authorisations.overrun_notice TO sayso_service;

GRANT INSERT(forecast_id) ON TABLE authorisations.overrun_notice TO sayso_service;

GRANT INSERT(scope_id) ON TABLE authorisations.overrun_notice TO sayso_service;

GRANT INSERT(customer_id) ON TABLE authorisations.overrun_notice TO sayso_service;

GRANT INSERT(currency) ON TABLE authorisations.overrun_notice TO sayso_service;

GRANT INSERT(projected_minor) ON TABLE authorisations.overrun_notice TO sayso_service;

GRANT INSERT(over) ON TABLE authorisations.overrun_notice TO sayso_service;

GRANT INSERT(contact_id) ON TABLE authorisations.overrun_notice TO sayso_service;

GRANT INSERT(channel) ON TABLE authorisations.overrun_notice TO sayso_service;

GRANT INSERT(told_at) ON TABLE authorisations.overrun_notice TO sayso_service;

GRANT INSERT(told_by) ON TABLE authorisations.overrun_notice TO sayso_service;

GRANT SELECT ON TABLE authorisations.photo TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE authorisations.photo TO sayso_service;

GRANT INSERT(photo_id) ON TABLE authorisations.photo TO sayso_service;

GRANT INSERT(scope_id) ON TABLE authorisations.photo TO sayso_service;

GRANT INSERT(customer_id) ON TABLE authorisations.photo TO sayso_service;

GRANT INSERT(currency) ON TABLE authorisations.photo TO sayso_service;

GRANT INSERT(number) ON TABLE authorisations.photo TO sayso_service;

GRANT INSERT(visit_id) ON TABLE authorisations.photo TO sayso_service;

GRANT INSERT(shows) ON TABLE authorisations.photo TO sayso_service;

GRANT INSERT(photo_hash) ON TABLE authorisations.photo TO sayso_service;

GRANT INSERT(received_hash) ON TABLE authorisations.photo TO sayso_service;

GRANT INSERT(width) ON TABLE authorisations.photo TO sayso_service;

GRANT INSERT(height) ON TABLE authorisations.photo TO sayso_service;

GRANT INSERT(taken_at) ON TABLE authorisations.photo TO sayso_service;

GRANT INSERT(recorded_by) ON TABLE authorisations.photo TO sayso_service;

GRANT SELECT,DELETE ON TABLE authorisations.photo_content TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE authorisations.photo_content TO sayso_service;

GRANT INSERT(photo_id) ON TABLE authorisations.photo_content TO sayso_service;

GRANT INSERT(photo_hash) ON TABLE authorisations.photo_content TO sayso_service;

GRANT INSERT(content) ON TABLE authorisations.photo_content TO sayso_service;

GRANT INSERT(thumbnail) ON TABLE authorisations.photo_content TO sayso_service;

GRANT SELECT ON TABLE authorisations.policy TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE authorisations.policy TO sayso_service;

GRANT INSERT(policy_name) ON TABLE authorisations.policy TO sayso_service;

GRANT INSERT(policy_version) ON TABLE authorisations.policy TO sayso_service;

GRANT INSERT(citation) ON TABLE authorisations.policy TO sayso_service;

GRANT INSERT(jurisdiction) ON TABLE authorisations.policy TO sayso_service;

GRANT INSERT(trade) ON TABLE authorisations.policy TO sayso_service;

GRANT INSERT(price_form) ON TABLE authorisations.policy TO sayso_service;

GRANT INSERT(combine) ON TABLE authorisations.policy TO sayso_service;

GRANT INSERT(pct_numerator) ON TABLE authorisations.policy TO sayso_service;

GRANT INSERT(pct_denominator) ON TABLE authorisations.policy TO sayso_service;

GRANT INSERT(abs_minor) ON TABLE authorisations.policy TO sayso_service;

GRANT INSERT(hard_cap_minor) ON TABLE authorisations.policy TO sayso_service;

GRANT INSERT(at_limit_refuses) ON TABLE authorisations.policy TO sayso_service;

GRANT INSERT(consent_deadline) ON TABLE authorisations.policy TO sayso_service;

GRANT INSERT(record_lag_seconds) ON TABLE authorisations.policy TO sayso_service;

GRANT INSERT(requires_written_offer) ON TABLE authorisations.policy TO sayso_service;

GRANT INSERT(law_jurisdiction) ON TABLE authorisations.policy TO sayso_service;

GRANT INSERT(law_trade) ON TABLE authorisations.policy TO sayso_service;

GRANT INSERT(law_price_form) ON TABLE authorisations.policy TO sayso_service;

GRANT INSERT(law_combine) ON TABLE authorisations.policy TO sayso_service;

GRANT INSERT(law_pct_numerator) ON TABLE authorisations.policy TO sayso_service;

GRANT INSERT(law_pct_denominator) ON TABLE authorisations.policy TO sayso_service;

GRANT INSERT(law_abs_minor) ON TABLE authorisations.policy TO sayso_service;

GRANT INSERT(law_hard_cap_minor) ON TABLE authorisations.policy TO sayso_service;

GRANT INSERT(law_at_limit_refuses) ON TABLE authorisations.policy TO sayso_service;

GRANT INSERT(law_consent_deadline) ON TABLE authorisations.policy TO sayso_service;

GRANT SELECT ON TABLE authorisations.presentation TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE authorisations.presentation TO sayso_service;

GRANT INSERT(presentation_id) ON TABLE authorisations.presentation TO sayso_service;

GRANT INSERT(offer_id) ON TABLE authorisations.presentation TO sayso_service;

GRANT INSERT(revision) ON TABLE authorisations.presentation TO sayso_service;

GRANT INSERT(offer_hash) ON TABLE authorisations.presentation TO sayso_service;

GRANT INSERT(scope_id) ON TABLE authorisations.presentation TO sayso_service;

GRANT INSERT(customer_id) ON TABLE authorisations.presentation TO sayso_service;

GRANT INSERT(currency) ON TABLE authorisations.presentation TO sayso_service;

GRANT INSERT(contact_id) ON TABLE authorisations.presentation TO sayso_service;

GRANT INSERT(channel) ON TABLE authorisations.presentation TO sayso_service;

GRANT INSERT(required_method) ON TABLE authorisations.presentation TO sayso_service;

GRANT INSERT(language) ON TABLE authorisations.presentation TO sayso_service;

GRANT INSERT(nonce_hash) ON TABLE authorisations.presentation TO sayso_service;

GRANT INSERT(presented_by) ON TABLE authorisations.presentation TO sayso_service;

GRANT INSERT(expires_at) ON TABLE authorisations.presentation TO sayso_service;

GRANT SELECT,DELETE ON TABLE authorisations.question TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE authorisations.question TO sayso_service;

GRANT INSERT(question_id) ON TABLE authorisations.question TO sayso_service;

GRANT INSERT(presentation_id) ON TABLE authorisations.question TO sayso_service;

GRANT INSERT(number) ON TABLE authorisations.question TO sayso_service;

GRANT INSERT(offer_id) ON TABLE authorisations.question TO sayso_service;

GRANT INSERT(scope_id) ON TABLE authorisations.question TO sayso_service;

GRANT INSERT(customer_id) ON TABLE authorisations.question TO sayso_service;

GRANT INSERT(words) ON TABLE authorisations.question TO sayso_service;

GRANT SELECT,DELETE ON TABLE authorisations.question_reply TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE authorisations.question_reply TO sayso_service;

GRANT INSERT(question_id) ON TABLE authorisations.question_reply TO sayso_service;

GRANT INSERT(words) ON TABLE authorisations.question_reply TO sayso_service;

GRANT INSERT(replied_by) ON TABLE authorisations.question_reply TO sayso_service;

GRANT SELECT ON TABLE authorisations.receipt TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE authorisations.receipt TO sayso_service;

GRANT INSERT(authorisation_id) ON TABLE authorisations.receipt TO sayso_service;

GRANT INSERT(scope_id) ON TABLE authorisations.receipt TO sayso_service;

GRANT INSERT(seq) ON TABLE authorisations.receipt TO sayso_service;

GRANT INSERT(entry_hash) ON TABLE authorisations.receipt TO sayso_service;

GRANT INSERT(revised_total_minor) ON TABLE authorisations.receipt TO sayso_service;

GRANT INSERT(checkpoint_number) ON TABLE authorisations.receipt TO sayso_service;

GRANT INSERT(checkpoint_digest) ON TABLE authorisations.receipt TO sayso_service;

GRANT INSERT(jws) ON TABLE authorisations.receipt TO sayso_service;

GRANT SELECT ON TABLE authorisations.scope TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE authorisations.scope TO sayso_service;

GRANT INSERT(scope_id) ON TABLE authorisations.scope TO sayso_service;

GRANT INSERT(customer_id) ON TABLE authorisations.scope TO sayso_service;

GRANT INSERT(subject_kind) ON TABLE authorisations.scope TO sayso_service;

GRANT INSERT(subject_id) ON TABLE authorisations.scope TO sayso_service;

GRANT INSERT(currency) ON TABLE authorisations.scope TO sayso_service;

GRANT INSERT(policy_name) ON TABLE authorisations.scope TO sayso_service;

GRANT INSERT(policy_version) ON TABLE authorisations.scope TO sayso_service;

GRANT INSERT(combine) ON TABLE authorisations.scope TO sayso_service;

GRANT INSERT(pct_numerator) ON TABLE authorisations.scope TO sayso_service;

GRANT INSERT(pct_denominator) ON TABLE authorisations.scope TO sayso_service;

GRANT INSERT(abs_minor) ON TABLE authorisations.scope TO sayso_service;

GRANT INSERT(hard_cap_minor) ON TABLE authorisations.scope TO sayso_service;

GRANT INSERT(at_limit_refuses) ON TABLE authorisations.scope TO sayso_service;

GRANT INSERT(consent_deadline) ON TABLE authorisations.scope TO sayso_service;

GRANT INSERT(record_lag_seconds) ON TABLE authorisations.scope TO sayso_service;

GRANT INSERT(requires_written_offer) ON TABLE authorisations.scope TO sayso_service;

GRANT INSERT(price_forms) ON TABLE authorisations.scope TO sayso_service;

GRANT INSERT(site_jurisdiction) ON TABLE authorisations.scope TO sayso_service;

GRANT INSERT(site_zone) ON TABLE authorisations.scope TO sayso_service;

GRANT INSERT(trade) ON TABLE authorisations.scope TO sayso_service;

GRANT INSERT(law_jurisdiction) ON TABLE authorisations.scope TO sayso_service;

GRANT INSERT(law_trade) ON TABLE authorisations.scope TO sayso_service;

GRANT INSERT(law_price_form) ON TABLE authorisations.scope TO sayso_service;

GRANT INSERT(overrun_notice) ON TABLE authorisations.scope TO sayso_service;

GRANT INSERT(withdrawal_days) ON TABLE authorisations.scope TO sayso_service;

GRANT SELECT ON TABLE authorisations.scope_step TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE authorisations.scope_step TO sayso_service;

GRANT INSERT(scope_id) ON TABLE authorisations.scope_step TO sayso_service;

GRANT INSERT(step) ON TABLE authorisations.scope_step TO sayso_service;

GRANT INSERT(kind) ON TABLE authorisations.scope_step TO sayso_service;

GRANT INSERT(subject) ON TABLE authorisations.scope_step TO sayso_service;

GRANT SELECT,DELETE ON TABLE authorisations.signature TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE authorisations.signature TO sayso_service;

GRANT INSERT(authorisation_id) ON TABLE authorisations.signature TO sayso_service;

GRANT INSERT(strokes) ON TABLE authorisations.signature TO sayso_service;

GRANT INSERT(strokes_hash) ON TABLE authorisations.signature TO sayso_service;

GRANT SELECT ON TABLE authorisations.withdrawal TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE authorisations.withdrawal TO sayso_service;

GRANT INSERT(authorisation_id) ON TABLE authorisations.withdrawal TO sayso_service;

GRANT INSERT(revocation_id) ON TABLE authorisations.withdrawal TO sayso_service;

GRANT INSERT(scope_id) ON TABLE authorisations.withdrawal TO sayso_service;

GRANT INSERT(authorised_at) ON TABLE authorisations.withdrawal TO sayso_service;

GRANT INSERT(express_request) ON TABLE authorisations.withdrawal TO sayso_service;

GRANT INSERT(withdrawal_days) ON TABLE authorisations.withdrawal TO sayso_service;

GRANT SELECT ON TABLE authorisations.work_photo TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE authorisations.work_photo TO sayso_service;

GRANT INSERT(work_record_id) ON TABLE authorisations.work_photo TO sayso_service;

GRANT INSERT(scope_id) ON TABLE authorisations.work_photo TO sayso_service;

GRANT INSERT("position") ON TABLE authorisations.work_photo TO sayso_service;

GRANT INSERT(photo_id) ON TABLE authorisations.work_photo TO sayso_service;

GRANT INSERT(photo_hash) ON TABLE authorisations.work_photo TO sayso_service;

GRANT SELECT ON TABLE authorisations.work_record TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE authorisations.work_record TO sayso_service;

GRANT INSERT(work_record_id) ON TABLE authorisations.work_record TO sayso_service;

GRANT INSERT(scope_id) ON TABLE authorisations.work_record TO sayso_service;

GRANT INSERT(item_id) ON TABLE authorisations.work_record TO sayso_service;

GRANT INSERT(ticks) ON TABLE authorisations.work_record TO sayso_service;

GRANT INSERT(denominator) ON TABLE authorisations.work_record TO sayso_service;

GRANT INSERT(started_at) ON TABLE authorisations.work_record TO sayso_service;

GRANT INSERT(ended_at) ON TABLE authorisations.work_record TO sayso_service;

GRANT INSERT(period_from) ON TABLE authorisations.work_record TO sayso_service;

GRANT INSERT(period_until) ON TABLE authorisations.work_record TO sayso_service;

GRANT INSERT(corrects) ON TABLE authorisations.work_record TO sayso_service;

GRANT INSERT(corrected_evidence) ON TABLE authorisations.work_record TO sayso_service;

GRANT INSERT(corrected_started_at) ON TABLE authorisations.work_record TO sayso_service;

GRANT INSERT(corrected_ended_at) ON TABLE authorisations.work_record TO sayso_service;

GRANT INSERT(staff_id) ON TABLE authorisations.work_record TO sayso_service;

GRANT INSERT(visit_id) ON TABLE authorisations.work_record TO sayso_service;

GRANT INSERT(note) ON TABLE authorisations.work_record TO sayso_service;

GRANT INSERT(emergency) ON TABLE authorisations.work_record TO sayso_service;

GRANT INSERT(finding) ON TABLE authorisations.work_record TO sayso_service;

GRANT INSERT(recorded_by) ON TABLE authorisations.work_record TO sayso_service;

GRANT SELECT ON TABLE authorisations.wrong_code TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE authorisations.wrong_code TO sayso_service;

GRANT INSERT(presentation_id) ON TABLE authorisations.wrong_code TO sayso_service;

GRANT INSERT(number) ON TABLE authorisations.wrong_code TO sayso_service;

GRANT INSERT(customer_id) ON TABLE authorisations.wrong_code TO sayso_service;

GRANT INSERT(contact_id) ON TABLE authorisations.wrong_code TO sayso_service;

GRANT INSERT(number_of_day) ON TABLE authorisations.wrong_code TO sayso_service;

GRANT SELECT ON TABLE billing.account TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.account TO sayso_service;

GRANT INSERT(kind) ON TABLE billing.account TO sayso_service;

GRANT INSERT(holder) ON TABLE billing.account TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.account TO sayso_service;

GRANT SELECT ON TABLE billing.account_entry TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.account_entry TO sayso_service;

GRANT INSERT(posting_id) ON TABLE billing.account_entry TO sayso_service;

GRANT INSERT(ordinal) ON TABLE billing.account_entry TO sayso_service;

GRANT INSERT(side) ON TABLE billing.account_entry TO sayso_service;

GRANT INSERT(debit_kind) ON TABLE billing.account_entry TO sayso_service;

GRANT INSERT(debit_holder) ON TABLE billing.account_entry TO sayso_service;

GRANT INSERT(credit_kind) ON TABLE billing.account_entry TO sayso_service;

GRANT INSERT(credit_holder) ON TABLE billing.account_entry TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.account_entry TO sayso_service;

GRANT INSERT(amount_minor) ON TABLE billing.account_entry TO sayso_service;

GRANT INSERT(strand) ON TABLE billing.account_entry TO sayso_service;

GRANT INSERT(version) ON TABLE billing.account_entry TO sayso_service;

GRANT INSERT(balance_before) ON TABLE billing.account_entry TO sayso_service;

GRANT INSERT(balance_after) ON TABLE billing.account_entry TO sayso_service;

GRANT SELECT,DELETE ON TABLE billing.account_number TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.account_number TO sayso_service;

GRANT INSERT(kind) ON TABLE billing.account_number TO sayso_service;

GRANT INSERT(holder) ON TABLE billing.account_number TO sayso_service;

GRANT INSERT(number),UPDATE(number) ON TABLE billing.account_number TO sayso_service;

GRANT INSERT(name),UPDATE(name) ON TABLE billing.account_number TO sayso_service;

GRANT SELECT ON TABLE billing.allocation TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.allocation TO sayso_service;

GRANT INSERT(invoice_id) ON TABLE billing.allocation TO sayso_service;

GRANT INSERT(step) ON TABLE billing.allocation TO sayso_service;

GRANT INSERT(kind) ON TABLE billing.allocation TO sayso_service;

GRANT INSERT(posting_id) ON TABLE billing.allocation TO sayso_service;

GRANT INSERT(ordinal) ON TABLE billing.allocation TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.allocation TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.allocation TO sayso_service;

GRANT INSERT(total_minor) ON TABLE billing.allocation TO sayso_service;

GRANT INSERT(open_before) ON TABLE billing.allocation TO sayso_service;

GRANT INSERT(open_after) ON TABLE billing.allocation TO sayso_service;

GRANT INSERT(written_off_before) ON TABLE billing.allocation TO sayso_service;

GRANT INSERT(written_off_after) ON TABLE billing.allocation TO sayso_service;

GRANT SELECT ON TABLE billing.bank_account TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.bank_account TO sayso_service;

GRANT INSERT(bank_account_id) ON TABLE billing.bank_account TO sayso_service;

GRANT INSERT(number) ON TABLE billing.bank_account TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.bank_account TO sayso_service;

GRANT INSERT(name),UPDATE(name) ON TABLE billing.bank_account TO sayso_service;

GRANT INSERT(known_payer_posts),UPDATE(known_payer_posts) ON TABLE billing.bank_account TO sayso_service;

GRANT INSERT(csv_map),UPDATE(csv_map) ON TABLE billing.bank_account TO sayso_service;

GRANT INSERT(opened_at) ON TABLE billing.bank_account TO sayso_service;

GRANT SELECT ON TABLE billing.bank_file TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.bank_file TO sayso_service;

GRANT INSERT(file_id) ON TABLE billing.bank_file TO sayso_service;

GRANT INSERT(file_hash) ON TABLE billing.bank_file TO sayso_service;

GRANT INSERT(format) ON TABLE billing.bank_file TO sayso_service;

GRANT INSERT(outcome) ON TABLE billing.bank_file TO sayso_service;

GRANT INSERT(imported_by) ON TABLE billing.bank_file TO sayso_service;

GRANT SELECT ON TABLE billing.bank_line TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.bank_line TO sayso_service;

GRANT INSERT(line_id) ON TABLE billing.bank_line TO sayso_service;

GRANT INSERT(statement_id) ON TABLE billing.bank_line TO sayso_service;

GRANT INSERT(number) ON TABLE billing.bank_line TO sayso_service;

GRANT INSERT(bank_account_id) ON TABLE billing.bank_line TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.bank_line TO sayso_service;

GRANT INSERT(interim) ON TABLE billing.bank_line TO sayso_service;

GRANT INSERT(opening_minor) ON TABLE billing.bank_line TO sayso_service;

GRANT INSERT(entry) ON TABLE billing.bank_line TO sayso_service;

GRANT INSERT(detail) ON TABLE billing.bank_line TO sayso_service;

GRANT INSERT(amount_minor) ON TABLE billing.bank_line TO sayso_service;

GRANT INSERT(balance_before) ON TABLE billing.bank_line TO sayso_service;

GRANT INSERT(balance_after) ON TABLE billing.bank_line TO sayso_service;

GRANT INSERT(booked_on) ON TABLE billing.bank_line TO sayso_service;

GRANT INSERT(value_on) ON TABLE billing.bank_line TO sayso_service;

GRANT INSERT(entry_key) ON TABLE billing.bank_line TO sayso_service;

GRANT INSERT(confirms) ON TABLE billing.bank_line TO sayso_service;

GRANT INSERT(batch_key) ON TABLE billing.bank_line TO sayso_service;

GRANT INSERT(nth) ON TABLE billing.bank_line TO sayso_service;

GRANT INSERT(before_statement) ON TABLE billing.bank_line TO sayso_service;

GRANT INSERT(before_on) ON TABLE billing.bank_line TO sayso_service;

GRANT INSERT(before_repeated) ON TABLE billing.bank_line TO sayso_service;

GRANT INSERT(doubtful) ON TABLE billing.bank_line TO sayso_service;

GRANT INSERT(reference) ON TABLE billing.bank_line TO sayso_service;

GRANT INSERT(end_to_end_id) ON TABLE billing.bank_line TO sayso_service;

GRANT INSERT(creditor_references) ON TABLE billing.bank_line TO sayso_service;

GRANT INSERT(party_name) ON TABLE billing.bank_line TO sayso_service;

GRANT INSERT(party_account) ON TABLE billing.bank_line TO sayso_service;

GRANT INSERT(remittance) ON TABLE billing.bank_line TO sayso_service;

GRANT INSERT(booking_text) ON TABLE billing.bank_line TO sayso_service;

GRANT INSERT(reversal) ON TABLE billing.bank_line TO sayso_service;

GRANT SELECT ON TABLE billing.bank_sighting TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.bank_sighting TO sayso_service;

GRANT INSERT(told_id) ON TABLE billing.bank_sighting TO sayso_service;

GRANT INSERT(step) ON TABLE billing.bank_sighting TO sayso_service;

GRANT INSERT(before) ON TABLE billing.bank_sighting TO sayso_service;

GRANT INSERT(state) ON TABLE billing.bank_sighting TO sayso_service;

GRANT INSERT(line_id) ON TABLE billing.bank_sighting TO sayso_service;

GRANT INSERT(line_step) ON TABLE billing.bank_sighting TO sayso_service;

GRANT INSERT(reversal_id) ON TABLE billing.bank_sighting TO sayso_service;

GRANT SELECT ON TABLE billing.bank_statement TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.bank_statement TO sayso_service;

GRANT INSERT(statement_id) ON TABLE billing.bank_statement TO sayso_service;

GRANT INSERT(bank_account_id) ON TABLE billing.bank_statement TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.bank_statement TO sayso_service;

GRANT INSERT(file_id) ON TABLE billing.bank_statement TO sayso_service;

GRANT INSERT(kind) ON TABLE billing.bank_statement TO sayso_service;

GRANT INSERT(step) ON TABLE billing.bank_statement TO sayso_service;

GRANT INSERT(carried_minor) ON TABLE billing.bank_statement TO sayso_service;

GRANT INSERT(opening_minor) ON TABLE billing.bank_statement TO sayso_service;

GRANT INSERT(closing_minor) ON TABLE billing.bank_statement TO sayso_service;

GRANT INSERT(balances_told) ON TABLE billing.bank_statement TO sayso_service;

GRANT INSERT(gap_reason) ON TABLE billing.bank_statement TO sayso_service;

GRANT INSERT(name) ON TABLE billing.bank_statement TO sayso_service;

GRANT INSERT(from_on) ON TABLE billing.bank_statement TO sayso_service;

GRANT INSERT(until_on) ON TABLE billing.bank_statement TO sayso_service;

GRANT INSERT(line_count) ON TABLE billing.bank_statement TO sayso_service;

GRANT INSERT(in_minor) ON TABLE billing.bank_statement TO sayso_service;

GRANT INSERT(out_minor) ON TABLE billing.bank_statement TO sayso_service;

GRANT INSERT(confirmed_in_minor) ON TABLE billing.bank_statement TO sayso_service;

GRANT INSERT(confirmed_out_minor) ON TABLE billing.bank_statement TO sayso_service;

GRANT INSERT(content_hash) ON TABLE billing.bank_statement TO sayso_service;

GRANT SELECT ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(line_id) ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(step) ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(kind) ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(size_minor) ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(incoming) ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(open_before) ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(open_after) ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(undoes) ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(undoes_kind) ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(posting_id) ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(ordinal) ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(strand) ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(debit_kind) ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(debit_holder) ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(credit_kind) ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(credit_holder) ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(payment_id) ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(reversal_id) ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(refund_id) ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(deposit_id) ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(arrival_step) ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(payout_id) ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(payout_minor) ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(kept_minor) ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(sight) ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(shows) ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(rule) ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(reason) ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(note) ON TABLE billing.bank_step TO sayso_service;

GRANT INSERT(made_by) ON TABLE billing.bank_step TO sayso_service;

GRANT SELECT,DELETE ON TABLE billing.bank_waiting TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.bank_waiting TO sayso_service;

GRANT INSERT(line_id) ON TABLE billing.bank_waiting TO sayso_service;

GRANT INSERT(booked_on) ON TABLE billing.bank_waiting TO sayso_service;

GRANT INSERT(statement_id) ON TABLE billing.bank_waiting TO sayso_service;

GRANT INSERT(judged_at),UPDATE(judged_at) ON TABLE billing.bank_waiting TO sayso_service;

GRANT SELECT ON TABLE billing.bank_waiting_for TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.bank_waiting_for TO sayso_service;

GRANT INSERT(line_id) ON TABLE billing.bank_waiting_for TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.bank_waiting_for TO sayso_service;

GRANT SELECT ON TABLE billing.billed_work TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.billed_work TO sayso_service;

GRANT INSERT(work_record_id) ON TABLE billing.billed_work TO sayso_service;

GRANT INSERT(use) ON TABLE billing.billed_work TO sayso_service;

GRANT INSERT(invoice_id) ON TABLE billing.billed_work TO sayso_service;

GRANT INSERT(line_number) ON TABLE billing.billed_work TO sayso_service;

GRANT INSERT(item_id) ON TABLE billing.billed_work TO sayso_service;

GRANT INSERT(line_ticks) ON TABLE billing.billed_work TO sayso_service;

GRANT INSERT(line_net) ON TABLE billing.billed_work TO sayso_service;

GRANT INSERT(freed_invoice_id) ON TABLE billing.billed_work TO sayso_service;

GRANT INSERT(freed_line) ON TABLE billing.billed_work TO sayso_service;

GRANT INSERT(freed_step) ON TABLE billing.billed_work TO sayso_service;

GRANT INSERT(freed_ticks) ON TABLE billing.billed_work TO sayso_service;

GRANT INSERT(freed_net) ON TABLE billing.billed_work TO sayso_service;

GRANT SELECT ON TABLE billing.card_fee TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.card_fee TO sayso_service;

GRANT INSERT(payment_id) ON TABLE billing.card_fee TO sayso_service;

GRANT INSERT(transaction_name) ON TABLE billing.card_fee TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.card_fee TO sayso_service;

GRANT INSERT(fee_minor) ON TABLE billing.card_fee TO sayso_service;

GRANT SELECT ON TABLE billing.carried_balance TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.carried_balance TO sayso_service;

GRANT INSERT(number) ON TABLE billing.carried_balance TO sayso_service;

GRANT INSERT(kind) ON TABLE billing.carried_balance TO sayso_service;

GRANT INSERT(holder) ON TABLE billing.carried_balance TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.carried_balance TO sayso_service;

GRANT INSERT(opened_in) ON TABLE billing.carried_balance TO sayso_service;

GRANT INSERT(opening_minor) ON TABLE billing.carried_balance TO sayso_service;

GRANT INSERT(debit_minor) ON TABLE billing.carried_balance TO sayso_service;

GRANT INSERT(credit_minor) ON TABLE billing.carried_balance TO sayso_service;

GRANT INSERT(closing_minor) ON TABLE billing.carried_balance TO sayso_service;

GRANT SELECT ON TABLE billing.carry_forward TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.carry_forward TO sayso_service;

GRANT INSERT(number) ON TABLE billing.carry_forward TO sayso_service;

GRANT INSERT(from_at) ON TABLE billing.carry_forward TO sayso_service;

GRANT INSERT(until_at) ON TABLE billing.carry_forward TO sayso_service;

GRANT INSERT(transfers) ON TABLE billing.carry_forward TO sayso_service;

GRANT INSERT(content_hash) ON TABLE billing.carry_forward TO sayso_service;

GRANT SELECT ON TABLE billing.cash_acceptance TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.cash_acceptance TO sayso_service;

GRANT INSERT(hand_in_id) ON TABLE billing.cash_acceptance TO sayso_service;

GRANT INSERT(staff_id) ON TABLE billing.cash_acceptance TO sayso_service;

GRANT INSERT(counted_minor) ON TABLE billing.cash_acceptance TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.cash_acceptance TO sayso_service;

GRANT INSERT(into_holder) ON TABLE billing.cash_acceptance TO sayso_service;

GRANT INSERT(accepted_by) ON TABLE billing.cash_acceptance TO sayso_service;

GRANT INSERT(accepted_minor) ON TABLE billing.cash_acceptance TO sayso_service;

GRANT INSERT(count_number) ON TABLE billing.cash_acceptance TO sayso_service;

GRANT INSERT(reason) ON TABLE billing.cash_acceptance TO sayso_service;

GRANT INSERT(note) ON TABLE billing.cash_acceptance TO sayso_service;

GRANT INSERT(accepted_at) ON TABLE billing.cash_acceptance TO sayso_service;

GRANT SELECT ON TABLE billing.cash_arrival TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.cash_arrival TO sayso_service;

GRANT INSERT(deposit_id) ON TABLE billing.cash_arrival TO sayso_service;

GRANT INSERT(step) ON TABLE billing.cash_arrival TO sayso_service;

GRANT INSERT(amount_minor) ON TABLE billing.cash_arrival TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.cash_arrival TO sayso_service;

GRANT INSERT(banked_by) ON TABLE billing.cash_arrival TO sayso_service;

GRANT INSERT(arrival_id) ON TABLE billing.cash_arrival TO sayso_service;

GRANT INSERT(undoes) ON TABLE billing.cash_arrival TO sayso_service;

GRANT INSERT(bank_reference) ON TABLE billing.cash_arrival TO sayso_service;

GRANT INSERT(line_id) ON TABLE billing.cash_arrival TO sayso_service;

GRANT INSERT(arrived_minor) ON TABLE billing.cash_arrival TO sayso_service;

GRANT INSERT(reason) ON TABLE billing.cash_arrival TO sayso_service;

GRANT INSERT(note) ON TABLE billing.cash_arrival TO sayso_service;

GRANT INSERT(confirmed_by) ON TABLE billing.cash_arrival TO sayso_service;

GRANT INSERT(arrived_at) ON TABLE billing.cash_arrival TO sayso_service;

GRANT SELECT ON TABLE billing.cash_banked TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.cash_banked TO sayso_service;

GRANT INSERT(hand_in_id) ON TABLE billing.cash_banked TO sayso_service;

GRANT INSERT(step) ON TABLE billing.cash_banked TO sayso_service;

GRANT INSERT(deposit_id) ON TABLE billing.cash_banked TO sayso_service;

GRANT INSERT("position") ON TABLE billing.cash_banked TO sayso_service;

GRANT INSERT(accepted_minor) ON TABLE billing.cash_banked TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.cash_banked TO sayso_service;

GRANT INSERT(banked_before) ON TABLE billing.cash_banked TO sayso_service;

GRANT INSERT(banked_after) ON TABLE billing.cash_banked TO sayso_service;

GRANT INSERT(total_before) ON TABLE billing.cash_banked TO sayso_service;

GRANT INSERT(total_after) ON TABLE billing.cash_banked TO sayso_service;

GRANT SELECT ON TABLE billing.cash_count TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.cash_count TO sayso_service;

GRANT INSERT(hand_in_id) ON TABLE billing.cash_count TO sayso_service;

GRANT INSERT(counted_by) ON TABLE billing.cash_count TO sayso_service;

GRANT INSERT(number) ON TABLE billing.cash_count TO sayso_service;

GRANT INSERT(counted_minor) ON TABLE billing.cash_count TO sayso_service;

GRANT INSERT(pieces) ON TABLE billing.cash_count TO sayso_service;

GRANT INSERT(counted_at) ON TABLE billing.cash_count TO sayso_service;

GRANT SELECT ON TABLE billing.cash_custody TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.cash_custody TO sayso_service;

GRANT INSERT(staff_id) ON TABLE billing.cash_custody TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.cash_custody TO sayso_service;

GRANT INSERT(step) ON TABLE billing.cash_custody TO sayso_service;

GRANT INSERT(strand) ON TABLE billing.cash_custody TO sayso_service;

GRANT INSERT(version) ON TABLE billing.cash_custody TO sayso_service;

GRANT INSERT(side) ON TABLE billing.cash_custody TO sayso_service;

GRANT INSERT(amount_minor) ON TABLE billing.cash_custody TO sayso_service;

GRANT INSERT(held_before) ON TABLE billing.cash_custody TO sayso_service;

GRANT INSERT(held_after) ON TABLE billing.cash_custody TO sayso_service;

GRANT SELECT ON TABLE billing.cash_deposit TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.cash_deposit TO sayso_service;

GRANT INSERT(deposit_id) ON TABLE billing.cash_deposit TO sayso_service;

GRANT INSERT(slip) ON TABLE billing.cash_deposit TO sayso_service;

GRANT INSERT(bank_account) ON TABLE billing.cash_deposit TO sayso_service;

GRANT INSERT(positions) ON TABLE billing.cash_deposit TO sayso_service;

GRANT INSERT(amount_minor) ON TABLE billing.cash_deposit TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.cash_deposit TO sayso_service;

GRANT INSERT(banked_by) ON TABLE billing.cash_deposit TO sayso_service;

GRANT INSERT(banked_at) ON TABLE billing.cash_deposit TO sayso_service;

GRANT SELECT ON TABLE billing.cash_hand_in TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.cash_hand_in TO sayso_service;

GRANT INSERT(hand_in_id) ON TABLE billing.cash_hand_in TO sayso_service;

GRANT INSERT(staff_id) ON TABLE billing.cash_hand_in TO sayso_service;

GRANT INSERT(to_staff_id) ON TABLE billing.cash_hand_in TO sayso_service;

GRANT INSERT(counted_minor) ON TABLE billing.cash_hand_in TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.cash_hand_in TO sayso_service;

GRANT INSERT(pieces) ON TABLE billing.cash_hand_in TO sayso_service;

GRANT INSERT(handed_in_at) ON TABLE billing.cash_hand_in TO sayso_service;

GRANT SELECT ON TABLE billing.cash_limit TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.cash_limit TO sayso_service;

GRANT INSERT(staff_id) ON TABLE billing.cash_limit TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.cash_limit TO sayso_service;

GRANT INSERT(version) ON TABLE billing.cash_limit TO sayso_service;

GRANT INSERT(limit_minor) ON TABLE billing.cash_limit TO sayso_service;

GRANT INSERT(set_by) ON TABLE billing.cash_limit TO sayso_service;

GRANT INSERT(set_at) ON TABLE billing.cash_limit TO sayso_service;

GRANT SELECT ON TABLE billing.cash_settlement TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.cash_settlement TO sayso_service;

GRANT INSERT(hand_in_id) ON TABLE billing.cash_settlement TO sayso_service;

GRANT INSERT(arrival_id) ON TABLE billing.cash_settlement TO sayso_service;

GRANT INSERT(step) ON TABLE billing.cash_settlement TO sayso_service;

GRANT INSERT(settlement_id) ON TABLE billing.cash_settlement TO sayso_service;

GRANT INSERT(staff_id) ON TABLE billing.cash_settlement TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.cash_settlement TO sayso_service;

GRANT INSERT(accepted_by) ON TABLE billing.cash_settlement TO sayso_service;

GRANT INSERT(confirmed_by) ON TABLE billing.cash_settlement TO sayso_service;

GRANT INSERT(missing_minor) ON TABLE billing.cash_settlement TO sayso_service;

GRANT INSERT(how) ON TABLE billing.cash_settlement TO sayso_service;

GRANT INSERT(undoes) ON TABLE billing.cash_settlement TO sayso_service;

GRANT INSERT(undoes_how) ON TABLE billing.cash_settlement TO sayso_service;

GRANT INSERT(open_before) ON TABLE billing.cash_settlement TO sayso_service;

GRANT INSERT(open_after) ON TABLE billing.cash_settlement TO sayso_service;

GRANT INSERT(note) ON TABLE billing.cash_settlement TO sayso_service;

GRANT INSERT(settled_by) ON TABLE billing.cash_settlement TO sayso_service;

GRANT INSERT(settled_at) ON TABLE billing.cash_settlement TO sayso_service;

GRANT SELECT ON TABLE billing.charge TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.charge TO sayso_service;

GRANT INSERT(attempt_id) ON TABLE billing.charge TO sayso_service;

GRANT INSERT(invoice_id) ON TABLE billing.charge TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.charge TO sayso_service;

GRANT INSERT(consent_id) ON TABLE billing.charge TO sayso_service;

GRANT INSERT(method_id) ON TABLE billing.charge TO sayso_service;

GRANT INSERT(turn) ON TABLE billing.charge TO sayso_service;

GRANT INSERT(ordinal) ON TABLE billing.charge TO sayso_service;

GRANT INSERT(amount_minor) ON TABLE billing.charge TO sayso_service;

GRANT INSERT(noticed_minor) ON TABLE billing.charge TO sayso_service;

GRANT INSERT(charge_on) ON TABLE billing.charge TO sayso_service;

GRANT INSERT(zone) ON TABLE billing.charge TO sayso_service;

GRANT INSERT(begun_at) ON TABLE billing.charge TO sayso_service;

GRANT SELECT ON TABLE billing.charge_consent TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.charge_consent TO sayso_service;

GRANT INSERT(consent_id) ON TABLE billing.charge_consent TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.charge_consent TO sayso_service;

GRANT INSERT(livemode) ON TABLE billing.charge_consent TO sayso_service;

GRANT INSERT(text_version) ON TABLE billing.charge_consent TO sayso_service;

GRANT INSERT(language) ON TABLE billing.charge_consent TO sayso_service;

GRANT INSERT(wording) ON TABLE billing.charge_consent TO sayso_service;

GRANT INSERT(notice_days) ON TABLE billing.charge_consent TO sayso_service;

GRANT INSERT(given_by) ON TABLE billing.charge_consent TO sayso_service;

GRANT INSERT(given_at) ON TABLE billing.charge_consent TO sayso_service;

GRANT SELECT ON TABLE billing.charge_failure TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.charge_failure TO sayso_service;

GRANT INSERT(attempt_id) ON TABLE billing.charge_failure TO sayso_service;

GRANT INSERT(invoice_id) ON TABLE billing.charge_failure TO sayso_service;

GRANT INSERT(consent_id) ON TABLE billing.charge_failure TO sayso_service;

GRANT INSERT(turn) ON TABLE billing.charge_failure TO sayso_service;

GRANT INSERT(ordinal) ON TABLE billing.charge_failure TO sayso_service;

GRANT INSERT(verdict) ON TABLE billing.charge_failure TO sayso_service;

GRANT INSERT(code) ON TABLE billing.charge_failure TO sayso_service;

GRANT INSERT(advice) ON TABLE billing.charge_failure TO sayso_service;

GRANT INSERT(failed_at) ON TABLE billing.charge_failure TO sayso_service;

GRANT SELECT ON TABLE billing.charge_notice TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.charge_notice TO sayso_service;

GRANT INSERT(invoice_id) ON TABLE billing.charge_notice TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.charge_notice TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.charge_notice TO sayso_service;

GRANT INSERT(consent_id) ON TABLE billing.charge_notice TO sayso_service;

GRANT INSERT(notice_days) ON TABLE billing.charge_notice TO sayso_service;

GRANT INSERT(turn) ON TABLE billing.charge_notice TO sayso_service;

GRANT INSERT(agreement) ON TABLE billing.charge_notice TO sayso_service;

GRANT INSERT(begun_anew_by) ON TABLE billing.charge_notice TO sayso_service;

GRANT INSERT(amount_minor) ON TABLE billing.charge_notice TO sayso_service;

GRANT INSERT(zone) ON TABLE billing.charge_notice TO sayso_service;

GRANT INSERT(notified_at) ON TABLE billing.charge_notice TO sayso_service;

GRANT INSERT(charge_on) ON TABLE billing.charge_notice TO sayso_service;

GRANT SELECT ON TABLE billing.charge_policy TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.charge_policy TO sayso_service;

GRANT INSERT(version) ON TABLE billing.charge_policy TO sayso_service;

GRANT INSERT(notice_days) ON TABLE billing.charge_policy TO sayso_service;

GRANT INSERT(retry_days) ON TABLE billing.charge_policy TO sayso_service;

GRANT INSERT(keeps_quiet_hours) ON TABLE billing.charge_policy TO sayso_service;

GRANT INSERT(set_by) ON TABLE billing.charge_policy TO sayso_service;

GRANT INSERT(set_at) ON TABLE billing.charge_policy TO sayso_service;

GRANT SELECT ON TABLE billing.cheque TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.cheque TO sayso_service;

GRANT INSERT(payment_id) ON TABLE billing.cheque TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.cheque TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.cheque TO sayso_service;

GRANT INSERT(amount_minor) ON TABLE billing.cheque TO sayso_service;

GRANT INSERT(number) ON TABLE billing.cheque TO sayso_service;

GRANT INSERT(bank) ON TABLE billing.cheque TO sayso_service;

GRANT INSERT(dated_on) ON TABLE billing.cheque TO sayso_service;

GRANT INSERT(nth) ON TABLE billing.cheque TO sayso_service;

GRANT INSERT(beside) ON TABLE billing.cheque TO sayso_service;

GRANT INSERT(instead_of) ON TABLE billing.cheque TO sayso_service;

GRANT INSERT(again_after) ON TABLE billing.cheque TO sayso_service;

GRANT SELECT,DELETE ON TABLE billing.cheque_on_its_way TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.cheque_on_its_way TO sayso_service;

GRANT INSERT(payment_id) ON TABLE billing.cheque_on_its_way TO sayso_service;

GRANT SELECT ON TABLE billing.cheque_step TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.cheque_step TO sayso_service;

GRANT INSERT(payment_id) ON TABLE billing.cheque_step TO sayso_service;

GRANT INSERT(step) ON TABLE billing.cheque_step TO sayso_service;

GRANT INSERT(before) ON TABLE billing.cheque_step TO sayso_service;

GRANT INSERT(state) ON TABLE billing.cheque_step TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.cheque_step TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.cheque_step TO sayso_service;

GRANT INSERT(amount_minor) ON TABLE billing.cheque_step TO sayso_service;

GRANT INSERT(posting_id) ON TABLE billing.cheque_step TO sayso_service;

GRANT INSERT(bank_reference) ON TABLE billing.cheque_step TO sayso_service;

GRANT INSERT(line_id) ON TABLE billing.cheque_step TO sayso_service;

GRANT INSERT(told_by) ON TABLE billing.cheque_step TO sayso_service;

GRANT INSERT(occurred_at) ON TABLE billing.cheque_step TO sayso_service;

GRANT SELECT ON TABLE billing.claim TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.claim TO sayso_service;

GRANT INSERT(claim_id) ON TABLE billing.claim TO sayso_service;

GRANT INSERT(payment_id) ON TABLE billing.claim TO sayso_service;

GRANT INSERT(dispute_id) ON TABLE billing.claim TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.claim TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.claim TO sayso_service;

GRANT INSERT(amount_minor) ON TABLE billing.claim TO sayso_service;

GRANT INSERT(ordinal) ON TABLE billing.claim TO sayso_service;

GRANT SELECT ON TABLE billing.claim_reminder TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.claim_reminder TO sayso_service;

GRANT INSERT(claim_id) ON TABLE billing.claim_reminder TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.claim_reminder TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.claim_reminder TO sayso_service;

GRANT INSERT(total_minor) ON TABLE billing.claim_reminder TO sayso_service;

GRANT INSERT(ordinal) ON TABLE billing.claim_reminder TO sayso_service;

GRANT INSERT(kind) ON TABLE billing.claim_reminder TO sayso_service;

GRANT INSERT(policy_version) ON TABLE billing.claim_reminder TO sayso_service;

GRANT INSERT(base_on) ON TABLE billing.claim_reminder TO sayso_service;

GRANT INSERT(previous_on) ON TABLE billing.claim_reminder TO sayso_service;

GRANT INSERT(days_before) ON TABLE billing.claim_reminder TO sayso_service;

GRANT INSERT(days_after) ON TABLE billing.claim_reminder TO sayso_service;

GRANT INSERT(zone) ON TABLE billing.claim_reminder TO sayso_service;

GRANT INSERT(taken_at) ON TABLE billing.claim_reminder TO sayso_service;

GRANT INSERT(claim_step) ON TABLE billing.claim_reminder TO sayso_service;

GRANT INSERT(open_minor) ON TABLE billing.claim_reminder TO sayso_service;

GRANT INSERT(taken_by) ON TABLE billing.claim_reminder TO sayso_service;

GRANT SELECT ON TABLE billing.claim_step TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.claim_step TO sayso_service;

GRANT INSERT(claim_id) ON TABLE billing.claim_step TO sayso_service;

GRANT INSERT(step) ON TABLE billing.claim_step TO sayso_service;

GRANT INSERT(posting_id) ON TABLE billing.claim_step TO sayso_service;

GRANT INSERT(ordinal) ON TABLE billing.claim_step TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.claim_step TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.claim_step TO sayso_service;

GRANT INSERT(total_minor) ON TABLE billing.claim_step TO sayso_service;

GRANT INSERT(open_before) ON TABLE billing.claim_step TO sayso_service;

GRANT INSERT(open_after) ON TABLE billing.claim_step TO sayso_service;

GRANT SELECT ON TABLE billing.collection_attempt TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.collection_attempt TO sayso_service;

GRANT INSERT(attempt_id) ON TABLE billing.collection_attempt TO sayso_service;

GRANT INSERT(invoice_id) ON TABLE billing.collection_attempt TO sayso_service;

GRANT INSERT(claim_id) ON TABLE billing.collection_attempt TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.collection_attempt TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.collection_attempt TO sayso_service;

GRANT INSERT(amount_minor) ON TABLE billing.collection_attempt TO sayso_service;

GRANT INSERT(livemode) ON TABLE billing.collection_attempt TO sayso_service;

GRANT INSERT(state),UPDATE(state) ON TABLE billing.collection_attempt TO sayso_service;

GRANT INSERT(provider_intent_id),UPDATE(provider_intent_id) ON TABLE billing.collection_attempt TO sayso_service;

GRANT INSERT(way) ON TABLE billing.collection_attempt TO sayso_service;

GRANT INSERT(provider_session_id),UPDATE(provider_session_id) ON TABLE billing.collection_attempt TO sayso_service;

GRANT INSERT(begun_by) ON TABLE billing.collection_attempt TO sayso_service;

GRANT INSERT(begun_at) ON TABLE billing.collection_attempt TO sayso_service;

GRANT SELECT ON TABLE billing.credit_line TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.credit_line TO sayso_service;

GRANT INSERT(invoice_id) ON TABLE billing.credit_line TO sayso_service;

GRANT INSERT(line_number) ON TABLE billing.credit_line TO sayso_service;

GRANT INSERT(step) ON TABLE billing.credit_line TO sayso_service;

GRANT INSERT(credit_note_id) ON TABLE billing.credit_line TO sayso_service;

GRANT INSERT(item_id) ON TABLE billing.credit_line TO sayso_service;

GRANT INSERT(line_ticks) ON TABLE billing.credit_line TO sayso_service;

GRANT INSERT(line_net) ON TABLE billing.credit_line TO sayso_service;

GRANT INSERT(ticks_before) ON TABLE billing.credit_line TO sayso_service;

GRANT INSERT(ticks_after) ON TABLE billing.credit_line TO sayso_service;

GRANT INSERT(net_before) ON TABLE billing.credit_line TO sayso_service;

GRANT INSERT(net_after) ON TABLE billing.credit_line TO sayso_service;

GRANT SELECT ON TABLE billing.credit_note TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.credit_note TO sayso_service;

GRANT INSERT(credit_note_id) ON TABLE billing.credit_note TO sayso_service;

GRANT INSERT(invoice_id) ON TABLE billing.credit_note TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.credit_note TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.credit_note TO sayso_service;

GRANT INSERT(customer_version) ON TABLE billing.credit_note TO sayso_service;

GRANT INSERT(organisation_version) ON TABLE billing.credit_note TO sayso_service;

GRANT INSERT(series) ON TABLE billing.credit_note TO sayso_service;

GRANT INSERT(number) ON TABLE billing.credit_note TO sayso_service;

GRANT INSERT(input_hash) ON TABLE billing.credit_note TO sayso_service;

GRANT INSERT(lines_minor) ON TABLE billing.credit_note TO sayso_service;

GRANT INSERT(tax_minor) ON TABLE billing.credit_note TO sayso_service;

GRANT INSERT(total_minor) ON TABLE billing.credit_note TO sayso_service;

GRANT INSERT(reason) ON TABLE billing.credit_note TO sayso_service;

GRANT INSERT(issued_by) ON TABLE billing.credit_note TO sayso_service;

GRANT INSERT(issued_on) ON TABLE billing.credit_note TO sayso_service;

GRANT SELECT,DELETE ON TABLE billing.debtor TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.debtor TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.debtor TO sayso_service;

GRANT INSERT(from_on),UPDATE(from_on) ON TABLE billing.debtor TO sayso_service;

GRANT SELECT ON TABLE billing.debtor_cursor TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.debtor_cursor TO sayso_service;

GRANT INSERT(until_epoch),UPDATE(until_epoch) ON TABLE billing.debtor_cursor TO sayso_service;

GRANT INSERT(until_transaction),UPDATE(until_transaction) ON TABLE billing.debtor_cursor TO sayso_service;

GRANT SELECT ON TABLE billing.decision TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.decision TO sayso_service;

GRANT INSERT(attempt_id) ON TABLE billing.decision TO sayso_service;

GRANT INSERT(line_number) ON TABLE billing.decision TO sayso_service;

GRANT INSERT(verdict) ON TABLE billing.decision TO sayso_service;

GRANT INSERT(code) ON TABLE billing.decision TO sayso_service;

GRANT INSERT(results) ON TABLE billing.decision TO sayso_service;

GRANT INSERT(inputs_hash) ON TABLE billing.decision TO sayso_service;

GRANT INSERT(item_id) ON TABLE billing.decision TO sayso_service;

GRANT INSERT(scope_id) ON TABLE billing.decision TO sayso_service;

GRANT INSERT(policy_name) ON TABLE billing.decision TO sayso_service;

GRANT INSERT(policy_version) ON TABLE billing.decision TO sayso_service;

GRANT INSERT(unit) ON TABLE billing.decision TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.decision TO sayso_service;

GRANT INSERT(denominator) ON TABLE billing.decision TO sayso_service;

GRANT INSERT(asked_ticks) ON TABLE billing.decision TO sayso_service;

GRANT INSERT(granted_ticks) ON TABLE billing.decision TO sayso_service;

GRANT INSERT(performed_ticks) ON TABLE billing.decision TO sayso_service;

GRANT INSERT(billed_ticks) ON TABLE billing.decision TO sayso_service;

GRANT INSERT(allowed_ticks) ON TABLE billing.decision TO sayso_service;

GRANT INSERT(net_minor) ON TABLE billing.decision TO sayso_service;

GRANT INSERT(authorised_minor) ON TABLE billing.decision TO sayso_service;

GRANT INSERT(billed_minor) ON TABLE billing.decision TO sayso_service;

GRANT SELECT ON TABLE billing.dispute TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.dispute TO sayso_service;

GRANT INSERT(dispute_id) ON TABLE billing.dispute TO sayso_service;

GRANT INSERT(provider_dispute_id) ON TABLE billing.dispute TO sayso_service;

GRANT INSERT(payment_id) ON TABLE billing.dispute TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.dispute TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.dispute TO sayso_service;

GRANT INSERT(amount_minor) ON TABLE billing.dispute TO sayso_service;

GRANT INSERT(reason) ON TABLE billing.dispute TO sayso_service;

GRANT INSERT(opened_at) ON TABLE billing.dispute TO sayso_service;

GRANT SELECT ON TABLE billing.dispute_step TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.dispute_step TO sayso_service;

GRANT INSERT(dispute_id) ON TABLE billing.dispute_step TO sayso_service;

GRANT INSERT(step) ON TABLE billing.dispute_step TO sayso_service;

GRANT INSERT(status) ON TABLE billing.dispute_step TO sayso_service;

GRANT INSERT(status_before) ON TABLE billing.dispute_step TO sayso_service;

GRANT INSERT(due_by) ON TABLE billing.dispute_step TO sayso_service;

GRANT INSERT(told_at) ON TABLE billing.dispute_step TO sayso_service;

GRANT SELECT ON TABLE billing.dispute_withdrawal TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.dispute_withdrawal TO sayso_service;

GRANT INSERT(dispute_id) ON TABLE billing.dispute_withdrawal TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.dispute_withdrawal TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.dispute_withdrawal TO sayso_service;

GRANT INSERT(amount_minor) ON TABLE billing.dispute_withdrawal TO sayso_service;

GRANT INSERT(posting_id) ON TABLE billing.dispute_withdrawal TO sayso_service;

GRANT INSERT(ordinal) ON TABLE billing.dispute_withdrawal TO sayso_service;

GRANT SELECT ON TABLE billing.dunning_hold TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.dunning_hold TO sayso_service;

GRANT INSERT(hold_id) ON TABLE billing.dunning_hold TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.dunning_hold TO sayso_service;

GRANT INSERT(kind) ON TABLE billing.dunning_hold TO sayso_service;

GRANT INSERT(invoice_id) ON TABLE billing.dunning_hold TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.dunning_hold TO sayso_service;

GRANT INSERT(contested_minor) ON TABLE billing.dunning_hold TO sayso_service;

GRANT INSERT(until_on) ON TABLE billing.dunning_hold TO sayso_service;

GRANT INSERT(note) ON TABLE billing.dunning_hold TO sayso_service;

GRANT INSERT(placed_by) ON TABLE billing.dunning_hold TO sayso_service;

GRANT INSERT(placed_at) ON TABLE billing.dunning_hold TO sayso_service;

GRANT SELECT ON TABLE billing.dunning_hold_release TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.dunning_hold_release TO sayso_service;

GRANT INSERT(hold_id) ON TABLE billing.dunning_hold_release TO sayso_service;

GRANT INSERT(released_by) ON TABLE billing.dunning_hold_release TO sayso_service;

GRANT INSERT(released_at) ON TABLE billing.dunning_hold_release TO sayso_service;

GRANT SELECT ON TABLE billing.dunning_policy TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.dunning_policy TO sayso_service;

GRANT INSERT(version) ON TABLE billing.dunning_policy TO sayso_service;

GRANT INSERT(calm_until) ON TABLE billing.dunning_policy TO sayso_service;

GRANT INSERT(calm_from) ON TABLE billing.dunning_policy TO sayso_service;

GRANT INSERT(rest_days) ON TABLE billing.dunning_policy TO sayso_service;

GRANT INSERT(rests_on_holidays) ON TABLE billing.dunning_policy TO sayso_service;

GRANT INSERT(longest_promise_days) ON TABLE billing.dunning_policy TO sayso_service;

GRANT INSERT(step_count) ON TABLE billing.dunning_policy TO sayso_service;

GRANT INSERT(set_by) ON TABLE billing.dunning_policy TO sayso_service;

GRANT INSERT(set_at) ON TABLE billing.dunning_policy TO sayso_service;

GRANT SELECT ON TABLE billing.dunning_policy_step TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.dunning_policy_step TO sayso_service;

GRANT INSERT(version) ON TABLE billing.dunning_policy_step TO sayso_service;

GRANT INSERT("position") ON TABLE billing.dunning_policy_step TO sayso_service;

GRANT INSERT(step_count) ON TABLE billing.dunning_policy_step TO sayso_service;

GRANT INSERT(kind) ON TABLE billing.dunning_policy_step TO sayso_service;

GRANT INSERT(days_before) ON TABLE billing.dunning_policy_step TO sayso_service;

GRANT INSERT(days_after) ON TABLE billing.dunning_policy_step TO sayso_service;

GRANT INSERT(reminded_before) ON TABLE billing.dunning_policy_step TO sayso_service;

GRANT INSERT(held_by) ON TABLE billing.dunning_policy_step TO sayso_service;

GRANT INSERT(citation) ON TABLE billing.dunning_policy_step TO sayso_service;

GRANT SELECT ON TABLE billing.dunning_step TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.dunning_step TO sayso_service;

GRANT INSERT(invoice_id) ON TABLE billing.dunning_step TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.dunning_step TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.dunning_step TO sayso_service;

GRANT INSERT(episode) ON TABLE billing.dunning_step TO sayso_service;

GRANT INSERT(ordinal) ON TABLE billing.dunning_step TO sayso_service;

GRANT INSERT(kind) ON TABLE billing.dunning_step TO sayso_service;

GRANT INSERT(policy_version) ON TABLE billing.dunning_step TO sayso_service;

GRANT INSERT(base_on) ON TABLE billing.dunning_step TO sayso_service;

GRANT INSERT(previous_on) ON TABLE billing.dunning_step TO sayso_service;

GRANT INSERT(days_before) ON TABLE billing.dunning_step TO sayso_service;

GRANT INSERT(days_after) ON TABLE billing.dunning_step TO sayso_service;

GRANT INSERT(zone) ON TABLE billing.dunning_step TO sayso_service;

GRANT INSERT(taken_at) ON TABLE billing.dunning_step TO sayso_service;

GRANT INSERT(allocation_step) ON TABLE billing.dunning_step TO sayso_service;

GRANT INSERT(open_minor) ON TABLE billing.dunning_step TO sayso_service;

GRANT INSERT(job_id) ON TABLE billing.dunning_step TO sayso_service;

GRANT INSERT(taken_by) ON TABLE billing.dunning_step TO sayso_service;

GRANT SELECT ON TABLE billing.event_cursor TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.event_cursor TO sayso_service;

GRANT INSERT(read_until),UPDATE(read_until) ON TABLE billing.event_cursor TO sayso_service;

GRANT SELECT ON TABLE billing.invoice TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.invoice TO sayso_service;

GRANT INSERT(invoice_id) ON TABLE billing.invoice TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.invoice TO sayso_service;

GRANT INSERT(customer_version) ON TABLE billing.invoice TO sayso_service;

GRANT INSERT(organisation_version) ON TABLE billing.invoice TO sayso_service;

GRANT INSERT(attempt_id) ON TABLE billing.invoice TO sayso_service;

GRANT INSERT(input_hash) ON TABLE billing.invoice TO sayso_service;

GRANT INSERT(series) ON TABLE billing.invoice TO sayso_service;

GRANT INSERT(number) ON TABLE billing.invoice TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.invoice TO sayso_service;

GRANT INSERT(tax_basis) ON TABLE billing.invoice TO sayso_service;

GRANT INSERT(issued_on) ON TABLE billing.invoice TO sayso_service;

GRANT INSERT(due_on) ON TABLE billing.invoice TO sayso_service;

GRANT INSERT(line_count) ON TABLE billing.invoice TO sayso_service;

GRANT INSERT(tax_count) ON TABLE billing.invoice TO sayso_service;

GRANT INSERT(lines_minor) ON TABLE billing.invoice TO sayso_service;

GRANT INSERT(tax_minor) ON TABLE billing.invoice TO sayso_service;

GRANT INSERT(total_minor) ON TABLE billing.invoice TO sayso_service;

GRANT INSERT(issued_by) ON TABLE billing.invoice TO sayso_service;

GRANT SELECT ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(invoice_id) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(line_number) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(line_count) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(attempt_id) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(tax_basis) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(inputs_hash) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(granted_ticks) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(performed_ticks) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(billed_ticks) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(billed_minor) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(free) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(scope_id) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(closing_seq) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(seq) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(item_id) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(denominator) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(billed_before) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(billed_after) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(net_before) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(net_after) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(sum_before) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(sum_after) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(description) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(unit) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(quantity_numerator) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(quantity_denominator) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(price_numerator) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(price_denominator) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(discount_minor) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(tax_category) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(tax_numerator) ON TABLE billing.invoice_line TO sayso_service;

GRANT INSERT(tax_denominator) ON TABLE billing.invoice_line TO sayso_service;

GRANT SELECT ON TABLE billing.invoice_scope TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.invoice_scope TO sayso_service;

GRANT INSERT(invoice_id) ON TABLE billing.invoice_scope TO sayso_service;

GRANT INSERT(scope_id) ON TABLE billing.invoice_scope TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.invoice_scope TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.invoice_scope TO sayso_service;

GRANT INSERT(closing_seq) ON TABLE billing.invoice_scope TO sayso_service;

GRANT SELECT ON TABLE billing.invoice_tax TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.invoice_tax TO sayso_service;

GRANT INSERT(invoice_id) ON TABLE billing.invoice_tax TO sayso_service;

GRANT INSERT("position") ON TABLE billing.invoice_tax TO sayso_service;

GRANT INSERT(tax_count) ON TABLE billing.invoice_tax TO sayso_service;

GRANT INSERT(tax_basis) ON TABLE billing.invoice_tax TO sayso_service;

GRANT INSERT(tax_category) ON TABLE billing.invoice_tax TO sayso_service;

GRANT INSERT(tax_numerator) ON TABLE billing.invoice_tax TO sayso_service;

GRANT INSERT(tax_denominator) ON TABLE billing.invoice_tax TO sayso_service;

GRANT INSERT(lines_minor) ON TABLE billing.invoice_tax TO sayso_service;

GRANT INSERT(lines_before) ON TABLE billing.invoice_tax TO sayso_service;

GRANT INSERT(lines_after) ON TABLE billing.invoice_tax TO sayso_service;

GRANT INSERT(tax_before) ON TABLE billing.invoice_tax TO sayso_service;

GRANT INSERT(tax_after) ON TABLE billing.invoice_tax TO sayso_service;

GRANT SELECT ON TABLE billing.itemised_bill TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.itemised_bill TO sayso_service;

GRANT INSERT(request_id) ON TABLE billing.itemised_bill TO sayso_service;

GRANT INSERT(given_by) ON TABLE billing.itemised_bill TO sayso_service;

GRANT SELECT ON TABLE billing.itemised_request TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.itemised_request TO sayso_service;

GRANT INSERT(request_id) ON TABLE billing.itemised_request TO sayso_service;

GRANT INSERT(invoice_id) ON TABLE billing.itemised_request TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.itemised_request TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.itemised_request TO sayso_service;

GRANT INSERT(issued_on) ON TABLE billing.itemised_request TO sayso_service;

GRANT INSERT(asked_on) ON TABLE billing.itemised_request TO sayso_service;

GRANT INSERT(law_jurisdiction) ON TABLE billing.itemised_request TO sayso_service;

GRANT INSERT(law_trade) ON TABLE billing.itemised_request TO sayso_service;

GRANT INSERT(law_price_form) ON TABLE billing.itemised_request TO sayso_service;

GRANT INSERT(request_days) ON TABLE billing.itemised_request TO sayso_service;

GRANT INSERT(reply_days) ON TABLE billing.itemised_request TO sayso_service;

GRANT INSERT(recorded_by) ON TABLE billing.itemised_request TO sayso_service;

GRANT SELECT ON TABLE billing.posting_attempt TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.posting_attempt TO sayso_service;

GRANT INSERT(attempt_id) ON TABLE billing.posting_attempt TO sayso_service;

GRANT INSERT(invoice_id) ON TABLE billing.posting_attempt TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.posting_attempt TO sayso_service;

GRANT INSERT(verdict) ON TABLE billing.posting_attempt TO sayso_service;

GRANT INSERT(code) ON TABLE billing.posting_attempt TO sayso_service;

GRANT INSERT(line_count) ON TABLE billing.posting_attempt TO sayso_service;

GRANT INSERT(input_hash) ON TABLE billing.posting_attempt TO sayso_service;

GRANT INSERT(attempted_by) ON TABLE billing.posting_attempt TO sayso_service;

GRANT SELECT ON TABLE billing.judgement TO sayso_service;

GRANT SELECT ON TABLE billing.outage TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.outage TO sayso_service;

GRANT INSERT(outage_id) ON TABLE billing.outage TO sayso_service;

GRANT INSERT(subscription_id) ON TABLE billing.outage TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.outage TO sayso_service;

GRANT INSERT(incident_id) ON TABLE billing.outage TO sayso_service;

GRANT INSERT(from_at) ON TABLE billing.outage TO sayso_service;

GRANT INSERT(until_at) ON TABLE billing.outage TO sayso_service;

GRANT INSERT(why) ON TABLE billing.outage TO sayso_service;

GRANT INSERT(policy_version) ON TABLE billing.outage TO sayso_service;

GRANT INSERT(told_by) ON TABLE billing.outage TO sayso_service;

GRANT INSERT(told_at) ON TABLE billing.outage TO sayso_service;

GRANT SELECT ON TABLE billing.outage_credit TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.outage_credit TO sayso_service;

GRANT INSERT(subscription_id) ON TABLE billing.outage_credit TO sayso_service;

GRANT INSERT(number) ON TABLE billing.outage_credit TO sayso_service;

GRANT INSERT(step) ON TABLE billing.outage_credit TO sayso_service;

GRANT INSERT(outage_id) ON TABLE billing.outage_credit TO sayso_service;

GRANT INSERT(policy_version) ON TABLE billing.outage_credit TO sayso_service;

GRANT INSERT(unit) ON TABLE billing.outage_credit TO sayso_service;

GRANT INSERT(units) ON TABLE billing.outage_credit TO sayso_service;

GRANT INSERT(parts) ON TABLE billing.outage_credit TO sayso_service;

GRANT INSERT(given_before) ON TABLE billing.outage_credit TO sayso_service;

GRANT INSERT(given_after) ON TABLE billing.outage_credit TO sayso_service;

GRANT INSERT(beyond_minor) ON TABLE billing.outage_credit TO sayso_service;

GRANT INSERT(credit_note_id) ON TABLE billing.outage_credit TO sayso_service;

GRANT INSERT(invoice_id) ON TABLE billing.outage_credit TO sayso_service;

GRANT INSERT(line_number) ON TABLE billing.outage_credit TO sayso_service;

GRANT INSERT(judged_at) ON TABLE billing.outage_credit TO sayso_service;

GRANT SELECT ON TABLE billing.outage_order TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.outage_order TO sayso_service;

GRANT INSERT(incident_id) ON TABLE billing.outage_order TO sayso_service;

GRANT INSERT(ordered_by) ON TABLE billing.outage_order TO sayso_service;

GRANT INSERT(ordered_at) ON TABLE billing.outage_order TO sayso_service;

GRANT INSERT(done_at),UPDATE(done_at) ON TABLE billing.outage_order TO sayso_service;

GRANT SELECT ON TABLE billing.outage_policy TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.outage_policy TO sayso_service;

GRANT INSERT(version) ON TABLE billing.outage_policy TO sayso_service;

GRANT INSERT(unit) ON TABLE billing.outage_policy TO sayso_service;

GRANT INSERT(least_units) ON TABLE billing.outage_policy TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.outage_policy TO sayso_service;

GRANT INSERT(gives_by_itself) ON TABLE billing.outage_policy TO sayso_service;

GRANT INSERT(citation) ON TABLE billing.outage_policy TO sayso_service;

GRANT INSERT(tier_count) ON TABLE billing.outage_policy TO sayso_service;

GRANT INSERT(set_by) ON TABLE billing.outage_policy TO sayso_service;

GRANT INSERT(set_at) ON TABLE billing.outage_policy TO sayso_service;

GRANT SELECT ON TABLE billing.outage_span TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.outage_span TO sayso_service;

GRANT INSERT(outage_id) ON TABLE billing.outage_span TO sayso_service;

GRANT INSERT(subscription_id) ON TABLE billing.outage_span TO sayso_service;

GRANT INSERT(from_at) ON TABLE billing.outage_span TO sayso_service;

GRANT INSERT(until_at) ON TABLE billing.outage_span TO sayso_service;

GRANT SELECT ON TABLE billing.outage_tier TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.outage_tier TO sayso_service;

GRANT INSERT(version) ON TABLE billing.outage_tier TO sayso_service;

GRANT INSERT("position") ON TABLE billing.outage_tier TO sayso_service;

GRANT INSERT(tier_count) ON TABLE billing.outage_tier TO sayso_service;

GRANT INSERT(from_before) ON TABLE billing.outage_tier TO sayso_service;

GRANT INSERT(from_unit) ON TABLE billing.outage_tier TO sayso_service;

GRANT INSERT(numerator) ON TABLE billing.outage_tier TO sayso_service;

GRANT INSERT(denominator) ON TABLE billing.outage_tier TO sayso_service;

GRANT INSERT(least_minor) ON TABLE billing.outage_tier TO sayso_service;

GRANT SELECT ON TABLE billing.parked_money TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.parked_money TO sayso_service;

GRANT INSERT(parked_id) ON TABLE billing.parked_money TO sayso_service;

GRANT INSERT(intent_id) ON TABLE billing.parked_money TO sayso_service;

GRANT INSERT(attempt_id) ON TABLE billing.parked_money TO sayso_service;

GRANT INSERT(reason) ON TABLE billing.parked_money TO sayso_service;

GRANT INSERT(amount_minor) ON TABLE billing.parked_money TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.parked_money TO sayso_service;

GRANT INSERT(livemode) ON TABLE billing.parked_money TO sayso_service;

GRANT INSERT(captured_at) ON TABLE billing.parked_money TO sayso_service;

GRANT SELECT ON TABLE billing.parked_resolution TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.parked_resolution TO sayso_service;

GRANT INSERT(parked_id) ON TABLE billing.parked_resolution TO sayso_service;

GRANT INSERT(payment_id) ON TABLE billing.parked_resolution TO sayso_service;

GRANT INSERT(resolved_by) ON TABLE billing.parked_resolution TO sayso_service;

GRANT SELECT ON TABLE billing.payment TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.payment TO sayso_service;

GRANT INSERT(payment_id) ON TABLE billing.payment TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.payment TO sayso_service;

GRANT INSERT(key_kind) ON TABLE billing.payment TO sayso_service;

GRANT INSERT(key) ON TABLE billing.payment TO sayso_service;

GRANT INSERT(method) ON TABLE billing.payment TO sayso_service;

GRANT INSERT(amount_minor) ON TABLE billing.payment TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.payment TO sayso_service;

GRANT INSERT(invoice_id) ON TABLE billing.payment TO sayso_service;

GRANT INSERT(taken_by) ON TABLE billing.payment TO sayso_service;

GRANT INSERT(visit_id) ON TABLE billing.payment TO sayso_service;

GRANT INSERT(captured_at) ON TABLE billing.payment TO sayso_service;

GRANT INSERT(corrects) ON TABLE billing.payment TO sayso_service;

GRANT INSERT(source_kind) ON TABLE billing.payment TO sayso_service;

GRANT INSERT(source_holder) ON TABLE billing.payment TO sayso_service;

GRANT SELECT ON TABLE billing.payment_promise TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.payment_promise TO sayso_service;

GRANT INSERT(promise_id) ON TABLE billing.payment_promise TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.payment_promise TO sayso_service;

GRANT INSERT(amount_minor) ON TABLE billing.payment_promise TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.payment_promise TO sayso_service;

GRANT INSERT(pay_by) ON TABLE billing.payment_promise TO sayso_service;

GRANT INSERT(zone) ON TABLE billing.payment_promise TO sayso_service;

GRANT INSERT(longest_days) ON TABLE billing.payment_promise TO sayso_service;

GRANT INSERT(made_by) ON TABLE billing.payment_promise TO sayso_service;

GRANT INSERT(made_at) ON TABLE billing.payment_promise TO sayso_service;

GRANT SELECT ON TABLE billing.payment_reversal TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.payment_reversal TO sayso_service;

GRANT INSERT(reversal_id) ON TABLE billing.payment_reversal TO sayso_service;

GRANT INSERT(payment_id) ON TABLE billing.payment_reversal TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.payment_reversal TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.payment_reversal TO sayso_service;

GRANT INSERT(amount_minor) ON TABLE billing.payment_reversal TO sayso_service;

GRANT INSERT(cause) ON TABLE billing.payment_reversal TO sayso_service;

GRANT INSERT(reason) ON TABLE billing.payment_reversal TO sayso_service;

GRANT INSERT(reversed_by) ON TABLE billing.payment_reversal TO sayso_service;

GRANT INSERT(ordinal) ON TABLE billing.payment_reversal TO sayso_service;

GRANT INSERT(source_kind) ON TABLE billing.payment_reversal TO sayso_service;

GRANT INSERT(source_holder) ON TABLE billing.payment_reversal TO sayso_service;

GRANT INSERT(parked_id) ON TABLE billing.payment_reversal TO sayso_service;

GRANT SELECT ON TABLE billing.payout TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.payout TO sayso_service;

GRANT INSERT(payout_id) ON TABLE billing.payout TO sayso_service;

GRANT INSERT(provider_payout_id) ON TABLE billing.payout TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.payout TO sayso_service;

GRANT INSERT(amount_minor) ON TABLE billing.payout TO sayso_service;

GRANT INSERT(status),UPDATE(status) ON TABLE billing.payout TO sayso_service;

GRANT INSERT(arrives_on),UPDATE(arrives_on) ON TABLE billing.payout TO sayso_service;

GRANT INSERT(descriptor) ON TABLE billing.payout TO sayso_service;

GRANT INSERT(trace_id),UPDATE(trace_id) ON TABLE billing.payout TO sayso_service;

GRANT INSERT(itemised) ON TABLE billing.payout TO sayso_service;

GRANT SELECT ON TABLE billing.payout_fee TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.payout_fee TO sayso_service;

GRANT INSERT(payout_id) ON TABLE billing.payout_fee TO sayso_service;

GRANT INSERT(step) ON TABLE billing.payout_fee TO sayso_service;

GRANT INSERT(posting_id) ON TABLE billing.payout_fee TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.payout_fee TO sayso_service;

GRANT INSERT(fee_before) ON TABLE billing.payout_fee TO sayso_service;

GRANT INSERT(fee_after) ON TABLE billing.payout_fee TO sayso_service;

GRANT SELECT ON TABLE billing.payout_line TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.payout_line TO sayso_service;

GRANT INSERT(payout_id) ON TABLE billing.payout_line TO sayso_service;

GRANT INSERT(transaction_name) ON TABLE billing.payout_line TO sayso_service;

GRANT INSERT(type) ON TABLE billing.payout_line TO sayso_service;

GRANT INSERT(source_name) ON TABLE billing.payout_line TO sayso_service;

GRANT INSERT(amount_minor) ON TABLE billing.payout_line TO sayso_service;

GRANT INSERT(fee_minor) ON TABLE billing.payout_line TO sayso_service;

GRANT INSERT(created_at) ON TABLE billing.payout_line TO sayso_service;

GRANT INSERT(explained_by) ON TABLE billing.payout_line TO sayso_service;

GRANT INSERT(explained_id) ON TABLE billing.payout_line TO sayso_service;

GRANT SELECT ON TABLE billing.period TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.period TO sayso_service;

GRANT INSERT(number) ON TABLE billing.period TO sayso_service;

GRANT INSERT(first_on) ON TABLE billing.period TO sayso_service;

GRANT INSERT(last_on) ON TABLE billing.period TO sayso_service;

GRANT INSERT(zone) ON TABLE billing.period TO sayso_service;

GRANT INSERT(from_at) ON TABLE billing.period TO sayso_service;

GRANT INSERT(until_at) ON TABLE billing.period TO sayso_service;

GRANT INSERT(after_carry) ON TABLE billing.period TO sayso_service;

GRANT INSERT(carry) ON TABLE billing.period TO sayso_service;

GRANT INSERT(closed_by) ON TABLE billing.period TO sayso_service;

GRANT SELECT ON TABLE billing.provider_customer TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.provider_customer TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.provider_customer TO sayso_service;

GRANT INSERT(livemode) ON TABLE billing.provider_customer TO sayso_service;

GRANT INSERT(provider_customer_id) ON TABLE billing.provider_customer TO sayso_service;

GRANT SELECT ON TABLE billing.provider_event TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.provider_event TO sayso_service;

GRANT INSERT(event_id) ON TABLE billing.provider_event TO sayso_service;

GRANT INSERT(type) ON TABLE billing.provider_event TO sayso_service;

GRANT INSERT(intent_id) ON TABLE billing.provider_event TO sayso_service;

GRANT INSERT(attempt_id) ON TABLE billing.provider_event TO sayso_service;

GRANT INSERT(outcome) ON TABLE billing.provider_event TO sayso_service;

GRANT INSERT(told_at) ON TABLE billing.provider_event TO sayso_service;

GRANT SELECT ON TABLE billing.reader_end TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.reader_end TO sayso_service;

GRANT INSERT(attempt_id) ON TABLE billing.reader_end TO sayso_service;

GRANT INSERT(request) ON TABLE billing.reader_end TO sayso_service;

GRANT INSERT(asks) ON TABLE billing.reader_end TO sayso_service;

GRANT INSERT(reason) ON TABLE billing.reader_end TO sayso_service;

GRANT INSERT(code) ON TABLE billing.reader_end TO sayso_service;

GRANT INSERT(signature_file) ON TABLE billing.reader_end TO sayso_service;

GRANT INSERT(ended_at) ON TABLE billing.reader_end TO sayso_service;

GRANT SELECT ON TABLE billing.reader_request TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.reader_request TO sayso_service;

GRANT INSERT(attempt_id) ON TABLE billing.reader_request TO sayso_service;

GRANT INSERT(request) ON TABLE billing.reader_request TO sayso_service;

GRANT INSERT(asks) ON TABLE billing.reader_request TO sayso_service;

GRANT INSERT(reader_id) ON TABLE billing.reader_request TO sayso_service;

GRANT INSERT(asked_by) ON TABLE billing.reader_request TO sayso_service;

GRANT INSERT(asked_at) ON TABLE billing.reader_request TO sayso_service;

GRANT SELECT ON TABLE billing.receipt TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.receipt TO sayso_service;

GRANT INSERT(payment_id) ON TABLE billing.receipt TO sayso_service;

GRANT INSERT(receipt_number) ON TABLE billing.receipt TO sayso_service;

GRANT INSERT(outcome) ON TABLE billing.receipt TO sayso_service;

GRANT SELECT ON TABLE billing.receipt_block TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.receipt_block TO sayso_service;

GRANT INSERT(block) ON TABLE billing.receipt_block TO sayso_service;

GRANT INSERT(block_id) ON TABLE billing.receipt_block TO sayso_service;

GRANT INSERT(staff_id) ON TABLE billing.receipt_block TO sayso_service;

GRANT INSERT(device_id) ON TABLE billing.receipt_block TO sayso_service;

GRANT INSERT(size) ON TABLE billing.receipt_block TO sayso_service;

GRANT INSERT(reserved_at) ON TABLE billing.receipt_block TO sayso_service;

GRANT SELECT ON TABLE billing.receipt_number_use TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.receipt_number_use TO sayso_service;

GRANT INSERT(block) ON TABLE billing.receipt_number_use TO sayso_service;

GRANT INSERT(serial) ON TABLE billing.receipt_number_use TO sayso_service;

GRANT INSERT(staff_id) ON TABLE billing.receipt_number_use TO sayso_service;

GRANT INSERT(size) ON TABLE billing.receipt_number_use TO sayso_service;

GRANT INSERT(payment_id) ON TABLE billing.receipt_number_use TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.receipt_number_use TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.receipt_number_use TO sayso_service;

GRANT INSERT(amount_minor) ON TABLE billing.receipt_number_use TO sayso_service;

GRANT INSERT(reason) ON TABLE billing.receipt_number_use TO sayso_service;

GRANT INSERT(told_at) ON TABLE billing.receipt_number_use TO sayso_service;

GRANT SELECT ON TABLE billing.recovery TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.recovery TO sayso_service;

GRANT INSERT(recovery_id) ON TABLE billing.recovery TO sayso_service;

GRANT INSERT(ordinal) ON TABLE billing.recovery TO sayso_service;

GRANT INSERT(invoice_id) ON TABLE billing.recovery TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.recovery TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.recovery TO sayso_service;

GRANT INSERT(amount_minor) ON TABLE billing.recovery TO sayso_service;

GRANT INSERT(cause) ON TABLE billing.recovery TO sayso_service;

GRANT INSERT(write_off_id) ON TABLE billing.recovery TO sayso_service;

GRANT INSERT(note) ON TABLE billing.recovery TO sayso_service;

GRANT INSERT(recorded_by) ON TABLE billing.recovery TO sayso_service;

GRANT SELECT ON TABLE billing.refund TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.refund TO sayso_service;

GRANT INSERT(refund_id) ON TABLE billing.refund TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.refund TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.refund TO sayso_service;

GRANT INSERT(amount_minor) ON TABLE billing.refund TO sayso_service;

GRANT INSERT(via) ON TABLE billing.refund TO sayso_service;

GRANT INSERT(payment_id) ON TABLE billing.refund TO sayso_service;

GRANT INSERT(intent_id) ON TABLE billing.refund TO sayso_service;

GRANT INSERT(reason) ON TABLE billing.refund TO sayso_service;

GRANT INSERT(proposed_by) ON TABLE billing.refund TO sayso_service;

GRANT SELECT,DELETE ON TABLE billing.refund_on_its_way TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.refund_on_its_way TO sayso_service;

GRANT INSERT(refund_id) ON TABLE billing.refund_on_its_way TO sayso_service;

GRANT SELECT ON TABLE billing.refund_outcome TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.refund_outcome TO sayso_service;

GRANT INSERT(refund_id) ON TABLE billing.refund_outcome TO sayso_service;

GRANT INSERT(step) ON TABLE billing.refund_outcome TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.refund_outcome TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.refund_outcome TO sayso_service;

GRANT INSERT(amount_minor) ON TABLE billing.refund_outcome TO sayso_service;

GRANT INSERT(before) ON TABLE billing.refund_outcome TO sayso_service;

GRANT INSERT(outcome) ON TABLE billing.refund_outcome TO sayso_service;

GRANT INSERT(line_id) ON TABLE billing.refund_outcome TO sayso_service;

GRANT INSERT(line_step) ON TABLE billing.refund_outcome TO sayso_service;

GRANT INSERT(provider_refund_id) ON TABLE billing.refund_outcome TO sayso_service;

GRANT INSERT(settled_by) ON TABLE billing.refund_outcome TO sayso_service;

GRANT INSERT(settled_at) ON TABLE billing.refund_outcome TO sayso_service;

GRANT SELECT ON TABLE billing.refund_return TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.refund_return TO sayso_service;

GRANT INSERT(refund_id) ON TABLE billing.refund_return TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.refund_return TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.refund_return TO sayso_service;

GRANT INSERT(amount_minor) ON TABLE billing.refund_return TO sayso_service;

GRANT INSERT(returned_at) ON TABLE billing.refund_return TO sayso_service;

GRANT SELECT ON TABLE billing.refused_cash TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.refused_cash TO sayso_service;

GRANT INSERT(entry_id) ON TABLE billing.refused_cash TO sayso_service;

GRANT INSERT(staff_id) ON TABLE billing.refused_cash TO sayso_service;

GRANT INSERT(code) ON TABLE billing.refused_cash TO sayso_service;

GRANT INSERT(invoice_id) ON TABLE billing.refused_cash TO sayso_service;

GRANT INSERT(visit_id) ON TABLE billing.refused_cash TO sayso_service;

GRANT INSERT(amount_minor) ON TABLE billing.refused_cash TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.refused_cash TO sayso_service;

GRANT INSERT(captured_at) ON TABLE billing.refused_cash TO sayso_service;

GRANT INSERT(receipt_number) ON TABLE billing.refused_cash TO sayso_service;

GRANT INSERT(told_at) ON TABLE billing.refused_cash TO sayso_service;

GRANT SELECT ON TABLE billing.refused_cash_settlement TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.refused_cash_settlement TO sayso_service;

GRANT INSERT(entry_id) ON TABLE billing.refused_cash_settlement TO sayso_service;

GRANT INSERT(staff_id) ON TABLE billing.refused_cash_settlement TO sayso_service;

GRANT INSERT(payment_id) ON TABLE billing.refused_cash_settlement TO sayso_service;

GRANT INSERT(note) ON TABLE billing.refused_cash_settlement TO sayso_service;

GRANT INSERT(settled_by) ON TABLE billing.refused_cash_settlement TO sayso_service;

GRANT INSERT(settled_at) ON TABLE billing.refused_cash_settlement TO sayso_service;

GRANT SELECT ON TABLE billing.saved_method TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.saved_method TO sayso_service;

GRANT INSERT(method_id) ON TABLE billing.saved_method TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.saved_method TO sayso_service;

GRANT INSERT(consent_id) ON TABLE billing.saved_method TO sayso_service;

GRANT INSERT(livemode) ON TABLE billing.saved_method TO sayso_service;

GRANT INSERT(kind) ON TABLE billing.saved_method TO sayso_service;

GRANT INSERT(provider_method_id) ON TABLE billing.saved_method TO sayso_service;

GRANT INSERT(provider_mandate_id) ON TABLE billing.saved_method TO sayso_service;

GRANT INSERT(saved_at) ON TABLE billing.saved_method TO sayso_service;

GRANT SELECT,DELETE ON TABLE billing.saved_method_face TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.saved_method_face TO sayso_service;

GRANT INSERT(method_id) ON TABLE billing.saved_method_face TO sayso_service;

GRANT INSERT(step) ON TABLE billing.saved_method_face TO sayso_service;

GRANT INSERT(brand) ON TABLE billing.saved_method_face TO sayso_service;

GRANT INSERT(last4) ON TABLE billing.saved_method_face TO sayso_service;

GRANT INSERT(expires_on) ON TABLE billing.saved_method_face TO sayso_service;

GRANT SELECT ON TABLE billing.saved_method_step TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.saved_method_step TO sayso_service;

GRANT INSERT(method_id) ON TABLE billing.saved_method_step TO sayso_service;

GRANT INSERT(step) ON TABLE billing.saved_method_step TO sayso_service;

GRANT INSERT(kind) ON TABLE billing.saved_method_step TO sayso_service;

GRANT INSERT(live) ON TABLE billing.saved_method_step TO sayso_service;

GRANT INSERT(live_before) ON TABLE billing.saved_method_step TO sayso_service;

GRANT INSERT(happened_at) ON TABLE billing.saved_method_step TO sayso_service;

GRANT INSERT(actor) ON TABLE billing.saved_method_step TO sayso_service;

GRANT SELECT ON TABLE billing.saving_page TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.saving_page TO sayso_service;

GRANT INSERT(consent_id) ON TABLE billing.saving_page TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.saving_page TO sayso_service;

GRANT INSERT(provider_session_id) ON TABLE billing.saving_page TO sayso_service;

GRANT INSERT(opened_at) ON TABLE billing.saving_page TO sayso_service;

GRANT SELECT ON TABLE billing.transfer TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.transfer TO sayso_service;

GRANT INSERT(posting_id) ON TABLE billing.transfer TO sayso_service;

GRANT INSERT(ordinal) ON TABLE billing.transfer TO sayso_service;

GRANT INSERT(kind) ON TABLE billing.transfer TO sayso_service;

GRANT INSERT(debit_kind) ON TABLE billing.transfer TO sayso_service;

GRANT INSERT(debit_holder) ON TABLE billing.transfer TO sayso_service;

GRANT INSERT(credit_kind) ON TABLE billing.transfer TO sayso_service;

GRANT INSERT(credit_holder) ON TABLE billing.transfer TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.transfer TO sayso_service;

GRANT INSERT(amount_minor) ON TABLE billing.transfer TO sayso_service;

GRANT INSERT(strand) ON TABLE billing.transfer TO sayso_service;

GRANT INSERT(subject_kind) ON TABLE billing.transfer TO sayso_service;

GRANT INSERT(subject_id) ON TABLE billing.transfer TO sayso_service;

GRANT INSERT(occurred_at) ON TABLE billing.transfer TO sayso_service;

GRANT SELECT,DELETE ON TABLE billing.waiting_event TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.waiting_event TO sayso_service;

GRANT INSERT(event_id) ON TABLE billing.waiting_event TO sayso_service;

GRANT INSERT(type) ON TABLE billing.waiting_event TO sayso_service;

GRANT INSERT(object) ON TABLE billing.waiting_event TO sayso_service;

GRANT INSERT(reason),UPDATE(reason) ON TABLE billing.waiting_event TO sayso_service;

GRANT INSERT(intent_id) ON TABLE billing.waiting_event TO sayso_service;

GRANT INSERT(amount_minor) ON TABLE billing.waiting_event TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.waiting_event TO sayso_service;

GRANT INSERT(told_at) ON TABLE billing.waiting_event TO sayso_service;

GRANT INSERT(tries),UPDATE(tries) ON TABLE billing.waiting_event TO sayso_service;

GRANT INSERT(next_try_at),UPDATE(next_try_at) ON TABLE billing.waiting_event TO sayso_service;

GRANT SELECT ON TABLE billing.write_off TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.write_off TO sayso_service;

GRANT INSERT(write_off_id) ON TABLE billing.write_off TO sayso_service;

GRANT INSERT(invoice_id) ON TABLE billing.write_off TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.write_off TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.write_off TO sayso_service;

GRANT INSERT(total_minor) ON TABLE billing.write_off TO sayso_service;

GRANT INSERT(amount_minor) ON TABLE billing.write_off TO sayso_service;

GRANT INSERT(reason) ON TABLE billing.write_off TO sayso_service;

GRANT INSERT(note) ON TABLE billing.write_off TO sayso_service;

GRANT INSERT(proposed_by) ON TABLE billing.write_off TO sayso_service;

GRANT SELECT ON TABLE billing.write_off_decision TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE billing.write_off_decision TO sayso_service;

GRANT INSERT(write_off_id) ON TABLE billing.write_off_decision TO sayso_service;

GRANT INSERT(invoice_id) ON TABLE billing.write_off_decision TO sayso_service;

GRANT INSERT(customer_id) ON TABLE billing.write_off_decision TO sayso_service;

GRANT INSERT(currency) ON TABLE billing.write_off_decision TO sayso_service;

GRANT INSERT(amount_minor) ON TABLE billing.write_off_decision TO sayso_service;

GRANT INSERT(proposed_by) ON TABLE billing.write_off_decision TO sayso_service;

GRANT INSERT(verdict) ON TABLE billing.write_off_decision TO sayso_service;

GRANT INSERT(decided_by) ON TABLE billing.write_off_decision TO sayso_service;

GRANT SELECT,DELETE ON TABLE care.attachment TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.attachment TO sayso_service;

GRANT INSERT(attachment_id) ON TABLE care.attachment TO sayso_service;

GRANT INSERT(taken_id) ON TABLE care.attachment TO sayso_service;

GRANT INSERT(number) ON TABLE care.attachment TO sayso_service;

GRANT INSERT(customer_id),UPDATE(customer_id) ON TABLE care.attachment TO sayso_service;

GRANT INSERT(name) ON TABLE care.attachment TO sayso_service;

GRANT INSERT(media_type) ON TABLE care.attachment TO sayso_service;

GRANT INSERT(size_bytes) ON TABLE care.attachment TO sayso_service;

GRANT INSERT(refused) ON TABLE care.attachment TO sayso_service;

GRANT INSERT(content) ON TABLE care.attachment TO sayso_service;

GRANT SELECT,DELETE ON TABLE care.bench_note TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.bench_note TO sayso_service;

GRANT INSERT(custody_id) ON TABLE care.bench_note TO sayso_service;

GRANT INSERT(step) ON TABLE care.bench_note TO sayso_service;

GRANT INSERT(customer_id) ON TABLE care.bench_note TO sayso_service;

GRANT INSERT(words) ON TABLE care.bench_note TO sayso_service;

GRANT SELECT ON TABLE care.bench_place TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.bench_place TO sayso_service;

GRANT INSERT(place_id) ON TABLE care.bench_place TO sayso_service;

GRANT INSERT(name) ON TABLE care.bench_place TO sayso_service;

GRANT INSERT(added_by) ON TABLE care.bench_place TO sayso_service;

GRANT INSERT(added_at) ON TABLE care.bench_place TO sayso_service;

GRANT SELECT ON TABLE care.bench_step TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.bench_step TO sayso_service;

GRANT INSERT(custody_id) ON TABLE care.bench_step TO sayso_service;

GRANT INSERT(step) ON TABLE care.bench_step TO sayso_service;

GRANT INSERT(scope_id) ON TABLE care.bench_step TO sayso_service;

GRANT INSERT(from_state) ON TABLE care.bench_step TO sayso_service;

GRANT INSERT(to_state) ON TABLE care.bench_step TO sayso_service;

GRANT INSERT(offer_id) ON TABLE care.bench_step TO sayso_service;

GRANT INSERT(item_id) ON TABLE care.bench_step TO sayso_service;

GRANT INSERT(item_revision) ON TABLE care.bench_step TO sayso_service;

GRANT INSERT(passed) ON TABLE care.bench_step TO sayso_service;

GRANT INSERT(acted_by) ON TABLE care.bench_step TO sayso_service;

GRANT INSERT(acted_at) ON TABLE care.bench_step TO sayso_service;

GRANT SELECT ON TABLE care.case_fault TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.case_fault TO sayso_service;

GRANT INSERT(case_id) ON TABLE care.case_fault TO sayso_service;

GRANT INSERT(customer_id) ON TABLE care.case_fault TO sayso_service;

GRANT INSERT(site_id) ON TABLE care.case_fault TO sayso_service;

GRANT INSERT(asset_id) ON TABLE care.case_fault TO sayso_service;

GRANT INSERT(noted_at) ON TABLE care.case_fault TO sayso_service;

GRANT INSERT(repeats_case_id) ON TABLE care.case_fault TO sayso_service;

GRANT INSERT(repeats_noted_at) ON TABLE care.case_fault TO sayso_service;

GRANT SELECT ON TABLE care.case_file TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.case_file TO sayso_service;

GRANT INSERT(case_id) ON TABLE care.case_file TO sayso_service;

GRANT INSERT(customer_id) ON TABLE care.case_file TO sayso_service;

GRANT INSERT(contact_id) ON TABLE care.case_file TO sayso_service;

GRANT INSERT(channel) ON TABLE care.case_file TO sayso_service;

GRANT INSERT(raised_by) ON TABLE care.case_file TO sayso_service;

GRANT INSERT(raised_at) ON TABLE care.case_file TO sayso_service;

GRANT INSERT(continues_case_id) ON TABLE care.case_file TO sayso_service;

GRANT SELECT ON TABLE care.case_incident TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.case_incident TO sayso_service;

GRANT INSERT(case_id) ON TABLE care.case_incident TO sayso_service;

GRANT INSERT(incident_id) ON TABLE care.case_incident TO sayso_service;

GRANT INSERT(attached_at) ON TABLE care.case_incident TO sayso_service;

GRANT SELECT ON TABLE care.case_message TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.case_message TO sayso_service;

GRANT INSERT(message_id) ON TABLE care.case_message TO sayso_service;

GRANT INSERT(customer_id) ON TABLE care.case_message TO sayso_service;

GRANT INSERT(direction) ON TABLE care.case_message TO sayso_service;

GRANT INSERT(awaits) ON TABLE care.case_message TO sayso_service;

GRANT INSERT(reply_due_at) ON TABLE care.case_message TO sayso_service;

GRANT INSERT(said_at) ON TABLE care.case_message TO sayso_service;

GRANT SELECT,DELETE ON TABLE care.case_note TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.case_note TO sayso_service;

GRANT INSERT(note_id) ON TABLE care.case_note TO sayso_service;

GRANT INSERT(case_id) ON TABLE care.case_note TO sayso_service;

GRANT INSERT(customer_id) ON TABLE care.case_note TO sayso_service;

GRANT INSERT(words) ON TABLE care.case_note TO sayso_service;

GRANT SELECT ON TABLE care.case_place TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.case_place TO sayso_service;

GRANT INSERT(message_id) ON TABLE care.case_place TO sayso_service;

GRANT INSERT(number) ON TABLE care.case_place TO sayso_service;

GRANT INSERT(case_id) ON TABLE care.case_place TO sayso_service;

GRANT INSERT(step) ON TABLE care.case_place TO sayso_service;

GRANT INSERT(customer_id) ON TABLE care.case_place TO sayso_service;

GRANT SELECT ON TABLE care.case_reply TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.case_reply TO sayso_service;

GRANT INSERT(message_id) ON TABLE care.case_reply TO sayso_service;

GRANT INSERT(answer_id) ON TABLE care.case_reply TO sayso_service;

GRANT SELECT ON TABLE care.case_step TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.case_step TO sayso_service;

GRANT INSERT(case_id) ON TABLE care.case_step TO sayso_service;

GRANT INSERT(customer_id) ON TABLE care.case_step TO sayso_service;

GRANT INSERT(step) ON TABLE care.case_step TO sayso_service;

GRANT INSERT(kind) ON TABLE care.case_step TO sayso_service;

GRANT INSERT(from_state) ON TABLE care.case_step TO sayso_service;

GRANT INSERT(state) ON TABLE care.case_step TO sayso_service;

GRANT INSERT(waiting_before) ON TABLE care.case_step TO sayso_service;

GRANT INSERT(carried) ON TABLE care.case_step TO sayso_service;

GRANT INSERT(message_id) ON TABLE care.case_step TO sayso_service;

GRANT INSERT(other_case_id) ON TABLE care.case_step TO sayso_service;

GRANT INSERT(other_step) ON TABLE care.case_step TO sayso_service;

GRANT INSERT(note_id) ON TABLE care.case_step TO sayso_service;

GRANT INSERT(team) ON TABLE care.case_step TO sayso_service;

GRANT INSERT(staff_id) ON TABLE care.case_step TO sayso_service;

GRANT INSERT(acted_by) ON TABLE care.case_step TO sayso_service;

GRANT INSERT(acted_at) ON TABLE care.case_step TO sayso_service;

GRANT SELECT ON TABLE care.custody TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.custody TO sayso_service;

GRANT INSERT(custody_id) ON TABLE care.custody TO sayso_service;

GRANT INSERT(customer_id) ON TABLE care.custody TO sayso_service;

GRANT INSERT(asset_id) ON TABLE care.custody TO sayso_service;

GRANT INSERT(job_id) ON TABLE care.custody TO sayso_service;

GRANT INSERT(scope_id) ON TABLE care.custody TO sayso_service;

GRANT INSERT(visit_id) ON TABLE care.custody TO sayso_service;

GRANT INSERT(opened_step) ON TABLE care.custody TO sayso_service;

GRANT INSERT(taken_by) ON TABLE care.custody TO sayso_service;

GRANT INSERT(taken_at) ON TABLE care.custody TO sayso_service;

GRANT SELECT ON TABLE care.custody_news TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.custody_news TO sayso_service;

GRANT INSERT(message_id) ON TABLE care.custody_news TO sayso_service;

GRANT INSERT(custody_id) ON TABLE care.custody_news TO sayso_service;

GRANT INSERT(customer_id) ON TABLE care.custody_news TO sayso_service;

GRANT SELECT ON TABLE care.disposal TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.disposal TO sayso_service;

GRANT INSERT(custody_id) ON TABLE care.disposal TO sayso_service;

GRANT INSERT(step) ON TABLE care.disposal TO sayso_service;

GRANT INSERT(how) ON TABLE care.disposal TO sayso_service;

GRANT SELECT ON TABLE care.event TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.event TO sayso_service;

GRANT INSERT(event_id) ON TABLE care.event TO sayso_service;

GRANT INSERT(title),UPDATE(title) ON TABLE care.event TO sayso_service;

GRANT INSERT(words),UPDATE(words) ON TABLE care.event TO sayso_service;

GRANT INSERT(place),UPDATE(place) ON TABLE care.event TO sayso_service;

GRANT INSERT(starts_at),UPDATE(starts_at) ON TABLE care.event TO sayso_service;

GRANT INSERT(ends_at),UPDATE(ends_at) ON TABLE care.event TO sayso_service;

GRANT INSERT(cancelled),UPDATE(cancelled) ON TABLE care.event TO sayso_service;

GRANT INSERT(version),UPDATE(version) ON TABLE care.event TO sayso_service;

GRANT INSERT(changed_at),UPDATE(changed_at) ON TABLE care.event TO sayso_service;

GRANT SELECT ON TABLE care.hand_over TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.hand_over TO sayso_service;

GRANT INSERT(asset_id) ON TABLE care.hand_over TO sayso_service;

GRANT INSERT(step) ON TABLE care.hand_over TO sayso_service;

GRANT INSERT(hand_over_id) ON TABLE care.hand_over TO sayso_service;

GRANT INSERT(custody_id) ON TABLE care.hand_over TO sayso_service;

GRANT INSERT(customer_id) ON TABLE care.hand_over TO sayso_service;

GRANT INSERT(scope_id) ON TABLE care.hand_over TO sayso_service;

GRANT INSERT(from_kind) ON TABLE care.hand_over TO sayso_service;

GRANT INSERT(from_id) ON TABLE care.hand_over TO sayso_service;

GRANT INSERT(to_kind) ON TABLE care.hand_over TO sayso_service;

GRANT INSERT(to_id) ON TABLE care.hand_over TO sayso_service;

GRANT INSERT(offer_number) ON TABLE care.hand_over TO sayso_service;

GRANT INSERT(taken_because) ON TABLE care.hand_over TO sayso_service;

GRANT INSERT(contact_id) ON TABLE care.hand_over TO sayso_service;

GRANT INSERT(content_hash) ON TABLE care.hand_over TO sayso_service;

GRANT INSERT(signature_hash) ON TABLE care.hand_over TO sayso_service;

GRANT INSERT(staff_signature_hash) ON TABLE care.hand_over TO sayso_service;

GRANT INSERT(photos) ON TABLE care.hand_over TO sayso_service;

GRANT INSERT(bench_step) ON TABLE care.hand_over TO sayso_service;

GRANT INSERT(signed_by) ON TABLE care.hand_over TO sayso_service;

GRANT INSERT(captured_at) ON TABLE care.hand_over TO sayso_service;

GRANT SELECT ON TABLE care.hand_over_offer TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.hand_over_offer TO sayso_service;

GRANT INSERT(asset_id) ON TABLE care.hand_over_offer TO sayso_service;

GRANT INSERT(step) ON TABLE care.hand_over_offer TO sayso_service;

GRANT INSERT(number) ON TABLE care.hand_over_offer TO sayso_service;

GRANT INSERT(from_id) ON TABLE care.hand_over_offer TO sayso_service;

GRANT INSERT(to_id) ON TABLE care.hand_over_offer TO sayso_service;

GRANT INSERT(offered_by) ON TABLE care.hand_over_offer TO sayso_service;

GRANT INSERT(offered_at) ON TABLE care.hand_over_offer TO sayso_service;

GRANT SELECT ON TABLE care.hand_over_photo TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.hand_over_photo TO sayso_service;

GRANT INSERT(hand_over_id) ON TABLE care.hand_over_photo TO sayso_service;

GRANT INSERT(scope_id) ON TABLE care.hand_over_photo TO sayso_service;

GRANT INSERT("position") ON TABLE care.hand_over_photo TO sayso_service;

GRANT INSERT(photos) ON TABLE care.hand_over_photo TO sayso_service;

GRANT INSERT(photo_id) ON TABLE care.hand_over_photo TO sayso_service;

GRANT INSERT(photo_hash) ON TABLE care.hand_over_photo TO sayso_service;

GRANT SELECT,DELETE ON TABLE care.hand_over_signature TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.hand_over_signature TO sayso_service;

GRANT INSERT(hand_over_id) ON TABLE care.hand_over_signature TO sayso_service;

GRANT INSERT(customer_id) ON TABLE care.hand_over_signature TO sayso_service;

GRANT INSERT(strokes) ON TABLE care.hand_over_signature TO sayso_service;

GRANT INSERT(strokes_hash) ON TABLE care.hand_over_signature TO sayso_service;

GRANT INSERT(staff_strokes) ON TABLE care.hand_over_signature TO sayso_service;

GRANT INSERT(staff_strokes_hash) ON TABLE care.hand_over_signature TO sayso_service;

GRANT SELECT,DELETE ON TABLE care.hand_over_text TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.hand_over_text TO sayso_service;

GRANT INSERT(hand_over_id) ON TABLE care.hand_over_text TO sayso_service;

GRANT INSERT(customer_id) ON TABLE care.hand_over_text TO sayso_service;

GRANT INSERT(content) ON TABLE care.hand_over_text TO sayso_service;

GRANT INSERT(content_hash) ON TABLE care.hand_over_text TO sayso_service;

GRANT SELECT,DELETE ON TABLE care.idea TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.idea TO sayso_service;

GRANT INSERT(idea_id) ON TABLE care.idea TO sayso_service;

GRANT INSERT(customer_id) ON TABLE care.idea TO sayso_service;

GRANT INSERT(title) ON TABLE care.idea TO sayso_service;

GRANT INSERT(words),UPDATE(words) ON TABLE care.idea TO sayso_service;

GRANT INSERT(opened_at) ON TABLE care.idea TO sayso_service;

GRANT SELECT ON TABLE care.idea_answer TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.idea_answer TO sayso_service;

GRANT INSERT(idea_id) ON TABLE care.idea_answer TO sayso_service;

GRANT INSERT(step) ON TABLE care.idea_answer TO sayso_service;

GRANT INSERT(state) ON TABLE care.idea_answer TO sayso_service;

GRANT INSERT(words) ON TABLE care.idea_answer TO sayso_service;

GRANT INSERT(said_by) ON TABLE care.idea_answer TO sayso_service;

GRANT INSERT(said_at) ON TABLE care.idea_answer TO sayso_service;

GRANT SELECT,DELETE ON TABLE care.idea_vote TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.idea_vote TO sayso_service;

GRANT INSERT(idea_id) ON TABLE care.idea_vote TO sayso_service;

GRANT INSERT(customer_id) ON TABLE care.idea_vote TO sayso_service;

GRANT INSERT(voted_at) ON TABLE care.idea_vote TO sayso_service;

GRANT SELECT,DELETE ON TABLE care.loan_paper TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.loan_paper TO sayso_service;

GRANT INSERT(loan_id) ON TABLE care.loan_paper TO sayso_service;

GRANT INSERT(kind) ON TABLE care.loan_paper TO sayso_service;

GRANT INSERT(customer_id) ON TABLE care.loan_paper TO sayso_service;

GRANT INSERT(content) ON TABLE care.loan_paper TO sayso_service;

GRANT INSERT(content_hash) ON TABLE care.loan_paper TO sayso_service;

GRANT INSERT(strokes) ON TABLE care.loan_paper TO sayso_service;

GRANT INSERT(strokes_hash) ON TABLE care.loan_paper TO sayso_service;

GRANT INSERT(staff_strokes) ON TABLE care.loan_paper TO sayso_service;

GRANT INSERT(staff_strokes_hash) ON TABLE care.loan_paper TO sayso_service;

GRANT SELECT ON TABLE care.loan_step TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.loan_step TO sayso_service;

GRANT INSERT(loaner_id) ON TABLE care.loan_step TO sayso_service;

GRANT INSERT(step) ON TABLE care.loan_step TO sayso_service;

GRANT INSERT(kind) ON TABLE care.loan_step TO sayso_service;

GRANT INSERT(loan_id) ON TABLE care.loan_step TO sayso_service;

GRANT INSERT(customer_id) ON TABLE care.loan_step TO sayso_service;

GRANT INSERT(custody_id) ON TABLE care.loan_step TO sayso_service;

GRANT INSERT(staff_id) ON TABLE care.loan_step TO sayso_service;

GRANT INSERT(contact_id) ON TABLE care.loan_step TO sayso_service;

GRANT INSERT(content_hash) ON TABLE care.loan_step TO sayso_service;

GRANT INSERT(signature_hash) ON TABLE care.loan_step TO sayso_service;

GRANT INSERT(staff_signature_hash) ON TABLE care.loan_step TO sayso_service;

GRANT INSERT(signed_by) ON TABLE care.loan_step TO sayso_service;

GRANT INSERT(captured_at) ON TABLE care.loan_step TO sayso_service;

GRANT SELECT ON TABLE care.loaner TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.loaner TO sayso_service;

GRANT INSERT(loaner_id) ON TABLE care.loaner TO sayso_service;

GRANT INSERT(kind) ON TABLE care.loaner TO sayso_service;

GRANT INSERT(name) ON TABLE care.loaner TO sayso_service;

GRANT INSERT(serial) ON TABLE care.loaner TO sayso_service;

GRANT INSERT(added_by) ON TABLE care.loaner TO sayso_service;

GRANT INSERT(added_at) ON TABLE care.loaner TO sayso_service;

GRANT SELECT,DELETE ON TABLE care.mail_address TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.mail_address TO sayso_service;

GRANT INSERT(mail_address_id) ON TABLE care.mail_address TO sayso_service;

GRANT INSERT(address) ON TABLE care.mail_address TO sayso_service;

GRANT INSERT(address_hash) ON TABLE care.mail_address TO sayso_service;

GRANT INSERT(set_by) ON TABLE care.mail_address TO sayso_service;

GRANT INSERT(set_at) ON TABLE care.mail_address TO sayso_service;

GRANT SELECT,INSERT,DELETE ON TABLE care.mail_address_hash TO sayso_service;

GRANT SELECT,DELETE ON TABLE care.mail_head TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.mail_head TO sayso_service;

GRANT INSERT(message_id) ON TABLE care.mail_head TO sayso_service;

GRANT INSERT(customer_id) ON TABLE care.mail_head TO sayso_service;

GRANT INSERT(rfc_id) ON TABLE care.mail_head TO sayso_service;

GRANT INSERT(subject) ON TABLE care.mail_head TO sayso_service;

GRANT INSERT(sender) ON TABLE care.mail_head TO sayso_service;

GRANT INSERT(automatic) ON TABLE care.mail_head TO sayso_service;

GRANT SELECT ON TABLE care.mail_key TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.mail_key TO sayso_service;

GRANT INSERT(message_key) ON TABLE care.mail_key TO sayso_service;

GRANT INSERT(content_key) ON TABLE care.mail_key TO sayso_service;

GRANT INSERT(taken_id) ON TABLE care.mail_key TO sayso_service;

GRANT SELECT ON TABLE care.mail_position TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.mail_position TO sayso_service;

GRANT INSERT(mailbox_key) ON TABLE care.mail_position TO sayso_service;

GRANT INSERT(uid_validity),UPDATE(uid_validity) ON TABLE care.mail_position TO sayso_service;

GRANT INSERT(last_uid),UPDATE(last_uid) ON TABLE care.mail_position TO sayso_service;

GRANT INSERT(since) ON TABLE care.mail_position TO sayso_service;

GRANT SELECT,DELETE ON TABLE care.mail_sender TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.mail_sender TO sayso_service;

GRANT INSERT(mail_address_id),UPDATE(mail_address_id) ON TABLE care.mail_sender TO sayso_service;

GRANT INSERT(name),UPDATE(name) ON TABLE care.mail_sender TO sayso_service;

GRANT SELECT,DELETE ON TABLE care.message TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.message TO sayso_service;

GRANT INSERT(message_id) ON TABLE care.message TO sayso_service;

GRANT INSERT(customer_id) ON TABLE care.message TO sayso_service;

GRANT INSERT(contact_id) ON TABLE care.message TO sayso_service;

GRANT INSERT(direction) ON TABLE care.message TO sayso_service;

GRANT INSERT(channel) ON TABLE care.message TO sayso_service;

GRANT INSERT(reached) ON TABLE care.message TO sayso_service;

GRANT INSERT(words) ON TABLE care.message TO sayso_service;

GRANT INSERT(noted_by) ON TABLE care.message TO sayso_service;

GRANT SELECT ON TABLE care.objection TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.objection TO sayso_service;

GRANT INSERT(objection_id) ON TABLE care.objection TO sayso_service;

GRANT INSERT(customer_id) ON TABLE care.objection TO sayso_service;

GRANT INSERT(invoice_id) ON TABLE care.objection TO sayso_service;

GRANT INSERT(line_number) ON TABLE care.objection TO sayso_service;

GRANT INSERT(number) ON TABLE care.objection TO sayso_service;

GRANT INSERT(item_id) ON TABLE care.objection TO sayso_service;

GRANT INSERT(line_ticks) ON TABLE care.objection TO sayso_service;

GRANT INSERT(line_net) ON TABLE care.objection TO sayso_service;

GRANT INSERT(scope_id) ON TABLE care.objection TO sayso_service;

GRANT INSERT(currency) ON TABLE care.objection TO sayso_service;

GRANT INSERT(reason) ON TABLE care.objection TO sayso_service;

GRANT INSERT(contested_minor) ON TABLE care.objection TO sayso_service;

GRANT INSERT(message_id) ON TABLE care.objection TO sayso_service;

GRANT INSERT(raised_by) ON TABLE care.objection TO sayso_service;

GRANT INSERT(raised_at) ON TABLE care.objection TO sayso_service;

GRANT SELECT ON TABLE care.objection_decision TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.objection_decision TO sayso_service;

GRANT INSERT(objection_id) ON TABLE care.objection_decision TO sayso_service;

GRANT INSERT(customer_id) ON TABLE care.objection_decision TO sayso_service;

GRANT INSERT(invoice_id) ON TABLE care.objection_decision TO sayso_service;

GRANT INSERT(line_number) ON TABLE care.objection_decision TO sayso_service;

GRANT INSERT(number) ON TABLE care.objection_decision TO sayso_service;

GRANT INSERT(currency) ON TABLE care.objection_decision TO sayso_service;

GRANT INSERT(outcome) ON TABLE care.objection_decision TO sayso_service;

GRANT INSERT(answer_id) ON TABLE care.objection_decision TO sayso_service;

GRANT INSERT(credit_note_id) ON TABLE care.objection_decision TO sayso_service;

GRANT INSERT(credited_net) ON TABLE care.objection_decision TO sayso_service;

GRANT INSERT(credited_minor) ON TABLE care.objection_decision TO sayso_service;

GRANT INSERT(refund_id) ON TABLE care.objection_decision TO sayso_service;

GRANT INSERT(refunded_minor) ON TABLE care.objection_decision TO sayso_service;

GRANT INSERT(decided_by) ON TABLE care.objection_decision TO sayso_service;

GRANT INSERT(decided_at) ON TABLE care.objection_decision TO sayso_service;

GRANT SELECT,DELETE ON TABLE care.open_case TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.open_case TO sayso_service;

GRANT INSERT(case_id) ON TABLE care.open_case TO sayso_service;

GRANT INSERT(customer_id) ON TABLE care.open_case TO sayso_service;

GRANT INSERT(waiting),UPDATE(waiting) ON TABLE care.open_case TO sayso_service;

GRANT INSERT(returned),UPDATE(returned) ON TABLE care.open_case TO sayso_service;

GRANT INSERT(due_at),UPDATE(due_at) ON TABLE care.open_case TO sayso_service;

GRANT INSERT(team),UPDATE(team) ON TABLE care.open_case TO sayso_service;

GRANT INSERT(staff_id),UPDATE(staff_id) ON TABLE care.open_case TO sayso_service;

GRANT SELECT,DELETE ON TABLE care.open_custody TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.open_custody TO sayso_service;

GRANT INSERT(custody_id) ON TABLE care.open_custody TO sayso_service;

GRANT INSERT(asset_id) ON TABLE care.open_custody TO sayso_service;

GRANT INSERT(customer_id) ON TABLE care.open_custody TO sayso_service;

GRANT INSERT(state),UPDATE(state) ON TABLE care.open_custody TO sayso_service;

GRANT INSERT(returned) ON TABLE care.open_custody TO sayso_service;

GRANT SELECT,DELETE ON TABLE care.stray_mail TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.stray_mail TO sayso_service;

GRANT INSERT(stray_id) ON TABLE care.stray_mail TO sayso_service;

GRANT INSERT(channel) ON TABLE care.stray_mail TO sayso_service;

GRANT INSERT(rfc_id) ON TABLE care.stray_mail TO sayso_service;

GRANT INSERT(sender_name) ON TABLE care.stray_mail TO sayso_service;

GRANT INSERT(sender) ON TABLE care.stray_mail TO sayso_service;

GRANT INSERT(subject) ON TABLE care.stray_mail TO sayso_service;

GRANT INSERT(words) ON TABLE care.stray_mail TO sayso_service;

GRANT INSERT(automatic) ON TABLE care.stray_mail TO sayso_service;

GRANT INSERT(case_id) ON TABLE care.stray_mail TO sayso_service;

GRANT INSERT(received_at) ON TABLE care.stray_mail TO sayso_service;

GRANT INSERT(came_back_to) ON TABLE care.stray_mail TO sayso_service;

GRANT INSERT(came_back_because) ON TABLE care.stray_mail TO sayso_service;

GRANT SELECT,DELETE ON TABLE care.text_door TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE care.text_door TO sayso_service;

GRANT INSERT(text_door_id) ON TABLE care.text_door TO sayso_service;

GRANT INSERT(channel) ON TABLE care.text_door TO sayso_service;

GRANT INSERT(name) ON TABLE care.text_door TO sayso_service;

GRANT INSERT(set_by) ON TABLE care.text_door TO sayso_service;

GRANT INSERT(set_at) ON TABLE care.text_door TO sayso_service;

GRANT SELECT ON TABLE catalogue.item TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE catalogue.item TO sayso_service;

GRANT INSERT(item_id) ON TABLE catalogue.item TO sayso_service;

GRANT INSERT(code) ON TABLE catalogue.item TO sayso_service;

GRANT INSERT(kind) ON TABLE catalogue.item TO sayso_service;

GRANT INSERT(created_at) ON TABLE catalogue.item TO sayso_service;

GRANT SELECT ON TABLE catalogue.item_version TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE catalogue.item_version TO sayso_service;

GRANT INSERT(item_id) ON TABLE catalogue.item_version TO sayso_service;

GRANT INSERT(effective_on) ON TABLE catalogue.item_version TO sayso_service;

GRANT INSERT(name) ON TABLE catalogue.item_version TO sayso_service;

GRANT INSERT(unit) ON TABLE catalogue.item_version TO sayso_service;

GRANT INSERT(currency) ON TABLE catalogue.item_version TO sayso_service;

GRANT INSERT(price_numerator) ON TABLE catalogue.item_version TO sayso_service;

GRANT INSERT(price_denominator) ON TABLE catalogue.item_version TO sayso_service;

GRANT INSERT(tax_category) ON TABLE catalogue.item_version TO sayso_service;

GRANT INSERT(tax_rate_bp) ON TABLE catalogue.item_version TO sayso_service;

GRANT INSERT(exemption_code) ON TABLE catalogue.item_version TO sayso_service;

GRANT INSERT(exemption_reason) ON TABLE catalogue.item_version TO sayso_service;

GRANT INSERT(warranty_months) ON TABLE catalogue.item_version TO sayso_service;

GRANT INSERT(warranty_distance) ON TABLE catalogue.item_version TO sayso_service;

GRANT INSERT(warranty_unit) ON TABLE catalogue.item_version TO sayso_service;

GRANT INSERT(withdrawn) ON TABLE catalogue.item_version TO sayso_service;

GRANT INSERT(created_at) ON TABLE catalogue.item_version TO sayso_service;

GRANT SELECT ON TABLE customers.asset TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE customers.asset TO sayso_service;

GRANT INSERT(customer_id) ON TABLE customers.asset TO sayso_service;

GRANT INSERT(asset_id) ON TABLE customers.asset TO sayso_service;

GRANT INSERT(site_id),UPDATE(site_id) ON TABLE customers.asset TO sayso_service;

GRANT INSERT(kind),UPDATE(kind) ON TABLE customers.asset TO sayso_service;

GRANT INSERT(name),UPDATE(name) ON TABLE customers.asset TO sayso_service;

GRANT INSERT(serial),UPDATE(serial) ON TABLE customers.asset TO sayso_service;

GRANT INSERT(plate),UPDATE(plate) ON TABLE customers.asset TO sayso_service;

GRANT INSERT(version),UPDATE(version) ON TABLE customers.asset TO sayso_service;

GRANT INSERT(created_at) ON TABLE customers.asset TO sayso_service;

GRANT SELECT ON TABLE customers.asset_step TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE customers.asset_step TO sayso_service;

GRANT INSERT(customer_id) ON TABLE customers.asset_step TO sayso_service;

GRANT INSERT(asset_id) ON TABLE customers.asset_step TO sayso_service;

GRANT INSERT(version) ON TABLE customers.asset_step TO sayso_service;

GRANT INSERT(happening) ON TABLE customers.asset_step TO sayso_service;

GRANT INSERT(site_before) ON TABLE customers.asset_step TO sayso_service;

GRANT INSERT(site_id) ON TABLE customers.asset_step TO sayso_service;

GRANT INSERT(kind) ON TABLE customers.asset_step TO sayso_service;

GRANT INSERT(name) ON TABLE customers.asset_step TO sayso_service;

GRANT INSERT(serial) ON TABLE customers.asset_step TO sayso_service;

GRANT INSERT(plate) ON TABLE customers.asset_step TO sayso_service;

GRANT INSERT(happened_at) ON TABLE customers.asset_step TO sayso_service;

GRANT INSERT(actor) ON TABLE customers.asset_step TO sayso_service;

GRANT SELECT ON TABLE customers.contact TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE customers.contact TO sayso_service;

GRANT INSERT(customer_id) ON TABLE customers.contact TO sayso_service;

GRANT INSERT(contact_id) ON TABLE customers.contact TO sayso_service;

GRANT INSERT(name),UPDATE(name) ON TABLE customers.contact TO sayso_service;

GRANT INSERT(channel),UPDATE(channel) ON TABLE customers.contact TO sayso_service;

GRANT INSERT(address),UPDATE(address) ON TABLE customers.contact TO sayso_service;

GRANT INSERT(may_authorise),UPDATE(may_authorise) ON TABLE customers.contact TO sayso_service;

GRANT INSERT(version),UPDATE(version) ON TABLE customers.contact TO sayso_service;

GRANT INSERT(created_at) ON TABLE customers.contact TO sayso_service;

GRANT SELECT ON TABLE customers.contact_reach TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE customers.contact_reach TO sayso_service;

GRANT INSERT(customer_id) ON TABLE customers.contact_reach TO sayso_service;

GRANT INSERT(contact_id) ON TABLE customers.contact_reach TO sayso_service;

GRANT INSERT(version) ON TABLE customers.contact_reach TO sayso_service;

GRANT INSERT(founding) ON TABLE customers.contact_reach TO sayso_service;

GRANT SELECT ON TABLE customers.customer TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE customers.customer TO sayso_service;

GRANT INSERT(customer_id) ON TABLE customers.customer TO sayso_service;

GRANT INSERT(name),UPDATE(name) ON TABLE customers.customer TO sayso_service;

GRANT INSERT(reference),UPDATE(reference) ON TABLE customers.customer TO sayso_service;

GRANT INSERT(language),UPDATE(language) ON TABLE customers.customer TO sayso_service;

GRANT INSERT(zone),UPDATE(zone) ON TABLE customers.customer TO sayso_service;

GRANT INSERT(street),UPDATE(street) ON TABLE customers.customer TO sayso_service;

GRANT INSERT(city),UPDATE(city) ON TABLE customers.customer TO sayso_service;

GRANT INSERT(postcode),UPDATE(postcode) ON TABLE customers.customer TO sayso_service;

GRANT INSERT(country),UPDATE(country) ON TABLE customers.customer TO sayso_service;

GRANT INSERT(vat_id),UPDATE(vat_id) ON TABLE customers.customer TO sayso_service;

GRANT INSERT(buyer_reference),UPDATE(buyer_reference) ON TABLE customers.customer TO sayso_service;

GRANT INSERT(electronic_address),UPDATE(electronic_address) ON TABLE customers.customer TO sayso_service;

GRANT INSERT(version),UPDATE(version) ON TABLE customers.customer TO sayso_service;

GRANT INSERT(created_at) ON TABLE customers.customer TO sayso_service;

GRANT SELECT,DELETE ON TABLE customers.customer_step TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE customers.customer_step TO sayso_service;

GRANT INSERT(customer_id) ON TABLE customers.customer_step TO sayso_service;

GRANT INSERT(version) ON TABLE customers.customer_step TO sayso_service;

GRANT INSERT(name) ON TABLE customers.customer_step TO sayso_service;

GRANT INSERT(language) ON TABLE customers.customer_step TO sayso_service;

GRANT INSERT(zone) ON TABLE customers.customer_step TO sayso_service;

GRANT INSERT(street) ON TABLE customers.customer_step TO sayso_service;

GRANT INSERT(city) ON TABLE customers.customer_step TO sayso_service;

GRANT INSERT(postcode) ON TABLE customers.customer_step TO sayso_service;

GRANT INSERT(country) ON TABLE customers.customer_step TO sayso_service;

GRANT INSERT(vat_id) ON TABLE customers.customer_step TO sayso_service;

GRANT INSERT(buyer_reference) ON TABLE customers.customer_step TO sayso_service;

GRANT INSERT(electronic_address) ON TABLE customers.customer_step TO sayso_service;

GRANT SELECT,DELETE ON TABLE customers.find_word TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE customers.find_word TO sayso_service;

GRANT INSERT(customer_id) ON TABLE customers.find_word TO sayso_service;

GRANT INSERT(source_id) ON TABLE customers.find_word TO sayso_service;

GRANT INSERT(word) ON TABLE customers.find_word TO sayso_service;

GRANT SELECT,DELETE ON TABLE customers.former_address TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE customers.former_address TO sayso_service;

GRANT INSERT(customer_id) ON TABLE customers.former_address TO sayso_service;

GRANT INSERT(contact_id) ON TABLE customers.former_address TO sayso_service;

GRANT INSERT(version) ON TABLE customers.former_address TO sayso_service;

GRANT INSERT(channel) ON TABLE customers.former_address TO sayso_service;

GRANT INSERT(address) ON TABLE customers.former_address TO sayso_service;

GRANT SELECT ON TABLE customers.site TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE customers.site TO sayso_service;

GRANT INSERT(customer_id) ON TABLE customers.site TO sayso_service;

GRANT INSERT(site_id) ON TABLE customers.site TO sayso_service;

GRANT INSERT(address),UPDATE(address) ON TABLE customers.site TO sayso_service;

GRANT INSERT(zone),UPDATE(zone) ON TABLE customers.site TO sayso_service;

GRANT INSERT(access_notes),UPDATE(access_notes) ON TABLE customers.site TO sayso_service;

GRANT INSERT(latitude_e7),UPDATE(latitude_e7) ON TABLE customers.site TO sayso_service;

GRANT INSERT(longitude_e7),UPDATE(longitude_e7) ON TABLE customers.site TO sayso_service;

GRANT INSERT(jurisdiction),UPDATE(jurisdiction) ON TABLE customers.site TO sayso_service;

GRANT INSERT(version),UPDATE(version) ON TABLE customers.site TO sayso_service;

GRANT INSERT(created_at) ON TABLE customers.site TO sayso_service;

GRANT SELECT,DELETE ON TABLE customers.site_step TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE customers.site_step TO sayso_service;

GRANT INSERT(customer_id) ON TABLE customers.site_step TO sayso_service;

GRANT INSERT(site_id) ON TABLE customers.site_step TO sayso_service;

GRANT INSERT(version) ON TABLE customers.site_step TO sayso_service;

GRANT INSERT(address) ON TABLE customers.site_step TO sayso_service;

GRANT INSERT(zone) ON TABLE customers.site_step TO sayso_service;

GRANT SELECT ON TABLE customers.sites_moved TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE customers.sites_moved TO sayso_service;

GRANT INSERT(times),UPDATE(times) ON TABLE customers.sites_moved TO sayso_service;

GRANT SELECT ON TABLE dispatch.arrival_told TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.arrival_told TO sayso_service;

GRANT INSERT(visit_id) ON TABLE dispatch.arrival_told TO sayso_service;

GRANT INSERT(arrive_until) ON TABLE dispatch.arrival_told TO sayso_service;

GRANT INSERT(since_step) ON TABLE dispatch.arrival_told TO sayso_service;

GRANT INSERT(nth) ON TABLE dispatch.arrival_told TO sayso_service;

GRANT INSERT(was) ON TABLE dispatch.arrival_told TO sayso_service;

GRANT INSERT(kind) ON TABLE dispatch.arrival_told TO sayso_service;

GRANT INSERT(was_expected_at) ON TABLE dispatch.arrival_told TO sayso_service;

GRANT INSERT(expected_at) ON TABLE dispatch.arrival_told TO sayso_service;

GRANT INSERT(told_at) ON TABLE dispatch.arrival_told TO sayso_service;

GRANT SELECT ON TABLE dispatch.brought TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.brought TO sayso_service;

GRANT INSERT(job_id) ON TABLE dispatch.brought TO sayso_service;

GRANT INSERT(partner_id) ON TABLE dispatch.brought TO sayso_service;

GRANT INSERT(customer_id) ON TABLE dispatch.brought TO sayso_service;

GRANT INSERT(site_id) ON TABLE dispatch.brought TO sayso_service;

GRANT INSERT(as_before) ON TABLE dispatch.brought TO sayso_service;

GRANT INSERT(reference) ON TABLE dispatch.brought TO sayso_service;

GRANT INSERT(asked_hash) ON TABLE dispatch.brought TO sayso_service;

GRANT SELECT ON TABLE dispatch.choice TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.choice TO sayso_service;

GRANT INSERT(job_id) ON TABLE dispatch.choice TO sayso_service;

GRANT INSERT(number) ON TABLE dispatch.choice TO sayso_service;

GRANT INSERT(act) ON TABLE dispatch.choice TO sayso_service;

GRANT INSERT(link_id) ON TABLE dispatch.choice TO sayso_service;

GRANT INSERT(partner_id) ON TABLE dispatch.choice TO sayso_service;

GRANT INSERT(visit_id) ON TABLE dispatch.choice TO sayso_service;

GRANT INSERT(step) ON TABLE dispatch.choice TO sayso_service;

GRANT INSERT(was_at) ON TABLE dispatch.choice TO sayso_service;

GRANT INSERT(starts_at) ON TABLE dispatch.choice TO sayso_service;

GRANT INSERT(moves_before) ON TABLE dispatch.choice TO sayso_service;

GRANT INSERT(policy_version) ON TABLE dispatch.choice TO sayso_service;

GRANT INSERT(days_ahead) ON TABLE dispatch.choice TO sayso_service;

GRANT INSERT(hours_before) ON TABLE dispatch.choice TO sayso_service;

GRANT INSERT(most_moves) ON TABLE dispatch.choice TO sayso_service;

GRANT INSERT(earliest) ON TABLE dispatch.choice TO sayso_service;

GRANT INSERT(latest) ON TABLE dispatch.choice TO sayso_service;

GRANT INSERT(zone) ON TABLE dispatch.choice TO sayso_service;

GRANT SELECT ON TABLE dispatch.choice_policy TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.choice_policy TO sayso_service;

GRANT INSERT(version) ON TABLE dispatch.choice_policy TO sayso_service;

GRANT INSERT(days_ahead) ON TABLE dispatch.choice_policy TO sayso_service;

GRANT INSERT(hours_before) ON TABLE dispatch.choice_policy TO sayso_service;

GRANT INSERT(most_moves) ON TABLE dispatch.choice_policy TO sayso_service;

GRANT INSERT(earliest) ON TABLE dispatch.choice_policy TO sayso_service;

GRANT INSERT(latest) ON TABLE dispatch.choice_policy TO sayso_service;

GRANT INSERT(step_minutes) ON TABLE dispatch.choice_policy TO sayso_service;

GRANT INSERT(set_by) ON TABLE dispatch.choice_policy TO sayso_service;

GRANT INSERT(set_at) ON TABLE dispatch.choice_policy TO sayso_service;

GRANT SELECT ON TABLE dispatch.collection TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.collection TO sayso_service;

GRANT INSERT(job_id) ON TABLE dispatch.collection TO sayso_service;

GRANT INSERT(invoice_id) ON TABLE dispatch.collection TO sayso_service;

GRANT SELECT ON TABLE dispatch.collection_settled TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.collection_settled TO sayso_service;

GRANT INSERT(job_id) ON TABLE dispatch.collection_settled TO sayso_service;

GRANT INSERT(invoice_id) ON TABLE dispatch.collection_settled TO sayso_service;

GRANT INSERT(settled_at) ON TABLE dispatch.collection_settled TO sayso_service;

GRANT SELECT ON TABLE dispatch.collection_stop TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.collection_stop TO sayso_service;

GRANT INSERT(technician_id) ON TABLE dispatch.collection_stop TO sayso_service;

GRANT INSERT(step) ON TABLE dispatch.collection_stop TO sayso_service;

GRANT INSERT(was_stopped) ON TABLE dispatch.collection_stop TO sayso_service;

GRANT INSERT(stopped) ON TABLE dispatch.collection_stop TO sayso_service;

GRANT INSERT(visit_id) ON TABLE dispatch.collection_stop TO sayso_service;

GRANT INSERT(visit_step) ON TABLE dispatch.collection_stop TO sayso_service;

GRANT INSERT(actor) ON TABLE dispatch.collection_stop TO sayso_service;

GRANT INSERT(happened_at) ON TABLE dispatch.collection_stop TO sayso_service;

GRANT SELECT ON TABLE dispatch.job TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.job TO sayso_service;

GRANT INSERT(job_id) ON TABLE dispatch.job TO sayso_service;

GRANT INSERT(customer_id) ON TABLE dispatch.job TO sayso_service;

GRANT INSERT(site_id) ON TABLE dispatch.job TO sayso_service;

GRANT INSERT(asset_id) ON TABLE dispatch.job TO sayso_service;

GRANT INSERT(scope_id) ON TABLE dispatch.job TO sayso_service;

GRANT INSERT(currency) ON TABLE dispatch.job TO sayso_service;

GRANT INSERT(kind) ON TABLE dispatch.job TO sayso_service;

GRANT INSERT(priority) ON TABLE dispatch.job TO sayso_service;

GRANT INSERT(skills) ON TABLE dispatch.job TO sayso_service;

GRANT INSERT(loads) ON TABLE dispatch.job TO sayso_service;

GRANT INSERT(preferred_technician_id) ON TABLE dispatch.job TO sayso_service;

GRANT INSERT(duration_minutes) ON TABLE dispatch.job TO sayso_service;

GRANT INSERT(arrival_minutes) ON TABLE dispatch.job TO sayso_service;

GRANT INSERT(crew_size) ON TABLE dispatch.job TO sayso_service;

GRANT INSERT(symptom) ON TABLE dispatch.job TO sayso_service;

GRANT INSERT(named_currency) ON TABLE dispatch.job TO sayso_service;

GRANT INSERT(named_policy) ON TABLE dispatch.job TO sayso_service;

GRANT INSERT(trade) ON TABLE dispatch.job TO sayso_service;

GRANT INSERT(price_form) ON TABLE dispatch.job TO sayso_service;

GRANT INSERT(opened_by) ON TABLE dispatch.job TO sayso_service;

GRANT INSERT(opened_at) ON TABLE dispatch.job TO sayso_service;

GRANT SELECT ON TABLE dispatch.job_reading TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.job_reading TO sayso_service;

GRANT INSERT(job_id) ON TABLE dispatch.job_reading TO sayso_service;

GRANT INSERT(taken_when) ON TABLE dispatch.job_reading TO sayso_service;

GRANT INSERT(step) ON TABLE dispatch.job_reading TO sayso_service;

GRANT INSERT(value) ON TABLE dispatch.job_reading TO sayso_service;

GRANT INSERT(unit) ON TABLE dispatch.job_reading TO sayso_service;

GRANT INSERT(read_by) ON TABLE dispatch.job_reading TO sayso_service;

GRANT INSERT(read_at) ON TABLE dispatch.job_reading TO sayso_service;

GRANT SELECT ON TABLE dispatch.job_step TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.job_step TO sayso_service;

GRANT INSERT(job_id) ON TABLE dispatch.job_step TO sayso_service;

GRANT INSERT(step) ON TABLE dispatch.job_step TO sayso_service;

GRANT INSERT(from_state) ON TABLE dispatch.job_step TO sayso_service;

GRANT INSERT(to_state) ON TABLE dispatch.job_step TO sayso_service;

GRANT INSERT(visits_needed) ON TABLE dispatch.job_step TO sayso_service;

GRANT INSERT(was_done) ON TABLE dispatch.job_step TO sayso_service;

GRANT INSERT(visits_done) ON TABLE dispatch.job_step TO sayso_service;

GRANT INSERT(completed_visit) ON TABLE dispatch.job_step TO sayso_service;

GRANT INSERT(completed_step) ON TABLE dispatch.job_step TO sayso_service;

GRANT INSERT(actor) ON TABLE dispatch.job_step TO sayso_service;

GRANT INSERT(happened_at) ON TABLE dispatch.job_step TO sayso_service;

GRANT SELECT,DELETE ON TABLE dispatch.occupancy TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.occupancy TO sayso_service;

GRANT INSERT(occupancy_id) ON TABLE dispatch.occupancy TO sayso_service;

GRANT INSERT(technician_id),UPDATE(technician_id) ON TABLE dispatch.occupancy TO sayso_service;

GRANT INSERT(kind),UPDATE(kind) ON TABLE dispatch.occupancy TO sayso_service;

GRANT INSERT(starts_at),UPDATE(starts_at) ON TABLE dispatch.occupancy TO sayso_service;

GRANT INSERT(ends_at),UPDATE(ends_at) ON TABLE dispatch.occupancy TO sayso_service;

GRANT INSERT(visit_id) ON TABLE dispatch.occupancy TO sayso_service;

GRANT INSERT(member) ON TABLE dispatch.occupancy TO sayso_service;

GRANT INSERT(crew_size) ON TABLE dispatch.occupancy TO sayso_service;

GRANT INSERT(expires_at),UPDATE(expires_at) ON TABLE dispatch.occupancy TO sayso_service;

GRANT INSERT(reason) ON TABLE dispatch.occupancy TO sayso_service;

GRANT SELECT ON TABLE dispatch.occurrence TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.occurrence TO sayso_service;

GRANT INSERT(series_id) ON TABLE dispatch.occurrence TO sayso_service;

GRANT INSERT(starts_wall) ON TABLE dispatch.occurrence TO sayso_service;

GRANT INSERT(job_id) ON TABLE dispatch.occurrence TO sayso_service;

GRANT INSERT(actor) ON TABLE dispatch.occurrence TO sayso_service;

GRANT INSERT(happened_at) ON TABLE dispatch.occurrence TO sayso_service;

GRANT SELECT ON TABLE dispatch.parts_step TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.parts_step TO sayso_service;

GRANT INSERT(job_id) ON TABLE dispatch.parts_step TO sayso_service;

GRANT INSERT(step) ON TABLE dispatch.parts_step TO sayso_service;

GRANT INSERT(there_at) ON TABLE dispatch.parts_step TO sayso_service;

GRANT INSERT(actor) ON TABLE dispatch.parts_step TO sayso_service;

GRANT INSERT(said_at) ON TABLE dispatch.parts_step TO sayso_service;

GRANT SELECT ON TABLE dispatch.plan TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.plan TO sayso_service;

GRANT INSERT(plan_id) ON TABLE dispatch.plan TO sayso_service;

GRANT INSERT(kind) ON TABLE dispatch.plan TO sayso_service;

GRANT INSERT(from_at) ON TABLE dispatch.plan TO sayso_service;

GRANT INSERT(until_at) ON TABLE dispatch.plan TO sayso_service;

GRANT INSERT(job_ids) ON TABLE dispatch.plan TO sayso_service;

GRANT INSERT(absent) ON TABLE dispatch.plan TO sayso_service;

GRANT INSERT(budget_seconds) ON TABLE dispatch.plan TO sayso_service;

GRANT INSERT(budget_iterations) ON TABLE dispatch.plan TO sayso_service;

GRANT INSERT(seed) ON TABLE dispatch.plan TO sayso_service;

GRANT INSERT(fairness_percent) ON TABLE dispatch.plan TO sayso_service;

GRANT INSERT(asked_by) ON TABLE dispatch.plan TO sayso_service;

GRANT INSERT(asked_at) ON TABLE dispatch.plan TO sayso_service;

GRANT SELECT ON TABLE dispatch.plan_break TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.plan_break TO sayso_service;

GRANT INSERT(plan_id) ON TABLE dispatch.plan_break TO sayso_service;

GRANT INSERT(technician_id) ON TABLE dispatch.plan_break TO sayso_service;

GRANT INSERT(starts_at) ON TABLE dispatch.plan_break TO sayso_service;

GRANT INSERT(ends_at) ON TABLE dispatch.plan_break TO sayso_service;

GRANT INSERT(occupancy_id) ON TABLE dispatch.plan_break TO sayso_service;

GRANT INSERT(stands) ON TABLE dispatch.plan_break TO sayso_service;

GRANT SELECT ON TABLE dispatch.plan_found TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.plan_found TO sayso_service;

GRANT INSERT(plan_id) ON TABLE dispatch.plan_found TO sayso_service;

GRANT INSERT(step) ON TABLE dispatch.plan_found TO sayso_service;

GRANT INSERT(read_at) ON TABLE dispatch.plan_found TO sayso_service;

GRANT INSERT(travel_seconds_now) ON TABLE dispatch.plan_found TO sayso_service;

GRANT INSERT(travel_seconds) ON TABLE dispatch.plan_found TO sayso_service;

GRANT INSERT(points_left_out) ON TABLE dispatch.plan_found TO sayso_service;

GRANT INSERT(overtime_seconds) ON TABLE dispatch.plan_found TO sayso_service;

GRANT INSERT(iterations) ON TABLE dispatch.plan_found TO sayso_service;

GRANT INSERT(cpu_milliseconds) ON TABLE dispatch.plan_found TO sayso_service;

GRANT SELECT ON TABLE dispatch.plan_left_out TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.plan_left_out TO sayso_service;

GRANT INSERT(plan_id) ON TABLE dispatch.plan_left_out TO sayso_service;

GRANT INSERT(job_id) ON TABLE dispatch.plan_left_out TO sayso_service;

GRANT INSERT(visit_id) ON TABLE dispatch.plan_left_out TO sayso_service;

GRANT INSERT(reason) ON TABLE dispatch.plan_left_out TO sayso_service;

GRANT INSERT(points) ON TABLE dispatch.plan_left_out TO sayso_service;

GRANT SELECT ON TABLE dispatch.plan_step TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.plan_step TO sayso_service;

GRANT INSERT(plan_id) ON TABLE dispatch.plan_step TO sayso_service;

GRANT INSERT(step) ON TABLE dispatch.plan_step TO sayso_service;

GRANT INSERT(from_state) ON TABLE dispatch.plan_step TO sayso_service;

GRANT INSERT(to_state) ON TABLE dispatch.plan_step TO sayso_service;

GRANT INSERT(percent) ON TABLE dispatch.plan_step TO sayso_service;

GRANT INSERT(reason) ON TABLE dispatch.plan_step TO sayso_service;

GRANT INSERT(actor) ON TABLE dispatch.plan_step TO sayso_service;

GRANT INSERT(happened_at) ON TABLE dispatch.plan_step TO sayso_service;

GRANT SELECT ON TABLE dispatch.plan_stop TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.plan_stop TO sayso_service;

GRANT INSERT(plan_id) ON TABLE dispatch.plan_stop TO sayso_service;

GRANT INSERT(visit_id) ON TABLE dispatch.plan_stop TO sayso_service;

GRANT INSERT(technician_id) ON TABLE dispatch.plan_stop TO sayso_service;

GRANT INSERT(nth) ON TABLE dispatch.plan_stop TO sayso_service;

GRANT INSERT(job_id) ON TABLE dispatch.plan_stop TO sayso_service;

GRANT INSERT(customer_id) ON TABLE dispatch.plan_stop TO sayso_service;

GRANT INSERT(starts_at) ON TABLE dispatch.plan_stop TO sayso_service;

GRANT INSERT(ends_at) ON TABLE dispatch.plan_stop TO sayso_service;

GRANT INSERT(arrive_until) ON TABLE dispatch.plan_stop TO sayso_service;

GRANT INSERT(fixed) ON TABLE dispatch.plan_stop TO sayso_service;

GRANT INSERT(travel_seconds) ON TABLE dispatch.plan_stop TO sayso_service;

GRANT INSERT(travel_estimated) ON TABLE dispatch.plan_stop TO sayso_service;

GRANT INSERT(change) ON TABLE dispatch.plan_stop TO sayso_service;

GRANT INSERT(was_technician_id) ON TABLE dispatch.plan_stop TO sayso_service;

GRANT INSERT(was_starts_at) ON TABLE dispatch.plan_stop TO sayso_service;

GRANT INSERT(breaks_promise) ON TABLE dispatch.plan_stop TO sayso_service;

GRANT INSERT(job_steps) ON TABLE dispatch.plan_stop TO sayso_service;

GRANT INSERT(occupancy_id) ON TABLE dispatch.plan_stop TO sayso_service;

GRANT INSERT(crew) ON TABLE dispatch.plan_stop TO sayso_service;

GRANT INSERT(crew_occupancy_ids) ON TABLE dispatch.plan_stop TO sayso_service;

GRANT INSERT(promise_id) ON TABLE dispatch.plan_stop TO sayso_service;

GRANT SELECT ON TABLE dispatch.plan_technician TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.plan_technician TO sayso_service;

GRANT INSERT(plan_id) ON TABLE dispatch.plan_technician TO sayso_service;

GRANT INSERT(technician_id) ON TABLE dispatch.plan_technician TO sayso_service;

GRANT INSERT(stood) ON TABLE dispatch.plan_technician TO sayso_service;

GRANT INSERT(changes) ON TABLE dispatch.plan_technician TO sayso_service;

GRANT SELECT,DELETE ON TABLE dispatch."position" TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch."position" TO sayso_service;

GRANT INSERT(technician_id) ON TABLE dispatch."position" TO sayso_service;

GRANT INSERT(measured_at) ON TABLE dispatch."position" TO sayso_service;

GRANT INSERT(latitude_e7) ON TABLE dispatch."position" TO sayso_service;

GRANT INSERT(longitude_e7) ON TABLE dispatch."position" TO sayso_service;

GRANT INSERT(accuracy_metres) ON TABLE dispatch."position" TO sayso_service;

GRANT INSERT(shift_starts_at) ON TABLE dispatch."position" TO sayso_service;

GRANT INSERT(shift_ends_at) ON TABLE dispatch."position" TO sayso_service;

GRANT INSERT(visit_id) ON TABLE dispatch."position" TO sayso_service;

GRANT INSERT(visit_step) ON TABLE dispatch."position" TO sayso_service;

GRANT INSERT(visit_state) ON TABLE dispatch."position" TO sayso_service;

GRANT INSERT(received_at) ON TABLE dispatch."position" TO sayso_service;

GRANT SELECT ON TABLE dispatch.preference TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.preference TO sayso_service;

GRANT INSERT(customer_id) ON TABLE dispatch.preference TO sayso_service;

GRANT INSERT(technician_id),UPDATE(technician_id) ON TABLE dispatch.preference TO sayso_service;

GRANT SELECT ON TABLE dispatch.series_step TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.series_step TO sayso_service;

GRANT INSERT(series_id) ON TABLE dispatch.series_step TO sayso_service;

GRANT INSERT(step) ON TABLE dispatch.series_step TO sayso_service;

GRANT INSERT(from_state) ON TABLE dispatch.series_step TO sayso_service;

GRANT INSERT(to_state) ON TABLE dispatch.series_step TO sayso_service;

GRANT INSERT(actor) ON TABLE dispatch.series_step TO sayso_service;

GRANT INSERT(happened_at) ON TABLE dispatch.series_step TO sayso_service;

GRANT SELECT,DELETE ON TABLE dispatch.shift TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.shift TO sayso_service;

GRANT INSERT(technician_id) ON TABLE dispatch.shift TO sayso_service;

GRANT INSERT(on_day) ON TABLE dispatch.shift TO sayso_service;

GRANT INSERT(starts_wall) ON TABLE dispatch.shift TO sayso_service;

GRANT INSERT(ends_wall) ON TABLE dispatch.shift TO sayso_service;

GRANT INSERT(zone) ON TABLE dispatch.shift TO sayso_service;

GRANT INSERT(starts_at) ON TABLE dispatch.shift TO sayso_service;

GRANT INSERT(ends_at) ON TABLE dispatch.shift TO sayso_service;

GRANT INSERT(break_minutes) ON TABLE dispatch.shift TO sayso_service;

GRANT INSERT(break_earliest) ON TABLE dispatch.shift TO sayso_service;

GRANT INSERT(break_latest) ON TABLE dispatch.shift TO sayso_service;

GRANT INSERT(break_earliest_at) ON TABLE dispatch.shift TO sayso_service;

GRANT INSERT(break_latest_at) ON TABLE dispatch.shift TO sayso_service;

GRANT INSERT(created_at) ON TABLE dispatch.shift TO sayso_service;

GRANT SELECT ON TABLE dispatch.started_item TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.started_item TO sayso_service;

GRANT INSERT(visit_id) ON TABLE dispatch.started_item TO sayso_service;

GRANT INSERT(step) ON TABLE dispatch.started_item TO sayso_service;

GRANT INSERT(item_id) ON TABLE dispatch.started_item TO sayso_service;

GRANT SELECT ON TABLE dispatch.technician TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.technician TO sayso_service;

GRANT INSERT(technician_id) ON TABLE dispatch.technician TO sayso_service;

GRANT INSERT(zone),UPDATE(zone) ON TABLE dispatch.technician TO sayso_service;

GRANT INSERT(skills),UPDATE(skills) ON TABLE dispatch.technician TO sayso_service;

GRANT INSERT(may_take_cash),UPDATE(may_take_cash) ON TABLE dispatch.technician TO sayso_service;

GRANT INSERT(home_latitude_e7),UPDATE(home_latitude_e7) ON TABLE dispatch.technician TO sayso_service;

GRANT INSERT(home_longitude_e7),UPDATE(home_longitude_e7) ON TABLE dispatch.technician TO sayso_service;

GRANT INSERT(reach_metres),UPDATE(reach_metres) ON TABLE dispatch.technician TO sayso_service;

GRANT INSERT(active),UPDATE(active) ON TABLE dispatch.technician TO sayso_service;

GRANT INSERT(start_latitude_e7),UPDATE(start_latitude_e7) ON TABLE dispatch.technician TO sayso_service;

GRANT INSERT(start_longitude_e7),UPDATE(start_longitude_e7) ON TABLE dispatch.technician TO sayso_service;

GRANT INSERT(end_latitude_e7),UPDATE(end_latitude_e7) ON TABLE dispatch.technician TO sayso_service;

GRANT INSERT(end_longitude_e7),UPDATE(end_longitude_e7) ON TABLE dispatch.technician TO sayso_service;

GRANT INSERT(hour_cost_minor),UPDATE(hour_cost_minor) ON TABLE dispatch.technician TO sayso_service;

GRANT INSERT(overtime_hour_cost_minor),UPDATE(overtime_hour_cost_minor) ON TABLE dispatch.technician TO sayso_service;

GRANT INSERT(km_cost_minor),UPDATE(km_cost_minor) ON TABLE dispatch.technician TO sayso_service;

GRANT INSERT(most_overtime_minutes),UPDATE(most_overtime_minutes) ON TABLE dispatch.technician TO sayso_service;

GRANT INSERT(speed_percent),UPDATE(speed_percent) ON TABLE dispatch.technician TO sayso_service;

GRANT INSERT(capacity),UPDATE(capacity) ON TABLE dispatch.technician TO sayso_service;

GRANT INSERT(version),UPDATE(version) ON TABLE dispatch.technician TO sayso_service;

GRANT INSERT(created_at) ON TABLE dispatch.technician TO sayso_service;

GRANT SELECT,DELETE ON TABLE dispatch.travel_leg TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.travel_leg TO sayso_service;

GRANT INSERT(from_latitude_e7) ON TABLE dispatch.travel_leg TO sayso_service;

GRANT INSERT(from_longitude_e7) ON TABLE dispatch.travel_leg TO sayso_service;

GRANT INSERT(to_latitude_e7) ON TABLE dispatch.travel_leg TO sayso_service;

GRANT INSERT(to_longitude_e7) ON TABLE dispatch.travel_leg TO sayso_service;

GRANT INSERT(seconds),UPDATE(seconds) ON TABLE dispatch.travel_leg TO sayso_service;

GRANT INSERT(metres),UPDATE(metres) ON TABLE dispatch.travel_leg TO sayso_service;

GRANT INSERT(engine),UPDATE(engine) ON TABLE dispatch.travel_leg TO sayso_service;

GRANT INSERT(told_at),UPDATE(told_at) ON TABLE dispatch.travel_leg TO sayso_service;

GRANT SELECT ON TABLE dispatch.travel_speeds TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.travel_speeds TO sayso_service;

GRANT INSERT(version) ON TABLE dispatch.travel_speeds TO sayso_service;

GRANT INSERT(detour_percent) ON TABLE dispatch.travel_speeds TO sayso_service;

GRANT INSERT(metres_an_hour) ON TABLE dispatch.travel_speeds TO sayso_service;

GRANT INSERT(leg_seconds) ON TABLE dispatch.travel_speeds TO sayso_service;

GRANT INSERT(areas) ON TABLE dispatch.travel_speeds TO sayso_service;

GRANT INSERT(figures) ON TABLE dispatch.travel_speeds TO sayso_service;

GRANT INSERT(set_by) ON TABLE dispatch.travel_speeds TO sayso_service;

GRANT INSERT(set_at) ON TABLE dispatch.travel_speeds TO sayso_service;

GRANT SELECT,DELETE ON TABLE dispatch.unfinished_job TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.unfinished_job TO sayso_service;

GRANT INSERT(job_id) ON TABLE dispatch.unfinished_job TO sayso_service;

GRANT SELECT ON TABLE dispatch.visit TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.visit TO sayso_service;

GRANT INSERT(visit_id) ON TABLE dispatch.visit TO sayso_service;

GRANT INSERT(job_id) ON TABLE dispatch.visit TO sayso_service;

GRANT INSERT(customer_id) ON TABLE dispatch.visit TO sayso_service;

GRANT INSERT(site_id) ON TABLE dispatch.visit TO sayso_service;

GRANT INSERT(collects) ON TABLE dispatch.visit TO sayso_service;

GRANT INSERT(crew_size) ON TABLE dispatch.visit TO sayso_service;

GRANT INSERT(made_by) ON TABLE dispatch.visit TO sayso_service;

GRANT INSERT(made_at) ON TABLE dispatch.visit TO sayso_service;

GRANT SELECT ON TABLE dispatch.visit_delay TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.visit_delay TO sayso_service;

GRANT INSERT(visit_id) ON TABLE dispatch.visit_delay TO sayso_service;

GRANT INSERT(nth) ON TABLE dispatch.visit_delay TO sayso_service;

GRANT INSERT(about) ON TABLE dispatch.visit_delay TO sayso_service;

GRANT INSERT(planned_at) ON TABLE dispatch.visit_delay TO sayso_service;

GRANT INSERT(minutes) ON TABLE dispatch.visit_delay TO sayso_service;

GRANT INSERT(reason) ON TABLE dispatch.visit_delay TO sayso_service;

GRANT INSERT(told_by) ON TABLE dispatch.visit_delay TO sayso_service;

GRANT INSERT(told_at) ON TABLE dispatch.visit_delay TO sayso_service;

GRANT SELECT ON TABLE dispatch.visit_series TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.visit_series TO sayso_service;

GRANT INSERT(series_id) ON TABLE dispatch.visit_series TO sayso_service;

GRANT INSERT(customer_id) ON TABLE dispatch.visit_series TO sayso_service;

GRANT INSERT(site_id) ON TABLE dispatch.visit_series TO sayso_service;

GRANT INSERT(asset_id) ON TABLE dispatch.visit_series TO sayso_service;

GRANT INSERT(job) ON TABLE dispatch.visit_series TO sayso_service;

GRANT INSERT(rule) ON TABLE dispatch.visit_series TO sayso_service;

GRANT INSERT(starts_wall) ON TABLE dispatch.visit_series TO sayso_service;

GRANT INSERT(left_out) ON TABLE dispatch.visit_series TO sayso_service;

GRANT INSERT(added) ON TABLE dispatch.visit_series TO sayso_service;

GRANT INSERT(zone) ON TABLE dispatch.visit_series TO sayso_service;

GRANT INSERT(horizon_days) ON TABLE dispatch.visit_series TO sayso_service;

GRANT INSERT(technician_id) ON TABLE dispatch.visit_series TO sayso_service;

GRANT INSERT(crew) ON TABLE dispatch.visit_series TO sayso_service;

GRANT INSERT(via) ON TABLE dispatch.visit_series TO sayso_service;

GRANT INSERT(made_by) ON TABLE dispatch.visit_series TO sayso_service;

GRANT INSERT(made_at) ON TABLE dispatch.visit_series TO sayso_service;

GRANT SELECT ON TABLE dispatch.visit_step TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.visit_step TO sayso_service;

GRANT INSERT(visit_id) ON TABLE dispatch.visit_step TO sayso_service;

GRANT INSERT(collects) ON TABLE dispatch.visit_step TO sayso_service;

GRANT INSERT(step) ON TABLE dispatch.visit_step TO sayso_service;

GRANT INSERT(from_state) ON TABLE dispatch.visit_step TO sayso_service;

GRANT INSERT(to_state) ON TABLE dispatch.visit_step TO sayso_service;

GRANT INSERT(technician_id) ON TABLE dispatch.visit_step TO sayso_service;

GRANT INSERT(crew) ON TABLE dispatch.visit_step TO sayso_service;

GRANT INSERT(starts_at) ON TABLE dispatch.visit_step TO sayso_service;

GRANT INSERT(ends_at) ON TABLE dispatch.visit_step TO sayso_service;

GRANT INSERT(arrive_until) ON TABLE dispatch.visit_step TO sayso_service;

GRANT INSERT(zone) ON TABLE dispatch.visit_step TO sayso_service;

GRANT INSERT(starts_wall) ON TABLE dispatch.visit_step TO sayso_service;

GRANT INSERT(reason) ON TABLE dispatch.visit_step TO sayso_service;

GRANT INSERT(actor) ON TABLE dispatch.visit_step TO sayso_service;

GRANT INSERT(captured_at) ON TABLE dispatch.visit_step TO sayso_service;

GRANT SELECT ON TABLE dispatch.visit_wait TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.visit_wait TO sayso_service;

GRANT INSERT(visit_id) ON TABLE dispatch.visit_wait TO sayso_service;

GRANT INSERT(incident_id) ON TABLE dispatch.visit_wait TO sayso_service;

GRANT INSERT(starts_at) ON TABLE dispatch.visit_wait TO sayso_service;

GRANT INSERT(held_at) ON TABLE dispatch.visit_wait TO sayso_service;

GRANT SELECT ON TABLE dispatch.visit_wait_end TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.visit_wait_end TO sayso_service;

GRANT INSERT(visit_id) ON TABLE dispatch.visit_wait_end TO sayso_service;

GRANT INSERT(incident_id) ON TABLE dispatch.visit_wait_end TO sayso_service;

GRANT INSERT(outcome) ON TABLE dispatch.visit_wait_end TO sayso_service;

GRANT INSERT(ended_by) ON TABLE dispatch.visit_wait_end TO sayso_service;

GRANT INSERT(ended_at) ON TABLE dispatch.visit_wait_end TO sayso_service;

GRANT SELECT,DELETE ON TABLE dispatch.waiting_visit TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE dispatch.waiting_visit TO sayso_service;

GRANT INSERT(visit_id) ON TABLE dispatch.waiting_visit TO sayso_service;

GRANT INSERT(incident_id) ON TABLE dispatch.waiting_visit TO sayso_service;

GRANT SELECT ON TABLE evidence.dispute_answer TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE evidence.dispute_answer TO sayso_service;

GRANT INSERT(dispute_id) ON TABLE evidence.dispute_answer TO sayso_service;

GRANT INSERT(customer_id) ON TABLE evidence.dispute_answer TO sayso_service;

GRANT INSERT(currency) ON TABLE evidence.dispute_answer TO sayso_service;

GRANT INSERT(amount_minor) ON TABLE evidence.dispute_answer TO sayso_service;

GRANT INSERT(scope_id) ON TABLE evidence.dispute_answer TO sayso_service;

GRANT INSERT(about) ON TABLE evidence.dispute_answer TO sayso_service;

GRANT INSERT(asked_by) ON TABLE evidence.dispute_answer TO sayso_service;

GRANT SELECT ON TABLE evidence.dispute_answer_end TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE evidence.dispute_answer_end TO sayso_service;

GRANT INSERT(dispute_id) ON TABLE evidence.dispute_answer_end TO sayso_service;

GRANT INSERT(about) ON TABLE evidence.dispute_answer_end TO sayso_service;

GRANT INSERT(outcome) ON TABLE evidence.dispute_answer_end TO sayso_service;

GRANT INSERT(evidence_hash) ON TABLE evidence.dispute_answer_end TO sayso_service;

GRANT SELECT ON TABLE evidence.dispute_sending TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE evidence.dispute_sending TO sayso_service;

GRANT INSERT(dispute_id) ON TABLE evidence.dispute_sending TO sayso_service;

GRANT INSERT(about) ON TABLE evidence.dispute_sending TO sayso_service;

GRANT INSERT(evidence_hash) ON TABLE evidence.dispute_sending TO sayso_service;

GRANT INSERT(fields) ON TABLE evidence.dispute_sending TO sayso_service;

GRANT SELECT ON TABLE evidence.dispute_warning TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE evidence.dispute_warning TO sayso_service;

GRANT INSERT(dispute_id) ON TABLE evidence.dispute_warning TO sayso_service;

GRANT INSERT(step) ON TABLE evidence.dispute_warning TO sayso_service;

GRANT INSERT(crossing) ON TABLE evidence.dispute_warning TO sayso_service;

GRANT SELECT ON TABLE evidence.erasure TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE evidence.erasure TO sayso_service;

GRANT INSERT(erasure_id) ON TABLE evidence.erasure TO sayso_service;

GRANT INSERT(customer_id) ON TABLE evidence.erasure TO sayso_service;

GRANT INSERT(contact_id) ON TABLE evidence.erasure TO sayso_service;

GRANT INSERT(last) ON TABLE evidence.erasure TO sayso_service;

GRANT INSERT(kept_until) ON TABLE evidence.erasure TO sayso_service;

GRANT INSERT(acts) ON TABLE evidence.erasure TO sayso_service;

GRANT INSERT(contacts) ON TABLE evidence.erasure TO sayso_service;

GRANT INSERT(photos) ON TABLE evidence.erasure TO sayso_service;

GRANT INSERT(erased_by) ON TABLE evidence.erasure TO sayso_service;

GRANT SELECT ON TABLE evidence.hold TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE evidence.hold TO sayso_service;

GRANT INSERT(hold_id) ON TABLE evidence.hold TO sayso_service;

GRANT INSERT(customer_id) ON TABLE evidence.hold TO sayso_service;

GRANT INSERT(reason) ON TABLE evidence.hold TO sayso_service;

GRANT INSERT(placed_by) ON TABLE evidence.hold TO sayso_service;

GRANT SELECT ON TABLE evidence.hold_release TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE evidence.hold_release TO sayso_service;

GRANT INSERT(hold_id) ON TABLE evidence.hold_release TO sayso_service;

GRANT INSERT(released_by) ON TABLE evidence.hold_release TO sayso_service;

GRANT SELECT,INSERT ON TABLE identity.api_key_hash TO sayso_service;

GRANT SELECT ON TABLE identity.device TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE identity.device TO sayso_service;

GRANT INSERT(device_id) ON TABLE identity.device TO sayso_service;

GRANT INSERT(staff_id) ON TABLE identity.device TO sayso_service;

GRANT INSERT(name) ON TABLE identity.device TO sayso_service;

GRANT INSERT(registered_at) ON TABLE identity.device TO sayso_service;

GRANT INSERT(revoked_at),UPDATE(revoked_at) ON TABLE identity.device TO sayso_service;

GRANT SELECT,INSERT ON TABLE identity.link_hash TO sayso_service;

GRANT SELECT ON TABLE identity.logo TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE identity.logo TO sayso_service;

GRANT INSERT(logo_hash),UPDATE(logo_hash) ON TABLE identity.logo TO sayso_service;

GRANT INSERT(content),UPDATE(content) ON TABLE identity.logo TO sayso_service;

GRANT INSERT(set_at),UPDATE(set_at) ON TABLE identity.logo TO sayso_service;

GRANT SELECT ON TABLE identity.mail_link TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE identity.mail_link TO sayso_service;

GRANT INSERT(mail_link_id) ON TABLE identity.mail_link TO sayso_service;

GRANT INSERT(staff_id) ON TABLE identity.mail_link TO sayso_service;

GRANT INSERT(purpose) ON TABLE identity.mail_link TO sayso_service;

GRANT INSERT(made_at) ON TABLE identity.mail_link TO sayso_service;

GRANT INSERT(expires_at) ON TABLE identity.mail_link TO sayso_service;

GRANT INSERT(used_at),UPDATE(used_at) ON TABLE identity.mail_link TO sayso_service;

GRANT SELECT ON TABLE identity.organisation_step TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE identity.organisation_step TO sayso_service;

GRANT INSERT(version) ON TABLE identity.organisation_step TO sayso_service;

GRANT INSERT(name) ON TABLE identity.organisation_step TO sayso_service;

GRANT INSERT(zone) ON TABLE identity.organisation_step TO sayso_service;

GRANT INSERT(address) ON TABLE identity.organisation_step TO sayso_service;

GRANT INSERT(registration) ON TABLE identity.organisation_step TO sayso_service;

GRANT INSERT(phone) ON TABLE identity.organisation_step TO sayso_service;

GRANT INSERT(email) ON TABLE identity.organisation_step TO sayso_service;

GRANT INSERT(street) ON TABLE identity.organisation_step TO sayso_service;

GRANT INSERT(city) ON TABLE identity.organisation_step TO sayso_service;

GRANT INSERT(postcode) ON TABLE identity.organisation_step TO sayso_service;

GRANT INSERT(country) ON TABLE identity.organisation_step TO sayso_service;

GRANT INSERT(vat_id) ON TABLE identity.organisation_step TO sayso_service;

GRANT INSERT(tax_number) ON TABLE identity.organisation_step TO sayso_service;

GRANT INSERT(legal_id) ON TABLE identity.organisation_step TO sayso_service;

GRANT INSERT(electronic_address) ON TABLE identity.organisation_step TO sayso_service;

GRANT INSERT(account_holder) ON TABLE identity.organisation_step TO sayso_service;

GRANT INSERT(iban) ON TABLE identity.organisation_step TO sayso_service;

GRANT INSERT(bic) ON TABLE identity.organisation_step TO sayso_service;

GRANT INSERT(bank_details) ON TABLE identity.organisation_step TO sayso_service;

GRANT SELECT ON TABLE identity.partner TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE identity.partner TO sayso_service;

GRANT INSERT(partner_id) ON TABLE identity.partner TO sayso_service;

GRANT INSERT(name) ON TABLE identity.partner TO sayso_service;

GRANT INSERT(made_by) ON TABLE identity.partner TO sayso_service;

GRANT INSERT(made_at) ON TABLE identity.partner TO sayso_service;

GRANT SELECT,INSERT ON TABLE identity.public_name TO sayso_service;

GRANT SELECT ON TABLE identity.session TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE identity.session TO sayso_service;

GRANT INSERT(session_id) ON TABLE identity.session TO sayso_service;

GRANT INSERT(staff_id) ON TABLE identity.session TO sayso_service;

GRANT INSERT(began_at) ON TABLE identity.session TO sayso_service;

GRANT INSERT(generation),UPDATE(generation) ON TABLE identity.session TO sayso_service;

GRANT INSERT(refreshed_at),UPDATE(refreshed_at) ON TABLE identity.session TO sayso_service;

GRANT INSERT(ended_at),UPDATE(ended_at) ON TABLE identity.session TO sayso_service;

GRANT INSERT(end_reason),UPDATE(end_reason) ON TABLE identity.session TO sayso_service;

GRANT SELECT ON TABLE identity.session_device TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE identity.session_device TO sayso_service;

GRANT INSERT(session_id) ON TABLE identity.session_device TO sayso_service;

GRANT INSERT(device_id) ON TABLE identity.session_device TO sayso_service;

GRANT INSERT(staff_id) ON TABLE identity.session_device TO sayso_service;

GRANT SELECT,INSERT,DELETE ON TABLE identity.sign_in_address TO sayso_service;

GRANT SELECT ON TABLE identity.staff TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE identity.staff TO sayso_service;

GRANT INSERT(staff_id) ON TABLE identity.staff TO sayso_service;

GRANT INSERT(name),UPDATE(name) ON TABLE identity.staff TO sayso_service;

GRANT INSERT(email),UPDATE(email) ON TABLE identity.staff TO sayso_service;

GRANT INSERT(roles),UPDATE(roles) ON TABLE identity.staff TO sayso_service;

GRANT INSERT(password_hash),UPDATE(password_hash) ON TABLE identity.staff TO sayso_service;

GRANT INSERT(active),UPDATE(active) ON TABLE identity.staff TO sayso_service;

GRANT INSERT(version),UPDATE(version) ON TABLE identity.staff TO sayso_service;

GRANT INSERT(created_at) ON TABLE identity.staff TO sayso_service;

GRANT SELECT ON TABLE kit.checkpoint TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE kit.checkpoint TO sayso_service;

GRANT INSERT(number) ON TABLE kit.checkpoint TO sayso_service;

GRANT INSERT(until_epoch) ON TABLE kit.checkpoint TO sayso_service;

GRANT INSERT(until_transaction) ON TABLE kit.checkpoint TO sayso_service;

GRANT INSERT(sealed_at) ON TABLE kit.checkpoint TO sayso_service;

GRANT INSERT(logs) ON TABLE kit.checkpoint TO sayso_service;

GRANT INSERT(before_digest) ON TABLE kit.checkpoint TO sayso_service;

GRANT INSERT(digest) ON TABLE kit.checkpoint TO sayso_service;

GRANT INSERT(signature) ON TABLE kit.checkpoint TO sayso_service;

GRANT SELECT,INSERT,DELETE ON TABLE kit.due TO sayso_service;

GRANT UPDATE(due_at) ON TABLE kit.due TO sayso_service;

GRANT SELECT ON TABLE kit.fact TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE kit.fact TO sayso_service;

GRANT INSERT(kind) ON TABLE kit.fact TO sayso_service;

GRANT INSERT(customer_id) ON TABLE kit.fact TO sayso_service;

GRANT INSERT(subject_kind) ON TABLE kit.fact TO sayso_service;

GRANT INSERT(subject_id) ON TABLE kit.fact TO sayso_service;

GRANT INSERT(body) ON TABLE kit.fact TO sayso_service;

GRANT INSERT(actor) ON TABLE kit.fact TO sayso_service;

GRANT INSERT(request_id) ON TABLE kit.fact TO sayso_service;

GRANT INSERT(occurred_at) ON TABLE kit.fact TO sayso_service;

GRANT SELECT,DELETE ON TABLE kit.idempotency TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE kit.idempotency TO sayso_service;

GRANT INSERT(principal) ON TABLE kit.idempotency TO sayso_service;

GRANT INSERT(route) ON TABLE kit.idempotency TO sayso_service;

GRANT INSERT(key_hash) ON TABLE kit.idempotency TO sayso_service;

GRANT INSERT(body_hash) ON TABLE kit.idempotency TO sayso_service;

GRANT INSERT(status) ON TABLE kit.idempotency TO sayso_service;

GRANT INSERT(code) ON TABLE kit.idempotency TO sayso_service;

GRANT INSERT(body) ON TABLE kit.idempotency TO sayso_service;

GRANT INSERT(created_at) ON TABLE kit.idempotency TO sayso_service;

GRANT SELECT,DELETE ON TABLE kit.task TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE kit.task TO sayso_service;

GRANT INSERT(task_id) ON TABLE kit.task TO sayso_service;

GRANT INSERT(kind) ON TABLE kit.task TO sayso_service;

GRANT INSERT(subject_id) ON TABLE kit.task TO sayso_service;

GRANT INSERT(body) ON TABLE kit.task TO sayso_service;

GRANT INSERT(state),UPDATE(state) ON TABLE kit.task TO sayso_service;

GRANT INSERT(attempts),UPDATE(attempts) ON TABLE kit.task TO sayso_service;

GRANT INSERT(due_at),UPDATE(due_at) ON TABLE kit.task TO sayso_service;

GRANT INSERT(lease_token),UPDATE(lease_token) ON TABLE kit.task TO sayso_service;

GRANT INSERT(leased_until),UPDATE(leased_until) ON TABLE kit.task TO sayso_service;

GRANT INSERT(last_error),UPDATE(last_error) ON TABLE kit.task TO sayso_service;

GRANT INSERT(request_id) ON TABLE kit.task TO sayso_service;

GRANT INSERT(created_at) ON TABLE kit.task TO sayso_service;

GRANT INSERT(finished_at),UPDATE(finished_at) ON TABLE kit.task TO sayso_service;

GRANT SELECT ON TABLE notices.dead_address TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE notices.dead_address TO sayso_service;

GRANT INSERT(contact_id) ON TABLE notices.dead_address TO sayso_service;

GRANT INSERT(contact_version) ON TABLE notices.dead_address TO sayso_service;

GRANT INSERT(notice_id) ON TABLE notices.dead_address TO sayso_service;

GRANT INSERT(status) ON TABLE notices.dead_address TO sayso_service;

GRANT INSERT(told_at) ON TABLE notices.dead_address TO sayso_service;

GRANT SELECT ON TABLE notices.followed TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE notices.followed TO sayso_service;

GRANT INSERT(facts_epoch),UPDATE(facts_epoch) ON TABLE notices.followed TO sayso_service;

GRANT INSERT(transaction_id),UPDATE(transaction_id) ON TABLE notices.followed TO sayso_service;

GRANT INSERT(sequence),UPDATE(sequence) ON TABLE notices.followed TO sayso_service;

GRANT SELECT ON TABLE notices.notice TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE notices.notice TO sayso_service;

GRANT INSERT(notice_id) ON TABLE notices.notice TO sayso_service;

GRANT INSERT(kind) ON TABLE notices.notice TO sayso_service;

GRANT INSERT(customer_id) ON TABLE notices.notice TO sayso_service;

GRANT INSERT(contact_id) ON TABLE notices.notice TO sayso_service;

GRANT INSERT(staff_id) ON TABLE notices.notice TO sayso_service;

GRANT INSERT(subject_kind) ON TABLE notices.notice TO sayso_service;

GRANT INSERT(subject_id) ON TABLE notices.notice TO sayso_service;

GRANT INSERT(queued_at) ON TABLE notices.notice TO sayso_service;

GRANT SELECT ON TABLE notices.notice_step TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE notices.notice_step TO sayso_service;

GRANT INSERT(notice_id) ON TABLE notices.notice_step TO sayso_service;

GRANT INSERT(step) ON TABLE notices.notice_step TO sayso_service;

GRANT INSERT(from_state) ON TABLE notices.notice_step TO sayso_service;

GRANT INSERT(to_state) ON TABLE notices.notice_step TO sayso_service;

GRANT INSERT(sends) ON TABLE notices.notice_step TO sayso_service;

GRANT INSERT(unknowns) ON TABLE notices.notice_step TO sayso_service;

GRANT INSERT(way) ON TABLE notices.notice_step TO sayso_service;

GRANT INSERT(channel) ON TABLE notices.notice_step TO sayso_service;

GRANT INSERT(contact_id) ON TABLE notices.notice_step TO sayso_service;

GRANT INSERT(contact_version) ON TABLE notices.notice_step TO sayso_service;

GRANT INSERT(reason) ON TABLE notices.notice_step TO sayso_service;

GRANT INSERT(answer_code) ON TABLE notices.notice_step TO sayso_service;

GRANT INSERT(recorded_at) ON TABLE notices.notice_step TO sayso_service;

GRANT SELECT,DELETE ON TABLE notices.open_reach TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE notices.open_reach TO sayso_service;

GRANT INSERT(notice_id) ON TABLE notices.open_reach TO sayso_service;

GRANT INSERT(due_at) ON TABLE notices.open_reach TO sayso_service;

GRANT SELECT ON TABLE notices.opt_out TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE notices.opt_out TO sayso_service;

GRANT INSERT(customer_id) ON TABLE notices.opt_out TO sayso_service;

GRANT INSERT(kind) ON TABLE notices.opt_out TO sayso_service;

GRANT INSERT(step) ON TABLE notices.opt_out TO sayso_service;

GRANT INSERT("out") ON TABLE notices.opt_out TO sayso_service;

GRANT INSERT(via) ON TABLE notices.opt_out TO sayso_service;

GRANT INSERT(said_by) ON TABLE notices.opt_out TO sayso_service;

GRANT INSERT(said_at) ON TABLE notices.opt_out TO sayso_service;

GRANT SELECT ON TABLE notices.reach TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE notices.reach TO sayso_service;

GRANT INSERT(notice_id) ON TABLE notices.reach TO sayso_service;

GRANT INSERT(customer_id) ON TABLE notices.reach TO sayso_service;

GRANT INSERT(due_at) ON TABLE notices.reach TO sayso_service;

GRANT INSERT(opened_at) ON TABLE notices.reach TO sayso_service;

GRANT SELECT ON TABLE notices.reach_ending TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE notices.reach_ending TO sayso_service;

GRANT INSERT(notice_id) ON TABLE notices.reach_ending TO sayso_service;

GRANT INSERT(outcome) ON TABLE notices.reach_ending TO sayso_service;

GRANT INSERT(message_id) ON TABLE notices.reach_ending TO sayso_service;

GRANT INSERT(ended_by) ON TABLE notices.reach_ending TO sayso_service;

GRANT INSERT(ended_at) ON TABLE notices.reach_ending TO sayso_service;

GRANT SELECT ON TABLE notices.rule TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE notices.rule TO sayso_service;

GRANT INSERT(version) ON TABLE notices.rule TO sayso_service;

GRANT INSERT(kind) ON TABLE notices.rule TO sayso_service;

GRANT INSERT(channels) ON TABLE notices.rule TO sayso_service;

GRANT INSERT(quiet) ON TABLE notices.rule TO sayso_service;

GRANT INSERT(every_minutes) ON TABLE notices.rule TO sayso_service;

GRANT INSERT(excess) ON TABLE notices.rule TO sayso_service;

GRANT INSERT(language) ON TABLE notices.rule TO sayso_service;

GRANT INSERT(reach) ON TABLE notices.rule TO sayso_service;

GRANT SELECT ON TABLE notices.rule_set TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE notices.rule_set TO sayso_service;

GRANT INSERT(version) ON TABLE notices.rule_set TO sayso_service;

GRANT INSERT(quiet_from) ON TABLE notices.rule_set TO sayso_service;

GRANT INSERT(quiet_until) ON TABLE notices.rule_set TO sayso_service;

GRANT INSERT(set_by) ON TABLE notices.rule_set TO sayso_service;

GRANT INSERT(set_at) ON TABLE notices.rule_set TO sayso_service;

GRANT SELECT ON TABLE notices.text_stop TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE notices.text_stop TO sayso_service;

GRANT INSERT(number_hash) ON TABLE notices.text_stop TO sayso_service;

GRANT INSERT(step) ON TABLE notices.text_stop TO sayso_service;

GRANT INSERT(stopped) ON TABLE notices.text_stop TO sayso_service;

GRANT INSERT(said_at) ON TABLE notices.text_stop TO sayso_service;

GRANT SELECT ON TABLE promises.ending TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE promises.ending TO sayso_service;

GRANT INSERT(promise_id) ON TABLE promises.ending TO sayso_service;

GRANT INSERT(due_at) ON TABLE promises.ending TO sayso_service;

GRANT INSERT(outcome) ON TABLE promises.ending TO sayso_service;

GRANT INSERT(happened_at) ON TABLE promises.ending TO sayso_service;

GRANT INSERT(ended_by) ON TABLE promises.ending TO sayso_service;

GRANT SELECT ON TABLE promises.escalation TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE promises.escalation TO sayso_service;

GRANT INSERT(promise_id) ON TABLE promises.escalation TO sayso_service;

GRANT INSERT(due_at) ON TABLE promises.escalation TO sayso_service;

GRANT INSERT(to_staff_id) ON TABLE promises.escalation TO sayso_service;

GRANT INSERT(escalated_at) ON TABLE promises.escalation TO sayso_service;

GRANT SELECT ON TABLE promises.handing TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE promises.handing TO sayso_service;

GRANT INSERT(promise_id) ON TABLE promises.handing TO sayso_service;

GRANT INSERT(number) ON TABLE promises.handing TO sayso_service;

GRANT INSERT(to_staff_id) ON TABLE promises.handing TO sayso_service;

GRANT INSERT(handed_at) ON TABLE promises.handing TO sayso_service;

GRANT SELECT,DELETE ON TABLE promises.open_promise TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE promises.open_promise TO sayso_service;

GRANT INSERT(promise_id) ON TABLE promises.open_promise TO sayso_service;

GRANT INSERT(due_at) ON TABLE promises.open_promise TO sayso_service;

GRANT SELECT ON TABLE promises.policy TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE promises.policy TO sayso_service;

GRANT INSERT(version) ON TABLE promises.policy TO sayso_service;

GRANT INSERT(opens_minute) ON TABLE promises.policy TO sayso_service;

GRANT INSERT(closes_minute) ON TABLE promises.policy TO sayso_service;

GRANT INSERT(rests_on_holidays) ON TABLE promises.policy TO sayso_service;

GRANT INSERT(place) ON TABLE promises.policy TO sayso_service;

GRANT INSERT(warn_minutes) ON TABLE promises.policy TO sayso_service;

GRANT INSERT(escalates_to) ON TABLE promises.policy TO sayso_service;

GRANT INSERT(set_by) ON TABLE promises.policy TO sayso_service;

GRANT INSERT(set_at) ON TABLE promises.policy TO sayso_service;

GRANT SELECT ON TABLE promises.promise TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE promises.promise TO sayso_service;

GRANT INSERT(promise_id) ON TABLE promises.promise TO sayso_service;

GRANT INSERT(customer_id) ON TABLE promises.promise TO sayso_service;

GRANT INSERT(kind) ON TABLE promises.promise TO sayso_service;

GRANT INSERT(subject_kind) ON TABLE promises.promise TO sayso_service;

GRANT INSERT(subject_id) ON TABLE promises.promise TO sayso_service;

GRANT INSERT(due_at) ON TABLE promises.promise TO sayso_service;

GRANT INSERT(owner_staff_id) ON TABLE promises.promise TO sayso_service;

GRANT INSERT(via) ON TABLE promises.promise TO sayso_service;

GRANT INSERT(made_by) ON TABLE promises.promise TO sayso_service;

GRANT INSERT(made_at) ON TABLE promises.promise TO sayso_service;

GRANT SELECT ON TABLE promises.renewal TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE promises.renewal TO sayso_service;

GRANT INSERT(renewed_id) ON TABLE promises.renewal TO sayso_service;

GRANT INSERT(promise_id) ON TABLE promises.renewal TO sayso_service;

GRANT SELECT ON TABLE promises.warning TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE promises.warning TO sayso_service;

GRANT INSERT(promise_id) ON TABLE promises.warning TO sayso_service;

GRANT INSERT(due_at) ON TABLE promises.warning TO sayso_service;

GRANT INSERT(warned_staff_id) ON TABLE promises.warning TO sayso_service;

GRANT INSERT(warned_at) ON TABLE promises.warning TO sayso_service;

GRANT SELECT,DELETE ON TABLE promises.wording TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE promises.wording TO sayso_service;

GRANT INSERT(promise_id) ON TABLE promises.wording TO sayso_service;

GRANT INSERT(customer_id) ON TABLE promises.wording TO sayso_service;

GRANT INSERT(words) ON TABLE promises.wording TO sayso_service;

GRANT SELECT ON TABLE public.migration TO sayso_service;

GRANT SELECT ON TABLE subscriptions.incident TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE subscriptions.incident TO sayso_service;

GRANT INSERT(incident_id) ON TABLE subscriptions.incident TO sayso_service;

GRANT INSERT(what) ON TABLE subscriptions.incident TO sayso_service;

GRANT INSERT(kind) ON TABLE subscriptions.incident TO sayso_service;

GRANT INSERT(tags) ON TABLE subscriptions.incident TO sayso_service;

GRANT INSERT(symptoms) ON TABLE subscriptions.incident TO sayso_service;

GRANT INSERT(is_public) ON TABLE subscriptions.incident TO sayso_service;

GRANT INSERT(area) ON TABLE subscriptions.incident TO sayso_service;

GRANT INSERT(begins_at) ON TABLE subscriptions.incident TO sayso_service;

GRANT INSERT(until_at),UPDATE(until_at) ON TABLE subscriptions.incident TO sayso_service;

GRANT INSERT(estimate),UPDATE(estimate) ON TABLE subscriptions.incident TO sayso_service;

GRANT INSERT(declared_by) ON TABLE subscriptions.incident TO sayso_service;

GRANT INSERT(declared_at) ON TABLE subscriptions.incident TO sayso_service;

GRANT SELECT ON TABLE subscriptions.incident_end TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE subscriptions.incident_end TO sayso_service;

GRANT INSERT(incident_id) ON TABLE subscriptions.incident_end TO sayso_service;

GRANT INSERT(closed_by) ON TABLE subscriptions.incident_end TO sayso_service;

GRANT INSERT(closed_at) ON TABLE subscriptions.incident_end TO sayso_service;

GRANT SELECT ON TABLE subscriptions.incident_estimate TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE subscriptions.incident_estimate TO sayso_service;

GRANT INSERT(incident_id) ON TABLE subscriptions.incident_estimate TO sayso_service;

GRANT INSERT(step) ON TABLE subscriptions.incident_estimate TO sayso_service;

GRANT INSERT(until_before) ON TABLE subscriptions.incident_estimate TO sayso_service;

GRANT INSERT(until_at) ON TABLE subscriptions.incident_estimate TO sayso_service;

GRANT INSERT(reason) ON TABLE subscriptions.incident_estimate TO sayso_service;

GRANT INSERT(moved_by) ON TABLE subscriptions.incident_estimate TO sayso_service;

GRANT INSERT(moved_at) ON TABLE subscriptions.incident_estimate TO sayso_service;

GRANT SELECT ON TABLE subscriptions.incident_explanation TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE subscriptions.incident_explanation TO sayso_service;

GRANT INSERT(incident_id) ON TABLE subscriptions.incident_explanation TO sayso_service;

GRANT INSERT(step) ON TABLE subscriptions.incident_explanation TO sayso_service;

GRANT INSERT(words) ON TABLE subscriptions.incident_explanation TO sayso_service;

GRANT INSERT(said_by) ON TABLE subscriptions.incident_explanation TO sayso_service;

GRANT INSERT(said_at) ON TABLE subscriptions.incident_explanation TO sayso_service;

GRANT SELECT ON TABLE subscriptions.incident_heard TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE subscriptions.incident_heard TO sayso_service;

GRANT INSERT(incident_id) ON TABLE subscriptions.incident_heard TO sayso_service;

GRANT INSERT(until_epoch),UPDATE(until_epoch) ON TABLE subscriptions.incident_heard TO sayso_service;

GRANT INSERT(until_transaction),UPDATE(until_transaction) ON TABLE subscriptions.incident_heard TO sayso_service;

GRANT INSERT(estimate),UPDATE(estimate) ON TABLE subscriptions.incident_heard TO sayso_service;

GRANT INSERT(ended),UPDATE(ended) ON TABLE subscriptions.incident_heard TO sayso_service;

GRANT SELECT ON TABLE subscriptions.incident_reach TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE subscriptions.incident_reach TO sayso_service;

GRANT INSERT(incident_id) ON TABLE subscriptions.incident_reach TO sayso_service;

GRANT INSERT("position") ON TABLE subscriptions.incident_reach TO sayso_service;

GRANT INSERT(customer_id) ON TABLE subscriptions.incident_reach TO sayso_service;

GRANT INSERT(site_id) ON TABLE subscriptions.incident_reach TO sayso_service;

GRANT INSERT(subscription_id) ON TABLE subscriptions.incident_reach TO sayso_service;

GRANT INSERT(widened_at) ON TABLE subscriptions.incident_reach TO sayso_service;

GRANT SELECT ON TABLE subscriptions.incident_told TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE subscriptions.incident_told TO sayso_service;

GRANT INSERT(incident_id) ON TABLE subscriptions.incident_told TO sayso_service;

GRANT INSERT(customer_id) ON TABLE subscriptions.incident_told TO sayso_service;

GRANT INSERT(news) ON TABLE subscriptions.incident_told TO sayso_service;

GRANT INSERT(estimate) ON TABLE subscriptions.incident_told TO sayso_service;

GRANT INSERT(promise_id) ON TABLE subscriptions.incident_told TO sayso_service;

GRANT INSERT(told_at) ON TABLE subscriptions.incident_told TO sayso_service;

GRANT SELECT,DELETE ON TABLE subscriptions.lapsing TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE subscriptions.lapsing TO sayso_service;

GRANT INSERT(subscription_id) ON TABLE subscriptions.lapsing TO sayso_service;

GRANT INSERT(customer_id) ON TABLE subscriptions.lapsing TO sayso_service;

GRANT INSERT(from_on),UPDATE(from_on) ON TABLE subscriptions.lapsing TO sayso_service;

GRANT SELECT ON TABLE subscriptions.lapsing_cursor TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE subscriptions.lapsing_cursor TO sayso_service;

GRANT INSERT(until_epoch),UPDATE(until_epoch) ON TABLE subscriptions.lapsing_cursor TO sayso_service;

GRANT INSERT(until_transaction),UPDATE(until_transaction) ON TABLE subscriptions.lapsing_cursor TO sayso_service;

GRANT SELECT ON TABLE subscriptions.network_state TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE subscriptions.network_state TO sayso_service;

GRANT INSERT(subscription_id) ON TABLE subscriptions.network_state TO sayso_service;

GRANT INSERT(step) ON TABLE subscriptions.network_state TO sayso_service;

GRANT INSERT(before) ON TABLE subscriptions.network_state TO sayso_service;

GRANT INSERT(state) ON TABLE subscriptions.network_state TO sayso_service;

GRANT INSERT(observed_at) ON TABLE subscriptions.network_state TO sayso_service;

GRANT INSERT(reported_by) ON TABLE subscriptions.network_state TO sayso_service;

GRANT SELECT ON TABLE subscriptions.paid_period TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE subscriptions.paid_period TO sayso_service;

GRANT INSERT(subscription_id) ON TABLE subscriptions.paid_period TO sayso_service;

GRANT INSERT(number) ON TABLE subscriptions.paid_period TO sayso_service;

GRANT INSERT(step) ON TABLE subscriptions.paid_period TO sayso_service;

GRANT INSERT(until_on) ON TABLE subscriptions.paid_period TO sayso_service;

GRANT INSERT(payment_id) ON TABLE subscriptions.paid_period TO sayso_service;

GRANT INSERT(happened_at) ON TABLE subscriptions.paid_period TO sayso_service;

GRANT INSERT(actor) ON TABLE subscriptions.paid_period TO sayso_service;

GRANT SELECT ON TABLE subscriptions.period TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE subscriptions.period TO sayso_service;

GRANT INSERT(subscription_id) ON TABLE subscriptions.period TO sayso_service;

GRANT INSERT(number) ON TABLE subscriptions.period TO sayso_service;

GRANT INSERT(scope_id) ON TABLE subscriptions.period TO sayso_service;

GRANT INSERT(begins_on) ON TABLE subscriptions.period TO sayso_service;

GRANT INSERT(previous_until_on) ON TABLE subscriptions.period TO sayso_service;

GRANT INSERT(from_on) ON TABLE subscriptions.period TO sayso_service;

GRANT INSERT(until_on) ON TABLE subscriptions.period TO sayso_service;

GRANT INSERT(period_months) ON TABLE subscriptions.period TO sayso_service;

GRANT INSERT(anchor_day) ON TABLE subscriptions.period TO sayso_service;

GRANT INSERT(zone) ON TABLE subscriptions.period TO sayso_service;

GRANT INSERT(step) ON TABLE subscriptions.period TO sayso_service;

GRANT INSERT(state) ON TABLE subscriptions.period TO sayso_service;

GRANT INSERT(reasons) ON TABLE subscriptions.period TO sayso_service;

GRANT INSERT(item_id) ON TABLE subscriptions.period TO sayso_service;

GRANT INSERT(authorised_at) ON TABLE subscriptions.period TO sayso_service;

GRANT INSERT(period_ticks) ON TABLE subscriptions.period TO sayso_service;

GRANT INSERT(denominator) ON TABLE subscriptions.period TO sayso_service;

GRANT INSERT(price_numerator) ON TABLE subscriptions.period TO sayso_service;

GRANT INSERT(price_denominator) ON TABLE subscriptions.period TO sayso_service;

GRANT INSERT(work_record_id) ON TABLE subscriptions.period TO sayso_service;

GRANT INSERT(invoice_id) ON TABLE subscriptions.period TO sayso_service;

GRANT INSERT(bill_seq) ON TABLE subscriptions.period TO sayso_service;

GRANT INSERT(bill_closes) ON TABLE subscriptions.period TO sayso_service;

GRANT INSERT(billed_before) ON TABLE subscriptions.period TO sayso_service;

GRANT INSERT(billed_after) ON TABLE subscriptions.period TO sayso_service;

GRANT INSERT(net_before) ON TABLE subscriptions.period TO sayso_service;

GRANT INSERT(net_after) ON TABLE subscriptions.period TO sayso_service;

GRANT INSERT(granted_at) ON TABLE subscriptions.period TO sayso_service;

GRANT INSERT(granted_by) ON TABLE subscriptions.period TO sayso_service;

GRANT SELECT ON TABLE subscriptions.plan_change TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE subscriptions.plan_change TO sayso_service;

GRANT INSERT(successor_id) ON TABLE subscriptions.plan_change TO sayso_service;

GRANT INSERT(subscription_id) ON TABLE subscriptions.plan_change TO sayso_service;

GRANT INSERT(customer_id) ON TABLE subscriptions.plan_change TO sayso_service;

GRANT INSERT(asked_by) ON TABLE subscriptions.plan_change TO sayso_service;

GRANT INSERT(asked_at) ON TABLE subscriptions.plan_change TO sayso_service;

GRANT SELECT ON TABLE subscriptions.plan_change_end TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE subscriptions.plan_change_end TO sayso_service;

GRANT INSERT(successor_id) ON TABLE subscriptions.plan_change_end TO sayso_service;

GRANT INSERT(subscription_id) ON TABLE subscriptions.plan_change_end TO sayso_service;

GRANT INSERT(outcome) ON TABLE subscriptions.plan_change_end TO sayso_service;

GRANT INSERT(ended_step) ON TABLE subscriptions.plan_change_end TO sayso_service;

GRANT INSERT(ended_at) ON TABLE subscriptions.plan_change_end TO sayso_service;

GRANT SELECT ON TABLE subscriptions.provisioning_order TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE subscriptions.provisioning_order TO sayso_service;

GRANT INSERT(subscription_id) ON TABLE subscriptions.provisioning_order TO sayso_service;

GRANT INSERT(sequence) ON TABLE subscriptions.provisioning_order TO sayso_service;

GRANT INSERT(round) ON TABLE subscriptions.provisioning_order TO sayso_service;

GRANT INSERT(state) ON TABLE subscriptions.provisioning_order TO sayso_service;

GRANT INSERT(network_step) ON TABLE subscriptions.provisioning_order TO sayso_service;

GRANT INSERT(network_state) ON TABLE subscriptions.provisioning_order TO sayso_service;

GRANT INSERT(ordered_at) ON TABLE subscriptions.provisioning_order TO sayso_service;

GRANT SELECT ON TABLE subscriptions.provisioning_step TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE subscriptions.provisioning_step TO sayso_service;

GRANT INSERT(subscription_id) ON TABLE subscriptions.provisioning_step TO sayso_service;

GRANT INSERT(sequence) ON TABLE subscriptions.provisioning_step TO sayso_service;

GRANT INSERT(round) ON TABLE subscriptions.provisioning_step TO sayso_service;

GRANT INSERT(step) ON TABLE subscriptions.provisioning_step TO sayso_service;

GRANT INSERT(from_outcome) ON TABLE subscriptions.provisioning_step TO sayso_service;

GRANT INSERT(outcome) ON TABLE subscriptions.provisioning_step TO sayso_service;

GRANT INSERT(detail) ON TABLE subscriptions.provisioning_step TO sayso_service;

GRANT INSERT(happened_at) ON TABLE subscriptions.provisioning_step TO sayso_service;

GRANT SELECT ON TABLE subscriptions.renewal_call TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE subscriptions.renewal_call TO sayso_service;

GRANT INSERT(call_id) ON TABLE subscriptions.renewal_call TO sayso_service;

GRANT INSERT(subscription_id) ON TABLE subscriptions.renewal_call TO sayso_service;

GRANT INSERT(customer_id) ON TABLE subscriptions.renewal_call TO sayso_service;

GRANT INSERT(outcome) ON TABLE subscriptions.renewal_call TO sayso_service;

GRANT INSERT(subscription_step) ON TABLE subscriptions.renewal_call TO sayso_service;

GRANT INSERT(called_by) ON TABLE subscriptions.renewal_call TO sayso_service;

GRANT INSERT(called_at) ON TABLE subscriptions.renewal_call TO sayso_service;

GRANT SELECT ON TABLE subscriptions.subscription TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE subscriptions.subscription TO sayso_service;

GRANT INSERT(subscription_id) ON TABLE subscriptions.subscription TO sayso_service;

GRANT INSERT(customer_id) ON TABLE subscriptions.subscription TO sayso_service;

GRANT INSERT(site_id) ON TABLE subscriptions.subscription TO sayso_service;

GRANT INSERT(scope_id) ON TABLE subscriptions.subscription TO sayso_service;

GRANT INSERT(plan_item_id) ON TABLE subscriptions.subscription TO sayso_service;

GRANT INSERT(plan_effective_on) ON TABLE subscriptions.subscription TO sayso_service;

GRANT INSERT(reference) ON TABLE subscriptions.subscription TO sayso_service;

GRANT INSERT(currency) ON TABLE subscriptions.subscription TO sayso_service;

GRANT INSERT(amount_minor) ON TABLE subscriptions.subscription TO sayso_service;

GRANT INSERT(period_months) ON TABLE subscriptions.subscription TO sayso_service;

GRANT INSERT(anchor_day) ON TABLE subscriptions.subscription TO sayso_service;

GRANT INSERT(begins_on) ON TABLE subscriptions.subscription TO sayso_service;

GRANT INSERT(zone) ON TABLE subscriptions.subscription TO sayso_service;

GRANT INSERT(grace_days) ON TABLE subscriptions.subscription TO sayso_service;

GRANT INSERT(created_at) ON TABLE subscriptions.subscription TO sayso_service;

GRANT SELECT ON TABLE subscriptions.subscription_step TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE subscriptions.subscription_step TO sayso_service;

GRANT INSERT(subscription_id) ON TABLE subscriptions.subscription_step TO sayso_service;

GRANT INSERT(step) ON TABLE subscriptions.subscription_step TO sayso_service;

GRANT INSERT(kind) ON TABLE subscriptions.subscription_step TO sayso_service;

GRANT INSERT(reason) ON TABLE subscriptions.subscription_step TO sayso_service;

GRANT INSERT(begins_on) ON TABLE subscriptions.subscription_step TO sayso_service;

GRANT INSERT(grace_days) ON TABLE subscriptions.subscription_step TO sayso_service;

GRANT INSERT(zone) ON TABLE subscriptions.subscription_step TO sayso_service;

GRANT INSERT(from_state) ON TABLE subscriptions.subscription_step TO sayso_service;

GRANT INSERT(to_state) ON TABLE subscriptions.subscription_step TO sayso_service;

GRANT INSERT(reasons_before) ON TABLE subscriptions.subscription_step TO sayso_service;

GRANT INSERT(reasons_after) ON TABLE subscriptions.subscription_step TO sayso_service;

GRANT INSERT(paid_number_before) ON TABLE subscriptions.subscription_step TO sayso_service;

GRANT INSERT(paid_number) ON TABLE subscriptions.subscription_step TO sayso_service;

GRANT INSERT(paid_step) ON TABLE subscriptions.subscription_step TO sayso_service;

GRANT INSERT(paid_until_on) ON TABLE subscriptions.subscription_step TO sayso_service;

GRANT INSERT(happened_at) ON TABLE subscriptions.subscription_step TO sayso_service;

GRANT INSERT(actor) ON TABLE subscriptions.subscription_step TO sayso_service;

GRANT INSERT(reopened_step) ON TABLE subscriptions.subscription_step TO sayso_service;

GRANT SELECT,DELETE ON TABLE subscriptions.subscription_tag TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE subscriptions.subscription_tag TO sayso_service;

GRANT INSERT(subscription_id) ON TABLE subscriptions.subscription_tag TO sayso_service;

GRANT INSERT(tag) ON TABLE subscriptions.subscription_tag TO sayso_service;

GRANT SELECT,DELETE ON TABLE webhooks.attempt TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE webhooks.attempt TO sayso_service;

GRANT INSERT(delivery_id) ON TABLE webhooks.attempt TO sayso_service;

GRANT INSERT(attempt_id) ON TABLE webhooks.attempt TO sayso_service;

GRANT INSERT(at) ON TABLE webhooks.attempt TO sayso_service;

GRANT INSERT(took_ms) ON TABLE webhooks.attempt TO sayso_service;

GRANT INSERT(outcome) ON TABLE webhooks.attempt TO sayso_service;

GRANT INSERT(status) ON TABLE webhooks.attempt TO sayso_service;

GRANT INSERT(said) ON TABLE webhooks.attempt TO sayso_service;

GRANT SELECT,DELETE ON TABLE webhooks.delivery TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE webhooks.delivery TO sayso_service;

GRANT INSERT(delivery_id) ON TABLE webhooks.delivery TO sayso_service;

GRANT INSERT(webhook_id) ON TABLE webhooks.delivery TO sayso_service;

GRANT INSERT(facts_epoch) ON TABLE webhooks.delivery TO sayso_service;

GRANT INSERT(transaction_id) ON TABLE webhooks.delivery TO sayso_service;

GRANT INSERT(sequence) ON TABLE webhooks.delivery TO sayso_service;

GRANT INSERT(kind) ON TABLE webhooks.delivery TO sayso_service;

GRANT INSERT(subject_kind) ON TABLE webhooks.delivery TO sayso_service;

GRANT INSERT(subject_id) ON TABLE webhooks.delivery TO sayso_service;

GRANT INSERT(state),UPDATE(state) ON TABLE webhooks.delivery TO sayso_service;

GRANT INSERT(attempts),UPDATE(attempts) ON TABLE webhooks.delivery TO sayso_service;

GRANT INSERT(tried_since),UPDATE(tried_since) ON TABLE webhooks.delivery TO sayso_service;

GRANT INSERT(due_at),UPDATE(due_at) ON TABLE webhooks.delivery TO sayso_service;

GRANT INSERT(ended_at),UPDATE(ended_at) ON TABLE webhooks.delivery TO sayso_service;

GRANT INSERT(made_at) ON TABLE webhooks.delivery TO sayso_service;

GRANT SELECT ON TABLE webhooks.progress TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE webhooks.progress TO sayso_service;

GRANT INSERT(webhook_id) ON TABLE webhooks.progress TO sayso_service;

GRANT INSERT(facts_epoch),UPDATE(facts_epoch) ON TABLE webhooks.progress TO sayso_service;

GRANT INSERT(transaction_id),UPDATE(transaction_id) ON TABLE webhooks.progress TO sayso_service;

GRANT INSERT(sequence),UPDATE(sequence) ON TABLE webhooks.progress TO sayso_service;

GRANT INSERT(failing_since),UPDATE(failing_since) ON TABLE webhooks.progress TO sayso_service;

GRANT INSERT(silent_rounds),UPDATE(silent_rounds) ON TABLE webhooks.progress TO sayso_service;

GRANT SELECT ON TABLE webhooks.webhook TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE webhooks.webhook TO sayso_service;

GRANT INSERT(webhook_id) ON TABLE webhooks.webhook TO sayso_service;

GRANT INSERT(place),UPDATE(place) ON TABLE webhooks.webhook TO sayso_service;

GRANT INSERT(url),UPDATE(url) ON TABLE webhooks.webhook TO sayso_service;

GRANT INSERT(description),UPDATE(description) ON TABLE webhooks.webhook TO sayso_service;

GRANT INSERT(kinds),UPDATE(kinds) ON TABLE webhooks.webhook TO sayso_service;

GRANT INSERT(scopes) ON TABLE webhooks.webhook TO sayso_service;

GRANT INSERT(secret_number),UPDATE(secret_number) ON TABLE webhooks.webhook TO sayso_service;

GRANT INSERT(former_secret_until),UPDATE(former_secret_until) ON TABLE webhooks.webhook TO sayso_service;

GRANT INSERT(step),UPDATE(step) ON TABLE webhooks.webhook TO sayso_service;

GRANT INSERT(state),UPDATE(state) ON TABLE webhooks.webhook TO sayso_service;

GRANT INSERT(version),UPDATE(version) ON TABLE webhooks.webhook TO sayso_service;

GRANT INSERT(made_by) ON TABLE webhooks.webhook TO sayso_service;

GRANT INSERT(made_at) ON TABLE webhooks.webhook TO sayso_service;

GRANT SELECT ON TABLE webhooks.webhook_step TO sayso_service;

GRANT INSERT(organisation_id) ON TABLE webhooks.webhook_step TO sayso_service;

GRANT INSERT(webhook_id) ON TABLE webhooks.webhook_step TO sayso_service;

GRANT INSERT(step) ON TABLE webhooks.webhook_step TO sayso_service;

GRANT INSERT(from_state) ON TABLE webhooks.webhook_step TO sayso_service;

GRANT INSERT(to_state) ON TABLE webhooks.webhook_step TO sayso_service;

GRANT INSERT(because) ON TABLE webhooks.webhook_step TO sayso_service;

GRANT INSERT(actor) ON TABLE webhooks.webhook_step TO sayso_service;

GRANT INSERT(at) ON TABLE webhooks.webhook_step TO sayso_service;

ALTER DEFAULT PRIVILEGES FOR ROLE sayso_owner REVOKE ALL ON FUNCTIONS FROM PUBLIC;
