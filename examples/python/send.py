"""Sends a message, as the environment says."""

import wamid

client = wamid.Client.from_env()
try:
    receipt = client.send_message("+91 98765-43210", "Your order is on its way.")
    print("sent:", receipt.id)
except wamid.WamidError as error:
    print("unknown, look before sending again:" if error.maybe_sent else "not sent:", error)
