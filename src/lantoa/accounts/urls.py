from django.urls import path

from lantoa.accounts.views import account, activation, contacts, passwords, sessions

app_name = "accounts"

urlpatterns = [
    path("", account.account, name="account"),
    path("language", account.language, name="language"),
    path("idle", account.idle, name="idle"),
    path("alive", account.alive, name="alive"),
    path("activate", activation.code, name="activate"),
    path("activate/password", activation.password, name="activate_password"),
    path("password", passwords.change, name="change_password"),
    path("password/reset/code", passwords.confirm, name="reset_code"),
    path("password/reset/new", passwords.choose, name="reset_password"),
    path("email", contacts.email, name="email"),
    path("phone", contacts.phone, name="phone"),
    path("contact/code", contacts.confirm, name="contact_code"),
    path("sessions", sessions.sessions, name="sessions"),
    path("sessions/others/end", sessions.end_others, name="end_other_sessions"),
    path("sessions/<int:pk>/end", sessions.end, name="end_session"),
]
