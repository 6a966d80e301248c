"""`prescreen serve` and `prescreen users`: their options, and passwords that nobody sees typed."""

from __future__ import annotations

import datetime as dt
import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline import cli_help as texts
from pipeline.cli_options import Config, settings_of
from pipeline.problems import InputError, UsageError

if TYPE_CHECKING:
    from pipeline.store.accounts import Role
    from pipeline.web.access import Access
    from pipeline.web.site import Site

BY = "命令行"
"""Who did what was done here, in the log."""
Name = Annotated[str, typer.Argument(metavar="姓名", help="用户名", show_default=False)]
Own = Annotated[bool, typer.Option("--own", help="密码是本人设的, 第一次登录时不必更改")]


def serve(
    runs: Annotated[list[Path], typer.Argument(metavar="RUN…", help="运行文件夹, 可以有几个", show_default=False)],
    host: Annotated[str, typer.Option("--host", metavar="地址", help="监听的地址; 0.0.0.0 = 向其他机器开放")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help="端口; 0 = 任意空闲的")] = 8000,
    users: Annotated[
        Path | None,
        typer.Option("--users", metavar="FILE", help="用户文件; 默认是第一个 RUN 里的 users.db", show_default=False),
    ] = None,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="主机名", help="浏览器所用的主机名, 可重复", show_default=False),
    ] = None,
    certificate: Annotated[
        Path | None, typer.Option("--certificate", metavar="PEM", help="TLS 证书 (连同中间证书)", show_default=False)
    ] = None,
    key: Annotated[
        Path | None, typer.Option("--key", metavar="PEM", help="证书的私钥, 不带密码", show_default=False)
    ] = None,
    proxy: Annotated[bool, typer.Option("--proxy", help="前面有本机的反向代理, 由它告知来访者和是否加密")] = False,
    batch: Annotated[
        Path | None,
        typer.Option("--batch", metavar="BATCH", help="案卷移动后的位置 (一个 RUN 时)", show_default=False),
    ] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="启动后打开浏览器")] = False,
    config: Config = None,
) -> None:
    """Serve the evaluators' desk."""
    from pipeline.web.serve import Place
    from pipeline.web.serve import serve as serve_runs

    place = Place(host, port, tuple(name or ()), certificate, key, proxy)
    serve_runs(runs, settings_of(config), place, users=users, batch=batch, say=typer.echo, open_browser=open_browser)


users_app = typer.Typer(
    no_args_is_help=True, invoke_without_command=True, rich_markup_mode="markdown", help=texts.USERS
)


@users_app.callback()
def users(
    context: typer.Context,
    where: Annotated[Path, typer.Argument(metavar="RUN|FILE", help="运行文件夹, 或用户文件 (.db)", show_default=False)],
) -> None:
    """Administer the users of a desk; list them where nothing else is asked for."""
    context.obj = where
    if context.invoked_subcommand is None:
        list_users(context)


@users_app.command("add", help="添加用户; 第一个用户是管理员。密码输入时不显示, 也可从标准输入读取。")
def add(
    context: typer.Context,
    name: Name,
    role: Annotated[str, typer.Option("--role", metavar="evaluator|admin", help="评估人或管理员")] = "evaluator",
    avoids: Annotated[
        str,
        typer.Option("--avoids", metavar="词", help="回避: 名称含这些词的机构、律所的案卷不分给他", show_default=False),
    ] = "",
    own: Own = False,
) -> None:
    """Add a user; the first one is an admin, and his password his own."""
    from pipeline.store.accounts import clean_name

    access = _access(context.obj)
    first = not access.accounts.any()
    chosen = "admin" if first else _role(role)
    if access.accounts.find(clean_name(name)):
        raise UsageError(f"已有用户 {clean_name(name)}", "要改密码请用 password")
    hashed = access.passwords.hash(_new_password(name))
    account = access.accounts.add(name, chosen, hashed, at=access.now(), temporary=not own and not first)
    if avoids:
        access.accounts.set_avoids(account.name, avoids)
    access.note(BY, "添加用户", detail=f"{account.name} {_in_words(chosen)}")
    later = "; 第一次登录时须换成自己的密码" if account.temporary else ""
    typer.echo(f"已添加{_in_words(chosen)} {account.name}{later}")


@users_app.command("list", help="列出用户。")
def list_users(context: typer.Context) -> None:
    """List the users, a line each, parted by tabs."""
    found = _access(context.obj).accounts.all()
    if not found:
        typer.echo("还没有用户")
    for one in found:
        state = "停用" if one.disabled else "待改密码" if one.temporary else "正常"
        typer.echo("\t".join((one.name, _in_words(one.role), state, one.avoids)).rstrip())


@users_app.command("password", help="重设密码; 该用户在各处的登录都退出, 登录失败的限制也解除。")
def password(context: typer.Context, name: Name, own: Own = False) -> None:
    """Set a password anew."""
    access = _access(context.obj)
    account = access.accounts.find(name)
    if account is None:
        raise UsageError(f"没有用户 {name}", "用 list 列出全部用户")
    hashed = access.passwords.hash(_new_password(account.name))
    access.accounts.set_password(account.name, hashed, temporary=not own)
    access.attempts.forgive(account.name)
    access.note(BY, "重设密码", detail=account.name)
    typer.echo(f"已重设 {account.name} 的密码{'' if own else '; 下次登录时须换成自己的密码'}")


@users_app.command("disable", help="停用用户: 立即退出, 不能再登录; 他的记录和评议保留。")
def disable(context: typer.Context, name: Name) -> None:
    """Shut a user out."""
    _set_disabled(context.obj, name, True)


@users_app.command("enable", help="恢复停用的用户。")
def enable(context: typer.Context, name: Name) -> None:
    """Let a user in again."""
    _set_disabled(context.obj, name, False)


@users_app.command("role", help="改变角色。")
def role(
    context: typer.Context,
    name: Name,
    new: Annotated[str, typer.Argument(metavar="evaluator|admin", help="评估人或管理员", show_default=False)],
) -> None:
    """Change a role."""
    access = _access(context.obj)
    access.accounts.set_role(name, _role(new))
    access.note(BY, "改变角色", detail=f"{name} {_in_words(_role(new))}")
    typer.echo(f"{name} 现在是{_in_words(_role(new))}")


@users_app.command("assign", help="把案卷分给评估人: 平均分派, 或指定一个案卷给谁。")
def assign(
    context: typer.Context,
    case: Annotated[
        str, typer.Argument(metavar="[CASE]", help="只分这一个案卷, 给 --to 的各人", show_default=False)
    ] = "",
    to: Annotated[
        str, typer.Option("--to", metavar="姓名,姓名", help="分给谁; 默认全部评估人", show_default=False)
    ] = "",
    each: Annotated[int, typer.Option("--each", metavar="N", min=1, max=5, help="每卷几人独立评议")] = 2,
    anew: Annotated[bool, typer.Option("--anew", help="已经分派的也重新分")] = False,
    run: Annotated[
        Path | None,
        typer.Option("--run", metavar="RUN", help="哪个批次; 前面给的是用户文件时必填", show_default=False),
    ] = None,
    config: Config = None,
) -> None:
    """Assign cases."""
    from pipeline.web.assign_page import assign_case, spread_run

    site = _site(context.obj, run, config)
    (found,) = site.shelf.runs
    names = [name for name in to.replace(",", ",").split(",") if name.strip()]
    if case:
        chosen = assign_case(site, found, case, names, by=BY)
        site.access.note(BY, "分派案卷", found.name, case, "、".join(chosen) or "无人")
        typer.echo(f"{case}: {'、'.join(chosen) or '无人'}")
        return
    short = spread_run(site, found, names, each, anew=anew, by=BY)
    site.access.note(BY, "分派案卷", found.name, detail=f"每卷 {each} 人{', 全部重分' if anew else ''}: {to or '全部'}")
    loads: dict[str, int] = {}
    for people in site.assignments(found).all().values():
        for one in people:
            loads[one] = loads.get(one, 0) + 1
    for one, load in sorted(loads.items()):
        typer.echo(f"{one}\t{load} 卷")
    for case_id in short:
        typer.echo(f"因回避分不足 {each} 人: {case_id}")


def _users_file(where: Path) -> Path:
    """Find the file of accounts of a run folder, or take a file for what it is. Raises `InputError`."""
    from pipeline.store.accounts_file import NAME

    if where.is_dir():
        if not (where / "ledger.db").is_file():
            raise InputError(
                f"不是运行文件夹 (没有 ledger.db): {where}", "请给出 prescreen run --out 的文件夹, 或用户文件"
            )
        return where / NAME
    if where.is_file() or (where.suffix == ".db" and where.absolute().parent.is_dir()):
        return where
    raise InputError(f"没有这个文件夹: {where}", "请给出运行文件夹, 或以 .db 结尾的用户文件")


def _access(where: Path) -> Access:
    from pipeline.web.access import Access

    return Access(_users_file(where), settings_of(None).web, _now)


def _site(where: Path, run: Path | None, config: Path | None) -> Site:
    from pipeline.web.shelf import Shelf
    from pipeline.web.site import Site

    root = run or where
    if not root.is_dir():
        raise UsageError("没有说明是哪个批次", "请用 --run 给出运行文件夹")
    return Site(Shelf([root]), settings_of(config), now=_now, users=_users_file(where))


def _set_disabled(where: Path, name: str, disabled: bool) -> None:
    access = _access(where)
    access.accounts.set_disabled(name, disabled)
    access.note(BY, "停用用户" if disabled else "恢复用户", detail=name)
    typer.echo(f"已{'停用' if disabled else '恢复'} {name}")


def _new_password(name: str) -> str:
    """Ask for a password twice without showing it, or take a line of the standard input. Raises `UsageError`."""
    from pipeline.web.passwords import weakness

    if sys.stdin.isatty():
        given = getpass.getpass(f"{name} 的密码 (输入时不显示): ")
        if given != getpass.getpass("再输一次: "):
            raise UsageError("两次输入的密码不一样", "请重新执行命令")
    else:
        given = sys.stdin.readline().rstrip("\r\n")
    if reason := weakness(given, name):
        raise UsageError(reason, "可以用几个不相干的词")
    return given


def _role(text: str) -> Role:
    from pipeline.store.accounts import ROLES

    for known in ROLES:
        if text == known:
            return known
    raise UsageError(f"没有这个角色: {text}", "evaluator 是评估人, admin 是管理员")


def _in_words(role: Role) -> str:
    return "管理员" if role == "admin" else "评估人"


def _now() -> str:
    return dt.datetime.now().astimezone().isoformat(timespec="seconds")
