import type { ChildProcess } from 'node:child_process';
import { ended, type Said, start } from './process.ts';

/** A service as users start it. */
export interface Serving {
  readonly url: string;
  /** The admin token that it says, or '' where it says only where that is. */
  readonly token: string;
  readonly child: ChildProcess;
  readonly over: Promise<Said>;
}

/**
 * Starts a service and waits until it has said where it listens and what its admin token is: of two streams, what was
 * written to one first may well be heard last.
 */
export async function serving(cwd: string, ...options: readonly string[]): Promise<Serving> {
  const child = start(['serve', '--port', '0', ...options], { cwd });
  const over = ended(child);
  const said = { stdout: '', stderr: '' };
  const [url, token] = await new Promise<readonly [string, string]>((resolve, reject) => {
    const look = (): void => {
      const [, listening] = /^listening on (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(said.stdout) ?? [];
      const [notice, made = ''] = /^(?:the )?admin token(?:: (\S{43})| is in .+)\n/m.exec(said.stderr) ?? [];
      if (listening !== undefined && notice !== undefined) resolve([listening, made]);
    };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name]?.on('data', (text) => {
        said[name] += text;
        look();
      });
    }
    void over.then(({ stdout, stderr }) => reject(new Error(stdout + stderr)));
  });
  return { url, token, child, over };
}
