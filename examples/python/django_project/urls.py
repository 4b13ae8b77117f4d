"""The original, mounted as its own documentation has it."""

from django.urls import include, path

urlpatterns = [path("whatsapp/", include("django_meta_whatsapp.urls"))]
