"""Which consumer hears of which event. A consumer stands above the domain that writes the event.

Strings only: settings read this before any model exists.
"""

DELIVERIES: dict[str, list[str]] = {
    "courses.start_registration": ["lantoa.programmes.consumers.registration_started"],
    "courses.complete_registration": ["lantoa.programmes.consumers.registration_completed"],
    "programmes.open_cohort": ["lantoa.exams.consumers.cohort_opened"],
    "programmes.change_cohort": ["lantoa.exams.consumers.cohort_changed"],
    "programmes.complete_enrolment": [
        "lantoa.certificates.consumers.enrolment_completed",
        "lantoa.obligations.consumers.enrolment_completed",
    ],
    "people.transfer_person": ["lantoa.obligations.consumers.person_changed"],
    "people.change_person": ["lantoa.obligations.consumers.person_changed"],
    "people.close_person": ["lantoa.obligations.consumers.person_changed"],
    "people.reopen_person": ["lantoa.obligations.consumers.person_changed"],
    "people.receive_people": ["lantoa.obligations.consumers.people_received"],
    "people.move_unit": ["lantoa.obligations.consumers.unit_moved"],
    "people.reorganise": ["lantoa.obligations.consumers.units_reorganised"],
    "people.add_person": ["lantoa.obligations.consumers.person_changed"],
}
