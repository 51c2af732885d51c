import type { Beside } from '../workers.ts';

/** Starts a worker from the text of this very script: a page that is one file has no other files. The worker finds by its name what it is for. */
export function startWorker(name: Beside): Worker {
  const script = document.getElementById('mechane-script')?.textContent ?? '';
  const wasm = `globalThis.highsWasm = ${JSON.stringify(Reflect.get(globalThis, 'highsWasm'))};\n`;
  const text = new Blob([wasm, script], { type: 'text/javascript' });
  return new Worker(URL.createObjectURL(text), { name });
}
