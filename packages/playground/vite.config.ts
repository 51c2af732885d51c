import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { build, defaultClientConditions, defineConfig, type Plugin } from 'vite';

const resolve = { conditions: ['@mechane/source', ...defaultClientConditions] };
const jsx = { jsx: { runtime: 'automatic', importSource: 'preact' } } as const;
const here = (path: string): string => new URL(path, import.meta.url).pathname;

/** The pages of mechanisms by what one wants, as their headers say it. */
function mechanismPages(): Plugin {
  const name = 'virtual:mechanism-pages';
  const folder = here('../../docs/mechanisms/');
  return {
    name: 'mechanism-pages',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load(id) {
      if (id !== `\0${name}`) return;
      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md'));
      const order = readFileSync(`${folder}/index.md`, 'utf8');
      const pages = files
        .sort((a, b) => order.indexOf(`(${a})`) - order.indexOf(`(${b})`))
        .flatMap((file) => {
          const text = readFileSync(`${folder}/${file}`, 'utf8');
          const field = (key: string): string =>
            new RegExp(`^${key}: *(.+)$`, 'm').exec(text)?.[1]?.replace(/^'(.*)'$/, '$1') ?? '';
          return field('id') === ''
            ? []
            : [{ id: field('id'), title: field('title'), chapter: field('chapter'), want: field('want') }];
        });
      return `export const mechanismPages = ${JSON.stringify(pages)};`;
    },
  };
}

/** The scenarios of the documentation, by their mechanism. */
function scenarios(): Plugin {
  const name = 'virtual:scenarios';
  const folder = here('../../docs/scenarios/');
  return {
    name: 'scenarios',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load(id) {
      if (id !== `\0${name}`) return;
      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
      const told = files
        .sort()
        .map((file) => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as { mechanism?: string })
        .filter(({ mechanism }) => mechanism !== undefined);
      return `export const scenarios = ${JSON.stringify(Object.fromEntries(told.map((each) => [each.mechanism, each])))};`;
    },
  };
}

/** The script of the sandbox, in one piece: it is handed as text to a place from which nothing can be loaded. */
function sandboxScript(): Plugin {
  return {
    name: 'sandbox-script',
    apply: 'build',
    async generateBundle() {
      const made = await build({
        configFile: false,
        logLevel: 'error',
        resolve,
        // The script has no address of its own: it is run from text.
        define: { 'import.meta.url': JSON.stringify('https://sandbox.invalid/kit/kit.js') },
        build: {
          write: false,
          target: 'es2022',
          lib: { entry: here('src/rules/sandbox-worker.ts'), formats: ['iife'], name: 'sandbox' },
        },
      });
      const [output] = [made].flat();
      if (output === undefined || !('output' in output)) throw new Error('the sandbox was not built');
      this.emitFile({ type: 'asset', fileName: 'sandbox.js', source: output.output[0].code });
    },
  };
}

/** Where a page that is one file has something else than one of many. */
const inOneFile: Readonly<Record<string, string>> = {
  [here('src/workers.ts')]: here('src/in-one-file/workers.ts'),
  [here('src/rooms.ts')]: here('src/in-one-file/rooms.ts'),
};

/** What the one script takes from elsewhere than from files beside it. */
function withoutOtherFiles(): Plugin {
  return {
    name: 'without-other-files',
    enforce: 'pre',
    async resolveId(id, importer) {
      if (importer?.startsWith(here('src/in-one-file/')) === true) return;
      const found = await this.resolve(id, importer, { skipSelf: true });
      return inOneFile[found?.id ?? ''];
    },
    transform: (code) =>
      code.replace(/new URL\(\s*["']highs\.wasm["'],\s*import\.meta\.url\s*\)/, 'new URL(globalThis.highsWasm)'),
  };
}

/** The versions of the packages that are in the page, so that the command shows nothing in it that another version gave. */
function versions(): string {
  const packages = here('..');
  const each = readdirSync(packages)
    .filter((folder) => existsSync(`${packages}/${folder}/package.json`))
    .map(
      (folder) =>
        JSON.parse(readFileSync(`${packages}/${folder}/package.json`, 'utf8')) as { name: string; version: string },
    );
  const listed = Object.fromEntries(each.map(({ name, version }) => [name, version]));
  return `<script type="application/json" id="mechane-versions">${JSON.stringify(listed)}</script>`;
}

/**
 * The playground as one page that needs no server, for the command to show results in: browsers load no modules from files. It has marks where the command
 * writes what is shown and the WebAssembly of the optimizer, which is a file of the site already.
 */
function pageInOneFile(): Plugin {
  return {
    name: 'page-in-one-file',
    apply: 'build',
    async generateBundle() {
      const made = await build({
        configFile: false,
        logLevel: 'error',
        resolve,
        oxc: jsx,
        plugins: [mechanismPages(), scenarios(), withoutOtherFiles()],
        define: { 'import.meta.url': JSON.stringify('https://file.invalid/page.js') },
        build: {
          write: false,
          target: 'es2022',
          lib: { entry: here('src/in-one-file/main.ts'), formats: ['iife'], name: 'playground', cssFileName: 'style' },
          rolldownOptions: { output: { codeSplitting: false } },
        },
      });
      const [output] = [made].flat();
      if (output === undefined || !('output' in output)) throw new Error('the page in one file was not built');
      const [script] = output.output;
      const style = output.output.find(({ fileName }) => fileName.endsWith('.css'));
      const mark = `data:image/svg+xml,${encodeURIComponent(readFileSync(here('public/mark.svg'), 'utf8'))}`;
      const page = readFileSync(here('index.html'), 'utf8')
        .replace(/<script src[^\n]*\n/, () => `<script>${readFileSync(here('public/theme.js'), 'utf8')}</script>\n`)
        .replace(
          '</head>',
          () => `<style>${style !== undefined && 'source' in style ? style.source : ''}</style></head>`,
        )
        .replace(
          /<script type="module"[^\n]*\n/,
          () =>
            `<!--shown-->${versions()}<script id="mechane-script">${script.code.replaceAll('</script', String.raw`<\/script`)}</script>\n`,
        )
        .replaceAll('./mark.svg', () => mark);
      this.emitFile({ type: 'asset', fileName: 'in-one-file.html', source: page });
    },
  };
}

export default defineConfig({
  root: here('.'),
  base: './',
  resolve,
  oxc: jsx,
  plugins: [mechanismPages(), scenarios(), sandboxScript(), pageInOneFile()],
  worker: { format: 'es', plugins: () => [] },
  build: {
    outDir: here('dist/site'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4096,
    rolldownOptions: { onwarn() {} },
  },
});
