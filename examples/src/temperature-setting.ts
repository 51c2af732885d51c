/*
 * Three agents bid for the right to set the temperature. The auction is played under two payment rules, and the conformance
 * kit says under which of them an agent can bid its true value without regret.
 */
import { firstPrice, sealedAuctions, secondPrice } from '@mechane/auction-sealed';
import { singleItem, subject, verify } from '@mechane/conformance';
import { createMechane } from '@mechane/core';

const reports = {
  agent1: { bid: 10, value: 0.8 },
  agent2: { bid: 15, value: 0.9 },
  agent3: { bid: 12, value: 0.7 },
};

const mechane = createMechane().use(sealedAuctions);
const first = mechane.run('auction-sealed/first-price', { reports });
const second = mechane.run('auction-sealed/second-price', { reports });

console.log('\nThe temperature-setting auction\n');
for (const [agent, { bid, value }] of Object.entries(reports)) console.log(`  ${agent} bids ${bid} to set ${value}`);

const row = (name: string, cells: readonly unknown[]): string =>
  `  ${name.padEnd(14)}${cells.map((cell) => String(cell).padEnd(15)).join('')}`.trimEnd();
console.log(`\n${row('', ['winner', 'winning value', 'payment', 'welfare', 'efficiency'])}`);
for (const { mechanism, outcome, metrics } of [first, second]) {
  const { winner, winningValue, payment } = outcome;
  const name = mechanism.replace('auction-sealed/', '').replace('-', ' ');
  console.log(row(name, [winner, winningValue, payment, metrics.welfare, metrics.efficiency]));
}

// First price says of itself that truth is not the best bid. Here it claims that it is, to see what the kit makes of it.
const boastful = {
  ...firstPrice,
  claims: () => [{ law: 'strategy-proof', holds: true, because: 'a boast' }] as const,
};

console.log('\nIs the true value the best bid, whatever the others bid?\n');
for (const [name, mechanism] of Object.entries({ 'second price': secondPrice, 'first price': boastful })) {
  const auction = subject({ mechanism, domain: singleItem(), participants: { min: 2 } });
  const { laws } = await verify(auction, { laws: ['strategy-proof'] });
  for (const { verdict, examined, reason } of laws) {
    const yes = `yes: strategy-proof in all ${examined.toLocaleString('en')} cases examined,`;
    console.log(row(name, [verdict === 'holds' ? yes : 'no: strategy-proofness is refuted.']));
    console.log(row('', [`${reason}\n`]));
  }
}
