import { pause } from './pause.ts';

/** A block of a stream of server-sent events: a line an item, until a blank one. */
export interface Frame {
  id?: string;
  event?: string;
  data?: string;
  /** Milliseconds after which whoever was cut off comes back. */
  retry?: number;
}

/**
 * The blocks of a stream of server-sent events (WHATWG HTML, section 9.2). What comes after the last blank line is none.
 *
 * @param silence so many milliseconds without a sign mean that the connection is dead
 * @throws where the connection breaks.
 */
export async function* framesIn(body: ReadableStream<Uint8Array>, silence: number): AsyncGenerator<Frame, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let frame: Frame = {};
  try {
    for (;;) {
      const { done, value } = await unlessSilent(reader.read(), silence);
      if (done) return undefined;
      // Where a text ends in CR, LF may follow, which would be the same end of a line.
      const lines = (rest + decoder.decode(value, { stream: true })).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line !== '') {
          read(line, frame);
          continue;
        }
        if (Object.keys(frame).length > 0) yield frame;
        frame = {};
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function read(line: string, frame: Frame): void {
  const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
  if (field === 'data') frame.data = frame.data === undefined ? value : `${frame.data}\n${value}`;
  else if (field === 'event') frame.event = value;
  else if (field === 'id' && !value.includes('\0')) frame.id = value;
  else if (field === 'retry' && /^\d+$/.test(value)) frame.retry = Number(value);
}

async function unlessSilent<Read>(reading: Promise<Read>, silence: number): Promise<Read> {
  const heard = new AbortController();
  const dead = pause(silence, heard.signal).then(() => {
    throw new Error('the connection is silent');
  });
  dead.catch(() => {});
  try {
    return await Promise.race([reading, dead]);
  } finally {
    heard.abort();
  }
}
