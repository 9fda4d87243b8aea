"""Axe looks at every page that the tests look at; here it finds what was put into its way, and the pages that nobody else opens."""

import pytest
from playwright.async_api import Page

from tests.web.conftest import barriers, look


async def test_a_barrier_is_found(served: str, phone: Page) -> None:
    await phone.goto(f"{served}/sign-in")
    await phone.set_content(
        '<html lang="en"><title>x</title><main><input type="text"><p style="color:#bbb;background:#fff">pale</p></main></html>'
    )
    found = {one.split(" ")[0] for one in await barriers(phone)}
    assert found >= {"label", "color-contrast"}


@pytest.mark.parametrize("path", ["sign-in", "forgotten", "join"])
async def test_the_ways_in_have_none(served: str, phone: Page, path: str) -> None:
    await phone.goto(f"{served}/{path}")
    await look(phone, path)
