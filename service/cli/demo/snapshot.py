"""Photos as a technician's phone would send them: brake pads worn unevenly, a router on the counter; drawn by us, since no real ones come with the demo."""

import io
from typing import Final

from PIL import Image, ImageDraw, ImageFilter

SIZE: Final = (1280, 960)
STEEL, RUST, PAD, WORN = (96, 104, 112), (150, 74, 40), (44, 44, 48), (150, 148, 140)


def worn_pads() -> bytes:
    """A JPEG of a brake disc with one pad that is worn to the metal."""
    picture = Image.new("RGB", SIZE, (58, 62, 66))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((90, 60, 930, 900), fill=STEEL, outline=RUST, width=14)
    for inset in range(0, 300, 18):
        draw.ellipse((110 + inset, 80 + inset, 910 - inset, 880 - inset), outline=(110, 118, 126), width=3)
    draw.ellipse((380, 350, 640, 610), fill=(40, 44, 48), outline=RUST, width=8)
    draw.rounded_rectangle((760, 200, 1180, 420), 40, fill=PAD, outline=RUST, width=10)
    draw.rounded_rectangle((760, 520, 1180, 600), 30, fill=WORN, outline=RUST, width=10)
    return _sent(picture)


def old_router() -> bytes:
    """A JPEG of a router with a scratch on its lid, and no lamp on."""
    picture = Image.new("RGB", SIZE, (176, 152, 120))
    draw = ImageDraw.Draw(picture)
    for x in (330, 900):
        draw.rectangle((x, 140, x + 36, 560), fill=(30, 32, 36))
    draw.rounded_rectangle((220, 480, 1060, 760), 36, fill=(40, 44, 50), outline=(22, 24, 28), width=10)
    draw.line((420, 540, 700, 600, 760, 580), fill=(200, 200, 196), width=6)
    for x in range(320, 960, 90):
        draw.ellipse((x, 690, x + 24, 714), fill=(70, 74, 80))
    return _sent(picture)


def _sent(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.filter(ImageFilter.GaussianBlur(2)).save(file, "JPEG", quality=80)
    return file.getvalue()
