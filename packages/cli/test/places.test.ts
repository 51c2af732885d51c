import { PassThrough } from 'node:stream';
import { readCats } from '@mechane/auction-combinatorial';
import * as games from '@mechane/game-theory';
import { describe, expect, test } from 'vitest';
import { Context } from '../src/context.ts';
import { parseJson } from '../src/json-text.ts';
import { readGame } from '../src/solve-game.ts';
import { here, mechane } from './command.ts';
import { project } from './project.ts';

const table = 'NFG 1 R "x"\n{ "a" "b" }\n{ 2 2 }\n1 1 0 0\n0 0 1 1\n';
const tree = 'EFG 2 R "x" { "a" }\np "" 1 1 "top" { "L" "R" } 0\nt "" 1 "" { 1 }\nt "" 2 "" { 0 }\n';
const jsonTable = '{\n  "players": ["a", "b"],\n  "payoffs": [[[1, 0], [0, 1]],\n [[1, 0], [0, 1]]]\n}\n';
const jsonTree = '{\n  "players": ["a"],\n  "root": { "payoffs": [1] }\n}\n';
const cats = 'goods 2\nbids 2\ndummy 1\n0\t5\t0\t2\t#\n1\t3\t0\t1\t2\t#\n';
const scenario =
  '{\n  "mechanism": "auction-sealed/second-price",\n  "reports": { "a": { "bid": 1 },\n "b": { "bid": 2 } }\n}\n';

const asGame =
  (format?: 'nfg' | 'efg') =>
  (text: string): unknown =>
    readGame(Buffer.from(text), format, games);
const formats: readonly (readonly [format: string, text: string, read: (text: string) => unknown])[] = [
  ['.nfg', table, asGame('nfg')],
  ['.efg', tree, asGame('efg')],
  ['a table in JSON', jsonTable, asGame()],
  ['a tree in JSON', jsonTree, asGame()],
  ['CATS', cats, (text) => readCats(text)],
  ['a scenario', scenario, (text) => parseJson(Buffer.from(text))],
];

/** A text with something wrong in it: cut, or with a character too many or another. */
function* spoilt(text: string): Generator<string, void, void> {
  for (let at = 0; at < text.length; at++) {
    yield text.slice(0, at);
    yield `${text.slice(0, at)}?${text.slice(at)}`;
    yield `${text.slice(0, at)}"${text.slice(at + 1)}`;
  }
}

/** What the command says on stderr of what was thrown while a file was read. */
function said(thrown: unknown, json: boolean): string {
  const stderr = new PassThrough();
  const { signal } = new AbortController();
  const host = { argv: [], stdin: new PassThrough(), stdout: new PassThrough(), stderr, cwd: here, env: {}, signal };
  new Context(host).reportError(thrown, { file: 'given', json });
  return String(stderr.read());
}

describe.each(formats)('of %s', (_, text, read) => {
  test('what is wrong has its place said once, the same to read and in JSON', () => {
    let placed = 0;
    for (const bad of spoilt(text)) {
      let thrown: unknown;
      try {
        read(bad);
        continue;
      } catch (error) {
        thrown = error;
      }
      const told = said(thrown, false);
      const [, line, column] = /, line (\d+)(?:, column (\d+))?: /.exec(told) ?? [];
      expect(told).not.toMatch(/\bline[^a-z]*\d.*\bline[^a-z]*\d/);
      expect(told).not.toMatch(/\bcolumn\b.*\bcolumn\b/);
      const { error } = JSON.parse(said(thrown, true)) as { error: { line?: number; column?: number } };
      expect([error.line, error.column].map((value) => value?.toString())).toEqual([line, column]);
      if (line !== undefined) placed += 1;
    }
    expect(placed).toBeGreaterThan(text.length / 2);
  });
});

test('so do the commands that read them', async () => {
  const cwd = project(['@mechane/game-theory', '@mechane/auction-combinatorial'], {
    'bad.efg': tree.replace('"top"', 'top'),
    'bad.txt': cats.replace('\t5\t', '\tfive\t'),
  });
  const solved = await mechane(['solve', 'bad.efg'], { cwd });
  expect(solved.stderr).toMatch(/^error invalid-file in bad\.efg, line 2, column 10: this is "top"; expected /);
  const played = await mechane(['run', '--cats', '--mechanism', 'auction-combinatorial/vcg', 'bad.txt'], { cwd });
  expect(played.stderr).toMatch(/^error invalid-cats in bad\.txt, line 4: [^l]/);
});
