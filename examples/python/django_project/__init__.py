"""A Django project with django-meta-whatsapp, which sends through wamid."""
