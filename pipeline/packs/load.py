"""Packs are data: those that come with prescreen (`pipeline/packs/*.toml`) and files that a bureau writes itself."""

from __future__ import annotations

import difflib
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from pipeline.packs.pack import Customs, PackFile, RegisteredForm, Required, Where
from pipeline.packs.pack import Pack as Pack
from pipeline.problems import UsageError

_WRITTEN: dict[str, type[BaseModel]] = {
    "required": Required,
    "waived": Where,
    "forms": RegisteredForm,
    "customs": Customs,
}
"""What stands under a key of a pack, for saying which keys there are."""


def pack_names() -> tuple[str, ...]:
    """The names of all packs that come with prescreen."""
    folder = resources.files("pipeline.packs")
    return tuple(sorted(item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml")))


def load_pack(name: str) -> Pack:
    """The pack of that name, or the one written in the file `name` (ending in .toml).

    Raises `UsageError` naming the packs there are, or the key that is wrong and the one that was meant.
    """
    return _load(name, ())


def _load(name: str, above: tuple[str, ...]) -> Pack:
    if name in above:
        raise UsageError(f"规则包互相沿用: {' → '.join((*above, name))}", "请改正 extends")
    file = _read(name)
    base = _load(_beside(name, file.extends), (*above, name)) if file.extends else None
    return file.over(Path(name).stem, base)


def _beside(name: str, extended: str) -> str:
    """A pack file that another extends is looked for beside it, unless it is one that comes with prescreen."""
    return str(Path(name).parent / extended) if extended.endswith(".toml") else extended


def _read(name: str) -> PackFile:
    try:
        return PackFile.model_validate(tomllib.loads(_text(name)))
    except ValidationError as error:
        raise _wrong(name, error) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"规则包 {name} 不是合格的 TOML: {error}", "请改正该规则包") from error


def _text(name: str) -> str:
    if name.endswith(".toml"):
        try:
            return Path(name).read_text("utf-8")
        except OSError as error:
            raise UsageError(f"规则包读不了: {name} ({error.strerror})", "请检查 --pack 的路径") from error
    if name not in pack_names():
        raise UsageError(
            f"没有名为 {name} 的规则包{meant(name, pack_names())}",
            f"可用的规则包: {'、'.join(pack_names())}; 也可以给出一个 .toml 文件",
        )
    return resources.files("pipeline.packs").joinpath(f"{name}.toml").read_text("utf-8")


def meant(word: str, known: tuple[str, ...]) -> str:
    """Say which of the known words a wrong one may have meant; "" where none is like it."""
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f", 是不是 {near[0]}?" if near else ""


def _wrong(name: str, error: ValidationError) -> UsageError:
    """What is wrong with a pack, at which key, and what may have been meant."""
    found = error.errors()
    # A key that is not known is most likely the one that is missing, misspelt.
    first = next((one for one in found if one["type"] == "extra_forbidden"), found[0])
    place = ".".join(str(part) for part in first["loc"])
    key = str(first["loc"][-1]) if first["loc"] else ""
    if first["type"] == "extra_forbidden":
        known = tuple(_model_at(first["loc"]).model_fields)
        said, advice = f"不认得 {place}{meant(key, known)}", f"这里可以写: {'、'.join(known)}"
    elif first["type"] == "literal_error":
        expected: Any = first.get("ctx", {}).get("expected", "")
        known = tuple(word.strip(" '") for word in str(expected).replace(" or ", ",").split(","))
        given = str(first["input"])
        said, advice = f"{place} 不能是 {given}{meant(given, known)}", f"可以是: {'、'.join(known)}"
    else:
        said, advice = f"{place}: {first['msg']}", "请改正该规则包"
    return UsageError(f"规则包 {name} 有误: {said}", advice)


def _model_at(place: tuple[int | str, ...]) -> type[BaseModel]:
    return _WRITTEN.get(str(place[0]), PackFile) if len(place) > 1 else PackFile
