/*
 * Three advertisers bid for two slots on a page; the upper one is clicked 200 times an hour, the lower one 100 times. The numbers are
 * those of Edelman, Ostrovsky and Schwarz (American Economic Review 97, 2007).
 *
 * Verified: the kit looks for an advertiser who gains by bidding something else than what a click is worth to it. Under the generalised
 * second price it finds one; under VCG, which claims that there is none, it does not.
 */
import { gsp, positionVcg, sealedAuctions } from '@mechane/auction-sealed';
import { positions, subject, verify } from '@mechane/conformance';
import { createMechane } from '@mechane/core';

const mechane = createMechane().use(sealedAuctions);
const settings = { clickThroughRates: [200, 100] };
const worth = { ann: { bid: 10 }, bob: { bid: 4 }, cat: { bid: 2 } };

const truthfully = mechane.run('auction-sealed/gsp', { settings, reports: worth });
const vcg = mechane.run('auction-sealed/position-vcg', { settings, reports: worth });

const row = (name: string, cells: readonly unknown[]): string =>
  `  ${name.padEnd(34)}${cells.map((cell) => String(cell).padStart(8)).join('')}`;
const payments = (name: string, { outcome, metrics }: typeof truthfully | typeof vcg): void =>
  console.log(row(name, [...Object.values(outcome.payments), metrics.revenue, metrics.efficiency]));

console.log('\nTwo slots, and a click that is worth 10 to ann, 4 to bob and 2 to cat\n');
console.log(row('', ['ann', 'bob', 'cat', 'revenue', 'effic.']));
payments('second price, all truthful', truthfully);
payments('VCG, all truthful', vcg);

// The equilibrium in which nobody would exchange places with the advertiser above: bid what VCG charges for that place, a click.
const rates = settings.clickThroughRates;
const cautious = {
  ann: worth.ann,
  bob: { bid: (vcg.outcome.payments.ann ?? 0) / (rates[0] ?? 1) },
  cat: { bid: (vcg.outcome.payments.bob ?? 0) / (rates[1] ?? 1) },
};
const equilibrium = mechane.run('auction-sealed/gsp', { settings, reports: cautious, types: worth });
payments('second price, in equilibrium', equilibrium);
console.log(
  `\n  In equilibrium bob bids ${cautious.bob.bid} and cat ${cautious.cat.bid}: everybody pays what VCG charges.`,
);

// The second price says of itself that truth is not the best bid. Here it claims that it is.
const boastful = { ...gsp, claims: () => [{ law: 'strategy-proof', holds: true, because: 'a boast' }] as const };
console.log('\nIs it best to bid what a click is worth?\n');
for (const [name, mechanism] of Object.entries({ VCG: positionVcg, 'second price': boastful })) {
  const auction = subject({ mechanism, domain: positions(), settings: [settings] });
  const { laws } = await verify(auction, { laws: ['strategy-proof'] });
  for (const { verdict, reason } of laws) console.log(`  ${name}: ${verdict === 'holds' ? 'yes' : 'no'}. ${reason}`);
}
