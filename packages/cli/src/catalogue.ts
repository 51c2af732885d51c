import { type Claimed, claimsOf } from './claims.ts';
import type { Installed } from './plugins.ts';

/** A mechanism, as it is listed. */
export interface ListedMechanism extends Claimed {
  readonly id: string;
  readonly version: string;
  readonly package: string;
  readonly summary: string;
}

/** The mechanisms that are installed, and what each claims. */
export async function listedMechanisms(installed: Installed): Promise<readonly ListedMechanism[]> {
  const listed: ListedMechanism[] = [];
  for (const mechanism of installed.mechane.mechanisms) {
    const { id, summary } = mechanism;
    const { name, version } = installed.packageOf(id);
    listed.push({ id, version, package: name, summary, ...(await claimsOf(mechanism, installed)) });
  }
  return listed;
}

/** All that a mechanism says of itself. */
export async function describedMechanism(id: string, installed: Installed): Promise<object> {
  const { name, version } = installed.packageOf(id);
  const { summary, settings, report, message, ask, outcome, tool } = installed.mechane.describe(id);
  const schemas = { settings, report, message, ask, outcome, tool };
  const claimed = await claimsOf(installed.mechane.mechanism(id), installed);
  return { id, summary, package: name, version, ...schemas, ...claimed };
}
