"""Which consumer hears of which event. A consumer stands above the domain that writes the event.

Strings only: settings read this before any model exists.
"""

DELIVERIES: dict[str, list[str]] = {
    "courses.start_registration": ["lantoa.programmes.consumers.registration_started"],
    "courses.complete_registration": ["lantoa.programmes.consumers.registration_completed"],
    "programmes.open_cohort": ["lantoa.exams.consumers.cohort_opened"],
    "programmes.change_cohort": ["lantoa.exams.consumers.cohort_changed"],
    "programmes.complete_enrolment": ["lantoa.certificates.consumers.enrolment_completed"],
}
