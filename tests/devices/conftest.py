"""What tests of live sources ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.devices.brokers import Broker
from twin.devices.journal import Journal


@pytest.fixture
def broker(mosquitto: str, tmp_path: Path) -> Iterator[Broker]:
    """A broker with persistence, running."""
    made = Broker(mosquitto, tmp_path / "broker").start()
    yield made
    made.stop()


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    made = Journal(tmp_path / "site.sqlite")
    yield made
    made.close()
