"""What Prometheus reads: requests by route and status, latency, the pool. Shown only to who knows the operator's token."""

import hmac
from typing import Any

from litestar import MediaType, Request, Response, get
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from service.kit.refusals import NotAuthenticated, NotFound

BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """The counters of one process; labels are route templates, methods and statuses, never ids."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter("sayso_requests", "Requests answered.", ["method", "route", "status"], registry=self.registry)
        self._seconds = Histogram(
            "sayso_request_seconds",
            "From the first byte read to the answer sent.",
            ["method", "route"],
            buckets=BUCKETS,
            registry=self.registry,
        )
        self._pool = Gauge("sayso_pool_connections", "Connections to the database.", ["state"], registry=self.registry)
        self.feed_lag = Gauge("sayso_feed_lag_seconds", "From a fact's recording to its reading by this process.", registry=self.registry)

    def count(self, *, method: str, route: str, status: int, seconds: float) -> None:
        """Counts one answer."""
        known = method if method in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"} else "other"
        self._requests.labels(known, route, str(status)).inc()
        self._seconds.labels(known, route).observe(seconds)

    def text(self, pool: Any) -> bytes:
        """Everything, in Prometheus' text format."""
        idle = pool.get_idle_size()
        self._pool.labels("idle").set(idle)
        self._pool.labels("busy").set(pool.get_size() - idle)
        self._pool.labels("most").set(pool.get_max_size())
        return generate_latest(self.registry)


@get("/metrics", include_in_schema=False, media_type=MediaType.TEXT, opt={"scope": None, "outside": "the operator's token"})
async def metrics_route(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The figures, for a bearer of `SAYSO_METRICS_TOKEN`; without that setting there is no such address."""
    state = request.app.state
    expected: str = state.settings.metrics_token
    if not expected:
        raise NotFound
    if not hmac.compare_digest(request.headers.get("authorization", "").encode(), f"Bearer {expected}".encode()):
        raise NotAuthenticated
    return Response(state.metrics.text(state.database.pool), headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})
