import type { AgentId } from '../contract/agent.ts';
import { type Rounds, rounds } from '../contract/round.ts';
import type { Setup } from '../contract/setup.ts';
import { firstOf, type TieBreak, type TieOrder, tieOrderOf } from '../contract/tie-break.ts';
import type { Cancellation } from '../live/cancellation.ts';
import { freshSeed, type Random } from '../services/random.ts';
import type { ServiceScope } from '../services/service-scope.ts';
import { RandomService, type Token } from '../services/token.ts';

export interface RunSetupInput {
  readonly settings: unknown;
  /** The unit of money that the settings name. */
  readonly unit?: number | undefined;
  readonly breakTie: TieBreak;
  /** How reports are sealed, as the settings say. */
  readonly sealing?: unknown;
  readonly identity?: { readonly id: string } | undefined;
  readonly participants: readonly AgentId[];
  readonly seed: number | undefined;
  readonly signal: AbortSignal | undefined;
  /** Where the signal is to be made only when somebody wants it. */
  readonly cancellation?: Cancellation | undefined;
  /** Opens the run's own services, when the first is asked for. */
  readonly openScope: () => ServiceScope;
}

/** The setup of one run. Nothing in it is made before it is asked for, so that a plain sealed auction pays for none of it. */
export class RunSetup implements Setup {
  readonly ask: Rounds<unknown>['ask'] = rounds.ask;
  readonly askEach: Rounds<unknown>['askEach'] = rounds.askEach;
  readonly runClock: Rounds<unknown>['runClock'] = rounds.runClock;
  readonly listen: Rounds<unknown>['listen'] = rounds.listen;
  readonly listenEach: Rounds<unknown>['listenEach'] = rounds.listenEach;
  readonly settings: unknown;
  readonly participants: readonly AgentId[];
  /** The unit of money that the settings name. */
  readonly unit: number | undefined;
  readonly written: (amount: number) => number = asItIs;
  readonly #input: RunSetupInput;
  #seed: number | undefined;
  #scope: ServiceScope | undefined;
  #tieOrder: TieOrder | undefined;

  constructor(input: RunSetupInput) {
    this.settings = input.settings;
    this.participants = input.participants;
    this.unit = input.unit;
    this.#input = input;
    this.#seed = input.seed;
  }

  /** The seed given, or the one drawn when randomness was first asked for; `null` when none was needed. */
  get seed(): number | null {
    return this.#seed ?? null;
  }

  /** The seed, drawn now if there was none. */
  drawnSeed(): number {
    this.#seed ??= freshSeed();
    return this.#seed;
  }

  get run(): string | undefined {
    return this.#input.identity?.id;
  }

  /** How reports are sealed, as the settings say. */
  get sealing(): unknown {
    return this.#input.sealing;
  }

  get signal(): AbortSignal | undefined {
    return this.#input.cancellation?.signal ?? this.#input.signal;
  }

  get tieOrder(): TieOrder {
    this.#tieOrder ??= tieOrderOf(this.#input.breakTie, this.participants, () => this.random);
    return this.#tieOrder;
  }

  get breakTie(): (candidates: readonly AgentId[]) => AgentId {
    return (candidates) => firstOf(candidates, this.tieOrder);
  }

  get random(): Random {
    return this.service(RandomService);
  }

  get service(): <Service>(token: Token<Service>) => Service {
    return (token) => this.#openScope().resolve(token);
  }

  #openScope(): ServiceScope {
    this.#scope ??= this.#input.openScope();
    return this.#scope;
  }

  /** Whether a service was asked for, so that there is something to dispose. */
  get scope(): ServiceScope | undefined {
    return this.#scope;
  }
}

function asItIs(amount: number): number {
  return amount;
}
