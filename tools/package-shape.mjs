// npm run check:packages: what would be published resolves and types correctly for those who install it. Needs a build.
import { join } from 'node:path';
import { runScript, toolScript } from './command.mjs';
import { root } from './root.mjs';
import { workspaceFolders } from './workspace-folders.mjs';

const folders = workspaceFolders(root).filter((folder) => folder.startsWith('packages/'));
const publint = toolScript('publint');
const attw = toolScript('@arethetypeswrong/cli', 'attw');

const passed = await Promise.all(
  folders.map(async (folder) => {
    const path = join(root, folder);
    const ended = [
      await runScript(publint, ['--strict', path], { captured: true }),
      await runScript(attw, ['--pack', path, '--profile', 'esm-only', '--no-color'], { captured: true }),
    ];
    const failures = ended.filter(({ code }) => code !== 0);
    console.log(`${failures.length > 0 ? 'failed' : 'ok    '}  ${folder} as published`);
    for (const { output } of failures) console.error(output.trim());
    return failures.length === 0;
  }),
);
process.exitCode = passed.every(Boolean) ? 0 : 1;
