import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { apiPage, hasUnsorted } from '../docs/api.mjs';
import { blocksIn, isOutput, stepsOf } from '../docs/blocks.mjs';
import { llmsIndex } from '../docs/llms.mjs';
import { docs, pageFiles, pathOf, readPage } from '../docs/pages.mjs';
import { promisesIn, showPromises } from '../docs/promises.mjs';
import { linkToRepository, outsideOf } from '../docs/repository-links.mjs';
import { searchable } from '../docs/searchable.mjs';
import { type Item, sidebar } from '../docs/sidebar.mjs';
import { deadLinks } from '../docs/site.mjs';
import { installedBy, isUntried, linesOf, readLine, type } from '../docs/typed.mjs';
import { showVerdicts } from '../docs/verdicts.mjs';

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'mechane-docs-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  return folder;
}

const fence = '```';
const block = (info: string, content: string): string => `${fence}${info}\n${content}\n${fence}\n`;

test('an API page has a chapter for all that it tells of', () => {
  expect(hasUnsorted('## Mechanisms\n\n### clock\n\n## Errors\n')).toBe(false);
  expect(hasUnsorted('## Mechanisms\n\n## Other\n')).toBe(true);
});

describe('blocks', () => {
  test('have a language, a file and a line', () => {
    const page = `# Title\n\n${block('json [a.json]', '{}')}\n- item\n\n  ${fence}sh\n  mechane list\n  ${fence}\n`;
    expect(blocksIn(page)).toEqual([
      { fence, language: 'json', file: 'a.json', line: 4, content: '{}\n' },
      { fence, language: 'sh', file: undefined, line: 10, content: 'mechane list\n' },
    ]);
  });

  test('end where their own fence does', () => {
    const page = '````text [page.md]\n```sh\nmechane list\n```\n````\n';
    expect(blocksIn(page).map(({ language, content }) => [language, content])).toEqual([
      ['text', '```sh\nmechane list\n```\n'],
    ]);
  });

  test('are written, imported, tested or typed', () => {
    const page = [
      block('json [a.json]', '{}'),
      block('ts [src/a.ts]', 'export const a = 1;'),
      block('ts [test/a.test.ts]', "import 'vitest';"),
      block('ts', "import './a.ts';"),
      block('sh', 'mechane run a.json'),
      block('text', 'done'),
      block('console', '$ mechane list\nnothing\n$ mechane run a.json'),
    ].join('\n');
    const steps = stepsOf(blocksIn(page));
    expect(steps.map((step) => step.do)).toEqual(['write', 'import', 'test', 'type', 'type', 'type']);
    expect(steps.slice(3)).toMatchObject([
      { commands: 'mechane run a.json\n', output: 'done\n' },
      { commands: 'mechane list', output: 'nothing\n' },
      { commands: 'mechane run a.json', output: '' },
    ]);
  });

  test.each([
    ['a sketch', block('ts', 'sketch();'), 'line 2: an example imports what it uses'],
    ['JSON without a name', block('json', '{}'), 'line 2: name the file that this is'],
    ['JSON that is none', block('json [a.json]', '{'), 'line 2: this is no JSON'],
    ['an example behind another fence', "~~~ts\nimport 'x';\n~~~\n", 'line 2: an example imports what it uses'],
    [
      'an example with a word behind',
      block('ts twoslash', "import 'x';"),
      'nothing runs a block of the language "ts twoslash"',
    ],
    ['an output of nothing', block('text', 'done'), 'line 2: text is the output of the sh block before it'],
    ['another language', block('python', 'pass'), 'nothing runs a block of the language "python"'],
    ['no language', block('', 'pass'), 'nothing runs a block of the language ""'],
  ])('that nothing would run are refused: %s', (_, page, problem) => {
    expect(() => stepsOf(blocksIn(page))).toThrow(problem);
  });
});

describe('outputs', () => {
  test.each([
    ['one\ntwo\n', 'one\ntwo', true],
    ['one  \n\n', 'one\n', true],
    ['one\ntwo\nthree\n', 'one\n…\nthree\n', true],
    ['one\nthree\n', 'one\n…\nthree\n', true],
    ['one 17 two\n', 'one … two\n', true],
    ['one\ntwo\n', 'one\n', false],
    ['one\n', 'one\ntwo\n', false],
    ['a+b (c)\n', 'a+b (c)\n', true],
    ['aab (c)\n', 'a+b (c)\n', false],
    ['one 17\ntwo\n', 'one …two\n', false],
  ])('%j is said as %j: %j', (output, said, is) => {
    expect(isOutput(output, said)).toBe(is);
  });
});

describe('what is typed', () => {
  test('is read line by line, without comments', () => {
    expect(linesOf('# first\nmechane list\n\nmechane run \\\n  a.json\n')).toEqual([
      'mechane list',
      'mechane run a.json',
    ]);
  });

  test('has pipes, files and quotes', () => {
    expect(readLine(`echo '{"a | b": 1}' "c d" | mechane run - > out.txt # exit 2`)).toEqual({
      pipe: [
        ['echo', '{"a | b": 1}', 'c d'],
        ['mechane', 'run', '-'],
      ],
      from: undefined,
      to: 'out.txt',
      exitCode: 2,
    });
    expect(readLine('mechane run --ndjson < in.ndjson').from).toBe('in.ndjson');
  });

  test('installs packages', () => {
    expect(installedBy('npm install --save-dev @mechane/cli zod@4 # both')).toEqual(['@mechane/cli', 'zod@4']);
    expect(installedBy('npm install')).toEqual([]);
  });

  test.each([
    ['npm install', true],
    ['npm install --save-dev @mechane/cli', true],
    ['npm publish', true],
    ['npx changeset', true],
    ['npm install && rm -rf /', false],
    ['npm create mechanism my-auction', false],
    ['npx mechane list', false],
    ['rm -rf /', false],
  ])('%s would reach for the registry: %j', (line, untried) => {
    expect(isUntried(line)).toBe(untried);
  });

  const answer = (name: string) => async (argv: string[], stdin: string) => {
    return { exitCode: argv[0] === 'fail' ? 2 : 0, stdout: `${name} ${argv.join(' ')} ${stdin}`, stderr: 'warned\n' };
  };
  const answering = { mechane: answer('mechane'), createMechanism: answer('created') };

  test('flows from command to command', async () => {
    const folder = folderWith({ 'in.txt': 'one\ntwo\nthree\n' });
    expect(await type('npx mechane run - < in.txt', folder, answering)).toBe('mechane run - one\ntwo\nthree\nwarned\n');
    expect(await type('head -n 2 in.txt > out.txt', folder, answering)).toBe('');
    expect(readFileSync(join(folder, 'out.txt'), 'utf8')).toBe('one\ntwo\n');
    expect(await type("printf '%s\\n' 'a' 'b' | mechane run", folder, answering)).toBe('mechane run a\nb\nwarned\n');
    expect(await type('cat out.txt', folder, answering)).toBe('one\ntwo\n');
  });

  test('ends as it says, and with 0 where it says nothing', async () => {
    const folder = folderWith({});
    expect(await type('mechane fail # exit 2', folder, answering)).toBe('mechane fail warned\n');
    await expect(type('mechane fail', folder, answering)).rejects.toThrow('ends with 2, not 0');
    await expect(type('mechane list # exit 1', folder, answering)).rejects.toThrow('ends with 0, not 1');
    await expect(type('rm -rf /', folder, answering)).rejects.toThrow('nothing here can run "rm -rf /"');
  });

  test('may create a package, and run its scripts', async () => {
    const folder = folderWith({ 'my-auction/package.json': '{"scripts":{"test":"vitest","verify":"mechane verify"}}' });
    const created = await type('npm create mechanism my-auction -- --yes', folder, answering);
    expect(created).toBe('created my-auction --yes warned\n');
    for (const line of ['cd my-auction', 'npm test', 'npm run verify'])
      expect(await type(line, folder, answering)).toBe('');
    for (const line of ['cd elsewhere', 'npm run build']) {
      await expect(type(line, folder, answering)).rejects.toThrow(`nothing here can run "${line}"`);
    }
  });
});

describe('the site', () => {
  test('has no dead links: files, headings, files of the repository', () => {
    const folder = folderWith({
      'index.html':
        '<a href="/start">x</a><a href="/guide/">x</a><a class="y" href="/start#here">x</a><a href="https://x.org">x</a>',
      'start.html': '<h2 id="here">x</h2><a href="#here">x</a><a href="./guide/#there">x</a><a href="/llms.txt">x</a>',
      'guide/index.html': '<h2 id="there">x</h2><a href="../start">x</a>',
      'llms.txt': '',
    });
    expect(deadLinks(folder)).toEqual([]);
  });

  test('says which links are dead', () => {
    const files = 'https://github.com/mechane/mechane/blob/main/';
    const folder = folderWith({
      'index.html': `<a href="/gone">x</a><a href="/start#gone">x</a><a href="${files}README.md">x</a><a href="${files}gone.md">x</a>`,
      'start.html': '<h2 id="here">x</h2><a href="#gone">x</a>',
      'guide/index.html': '<a href="start">x</a>',
    });
    expect(deadLinks(folder).sort()).toEqual([
      'guide/index.html: start',
      'index.html: /gone',
      'index.html: /start#gone',
      `index.html: ${files}gone.md`,
      'start.html: #gone',
    ]);
  });

  test('has every page in the sidebar or as the front page, and in the index for language models', () => {
    const links = (items: readonly Item[]): string[] =>
      items.flatMap(({ link, items: own = [] }) => [...(link === undefined ? [] : [link]), ...links(own)]);
    const paths = pageFiles().map(pathOf);
    expect([...links(sidebar()), '/'].sort()).toEqual(paths.sort());
    const index = llmsIndex();
    for (const path of paths) if (!path.endsWith('/')) expect(index).toContain(`](${path}.md)`);
  });

  test('has a title for every page, and says what a page is in the index', () => {
    for (const file of pageFiles()) expect(readPage(file).title).not.toBe(file);
    expect(llmsIndex()).toContain(
      '- [Mechanism](/concepts/mechanism.md): A mechanism is a conversation that ends in an outcome.',
    );
  });
});

describe('links to files of the repository', () => {
  test('are those that leave the documentation', () => {
    expect(outsideOf('concepts/report.md', '../../packages/core/README.md')).toBe('packages/core/README.md');
    expect(outsideOf('architecture.md', '../tools/check/rooms.mjs')).toBe('tools/check/rooms.mjs');
    expect(outsideOf('concepts/report.md', '../start.md')).toBeUndefined();
    expect(outsideOf('concepts/report.md', '#metrics')).toBeUndefined();
    expect(outsideOf('start.md', '/api/core')).toBeUndefined();
    expect(outsideOf('start.md', 'https://x.org/..')).toBeUndefined();
  });

  test('lead to the forge', () => {
    let href = '../LICENSE';
    const link = {
      type: 'link_open',
      children: null,
      attrGet: () => href,
      attrSet(_: string, value: string) {
        href = value;
      },
    };
    const paragraph = { ...link, type: 'inline', children: [link] };
    const push = (_: string, rule: (state: { tokens: (typeof paragraph)[]; env: { path: string } }) => void): void =>
      rule({ tokens: [paragraph], env: { path: '/somewhere/docs/start.md' } });
    linkToRepository({ core: { ruler: { push } } });
    expect(href).toBe('https://github.com/mechane/mechane/blob/main/LICENSE');
  });
});

describe('what the kit found', () => {
  type Token = {
    type: string;
    tag: string;
    content: string;
    classes?: string;
    attrJoin(name: string, value: string): void;
  };
  const token = (type: string, tag = '', content = ''): Token => ({
    type,
    tag,
    content,
    attrJoin(_, value) {
      this.classes = value;
    },
  });
  const row = (...cells: string[]): Token[] => [
    token('tr_open'),
    ...cells.map((cell) => token('inline', '', cell)),
    token('tr_close'),
  ];
  const table = (...rows: Token[][]): Token[] => [token('table_open'), ...rows.flat(), token('table_close')];
  class Written {
    readonly type: string;
    content = '';
    constructor(type: string) {
      this.type = type;
    }
  }
  const shown = (show: typeof showVerdicts | typeof showPromises, tokens: Token[], env: object = {}): Token[] => {
    const push = (_: string, rule: (state: never) => void): void => rule({ tokens, env, Token: Written } as never);
    show({ core: { ruler: { push } } });
    return tokens;
  };

  test('stands in tables whose rows tell their verdict, and other tables stay as they are', () => {
    const tokens = shown(showVerdicts, [
      ...table(row('name', 'holds')),
      ...table(
        row('law', 'claimed', 'found', 'because'),
        row('core', 'holds', 'no counterexample', ''),
        row('core', 'does not hold at the defaults', 'shown: ann', ''),
        row('core', 'holds', 'undecided: too large', ''),
        row('core', 'holds', 'REFUTED: ann', ''),
      ),
    ]);
    expect(tokens.flatMap(({ classes }) => classes ?? [])).toEqual([
      'is-kept',
      'is-kept',
      'is-denied',
      'is-open',
      'is-false',
    ]);
    expect(tokens.filter(({ type }) => type === 'html_block')).toHaveLength(2);
    expect(tokens.findIndex(({ type }) => type === 'html_block')).toBe(table(row('name', 'holds')).length);
  });

  test('is one table on the page of all mechanisms', () => {
    const page = [...table(row('sign')), token('paragraph_open'), token('heading_open', 'h2'), ...table(row('law'))];
    expect(shown(showPromises, [...page], { relativePath: 'properties.md' }).map(({ content }) => content)).toEqual([
      '',
      '<PromisesTable />\n',
    ]);
    expect(shown(showPromises, [...page], { relativePath: 'start.md' })).toHaveLength(page.length);
  });

  test('is read from that page, every mechanism and law of it', () => {
    const text = readFileSync(join(docs, 'properties.md'), 'utf8');
    const { laws, rows } = promisesIn(text);
    expect(rows).toHaveLength(text.match(/^\| \[`/gm)?.length ?? 0);
    expect(laws).toContain('strategy-proof');
    const [row] = rows.filter(({ link }) => link === '/mechanisms/auction-sealed/second-price');
    expect(row).toMatchObject({ package: 'auction-sealed', name: 'second-price' });
    expect(row?.cases).toBeGreaterThan(100_000);
    expect(row?.signs['strategy-proof']).toEqual(['**yes**']);
    expect(row?.signs.efficient?.toSorted()).toEqual(['**yes**', 'no']);
  });
});

test('a page of the reference links to its neighbours, and leaves its examples to the sources', () => {
  const page = apiPage(
    'core',
    `## A\n\n[\`B\`](../market/src.md#b) [\`C\`](src.md#c)\n\n${block('ts', "import 'x';")}`,
  );
  expect(page).toContain('[`B`](market.md#b) [`C`](#c)');
  expect(page).toContain('```typescript\n');
  expect(page).toContain("title: '@mechane/core'");
});

test('the search index has prose, and code without colours, but no formulas', () => {
  expect(searchable('Let $x$ be\n\n$$\ny\n$$\n\n```ts [a.ts]\nconst a = 1;\n```\n')).toBe(
    'Let  be\n\n\n\n```text\nconst a = 1;\n```\n',
  );
});
