"""Trains models/marks/marks.onnx, which pipeline/ocr/mark_net.py looks at pages with, on drawn pages only.

    python -m models.training.marks FONTS CACHE [--pages 3000] [--steps 6000] [--start CACHE/marks.pt]

FONTS has the sub-folders `chinese`, `latin` (print), `hands`, `chinese_hands` (writing) with font files; CACHE keeps
the pages once drawn (0.4 s each) and the weights as PyTorch has them (`marks.pt`), from which `--start` goes on.
Training takes about a third of a second a step on one core. The first hundred pages take no part; how well their marks
are found is printed at the end, by kind. `python -m models.training.marks_evaluate FOLDER` measures the signatures on
pages of somebody else's. In 8 bits (NNCF, as in quantise.py) the network takes three quarters of the time, but places
signatures a little worse; so the weights stay in 32.

The weights in force were trained in steps as the drawn pages grew richer: 7,000 steps on up to 2,000 pages.

Fonts used for them. Chinese print: Noto Serif and Sans CJK SC (regular, bold), AR PL SungtiL GB, KaitiM GB, LXGW
WenKai. Latin print: DejaVu, Liberation, EB Garamond, Crimson Text, Lato, Roboto Slab. Hands (npm @fontsource, all SIL
OFL 1.1): Mr De Haviland, Mrs Saint Delafield, Herr Von Muellerhoff, Mr Dafoe, Monsieur La Doulaise, Homemade Apple,
Reenie Beanie, Kristi, Caveat, Cedarville Cursive, Zeyada, La Belle Aurore, Nothing You Could Do, Over the Rainbow,
Sacramento, Dawning of a New Day. Chinese hands: Liu Jian Mao Cao, Long Cang, Ma Shan Zheng, Zhi Mang Xing, LXGW WenKai
Light.

PyTorch is needed for this alone: `pip install torch` (its dependencies are of no use to who only reads pages).
"""

from __future__ import annotations

import argparse
import math
import pickle
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

from models.training.marks_network import Net, export
from models.training.marks_pages import KINDS, make_page
from models.training.marks_print import Material
from pipeline.ocr.colour import colours
from pipeline.ocr.ink import contrast
from pipeline.ocr.mark_net import CELL, PEN_CELL, as_input, marks_in, overlap
from sample_scans.generator.corpus import pages as texts

TARGET = Path(__file__).parents[1] / "marks" / "marks.onnx"
HELD_BACK = 100
CHUNK = 100
SIDE = 416
"""Side of the parts of pages that training looks at: 15 cm."""
BATCH = 8
RATE = 3e-3

Floats = npt.NDArray[np.float32]
Drawn = tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8], Floats]
"""What the network sees of a page, maps of pens and stamps at a quarter of its size, boxes (kind, sides; pixels)."""


def material(fonts: Path) -> Material:
    """Gather the fonts, and texts of legal-aid files (sample_scans' corpus)."""
    folders = {name: sorted((fonts / name).iterdir()) for name in ("chinese", "latin", "hands", "chinese_hands")}
    return Material(**folders, texts=[text for text, _, _ in texts(3, 600)])


def draw(seed: int, made_of: Material) -> Drawn:
    """Draw a page and lay it out as the network gets it."""
    page = make_page(seed, made_of)
    seen, dark = colours(page.image), contrast(page.image)
    image, scale = as_input(seen.red, seen.blue, dark)
    scale *= dark.value.shape[1] / page.image.shape[1]
    size = tuple(max(1, round(side * scale)) for side in page.image.shape[1::-1])
    maps = []
    for mask in (page.pen, page.stamped):
        small = np.zeros(image.shape[:2], np.uint8)
        small[: size[1], : size[0]] = cv2.resize(mask, size, interpolation=cv2.INTER_AREA)
        maps.append(small.reshape(len(small) // PEN_CELL, PEN_CELL, -1, PEN_CELL).max(axis=(1, 3)))
    boxes = [[KINDS.index(kind), *(value * scale for value in box)] for kind, box in page.boxes]
    return image, np.stack(maps), np.array(boxes, np.float32).reshape(-1, 5)


def drawn_pages(count: int, made_of: Material, cache: Path) -> list[Drawn]:
    """Draw pages, or take them from the cache."""
    cache.mkdir(parents=True, exist_ok=True)
    result: list[Drawn] = []
    for first in range(0, count, CHUNK):
        file = cache / f"{first:05}.pkl"
        if not file.exists():
            file.write_bytes(pickle.dumps([draw(seed, made_of) for seed in range(first, first + CHUNK)]))
            print(f"{first + CHUNK} pages drawn", flush=True)
        result += pickle.loads(file.read_bytes())
    return result


def wanted(boxes: Floats, size: int) -> tuple[Floats, Floats, Floats]:
    """What the network should answer: chances (hills around the middles), distances to the sides, where those count."""
    cells = size // CELL
    heat = np.zeros((len(KINDS), cells, cells), np.float32)
    sides = np.zeros((4, cells, cells), np.float32)
    counts = np.zeros((cells, cells), np.float32)
    rows, columns = np.mgrid[:cells, :cells]
    areas = (boxes[:, 3] - boxes[:, 1]) * (boxes[:, 4] - boxes[:, 2])
    for kind, x0, y0, x1, y1 in boxes[np.argsort(-areas)] / np.array([1, CELL, CELL, CELL, CELL], np.float32):
        x, y = (min(cells - 1, max(0, int(middle))) for middle in ((x0 + x1) / 2, (y0 + y1) / 2))
        wide, tall = max(0.6, 0.12 * (x1 - x0)), max(0.6, 0.12 * (y1 - y0))
        hill = np.exp(-((columns - x) ** 2 / (2 * wide**2) + (rows - y) ** 2 / (2 * tall**2)))
        np.maximum(heat[int(kind)], hill, out=heat[int(kind)])
        near = hill > 0.5
        across, down = columns[near] + 0.5, rows[near] + 0.5
        sides[:, near] = np.log(np.stack([across - x0, down - y0, x1 - across, y1 - down]).clip(0.25))
        counts[near] = 1
    return heat, sides, counts


def part(page: Drawn, rng: np.random.Generator) -> tuple[Floats, ...]:
    """A square part of a page, preferably one with a mark in it, a little paler or darker, now and then colourless."""
    image, maps, boxes = page
    height, width = (min(SIDE, side) // 32 * 32 for side in image.shape[:2])
    for _ in range(3):
        top = int(rng.integers(0, (image.shape[0] - height) // PEN_CELL + 1)) * PEN_CELL
        left = int(rng.integers(0, (image.shape[1] - width) // PEN_CELL + 1)) * PEN_CELL
        shift = np.array([0, left, top, left, top], np.float32)
        x, y = ((boxes - shift)[:, [1, 3]].mean(axis=1), (boxes - shift)[:, [2, 4]].mean(axis=1))
        if not len(boxes) or ((x > 0) & (x < width) & (y > 0) & (y < height)).any():
            break
    seen = image[top : top + height, left : left + width].astype(np.float32)
    seen[..., 0] *= rng.uniform(0.75, 1.25)
    colourless = rng.random()
    if colourless < 0.27:
        seen[..., 1:] = 0
    if colourless < 0.15:  # as a copier hardens it
        seen[..., 0] = (seen[..., 0] - rng.uniform(10, 90)) * rng.uniform(1.5, 5)
    pixels, map_parts = (
        np.zeros((3, SIDE, SIDE), np.float32),
        np.zeros((2, SIDE // PEN_CELL, SIDE // PEN_CELL), np.float32),
    )
    pixels[:, :height, :width] = np.clip(seen, 0, 255).transpose(2, 0, 1) / 255
    window = (slice(top // PEN_CELL, (top + height) // PEN_CELL), slice(left // PEN_CELL, (left + width) // PEN_CELL))
    map_parts[:, : height // PEN_CELL, : width // PEN_CELL] = maps[:, *window] > 60
    inside = boxes - shift
    whole = (inside[:, 3] - inside[:, 1]) * (inside[:, 4] - inside[:, 2])
    inside[:, [1, 3]], inside[:, [2, 4]] = inside[:, [1, 3]].clip(0, width), inside[:, [2, 4]].clip(0, height)
    wide, tall = inside[:, 3] - inside[:, 1], inside[:, 4] - inside[:, 2]
    inside = inside[(wide * tall > 0.3 * whole) & (wide > 3) & (tall > 3)]
    return pixels, map_parts, *wanted(inside, SIDE)


def loss_of(net: Net, batch: Sequence[Tensor]) -> Tensor:
    """Focal loss on the middles (CornerNet's), overlap and distances on the boxes, cross entropy on the maps."""
    pixels, maps, heat, sides, counts = batch
    chances, distances, painted = net(pixels.contiguous(memory_format=torch.channels_last))
    sure = torch.sigmoid(chances).clamp(1e-4, 1 - 1e-4)
    top = (heat > 0.99).float()
    focal = top * (1 - sure) ** 2 * sure.log() + (1 - top) * (1 - heat) ** 4 * sure**2 * (1 - sure).log()
    got, true = distances.exp(), sides.exp()
    least = torch.minimum(got, true)
    shared = (least[:, 0] + least[:, 2]) * (least[:, 1] + least[:, 3])
    areas = [(d[:, 0] + d[:, 2]) * (d[:, 1] + d[:, 3]) for d in (got, true)]
    apart = 1 - shared / (areas[0] + areas[1] - shared).clamp(1e-3)
    far = (distances - sides).abs().mean(dim=1)
    boxes = (counts * (apart + 0.1 * far)).sum() / counts.sum().clamp(1)
    weights = torch.full((2, 1, 1), 2.0)
    map_loss = F.binary_cross_entropy_with_logits(painted, maps, pos_weight=weights)
    return -focal.sum() / top.sum().clamp(1) + 2 * boxes + 2 * map_loss


def train(pages: Sequence[Drawn], steps: int, start: Path | None) -> Net:
    """Train with a rate that rises, then falls as a cosine does; from weights `start` on, if given, at half of it."""
    torch.manual_seed(1)
    rng = np.random.default_rng(1)
    net, highest = Net(), RATE
    if start is not None:
        net.load_state_dict(torch.load(start))
        highest = RATE / 2
    net = net.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    optimiser = torch.optim.AdamW(net.parameters(), RATE, weight_decay=1e-4)
    for step in range(steps):
        rate = highest * min(1, (step + 1) / 200) * (0.02 + 0.49 * (1 + math.cos(math.pi * step / steps)))
        for group in optimiser.param_groups:
            group["lr"] = rate
        parts = [part(pages[int(rng.integers(len(pages)))], rng) for _ in range(BATCH)]
        loss = loss_of(net, [torch.from_numpy(np.stack(values)) for values in zip(*parts, strict=True)])
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5)
        optimiser.step()
        if step % 100 == 99:
            print(f"step {step + 1}: {loss.item():.3f}", flush=True)
    return net


def judge(net: Net, pages: Sequence[Drawn], least: float = 0.35) -> None:
    """Print precision and recall by kind on pages that took no part (overlap 0.3 for pens, 0.5 for what is stamped)."""
    hits = dict.fromkeys(KINDS, 0)
    told, there = dict(hits), dict(hits)
    for image, _, boxes in pages:
        with torch.no_grad():
            heat, sides, _ = net.eval()(torch.from_numpy(image.transpose(2, 0, 1)[None].astype(np.float32) / 255))
        answer = torch.cat([heat, sides], 1)[0].numpy()
        found = marks_in(answer, least, 1.0, (image.shape[1], image.shape[0]))
        for i, kind in enumerate(KINDS):
            true = [tuple(float(v) for v in box[1:]) for box in boxes if int(box[0]) == i]
            here = [seen.box for seen in found if seen.kind == kind]
            told[kind] += len(here)
            there[kind] += len(true)
            for box in here:
                best = max(true, key=lambda other: overlap(box, other), default=None)  # type: ignore[arg-type]
                if best is not None and overlap(box, best) >= (0.3 if i < 2 else 0.5):  # type: ignore[arg-type]
                    hits[kind] += 1
                    true.remove(best)
    for kind in KINDS:
        print(f"{kind}: precision {hits[kind] / max(1, told[kind]):.3f}, recall {hits[kind] / max(1, there[kind]):.3f}")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("fonts", type=Path)
    arguments.add_argument("cache", type=Path)
    arguments.add_argument("--pages", type=int, default=3000)
    arguments.add_argument("--steps", type=int, default=6000)
    arguments.add_argument("--start", type=Path)
    given = arguments.parse_args()
    torch.set_num_threads(1)
    pages = drawn_pages(given.pages, material(given.fonts), given.cache)
    net = train(pages[HELD_BACK:], given.steps, given.start)
    torch.save(net.state_dict(), given.cache / "marks.pt")
    judge(net, pages[:HELD_BACK])
    export(net, TARGET)


if __name__ == "__main__":
    main()
