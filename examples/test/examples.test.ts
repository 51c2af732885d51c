import { readdirSync, readFileSync } from 'node:fs';
import { trace } from '@opentelemetry/api';
import { afterEach, expect, test, vi } from 'vitest';
import { fisherByHand, line, linearProgramByHand, ridesByHand, slotsByHand, spectrumByHand } from './by-hand.ts';
import { drawnBids } from './spectrum-bids.ts';

const folder = new URL('../src/', import.meta.url);

/** What each example prints: every line must be there, in this order. */
const expected: Readonly<Record<string, readonly RegExp[]>> = {
  'ad-slots.ts': [
    ...slotsByHand(),
    /In equilibrium bob bids 3 and cat 2: everybody pays what VCG charges\.$/,
    /^ +VCG: yes\./,
    /^ +second price: no\. \w+, worth \d+, gains \d+ by bidding \d+ instead of \d+/,
  ],
  // By hand: with twice its value, it wins the search for 10, which is worth 8 to it, and pays 7 for a compiler that is worth 4. Of the hours it gets two for the
  // 6 and 2 that the others would have got instead, worth 7 and 5; by the truth, one for 2.
  'agents.ts': [
    line('a search: inflating gains -2, the truth would have gained 0'),
    /hostile was told: not-yours, unknown-key, invalid-message, invalid-message$/,
    line('a browser: inflating gains 3, the truth would have gained 3'),
    line('a compiler: inflating gains -3, the truth would have gained 0'),
    line('three hours: inflating gains 4, the truth would have gained 5'),
    line('in all, inflating gained 2, and the truth would have gained 8'),
    /auction-sealed\/second-price: strategy-proof holds in all [\d,]+ cases examined$/,
    /auction-sealed\/vickrey: strategy-proof holds in all [\d,]+ cases examined$/,
  ],
  'gpu-hours.ts': [...fisherByHand(), ...linearProgramByHand()],
  'live-agents.ts': [
    /^crashed kept silent: threw$/,
    /^confused kept silent: malformed$/,
    /^planner may "run the batch at night" and pays 12\.$/,
    /^4 took part; efficiency 1, revenue 12\.$/,
  ],
  'ride-matching.ts': [
    ...ridesByHand(),
    /market\/mcafee: strategy-proof holds\./,
    /market\/mcafee: no-deficit holds\./,
    /market\/call: strategy-proof refuted\. \w+, .* gains [\d.]+ by reporting/,
  ],
  'shared-parameter.ts': [
    line('hostile has no say (malformed)'),
    line('asleep has no say (late)'),
    // The lower median of 20, 50, 80 and a billion, and their mean.
    line('The limit is 50; 4 of 6 had a say.'),
    line(`The mean would be ${(20 + 50 + 80 + 1e9) / 4}.`),
    line('Replayed from its journal: {"location":50}'),
    /strategy-proof holds:/,
    /group-strategy-proof holds:/,
  ],
  'spectrum.ts': [
    ...spectrumByHand(drawnBids()),
    line('national0 and regional2 could offer as much as is paid, and no more, without being worse off'),
  ],
  'temperature-setting.ts': [
    /^ +agent2 bids 15 to set 0\.9$/,
    /^ +first price +agent2 +0\.9 +15 +15 +1$/,
    /^ +second price +agent2 +0\.9 +12 +15 +1$/,
    /second price +yes: strategy-proof in all [\d,]+ cases examined,$/,
    /first price +no: strategy-proofness is refuted\.$/,
    /^ +\w+, worth \d+, gains [\d.]+ by bidding [\d.]+ instead of \d+ while \w+ bids \d+/,
  ],
  'third-party.ts': [
    /^The heirloom goes to ann\. {"ann":50,"bob":-10,"cat":-20}/,
    /✓ strategy-proof +holds/,
    /✓ budget-balanced +does not hold, as claimed/,
    /✓ structural\/feasible +holds/,
  ],
  'tracing.ts': [
    /^eve is out in round 3: it threw$/,
    /"mechane.mechanism":"auction-english\/clock"/,
    /^ann wins at 8\.$/,
  ],
};

afterEach(() => {
  vi.restoreAllMocks();
  // One of them has spans written to the console from then on.
  trace.disable();
});

test('every example is tested', () => {
  expect(readdirSync(folder).filter((file) => file.endsWith('.ts'))).toEqual(Object.keys(expected));
});

test('every example is run by a command, and the list of them names it', () => {
  const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const programs = [...Object.keys(expected).map((file) => file.replace('.ts', '')), 'course-allocation'].sort();
  expect(Object.keys(scripts).filter((name) => name !== 'build')).toEqual(programs);
  expect([...readme.matchAll(/`npm run ([\w-]+) -w examples`/g)].map(([, name]) => name).sort()).toEqual(programs);
});

test.each(Object.entries(expected))(
  '%s says what it should',
  async (file, patterns) => {
    const log = vi.spyOn(console, 'log').mockReturnValue();
    vi.spyOn(console, 'dir').mockImplementation((printed) => console.log(JSON.stringify(printed)));
    const error = vi.spyOn(console, 'error').mockReturnValue();
    await import(new URL(file, folder).href);
    expect(error).not.toHaveBeenCalled();
    expect(process.exitCode ?? 0).toBe(0);
    const text = (part: unknown): string => (typeof part === 'string' ? part : JSON.stringify(part));
    const lines = log.mock.calls.flatMap((parts) => parts.map(text).join(' ').split('\n'));
    let at = 0;
    for (const pattern of patterns) {
      const found = lines.findIndex((line, index) => index >= at && pattern.test(line));
      expect(found, `${pattern} in\n${lines.join('\n')}`).toBeGreaterThanOrEqual(0);
      at = found + 1;
    }
    expect(lines.join('\n')).not.toMatch(/REFUTED|undecided/);
  },
  60_000,
);
