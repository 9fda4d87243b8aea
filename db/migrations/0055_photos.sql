-- Photos of a matter: what was reported, found and done. The row is evidence and stays; the picture behind its hash may be erased.

create table authorisations.photo (
  organisation_id uuid not null, photo_id uuid not null, scope_id uuid not null, customer_id uuid not null, currency text not null,
  number int not null constraint photos_of_a_scope_are_few check (number between 1 and 500),
  visit_id uuid,                                                         -- the visit it was taken on, where it was on one
  shows text not null constraint photo_shows_is_known check (shows in ('reported', 'found', 'work', 'custody')),
  photo_hash bytea not null constraint photo_hash_is_sha256 check (octet_length(photo_hash) = 32),          -- of the picture as kept and shown
  received_hash bytea not null constraint received_hash_is_sha256 check (octet_length(received_hash) = 32), -- of the file as it came, by which a phone knows it again
  width int not null constraint photo_width_in_range check (width between 1 and 4096),
  height int not null constraint photo_height_in_range check (height between 1 and 4096),
  taken_at timestamptz not null,                                         -- claimed
  recorded_by text not null constraint photo_recorder_short check (length(recorded_by) <= 100),
  recorded_at timestamptz not null default kit.recorded_now(),            -- the server's
  constraint photo_pkey primary key (organisation_id, photo_id),
  constraint one_photo_a_number unique (organisation_id, scope_id, number),
  constraint one_photo_a_file unique (organisation_id, scope_id, received_hash),
  constraint photo_as_kept unique (organisation_id, photo_id, photo_hash),
  constraint photo_in_scope unique (organisation_id, photo_id, scope_id, photo_hash),
  constraint photo_of_scope foreign key (organisation_id, scope_id, customer_id, currency) references authorisations.scope (organisation_id, scope_id, customer_id, currency));
select kit.append_only('authorisations.photo', except_columns => 'recorded_at');
create index photo_of_customer on authorisations.photo (organisation_id, customer_id, photo_id);
select kit.lockable('account', 'authorisations.photo', 'customer_id', 'photo_id');

-- The picture itself, in a table of its own: no log, since its hash stands in one, so that nothing but a picture is read with it and erasing one leaves every
-- proof as it was.
create table authorisations.photo_content (
  organisation_id uuid not null, photo_id uuid not null, photo_hash bytea not null,
  content bytea not null constraint photo_content_is_bounded check (octet_length(content) <= 2000000),
  thumbnail bytea not null constraint photo_thumbnail_is_bounded check (octet_length(thumbnail) <= 60000),
  constraint photo_content_pkey primary key (organisation_id, photo_id),
  constraint photo_is_what_was_hashed check (photo_hash = sha256(content)),
  constraint content_of_photo foreign key (organisation_id, photo_id, photo_hash) references authorisations.photo (organisation_id, photo_id, photo_hash));
select kit.wall('authorisations.photo_content');
select kit.deletable('authorisations.photo_content');
alter table authorisations.photo_content alter column content set storage external;   -- JPEG: nothing is left to squeeze
alter table authorisations.photo_content alter column thumbnail set storage external;

-- The photos that a revision shows, as its text lists them.
create table authorisations.offer_photo (
  organisation_id uuid not null, offer_id uuid not null, revision int not null, scope_id uuid not null,
  position int not null constraint photos_of_an_offer_are_few check (position between 1 and 12),
  photo_id uuid not null, photo_hash bytea not null,
  constraint offer_photo_pkey primary key (organisation_id, offer_id, revision, position),
  constraint photo_shown_once unique (organisation_id, offer_id, revision, photo_id),
  constraint photo_in_revision foreign key (organisation_id, offer_id, revision) references authorisations.offer_revision (organisation_id, offer_id, revision),
  constraint photo_in_offer_of_its_scope foreign key (organisation_id, scope_id, offer_id) references authorisations.offer (organisation_id, scope_id, offer_id),
  constraint offer_shows_photo_as_kept foreign key (organisation_id, photo_id, scope_id, photo_hash)
    references authorisations.photo (organisation_id, photo_id, scope_id, photo_hash));
select kit.append_only('authorisations.offer_photo');
-- They go with a draft, as its items do.
create policy drafts_alone on authorisations.offer_photo as restrictive for delete using (not authorisations.sealed(organisation_id, offer_id));
select kit.deletable('authorisations.offer_photo');

-- The photos that a work record cites.
create table authorisations.work_photo (
  organisation_id uuid not null, work_record_id uuid not null, scope_id uuid not null,
  position int not null constraint photos_of_work_are_few check (position between 1 and 12),
  photo_id uuid not null, photo_hash bytea not null,
  constraint work_photo_pkey primary key (organisation_id, work_record_id, position),
  constraint photo_cited_once unique (organisation_id, work_record_id, photo_id),
  constraint photo_of_work_record foreign key (organisation_id, work_record_id) references authorisations.work_record (organisation_id, work_record_id),
  constraint work_cites_photo_as_kept foreign key (organisation_id, photo_id, scope_id, photo_hash)
    references authorisations.photo (organisation_id, photo_id, scope_id, photo_hash));
select kit.append_only('authorisations.work_photo');
