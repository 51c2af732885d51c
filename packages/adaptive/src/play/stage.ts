import {
  type AgentId,
  type Mechanism,
  type Provider,
  provide,
  type Random,
  RandomService,
  seededRandom,
  type TieOrder,
} from '@mechane/core';
import { conduct, type HoldRound, induced, RunSetup, readSettings, ServiceScope } from '@mechane/core/host';

export interface StageParts {
  readonly mechanism: Mechanism;
  readonly settings?: unknown;
  readonly agents: readonly AgentId[];
  /** The services that the mechanism's plugin brings. */
  readonly providers?: readonly Provider[];
  readonly signal?: AbortSignal | undefined;
}

/**
 * A mechanism with its settings, to be played again and again: settings are parsed once, and reports come parsed. Where the mechanism draws
 * randomness, each round has a seed of its own from the stream given.
 */
export class Stage {
  readonly mechanism: Mechanism;
  readonly settings: unknown;
  readonly agents: readonly AgentId[];
  readonly #parts: StageParts;
  readonly #breakTie: ReturnType<typeof readSettings>['breakTie'];
  readonly #random: Random;
  #setup: RunSetup | undefined;
  #drew = false;

  /** @throws MechaneError `invalid-settings`, with the path. */
  constructor(parts: StageParts, random: Random) {
    const { settings, breakTie } = readSettings(parts.mechanism, parts.settings);
    this.mechanism = parts.mechanism;
    this.settings = settings;
    this.agents = parts.agents;
    this.#parts = parts;
    this.#breakTie = breakTie;
    this.#random = random;
  }

  /** Whether it has ever drawn randomness: only if not does the same always come of the same. */
  get drew(): boolean {
    return this.#drew;
  }

  /** Who is preferred among equals; `undefined` where that is drawn anew in every round. */
  get tieOrder(): TieOrder | undefined {
    return this.#breakTie === 'lot' ? undefined : this.#newSetup(this.agents).tieOrder;
  }

  /** What comes of a conversation whose rounds are held by others; each has a seed of its own. */
  converse(hold: HoldRound): object {
    return conduct(this.mechanism, this.#newSetup(this.agents), hold).outcome;
  }

  /** What comes of these reports. */
  play(reports: ReadonlyMap<AgentId, unknown>): object {
    const { agents } = this;
    if (reports.size === agents.length) {
      // A lot or a seed belongs to one round; a setup that drew nothing is as good as new.
      if (this.#drew || this.#setup === undefined) this.#setup = this.#newSetup(agents);
      return induced(this.mechanism, reports, this.#setup).outcome;
    }
    return induced(this.mechanism, reports, this.#newSetup([...reports.keys()])).outcome;
  }

  #newSetup(participants: readonly AgentId[]): RunSetup {
    const { providers = [], signal } = this.#parts;
    const seed = this.#random.below(2 ** 32);
    return new RunSetup({
      settings: this.settings,
      breakTie: this.#breakTie,
      participants,
      seed,
      signal,
      openScope: () => {
        const scope = new ServiceScope();
        for (const provider of providers) scope.bind(provider);
        const draw = () => {
          this.#drew = true;
          return seededRandom(seed);
        };
        scope.bind(provide(RandomService, draw, 'run'), { override: true });
        return scope;
      },
    });
  }
}
