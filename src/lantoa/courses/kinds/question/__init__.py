"""A question of the item bank, answered in the lesson with immediate feedback."""

from lantoa.courses.kinds.question.kind import Question

KIND = Question()
