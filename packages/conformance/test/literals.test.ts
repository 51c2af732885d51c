import type { Mechanism } from '@mechane/core';
import { expect, test } from 'vitest';
import { literalsOf } from '../src/draw/literals.ts';

/** What is read of a mechanism whose rule is this text. */
const readOf = (rule: string) => literalsOf({ decide: new Function(`return ${rule}`)() } as object as Mechanism);

test('the text of a rule mentions the same whatever compiled it', () => {
  const written = readOf(`(reports, { settings }) => {
    // A reserve of 99 is only said.
    const shown = settings.note === 'gold' ? reports.size * 0.5 : 1_000;
    return { ...(settings.kind === "plain" ? { winner: rank(reports, first) } : {}), shown, big: 2 ** 31, text: \`a \${shown}, b\` };
  }`);
  const compiled = readOf(`(reports,{settings})=>{const shown=settings.note===\`gold\`?reports.size*.5:1000;
    return{...settings.kind==='plain'?{winner:(0,__vi_import_0__.rank)(reports,__vi_import_1__.first)}:{},shown,big:2**31,text:"a "+shown+", b"}}`);
  expect(compiled).toEqual(written);
  expect(new Set(written.numbers)).toEqual(new Set([2 ** 31, 0.5, 1000, 2, 31]));
  expect(written.words).toEqual(['gold', 'plain']);
  expect(written.fields).toEqual(expect.arrayContaining(['settings', 'note', 'kind', 'size', 'winner', 'shown']));
});
