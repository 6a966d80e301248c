"""docs/夜间运行.md can be followed: its files parse, its commands and options exist, its exit codes are real."""

from __future__ import annotations

import configparser
import plistlib
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import click
import pytest
import typer.main

from pipeline.cli import app
from pipeline.problems import ExitCode

NIGHT_XML = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs" / "夜间运行.md").read_text("utf-8")


def _blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def units(page: str) -> dict[str, str]:
    """The units by their file name, which stands in the first line of each."""
    found = {re.match(r"# /etc/systemd/system/(\S+)", block): block for block in _blocks(page, "ini")}
    assert all(found), "a unit does not say where it belongs"
    return {match[1]: block for match, block in found.items() if match}


def _commands(page: str) -> list[str]:
    """Every command line of prescreen in the page, from its name on."""
    text = page.replace("&gt;", ">").replace("&amp;", "&")
    plist = plistlib.loads(next(b for b in _blocks(page, "xml") if "<plist" in b).encode())
    lines = re.findall(r'prescreen(?:\.exe"?)? ((?:run|watch|status|audit|doctor|show)\b[^\n`>]*)', text)
    return [*lines, shlex.join(plist["ProgramArguments"][1:])]


def test_every_command_and_option_exists(page: str) -> None:
    commands = typer.main.get_group(app).commands
    found = _commands(page)
    assert {"run", "watch", "status", "audit", "doctor"} <= {line.split()[0] for line in found}
    for line in found:
        name, *arguments = shlex.split(line.replace("\\", "/").replace("'", ""))
        parameters = commands[name].params
        known = {option for parameter in parameters for option in parameter.opts}
        assert {word for word in arguments if word.startswith("-")} <= known, line
    for option in re.findall(r"`(--[a-z]+)", page):
        assert any(option in p.opts for c in commands.values() for p in c.params), option


def test_the_commands_of_the_units_are_accepted(units: dict[str, str], tmp_path: Path) -> None:
    """Parsed by the program itself, options, values and all."""
    (tmp_path / "inbox").mkdir()
    started = [line for unit in units.values() for line in re.findall(r"^ExecStart=(.*)$", unit, re.MULTILINE)]
    assert len(started) == 2
    for line in started:
        _, name, *arguments = shlex.split(line)
        command = typer.main.get_group(app).commands[name]
        with click.Context(command) as context:
            command.parse_args(context, arguments)
        assert context.params["out"] == Path("/srv/prescreen/run")


def test_units_parse_and_let_nothing_out(units: dict[str, str]) -> None:
    assert set(units) == {"prescreen-watch.service", "prescreen-night.service", "prescreen-night.timer"}
    for name, text in units.items():
        unit = configparser.ConfigParser(interpolation=None, strict=False)
        unit.optionxform = str  # type: ignore[assignment, method-assign]
        unit.read_string(text)
        if not name.endswith(".service"):
            continue
        service = unit["Service"]
        assert service["PrivateNetwork"] == service["NoNewPrivileges"] == "yes"
        assert service["ProtectSystem"] == "strict"
        allowed = set(map(int, service["SuccessExitStatus"].split()))
        assert int(ExitCode.INTERRUPTED) in allowed and allowed <= set(map(int, ExitCode))
        assert service["ReadWritePaths"] in service["ExecStart"] and service["ReadOnlyPaths"] in service["ExecStart"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed here")
def test_systemd_finds_nothing_wrong(units: dict[str, str], tmp_path: Path) -> None:
    for name, text in units.items():
        here = text.replace("/opt/prescreen/.venv/bin/prescreen", sys.executable)
        here = re.sub(r"^(User|Group)=.*\n", "", here, flags=re.MULTILINE)
        (tmp_path / name).write_text(here, encoding="utf-8")
    paths = [str(tmp_path / name) for name in units]
    done = subprocess.run(["systemd-analyze", "verify", *paths], capture_output=True, text=True, check=False)
    ours = [line for line in done.stderr.splitlines() if "prescreen" in line]
    assert ours == [], done.stderr
    calendar = re.search(r"^OnCalendar=(.*)$", units["prescreen-night.timer"], re.MULTILINE)
    assert calendar
    subprocess.run(["systemd-analyze", "calendar", calendar[1]], capture_output=True, check=True)


def test_the_task_of_windows_is_xml_that_runs_the_watcher(page: str) -> None:
    [text] = [block for block in _blocks(page, "xml") if "<Task " in block]
    task = ElementTree.fromstring(text.replace(' encoding="UTF-16"', ""))
    assert task.findtext(f".//{NIGHT_XML}ExecutionTimeLimit") == "PT0S"
    assert task.findtext(f".//{NIGHT_XML}Command") == "cmd.exe"
    assert 'prescreen.exe" watch "D:\\案卷\\收件"' in (task.findtext(f".//{NIGHT_XML}Arguments") or "")


def test_the_job_of_macos_parses(page: str) -> None:
    [text] = [block for block in _blocks(page, "xml") if "<plist" in block]
    job = plistlib.loads(text.encode())
    assert job["ProgramArguments"][1] == "watch" and job["KeepAlive"] == {"SuccessfulExit": False}


def test_every_exit_code_is_explained(page: str) -> None:
    table = {int(code) for code in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)}
    assert table == set(map(int, ExitCode))
