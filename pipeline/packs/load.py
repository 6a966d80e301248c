"""A pack: which rules a region runs, with which documents and thresholds. Packs are data (`pipeline/packs/*.toml`)."""

from __future__ import annotations

import tomllib
from importlib import resources

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.problems import UsageError


class Pack(BaseModel):
    """The rules of a region. `parameters` holds a rule's own numbers, by code."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    title: str
    rules: frozenset[str]
    parameters: dict[str, dict[str, float]] = Field(default_factory=dict)

    def parameter(self, code: str, key: str, default: float) -> float:
        """A rule's number, or its default where the pack is silent."""
        return self.parameters.get(code, {}).get(key, default)


def pack_names() -> tuple[str, ...]:
    """The names of all packs that come with prescreen."""
    folder = resources.files("pipeline.packs")
    return tuple(sorted(item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml")))


def load_pack(name: str) -> Pack:
    """The pack of that name. Raises `UsageError` naming the packs there are."""
    if name not in pack_names():
        raise UsageError(f"没有名为 {name} 的规则包", f"可用的规则包: {'、'.join(pack_names())}")
    text = resources.files("pipeline.packs").joinpath(f"{name}.toml").read_text("utf-8")
    try:
        return Pack.model_validate({"name": name, **tomllib.loads(text)})
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise UsageError(f"规则包 {name} 有误: {error}", "请改正该规则包") from error
