import { Transform } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { type WrittenJson, writtenJson } from '../http/json-body.ts';
import { heardAsWritten } from './tool-call.ts';

/** Characters in one line beyond which it goes on as it is: the protocol refuses it. */
const longestLine = 10 * 1024 * 1024;

/** Lines of the protocol, in which the arguments of tools are as they were written. */
export class LinesAsWritten extends Transform {
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
    const written = jsonIn(line);
    const heard = written && heardAsWritten(written);
    if (heard && 'answer' in heard) this.#answer(heard.answer);
    else
      this.push(`${heard === undefined || heard.message === written?.value ? line : JSON.stringify(heard.message)}\n`);
  }
}

/** What a line says; what is no JSON is for the protocol to refuse. */
function jsonIn(line: string): WrittenJson | undefined {
  try {
    return writtenJson(line, Number.POSITIVE_INFINITY);
  } catch {
    return undefined;
  }
}
