import { describedMechanism } from '../catalogue.ts';
import type { Context } from '../context.ts';

/** `mechane describe`: all that a mechanism says of itself, as JSON with JSON Schemas in it. */
export async function describe(id: string, context: Context): Promise<number> {
  const description = await describedMechanism(id, await context.plugins());
  await context.output.write(`${JSON.stringify(description, null, 2)}\n`);
  return 0;
}
