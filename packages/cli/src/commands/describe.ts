import { claimsOf } from '../claims.ts';
import type { Context } from '../context.ts';
import { schemaOf, settingsSchema } from '../json-schema.ts';

/** `mechane describe`: all that a mechanism says of itself, as JSON with JSON Schemas in it. */
export async function describe(id: string, context: Context): Promise<number> {
  const installed = await context.plugins();
  const mechanism = installed.mechane.mechanism(id);
  const { name, version } = installed.packageOf(id);
  const description = {
    id,
    summary: mechanism.summary,
    package: name,
    version,
    settings: settingsSchema(mechanism.settings),
    report: schemaOf(mechanism.report),
    message: schemaOf(mechanism.message),
    outcome: schemaOf(mechanism.outcome),
    ...(await claimsOf(mechanism, installed)),
  };
  await context.output.write(`${JSON.stringify(description, null, 2)}\n`);
  return 0;
}
