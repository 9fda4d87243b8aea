"""A signature on glass as a picture, for whoever knows no strokes: drawn from what was sealed, the same each time."""

import io
import json
from uuid import UUID

from PIL import Image, ImageDraw

from service.evidence.queries import SIGNATURE_OF_ACT
from service.kit.verbs import Work

PAPER, INK, NIB_PIXELS = 255, 0, 2


async def read_signature(work: Work, *, authorisation_id: UUID) -> bytes:
    """The signature by which an act was confirmed, as a picture (PNG): drawn from its sealed strokes."""
    return picture_of(await work.one(SIGNATURE_OF_ACT, authorisation_id=authorisation_id))


def picture_of(strokes: str) -> bytes:
    """A PNG as large as the glass, without anything but the drawing in it."""
    drawn = json.loads(strokes)
    picture = Image.new("L", (drawn["width"], drawn["height"]), PAPER)
    pen = ImageDraw.Draw(picture)
    for stroke in drawn["strokes"]:
        points = [(x, y) for x, y in stroke]
        pen.line(points, fill=INK, width=2 * NIB_PIXELS)
        for x, y in points:  # round where it bends and ends; a dot is one point
            pen.ellipse((x - NIB_PIXELS, y - NIB_PIXELS, x + NIB_PIXELS, y + NIB_PIXELS), fill=INK)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
