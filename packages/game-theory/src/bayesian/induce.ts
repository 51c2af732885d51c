import {
  type AgentId,
  createMechane,
  definePlugin,
  MechaneError,
  type Mechanism,
  type Provider,
  type ReportOf,
  type SettingsOf,
} from '@mechane/core';
import { readReports, readSettings, utilityOf } from '@mechane/core/host';
import type { RationalLike } from '@mechane/numerics';
import { invalidGame, tooLarge } from '../errors.ts';
import { stridesOf } from '../normal-form/game.ts';
import { BayesianGame } from './bayesian-game.ts';

/**
 * What agents may be, how likely that is, and what they can say.
 *
 * @category Bayesian games
 */
export interface TypeSpace<M extends Mechanism> {
  /** The types of each agent, written as reports. */
  readonly types: Readonly<Record<AgentId, readonly ReportOf<M>[]>>;
  /** How likely each type of each agent is, independently; equally likely where it is left out. */
  readonly probabilities?: Readonly<Record<AgentId, readonly RationalLike[]>>;
  /** What each agent can report: its types unless this says otherwise. */
  readonly reports?: Readonly<Record<AgentId, readonly ReportOf<M>[]>>;
  readonly settings?: SettingsOf<M>;
  /** Where the mechanism draws lots: payoffs are averages over runs with these seeds. One run with the seed 1 unless given. */
  readonly seeds?: readonly number[];
  /** Services that the mechanism asks for. */
  readonly services?: readonly Provider[];
}

/**
 * A mechanism as a game: actions are reports, and a payoff is what the outcome is worth to the true type after payments.
 *
 * @category Bayesian games
 */
export interface InducedGame<Report = unknown, Outcome = object> extends BayesianGame {
  /** What each agent can report, in the order of its actions. */
  readonly reports: readonly (readonly Report[])[];
  /** Whether the actions of each agent are its types, so that telling the truth is the plan `[0, 1, 2, …]`. */
  readonly direct: boolean;
  /** What comes out for these reports, by index; the run with the first seed. */
  outcome(actions: readonly number[]): Outcome;
}

const mostRuns = 2 ** 18;

/**
 * Turns a mechanism on finitely many types into a Bayesian game, to look for dominant strategies, equilibria and manipulations. Mechanisms
 * with rounds are played by their proxies: the game is that of the induced direct mechanism. Outcomes are computed when they are
 * first asked for, and kept.
 *
 * @throws MechaneError `invalid-game` where the mechanism says nothing about utilities, `invalid-report` or `invalid-settings` with the
 * path, `too-large` beyond 262,144 profiles of reports
 * @category Bayesian games
 * @example
 * ```ts
 * import { firstPrice } from '@mechane/auction-sealed';
 * import { bayesNash, induce } from '@mechane/game-theory';
 *
 * const values = [{ bid: 0 }, { bid: 2 }];
 * const reports = [{ bid: 0 }, { bid: 1 }, { bid: 2 }];
 * const game = induce(firstPrice, { types: { ann: values, bob: values }, reports: { ann: reports, bob: reports } });
 * // Whoever is worth 2 bids 1: half of it, as in the equilibrium of two bidders with evenly drawn values.
 * bayesNash(game).now().results.some(({ plans }) => plans.every(([, high]) => high === 1)); // => true
 * ```
 */
export function induce<M extends Mechanism>(mechanism: M, space: TypeSpace<M>): InducedGame<ReportOf<M>> {
  const { settings = {}, seeds = [1], services = [] } = space;
  const players = Object.keys(space.types);
  const types = players.map((agent) => parsed(mechanism, agent, space.types[agent] ?? [], 'types'));
  const given = players.map((agent) => space.reports?.[agent] ?? space.types[agent] ?? []);
  const actions = players.map((agent, player) => parsed(mechanism, agent, given[player] ?? [], 'reports'));
  const shape = actions.map(({ length }) => length);
  const size = shape.reduce((product, count) => product * count, 1);
  if (size > mostRuns) throw tooLarge('the number of profiles of reports', size, mostRuns, ['reports']);
  if (seeds.length === 0) throw invalidGame({ problem: 'there is no seed', path: ['seeds'], expected: 'one or more' });
  requireUtility(mechanism);

  const settled = readSettings(mechanism, settings).settings;
  const plugin = definePlugin<Mechanism>({ name: 'induced', version: '0.0.0', mechanisms: [mechanism] });
  const mechane = createMechane({ services }).use(plugin);
  const strides = stridesOf(shape);
  const played = new Map<number, readonly object[]>();
  const outcomes = (profile: readonly number[]): readonly object[] => {
    const at = profile.reduce((index, action, player) => index + action * (strides[player] as number), 0);
    const known = played.get(at);
    if (known !== undefined) return known;
    const reports = profile.map((action, player) => [players[player] as string, given[player]?.[action]] as const);
    const made = seeds.map((seed) => mechane.untyped.run(mechanism.id, { settings, reports, seed }).outcome);
    played.set(at, made);
    return made;
  };
  const game = new BayesianGame({
    players,
    types: types.map((own) => own.map(named)),
    ...(space.probabilities === undefined
      ? {}
      : { probabilities: players.map((agent) => space.probabilities?.[agent] ?? evenly(space.types[agent] ?? [])) }),
    actions: actions.map((own) => own.map(named)),
    payoff(player, profile, reported) {
      const agent = players[player] as string;
      const type = types[player]?.[profile[player] as number];
      let sum = 0;
      for (const outcome of outcomes(reported)) sum += utilityOf(mechanism, agent, type, outcome, settled) as number;
      return sum / seeds.length;
    },
  });
  return Object.assign(game, {
    reports: given,
    direct: players.every((agent) => (space.reports?.[agent] ?? space.types[agent]) === space.types[agent]),
    outcome: (profile: readonly number[]) => outcomes(profile)[0] as object,
  });
}

function requireUtility(mechanism: Mechanism): void {
  if (mechanism.value || mechanism.utility) return;
  throw invalidGame({
    problem: `${mechanism.id} does not say what its outcomes are worth to agents`,
    fix: 'give the mechanism a value or a utility',
  });
}

/** Reports as the mechanism reads them, with the path of the first that it does not take. */
function parsed(mechanism: Mechanism, agent: AgentId, reports: readonly unknown[], where: string): readonly unknown[] {
  return reports.map((report, index) => {
    try {
      return readReports(mechanism, [[agent, report]]).get(agent);
    } catch (thrown) {
      if (!(thrown instanceof MechaneError)) throw thrown;
      const { code, path, expected, fix, message } = thrown;
      throw new MechaneError(code, {
        problem: message,
        path: [where, agent, index, ...path.slice(2)],
        ...(expected === undefined ? {} : { expected }),
        ...(fix === undefined ? {} : { fix }),
        cause: thrown,
      });
    }
  });
}

function evenly(types: readonly unknown[]): readonly string[] {
  return types.map(() => `1/${types.length}`);
}

function named(report: unknown): string {
  return JSON.stringify(report) ?? 'nothing';
}
