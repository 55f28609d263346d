from django.urls import path

from lantoa.items.views import blueprints, exports, imports, items

app_name = "items"

urlpatterns = [
    path("", items.index, name="items"),
    path("import/", imports.index, name="imports"),
    path("import/new/", imports.add, name="import_add"),
    path("import/template/", imports.template, name="import_template"),
    path("import/<int:pk>/", imports.show, name="import"),
    path("import/<int:pk>/choose/", imports.choose, name="import_choose"),
    path("import/<int:pk>/apply/", imports.apply, name="import_apply"),
    path("import/<int:pk>/undo/", imports.undo, name="import_undo"),
    path("import/<int:pk>/discard/", imports.discard, name="import_discard"),
    path("export/", exports.export, name="export"),
    path("export/download/", exports.download, name="export_download"),
    path("new/<slug:kind>/", items.create, name="create"),
    path("<int:pk>/", items.show, name="item"),
    path("<int:pk>/edit/", items.edit, name="edit"),
    path("<int:pk>/approve/", items.approve, name="approve"),
    path("<int:pk>/retire/", items.retire, name="retire"),
    path("blueprints/", blueprints.index, name="blueprints"),
    path("blueprints/new/", blueprints.create, name="create_blueprint"),
    path("blueprints/<int:pk>/", blueprints.show, name="blueprint"),
    path("blueprints/<int:pk>/edit/", blueprints.edit, name="edit_blueprint"),
]
