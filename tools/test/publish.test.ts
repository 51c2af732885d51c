import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { publishedManifest } from '../publish/published-manifest.mjs';
import { stagePackages } from '../publish/stage.mjs';
import { indentedByTwo, tidyTypes, withoutComments } from '../publish/without-comments.mjs';
import { manifest, plant } from './tree.ts';

describe('code without comments', () => {
  test.each([
    ['a line of its own', 'const a = 1;\n  // why\nconst b = 2;\n', 'const a = 1;\nconst b = 2;\n'],
    ['several lines of its own', '/**\n * What.\n */\nexport const a = 1;\n', 'export const a = 1;\n'],
    ['the end of a line', 'const a = 1; // why\nconst b = 2;', 'const a = 1;\nconst b = 2;'],
    ['the last line', 'const a = 1;\n//# sourceMappingURL=a.js.map', 'const a = 1;\n'],
    ['between tokens', 'const a = f(1/* one */, 2);', 'const a = f(1 , 2);'],
    ['two on a line', '/* one */ // two\na();\n', ' \na();\n'],
    ['between two on a line', 'a(); /* one */ /* two */\nb();\n', 'a();  \nb();\n'],
    ['all there is', '// nothing', ''],
  ])('%s', (_, text, expected) => {
    expect(withoutComments('a.js', text)).toBe(expected);
  });

  test('a comment over lines ends the line, as the language has it', () => {
    const text = 'function f() {\n  return /* first\n second */ 1;\n}\n';
    expect(withoutComments('a.js', text)).toBe('function f() {\n  return \n 1;\n}\n');
    expect(new Function(`${text}return f();`)()).toBeUndefined();
    expect(new Function(`${withoutComments('a.js', text)}return f();`)()).toBeUndefined();
  });

  test.each([
    'const a = "// no comment", b = `/* one */`, c = /\\/\\*/;',
    'const a = /* @__PURE__ */ f();',
    '/*! licensed */\na();',
    '/** @license MIT */\na();',
    'import(/* @vite-ignore */ a);',
    'import(/* webpackIgnore: true */ a);',
    '#!/usr/bin/env node\na();',
  ])('%s stays', (text) => {
    expect(withoutComments('a.js', text)).toBe(text);
  });

  test('characters beyond the first plane do not shift what is cut', () => {
    expect(withoutComments('a.js', "const a = '𝟙é'; // one\nb();\n")).toBe("const a = '𝟙é';\nb();\n");
  });

  test('what does not parse is named', () => {
    expect(() => withoutComments('a.js', 'const;')).toThrow(/^a\.js: /);
  });

  test('declarations lose the line that leads to their map, and half of their indentation', () => {
    expect(tidyTypes('a.d.ts', '/** What. */\nexport {};\n//# sourceMappingURL=a.d.ts.map')).toBe(
      '/** What. */\nexport {};\n',
    );
    expect(tidyTypes('a.d.ts', 'export {};\n')).toBe('export {};\n');
    const members =
      'interface A {\n    /**\n     * What:\n     *\n     *     in code\n     */\n    a: {\n        b: 1;\n    };\n}\n';
    expect(tidyTypes('a.d.ts', members)).toBe(
      'interface A {\n  /**\n   * What:\n   *\n   *     in code\n   */\n  a: {\n    b: 1;\n  };\n}\n',
    );
  });
});

test('code is indented by two, but for what is in templates', () => {
  const lines = [
    'x = `',
    '    two',
    '    $' + '{a({',
    '        b: `',
    '    c`,',
    '    })}',
    '    end`;',
    '    y();',
    '        `none`;',
    '',
  ];
  const said = lines.join('\n');
  const tidy = indentedByTwo('a.js', said);
  expect(tidy.split('\n').map((line) => line.search(/\S/))).toEqual([0, 4, 4, 4, 4, 2, 4, 2, 4, -1]);
  const run = (code: string): unknown => new Function('a', 'y', `let x; ${code} return x;`)(JSON.stringify, () => 0);
  expect(run(tidy)).toBe(run(said));
});

test('a published package.json says nothing of sources and of this repository', () => {
  const { exports, sideEffects, publishConfig, ...fields } = publishedManifest(
    manifest('core', {
      sideEffects: ['./src/index.ts', './dist/index.js'],
      dependencies: { zod: '^4.6.0' },
      devDependencies: { vitest: '*' },
    }),
  );
  expect(exports).toEqual({
    '.': { types: './dist/index.d.ts', default: './dist/index.js' },
    './package.json': './package.json',
  });
  expect(sideEffects).toEqual(['./dist/index.js']);
  expect(publishConfig).toEqual({ access: 'public' });
  expect(Object.keys(fields)).toEqual([
    'name',
    'version',
    'license',
    'type',
    'repository',
    'files',
    'engines',
    'dependencies',
  ]);
  expect(publishedManifest(manifest('core')).sideEffects).toBe(false);
  expect(() => publishedManifest(manifest('core', { publishConfig: { access: 'public' } }))).toThrow(
    '@mechane/core does not say from where it is published',
  );
});

test('packages are staged beside what they are made of, which stays as it was', () => {
  const files = {
    'package.json': { workspaces: ['packages/*', 'examples'] },
    'examples/package.json': { name: 'examples' },
    'packages/core/package.json': manifest('core', { files: ['bin', 'dist', 'README.md'] }),
    'packages/core/README.md': 'Read me.',
    'packages/core/bin/core.js': "#!/usr/bin/env node\n// Starts it.\nimport '../dist/index.js';\n",
    'packages/core/src/index.ts': "export * from './deep/a.ts';\n",
    'packages/core/src/deep/a.ts': '',
    'packages/core/dist/index.js': "// All.\nexport * from './deep/a.js';\n//# sourceMappingURL=index.js.map",
    'packages/core/dist/index.js.map': '{}',
    'packages/core/dist/index.d.ts': "/** All. */\nexport * from './deep/a.js';\n//# sourceMappingURL=index.d.ts.map",
    'packages/core/dist/deep/a.js': '',
    'packages/core/dist/deep/a.d.ts': 'export declare const a: import("../used.js").Used;\n',
    'packages/core/src/used.ts': '',
    'packages/core/dist/used.js': '',
    'packages/core/dist/used.d.ts': 'export interface Used {}\n',
    'packages/core/src/inside.ts': '',
    'packages/core/dist/inside.js': '',
    'packages/core/dist/inside.d.ts': 'export declare const inside: 1;\n',
    'packages/core/dist/removed.js': 'what was built before its source was removed',
    'dist/core/old.js': 'what was staged before',
  };
  const root = plant(files);
  const [staged, ...others] = stagePackages(root);
  expect(others).toEqual([]);
  expect(staged).toMatchObject({ room: 'core', folder: join(root, 'dist/core'), manifest: { name: '@mechane/core' } });
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  expect(read('dist/core/dist/index.js')).toBe("export * from './deep/a.js';\n");
  expect(read('dist/core/dist/index.d.ts')).toBe("/** All. */\nexport * from './deep/a.js';\n");
  expect(read('dist/core/bin/core.js')).toBe(files['packages/core/bin/core.js']);
  expect(read('dist/core/README.md')).toBe('Read me.');
  expect(JSON.parse(read('dist/core/package.json')).scripts).toBeUndefined();
  // What only code imports has no types for anybody.
  expect(existsSync(join(root, 'dist/core/dist/inside.js'))).toBe(true);
  expect(read('dist/core/dist/used.d.ts')).toBe('export interface Used {}\n');
  for (const gone of ['src', 'dist/inside.d.ts', 'dist/removed.js', 'dist/index.js.map', 'old.js']) {
    expect(existsSync(join(root, 'dist/core', gone)), gone).toBe(false);
  }
  for (const [path, text] of Object.entries(files).slice(3, -1)) expect(read(path), path).toBe(text);
});
