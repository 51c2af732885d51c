import type { AgentId } from '../contract/agent.ts';
import type { Mechanism } from '../contract/mechanism.ts';
import { keyReused } from '../errors.ts';
import { validate } from '../input/validate.ts';
import { canonicalJson } from '../play/canonical-json.ts';
import type { Journal, Receipt } from '../play/journal.ts';
import type { Recording } from '../play/recording.ts';
import type { Saying } from './submissions.ts';

/** What was said under a key, as text, and the receipt for it. */
interface Kept {
  readonly said: string;
  readonly receipt: Receipt | Promise<Receipt>;
}

/** Keys under which agents have said something, so that what is sent twice counts once. */
export class KeptKeys {
  readonly #kept = new Map<string, Kept>();

  /** The keys in a journal, where a run is resumed. */
  static of({ entries, seals }: Journal, recording: Recording): KeptKeys | undefined {
    let keys: KeptKeys | undefined;
    for (const entry of entries) {
      if ((entry.kind !== 'message' && entry.kind !== 'withdrawn') || entry.key === undefined) continue;
      keys ??= new KeptKeys();
      const receipt = recording.receipt(entry.seq, entry.at, seals?.[entry.seq]);
      const said = entry.kind === 'message' ? textOf(entry.message) : withdrawal;
      keys.#kept.set(nameOf(entry.agent, entry.key), { said, receipt });
    }
    return keys;
  }

  /**
   * The receipt of what was said under this key before; else of what is said now.
   *
   * @throws MechaneError `key-reused` where something else was said.
   */
  once(
    key: string,
    { agent, message, isWithdrawal }: Saying,
    mechanism: Mechanism,
    say: () => Receipt | Promise<Receipt>,
  ): Receipt | Promise<Receipt> {
    const name = nameOf(agent, key);
    const known = this.#kept.get(name);
    const said = isWithdrawal
      ? withdrawal
      : textOf(validate(mechanism.message, message, 'invalid-message', ['messages', agent]));
    if (known) {
      if (known.said !== said) throw keyReused(key, agent);
      return known.receipt;
    }
    const receipt = say();
    this.#kept.set(name, { said, receipt });
    // What was refused has not been said.
    if (receipt instanceof Promise) receipt.catch(() => this.#kept.delete(name));
    return receipt;
  }
}

const withdrawal = '';

function textOf(message: unknown): string {
  return canonicalJson(message);
}

function nameOf(agent: AgentId, key: string): string {
  return JSON.stringify([agent, key]);
}
