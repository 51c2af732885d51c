import { Transform } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import { writtenJson } from '../http/json-body.ts';
import { type McpOptions, mcpServer } from './mcp-server.ts';
import { type Heard, heardAsWritten } from './tool-call.ts';

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

/** Characters in one line beyond which it goes on as it is: the protocol refuses it. */
const longestLine = 10 * 1024 * 1024;

/** Lines of the protocol, in which the arguments of tools are as they were written. */
class LinesAsWritten extends Transform {
  readonly #decoder = new StringDecoder();
  readonly #answer: (answer: object) => void;
  #rest = '';

  constructor(answer: (answer: object) => void) {
    super();
    this.#answer = answer;
  }

  override _transform(chunk: Buffer, _encoding: string, done: () => void): void {
    const lines = `${this.#rest}${this.#decoder.write(chunk)}`.split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#hear(line);
    if (this.#rest.length > longestLine) {
      this.push(this.#rest);
      this.#rest = '';
    }
    done();
  }

  #hear(line: string): void {
    const heard = heardIn(line);
    if (heard === undefined) this.push(`${line}\n`);
    else if ('answer' in heard) this.#answer(heard.answer);
    else this.push(`${JSON.stringify(heard.message)}\n`);
  }
}

/** What a line says; what is no JSON is for the protocol to refuse. */
function heardIn(line: string): Heard | undefined {
  try {
    return heardAsWritten(writtenJson(line, Number.POSITIVE_INFINITY));
  } catch {
    return undefined;
  }
}
