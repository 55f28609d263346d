"""Building the model province, once; and finding it built."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.audit.models import Event
from lantoa.demo import cast
from lantoa.demo.rules.moments import Moments
from lantoa.demo.scenes.campaign import decide, put_in
from lantoa.demo.scenes.classes import hold_classes
from lantoa.demo.scenes.ending import (
    certify,
    let_some_leave,
    revoke_one,
    sign_over,
    tell_the_certified,
    tell_the_learner,
    waiting_code,
)
from lantoa.demo.scenes.holding import plan_a_test
from lantoa.demo.scenes.learning import learn_and_sit
from lantoa.demo.scenes.obligations import bind
from lantoa.demo.scenes.people import found_units, open_doors, take_in_people
from lantoa.demo.scenes.practical import hold_practicals
from lantoa.demo.scenes.providers import hand_over
from lantoa.demo.scenes.qualifications import write_qualifications
from lantoa.demo.scenes.roster import NAME, write_roster
from lantoa.demo.scenes.surveys import evaluate
from lantoa.demo.scenes.teaching import write_course
from lantoa.demo.stage import Stage
from lantoa.kernel import clock
from lantoa.people.models import Person, Unit

PROVINCE = "19"
FEWEST = 40
BEGUN, BUILT = "demo.begin", "demo.build"
ON = ("demo.province", PROVINCE)
Say = Callable[[str], object]


class CannotBuild(Exception):
    """The database holds something else; the message says what, and the way out."""


@dataclass(frozen=True)
class Built:
    """`code` lets the waiting one in; it is empty once they are in."""

    learners: int
    roster: Path
    code: str


def build(*, learners: int, folder: Path, say: Say) -> Built:
    """The model province of so many learners, in the database that is set up and empty of people.

    Found there already, with as many, nothing is done. Raises CannotBuild.
    """
    if learners < FEWEST:
        raise CannotBuild(f"Tỉnh mẫu cần ít nhất {FEWEST} người học.")
    there = _built()
    if there is None:
        _make(learners, folder, say)
    elif there != learners:
        raise CannotBuild(
            f"Thư mục dữ liệu này đã có tỉnh mẫu {there} người. Hãy chọn thư mục khác bằng --data, "
            f"hoặc chạy lại với --learners {there}."
        )
    waiting = User.objects.get(email=cast.WAITING.email)
    return Built(learners, folder / NAME, waiting_code(waiting))


def _built() -> int | None:
    done = Event.objects.filter(action=BUILT).first()
    if done is not None:
        return int(done.data["learners"])
    if Event.objects.filter(action=BEGUN).exists():
        raise CannotBuild(
            "Lần dựng tỉnh mẫu trước bị dừng giữa chừng. Hãy xóa thư mục dữ liệu này rồi chạy lại."
        )
    nothing_there()
    return None


def nothing_there() -> None:
    """Raises CannotBuild where somebody is."""
    if Person.objects.exists() or User.objects.exists():
        raise CannotBuild(
            "Thư mục dữ liệu này đã có người dùng thật. Hãy chọn thư mục khác bằng --data."
        )


def _make(learners: int, folder: Path, say: Say) -> None:
    province = Unit.objects.filter(code=PROVINCE, ended_on=None).first()
    if province is None:
        raise CannotBuild(f"Chưa nạp danh mục đơn vị: không thấy tỉnh mã {PROVINCE}.")
    record(actor=None, action=BEGUN, on=ON, data={"learners": learners})
    begun = time.monotonic()

    def tell(what: str) -> None:
        say(f"[{time.monotonic() - begun:5.1f} s] {what}")

    stage = Stage(learners, province, Moments(clock.now()), tell)
    _play(stage, folder)
    record(actor=None, action=BUILT, on=ON, data={"learners": learners})
    tell("Tỉnh mẫu đã sẵn sàng")


def _play(stage: Stage, folder: Path) -> None:
    stage.say("Lập các sở, ngành")
    found_units(stage)
    stage.say(f"Thêm {stage.learners} cán bộ, công chức và tài khoản của họ")
    take_in_people(stage)
    open_doors(stage)
    sign_over(stage)
    write_qualifications(stage)
    stage.say("Soạn khóa học và ngân hàng câu hỏi")
    teaching = write_course(stage)
    stage.say("Lập kế hoạch, giao chỉ tiêu, mở đợt, ghi danh")
    campaign = decide(stage, teaching)
    put_in(stage, campaign)
    completed = learn_and_sit(stage, teaching, campaign)
    stage.say(f"Cấp {len(completed)} giấy chứng nhận")
    certify(stage, completed)
    revoke_one(stage)
    let_some_leave(stage)
    tell_the_learner(stage, campaign)
    tell_the_certified(stage)
    stage.say("Đặt quy định, xếp lớp, điểm danh, mở cầu truyền hình")
    bind(stage, campaign)
    hold_classes(stage, campaign)
    hand_over(stage)
    evaluate(stage)
    plan_a_test(stage, teaching)
    stage.say("Tổ chức sát hạch thực hành")
    hold_practicals(stage)
    write_roster(stage, folder)
