import type { AgentId, Receipt, Session, SubmitOptions } from '@mechane/core';
import { overBudget } from '../errors.ts';
import type { Charge, Hold, Payer } from '../store/accounts.ts';
import type { Store } from '../store/store.ts';
import type { Ended } from './ended-session.ts';
import { accountsIn, type Making } from './made-session.ts';

/** What an agent has let itself in for before it has said anything. */
const nothing: Hold = { round: 0, before: 0, most: 0 };
/** So often a message is offered to a mechanism that listens, and was not listening. */
const offers = 20;

/** The session whose agents are paid for, as far as paying needs it. */
export interface PaidFor {
  readonly session: Session;
  /** The number that the next entry of its journal will have. */
  next(): number;
  /** Kept once all that has happened so far is stored. */
  settled(): Promise<void>;
}

/**
 * Keeps the agents of a session within the budgets of their accounts. The most that a message may cost is held before the message counts, so that
 * what is paid in the end was always there.
 */
export class Spending {
  readonly #store: Store;
  readonly #payers: ReadonlyMap<AgentId, Payer>;
  readonly #held = new Map<AgentId, Hold>();
  readonly #last = new Map<AgentId, Promise<unknown>>();

  constructor(store: Store, session: string, making: Making) {
    this.#store = store;
    this.#payers = new Map(accountsIn(making).map(([agent, account]) => [agent, { account, session, agent }]));
  }

  /** @throws MechaneError `over-budget`, or what the session refuses the message with; then nothing has changed. */
  submit(to: PaidFor, agent: AgentId, message: unknown, options: SubmitOptions): Promise<Receipt> {
    const payer = this.#payers.get(agent);
    if (payer === undefined) return to.session.submit(agent, message, options);
    const before = this.#last.get(agent) ?? Promise.resolve();
    const receipt = before.then(() => this.#paid(payer, to, message, options));
    this.#last.set(
      agent,
      receipt.catch(() => {}),
    );
    return receipt;
  }

  async #paid(payer: Payer, to: PaidFor, message: unknown, options: SubmitOptions): Promise<Receipt> {
    const { agent } = payer;
    const held = this.#held.get(agent) ?? (await this.#store.heldFor(payer)) ?? nothing;
    this.#held.set(agent, held);
    for (let offer = 1; ; offer++) {
      const before = (round: number): number => (round === held.round ? held.before : held.most);
      const cost = to.session.mostPaid(agent, message, before);
      // What costs nobody knows what is not heard now: what follows is a refusal, or the receipt of what was said before.
      if (cost === undefined) return to.session.submit(agent, message, { ...options, now: true });
      const { most, round, isOnlyThere } = cost;
      const own: Hold = { round, before: isOnlyThere ? before(round) : held.most, most };
      await this.#hold(payer, { ...own, most: Math.max(held.most, most) });
      const next = to.next();
      const meant = options.round ?? (isOnlyThere ? round : undefined);
      try {
        const said = { ...options, ...(meant === undefined ? {} : { round: meant }), now: true };
        const receipt = await to.session.submit(agent, message, said);
        // An earlier receipt: the message was said before, and is not the last.
        await this.#hold(payer, receipt.seq < next ? held : own);
        return receipt;
      } catch (error) {
        await this.#hold(payer, held);
        const isBetweenRounds = !isOnlyThere && (error as { code?: string }).code === 'out-of-turn';
        if (!isBetweenRounds || offer === offers) throw error;
        await to.settled();
      }
    }
  }

  async #hold(payer: Payer, hold: Hold): Promise<void> {
    const held = this.#held.get(payer.agent);
    if (held && held.round === hold.round && held.before === hold.before && held.most === hold.most) return;
    const left = await this.#store.hold(payer, hold);
    if (left !== undefined) throw overBudget(hold.most, left);
    this.#held.set(payer.agent, hold);
  }
}

/** What accounts pay for a session that is over; `undefined` where none pays for anybody. */
export function chargesOf(making: Making, { result }: Ended): readonly Charge[] | undefined {
  const paying = accountsIn(making);
  if (paying.length === 0) return undefined;
  const { payments = {} } = (result?.outcome ?? {}) as { readonly payments?: Readonly<Record<AgentId, number>> };
  return paying
    .map(([agent, account]) => ({ account, amount: payments[agent] ?? 0 }))
    .filter(({ amount }) => amount !== 0);
}
