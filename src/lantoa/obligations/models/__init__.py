from lantoa.obligations.models.obligations import Obligation, Reminder
from lantoa.obligations.models.petitions import Petition
from lantoa.obligations.models.rules import Rule

__all__ = ["Obligation", "Petition", "Reminder", "Rule"]
