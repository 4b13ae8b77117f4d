import { type CallSite, errorOf, type WireError } from './errors';
import { native } from './native';
import { type Receipt, receipt } from './results';

/** What a call ended in, as it crosses where it is no receipt. */
export type Answer<T> = { ok: T } | { error: WireError; causes?: string[] };

/** The value of an answer; its error is thrown. */
export function unwrap<T>(answer: Answer<T>, site: CallSite): T {
  if ('ok' in answer) return answer.ok;
  throw failureOf(answer, site);
}

/** The error of an answer that has no value. */
export function failureOf(answer: Exclude<Answer<unknown>, { ok: unknown }>, site: CallSite): Error {
  return errorOf(answer.error, answer.causes, site);
}

/** What stands before each answer in a list of them, as `src/answer.rs` has it. A value follows; after `SENT` there are five. */
const [OK, PROGRESS, RECEIPT, SENT, NOT_BEGUN, INDEX] = [0, 2, 3, 4, 5, 6];

/** Who takes the answers of a list. */
export interface Taker {
  sent(receipt: Receipt): void;
  ok(value: unknown): void;
  progress?(counts: unknown): void;
  /** A send of a stopped bulk that had not begun. */
  notBegun?(): void;
  /** The index of the message whose outcome comes next. */
  index?(index: number): void;
  refused(answer: Exclude<Answer<unknown>, { ok: unknown }>): void;
}

/** Hands the answer at this place to its taker; returns where the next one is. */
export function take(list: unknown[], at: number, taker: Taker | undefined): number {
  const value = list[at + 1];
  switch (list[at]) {
    case SENT:
      sent(usual(value as string, list, at + 2), taker);
      return at + 6;
    case RECEIPT:
      sent(receipt(value as never), taker);
      break;
    case OK:
      taker?.ok(value);
      break;
    case PROGRESS:
      taker?.progress?.(value);
      break;
    case NOT_BEGUN:
      taker?.notBegun?.();
      break;
    case INDEX:
      taker?.index?.(value as number);
      break;
    default:
      taker?.refused(value as never);
  }
  return at + 2;
}

/** Hands a receipt over. Where nobody waits for it any more, its message is not lost in silence. */
function sent(receipt: Receipt, taker: Taker | undefined): void {
  if (taker) taker.sent(receipt);
  else native().unheard(receipt.phone);
}

/** The receipt of a send that Meta answered as it nearly always does; `src/receipt.rs` says when that is. */
function usual(id: string, list: unknown[], at: number): Receipt {
  const phone = list[at] as string;
  const waId = list[at + 1] as string;
  const status = list[at + 2] as string | null;
  const reference = list[at + 3] as string | null;
  const address = `+${waId}`;
  const contacts = [{ input: `+${phone}`, wa_id: waId }];
  // Each in one piece: what is added to an object later costs it another.
  if (status === null) {
    const raw = { messaging_product: 'whatsapp', contacts, messages: [{ id }] };
    return reference === null
      ? { id, phone, waId, address, attempts: 1, raw }
      : { id, phone, waId, address, reference, attempts: 1, raw };
  }
  const raw = { messaging_product: 'whatsapp', contacts, messages: [{ id, message_status: status }] };
  return reference === null
    ? { id, phone, waId, address, status, attempts: 1, raw }
    : { id, phone, waId, address, status, reference, attempts: 1, raw };
}
