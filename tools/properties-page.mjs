import { casesIn, confirmed, counted } from './properties/findings.mjs';

/** @typedef {import('./properties/findings.mjs').Examined} Examined */
/** @typedef {import('./properties/findings.mjs').Finding} Finding */

const legend = `Made by \`npm run properties\` from \`mechane verify --all --json\`.

| sign | says that the mechanism claims the law, and that the kit |
|---|---|
| **yes** | found no counterexample among all profiles of up to two or three agents over a small grid of types, nor among random profiles |
| yes | found none among random profiles |
| on average | estimated that no misreport gains in expectation |
| nearly | found none beyond a stated bound |
| no | found true what the mechanism says of itself: that the law does not hold, with a case that was played |
| ? | could not decide |
| FALSE | found a counterexample |
| – | has nothing to look at: the law does not apply to the mechanism, for the reason on its page |

Nothing means that nothing is claimed. “(interim)” stands beside what is claimed on average, by an agent that knows its own type. Two signs mean two kinds of agents or settings: the mechanism's page says which, and what exactly was looked at.
“Cases” counts what was looked at for claims and for laws of structure: a profile of types, or a misreport in one.`;

/**
 * A mechanism's row: how many claims were confirmed in how many cases, and the sign of each law that it claims.
 *
 * @typedef {{ mechanism: string, counts: readonly string[], signs: ReadonlyMap<string, string> }} Row
 */

/**
 * The page that says what every mechanism promises, and what the kit found.
 *
 * @param {readonly Examined[]} examined
 * @param {readonly Row[]} [further] rows of mechanisms that were examined before
 * @returns {string}
 */
export function propertiesPage(examined, further = []) {
  const known = new Set(examined.map(({ mechanism }) => mechanism));
  const rows = [...examined.map(rowOf), ...further.filter(({ mechanism }) => !known.has(mechanism))];
  rows.sort((a, b) => (a.mechanism < b.mechanism ? -1 : 1));
  const packages = [...new Set(rows.map(({ mechanism }) => packageOf(mechanism)))];
  const sections = packages.map(
    (name) => `## ${name}\n\n${table(rows.filter(({ mechanism }) => packageOf(mechanism) === name))}\n`,
  );
  return `---\ntitle: What mechanisms promise\naside: false\n---\n\n# What mechanisms promise\n\n${legend}\n\n${sections.join('\n')}`;
}

/**
 * The rows of a page that was made before.
 *
 * @param {string} page
 * @returns {Row[]}
 */
export function rowsOf(page) {
  const tables = page.matchAll(/^\| \| claims confirmed \| cases \|(.*)\n.*\n((?:\|.*\n)*)/gm);
  return [...tables].flatMap(([, head = '', body = '']) => {
    const laws = cellsOf(head);
    return body.split('\n').flatMap((line) => {
      const [, mechanism, rest = ''] = /^\| \[.*\]\(mechanisms\/(.+)\.md\) \|(.*)$/.exec(line) ?? [];
      if (mechanism === undefined) return [];
      const [confirmed = '', cases = '', ...signs] = cellsOf(rest);
      const said = laws.map((law, at) => /** @type {const} */ ([law, signs[at] ?? '']));
      return [{ mechanism, counts: [confirmed, cases], signs: new Map(said.filter(([, sign]) => sign !== '')) }];
    });
  });
}

/** @param {string} line without its first bar */
function cellsOf(line) {
  return line
    .split('|')
    .slice(0, -1)
    .map((cell) => cell.trim());
}

/** @param {string} mechanism */
function packageOf(mechanism) {
  return mechanism.slice(0, mechanism.indexOf('/'));
}

/**
 * @param {Examined} found
 * @returns {Row}
 */
function rowOf(found) {
  const { mechanism, claims, pointless } = found;
  const laws = [...new Set(claims.map(({ law }) => law))];
  return {
    mechanism,
    counts: [`${confirmed(found)} of ${claims.length}`, counted(casesIn(found))],
    signs: new Map([
      ...laws.map((law) => /** @type {const} */ ([law, signs(claims.filter((claim) => claim.law === law))])),
      ...pointless.map(({ law }) => /** @type {const} */ ([law, '–'])),
    ]),
  };
}

/** @param {readonly Row[]} rows */
function table(rows) {
  const laws = [...new Set(rows.flatMap(({ signs }) => [...signs.keys()]))].sort();
  const lines = rows.map(({ mechanism, counts, signs }) => {
    const name = `[\`${mechanism.slice(mechanism.indexOf('/') + 1)}\`](mechanisms/${mechanism}.md)`;
    return `| ${[name, ...counts, ...laws.map((law) => signs.get(law) ?? '')].join(' | ')} |`;
  });
  const columns = ['claims confirmed', 'cases', ...laws];
  return [`| | ${columns.join(' | ')} |`, `|---|${columns.map(() => '---|').join('')}`, ...lines].join('\n');
}

/** @param {readonly Finding[]} claims */
function signs(claims) {
  return [
    ...new Set(claims.map((claim) => `${sign(claim)}${claim.mode === undefined ? '' : ` (${claim.mode})`}`)),
  ].join(', ');
}

/** @param {Finding} claim */
function sign({ verdict, method, holds }) {
  if (verdict === 'refuted') return 'FALSE';
  if (verdict === 'undecided') return '?';
  if (verdict === 'witnessed') return 'no';
  if (typeof holds === 'object') return 'nearly';
  if (method === 'statistical') return 'on average';
  return method === 'exhaustive' ? '**yes**' : 'yes';
}
