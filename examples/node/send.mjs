// Sends a message, as the environment says.
import { Client, WamidError } from 'wamid';

const client = Client.fromEnv();
try {
  const { id } = await client.sendMessage({ phone: '+91 98765-43210', message: 'Your order is on its way.' });
  console.log('sent:', id);
} catch (error) {
  if (!(error instanceof WamidError)) throw error;
  console.log(error.maybeSent ? 'unknown, look before sending again:' : 'not sent:', error.message);
}
