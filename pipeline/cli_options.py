"""What several commands share: options, the console, the settings in force."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.config import Settings

Config = Annotated[Path | None, typer.Option("--config", metavar="FILE", help="设置文件 (TOML)", show_default=False)]
Workers = Annotated[
    int | None,
    typer.Option("--workers", metavar="N", min=0, max=256, help="识别进程数; 0 = 按核数", show_default=False),
]
Out = Annotated[Path, typer.Option("--out", metavar="RUN", help="运行文件夹: 所有结果都写在这里", show_default=False)]
Ocr = Annotated[str | None, typer.Option("--ocr", metavar="rapid|paddle", help="识别引擎", show_default=False)]
PackName = Annotated[
    str | None, typer.Option("--pack", metavar="NAME", help="规则包的名称, 或自写的 .toml 文件", show_default=False)
]
JsonFile = Annotated[Path | None, typer.Option("--json", metavar="FILE", help="结果另存为 JSON", show_default=False)]


def open_console() -> Console:
    """Give the console that a command speaks to."""
    from rich.console import Console

    return Console()


def settings_of(path: Path | None, **sections: dict[str, Any]) -> Settings:
    """Load the settings, with what the command line gave; None is not given. Raises `UsageError`."""
    from pipeline.config import load_settings

    given = {
        name: {key: value for key, value in values.items() if value is not None} for name, values in sections.items()
    }
    return load_settings(path, **{name: values for name, values in given.items() if values})
