"""Draws the page images of this folder anew: `python tests/resources/ocr/render.py FONT_FILE` (see README.md)."""

from __future__ import annotations

import math
import sys
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

HERE = Path(__file__).parent
SELFTEST = HERE.parents[2] / "pipeline" / "ocr" / "selftest.png"
WIDTH, HEIGHT = 1120, 1584
RED, BLUE, BLACK = (206, 32, 42), (38, 58, 170), (24, 24, 28)
BODY = (
    "青禾县法律援助中心：",
    "　　我院受理的顾临川涉嫌盗窃罪一案，现羁押于青禾县看守所，",
    "其本人没有委托辩护人，符合应当通知辩护的情形。根据《中华人",
    "民共和国刑事诉讼法》第三十五条的规定，请你中心指派律师为其",
    "提供辩护，并将律师姓名、联系方式在三日内函告我院。",
    "　　承办法官：沈知行　　联系电话：0391-7702516",
)


def font(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, index=2 if path.endswith(".ttc") else 0)  # 2 = SC in Noto CJK


def seal(path: str, name: str, size: int) -> Image.Image:
    """A round seal on transparent ground: rim, star, name on an arc from lower left to lower right."""
    big = size * 2
    image = Image.new("RGBA", (big, big), (*RED, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse((8, 8, big - 8, big - 8), outline=(*RED, 235), width=big // 46)
    centre, star = big / 2, big * 0.13
    points = []
    for k in range(10):
        angle, reach = -math.pi / 2 + k * math.pi / 5, star if k % 2 == 0 else star * 0.4
        points.append((centre + reach * math.cos(angle), centre + reach * math.sin(angle)))
    draw.polygon(points, fill=(*RED, 235))
    sweep = math.radians(250)
    for i, character in enumerate(name):
        angle = -math.pi / 2 - sweep / 2 + sweep * (i + 0.5) / len(name)
        glyph = Image.new("RGBA", (big // 6, big // 6), (*RED, 0))
        ImageDraw.Draw(glyph).text((big / 12, big / 12), character, (*RED, 235), font(path, big // 8), anchor="mm")
        glyph = glyph.rotate(-math.degrees(angle) - 90, Image.Resampling.BICUBIC)
        x, y = centre + 0.385 * big * math.cos(angle), centre + 0.385 * big * math.sin(angle)
        image.alpha_composite(glyph, (round(x - glyph.width / 2), round(y - glyph.height / 2)))
    return image.resize((size, size), Image.Resampling.LANCZOS)


def multiplied(page: Image.Image, stamp: Image.Image, place: tuple[int, int]) -> None:
    """Ink on ink: the stamp darkens what lies under it."""
    ground = np.asarray(page, np.float32)
    layer = Image.new("RGBA", page.size, (255, 255, 255, 0))
    layer.alpha_composite(stamp, place)
    colour, alpha = np.asarray(layer.convert("RGB"), np.float32), np.asarray(layer)[..., 3:].astype(np.float32) / 255
    page.paste(Image.fromarray((ground * (1 - alpha) + ground * colour / 255 * alpha).astype(np.uint8)))


def fingerprint(size: int) -> Image.Image:
    y, x = np.mgrid[0 : size * 4 // 3, 0:size].astype(np.float32)
    dx, dy = (x - size / 2) / (size / 2), (y - size * 2 / 3) / (size * 2 / 3)
    radius = np.hypot(dx, dy)
    ridges = np.sin(radius * 30 + 2 * np.sin(dx * 4)) > -0.4
    alpha = np.where((radius < 0.95) & ridges, 190, 0).astype(np.uint8)
    return Image.fromarray(np.dstack([np.full_like(alpha, c) for c in RED] + [alpha]))


def scanned(page: Image.Image, paper: tuple[int, int, int]) -> np.ndarray:
    """Tinted paper and a soft lens; the grain is added by the tests, because it does not compress."""
    pixels = np.asarray(page, np.float32) * (np.array(paper, np.float32) / 255)
    return np.clip(cv2.GaussianBlur(pixels, (0, 0), 0.6), 0, 255).astype(np.uint8)


def notice(path: str) -> Image.Image:
    page = Image.new("RGB", (WIDTH, HEIGHT), "white")
    draw = ImageDraw.Draw(page)
    draw.text((WIDTH / 2, 150), "青禾县人民法院", BLACK, font(path, 40), anchor="mm")
    draw.text((WIDTH / 2, 215), "提供法律援助通知书", BLACK, font(path, 46), anchor="mm")
    draw.text((WIDTH - 130, 300), "（2024）豫0899刑初57号", BLACK, font(path, 27), anchor="rm")
    for i, line in enumerate(BODY):
        draw.text((130, 370 + 56 * i), line, BLACK, font(path, 30), anchor="lm")
    draw.text((130, 1190), "收件人（签名）：", BLACK, font(path, 30), anchor="lm")
    draw.text((370, 1190), "顾临川", BLUE, font(path, 38), anchor="lm")
    draw.text((900, 840), "青禾县人民法院", BLACK, font(path, 30), anchor="mm")
    draw.text((900, 900), "二〇二四年五月十八日", BLACK, font(path, 30), anchor="mm")
    multiplied(page, seal(path, "青禾县人民法院", 218), (790, 760))
    multiplied(page, fingerprint(52), (440, 1150))
    stamp = Image.new("RGBA", (270, 120), (*BLUE, 0))
    pen = ImageDraw.Draw(stamp)
    pen.rectangle((3, 3, 266, 116), outline=(*BLUE, 230), width=4)
    pen.line((3, 60, 266, 60), fill=(*BLUE, 230), width=3)
    pen.text((135, 32), "法援中心收文章", (*BLUE, 230), font(path, 28), anchor="mm")
    pen.text((135, 88), "2024年05月20日", (*BLUE, 230), font(path, 28), anchor="mm")
    multiplied(page, stamp.rotate(-3, Image.Resampling.BICUBIC, expand=True), (150, 960))
    return page


def form(path: str) -> Image.Image:
    page = Image.new("RGB", (WIDTH, HEIGHT), "white")
    draw = ImageDraw.Draw(page)
    draw.text((WIDTH / 2, 160), "法律援助申请表", BLACK, font(path, 46), anchor="mm")
    rows = (
        ("姓名", "顾临川", "性别", "男", "民族", "汉"),
        ("出生日期", "1988年4月9日", "文化程度", "初中", "职业", "务农"),
        ("身份证号", "41089919880409", "联系电话", "13903917702", "", ""),
        ("住址", "柳林镇石桥村四组", "", "", "", ""),
    )
    edges = (110, 250, 520, 660, 830, 920, 1010)
    for r, row in enumerate(rows):
        top = 240 + 80 * r
        draw.rectangle((110, top, 1010, top + 80), outline=BLACK, width=2)
        for k, cell in enumerate(row):
            if k and row[k - 1 : k + 1] != ("", ""):
                draw.line((edges[k], top, edges[k], top + 80), fill=BLACK, width=2)
            draw.text((edges[k] + 14, top + 40), cell, BLACK, font(path, 26), anchor="lm")
    return page


def back(path: str) -> np.ndarray:
    """The empty back of the notice: its writing shines through mirrored, two holes are punched into the margin."""
    ink = 255 - np.asarray(notice(path), np.float32)
    through = 255 - cv2.GaussianBlur(ink[:, ::-1], (0, 0), 1.6) * 0.12
    page = Image.fromarray(through.astype(np.uint8))
    draw = ImageDraw.Draw(page)
    for y in (520, 1000):
        draw.ellipse((1075, y, 1099, y + 24), fill=(60, 60, 60))
    return scanned(page, (250, 246, 226))


def main(path: str) -> None:
    tilted = form(path).rotate(-0.9, Image.Resampling.BICUBIC, fillcolor="white")
    for name, pixels in (
        ("notice", scanned(notice(path), (247, 244, 236))),
        ("form", scanned(tilted, (250, 250, 248))),
        ("back", back(path)),
    ):
        Image.fromarray(pixels).save(HERE / f"{name}.png", optimize=True)
    small = Image.new("RGB", (760, 250), "white")
    draw = ImageDraw.Draw(small)
    for i, line in enumerate(("法律援助案卷预审自检", "指派日期：二〇二四年五月十八日", "案号（2024）豫0899刑初57号")):
        draw.text((40, 50 + 72 * i), line, BLACK, font(path, 36), anchor="lm")
    small.convert("L").quantize(16).save(SELFTEST, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1])
