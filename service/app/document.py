"""The OpenAPI document's own words."""

from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, License, SecurityScheme

OPENAPI = OpenAPIConfig(
    title="Sayso",
    version="1",
    summary="Dispatch and billing: nothing is done, billed or switched off without the customer's say-so.",
    license=License(name="Apache-2.0", identifier="Apache-2.0"),
    components=Components(
        security_schemes={"bearer": SecurityScheme(type="http", scheme="bearer", description="A staff token or an API key.")}
    ),
    security=[{"bearer": []}],
    render_plugins=[],
    path="/schema",
)
