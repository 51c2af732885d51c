import { availableParallelism } from 'node:os';
import { adaptiveOf } from '../adaptive.ts';
import { type CheckedSimulation, checkedSimulation } from '../checked-simulation.ts';
import type { Context } from '../context.ts';
import { throwIfInterrupted } from '../interrupted.ts';
import { type PlotFile, plotFileOf } from '../plot-file.ts';
import { requireMechanisms } from '../plugins.ts';
import { readJson } from '../read-input.ts';
import type { SimulateOptions } from '../simulate-options.ts';
import { simulateSeeds } from '../simulate-seeds.ts';
import { simulationsCsv } from '../simulation-csv.ts';
import { simulationPicture } from '../simulation-picture.ts';
import { replicationsText, simulationText } from '../simulation-text.ts';
import { simulatedByNodes } from '../spread/simulated-by-nodes.ts';

const width = 24;

/** `mechane simulate`: repeated play with learning agents and an adaptive designer, once or for several seeds. */
export async function simulate(file: string, options: SimulateOptions, context: Context): Promise<number> {
  const { json = false, csv = false, seeds = 1 } = options;
  const { output, progress, style, host } = context;
  const { signal, cwd } = host;
  const picture = plotFileOf(options, 1, host);
  const adaptive = await adaptiveOf(cwd);
  const installed = await context.plugins();
  requireMechanisms(installed);
  try {
    const experiment = options.experiment ?? (await readJson(file, host));
    const wanted = roundsOf(experiment) * seeds;
    const onProgress = (rounds: number): void => progress.show(() => bar(rounds, wanted));
    const first = options.seed ?? seedOf(experiment);
    if (options.cluster === undefined && seeds === 1) {
      const seed = first === undefined ? {} : { seed: first };
      const { mechane } = installed;
      await tell([await checkedSimulation(adaptive, experiment, { cwd, mechane, signal, onProgress, ...seed })]);
    } else {
      const { workers = availableParallelism() } = options;
      const from = first ?? 1;
      const numbered = Array.from({ length: seeds }, (_, place) => from + place);
      if (options.cluster !== undefined) await simulatedByNodes(experiment, numbered, file, options, context, tell);
      else await tell(await simulateSeeds({ cwd, experiment, seeds: numbered, workers, signal, onProgress }));
    }
    throwIfInterrupted(signal);
    return 0;
  } catch (thrown) {
    throwIfInterrupted(signal);
    context.reportError(thrown, { file, json });
    return 2;
  }

  async function tell(simulations: readonly CheckedSimulation[]): Promise<void> {
    progress.clear();
    const text = told(simulations, seeds);
    await (json || csv ? output.write(text) : context.tell(text));
    await drawSimulation(picture, simulations);
  }

  function told(simulations: readonly CheckedSimulation[], wanted: number): string {
    if (csv) return simulationsCsv(simulations);
    const [only] = simulations;
    if (wanted === 1 && only !== undefined) {
      const picture = (columns: number): string => simulationPicture(only, columns, style);
      return json
        ? `${JSON.stringify(only)}\n`
        : `${simulationText(only, style)}${context.picture((columns) => `\n${picture(columns)}`)}`;
    }
    const summary = adaptive.replicated(simulations);
    if (json) return `${JSON.stringify({ replications: simulations, summary })}\n`;
    return replicationsText(simulations, summary, style);
  }
}

/** Draws what was learnt: how rewards, regret and play went, and which mechanisms were chosen. */
async function drawSimulation(picture: PlotFile | undefined, [simulated]: readonly CheckedSimulation[]): Promise<void> {
  if (picture === undefined || simulated === undefined) return;
  await picture.draw(({ armsPulled, convergenceCurve, learningCurve, regretCurve }, size) => [
    learningCurve(simulated, size),
    ...(simulated.arms.length > 1 ? [armsPulled(simulated, size), regretCurve(simulated, undefined, size)] : []),
    ...(simulated.convergence.coarse === null ? [] : [convergenceCurve(simulated, size)]),
  ]);
  await picture.write();
}

function bar(rounds: number, wanted: number): string {
  const done = wanted > 0 ? Math.min(1, rounds / wanted) : 0;
  const filled = Math.round(done * width);
  const [played, all] = [rounds, wanted].map((count) => count.toLocaleString('en'));
  return `[${'#'.repeat(filled)}${'.'.repeat(width - filled)}] ${Math.floor(100 * done)} %  ${played} of ${all} rounds`;
}

/** What the experiment says, as far as it makes sense: it is read with care by the package that plays it. */
function roundsOf(experiment: unknown): number {
  const { rounds } = (experiment ?? {}) as { readonly rounds?: unknown };
  return typeof rounds === 'number' && rounds > 0 ? rounds : 0;
}

function seedOf(experiment: unknown): number | undefined {
  const { seed } = (experiment ?? {}) as { readonly seed?: unknown };
  return typeof seed === 'number' && Number.isSafeInteger(seed) ? seed : undefined;
}
