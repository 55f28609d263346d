from lantoa.providers.models.assignments import Assignment
from lantoa.providers.models.providers import Provider, ProviderKey, ProviderStaff
from lantoa.providers.models.results import ResultImport, ResultRow

__all__ = [
    "Assignment",
    "Provider",
    "ProviderKey",
    "ProviderStaff",
    "ResultImport",
    "ResultRow",
]
