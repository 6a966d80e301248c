"""A desk under load: `python tests/browser/load_run.py [--users 50] [--seconds 60] [--files 1000] [--pages 300]`.

Makes a run folder of invented files (copies of one real run's JSON, given with --like, or of the tests' own), serves it
as `prescreen serve` does, and lets so many evaluators read in it, each with a pause between two pages. Prints for each
kind of page how many were asked for, and the time to the last byte: median, 95th percentile, longest; beside it, the
same page asked for by one user alone.
"""

from __future__ import annotations

import argparse
import asyncio
import copy
import json
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), *(str(ROOT / "tests" / "unit" / name) for name in ("web", "documents", "batch"))]

from pipeline.web.shelf import case_slug, run_slug  # noqa: E402

Json = dict[str, Any]
PAUSE_SECONDS = 5.0
"""Mean time an evaluator looks at a page before he asks for the next."""
BIG = "大卷"


def main() -> int:
    """Make the files, serve them, let the users in, print the table."""
    wanted = _arguments()
    with tempfile.TemporaryDirectory() as scratch:
        run = _make(Path(scratch), wanted.like, wanted.files, wanted.pages)
        port = _free_port()
        server = subprocess.Popen(
            [sys.executable, "-m", "pipeline", "serve", str(run), "--port", str(port)],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
        )
        try:
            asyncio.run(_measure(f"http://127.0.0.1:{port}", run, wanted))
        finally:
            server.terminate()
            server.wait(20)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--like", type=Path, help="a RUN whose cases are copied")
    return parser.parse_args()


def _make(folder: Path, like: Path | None, files: int, pages: int) -> Path:
    from web_runs import make_run

    run = make_run(folder)
    known = [json.loads(path.read_bytes()) for path in sorted(((like or run) / "cases").glob("*.json"))]
    known = [case for case in known if case["pages"]]
    for number in range(files - 1):
        _write(run, known[number % len(known)], f"卷{number:04d}")
    _write(run, _long(known, pages), BIG)
    for asset in (like / "assets").glob("*.jpg") if like else ():
        shutil.copy(asset, run / "assets" / asset.name)
    return run


def _write(run: Path, case: Json, name: str) -> None:
    case = case | {"case_id": name}
    (run / "cases" / f"{name}.json").write_text(json.dumps(case, ensure_ascii=False), "utf-8")


def _long(known: list[Json], pages: int) -> Json:
    """One file of so many pages, put together from all."""
    made = copy.deepcopy(known[0]) | {"pages": [], "documents": [], "dates": [], "findings": []}
    made |= {"signatures": [], "seals": []}
    turn = 0
    while len(made["pages"]) < pages:
        case, before = known[turn % len(known)], len(made["pages"])
        room = min(len(case["pages"]), pages - before)
        for page in case["pages"][:room]:
            made["pages"].append(page | {"page": page["page"] + before})
        for document in case["documents"]:
            if document["pages"][1] <= room:
                shifted = {"id": f"{turn}{document['id']}", "pages": [page + before for page in document["pages"]]}
                made["documents"].append(document | shifted)
        for date in case["dates"]:
            if date["page"] <= room:
                made["dates"].append(date | {"page": date["page"] + before, "document": f"{turn}{date['document']}"})
        for finding in case["findings"]:
            if all(evidence["page"] <= room for evidence in finding["evidence"]):
                evidence = [one | {"page": one["page"] + before} for one in finding["evidence"]]
                shifted = {"key": f"{turn:04x}{finding['key'][4:]}", "evidence": evidence, "document": None}
                made["findings"].append(finding | shifted | {"passages": []})
        turn += 1
    return made


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _measure(base: str, run: Path, wanted: argparse.Namespace) -> None:
    limits = httpx.Limits(max_connections=wanted.users + 5)
    async with httpx.AsyncClient(base_url=base, timeout=60, limits=limits) as client:
        address = f"/r/{run_slug(run)}"
        await _ready(client, address)
        pages = _pages(address, wanted)
        alone: dict[str, list[float]] = defaultdict(list)
        for kind in pages:
            for _ in range(12):
                await _ask(client, kind, random.choice(pages[kind]), alone)
        crowd: dict[str, list[float]] = defaultdict(list)
        until = time.monotonic() + wanted.seconds
        began = time.monotonic()
        await asyncio.gather(*(_user(client, pages, until, crowd) for _ in range(wanted.users)))
        asked = sum(map(len, crowd.values()))
        print(f"{wanted.files} files, one of {wanted.pages} pages; {wanted.users} users, {wanted.seconds:.0f} s:")
        print(f"{asked} pages asked for, {asked / (time.monotonic() - began):.1f} a second, none refused")
        print(f"{'':16}{'alone':>8}{'asked':>8}{'median':>8}{'95 %':>8}{'longest':>9}   (ms to the last byte)")
        for kind in pages:
            times = sorted(crowd[kind])
            row = (statistics.median(times), times[int(0.95 * (len(times) - 1))], times[-1])
            told = "".join(f"{1000 * each:8.0f}" for each in row)
            print(f"{kind:16}{1000 * statistics.median(alone[kind]):8.0f}{len(times):8}{told}")


async def _ready(client: httpx.AsyncClient, address: str) -> None:
    """Wait until the server answers and every file is taken in."""
    while True:
        try:
            answer = await client.get(f"{address}.json")
            if answer.status_code == 200 and not answer.json()["to_come"]:
                return
        except httpx.TransportError:
            pass
        await asyncio.sleep(0.5)


def _pages(address: str, wanted: argparse.Namespace) -> dict[str, list[str]]:
    small = [f"{address}/c/{case_slug(f'卷{number:04d}')}" for number in range(0, wanted.files - 1, 7)]
    big = f"{address}/c/{case_slug(BIG)}"
    return {
        "batch": [address, f"{address}?page=5", f"{address}?kind=criminal"],
        "file": small,
        "file, long": [big],
        "page viewer": [f"{big}/p/{number}" for number in range(1, wanted.pages, 9)],
        "search": [f"{address}/search?q={words}" for words in ("盗窃", "法律援助", "2022", "没有的字")],
    }


async def _user(
    client: httpx.AsyncClient, pages: dict[str, list[str]], until: float, times: dict[str, list[float]]
) -> None:
    chance = random.Random()
    await asyncio.sleep(chance.uniform(0, PAUSE_SECONDS))
    while time.monotonic() < until:
        kind = chance.choices(tuple(pages), (2, 4, 2, 6, 1))[0]
        await _ask(client, kind, chance.choice(pages[kind]), times)
        await asyncio.sleep(chance.expovariate(1 / PAUSE_SECONDS))


async def _ask(client: httpx.AsyncClient, kind: str, address: str, times: dict[str, list[float]]) -> None:
    began = time.perf_counter()
    answer = await client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code} {answer.text[:200]}")
    times[kind].append(time.perf_counter() - began)


if __name__ == "__main__":
    sys.exit(main())
