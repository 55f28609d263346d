from django.urls import path

from lantoa.items.views import blueprints, forms, items, previews, prints

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
    path("blueprints/presets/", blueprints.presets, name="blueprint_presets"),
    path("blueprints/new/", blueprints.create, name="create_blueprint"),
    path("blueprints/<int:pk>/", blueprints.show, name="blueprint"),
    path("blueprints/<int:pk>/edit/", blueprints.edit, name="edit_blueprint"),
    path("blueprints/<int:pk>/forms/", forms.assemble, name="assemble"),
    path("forms/", forms.index, name="forms"),
    path("forms/batch/<uuid:batch>/", forms.batch, name="form_batch"),
    path("forms/<int:pk>/", forms.show, name="form"),
    path("forms/<int:pk>/swap/<int:position>/", forms.swap, name="swap"),
    path("forms/<int:pk>/review/", forms.review, name="review_form"),
    path("forms/<int:pk>/publish/", forms.publish, name="publish_form"),
    path("forms/<int:pk>/retire/", forms.retire, name="retire_form"),
    path("forms/<int:pk>/print/<slug:part>.pdf", prints.paper, name="print_form"),
]
