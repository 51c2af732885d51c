import { type AgentId, amount, directMechanism, type Mechanism, perAgent } from '@mechane/core';
import * as z from 'zod';

const valuation = z.strictObject({ values: z.record(z.string(), z.number()) });
type Reports = ReadonlyMap<AgentId, z.output<typeof valuation>>;

/** Chooses what is worth most in sum; what agents pay is a function of the Clarke tax. */
function pivotal(name: string, levied: (tax: number, budget: number) => number): Mechanism {
  return directMechanism({
    id: `test/${name}`,
    settings: z.strictObject({ alternatives: z.array(z.string()), budget: amount.default(2) }),
    report: valuation,
    decide(reports, { settings: { alternatives, budget }, participants }) {
      const chosen = best(reports, alternatives);
      const tax = (agent: AgentId): number => {
        const others = new Map([...reports].filter(([other]) => other !== agent));
        return worth(others, best(others, alternatives)) - worth(others, chosen);
      };
      return { chosen, payments: perAgent(participants, (agent) => levied(tax(agent), budget)) };
    },
    value: (_agent, { values }, { chosen }) => values[chosen] ?? 0,
    bestWelfare: (types, { alternatives }) => worth(types, best(types, alternatives)),
  }) as object as Mechanism;
}

function worth(reports: Reports, alternative: string): number {
  let sum = 0;
  for (const { values } of reports.values()) sum += values[alternative] ?? 0;
  return sum;
}

function best(reports: Reports, alternatives: readonly string[]): string {
  return alternatives.reduce(
    (most, next) => (worth(reports, next) > worth(reports, most) ? next : most),
    alternatives[0] ?? '',
  );
}

export const clarke: Mechanism = pivotal('clarke', (tax) => tax);
/** Nobody pays more than the budget. */
export const cappedVcg: Mechanism = pivotal('capped-vcg', (tax, budget) => Math.min(tax, budget));
export const untaxed: Mechanism = pivotal('untaxed', () => 0);

function facility(name: string, locate: (peaks: readonly number[]) => number): Mechanism {
  return directMechanism({
    id: `test/${name}`,
    settings: z.strictObject({}),
    report: z.strictObject({ peak: amount }),
    decide: (reports) => ({ location: locate([...reports.values()].map(({ peak }) => peak).sort((a, b) => a - b)) }),
    utility: (_agent, { peak }, { location }) => -Math.abs(peak - location),
    outsideOption: () => Number.NEGATIVE_INFINITY,
  }) as object as Mechanism;
}

export const median: Mechanism = facility('median', (peaks) => peaks[Math.floor((peaks.length - 1) / 2)] ?? 0);
export const mean: Mechanism = facility(
  'mean',
  (peaks) => peaks.reduce((sum, peak) => sum + peak, 0) / Math.max(1, peaks.length),
);
/** Where three or more come, it is where the highest of them wants it. */
export const busyMeeting: Mechanism = facility(
  'busy-meeting',
  (peaks) => peaks[peaks.length > 2 ? peaks.length - 1 : 0] ?? 0,
);
/** A truthful bore: beyond everybody, so that all would rather have it nearer. */
export const beyond: Mechanism = facility('beyond', (peaks) => (peaks.at(-1) ?? 0) + 1);
export const dictator: Mechanism = directMechanism({
  id: 'test/dictator',
  settings: z.strictObject({}),
  report: z.strictObject({ peak: amount }),
  decide: (reports) => ({ location: reports.get([...reports.keys()].sort()[0] ?? '')?.peak ?? 0 }),
  utility: (_agent, { peak }, { location }) => -Math.abs(peak - location),
}) as object as Mechanism;

const resident = z.strictObject({ owns: z.string(), ranking: z.array(z.string()) });
type Residents = ReadonlyMap<AgentId, z.output<typeof resident>>;
type Homes = ReadonlyMap<AgentId, string>;

function houses(name: string, move: (residents: Residents) => Homes): Mechanism {
  return directMechanism({
    id: `test/${name}`,
    settings: z.strictObject({}),
    report: resident,
    decide(reports, { participants }) {
      const homes = move(reports);
      return { allocation: perAgent(participants, (agent) => homes.get(agent) ?? null) };
    },
    utility: (agent, { ranking }, { allocation }) => {
      const rank = ranking.indexOf(allocation[agent] ?? '');
      return rank < 0 ? -ranking.length : -rank;
    },
    outsideOption: (_agent, { owns, ranking }) => -ranking.indexOf(owns),
  }) as object as Mechanism;
}

/** Gale's top trading cycles. */
export const topTradingCycles: Mechanism = houses('top-trading-cycles', (residents) => {
  const homes = new Map<AgentId, string>();
  const left = new Map([...residents].map(([agent, { owns }]) => [owns, agent]));
  while (left.size > 0) {
    const favourite = (agent: AgentId): string => residents.get(agent)?.ranking.find((house) => left.has(house)) ?? '';
    let agent = [...left.values()][0] as AgentId;
    const path: AgentId[] = [];
    while (!path.includes(agent)) {
      path.push(agent);
      agent = left.get(favourite(agent)) ?? agent;
    }
    const cycle = path.slice(path.indexOf(agent));
    const wishes = cycle.map((member) => [member, favourite(member)] as const);
    for (const [member, house] of wishes) {
      homes.set(member, house);
      left.delete(house);
    }
    for (const member of cycle) for (const [house, owner] of left) if (owner === member) left.delete(house);
  }
  return homes;
});
/** Everybody stays. */
export const nobodyMoves: Mechanism = houses(
  'nobody-moves',
  (residents) => new Map([...residents].map(([agent, { owns }]) => [agent, owns])),
);
/** First come by id, first served, whoever owns it. */
export const eviction: Mechanism = houses('eviction', (residents) => {
  const free = new Set([...residents.values()].map(({ owns }) => owns));
  return new Map(
    [...residents.keys()].sort().map((agent) => {
      const house = residents.get(agent)?.ranking.find((wish) => free.has(wish)) ?? '';
      free.delete(house);
      return [agent, house];
    }),
  );
});
/** First choices first, then second choices, and so on: the Boston mechanism. */
export const boston: Mechanism = houses('boston', (residents) => {
  const free = new Set([...residents.values()].map(({ owns }) => owns));
  const homes = new Map<AgentId, string>();
  for (let choice = 0; choice < residents.size; choice++) {
    for (const agent of [...residents.keys()].sort()) {
      const house = residents.get(agent)?.ranking[choice] ?? '';
      if (homes.has(agent) || !free.delete(house)) continue;
      homes.set(agent, house);
    }
  }
  return homes;
});
