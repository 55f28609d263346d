from lantoa.people.models import RoleGrant
from lantoa.people.views.access import holding

Role = RoleGrant.Role
keepers_only = holding(Role.COORDINATOR)
readers_only = holding(Role.COORDINATOR, Role.LEADER)
