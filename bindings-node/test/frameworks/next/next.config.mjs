import { fileURLToPath } from 'node:url';

export default {
  // A native module is loaded by Node itself.
  serverExternalPackages: ['wamid'],
  // Where Next itself is installed, beside the copy of this folder that the test makes.
  turbopack: { root: fileURLToPath(new URL('..', import.meta.url)) },
};
