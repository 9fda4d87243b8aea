"""An operator's own templates are tried before anybody is told by them: each by its name, with made-up people."""

from difflib import get_close_matches
from pathlib import Path
from typing import get_args

from jinja2 import Environment, TemplateError, meta

from service.customers.records import Language
from service.notices.records import Kind
from service.notices.samples import sample
from service.notices.wording import shortened, templates_in, worded

NEEDED = frozenset({"code", "token", "pay_url", "words", "reply", "reason"})
"""What a notice is for: a template that doesn't say it, where the shipped one does, tells nothing."""
PARTS = {f"{part}.{language}.txt" for part in ("record", "short") for language in get_args(Language)}


def template_faults(folder: str) -> list[tuple[str, str]]:
    """Each file that can't be used, and why; none in no folder."""
    if not folder:
        return []
    names = {f"{kind}.{language}{short}.txt" for kind in get_args(Kind) for language in get_args(Language) for short in ("", ".short")}
    faults = []
    for file in sorted(path.name for path in Path(folder).glob("*")):
        near = get_close_matches(file, names | PARTS, 1)
        if file not in names | PARTS:
            faults.append((file, f"is no template{f'; {near[0]} is' if near else ''}"))
        elif (said := _fault(folder, file)) is not None:
            faults.append((file, said))
    return faults


def _fault(folder: str, file: str) -> str | None:
    kind, language, *short = file.removesuffix(".txt").split(".")
    try:
        missing = (_says(templates_in(""), file) & NEEDED) - _says(templates_in(folder), file) if file not in PARTS and not short else set()
        if missing:
            return f"doesn't say {', '.join(sorted(missing))}"
        for one in ("consent_copy", "approval_held") if kind == "record" else ("receipt",) if kind == "short" else (kind,):
            values = sample(one)
            if kind == "short" or short:
                shortened(one, language, values, folder=folder)
                continue
            subject, text = worded(one, language, values, folder=folder)
            if not subject or not text.strip():
                return "begins with `Subject: …`, and then says something"
    except (TemplateError, UnicodeDecodeError, KeyError, TypeError, AttributeError, ValueError) as error:
        return f"{type(error).__name__}: {error}"[:300]
    return None


def _says(templates: Environment, file: str) -> set[str]:
    loader = templates.loader
    return meta.find_undeclared_variables(templates.parse(loader.get_source(templates, file)[0])) if loader is not None else set()
