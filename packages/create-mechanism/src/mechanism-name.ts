import { unscoped } from './package-name.ts';

/** How a mechanism is called where it is written. */
export interface MechanismName {
  /** `package/mechanism`, by which it is run. */
  readonly id: string;
  /** Its source in `src`, without the ending. */
  readonly file: string;
  /** The constant that it is. */
  readonly constant: string;
}

const reserved = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false ' +
    'finally for function if implements import in instanceof interface let new null package private protected public ' +
    'return static super switch this throw true try type typeof undefined var void while with yield'
  ).split(' '),
);
/** Files that every package has. */
const usual = ['index', 'conformance', 'version', 'errors'];

/** The id of the mechanism that is a package's only one: `@acme/swap` has `acme/swap`, `swap` has `swap/swap`. */
export function idIn(packageName: string): string {
  const name = unscoped(packageName);
  const [scope] = packageName.startsWith('@') ? packageName.slice(1).split('/') : [name];
  return `${scope}/${name}`;
}

/**
 * The names of a mechanism with this id.
 *
 * @param beside sources that have names of their own, which the constant must not hide
 */
export function mechanismName(id: string, beside: readonly string[]): MechanismName {
  const words = unscoped(id)
    .split(/[^a-zA-Z0-9]+/)
    .filter((word) => word !== '');
  const file = words.join('-');
  const [first = '', ...further] = words;
  const joined = first + further.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  const begun = /^\d/.test(joined) ? `mechanism${joined}` : joined;
  const taken = reserved.has(begun) || beside.some((source) => namesIn(source).has(begun));
  return {
    id,
    file: usual.includes(file) ? `${file}-mechanism` : file,
    constant: taken ? `${begun}Mechanism` : begun,
  };
}

/** The words of a source that may be names: not those of comments and strings. */
function namesIn(source: string): ReadonlySet<string> {
  const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*|'(?:[^'\\\n]|\\.)*'/g, ' ');
  return new Set(code.match(/[\w$]+/g));
}
