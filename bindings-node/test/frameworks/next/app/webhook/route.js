import { after } from 'next/server';
import { receiver } from '../../noting.mjs';

const webhook = receiver({ waitUntil: after });
export const GET = webhook.fetch;
export const POST = webhook.fetch;
export const PUT = webhook.fetch;
