"""A photo as a technician's phone would send it: brake pads worn unevenly, drawn by us, since no real one comes with the demo."""

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
    file = io.BytesIO()
    picture.filter(ImageFilter.GaussianBlur(2)).save(file, "JPEG", quality=80)
    return file.getvalue()
