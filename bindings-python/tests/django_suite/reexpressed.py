"""The tests of the original that patch `requests.post`, said of what arrives at Meta instead.

The names and the calls are the original's (`tests/test_utils.py` of django-meta-whatsapp 1.1.0).
"""

import os

from django.test import TestCase
from django_meta_whatsapp.models import (
    WhatsAppAccount,
    WhatsAppCampaign,
    WhatsAppCampaignRecipient,
    WhatsAppContact,
    WhatsAppTemplate,
)
from django_meta_whatsapp.utils import (
    push_template_to_meta,
    run_campaign,
    send_location_message,
    send_text_message,
    sync_templates_from_meta,
)


class ReexpressedTests(TestCase):
    def setUp(self):
        self.account = WhatsAppAccount.objects.create(
            name="Test Business",
            access_token="eaax_test_token",
            phone_number_id="123456789",
            waba_id=os.environ["WAMID_BUSINESS_ACCOUNT_ID"],
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

    def components_at_meta(self, name):
        [template] = [each for each in sync_templates_from_meta(self.account) if each["name"] == name]
        return template["components"]

    def test_push_standard_template_to_meta(self):
        tmpl = WhatsAppTemplate.objects.create(
            account=self.account,
            name="welcome_user",
            language="en",
            category="MARKETING",
            body_text="Welcome {{1}}!",
            footer_text="Unsubscribe",
            buttons=[{"type": "QUICK_REPLY", "text": "Yes"}],
        )
        assert push_template_to_meta(tmpl, account=self.account)["id"].isdecimal()
        body, footer, buttons = self.components_at_meta("welcome_user")
        assert body == {"type": "BODY", "text": "Welcome {{1}}!"}
        assert footer == {"type": "FOOTER", "text": "Unsubscribe"}
        assert buttons == {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Yes"}]}

    def test_push_auth_template_to_meta(self):
        tmpl = WhatsAppTemplate.objects.create(
            account=self.account,
            name="auth_code",
            language="en",
            category="AUTHENTICATION",
            body_text="Your OTP is {{1}}.",
            footer_text="Expires in 10 minutes",
        )
        assert push_template_to_meta(tmpl, account=self.account)["id"].isdecimal()
        body, footer, buttons = self.components_at_meta("auth_code")
        assert body == {"type": "BODY", "add_security_recommendation": True}
        assert footer == {"type": "FOOTER", "code_expiration_minutes": 10}
        assert buttons["buttons"] == [{"type": "OTP", "otp_type": "COPY_CODE", "text": "Copy Code"}]
