/**
 * @typedef {{ law: string, claim: unknown, verdict: string, method: string }} Verdict
 * @typedef {{ mechanism: string, laws: readonly Verdict[] }} Report
 */

/** What a verdict looks like in the table. */
const signs = /** @type {Readonly<Record<string, string>>} */ ({
  'holds exhaustive': '**yes**',
  'holds search': 'yes',
  'holds statistical': 'yes',
  witnessed: 'no',
  refuted: 'FALSE',
  undecided: '?',
});

const legend = `**yes** means that the law holds for every profile of a grid of types, and for all random ones that were tried; yes, that random ones were tried
only; yes within a bound, that it holds up to a stated amount; no, that the mechanism says so itself and shows a case, which was played again. Two answers mean two kinds of
agents or settings: \`mechane describe\` says which. Nothing means that nothing is claimed.`;

/**
 * The page that says what every mechanism promises, and what the kit found.
 *
 * @param {readonly Report[]} reports one for each subject
 * @returns {string}
 */
export function propertiesPage(reports) {
  const mechanisms = [...new Set(reports.map(({ mechanism }) => mechanism))];
  const packages = [...new Set(mechanisms.map((id) => id.slice(0, id.indexOf('/'))))].sort();
  const sections = packages.map((name) => {
    const own = mechanisms.filter((id) => id.startsWith(`${name}/`)).sort();
    return `## ${name}\n\n${table(own, reports)}\n`;
  });
  return `# What mechanisms promise\n\nMade by \`npm run properties\` from what the conformance kit finds.\n\n${legend}\n\n${sections.join('\n')}`;
}

/**
 * @param {readonly string[]} mechanisms
 * @param {readonly Report[]} reports
 */
function table(mechanisms, reports) {
  const cells = new Map(mechanisms.map((id) => [id, cellsOf(reports.filter(({ mechanism }) => mechanism === id))]));
  const laws = [...new Set([...cells.values()].flatMap((own) => [...own.keys()]))].sort();
  const rows = mechanisms.map((id) => {
    const name = id.slice(id.indexOf('/') + 1);
    return `| \`${name}\` | ${laws.map((law) => cells.get(id)?.get(law) ?? '').join(' | ')} |`;
  });
  return [`| | ${laws.join(' | ')} |`, `|---|${laws.map(() => '---|').join('')}`, ...rows].join('\n');
}

/**
 * The claimed laws of one mechanism, over all subjects.
 *
 * @param {readonly Report[]} reports
 * @returns {Map<string, string>}
 */
function cellsOf(reports) {
  const cells = new Map();
  for (const { law, claim, verdict, method } of reports.flatMap(({ laws }) => laws)) {
    if (law.startsWith('structural/') || verdict === 'unclaimed' || verdict === 'undecided') continue;
    const sign = signs[verdict] ?? signs[`${verdict} ${method}`] ?? verdict;
    const bounded = typeof claim === 'object' && claim !== null && verdict === 'holds';
    const said = bounded ? `${sign} within a bound` : sign;
    cells.set(law, [...new Set([...(cells.get(law)?.split(', ') ?? []), said])].join(', '));
  }
  return cells;
}
