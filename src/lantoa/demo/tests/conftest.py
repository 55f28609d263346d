from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from lantoa.demo.build import Built, build
from lantoa.demo.tests.province import LEARNERS, found_province

MD5 = "django.contrib.auth.hashers.MD5PasswordHasher"  # as the other tests, for speed


@pytest.fixture(scope="module")
def built(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Built]:
    """One province for all the tests of a module, undone after them."""
    folder = tmp_path_factory.mktemp("demo")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=folder / "media", PASSWORD_HASHERS=[MD5]),
        transaction.atomic(),
    ):
        found_province()
        yield build(learners=LEARNERS, folder=folder, say=lambda _: None)
        transaction.set_rollback(True)
