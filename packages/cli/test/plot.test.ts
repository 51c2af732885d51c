import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inflateRawSync } from 'node:zlib';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { mechane, scenario } from './command.ts';
import { project } from './project.ts';

const sealed = '@mechane/auction-sealed';
const bids = { ann: { bid: 10 }, bob: { bid: 15 }, eve: { bid: 12 } };

describe('mechane generate --plot', () => {
  const draw = async (id: string, ...more: string[]): Promise<string> => {
    const cwd = project(['@mechane/game-theory', '@mechane/auction-combinatorial']);
    const { exitCode, stdout } = await mechane(['generate', id, '--seed', '1', '--plot', 'out.html', ...more], { cwd });
    expect(exitCode).toBe(0);
    expect(() =>
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).not.toThrow();
    return readFileSync(join(cwd, 'out.html'), 'utf8');
  };

  test('draws the payoffs of a game beside the game', { tags: ['long'] }, async () => {
    expect(await draw('zero-sum-game')).toContain('chooses the row and gets the first number');
  });

  test('draws what comes of a scenario when it is played', { tags: ['long'] }, async () => {
    expect(await draw('cats-regions', '--goods', '4', '--bids', '6')).toContain('each bar is a winning bid');
  });

  test('draws every instance', async () => {
    const page = await draw('zero-sum-game', '--count', '3');
    expect(page.match(/chooses the row and gets the first number/g)?.length).toBeGreaterThanOrEqual(3);
  });
});

describe('mechane run --plot', () => {
  test('draws as wide as it is told, from what can be read on', async () => {
    const cwd = project([sealed]);
    const draw = (width: string) =>
      mechane(['run', '-', '--plot', 'out.svg', '--plot-width', width], { cwd, stdin: scenario(bids) });
    expect((await draw('330')).exitCode).toBe(0);
    expect(readFileSync(join(cwd, 'out.svg'), 'utf8')).toMatch(/^<svg [^>]*viewBox="0 0 330 /);
    const { exitCode, stderr } = await draw('299');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Expected a whole number, 300 or more');
  });

  test('has nothing to be wide where no picture is asked for', async () => {
    const cwd = project([sealed]);
    for (const argv of [
      ['run', '-'],
      ['verify', 'auction-sealed/second-price', '--runs', '1'],
    ]) {
      const { exitCode, stdout, stderr } = await mechane([...argv, '--plot-width', '330'], {
        cwd,
        stdin: scenario(bids),
      });
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).toContain('name a file, as in --plot picture.svg');
    }
  });

  const files = { 'one.json': scenario(bids), 'two.json': scenario({ zoe: { bid: 3 } }) };
  const read = (cwd: string, file: string): string => readFileSync(join(cwd, file), 'utf8');

  test('writes the picture beside what it prints', async () => {
    const cwd = project([sealed], files);
    const { exitCode, stdout, stderr } = await mechane(['run', 'one.json', '--plot', 'out.svg'], { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^ {2}winner +bob$/m);
    expect(read(cwd, 'out.svg')).toMatch(/^<svg [\s\S]*<title [^>]*>bob wins and pays 12<\/title>/);
  });

  test('writes several pictures into one page', async () => {
    const cwd = project([sealed], files);
    await mechane(['run', 'one.json', 'two.json', '--plot', 'out.html'], { cwd });
    expect(read(cwd, 'out.html').match(/<svg/g)).toHaveLength(2);
  });

  test('writes the numbers as CSV', async () => {
    const cwd = project([sealed], files);
    await mechane(['run', 'one.json', '--plot', 'out.csv'], { cwd });
    expect(read(cwd, 'out.csv')).toContain('bob,15,12,yes');
  });

  test.each([
    [['one.json'], 'out.png', /^error invalid-option: --plot out\.png: no format is named so/],
    [['one.json', 'two.json'], 'out.svg', /holds one picture, not 2.*Fix: name it pictures\.html/],
    [['one.json'], 'missing/out.svg', /^error cannot-write/],
  ])('of %j to %s says what is wrong', async (scenarios, file, said) => {
    const cwd = project([sealed], files);
    const { exitCode, stderr } = await mechane(['run', ...scenarios, '--plot', file], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(said);
  });
});

test('where nothing was drawn, nothing is written', async () => {
  const cwd = project([sealed], { 'bad.json': scenario({ ann: { bid: -1 } }) });
  expect((await mechane(['run', 'bad.json', '--plot', 'out.svg'], { cwd })).exitCode).toBe(2);
  expect(existsSync(join(cwd, 'out.svg'))).toBe(false);
});

describe('mechane run --open', () => {
  test.skipIf(process.platform === 'win32')(
    'shows a page by what the system has, where BROWSER names nothing',
    async () => {
      const opener = '#!/bin/sh\necho "$1" > "$(dirname "$0")/asked"\n';
      const cwd = project([sealed], { 'one.json': scenario(bids), 'bin/open': opener, 'bin/xdg-open': opener });
      for (const name of ['open', 'xdg-open']) chmodSync(join(cwd, 'bin', name), 0o755);
      vi.stubEnv('PATH', `${join(cwd, 'bin')}${delimiter}${process.env.PATH}`);
      onTestFinished(() => void vi.unstubAllEnvs());
      const { stderr } = await mechane(['run', 'one.json', '--open', '--plot', 'out.html'], { cwd });
      expect(stderr).toBe(`The picture is shown from ${join(cwd, 'out.html')}\n`);
      const url = pathToFileURL(join(cwd, 'out.html')).href;
      await vi.waitFor(() => expect(readFileSync(join(cwd, 'bin', 'asked'), 'utf8')).toBe(`${url}\n`), {
        timeout: 20_000,
      });
    },
  );

  test('shows a page by the command that BROWSER names', async () => {
    const cwd = project([sealed], {
      'one.json': scenario(bids),
      'browser.sh': '#!/bin/sh\necho "$1" > "$(dirname "$0")/asked"\n',
    });
    const browser = join(cwd, 'browser.sh');
    chmodSync(browser, 0o755);
    const { exitCode, stderr } = await mechane(['run', 'one.json', '--open', '--plot', 'out.html'], {
      cwd,
      env: { BROWSER: browser },
    });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: `The picture is shown from ${join(cwd, 'out.html')}\n`,
    });
    const asked = join(cwd, 'asked');
    await vi.waitFor(() => expect(readFileSync(asked, 'utf8')).toBe(`${pathToFileURL(join(cwd, 'out.html')).href}\n`), {
      timeout: 20_000,
    });
  });

  test('says where the picture is where nothing shows it', async () => {
    const cwd = project([sealed], { 'one.json': scenario(bids) });
    const { exitCode, stderr } = await mechane(['run', 'one.json', '--open'], {
      cwd,
      env: { BROWSER: join(cwd, 'no-browser') },
    });
    expect(exitCode).toBe(0);
    const [, file = ''] = /^The picture is in (.*)$/m.exec(stderr) ?? [];
    expect(readFileSync(file, 'utf8')).toContain('bob wins and pays 12');
    rmSync(file);
  });
});

const theory = '@mechane/game-theory';
const prisoners =
  '{"players":["Ann","Bob"],"strategies":[["silent","tell"],["silent","tell"]],"payoffs":[[[2,0],[3,1]],[[2,3],[0,1]]]}';
const tree = `EFG 2 R "entry" { "In" "Out" } ""
p "" 1 1 "a" { "enter" "stay" } 0
p "" 2 1 "b" { "fight" "share" } 0
t "" 1 "" { -1, 0 }
t "" 2 "" { 1, 1 }
t "" 3 "" { 0, 2 }
`;

describe('--open where the playground was built', () => {
  const versionOf = (folder: string): string => {
    const file = new URL(`../../${folder}/package.json`, import.meta.url);
    return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
  };
  const built = (versions: object): string =>
    `<body><!--shown--><script type="application/json" id="mechane-versions">${JSON.stringify(versions)}</script></body>`;
  const site = (versions: object) => ({ 'site/in-one-file.html': built(versions), 'site/assets/highs-1.wasm': 'wasm' });
  const versions = { [sealed]: versionOf('auction-sealed'), [theory]: versionOf('game-theory') };
  const opened = async (cwd: string, ...words: string[]): Promise<{ said: string; page: string }> => {
    const env = { BROWSER: join(cwd, 'no-browser') };
    const { stderr, exitCode } = await mechane([...words, '--open'], { cwd, env, playground: join(cwd, 'site') });
    expect(exitCode).toBe(0);
    const [, what = '', file = ''] = /^The (\w+) is in (.*)$/m.exec(stderr) ?? [];
    const page = readFileSync(file, 'utf8');
    rmSync(file);
    return { said: what, page };
  };
  const addressIn = (page: string): readonly [room: string | undefined, given: unknown] => {
    const [, room, held = ''] = /data-at="#\/([^?]*)\?s=([^"]*)"/.exec(page) ?? [];
    return [room, JSON.parse(inflateRawSync(Buffer.from(held, 'base64url')).toString('utf8'))];
  };

  test('shows a scenario in the room of its mechanism, with what it is told', async () => {
    const cwd = project([sealed], {
      ...site(versions),
      'one.json': scenario(bids, undefined, { settings: { reserve: 3 } }),
    });
    const { said, page } = await opened(cwd, 'run', 'one.json');
    expect(said).toBe('playground');
    expect(addressIn(page)).toEqual([
      'mechanism/auction-sealed/second-price',
      { reports: bids, settings: { reserve: 3 } },
    ]);
    expect(page).toContain(`data:application/wasm;base64,${Buffer.from('wasm').toString('base64')}`);
  });

  test('shows a game in the room of games, as its file has it', async () => {
    const cwd = project([theory], { ...site(versions), 'game.json': prisoners });
    const { said, page } = await opened(cwd, 'solve', 'game.json');
    expect(said).toBe('playground');
    expect(addressIn(page)).toEqual(['games', prisoners]);
  });

  test('shows the picture where another version, another method or another order of agents would show something else', async () => {
    const numbers = '{"mechanism":"auction-sealed/second-price","reports":{"1042":{"bid":7},"7":{"bid":7}}}';
    const cwd = project([sealed, theory], { ...site(versions), 'game.json': prisoners, 'numbers.json': numbers });
    expect((await opened(cwd, 'solve', 'game.json', '--method', 'lemke-howson')).said).toBe('picture');
    expect((await opened(cwd, 'run', 'numbers.json')).said).toBe('picture');
    const older = project([sealed], { ...site({ [sealed]: '0.0.0-older' }), 'one.json': scenario(bids) });
    expect((await opened(older, 'run', 'one.json')).said).toBe('picture');
  });
});

describe('mechane solve --plot', () => {
  const solved = async (name: string, text: string, file: string): Promise<string> => {
    const cwd = project([theory], { [name]: text });
    const { exitCode, stderr } = await mechane(['solve', name, '--plot', file], { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    return readFileSync(join(cwd, file), 'utf8');
  };

  test('frames the equilibrium of the prisoners’ dilemma, and shows best responses beside it', {
    tags: ['long'],
  }, async () => {
    const page = await solved('prisoners.json', prisoners, 'out.html');
    expect(page).toContain('equilibrium: tell, tell');
    expect(page).toContain('What Bob does best against Ann');
  });

  test('draws a tree with the moves that its equilibrium makes', { tags: ['long'] }, async () => {
    const svg = await solved('entry.efg', tree, 'out.svg');
    expect(svg).toContain('A game of 2 players with 5 nodes');
    expect(svg).toMatch(/enter (1|0)</);
  });

  test('draws the table of a tree that is solved as one', async () => {
    const cwd = project([theory], { 'entry.efg': tree });
    const argv = ['solve', 'entry.efg', '--normal-form', '--method', 'pure', '--plot', 'out.svg'];
    expect(await mechane(argv, { cwd })).toMatchObject({ exitCode: 0, stderr: '' });
    const svg = readFileSync(join(cwd, 'out.svg'), 'utf8');
    expect(svg).not.toContain('nodes');
    for (const strategy of ['enter', 'stay', 'fight', 'share']) expect(svg).toContain(strategy);
  });

  test('writes a table as TikZ', async () => {
    expect(await solved('prisoners.json', prisoners, 'out.tex')).toMatch(/^\\begin\{tikzpicture\}/);
  });

  test('shows the logit branch of a method that follows it', async () => {
    const cwd = project([theory], { 'prisoners.json': prisoners });
    await mechane(['solve', 'prisoners.json', '--method', 'logit', '--plot', 'out.html'], { cwd });
    expect(readFileSync(join(cwd, 'out.html'), 'utf8')).toContain('1 equilibrium: 1 pure');
  });
});

describe('mechane simulate --plot', () => {
  test('shows what was learnt and which mechanisms were chosen', async () => {
    const cwd = project([sealed, '@mechane/adaptive'], {
      'experiment.json': JSON.stringify({
        arms: [{ mechanism: 'auction-sealed/first-price' }, { mechanism: 'auction-sealed/second-price' }],
        population: { bidders: [{ kind: 'truthful', count: 3, values: { kind: 'uniform', low: 0, high: 1 } }] },
        rounds: 300,
        seed: 1,
      }),
    });
    const { exitCode, stderr } = await mechane(['simulate', 'experiment.json', '--plot', 'out.html'], { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const page = readFileSync(join(cwd, 'out.html'), 'utf8');
    expect(page).toContain('After 300 rounds a round brings');
    expect(page).toContain('is chosen in');
  });

  test('shows no choice of mechanisms where there is one', async () => {
    const cwd = project([sealed, '@mechane/adaptive'], {
      'experiment.json': JSON.stringify({
        arms: [{ mechanism: 'auction-sealed/second-price' }],
        population: { bidders: [{ kind: 'truthful', count: 3, values: { kind: 'uniform', low: 0, high: 1 } }] },
        rounds: 300,
        seed: 1,
      }),
    });
    expect((await mechane(['simulate', 'experiment.json', '--plot', 'out.html'], { cwd })).exitCode).toBe(0);
    const page = readFileSync(join(cwd, 'out.html'), 'utf8');
    expect(page).toContain('After 300 rounds a round brings');
    expect(page).not.toContain('is chosen in');
  });
});

describe('mechane verify --plot', () => {
  test('shows each law and what became of it', { tags: ['long'] }, async () => {
    const cwd = project([sealed]);
    await mechane(['verify', 'auction-sealed/second-price', '--runs', '5', '--plot', 'out.svg'], {
      cwd,
    });
    expect(readFileSync(join(cwd, 'out.svg'), 'utf8')).toContain('auction-sealed/second-price: ');
  });

  test('shows the lie that refutes a claim before all that was checked', async () => {
    const cwd = project(['liar', '@mechane/core', '@mechane/conformance']);
    await mechane(['verify', 'liar/first-price', '--runs', '5', '--plot', 'out.html'], { cwd });
    const page = readFileSync(join(cwd, 'out.html'), 'utf8');
    expect(page.match(/<svg/g)).toHaveLength(2);
    expect(page.lastIndexOf('<svg')).toBeLessThan(page.lastIndexOf('structural/answers'));
  });
});
