import { setImmediate } from 'node:timers/promises';
import type { InstanceGenerator } from '@mechane/core';
import { inputSchema } from '@mechane/core/host';
import type { Context } from '../context.ts';
import {
  namedAndDrawn,
  needsFolder,
  noDistributionNamed,
  noGenerators,
  noSetting,
  unknownGenerator,
} from '../errors.ts';
import { gameTheoryOf } from '../game-theory.ts';
import { type InstanceFolder, openFolder, writeInstance } from '../instance-files.ts';
import { instanceWriter } from '../instance-writer.ts';
import { throwIfInterrupted } from '../interrupted.ts';
import { typedJson } from '../json-text.ts';
import { type PlotFile, type PlotOptions, plotFileOf } from '../plot-file.ts';
import type { Installed } from '../plugins.ts';
import { preparation } from '../preparation.ts';
import { readGame } from '../solve-game.ts';
import { drawnByNodes } from '../spread/drawn-by-nodes.ts';
import type { SpreadOptions } from '../spread/spread.ts';
import type { Style } from '../style.ts';
import { table } from '../table.ts';
import { printable, shortened } from '../terminal-text.ts';
import { generateNamed } from './generate-named.ts';

export interface GenerateOptions extends PlotOptions, SpreadOptions {
  readonly seed?: number;
  readonly goods?: string;
  readonly bids?: string;
  readonly set?: readonly string[];
  readonly count?: number;
  readonly format?: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly json?: boolean;
  /** The name of a game or an economy that was published, or `true` to list them. */
  readonly named?: string | true;
}

/** `mechane generate`: draws instances to try and to measure mechanisms on; without an id, says what can be drawn. */
export async function generate(id: string | undefined, options: GenerateOptions, context: Context): Promise<number> {
  const installed = await context.plugins();
  if (options.named !== undefined) return await published(id, options.named, options, installed, context);
  const { generators } = installed.mechane;
  if (generators.length === 0) throw noGenerators();
  if (id === undefined) {
    if (drawing(options)) throw noDistributionNamed();
    return list(generators, options, context);
  }
  const generator = named(id, generators);
  const { format = 'json', count = 1, out } = options;
  const write = instanceWriter(generator, format);
  const picture = plotFileOf(options, count, context.host);
  if (out === undefined && count > 1 && format !== 'json') throw needsFolder(generator.id, format);
  const draw = async (instance: unknown): Promise<void> => {
    if (picture !== undefined) await drawInstance(picture, instance, installed, context);
  };
  await (count === 1 && out === undefined && options.cluster === undefined
    ? one(generator, { write, draw }, options, installed, context)
    : several(generator, { write, draw }, options, installed, context));
  await picture?.write();
  return 0;
}

async function published(
  id: string | undefined,
  name: string | true,
  options: GenerateOptions,
  installed: Installed,
  context: Context,
): Promise<number> {
  const { out: _, ...others } = options;
  if (id !== undefined || drawing(others)) throw namedAndDrawn();
  const picture = name === true ? undefined : plotFileOf(options, 1, context.host);
  const code = await generateNamed(name, options, context, async (instance) => {
    if (picture !== undefined) await drawInstance(picture, instance, installed, context);
  });
  await picture?.write();
  return code;
}

/** Whether something is to be drawn, though nobody said from what. */
function drawing({ seed, goods, bids, set, count, out }: GenerateOptions): boolean {
  return [seed, goods, bids, set, count, out].some((option) => option !== undefined);
}

/** What is done with an instance. */
interface Uses {
  write(instance: unknown): string;
  draw(instance: unknown): Promise<void>;
}

/** Draws a game with its payoffs, or what comes of a scenario when it is played. */
async function drawInstance(
  picture: PlotFile,
  instance: unknown,
  { mechane }: Installed,
  context: Context,
): Promise<void> {
  if (typeof instance === 'object' && instance !== null && 'mechanism' in instance) {
    await preparation(mechane)(instance);
    await picture.drawRun(instance, mechane.runScenario(instance));
    return;
  }
  const gameTheory = await gameTheoryOf(context.host.cwd);
  const text = typeof instance === 'string' ? instance : JSON.stringify(instance);
  const game = readGame(Buffer.from(text), undefined, gameTheory);
  await picture.draw(({ gamePictures }, size) => gamePictures(game, [], size));
}

/** Prints an instance, and on stderr the seed where it was drawn. */
async function one(
  { id }: InstanceGenerator,
  { write, draw }: Uses,
  options: GenerateOptions,
  { mechane }: Installed,
  context: Context,
): Promise<void> {
  const { seed, instance } = mechane.generate(id, { settings: settingsOf(options), seed: options.seed });
  if (options.seed === undefined) tellSeed(seed, context);
  await context.output.write(write(instance));
  await draw(instance);
}

/** Draws one instance after another, each from the seed after the last one's, and stops in between when asked to. */
async function several(
  { id }: InstanceGenerator,
  { write, draw }: Uses,
  options: GenerateOptions,
  { mechane }: Installed,
  context: Context,
): Promise<void> {
  const { count = 1, format = 'json', cluster, job } = options;
  const { signal } = context.host;
  const settings = settingsOf(options);
  const place = placing(id, options, context);
  if (cluster !== undefined) {
    const first = options.seed ?? mechane.generate(id, { settings }).seed;
    if (options.seed === undefined) tellSeed(first, context);
    const { cluster: _, job: __, ...typed } = { ...options, seed: first };
    const drawing = { id, settings, format, first, count, options: typed };
    await drawnByNodes(drawing, { cluster, job }, context, place);
    return;
  }
  let next = options.seed;
  for (let drawn = 0; drawn < count; drawn++) {
    const { seed, instance } = mechane.generate(id, { settings, seed: next });
    next = seed + 1;
    if (drawn === 0 && options.seed === undefined) tellSeed(seed, context);
    await place(write(instance), seed);
    await draw(instance);
    context.progress.show(() => `${drawn + 1} of ${count} instances`);
    await setImmediate();
    throwIfInterrupted(signal);
  }
}

/** Puts instances where they are wanted: on stdout, into a file, or into a folder. */
function placing(
  id: string,
  { count = 1, format = 'json', out, force = false }: GenerateOptions,
  { host: { cwd }, output }: Context,
): (text: string, seed: number) => Promise<void> {
  let folder: InstanceFolder | undefined;
  return async (text, seed) => {
    if (out === undefined) await output.write(text);
    else if (count === 1) await writeInstance(out, text, cwd, force);
    else {
      folder ??= await openFolder(out, cwd, force);
      await folder.write(`${id}-${seed}.${format === 'json' ? 'json' : 'txt'}`, text);
    }
  };
}

function tellSeed(seed: number, { host, progress }: Context): void {
  progress.clear();
  host.stderr.write(`seed ${seed}: --seed ${seed} draws the same again\n`);
}

/** What is installed, or with `json` all that there is to say of it. */
async function list(
  generators: readonly InstanceGenerator[],
  { json = false }: GenerateOptions,
  { output, style }: Context,
): Promise<number> {
  const entries = generators.map(({ id, summary, settings, formats }) => ({
    id,
    summary,
    formats: ['json', ...Object.keys(formats)],
    settings: inputSchema(settings),
  }));
  if (json) await output.write(`${JSON.stringify(entries)}\n`);
  else await output.write(generators.map((generator) => entryText(generator, style)).join('\n'));
  return 0;
}

function entryText({ id, summary, settings, formats }: InstanceGenerator, style: Style): string {
  const named = Object.entries(inputSchema(settings)?.properties ?? {}).map(([name, { default: usual }]) =>
    usual === undefined ? name : `${name}=${JSON.stringify(usual)}`,
  );
  const rows = [
    ['settings', named.join(' ')],
    ['formats', ['json', ...Object.keys(formats)].join(' ')],
  ].map(([text = '', value = '']) => [{ text, emphasis: style.faint }, { text: printable(value) }]);
  return `${style.strong(printable(id))}  ${printable(shortened(summary, 200))}\n${table(rows, '  ')}`;
}

function named(id: string, generators: readonly InstanceGenerator[]): InstanceGenerator {
  const found = generators.find((generator) => generator.id === id);
  if (found) return found;
  throw unknownGenerator(
    id,
    generators.map((generator) => generator.id),
  );
}

/** The settings that were typed, in the order in which they were: `--set` goes before `--goods` and `--bids`. */
function settingsOf({ goods, bids, set = [] }: GenerateOptions): object {
  const typed = [
    ...set,
    ...(goods === undefined ? [] : [`goods=${goods}`]),
    ...(bids === undefined ? [] : [`bids=${bids}`]),
  ];
  return Object.fromEntries(typed.map(setting));
}

function setting(typed: string): [key: string, value: unknown] {
  const at = typed.indexOf('=');
  if (at > 0) return [typed.slice(0, at), readValue(typed.slice(at + 1))];
  throw noSetting(typed);
}

/** JSON where it is JSON, as numbers are, and a text otherwise. */
function readValue(typed: string): unknown {
  const value = typedJson(typed);
  return value === undefined ? typed : value;
}
