-- How promises are watched until they end: by which hours, whom they warn, who owns them once they are broken, and by which one they were renewed.

-- What nothing has ended yet, past due ones included: by when, so that what breaks next is found without reading what is long over.
create table promises.open_promise (
  organisation_id uuid not null,
  promise_id uuid not null,
  due_at timestamptz not null,
  constraint one_open_promise_an_id primary key (organisation_id, promise_id),
  constraint open_promise_of_promise foreign key (organisation_id, promise_id, due_at) references promises.promise (organisation_id, promise_id, due_at));
create index open_promise_by_due on promises.open_promise (organisation_id, due_at, promise_id);
select kit.wall('promises.open_promise');
select kit.deletable('promises.open_promise');

-- When the office is there and how long before a promise breaks its owner is warned; the last version is in force. Minutes after midnight, Monday first; a day that
-- closes when it opens is one of rest.
create table promises.policy (
  organisation_id uuid not null,
  version int not null constraint promise_policy_counts check (version between 1 and 100000),
  previous int generated always as (nullif(version - 1, 0)) stored,
  opens_minute int[] not null,
  closes_minute int[] not null,
  rests_on_holidays boolean not null,
  place text not null constraint promise_place_is_iso_3166 check (place ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$'),
  warn_minutes int not null constraint promise_warning_in_range check (warn_minutes between 5 and 10080),
  escalates_to uuid,
  set_by text not null constraint promise_policy_setter_short check (length(set_by) <= 100),
  set_at timestamptz not null,
  constraint one_promise_policy_a_version primary key (organisation_id, version),
  constraint promise_policies_follow foreign key (organisation_id, previous) references promises.policy (organisation_id, version),
  constraint open_some_day check (cardinality(opens_minute) = 7 and cardinality(closes_minute) = 7 and opens_minute <> closes_minute),
  constraint opens_within_a_day check (0 <= all (opens_minute) and 1440 >= all (closes_minute)),
  constraint closes_after_it_opens check (opens_minute[1] <= closes_minute[1] and opens_minute[2] <= closes_minute[2] and opens_minute[3] <= closes_minute[3]
    and opens_minute[4] <= closes_minute[4] and opens_minute[5] <= closes_minute[5] and opens_minute[6] <= closes_minute[6] and opens_minute[7] <= closes_minute[7]),
  constraint broken_promises_go_to_staff foreign key (organisation_id, escalates_to) references identity.staff (organisation_id, staff_id),
  constraint promise_policy_of_organisation foreign key (organisation_id) references identity.organisation (organisation_id));
select kit.append_only('promises.policy');

-- What was promised in people's own words, and why it takes longer than was promised before. They go with the person.
create table promises.wording (
  organisation_id uuid not null,
  promise_id uuid not null,
  customer_id uuid not null,
  words text not null constraint promise_words_have_a_length check (length(words) between 2 and 500),
  constraint one_wording_a_promise primary key (organisation_id, promise_id),
  constraint wording_of_promise foreign key (organisation_id, promise_id) references promises.promise (organisation_id, promise_id));
create index wording_by_customer on promises.wording (organisation_id, customer_id);
select kit.append_only('promises.wording');
select kit.deletable('promises.wording');

-- Who keeps it from then on, while it is open: the last row holds.
create table promises.handing (
  organisation_id uuid not null,
  promise_id uuid not null,
  number int not null constraint handing_counts check (number >= 1),
  to_staff_id uuid not null,
  handed_at timestamptz not null,
  constraint one_handing_a_number primary key (organisation_id, promise_id, number),
  constraint handing_of_promise foreign key (organisation_id, promise_id) references promises.promise (organisation_id, promise_id),
  constraint handing_to_staff foreign key (organisation_id, to_staff_id) references identity.staff (organisation_id, staff_id));
select kit.append_only('promises.handing');

-- Its owner was told before it broke; once.
create table promises.warning (
  organisation_id uuid not null,
  promise_id uuid not null,
  due_at timestamptz not null,
  warned_staff_id uuid not null,
  warned_at timestamptz not null,
  constraint one_warning_a_promise primary key (organisation_id, promise_id),
  constraint warned_before_it_breaks check (warned_at < due_at),
  constraint warning_of_promise foreign key (organisation_id, promise_id, due_at) references promises.promise (organisation_id, promise_id, due_at),
  constraint warning_to_staff foreign key (organisation_id, warned_staff_id) references identity.staff (organisation_id, staff_id));
select kit.append_only('promises.warning');

-- It broke: from then on somebody else answers for it, by name; once.
create table promises.escalation (
  organisation_id uuid not null,
  promise_id uuid not null,
  due_at timestamptz not null,
  to_staff_id uuid not null,
  escalated_at timestamptz not null,
  constraint one_escalation_a_promise primary key (organisation_id, promise_id),
  constraint escalated_when_broken check (escalated_at >= due_at),
  constraint escalation_of_promise foreign key (organisation_id, promise_id, due_at) references promises.promise (organisation_id, promise_id, due_at),
  constraint escalation_to_staff foreign key (organisation_id, to_staff_id) references identity.staff (organisation_id, staff_id));
select kit.append_only('promises.escalation');

-- Another time was promised instead, about the same; the customer hears of it with its reason, which is the new promise's wording.
create table promises.renewal (
  organisation_id uuid not null,
  renewed_id uuid not null,
  promise_id uuid not null,
  constraint one_renewal_a_promise primary key (organisation_id, renewed_id),
  constraint renewed_by_one_promise unique (organisation_id, promise_id),
  constraint renews_another check (promise_id <> renewed_id),
  constraint renewal_ends_the_one_before foreign key (organisation_id, renewed_id) references promises.ending (organisation_id, promise_id),
  constraint renewal_is_a_promise foreign key (organisation_id, promise_id) references promises.promise (organisation_id, promise_id));
select kit.append_only('promises.renewal');
