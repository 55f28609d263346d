"""Two rules of the province: who must learn every year; somebody asks for more time."""

from datetime import date, timedelta

from lantoa.demo import cast
from lantoa.demo.stage import Campaign, Stage
from lantoa.kernel import clock
from lantoa.obligations.actions.petitions import petition
from lantoa.obligations.actions.rules import create_rule
from lantoa.obligations.models import Obligation, Petition
from lantoa.obligations.rules.whom import Whom

BASIS = "Quyết định 146/QĐ-TTg (minh họa, cần đối chiếu)"


def bind(stage: Stage, campaign: Campaign) -> None:
    actor = stage.user(cast.COORDINATOR.key)
    year = stage.moments.today.year
    dates = {"starts_on": date(year, 1, 1), "due_on": date(year, 12, 31), "repeat": "yearly"}
    with clock.fixed(stage.moments.installed):
        rules = [
            create_rule(
                actor=actor,
                unit=stage.province,
                fields={
                    "title": "Cán bộ, công chức bồi dưỡng chuyển đổi số hằng năm (minh họa)",
                    "legal_basis": BASIS,
                    "programme": campaign.programme,
                    "whom": Whom().as_json(),
                    **dates,
                },
            ),
            create_rule(
                actor=actor,
                unit=stage.province,
                fields={
                    "title": "Người chuyên trách CNTT đủ 40 tiết mỗi năm (minh họa)",
                    "legal_basis": BASIS,
                    "periods": 40,
                    "whom": Whom(specialisms=("part", "full")).as_json(),
                    **dates,
                },
            ),
        ]
    own = Obligation.objects.filter(person=stage.cast[cast.WAITING.key], rule=rules[0]).first()
    if own is not None:
        with clock.fixed(stage.moments.now - timedelta(days=2)):
            petition(
                actor=stage.user(cast.WAITING.key),
                obligation=own,
                kind=Petition.Kind.EXTENSION,
                words="Đang đi biệt phái, xin hoàn thành trong quý sau.",
                until=own.due_on + timedelta(days=90),
            )
