/*
 * The lines of a package by which a mechanism is known: `src/index.ts` exports and registers it, `src/conformance.ts` has it examined.
 * Biome puts imports and exports in order afterwards.
 */

/**
 * The constant that is the plugin of a package.
 *
 * @param {string} index the text of its index.ts
 */
export function pluginOf(index) {
  return matched(index, /^export const (\w+): Plugin</m, 'a plugin')[1] ?? '';
}

/**
 * The index with one more mechanism: imported, exported, in the union of types and in the plugin's list.
 *
 * @param {string} index
 * @param {{ file: string, constant: string }} mechanism
 */
export function withMechanism(index, { file, constant }) {
  const imported = `import { ${constant} } from './${file}.ts';\n${index}`;
  const exported = added(imported, /^export \{[^}]*?(?=,?\s*\};)/m, 'a list of mechanisms to export', `, ${constant}`);
  const typed = added(
    exported,
    /^export type \w+ =[^;]*typeof \w+(?=;)/m,
    'a union of mechanisms',
    ` | typeof ${constant}`,
  );
  return added(typed, /^ {2}mechanisms: \[[^\]]*?(?=,?\s*\])/m, 'a list of mechanisms', `, ${constant}`);
}

/**
 * The subjects of a package with those of another file.
 *
 * @param {string} conformance the text of its conformance.ts
 * @param {string} further
 */
export function withSubject(conformance, further) {
  const list = /^export const subjects: readonly Subject\[\] = \[([\s\S]*?),?\s*\];/m;
  const [, subjects = ''] = matched(further, list, 'subjects');
  const known = new Set(namesFromKit(conformance));
  const missing = namesFromKit(further).filter((name) => !known.has(name));
  const kit = missing.length === 0 ? '' : `import { ${missing.join(', ')} } from '@mechane/conformance';\n`;
  const rules = further.match(/^import .* from '\.\/.*';\n/gm) ?? [];
  const [whole, before = ''] = matched(conformance, list, 'subjects');
  const added = `export const subjects: readonly Subject[] = [${before}, ${subjects.trim()}];`;
  return `${kit}${rules.join('')}${conformance.replace(whole, () => added)}`;
}

/** @param {string} conformance */
function namesFromKit(conformance) {
  const lists = [...conformance.matchAll(/^import \{([^}]*)\} from '@mechane\/conformance';/gm)];
  return lists.flatMap(([, names = '']) => names.split(',').map((name) => name.trim())).filter((name) => name !== '');
}

/**
 * @param {string} text
 * @param {RegExp} place
 * @param {string} what
 * @param {string} more
 */
function added(text, place, what, more) {
  const found = matched(text, place, what);
  const end = found.index + found[0].length;
  return text.slice(0, end) + more + text.slice(end);
}

/**
 * @param {string} text
 * @param {RegExp} pattern
 * @param {string} what
 */
function matched(text, pattern, what) {
  const found = pattern.exec(text);
  if (found === null)
    throw new Error(`the package has not ${what} where the others have it. Fix: shape it like theirs`);
  return found;
}
