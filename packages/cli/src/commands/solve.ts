import type { Solved } from '@mechane/plots';
import type { Context } from '../context.ts';
import { equilibriumPicture } from '../equilibrium-picture.ts';
import { gameTheoryOf, gameTheoryPackage } from '../game-theory.ts';
import { throwIfInterrupted } from '../interrupted.ts';
import { type PlotFile, type PlotOptions, plotFileOf } from '../plot-file.ts';
import { findPluginPackages } from '../plugin-folders.ts';
import { commandFolder } from '../plugins.ts';
import { bytesOf } from '../read-input.ts';
import { mostShown, type SolutionHead, solutionText } from '../solution-text.ts';
import { type GameLabels, type GameToSolve, readGame, type SolvedPart } from '../solve-game.ts';
import { Thread } from '../thread.ts';

export interface SolveOptions extends PlotOptions {
  readonly method?: string;
  readonly objective?: string;
  readonly leader?: string;
  readonly normalForm?: boolean;
  readonly seconds?: number;
  readonly json?: boolean;
}

/** What was found so far. */
interface Found {
  labels: GameLabels | undefined;
  method: string | undefined;
  count: number;
  /** Each as JSON: all of them, or as many as are shown to read. */
  readonly results: string[];
}

/**
 * `mechane solve`: the equilibria of a game. The answer is "no" when none was found. A thread of its own reads the game and solves it, so that
 * the command ends when its time is over or it is called off, whatever the thread is at.
 */
export async function solve(file: string, options: SolveOptions, context: Context): Promise<number> {
  const begun = performance.now();
  const { json = false, method, objective, leader, normalForm = false, seconds } = options;
  const { progress, host } = context;
  const picture = plotFileOf(options, 1, host);
  const { signal } = host;
  const found: Found = { labels: undefined, method, count: 0, results: [] };
  const thread = new Thread('solve', host);
  const limit = limitOf(seconds, begun, signal);
  let head: SolutionHead;
  let bytes: Buffer;
  try {
    bytes = await bytesOf(file, host);
    const passed = performance.now() - begun;
    const most = json ? Infinity : mostShown;
    const format = formatOf(file);
    const given = { bytes, format, method, objective, leader, normalForm, seconds, passed, most };
    const showProgress = (steps: number): void => progress.show(() => `${steps.toLocaleString('en')} steps`);
    const solved = thread.perform(given, {
      onProgress: showProgress,
      onPart: (part) => collect(part as SolvedPart, found),
    });
    const told = await Promise.race([solved, limit.reached]);
    head = told === undefined ? { method: found.method, complete: false, reason: limit.reason() } : JSON.parse(told);
  } catch (thrown) {
    context.reportError(thrown, { file, json });
    return 2;
  } finally {
    limit.release();
    progress.clear();
    await thread.close();
  }
  await (json ? writeJson(head, found, context) : writeText(head, found, context));
  throwIfInterrupted(signal);
  if (picture !== undefined) {
    // The playground solves by the default method, and for as long as it takes.
    if (Object.keys(options).every((name) => ['open', 'json'].includes(name))) showGame(picture, bytes, host.cwd);
    await drawGame(picture, { bytes, format: formatOf(file), normalForm }, found, context);
  }
  return found.count > 0 || head.method === 'dominance' ? 0 : 1;
}

/** Says where in the playground a game is seen. */
function showGame(picture: PlotFile, bytes: Buffer, cwd: string): void {
  const by = findPluginPackages(cwd, commandFolder).find(({ name }) => name === gameTheoryPackage);
  if (by !== undefined) picture.showInPlayground({ room: 'games', given: bytes.toString('utf8'), by });
}

/** Draws the game with what was found. */
async function drawGame(
  picture: PlotFile,
  { bytes, format, normalForm }: Pick<GameToSolve, 'bytes' | 'format' | 'normalForm'>,
  { results }: Found,
  { host }: Context,
): Promise<void> {
  const gameTheory = await gameTheoryOf(host.cwd);
  const read = readGame(Buffer.from(bytes), format, gameTheory);
  const game = normalForm && !('payoff' in read) ? gameTheory.reducedNormalForm(read).game : read;
  const solved = results.map((result) => JSON.parse(result) as Solved);
  await picture.draw(({ gamePictures }, size) => gamePictures(game, solved, size));
  await picture.write();
}

function collect(part: SolvedPart, found: Found): void {
  if ('labels' in part) [found.labels, found.method] = [part.labels, part.method];
  else {
    found.count += part.count;
    for (const result of part.results) found.results.push(result);
  }
}

/** How many milliseconds a thread has to wind up when its time is over or it is called off. */
const grace = 400;

/** What resolves when a thread that does not end by itself has to be left. */
function limitOf(
  seconds: number | undefined,
  begun: number,
  signal: AbortSignal,
): { readonly reached: Promise<undefined>; reason(): string; release(): void } {
  const timers: NodeJS.Timeout[] = [];
  let leave: (value: undefined) => void = () => {};
  const reached = new Promise<undefined>((resolve) => {
    leave = resolve;
  });
  const leaveAfter = (wait: number): void => {
    timers.push(setTimeout(() => leave(undefined), wait + grace));
  };
  const calledOff = (): void => leaveAfter(0);
  if (seconds !== undefined) leaveAfter(begun + seconds * 1e3 - performance.now());
  if (signal.aborted) calledOff();
  signal.addEventListener('abort', calledOff);
  return {
    reached,
    reason: () => (signal.aborted ? 'interrupted' : `the budget of ${seconds} s is spent`),
    release() {
      for (const timer of timers) clearTimeout(timer);
      signal.removeEventListener('abort', calledOff);
    },
  };
}

function formatOf(file: string): 'nfg' | 'efg' | undefined {
  const [, format] = /\.(nfg|efg)$/i.exec(file) ?? [];
  return format?.toLowerCase() as 'nfg' | 'efg' | undefined;
}

/** Results that are written together. */
const together = 500;

async function writeJson(head: SolutionHead, { results }: Found, { output }: Context): Promise<void> {
  const { method, complete, reason, scope, ...rest } = head;
  const begin = JSON.stringify({ method, complete, scope, reason });
  await output.write(`${begin.slice(0, -1)},"equilibria":[`);
  for (let from = 0; from < results.length; from += together) {
    await output.write((from === 0 ? '' : ',') + results.slice(from, from + together).join());
  }
  const end = JSON.stringify(rest);
  await output.write(`]${end === '{}' ? '}' : `,${end.slice(1)}`}\n`);
}

async function writeText(head: SolutionHead, found: Found, context: Context): Promise<void> {
  const { style } = context;
  const shown = found.results.map((result) => JSON.parse(result) as Readonly<Record<string, unknown>>);
  const picture = context.picture((columns) => equilibriumPicture(shown, found.labels, columns, style));
  await context.tell(solutionText(head, shown, found.count, found.labels, style) + picture);
}
