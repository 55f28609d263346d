"""The pages measured, and as whom; and what the crowd around them does."""

import re
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.cookiejar import CookieJar

from django.conf import settings
from django.test import Client
from django.urls import reverse

from lantoa.accounts.models import User
from lantoa.demo import cast
from lantoa.demo.build import build
from lantoa.files.links import signed_url
from lantoa.files.models import StoredFile
from lantoa.plans.models import Plan

Say = Callable[[str], object]
BIG = "bench-big-file"


@dataclass(frozen=True)
class Subject:
    name: str
    user: User
    path: str


def subjects(learners: int, say: Say) -> list[Subject]:
    """Builds the model province of so many learners where it isn't there yet."""
    build(learners=learners, folder=settings.DATA, say=say)
    learner = User.objects.get(email=cast.LEARNER.email)
    coordinator = User.objects.get(email=cast.COORDINATOR.email)
    leader = User.objects.get(email=cast.LEADER.email)
    plan = Plan.objects.get(state=Plan.State.ISSUED)
    programme_id = plan.quotas.values_list("programme_id", flat=True)[0]
    coverage = reverse("plans:coverage", args=[plan.pk, programme_id, plan.unit_id])
    return [
        Subject("learner home", learner, reverse("home")),
        Subject("lesson", learner, _lesson_of(learner)),
        Subject("coverage of the province", coordinator, coverage),
        Subject("people of the province", coordinator, reverse("people:persons")),
        Subject("leader's page", leader, reverse("reports:overview")),
    ]


def _lesson_of(learner: User) -> str:
    """Where "continue" leads from the learner's home."""
    client = Client()
    client.force_login(learner)
    page = client.get(reverse("home")).content.decode()
    links: list[str] = re.findall(r'href="(/courses/[^"]*lessons/[^"]+)"', page)
    assert links, "the learner has nothing to continue"
    return links[0]


def big_file(size: int) -> str:
    """The signed path of a stored file of that many bytes, made once."""
    stored = StoredFile.objects.filter(name=BIG).first()
    if stored is None:
        stored = StoredFile.objects.create(
            name=BIG, media_type="video/mp4", size=size, sha256="b" * 64, uploaded_by_id=None
        )
    path = settings.MEDIA_ROOT / stored.path
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.truncate(size)
    return signed_url(stored)


def people_to_sign_in(count: int) -> list[str]:
    """E-mail addresses of learners; everybody's password is the demo's."""
    open_ones = User.objects.filter(
        email__startswith="cb", activated_at__isnull=False, closed_at__isnull=True
    ).order_by("pk")
    return [email for email in open_ones.values_list("email", flat=True)[:count] if email]


def sign_in(address: str, until: float, people: Sequence[str]) -> list[float]:
    """Sign in by password, one after the other, each time somebody else."""
    times: list[float] = []
    for email in people:
        if time.monotonic() >= until:
            break
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        page = opener.open(address + reverse("account_login"), timeout=30).read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token is not None
        told = {
            "csrfmiddlewaretoken": token.group(1),
            "login": email,
            "password": cast.PASSWORD,
        }
        began = time.perf_counter()
        opener.open(
            address + reverse("account_login"), urllib.parse.urlencode(told).encode(), timeout=30
        ).read()
        times.append(time.perf_counter() - began)
    return times
