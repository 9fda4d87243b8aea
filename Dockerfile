# Sayso in one image: the API by default; `sayso worker`, `sayso migrate` and the Stripe stand-in are other commands of the same.
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /build
RUN python -m venv /opt/sayso
# The libraries change seldom: a layer of their own, from the hashed lock.
COPY requirements.lock ./
RUN /opt/sayso/bin/pip install --require-hashes --requirement requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY db db
COPY service service
RUN /opt/sayso/bin/pip install --no-deps --no-build-isolation .

FROM python:3.11-slim-bookworm
ENV PATH=/opt/sayso/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
RUN useradd --uid 10001 --create-home --home-dir /var/lib/sayso --shell /usr/sbin/nologin sayso && install --directory --owner=10001 --group=10001 /checkpoints
COPY --from=build /opt/sayso /opt/sayso
USER 10001:10001
WORKDIR /var/lib/sayso
# The planner compiled once, into the user's own cache (it can't write beside the source); a machine with another processor compiles it once a container.
RUN python -m service.planner.warm
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health/ready', timeout=2)"]
CMD ["sayso", "serve", "--host", "0.0.0.0", "--port", "8000"]
