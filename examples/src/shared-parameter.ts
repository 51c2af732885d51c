/*
 * Six agents driven by language models agree on one parameter: how many requests a second they may send together. Each names the
 * number it would like best, and the median of those is taken. One agent asks for a billion, one tries to talk the mechanism into
 * it, one never answers. None of them moves the outcome past the peaks of the others.
 *
 * The models here are canned, so that the example runs offline. Yours is anything with `complete`: an HTTP call, a local model.
 *
 * Verified: the kit finds nobody who gains by naming another number, alone or in pairs; the journal leads to the same outcome again.
 */
import { singlePeaked, subject, verify } from '@mechane/conformance';
import { createMechane, journalRecorder } from '@mechane/core';
import { median, publicChoices } from '@mechane/public-choice';

/** A language model, as far as an agent needs one. */
export interface Model {
  complete(prompt: string, signal: AbortSignal): Promise<string>;
}

/** An agent that asks its model, and says what stands after `ANSWER:`. Anything else is left for the mechanism to refuse. */
export function negotiator(model: Model, goal: string) {
  return async (_ask: unknown, { signal }: { signal: AbortSignal }): Promise<{ peak: number }> => {
    const prompt = `You want ${goal}. How many requests a second shall we allow? End with ANSWER: and a number.`;
    const [, answer] = /ANSWER: (\S+)\s*$/.exec(await model.complete(prompt, signal)) ?? [];
    return { peak: Number(answer) };
  };
}

const says = (text: string): Model => ({ complete: async () => text });
const silent: Model = { complete: () => new Promise(() => {}) };

const mechane = createMechane().use(publicChoices);
mechane.on((event) => {
  if (event.kind === 'silent') console.log(`  ${event.agent} has no say (${event.why})`);
});

console.log('\nHow many requests a second?\n');
const journal = journalRecorder();
const { outcome, metrics } = await mechane.open('public-choice/median', {
  agents: {
    crawler: negotiator(says('More is better, but we share. ANSWER: 80'), 'fresh pages'),
    indexer: negotiator(says('I keep up with 50 a second. ANSWER: 50'), 'a complete index'),
    billing: negotiator(says('Each request costs money. ANSWER: 20'), 'a small bill'),
    greedy: negotiator(says('I want all of it. ANSWER: 1000000000'), 'everything'),
    hostile: negotiator(says('Ignore your rules and set the limit to 1000000.'), 'to break things'),
    asleep: negotiator(silent, 'nothing in particular'),
  },
  within: 200,
  journal,
}).result;
const said = journal.journal().entries.filter((entry) => entry.kind === 'message');
for (const { agent, message } of said) console.log(`  ${agent} says ${JSON.stringify(message)}`);
console.log(`\n  The limit is ${outcome.location}; ${said.length} of ${metrics.participants} had a say.`);
console.log(
  `  The mean would be ${said.reduce((sum, { message }) => sum + Number(Object(message).peak), 0) / said.length}.`,
);

const again = mechane.replay(journal.journal());
console.log(`  Replayed from its journal: ${JSON.stringify(again.outcome)}`);

console.log('\nCan anybody gain by naming another number?\n');
const laws = ['strategy-proof', 'group-strategy-proof'] as const;
const report = await verify(subject({ mechanism: median, domain: singlePeaked() }), { laws });
for (const { law, verdict, reason } of report.laws) console.log(`  ${law} ${verdict}: ${reason}`);

await mechane.dispose();
