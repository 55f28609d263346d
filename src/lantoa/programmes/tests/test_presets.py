"""The presets say what the sources say, no more."""

from lantoa.programmes.presets import all_presets, preset


def test_every_preset_names_its_basis_and_how_sure_we_are() -> None:
    codes = [p.code for p in all_presets()]
    assert len(codes) == len(set(codes)) >= 6
    for p in all_presets():
        assert p.legal_basis
        assert p.source
        assert p.grade in ("C", "S")
        assert p.courses or p.exams
        if p.second_hand:
            assert p.check, "second-hand presets say what to check before use"


def test_the_2026_test_is_second_hand_with_its_numbers() -> None:
    p = preset("binh-dan-hoc-vu-so-2026")
    assert p is not None
    assert p.second_hand
    course, exam = p.courses[0], p.exams[0]
    assert (course.topics, course.lessons, course.questions_per_lesson) == (26, 136, 5)
    assert course.lesson_pass_mark == 70
    assert (exam.basic, exam.intermediate, exam.minutes, exam.pass_mark) == (35, 15, 90, 70)
    assert exam.unlimited_attempts


def test_ten_of_nineteen() -> None:
    p = preset("muoi-tren-muoi-chin-chuyen-de")
    assert p is not None
    assert p.courses[0].topics == 19
    assert p.courses[0].mandatory_topics + p.courses[0].elective_minimum == 10


def test_it_skill_parts_are_kept_twelve_months() -> None:
    p = preset("chuan-ky-nang-cntt-co-ban")
    assert p is not None
    assert [e.kept_months for e in p.exams] == [12, 12]
    assert p.check


def test_quarterly_windows() -> None:
    p = preset("kiem-tra-quy")
    assert p is not None
    assert len(p.windows) == 4
    assert preset("khong-co") is None
