import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import { LinesAsWritten } from './lines-as-written.ts';
import { type McpOptions, mcpServer } from './mcp-server.ts';

/**
 * Offers the tools for language models over the standard streams of this process, until its input ends or the signal aborts.
 *
 * @category Models
 */
export function serveOverStdio(options: McpOptions, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const { stdin, stdout } = process;
    const lines = stdin.pipe(new LinesAsWritten((answer) => stdout.write(`${JSON.stringify(answer)}\n`)));
    const handle = serveStdio(() => mcpServer(options), { transport: new StdioServerTransport(lines) });
    const end = (): void => {
      stdin.unpipe(lines);
      stdin.pause();
      void handle.close().finally(resolve);
    };
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    lines.once('end', end);
  });
}
