import { isMechaneError, type Mechane, type Mechanism } from '@mechane/core';
import type { Reports } from '../case.ts';
import { plainCopy } from './plain-copy.ts';
import { agentOf } from './turns.ts';
import { inText } from './unplayable.ts';

/** The framework around a mechanism, as users have it: what only shows where input comes in and results go out is played here. */
export interface Edge {
  readonly mechane: Mechane<Mechanism>;
}

/** A run as a user would write it. */
export interface UserRun {
  readonly settings: unknown;
  readonly reports?: readonly (readonly [string, unknown])[];
  readonly messages?: readonly (readonly [string, unknown])[];
  readonly seed: number;
}

/** The run in which these reports are made under these settings. */
export function userRun(mechanism: Mechanism, settings: unknown, reports: Reports, seed: number): UserRun {
  if (mechanism.report) return { settings, reports: [...reports], seed };
  const messages = [...reports].map(([key, message]) => [agentOf(mechanism, key), message] as const);
  return { settings, messages, seed };
}

/** The outcome of a run at the edge, or how it failed; `undefined` where it is refused, as the edge may refuse what nobody would play. */
export function outcomeAtEdge({ mechane }: Edge, id: string, run: UserRun): unknown {
  try {
    return plainCopy(mechane.untyped.run(id, run).outcome).copy;
  } catch (thrown) {
    if (isMechaneError(thrown) && thrown.code !== 'mechanism-failed') return undefined;
    return { failure: inText(thrown) };
  }
}
