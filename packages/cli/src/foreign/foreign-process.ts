import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, fstatSync, ftruncateSync, readSync, writeSync } from 'node:fs';
import type { CliError } from '../cli-error.ts';
import { commandDied, commandHangs, commandSpeaksNonsense } from '../errors.ts';
import { openPipes, type Pipes } from './pipes.ts';
import { type Patience, Silence } from './silence.ts';

/** Where a command is started. */
export interface Surroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly patience?: Patience;
}

/** Why a process gives no more answers. */
interface Breakdown {
  readonly kind: 'died' | 'hangs' | 'nonsense';
  /** What it was asked. */
  readonly question: string;
  /** What it said that makes no sense, and why. */
  readonly answer?: string;
  readonly why?: string;
}

const patienceUnlessGiven: Patience = { first: 15_000, others: 10_000 };
const newline = 0x0a;
const chunk = 65_536;
const longestAnswer = 64 * 1024 * 1024;
/** Milliseconds in which a process may end by itself when it is asked nothing more. */
const farewell = 300;
const longestRemarks = 1024 * 1024;
const questionsPerLook = 4_096;
/** Lines that may come before an answer is read, and bytes: no more than the pipes of any system hold. */
const linesAhead = 1_000;
const bytesAhead = 8_192;
const lastWords = 2_000;
/** Ends the whole group when the pipe ends that only we hold: also where we are killed and can end nobody. */
const guard = '(read -r _ <&3; kill -9 0) </dev/null >/dev/null 2>&1 & exec 3<&-';
const elapsed: () => number = performance.now.bind(performance);

/**
 * A command that was started once and answers lines with lines. A question is answered at once, while nothing else goes on, so that a rule in
 * another language can be called like a function. Whatever goes wrong, it answers nothing from then on.
 */
export class ForeignProcess {
  readonly command: string;
  readonly patience: Patience;
  /** Aborted when it gives no more answers. */
  readonly broken: AbortSignal;
  readonly #breaking = new AbortController();
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  readonly #pipes: Pipes['ours'];
  readonly #silence: Silence;
  readonly #endAtExit = (): void => this.#kill();
  #received = Buffer.alloc(chunk);
  /** Where in what was received the next line begins, and where what was received ends. */
  #begun = 0;
  #filled = 0;
  readonly #foreseen = new Map<string, string>();
  #asked = 0;
  /** When it is next looked at how much it remarked. */
  #looksAt = questionsPerLook;
  #waited = 0;
  #unanswered: string | undefined;
  #breakdown: Breakdown | undefined;

  /** @throws CliError `cannot-start` */
  constructor(command: string, { cwd, env, patience = patienceUnlessGiven }: Surroundings) {
    this.command = command;
    this.patience = patience;
    this.broken = this.#breaking.signal;
    const { ours, theirs } = openPipes();
    this.#pipes = ours;
    // A group of its own, so that whatever the command starts ends with it.
    this.#child = spawn('/bin/sh', ['-c', `${guard}\n${command}`], { cwd, env, stdio: [...theirs], detached: true });
    this.#ended = new Promise((resolve) => {
      this.#child.once('exit', () => resolve()).once('error', () => resolve());
    });
    for (const end of theirs) closeSync(end);
    process.once('exit', this.#endAtExit);
    this.#silence = new Silence(this.#child.pid ?? 0, patience);
  }

  /** Milliseconds that were waited for answers so far. */
  get waited(): number {
    return this.#waited;
  }

  /** Asks a line and gets the line that answers it. Without its newline, both. @throws CliError when there is none. */
  ask(question: string): string {
    const foreseen = this.#foreseen.get(question);
    if (foreseen !== undefined) {
      this.#foreseen.delete(question);
      return foreseen;
    }
    return this.#askAll([question])[0] as string;
  }

  /**
   * Asks lines of which some will be asked soon: many together take a fraction of the time that they take one by one. Each answer is given once, so
   * that whoever asks again hears what is said then. @throws CliError
   */
  foresee(questions: readonly string[]): void {
    this.#foreseen.clear();
    const different = [...new Set(questions)];
    const answers = this.#askAll(different);
    for (const [index, question] of different.entries()) this.#foreseen.set(question, answers[index] as string);
  }

  /** Asks lines, so many ahead of their answers that neither side has to wait for the other to read. */
  #askAll(questions: readonly string[]): readonly string[] {
    // What is still unanswered is what an engine cut off in the middle: the next line to come is not the answer to this question.
    if (this.#unanswered !== undefined) this.#break({ kind: 'hangs', question: this.#unanswered });
    this.#requireWhole();
    const begun = elapsed();
    const answers: string[] = [];
    let sent = 0;
    try {
      while (answers.length < questions.length) {
        const question = questions[answers.length] as string;
        this.#unanswered = question;
        if (sent === answers.length) sent = this.#send(questions, sent);
        this.#asked += 1;
        this.#silence.begin(this.#asked);
        answers.push(this.#line(question));
      }
      this.#requireNoMore(questions.at(-1));
    } finally {
      this.#silence.end();
      this.#unanswered = undefined;
      this.#waited += elapsed() - begun;
    }
    this.#forgetRemarks();
    return answers;
  }

  /** Takes note that an answer makes no sense. @throws CliError */
  refuse(question: string, answer: string, why: string): never {
    return this.#break({ kind: 'nonsense', question, answer, why });
  }

  /** What went wrong, in full: with how the process ended, and what it said last. */
  async failure(): Promise<CliError | undefined> {
    if (this.#breakdown === undefined) return undefined;
    if (this.#breakdown.kind === 'died') await this.#end();
    return this.#told(this.#breakdown);
  }

  /** Ends the process, if it has not ended, and everything that it started. */
  async close(): Promise<void> {
    process.off('exit', this.#endAtExit);
    closeSync(this.#pipes.questions);
    await this.#end();
    this.#kill();
    await this.#silence.stop();
    closeSync(this.#pipes.answers);
    closeSync(this.#pipes.remarks);
    closeSync(this.#pipes.life);
  }

  /** Waits a little for the process to end by itself, which it should when nobody asks any more. */
  async #end(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, farewell);
    });
    await Promise.race([this.#ended, patience]);
    clearTimeout(timer);
  }

  #kill(): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // Nobody is left of the group.
    }
  }

  /** Sends as many lines as the pipe holds, one at the least, and says how far it came. */
  #send(questions: readonly string[], from: number): number {
    let text = '';
    let next = from;
    do {
      text += `${questions[next++]}\n`;
    } while (
      next < questions.length &&
      next - from < linesAhead &&
      text.length + lengthOf(questions[next]) < bytesAhead
    );
    const bytes = Buffer.from(text);
    try {
      for (let written = 0; written < bytes.length; ) written += writeSync(this.#pipes.questions, bytes, written);
    } catch {
      // Nobody reads any more. What was said before, and that no more is said, is heard when the answer is read.
    }
    return next;
  }

  /** The next line that it says. */
  #line(question: string): string {
    let searched = this.#begun;
    for (;;) {
      const end = this.#received.subarray(0, this.#filled).indexOf(newline, searched);
      if (end !== -1) {
        const line = this.#received.toString('utf8', this.#begun, end);
        this.#begun = end + 1;
        if (this.#begun === this.#filled) this.#begun = this.#filled = 0;
        return line;
      }
      this.#makeRoom(question);
      searched = this.#filled;
      const room = this.#received.length - this.#filled;
      const count = readSync(this.#pipes.answers, this.#received, this.#filled, room, null);
      if (count === 0) this.#stopped(question);
      this.#filled += count;
    }
  }

  #requireNoMore(question = ''): void {
    if (this.#begun === this.#filled) return;
    const more = this.#received.toString('utf8', this.#begun, this.#filled).split('\n', 1)[0] as string;
    this.refuse(question, more, 'it says more than one line to one question');
  }

  /** Moves what is received to the front; where it fills everything, makes more room. */
  #makeRoom(question: string): void {
    if (this.#begun > 0) {
      this.#received.copyWithin(0, this.#begun, this.#filled);
      this.#filled -= this.#begun;
      this.#begun = 0;
    }
    if (this.#filled < this.#received.length) return;
    if (this.#filled >= longestAnswer) {
      const begin = this.#received.toString('utf8', 0, chunk);
      this.refuse(question, begin, `the line is longer than ${longestAnswer / 1024 / 1024} MiB`);
    }
    const larger = Buffer.alloc(2 * this.#received.length);
    this.#received.copy(larger);
    this.#received = larger;
  }

  #stopped(question: string): never {
    return this.#break({ kind: this.#silence.wasTooLong ? 'hangs' : 'died', question });
  }

  #break(breakdown: Breakdown): never {
    this.#breakdown ??= breakdown;
    this.#breaking.abort();
    throw this.#told(this.#breakdown);
  }

  #requireWhole(): void {
    if (this.#breakdown) throw this.#told(this.#breakdown);
  }

  #told({ kind, question, answer = '', why = '' }: Breakdown): CliError {
    const { command } = this;
    if (kind === 'nonsense') return commandSpeaksNonsense(command, question, answer, why);
    if (kind === 'hangs') {
      const { first, others } = this.patience;
      return commandHangs(command, question, (this.#asked === 1 ? first : others) / 1_000);
    }
    const { exitCode, signalCode } = this.#child;
    return commandDied(command, question, exitCode ?? signalCode, this.#lastWords());
  }

  /** The last line that it said on standard error. */
  #lastWords(): string {
    const { remarks } = this.#pipes;
    const { size } = fstatSync(remarks);
    const words = Buffer.alloc(Math.min(size, lastWords));
    readSync(remarks, words, 0, words.length, size - words.length);
    return words.toString('utf8').trimEnd().split('\n').at(-1)?.trim() ?? '';
  }

  /** What it says on standard error takes no more room than the last of it may need. */
  #forgetRemarks(): void {
    if (this.#asked < this.#looksAt) return;
    this.#looksAt = this.#asked + questionsPerLook;
    const { remarks } = this.#pipes;
    if (fstatSync(remarks).size > longestRemarks) ftruncateSync(remarks);
  }
}

/** The bytes of a line with its newline: questions are ASCII. */
function lengthOf(line = ''): number {
  return line.length + 1;
}
