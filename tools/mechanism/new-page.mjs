import { begin, end } from '../properties/claims-block.mjs';
import { unwritten } from '../properties/unwritten.mjs';

/**
 * The page of a new mechanism: what its rule and its test say already, and places for the rest.
 *
 * @param {{ id: string, rule: string, test: string, plugin: string, chapter: string }} mechanism
 */
export function newPage({ id, rule, test, plugin, chapter }) {
  const [room = '', name = ''] = id.split('/');
  const title = name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');
  const [what = '', published = ''] = headerOf(rule);
  const [source = published] = published.split(/\.(?= It promises)/);
  return `---
title: ${title}
id: ${id}
package: '@mechane/${room}'
chapter: ${chapter}
want: ${unwritten}, as the table of mechanisms continues “you want …”
---

# ${title}

${what}

## The rule

${unwritten}: who says what, who gets what, who pays what, and what ties and silence mean.

## The mathematics

${unwritten}: the rule in symbols, and why it keeps what it claims.

## The source

${source.replace(/\.?$/, '.').replace(/"([^"]*)"/g, '“$1”')}

## An example

${sentenceOf(test)}:

\`\`\`ts
${exampleFrom(test, room, plugin)}
\`\`\`

## What is verified

${begin}

${end}

## When to use it

${unwritten}: for whom it is the right choice, for whom another is, and which.
`;
}

/**
 * The paragraphs of the comment with which a source begins, each on one line.
 *
 * @param {string} source
 */
function headerOf(source) {
  const [, comment = ''] = /^\/\*\n([\s\S]*?)\n \*\//.exec(source) ?? [];
  const paragraphs = comment.replace(/^ \* ?/gm, '').split(/\n\s*\n/);
  return paragraphs.map((paragraph) => paragraph.replaceAll('\n', ' '));
}

/** @param {string} test */
function sentenceOf(test) {
  const [, said = ''] = /^test\('(.*?)(?: \([^()]*\))?', /m.exec(test) ?? [];
  return said.charAt(0).toUpperCase() + said.slice(1);
}

/**
 * The published case as an example: what a test expects is what a line gives.
 *
 * @param {string} test
 * @param {string} room
 * @param {string} plugin
 */
function exampleFrom(test, room, plugin) {
  const [, body = ''] = /^test\(.*=> \{\n([\s\S]*?)^\}\);$/m.exec(test) ?? [];
  const lines = body
    .replace(/^ {2}/gm, '')
    .replace(/^const mechane = .*\n/m, '')
    .replace(/createMechane\(\)\s*\.use\(plugin\)\s*\.run\(/g, 'mechane.run(')
    .replace(/^expect\(\{ \.\.\.(.*) \}\)\.toEqual\((.*)\);$/gm, '$1; // => $2')
    .replace(/^expect\((.*)\)\.to(?:Be|Equal)\((.*)\);$/gm, '$1; // => $2');
  const imports = [
    `import { createMechane } from '@mechane/core';`,
    `import { ${plugin} } from '@mechane/${room}';`,
  ].sort((one, other) => (one.split("'")[1] ?? '').localeCompare(other.split("'")[1] ?? ''));
  return `${imports.join('\n')}\n\nconst mechane = createMechane().use(${plugin});\n${lines.trimEnd()}`;
}
