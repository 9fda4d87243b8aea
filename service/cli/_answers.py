"""What `sayso init` has to be told: by flag, or asked for at a terminal; each answer is judged in the words of the flags."""

import sys
from collections.abc import Callable
from typing import Any, get_args, get_type_hints

import click
import msgspec

from service.identity.records import Founding
from service.kit.money import Currency
from service.kit.zones import ZoneUnknown, zone

TYPES = get_type_hints(Founding, include_extras=True)


class Question(msgspec.Struct, frozen=True):
    """One flag: what is asked for it at a terminal, and what an answer has to be like."""

    flag: str
    asked: str
    wanted: str
    default: str | None = None
    secret: bool = False

    @property
    def field(self) -> str:
        """The member of Founding that it fills."""
        return self.flag.removeprefix("--").replace("-", "_")

    @property
    def help(self) -> str:
        """What `--help` says."""
        known = "" if self.default is None else f"  [default: {self.default}]"
        return f"{self.asked}: {self.wanted}.{known}"

    def bare(self, text: str) -> str:
        """What was meant: blanks around it aren't, except in a password."""
        return text if self.secret else text.strip()

    def complaint(self, answer: str) -> str | None:
        """Why the answer can't be taken, or None."""
        try:
            msgspec.convert(answer, TYPES[self.field], strict=True)
            if self.field == "zone":
                zone(answer)
        except (msgspec.ValidationError, ZoneUnknown):
            return f"{self.flag} has to be {self.wanted}."
        return None

    def ask(self) -> str:
        """Asks at the terminal until the answer can be taken."""
        while True:
            answer = self.bare(click.prompt(self.asked, default=self.default, hide_input=self.secret, confirmation_prompt=self.secret))
            complaint = self.complaint(answer)
            if complaint is None:
                return answer
            click.echo(complaint)


QUESTIONS = (
    Question("--name", "The company's name", "1 to 200 characters"),
    Question("--zone", "Its time zone", "the IANA name of a time zone, such as Europe/Berlin", default="Europe/Berlin"),
    Question("--currency", "The currency it bills in (never changes)", f"one of {', '.join(get_args(Currency))}", default="EUR"),
    Question("--language", "The language of its papers", "en or de", default="en"),
    Question("--phone", "The telephone number that customers reach a person by", "3 to 40 characters"),
    Question("--email", "The address of mail that customers reach a person by", "an address of mail, such as help@company.example"),
    Question("--manager-name", "The first manager's name", "1 to 200 characters"),
    Question("--manager-email", "The address they sign in with", "an address of mail, such as ada@company.example"),
    Question("--manager-password", "Their password", "12 to 128 characters", secret=True),
)


def answer_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """A flag for each question; the password may also stand in SAYSO_MANAGER_PASSWORD."""
    for question in reversed(QUESTIONS):
        variable = "SAYSO_MANAGER_PASSWORD" if question.secret else None
        command = click.option(question.flag, envvar=variable, help=question.help)(command)
    return command


def answered(given: dict[str, str | None]) -> dict[str, str]:
    """Every answer; raises UsageError, which names everything that is wrong or missing at once."""
    answers = {question.field: question.bare(text) for question in QUESTIONS if (text := given[question.field]) is not None}
    complaints = [
        complaint for question in QUESTIONS if question.field in answers and (complaint := question.complaint(answers[question.field]))
    ]
    open_questions = [question for question in QUESTIONS if question.field not in answers]
    if sys.stdin.isatty() and not complaints:
        return answers | {question.field: question.ask() for question in open_questions}
    answers |= {question.field: question.default for question in open_questions if question.default is not None}
    if missing := [question.flag for question in open_questions if question.default is None]:
        complaints.append(f"Nobody can be asked here: give {', '.join(missing)}.")
    if complaints:
        raise click.UsageError("\n".join(complaints))
    return answers
