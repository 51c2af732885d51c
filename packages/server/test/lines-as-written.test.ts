import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { LinesAsWritten } from '../src/mcp/lines-as-written.ts';

/** What comes out of lines that arrive in pieces of so many bytes, and what is answered at once. */
async function through(text: string, size: number): Promise<{ readonly heard: string; readonly answers: object[] }> {
  const answers: object[] = [];
  const lines = new LinesAsWritten((answer) => answers.push(answer));
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) lines.write(bytes.subarray(at, at + size));
  lines.end();
  return { heard: (await buffer(lines)).toString(), answers };
}

const call = (given: string): string =>
  `{"jsonrpc":"2.0","id":"ü","method":"tools/call","params":{"name":"run_scenario","arguments":${given}}}`;

test('lines of the protocol go through as they are, in whatever pieces they come', async () => {
  const text = [
    '{"jsonrpc":"2.0","id":12345678901234567890,"method":"ping"}',
    call('{"reports":{"zoë":{"bid":1},"👩‍👧":{"bid":2}}}'),
    'no JSON',
    '',
    '[7]',
    call('null'),
  ].join('\n');
  for (const size of [1, 7, 1_000]) {
    const { heard, answers } = await through(`${text}\n`, size);
    expect(heard).toBe(`${text}\n`);
    expect(answers).toEqual([]);
  }
});

test('agents that look like numbers stand in the order of the line, and a number that would count as another is answered', async () => {
  const rounded = call('{"reports":{"a":{"bid":0.12345678901234567890}}}');
  const text = `${call('{"reports":{"10":{"bid":1},"9":{"bid":2}}}')}\n${rounded}\n${rounded.replace('"id":"ü",', '')}\n`;
  const { heard, answers } = await through(text, 13);
  expect(
    heard
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).params.arguments),
  ).toEqual([
    {
      reports: [
        ['10', { bid: 1 }],
        ['9', { bid: 2 }],
      ],
    },
  ]);
  const result = { isError: true, structuredContent: { code: 'imprecise-amount', path: ['reports', 'a', 'bid'] } };
  expect(answers).toMatchObject([
    { jsonrpc: '2.0', id: 'ü', result },
    { jsonrpc: '2.0', id: null, result },
  ]);
});

test('a line without an end is not kept for ever', async () => {
  const { heard } = await through('x'.repeat(11 * 1024 * 1024), 1024 * 1024);
  expect(heard.length).toBeGreaterThan(10 * 1024 * 1024);
});
