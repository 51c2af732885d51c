import type { Subject } from '@mechane/conformance';
import { nothingToVerify } from './errors.ts';
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
