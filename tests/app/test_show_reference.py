"""`/docs`: the document as one page for people."""

import re

from tests.world import World


async def test_every_link_of_the_page_leads_somewhere_on_it(world: World) -> None:
    page = (await world.http.get("/docs")).text
    names = re.findall(r'id="([^"]+)"', page)
    assert sorted(set(re.findall(r'href="#([^"]+)"', page)) - set(names)) == []
    assert len(names) == len(set(names))


async def test_what_is_code_is_shown_as_code(world: World) -> None:
    page = (await world.http.get("/docs")).text
    assert [line for line in page.splitlines() if "`" in line] == []
    assert "the scope that <code>scope</code> names" in page
    assert "&lt;code&gt;" not in page
