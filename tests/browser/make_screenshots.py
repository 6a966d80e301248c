"""Make the pictures of docs/使用说明.md and docs/工作台.md: the desk over the invented files of sample_scans.

    python tests/browser/make_screenshots.py [RUN]

RUN is a run of `prescreen run sample_scans/cases` (made here where it is not given); it is copied, not written into.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from chrome import WINDOW, find_chromium, launched, opened, painted
from desk_pages import case_of, case_path, finding_of, run_path
from PIL import Image
from served import ADMIN, COLLEAGUE, EVALUATOR, ROOT, SCANS, add_people, log_in, prescreen, served

IMAGES = ROOT / "docs" / "images"
LARGEST = 150_000
"""Bytes of a picture."""
Step = Callable[[Any, str, Path], None]


def first_visit(page: Any, address: str, run: Path) -> None:
    page.goto(address + run_path(run))


def decided(page: Any, address: str, run: Path) -> None:
    key = finding_of(run, "DAT501")["key"]
    page.goto(address + case_path(run))
    while page.evaluate("document.activeElement.getAttribute('data-key')") != key:
        page.keyboard.press("j")
    page.keyboard.press("a")
    page.wait_for_selector(f'[data-key="{key}"] .decide-accept[aria-pressed=true]')
    page.keyboard.press("n")
    page.keyboard.type("指派通知书的落款早于审批表，已对照原卷。")
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.ok):
        page.keyboard.press("Escape")
    page.set_viewport_size({"width": WINDOW["width"], "height": 860})
    page.eval_on_selector(f"#k-{key}", "e => e.scrollIntoView({block: 'start'})")
    painted(page, f"#k-{key} img")


def dates(page: Any, address: str, run: Path) -> None:
    page.goto(address)
    page.goto(f"{address}{case_path(run)}#dates")


def correction(page: Any, address: str, run: Path) -> None:
    index = next(i for i, date in enumerate(case_of(run)["dates"]) if date["role"] == "assignment")
    page.goto(address + case_path(run))
    page.click(f"a.fixit[href='#fix-d{index}']")
    page.fill(f"#fix-d{index} input[name=value]", "2023-03-21")
    page.click(f"#fix-d{index} button.primary")
    page.wait_for_selector("#effect")


def viewer(page: Any, address: str, run: Path) -> None:
    finding = finding_of(run, "DAT501")
    page.goto(f"{address}{case_path(run)}/p/{finding['evidence'][0]['page']}?f={finding['key']}")
    painted(page, ".scan")


def copies(page: Any, address: str, run: Path) -> None:
    page.goto(f"{address}{case_path(run)}/copies/{finding_of(run, 'CPY601')['key']}")
    painted(page, ".scan")
    page.click(".side-copy .words .run >> nth=0")


def handover(page: Any, address: str, run: Path) -> None:
    page.goto(f"{address}{case_path(run)}#handover")


def trust(page: Any, address: str, run: Path) -> None:
    page.goto(f"{address}{run_path(run)}/trust")


def search(page: Any, address: str, run: Path) -> None:
    page.goto(f"{address}{run_path(run)}/search?q=%E5%AE%A1%E6%89%B9")


def login(page: Any, address: str, run: Path) -> None:
    page.goto(f"{address}/login")
    page.fill("input[name=name]", EVALUATOR)


def users(page: Any, address: str, run: Path) -> None:
    page.goto(f"{address}/users")


def assign(page: Any, address: str, run: Path) -> None:
    page.goto(f"{address}/assign/{run_path(run).rsplit('/', 1)[1]}")


def audit(page: Any, address: str, run: Path) -> None:
    page.goto(f"{address}/audit")


def account(page: Any, address: str, run: Path) -> None:
    page.goto(f"{address}/account")


SHOTS: dict[str, Step] = {
    "desk-tour": first_visit,
    "desk-decide": decided,
    "desk-dates": dates,
    "desk-page": viewer,
    "desk-copies": copies,
    "desk-correct": correction,
    "desk-handover": handover,
    "desk-trust": trust,
    "desk-search": search,
    "desk-login": login,
    "desk-users": users,
    "desk-assign": assign,
    "desk-audit": audit,
    "desk-account": account,
}


def small(png: bytes) -> bytes:
    """The picture in few colours; smaller where it is still too large."""
    image = Image.open(BytesIO(png)).convert("RGB")
    for colours, scale in ((128, 1.0), (64, 1.0), (64, 0.8), (32, 0.8), (32, 0.65)):
        size = (round(image.width * scale), round(image.height * scale))
        made = image.resize(size, Image.Resampling.LANCZOS) if scale < 1 else image
        held = BytesIO()
        made.quantize(colours, dither=Image.Dither.NONE).save(held, "PNG", optimize=True)
        if held.tell() <= LARGEST:
            break
    return held.getvalue()


def desk_run(given: Path | None, folder: Path) -> Path:
    made = given
    if made is None:
        made = folder / "made"
        prescreen("run", SCANS, "--out", made, codes=(0, 1))
    run = shutil.copytree(made, folder / "一月送评", ignore=shutil.ignore_patterns("users.db*", "reviews.db*"))
    add_people(run, ADMIN, EVALUATOR, COLLEAGUE)
    return run


def take(browser: Any, address: str, run: Path) -> Iterator[tuple[str, bytes]]:
    with (
        opened(browser) as (page, _),
        opened(browser, first_visit=True) as (newcomer, _),
        opened(browser) as (stranger, _),
        opened(browser) as (head, _),
    ):
        for tab, name in ((page, EVALUATOR), (newcomer, EVALUATOR), (head, ADMIN)):
            log_in(tab, address, name)
        of_others = {first_visit: newcomer, login: stranger, users: head, assign: head, audit: head, account: head}
        for name, step in SHOTS.items():
            tab = of_others.get(step, page)
            tab.set_viewport_size(WINDOW)
            step(tab, address, run)
            tab.wait_for_timeout(600)
            yield name, small(tab.screenshot())


def main() -> None:
    path = find_chromium()
    if path is None:
        sys.exit("chromium is not installed")
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory() as temporary:
        run = desk_run(given, Path(temporary))
        with served(run) as server, launched(path) as browser:
            for name, png in take(browser, server.address, run):
                (IMAGES / f"{name}.png").write_bytes(png)
                print(f"{name}.png {len(png) // 1000} kB")


if __name__ == "__main__":
    main()
