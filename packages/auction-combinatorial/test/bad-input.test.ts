import { createMechane } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { combinatorialAuctions, type PackageBids, readCats } from '../src/index.ts';
import { faultOf } from './fault-of.ts';

const mechane = createMechane().use(combinatorialAuctions);

/** What is wrong with a scenario, as a code and a path. */
function fault(settings: object, reports: object, name = 'first-price'): string {
  return faultOf(() => mechane.runScenario({ mechanism: `auction-combinatorial/${name}`, settings, reports }));
}

const goods = ['A', 'B'];
const bid = (bundle: unknown, value: unknown = 1): object => ({ ann: { xor: [{ bundle, value }] } });

describe('settings', () => {
  test.each([
    [{}, 'invalid-settings settings.goods'],
    [{ goods: [] }, 'invalid-settings settings.goods'],
    [{ goods: {} }, 'invalid-settings settings.goods'],
    [{ goods: ['A', 'B', 'A'] }, 'invalid-settings settings.goods.2'],
    [{ goods: { A: 0 } }, 'invalid-settings settings.goods.A'],
    [{ goods: { A: 1.5 } }, 'invalid-settings settings.goods.A'],
    [{ goods: [1] }, 'invalid-settings settings.goods.0'],
    [{ goods, timeLimit: -1 }, 'invalid-settings settings.timeLimit'],
    [{ goods, timeLimit: Number.NaN }, 'invalid-settings settings.timeLimit'],
    [{ goods, nodeLimit: 0.5 }, 'invalid-settings settings.nodeLimit'],
    [{ goods, timelimit: 1 }, 'unknown-key settings.timelimit'],
    [{ goods, reference: 'vcg' }, 'unknown-key settings.reference'],
  ])('%j: %s', (settings, expected) => expect(fault(settings, bid(['A']))).toBe(expected));

  test('an unknown reference', () => {
    expect(fault({ goods, reference: 'median' }, bid(['A']), 'core-selecting')).toBe(
      'invalid-settings settings.reference',
    );
  });
});

describe('reports', () => {
  test.each([
    [bid([]), 'invalid-report reports.ann.xor.0.bundle'],
    [bid(['A', 'A']), 'invalid-report reports.ann.xor.0.bundle.1'],
    [bid(['A', 'C']), 'invalid-report reports.ann.xor.0.bundle.1'],
    [bid(['A', 7]), 'invalid-report reports.ann.xor.0.bundle.1'],
    [bid(['A'], -1), 'invalid-report reports.ann.xor.0.value'],
    [bid(['A'], Number.NaN), 'invalid-report reports.ann.xor.0.value'],
    [bid(['A'], Infinity), 'invalid-report reports.ann.xor.0.value'],
    [bid(['A'], '5'), 'invalid-report reports.ann.xor.0.value'],
    [{ ann: {} }, 'invalid-report reports.ann.xor'],
    [{ ann: { xor: [], or: [] } }, 'unknown-key reports.ann.or'],
    [{ ann: { or: [{ bundle: ['A', 'x'], value: 1 }] } }, 'invalid-report reports.ann.or.0.bundle.1'],
    [{ ann: { or: [{ bundle: ['A', 'B'], value: 1 }], dummies: ['B'] } }, 'invalid-report reports.ann.dummies.0'],
    [{ ann: { xor: [{ bundle: ['A'], value: 1, price: 1 }] } }, 'unknown-key reports.ann.xor.0.price'],
    [bid(['A'], 1e308), 'invalid-report reports.ann.xor.0.value'],
    [{ ann: { or: [{ bundle: ['A'], value: 1.1e300 }] } }, 'invalid-report reports.ann.or.0.value'],
  ])('%j: %s', (reports, expected) => expect(fault({ goods }, reports)).toBe(expected));

  test('a good that was misspelt is named', () => {
    const play = (): unknown =>
      mechane.run('auction-combinatorial/vcg', {
        settings: { goods: ['storage'] },
        reports: { ann: { xor: [{ bundle: ['storge'], value: 1 }] } },
      });
    expect(play).toThrow('did you mean "storage"?');
  });
});

describe('a live bidder whose bids do not fit', () => {
  test.each(['first-price', 'vcg', 'core-selecting', 'greedy'] as const)('does not stop %s', async (name) => {
    const wants = (bundle: string[]) => () => ({ xor: [{ bundle, value: 3 }] });
    const { outcome } = await mechane.open(`auction-combinatorial/${name}`, {
      settings: { goods },
      agents: { ann: wants(['A', 'C']), bob: wants(['A']) },
    }).result;
    expect(outcome.allocation).toEqual({ bob: ['A'] });
  });
});

describe('values that strain numbers', () => {
  const play = (values: readonly number[]): ReturnType<typeof run> => run(values);
  function run(values: readonly number[]) {
    const settings = { goods: values.map((_, good) => `good${good}`) };
    const reports = Object.fromEntries(
      values.map((value, good): [string, PackageBids] => [
        `bidder${good}`,
        { xor: [{ bundle: [`good${good}`], value }] },
      ]),
    );
    return mechane.run('auction-combinatorial/vcg', { settings, reports });
  }

  test('the largest value that is taken is a bid like any other', () => {
    const most = 2 ** 49;
    const { outcome, certificate } = play([most, 1]);
    expect(outcome.payments).toEqual({ bidder0: 0, bidder1: 0 });
    expect(certificate).toMatchObject({ status: 'optimal', welfare: most + 1 });
    expect(() => play([1e300, 1])).toThrow(expect.objectContaining({ code: 'imprecise-amount' }));
  });

  test('a live bidder who bids more than sums can bear has kept silent', async () => {
    const { outcome, certificate } = await mechane.open('auction-combinatorial/vcg', {
      settings: { goods },
      agents: {
        ann: () => ({ xor: [{ bundle: ['A'], value: 1.7e308 }] }),
        bob: () => ({ xor: [{ bundle: ['A', 'B'], value: 3 }] }),
      },
    }).result;
    expect(outcome).toEqual({ allocation: { bob: ['A', 'B'] }, payments: { ann: 0, bob: 0 } });
    expect(certificate).toMatchObject({ status: 'optimal', welfare: 3 });
  });

  test('values that differ by 1e15 are added exactly', () => {
    expect(play([1e15, 1]).certificate).toMatchObject({ status: 'optimal', welfare: 1e15 + 1 });
  });

  test('decimals come to the decimals that they mean', () => {
    const { certificate } = play([0.1, 0.2]);
    expect(certificate).toMatchObject({ welfare: 0.3 });
  });

  test('what is no short decimal is close', () => {
    const { certificate } = play([Math.PI, Math.E]);
    expect(certificate).toMatchObject({ status: 'optimal', welfare: Math.PI + Math.E });
  });

  test('nothing but zeros leaves everything where it is', () => {
    const { outcome, metrics } = play([0, 0]);
    expect(outcome.allocation).toEqual({});
    expect(metrics).toMatchObject({ welfare: 0, efficiency: 1 });
  });
});

describe('sizes', () => {
  test('ten thousand bidders', () => {
    const goods = Array.from({ length: 50 }, (_, good) => `good${good}`);
    const reports = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, bidder): [string, PackageBids] => [
        `bidder${bidder}`,
        {
          xor: [
            {
              bundle: [goods[bidder % 50] as string, goods[(bidder * 7 + 1) % 50] as string].filter(unique),
              value: 1 + ((bidder * 7919) % 1000),
            },
          ],
        },
      ]),
    );
    const { certificate } = mechane.run('auction-combinatorial/first-price', { settings: { goods }, reports });
    expect(certificate).toMatchObject({ status: 'optimal' });
  });

  test('thousands of bids of one bidder', () => {
    const goods = Array.from({ length: 12 }, (_, good) => `good${good}`);
    const xor = Array.from({ length: 4000 }, (_, index) => ({
      bundle: goods.filter((_, good) => ((index + 1) >>> good) & 1),
      value: 1 + ((index * 31) % 97),
    }));
    const reports = { ann: { xor }, bob: { xor: [{ bundle: goods, value: 50 }] } };
    const { outcome } = mechane.run('auction-combinatorial/vcg', { settings: { goods }, reports });
    expect(outcome.payments).toEqual({ ann: 50, bob: 0 });
  });

  const crowd = (bidders: number, most: number): Record<string, PackageBids> =>
    Object.fromEntries(
      Array.from({ length: bidders }, (_, bidder): [string, PackageBids] => [
        `bidder${bidder}`,
        {
          xor: [
            { bundle: [`good${bidder % 50}`, `good${50 + ((bidder * 7) % 50)}`], value: 1 + ((bidder * 7919) % most) },
          ],
        },
      ]),
    );
  const hundred = Array.from({ length: 100 }, (_, good) => `good${good}`);

  test.each(['vcg', 'core-selecting', 'greedy'])('ten thousand bidders in %s', (name) => {
    const mechanism = `auction-combinatorial/${name}`;
    const { outcome, metrics } = mechane.runScenario({
      mechanism,
      settings: { goods: hundred },
      reports: crowd(10_000, 997),
    });
    const { allocation, payments } = outcome as { allocation: object; payments: Record<string, number> };
    // Each pair of goods is wanted by bidders of the same two goods only, so each winner pays what its best rival bid.
    expect(Object.keys(allocation)).toHaveLength(50);
    expect(Object.values(payments).filter((payment) => payment > 0)).toHaveLength(50);
    expect(metrics.participants).toBe(10_000);
  });

  test.each(['ascending-proxy', 'ibundle', 'clock-proxy', 'simultaneous-ascending'])(
    'ten thousand bidders in %s',
    { timeout: 120_000 },
    (name) => {
      const { metrics } = mechane.runScenario({
        mechanism: `auction-combinatorial/${name}`,
        settings: { goods: hundred, increment: 1, maxRounds: 3 },
        reports: crowd(10_000, 5),
      });
      expect(metrics.participants).toBe(10_000);
      expect(metrics.rounds).toBeLessThanOrEqual(4);
    },
  );

  test('more copies than anybody wants', () => {
    const reports = {
      ann: {
        or: [
          { bundle: ['A'], value: 3 },
          { bundle: ['A'], value: 2 },
        ],
      },
      bob: { xor: [{ bundle: ['A'], value: 1 }] },
    };
    const { outcome } = mechane.run('auction-combinatorial/vcg', { settings: { goods: { A: 5 } }, reports });
    expect(outcome).toEqual({ allocation: { ann: ['A', 'A'], bob: ['A'] }, payments: { ann: 0, bob: 0 } });
  });
});

function unique(entry: string, index: number, all: readonly string[]): boolean {
  return all.indexOf(entry) === index;
}

describe('CATS files', () => {
  const file = (...lines: readonly string[]): string => lines.join('\n');
  const counts = ['goods 2', 'bids 1', 'dummy 1'];

  test.each<readonly [string, number, string]>([
    [file(), 1, 'the file does not say how many goods there are; expected "goods N".'],
    [file('goods 2'), 1, 'the file does not say how many bids there are; expected "bids N".'],
    [file('goods 2', 'bids 0', '0 5 0 #'), 3, 'the file announces 0 bids and has 1; expected 0 lines of bids.'],
    [file('% two', 'goods 2', 'bids 1', '', '0 5 0 #', '1 5 1 #'), 6, 'the file announces 1 bids and has 2; expected'],
    [file('goods 0'), 1, '0 goods; expected from 1 to 100000 goods.'],
    [file('goods 100001', 'bids 0'), 1, '100001 goods; expected from 1 to 100000 goods.'],
    [file('goods two'), 1, '"goods" has no count; expected "goods N".'],
    [file('goods'), 1, '"goods" has no count; expected "goods N".'],
    [file('goods 2 3'), 1, '"goods" has no count; expected "goods N".'],
    [file('goods -2'), 1, '"goods" has no count; expected "goods N".'],
    [file('goods 2x'), 1, '"goods" has no count; expected "goods N".'],
    [file('goods 2', 'goods 2'), 2, '"goods" is there twice; expected one line "goods N".'],
    [file('goods 2', 'bids 0', 'bids 0'), 3, '"bids" is there twice; expected one line "bids N".'],
    [file('goods 2', 'dummy 1', 'dummy 1'), 3, '"dummy" is there twice; expected one line "dummy N".'],
    [file('items 2'), 1, 'the word "items" is not known; expected "goods", "bids" or "dummy".'],
    [file('0 5 0 #', ...counts), 1, 'a bid comes before the number of goods; expected "goods N" first.'],
    [file(...counts, '0 5 0'), 4, 'the bid does not end; expected "#" at the end of the line.'],
    [file(...counts, '-1 5 0 #'), 4, '"-1" is no number of a bid; expected a whole number.'],
    [file(...counts, '1.5 5 0 #'), 4, '"1.5" is no number of a bid; expected a whole number.'],
    [file(...counts, '0 5 0 #', '0 5 1 #'), 5, 'bid 0 is there twice; expected each number once.'],
    [file(...counts, '0 five 0 #'), 4, '"five" is no price; expected a finite number, 0 or more.'],
    [file(...counts, '0 -5 0 #'), 4, '"-5" is no price; expected'],
    [file(...counts, '0 Infinity 0 #'), 4, '"Infinity" is no price; expected'],
    [file(...counts, '0 #'), 4, 'the bid does not end; expected'],
    [file(...counts, '0 0x #'), 4, '"0x" is no price; expected'],
    [file(...counts, '0 5 3 #'), 4, '"3" is no good; expected a number from 0 to 2.'],
    [file(...counts, '0 5 -1 #'), 4, '"-1" is no good; expected a number from 0 to 2.'],
    [file(...counts, '0 5 A #'), 4, '"A" is no good; expected a number from 0 to 2.'],
    [file('goods 2', 'bids 1', '0 5 2 #'), 3, '"2" is no good; expected a number from 0 to 1.'],
    [file(...counts, '0 5 0 0 #'), 4, 'good 0 is there twice; expected each good once.'],
    [file(...counts, '0 5 2 #'), 4, 'the bid wants nothing; expected one good or more.'],
  ])('%j is refused: line %d, %s', (text, line, problem) => {
    expect(faultOf(() => readCats(text))).toBe(`invalid-cats line.${line}`);
    expect(() => readCats(text)).toThrow(`line[${line}]: ${problem}`);
  });

  test('as many goods as are taken, a price of nothing and exponents are no mistake', () => {
    const { settings, reports } = readCats(file('goods 100000', 'bids 2', '7 0 99999 #', '3 1e2 0 #', ''));
    expect(settings.goods).toHaveLength(100_000);
    expect(reports).toEqual({
      bidder0: { xor: [{ bundle: ['99999'], value: 0 }] },
      bidder1: { xor: [{ bundle: ['0'], value: 100 }] },
    });
  });

  test('a file that announces more bids than it has is read, with a warning', () => {
    const warnings: unknown[] = [];
    const text = file('goods 2', 'bids 7', '0 5 0 #');
    const read = readCats(text, (warning) => warnings.push(warning));
    expect(read.reports).toEqual({ bidder0: { xor: [{ bundle: ['0'], value: 5 }] } });
    expect(warnings).toEqual([
      expect.objectContaining({
        code: 'invalid-cats',
        message:
          'line[3]: the file announces 7 bids and has 1; expected 7 lines of bids. Fix: write "bids 1", or all bids.',
      }),
    ]);
    expect(readCats(text)).toEqual(read);
    readCats(file('goods 2', 'bids 1', '0 5 0 #'), () => expect.unreachable());
  });

  test('bidders come in the order of their first bids, also where a later bid makes two of them one', () => {
    const { reports } = readCats(
      file('goods 2', 'bids 4', 'dummy 2', '0 5 0 2 #', '1 4 1 #', '2 3 1 3 #', '3 2 0 3 2 #'),
    );
    expect(Object.values(reports).map((report) => ('or' in report ? report.or.length : report.xor.length))).toEqual([
      3, 1,
    ]);
  });

  test('lines may end as they do elsewhere, and comments stand anywhere', () => {
    const text = ['% made by hand', 'goods 2', 'bids 2', 'dummy 0', '', '0\t5\t0\t#', '1\t3\t1\t#'];
    const read = readCats(text.join('\n'));
    expect(read.reports).toEqual({
      bidder0: { xor: [{ bundle: ['0'], value: 5 }] },
      bidder1: { xor: [{ bundle: ['1'], value: 3 }] },
    });
    expect(readCats(text.join('\r\n'))).toEqual(read);
    expect(readCats(`${text.join('\r')}\r`)).toEqual(read);
  });

  test('bids that share a dummy are one bidder, in the order of first bids', () => {
    const { reports } = readCats(
      file('goods 2', 'bids 4', 'dummy 2', '0 5 0 3 #', '1 4 1 #', '2 3 1 3 #', '3 2 0 1 2 #'),
    );
    expect(reports).toEqual({
      bidder0: {
        xor: [
          { bundle: ['0'], value: 5 },
          { bundle: ['1'], value: 3 },
        ],
      },
      bidder1: { xor: [{ bundle: ['1'], value: 4 }] },
      bidder2: { xor: [{ bundle: ['0', '1'], value: 2 }] },
    });
  });

  test('exclusions that are more tangled stay as they are', () => {
    const { reports } = readCats(file('goods 3', 'bids 3', 'dummy 2', '0 5 0 3 #', '1 4 1 4 #', '2 3 2 3 4 #'));
    expect(reports).toEqual({
      bidder0: {
        or: [
          { bundle: ['0', 'dummy3'], value: 5 },
          { bundle: ['1', 'dummy4'], value: 4 },
          { bundle: ['2', 'dummy3', 'dummy4'], value: 3 },
        ],
        dummies: ['dummy3', 'dummy4'],
      },
    });
    const settings = { goods: ['0', '1', '2'] };
    expect(mechane.run('auction-combinatorial/first-price', { settings, reports }).metrics.welfare).toBe(9);
  });
});
