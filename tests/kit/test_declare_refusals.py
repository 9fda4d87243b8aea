from typing import Any

import pytest

from service.kit import refusals
from service.kit.refusals import Refusal


@pytest.mark.parametrize(
    "one, other",
    [
        ({"code": "TAKEN"}, {"code": "TAKEN"}),
        ({"code": "ONE", "constraints": ("room.taken",)}, {"code": "OTHER", "constraints": ("room.taken",)}),
    ],
)
def test_two_refusals_share_no_code_and_no_constraint_even_under_one_name(
    monkeypatch: pytest.MonkeyPatch, one: dict[str, Any], other: dict[str, Any]
) -> None:
    monkeypatch.setattr(refusals, "BY_CODE", {})
    monkeypatch.setattr(refusals, "BY_CONSTRAINT", {})
    type("Taken", (Refusal,), {"__module__": "service.one", "__doc__": "Taken.", **one})
    with pytest.raises(TypeError):
        type("Taken", (Refusal,), {"__module__": "service.other", "__doc__": "Taken.", **other})
