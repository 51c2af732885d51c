import type { Random } from '../services/random.ts';
import type { Token } from '../services/token.ts';
import type { AgentId } from './agent.ts';
import type { Rounds } from './round.ts';
import type { TieOrder } from './tie-break.ts';

/**
 * What a mechanism is given besides what agents say. Everything in it can be taken apart: `({ settings, breakTie })`.
 *
 * @category Rounds
 */
export interface Setup<Settings = unknown, Message = unknown> extends Rounds<Message> {
  readonly settings: Settings;
  /** Everybody who takes part, in the order in which they came. No order of ids or arrival may favour anyone: see {@link breakTie}. */
  readonly participants: readonly AgentId[];
  /** The preferred one of several equals. */
  readonly breakTie: (candidates: readonly AgentId[]) => AgentId;
  /** The order of ties as a comparator, for sorting: who is preferred comes first. */
  readonly tieOrder: TieOrder;
  /** Randomness that belongs to the run's seed. */
  readonly random: Random;
  /**
   * An amount of money as it is written outside. In a rule, money may be counted in whole numbers of the run's unit: what goes into a text, such as
   * why a message is refused, is written by this.
   */
  readonly written: (amount: number) => number;
  /** Looks a service up, such as an optimizer. */
  readonly service: <Service>(token: Token<Service>) => Service;
  /** What the run is called, where it is played among agents or recorded. */
  readonly run?: string | undefined;
  /** Aborted when the run should stop; long work checks it. */
  readonly signal: AbortSignal | undefined;
}
