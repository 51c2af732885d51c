import { nearestKey } from '@mechane/core';
import type { Context } from '../context.ts';
import { nothingPublished, unknownPublished } from '../errors.ts';
import { writeInstance } from '../instance-files.ts';
import { importPart } from '../plugins.ts';
import type { Style } from '../style.ts';
import { table } from '../table.ts';
import { printable } from '../terminal-text.ts';

/** A game or an economy that somebody published. */
export interface Published {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  /** As a file has it: an object for JSON, or the text of another format. */
  written(): object | string;
}

/** Where packages of ours keep what was published: under `/published`, by these names. */
const shelves: readonly (readonly [owner: string, exported: string])[] = [
  ['@mechane/game-theory', 'publishedGames'],
  ['@mechane/market', 'publishedEconomies'],
];

/** How what was published is written. */
export interface NamedOptions {
  readonly out?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

type Draw = (instance: unknown) => Promise<void>;

/** `mechane generate --named`: writes a game or an economy that somebody published; without a name, lists them with their sources. */
export async function generateNamed(
  name: string | true,
  options: NamedOptions,
  context: Context,
  draw: Draw,
): Promise<number> {
  const { cwd } = context.host;
  const known = await publishedIn(cwd);
  if (known.length === 0) throw nothingPublished(shelves.map(([owner]) => owner));
  if (name === true) {
    await context.output.write(options.json ? `${JSON.stringify(known.map(told))}\n` : listed(known, context.style));
    return 0;
  }
  const ids = known.map(({ id }) => id);
  const chosen = known.find(({ id }) => id === name);
  if (chosen === undefined) throw unknownPublished(name, nearestKey(name, ids));
  const written = chosen.written();
  const text = typeof written === 'string' ? written : `${JSON.stringify(written)}\n`;
  if (options.out === undefined) await context.output.write(text);
  else await writeInstance(options.out, text, cwd, options.force ?? false);
  await draw(written);
  return 0;
}

async function publishedIn(cwd: string): Promise<readonly Published[]> {
  const found: Published[] = [];
  for (const [owner, exported] of shelves) {
    const part = await importPart(cwd, owner, '/published');
    found.push(...((part?.[exported] ?? []) as readonly Published[]));
  }
  return found;
}

function told({ id, name, source }: Published): Omit<Published, 'written'> {
  return { id, name, source };
}

function listed(known: readonly Published[], style: Style): string {
  return table(
    known.map(({ id, name, source }) => [
      { text: printable(id), emphasis: style.strong },
      { text: printable(`${name} (${source})`) },
    ]),
    '',
  );
}
