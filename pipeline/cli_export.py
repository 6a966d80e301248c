"""`prescreen export`: its options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli_options import Config, open_console, settings_of
from pipeline.problems import UsageError


def export(
    run_folder: Annotated[
        Path | None, typer.Argument(metavar="[RUN]", help="运行文件夹 (run --out 所给)", show_default=False)
    ] = None,
    case: Annotated[
        str | None, typer.Argument(metavar="[CASE]", help="案卷名; 台账是整个批次的, 不写", show_default=False)
    ] = None,
    form: Annotated[
        str,
        typer.Option(
            "--as", metavar="opinion|pdf|json|ledger", help="评查意见书 (Word)、可检索 PDF、JSON、评查台账 (Excel)"
        ),
    ] = "opinion",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="写到哪里; 默认在当前文件夹", show_default=False)
    ] = None,
    template: Annotated[
        Path | None, typer.Option("--template", metavar="FILE", help="另存自带的意见书模板, 供修改", show_default=False)
    ] = None,
    batch: Annotated[
        Path | None, typer.Option("--batch", metavar="BATCH", help="案卷移动后的位置 (可检索 PDF)", show_default=False)
    ] = None,
    config: Config = None,
) -> None:
    """Write what is handed over of a file or a batch."""
    from pipeline.web import export as exporting

    console = open_console()
    if template is not None:
        written = exporting.write_template(template)
    elif run_folder is None:
        raise UsageError("缺少 RUN", "请给出 prescreen run --out 的文件夹")
    else:
        written = exporting.export(run_folder, case, form, out, settings_of(config), batch)
    console.print(f"已写入 {written}", markup=False, highlight=False, soft_wrap=True)
