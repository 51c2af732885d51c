/** A thread of this host, whichever that is. */
export interface Thread {
  /** Whether its engine ends a play that does not end by itself, as Node's does. */
  readonly cutsOff: boolean;
  send(message: unknown): void;
  /** Hears all that it says, and that it is no more. */
  hear(said: (message: never) => void, ended: (cause: string) => void): void;
  end(): void;
}

interface NodeWorker {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: never) => void): void;
  on(event: 'error', listener: (error: unknown) => void): void;
  on(event: 'exit', listener: (code: number) => void): void;
  terminate(): unknown;
}

interface NodePort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: never) => void): void;
}

interface NodeThreads {
  readonly Worker: new (url: URL, options: { readonly execArgv: readonly string[] }) => NodeWorker;
  readonly parentPort: NodePort | null;
}

interface NodeProcess {
  readonly execArgv: readonly string[];
  getBuiltinModule?(name: string): NodeThreads | undefined;
}

/** Starts a thread that examines what it is sent. */
export function startThread(): Thread {
  const threads = nodeThreads();
  return threads === undefined ? webThread() : nodeThread(threads);
}

/** Whoever started this thread. */
export function starter(): Pick<Thread, 'send' | 'hear'> {
  const port = nodeThreads()?.parentPort;
  if (port) {
    return {
      send: (message) => port.postMessage(message),
      hear: (said) => port.on('message', said),
    };
  }
  return {
    send: (message) => globalThis.postMessage(message),
    hear: (said) => globalThis.addEventListener('message', ({ data }) => said(data as never)),
  };
}

function nodeThread({ Worker }: NodeThreads): Thread {
  const worker = new Worker(...entryInNode());
  return {
    cutsOff: true,
    send: (message) => worker.postMessage(message),
    hear(said, ended) {
      worker.on('message', said);
      worker.on('error', (error) => ended(String(error)));
      worker.on('exit', (code) => ended(`it ended with the code ${code}`));
    },
    end: () => void worker.terminate(),
  };
}

function webThread(): Thread {
  const worker = new Worker(new URL('./module-worker.js', import.meta.url), { type: 'module' });
  return {
    cutsOff: false,
    send: (message) => worker.postMessage(message),
    hear(said, ended) {
      worker.addEventListener('message', ({ data }) => said(data as never));
      worker.addEventListener('error', ({ message }) => ended(message));
    },
    end: () => worker.terminate(),
  };
}

/** Threads run what was built, and resolve packages to that, also where this file is a source, as in tests. */
function entryInNode(): [URL, { readonly execArgv: readonly string[] }] {
  return import.meta.url.endsWith('.ts')
    ? [new URL('../../dist/apart/module-worker.js', import.meta.url), { execArgv: [] }]
    : [new URL('./module-worker.js', import.meta.url), { execArgv: nodeProcess()?.execArgv ?? [] }];
}

function nodeThreads(): NodeThreads | undefined {
  return nodeProcess()?.getBuiltinModule?.('node:worker_threads');
}

function nodeProcess(): NodeProcess | undefined {
  return (globalThis as { process?: NodeProcess }).process;
}
