"""Settings from the environment."""

from __future__ import annotations

import pytest

from dance_core.errors import UserError
from dance_core.settings import Settings


def test_the_schedule_is_one_of_three() -> None:
    assert Settings.from_env({}).schedule == "auto"
    assert Settings.from_env({"DANCE_SCHEDULE": "waves"}).schedule == "waves"
    with pytest.raises(UserError, match="is .both., but one of auto, stream, waves was expected"):
        Settings.from_env({"DANCE_SCHEDULE": "both"})
