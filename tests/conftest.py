"""What tests of every kind start from: the fixtures stand in ``tests/support``."""

import pytest

pytest.register_assert_rewrite("tests.support")  # a failing assertion there says what it saw

pytest_plugins = ["tests.support.databases", "tests.support.fixtures"]
