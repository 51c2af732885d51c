/**
 * A page as the search index needs it: code without colours and no formulas, which cost half the time of a build to typeset
 * and which nobody searches for.
 *
 * @param {string} markdown
 */
export function searchable(markdown) {
  return markdown
    .replaceAll(/^```\w.*$/gm, '```text')
    .replaceAll(/\$\$[\s\S]*?\$\$/g, '')
    .replaceAll(/(?<![\\`$])\$(?![{\s])[^$\n`]+\$/g, '');
}
