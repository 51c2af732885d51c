// npm run figures: draws every scenario, game and experiment of docs/scenarios by the command, with --plot, into docs/figures.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runScript } from './command.mjs';
import { drawing, figureOf, scenarioFiles, widths } from './docs/figures.mjs';
import { root } from './root.mjs';
import { setUp } from './setup.mjs';

await setUp();
for (const file of scenarioFiles()) {
  for (const on of /** @type {const} */ (['screen', 'phone'])) {
    const figure = figureOf(file, on);
    mkdirSync(dirname(figure), { recursive: true });
    const command = drawing(file, figure, widths[on]);
    const { code, output } = await runScript(join(root, 'packages/cli/bin/mechane.js'), command, { captured: true });
    if (code === 0) continue;
    console.error(`${file}\n${output}`);
    process.exitCode = 1;
  }
}
