"""What the demo shows: progress of what takes long, a line a step, a table of what held."""

from collections.abc import Callable, Iterable
from itertools import groupby
from time import perf_counter
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from service.cli.demo.teller import Step

TOLD_WIDTH = 62
HELD, NOT = Text("held", style="green"), Text("NOT", style="bold red")


class Screen:
    """A terminal, or whatever takes lines."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False, soft_wrap=True)
        self.progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self.console,
            disable=not self.console.is_terminal,
        )
        self._story = ""

    def __enter__(self) -> Self:
        self.progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.progress.stop()

    def told(self, what: str, total: int) -> Callable[[], None]:
        """Begins a bar; where there is no terminal, says it when it is done. Fits `Told`."""
        bar = self.progress.add_task(what, total=total)
        began = perf_counter()
        count = 0

        def done() -> None:
            nonlocal count
            count += 1
            self.progress.advance(bar)
            if count == total and not self.console.is_terminal:
                self.console.print(f"  {what}: {perf_counter() - began:.1f} s")

        return done

    def step(self, step: Step) -> None:
        """One line: how long it took, what, who asked what, the answer."""
        if step.story != self._story:
            self._story = step.story
            self.console.print(f"\n[bold]{step.story}[/bold]")
        line = Text.assemble(
            Text("✓ " if step.held else "✗ ", style="green" if step.held else "bold red"),
            Text(f"{step.milliseconds:5.0f} ms  ", style="cyan"),
            f"{step.told:<{TOLD_WIDTH}}  ",
            Text(f"{step.asked} ", style="dim"),
            f"→ {step.answered}",
        )
        self.console.print(line)
        for claim, held in step.claims.items():
            if not held:
                self.console.print(Text(f"    NOT: {claim}", style="bold red"))

    def table(self, steps: Iterable[Step]) -> None:
        """Everything that was claimed, and whether it held."""
        table = Table(title="What held", title_justify="left", min_width=80)
        table.add_column("story")
        table.add_column("what must be so")
        table.add_column("", justify="right")
        for story, told in groupby(steps, lambda step: step.story):
            claims = [claim for step in told for claim in step.claims.items()]
            for number, (claim, held) in enumerate(claims):
                table.add_row("" if number else story, claim, HELD if held else NOT, end_section=number == len(claims) - 1)
        self.console.print()
        self.console.print(table)
