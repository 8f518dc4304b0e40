"""What breaks on purpose."""

import pytest

pytest.register_assert_rewrite("tests.kill.world", "tests.kill.roadside")
