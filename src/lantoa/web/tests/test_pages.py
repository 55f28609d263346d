"""The frame, the components and the error pages. None of these may touch the database."""

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import translation

from lantoa.web.views import styleguide

ERRORS = ("400", "403", "404", "413", "429", "500", "503", "403_csrf")


def rendered(source: str, **context: object) -> str:
    return Template("{% load web %}" + source).render(Context(context))


@pytest.mark.parametrize("code", ERRORS)
def test_an_error_page_needs_neither_a_request_nor_the_database(code: str) -> None:
    page = get_template(f"{code}.html").render()
    assert '<html lang="vi"' in page
    assert 'href="/"' in page
    assert "web/lantoa" in page


def test_an_error_page_speaks_english_too() -> None:
    with translation.override("en"):
        assert "This page was not found" in get_template("404.html").render()


def test_the_frame_has_what_every_page_needs(rf: RequestFactory) -> None:
    page = styleguide(rf.get("/styleguide/")).content.decode()
    for part in (
        '<html lang="vi"',
        'href="#main"',
        'id="main"',
        'aria-current="page">Báo cáo',
        "Tài khoản của Nguyễn Thị Hằng",
        "Sở Khoa học và Công nghệ tỉnh Thái Nguyên",
        "Người chịu trách nhiệm:",
        "Bảo trì từ 22:00",
        'name="language" value="en"',
    ):
        assert part in page
    assert page.count("<h1") == 1
    assert page.count("<main") == 1


def test_signing_out_and_language_are_posts_with_a_token(rf: RequestFactory) -> None:
    page = styleguide(rf.get("/styleguide/")).content.decode()
    assert page.count("csrfmiddlewaretoken") == page.count('method="post"') > 1


def test_pagination_keeps_the_filters(rf: RequestFactory) -> None:
    page = Paginator(range(1834), 50).get_page(4)
    html = rendered("{% pages page %}", page=page, request=rf.get("/?q=hằng&page=4"))
    assert "?q=h%E1%BA%B1ng&amp;page=5" in html
    assert "page=4&amp;" not in html
    assert "151–200 trong 1.834" in html


def test_one_page_needs_no_pagination(rf: RequestFactory) -> None:
    page = Paginator([1, 2], 50).get_page(1)
    assert rendered("{% pages page %}", page=page, request=rf.get("/")).strip() == ""


@pytest.mark.parametrize(
    ("done", "of", "value", "full"), [(41, 96, "41", "96"), (120, 96, "96", "96"), (3, 0, "1", "1")]
)
def test_a_meter_never_overflows(done: int, of: int, value: str, full: str) -> None:
    html = rendered("{% meter done of label='Xã Ba Bể' %}", done=done, of=of)
    assert f'max="{full}" value="{value}"' in html
    assert 'aria-label="Xã Ba Bể"' in html


def test_what_people_typed_is_escaped() -> None:
    html = rendered("{% state words %}{% facts pairs %}", words="<b>", pairs=[("<i>", "<u>")])
    assert "<b>" not in html
    assert "<i>" not in html
    assert "<u>" not in html


def test_a_finished_job_stops_asking() -> None:
    source = (
        "{% include 'web/progress.html' with label='x' poll_url='/j' total=9 done=9 state=state %}"
    )
    assert 'hx-get="/j"' in rendered(source, state="running")
    assert "hx-get" not in rendered(source, state="done")
    assert "hx-get" not in rendered(source, state="failed")


def test_an_empty_history_says_so() -> None:
    assert "Chưa có thay đổi nào" in rendered("{% history events %}", events=[])
