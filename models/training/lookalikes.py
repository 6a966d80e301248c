"""Which Chinese characters look alike enough to be read for each other → pipeline/text/lookalikes.csv.

Every character of GB 2312 is drawn in three typefaces, blurred and compared with all others; those whose pictures
correlate above `ALIKE` in the mean of the typefaces stand on one row, the likest first. Only which characters are alike
is written down, nothing of the fonts (Noto CJK: SIL OFL 1.1; AR PL KaitiM GB: Arphic Public License).

    python -m models.training.lookalikes SERIF.ttc SANS.ttc KAI.ttf
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

ALIKE = 0.8
MOST = 12
"""No character stands beside more others than this: beyond the likest, the blur of dense characters is all alike."""
DRAWN, COMPARED, BLUR = 48, 28, 1.6
"""Pixels of the side at which characters are drawn and compared; radius of the blur when drawn."""
SIMPLIFIED_FACE = 2
"""Which face of a Noto CJK collection is that of simplified Chinese."""
TARGET = Path(__file__).parents[2] / "pipeline" / "text" / "lookalikes.csv"


def characters() -> list[str]:
    """The 6763 characters of GB 2312."""
    found = []
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            text = bytes([high, low]).decode("gb2312", errors="ignore")
            if text:
                found.append(text)
    return found


def pictures(chars: Sequence[str], font: Path) -> NDArray[np.float32]:
    """One row a character: its blurred picture, centred and of length 1."""
    face = ImageFont.truetype(str(font), DRAWN, index=SIMPLIFIED_FACE if font.suffix == ".ttc" else 0)
    rows = []
    for char in chars:
        image = Image.new("L", (DRAWN + 8, DRAWN + 8), 0)
        ImageDraw.Draw(image).text((4, 0), char, 255, font=face)
        small = image.filter(ImageFilter.GaussianBlur(BLUR)).resize((COMPARED, COMPARED), Image.Resampling.BILINEAR)
        flat = np.asarray(small, np.float32).ravel()
        flat = flat - flat.mean()
        rows.append(flat / np.linalg.norm(flat))
    return np.stack(rows)


def rows(fonts: Sequence[Path]) -> list[tuple[str, str]]:
    """(character, those that look like it, the likest first) for every character that has any."""
    chars = characters()
    likeness = np.zeros((len(chars), len(chars)), np.float32)
    for font in fonts:
        drawn = pictures(chars, font)
        likeness += drawn @ drawn.T / len(fonts)
    np.fill_diagonal(likeness, 0)
    found = []
    for index, char in enumerate(chars):
        best = np.argsort(-likeness[index], kind="stable")[:MOST]
        alike = "".join(chars[other] for other in best if likeness[index, other] >= ALIKE)
        if alike:
            found.append((char, alike))
    return found


def main() -> None:
    """Write the table. Exits with a usage line where fonts are missing."""
    fonts = [Path(name) for name in sys.argv[1:]]
    if not fonts or not all(font.is_file() for font in fonts):
        raise SystemExit("usage: python -m models.training.lookalikes FONT [FONT ...]")
    lines = ["char,alike", *(f"{char},{alike}" for char, alike in rows(fonts))]
    TARGET.write_text("\n".join(lines) + "\n", "utf-8", newline="\n")


if __name__ == "__main__":
    main()
