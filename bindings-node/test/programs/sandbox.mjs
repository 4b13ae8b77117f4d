// A sandbox in a process of its own: prints where it is, and ends with its standard input.
import { Sandbox } from 'wamid/testing';

const sandbox = await Sandbox.start();
const { url, accessToken, phoneNumberId, appSecret } = sandbox;
console.log(JSON.stringify({ graphUrl: url, accessToken, phoneNumberId, appSecret }));
process.stdin.resume();
process.stdin.on('end', () => sandbox.stop());
