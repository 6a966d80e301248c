"""Whole pages for training the marks model: print, pens, seals and fingers, then scanner and copier; boxes known."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

import cv2
import numpy as np
import numpy.typing as npt

from models.training import marks_pen as pen
from models.training import marks_stamps as stamps
from models.training.marks_pen import Tile
from models.training.marks_print import Material, Printed, latin_text, print_page

Pixels = npt.NDArray[np.uint8]
Colour = tuple[float, float, float]
Place = tuple[float, float, float, float]

_VISIBLE = 16
"""By how many of 255 steps ink must be darker than the paper beside it to be worth finding."""
KINDS = ("signature", "writing", "seal", "fingerprint", "name_seal", "receipt_stamp")
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余杜叶程苏魏吕丁任沈姚卢姜崔"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国志文海东晓燕玲春辉鹏飞龙斌宇浩凯婷雪琳慧"

_ORGANS = (
    "人民法院", "人民检察院", "公安局", "司法局", "法律援助中心", "律师事务所", "县公安局刑警大队", "区人民法院",
    "劳动人事争议仲裁委员会", "有限公司", "市公安局看守所",
)  # fmt: skip


@dataclass(slots=True)
class Page:
    """A page under way: colours (0..255), the share of ink that is pen (0..1) or stamped, boxes in pixels by kind."""

    image: npt.NDArray[np.float32]
    pen: npt.NDArray[np.float32]
    stamped: npt.NDArray[np.float32]
    mm: float
    boxes: list[tuple[str, Place]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sample:
    """A finished page: RGB, where pens wrote and stamps were pressed (0..255), boxes (kind, pixels)."""

    image: Pixels
    pen: Pixels
    stamped: Pixels
    boxes: tuple[tuple[str, Place], ...]


def make_page(seed: int, material: Material) -> Sample:
    """Draw a page; the same seed and material give the same page."""
    rng = random.Random(seed)
    height = rng.randint(1300, 1900)
    ratio = rng.uniform(1.38, 1.44) if rng.random() < 0.85 else rng.uniform(0.7, 1.3)
    width = round(height / ratio)
    mm = max(height, width) / 297
    printed = print_page(width, height, mm, material, rng)
    image = np.full((height, width, 3), 255, np.float32)
    flat = np.zeros((height, width), np.float32)
    page = Page(image, flat, flat.copy(), mm)
    _press_print(page, printed, rng)
    if rng.random() < 0.78:
        _write(page, printed, material, rng)
    if rng.random() < 0.62:
        _stamp(page, printed, material, rng)
    return _scanned(page, material, rng)


def _press_print(page: Page, printed: Printed, rng: random.Random) -> None:
    """Black in most cases; some of it red or blue: letterheads, rulings of forms, marked words."""
    ink = np.asarray(printed.ink, np.float32)[..., None] / 255
    level = rng.uniform(0, 90)
    page.image *= 1 - ink * (1 - level / 255)
    if rng.random() < 0.12 and printed.lines:
        colour = np.array(_red(rng) if rng.random() < 0.7 else _blue(rng), np.float32)
        for x0, y0, x1, y1 in rng.sample(printed.lines, min(len(printed.lines), rng.choice((1, 2, 6)))):
            window = (slice(max(0, int(y0)), int(y1) + 2), slice(max(0, int(x0)), int(x1) + 2))
            page.image[window] = 255 - ink[window] * (255 - colour)


def _red(rng: random.Random) -> Colour:
    return rng.uniform(165, 235), rng.uniform(15, 95), rng.uniform(20, 100)


def _blue(rng: random.Random) -> Colour:
    return rng.uniform(15, 80), rng.uniform(25, 90), rng.uniform(110, 190)


def _black(rng: random.Random) -> Colour:
    level = rng.uniform(10, 75)
    return level, level, level + rng.uniform(0, 12)


def press(page: Page, tile: Tile, x: float, y: float, colour: Colour, strength: float, kind: str | None) -> None:
    """Put ink on the page, the tile's middle at (x, y); what lies off the page is lost."""
    height, width = page.image.shape[:2]
    left, top = round(x - tile.shape[1] / 2), round(y - tile.shape[0] / 2)
    x0, y0, x1, y1 = max(0, left), max(0, top), min(width, left + tile.shape[1]), min(height, top + tile.shape[0])
    if x1 - x0 < 3 or y1 - y0 < 3:
        return
    part = tile[y0 - top : y1 - top, x0 - left : x1 - left] * strength
    window = (slice(y0, y1), slice(x0, x1))
    page.image[window] *= 1 - part[..., None] * (1 - np.array(colour, np.float32) / 255)
    layer = page.pen if kind in (None, "signature", "writing") else page.stamped
    np.maximum(layer[window], part > 0.12, out=layer[window])
    inked = part > 0.1
    rows, columns = np.nonzero(inked.any(axis=1))[0], np.nonzero(inked.any(axis=0))[0]
    if kind is None or len(rows) < 3 or len(columns) < 3:
        return
    if (part > 0.1).sum() < 0.12 * (tile * strength > 0.1).sum():
        return
    page.boxes.append((kind, (x0 + columns[0], y0 + rows[0], x0 + columns[-1] + 1.0, y0 + rows[-1] + 1.0)))


def _write(page: Page, printed: Printed, material: Material, rng: random.Random) -> None:
    height, width = page.image.shape[:2]
    mm = page.mm
    colour = _black(rng) if rng.random() < 0.6 else _blue(rng)
    strength = rng.uniform(0.45, 1.0)
    slots = list(printed.slots)
    rng.shuffle(slots)
    for x, base, end, size in slots[: rng.choice((0, 1, 2, 3, 12))]:
        kind, tile = _for_slot(mm, size / mm, end - x, material, rng)
        at = x + tile.shape[1] / 2 + rng.uniform(-0.2, 0.5) * size
        press(page, tile, at, base - tile.shape[0] * rng.uniform(0.3, 0.55), colour, strength, kind)
    for _ in range(rng.choice((0, 0, 1, 1, 2, 3))):
        tile = _signed(mm, material, rng)
        x = rng.uniform(0.1, 0.92) * width
        free = printed.end < 0.9 * height and rng.random() < 0.7
        y = rng.uniform(printed.end, height) if free else rng.uniform(0.08, 0.97) * height
        press(page, tile, x, y, colour, rng.uniform(0.3, 1.0), "signature")
        if rng.random() < 0.25:
            other = _signed(mm, material, rng)
            side = rng.choice((-1, 1)) * (tile.shape[1] + other.shape[1]) * rng.uniform(0.35, 0.7)
            press(page, other, x + side, y + rng.gauss(0, 6) * mm, colour, strength, "signature")
    if rng.random() < 0.35:
        x, y = width * rng.uniform(0.55, 0.96), height * rng.uniform(0.86, 0.985)
        for _ in range(rng.choice((1, 1, 2, 2, 3, 4))):
            tile = pen.initials(mm, rng, material.hands)
            press(page, tile, x, y + rng.gauss(0, 3) * mm, _black(rng), rng.uniform(0.4, 1.0), "signature")
            x -= tile.shape[1] * rng.uniform(0.7, 1.6) + rng.uniform(0, 8) * mm
    if rng.random() < 0.3:
        _lines_by_hand(page, printed, material, colour, strength, rng)
    if printed.lines and rng.random() < 0.2:
        for x0, y0, x1, y1 in rng.sample(printed.lines, min(len(printed.lines), rng.randint(1, 5))):
            tile = pen.tick(mm, rng)
            at = rng.choice((x0 - 2 * mm, x1 + 3 * mm, rng.uniform(x0, x1)))
            press(page, tile, at, (y0 + y1) / 2, colour, strength, None)


def _for_slot(mm: float, size: float, room: float, material: Material, rng: random.Random) -> tuple[str, Tile]:
    """What somebody writes into a slot: a name (which is a signature), a date, a phrase; or he signs it freely."""
    kind = rng.random()
    if kind < 0.4:
        return "signature", _signed(mm, material, rng)
    latin = rng.random() < 0.25
    text = _date(rng) if kind < 0.7 else latin_text(rng, rng.randint(2, 6)) if latin else _phrase(material, rng)
    latin = ord(text[0]) < 0x500
    font = rng.choice(material.hands if latin and rng.random() < 0.7 else material.chinese_hands)
    tile = pen.written(text, size * rng.uniform(0.9, 1.4), mm, rng, font)
    if tile.shape[1] > 1.3 * room and room > 12 * mm:
        tile = np.ascontiguousarray(tile[:, : int(1.3 * room)])
    return "writing", tile


def _signed(mm: float, material: Material, rng: random.Random) -> Tile:
    kind = rng.random()
    if kind < 0.5:
        return pen.signature(mm, rng)
    if kind < 0.62:
        return pen.initials(mm, rng, material.hands)
    if kind < 0.78:
        text = rng.choice(("", rng.choice("ABCDEGHJLMPRST") + ". ")) + latin_text(rng, 1).title()[:9]
        return pen.name(text, mm, rng, rng.choice(material.hands))
    return pen.name(_name(rng), mm, rng, rng.choice(material.chinese_hands))


def _name(rng: random.Random) -> str:
    return rng.choice(_SURNAMES) + "".join(rng.choices(_GIVEN, k=rng.choice((1, 2, 2))))


def _date(rng: random.Random) -> str:
    year, month, day = rng.randint(2008, 2026), rng.randint(1, 12), rng.randint(1, 28)
    return rng.choice((f"{year}年{month}月{day}日", f"{year}.{month}.{day}", f"{day}/{month:02}/{year}",
                       f"{year}-{month:02}-{day:02}", f"le {day} juin {year}", f"{month}月{day}日"))  # fmt: skip


def _phrase(material: Material, rng: random.Random) -> str:
    text = "".join(rng.choice(material.texts).split())
    start = rng.randrange(max(1, len(text) - 20))
    return text[start : start + rng.randint(5, 18)] or "情况属实"


def _lines_by_hand(
    page: Page, printed: Printed, material: Material, colour: Colour, strength: float, rng: random.Random
) -> None:
    """Some lines of running text by hand: a statement, answers, a note; or a whole page of it."""
    height, width = page.image.shape[:2]
    latin = rng.random() < 0.3
    font = rng.choice(material.hands if latin else material.chinese_hands)
    size = rng.uniform(4, 7)
    left = rng.uniform(0.08, 0.4) * width
    y = printed.end + size * page.mm if rng.random() < 0.7 else rng.uniform(0.1, 0.9) * height
    for _ in range(rng.choice((1, 1, 2, 3, 8, 25))):
        if y > 0.97 * height:
            break
        text = latin_text(rng, rng.randint(3, 9)) if latin else _phrase(material, rng)
        if not latin and rng.random() < 0.6:
            text += _phrase(material, rng)
        tile = pen.written(text, size, page.mm, rng, font)
        tile = tile[:, : int(width * 0.95 - left)]
        press(page, tile, left + tile.shape[1] / 2, y, colour, strength, "writing")
        y += size * page.mm * rng.uniform(1.5, 2.0)


def _stamp(page: Page, printed: Printed, material: Material, rng: random.Random) -> None:
    height, width = page.image.shape[:2]
    mm = page.mm
    fonts = material.chinese

    def over() -> tuple[float, float]:
        """A place over print or pens, where stamps are mostly pressed; or anywhere."""
        spots = [box for _, box in page.boxes] + printed.lines[-6:]
        if spots and rng.random() < 0.7:
            x0, y0, x1, y1 = rng.choice(spots)
            return rng.uniform(x0, x1) + rng.gauss(0, 5) * mm, (y0 + y1) / 2 + rng.gauss(0, 5) * mm
        return rng.uniform(0.06, 0.94) * width, rng.uniform(0.06, 0.95) * height

    def many(kind: str, make: Callable[[], Tile], count: int, inks: Callable[[], Colour]) -> None:
        for _ in range(count):
            x, y = over()
            press(page, make(), x, y, inks(), rng.uniform(0.3, 1.0), kind)

    def ink() -> Colour:
        kind = rng.random()
        return _red(rng) if kind < 0.8 else _blue(rng) if kind < 0.88 else _black(rng)

    def seal() -> Tile:
        return stamps.official_seal(_organ(rng), mm, rng, fonts)

    chosen = rng.choices(("seal", "finger", "name", "receipt", "edge"), (5, 5, 4, 4, 2), k=rng.choice((1, 2, 2, 3, 4)))
    for what in chosen:
        if what == "seal":
            many("seal", seal, rng.choice((1, 1, 1, 2, 3)), ink)
        elif what == "finger":
            shade = _red(rng) if rng.random() < 0.7 else _black(rng)
            many("fingerprint", lambda: stamps.fingerprint(mm, rng), rng.choice((1, 1, 2, 4, 9)),
                 lambda shade=shade: shade if rng.random() < 0.95 else ink())  # type: ignore[misc]  # fmt: skip
        elif what == "name":
            many("name_seal", lambda: stamps.name_seal(_name(rng), mm, rng, fonts), rng.choice((1, 2, 3)), ink)
        elif what == "receipt":
            many(
                "receipt_stamp", lambda: stamps.receipt_stamp(_stamped_lines(_organ(rng), rng), mm, rng, fonts), 1, ink
            )
        else:
            _at_the_edge(page, seal, ink, rng)
    if rng.random() < 0.12:  # two seals pressed into one another
        x, y = over()
        for _ in range(2):
            press(page, seal(), x, y, ink(), rng.uniform(0.4, 1), "seal")
            x, y = x + rng.gauss(0, 18) * mm, y + rng.gauss(0, 14) * mm


def _organ(rng: random.Random) -> str:
    place = "".join(rng.choices("青河云山长海平安林江东西南北州阳", k=rng.randint(2, 4)))
    return place + rng.choice(_ORGANS)


def _stamped_lines(organ: str, rng: random.Random) -> list[str]:
    kind = rng.random()
    if kind < 0.45:
        return [organ, rng.choice(("收文章", "收件专用", "收讫")), _date(rng)][: rng.choice((2, 3))]
    if kind < 0.7:
        return [rng.choice(("本件与原件核对无异", "复印件", "副本", "已审核", "与原件一致", "归档", "作废"))]
    return [organ, f"第{rng.randint(1, 900)}号", _date(rng)]


def _at_the_edge(page: Page, seal: Callable[[], Tile], ink: Callable[[], Colour], rng: random.Random) -> None:
    """A seal across pages, of which this one has a slice; or fingers along the edge, one for each page or line."""
    height, width = page.image.shape[:2]
    side = rng.choice((0.0, 1.0, 1.0))
    if rng.random() < 0.6:
        tile = seal()
        out = rng.uniform(-0.32, 0.4) * tile.shape[1]
        x = width - 1 + out if side else -out
        at_side = rng.random() < 0.85
        y = rng.uniform(0.15, 0.85) * height
        place = (x, y) if at_side else (rng.uniform(0.2, 0.8) * width, height + out if side else -out)
        press(page, tile, *place, ink(), rng.uniform(0.35, 1), "seal")
        return
    colour, y = _red(rng), rng.uniform(0.05, 0.3) * height
    for _ in range(rng.randint(2, 7)):
        x = abs(rng.gauss(0, 6)) * page.mm + rng.uniform(-2, 6) * page.mm
        tile = stamps.fingerprint(page.mm, rng)
        press(page, tile, width - x if side else x, y, colour, rng.uniform(0.3, 1), "fingerprint")
        y += rng.uniform(20, 60) * page.mm


def _scanned(page: Page, material: Material, rng: random.Random) -> Sample:
    """Lay the page on a scanner, or copy it first; boxes are carried along."""
    image = page.image
    height, width = image.shape[:2]
    noise = np.random.default_rng(rng.randrange(2**31))
    if rng.random() < 0.2:  # what shines through from the other side
        ghost = cv2.GaussianBlur(image[:, ::-1].mean(axis=2), (0, 0), rng.uniform(1, 2.5))
        ghost = np.roll(ghost, rng.randint(-300, 300), axis=0)
        image = image * (1 - rng.uniform(0.04, 0.2) * (1 - ghost[..., None] / 255))
    if rng.random() < 0.2:
        image = image * _shining_through(page, material, rng)
    if rng.random() < 0.35:  # no colours
        image = np.repeat(image.mean(axis=2, keepdims=True), 3, axis=2)
        if rng.random() < 0.5:  # a copy: pale becomes paper, dark becomes black
            low, high = rng.uniform(20, 110), rng.uniform(170, 245)
            image = np.clip((image - low) / (high - low), 0, 1) * 255
    else:
        tint = np.array([rng.uniform(235, 255), rng.uniform(225, 253), rng.uniform(195, 250)], np.float32) / 255
        image = image * tint
    shade = cv2.resize(
        noise.uniform(0.86, 1.0, (3, 3)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC
    )
    image = image * shade[..., None] if rng.random() < 0.5 else image
    blurred = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.3, 1.4))
    grain = cv2.GaussianBlur(noise.normal(0, 1, (height, width, 1)).astype(np.float32), (3, 3), 0)
    image = blurred + rng.uniform(0, 9) * grain.reshape(height, width, 1)
    if rng.random() < 0.14:  # a scan in one bit: ink or paper, nothing between
        sharp = np.asarray(image.mean(axis=2, keepdims=True) > rng.uniform(90, 215), np.float32)
        image = np.repeat(sharp * 255, 3, axis=2)
    skew = rng.gauss(0, 0.8) if rng.random() < 0.9 else rng.gauss(0, 3)
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0)
    border = rng.choice(((255,) * 3, (240,) * 3, (20,) * 3))
    image = cv2.warpAffine(np.clip(image, 0, 255), matrix, (width, height), borderValue=border)
    pen_mask, stamped = (
        cv2.warpAffine((layer * 255).astype(np.uint8), matrix, (width, height)) for layer in (page.pen, page.stamped)
    )
    _, code = cv2.imencode(".jpg", image[..., ::-1].astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, rng.randint(25, 95)])
    worn = np.asarray(cv2.imdecode(code, cv2.IMREAD_COLOR)[..., ::-1], np.uint8)
    pen_mask, stamped = np.asarray(pen_mask, np.uint8), np.asarray(stamped, np.uint8)
    boxes = [(kind, _carried(box, matrix, width, height)) for kind, box in page.boxes]
    darkest = np.asarray(worn.min(axis=2), np.uint8)
    seen = [_survived(darkest, pen_mask if kind in ("signature", "writing") else stamped, box) for kind, box in boxes]
    kept = tuple(box for box, visible in zip(boxes, seen, strict=True) if visible)
    return Sample(np.ascontiguousarray(worn), pen_mask, stamped, kept)


def _shining_through(page: Page, material: Material, rng: random.Random) -> npt.NDArray[np.float32]:
    """A seal on the back of the page: mirrored, pale, soft, nearly without colour; no mark of this page."""
    height, width = page.image.shape[:2]
    cover = np.zeros((height, width), np.float32)
    for _ in range(rng.choice((1, 1, 2))):
        tile = stamps.official_seal(_organ(rng), page.mm, rng, material.chinese)[:, ::-1]
        top, left = rng.randint(0, height - 1), rng.randint(0, width - 1)
        part = cover[top : top + tile.shape[0], left : left + tile.shape[1]]
        np.maximum(part, tile[: part.shape[0], : part.shape[1]], out=part)
    soft = cv2.GaussianBlur(cover, (0, 0), rng.uniform(0.7, 2.5))[..., None] * rng.uniform(0.03, 0.14)
    tint = np.array([rng.uniform(0.7, 1.0), 1.0, 1.0], np.float32)
    return np.asarray(1 - soft * tint, np.float32)


def _survived(darkest: Pixels, mask: Pixels, box: Place) -> bool:
    """Whether ink can still be seen after scanning; where it cannot, it is taken off the mask as well."""
    x0, y0, x1, y1 = (round(v) for v in box)
    part, inked = darkest[y0:y1, x0:x1], mask[y0:y1, x0:x1]
    if not inked.any():
        return False
    visible = float(np.percentile(part, 95)) - float(part[inked > 0].mean()) > _VISIBLE
    if not visible:
        inked[:] = 0
    return visible


def _carried(box: Place, matrix: npt.NDArray[np.float64], width: int, height: int) -> Place:
    x, y = matrix @ np.array([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2, 1.0])
    half_x, half_y = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
    return max(0.0, x - half_x), max(0.0, y - half_y), min(float(width), x + half_x), min(float(height), y + half_y)
