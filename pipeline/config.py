"""One frozen `Settings`, read from default.toml and, over it, a settings file of the user's.

Every number that a user may want to change stands in default.toml with a comment; code reads it from here only.
"""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.problems import UsageError


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RunSettings(_Section):
    """How a batch is run."""

    workers: int = Field(ge=0, le=256)
    pack: str
    engine: Literal["local", "ray"]
    address: str


class ClusterSettings(_Section):
    """How the nodes of a Ray cluster are used."""

    workers_per_gpu: int = Field(ge=1, le=64)
    wait_seconds: int = Field(ge=1)
    store_mb: int = Field(ge=100)


class OcrSettings(_Section):
    """How a page is read. Everything here is part of a page result's key: a change reads the pages anew."""

    engine: Literal["rapid", "paddle"]
    backend: Literal["auto", "openvino", "onnxruntime"]
    precision: Literal["int8", "full"]
    models: str
    threads: int = Field(ge=1, le=64)
    pixels: int = Field(ge=600, le=8000)
    detection_side: int = Field(ge=320, le=4000)
    detection_side_retry: int = Field(ge=320, le=4000)
    date_certainty: float = Field(ge=0, le=1)
    rotation_gain: float = Field(ge=0, le=1)


class Limits(_Section):
    """What a single file or page may cost before it is given up with a coded problem."""

    pages_per_file: int = Field(ge=1)
    pages_per_case: int = Field(ge=1)
    seconds_per_file: int = Field(ge=1)
    seconds_per_page: int = Field(ge=1)
    seconds_per_case: int = Field(ge=1)
    seconds_of_silence: int = Field(ge=1)
    memory_mb: int = Field(ge=512)
    recycle_mb: int = Field(ge=0)
    recycle_jobs: int = Field(ge=0)
    image_pixels: int = Field(ge=1)
    page_points: int = Field(ge=1)
    zip_members: int = Field(ge=1)
    zip_bytes: int = Field(ge=1)
    zip_ratio: int = Field(ge=1)


class WatchSettings(_Section):
    """How a folder is watched, in seconds."""

    every: float = Field(gt=0, le=86_400)
    settle: float = Field(ge=0, le=86_400)


class WebSettings(_Section):
    """Who may stay at the desk for how long, and how often one may mistype a password."""

    idle_minutes: int = Field(ge=1)
    session_hours: int = Field(ge=1)
    login_minutes: int = Field(ge=1)
    login_failures: int = Field(ge=1)
    login_failures_name: int = Field(ge=1)
    login_failures_address: int = Field(ge=1)


class DeskSettings(_Section):
    """What the evaluators' desk uses."""

    opinion_template: str


class Settings(_Section):
    """All settings in force for one run."""

    run: RunSettings
    cluster: ClusterSettings
    ocr: OcrSettings
    limits: Limits
    desk: DeskSettings
    watch: WatchSettings
    web: WebSettings


def _merge(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        old = merged.get(key)
        merged[key] = _merge(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged


def load_settings(path: Path | None = None, **overrides: dict[str, Any]) -> Settings:
    """The settings in force: default.toml, then the file `path`, then `overrides` ({section: {key: value}}).

    Raises `UsageError` naming the key when the file cannot be read or holds a wrong or unknown setting.
    """
    values = tomllib.loads(resources.files("pipeline").joinpath("default.toml").read_text("utf-8"))
    if path is not None:
        try:
            values = _merge(values, tomllib.loads(path.read_text("utf-8")))
        except OSError as error:
            raise UsageError(f"设置文件读不了: {path} ({error.strerror})", "请检查 --config 的路径") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise UsageError(
                f"设置文件不是合格的 TOML: {path}: {error}", "请参照 prescreen config 的输出改正"
            ) from error
    try:
        return Settings.model_validate(_merge(values, overrides))
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"设置 {key} 不对: {first['msg']}", "prescreen config 列出全部设置") from error
