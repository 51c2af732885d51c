// npm run figures: draws every scenario of docs/scenarios by `mechane run --plot`, into docs/figures.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runScript } from './command.mjs';
import { figureOf, scenarioFiles } from './docs/figures.mjs';
import { root } from './root.mjs';
import { setUp } from './setup.mjs';

await setUp();
for (const file of scenarioFiles()) {
  const figure = figureOf(file);
  mkdirSync(dirname(figure), { recursive: true });
  const { code, output } = await runScript(join(root, 'packages/cli/bin/mechane.js'), ['run', file, '--plot', figure], {
    captured: true,
  });
  if (code === 0) continue;
  console.error(`${file}\n${output}`);
  process.exitCode = 1;
}
