/**
 * A signal that aborts with any of these, or after a while. `AbortSignal.any` does not keep hold of a signal that nobody else holds: on Node 20, a
 * time-out among its sources may be collected before it fires, and never fires then.
 */
export function patienceUntil(milliseconds: number, signals: readonly AbortSignal[]): AbortSignal {
  const patience = new AbortController();
  const stop = (): void => {
    clearTimeout(timer);
    for (const signal of signals) signal.removeEventListener('abort', stop);
    patience.abort();
  };
  const timer = setTimeout(stop, milliseconds);
  timer.unref();
  for (const signal of signals) {
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  }
  return patience.signal;
}
