/*
 * An ascending auction among live agents, one of which crashes half way, and what tracing sees of it: a span per run with the
 * mechanism, the participants, the rounds, and an event per round. Here spans go to the console.
 */
import { englishAuctions } from '@mechane/auction-english';
import { createMechane } from '@mechane/core';
import { trace } from '@opentelemetry/api';
import { BasicTracerProvider, ConsoleSpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';

trace.setGlobalTracerProvider(
  new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(new ConsoleSpanExporter())] }),
);

const mechane = createMechane().use(englishAuctions);
const staysUntil = (limit: number) => async (ask: { price: number }) =>
  (ask.price <= limit ? 'in' : 'out') as 'in' | 'out';

const session = mechane.open('auction-english/clock', {
  settings: { startingPrice: 5, increment: 1 },
  agents: {
    ann: staysUntil(9),
    bob: staysUntil(7),
    eve: async ({ price }) => {
      if (price > 6) throw new Error('connection lost');
      return 'in' as const;
    },
  },
});
for await (const event of session) {
  if (event.kind === 'silent') console.log(`${event.agent} is out in round ${event.round}: it ${event.why}`);
}
const { winner, payment } = await session.outcome;
console.log(`${winner} wins at ${payment}.`);
