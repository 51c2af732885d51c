import { thoroughness } from './properties/claims-block.mjs';
import { casesIn, confirmed, counted } from './properties/findings.mjs';

/** @typedef {import('./properties/findings.mjs').Examined} Examined */
/** @typedef {import('./properties/findings.mjs').Finding} Finding */

const legend = `Made by \`npm run properties\` from \`mechane verify --all --json --runs ${thoroughness.runs} --seed ${thoroughness.seed}\`.

| sign | says that the mechanism claims the law, and that the kit |
|---|---|
| **yes** | found no counterexample among all profiles of up to two or three agents over a small grid of types, nor among ${thoroughness.runs} random profiles for each of the settings |
| yes | found none among random profiles |
| on average | estimated that no misreport gains in expectation |
| nearly | found none beyond a stated bound |
| no | found true what the mechanism says of itself: that the law does not hold, with a case that was played |
| ? | could not decide |
| FALSE | found a counterexample |

Nothing means that nothing is claimed. Two signs mean two kinds of agents or settings: the mechanism's page says which, and what exactly was looked at.
“Cases” counts what was looked at for claims and for laws of structure: a profile of types, or a misreport in one.`;

/**
 * The page that says what every mechanism promises, and what the kit found.
 *
 * @param {readonly Examined[]} examined
 * @returns {string}
 */
export function propertiesPage(examined) {
  const packages = [...new Set(examined.map(({ mechanism }) => packageOf(mechanism)))].sort();
  const sections = packages.map((name) => {
    const own = examined.filter(({ mechanism }) => packageOf(mechanism) === name);
    return `## ${name}\n\n${table(own.sort((a, b) => (a.mechanism < b.mechanism ? -1 : 1)))}\n`;
  });
  return `---\ntitle: What mechanisms promise\naside: false\n---\n\n# What mechanisms promise\n\n${legend}\n\n${sections.join('\n')}`;
}

/** @param {string} mechanism */
function packageOf(mechanism) {
  return mechanism.slice(0, mechanism.indexOf('/'));
}

/** @param {readonly Examined[]} examined */
function table(examined) {
  const laws = [...new Set(examined.flatMap(({ claims }) => claims.map(({ law }) => law)))].sort();
  const rows = examined.map((found) => {
    const { mechanism, claims } = found;
    const name = mechanism.slice(mechanism.indexOf('/') + 1);
    const cells = laws.map((law) => signs(claims.filter((claim) => claim.law === law)));
    const counts = [`${confirmed(found)} of ${claims.length}`, counted(casesIn(found))];
    return `| ${[`[\`${name}\`](mechanisms/${mechanism}.md)`, ...counts, ...cells].join(' | ')} |`;
  });
  const columns = ['claims confirmed', 'cases', ...laws];
  return [`| | ${columns.join(' | ')} |`, `|---|${columns.map(() => '---|').join('')}`, ...rows].join('\n');
}

/** @param {readonly Finding[]} claims */
function signs(claims) {
  return [...new Set(claims.map(sign))].join(', ');
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
