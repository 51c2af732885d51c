import type { AgentId } from '../contract/agent.ts';
import { conclusionOf } from '../contract/certificate.ts';
import type { Mechanism } from '../contract/mechanism.ts';
import type { Setup } from '../contract/setup.ts';
import { answeredByProxies, conduct } from './conduct.ts';
import type { Conducted } from './conversing.ts';

/**
 * The induced direct mechanism: what comes out when every agent lets the mechanism's own proxy play its report (Gibbard 1973;
 * Myerson 1979). Takes the mechanism's shorter way where it has one.
 *
 * `reports` are parsed; their order is the order in which the agents came.
 */
export function induced(mechanism: Mechanism, reports: ReadonlyMap<AgentId, unknown>, setup: Setup): Conducted {
  if (!mechanism.decide) return conduct(mechanism, setup, answeredByProxies(mechanism, reports));
  const { outcome, certificate } = conclusionOf(mechanism.decide(reports, setup));
  return { outcome, certificate, rounds: mechanism.roundsOf?.(outcome) ?? 1 };
}
