/** The native addon: what `src` exports. It is loaded at first use, not at import. */
export interface Native {
  Calls: new (deliver: (batch: string, bulks: Bulk[] | null) => void) => Calls;
  openClient(options: string, logLevel: string | undefined): NativeClient | string;
  openClientFromEnv(
    variables: Record<string, string>,
    options: string,
    logLevel: string | undefined,
  ): NativeClient | string;
  verifyWebhook(body: Uint8Array, given: string): string;
  parseWebhook(body: Uint8Array): string;
  buildTemplateComponents(given: string): string;
  refuse(field: string, rule: string): string;
  startSandbox(options: string): NativeSandbox | string;
  sandboxMagicRecipients(): string;
}

/** The answers of a call that has many: JSON lists, one after the other. */
export interface Bulk {
  id: number;
  pieces: string[];
}

export interface Calls {
  hold(): void;
  release(): void;
  cancel(id: number): void;
}

export interface NativeClient {
  describe(): string;
  close(): void;
  send(calls: Calls, id: number, kind: string, given: string): void;
  chats(calls: Calls, id: number): void;
  sendMany(calls: Calls, id: number, sends: string[], options: string): void;
  receiveWebhook(calls: Calls, id: number, body: Uint8Array, given: string): void;
}

export interface NativeSandbox {
  describe(): string;
  messages(): string;
  clear(): string;
  failNext(failure: string, times: number): string;
  setWebhook(url: string | null): string;
  inboundText(from: string, profileName: string, text: string): string;
  stop(calls: Calls, id: number): void;
}

let loaded: Native | undefined;

/** The addon of this machine: one built beside this file, or the package of the platform, which npm has installed. */
export function native(): Native {
  if (loaded !== undefined) return loaded;
  const { platform, arch } = process;
  const packages = { linux: ['gnu', 'musl'], win32: ['msvc'] }[platform as string]?.map((libc) => `-${libc}`) ?? [''];
  const tried: unknown[] = [];
  for (const name of ['./wamid.node', ...packages.map((libc) => `wamid-${platform}-${arch}${libc}`)]) {
    try {
      loaded = require(name) as Native;
      return loaded;
    } catch (error) {
      tried.push(error);
    }
  }
  const missing = tried.every((error) => (error as { code?: string }).code === 'MODULE_NOT_FOUND');
  const remedy = missing
    ? 'install again without --omit=optional and without a lock file from another platform'
    : `it could not be loaded: ${tried.map((error) => (error as Error).message).join('; ')}`;
  throw new Error(`wamid has no native addon for ${platform}-${arch}: ${remedy}`, { cause: tried.at(-1) });
}
