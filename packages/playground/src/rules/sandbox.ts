import type { SandboxAnswer, SandboxTask } from './sandbox-task.ts';

/** How long a rule may say nothing, and how long it may take in all. */
const [mostSilent, mostInAll] = [5000, 60_000];
/** The page inside the frame: it starts the worker, and passes on what is said. Its policy is its own, and lets nothing out. */
const frame = './sandbox.html';

let script: Promise<string> | undefined;

/**
 * Plays and examines a rule where it can do no harm: in a worker inside a frame without an origin, without network and without this page. It is ended
 * when it takes too long.
 *
 * @returns what ends it early
 */
export function examineInSandbox(task: SandboxTask, hear: (answer: SandboxAnswer) => void): () => void {
  const element = document.createElement('iframe');
  element.setAttribute('sandbox', 'allow-scripts');
  element.title = 'A rule is examined';
  element.hidden = true;
  element.src = frame;
  let over = false;
  const end = (): void => {
    over = true;
    clearTimeout(timer);
    removeEventListener('message', listen);
    element.remove();
  };
  const stop = (): void => {
    end();
    hear({ error: `it did not end within ${mostSilent / 1000} seconds, and was stopped: does it loop?` });
  };
  const listen = ({ source, data }: MessageEvent<SandboxAnswer>): void => {
    if (source !== element.contentWindow) return;
    clearTimeout(timer);
    timer = setTimeout(stop, Math.min(mostSilent, Math.max(0, started + mostInAll - performance.now())));
    if ('alive' in data) return;
    if (!('played' in data)) end();
    hear(data);
  };
  const started = performance.now();
  let timer = setTimeout(stop, mostInAll);
  addEventListener('message', listen);
  element.onload = async () => {
    script ??= fetch('./sandbox.js').then((response) => response.text());
    const text = await script;
    if (over) return;
    clearTimeout(timer);
    timer = setTimeout(stop, mostSilent);
    element.contentWindow?.postMessage({ script: text, task }, '*');
  };
  document.body.append(element);
  return end;
}

/** A program without its types. */
export async function withoutTypes(code: string): Promise<string> {
  const { transform } = await import('sucrase');
  return transform(code, { transforms: ['typescript'], disableESTransforms: true }).code;
}
