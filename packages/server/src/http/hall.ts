import type { AgentId } from '@mechane/core';
import type { Gate } from '../access/gate.ts';
import type { Limits } from '../access/limits.ts';
import type { Tokens } from '../access/tokens.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Metrics } from '../observed/metrics.ts';
import type { Places } from '../places.ts';
import type { Belongings } from '../sessions/belongings.ts';
import type { Making } from '../sessions/made-session.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { Frame } from '../sessions/told-events.ts';
import type { Store } from '../store/store.ts';

/** What routes answer with. */
export interface Hall {
  readonly catalogue: Catalogue;
  readonly store: Store;
  readonly tokens: Tokens;
  readonly gate: Gate;
  readonly limits: Limits;
  readonly metrics: Metrics;
  sessions(): Sessions;
  readonly belongings: Belongings;
  /** Where sessions are that are not here, when others share the store. */
  readonly places: Places | undefined;
  /** The key of receipts, as a JSON Web Key. */
  readonly publicKey: object;
  /** Plays a scenario. */
  run(scenario: unknown): Promise<unknown>;
  readBody(request: Request): Promise<unknown>;
  /** The page at `/`, and what it is made of. */
  readonly page: ((request: Request) => Response | undefined | Promise<Response | undefined>) | undefined;
  /** A JSON Schema of what may be said in a session. */
  messageSchema(making: Making): object;
  /** What an agent says in a session, as its mechanism reads it. @throws MechaneError `invalid-message` */
  readMessage(making: Making, agent: AgentId, message: unknown): unknown;
  /** The address of a session. */
  urlOf(request: Request, session: string): string;
  /** @throws MechaneError `draining` once the service is going down. */
  refuseWhileDraining(): void;
  /** A signal that aborts when the service is going down, or after this many milliseconds. */
  patience(milliseconds: number, request: Request): AbortSignal;
  /** How much is open now. */
  openNow(): Readonly<Record<string, number>>;
  /**
   * Answers with a stream of events.
   *
   * @throws MechaneError `too-many-requests` where too many are open.
   */
  stream(frames: (signal: AbortSignal) => AsyncGenerator<Frame>): Response;
}
