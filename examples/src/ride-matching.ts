/*
 * Riders say what a ride is worth to them at most, drivers what they would drive for at least. One price that clears the market invites
 * both sides to exaggerate. McAfee's double auction does not; its price is that it may lose the least valuable ride.
 *
 * Verified: the kit looks for somebody who gains by a lie, and for a deficit. The clearing price loses, McAfee's auction does not.
 */
import { doubleAuction, subject, verify } from '@mechane/conformance';
import { createMechane } from '@mechane/core';
import { call, markets, mcafee } from '@mechane/market';

const mechane = createMechane().use(markets);
const riders = { ann: 30, bob: 25, cat: 20, dan: 12 };
const drivers = { eve: 6, fay: 10, gus: 17, hal: 19 };
const reports = Object.fromEntries([
  ...Object.entries(riders).map(([name, price]) => [name, { side: 'buy' as const, price }]),
  ...Object.entries(drivers).map(([name, price]) => [name, { side: 'sell' as const, price }]),
]);

const cleared = mechane.run('market/call', { reports });
const truthful = mechane.run('market/mcafee', { reports });

for (const [name, { outcome, metrics }] of Object.entries({ 'one price': cleared, McAfee: truthful })) {
  console.log(`\n${name}: ${outcome.traded} rides, worth ${metrics.welfare} in all\n`);
  for (const [agent, rides] of Object.entries(outcome.trades)) {
    if (rides === 0) continue;
    const money = outcome.payments[agent] ?? 0;
    console.log(`  ${agent} ${rides > 0 ? `rides for ${money}` : `drives for ${-money}`}`);
  }
  console.log(`  ${metrics.revenue} is left over`);
}
const lost = (cleared.metrics.welfare ?? 0) - (truthful.metrics.welfare ?? 0);
console.log(`\nMcAfee's auction loses a ride worth ${lost}: ${truthful.metrics.efficiency?.toFixed(3)} of the best.`);

// The clearing price says of itself that truth is not always best. Here it claims that it is.
const boastful = { ...call, claims: () => [{ law: 'strategy-proof', holds: true, because: 'a boast' }] as const };
console.log('\nIs it best to tell the truth?\n');
const domain = doubleAuction();
for (const examined of [subject({ mechanism: mcafee, domain }), subject({ mechanism: boastful, domain })]) {
  const { mechanism, laws } = await verify(examined, { laws: ['strategy-proof', 'no-deficit'], runs: 100 });
  for (const { law, claim, verdict, reason } of laws) {
    if (claim) console.log(`  ${mechanism}: ${law} ${verdict}. ${reason}`);
  }
}
