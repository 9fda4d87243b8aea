"""The command line: one module of this package a command, found by its name."""

import importlib
import pkgutil
from typing import cast

import click

ALSO_CALLED = {"migrate": "upgrade"}


class Commands(click.Group):
    """Each module that doesn't begin with an underscore holds one `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 — click's own signature
        """Their names, `import_.py` being `import`."""
        return sorted(module.name.rstrip("_").replace("_", "-") for module in pkgutil.iter_modules(__path__) if module.name[0] != "_")

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        name = ALSO_CALLED.get(cmd_name, cmd_name)
        if name not in self.list_commands(ctx):
            return None
        modules = [module.name for module in pkgutil.iter_modules(__path__)]
        stem = name.replace("-", "_")
        module = importlib.import_module(f"{__name__}.{stem if stem in modules else f'{stem}_'}")
        return cast("click.Command", module.command)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
@click.version_option(package_name="sayso", message="%(version)s")
def main() -> None:
    """Sayso: dispatch and billing. Nothing is done, billed or switched off without the customer's say-so."""
