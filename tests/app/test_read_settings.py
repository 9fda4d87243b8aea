"""A setting that can't be right refuses to start, in one sentence that names it."""

import base64
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
import yaml

from service.settings import Settings, SettingsWrong, read


def environment(settings: Settings, **differences: str) -> dict[str, str]:
    return {
        "SAYSO_DATABASE_URL": settings.database_url,
        "SAYSO_SECRET": base64.b64encode(settings.secret).decode(),
        "SAYSO_SIGNING_KEY": settings.signing_key,
        **{f"SAYSO_{name}": value for name, value in differences.items()},
    }


def test_what_is_required_is_enough(settings: Settings) -> None:
    assert read(environment(settings)).public_url == "http://127.0.0.1:8000"


def test_containers_are_given_every_setting_from_the_file_of_settings() -> None:
    compose = yaml.safe_load((Path(__file__).parents[2] / "docker-compose.yml").read_text(encoding="utf-8"))
    settings = {f"SAYSO_{field.name.upper()}" for field in msgspec.structs.fields(Settings)}
    assert set(compose["x-settings"]) == settings - {"SAYSO_SETTABLE_CLOCK"}, "the clock is for tests alone"
    for name, value in compose["x-settings"].items():
        assert name == "SAYSO_DATABASE_URL" or value.startswith(f"${{{name}:"), name


def test_an_empty_variable_is_one_that_is_not_set(settings: Settings) -> None:
    assert read(environment(settings, ALLOWED_HOSTS="", STRIPE_API_KEY="")).allowed_hosts == ("127.0.0.1", "localhost")


@pytest.mark.parametrize(
    "name, wrong",
    [
        ("DATABASE_URL", ""),
        ("SECRET", "short"),
        ("SECRET", base64.b64encode(b"short").decode()),
        ("SIGNING_KEY", "-----BEGIN CERTIFICATE-----"),
        ("RETIRED_KEYS", "c2hvcnQ="),
        ("RETIRED_KEYS", "not base64 at all"),
        ("PUBLIC_URL", "nonsense"),
        ("PUBLIC_URL", "https://visits.example/"),
        ("POOL_SIZE", "0"),
        ("POOL_SIZE", "ten"),
        ("MAIL_FROM", "somebody"),
        ("STRIPE_API_KEY", "abc"),
        ("STRIPE_WEBHOOK_SECRETS", "whsec_good,bad"),
        ("PROVISIONING_URL", "https://network.example/orders"),
        ("PROVISIONING_SECRET", "whsec_bm8gYWRkcmVzcyB0byBzZW5kIHRvIQ=="),
        ("TRAVEL_URL", "http://roads.example:5000"),
        ("TRAVEL_URL", "osrm+http://"),
        ("TRAVEL_URL", "valhalla:///"),
        ("TRAVEL_URL", "osrm://roads.example:5000"),
        ("TRAVEL_KEPT_DAYS", "0"),
        ("POSITIONS_KEPT_HOURS", "0"),
        ("POSITIONS_KEPT_HOURS", "721"),
        ("CHECKPOINT_FILE", "/nonexistent/checkpoints"),
        ("MAP_TILES", "https://tiles.example/map.png"),
        ("MAP_TILES", "https://tiles.example; script-src */{z}/{x}/{y}"),
        ("MAP_TILES", "ftp://tiles.example/{z}/{x}/{y}"),
        ("SETTABLE_CLOCK", "yes"),
    ],
)
def test_a_setting_that_cannot_be_right_is_named(settings: Settings, name: str, wrong: str) -> None:
    with pytest.raises(SettingsWrong, match=f"SAYSO_{name}"):
        read(environment(settings, **{name: wrong}))


@pytest.mark.parametrize(
    "url", ["osrm+http://127.0.0.1:5000", "valhalla+https://roads.example", "osrm:///maps/region.osrm", "valhalla:///maps/valhalla.json"]
)
def test_a_road_engine_is_a_server_or_a_map(settings: Settings, url: str) -> None:
    assert read(environment(settings, TRAVEL_URL=url)).travel_url == url


def test_a_network_is_told_over_http_alone(settings: Settings) -> None:
    with pytest.raises(SettingsWrong, match="SAYSO_PROVISIONING_URL"):
        read(environment(settings, PROVISIONING_URL="ftp://x", PROVISIONING_SECRET="whsec_eA=="))


def test_a_mistyped_name_is_told_with_the_right_one(settings: Settings) -> None:
    with pytest.raises(SettingsWrong, match="SAYSO_METRIC_TOKEN is no setting; SAYSO_METRICS_TOKEN is"):
        read(environment(settings, METRIC_TOKEN="x"))


def sayso(*arguments: str, **differences: str) -> "subprocess.CompletedProcess[str]":
    """A command, with these settings alone."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SAYSO_")}
    command = [sys.executable, "-m", "service.cli", *arguments]
    return subprocess.run(command, env=clean | differences, capture_output=True, text=True, timeout=60, check=False)


def test_a_mail_server_that_is_none_is_one_sentence(settings: Settings) -> None:
    done = sayso("serve", "--port", "0", **environment(settings, SMTP_URL="http://x"))
    assert done.returncode == 1
    assert "SAYSO_SMTP_URL isn't right" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [("doctor",), ("upgrade",), ("backup", "file")])
def test_a_mistyped_folder_founds_nothing(tmp_path: Path, command: tuple[str, ...]) -> None:
    nowhere = tmp_path / "nowhere"
    done = sayso(*command, "--folder", str(nowhere))
    assert done.returncode == 1
    assert "There is no database of Sayso's in" in done.stderr
    assert not nowhere.exists()
