import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { type McpOptions, mcpServer } from './mcp-server.ts';

/**
 * Offers the tools for language models over the standard streams of this process, until its input ends or the signal aborts.
 *
 * @category Models
 */
export function serveOverStdio(options: McpOptions, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const handle = serveStdio(() => mcpServer(options));
    const end = (): void => {
      void handle.close().finally(resolve);
    };
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    process.stdin.once('end', end);
  });
}
