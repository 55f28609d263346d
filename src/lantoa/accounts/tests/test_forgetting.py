"""What holds addresses and is of no more use goes away by itself."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from conftest import MakePerson
from django.contrib.sessions.models import Session
from django.test import Client

from lantoa.accounts.models import Confirmation, SignInFailure
from lantoa.accounts.tasks import forget
from lantoa.kernel import clock
from lantoa.people.models import Unit


@pytest.mark.django_db
def test_old_codes_and_failures_go_and_new_ones_stay() -> None:
    now = clock.now()
    for days in (29, 31):
        issued = now - timedelta(days=days)
        Confirmation.objects.create(
            purpose="reset_password", target="an@xa.example", asker_hash="a", code_hash="b",
            issued_at=issued, expires_at=issued,
        )  # fmt: skip
    for hours in (1, 25):
        SignInFailure.objects.create(identifier_hash="a", at=now - timedelta(hours=hours))
    forget()
    assert Confirmation.objects.get().issued_at == now - timedelta(days=29)
    assert SignInFailure.objects.get().at == now - timedelta(hours=1)


def test_where_somebody_was_signed_in_goes_with_the_session(
    make_person: MakePerson, commune: Unit
) -> None:
    make_person("Nguyễn Văn An", commune, phone="0912345678")
    for _ in range(3):
        data = {"login": "0912345678", "password": "mat-khau-thu-123"}
        assert Client().post("/accounts/login/", data).status_code == 302
    ended, standing, fresh = UserSession.objects.order_by("pk")
    long_ago = clock.now() - timedelta(days=2)
    UserSession.objects.exclude(pk=fresh.pk).update(last_seen_at=long_ago)
    Session.objects.exclude(session_key=standing.session_key).delete()
    forget()
    assert set(UserSession.objects.values_list("pk", flat=True)) == {standing.pk, fresh.pk}
    assert ended.pk
