import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noNamedPipes } from '../errors.ts';

/** The ends of the pipes to a process, as file descriptors. */
export interface Pipes {
  /** Our ends. Reading and writing them waits, so that a question can be asked in the middle of a computation. */
  readonly ours: {
    readonly questions: number;
    readonly answers: number;
    readonly remarks: number;
    readonly life: number;
  };
  /** The ends of the process: standard input, output and error, and, as number 3, one that is read to its end when we are no more. */
  readonly theirs: readonly [number, number, number, number];
}

/**
 * Opens pipes that can be waited on without an event loop, which the pipes of `node:child_process` cannot. What the process says on standard
 * error goes into a file, so that it never has to wait for somebody to read it. Nothing of this has a name any more when it returns.
 *
 * @throws CliError `cannot-start` where there are no named pipes, as on Windows.
 */
export function openPipes(): Pipes {
  const folder = mkdtempSync(join(tmpdir(), 'mechane-pipes-'));
  try {
    const at = (name: string): string => join(folder, name);
    const [questions, answers, life] = [at('questions'), at('answers'), at('life')];
    try {
      execFileSync('mkfifo', [questions, answers, life], { stdio: 'ignore' });
    } catch (cause) {
      throw noNamedPipes(cause);
    }
    const [askedOf, askedBy] = bothEnds(questions);
    const [answeredTo, answeredBy] = bothEnds(answers);
    const [livedBy, lives] = bothEnds(life);
    const append = constants.O_RDWR | constants.O_CREAT | constants.O_APPEND;
    return {
      ours: { questions: askedBy, answers: answeredTo, remarks: openSync(at('remarks'), append, 0o600), life: lives },
      theirs: [askedOf, answeredBy, openSync(at('remarks'), append), livedBy],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The reading and the writing end. Opening one waits for the other, unless somebody has both. */
function bothEnds(path: string): readonly [reading: number, writing: number] {
  const both = openSync(path, 'r+');
  const ends = [openSync(path, 'r'), openSync(path, 'w')] as const;
  closeSync(both);
  return ends;
}
