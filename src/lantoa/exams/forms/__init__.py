"""Forms of exams and sittings; what is typed wrong stays and is said beside it."""
