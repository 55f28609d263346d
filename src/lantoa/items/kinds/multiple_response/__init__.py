"""Several right answers among the options; all of them and no other must be chosen."""

from lantoa.items.kinds.multiple_response.kind import MultipleResponse

KIND = MultipleResponse()
