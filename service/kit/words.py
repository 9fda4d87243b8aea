"""Words that people read on pages too."""


def marked(message: str) -> str:
    """The same message, marked for translation; it is translated where it is shown."""
    return message
