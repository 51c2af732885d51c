import type { ExplainedLaw } from '@mechane/conformance';
import { nearestKey } from '@mechane/core';
import type { Context } from '../context.ts';
import { unknownLaw } from '../errors.ts';
import { widthOf, wrapped } from '../wrapped.ts';

export interface ExplainOptions {
  readonly json?: boolean;
}

const hanging = '            ';

/** `mechane explain`: tells laws in five lines each, with the paper; without a law, lists them. */
export async function explain(
  names: readonly string[],
  { json = false }: ExplainOptions,
  context: Context,
): Promise<number> {
  const { explainedLaws } = await import('@mechane/conformance');
  const laws = explainedLaws();
  const chosen = names.map((name) => lawNamed(name, laws));
  const told = names.length === 0 ? laws : chosen;
  if (json) {
    await context.output.write(told.map((law) => `${JSON.stringify(law)}\n`).join(''));
    return 0;
  }
  const { style, host } = context;
  const width = widthOf(host.stdout);
  if (names.length > 0) {
    await context.output.write(chosen.map((law) => inFiveLines(law, width, style.strong)).join('\n'));
    return 0;
  }
  const column = Math.max(...laws.map(({ law }) => law.length));
  const lines = laws.flatMap(({ law, says }) =>
    wrapped(`${law.padEnd(column)}  ${says}`, width, ' '.repeat(column + 2)),
  );
  await context.output.write(lines.map((line) => `${line}\n`).join(''));
  return 0;
}

/** @throws CliError `unknown-law` */
function lawNamed(name: string, laws: readonly ExplainedLaw[]): ExplainedLaw {
  const found = laws.find(({ law }) => law === name || law === `structural/${name}`);
  if (found === undefined)
    throw unknownLaw(
      name,
      nearestKey(
        name,
        laws.map(({ law }) => law),
      ),
    );
  return found;
}

function inFiveLines(
  { law, says, modes = {}, means, broken, examined, source }: ExplainedLaw,
  width: number,
  strong: (text: string) => string,
): string {
  const [first = '', ...rest] = wrapped(`${law}: ${says}.`, width, hanging);
  const lines = [
    strong(first),
    ...rest.map(strong),
    ...Object.entries(modes).flatMap(([mode, said]) =>
      wrapped(`  ${mode.padEnd(8)}  Claimed with "mode": "${mode}", it says that ${said}.`, width, hanging),
    ),
    ...wrapped(`  means     ${means}`, width, hanging),
    ...wrapped(`  broken    ${broken}`, width, hanging),
    ...wrapped(`  examined  ${capitalised(examined)}.`, width, hanging),
    ...wrapped(`  source    ${capitalised(source)}.`, width, hanging),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
