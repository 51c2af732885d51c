import { moduleUnusable } from '../errors.ts';
import type { ConformanceReport, LawVerdict } from '../report.ts';
import type { VerifyOptions } from '../verify.ts';
import { type Said, stop, type Task } from './said.ts';
import { startThread, type Thread } from './thread.ts';

/**
 * How thorough an examination of a module is, and how long a silence is borne.
 *
 * @category Examinations
 */
export interface VerifyModuleOptions extends Omit<VerifyOptions, 'otherDomains'> {
  /**
   * Seconds after which a thread that says nothing is ended, and what it was at is said not to end. Unless given, 10 where the engine cannot end a
   * play, as in browsers, 70 in Node, which ends plays by itself before that, and 20 while the module loads.
   */
  readonly silence?: number;
}

/** Milliseconds that a module may be silent while it loads. */
const longestLoading = 20_000;
/** Milliseconds in which what was said while this thread was busy is heard. */
const hearing = 100;

/**
 * Examines the subjects of a module in a thread of its own, of Node or of a browser: whoever waits stays free, and a mechanism that does not come
 * to an end is ended. The module exports `subjects`, as a plugin's `conformance` does.
 *
 * @param module where it is, such as `new URL('./auction.js', import.meta.url)`
 * @returns a report for each subject, up to the one that did not end
 * @throws MechaneError `module-unusable` where it cannot be loaded, does not end while it is, or exports no subjects.
 * @category Examinations
 * @example
 * ```ts
 * import { verifyModule } from '@mechane/conformance/thread';
 *
 * // In a project, new URL('./conformance.js', import.meta.url).
 * const module = new URL('data:text/javascript,export const subjects = []');
 * await verifyModule(module).catch(({ code }) => code); // => 'module-unusable'
 * ```
 */
export async function verifyModule(
  module: URL,
  options: VerifyModuleOptions = {},
): Promise<readonly ConformanceReport[]> {
  const thread = startThread();
  try {
    return await new Listener(thread, module, options).reports;
  } finally {
    thread.end();
  }
}

/** What every mechanism is asked before anything else. */
const first = { law: 'structural/answers', claim: true } as const;

/** Hears what a thread says, and its silence. */
class Listener {
  readonly reports: Promise<readonly ConformanceReport[]>;
  readonly #module: URL;
  readonly #silence: number;
  readonly #loading: number;
  readonly #options: VerifyModuleOptions;
  readonly #done: ConformanceReport[] = [];
  #resolve: (reports: readonly ConformanceReport[]) => void = () => {};
  #reject: (error: Error) => void = () => {};
  /** How many there will be; `undefined` while the module loads. */
  #subjects: number | undefined;
  #verdicts: LawVerdict[] = [];
  #begun: Omit<ConformanceReport, 'laws'> | undefined;
  #progress: Pick<LawVerdict, 'law' | 'mode' | 'claim'> = first;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(thread: Thread, module: URL, options: VerifyModuleOptions) {
    const { runs, seed, laws, seconds, signal, silence = thread.cutsOff ? 70 : 10 } = options;
    this.#module = module;
    this.#options = options;
    this.#silence = 1_000 * silence;
    this.#loading = options.silence === undefined ? longestLoading : this.#silence;
    this.reports = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    const callOff = (): void => thread.send(stop);
    thread.hear(
      (said: Said) => this.#hear(said),
      (cause) => this.#reject(moduleUnusable(module, `its thread came to an end: ${cause}`)),
    );
    const given = { runs, seed, laws, seconds };
    const task = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    // Before the task, which may be done before anything else is heard.
    if (signal?.aborted) callOff();
    thread.send({ module: module.href, ...task } satisfies Task);
    signal?.addEventListener('abort', callOff);
    const over = (): void => {
      clearTimeout(this.#timer);
      signal?.removeEventListener('abort', callOff);
    };
    this.reports.then(over, over);
    this.#wait();
  }

  #hear(said: Said): void {
    this.#wait();
    if ('failed' in said) this.#reject(this.#unusable(said));
    else if ('subjects' in said) this.#subjects = said.subjects;
    else if ('begun' in said) {
      this.#begun = said.begun;
      this.#progress = first;
      this.#verdicts = [];
    } else if ('progress' in said) {
      this.#progress = said.progress;
      this.#options.onProgress?.(said.progress);
    } else if ('verdict' in said) {
      this.#verdicts.push(said.verdict);
      this.#options.onVerdict?.(said.verdict);
    } else if ('report' in said) {
      this.#done.push(said.report);
      if (this.#done.length === this.#subjects) this.#resolve(this.#done);
    }
  }

  #unusable({ failed, cause }: Extract<Said, { failed: unknown }>): Error {
    if (failed === 'to-load') return moduleUnusable(this.#module, `it cannot be loaded: ${cause}`);
    const found = cause === '' ? 'nothing' : cause;
    return moduleUnusable(this.#module, `it exports ${found}, and no subjects`);
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const limit = this.#subjects === undefined ? this.#loading : this.#silence;
    this.#timer = setTimeout(() => {
      // What it has said while this thread was busy comes first.
      this.#timer = setTimeout(() => this.#silent(), hearing);
    }, limit);
  }

  #silent(): void {
    if (this.#begun === undefined)
      this.#reject(moduleUnusable(this.#module, 'it does not come to an end while it is loaded'));
    else this.#resolve([...this.#done, this.#unended(this.#begun)]);
  }

  /** What is known of a subject that did not come to an end. */
  #unended(begun: Omit<ConformanceReport, 'laws'>): ConformanceReport {
    const { law, mode, claim } = this.#progress;
    const verdict: LawVerdict = {
      law,
      ...(mode === undefined ? {} : { mode }),
      claim,
      verdict: 'does-not-end',
      method: 'search',
      examined: 0,
      reason: `while ${law} was looked at, the mechanism did not come to an end; what comes after it was not looked at`,
    };
    return { ...begun, laws: [...this.#verdicts, verdict] };
  }
}
