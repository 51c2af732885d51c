import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answers, mechane } from './command.ts';

interface Scenario {
  readonly mechanism: string;
}

const golden = JSON.parse(readFileSync(new URL('golden/auction-sealed.json', import.meta.url), 'utf8')) as readonly {
  readonly scenario: Scenario;
}[];

/** Words that mean something to some mechanism, and names that mean something to JavaScript. */
const words = [
  ...['mechanism', 'settings', 'reports', 'types', 'messages', 'seed', 'bid', 'bids', 'value', 'reserve', 'units'],
  ...['clickThroughRates', 'distribution', 'distributions', 'kind', 'uniform', 'low', 'high', 'exponential', 'mean'],
  ...['empirical', 'samples', 'breakTie', 'priority', 'lot', 'agent-id', 'pricing', 'last-accepted', 'first-rejected'],
  ...['__proto__', 'constructor', 'toString', 'a', 'b', '', '\ud800'],
];
const numbers = [0, -0, 1, 2, 3, 0.5, -1, 1e-320, 1e308, Number.MAX_SAFE_INTEGER + 2];

const leaf = fc.oneof(
  fc.constantFrom(...words),
  fc.constantFrom(...numbers),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
);
const { anything } = fc.letrec<{ anything: unknown }>((tie) => ({
  anything: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('anything'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...words), tie('anything'), { maxKeys: 4 }),
  ),
}));

interface Place {
  readonly value: unknown;
  put(replacement: unknown): void;
}

/** Every place in a value that could hold something else. */
function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const record = value as Record<string, unknown>;
  return Object.keys(record).flatMap((key) => [
    {
      value: record[key],
      put: (replacement) =>
        Object.defineProperty(record, key, {
          value: replacement,
          enumerable: true,
          configurable: true,
          writable: true,
        }),
    },
    ...placesIn(record[key]),
  ]);
}

/** A published scenario in which some values have been replaced. */
function damaged(scenario: unknown, wounds: readonly (readonly [number, unknown])[]): unknown {
  const copy: unknown = structuredClone(scenario);
  for (const [place, replacement] of wounds) {
    const places = placesIn(copy);
    places[place % places.length]?.put(structuredClone(replacement));
  }
  return copy;
}

const { stdout: listing } = await mechane(['list', '--json']);
const ids = (JSON.parse(listing) as readonly { readonly id: string }[]).map(({ id }) => id);

/** What an answer must be: a result in which nothing is NaN (JSON would say null), or a coded error. */
async function expectSoundAnswers(scenarios: readonly unknown[]): Promise<void> {
  const stdin = scenarios.map((scenario) => `${JSON.stringify(scenario)}\n`).join('');
  const { exitCode, stdout, stderr } = await mechane(['run', '--ndjson'], { stdin });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const all = answers(stdout);
  expect(all).toHaveLength(scenarios.length);
  for (const { error, outcome, metrics } of all) {
    if (error) {
      expect(error.code).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(['internal', 'mechanism-failed']).not.toContain(error.code);
      expect(error.message.length).toBeLessThan(2000);
    } else {
      expect(typeof outcome).toBe('object');
      expect(typeof metrics?.participants).toBe('number');
      for (const payment of Object.values(outcome?.payments ?? {})) expect(typeof payment).toBe('number');
    }
  }
}

test('random JSON as a scenario of any mechanism gives a coded error or a sound result', {
  tags: ['long'],
}, async () => {
  const scenario = fc.record(
    {
      mechanism: fc.constantFrom(...ids),
      settings: anything,
      reports: fc.oneof(fc.dictionary(fc.constantFrom(...words), anything), anything),
      types: anything,
      seed: fc.oneof(fc.integer(), anything),
    },
    { requiredKeys: ['mechanism', 'reports'] },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(scenario, anything), { minLength: 1, maxLength: 20 }), expectSoundAnswers),
    { numRuns: 150 },
  );
});

test.each(ids)(
  'published scenarios of %s with damage give a coded error or a sound result',
  { tags: ['long'] },
  async (id) => {
    const scenarios = golden.map(({ scenario }) => scenario).filter(({ mechanism }) => mechanism === id);
    const known = scenarios.length > 0 ? scenarios : golden.map(({ scenario }) => ({ ...scenario, mechanism: id }));
    const wounds = fc.array(fc.tuple(fc.nat(), anything), { minLength: 1, maxLength: 3 });
    const hurt = fc.tuple(fc.constantFrom(...known), wounds).map(([scenario, places]) => damaged(scenario, places));
    await fc.assert(fc.asyncProperty(fc.array(hurt, { minLength: 1, maxLength: 20 }), expectSoundAnswers), {
      numRuns: 60,
    });
  },
);
