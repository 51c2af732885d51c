import { parseSync, Visitor } from 'oxc-parser';

/** Comments that bundlers and lawyers read: `#__PURE__`, `@vite-ignore`, `webpackIgnore`, `@license` and the like. */
const kept = /^!|[#@]__[A-Z_]+__|@license|@preserve|@vite-ignore|webpack[A-Z]/;
const lineEnd = /[\n\r\u2028\u2029]/;

/**
 * A module without its comments, every other character as it was. A comment alone on its lines goes with them; one between
 * two tokens leaves what it was to the parser, a blank or the end of a line.
 *
 * @param {string} path
 * @param {string} text
 */
export function withoutComments(path, text) {
  const { comments, errors } = parseSync(path, text);
  if (errors[0]) throw new SyntaxError(`${path}: ${errors[0].message}`);
  let stripped = '';
  let at = 0;
  for (const { type, value, start, end } of comments) {
    // What begins a file for the shell is told among the comments by some parsers, and is none.
    if (kept.test(value) || text.startsWith('#!', start)) continue;
    const lineStart = text.lastIndexOf('\n', start - 1) + 1;
    const nextLine = text.indexOf('\n', end) === -1 ? text.length : text.indexOf('\n', end) + 1;
    const before = text.slice(Math.max(lineStart, at), start);
    const opensLine = lineStart >= at && before.trim() === '';
    const closesLine = text.slice(end, nextLine).trim() === '';
    if (opensLine && closesLine) {
      stripped += text.slice(at, lineStart);
      at = nextLine;
    } else {
      const code = text.slice(at, start);
      const stands = type === 'Block' && lineEnd.test(value) ? '\n' : ' ';
      stripped += closesLine ? code.trimEnd() : code + stands;
      at = end;
    }
  }
  return stripped + text.slice(at);
}

/**
 * Code indented by two, as sources are, where the compiler takes four: a tenth less to load. What stands in templates stays.
 *
 * @param {string} path
 * @param {string} text
 */
export function indentedByTwo(path, text) {
  /** @type {{ start: number, end: number }[]} */
  const templates = [];
  new Visitor({ TemplateElement: (element) => templates.push(element) }).visit(parseSync(path, text).program);
  // Of one within another, the parser tells later.
  templates.sort((a, b) => a.start - b.start);
  return text.replaceAll(/^(?: {4})+/gm, (indented, /** @type {number} */ at) => {
    while (templates[0] && templates[0].end < at) templates.shift();
    return templates[0] && templates[0].start < at ? indented : ' '.repeat(indented.length / 2);
  });
}

/**
 * A declaration file without the line that leads to its map, indented by two. Its comments are what editors show.
 *
 * @param {string} path
 * @param {string} text
 */
export function tidyTypes(path, text) {
  return indentedByTwo(path, text.replace(/\n?\/\/# sourceMappingURL=\S*\s*$/, '\n'));
}
