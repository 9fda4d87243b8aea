"""docker-compose.yml and the Dockerfile: what can be known without an engine. `make check` holds the first against the compose schema."""

import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from service import settings

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
RUN_ONCE = {name for name, service in SERVICES.items() if service["restart"] == "no"}
DOCKERFILE = (ROOT / "Dockerfile").read_text()
VARIABLE = re.compile(r"\$\{(\w+)(:[-?])?([^}]*)\}")


def texts(value: object) -> Iterator[str]:
    match value:
        case dict():
            for inner in value.values():
                yield from texts(inner)
        case list():
            for inner in value:
                yield from texts(inner)
        case str():
            yield value


def written(folder: Path) -> dict[str, str]:
    """The variables in a fresh `.env`."""
    subprocess.run([sys.executable, ROOT / ".ci/compose_env.py", folder / ".env"], check=True)
    return dict(re.findall(r'^(\w+)="(.*)"$', (folder / ".env").read_text(), re.MULTILINE))


@pytest.mark.parametrize("name", sorted(SERVICES.keys() - RUN_ONCE))
def test_a_service_that_stays_has_a_health_check(name: str) -> None:
    check = SERVICES[name]["healthcheck"]
    assert check["test"][0] == "CMD"
    assert {"interval", "timeout", "retries"} <= check.keys()


@pytest.mark.parametrize("name", ["api", "worker"])
def test_nothing_starts_before_the_schema_is_there(name: str) -> None:
    assert sorted(RUN_ONCE) == ["migrate"]
    assert SERVICES[name]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    assert SERVICES["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}


def test_no_secret_has_a_default() -> None:
    secret = [match for text in texts(COMPOSE) for match in VARIABLE.finditer(text) if re.search("PASSWORD|SECRET|KEY", match[1])]
    assert {match[1] for match in secret} >= {"POSTGRES_PASSWORD", "SAYSO_SERVICE_PASSWORD", "SAYSO_SECRET", "SAYSO_SIGNING_KEY"}
    for match in secret:
        asked_for, empty = match[2] == ":?", match[2] == ":-" and not match[3]
        assert asked_for or empty, match[0]
    for text in texts(COMPOSE):
        assert not re.search(r"://[^/:@]+:(?!\$\{)[^/@]+@", text), f"a password is written out in {text}"


def test_only_the_stand_in_needs_the_demo_profile() -> None:
    assert {name for name, service in SERVICES.items() if service.get("profiles")} == {"stripe"}


def test_the_service_never_connects_as_the_databases_superuser() -> None:
    for name in ("api", "worker"):
        values = "".join(texts(SERVICES[name]["environment"]))
        assert "postgresql://sayso_service:" in values
        assert "POSTGRES_PASSWORD" not in values
        assert "ADMIN" not in SERVICES[name]["environment"]


def test_every_setting_named_is_a_setting_of_the_service() -> None:
    known = {f"SAYSO_{field.name.upper()}" for field in msgspec.structs.fields(settings.Settings)}
    assert SERVICES["api"]["environment"].keys() <= known
    assert SERVICES["worker"]["environment"] == SERVICES["api"]["environment"]


def test_nothing_listens_to_the_outside_by_itself() -> None:
    published = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert published == ["127.0.0.1:8000:8000", "127.0.0.1:12111:12111"]
    assert COMPOSE["networks"]["database"]["internal"] is True
    assert SERVICES["postgres"]["networks"] == ["database"]


def test_images_name_their_version() -> None:
    images = {service["image"] for service in SERVICES.values()} | set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE))
    assert len(images) == 3
    for image in images:
        assert re.search(r":\d+\.\d+", image), image


def test_our_containers_have_no_powers() -> None:
    ours = [service for service in SERVICES.values() if service["image"].startswith("sayso:")]
    assert len(ours) == len(SERVICES) - 1
    for service in ours:
        assert service["cap_drop"] == ["ALL"]
        assert service["read_only"] is True
        assert service["security_opt"] == ["no-new-privileges:true"]


def test_the_image_is_made_from_the_hashed_lock_and_runs_as_nobody_special() -> None:
    installs = re.findall(r"pip install (.*)", DOCKERFILE)
    assert installs == ["--require-hashes --requirement requirements.lock", "--no-deps --no-build-isolation ."]
    last_stage = DOCKERFILE.rpartition("FROM ")[2]
    users = re.findall(r"^USER (\d+)", last_stage, re.MULTILINE)
    assert users == ["10001"]
    copied = {name.rstrip("/") for line in re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE, re.MULTILINE) for name in line.split()}
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert copied == let_in


def test_make_compose_writes_every_secret_that_is_asked_for(tmp_path: Path) -> None:
    asked = {match[1] for text in texts(COMPOSE) for match in VARIABLE.finditer(text) if match[2] == ":?"}
    values = written(tmp_path)
    assert asked <= values.keys()
    assert stat.S_IMODE((tmp_path / ".env").stat().st_mode) == 0o600
    environment = {name: text.replace("\\n", "\n") for name, text in values.items()}
    read = settings.read({**environment, "SAYSO_DATABASE_URL": "postgresql://x"})
    assert read.stripe_api_base == "http://stripe:12111"


def test_make_compose_makes_secrets_anew_for_everybody_and_keeps_those_that_exist(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    ours, theirs = written(tmp_path), written(tmp_path / "other")
    secret = {"POSTGRES_PASSWORD", "SAYSO_SERVICE_PASSWORD", "SAYSO_SECRET", "SAYSO_SIGNING_KEY", "SAYSO_STRIPE_WEBHOOK_SECRETS"}
    assert not {ours[name] for name in secret} & {theirs[name] for name in secret}
    assert written(tmp_path) == ours
