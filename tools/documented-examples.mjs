import { lineAt } from './check/finding.mjs';

/** @typedef {{ line: number, code: string }} Example an example, and the line of its file on which it begins */

/**
 * The TypeScript examples that import what they use, in the prose of a Markdown file or in the comments of a source.
 *
 * @param {string} text
 * @returns {Example[]}
 */
export function examplesIn(text) {
  return [...text.matchAll(/^([ \t]*(?:\* ?)?)```ts\n([\s\S]*?)^\1```$/gm)]
    .map(({ index, 1: margin = '', 2: block = '' }) => ({
      line: lineAt(text, index) + 1,
      code: block
        .split('\n')
        .map((line) => (line.startsWith(margin) ? line.slice(margin.length) : line.replace(/^\s*\*/, '')))
        .join('\n'),
    }))
    .filter(({ code }) => /^import /m.test(code));
}

/**
 * The example as a module that throws where a line does not give what it says: `price; // => 12` means that the price is 12.
 *
 * @param {string} code
 */
export function asAssertions(code) {
  const asserted = code.replace(
    /^([ \t]*)(.+?);? *\/\/ => (.+)$/gm,
    (_, indent, expression, expected) => `${indent}__expect(${expression}).toEqual(${expected});`,
  );
  return `import { expect as __expect } from 'vitest';\n${asserted}`;
}
