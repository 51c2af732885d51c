import type { Scenario } from '../scenario.ts';
import type { Subject } from '../subject.ts';

/**
 * A shell command that shows a counterexample: the scenarios one below the other, played by the `mechane` command; or, where no
 * scenario can show it, the examination again.
 */
export function replayCommand(
  scenarios: readonly Scenario[],
  { mechanism, elsewhere }: Subject,
  again: { readonly seed: number; readonly runs: number | undefined },
): string {
  if (elsewhere) return elsewhere.replay(scenarios, again);
  if (scenarios.length === 0) {
    const runs = again.runs === undefined ? '' : ` --runs ${again.runs}`;
    return `mechane verify ${shellQuoted(mechanism.id)} --seed ${again.seed}${runs}`;
  }
  return `printf '%s\\n' ${scenarios.map((scenario) => shellQuoted(JSON.stringify(scenario))).join(' ')} | mechane run --ndjson`;
}

/** A word that no POSIX shell takes apart. */
export function shellQuoted(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
