"""The memory of workers over their pages as an SVG picture, drawn from the figures of a measurement."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from pipeline.bench.figures import Figures

WIDTH, HEIGHT = 720, 300
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 40, 44
LEGEND_ROWS = 4
COLOURS = ("#1f6fb2", "#d1622b", "#3d8f4d", "#8a4fa3", "#a08a1c", "#4d8f9a", "#b04a6f", "#666666")


def memory_plot(workers: Sequence[Figures], title: str) -> str:
    """Draw `memory_series`: pages across, MB from 0 upwards, a line for each worker."""
    points = [point for worker in workers for point in worker["series"]]
    most_pages = max((pages for pages, _ in points), default=1)
    most_mb = max((mb for _, mb in points), default=1.0) * 1.1
    across, up = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def x(pages: float) -> float:
        return round(LEFT + across * pages / most_pages, 1)

    def y(mb: float) -> float:
        return round(TOP + up * (1 - mb / most_mb), 1)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif"'
        ' font-size="12" fill="#333">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="22" font-size="14">{escape(title)}</text>',
    ]
    for mb in ticks(most_mb):
        parts.append(f'<path d="M{LEFT} {y(mb)}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y(mb) + 4}" text-anchor="end">{mb:g}</text>')
    for pages in ticks(most_pages):
        parts.append(f'<text x="{x(pages)}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{pages:g}</text>')
    parts.append(f'<text x="{WIDTH - RIGHT}" y="{HEIGHT - 8}" text-anchor="end">每个进程读过的页数</text>')
    parts.append(f'<text x="8" y="{TOP - 8}">MB</text>')
    for number, worker in enumerate(workers):
        colour = COLOURS[number % len(COLOURS)]
        line = " ".join(f"{x(pages)},{y(mb)}" for pages, mb in worker["series"])
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        # the lines run high above 0, so there is room for the legend below them
        column, row = divmod(number, LEGEND_ROWS)
        place = f'x="{LEFT + 12 + 160 * column}" y="{HEIGHT - BOTTOM - 12 - 16 * row}"'
        parts.append(f'<text {place} fill="{colour}">进程 {worker["worker"]}: {worker["series"][-1][1]:.0f} MB</text>')
    return "\n".join([*parts, "</svg>", ""])


def ticks(most: float) -> list[float]:
    """Give round numbers from 0 to `most`, at most six of them."""
    step = 1.0
    while most / step > 5:
        step *= 2.5 if f"{step:g}".startswith("2") else 2
    return [step * n for n in range(int(most / step) + 1)]
