from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from lantoa.demo.video import HEIGHT, WIDTH, Slide, slides_webm
from lantoa.demo.webm import vp8_of
from lantoa.files.actions import store_upload
from lantoa.files.rules import VIDEOS
from lantoa.files.tests.samples import upload

SLIDES = [
    Slide("Chuyển đổi số ở xã bắt đầu từ việc của dân"),
    Slide("Ba việc cần nhớ", ["Đổi cách làm trước khi mua máy", "Dân được lợi gì, đo bằng con số"]),
]


def fonts() -> Path:
    found = finders.find("web/fonts/be-vietnam-pro-latin-400-normal.woff2")
    if not isinstance(found, str):
        pytest.fail("the front-end build is missing: node assets/build.mjs")
    return Path(found).parent


@pytest.mark.django_db
def test_slides_become_a_small_video_that_uploads_accept() -> None:
    made = slides_webm(SLIDES, fonts=fonts())
    assert made == slides_webm(SLIDES, fonts=fonts()), "the same words, the same bytes"
    assert len(made) < 200_000
    stored = store_upload(upload=upload("bài.webm", made, "video/webm"), allowed=VIDEOS, actor=None)
    assert stored.media_type == "video/webm"


def test_frames_are_vp8_keyframes_of_the_slides_size() -> None:
    made = slides_webm(SLIDES, fonts=fonts())
    at = made.index(b"\x9d\x01\x2a")  # the start code of a VP8 keyframe, then width and height
    width, height = (int.from_bytes(made[at + n : at + n + 2], "little") for n in (3, 5))
    assert (width, height) == (WIDTH, HEIGHT)


def test_only_plain_lossy_pictures_are_frames() -> None:
    with pytest.raises(ValueError, match="WebP"):
        vp8_of(b"RIFF\x00\x00\x00\x00WEBPVP8L")
