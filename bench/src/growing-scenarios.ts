import type { Subject } from '@mechane/conformance';
import { type Random, seededRandom } from '@mechane/core';
import * as fc from 'fast-check';
import type { GrowingRun } from './growing-run.ts';
import { mechane, mechanisms, subjects } from './installed.ts';

interface Scenario {
  readonly settings?: object;
  readonly reports?: Iterable<readonly [string, unknown]>;
  readonly messages?: readonly unknown[];
}

interface GrowingScenario {
  readonly mechanism: string;
  readonly of: string;
  at(size: number): Scenario;
}

/** Where a program is solved, or values are approached: time is not meant to be proportional to the size. */
const solving =
  /^auction-combinatorial\/(?!greedy)|^game-theory\/mediator$|^market\/(exchange|fisher|multi-commodity|tatonnement)$/;

/** Every mechanism with more and more agents, and with what else can be large there. */
export function growingRuns(): readonly GrowingRun[] {
  return mechanisms.flatMap((mechanism) => {
    const own = scenarios.filter((each) => each.mechanism === mechanism);
    const all = own.some(({ of }) => of.startsWith('agents')) ? own : [ofDrawnAgents(mechanism), ...own];
    return all.map(({ of, at }) => ({
      mechanism,
      of,
      isProportional: !solving.test(mechanism),
      prepare(size: number) {
        const scenario = { mechanism, seed: 1, ...at(size) };
        return () => mechane.runScenario(scenario);
      },
    }));
  });
}

/** Agents of the types that a mechanism is examined on, under the simplest settings. */
function ofDrawnAgents(id: string): GrowingScenario {
  const subject = subjects.find(({ mechanism }) => mechanism.id === id);
  if (subject === undefined) throw new TypeError(`there are no types to draw agents of ${id} from`);
  return { mechanism: id, of: 'agents', at: (size) => drawnAgents(subject, size) };
}

/** Whether no amount is so large that together with others it could be refused: the kit draws such ones, too. */
function isModest(said: unknown): boolean {
  if (typeof said === 'number') return Math.abs(said) <= 1e9;
  return typeof said !== 'object' || said === null || Object.values(said).every(isModest);
}

function drawnAgents({ mechanism, domain, settings: [first = {}] = [] }: Subject, size: number): Scenario {
  const settings = mechanism.settings.parse(first);
  const drawn = fc
    .sample(domain.types(settings), { numRuns: 2 * size, seed: size })
    .filter(isModest)
    .slice(0, size);
  const types = domain.together?.(drawn, settings) ?? drawn;
  const said = types.map((type, index) => [`agent${index}`, type] as const);
  return { settings: first as object, ...(mechanism.report ? { reports: said } : { messages: said }) };
}

const numbered = (name: string, count: number): string[] => Array.from({ length: count }, (_, index) => name + index);

/** So many agents, each with a report of its own. */
function drawn(count: number, reportOf: (random: Random, agent: number) => unknown): [string, unknown][] {
  const random = seededRandom(count);
  return Array.from({ length: count }, (_, agent) => [`agent${agent}`, reportOf(random, agent)]);
}

/** Some of these, each once. */
function someOf(names: readonly string[], random: Random): string[] {
  return [...new Set(Array.from({ length: 10 }, () => names[random.below(names.length)] as string))];
}

const falling = (random: Random): number[] =>
  Array.from({ length: 3 }, () => random.below(1_000)).sort((a, b) => b - a);

/** Agents with three marginal values each, and units for a third of what they want. */
function units(mechanism: string, reportOf: (marginals: number[]) => object, settings: object = {}): GrowingScenario {
  const at = (size: number): Scenario => ({
    settings: { units: size, ...settings },
    reports: drawn(size, (random) => reportOf(falling(random))),
  });
  return { mechanism, of: 'agents and units', at };
}

function positions(mechanism: string): GrowingScenario {
  const at = (size: number): Scenario => ({
    settings: { clickThroughRates: Array.from({ length: size }, (_, position) => size - position) },
    reports: drawn(size, (random) => ({ bid: random.below(1_000) })),
  });
  return { mechanism, of: 'agents and positions', at };
}

/** Three bidders for one thing, whose values are so many increments high. */
function prices(mechanism: string, reportOf: (value: number) => object, settings: object): GrowingScenario {
  const at = (size: number): Scenario => ({
    settings: { increment: 1, ...settings },
    reports: [size, size - 1, Math.ceil(size / 2)].map((value, agent) => [`agent${agent}`, reportOf(value)]),
  });
  return { mechanism, of: 'called prices', at };
}

const forItem = (value: number): object => ({ xor: [{ bundle: ['A'], value }] });

const scenarios: readonly GrowingScenario[] = [
  {
    mechanism: 'adaptive/posted-price',
    of: 'rounds',
    at: (size) => ({ settings: { rounds: size }, reports: drawn(3, (random) => ({ value: random.below(1_000) })) }),
  },
  {
    // Its settings name the agents, and its table has a place for every profile.
    mechanism: 'game-theory/mediator',
    of: 'agents’ profiles',
    at(size) {
      const own = numbered('strategy', Math.ceil(Math.sqrt(size)));
      const payoffs = (random: Random) => own.map(() => own.map(() => random.below(1_000)));
      const reports = drawn(2, (random) => ({ payoffs: payoffs(random) }));
      return { settings: { strategies: Object.fromEntries(reports.map(([agent]) => [agent, own])) }, reports };
    },
  },
  {
    mechanism: 'matching/serial-dictatorship',
    of: 'agents and items',
    at(size) {
      const items = numbered('item', size);
      return { settings: { items }, reports: drawn(size, (random) => ({ ranking: someOf(items, random) })) };
    },
  },
  {
    mechanism: 'matching/top-trading-cycles',
    of: 'agents and items',
    at(size) {
      const items = numbered('item', size);
      const reports = drawn(size, (random, agent) => ({ owns: items[agent], ranking: someOf(items, random) }));
      return { reports };
    },
  },
  { mechanism: 'matching/boston', of: 'agents on each side', at: proposals },
  { mechanism: 'matching/deferred-acceptance', of: 'agents on each side', at: proposals },
  {
    mechanism: 'public-choice/groves',
    of: 'alternatives',
    at(size) {
      const alternatives = numbered('alternative', size);
      const valuesOf = (random: Random) => Object.fromEntries(alternatives.map((each) => [each, random.below(1_000)]));
      return { settings: { alternatives }, reports: drawn(3, (random) => ({ values: valuesOf(random) })) };
    },
  },
  {
    mechanism: 'public-choice/groves',
    of: 'agents and alternatives',
    at(size) {
      const alternatives = numbered('alternative', size);
      const valuesOf = (random: Random) =>
        Object.fromEntries(someOf(alternatives, random).map((each) => [each, random.below(1_000)]));
      return { settings: { alternatives }, reports: drawn(size, (random) => ({ values: valuesOf(random) })) };
    },
  },
  units('auction-sealed/uniform-price', (bids) => ({ bids })),
  units('auction-sealed/pay-as-bid', (bids) => ({ bids })),
  units('auction-sealed/vickrey', (bids) => ({ bids })),
  units('auction-english/clinching', (marginals) => ({ marginals })),
  units('auction-dutch/multi-unit', (thresholds) => ({ thresholds }), { startingPrice: 1_000 }),
  positions('auction-sealed/gsp'),
  positions('auction-sealed/position-vcg'),
  prices('auction-english/clock', (value) => ({ value }), { startingPrice: 0 }),
  prices('auction-english/open-outcry', (value) => ({ value }), { startingPrice: 0 }),
  prices('auction-english/clinching', (value) => ({ marginals: [value] }), { units: 1 }),
  ...['ascending-proxy', 'ibundle', 'clock-proxy', 'simultaneous-ascending'].map((name) =>
    prices(`auction-combinatorial/${name}`, forItem, { goods: ['A'] }),
  ),
];

/** As many who propose as are proposed to; who is ranked ranks back, in an order of its own. */
function proposals(size: number): Scenario {
  const random = seededRandom(size);
  const receiving = numbered('receiving', size);
  const rankedBy = new Map<string, string[]>(receiving.map((name) => [name, []]));
  const proposing = numbered('proposing', size).map((name) => {
    const ranking = someOf(receiving, random);
    for (const each of ranking) rankedBy.get(each)?.push(name);
    return [name, { side: 'proposing', ranking }] as const;
  });
  const answering = [...rankedBy].map(
    ([name, ranking]) => [name, { side: 'receiving', ranking: random.shuffled(ranking) }] as const,
  );
  return { reports: [...proposing, ...answering] };
}
