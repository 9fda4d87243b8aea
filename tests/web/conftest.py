"""The pages in a real Chromium, against the service on a real socket."""

import asyncio
import os
import re
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urljoin

import pytest
import uvicorn
from axe_playwright_python.base import AXE_SCRIPT
from litestar import Litestar
from playwright.async_api import Browser, Locator, Page, ViewportSize, async_playwright

from tests.web.browser import FLAGS, chromium
from tests.world import World

PHONE: ViewportSize = {"width": 390, "height": 844}
SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
WRITTEN_FOR_MACHINES = re.compile(r"\b\d{4}-\d\d-\d\d\b|\b\d{1,2}/\d{1,2}/\d{4}\b")
AXE = """async options => {
  const {violations, passes} = await axe.run(options);
  return {violations: violations.map(one => ({id: one.id, html: one.nodes.map(node => node.html)})), passes: passes.length};
}"""
"""What it found and how many rules held; all that they held of is as long as the page many times over."""
NOT_GERMAN = re.compile(r"\b\d{1,2} (Jan|Feb|März|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)")
SCRIPT = re.compile(r"<script[^>]*></script>")
PICTURES = Path(__file__).parent / "screenshots"
TAKEN = os.environ.get("TAKE_PICTURES") == "1"
"""Pictures are for whoever works on a page; drawing them takes as long as a test's own clicks."""


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leaves the signals to pytest."""
        yield


@asynccontextmanager
async def serving(app: Any) -> AsyncIterator[str]:
    """An application on a free port of loopback: its address."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = _Server(uvicorn.Config(app, log_config=None, lifespan="off"))
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task


@pytest.fixture(scope="session")
async def server(app: Litestar) -> AsyncIterator[str]:
    """The worker's service."""
    async with serving(app) as address:
        yield address


@pytest.fixture
def served(world: World, server: str) -> str:
    """The address that this test's world is served at."""
    assert world.app.state.clock is world.clock
    return server


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium a worker; its first page is the one that has axe."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        with_axe = await browser.new_context(bypass_csp=True)
        await with_axe.add_init_script(AXE_SCRIPT)
        await with_axe.new_page()
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
async def one_phone(browser: Browser) -> AsyncIterator[Page]:
    """One page a worker for all tests without JavaScript: making one takes longer than many of them."""
    context = await browser.new_context(viewport=PHONE, java_script_enabled=False, locale="en-GB")
    yield await context.new_page()
    await context.close()


@pytest.fixture
async def phone(one_phone: Page) -> AsyncIterator[Page]:
    """A page the size of a phone, without JavaScript, that has been nowhere: of a page that runs no scripts nothing stays but where it is, its size and its cookies."""
    yield one_phone
    await one_phone.goto("about:blank")
    await one_phone.set_viewport_size(PHONE)
    await one_phone.context.clear_cookies()


@pytest.fixture
async def tablet(browser: Browser) -> AsyncIterator[Page]:
    """A page the size of a phone that has a touch screen and JavaScript."""
    context = await browser.new_context(viewport=PHONE, locale="en-GB", has_touch=True)
    yield await context.new_page()
    await context.close()


async def entered(page: Page, leading: Locator) -> None:
    """Presses Enter on what leads to another page, until that has loaded: one that still goes to its heading takes the focus away."""
    async with page.expect_navigation():
        await leading.press("Enter")


async def picture(page: Page, name: str, *, whole: bool = False) -> None:
    """Leaves a picture to be looked at, where pictures are asked for."""
    if TAKEN:
        PICTURES.mkdir(exist_ok=True)
        await page.screenshot(path=PICTURES / f"{name}.png", full_page=whole)


async def look(page: Page, name: str) -> None:
    """Has axe find nothing against WCAG 2.2 AA in the page, by day and by night; days are written as people do. Leaves a picture of the whole page."""
    await page.wait_for_load_state()
    words = await page.locator("body").inner_text()
    assert WRITTEN_FOR_MACHINES.findall(words) == []
    if await page.locator("html").get_attribute("lang") == "de":
        assert NOT_GERMAN.findall(words) == []
    await picture(page, name, whole=True)
    assert await barriers(page) == []


async def barriers(page: Page) -> list[str]:
    """What axe finds: rule, scheme of colours, element. The page as it stands is looked at in another, since axe needs JavaScript."""
    assert page.context.browser is not None
    assert page.viewport_size is not None
    found: list[str] = []
    copy = page.context.browser.contexts[0].pages[0]
    if copy.url != (there := urljoin(page.url, "/sign-in")):
        await copy.goto(there)  # where style sheets have the address that they have on the page
    await copy.set_viewport_size(page.viewport_size)
    await copy.set_content(SCRIPT.sub("", await page.content()))
    for scheme in SCHEMES:
        await copy.emulate_media(color_scheme=scheme)
        # by night only the colours are others
        only = {"type": "tag", "values": list(WCAG)} if scheme == "light" else {"type": "rule", "values": ["color-contrast"]}
        results = await copy.evaluate(AXE, {"runOnly": only, "resultTypes": ["violations"]})
        found += [f"{one['id']} ({scheme}): {html}" for one in results["violations"] for html in one["html"]]
        assert results["passes"], "axe looked at nothing"
    return found
