/** The values of an event or of a part of one, in the order of its fields; `null` where there is none. */
export type Values = readonly unknown[];

/** The list of parts with these values. */
export function each<T>(all: Values[], read: (values: Values) => T): T[] {
  return all.length === 0 ? [] : all.map(read);
}
