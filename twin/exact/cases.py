"""The format of the cases: a file -> Case."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from twin import units
from twin.errors import TwinError
from twin.layout.folders import package_folder

FORMAT = "exact-production-cases/1"
LARGEST = 50_000_000  # bytes of a file


class _Shape(BaseModel):
    """Keys that a case has beside these are words for people."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Tolerance(_Shape):
    """When an answer counts as right."""

    rule: str
    """ci_cover, exact, deterministic_rate, analytic, abs or equals."""
    confidence: float = Field(default=0.999, gt=0, lt=1)
    max_rel_halfwidth: float = Field(default=0.05, gt=0)
    floor: float = Field(default=0.001, ge=0)
    rel: float = Field(default=1e-9, ge=0)
    abs: float = Field(default=0.0, ge=0)


class Measure(_Shape):
    """A figure and its exact value, in the case's unit of time."""

    name: str
    exact: float | str
    tolerance: Tolerance


class SuggestedRun(_Shape):
    """How long a case is worth running, in its unit of time."""

    mode: str = "deterministic"
    warmup: float = Field(default=0.0, ge=0)
    end: float = Field(default=0.0, ge=0)
    replications: int = Field(default=1, ge=1)


class Case(_Shape):
    """A model of production with exact answers."""

    id: str
    family: str = ""
    title: str = ""
    time_unit: str
    model: dict[str, Any]
    measures: tuple[Measure, ...] = Field(min_length=1)
    suggested_run: SuggestedRun = SuggestedRun()

    @field_validator("time_unit")
    @classmethod
    def _is_a_time(cls, value: str) -> str:
        units.parse(f"1 {value}", "time")
        return value

    @property
    def kind(self) -> str:
        """What sort of model it is."""
        return str(self.model.get("kind", "network"))

    @property
    def seconds(self) -> float:
        """The unit of time [s]."""
        return units.parse(f"1 {self.time_unit}", "time")


def known_cases() -> Path:
    """The project's own file of cases."""
    return package_folder("cases") / "public.json"


def read_cases(path: Path) -> tuple[Case, ...]:
    """The cases of a file. Raises TwinError, naming the file and the place, if it is not one."""
    content = _json(path)
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        found = content.get("format") if isinstance(content, dict) else type(content).__name__
        raise TwinError(f'{path}: format: is {found!r}; a file of cases has "format": "{FORMAT}"')
    cases = content.get("cases")
    if not isinstance(cases, list) or not cases:
        raise TwinError(f'{path}: cases: there are none; write "cases": [{{"id": ...}}, ...]')
    return tuple(_case(path, k, raw) for k, raw in enumerate(cases))


def _json(path: Path) -> Any:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise TwinError(f"{path}: is larger than {LARGEST:,} bytes; is this the file?")
        return json.loads(content.decode("utf-8-sig"))
    except OSError as error:
        raise TwinError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise TwinError(f"{path}: is not UTF-8 text (byte {error.start}); save it so") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        message = f"{path}: {where}: is not JSON ({error.msg}); a file of cases is a JSON object"
        raise TwinError(message) from None
    except RecursionError:
        raise TwinError(f"{path}: is nested too deep to be a file of cases") from None


def _case(path: Path, index: int, raw: Any) -> Case:
    try:
        return Case.model_validate(raw)
    except ValidationError as error:
        known = raw.get("id") if isinstance(raw, dict) else None
        head = f"cases/{index}" + (f" ({known})" if known else "")
        lines = []
        for one in error.errors(include_url=False):
            place = "/".join([head, *map(str, one["loc"])])
            lines.append(f"{path}: {place}: {one['msg']}")
        raise TwinError("\n".join(dict.fromkeys(lines))) from None
