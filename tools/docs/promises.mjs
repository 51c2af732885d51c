/**
 * What mechanisms promise, as the page of properties has it in tables.
 *
 * @typedef {{ package: string, name: string, link: string, confirmed: string, cases: number, signs: Record<string, string[]> }} Row
 * @typedef {{ laws: string[], rows: Row[] }} Promises
 */

/**
 * Reads the tables of `docs/properties.md`, one for each package.
 *
 * @param {string} page
 * @returns {Promises}
 */
export function promisesIn(page) {
  const rows = page
    .split(/^## /m)
    .slice(1)
    .flatMap((part) => {
      const [name = '', ...lines] = part.split('\n');
      const [head = [], , ...body] = lines.filter((line) => line.startsWith('|')).map(cellsOf);
      return body.map((cells) => rowOf(name.trim(), head, cells));
    });
  return { laws: [...new Set(rows.flatMap(({ signs }) => Object.keys(signs)))].sort(), rows };
}

/** @param {string} line */
function cellsOf(line) {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

/**
 * @param {string} group
 * @param {readonly string[]} head
 * @param {readonly string[]} cells
 * @returns {Row}
 */
function rowOf(group, head, [link = '', confirmed = '', cases = '', ...signs]) {
  const [, name = '', file = ''] = /^\[`(.*)`\]\((.*)\.md\)$/.exec(link) ?? [];
  const said = signs.flatMap((cell, place) => (cell === '' ? [] : [[head[place + 3] ?? '', cell.split(', ')]]));
  return {
    package: group,
    name,
    link: `/${file}`,
    confirmed,
    cases: Number(cases.replaceAll(',', '')),
    signs: Object.fromEntries(said),
  };
}

/** @typedef {{ type: string, tag: string, content: string }} Token */
/** @typedef {{ tokens: Token[], env: { relativePath?: string }, Token: new (type: string, tag: string, nesting: number) => Token }} State */

/**
 * Puts one table that can be sorted and sifted in place of the tables of the page of properties.
 *
 * @param {{ core: { ruler: { push(name: string, rule: (state: State) => void): void } } }} markdown
 */
export function showPromises(markdown) {
  markdown.core.ruler.push('promises', ({ tokens, env, Token }) => {
    if (env.relativePath !== 'properties.md') return;
    const from = tokens.findIndex(({ type, tag }) => type === 'heading_open' && tag === 'h2');
    const [begin, end] = ['table_open', 'table_close'].map((name) => tokens.findIndex(({ type }) => type === name));
    if (from === -1 || begin === undefined || end === undefined) return;
    const block = new Token('html_block', '', 0);
    block.content = '<PromisesTable />\n';
    tokens.splice(from, tokens.length - from, block);
    // The table says what its own signs mean.
    if (end < from) tokens.splice(begin, end + 1 - begin);
  });
}
