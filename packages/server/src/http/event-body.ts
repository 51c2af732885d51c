import type { Frame } from '../sessions/told-events.ts';

const utf8 = new TextEncoder();
/** Whoever was told this comes back after a second. */
const goodbye: Uint8Array = utf8.encode('retry: 1000\nevent: bye\ndata: "the service is going down"\n\n');
const greeting: Uint8Array = utf8.encode('retry: 1000\n\n');
const heartbeat: Uint8Array = utf8.encode(':\n\n');

/** Events as a stream of server-sent events, which nothing waits in: each is taken when whoever reads has room for it. */
export class EventBody {
  readonly stream: ReadableStream<Uint8Array>;
  readonly #stop = new AbortController();
  readonly #onEnd: () => void;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #isOver = false;

  constructor(framesUntil: (signal: AbortSignal) => AsyncGenerator<Frame>, onEnd: (body: EventBody) => void) {
    const frames = framesUntil(this.#stop.signal);
    this.#onEnd = () => onEnd(this);
    this.stream = new ReadableStream(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: (controller) => this.#pull(frames, controller),
        cancel: () => this.#end(),
      },
      { highWaterMark: 0 },
    );
  }

  /** Says goodbye, and ends. */
  goodbye(): void {
    if (this.#isOver) return;
    this.#end();
    this.#controller?.enqueue(goodbye);
    this.#controller?.close();
  }

  /** Keeps what stands between from closing a connection on which nothing happens. */
  beat(): void {
    // Whoever does not read is not told again and again that it could.
    const hasRoom = this.#controller?.desiredSize === 0;
    if (!this.#isOver && this.#isGreeted && hasRoom) this.#controller?.enqueue(heartbeat);
  }

  #isGreeted = false;

  async #pull(frames: AsyncGenerator<Frame>, controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    if (!this.#isGreeted) {
      this.#isGreeted = true;
      controller.enqueue(greeting);
      return;
    }
    try {
      const { done, value } = await frames.next();
      if (this.#isOver) return;
      if (!done) {
        controller.enqueue(utf8.encode(textOf(value)));
        return;
      }
      this.#end();
      controller.close();
    } catch {
      // What cannot be told now is told to whoever comes back.
      this.goodbye();
    }
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#stop.abort();
    this.#onEnd();
  }
}

function textOf({ id, event }: Frame): string {
  return `${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(event)}\n\n`;
}
