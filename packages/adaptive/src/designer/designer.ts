import type { Policy } from '../policies/policy.ts';
import type { ChangeDetector } from '../triggers/change-detector.ts';
import { AdaptationHistory } from './adaptation.ts';
import { Recent } from './recent.ts';

/**
 * What an arm has to keep to, on average over the last rounds in which it was played.
 *
 * @category Designer
 */
export interface Requirements {
  readonly minimumEfficiency?: number | undefined;
  /** The most milliseconds that a round may take. */
  readonly maximumMilliseconds?: number | undefined;
  /** The most agents that may fail to bid in a round. */
  readonly maximumFailures?: number | undefined;
}

/** @category Designer */
export interface DesignerOptions {
  /** What arms are called in the history. */
  readonly names: readonly string[];
  /** Makes the policy, and makes it afresh after a change. */
  readonly makePolicy: () => Policy;
  readonly requirements?: Requirements;
  /** Arms by index, the safest last. All in their order unless given. */
  readonly chain?: readonly number[];
  /** How many rounds the averages go back: 50 unless given. */
  readonly window?: number;
  /** What watches the rewards of each arm. */
  readonly makeDetectors?: () => readonly ChangeDetector[];
}

/**
 * What a round brought the designer.
 *
 * @category Designer
 */
export interface Report {
  /** By the objective, scaled to [0, 1]. */
  readonly reward: number;
  readonly efficiency: number | null;
  readonly failures: number;
  readonly milliseconds: number;
}

interface ArmState {
  readonly efficiency: Recent;
  readonly milliseconds: Recent;
  readonly failures: Recent;
  detectors: readonly ChangeDetector[];
  pulls: number;
  rewards: number;
  recentPulls: number;
  out: boolean;
}

/** How a requirement is broken. */
interface Breach {
  readonly because: string;
  readonly figures: Readonly<Record<string, number>>;
}

/** How many rounds make a block, after which it is seen which arm is preferred. */
const block = 200;

/**
 * Chooses an arm for each round by a policy. An arm that breaks a requirement or fails altogether is taken out, and the next in the chain takes over;
 * when a detector calls a change, the policy starts learning afresh. The history says what was done, and why.
 *
 * The last arm of the chain that still works is never taken out for breaking a requirement: something has to be played.
 *
 * @category Designer
 */
export class Designer {
  readonly history: AdaptationHistory = new AdaptationHistory();
  readonly #options: DesignerOptions;
  readonly #arms: readonly ArmState[];
  readonly #chain: readonly number[];
  readonly #window: number;
  #policy: Policy;
  #round = 0;
  #preferred = -1;
  #exhausted = false;

  constructor(options: DesignerOptions) {
    const { names, makePolicy, window = 50, chain = names.map((_, arm) => arm) } = options;
    this.#options = options;
    this.#policy = makePolicy();
    this.#chain = chain;
    this.#window = window;
    this.#arms = names.map(() => ({
      efficiency: new Recent(window),
      milliseconds: new Recent(window),
      failures: new Recent(window),
      detectors: options.makeDetectors?.() ?? [],
      pulls: 0,
      rewards: 0,
      recentPulls: 0,
      out: false,
    }));
  }

  /** How often each arm was played. */
  get pulls(): readonly number[] {
    return this.#arms.map(({ pulls }) => pulls);
  }

  /** What each arm brought on average, scaled; 0 where it was never played. */
  get means(): readonly number[] {
    return this.#arms.map(({ pulls, rewards }) => (pulls === 0 ? 0 : rewards / pulls));
  }

  /** Whether an arm is left to play. */
  get canGoOn(): boolean {
    return this.#arms.some(({ out }) => !out);
  }

  /** Rewards foregone, as the means of this run tell: those of the best arm, less those that came. */
  get regret(): number {
    const best = Math.max(...this.means.filter((_, arm) => (this.#arms[arm] as ArmState).pulls > 0), 0);
    return this.#arms.reduce((sum, { pulls, rewards }) => sum + pulls * best - rewards, 0);
  }

  /** The arm for the next round. */
  choose(): number {
    const arms = this.#arms;
    for (let tries = 0; tries <= arms.length; tries++) {
      const arm = this.#policy.choose();
      if (!(arms[arm] as ArmState).out) return arm;
      // What is taken out brings nothing: the policy learns to leave it alone.
      this.#policy.learn(arm, 0);
    }
    return this.#standIn(-1);
  }

  /** Takes note of what a round with an arm brought. */
  learn(arm: number, report: Report): void {
    const state = this.#arms[arm] as ArmState;
    this.#round += 1;
    state.pulls += 1;
    state.recentPulls += 1;
    state.rewards += report.reward;
    this.#policy.learn(arm, report.reward);
    if (report.efficiency !== null) state.efficiency.add(report.efficiency);
    state.milliseconds.add(report.milliseconds);
    state.failures.add(report.failures);
    this.#watch(arm, state, report.reward);
    this.#require(arm, state);
    if (this.#round % block === 0) this.#note();
  }

  /** Lets detectors start afresh where rewards are scaled otherwise from now on: what moved is the scale, and no reward. */
  rescaled(): void {
    for (const state of this.#arms) state.detectors = this.#options.makeDetectors?.() ?? [];
  }

  /** Takes an arm out that threw. */
  fail(arm: number, problem: string): void {
    const state = this.#arms[arm] as ArmState;
    this.#round += 1;
    state.out = true;
    const to = this.canGoOn ? this.#standIn(arm) : arm;
    const { names } = this.#options;
    const then = to === arm ? 'no arm is left' : `${names[to]} stands in`;
    this.#add('failure', arm, to, `${names[arm]} failed (${problem}) and is taken out: ${then}`, {
      pulls: state.pulls,
    });
  }

  /** The next arm of the chain after one; the first that is left where there is none. */
  #standIn(after: number): number {
    const from = this.#chain.indexOf(after) + 1;
    const inOrder = [...this.#chain.slice(from), ...this.#chain.slice(0, from), ...this.#arms.keys()];
    return inOrder.find((arm) => !(this.#arms[arm] as ArmState).out) ?? after;
  }

  #watch(arm: number, state: ArmState, reward: number): void {
    let called = false;
    // Every detector hears of every reward.
    for (const detector of state.detectors) called = detector.detects(reward) || called;
    if (!called) return;
    const name = this.#options.names[arm];
    const before = state.rewards / state.pulls;
    this.#policy = this.#options.makePolicy();
    this.#add('change', arm, arm, `what ${name} brings has changed: the designer starts learning afresh`, {
      reward,
      meanBefore: before,
    });
  }

  #require(arm: number, state: ArmState): void {
    const broken = this.#broken(state);
    if (broken === undefined) return;
    const { names } = this.#options;
    const left = this.#arms.filter(({ out }) => !out).length;
    if (left === 1) {
      if (!this.#exhausted) {
        this.#add('exhausted', arm, arm, `${names[arm]} ${broken.because}, but no other arm is left`, broken.figures);
      }
      this.#exhausted = true;
      return;
    }
    state.out = true;
    const to = this.#standIn(arm);
    this.#add('fallback', arm, to, `${names[arm]} ${broken.because}: ${names[to]} takes over`, broken.figures);
  }

  #broken(state: ArmState): Breach | undefined {
    const { minimumEfficiency, maximumMilliseconds, maximumFailures } = this.#options.requirements ?? {};
    const last = `over its last ${this.#window} rounds`;
    const over = (what: string, mean: number, most: number): Breach => ({
      because: `${what} of ${short(mean)} ${last}, above the limit of ${short(most)}`,
      figures: { mean, limit: most, window: this.#window },
    });
    const { efficiency, milliseconds, failures } = state;
    if (minimumEfficiency !== undefined && efficiency.full && efficiency.mean < minimumEfficiency) {
      const mean = efficiency.mean;
      return {
        because: `came to an efficiency of ${short(mean)} ${last}, below the required ${short(minimumEfficiency)}`,
        figures: { mean, limit: minimumEfficiency, window: this.#window },
      };
    }
    if (maximumMilliseconds !== undefined && milliseconds.full && milliseconds.mean > maximumMilliseconds) {
      return over('took milliseconds a round', milliseconds.mean, maximumMilliseconds);
    }
    if (maximumFailures !== undefined && failures.full && failures.mean > maximumFailures) {
      return over('had failures of agents a round', failures.mean, maximumFailures);
    }
    return undefined;
  }

  /** Says which arm was played most in the last block, where that is another than before. */
  #note(): void {
    let most = 0;
    this.#arms.forEach(({ recentPulls }, arm) => {
      if (recentPulls > (this.#arms[most] as ArmState).recentPulls) most = arm;
    });
    const { recentPulls } = this.#arms[most] as ArmState;
    for (const state of this.#arms) state.recentPulls = 0;
    const before = this.#preferred;
    this.#preferred = most;
    if (before === most) return;
    const { names } = this.#options;
    const mean = this.means[most] as number;
    const share = recentPulls / block;
    if (before === -1) {
      const because = `${names[most]} was played in ${percent(share)} of the first ${block} rounds; its mean reward is ${short(mean)}`;
      this.#add('begun', most, most, because, { share, mean });
      return;
    }
    const meanBefore = this.means[before] as number;
    const because = `${names[most]} was played in ${percent(share)} of the last ${block} rounds, more than ${names[before]}: mean rewards are ${short(mean)} and ${short(meanBefore)}`;
    this.#add('preferred', before, most, because, { share, mean, meanBefore });
  }

  #add(
    kind: Parameters<AdaptationHistory['add']>[0]['kind'],
    from: number,
    to: number,
    because: string,
    figures: Readonly<Record<string, number>>,
  ): void {
    this.history.add({ round: this.#round, kind, from, to, because, figures });
  }
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
