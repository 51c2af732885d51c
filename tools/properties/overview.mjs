/**
 * The overview of mechanisms, `docs/mechanisms/index.md`: under each heading a table of what readers want and what they take, a row a page. A
 * page says in its frontmatter under which heading it stands, its `chapter`, and what its reader wants, to `want`.
 */
export const overviewPath = 'docs/mechanisms/index.md';

/**
 * The overview with a row for every page. Rows keep their order, and new ones come last.
 *
 * @param {string} overview
 * @param {ReadonlyMap<string, string>} pages by path from the root
 * @returns {{ text: string, problems: readonly string[] }}
 */
export function withEveryPage(overview, pages) {
  const rows = [...pages].map(([path, page]) => rowOf(path, page));
  const headings = new Set(Array.from(overview.matchAll(/^## (.+)$/gm), ([, heading]) => heading));
  const text = overview.replace(/^(## (.+)\n\n\|.*\n\|---.*\n)((?:\|.*\n)*)/gm, (_, head, chapter, old) => {
    const place = (/** @type {{ link: string }} */ { link }) => (old.includes(link) ? old.indexOf(link) : old.length);
    const own = rows.filter((row) => row.chapter === chapter).sort((one, other) => place(one) - place(other));
    return `${head}${own.map(({ line }) => `${line}\n`).join('')}`;
  });
  const problems = rows
    .filter(({ chapter, want }) => !headings.has(chapter) || want === '')
    .map(
      ({ path }) =>
        `${path} does not say what its reader wants. Fix: a chapter of ${overviewPath} and a want, above its title`,
    );
  return { text, problems };
}

/**
 * @param {string} path
 * @param {string} page
 */
function rowOf(path, page) {
  const [, front = ''] = page.split('---\n');
  const said = (/** @type {string} */ key) => new RegExp(`^${key}: (.*)$`, 'm').exec(front)?.[1] ?? '';
  const link = `](${path.replace('docs/mechanisms/', '')})`;
  const [chapter, want] = [said('chapter'), said('want')];
  return { path, chapter, want, link, line: `| ${want} | [${said('title')}${link} |` };
}
