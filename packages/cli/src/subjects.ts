import type { ExplainedLaw, Subject } from '@mechane/conformance';
import { nearestKey } from '@mechane/core';
import { nothingToVerify, unknownLaw } from './errors.ts';
import { type Installed, importFrom } from './plugins.ts';

/**
 * What the plugin that brought a mechanism gives the kit to examine: the `subjects` that `<package>/conformance` exports.
 *
 * @throws CliError `nothing-to-verify` when there is none for the mechanism.
 */
export async function subjectsOf(id: string, installed: Installed): Promise<readonly Subject[]> {
  const owner = installed.packageOf(id);
  let exported: Readonly<Record<string, unknown>>;
  try {
    exported = await importFrom(owner, '/conformance');
  } catch (cause) {
    throw nothingToVerify(id, `${owner.name}/conformance cannot be loaded`, cause);
  }
  const { subjects } = exported;
  const own = Array.isArray(subjects)
    ? (subjects as readonly Subject[]).filter(({ mechanism }) => mechanism.id === id)
    : [];
  if (own.length === 0) throw nothingToVerify(id, `${owner.name}/conformance has no subject for it`);
  return own;
}

/** @throws CliError `unknown-law` for a law that neither the kit nor any of the subjects knows. */
export function requireKnownLaws(
  laws: readonly string[] = [],
  known: readonly ExplainedLaw[],
  subjects: readonly Subject[],
): void {
  const own = subjects.flatMap(({ laws: some = [] }) => some.map(({ name }): string => name));
  const names = [...known.map(({ law }) => law), ...own];
  const unknown = laws.find((law) => !names.includes(law));
  if (unknown !== undefined) throw unknownLaw(unknown, nearestKey(unknown, names));
}
