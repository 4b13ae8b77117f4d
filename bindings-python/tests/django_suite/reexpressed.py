"""The three tests of the original that patch `requests.post` under a send, said of what arrives at Meta instead.

The names and the calls are the original's (`tests/test_utils.py` of django-meta-whatsapp 1.1.0).
"""

from django.test import TestCase
from django_meta_whatsapp.models import (
    WhatsAppAccount,
    WhatsAppCampaign,
    WhatsAppCampaignRecipient,
    WhatsAppContact,
    WhatsAppTemplate,
)
from django_meta_whatsapp.utils import run_campaign, send_location_message, send_text_message


class ReexpressedTests(TestCase):
    def setUp(self):
        self.account = WhatsAppAccount.objects.create(
            name="Test Business",
            access_token="eaax_test_token",
            phone_number_id="123456789",
            waba_id="987654321",
        )
        self.contact = WhatsAppContact.objects.create(phone="919876543210", name="John Doe")
        self.template = WhatsAppTemplate.objects.create(
            account=self.account, name="hello_world", language="en", body_text="Hello {{1}}!"
        )

    def test_send_text_message(self):
        res = send_text_message("919876543210", "Hello there", account=self.account)
        assert res["messages"][0]["id"].startswith("wamid.")
        assert res["messaging_product"] == "whatsapp"

    def test_send_location_message(self):
        res = send_location_message(
            "919876543210", 12.34, 56.78, name="My Shop", address="123 Main St", account=self.account
        )
        assert res["messages"][0]["id"].startswith("wamid.")

    def test_run_campaign(self):
        campaign = WhatsAppCampaign.objects.create(
            account=self.account,
            name="Bulk Promo",
            template=self.template,
            audience_type="contacts",
            parameter_mappings={"1": "name"},
        )
        result = run_campaign(campaign.id, account=self.account)
        assert (result["sent"], result["failed"]) == (1, 0)
        campaign.refresh_from_db()
        assert (campaign.status, campaign.sent_count) == ("completed", 1)
        [recipient] = WhatsAppCampaignRecipient.objects.filter(campaign=campaign)
        assert recipient.status == "sent"
        assert recipient.message_id.startswith("wamid.")
