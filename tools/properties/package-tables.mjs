/*
 * What the README of a package says of its mechanisms in tables: a row for each in the table of claims, and one that tells its rule.
 */

/** @typedef {import('./declared-claims.mjs').Claim} Claim */
/** @typedef {'yes' | 'nearly' | 'partly' | 'no' | '–'} Word */

/**
 * A mechanism as the tables tell of it.
 *
 * @typedef {object} MechanismEntry
 * @property {string} id
 * @property {string} summary the rule, and in parentheses its source
 * @property {readonly (readonly Claim[])[]} claims what it claims, for each of the settings at which it is examined
 */

/** The laws in the table of claims, and how its head calls them. @type {readonly (readonly [law: string, head: string])[]} */
const columns = [
  ['strategy-proof', 'strategy-proof'],
  ['individually-rational', 'individually rational'],
  ['no-deficit', 'no deficit'],
  ['budget-balanced', 'budget-balanced'],
  ['efficient', 'efficient'],
  ['pareto-efficient', 'Pareto efficient'],
  ['core', 'in the core'],
  ['envy-free', 'envy-free'],
];

/**
 * The README with a whole table of claims, and a row for every mechanism that it does not tell of yet.
 *
 * @param {string} readme
 * @param {readonly MechanismEntry[]} mechanisms all of the package, in its order
 * @returns {string | undefined} nothing where a table has no place
 */
export function withTables(readme, mechanisms) {
  const [claims] = /^\| claims \|.*\n(?:\|.*\n)*/m.exec(readme) ?? [];
  if (claims === undefined) return undefined;
  const before = readme.slice(0, readme.indexOf(claims));
  const after = readme.slice(before.length + claims.length);
  const silent = mechanisms.filter(({ id }) => !mentions(before + after, id));
  if (silent.length === 0) return `${before}${claimsTable(mechanisms)}\n${after}`;
  const [rules, head = ''] = /^(\| mechanism \|.*)\n(?:\|.*\n)*/m.exec(before) ?? [];
  if (rules === undefined) return undefined;
  const heads = cellsOf(head);
  const rows = silent.map((mechanism) => `${lineOf(heads.map((cell) => ruleCell(cell, mechanism)))}\n`);
  return `${before.replace(rules, () => rules + rows.join(''))}${claimsTable(mechanisms)}\n${after}`;
}

/**
 * The table of claims that a README has to have: a row a mechanism, a column for each law of which something is claimed.
 *
 * @param {readonly MechanismEntry[]} mechanisms
 */
export function claimsTable(mechanisms) {
  const rows = mechanisms.map((mechanism) => ({ id: mechanism.id, words: wordsOf(mechanism) }));
  const used = columns.map((_, at) => rows.some(({ words }) => words[at] !== '–'));
  /** @param {readonly string[]} cells */
  const kept = (cells) => cells.filter((_, at) => used[at]);
  return [
    lineOf(['claims', ...kept(columns.map(([, head]) => head))]),
    `|${'---|'.repeat(1 + kept(columns.map(([law]) => law)).length)}`,
    ...rows.map(({ id, words }) => lineOf([`\`${nameOf(id)}\``, ...kept(words)])),
  ].join('\n');
}

/**
 * @param {MechanismEntry} mechanism
 * @returns {Word[]} one for each of the columns
 */
function wordsOf({ claims }) {
  return columns.map(([law]) => together(claims.map((some) => wordFor(some, law))));
}

/**
 * What a mechanism says of a law under one setting.
 *
 * @param {readonly Claim[]} claims
 * @param {string} law
 * @returns {Word}
 */
export function wordFor(claims, law) {
  const own = claims.filter((claim) => claim.law === law);
  return together(
    own.map(({ holds, domain }) => {
      if (holds === false) return 'no';
      if (domain !== undefined) return 'partly';
      return holds === true ? 'yes' : 'nearly';
    }),
  );
}

/**
 * One word for several settings, never better than the worst of them.
 *
 * @param {readonly Word[]} words
 * @returns {Word}
 */
export function together(words) {
  const [first = '–', ...others] = new Set(words);
  if (others.length === 0) return first;
  const said = [first, ...others];
  if (said.every((word) => word === 'yes' || word === 'nearly')) return 'nearly';
  return said.every((word) => word === 'no' || word === '–') ? 'no' : 'partly';
}

/**
 * @param {string} readme without its table of claims
 * @param {string} id
 */
function mentions(readme, id) {
  return readme.includes(`\`${nameOf(id)}\``) || readme.includes(`'${id}'`);
}

/**
 * What stands in a row of the table of rules under this head.
 *
 * @param {string} head
 * @param {MechanismEntry} mechanism
 */
function ruleCell(head, mechanism) {
  const [, rule = mechanism.summary, source = ''] = /^(.*) \((.*)\)$/.exec(mechanism.summary) ?? [];
  if (head === 'mechanism') return `\`${nameOf(mechanism.id)}\``;
  if (head === 'source') return source;
  if (head === 'claims') return claimsInWords(mechanism);
  return rule.charAt(0).toLowerCase() + rule.slice(1);
}

/** @param {MechanismEntry} mechanism */
function claimsInWords(mechanism) {
  const words = wordsOf(mechanism);
  const said = (/** @type {Word} */ word, /** @type {string} */ prefix) =>
    columns.flatMap(([, head], at) => (words[at] === word ? [prefix + head] : []));
  const kept = [...said('yes', ''), ...said('nearly', 'nearly '), ...said('partly', 'partly ')].join(', ');
  return [kept, said('no', 'not ').join(', ')].filter((part) => part !== '').join('; ');
}

/** @param {string} id */
function nameOf(id) {
  return id.slice(id.indexOf('/') + 1);
}

/** @param {string} line */
function cellsOf(line) {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

/** @param {readonly string[]} cells */
function lineOf(cells) {
  return `| ${cells.join(' | ')} |`;
}
