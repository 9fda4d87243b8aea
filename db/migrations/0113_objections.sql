-- Objections: a customer contests a line of an invoice, in a word of a case. Until it is decided, dunning leaves what it is about alone. (What a cardholder's bank contests is a dispute: billing.dispute.)
create table care.objection (
  organisation_id uuid not null,
  objection_id uuid not null,
  customer_id uuid not null,
  invoice_id uuid not null, line_number int not null,
  number int not null constraint objection_counts check (number between 1 and 1000),   -- of this line's; one at a time
  before_number int generated always as (nullif(number - 1, 0)) stored,
  item_id uuid not null, line_ticks bigint not null, line_net bigint not null,
  scope_id uuid not null,
  currency text not null,
  reason text not null constraint objection_reason_is_known check (reason in ('not_ordered', 'not_done', 'badly_done', 'quantity', 'price', 'paid_before', 'else')),
  contested_minor bigint not null,                                       -- with its tax
  message_id uuid not null,                                              -- what they said of it; a case has it, wherever it is put
  direction text not null generated always as ('in') stored,
  awaits int not null generated always as (1) stored,
  raised_by text not null constraint objection_raiser_short check (length(raised_by) <= 100),
  raised_at timestamptz not null,
  constraint one_objection_an_id primary key (organisation_id, objection_id),
  constraint one_objection_a_word unique (organisation_id, message_id),
  constraint one_objection_a_number unique (organisation_id, invoice_id, line_number, number),
  constraint objection_whole unique (organisation_id, objection_id, customer_id, invoice_id, line_number, number, currency),
  constraint objection_to_line foreign key (organisation_id, invoice_id, line_number, item_id, line_ticks, line_net)
    references billing.invoice_line (organisation_id, invoice_id, line_number, item_id, ticks, net_minor),
  constraint objection_in_scope foreign key (organisation_id, invoice_id, scope_id) references billing.invoice_scope (organisation_id, invoice_id, scope_id),
  constraint objection_to_their_invoice foreign key (organisation_id, invoice_id, customer_id, currency)
    references billing.invoice (organisation_id, invoice_id, customer_id, currency),
  constraint objection_is_said foreign key (organisation_id, message_id, direction, awaits, customer_id)
    references care.case_message (organisation_id, message_id, direction, awaits, customer_id),
  constraint objection_holds_dunning foreign key (organisation_id, objection_id, customer_id, invoice_id, contested_minor)
    references billing.dunning_hold (organisation_id, hold_id, customer_id, invoice_id, contested_minor));
create index objection_of_customer on care.objection (organisation_id, customer_id);
select kit.append_only('care.objection');

-- How one was decided, once, in words that reached whoever objected: it was explained, money was given back by the line of a credit note, or that was also paid out.
create table care.objection_decision (
  organisation_id uuid not null,
  objection_id uuid not null,
  customer_id uuid not null,
  invoice_id uuid not null, line_number int not null, number int not null,
  currency text not null,
  outcome text not null constraint objection_outcome_is_known check (outcome in ('explained', 'credited', 'refunded')),
  answer_id uuid not null,
  said text not null generated always as ('out') stored,
  awaits int not null generated always as (0) stored,
  credit_note_id uuid, credited_net bigint, credited_minor bigint,
  refund_id uuid, refunded_minor bigint,
  decided_by text not null constraint objection_decider_short check (length(decided_by) <= 100),
  decided_at timestamptz not null,
  constraint one_decision_an_objection primary key (organisation_id, objection_id),
  constraint one_decision_a_number unique (organisation_id, invoice_id, line_number, number),
  constraint one_decision_a_credit unique (organisation_id, credit_note_id),
  constraint one_decision_a_refund unique (organisation_id, refund_id),
  constraint decision_of_objection foreign key (organisation_id, objection_id, customer_id, invoice_id, line_number, number, currency)
    references care.objection (organisation_id, objection_id, customer_id, invoice_id, line_number, number, currency),
  constraint decision_is_said foreign key (organisation_id, answer_id, said, awaits, customer_id)
    references care.case_message (organisation_id, message_id, direction, awaits, customer_id),
  constraint decision_ends_the_hold foreign key (organisation_id, objection_id) references billing.dunning_hold_release (organisation_id, hold_id),
  constraint decision_credits_its_line foreign key (organisation_id, credit_note_id, invoice_id, line_number, credited_net)
    references billing.credit_line (organisation_id, credit_note_id, invoice_id, line_number, net_minor),
  constraint decision_credits_by_a_note foreign key (organisation_id, credit_note_id, invoice_id, credited_minor)
    references billing.credit_note (organisation_id, credit_note_id, invoice_id, total_minor),
  constraint decision_refunds foreign key (organisation_id, refund_id, customer_id, currency, refunded_minor)
    references billing.refund (organisation_id, refund_id, customer_id, currency, amount_minor),
  constraint outcome_moves_its_money check (num_nonnulls(credit_note_id, credited_net, credited_minor) = case outcome when 'explained' then 0 else 3 end
    and num_nonnulls(refund_id, refunded_minor) = case outcome when 'refunded' then 2 else 0 end),
  constraint refunds_what_was_credited check ((refunded_minor is null or refunded_minor <= credited_minor) is true));
select kit.append_only('care.objection_decision');

-- Another one to the same line comes after the one before was decided.
alter table care.objection add constraint objection_follows_a_decision foreign key (organisation_id, invoice_id, line_number, before_number)
  references care.objection_decision (organisation_id, invoice_id, line_number, number);

-- What requests lock by.
select kit.lockable('account', 'care.objection', 'customer_id', 'objection_id');
select kit.lockable('scope', 'care.objection', 'scope_id', 'objection_id');
