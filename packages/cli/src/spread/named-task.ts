import type { Subject, VerifyOptions as Thoroughness } from '@mechane/conformance';
import type { Division, Parts } from '@mechane/core';
import { AnsweredLines, answeredError } from '../answered-lines.ts';
import { tooLarge } from '../errors.ts';
import { instanceWriter } from '../instance-writer.ts';
import { largestText } from '../json-text.ts';
import type { Installed } from '../plugins.ts';
import { preparation } from '../preparation.ts';
import { subjectsOf } from '../subjects.ts';
import type { TaskContext } from '../task-context.ts';

/** A piece of work as it is sent to another process: what is to be done, by its name, and with what. */
export interface NamedTask {
  readonly task: 'answer' | 'divide' | 'draw' | 'judge' | 'play' | 'replicate' | 'solve';
  readonly given: unknown;
  /** Whatever whoever gave it out needs to know of it when it is done. */
  readonly about?: string;
}

/** Whole lines of a file: as text, or as base64 where they are not UTF-8; or one that is too long to be read. */
export interface LinesTask {
  /** How many lines of the file stand before. */
  readonly before: number;
  readonly text?: string;
  readonly bytes?: string;
  readonly isTooLong?: boolean;
}

/** Answers lines, and gives the lines that answer them. */
export async function answer(
  { before, text, bytes, isTooLong }: LinesTask,
  { installed }: TaskContext,
): Promise<string> {
  if (isTooLong) return answeredError(tooLarge(largestText), before + 1);
  const { mechane } = await installed;
  const lines = bytes === undefined ? Buffer.from(text ?? '', 'utf8') : Buffer.from(bytes, 'base64');
  return answered(mechane, lines, before);
}

/** The lines that answer lines. */
export async function answered(mechane: Installed['mechane'], lines: Buffer, before: number): Promise<string> {
  let text = '';
  await answersOf(mechane).answer(lines, before, async (page) => {
    text += page;
  });
  return text;
}

/** A scenario that waits for the solutions of its parts, and how long it took to come there, in milliseconds: by that, the parts can be guessed. */
export interface TimedDivision {
  readonly division: Division;
  readonly took: number;
}

/** Decides a scenario up to where it falls into parts. */
export async function divide(scenario: unknown, { installed, signal }: TaskContext): Promise<TimedDivision> {
  const { mechane } = await installed;
  await preparation(mechane)(scenario);
  const began = performance.now();
  const division = mechane.divide(scenario, { signal });
  return { division, took: performance.now() - began };
}

/** A scenario that was divided, and some of its parts. */
export interface PartsTask {
  readonly scenario: unknown;
  readonly some: Parts;
}

/** Solves parts of a scenario. */
export async function solveParts(
  { scenario, some }: PartsTask,
  { installed, signal }: TaskContext,
): Promise<readonly unknown[]> {
  const { mechane } = await installed;
  await preparation(mechane)(scenario);
  return mechane.solveParts(scenario, some, { signal });
}

/** A subject to be examined: the place among those of its mechanism, and all mechanisms that are examined with it. */
export interface JudgeTask {
  readonly id: string;
  readonly place: number;
  readonly among: readonly string[];
  readonly thoroughness: Omit<Thoroughness, 'signal'>;
}

/** Examines a subject, and gives the kit's report as JSON. */
export async function judge(
  { id, place, among, thoroughness }: JudgeTask,
  { installed, signal }: TaskContext,
): Promise<string> {
  const { otherDomainsOf, verify } = await import('@mechane/conformance');
  const own = await installed;
  const subjects = (await Promise.all(among.map((each) => subjectsOf(each, own).catch(() => [])))).flat();
  const subject = (await subjectsOf(id, own))[place] as Subject;
  return JSON.stringify(
    await verify(subject, { ...thoroughness, signal, otherDomains: otherDomainsOf(subject, subjects) }),
  );
}

/** Instances to be drawn: the first from a seed, and each from the seed after the last one's. */
export interface DrawTask {
  readonly id: string;
  readonly settings: object;
  readonly format: string;
  readonly first: number;
  readonly count: number;
}

/** Draws instances, and gives each as it is written. */
export async function draw(
  { id, settings, format, first, count }: DrawTask,
  { installed }: TaskContext,
): Promise<readonly string[]> {
  const { mechane } = await installed;
  const write = instanceWriter(
    mechane.generators.find((generator) => generator.id === id),
    format,
  );
  return Array.from({ length: count }, (_, place) =>
    write(mechane.generate(id, { settings, seed: first + place }).instance),
  );
}

const answering = new WeakMap<Installed['mechane'], AnsweredLines>();

/** What was prepared once stays prepared. */
function answersOf(mechane: Installed['mechane']): AnsweredLines {
  const answers = answering.get(mechane) ?? new AnsweredLines(mechane);
  answering.set(mechane, answers);
  return answers;
}
