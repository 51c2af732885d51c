import { claimsOf } from '../claims.ts';
import type { Context } from '../context.ts';

/** `mechane describe`: all that a mechanism says of itself, as JSON with JSON Schemas in it. */
export async function describe(id: string, context: Context): Promise<number> {
  const installed = await context.plugins();
  const { name, version } = installed.packageOf(id);
  const { summary, settings, report, message, ask, outcome, tool } = installed.mechane.describe(id);
  const schemas = { settings, report, message, ask, outcome, tool };
  const claimed = await claimsOf(installed.mechane.mechanism(id), installed);
  const description = { id, summary, package: name, version, ...schemas, ...claimed };
  await context.output.write(`${JSON.stringify(description, null, 2)}\n`);
  return 0;
}
