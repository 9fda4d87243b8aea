"""The room's statements and the records they return."""

from uuid import UUID

from service.identity.records import (
    ApiKey,
    ApiKeyReceipt,
    Changed,
    Device,
    Founded,
    FoundedBefore,
    Invited,
    Joined,
    LogoSet,
    Organisation,
    Owner,
    Registered,
    Revoked,
    RevokedKey,
    SessionReceipt,
    SignedOut,
    StaffMember,
)
from service.identity.records.partners import Partner, PartnerReceipt
from service.identity.rows import ApiKeyRow, Credentials, LinkRow
from service.kit import sql

SQL = sql.room(__package__)

FOUND_ORGANISATION = SQL.verb("found_organisation", Founded)
FIND_ORGANISATION = SQL.query("find_organisation", Organisation)
FIND_PUBLIC_NAME = SQL.query("find_public_name", UUID)
READ_LOGO = SQL.query("read_logo", bytes)
SET_LOGO = SQL.verb("set_logo", LogoSet)
LIST_FOUNDED = SQL.query("list_founded", FoundedBefore)
CHANGE_ORGANISATION = SQL.verb("change_organisation", Changed)

INVITE_STAFF = SQL.verb("invite_staff", Invited)
INVITE_AGAIN = SQL.verb("invite_again", Invited)
CHANGE_STAFF = SQL.verb("change_staff", Changed)
FIND_STAFF = SQL.query("find_staff", StaffMember)
LIST_STAFF = SQL.query("list_staff", StaffMember)
USE_MAIL_LINK = SQL.verb("use_mail_link", Joined)
WANT_PASSWORD_RESET = SQL.verb("want_password_reset", Joined)

FIND_SIGN_INS = SQL.query("find_sign_ins", Owner)
FIND_CREDENTIALS = SQL.query("find_credentials", Credentials)
BEGIN_SESSION = SQL.verb("begin_session", SessionReceipt)
REFRESH_SESSION = SQL.verb("refresh_session", SessionReceipt)
END_SESSION = SQL.verb("end_session", SignedOut)

LIST_DEVICES = SQL.query("list_devices", Device)
REVOKE_DEVICE = SQL.verb("revoke_device", Revoked)
REGISTER_DEVICE = SQL.verb("register_device", Registered)

MAKE_API_KEY = SQL.verb("make_api_key", ApiKeyReceipt)
REVOKE_API_KEY = SQL.verb("revoke_api_key", RevokedKey)
FIND_API_KEY = SQL.query("find_api_key", ApiKey)
FIND_API_KEY_BY_HASH = SQL.query("find_api_key_by_hash", ApiKeyRow)
LIST_API_KEYS = SQL.query("list_api_keys", ApiKey)

ADD_PARTNER = SQL.verb("add_partner", PartnerReceipt)
FIND_PARTNER = SQL.query("find_partner", Partner)
LIST_PARTNERS = SQL.query("list_partners", Partner)

FIND_LINK_BY_HASH = SQL.query("find_link_by_hash", LinkRow)
