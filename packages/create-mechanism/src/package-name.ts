import { isBuiltin } from 'node:module';
import { CreateError } from './errors.ts';

const longest = 214;
const shape = /^(@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/;

/**
 * Takes a name only if npm would.
 *
 * @throws CreateError `invalid-name`
 */
export function packageName(name: string): string {
  const flaw = flawIn(name);
  if (flaw === undefined) return name;
  throw new CreateError('invalid-name', {
    problem: `${JSON.stringify(name.slice(0, 80))} cannot be a package's name: ${flaw}`,
    expected:
      'lower-case letters, digits, hyphens, dots and underscores, perhaps with a scope: my-auction or @acme/my-auction',
    fix: suggestion(name),
  });
}

/** The name without its scope: the folder, and the last part of the mechanism's id. */
export function unscoped(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}

function flawIn(name: string): string | undefined {
  if (name.length > longest) return `it is longer than ${longest} characters`;
  if (!shape.test(name)) return 'it has characters that npm does not allow';
  if (isBuiltin(name) || ['node_modules', 'favicon.ico'].includes(unscoped(name))) return 'it is taken';
  if (name.startsWith('@mechane/')) return 'the scope @mechane is taken';
  return undefined;
}

function suggestion(name: string): string {
  const tame = name
    .slice(0, longest)
    .replace(/^@mechane\//, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `npm create mechanism ${flawIn(tame) === undefined ? tame : 'my-auction'}`;
}
