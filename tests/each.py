"""Many cases of one promise in one test: all are judged, and each that fails is told by its name."""

from collections.abc import Iterator
from contextlib import contextmanager


class Cases:
    """Cases by name; at the end of the test `hold()` says which didn't."""

    def __init__(self) -> None:
        self.wrong: dict[str, str] = {}
        self.judged = 0

    @contextmanager
    def case(self, name: str) -> Iterator[None]:
        """What is asserted inside is this case's; the others are judged all the same."""
        self.judged += 1
        try:
            yield
        except Exception as error:  # noqa: BLE001 — whatever a case raises is told as its own
            self.wrong[name] = f"{type(error).__name__}: {error}"

    def hold(self) -> None:
        """Fails with all that failed, and where nothing was judged."""
        assert self.judged, "no case was judged"
        told = "\n\n".join(f"{name}\n{why[:2000]}" for name, why in self.wrong.items())
        assert not self.wrong, f"{len(self.wrong)} of {self.judged}:\n\n{told}"
