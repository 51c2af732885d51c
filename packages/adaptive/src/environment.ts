import { type AgentId, type Mechanism, type Provider, perAgent, seededRandom } from '@mechane/core';
import { RepeatedPlay } from './play/repeated-play.ts';
import { reportField, reportOfBid } from './play/report-field.ts';
import { Stage } from './play/stage.ts';
import { type ValueDistribution, valuesOf } from './population/value-distribution.ts';

/**
 * What an agent sees before it bids.
 *
 * @category Rounds
 */
export interface Observation {
  /** The round to come, counted from 0. */
  readonly round: number;
  /** What the agent's value is in it. */
  readonly value: number;
  /** What the last round brought: nothing before the first. */
  readonly last: { readonly price: number; readonly utility: number } | undefined;
}

/**
 * What came of a round, for all to see.
 *
 * @category Rounds
 */
export interface RoundInfo {
  readonly outcome: object;
  readonly welfare: number;
  readonly revenue: number;
  readonly efficiency: number | null;
}

/** @category Rounds */
export interface Step {
  readonly observations: Readonly<Record<AgentId, Observation>>;
  /** What each agent's utility was. */
  readonly rewards: Readonly<Record<AgentId, number>>;
  readonly done: boolean;
  readonly info: RoundInfo;
}

/**
 * A game of many agents, round after round, with the interface of PettingZoo's parallel environments (Terry et al., "PettingZoo: gym for
 * multi-agent reinforcement learning", NeurIPS 2021).
 *
 * @category Rounds
 */
export interface Environment {
  readonly agents: readonly AgentId[];
  /** Begins anew. The same seed and actions give the same trace. */
  reset(seed: number): Readonly<Record<AgentId, Observation>>;
  /** Plays a round with these bids; an agent that is missing, or whose bid is no amount, stays away. */
  step(actions: Readonly<Record<AgentId, number | undefined>>): Step;
}

/** @category Rounds */
export interface RepeatedOptions {
  readonly settings?: unknown;
  /** What each agent's value is drawn from in each round. */
  readonly values: Readonly<Record<AgentId, ValueDistribution>>;
  readonly rounds: number;
  /** The key of a report under which bids go, where it is none of the usual. */
  readonly report?: string;
  /** What each report says besides. */
  readonly with?: Readonly<Record<AgentId, object>>;
  /** The services that the mechanism asks for. */
  readonly providers?: readonly Provider[];
}

/**
 * Makes a repeated game of any mechanism whose reports hold one number. Each round, everybody's value is drawn, bids are played, and rewards are
 * utilities at the values drawn.
 *
 * @throws MechaneError `invalid-settings` or `unknown-report`
 * @category Rounds
 *
 * @example
 * ```ts
 * import { repeated } from '@mechane/adaptive';
 * import { sealedAuctions } from '@mechane/auction-sealed';
 * import { createMechane } from '@mechane/core';
 *
 * const mechane = createMechane().use(sealedAuctions);
 * const game = repeated(mechane.mechanism('auction-sealed/second-price'), {
 *   values: { ann: { kind: 'constant', value: 10 }, bob: { kind: 'constant', value: 7 } },
 *   rounds: 2,
 * });
 * game.reset(1).ann?.value; // => 10
 * game.step({ ann: 10, bob: 7 }).rewards.ann; // => 3
 * game.step({ ann: 10, bob: 9 }).done; // => true
 * ```
 */
export function repeated(mechanism: Mechanism, options: RepeatedOptions): Environment {
  const agents = Object.keys(options.values);
  const { rounds } = options;
  const fixedOf = (agent: AgentId): object => options.with?.[agent] ?? {};
  const field = reportField(mechanism, fixedOf(agents[0] ?? ''), options.report, ['report']);
  const actions = new Float64Array(agents.length);
  let play: RepeatedPlay | undefined;
  let round = 0;

  const begin = (seed: number): RepeatedPlay => {
    const random = seededRandom(seed);
    const { settings, providers = [] } = options;
    const stage = new Stage({ mechanism, settings, agents, providers }, random);
    const seats = agents.map((agent, seat) => ({
      agent,
      values: valuesOf(options.values[agent] as ValueDistribution),
      bidder: { bid: () => actions[seat] as number },
      reportOf: reportOfBid(mechanism, fixedOf(agent), field),
    }));
    const highest = Math.max(0, ...seats.map((seat) => seat.values.highest));
    return new RepeatedPlay(stage, seats, random, { field, gain: highest });
  };
  const observe = ({ round: played }: RepeatedPlay): Record<AgentId, Observation> => {
    const seatOf = new Map(agents.map((agent, seat) => [agent, seat]));
    return perAgent(agents, (agent) => {
      const seat = seatOf.get(agent) as number;
      const last = round === 0 ? undefined : { price: played.price, utility: played.utilities[seat] as number };
      return { round, value: played.values[seat] as number, last };
    });
  };
  begin(0);

  return {
    agents,
    reset(seed) {
      play = begin(seed);
      round = 0;
      play.draw();
      return observe(play);
    },
    step(bids) {
      if (play === undefined || round >= rounds) {
        throw new RangeError(play === undefined ? 'reset the environment first' : 'the game is over: reset it');
      }
      agents.forEach((agent, seat) => {
        actions[seat] = bids[agent] ?? Number.NaN;
      });
      const { outcome, welfare, revenue, efficiency, utilities } = play.finishRound();
      round += 1;
      const rewards = perAgent(agents, () => 0);
      agents.forEach((agent, seat) => {
        rewards[agent] = utilities[seat] as number;
      });
      const info = { outcome, welfare, revenue, efficiency };
      const done = round >= rounds;
      play.draw();
      return { observations: observe(play), rewards, done, info };
    },
  };
}
