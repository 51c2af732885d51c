import type { AgentId, ErrorReport, RunResult } from '@mechane/core';
import { type Making, shownOf } from './made-session.ts';

/** How a session ended, as it is kept. */
export interface Ended {
  readonly status: 'closed' | 'cancelled' | 'failed';
  readonly round: number;
  readonly agents: readonly AgentId[];
  /** The journal's last hash. */
  readonly head: string;
  readonly result?: RunResult;
  /** Why there is none, for whoever holds the session. */
  readonly error?: ErrorReport;
}

/** What is seen of a session. */
export interface SessionView {
  readonly id: string;
  readonly mechanism: string;
  readonly status: 'open' | Ended['status'];
  readonly round: number;
  /** How many have answered in the round, while it is open. */
  readonly answered?: number;
  readonly closesAt: string | null;
  readonly agents: readonly AgentId[];
  readonly outcome?: object;
  readonly metrics?: object;
  readonly certificate?: object;
  readonly error?: ErrorReport;
  readonly head: string;
  readonly label?: string | undefined;
  readonly of?: string | undefined;
}

/** What is seen of a session that has ended. Why it failed is told in full to the admin alone: an error may quote what agents have said. */
export function viewOfEnded(
  id: string,
  making: Making,
  { status, round, agents, head, result, error }: Ended,
  isAdmin: boolean,
): SessionView {
  const { outcome, metrics, certificate } = result ?? {};
  return {
    id,
    mechanism: making.mechanism,
    ...shownOf(making),
    status,
    round,
    closesAt: null,
    agents,
    ...(outcome === undefined ? {} : { outcome }),
    ...(metrics === undefined ? {} : { metrics }),
    ...(certificate === undefined ? {} : { certificate }),
    ...(error === undefined ? {} : { error: isAdmin ? error : { code: error.code, message: sealed, path: [] } }),
    head,
  };
}

const sealed = 'the session failed, and whoever runs the service was told why';
