import { useEffect, useRef, useState } from 'preact/hooks';
import { startWorker } from '../workers.ts';
import type { KitAnswer, KitTask } from './kit-task.ts';

/** What the kit has said so far; `undefined` before it is asked. */
export type KitState = KitAnswer | undefined;

/** The kit in a worker of its own, started when it is asked and ended with the page that asked. */
export function useKit(): readonly [KitState, (task: KitTask) => void] {
  const worker = useRef<Worker | undefined>(undefined);
  const [state, setState] = useState<KitState>(undefined);
  const end = (): void => {
    worker.current?.terminate();
    worker.current = undefined;
  };
  useEffect(() => end, []);
  const ask = (task: KitTask): void => {
    end();
    setState({ progress: { law: 'the kit is loaded', done: 0, total: 1 } });
    const started = startWorker('kit');
    worker.current = started;
    started.onmessage = ({ data }: MessageEvent<KitAnswer>) => {
      setState(data);
      if (!('progress' in data)) end();
    };
    started.onerror = ({ message }) => setState({ error: message });
    started.postMessage(task);
  };
  return [state, ask];
}
