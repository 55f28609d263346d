"""Units, people, their posts, rights and rosters.

What other domains use:

- `people.permissions`: `roles_of(user)`, `units_within(user, *roles)`, `unit_ids_within`,
  `persons_within`, `is_administrator`, `may_grant`.
- `people.queries`: `person_of(user)`; `filter_persons(persons, PersonFilter(unit=…, below=True,
  category=…, is_leader=…, specialism=…, title=…, text=…))` for enrolling by group, on a queryset
  that the caller has authorised (`persons_within`); `unit_by_code(code)`; `subtree(unit)`;
  `children_with_counts(unit)` (with `people_count` and `children_count`, one query).
- `people.actions`: one verb per module (`add_person`, `bulk_add_persons`, `transfer_person`,
  `issue_codes`, `open_accounts`, `grant_role`, `load_units`, `create_unit`, …).
- `people.models.UnitLink` is the closure of the tree: join on it to sum over "a unit and
  everything under it". Units that ended keep their rows: list those with `ended_on=None`.
"""
