import { firstPrice, secondPrice } from '@mechane/auction-sealed';
import { createMechane, definePlugin } from '@mechane/core';
import type { SealedAuction } from '@mechane/plots';

const mechane = createMechane().use(
  definePlugin({ name: 'home', version: '1.0.0', mechanisms: [secondPrice, firstPrice] }),
);

/** The two rules that the home compares. */
export type Rule = 'second-price' | 'first-price';

/** Plays a sealed auction by one of two rules. */
export function playSealed(rule: Rule, bids: Readonly<Record<string, number>>): SealedAuction {
  const reports = Object.fromEntries(Object.entries(bids).map(([agent, bid]) => [agent, { bid }]));
  const { outcome } = mechane.run(`auction-sealed/${rule}`, { reports });
  return { bids, payments: outcome.payments, winner: outcome.winner, price: outcome.payment };
}

/** Who wins and why, in a sentence. */
export function whyInWords(rule: Rule, { bids, winner, price }: SealedAuction): string {
  if (winner === null) return 'Nobody bids, so nothing is sold.';
  const others = Object.entries(bids).filter(([agent]) => agent !== winner);
  const [rival, second] = others.reduce((best, each) => (each[1] > best[1] ? each : best), ['', 0]);
  const tie = second === bids[winner] ? ` (a tie with ${rival}, which the names break)` : '';
  const first = `${winner} wins with the highest bid, ${bids[winner]}${tie}`;
  if (rule === 'first-price') return `${first}, and pays what it bid.`;
  return `${first}, and pays ${price}: the highest bid of the others, ${rival}’s. No bid of ${winner}’s own moves that price.`;
}
