import type { AgentId } from '../contract/agent.ts';
import type { ErrorReport } from '../contract/mechane-error.ts';

/**
 * Why an agent has not replied.
 *
 * @category Events
 */
export type Silence = 'late' | 'threw' | 'malformed' | 'said-nothing' | 'unheard';

/**
 * What can happen in a run. Never what an agent said, nor an error that would quote it: sealed messages stay sealed.
 *
 * @category Events
 */
export type Happening =
  | { readonly kind: 'opened'; readonly mechanism: string; readonly participants: readonly AgentId[] }
  | {
      readonly kind: 'asked';
      readonly round: number;
      readonly agents: readonly AgentId[];
      /** What the agent is asked whose events these are: see `Session.eventsFor`. */
      readonly content?: unknown;
    }
  | { readonly kind: 'joined'; readonly agent: AgentId }
  | { readonly kind: 'replied'; readonly round: number; readonly agent: AgentId }
  | { readonly kind: 'withdrawn'; readonly round: number; readonly agent: AgentId }
  | { readonly kind: 'refused'; readonly round: number; readonly agent: AgentId; readonly error: ErrorReport }
  | { readonly kind: 'silent'; readonly round: number; readonly agent: AgentId; readonly why: Silence }
  | { readonly kind: 'round-closed'; readonly round: number; readonly replies: number }
  | { readonly kind: 'sold'; readonly agent: AgentId; readonly share: unknown; readonly payment: number }
  | { readonly kind: 'finished'; readonly mechanism: string; readonly rounds: number }
  | { readonly kind: 'failed'; readonly mechanism: string; readonly error: ErrorReport }
  /** So many events are missing here for whoever was too slow to take them. */
  | { readonly kind: 'omitted'; readonly count: number };

/**
 * Where an event comes from.
 *
 * @category Events
 */
export interface EventOrigin {
  /** What the run is called. */
  readonly run: string;
  /** What the application has noted of the run. */
  readonly note?: unknown;
  /** The number of the journal's entry that says the same, where there is one. */
  readonly seq?: number;
}

/**
 * Something that happened in a run.
 *
 * @category Events
 */
export type RunEvent = Happening & EventOrigin;

/** @category Events */
export type RunListener = (event: RunEvent) => void;

/**
 * Where runs say what happened.
 *
 * @category Events
 */
export interface Events {
  /** Whether anyone listens; what nobody hears is not put together. */
  readonly heard: boolean;
  emit(event: RunEvent): void;
  /** Listens until the returned function is called. A listener that throws disturbs neither the run nor the others. */
  on(listener: RunListener): () => void;
}

/** Events for those in the same process. */
export function localEvents(): Events {
  const listeners = new Set<RunListener>();
  return {
    get heard() {
      return listeners.size > 0;
    },
    emit(event) {
      for (const listener of listeners) {
        try {
          listener(event);
        } catch {
          // A listener's failure is the listener's.
        }
      }
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
