import type { AgentId } from '../contract/agent.ts';
import type { ErrorReport, MechaneError } from '../contract/mechane-error.ts';

/*
 * Errors as events and spans tell them. What an agent says is sealed, and an error may quote it: a schema that names the key it does not know, a
 * mechanism that fails over a bid. Whoever sent the message, and whoever holds the run, get the error itself.
 */

/** That a message was refused, and by which code. */
export function sealedRefusal({ code }: MechaneError, agent: AgentId): ErrorReport {
  return { code, message: 'a message was refused, and its sender was told why', path: ['messages', agent] };
}

/** What can stop a run from outside of its mechanism: these errors quote nobody. */
const ofTheHost = new Set([
  'aborted',
  'journal-failed',
  'journal-in-use',
  'too-many-rounds',
  'service-missing',
  'disposed',
]);

/** That a run has failed, and by which code. */
export function sealedFailure(mechanism: string, error: MechaneError): ErrorReport {
  if (ofTheHost.has(error.code)) return error.toJSON();
  return { code: error.code, message: `${mechanism} failed, and whoever holds the run was told why`, path: [] };
}
