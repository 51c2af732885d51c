import { readdirSync, readFileSync } from 'node:fs';
import { build, defaultClientConditions, defineConfig, type Plugin } from 'vite';

const resolve = { conditions: ['@mechane/source', ...defaultClientConditions] };
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

export default defineConfig({
  root: here('.'),
  base: './',
  resolve,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [mechanismPages(), scenarios(), sandboxScript()],
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
