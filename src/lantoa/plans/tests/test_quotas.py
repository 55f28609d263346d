"""The table of quotas: all of it or nothing, over-assignment in words, what was typed stays."""

import pytest
from django.test import Client
from django.urls import reverse

from lantoa.audit.models import Event
from lantoa.people.models import Person, Unit
from lantoa.plans.models import Plan, Quota
from lantoa.programmes.models import Programme


def _url(name: str, plan: Plan, programme: Programme, unit: Unit) -> str:
    return reverse(f"plans:{name}", args=[plan.pk, programme.pk, unit.pk])


def test_saving_the_table_is_one_event(
    plan: Plan,
    programme: Programme,
    province: Unit,
    commune: Unit,
    other_commune: Unit,
    coordinator: Client,
) -> None:
    url = _url("quotas", plan, programme, province)
    data = {f"u{province.pk}": "10", f"u{commune.pk}": "1.096", f"u{other_commune.pk}": ""}
    assert coordinator.post(url, data).status_code == 302
    assert dict(Quota.objects.values_list("unit_id", "count")) == {
        province.pk: 10,
        commune.pk: 1096,
    }
    assert Event.objects.filter(action="plans.set_quotas").count() == 1
    assert coordinator.post(url, data).status_code == 302
    assert Event.objects.filter(action="plans.set_quotas").count() == 1
    page = coordinator.get(url).content.decode()
    assert "Giao vượt 1.086 người so với chỉ tiêu của Tỉnh Thái Nguyên" in page


def test_a_wrong_number_saves_nothing_and_stays(
    plan: Plan,
    programme: Programme,
    province: Unit,
    commune: Unit,
    other_commune: Unit,
    coordinator: Client,
) -> None:
    answer = coordinator.post(
        _url("quotas", plan, programme, province),
        {f"u{commune.pk}": "năm", f"u{other_commune.pk}": "7"},
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="năm"' in page
    assert 'value="7"' in page
    assert f'<a class="ds-link" href="#u{commune.pk}">' in page, "the summary leads to the field"
    assert f'id="u{commune.pk}"' in page
    assert not Quota.objects.exists()


def test_a_child_never_sets_its_own_quota(
    plan: Plan, programme: Programme, commune: Unit, province: Unit, commune_coordinator: Client
) -> None:
    url = _url("quotas", plan, programme, commune)
    commune_coordinator.post(url, {f"u{commune.pk}": "500"})
    assert not Quota.objects.exists()


@pytest.mark.parametrize(
    ("pasted", "saved", "words"),
    [
        ("", 0, "Hãy điền mục này"),
        ("Xã Phú Đình\tnhiều\nVăn Hán\t12", 0, "Dòng 1 (“Xã Phú Đình nhiều”): không có số"),
        ("Xã Phú Đình\t9\nPhú Đình\t12", 0, "Dòng 2 (“Phú Đình 12”): đơn vị này đã có ở dòng"),
        ("Xã Phú Đình\t-9", 0, "không có số người"),
        ("Xã Phú Đình\t96\nVăn Hán\t12", 2, ""),
        ("Xã Phú Đình\t96\nXã Lạ\t12", 0, "không có đơn vị này"),
        ("chẳng có gì", 0, "Không đọc được dòng nào"),
    ],
)
def test_pasting_all_or_nothing(
    plan: Plan,
    programme: Programme,
    province: Unit,
    commune: Unit,
    other_commune: Unit,
    coordinator: Client,
    pasted: str,
    saved: int,
    words: str,
) -> None:
    answer = coordinator.post(
        _url("paste_quotas", plan, programme, province), {"pasted": pasted}, follow=True
    )
    assert Quota.objects.count() == saved
    page = answer.content.decode()
    assert words in page
    if not saved:
        assert answer.status_code == 422
        assert pasted in page, "what was pasted stays"
        assert 'href="#id_pasted"' in page, "the summary leads to the field"
        beside = page.partition('id="id_pasted_error"')[2].partition("</ul>")[0]
        assert words in beside, "and the field says it too"


def test_sharing_by_headcount_fills_the_fields_and_saves_nothing(
    plan: Plan,
    programme: Programme,
    province: Unit,
    commune: Unit,
    other_commune: Unit,
    people: list[Person],
    coordinator: Client,
) -> None:
    url = _url("share_quotas", plan, programme, province)
    page = coordinator.post(url, {"total": "10"})
    values = [entry["value"] for entry in page.context["rows"]]
    assert values == ["8", "2"]
    assert page.context["own_value"] == "10", "the province's own rises with it"
    assert [entry["change"] for entry in page.context["rows"]] == [8, 2]
    assert "Nếu chia 10 theo số người" in page.content.decode()
    assert not Quota.objects.exists()
    assert coordinator.post(url, {"total": "x"}).status_code == 302


def test_if_the_quota_rises_it_shows_who_gets_what_beside_what_they_have(
    plan: Plan,
    programme: Programme,
    province: Unit,
    commune: Unit,
    other_commune: Unit,
    people: list[Person],
    quotas: None,
    coordinator: Client,
) -> None:
    """Remote units weigh half as much again; nothing is saved before the button."""
    Unit.objects.filter(pk=other_commune.pk).update(is_remote=True)
    url = _url("share_quotas", plan, programme, province)
    page = coordinator.post(url, {"total": "30.000", "remote": "1"})
    rows = {entry["row"].unit.pk: entry for entry in page.context["rows"]}
    assert (rows[commune.pk]["value"], rows[commune.pk]["change"]) == ("20000", 19_996)
    assert rows[other_commune.pk]["value"] == "10000"
    assert Quota.objects.get(unit=commune).count == 4
    fields = {f"u{pk}": entry["value"] for pk, entry in rows.items()}
    fields[f"u{province.pk}"] = page.context["own_value"]
    assert coordinator.post(_url("quotas", plan, programme, province), fields).status_code == 302
    assert dict(Quota.objects.values_list("unit_id", "count")) == {
        province.pk: 30_000,
        commune.pk: 20_000,
        other_commune.pk: 10_000,
    }
