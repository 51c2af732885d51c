// npm run check:packages: what would be published resolves and types correctly for those who install it. Needs a build.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runScript, toolScript } from './command.mjs';
import { stagePackages } from './publish/stage.mjs';
import { root } from './root.mjs';

const into = mkdtempSync(join(tmpdir(), 'mechane-shape-'));
const publint = toolScript('publint');
const attw = toolScript('@arethetypeswrong/cli', 'attw');

try {
  const passed = await Promise.all(
    stagePackages(root, into).map(async ({ folder, manifest }) => {
      const ended = [
        await runScript(publint, ['--strict', folder], { captured: true }),
        await runScript(attw, ['--pack', folder, '--profile', 'esm-only', '--no-color'], { captured: true }),
      ];
      const failures = ended.filter(({ code }) => code !== 0);
      console.log(`${failures.length > 0 ? 'failed' : 'ok    '}  ${manifest.name} as published`);
      for (const { output } of failures) console.error(output.trim());
      return failures.length === 0;
    }),
  );
  process.exitCode = passed.every(Boolean) ? 0 : 1;
} finally {
  rmSync(into, { recursive: true, force: true });
}
