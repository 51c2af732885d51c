import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runScript, toolScript } from '../command.mjs';
import { asAssertions } from '../documented-examples.mjs';
import { root } from '../root.mjs';
import { blocksIn } from './blocks.mjs';
import { apiFolder, pageFiles } from './pages.mjs';

const folder = join(root, '.cache', 'docs-examples');

/**
 * Compiles the examples of all pages and READMEs, as whoever copies them does.
 *
 * @returns {Promise<string | undefined>} the compiler's complaints, at the lines of the pages
 */
export async function compileExamples() {
  rmSync(folder, { recursive: true, force: true });
  /** @type {Map<string, { page: string, line: number }>} */
  const places = new Map();
  for (const page of told()) {
    for (const { language, file, line, content } of blocksIn(readFileSync(join(root, page), 'utf8'))) {
      if (language !== 'ts') continue;
      const path = join(page.replaceAll(/\W/g, '-'), file ?? `line-${line}.ts`);
      // The assertions begin with an import of their own.
      places.set(path.replaceAll('\\', '/'), { page, line: line - 2 });
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), asAssertions(content));
    }
  }
  const project = join(folder, 'tsconfig.json');
  const compilerOptions = { incremental: false, tsBuildInfoFile: null, rootDir: '../..' };
  writeFileSync(
    project,
    JSON.stringify({ extends: '../../tsconfig.test.json', compilerOptions, include: ['**/*.ts'] }),
  );
  const { code, output } = await runScript(toolScript('typescript', 'tsc'), ['-p', project, '--pretty', 'false'], {
    captured: true,
  });
  return code === 0 ? undefined : atPages(output, places);
}

/** What tells a reader what to write: the pages, and the READMEs of the repository and of each package. */
function told() {
  const pages = pageFiles().filter((file) => !file.startsWith(`${apiFolder}/`));
  const readmes = readdirSync(join(root, 'packages')).map((room) => `packages/${room}/README.md`);
  return [
    ...pages.map((page) => `docs/${page}`),
    'README.md',
    ...readmes.filter((file) => existsSync(join(root, file))),
  ];
}

/**
 * @param {string} output
 * @param {ReadonlyMap<string, { page: string, line: number }>} places
 */
function atPages(output, places) {
  return output.replaceAll(/^\.cache[\\/]docs-examples[\\/](.+?)\((\d+),/gm, (said, file, row) => {
    const place = places.get(file.replaceAll('\\', '/'));
    return place === undefined ? said : `${place.page}(${place.line + Number(row)},`;
  });
}
