"""The lock files, read as pip reads them on each platform."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
OTHERS = ("requirements-octoprint.lock",)  # of environments in which nothing of twin runs
PLATFORMS = {
    "linux": {"sys_platform": "linux", "platform_system": "Linux", "platform_machine": "x86_64"},
    "windows": {"sys_platform": "win32", "platform_system": "Windows", "platform_machine": "AMD64"},
    "macos": {"sys_platform": "darwin", "platform_system": "Darwin", "platform_machine": "arm64"},
}
PYTHONS = ("3.11", "3.12", "3.13")
EVERYWHERE = [(platform, python) for platform in PLATFORMS for python in PYTHONS]


def environment(platform: str, python: str) -> dict[str, str]:
    """What a marker may ask for, as it is on that platform with that Python."""
    return {
        **PLATFORMS[platform],
        "os_name": "nt" if platform == "windows" else "posix",
        "python_version": python,
        "python_full_version": f"{python}.4",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "extra": "",
    }


def pins(lock: str) -> list[tuple[Requirement, list[str]]]:
    """Each pinned requirement of a lock file with its hashes."""
    lines = (ROOT / lock).read_text().replace("\\\n", " ").splitlines()
    return [
        (
            Requirement(line.split(" --hash=")[0]),
            re.findall(r"--hash=sha256:([0-9a-f]{64})\b", line),
        )
        for line in lines
        if line.strip()
    ]


def chosen(lock: str, platform: str, python: str) -> dict[str, str]:
    """Name -> version, as installed there."""
    where = environment(platform, python)
    picked = [pin for pin, _ in pins(lock) if not pin.marker or pin.marker.evaluate(where)]
    names = [canonicalize_name(pin.name) for pin in picked]
    assert len(set(names)) == len(names), "a package is chosen twice"
    return {name: str(pin.specifier)[2:] for name, pin in zip(names, picked, strict=True)}


def wishes(extras: tuple[str, ...]) -> list[Requirement]:
    """What pyproject.toml asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    texts = list(project["dependencies"])
    for extra in extras:
        texts += project["optional-dependencies"][extra]
    return [Requirement(text) for text in texts]


@pytest.mark.parametrize("lock", [*LOCKS, *OTHERS])
def test_each_line_is_one_exact_version_with_hashes_and_no_address(lock: str) -> None:
    assert len(pins(lock)) > 40
    for pin, hashes in pins(lock):
        assert re.fullmatch(r"==[^*]+", str(pin.specifier)), pin
        assert hashes, f"{pin.name} has no hash"
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert not re.search(r"^\s*(--index|--extra-index|--find-links|-i|-f)\b", text, re.M)


@pytest.mark.parametrize(("platform", "python"), EVERYWHERE)
@pytest.mark.parametrize("lock", LOCKS)
def test_exactly_one_provider_of_pybullet_is_chosen(lock: str, platform: str, python: str) -> None:
    providers = {"pybullet", "pybullet-arm64"} & chosen(lock, platform, python).keys()
    original = platform == "linux" and python == "3.11"  # the only wheels that it has
    assert providers == ({"pybullet"} if original else {"pybullet-arm64"})


@pytest.mark.parametrize(("platform", "python"), EVERYWHERE)
def test_what_pyproject_asks_for_is_pinned(platform: str, python: str) -> None:
    extras = tuple(
        tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    )
    for lock, asked in ((LOCKS[0], wishes(("build",))), (LOCKS[1], wishes(extras))):
        assert_met(asked, chosen(lock, platform, python), environment(platform, python))


@pytest.mark.parametrize(("platform", "python"), EVERYWHERE)
@pytest.mark.parametrize("lock", LOCKS)
def test_what_the_pinned_ask_for_is_pinned_too(lock: str, platform: str, python: str) -> None:
    pinned = chosen(lock, platform, python)
    seen = 0
    for name, version in pinned.items():
        try:
            found = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # of another platform: its own needs are not known here
        if found.version == version:
            seen += 1
            asked = [Requirement(text) for text in found.requires or ()]
            assert_met(asked, pinned, environment(platform, python))
    assert seen > 40


def assert_met(asked: list[Requirement], pinned: dict[str, str], where: dict[str, str]) -> None:
    for wish in asked:
        if wish.marker and not wish.marker.evaluate(where):
            continue
        version = pinned.get(canonicalize_name(wish.name))
        assert version, f"{wish.name} is not pinned"
        assert wish.specifier.contains(version, prereleases=True), f"{wish} is not {version}"


@pytest.mark.parametrize(("platform", "python"), EVERYWHERE)
def test_the_tests_run_with_the_versions_that_users_get(platform: str, python: str) -> None:
    tested = chosen("requirements-dev.lock", platform, python)
    used = chosen("requirements.lock", platform, python)
    assert used.items() <= tested.items()


def test_a_marker_is_read_for_the_platform_asked_for() -> None:
    marker = Marker("sys_platform == 'win32' and python_version < '3.12'")
    assert marker.evaluate(environment("windows", "3.11"))
    assert not marker.evaluate(environment("linux", "3.11"))
    assert not marker.evaluate(environment("windows", "3.13"))


def test_the_lock_of_the_viewer_holds_no_address() -> None:
    for lock in (ROOT / "twin").rglob("package-lock.json"):
        if "node_modules" not in lock.parts:
            assert '"resolved"' not in lock.read_text(), lock
