/*
 * An auction among live agents that answer in their own time: one thinks for a while, one has crashed, one talks nonsense.
 * None of them can stop the auction, and what went wrong is in the events.
 */
import { sealedAuctions } from '@mechane/auction-sealed';
import { createMechane } from '@mechane/core';

const mechane = createMechane().use(sealedAuctions);

mechane.agents.register('planner', async () => {
  await new Promise((resolve) => setTimeout(resolve, 20));
  return { bid: 15, value: 'run the batch at night' };
});
mechane.agents.register('crawler', () => ({ bid: 12, value: 'crawl now' }));
mechane.agents.register('crashed', () => {
  throw new Error('out of memory');
});
mechane.agents.register('confused', () => ({ bid: 'as much as it takes' }));

mechane.on((event) => {
  if (event.kind === 'silent') console.log(`${event.agent} kept silent: ${event.why}`);
});

const { outcome, metrics } = await mechane.open('auction-sealed/second-price', {
  agents: ['planner', 'crawler', 'crashed', 'confused'],
  within: 1000,
}).result;
console.log(`${outcome.winner} may "${outcome.winningValue}" and pays ${outcome.payment}.`);
console.log(`${metrics.participants} took part; efficiency ${metrics.efficiency}, revenue ${metrics.revenue}.`);

await mechane.dispose();
