import subprocess
import sys

import pytest

DECLARE = """
from service.kit.refusals import Refusal
for room, declared in (("service.one", {one!r}), ("service.other", {other!r})):
    type("Taken", (Refusal,), {{"__module__": room, "__doc__": "Taken.", **declared}})
"""
"""In a process of its own: what is declared stays declared."""


@pytest.mark.parametrize(
    "one, other, told",
    [
        ({"code": "TAKEN"}, {"code": "TAKEN"}, "Taken and Taken share the code TAKEN"),
        (
            {"code": "ONE", "constraints": ("room.taken",)},
            {"code": "OTHER", "constraints": ("room.taken",)},
            "room.taken already stands for Taken",
        ),
    ],
)
def test_two_refusals_share_no_code_and_no_constraint_even_under_one_name(one: object, other: object, told: str) -> None:
    done = subprocess.run([sys.executable, "-c", DECLARE.format(one=one, other=other)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, f"TypeError: {told}")
