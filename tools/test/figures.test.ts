import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { runCli } from '@mechane/cli';
import { pageStyle } from '@mechane/plots';
import { afterAll, describe, expect, test } from 'vitest';
import { drawing, figureOf, onPage, pictures, scenarioFiles, widths } from '../docs/figures.mjs';
import { docs, pageFiles, readPage } from '../docs/pages.mjs';
import { root } from '../root.mjs';

const folder = mkdtempSync(join(tmpdir(), 'mechane-figures-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const scenarios = scenarioFiles();

describe('the figures of the documentation', () => {
  test.each(
    scenarios.flatMap((file) => (['screen', 'phone'] as const).map((on) => [relative(root, file), on] as const)),
  )('%s is drawn for a %s as it stands: npm run figures draws it anew', async (file, on) => {
    const drawn = join(folder, 'drawn.svg');
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const said: string[] = [];
    stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
    stdout.resume();
    const argv = drawing(join(root, file), drawn, widths[on]);
    const code = await runCli({
      argv,
      stdin: Readable.from([]),
      stdout,
      stderr,
      cwd: root,
      env: {},
      signal: new AbortController().signal,
    });
    expect({ code, said }).toEqual({ code: 0, said: [] });
    expect(readFileSync(drawn, 'utf8')).toBe(readFileSync(figureOf(join(root, file), on), 'utf8'));
  });

  test('are those of the mechanisms that have a page', () => {
    const described = pageFiles('mechanisms')
      .map((file) => readPage(file).frontmatter.id)
      .filter((id) => id !== undefined);
    const drawn = scenarios.flatMap((file) =>
      file.endsWith('.json') ? [JSON.parse(readFileSync(file, 'utf8')).mechanism as string] : [],
    );
    expect(described.filter((id) => !drawn.includes(id))).toEqual([]);
  });

  test('are named once on a page, in both their forms', () => {
    for (const file of scenarios) {
      const page = pictures(figureOf(file));
      const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      expect(ids).toHaveLength(4);
      expect(new Set(ids).size).toBe(4);
      const named = [...page.matchAll(/aria-labelledby="([^"]+)"/g)].flatMap(([, names = '']) => names.split(' '));
      expect(named).toEqual(ids);
    }
  });

  test('stand on the paper of their page', () => {
    const [first = ''] = scenarios;
    const svg = onPage(readFileSync(figureOf(first), 'utf8'));
    expect(svg).not.toContain('<style>');
    expect(svg).not.toContain('fill="#ffffff"/>');
    expect(svg).toContain('<title');
  });
});

test('the site has the style sheet of figures', () => {
  const plain = (css: string): string => css.replaceAll(/\/\*.*?\*\//g, '').replaceAll(/[\s;"]/g, '');
  expect(plain(readFileSync(join(docs, '.vitepress/theme/figures.css'), 'utf8'))).toBe(plain(pageStyle));
});

test('the first page of the site has the figure of the second-price auction', () => {
  const figure = (file: string): string => readFileSync(join(docs, file), 'utf8');
  expect(figure('public/hero.svg')).toBe(figure('figures/auction-sealed/second-price.svg'));
});

test('whoever shows a link to the site has a picture of it, as large as its head says', () => {
  const config = readFileSync(join(docs, '.vitepress/config.mjs'), 'utf8');
  const [, file = ''] =
    /raw\.githubusercontent\.com\/mechane\/mechane\/main\/(docs\/public\/\w+\.png)/.exec(config) ?? [];
  const png = readFileSync(join(root, file));
  // The first chunk of a PNG says its width and height.
  expect(png.subarray(12, 16).toString()).toBe('IHDR');
  expect(config).toContain(`'og:image:width', content: '${png.readUInt32BE(16)}'`);
  expect(config).toContain(`'og:image:height', content: '${png.readUInt32BE(20)}'`);
});
