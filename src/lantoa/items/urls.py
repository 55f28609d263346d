from django.urls import path

from lantoa.items.views import bank, batches, blueprints, enemies, items, review, twins

app_name = "items"

urlpatterns = [
    path("", bank.index, name="items"),
    path("batch/", batches.step, name="batch"),
    path("batches/", batches.index, name="batches"),
    path("batches/<int:pk>/undo/", batches.undo, name="undo_batch"),
    path("twins/", twins.index, name="twins"),
    path("twins/scan/", twins.scan, name="scan_twins"),
    path("twins/<int:pk>/", twins.judge, name="judge_twin"),
    path("new/<slug:kind>/", items.create, name="create"),
    path("<int:pk>/", items.show, name="item"),
    path("<int:pk>/edit/", items.edit, name="edit"),
    path("<int:pk>/send/", review.send, name="send"),
    path("<int:pk>/review/", review.review, name="review"),
    path("<int:pk>/approve/", review.approve, name="approve"),
    path("<int:pk>/retire/", review.retire, name="retire"),
    path("<int:pk>/restore/", review.restore, name="restore"),
    path("<int:pk>/enemies/", enemies.enemies, name="enemies"),
    path("blueprints/", blueprints.index, name="blueprints"),
    path("blueprints/new/", blueprints.create, name="create_blueprint"),
    path("blueprints/<int:pk>/", blueprints.show, name="blueprint"),
    path("blueprints/<int:pk>/edit/", blueprints.edit, name="edit_blueprint"),
]
