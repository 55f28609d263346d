"""What the specialists of the province hold in information technology, as units wrote it down."""

from datetime import timedelta

from django.db import transaction

from lantoa.demo import cast
from lantoa.demo.stage import Stage
from lantoa.kernel import clock
from lantoa.people.actions.qualifications import note_qualification
from lantoa.people.models import Person, Qualification

MOST = 241
"""As many as the register of the real case has (domain: 7, 188, 32 and 14)."""
Level = Qualification.Level
SHARES = {Level.MASTER: 7, Level.BACHELOR: 188, Level.COLLEGE: 32, Level.INTERMEDIATE: 14}
SUBJECTS = ("Công nghệ thông tin", "Khoa học máy tính", "Hệ thống thông tin", "Kỹ thuật phần mềm",
            "Mạng máy tính và truyền thông dữ liệu", "Tin học ứng dụng")  # fmt: skip
SCHOOL = "Trường đại học trong vùng (minh họa)"
AGE = 22


@transaction.atomic
def write_qualifications(stage: Stage) -> None:
    rng, actor = stage.rng("qualifications"), stage.user(cast.COORDINATOR.key)
    none = Person.Specialism.NONE
    holders = [one.person for one in stage.people if one.person.specialism != none][:MOST]
    with clock.fixed(stage.moments.installed + timedelta(days=3)):
        for person in holders:
            (level,) = rng.choices(list(SHARES), list(SHARES.values()))
            year = (person.birth_year or 1985) + AGE + rng.randrange(4)
            values = {
                "level": level,
                "subject": rng.choice(SUBJECTS),
                "school": SCHOOL,
                "year": min(year, clock.today().year),
            }
            note_qualification(actor=actor, person=person, values=values)
