"""Every kind of link opens what it is for and nothing else; opened by whoever looks into a mail first it changes nothing; and none can be guessed."""

from uuid import UUID

from service.app.rooms import ROUTES
from service.billing.provider.pay_links import claim_path, pay_path
from service.identity.links import link_token
from service.notices.opt_outs import stop_token
from tests.each import Cases
from tests.web.portals import everything
from tests.web.test_subscribe_to_visits import link as saving_link
from tests.world import World

PAGES = sorted(
    {path for route in ROUTES if "GET" in getattr(route, "http_methods", ()) for path in route.paths if "{token:str}" in path and path.count("{") == 1}
)  # fmt: skip
"""The pages that a link alone opens."""
PORTAL = {"/l/{token:str}", "/l/{token:str}/past", "/l/{token:str}/messages"}
THEIRS = {f"/l/{{token:str}}/{page}" for page in ("visits", "ideas", "contact", "calendar", "card", "card/back")}
OPENS: dict[str, set[str]] = {
    "portal": PORTAL | THEIRS,
    "customer": THEIRS,
    "presentation": {"/a/{token:str}", "/a/{token:str}/offer.pdf", "/a/{token:str}/job.pdf", "/a/{token:str}/receipt.jws"},
    "choice": {"/l/{token:str}/visit"},
    "feed": {"/feed/{token:str}/visits.ics"},
    "pay": {"/pay/{token:str}", "/pay/{token:str}/lines"},
    "owed": {"/owed/{token:str}"},
    "stop": {"/stop/{token:str}"},
}
NOT_YET = {"/a/{token:str}/receipt.jws", "/a/{token:str}/job.pdf", "/l/{token:str}/card/back"}
"""Pages of what comes after an answer, or after saving a card."""
SEEN = "select (select count(*) from kit.fact where organisation_id = $1) as facts, (select count(*) from kit.task where organisation_id = $1) as tasks, (select count(*) from identity.link where organisation_id = $1) as links"


async def links_of(world: World) -> dict[str, str]:
    """One of each kind that is good."""
    made = await everything(world)
    path = await made.link()
    _, saving = await saving_link(world)
    [shown] = await world.sql(
        "select link_id from identity.link where organisation_id = $1 and purpose = 'presentation'", world.organisation_id
    )
    policy = {"days_ahead": 5, "hours_before": 24, "most_moves": 1}
    await world.done("PUT", "/v1/choice-policy", policy, headers={"If-Match": '"0"'})
    choice = (await world.done("POST", f"/v1/jobs/{made.job['id']}/choice-links"))["path"]
    feed = (await world.done("POST", f"/v1/customers/{made.customer_id}/calendar"))["path"]
    cursors, mine = world.database.cursors, world.organisation_id
    return {
        "portal": path.rpartition("/")[2],
        "customer": saving.rpartition("/")[2],
        "presentation": link_token(cursors, shown["link_id"]),
        "choice": choice.split("/")[2],
        "feed": feed.split("/")[2],
        "pay": pay_path(cursors, organisation_id=mine, invoice_id=made.invoice_id).rpartition("/")[2],
        "owed": claim_path(cursors, organisation_id=mine, claim_id=made.invoice_id).rpartition("/")[2],
        "stop": stop_token(cursors, organisation_id=mine, customer_id=UUID(made.customer_id), kind="promise_renewed"),
    }


def at(page: str, token: str) -> str:
    return page.replace("{token:str}", token)


async def test_each_opens_its_own_pages_and_no_others_however_often_and_changes_nothing(world: World) -> None:
    links = await links_of(world)
    [before] = await world.sql(SEEN, world.organisation_id)
    cases = Cases()
    for kind, token in links.items():
        for page in PAGES:
            with cases.case(f"{kind} at {page}"):
                told = {method: (await world.http.request(method, at(page, token))).status_code for method in ("HEAD", "GET")}
                if page not in OPENS[kind]:
                    assert 400 <= told["GET"] < 500
                elif page not in NOT_YET and kind != "owed":
                    assert told["GET"] == 200
    cases.hold()
    assert [dict(before)] == [dict(one) for one in await world.sql(SEEN, world.organisation_id)]


async def test_a_letter_changed_opens_nothing_and_says_what_a_made_up_one_does(world: World) -> None:
    links = await links_of(world)
    for kind, token in links.items():
        page = min(OPENS[kind])
        middle = len(token) // 2
        changed = token[:middle] + ("A" if token[middle] != "A" else "B") + token[middle + 1 :]
        made_up = token[:2] + "A" * (len(token) - 2)
        answers = [await world.http.get(at(page, one)) for one in (changed, made_up, token[:-1], f"{token}A")]
        assert all(400 <= one.status_code < 500 for one in answers), kind
        assert len({(one.status_code, one.text.partition("<main")[2]) for one in answers}) == 1, kind
