import { type Mechanism, type Plugin, type Random, seededRandom } from '@mechane/core';
import { Designer } from '../designer/designer.ts';
import type { Objective } from '../designer/objective.ts';
import { objectiveOf, RewardScale } from '../designer/objective.ts';
import { coded, invalidExperiment, noObjective, overflow, within } from '../errors.ts';
import type { JointPlay } from '../play/joint-play.ts';
import { exp3 } from '../policies/exp3.ts';
import { fixed } from '../policies/fixed.ts';
import type { Policy } from '../policies/policy.ts';
import { slidingWindowUcb } from '../policies/sliding-window-ucb.ts';
import { thompson } from '../policies/thompson.ts';
import { ucb1 } from '../policies/ucb1.ts';
import { RunningMean } from '../statistics/running-mean.ts';
import type { ChangeDetector } from '../triggers/change-detector.ts';
import { cusum } from '../triggers/cusum.ts';
import { pageHinkley } from '../triggers/page-hinkley.ts';
import { ArmPlay } from './arm-play.ts';
import { type Experiment, type FullExperiment, readExperiment } from './experiment.ts';
import type { ArmFailure, Checkpoint, Simulation } from './result.ts';
import { type BidderMaker, membersOf } from './seats.ts';

/**
 * Where mechanisms are looked up, as in a `Mechane`.
 *
 * @category Experiments
 */
export interface MechanismSource {
  mechanism(id: string): Mechanism;
  pluginOf(id: string): Plugin | undefined;
  prepare(...ids: string[]): Promise<void>;
}

/** @category Experiments */
export interface SimulateOptions {
  /** The mechanisms in use. */
  readonly mechane: MechanismSource;
  /** The experiment's own unless given; drawn where neither says one. */
  readonly seed?: number | undefined;
  /** Ends the simulation early, with what it has. */
  readonly signal?: AbortSignal | undefined;
  /** Hears, now and then, how many rounds were played. */
  readonly onProgress?: (rounds: number) => void;
  /**
   * Hears at the end of each arm that was played how often everybody bid what; of `undefined` where there are too many profiles of bids to count, or
   * outcomes are drawn by lot.
   */
  readonly onPlay?: (arm: number, play: JointPlay | undefined) => void;
  /** Kinds of bidders of one's own, by name. */
  readonly bidders?: Readonly<Record<string, BidderMaker>>;
  /** An objective that JSON cannot say, in place of the experiment's. */
  readonly objective?: Objective;
  /** The time in milliseconds, where rounds have a limit: `performance.now` unless given. */
  readonly now?: () => number;
}

/** Rounds between looks at the clock, and milliseconds between pauses in which a signal can come. */
const stride = 256;
const pauseAfter = 40;
const checkpoints = 20;

/**
 * Simulates repeated play with learning bidders under a designer that chooses among mechanisms. Bidders know by which mechanism they play, and
 * learn at each on its own. Memory does not grow with the rounds.
 *
 * An arm that throws is taken out and reported, and the simulation goes on without it; a signal ends it with what it has.
 *
 * @throws MechaneError `invalid-experiment`, `unknown-key`, `unknown-mechanism`, `invalid-settings`, `unknown-report`, `no-cardinal-values` or
 * `no-objective`, with the path within the experiment.
 * @category Experiments
 *
 * @example
 * ```ts
 * import { simulate } from '@mechane/adaptive';
 * import { sealedAuctions } from '@mechane/auction-sealed';
 * import { createMechane } from '@mechane/core';
 *
 * const values = { kind: 'uniform' as const, low: 0, high: 1 };
 * const { pulls } = await simulate(
 *   {
 *     arms: [
 *       { mechanism: 'auction-sealed/second-price' },
 *       { mechanism: 'auction-sealed/second-price', settings: { reserve: 0.5 } },
 *     ],
 *     policy: { kind: 'ucb1' },
 *     population: { bidders: [{ kind: 'truthful', values }] },
 *     objective: 'revenue',
 *     rounds: 1000,
 *     seed: 1,
 *   },
 *   { mechane: createMechane().use(sealedAuctions) },
 * );
 * pulls[1] > pulls[0]; // => true
 * ```
 */
export async function simulate(given: Experiment, options: SimulateOptions): Promise<Simulation> {
  const experiment = readExperiment(given);
  const run = await Run.ready(experiment, options);
  return run.play();
}

/** One simulation, from its experiment to its result. */
class Run {
  readonly #experiment: FullExperiment;
  readonly #options: SimulateOptions;
  readonly #seed: number;
  readonly #arms: readonly ArmPlay[];
  readonly #designer: Designer;
  readonly #scale: RewardScale;
  readonly #reward = new RunningMean();
  readonly #failures: ArmFailure[] = [];
  readonly #checkpoints: Checkpoint[] = [];
  readonly #measure: ReturnType<typeof objectiveOf>;
  /** A clock where rounds have a limit, and otherwise one that costs nothing. */
  readonly #now: () => number;
  #since = new RunningMean();
  #played = 0;

  private constructor(experiment: FullExperiment, options: SimulateOptions, seed: number) {
    const random = seededRandom(seed);
    this.#experiment = experiment;
    this.#options = options;
    this.#measure = objectiveOf(options.objective ?? experiment.objective);
    const timed = experiment.fallback?.maximumMilliseconds !== undefined;
    this.#now = timed ? (options.now ?? systemTime) : noTime;
    this.#seed = seed;
    const members = membersOf(experiment, options.bidders);
    const keepsPlay = options.onPlay !== undefined;
    this.#arms = experiment.arms.map(({ mechanism: id, settings }, arm) => {
      const { mechane, signal } = options;
      const mechanism = mechane.mechanism(id);
      const providers = mechane.pluginOf(id)?.providers ?? [];
      return new ArmPlay({ arm, mechanism, settings, providers, signal, keepsPlay }, members, experiment, random);
    });
    this.#designer = designerOf(experiment, seededRandom(random.below(2 ** 32)));
    this.#scale = new RewardScale(experiment.range ?? (options.objective ? undefined : this.#foundRange()));
  }

  static async ready(experiment: FullExperiment, options: SimulateOptions): Promise<Run> {
    const { mechane, seed = experiment.seed ?? Math.floor(Math.random() * 2 ** 32) } = options;
    for (const [arm, { mechanism }] of experiment.arms.entries()) {
      within(['arms', arm], () => mechane.mechanism(mechanism));
    }
    await mechane.prepare(...new Set(experiment.arms.map(({ mechanism }) => mechanism)));
    return new Run(experiment, options, seed);
  }

  async play(): Promise<Simulation> {
    const { rounds } = this.#experiment;
    const { signal, onProgress, onPlay } = this.#options;
    const every = Math.max(1, Math.ceil(rounds / checkpoints));
    let reason: string | undefined;
    let paused = performance.now();
    for (let round = 1; round <= rounds && reason === undefined; round++) {
      this.#round(round);
      if (round % every === 0 || round === rounds) this.#check(round);
      if (!this.#designer.canGoOn) reason = 'every arm has failed';
      else if (round % stride === 0 && performance.now() - paused > pauseAfter) {
        onProgress?.(round);
        await new Promise((resolve) => {
          setTimeout(resolve, 0);
        });
        paused = performance.now();
      }
      if (reason === undefined && round < rounds && signal?.aborted) reason = 'interrupted';
    }
    onProgress?.(this.#played);
    for (const [index, arm] of this.#arms.entries()) if (arm.pulls > 0) onPlay?.(index, arm.jointPlay);
    return this.#result(reason);
  }

  /** What rewards lie between, as far as that is known before the first; `undefined` where an arm does not say. */
  #foundRange(): readonly [number, number] | undefined {
    const { objective } = this.#experiment;
    if (objective === 'efficiency') return [0, 1];
    const ranges = this.#arms.map((arm) => arm.rangeOf(objective));
    const known = ranges.filter((range) => range !== undefined);
    if (known.length < ranges.length) return undefined;
    return [Math.min(...known.map(([low]) => low)), Math.max(...known.map(([, high]) => high))];
  }

  #round(round: number): void {
    const { rounds, objective } = this.#experiment;
    const now = this.#now;
    const arm = this.#designer.choose();
    const play = this.#arms[arm] as ArmPlay;
    const began = now();
    try {
      const played = play.round(2 * round > rounds);
      const reward = this.#measure(played);
      if (reward === null && objective !== 'efficiency') throw noObjective(String(arm), objective, []);
      // Where nothing could be had, nothing was lost.
      const brought = reward ?? 1;
      if (!Number.isFinite(brought)) throw overflow();
      this.#played += 1;
      this.#reward.add(brought);
      this.#since.add(brought);
      if (this.#scale.widens(brought)) this.#designer.rescaled();
      this.#designer.learn(arm, {
        reward: this.#scale.scaled(brought),
        efficiency: played.efficiency,
        failures: played.failures,
        milliseconds: now() - began,
      });
    } catch (thrown) {
      const error = coded(thrown);
      this.#failures.push({ arm, round, error: error.toJSON() });
      this.#designer.fail(arm, error.message);
    }
  }

  #check(round: number): void {
    const regrets = this.#arms.filter(({ pulls }) => pulls > 0).map((arm) => arm.largestRegrets());
    const largest = (of: 'external' | 'swap'): number | null =>
      regrets.every((own) => own !== undefined) && regrets.length > 0
        ? Math.max(...regrets.map((own) => own[of]))
        : null;
    this.#checkpoints.push({
      round,
      reward: this.#since.mean,
      regret: this.#designer.regret,
      coarse: largest('external'),
      correlated: largest('swap'),
    });
    this.#since = new RunningMean();
  }

  #result(reason: string | undefined): Simulation {
    if (reason !== undefined) this.#check(this.#played);
    const { coarse, correlated } = this.#checkpoints.at(-1) as Checkpoint;
    const { regret, pulls, history } = this.#designer;
    const played = this.#arms.filter((arm) => arm.pulls > 0);
    const objective = typeof this.#options.objective === 'function' ? 'function' : this.#experiment.objective;
    return {
      seed: this.#seed,
      rounds: this.#played,
      complete: reason === undefined,
      ...(reason === undefined ? {} : { reason }),
      objective,
      pulls,
      reward: this.#reward.estimate(),
      regret: {
        designer: regret,
        perRound: this.#played === 0 ? 0 : regret / this.#played,
        range: this.#scale.range,
        bidders: played.flatMap((arm) => arm.bidders()),
      },
      history: history.entries,
      failures: this.#failures,
      arms: this.#arms.map((arm) => arm.summary()),
      convergence: {
        coarse,
        correlated: played.every((arm) => arm.allOnGrids) ? correlated : null,
        checkpoints: this.#checkpoints,
      },
    };
  }
}

function noTime(): number {
  return 0;
}

function systemTime(): number {
  return performance.now();
}

/** @throws MechaneError `invalid-experiment` where an index names no arm. */
function designerOf({ arms, policy, fallback, triggers, rounds }: FullExperiment, random: Random): Designer {
  const count = arms.length;
  const requireArm = (arm: number, path: readonly (string | number)[]): void => {
    if (arm >= count) throw invalidExperiment(`there is no arm ${arm}`, path, `an index from 0 to ${count - 1}`);
  };
  if (policy.kind === 'fixed') requireArm(policy.arm ?? 0, ['policy', 'arm']);
  for (const [place, arm] of (fallback?.chain ?? []).entries()) requireArm(arm, ['fallback', 'chain', place]);
  return new Designer({
    names: arms.map(({ mechanism }, arm) => `arm ${arm} (${mechanism})`),
    makePolicy: () => policyOf(policy, count, rounds, random),
    makeDetectors: () => triggers.map(detectorOf),
    ...(fallback === undefined ? {} : { requirements: fallback, window: fallback.window }),
    ...(fallback?.chain === undefined ? {} : { chain: fallback.chain }),
  });
}

function policyOf(policy: FullExperiment['policy'], arms: number, rounds: number, random: Random): Policy {
  switch (policy.kind) {
    case 'ucb1':
      return ucb1(arms);
    case 'thompson':
      return thompson(arms, random);
    case 'exp3': {
      const { exploration } = policy;
      return exp3(arms, random, { rounds, ...(exploration === undefined ? {} : { exploration }) });
    }
    case 'sliding-window-ucb': {
      const { window = 1_000, width = 0.6 } = policy;
      return slidingWindowUcb(arms, { window, width });
    }
    case 'fixed':
      return fixed(arms, policy.arm);
  }
}

function detectorOf(trigger: FullExperiment['triggers'][number]): ChangeDetector {
  return trigger.kind === 'cusum' ? cusum(trigger) : pageHinkley(trigger);
}
