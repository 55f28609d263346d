"""An answer in the candidate's own words, marked by people."""

from lantoa.items.kinds.essay.kind import Essay

KIND = Essay()
