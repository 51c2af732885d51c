/**
 * What `npm create mechanism` makes of a kind and a domain, and a change that breaks what it claims: where the source says
 * `sound`, the mutant says `broken`, and the kit refutes `law`.
 *
 * @typedef {{ kind: string, domain: string, sound: string, broken: string, law: string }} Mutant
 */

/** @type {readonly Mutant[]} */
export const mutants = [
  {
    kind: 'direct',
    domain: 'single-item',
    sound: 'bidOf(second))',
    broken: 'bidOf(winner))',
    law: 'strategy-proof',
  },
  {
    kind: 'rounds',
    domain: 'housing',
    sound: 'ranked.find((item) => left.includes(item))',
    broken: 'ranked.findLast((item) => left.includes(item))',
    law: 'pareto-efficient',
  },
  {
    kind: 'direct',
    domain: 'multi-unit',
    sound: '(bid) => bid.agent !== agent)',
    broken: '() => true)',
    law: 'strategy-proof',
  },
  {
    kind: 'direct',
    domain: 'double-auction',
    sound: 'buyers[trades - 1]',
    broken: 'buyers[trades - 2]',
    law: 'strategy-proof',
  },
  {
    kind: 'direct',
    domain: 'public-choice',
    sound: 'sum - worth(reports.get(agent), alternatives[index])',
    broken: 'sum',
    law: 'strategy-proof',
  },
  {
    kind: 'direct',
    domain: 'housing',
    sound: 'acceptable(owners.get(agent)).find(',
    broken: 'acceptable(owners.get(agent)).findLast(',
    law: 'pareto-efficient',
  },
  {
    kind: 'direct',
    domain: 'single-peaked',
    sound: '(peaks.length - 1) >> 1',
    broken: 'peaks.length - 1',
    law: 'efficient',
  },
  {
    kind: 'direct',
    domain: 'xor-bids',
    sound: 'return bestPacking(others, goods).worth - (best.worth - won.value)',
    broken: 'return won.value',
    law: 'strategy-proof',
  },
  {
    kind: 'rounds',
    domain: 'single-item',
    sound: 'sold(participants, winner, price)',
    broken: 'sold(participants, winner, price + 3)',
    law: 'individually-rational',
  },
  {
    kind: 'rounds',
    domain: 'multi-unit',
    sound: 'price * (taken.get(agent) ?? 0)',
    broken: '(price + 3) * (taken.get(agent) ?? 0)',
    law: 'individually-rational',
  },
  {
    kind: 'rounds',
    domain: 'double-auction',
    sound: 'price * bought(agent)',
    broken: '(price + 3) * bought(agent)',
    law: 'individually-rational',
  },
  {
    kind: 'rounds',
    domain: 'public-choice',
    sound: 'changes * 2 > participants.length',
    broken: "replies.get(participants[0] ?? '') === 'change'",
    law: 'anonymous',
  },
  {
    kind: 'rounds',
    domain: 'single-peaked',
    sound: 'stopped < waiting.length',
    broken: 'stopped < 1',
    law: 'efficient',
  },
  {
    kind: 'rounds',
    domain: 'xor-bids',
    sound: 'costOf(given.get(agent) ?? [], prices) ?? 0',
    broken: '3 + (costOf(given.get(agent) ?? [], prices) ?? 0)',
    law: 'individually-rational',
  },
];
