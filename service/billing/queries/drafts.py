"""What a draft is made of."""

from service.billing.queries import SQL
from service.billing.records.drafts import DraftItem, DraftMatter, DraftWork

FIND_DRAFT_MATTER = SQL.query("find_draft_matter", DraftMatter)
LIST_DRAFT_ITEMS = SQL.query("list_draft_items", DraftItem)
LIST_DRAFT_WORK = SQL.query("list_draft_work", DraftWork)
