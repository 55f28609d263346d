import pytest
from conftest import MakePerson, SignedIn
from django.test import Client

from lantoa.audit.models import Event
from lantoa.frameworks.actions import create_framework, load_presets
from lantoa.frameworks.models import Framework, Node
from lantoa.frameworks.queries import framework_by_code, topic_groups
from lantoa.frameworks.rules import BadOutline, NodeSpec
from lantoa.people.models import Unit


@pytest.mark.django_db
def test_the_presets_load_once_and_have_the_known_counts() -> None:
    assert len(load_presets(actor=None)) == 2
    assert load_presets(actor=None) == []
    competences = Node.objects.filter(framework__code="tt-02-2025", kind="competence")
    assert competences.count() == 24
    assert Node.objects.filter(framework__code="tt-02-2025", kind="domain").count() == 6
    groups = topic_groups(framework_by_code("lanh-dao-xa-2022"))
    assert [len(group.topics) for group in groups] == [2, 1, 2]
    assert Event.objects.filter(action="frameworks.create_framework").count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("nodes", "words"),
    [
        ([], "chưa có mục"),
        ([NodeSpec("planet", "a", "A")], "planet"),
        (
            [NodeSpec("part", "a", "A"), NodeSpec("part", "b", "B", [NodeSpec("topic", "a", "C")])],
            "lặp",
        ),
        ([NodeSpec("part", "a", "")], "mã và tên"),
    ],
)
def test_a_bad_outline_writes_nothing(nodes: list[NodeSpec], words: str) -> None:
    with pytest.raises(BadOutline, match=words):
        create_framework(actor=None, code="x", title="X", nodes=nodes)
    assert not Framework.objects.exists()


def test_topics_without_a_part_and_deeper_ones_are_grouped(db: None) -> None:
    framework = create_framework(
        actor=None,
        code="x",
        title="X",
        nodes=[
            NodeSpec("topic", "lone", "Lẻ"),
            NodeSpec("part", "p", "P", [NodeSpec("topic", "t", "T")]),
        ],
    )
    groups = topic_groups(framework)
    assert [(g.parent and g.parent.code, [t.code for t in g.topics]) for g in groups] == [
        (None, ["lone"]),
        ("p", ["t"]),
    ]


def test_pages_list_frameworks_with_their_basis_and_mark(
    make_person: MakePerson, commune: Unit, signed_in: SignedIn
) -> None:
    load_presets(actor=None)
    client = signed_in(make_person("Nguyễn Văn An", commune))
    page = client.get("/frameworks/").content.decode()
    assert "Thông tư 02/2025/TT-BGDĐT" in page
    assert "Theo nguồn thứ cấp, phải đối chiếu văn bản gốc" in page
    page = client.get("/frameworks/tt-02-2025/").content.decode()
    assert "Quản lý danh tính số" in page
    assert client.get("/frameworks/none/").status_code == 404


def test_a_stranger_is_asked_to_sign_in(db: None) -> None:
    assert Client().get("/frameworks/").status_code == 302
