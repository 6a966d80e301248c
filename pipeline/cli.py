"""The command `prescreen`. Messages are Chinese; what is heavy is imported where it is needed, so that help is quick.

Everything a user can foresee ends with a message, advice and an exit code, never with a traceback.
"""

from __future__ import annotations

import datetime as dt
import json
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline import cli_export, cli_measure, cli_serve, cli_watch
from pipeline import cli_help as texts
from pipeline.cli_options import Config, Ocr, Out, PackName, Workers
from pipeline.cli_options import open_console as _console
from pipeline.cli_options import settings_of as _settings
from pipeline.problems import ExitCode, PrescreenError, UsageError, WorkspaceError

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.batch.result import BatchResult
    from pipeline.config import Settings

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=texts.EXIT_CODES,
)

Batch = Annotated[
    Path, typer.Argument(metavar="BATCH", help="批次: 装有案卷的文件夹, 或一个 PDF、ZIP", show_default=False)
]
RunFolder = Annotated[Path, typer.Argument(metavar="RUN", help="运行文件夹 (run --out 所给)", show_default=False)]


def _version(wanted: bool) -> None:
    if wanted:
        from pipeline import __version__

        typer.echo(f"prescreen {__version__}")
        raise typer.Exit


@app.callback(help=texts.PRESCREEN)
def prescreen(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本后退出", show_default=False)
    ] = False,
) -> None:
    """Read scanned legal-aid case files and flag suspected faults, with evidence."""


@app.command(help=texts.RUN)
def run(
    batch: Batch,
    out: Out,
    case: Annotated[bool, typer.Option("--case", help="给出的文件夹本身就是一个案卷")] = False,
    workers: Workers = None,
    engine: Annotated[
        str | None,
        typer.Option("--engine", metavar="local|ray", help="在本机识别, 或用 Ray 集群", show_default=False),
    ] = None,
    address: Annotated[
        str | None,
        typer.Option("--address", metavar="HOST:PORT", help="Ray 集群的地址; 不给 = 只在本机试用", show_default=False),
    ] = None,
    ocr: Ocr = None,
    pack: PackName = None,
    config: Config = None,
    date: Annotated[
        dt.datetime | None,
        typer.Option(
            "--date",
            metavar="YYYY-MM-DD",
            formats=["%Y-%m-%d"],
            help="规则以哪一天为今天; 默认是第一次运行之日, 以后不变",
            show_default=False,
        ),
    ] = None,
    retry: Annotated[bool, typer.Option("--retry", help="重新识别上次放弃的页")] = False,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="HH:MM", help="到时不再开始新的页, 做完手头的即结束", show_default=False),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="不显示进度")] = False,
) -> None:
    """Screen a batch into a run folder."""
    from pipeline.batch.progress import reporter
    from pipeline.batch.run import run_batch
    from pipeline.batch.until import read_until

    signal.signal(signal.SIGTERM, _stop)  # whoever ends us politely gets the same as Ctrl-C
    wanted = {"workers": workers, "pack": pack, "engine": engine, "address": address}
    settings = _settings(config, run=wanted, ocr={"engine": ocr})
    console = _console()
    end = read_until(until, _now()) if until else None
    with reporter(console, quiet=quiet) as watcher:
        result = run_batch(
            batch,
            out,
            settings,
            as_of=date.date() if date else None,
            today=_now().date(),
            as_case=case,
            retry=retry,
            out_of_time=lambda: end is not None and _now() >= end,
            on_event=watcher,
        )
    _tell(console, result, quiet=quiet)
    raise typer.Exit(int(result.exit_code))


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone()


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def _tell(console: Console, result: BatchResult, *, quiet: bool) -> None:
    from pipeline.summary.terminal import show_batch

    if not quiet:
        show_batch(console, result.summary)
    _say(console, f"{result.pages_read} 页需识别, {result.pages_reused} 页取自上次结果; 用时 {result.seconds:.1f} 秒")
    if result.ending == "out of time":
        _say(console, "已到 --until 的时间, 未完的案卷下次运行时继续")
    _say(console, f"请用浏览器打开: {result.index}")


app.command("watch", help=texts.WATCH)(cli_watch.watch)
app.command("serve", help=texts.SERVE)(cli_serve.serve)
app.add_typer(cli_serve.users_app, name="users")
app.command("export", help=texts.EXPORT)(cli_export.export)


@app.command(help=texts.STATUS)
def status(
    run_folder: RunFolder,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="不断刷新, 直到运行结束")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出")] = False,
) -> None:
    """Tell where a run stands."""
    from pipeline.batch.status import follow_standing, show_standing

    if follow:
        follow_standing(_console(), run_folder)
    else:
        show_standing(_console(), run_folder, as_json=as_json)


@app.command(help=texts.AUDIT)
def audit(run_folder: RunFolder, as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出")] = False) -> None:
    """Hold a run folder against its ledger."""
    from pipeline.batch.audit_report import show_audit

    raise typer.Exit(int(show_audit(_console(), run_folder, as_json=as_json)))


@app.command(help=texts.SHOW)
def show(
    run_folder: RunFolder,
    case: Annotated[str, typer.Argument(metavar="CASE", help="案卷名 (案号列所示)", show_default=False)],
    facts: Annotated[bool, typer.Option("--facts", help="改为列出从卷内读懂的内容及其页码")] = False,
    boxes: Annotated[bool, typer.Option("--boxes", help="改为生成网页: 在各页图像上框出识别到的内容")] = False,
    batch: Annotated[
        Path | None, typer.Option("--batch", metavar="BATCH", help="--boxes: 批次移动后的位置", show_default=False)
    ] = None,
    config: Config = None,
) -> None:
    """Show one case on the terminal, or as a page that draws what was seen."""
    from pipeline.batch.outputs import load_case
    from pipeline.batch.work import names
    from pipeline.summary.terminal import show_case, show_facts

    if batch is not None and not boxes:
        raise UsageError("--batch 只与 --boxes 同用", "请同时给出 --boxes")
    if facts or not boxes:
        (show_facts if facts else show_case)(_console(), load_case(run_folder, case), names())
    if boxes:
        _draw_boxes(run_folder, case, _settings(config), batch)


def _draw_boxes(run_folder: Path, case: str, settings: Settings, batch: Path | None) -> None:
    from pipeline.batch.boxes import draw_boxes

    console = _console()
    if console.is_terminal:
        _say(console, "正在绘制各页 …")
    drawn = draw_boxes(run_folder, case, settings, batch=batch)
    if drawn.pictures < drawn.pages:
        _say(console, f"{drawn.pages} 页中有 {drawn.pages - drawn.pictures} 页没有图像 (未能读取, 或文件已变动)")
    _say(console, f"请用浏览器打开: {drawn.path}")


@app.command(help=texts.RULES)
def rules(
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="规则代码, 如 DAT501", show_default=False)
    ] = None,
    pack: Annotated[str, typer.Option("--pack", metavar="NAME", help="规则包的名称, 或自写的 .toml 文件")] = "henan",
) -> None:
    """List the rules, or print the text of one."""
    from pipeline.cli_rules import show_rule, show_rules

    if code is None:
        show_rules(_console(), pack)
    else:
        show_rule(_console(), code)


@app.command(help=texts.EVALUATE)
def evaluate(
    paths: Annotated[
        list[Path], typer.Argument(metavar="TRUTH RUN | --reviews RUN…", help="装有 *.truth.json 的文件夹和运行文件夹")
    ],
    reviews: Annotated[bool, typer.Option("--reviews", help="统计评估员对各规则的判断, 可给几次运行")] = False,
    only: Annotated[
        str, typer.Option("--rules", metavar="CODE,CODE", help="另外合计这些规则", show_default=False)
    ] = "",
    against: Annotated[
        Path | None,
        typer.Option("--against", metavar="RUN", help="与此前一次运行比较, 列出增减的疑点", show_default=False),
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="列出每一处漏报、误报和错读")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出")] = False,
) -> None:
    """Score a run against truth files, or compare it with an earlier one; or count what people decided."""
    from pipeline.evaluate.report import evaluate_runs
    from pipeline.evaluate.reviews import evaluate_reviews

    if reviews:
        told = evaluate_reviews(paths, as_json=as_json)
    elif len(paths) == 2:
        told = evaluate_runs(*paths, only=only, against=against, errors=errors, as_json=as_json)
    else:
        raise UsageError("要给出标准答案和一次运行", "写法如 prescreen evaluate 答案 结果")
    for line in told:
        typer.echo(line)


@app.command(help=texts.DIFF)
def diff(
    earlier: Annotated[Path, typer.Argument(metavar="RUN1", help="此前的运行文件夹", show_default=False)],
    later: Annotated[Path, typer.Argument(metavar="RUN2", help="此后的运行文件夹", show_default=False)],
) -> None:
    """Show which findings came and went between two runs."""
    from pipeline.evaluate.report import compare_runs

    for line in compare_runs(earlier, later):
        typer.echo(line)


app.command(help=texts.BENCH)(cli_measure.bench)
app.command(help=texts.CAPACITY)(cli_measure.capacity)


@app.command(help=texts.CONFIG)
def config(config: Config = None) -> None:
    """Print the settings in force."""
    for section, values in _settings(config).model_dump().items():
        typer.echo(f"[{section}]")
        for key, value in values.items():
            # JSON's strings, numbers and truth values are TOML's too.
            typer.echo(f"{key} = {json.dumps(value, ensure_ascii=False)}")
        typer.echo()


@app.command(help=texts.DOCTOR)
def doctor(
    config: Config = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="RUN", help="打算使用的运行文件夹", show_default=False)
    ] = None,
) -> None:
    """Check the installation."""
    from pipeline.cli_doctor import examine

    raise typer.Exit(int(examine(_console(), _settings(config), out)))


def _say(console: Console, text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line; returns the exit code. Foreseeable errors become a message and advice on stderr."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console of another code page must not end a run
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or {"-h", "--help"} & set(given):
        texts.speak_chinese()
    try:
        answer = app(args=given, prog_name="prescreen", standalone_mode=False)
    except PrescreenError as error:
        return _fail(error)
    except (KeyboardInterrupt, typer.Abort):
        answer = int(ExitCode.INTERRUPTED)
    except BrokenPipeError:  # `prescreen show … | head`
        sys.stderr.close()
        return int(ExitCode.OK)
    except OSError as error:
        from pipeline.intake.failures import reason_zh

        name = f": {error.filename}" if error.filename else ""
        return _fail(WorkspaceError(f"文件读写失败{name} ({reason_zh(error)})", "请检查路径、权限和磁盘空间"))
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        if type(error).__name__ == "NoArgsIsHelpError":
            print(error.format_message())
            return int(ExitCode.USAGE)
        return _fail(UsageError(_usage_message(error), "用 prescreen --help 或 prescreen 命令 --help 查看写法"))
    if answer == ExitCode.INTERRUPTED:
        print("已中断。已识别的页已保存, 再次运行同一命令即从断处继续。", file=sys.stderr)
    return answer if isinstance(answer, int) else int(ExitCode.OK)


def _fail(error: PrescreenError) -> int:
    print(f"错误: {error.message}", file=sys.stderr)
    if error.advice:
        print(f"建议: {error.advice}", file=sys.stderr)
    return int(error.exit_code)


def _usage_message(error: Any) -> str:
    """Say in Chinese what the command-line parser says in English."""
    name = getattr(getattr(error, "param", None), "metavar", None) or getattr(error, "option_name", "")
    match type(error).__name__:
        case "MissingParameter":
            options = [opt for opt in error.param.opts if opt.startswith("-")] if error.param else []
            return f"缺少 {' '.join([*options, name or ''])}".strip()
        case "NoSuchOption":
            return f"没有这个选项: {error.option_name}"
        case "BadParameter":
            options = [opt for opt in error.param.opts if opt.startswith("-")] if error.param else []
            return f"{(options or [name])[0]} 的值不对: {error.message}"
        case _:
            return f"命令写法不对: {error.format_message()}"
