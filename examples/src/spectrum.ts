/*
 * Seven operators bid for packages of eighteen spectrum licences, drawn from the value model of Goeree and Holt (2010). VCG payments may
 * be so low that losers offer more for the licences than the winners pay. A core-selecting auction raises them just enough, sealed or
 * as a clock with a supplementary round, as spectrum is sold in practice.
 *
 * Verified: the certificate has a bound on every other allocation, checked again by code that shares nothing with the search, and the
 * coalitions whose offers the payments match.
 */
import { combinatorialAuctions } from '@mechane/auction-combinatorial';
import { createMechane } from '@mechane/core';

interface Auction {
  readonly settings: { goods: string[] };
  readonly reports: Readonly<Record<string, { xor: { bundle: string[]; value: number }[] }>>;
}

const mechane = createMechane().use(combinatorialAuctions);
const { instance } = mechane.generate('gsvm', { settings: { bundles: 6 }, seed: 3 });
const { settings, reports } = instance as Auction;

console.log(`\n${Object.keys(reports).length} operators, licences ${settings.goods.join(' ')}\n`);

const vcg = mechane.run('auction-combinatorial/vcg', { settings, reports });
const sealed = mechane.run('auction-combinatorial/core-selecting', { settings, reports });
const clock = mechane.run('auction-combinatorial/clock-proxy', { settings: { ...settings, increment: 5 }, reports });

const row = (name: string, cells: readonly unknown[]): string =>
  `  ${name.padEnd(12)}${cells.map((cell) => String(cell).padStart(12)).join('')}`;
console.log(row('', ['licences', 'VCG', 'core', 'clock']));
for (const [operator, licences] of Object.entries(sealed.outcome.allocation)) {
  const paid = [vcg, sealed, clock].map(({ outcome }) => outcome.payments[operator]?.toFixed(4));
  console.log(row(operator, [licences.join(' '), ...paid]));
}
console.log(row('revenue', ['', ...[vcg, sealed, clock].map(({ metrics }) => metrics.revenue?.toFixed(4))]));

console.log('\nThe certificate of the core-selecting auction\n');
const { status, welfare, bound, gap, checked, binding = [] } = { ...sealed.certificate } as Record<string, unknown>;
console.log(
  `  ${status}: the licences are worth ${welfare}, and no allocation is worth more than ${bound} (gap ${gap})`,
);
console.log(`  looked at again: ${checked === 'bound' ? 'the allocation and the bound' : 'the allocation'}`);
for (const coalition of binding as readonly (readonly string[])[]) {
  console.log(`  ${coalition.join(' and ')} could offer as much as is paid, and no more, without being worse off`);
}
console.log(`\nThe clock took ${clock.outcome.rounds} rounds to the same payments.`);
