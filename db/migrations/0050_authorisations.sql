-- Authorisations: what the customer agreed to, what was done, and the one chain of running totals that both vouch for.
-- Append-only throughout; the foreign keys carry the values they vouch for, so no role, race or raw statement spends past them.

create schema authorisations;
grant usage on schema authorisations to sayso_service;

-- The domain keeps a hash of one kind of document from passing for another's.
create function authorisations.seal(domain text, body text) returns bytea language plpgsql immutable strict parallel safe as $$ begin
  return sha256(convert_to(domain || chr(10) || body, 'UTF8'));
end $$;

create function authorisations.microseconds(at timestamptz) returns bigint language plpgsql immutable strict parallel safe as $$ begin
  return (extract(epoch from at - pg_catalog.timestamptz '1970-01-01 00:00:00+00') * 1000000)::bigint;
end $$;

-- A quantity as exact text: a decimal where one ends within six places, else a reduced fraction.
create function authorisations.quantity(ticks numeric, denominator numeric) returns text language sql immutable strict parallel safe
  return case when (ticks * 1000000) % denominator = 0 then trim_scale(round(ticks / denominator, 6))::text
    else (div(ticks, gcd(ticks, denominator)))::text || '/' || (div(denominator, gcd(ticks, denominator)))::text end;

create function authorisations.fraction(numerator int, denominator int) returns text language sql immutable strict parallel safe
  return case denominator when 1 then numerator::text else numerator || '/' || denominator end;
grant execute on function authorisations.fraction to sayso_service;

-- By when the customer must have agreed: `after_work` lets what was done before be agreed to afterwards (ratification).
create function authorisations.deadline(consent_deadline text, started_at timestamptz, ended_at timestamptz) returns timestamptz language plpgsql immutable parallel safe as $$ begin
  return case consent_deadline when 'before_work' then started_at when 'before_completion' then ended_at else 'infinity' end;
end $$;
grant execute on function authorisations.deadline to sayso_service;

-- What is worth knowing of work and refuses nothing: agreed to only afterwards, or done later than was agreed.
create function authorisations.work_flags(finding text, authorised_at timestamptz, complete_by timestamptz, ended_at timestamptz) returns text[] language sql immutable parallel safe
  return array_remove(array[case when finding is null and authorised_at > ended_at then 'RATIFIED_AFTER_WORK' end, case when ended_at > complete_by then 'DATE_EXCEEDED' end], null);
grant execute on function authorisations.work_flags to sayso_service;

-- What bills may exceed by, times `scale`, where so much was entitled: the five shapes that laws have. In PL/pgSQL, which keeps the plan: a CHECK is planned anew each time.
create function authorisations.allowance(combine text, pct_numerator int, pct_denominator int, abs_minor bigint, hard_cap_minor bigint, scale numeric, entitled numeric)
  returns numeric language plpgsql immutable parallel safe as $$ begin
  return least(hard_cap_minor * scale, case combine when 'none' then 0 when 'pct' then pct_numerator * entitled * div(scale, pct_denominator) when 'abs' then abs_minor * scale
    when 'greater' then greatest(pct_numerator * entitled * div(scale, pct_denominator), abs_minor * scale)
    else least(pct_numerator * entitled * div(scale, pct_denominator), abs_minor * scale) end);
end $$;

-- Whether figures never allow more than a law's, whatever was entitled. Both are straight between their corners, so the corners, both whole
-- minor units beside each, and the two ends of the range are all that has to be compared.
create function authorisations.within_law(combine text, pct_numerator int, pct_denominator int, abs_minor bigint, hard_cap_minor bigint, law_combine text, law_pct_numerator int,
  law_pct_denominator int, law_abs_minor bigint, law_hard_cap_minor bigint) returns boolean language sql immutable parallel safe as $$
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
grant execute on function authorisations.allowance, authorisations.within_law to sayso_service;

-- The most that the law of a place allows, by trade and by the form of the price; the same for every organisation. `ZZ` stands for places with
-- no law on file: whoever publishes a policy there answers for its citation. Where a law is of one trade, its figures bound all trades until another is on file.
create table authorisations.law (
  jurisdiction text not null constraint law_jurisdiction_is_iso_3166 check (jurisdiction ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$'),
  trade text not null constraint law_trade_is_a_word check (trade ~ '^[a-z][a-z_]{1,39}$'),
  price_form text not null constraint law_price_form_known check (price_form in ('any', 'itemised', 'limit', 'time_and_materials')),
  combine text not null, pct_numerator int not null, pct_denominator int not null, abs_minor bigint not null, hard_cap_minor bigint not null,
  at_limit_refuses boolean not null, consent_deadline text not null, citation text not null constraint law_citation_short check (length(citation) <= 400),
  -- what the customer may ask of us there whatever a policy says
  overrun_notice boolean not null default false,                         -- to be told as soon as more than was authorised is foreseen
  withdrawal_days int not null default 0 constraint withdrawal_days_in_range check (withdrawal_days between 0 and 100),
  itemised_request_days int not null default 0 constraint itemised_request_days_in_range check (itemised_request_days between 0 and 1000),   -- to ask for an itemised bill
  itemised_reply_days int not null default 0 constraint itemised_reply_days_in_range check (itemised_reply_days between 0 and 1000),         -- to be given it, free
  constraint law_figures_known check (combine in ('none', 'pct', 'abs', 'greater', 'lesser') and consent_deadline in ('before_work', 'before_completion', 'after_work')
    and pct_denominator between 1 and 1000000 and pct_numerator between 0 and pct_denominator and abs_minor between 0 and 9000000000000000
    and hard_cap_minor between 0 and 9000000000000000),
  constraint law_pkey primary key (jurisdiction, trade, price_form),
  constraint law_itemised unique (jurisdiction, trade, price_form, itemised_request_days, itemised_reply_days),
  constraint law_rights unique (jurisdiction, trade, price_form, overrun_notice, withdrawal_days),
  constraint law_figures unique (jurisdiction, trade, price_form, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline));
grant select on authorisations.law to sayso_service;
insert into authorisations.law (jurisdiction, trade, price_form, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline, citation) values
  ('ZZ', 'any', 'any', 'greater', 1, 1, 9000000000000000, 9000000000000000, false, 'after_work', 'No law on file'),
  ('US-CA', 'any', 'any', 'none', 0, 1, 0, 9000000000000000, false, 'before_work', 'California B&P 9884.9; 16 CCR 3353, 2722'),
  ('US-NY', 'any', 'any', 'none', 0, 1, 0, 9000000000000000, false, 'before_work', '15 NYCRR 82.5(a)'),
  ('US-FL', 'any', 'any', 'greater', 1, 10, 1000, 5000, false, 'before_work', 'Florida Statutes 559.905, 559.909'),
  ('US-OH', 'any', 'any', 'greater', 1, 10, 500, 9000000000000000, false, 'before_completion', 'Ohio OAC 109:4-3-05'),
  ('US-OH', 'auto', 'any', 'pct', 1, 10, 0, 9000000000000000, false, 'before_completion', 'Ohio OAC 109:4-3-13'),
  ('US-WA', 'any', 'any', 'pct', 1, 10, 0, 9000000000000000, false, 'before_work', 'Washington RCW 46.71.025'),
  ('US-IL', 'any', 'any', 'pct', 1, 10, 0, 9000000000000000, false, 'before_work', 'Illinois 815 ILCS 306/15, 306/20(a)'),
  ('US-IL', 'any', 'limit', 'none', 0, 1, 0, 9000000000000000, false, 'before_work', 'Illinois 815 ILCS 306/20(b)'),
  ('US-MD', 'any', 'any', 'pct', 1, 10, 0, 9000000000000000, true, 'before_work', 'Maryland Commercial Law 14-1002'),
  ('US-UT', 'any', 'any', 'pct', 1, 10, 0, 9000000000000000, true, 'before_work', 'Utah R152-11-5'),
  ('US-MA', 'any', 'any', 'abs', 0, 1, 1000, 9000000000000000, false, 'before_work', 'Massachusetts 940 CMR 5.05(7)'),
  ('US-DE', 'any', 'any', 'lesser', 1, 5, 5000, 9000000000000000, false, 'before_work', 'Delaware 6 Del. C. 4904A'),
  ('US-MI', 'any', 'any', 'lesser', 1, 10, 1000, 9000000000000000, false, 'before_work', 'Michigan MCL 257.1307e(b) and guidance of the Secretary of State'),
  ('GB', 'any', 'any', 'none', 0, 1, 0, 9000000000000000, false, 'before_work', 'SI 2013/3134 regulations 39, 40'),
  ('AU', 'any', 'any', 'none', 0, 1, 0, 9000000000000000, false, 'before_work', 'Australian Consumer Law section 40');
insert into authorisations.law (jurisdiction, trade, price_form, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline, citation)
select member, 'any', 'any', 'none', 0, 1, 0, 9000000000000000, false, 'before_work', 'Directive 2011/83/EU articles 22, 27'
from unnest(array['AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IT', 'LT', 'LU', 'LV', 'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK'])
  as member;
update authorisations.law set withdrawal_days = 14, citation = citation || '; ' || case jurisdiction when 'GB' then 'regulations 29, 36' else 'articles 9, 14(3)' end
where jurisdiction = 'GB' or citation like 'Directive 2011/83/EU%';
update authorisations.law set overrun_notice = true, citation = citation || '; ' || case jurisdiction when 'DE' then 'BGB § 649(2)' else 'ABGB § 1170a(2)' end
where jurisdiction in ('DE', 'AT');
update authorisations.law set itemised_request_days = 30, itemised_reply_days = 7, citation = citation || ', section 101' where jurisdiction = 'AU';

-- The law that a policy or a job there is under: the nearest place, then its own trade, then its own form of the price.
create function authorisations.law_of(place text, of_trade text, of_price_form text) returns setof authorisations.law language sql stable parallel safe rows 1 as $$
  select l.* from authorisations.law l
  where l.jurisdiction in (place, split_part(place, '-', 1), 'ZZ') and l.trade in (of_trade, 'any') and l.price_form in (of_price_form, 'any')
  order by l.jurisdiction = 'ZZ', length(l.jurisdiction) desc, l.trade = 'any', l.price_form = 'any' limit 1
$$;
grant execute on function authorisations.law_of to sayso_service;

-- What the law of a place wants to read on paper, by trade and document; the same for every organisation. Documents say all that is on record anyway: the list
-- makes them say where something asked for is missing, set apart what is asked to stand apart, and print what has to be printed word for word. Where a law is of
-- one trade, it is asked of all trades there until another is on file.
create table authorisations.paper_law (
  jurisdiction text not null constraint paper_law_jurisdiction_is_iso_3166 check (jurisdiction ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$'),
  trade text not null constraint paper_law_trade_is_a_word check (trade ~ '^[a-z][a-z_]{1,39}$'),
  document text not null constraint paper_law_document_known check (document in ('offer', 'job', 'invoice')),
  asks text[] not null constraint paper_law_asks_known check (asks <@ array['business_address', 'registration_number', 'problem_reported', 'part_condition', 'labour_subtotal', 'parts_subtotal',
    'consent_time', 'consent_name', 'consent_contact', 'consent_receiver', 'consent_conditions', 'specification', 'added_cost', 'revised_total']),
  notice text constraint paper_law_notice_bounded check (length(notice) <= 2000),                     -- to be printed word for word
  citation text not null constraint paper_law_citation_short check (length(citation) <= 400),
  constraint paper_law_pkey primary key (jurisdiction, trade, document));
grant select on authorisations.paper_law to sayso_service;
insert into authorisations.paper_law (jurisdiction, trade, document, asks, notice, citation) values
  ('US-CA', 'any', 'offer', array['problem_reported'], null, 'California B&P 9884.9(a); 16 CCR 3353'),
  ('US-CA', 'any', 'job', array['consent_time', 'consent_name', 'consent_contact', 'specification', 'added_cost', 'revised_total'], null,
    'California B&P 9884.9(a); 16 CCR 3353.1, 3354'),
  ('US-CA', 'any', 'invoice', array['business_address', 'registration_number', 'part_condition', 'labour_subtotal', 'parts_subtotal', 'consent_time', 'consent_name', 'consent_contact',
    'specification', 'added_cost', 'revised_total'], null, 'California B&P 9884.8, 9884.9(a); 16 CCR 3356'),
  ('US-CA', 'appliance', 'offer', array[]::text[], null, 'California 16 CCR 2722'),
  ('US-CA', 'appliance', 'job', array['consent_time', 'consent_name', 'consent_contact', 'consent_receiver', 'consent_conditions', 'specification', 'added_cost'], null, 'California 16 CCR 2722(a)'),
  ('US-CA', 'appliance', 'invoice', array['business_address', 'registration_number', 'problem_reported', 'part_condition', 'consent_time', 'consent_name', 'consent_contact', 'consent_receiver',
    'consent_conditions', 'specification', 'added_cost'], 'An estimate as required (Section 9844 of the California Business and Professions Code) for repairs shall be given to the customer by the '
    'service dealer in writing, and the service dealer may not charge for work done or parts supplied in excess of the estimate without prior consent of the customer. Where provided in writing, the '
    'service dealer may charge a reasonable fee for services provided in determining the nature of the malfunction in preparation of a written estimate for repair. For information contact the Bureau of '
    'Household Goods and Services, Department of Consumer Affairs, Sacramento 95834.', 'California 16 CCR 2722(a), 2723, 2725'),
  ('US-IL', 'any', 'job', array['consent_time', 'consent_name', 'consent_contact', 'specification', 'added_cost'], null, 'Illinois 815 ILCS 306/25'),
  ('US-IL', 'any', 'invoice', array['consent_time', 'consent_name', 'consent_contact', 'specification', 'added_cost'], null, 'Illinois 815 ILCS 306/25, 306/50'),
  ('US-WA', 'any', 'offer', array['business_address', 'problem_reported'], null, 'Washington RCW 46.71.015(1)'),
  ('US-WA', 'any', 'invoice', array['business_address', 'problem_reported', 'part_condition', 'labour_subtotal', 'parts_subtotal'], null, 'Washington RCW 46.71.015(2)'),
  ('US-FL', 'any', 'invoice', array['registration_number', 'part_condition'], null, 'Florida Statutes 559.911'),
  ('GB', 'any', 'offer', array['business_address'], null, 'SI 2013/3134 regulations 10, 12, 16'),
  ('AU', 'any', 'invoice', array['labour_subtotal', 'parts_subtotal'], null, 'Australian Consumer Law section 101');
insert into authorisations.paper_law (jurisdiction, trade, document, asks, citation)
select member, 'any', document, asks, citation
from unnest(array['AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IT', 'LT', 'LU', 'LV', 'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK']) as member
cross join (values ('offer', array['business_address'], 'Directive 2011/83/EU articles 6(1), 7, 8(7)'),
  ('invoice', array['business_address', 'registration_number'], 'Directive 2006/112/EC article 226')) as asked (document, asks, citation);

-- Of the nearest place with a law about such a document, then its own trade; none where no law is on file.
create function authorisations.paper_law_of(place text, of_trade text, of_document text) returns setof authorisations.paper_law language sql stable parallel safe rows 1 as $$
  select l.* from authorisations.paper_law l
  where l.jurisdiction in (place, split_part(place, '-', 1)) and l.trade in (of_trade, 'any') and l.document = of_document
  order by length(l.jurisdiction) desc, l.trade = 'any' limit 1
$$;
grant execute on function authorisations.paper_law_of to sayso_service;

-- What people call a matter by, on every document of it.
create function authorisations.reference(subject_kind text, subject_id uuid) returns text language sql immutable strict parallel safe as $$
  select case subject_kind when 'job' then 'J-' when 'case' then 'C-' when 'device' then 'D-' else 'S-' end || kit.called(subject_id)
$$;
grant execute on function authorisations.reference to sayso_service;

-- A tolerance policy as published, with where it is written; every figure is cited whole by the scopes opened under it.
create table authorisations.policy (
  organisation_id uuid not null,
  policy_name text not null constraint policy_name_short check (length(policy_name) between 1 and 60 and policy_name ~ '^[A-Za-z0-9][A-Za-z0-9-]*$'),
  policy_version int not null constraint policy_version_counts check (policy_version between 1 and 1000000),
  citation text not null constraint citation_short check (length(citation) <= 400),
  jurisdiction text not null constraint jurisdiction_is_iso_3166 check (jurisdiction ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$'),
  trade text not null constraint trade_is_a_word check (trade ~ '^[a-z][a-z_]{1,39}$'),
  price_form text not null constraint policy_price_form_known check (price_form in ('any', 'itemised', 'limit', 'time_and_materials')),
  combine text not null constraint combine_known check (combine in ('none', 'pct', 'abs', 'greater', 'lesser')),
  pct_numerator int not null, pct_denominator int not null,
  abs_minor bigint not null, hard_cap_minor bigint not null,             -- "no cap" is 9000000000000000, never NULL
  at_limit_refuses boolean not null,                                     -- Utah, Maryland: reaching the limit is already too much
  consent_deadline text not null constraint consent_deadline_known check (consent_deadline in ('before_work', 'before_completion', 'after_work')),
  record_lag_seconds int not null constraint record_lag_within_a_day check (record_lag_seconds between 0 and 86400),
  requires_written_offer boolean not null,
  -- the law it is measured by, cited whole
  law_jurisdiction text not null, law_trade text not null, law_price_form text not null, law_combine text not null, law_pct_numerator int not null, law_pct_denominator int not null,
  law_abs_minor bigint not null, law_hard_cap_minor bigint not null, law_at_limit_refuses boolean not null, law_consent_deadline text not null,
  published_at timestamptz not null default kit.recorded_now(),
  constraint policy_pkey primary key (organisation_id, policy_name, policy_version),
  constraint policy_under_law foreign key (law_jurisdiction, law_trade, law_price_form, law_combine, law_pct_numerator, law_pct_denominator, law_abs_minor, law_hard_cap_minor,
      law_at_limit_refuses, law_consent_deadline)
    references authorisations.law (jurisdiction, trade, price_form, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline),
  constraint policy_of_its_place check (law_jurisdiction in (jurisdiction, split_part(jurisdiction, '-', 1), 'ZZ') and law_trade in (trade, 'any')
    and law_price_form in (price_form, 'any')),
  constraint policy_within_the_law check ((
    authorisations.within_law(combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, law_combine, law_pct_numerator, law_pct_denominator, law_abs_minor, law_hard_cap_minor)
    and (combine = 'none' or at_limit_refuses or not law_at_limit_refuses)
    and array_position(array['before_work', 'before_completion', 'after_work'], consent_deadline)
      <= array_position(array['before_work', 'before_completion', 'after_work'], law_consent_deadline)) is true),
  constraint policy_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id),
  constraint percentage_is_a_fraction check (pct_denominator between 1 and 1000000 and pct_numerator between 0 and pct_denominator),
  constraint tolerance_amounts_bounded check (abs_minor between 0 and 9000000000000000 and hard_cap_minor between 0 and 9000000000000000),
  constraint no_tolerance_has_no_figures check (combine <> 'none' or (pct_numerator = 0 and abs_minor = 0)),
  constraint policy_figures unique (organisation_id, policy_name, policy_version, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor,
    at_limit_refuses, consent_deadline, record_lag_seconds, requires_written_offer));
select kit.append_only('authorisations.policy', except_columns => 'published_at');

-- What may be charged to one customer for one matter. Jobs and subscriptions point down to it.
create table authorisations.scope (
  organisation_id uuid not null, scope_id uuid not null, customer_id uuid not null,
  subject_kind text not null constraint scope_subject_known check (subject_kind in ('job', 'subscription')),
  subject_id uuid not null,                                              -- the job or subscription above; the doctor finds a scope without its subject
  reference text not null generated always as (authorisations.reference(subject_kind, subject_id)) stored,
  currency text not null constraint scope_currency_iso check (currency ~ '^[A-Z]{3}$'),
  policy_name text not null, policy_version int not null,
  combine text not null, pct_numerator int not null, pct_denominator int not null, abs_minor bigint not null, hard_cap_minor bigint not null,
  at_limit_refuses boolean not null, consent_deadline text not null, record_lag_seconds int not null, requires_written_offer boolean not null,
  -- the forms of the price for which the law allowed this tolerance when it was opened
  price_forms text[] not null constraint scope_price_forms_known check (price_forms <@ array['itemised', 'limit', 'time_and_materials']),
  -- where its site was told to be when it was opened: a site that is told to be elsewhere afterwards shortens nothing that the law of this place demands
  site_jurisdiction text not null constraint scope_jurisdiction_is_iso_3166 check (site_jurisdiction ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$'),
  site_zone text not null constraint scope_zone_has_a_length check (length(site_zone) between 1 and 60),
  trade text not null default 'any' constraint scope_trade_is_a_word check (trade ~ '^[a-z][a-z_]{1,39}$'),  -- its documents are of the law of that trade there
  -- what the law of the place gives the customer, as it stood when the matter was opened
  law_jurisdiction text not null default 'ZZ', law_trade text not null default 'any', law_price_form text not null default 'any',
  overrun_notice boolean not null default false, withdrawal_days int not null default 0,
  opened_at timestamptz not null default kit.recorded_now(),
  constraint scope_pkey primary key (organisation_id, scope_id),
  constraint one_scope_per_subject unique (organisation_id, subject_kind, subject_id),
  constraint reference_given_once unique (organisation_id, reference),
  constraint scope_account unique (organisation_id, scope_id, customer_id, currency),
  constraint scope_price_forms unique (organisation_id, scope_id, price_forms),
  constraint scope_withdrawal unique (organisation_id, scope_id, withdrawal_days),
  constraint scope_subject unique (organisation_id, scope_id, subject_kind),
  constraint scope_record_rules unique (organisation_id, scope_id, record_lag_seconds, requires_written_offer),
  constraint scope_policy unique (organisation_id, scope_id, currency, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline),
  constraint scope_of_customer foreign key (organisation_id, customer_id) references customers.customer (organisation_id, customer_id),
  constraint scope_under_law foreign key (law_jurisdiction, law_trade, law_price_form, overrun_notice, withdrawal_days)
    references authorisations.law (jurisdiction, trade, price_form, overrun_notice, withdrawal_days),
  constraint policy_as_published foreign key (organisation_id, policy_name, policy_version, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor,
      at_limit_refuses, consent_deadline, record_lag_seconds, requires_written_offer)
    references authorisations.policy (organisation_id, policy_name, policy_version, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor,
      at_limit_refuses, consent_deadline, record_lag_seconds, requires_written_offer));
select kit.append_only('authorisations.scope', except_columns => 'opened_at');

-- What can't happen any more once a matter has ended: each showing, each answer and the end itself take the matter's next number, and nothing follows an end.
-- Steps and what they are of vouch for each other, so none is taken in advance. Taking an authorisation back is no step: that stays possible.
create table authorisations.scope_step (
  organisation_id uuid not null, scope_id uuid not null,
  step int not null constraint scope_step_counts check (step between 1 and 10000000),
  kind text not null constraint scope_step_kind_known check (kind in ('shown', 'answered', 'closed')),
  subject uuid not null,                                                 -- the presentation or the authorisation; of an end the scope itself
  previous int generated always as (nullif(step - 1, 0)) stored,
  previous_open boolean generated always as (case when step > 1 then true end) stored,
  open boolean not null generated always as (kind <> 'closed') stored,
  shown_of uuid generated always as (case when kind = 'shown' then subject end) stored,
  answered_of uuid generated always as (case when kind = 'answered' then subject end) stored,
  recorded_at timestamptz not null default kit.recorded_now(),
  constraint scope_step_pkey primary key (organisation_id, scope_id, step),
  constraint scope_step_open unique (organisation_id, scope_id, step, open),
  constraint scope_step_subject unique (organisation_id, subject, scope_id, kind),
  constraint end_is_of_its_scope check (open or subject = scope_id),
  constraint nothing_follows_an_end foreign key (organisation_id, scope_id, previous, previous_open) references authorisations.scope_step (organisation_id, scope_id, step, open),
  constraint step_of_scope foreign key (organisation_id, scope_id) references authorisations.scope (organisation_id, scope_id));
select kit.append_only('authorisations.scope_step', except_columns => 'recorded_at');

create table authorisations.offer (
  organisation_id uuid not null, offer_id uuid not null, scope_id uuid not null, customer_id uuid not null, currency text not null,
  kind text not null constraint offer_kind_known check (kind in ('initial', 'additional', 'substitution', 'diagnosis', 'standing_emergency', 'limit')),
  made_by text not null constraint offer_maker_short check (length(made_by) <= 100),
  made_at timestamptz not null default kit.recorded_now(),
  constraint offer_pkey primary key (organisation_id, offer_id),
  constraint offer_place unique (organisation_id, scope_id, offer_id),
  constraint offer_in_scope foreign key (organisation_id, scope_id, customer_id, currency) references authorisations.scope (organisation_id, scope_id, customer_id, currency));
select kit.append_only('authorisations.offer', except_columns => 'made_at');
create index offer_of_customer on authorisations.offer (organisation_id, customer_id, offer_id);

-- Whether the text says all of these and nothing else of them; one that leaves something out, says something twice or names a moment in another way doesn't.
create function authorisations.offer_says(canonical text, offer_id uuid, revision int, scope_id uuid, prior_hash bytea, currency text, tax_basis text, total_minor bigint, cap_minor bigint,
  valid_until timestamptz, complete_by timestamptz, combine text, pct_numerator int, pct_denominator int, abs_minor bigint, hard_cap_minor bigint, at_limit_refuses boolean,
  consent_deadline text) returns boolean language plpgsql immutable parallel safe as $$
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
end $$;
grant execute on function authorisations.offer_says to sayso_service;

-- What vouches for the items of a text, as it writes them: one hash before the first (nothing yet) and one after each, over that item and the hash before it.
create function authorisations.item_hashes(canonical text) returns bytea[] language plpgsql immutable strict parallel safe as $$
declare
  hashes pg_catalog.bytea[] := array['\x0000000000000000000000000000000000000000000000000000000000000000'::pg_catalog.bytea];
  item pg_catalog.text;
begin
  foreach item in array array(select e.item::pg_catalog.text from json_array_elements(canonical::pg_catalog.json -> 'items') with ordinality e (item, place) order by e.place) loop
    hashes := hashes || authorisations.seal('sayso/offer-items/1', encode(hashes[cardinality(hashes)], 'hex') || ' ' || item);
  end loop;
  return hashes;
end $$;

create function authorisations.items_hash(canonical text) returns bytea language plpgsql immutable strict parallel safe as $$
declare
  hashes constant pg_catalog.bytea[] := authorisations.item_hashes(canonical);
begin
  return hashes[cardinality(hashes)];
end $$;
grant execute on function authorisations.item_hashes, authorisations.items_hash to sayso_service;

-- One wording of an offer. Its text is RFC 8785 JSON over everything the customer can see or the matcher can use; a change is the next revision.
create table authorisations.offer_revision (
  organisation_id uuid not null, offer_id uuid not null, revision int not null constraint revision_counts check (revision between 1 and 1000),
  scope_id uuid not null,
  prior_revision int generated always as (nullif(revision - 1, 0)) stored,
  prior_hash bytea not null,                                             -- 32 zero bytes before the first
  canonical text not null constraint canonical_bounded check (octet_length(canonical) <= 400000),
  offer_hash bytea not null,
  currency text not null,
  tax_basis text not null constraint tax_basis_known check (tax_basis in ('excl', 'incl')),
  price_form text not null generated always as (canonical::jsonb ->> 'price_form') stored,
  items_hash bytea not null generated always as (authorisations.items_hash(canonical)) stored,
  first_item int not null generated always as (1) stored, nothing_before bytea not null generated always as ('\x0000000000000000000000000000000000000000000000000000000000000000') stored,
  price_forms text[] not null constraint price_form_under_the_scopes_law check (price_form = any (price_forms)),
  total_minor bigint not null constraint offer_total_bounded check (total_minor between 0 and 1000000000000000),
  cap_minor bigint not null constraint offer_cap_bounded check (cap_minor between 0 and 9000000000000000),
  valid_until timestamptz not null,                                      -- of the work's start; 'infinity' where the offer sets no end
  complete_by timestamptz not null default 'infinity',                   -- when the work is to be done; later work is flagged, never priced by it
  combine text not null, pct_numerator int not null, pct_denominator int not null, abs_minor bigint not null, hard_cap_minor bigint not null,
  at_limit_refuses boolean not null, consent_deadline text not null,
  made_by text not null constraint revision_maker_short check (length(made_by) <= 100),
  made_at timestamptz not null default kit.recorded_now(),
  constraint offer_revision_pkey primary key (organisation_id, offer_id, revision),
  constraint revision_hash unique (organisation_id, offer_id, revision, offer_hash),
  constraint revision_terms unique (organisation_id, offer_id, revision, scope_id, offer_hash, currency, tax_basis),
  constraint revision_items unique (organisation_id, offer_id, revision, items_hash),
  constraint revision_limits unique (organisation_id, offer_id, revision, offer_hash, cap_minor, valid_until),
  constraint hash_of_the_text check ((offer_hash = authorisations.seal('sayso/offer-revision/1', canonical)) is true),
  constraint text_says_the_same check (authorisations.offer_says(canonical, offer_id, revision, scope_id, prior_hash, currency, tax_basis, total_minor, cap_minor, valid_until, complete_by,
    combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline) is true),
  constraint offer_holds_when_made check (valid_until >= made_at),
  constraint first_revision_has_no_prior check (revision > 1 or prior_hash = '\x0000000000000000000000000000000000000000000000000000000000000000'),
  constraint revision_follows foreign key (organisation_id, offer_id, prior_revision, prior_hash) references authorisations.offer_revision (organisation_id, offer_id, revision, offer_hash),
  constraint revision_of_offer foreign key (organisation_id, scope_id, offer_id) references authorisations.offer (organisation_id, scope_id, offer_id),
  constraint price_forms_of_scope foreign key (organisation_id, scope_id, price_forms) references authorisations.scope (organisation_id, scope_id, price_forms),
  constraint offer_states_the_scopes_policy foreign key (organisation_id, scope_id, currency, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline)
    references authorisations.scope (organisation_id, scope_id, currency, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline));
select kit.append_only('authorisations.offer_revision', except_columns => 'made_at');

-- The items of a revision, as its text lists them: each is hashed with those before it, and cites the one after it, the last one the text, the text the first one; so none differs, is missing
-- or comes besides. Quantities are whole ticks over a denominator (a third of an hour is exact), prices rationals in minor units.
create table authorisations.offer_item (
  organisation_id uuid not null, item_id uuid not null, offer_id uuid not null, revision int not null, position int not null,
  next_position int constraint next_item_follows check (coalesce(next_position, position + 1) = position + 1),   -- none after the last
  last_of int generated always as (case when next_position is null then revision end) stored,
  items_before bytea not null, items_hash bytea not null,                -- `authorisations.item_hashes`: of the items up to here, without and with this one
  scope_id uuid not null, offer_hash bytea not null, currency text not null, tax_basis text not null,
  kind text not null constraint item_kind_known check (kind in ('labour', 'part', 'diagnosis', 'travel', 'fee', 'disposal', 'reassembly', 'plan')),
  description text not null constraint description_bounded check (length(description) between 1 and 2000),
  constraint description_says_something check (kit.says_something(description)),
  catalogue_item_id uuid, catalogue_effective_on date,
  sku text constraint sku_short check (length(sku) <= 80),
  alternates text[] not null constraint alternates_few check (cardinality(alternates) <= 50),
  condition text constraint condition_known check (condition in ('new', 'used', 'rebuilt', 'oem', 'non_oem')),
  method text constraint method_short check (length(method) <= 80),
  unit text not null constraint unit_code_short check (unit ~ '^[A-Z0-9]{1,3}$'),                     -- UN/ECE Recommendation 20
  conversions jsonb not null constraint conversions_few check (jsonb_typeof(conversions) = 'object' and length(conversions::text) <= 2000),
  constraint no_unit_converts_itself check (not conversions ? unit),
  ticks bigint not null constraint item_ticks_bounded check (ticks between 1 and 1000000000000000),
  denominator int not null constraint item_denominator_bounded check (denominator between 1 and 100000000),
  price_numerator bigint not null, price_denominator int not null,
  tax_category text not null constraint tax_category_is_en16931 check (tax_category in ('S', 'Z', 'E', 'AE', 'K', 'G', 'O')),   -- UN/CEFACT 5305
  exemption_code text constraint offered_exemption_code_known check (kit.is_exemption(exemption_code)),
  exemption_reason text constraint offered_exemption_reason_has_a_length check (length(exemption_reason) between 1 and 200),
  seller_vat_id text, buyer_vat_id text,                                                              -- between whom tax is owed by the buyer
  tax_numerator int not null, tax_denominator int not null,
  recurring boolean not null,                                                                        -- the quantity is of each period, until cancelled
  supplied_by text generated always as (case when recurring then 'subscription' end) stored,
  optional boolean not null, preselected boolean not null,
  constraint offer_item_pkey primary key (organisation_id, item_id),
  constraint item_shown unique (organisation_id, item_id, scope_id, offer_id, revision),
  constraint item_of_its_kind unique (organisation_id, item_id, kind),
  constraint one_item_per_position unique (organisation_id, offer_id, revision, position, items_before),
  constraint offered_terms unique (organisation_id, item_id, scope_id, offer_id, revision, ticks, denominator, price_numerator, price_denominator, currency, recurring),
  constraint offered_unit unique (organisation_id, item_id, scope_id, denominator),
  constraint offered_tax unique (organisation_id, item_id, tax_basis, tax_category, tax_numerator, tax_denominator),
  constraint position_counts check (position between 1 and 500),
  constraint price_is_a_bounded_fraction check (price_numerator between 0 and 1000000000000 and price_denominator between 1 and 1000000),
  constraint item_amount_bounded check (ticks::numeric * price_numerator <= 1000000000000000::numeric * denominator * price_denominator),
  constraint tax_rate_is_a_fraction check (tax_denominator between 1 and 1000000 and tax_numerator between 0 and tax_denominator),
  constraint offered_tax_fits_its_category check (tax_category = 'S' or tax_numerator = 0),
  constraint offered_exemption_fits_its_category check (case when tax_category in ('S', 'Z') then num_nonnulls(exemption_code, exemption_reason) = 0
    when tax_category = 'E' then num_nonnulls(exemption_code, exemption_reason) > 0 else true end),
  constraint buyer_owes_tax_between_vat_ids check (case when tax_category in ('AE', 'K') then kit.is_vat_id(seller_vat_id) and kit.is_vat_id(buyer_vat_id)
    else num_nonnulls(seller_vat_id, buyer_vat_id) = 0 end is true),
  constraint book_item_has_its_day check ((catalogue_item_id is null) = (catalogue_effective_on is null)),
  constraint item_in_revision foreign key (organisation_id, offer_id, revision, scope_id, offer_hash, currency, tax_basis)
    references authorisations.offer_revision (organisation_id, offer_id, revision, scope_id, offer_hash, currency, tax_basis) on delete cascade,
  constraint item_has_its_place_in_the_text foreign key (organisation_id, offer_id, revision, next_position, items_hash)
    references authorisations.offer_item (organisation_id, offer_id, revision, position, items_before),
  constraint text_ends_with_its_items foreign key (organisation_id, offer_id, last_of, items_hash)
    references authorisations.offer_revision (organisation_id, offer_id, revision, items_hash) on delete cascade,
  -- What a job owes is work that was done; only a subscription, whose periods are counted, is supplied without any.
  constraint recurring_only_in_a_subscription foreign key (organisation_id, scope_id, supplied_by) references authorisations.scope (organisation_id, scope_id, subject_kind),
  constraint item_from_the_book foreign key (organisation_id, catalogue_item_id, catalogue_effective_on)
    references catalogue.item_version (organisation_id, item_id, effective_on));
alter table authorisations.offer_revision add constraint text_begins_with_its_items foreign key (organisation_id, offer_id, revision, first_item, nothing_before)
  references authorisations.offer_item (organisation_id, offer_id, revision, position, items_before);
-- What the text lists for this row, to the byte (RFC 8785), hashed with what is before it.
create function authorisations.item_hash(of_item authorisations.offer_item) returns bytea language plpgsql immutable parallel safe as $$
declare
  factors pg_catalog.text := '';
begin
  if of_item.conversions <> '{}' then
    select string_agg(to_json(c.unit) || ':' || regexp_replace(c.factor::pg_catalog.text, '("(?:[^"\\]|\\.)*")|\s', '\1', 'g'), ',' order by c.unit collate "C")
    into factors from jsonb_each(of_item.conversions) c (unit, factor);
  end if;
  return authorisations.seal('sayso/offer-items/1', concat(encode(of_item.items_before, 'hex'), ' {"alternates":', to_json(of_item.alternates),
    ',"buyer_vat_id":' || to_json(of_item.buyer_vat_id), ',"catalogue_effective_on":', coalesce(to_json(of_item.catalogue_effective_on)::pg_catalog.text, 'null'),
    ',"catalogue_item_id":', coalesce(to_json(of_item.catalogue_item_id)::pg_catalog.text, 'null'), ',"condition":', coalesce(to_json(of_item.condition)::pg_catalog.text, 'null'),
    ',"conversions":{', factors, '},"denominator":', of_item.denominator, ',"description":', to_json(of_item.description), ',"exemption_code":' || to_json(of_item.exemption_code),
    ',"exemption_reason":' || to_json(of_item.exemption_reason), ',"item_id":', to_json(of_item.item_id), ',"kind":', to_json(of_item.kind),
    ',"method":', coalesce(to_json(of_item.method)::pg_catalog.text, 'null'), ',"optional":', to_json(of_item.optional), ',"position":', of_item.position,
    ',"preselected":', to_json(of_item.preselected), ',"price_denominator":', of_item.price_denominator, ',"price_numerator":', of_item.price_numerator,
    ',"recurring":', to_json(of_item.recurring), ',"seller_vat_id":' || to_json(of_item.seller_vat_id), ',"sku":', coalesce(to_json(of_item.sku)::pg_catalog.text, 'null'),
    ',"tax_category":', to_json(of_item.tax_category), ',"tax_denominator":', of_item.tax_denominator, ',"tax_numerator":', of_item.tax_numerator, ',"ticks":', of_item.ticks,
    ',"unit":', to_json(of_item.unit), '}'));
end $$;
grant execute on function authorisations.item_hash to sayso_service;
alter table authorisations.offer_item add constraint text_lists_this_item check ((items_hash = authorisations.item_hash(offer_item.*)) is true);
select kit.append_only('authorisations.offer_item');

-- One showing of one revision to one person through one channel; the first seals the revision.
create table authorisations.presentation (
  organisation_id uuid not null, presentation_id uuid not null, offer_id uuid not null, revision int not null, offer_hash bytea not null,
  scope_id uuid not null, customer_id uuid not null, currency text not null,
  contact_id uuid not null,
  channel text not null constraint presentation_channel_known check (channel in ('link', 'on_device', 'paper')),
  required_method text not null constraint required_method_known check (required_method in ('tap', 'signature', 'otp')),
  language text not null constraint language_tag check (language ~ '^[a-z]{2,3}(-[A-Z]{2})?$'),
  nonce_hash bytea not null constraint nonce_hash_is_sha256 check (octet_length(nonce_hash) = 32),
  presented_by text not null constraint presenter_short check (length(presented_by) <= 100),
  presented_at timestamptz not null default kit.recorded_now(),
  expires_at timestamptz not null,
  step_kind text not null generated always as ('shown') stored,
  constraint presentation_pkey primary key (organisation_id, presentation_id),
  constraint nonce_used_once unique (organisation_id, nonce_hash),
  constraint presentation_of unique (organisation_id, presentation_id, offer_id, revision, offer_hash, contact_id, channel, required_method),
  constraint handed_over_by_a_person check (channel <> 'on_device' or presented_by like 'staff:%'),
  constraint presentation_ends check (expires_at <= presented_at + interval '90 days'),
  constraint presentation_of_revision foreign key (organisation_id, offer_id, revision, offer_hash) references authorisations.offer_revision (organisation_id, offer_id, revision, offer_hash),
  constraint presentation_in_scope foreign key (organisation_id, scope_id, customer_id, currency) references authorisations.scope (organisation_id, scope_id, customer_id, currency),
  constraint presentation_of_offer foreign key (organisation_id, scope_id, offer_id) references authorisations.offer (organisation_id, scope_id, offer_id),
  constraint presentation_audience foreign key (organisation_id, customer_id, contact_id) references customers.contact (organisation_id, customer_id, contact_id),
  constraint shown_before_the_end foreign key (organisation_id, presentation_id, scope_id, step_kind)
    references authorisations.scope_step (organisation_id, subject, scope_id, kind));
select kit.append_only('authorisations.presentation', except_columns => 'presented_at');
grant execute on function authorisations.seal, authorisations.microseconds, authorisations.quantity to sayso_service;
alter table authorisations.scope_step add constraint step_of_showing foreign key (organisation_id, shown_of)
  references authorisations.presentation (organisation_id, presentation_id);
create index presentation_of_offer_at on authorisations.presentation (organisation_id, offer_id, revision);

-- A customer's act. The acts of a scope form a hash chain; totals follow from the act before; the server's clock says when it was recorded.
create table authorisations.authorisation (
  organisation_id uuid not null, authorisation_id uuid not null, scope_id uuid not null, customer_id uuid not null, currency text not null,
  seq int not null constraint act_counts check (seq between 1 and 1000000),
  kind text not null constraint authorisation_kind_known
    check (kind in ('initial', 'additional', 'substitution', 'diagnosis', 'standing_emergency', 'limit', 'ratification', 'revocation')),
  offer_id uuid not null, revision int not null, offer_hash bytea not null,
  cap_minor bigint not null, valid_until timestamptz not null,
  presentation_id uuid, contact_id uuid,                                 -- what was shown to whom; someone without a contact is kept and binds nobody
  channel text not null constraint authorisation_channel_known check (channel in ('link', 'on_device', 'paper', 'oral_phone', 'oral_in_person')),
  -- how what was shown asked to be confirmed, and how it was: a code cites its proof, a signature the hash of its strokes (0056)
  required_method text, method text constraint method_known check (method in ('tap', 'signature', 'otp')),
  code_of uuid generated always as (case when method = 'otp' then presentation_id end) stored,
  code_channel text,                                                     -- by which the code came that confirmed it
  signature_hash bytea constraint signature_hash_is_sha256 check (octet_length(signature_hash) = 32),
  -- since when the contact was reached as they were when they answered, and whether that came with the customer
  contact_version int, contact_since timestamptz, contact_founding boolean,
  revokes uuid,
  -- whether the customer asked that the work begin before their time to withdraw is over; at the door that has to be in writing (2011/83/EU, article 7(3))
  begin_at_once boolean not null default false,
  express_request boolean not null generated always as (begin_at_once and channel <> 'oral_in_person') stored,
  -- persons enter only as salted commitments (the salt and the words are in consent_detail, which may be erased)
  authoriser_commitment bytea constraint authoriser_commitment_is_sha256 check (octet_length(authoriser_commitment) = 32),
  contact_point_commitment bytea constraint contact_point_commitment_is_sha256 check (octet_length(contact_point_commitment) = 32),
  authoriser_capacity text not null constraint authoriser_capacity_known check (authoriser_capacity in ('customer', 'designee', 'payer', 'other')),
  received_by text constraint receiver_short check (length(received_by) between 1 and 100) constraint receiver_says_something check (kit.says_something(received_by)),
  conditions text constraint conditions_bounded check (length(conditions) <= 2000),
  stated_added_minor bigint, stated_total_minor bigint,                  -- what the customer was told, where a person told it
  recorded_by text not null constraint recorder_short check (length(recorded_by) <= 100),
  consented_at timestamptz not null,                                     -- claimed
  recorded_at timestamptz not null default kit.recorded_now(),            -- the server's
  record_lag_seconds int not null, requires_written_offer boolean not null,
  -- an act recorded within the policy's lag counts from when it was done, any other from when it was recorded; never from the future
  authorised_at timestamptz not null generated always as (
    case when consented_at <= recorded_at and extract(epoch from recorded_at - consented_at) <= record_lag_seconds then consented_at else recorded_at end) stored,
  verdicts int not null default 0 constraint act_verdicts_few check (verdicts between 0 and 500),      -- so many items it answers, and no more can be added
  shortcoming text constraint shortcoming_known check (shortcoming in ('AUTHORISER_NOT_ENTITLED', 'CONTACT_CHANGE_UNCONFIRMED', 'AUTH_RECORD_INCOMPLETE', 'NO_WRITTEN_OFFER')),
  active boolean not null generated always as (shortcoming is null and kind not in ('revocation', 'ratification')) stored,
  prior_seq int generated always as (nullif(seq - 1, 0)) stored,
  prior_hash bytea not null,
  prior_total_minor bigint not null, added_minor bigint not null, revised_total_minor bigint not null,
  content text not null constraint content_bounded check (octet_length(content) <= 100000),           -- RFC 8785: the act in words a verifier can read
  entry_hash bytea not null generated always as (authorisations.seal('sayso/authorisation/1',
    encode(prior_hash, 'hex') || ' ' || authorisations.microseconds(recorded_at)::text || ' ' || revised_total_minor::text || ' ' || content)) stored,
  step_of uuid generated always as (case when kind <> 'revocation' then authorisation_id end) stored,
  step_kind text generated always as (case when kind <> 'revocation' then 'answered' end) stored,
  constraint authorisation_pkey primary key (organisation_id, authorisation_id),
  constraint one_act_per_step unique (organisation_id, scope_id, seq),
  constraint act_in_scope unique (organisation_id, scope_id, authorisation_id),
  constraint scope_head unique (organisation_id, scope_id, seq, entry_hash, revised_total_minor),
  constraint act_on_revision unique (organisation_id, authorisation_id, scope_id, offer_id, revision, active, verdicts),
  constraint act_terms unique (organisation_id, authorisation_id, scope_id, authorised_at, valid_until, cap_minor, active),
  constraint act_request unique (organisation_id, authorisation_id, scope_id, authorised_at, express_request),
  constraint act_revokes unique (organisation_id, authorisation_id, scope_id, revokes),
  constraint act_signature unique (organisation_id, authorisation_id, signature_hash),
  constraint presentation_answered_once unique (organisation_id, presentation_id),
  constraint act_follows foreign key (organisation_id, scope_id, prior_seq, prior_hash, prior_total_minor)
    references authorisations.authorisation (organisation_id, scope_id, seq, entry_hash, revised_total_minor),
  constraint chain_begins check (seq > 1 or (prior_hash = '\x0000000000000000000000000000000000000000000000000000000000000000' and prior_total_minor = 0)),
  constraint total_adds_up check (revised_total_minor = prior_total_minor + added_minor),
  constraint totals_bounded check (revised_total_minor between 0 and 1000000000000000 and added_minor between -1000000000000000 and 1000000000000000),
  constraint answered_while_the_offer_holds check (consented_at <= valid_until or kind = 'revocation'),
  constraint revocation_takes_away check ((kind = 'revocation') = (revokes is not null) and (kind <> 'revocation' or added_minor <= 0)),
  constraint shown_act_names_its_showing check ((presentation_id is not null) = (channel in ('link', 'on_device', 'paper') and kind <> 'revocation')),
  constraint shown_act_says_how check ((presentation_id is null) = (method is null) and (method is null) = (required_method is null)),
  constraint customers_answer_for_themselves check (presentation_id is null or recorded_by like 'customer\_link:%'),
  constraint confirmed_as_required check ((required_method is null or required_method = 'tap' or method = 'otp' or method = required_method) is true),
  constraint code_says_its_channel check ((method is not distinct from 'otp') = (code_channel is not null)),
  constraint signature_has_its_hash check ((method is not distinct from 'signature') = (signature_hash is not null)),
  constraint shown_act_names_its_person check (presentation_id is null or contact_id is not null),
  constraint oral_record_complete check ((not (shortcoming is null) or channel not in ('oral_phone', 'oral_in_person') or kind = 'revocation' or (
    authoriser_commitment is not null and received_by is not null and conditions is not null and stated_added_minor = added_minor
    and stated_total_minor = revised_total_minor and (channel <> 'oral_phone' or contact_point_commitment is not null))) is true),
  constraint authoriser_entitled check (shortcoming is not null or kind = 'revocation' or (authoriser_capacity in ('customer', 'designee') and contact_id is not null)),
  -- who has just taken over a contact doesn't agree by it: an address or a say that is younger than a day binds in person alone
  constraint contact_settled check ((shortcoming is not null or kind = 'revocation' or contact_id is null or channel in ('paper', 'oral_in_person')
    or channel = 'on_device' and method <> 'otp' or coalesce(contact_founding or contact_since <= recorded_at - interval '24 hours', false)) is true),
  constraint contact_as_reached foreign key (organisation_id, customer_id, contact_id, contact_version, contact_since, contact_founding)
    references customers.contact_reach (organisation_id, customer_id, contact_id, version, since, founding),
  constraint written_where_required check (shortcoming is not null or kind = 'revocation' or not requires_written_offer or channel in ('link', 'on_device', 'paper')),
  constraint act_on_sealed_offer foreign key (organisation_id, offer_id, revision, offer_hash, cap_minor, valid_until)
    references authorisations.offer_revision (organisation_id, offer_id, revision, offer_hash, cap_minor, valid_until),
  constraint act_of_offer foreign key (organisation_id, scope_id, offer_id) references authorisations.offer (organisation_id, scope_id, offer_id),
  constraint act_in_its_scope foreign key (organisation_id, scope_id, customer_id, currency) references authorisations.scope (organisation_id, scope_id, customer_id, currency),
  constraint act_under_record_rules foreign key (organisation_id, scope_id, record_lag_seconds, requires_written_offer)
    references authorisations.scope (organisation_id, scope_id, record_lag_seconds, requires_written_offer),
  constraint act_answers_presentation foreign key (organisation_id, presentation_id, offer_id, revision, offer_hash, contact_id, channel, required_method)
    references authorisations.presentation (organisation_id, presentation_id, offer_id, revision, offer_hash, contact_id, channel, required_method),
  constraint act_by_contact foreign key (organisation_id, customer_id, contact_id) references customers.contact (organisation_id, customer_id, contact_id),
  constraint revokes_act_of_its_scope foreign key (organisation_id, scope_id, revokes) references authorisations.authorisation (organisation_id, scope_id, authorisation_id),
  constraint answered_before_the_end foreign key (organisation_id, step_of, scope_id, step_kind)
    references authorisations.scope_step (organisation_id, subject, scope_id, kind));
select kit.append_only('authorisations.authorisation', except_columns => 'recorded_at');
alter table authorisations.scope_step add constraint step_of_answer foreign key (organisation_id, answered_of)
  references authorisations.authorisation (organisation_id, authorisation_id);
create index authorisation_of_offer on authorisations.authorisation (organisation_id, offer_id, revision);

-- A draft that nobody was shown or answered may go whole, its items with its text. Of anything else no row is even seen by who would delete it.
create function authorisations.sealed(of_organisation uuid, of_offer uuid) returns boolean language sql stable parallel safe as $$
  select exists (select from authorisations.presentation p where p.organisation_id = of_organisation and p.offer_id = of_offer)
    or exists (select from authorisations.authorisation a where a.organisation_id = of_organisation and a.offer_id = of_offer)
$$;
grant execute on function authorisations.sealed to sayso_service;
create policy drafts_alone on authorisations.offer as restrictive for delete using (not authorisations.sealed(organisation_id, offer_id));
create policy drafts_alone on authorisations.offer_revision as restrictive for delete using (not authorisations.sealed(organisation_id, offer_id));
select kit.deletable('authorisations.offer');
select kit.deletable('authorisations.offer_revision');

-- The persons behind the commitments. Erasing a row leaves every hash and proof as it was.
create table authorisations.consent_detail (
  organisation_id uuid not null, authorisation_id uuid not null,
  salt bytea not null constraint salt_is_long check (octet_length(salt) = 32),
  authoriser_name text constraint authoriser_name_short check (length(authoriser_name) <= 200) constraint authoriser_name_says_something check (kit.says_something(authoriser_name)),
  contact_point text constraint contact_point_short check (length(contact_point) <= 200) constraint contact_point_says_something check (kit.says_something(contact_point)),
  constraint consent_detail_pkey primary key (organisation_id, authorisation_id),
  constraint detail_of_act foreign key (organisation_id, authorisation_id) references authorisations.authorisation (organisation_id, authorisation_id));
select kit.append_only('authorisations.consent_detail');
select kit.deletable('authorisations.consent_detail');

-- Approved or declined, item by item. What stands in neither is silence, and silence is not consent.
create table authorisations.authorisation_item (
  organisation_id uuid not null, authorisation_id uuid not null, item_id uuid not null, scope_id uuid not null, offer_id uuid not null, revision int not null,
  verdict text not null constraint verdict_known check (verdict in ('approved', 'declined')),
  active boolean not null,
  position int not null, verdicts int not null,
  constraint authorisation_item_pkey primary key (organisation_id, authorisation_id, item_id),
  constraint item_verdict unique (organisation_id, authorisation_id, item_id, verdict, active),
  constraint one_verdict_per_position unique (organisation_id, authorisation_id, position),
  constraint verdicts_are_numbered check (position between 1 and verdicts),
  constraint verdict_of_act foreign key (organisation_id, authorisation_id, scope_id, offer_id, revision, active, verdicts)
    references authorisations.authorisation (organisation_id, authorisation_id, scope_id, offer_id, revision, active, verdicts),
  constraint verdict_on_item_shown foreign key (organisation_id, item_id, scope_id, offer_id, revision)
    references authorisations.offer_item (organisation_id, item_id, scope_id, offer_id, revision));
select kit.append_only('authorisations.authorisation_item');
create index authorisation_item_by_item on authorisations.authorisation_item (organisation_id, item_id);

-- An approved item with the terms it may be spent on: cites the approving line and the offered terms whole, once.
create table authorisations.capacity_item (
  organisation_id uuid not null, item_id uuid not null, scope_id uuid not null, offer_id uuid not null, revision int not null, authorisation_id uuid not null,
  verdict text not null generated always as ('approved') stored,
  active boolean not null constraint only_active_acts_grant check (active),
  period_ticks bigint not null,                                          -- as offered; of each period where recurring
  ticks bigint not null,                                                 -- as granted
  denominator int not null, price_numerator bigint not null, price_denominator int not null, currency text not null, recurring boolean not null,
  authorised_at timestamptz not null, valid_until timestamptz not null, cap_minor bigint not null,
  combine text not null, pct_numerator int not null, pct_denominator int not null, abs_minor bigint not null, hard_cap_minor bigint not null,
  at_limit_refuses boolean not null, consent_deadline text not null,     -- the policy of its scope
  constraint capacity_item_pkey primary key (organisation_id, item_id),
  constraint item_price_authorised unique (organisation_id, item_id, authorised_at, period_ticks, denominator, price_numerator, price_denominator),   -- cited by the periods it is supplied in
  constraint item_terms unique (organisation_id, scope_id, item_id, authorisation_id, ticks, period_ticks, denominator, price_numerator, price_denominator, currency, recurring,
    authorised_at, valid_until, cap_minor, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline),
  constraint recurring_until_cancelled check (ticks = case when recurring then 1000000000000000 else period_ticks end),
  constraint item_expressly_approved foreign key (organisation_id, authorisation_id, item_id, verdict, active)
    references authorisations.authorisation_item (organisation_id, authorisation_id, item_id, verdict, active),
  constraint item_as_offered foreign key (organisation_id, item_id, scope_id, offer_id, revision, period_ticks, denominator, price_numerator, price_denominator, currency, recurring)
    references authorisations.offer_item (organisation_id, item_id, scope_id, offer_id, revision, ticks, denominator, price_numerator, price_denominator, currency, recurring),
  constraint item_authorised_when foreign key (organisation_id, authorisation_id, scope_id, authorised_at, valid_until, cap_minor, active)
    references authorisations.authorisation (organisation_id, authorisation_id, scope_id, authorised_at, valid_until, cap_minor, active),
  constraint policy_as_sealed foreign key (organisation_id, scope_id, currency, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline)
    references authorisations.scope (organisation_id, scope_id, currency, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline));
select kit.append_only('authorisations.capacity_item');

-- What was actually done, accepted always: late, unauthorised and mistyped records are evidence too. Only some become `perform` rows.
create table authorisations.work_record (
  organisation_id uuid not null, work_record_id uuid not null, scope_id uuid not null, item_id uuid not null,
  ticks bigint not null constraint record_ticks_bounded check (ticks between 0 and 1000000000000000),    -- 0 only in a correction: it was not done at all
  denominator int not null,
  started_at timestamptz not null, ended_at timestamptz not null,
  period_from date, period_until date,                                   -- of a supply: the half-open period of a subscription
  supplied boolean not null generated always as (period_from is not null) stored,
  corrects uuid,
  corrected_evidence boolean, corrected_started_at timestamptz, corrected_ended_at timestamptz,          -- what the record that it corrects is judged by
  judged_started_at timestamptz not null generated always as (case when corrected_evidence then corrected_started_at else started_at end) stored,
  judged_ended_at timestamptz not null generated always as (case when corrected_evidence then corrected_ended_at else ended_at end) stored,
  staff_id uuid, visit_id uuid,                                          -- who did it, on which visit; a supply is nobody's
  note text constraint work_note_bounded check (length(note) <= 2000),
  emergency text constraint emergency_known check (emergency in ('gas', 'water', 'electricity', 'fire', 'heating', 'access', 'health', 'other')),  -- why it couldn't wait
  finding text constraint finding_known check (finding in (              -- why it is evidence and no more, as judged when it was recorded
    'AUTHORISER_NOT_ENTITLED', 'CONTACT_CHANGE_UNCONFIRMED', 'AUTH_DECLINED', 'NO_EXPRESS_CONSENT', 'NO_WRITTEN_OFFER', 'AUTH_RECORD_INCOMPLETE', 'WORK_BEFORE_AUTH', 'AUTH_BACKDATED',
    'EMERGENCY_NO_STANDING_AUTH', 'AUTH_EXPIRED', 'AUTH_REVOKED', 'AUTH_SUPERSEDED', 'WORK_WITHDRAWN')),
  billable boolean not null generated always as (finding is null) stored,
  evidence boolean not null generated always as (finding is not null and finding <> 'WORK_WITHDRAWN') stored,
  recorded_by text not null constraint work_recorder_short check (length(recorded_by) <= 100),
  recorded_at timestamptz not null default kit.recorded_now(),
  constraint work_record_pkey primary key (organisation_id, work_record_id),
  constraint work_figures unique (organisation_id, work_record_id, scope_id, item_id, ticks, started_at, ended_at, supplied, billable),
  constraint work_item unique (organisation_id, work_record_id, item_id),
  constraint work_to_correct unique (organisation_id, work_record_id, item_id, evidence, judged_started_at, judged_ended_at),
  constraint supply_of_period unique (organisation_id, work_record_id, scope_id, item_id, period_from, period_until),   -- cited by the period it grants
  constraint corrected_once unique (organisation_id, corrects),
  constraint work_ends_after_it_starts check (ended_at >= started_at and started_at > timestamptz '2000-01-01Z' and ended_at < timestamptz '2200-01-01Z'),
  constraint work_is_over check (period_from is not null or ended_at <= recorded_at + interval '5 minutes'),   -- the device's clock may be that far ahead
  constraint only_corrections_take_back check (ticks > 0 or corrects is not null),
  constraint supply_has_its_period check (((period_from is null) = (period_until is null) and (period_from is null or period_until > period_from)) is true),
  constraint emergency_is_explained check (emergency is null or note is not null or corrects is not null),
  constraint emergency_finding_has_its_reason check (finding is distinct from 'EMERGENCY_NO_STANDING_AUTH' or emergency is not null),
  constraint someone_did_it check (supplied or corrects is not null or staff_id is not null),
  constraint work_on_offered_item foreign key (organisation_id, item_id, scope_id, denominator) references authorisations.offer_item (organisation_id, item_id, scope_id, denominator),
  constraint corrects_record_of_its_item foreign key (organisation_id, corrects, item_id, corrected_evidence, corrected_started_at, corrected_ended_at)
    references authorisations.work_record (organisation_id, work_record_id, item_id, evidence, judged_started_at, judged_ended_at),
  constraint correction_is_cited check (num_nulls(corrects, corrected_evidence, corrected_started_at, corrected_ended_at) in (0, 4)),
  -- Other times don't make evidence billable, however often it is corrected; its own are judged anew, for the consent may have come after the record.
  constraint evidence_stays_evidence check ((corrected_evidence is not true or evidence
    or (billable and (started_at, ended_at) = (corrected_started_at, corrected_ended_at))) is true),
  constraint work_by_staff foreign key (organisation_id, staff_id) references identity.staff (organisation_id, staff_id),
  constraint one_supply_per_period exclude using gist (organisation_id with =, item_id with =, daterange(period_from, period_until) with &&) where (period_from is not null));
select kit.append_only('authorisations.work_record', except_columns => 'recorded_at');
create index work_record_of_item on authorisations.work_record (organisation_id, item_id);
create index work_record_unbillable on authorisations.work_record (organisation_id, item_id, work_record_id) where finding is not null and finding <> 'WORK_WITHDRAWN';

-- One row per happening, in three chains at once: the item's (granted, performed, billed, net), its scope's (entitled, excess) and its authorisation's (net, against the cap).
-- Every running total stands in the row; a foreign key ties each `before` to the `after` of the row before; the keys leave no room for a fork.
create table authorisations.capacity (
  organisation_id uuid not null, scope_id uuid not null, seq int not null, item_id uuid not null, item_seq int not null, authorisation_id uuid not null, act_seq int not null,
  kind text not null constraint capacity_kind_known check (kind in ('grant', 'amend', 'revoke', 'perform', 'correct', 'bill', 'credit')),
  subject uuid not null,                                                 -- the authorisation, work record, invoice or credit note this row is of
  closes boolean not null default false,                                 -- the last row of a posting in this scope: the one the tolerance judges
  -- the sealed terms and policy, cited whole
  ticks bigint not null, period_ticks bigint not null, denominator int not null, price_numerator bigint not null, price_denominator int not null, currency text not null,
  recurring boolean not null, authorised_at timestamptz not null, valid_until timestamptz not null, cap_minor bigint not null,
  combine text not null, pct_numerator int not null, pct_denominator int not null, abs_minor bigint not null, hard_cap_minor bigint not null,
  at_limit_refuses boolean not null, consent_deadline text not null,
  -- the item's totals
  granted_before bigint not null, granted_after bigint not null, performed_before bigint not null, performed_after bigint not null,
  billed_before bigint not null, billed_after bigint not null, net_before bigint not null, net_after bigint not null,
  revoked_before timestamptz not null, revoked_after timestamptz not null default 'infinity',          -- work that starts from then on is not covered
  entitled_item_before bigint not null, excess_item_before bigint not null,
  entitled_item bigint not null generated always as (
    kit.rounded(least(billed_after, granted_after)::numeric * price_numerator, denominator::numeric * price_denominator)) stored,
  excess_item bigint not null generated always as (
    greatest(net_after - kit.rounded(least(billed_after, granted_after)::numeric * price_numerator, denominator::numeric * price_denominator), 0)) stored,
  -- the scope's totals, over items billed so far: an unperformed item lends nothing
  entitled_before bigint not null, entitled_after bigint not null, excess_before bigint not null, excess_after bigint not null,
  -- the excess with which the open posting began (-1: none is open); old excess left by a credit never refuses an exact bill
  opening_excess_before bigint not null,
  opening_excess_after bigint not null generated always as (
    case when kind <> 'bill' then opening_excess_before when closes then -1 when opening_excess_before = -1 then excess_before else opening_excess_before end) stored,
  -- the authorisation's total, against its cap
  act_net_before bigint not null, act_net_after bigint not null,
  -- the work, for perform and correct; the credit line, for credit
  started_at timestamptz, ended_at timestamptz, supplied boolean,
  credited_invoice_id uuid, credited_line int, credit_step int,
  -- the rows before, and what this row is of
  previous int generated always as (nullif(seq - 1, 0)) stored, item_previous int generated always as (nullif(item_seq - 1, 0)) stored,
  act_previous int generated always as (case when cap_minor < 9000000000000000 then nullif(act_seq - 1, 0) end) stored,   -- tied where there is a cap to hold
  item_previous_seq int not null, act_previous_seq int not null,         -- where those rows stand in the scope
  grant_of uuid generated always as (case when kind = 'grant' then subject end) stored,
  withdrawal_by uuid generated always as (case when kind in ('amend', 'revoke') then subject end) stored,
  work_of uuid generated always as (case when kind in ('perform', 'correct') then subject end) stored,
  work_billable boolean generated always as (case when kind in ('perform', 'correct') then true end) stored,
  work_ticks bigint generated always as (case kind when 'perform' then performed_after - performed_before when 'correct' then performed_before - performed_after end) stored,
  undone_kind text generated always as (case when kind = 'correct' then 'perform' end) stored,
  bill_of uuid generated always as (case when kind = 'bill' then subject end) stored,
  credit_of uuid generated always as (case when kind = 'credit' then subject end) stored,
  credited_ticks bigint generated always as (case when kind = 'credit' then billed_before - billed_after end) stored,
  credited_net bigint generated always as (case when kind = 'credit' then net_before - net_after end) stored,
  recorded_at timestamptz not null default kit.recorded_now(),
  constraint capacity_pkey primary key (organisation_id, scope_id, seq),
  constraint one_step_per_item unique (organisation_id, item_id, item_seq),
  constraint one_step_per_act unique (organisation_id, authorisation_id, act_seq),
  constraint scope_totals unique (organisation_id, scope_id, seq, entitled_after, excess_after, opening_excess_after),
  constraint item_totals unique (organisation_id, item_id, item_seq, seq, granted_after, performed_after, billed_after, net_after, revoked_after, entitled_item, excess_item),
  constraint act_totals unique (organisation_id, authorisation_id, act_seq, seq, act_net_after),
  constraint line_backing unique (organisation_id, subject, scope_id, seq, kind, closes, item_id, billed_before, billed_after, net_before, net_after),
  constraint work_performed_once unique (organisation_id, work_of, kind),
  constraint terms_as_sealed foreign key (organisation_id, scope_id, item_id, authorisation_id, ticks, period_ticks, denominator, price_numerator, price_denominator, currency, recurring,
      authorised_at, valid_until, cap_minor, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline)
    references authorisations.capacity_item (organisation_id, scope_id, item_id, authorisation_id, ticks, period_ticks, denominator, price_numerator, price_denominator, currency, recurring,
      authorised_at, valid_until, cap_minor, combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, at_limit_refuses, consent_deadline),
  constraint follows_in_scope foreign key (organisation_id, scope_id, previous, entitled_before, excess_before, opening_excess_before)
    references authorisations.capacity (organisation_id, scope_id, seq, entitled_after, excess_after, opening_excess_after),
  constraint follows_in_item foreign key (organisation_id, item_id, item_previous, item_previous_seq, granted_before, performed_before, billed_before, net_before, revoked_before,
      entitled_item_before, excess_item_before)
    references authorisations.capacity (organisation_id, item_id, item_seq, seq, granted_after, performed_after, billed_after, net_after, revoked_after, entitled_item, excess_item),
  constraint follows_in_act foreign key (organisation_id, authorisation_id, act_previous, act_previous_seq, act_net_before)
    references authorisations.capacity (organisation_id, authorisation_id, act_seq, seq, act_net_after),
  constraint grant_by_its_act foreign key (organisation_id, grant_of, item_id) references authorisations.authorisation_item (organisation_id, authorisation_id, item_id),
  constraint withdrawn_by_act foreign key (organisation_id, scope_id, withdrawal_by) references authorisations.authorisation (organisation_id, scope_id, authorisation_id),
  constraint work_as_recorded foreign key (organisation_id, work_of, scope_id, item_id, work_ticks, started_at, ended_at, supplied, work_billable)
    references authorisations.work_record (organisation_id, work_record_id, scope_id, item_id, ticks, started_at, ended_at, supplied, billable),
  constraint correct_undoes_a_perform foreign key (organisation_id, work_of, undone_kind) references authorisations.capacity (organisation_id, work_of, kind),   -- its ticks are the record's too
  constraint steps_count check (seq between 1 and 100000000 and item_seq between 1 and 100000000 and act_seq between 1 and 100000000),
  constraint scope_begins check (seq > 1 or (entitled_before = 0 and excess_before = 0 and opening_excess_before = -1)),
  constraint item_begins check (item_seq > 1 or (kind = 'grant' and granted_before = 0 and performed_before = 0 and billed_before = 0 and net_before = 0
    and entitled_item_before = 0 and excess_item_before = 0 and revoked_before = 'infinity' and item_previous_seq = 0)),
  constraint act_begins check (act_seq > 1 or (kind = 'grant' and act_net_before = 0 and act_previous_seq = 0)),
  constraint chains_in_one_order check (item_previous_seq < seq and act_previous_seq < seq),
  constraint scope_adds check (entitled_after = entitled_before + entitled_item - entitled_item_before and excess_after = excess_before + excess_item - excess_item_before),
  constraint act_adds check (act_net_after = act_net_before + net_after - net_before),
  constraint kind_moves_its_own check (
    case kind when 'grant' then item_seq = 1 and granted_after = ticks when 'amend' then granted_after < granted_before else granted_after = granted_before end
    and case kind when 'perform' then performed_after > performed_before when 'correct' then performed_after < performed_before else performed_after = performed_before end
    and case kind when 'bill' then billed_after > billed_before and net_after >= net_before
      when 'credit' then billed_after <= billed_before and net_after <= net_before and (billed_after < billed_before or net_after < net_before)
      else billed_after = billed_before and net_after = net_before end
    and case kind when 'revoke' then revoked_after < revoked_before else revoked_after = revoked_before end),
  constraint totals_not_negative check (granted_after >= 0 and performed_after >= 0 and billed_after >= 0 and net_after >= 0 and entitled_after >= 0 and excess_after >= 0 and act_net_after >= 0),
  constraint totals_not_beyond_reason check (performed_after <= 100000000000000000 and net_after <= 1000000000000000 and entitled_after <= 100000000000000000
    and excess_after <= 100000000000000000 and act_net_after <= 100000000000000000),
  constraint granted_covers_performed check (kind <> 'amend' or granted_after >= performed_after),
  constraint billed_within_performed check (billed_after <= performed_after),
  constraint work_is_cited check (num_nulls(started_at, ended_at, supplied) = case when kind in ('perform', 'correct') then 0 else 3 end),
  constraint credit_is_cited check (num_nulls(credited_invoice_id, credited_line, credit_step) = case when kind = 'credit' then 0 else 3 end),
  constraint consent_in_time check ((kind <> 'perform' or authorised_at <= authorisations.deadline(consent_deadline, started_at, ended_at)) is true),
  constraint work_within_validity check ((kind <> 'perform' or started_at <= valid_until) is true),
  constraint work_before_revocation check ((kind <> 'perform' or started_at < revoked_after) is true),
  constraint recurring_is_supplied_by_period check ((kind <> 'perform' or (recurring = supplied and (not recurring or performed_after - performed_before <= period_ticks))) is true),
  constraint billed_within_granted check (kind <> 'bill' or combine <> 'none' or billed_after <= granted_after),
  constraint price_within_authorised check (kind <> 'bill' or combine <> 'none'
    or (net_after - net_before)::numeric * denominator * price_denominator < (billed_after - billed_before)::numeric * price_numerator + denominator::numeric * price_denominator),
  constraint cap_held check (kind <> 'bill' or act_net_after <= cap_minor),
  constraint only_bills_close check (not closes or kind = 'bill'),
  -- Both sides are whole: at a limit that refuses, one more is too much.
  constraint excess_within_tolerance check ((not closes or excess_after <= greatest(0, case when opening_excess_before = -1 then excess_before else opening_excess_before end)
    or excess_after::numeric * pct_denominator + at_limit_refuses::int
      <= authorisations.allowance(combine, pct_numerator, pct_denominator, abs_minor, hard_cap_minor, pct_denominator, entitled_after)) is true));
select kit.append_only('authorisations.capacity', except_columns => 'recorded_at');
create unique index credit_releases_once on authorisations.capacity (organisation_id, credited_invoice_id, credited_line, credit_step) where credited_invoice_id is not null;

-- That the work on an authorisation came near its cap: one warning each, whatever is corrected and done again after it.
create table authorisations.ceiling_warning (
  organisation_id uuid not null, authorisation_id uuid not null, scope_id uuid not null,
  authorised_at timestamptz not null, valid_until timestamptz not null, cap_minor bigint not null, active boolean not null generated always as (true) stored,
  reached_minor bigint not null,
  warned_at timestamptz not null default kit.recorded_now(),
  constraint ceiling_warning_pkey primary key (organisation_id, authorisation_id),
  constraint ceiling_is_near check (reached_minor::numeric * 100 >= cap_minor::numeric * 85),
  constraint ceiling_of_act foreign key (organisation_id, authorisation_id, scope_id, authorised_at, valid_until, cap_minor, active)
    references authorisations.authorisation (organisation_id, authorisation_id, scope_id, authorised_at, valid_until, cap_minor, active));
select kit.append_only('authorisations.ceiling_warning', except_columns => 'warned_at');

-- What requests lock by.
select kit.lockable('account', 'authorisations.offer', 'customer_id', 'offer_id');
select kit.lockable('account', 'authorisations.presentation', 'customer_id', 'presentation_id');
select kit.lockable('scope', 'authorisations.authorisation', 'scope_id', 'authorisation_id');
select kit.lockable('scope', 'authorisations.offer', 'scope_id', 'offer_id');
select kit.lockable('scope', 'authorisations.offer_item', 'scope_id', 'item_id');
select kit.lockable('scope', 'authorisations.presentation', 'scope_id', 'presentation_id');
select kit.lockable('scope', 'authorisations.scope', 'scope_id', 'customer_id');
select kit.lockable('scope', 'authorisations.work_record', 'scope_id', 'work_record_id');
