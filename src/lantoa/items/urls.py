from django.urls import path

from lantoa.items.views import blueprints, items, previews

app_name = "items"

urlpatterns = [
    path("", items.index, name="items"),
    path("new/", previews.choose, name="choose"),
    path("new/<slug:kind>/", items.create, name="create"),
    path("<int:pk>/", items.show, name="item"),
    path("<int:pk>/edit/", items.edit, name="edit"),
    path("<int:pk>/preview/", previews.preview, name="preview"),
    path("<int:pk>/approve/", items.approve, name="approve"),
    path("<int:pk>/retire/", items.retire, name="retire"),
    path("blueprints/", blueprints.index, name="blueprints"),
    path("blueprints/new/", blueprints.create, name="create_blueprint"),
    path("blueprints/<int:pk>/", blueprints.show, name="blueprint"),
    path("blueprints/<int:pk>/edit/", blueprints.edit, name="edit_blueprint"),
]
