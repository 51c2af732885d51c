/** A rule to start from, and what is wrong with it. */
export interface FamousRule {
  readonly name: string;
  readonly source: string;
  readonly code: string;
}

const ranked = 'const [first, second] = Object.keys(bids).sort((a, b) => bids[b] - bids[a]);';

/** Six rules that promise too much, and one that keeps its word. */
export const famousRules: readonly FamousRule[] = [
  {
    name: 'The winner pays its bid',
    source: 'Vickrey 1961: whoever bids its value gains nothing, and less is better',
    code: `// “Just bid what it is worth to you.”
rule({
  claims: ['strategy-proof', 'individually-rational', 'efficient'],
  decide(bids: Record<string, number>) {
    ${ranked}
    return { winner: first, price: bids[first] };
  },
});`,
  },
  {
    name: 'The winner pays the third highest bid',
    source: 'Kagel and Levin 1993: whoever bids above its value may win, at a price below it',
    code: `// If the second price is good, is the third price better?
rule({
  claims: ['strategy-proof', 'individually-rational'],
  decide(bids: Record<string, number>) {
    const [first, , third] = Object.keys(bids).sort((a, b) => bids[b] - bids[a]);
    return { winner: first, price: bids[third] ?? 0 };
  },
});`,
  },
  {
    name: 'Everybody pays',
    source: 'Baye, Kovenock and de Vries 1993: losers pay for nothing',
    code: `// A contest: every bid is kept.
rule({
  claims: ['individually-rational', 'strategy-proof', 'efficient'],
  decide(bids: Record<string, number>) {
    ${ranked}
    return { winner: first, payments: bids };
  },
});`,
  },
  {
    name: 'Split the difference',
    source: 'Chatterjee and Samuelson 1983: a price that one’s own bid moves is one to bid down',
    code: `// Halfway between the two highest bids: fair to both?
rule({
  claims: ['strategy-proof', 'individually-rational', 'no-deficit'],
  decide(bids: Record<string, number>) {
    ${ranked}
    return { winner: first, price: (bids[first] + (bids[second] ?? 0)) / 2 };
  },
});`,
  },
  {
    name: 'The price is handed back',
    source: 'Green and Laffont 1977: truth, efficiency and a balanced budget do not go together',
    code: `// A second price, shared among all so that nobody profits from the sale.
rule({
  claims: ['strategy-proof', 'efficient', 'budget-balanced'],
  decide(bids: Record<string, number>) {
    ${ranked}
    const price = bids[second] ?? 0;
    const back = price / Object.keys(bids).length;
    const payments = Object.fromEntries(Object.keys(bids).map((agent) => [agent, -back]));
    if (first) payments[first] += price;
    return { winner: first, payments };
  },
});`,
  },
  {
    name: 'A friend of the house',
    source: 'McAfee and McMillan 1989: a preference for one bidder makes others lose with the highest bid',
    code: `// ann wins whenever she is close.
rule({
  claims: ['efficient', 'anonymous', 'individually-rational'],
  decide(bids: Record<string, number>) {
    ${ranked}
    if (bids.ann >= 0.6 * bids[first]) return { winner: 'ann', price: 0.6 * Math.max(0, ...Object.keys(bids).filter((agent) => agent !== 'ann').map((agent) => bids[agent])) };
    return { winner: first, price: bids[second] ?? 0 };
  },
});`,
  },
  {
    name: 'Second price, which keeps its word',
    source: 'Vickrey 1961',
    code: `// No bid of one’s own moves the price that one pays.
rule({
  claims: ['strategy-proof', 'individually-rational', 'efficient', 'no-deficit'],
  decide(bids: Record<string, number>) {
    ${ranked}
    return { winner: first, price: bids[second] ?? 0 };
  },
});`,
  },
];
