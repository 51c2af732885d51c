import { type AgentId, amount, defineMechanism, type Mechanism, perAgent, positiveAmount } from '@mechane/core';
import * as z from 'zod';

interface Sale {
  readonly winner: AgentId | null;
  readonly payments: Readonly<Record<AgentId, number>>;
}

const report = z.strictObject({ value: amount });
const yesOrNo = z.enum(['yes', 'no']);
const value = (agent: AgentId, type: { value: number }, { winner }: Sale): number =>
  winner === agent ? type.value : 0;

/** Sells at a posted price to the first who takes it, asked one by one. */
export const takeIt: Mechanism = defineMechanism({
  id: 'test/take-it',
  settings: z.strictObject({ price: amount.default(3) }),
  report,
  message: yesOrNo,
  *conduct({ settings: { price }, participants, tieOrder, ask }) {
    for (const agent of [...participants].sort(tieOrder)) {
      const replies = yield* ask([agent], { price });
      if (replies.get(agent) === 'yes') return sale(participants, agent, price);
    }
    return sale(participants, null, 0);
  },
  proxy:
    ({ value }) =>
    ({ price }) =>
      value >= price ? 'yes' : 'no',
  value,
}) as object as Mechanism;

interface ClockRules {
  /** What the last one standing pays. */
  readonly price?: (called: number, before: number) => number;
  /** What is decided at once instead, wrongly or rightly. */
  readonly shortcut?: (sale: Sale, rounds: number) => { sale: Sale; rounds: number };
}

/** A rising clock: whoever is left when all others have gone pays the price at which the last one left. */
function clock(name: string, { price = (called) => called, shortcut }: ClockRules): Mechanism {
  const start = 1;
  return defineMechanism({
    id: `test/${name}`,
    // What is decided at once knows of steps of 1 only.
    settings: z.strictObject({ increment: shortcut ? z.literal(1).default(1) : positiveAmount.default(1) }),
    report,
    message: yesOrNo,
    *conduct({ settings: { increment }, participants, breakTie, ask }) {
      let active = participants;
      let before = 0;
      for (let called = start; active.length > 1; called += increment) {
        const replies = yield* ask(active, { price: called });
        const stayed = active.filter((agent) => replies.get(agent) === 'yes');
        if (stayed.length === 1) return sale(participants, stayed[0] ?? null, price(called, before));
        if (stayed.length === 0) return sale(participants, breakTie(active), before);
        [active, before] = [stayed, called];
      }
      return sale(participants, active[0] ?? null, 0);
    },
    proxy:
      ({ value }) =>
      ({ price }) =>
        value >= price ? 'yes' : 'no',
    value,
    ...(shortcut
      ? {
          decide: (
            reports: ReadonlyMap<AgentId, { value: number }>,
            {
              participants,
              tieOrder,
            }: { participants: readonly AgentId[]; tieOrder: (a: AgentId, b: AgentId) => number },
          ) => {
            const ranked = [...reports].sort(
              ([a, x], [b, y]) => Math.floor(y.value) - Math.floor(x.value) || tieOrder(a, b),
            );
            const second = Math.floor(ranked[1]?.[1].value ?? 0);
            const first = Math.floor(ranked[0]?.[1].value ?? 0);
            const paid = ranked.length < 2 ? 0 : first === second ? second : second + 1;
            const rounds = ranked.length < 2 ? 0 : second + 1;
            return shortcut(sale(participants, ranked[0]?.[0] ?? null, paid), rounds).sale;
          },
        }
      : {}),
  }) as object as Mechanism;
}

function sale(participants: readonly AgentId[], winner: AgentId | null, price: number): Sale {
  return { winner, payments: perAgent(participants, (agent) => (agent === winner ? price : 0)) };
}

export const risingClock: Mechanism = clock('rising-clock', {});
export const clockWithShortcut: Mechanism = clock('clock-with-shortcut', {
  shortcut: (sold, rounds) => ({ sale: sold, rounds }),
});
export const clockWithWrongShortcut: Mechanism = clock('clock-with-wrong-shortcut', {
  shortcut: (sold, rounds) => ({
    sale: { ...sold, payments: { ...sold.payments, ...(sold.winner === null ? {} : { [sold.winner]: 1 }) } },
    rounds,
  }),
});
/** Right about the outcome, wrong about the rounds. */
export const clockWithWrongRounds: Mechanism = {
  ...clockWithShortcut,
  id: 'test/clock-with-wrong-rounds',
  roundsOf: () => 7,
};

/** Asks everybody for a number, and has the first pay it: a conversation in name only. */
export const nameYourPrice: Mechanism = defineMechanism({
  id: 'test/name-your-price',
  settings: z.strictObject({}),
  report,
  message: amount,
  *conduct({ participants, tieOrder, ask }) {
    const replies = yield* ask(participants, { name: 'your price' });
    const [first] = [...replies].sort(([a, x], [b, y]) => y - x || tieOrder(a, b));
    return sale(participants, first?.[0] ?? null, first?.[1] ?? 0);
  },
  proxy:
    ({ value }) =>
    () =>
      value,
  value,
}) as object as Mechanism;

/** Asks until everybody has answered. */
export const patient: Mechanism = defineMechanism({
  id: 'test/patient',
  settings: z.strictObject({}),
  report,
  message: amount,
  *conduct({ participants, ask }) {
    const heard = new Map<AgentId, number>();
    while (heard.size < participants.length) {
      const replies = yield* ask(
        participants.filter((agent) => !heard.has(agent)),
        'a number, please',
      );
      for (const [agent, number] of replies) heard.set(agent, number);
    }
    return { total: [...heard.values()].reduce((sum, number) => sum + number, 0) };
  },
  proxy:
    ({ value }) =>
    () =>
      value,
}) as object as Mechanism;

/** Asks for ever when three take part. */
export const endlessForThree: Mechanism = defineMechanism({
  id: 'test/endless-for-three',
  settings: z.strictObject({}),
  report,
  message: amount,
  *conduct({ participants, ask }) {
    do yield* ask(participants, 'again');
    while (participants.length === 3);
    return { done: true };
  },
  proxy:
    ({ value }) =>
    () =>
      value,
}) as object as Mechanism;

/** Takes every agent's word for granted. */
export const credulous: Mechanism = defineMechanism({
  id: 'test/credulous',
  settings: z.strictObject({}),
  report,
  message: z.strictObject({ bid: amount }),
  *conduct({ participants, ask }) {
    const replies = yield* ask(participants, 'a bid, please');
    return { bids: participants.map((agent) => (replies.get(agent) as { bid: number }).bid).sort((a, b) => a - b) };
  },
  proxy:
    ({ value }) =>
    () => ({ bid: value }),
}) as object as Mechanism;

/** Divides by what it heard. */
export const divisive: Mechanism = defineMechanism({
  id: 'test/divisive',
  settings: z.strictObject({}),
  report,
  message: amount,
  *conduct({ participants, ask }) {
    const replies = yield* ask(participants, 'a number, please');
    return {
      payments: perAgent(
        participants,
        () => participants.length / (participants.length === 0 ? 1 : replies.size / participants.length === 1 ? 1 : 0),
      ),
    };
  },
  proxy:
    ({ value }) =>
    () =>
      value,
}) as object as Mechanism;

/** A price that moves without steps: rising, the last who has not stopped it pays the last stop; falling, the first who stops it pays that. */
function continuousClock(name: string, direction: 'ascending' | 'descending'): Mechanism {
  return defineMechanism({
    id: `test/${name}`,
    settings: z.strictObject({}),
    report,
    message: amount,
    *conduct({ participants, tieOrder, runClock }) {
      const onwards = direction === 'ascending' ? 1 : -1;
      let active = participants;
      let price = 0;
      while (active.length > (direction === 'ascending' ? 1 : 0)) {
        const replies = yield* runClock(active, { from: price }, { direction, stopAt: (message) => message });
        const [first] = [...replies].sort(([a, x], [b, y]) => onwards * (x - y) || -onwards * tieOrder(a, b));
        if (!first) return sale(participants, null, 0);
        if (direction === 'descending') return sale(participants, first[0], first[1]);
        price = Math.max(price, first[1]);
        active = active.filter((agent) => agent !== first[0] && replies.has(agent));
      }
      return sale(participants, active[0] ?? null, price);
    },
    proxy:
      ({ value }) =>
      () =>
        value,
    value,
  }) as object as Mechanism;
}

export const buttonAuction: Mechanism = continuousClock('button-auction', 'ascending');
export const fallingClock: Mechanism = continuousClock('falling-clock', 'descending');
