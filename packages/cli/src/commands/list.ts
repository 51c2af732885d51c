import { type ListedMechanism, listedMechanisms } from '../catalogue.ts';
import { claimGroups } from '../claims.ts';
import type { Context } from '../context.ts';
import { requireMechanisms } from '../plugins.ts';
import type { Style } from '../style.ts';
import { type Cell, table } from '../table.ts';
import { printable, shortened } from '../terminal-text.ts';

export interface ListOptions {
  readonly json?: boolean;
}

/** `mechane list`: the mechanisms that the project's plugins bring, and what each claims. */
export async function list({ json = false }: ListOptions, context: Context): Promise<number> {
  const { output, style } = context;
  const installed = await context.plugins();
  const entries = await listedMechanisms(installed);
  if (json) {
    await output.write(`${JSON.stringify(entries)}\n`);
    return 0;
  }
  requireMechanisms(installed);
  const widest = Math.max(...entries.map(({ id }) => id.length));
  await output.write(entries.map((entry) => entryText(entry, widest, style)).join('\n'));
  return 0;
}

function entryText(
  { id, version, package: owner, claims, claimedAt }: ListedMechanism,
  widest: number,
  style: Style,
): string {
  const heading = `${style.strong(printable(id))}${' '.repeat(widest - id.length)}  ${printable(owner)} ${version}\n`;
  const rows: Cell[][] = claimGroups(claims, style).map(({ heading: text, emphasis, laws }) => [
    { text, emphasis },
    { text: laws.join(', ') },
  ]);
  const note = noteOn(claimedAt);
  if (note !== undefined)
    rows.push([
      { text: 'claims', emphasis: style.faint },
      { text: note, emphasis: style.faint },
    ]);
  return heading + table(rows, '  ');
}

/** At which settings the claims are made, where those are not the default ones. */
function noteOn(claimedAt: unknown): string | undefined {
  if (claimedAt === null) return 'depend on settings';
  const settings = JSON.stringify(claimedAt);
  return settings === '{}' ? undefined : `at ${shortened(printable(settings), 100)}`;
}
