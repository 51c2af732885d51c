import { describe, expect, test } from 'vitest';
import { answers, mechane, type PrintedError, scenario } from './command.ts';
import { project } from './project.ts';

const start = '{"mechanism":"auction-sealed/second-price","reports":';
const deep = `${start}{"a":{"bid":1,"value":${'['.repeat(100_000)}${']'.repeat(100_000)}}}}`;
const long = 'x'.repeat(10_000_000);

interface BadInput {
  readonly text: string | Buffer;
  readonly code: string;
  readonly path?: readonly (string | number)[];
  readonly line?: number;
  readonly column?: number;
}

const badInputs: Readonly<Record<string, BadInput>> = {
  NaN: {
    text: `${start}{"a":{"bid":NaN}}}`,
    code: 'malformed-json',
    path: ['reports', 'a', 'bid'],
    line: 1,
    column: 66,
  },
  Infinity: { text: `${start}{"a":{"bid":-Infinity}}}`, code: 'malformed-json', path: ['reports', 'a', 'bid'] },
  'a number beyond all doubles': {
    text: `${start}{"a":{"bid":1e999}}}`,
    code: 'invalid-report',
    path: ['reports', 'a', 'bid'],
  },
  'a negative bid': { text: scenario({ a: { bid: -1 } }), code: 'invalid-report', path: ['reports', 'a', 'bid'] },
  'a bid in words': { text: scenario({ a: { bid: '1' } }), code: 'invalid-report', path: ['reports', 'a', 'bid'] },
  'a report that is none': { text: scenario({ a: null }), code: 'invalid-report', path: ['reports', 'a'] },
  'the same agent twice': {
    text: `${start}\n{"a":{"bid":1},\n  "a":{"bid":2}}}`,
    code: 'duplicate-agent',
    path: ['reports', 'a'],
    line: 3,
    column: 3,
  },
  'the same agent twice, once escaped': {
    text: `${start}{"a":{"bid":1},"\\u0061":{"bid":2}}}`,
    code: 'duplicate-agent',
    path: ['reports', 'a'],
  },
  'an agent of two types': {
    text: `${start}{"a":{"bid":1}},"types":{"a":{"bid":1},"a":{"bid":2}}}`,
    code: 'duplicate-agent',
    path: ['types', 'a'],
  },
  'the same key twice in a report': {
    text: `${start}{"a":{"bid":1,"bid":2}}}`,
    code: 'duplicate-key',
    path: ['reports', 'a', 'bid'],
  },
  'the same key twice at the top': {
    text: '{"seed":1,"seed":1}',
    code: 'duplicate-key',
    path: ['seed'],
    line: 1,
    column: 11,
  },
  'the same key twice deep within a value': {
    text: `${start}{"a":{"bid":1,"value":[0,{"x":{"y":1,"y":2}}]}}}`,
    code: 'duplicate-key',
    path: ['reports', 'a', 'value', 1, 'x', 'y'],
  },
  'reports in a list of no pairs': { text: scenario([1]), code: 'invalid-report', path: ['reports', 0] },
  'no reports': { text: '{"mechanism":"auction-sealed/second-price"}', code: 'invalid-scenario', path: ['reports'] },
  'an unknown mechanism': {
    text: scenario({}, 'auction-sealed/second-prize'),
    code: 'unknown-mechanism',
    path: ['mechanism'],
  },
  'a mechanism that is no text': {
    text: '{"mechanism":1,"reports":{}}',
    code: 'unknown-mechanism',
    path: ['mechanism'],
  },
  'a mechanism named like a prototype': {
    text: scenario({}, '__proto__'),
    code: 'unknown-mechanism',
    path: ['mechanism'],
  },
  'a mechanism with a very long name': { text: scenario({}, long), code: 'unknown-mechanism', path: ['mechanism'] },
  'a misspelt key': { text: '{"mechanims":1}', code: 'unknown-key', path: ['mechanims'] },
  'a misspelt key in a report': {
    text: scenario({ a: { bd: 1, bid: 1 } }),
    code: 'unknown-key',
    path: ['reports', 'a', 'bd'],
  },
  'a misspelt setting': {
    text: scenario({}, undefined, { settings: { reserv: 1 } }),
    code: 'unknown-key',
    path: ['settings', 'reserv'],
  },
  'a setting named __proto__': {
    text: `${start}{},"settings":{"__proto__":{"reserve":1}}}`,
    code: 'unknown-key',
    path: ['settings', '__proto__'],
  },
  'settings that are none': {
    text: scenario({}, undefined, { settings: [] }),
    code: 'invalid-settings',
    path: ['settings'],
  },
  'a seed that is no whole number': {
    text: scenario({}, undefined, { seed: 1.5 }),
    code: 'invalid-scenario',
    path: ['seed'],
  },
  'a scenario that is a list': { text: '[]', code: 'invalid-scenario', path: [] },
  'a scenario that is a number': { text: '12', code: 'invalid-scenario', path: [] },
  'a scenario that is null': { text: 'null', code: 'invalid-scenario', path: [] },
  'truncated JSON': { text: scenario({ a: { bid: 1 } }).slice(0, -2), code: 'malformed-json', line: 1, column: 68 },
  'JSON truncated within a text': {
    text: '{"mechanism":"auct',
    code: 'malformed-json',
    path: ['mechanism'],
    line: 1,
    column: 14,
  },
  'two scenarios on one line': { text: `${scenario({})} ${scenario({})}`, code: 'malformed-json', path: [] },
  'bytes that are not UTF-8': {
    text: Buffer.concat([Buffer.from('{"ä�": "'), Buffer.from([0xff]), Buffer.from('"}')]),
    code: 'not-utf8',
    line: 1,
    column: 9,
  },
  'a surrogate encoded as if it were a character': {
    text: Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]),
    code: 'not-utf8',
    line: 1,
    column: 2,
  },
  'UTF16, big end first': {
    text: Buffer.from('\ufeff{}', 'utf16le').swap16(),
    code: 'not-utf8',
    line: 1,
    column: 1,
  },
  UTF16: { text: Buffer.from('\ufeff{}', 'utf16le'), code: 'not-utf8', line: 1, column: 1 },
  'a byte order mark': { text: `\ufeff${scenario({})}`, code: 'byte-order-mark', line: 1, column: 1 },
  'endless nesting in a report': { text: deep, code: 'too-deep', line: 1 },
  'endless nesting and nothing else': { text: '['.repeat(100_000), code: 'too-deep', line: 1, column: 501 },
};

describe('bad input gets its coded error, without a stack, whether it comes', () => {
  test.each(Object.entries(badInputs))('in a file: %s', async (_, { text, code, path, line, column }) => {
    const cwd = project(['@mechane/auction-sealed'], { 'bad.json': text });
    const { exitCode, stdout, stderr } = await mechane(['run', 'bad.json', '--json'], { cwd });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    const { error } = JSON.parse(stderr) as { error: PrintedError };
    expect(error).toMatchObject({ code, file: 'bad.json', ...definedOnly({ path, line, column }) });
    expect(stderr.length).toBeLessThan(5000);
    expect(stderr).not.toContain('    at ');
  });

  test.each(Object.entries(badInputs).filter(([, { text }]) => !text.includes('\n')))(
    'on a line among good ones: %s',
    async (_, { text, code, path, column }) => {
      const good = scenario({ ann: { bid: 3 } });
      const stdin = Buffer.concat([Buffer.from(`${good}\n`), Buffer.from(text), Buffer.from(`\n${good}\n`)]);
      const { exitCode, stdout, stderr } = await mechane(['run', '--ndjson'], { stdin });
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      const [before, bad, after, ...rest] = answers(stdout);
      expect(rest).toEqual([]);
      expect([before?.outcome?.winner, after?.outcome?.winner]).toEqual(['ann', 'ann']);
      expect(bad?.error).toMatchObject({ code, line: 2, ...definedOnly({ path, column }) });
    },
  );

  test('as a file that is empty or blank', async () => {
    const cwd = project(['@mechane/auction-sealed'], { 'empty.json': '', 'blank.json': ' \n\n' });
    const { stderr } = await mechane(['run', 'empty.json', 'blank.json', '--json'], { cwd });
    expect(answers(stderr).map(({ error }) => error?.code)).toEqual(['empty-input', 'empty-input']);
  });

  test('as a text or a line larger than any that can be held', async () => {
    // The same piece again and again, so that only the command would hold it all.
    const piece = Buffer.alloc(1024 * 1024, ' ');
    const endless = Array.from({ length: 257 }, () => piece);
    const whole = await mechane(['run', '-', '--json'], { stdin: endless });
    expect(whole.exitCode).toBe(2);
    expect(answers(whole.stderr).map(({ error }) => error?.code)).toEqual(['too-large']);
    const good = Buffer.from(`\n${scenario({ ann: { bid: 3 } })}\n`);
    const lines = await mechane(['run', '--ndjson'], { stdin: [...endless, good] });
    const [tooLarge, next] = answers(lines.stdout);
    expect(tooLarge?.error).toMatchObject({ code: 'too-large', line: 1 });
    expect(next?.outcome?.winner).toBe('ann');
  });

  test('as amounts that cannot be told apart', async () => {
    const stdin = scenario({ a: { bid: 1e308 }, b: { bid: 1e308 } }, 'auction-sealed/all-pay');
    const { exitCode, stdout, stderr } = await mechane(['run', '-', '--json'], { stdin });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(JSON.parse(stderr).error).toMatchObject({ code: 'imprecise-amount', path: ['reports', 'a', 'bid'] });
  });

  test('as a folder, or as nothing at all', async () => {
    const cwd = project(['@mechane/auction-sealed'], { 'folder/file.json': '' });
    const { exitCode, stderr } = await mechane(['run', 'folder', 'nothing.json', 'folder/file.json/x', '\0'], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^error cannot-read in folder: it is a directory; .*Fix: name a file in it/),
      expect.stringMatching(/^error cannot-read in nothing\.json: there is no such file/),
      expect.stringMatching(/^error cannot-read in folder\/file\.json\/x: /),
      expect.stringMatching(/^error cannot-read in \\u0000: /),
    ]);
  });
});

describe('what looks hostile but is legitimate works', () => {
  test('agents named __proto__, constructor, toString and the empty text', async () => {
    const ids = ['__proto__', 'constructor', 'toString', ''];
    const stdin = `${start}{${ids.map((id, index) => `"${id}":{"bid":${index + 1}}`).join()}}}`;
    const { stdout, exitCode } = await mechane(['run', '-', '--json'], { stdin });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('"payments":{"__proto__":0,"constructor":0,"toString":0,"":3}');
    const table = await mechane(['run', '-'], { stdin });
    expect(table.stdout).toMatch(/^ {2}__proto__ +.*0$/m);
    const winning = `${start}{"__proto__":{"bid":9,"value":{"__proto__":1,"constructor":2}},"b":{"bid":1}}}`;
    const won = await mechane(['run', '-', '--json'], { stdin: winning });
    expect(won.stdout).toContain('"winner":"__proto__"');
    expect(won.stdout).toContain('"winningValue":{"__proto__":1,"constructor":2}');
  });

  test('lone surrogates, which come out as they went in', async () => {
    const stdin = `${start}{"\\ud800":{"bid":1,"value":"\\udfff"}}}`;
    const { stdout } = await mechane(['run', '-', '--json'], { stdin });
    expect(JSON.parse(stdout).outcome).toMatchObject({ winner: '\ud800', winningValue: '\udfff' });
    expect(stdout).toMatch(/^[\x20-\x7e\n]*$/);
    const table = await mechane(['run', '-'], { stdin });
    expect(table.stdout).toMatch(/winner +\\ud800/);
  });

  test('texts of 10 MB, as value and as name', { tags: ['long'] }, async () => {
    const stdin = `${scenario({ a: { bid: 1, value: long } })}\n${scenario({ [long]: { bid: 1 } })}\n`;
    const { stdout } = await mechane(['run', '--ndjson'], { stdin });
    const [first, second] = answers(stdout);
    expect(first?.outcome?.winningValue === long).toBe(true);
    expect(second?.outcome?.winner === long).toBe(true);
    const table = await mechane(['run', '-'], { stdin: scenario({ [long]: { bid: 1, value: long } }) });
    expect(table.stdout.length).toBeLessThan(1000);
  });

  test('no reports and one report', async () => {
    const { stdout } = await mechane(['run', '--ndjson'], { stdin: `${scenario({})}\n${scenario({ a: { bid: 2 } })}` });
    expect(answers(stdout).map(({ outcome }) => [outcome?.winner, outcome?.payment])).toEqual([
      [null, 0],
      ['a', 0],
    ]);
  });

  test('texts that look like structure', async () => {
    const stdin = scenario({ '{":,}[': { bid: 1, value: '\\":{"bid":\\' } });
    const { stdout } = await mechane(['run', '-', '--json'], { stdin });
    expect(JSON.parse(stdout).outcome).toMatchObject({ winner: '{":,}[', winningValue: '\\":{"bid":\\' });
  });
});

function definedOnly(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
