/** What stands for content that cannot be read, such as a file's that has changed: the core refuses it by its path. */
const UNREADABLE = [[]];

/** How deep content may stand: that of a header parameter of a carousel's card is the deepest. */
const DEPTH = 8;

/** Not by `instanceof`: test runners have more than one of each class. */
function isBlob(value: unknown): value is Blob {
  const tag = Object.prototype.toString.call(value);
  return tag === '[object Blob]' || tag === '[object File]';
}

/** A list or an object with names, which other things may stand in. */
function isNest(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
}

/** Whether a Blob stands for content in what is to be sent. Its bytes come only later, so the caller has to wait for them. */
export function holdsBlob(value: unknown, depth = DEPTH): boolean {
  if (!isNest(value)) return false;
  if (isBlob(value)) return true;
  return depth > 0 && Object.values(value).some((inner) => holdsBlob(inner, depth - 1));
}

/** The same with the bytes of each Blob in its place, and its MIME type beside them unless another one is given. */
export async function withBytes<T>(value: T): Promise<T> {
  if (!holdsBlob(value)) return value;
  if (Array.isArray(value)) return (await Promise.all(value.map(withBytes))) as T;
  const read: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value as object)) {
    if (!isBlob(inner)) {
      read[name] = await withBytes(inner);
      continue;
    }
    read[name] = await inner.arrayBuffer().then(
      (bytes) => new Uint8Array(bytes),
      () => UNREADABLE,
    );
    if (name === 'data' && inner.type !== '') read.mimeType = inner.type;
  }
  const { mimeType } = value as { mimeType?: unknown };
  if (mimeType !== undefined) read.mimeType = mimeType;
  return read as T;
}
