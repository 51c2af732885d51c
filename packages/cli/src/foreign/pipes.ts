import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noNamedPipes } from '../errors.ts';

/** The ends of the pipes to a process, as file descriptors. */
export interface Pipes {
  /** Our ends. Reading and writing them waits, so that a question can be asked in the middle of a computation. */
  readonly ours: { readonly questions: number; readonly answers: number; readonly remarks: number };
  /** The ends of the process: standard input, output and error, in this order. */
  readonly theirs: readonly [number, number, number];
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
    const [questions, answers, remarks] = ['questions', 'answers', 'remarks'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    try {
      execFileSync('mkfifo', [questions, answers], { stdio: 'ignore' });
    } catch (cause) {
      throw noNamedPipes(cause);
    }
    const [askedOf, askedBy] = bothEnds(questions);
    const [answeredTo, answeredBy] = bothEnds(answers);
    const append = constants.O_RDWR | constants.O_CREAT | constants.O_APPEND;
    return {
      ours: { questions: askedBy, answers: answeredTo, remarks: openSync(remarks, append, 0o600) },
      theirs: [askedOf, answeredBy, openSync(remarks, append)],
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
