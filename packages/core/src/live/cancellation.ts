import type { MechaneError } from '../contract/mechane-error.ts';
import { calledOff } from '../errors.ts';

/** Whether a live run was called off. Its signal is made only when somebody wants it: most runs end without. */
export class Cancellation {
  #cancelled = false;
  #reason: unknown;
  #controller: AbortController | undefined;
  /** What has to stop at once. */
  onCancel: (error: MechaneError) => void = () => {};

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#cancelled) this.#controller.abort(this.#reason);
    return this.#controller.signal;
  }

  readonly cancel = (reason: unknown): void => {
    if (this.#cancelled) return;
    this.#cancelled = true;
    this.#reason = reason;
    this.#controller?.abort(reason);
    this.onCancel(this.#error());
  };

  throwIfCancelled(): void {
    if (this.#cancelled) throw this.#error();
  }

  #error(): MechaneError<'aborted'> {
    return calledOff(this.#reason);
  }
}
