from django.urls import path

from lantoa.certificates.views import own, public, register

app_name = "certificates"

urlpatterns = [
    path("", register.certificates, name="certificates"),
    path("approval", register.approval, name="approval"),
    path("approve", register.approve, name="approve"),
    path("<int:pk>", register.certificate, name="certificate"),
    path("<int:pk>/revoke", register.revoke, name="revoke"),
    path("<int:pk>/pdf", own.download, name="pdf"),
    path("mine", own.mine, name="mine"),
    path("check", public.look_up, name="look_up"),
    path("c/<str:token>", public.check, name="check"),
]
