"""Courses: written as drafts, published as versions that never change, learned step by step.

For the domains above (docs/courses.md):

- `actions.register(persons=, course=, actor=)`: bulk, idempotent, on the newest published version.
- `queries.learning_of(person)`: a person's registrations, each module's state; three queries.
- events `courses.start_registration`, `courses.complete_registration`, once per registration, with
  data {"person", "course", "registration"}.
- `actions.replay(histories=, actor=)`: many people's history at once, from steps.
"""
