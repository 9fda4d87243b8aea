-- The price book: what may be offered, versioned by effective day.
create schema catalogue;
grant usage on schema catalogue to sayso_service;

-- A price as exact text: a decimal where one ends within six places, else a fraction.
create function catalogue.price_text(numerator bigint, denominator int) returns text language sql immutable strict parallel safe
  return case when numerator::numeric * 1000000 % denominator = 0 then trim_scale(round(numerator::numeric / denominator, 6))::text
    else numerator::text || '/' || denominator::text end;
grant execute on function catalogue.price_text to sayso_service;

create table catalogue.item (
  organisation_id uuid not null,
  item_id uuid not null,
  code text not null constraint item_code_has_a_length check (length(code) between 1 and 40),
  kind text not null constraint item_kind_is_known check (kind in ('labour', 'part', 'diagnosis', 'travel', 'fee', 'disposal', 'reassembly', 'plan')),
  created_at timestamptz not null,
  constraint one_item_an_id primary key (organisation_id, item_id),
  constraint one_item_a_code unique (organisation_id, code),
  constraint item_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id));
select kit.append_only('catalogue.item');

create table catalogue.item_version (
  organisation_id uuid not null,
  item_id uuid not null,
  effective_on date not null constraint item_version_effective_in_reach check (effective_on between date '2000-01-01' and date '2199-12-31'),
  name text not null constraint item_version_name_has_a_length check (length(name) between 1 and 200),
  constraint item_version_name_says_something check (kit.says_something(name)),
  unit text not null constraint item_version_unit_is_rec20 check (unit ~ '^[A-Z0-9]{2,3}$'),
  currency text not null constraint item_version_currency_is_iso check (currency ~ '^[A-Z]{3}$'),
  price_numerator bigint not null constraint item_version_price_is_bounded check (price_numerator between 0 and 1000000000),
  price_denominator int not null constraint item_version_price_denominator_is_bounded check (price_denominator between 1 and 1000000),
  tax_category text not null constraint item_version_tax_category_is_en16931 check (tax_category in ('S', 'Z', 'E', 'AE', 'K', 'G', 'O')),
  tax_rate_bp int not null constraint item_version_tax_rate_is_bounded check (tax_rate_bp between 0 and 10000),
  -- Why no tax is charged: a code of the list VATEX, words, or both. An exemption says so itself (EN 16931, BR-E-10); what is taxed has none (BR-S-10, BR-Z-10).
  exemption_code text constraint item_version_exemption_code_known check (kit.is_exemption(exemption_code)),
  exemption_reason text constraint item_version_exemption_reason_has_a_length check (length(exemption_reason) between 1 and 200),
  -- For how long, and for how far where the trade has it, from the hand-back: whichever ends first.
  warranty_months int constraint item_version_warranty_is_bounded check (warranty_months between 1 and 600),
  warranty_distance int constraint item_version_warranty_distance_is_bounded check (warranty_distance between 1 and 10000000),
  warranty_unit text constraint item_version_warranty_unit_is_known check (warranty_unit in ('KMT', 'SMI', 'HUR')),
  constraint item_version_warranty_distance_has_its_unit check ((warranty_distance is null) = (warranty_unit is null)),
  withdrawn boolean not null default false,
  created_at timestamptz not null,
  constraint item_version_tax_fits_its_category check (tax_category = 'S' or tax_rate_bp = 0),
  constraint item_version_exemption_fits_its_category check (case when tax_category in ('S', 'Z') then num_nonnulls(exemption_code, exemption_reason) = 0
    when tax_category = 'E' then num_nonnulls(exemption_code, exemption_reason) > 0 else true end),
  constraint one_item_version_a_day primary key (organisation_id, item_id, effective_on),
  constraint item_version_of_item foreign key (organisation_id, item_id) references catalogue.item (organisation_id, item_id));
select kit.append_only('catalogue.item_version');
