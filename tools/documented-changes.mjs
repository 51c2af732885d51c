/**
 * The changes that a Markdown file shows, in its blocks of diff, in order.
 *
 * @param {string} markdown
 * @returns {string[]}
 */
export function changesIn(markdown) {
  return [...markdown.matchAll(/^```diff\n([\s\S]*?)^```$/gm)].map(([, diff = '']) => diff);
}

/**
 * A text after what a diff does to it: each run of lines that go becomes the run of lines that come.
 *
 * @param {string} text
 * @param {string} diff
 * @throws {Error} where the text does not have what goes
 */
export function changed(text, diff) {
  return [...diff.matchAll(/((?:^-.*\n)+)((?:^\+.*\n)*)/gm)].reduce((so, [, goes = '', comes = '']) => {
    const [before = '', after = ''] = [goes, comes].map((lines) => lines.replace(/^[-+]/gm, ''));
    if (!so.includes(before)) throw new Error(`there is no\n${before}`);
    return so.replace(before, () => after);
  }, text);
}
