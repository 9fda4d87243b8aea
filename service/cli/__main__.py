"""`python -m service.cli` is `sayso`."""

from service.cli import main

main(prog_name="sayso")
