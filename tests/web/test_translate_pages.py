from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

SERVICE = Path(__file__).parent.parent.parent / "service"


def said_in_english() -> set[str]:
    """Every text that templates and code mark."""
    found = extract_from_dir(str(SERVICE), method_map=[("**.html", "jinja2"), ("**.py", "python")], keywords={"_": None, "marked": None})
    return {message for _, _, message, _, _ in found if isinstance(message, str)}


def test_every_text_of_a_page_is_said_in_german_and_nothing_else_is() -> None:
    with (SERVICE / "web" / "texts" / "de.po").open("rb") as file:
        german = {message.id: message.string for message in read_po(file, locale="de") if message.id}
        file.seek(0)
        once = sum(line.startswith(b'msgid "') for line in file)
    assert once - 1 == len(german), "a text stands there twice, and the last one is said wherever it is needed"
    assert said_in_english() == set(german)
    assert all(german.values())
