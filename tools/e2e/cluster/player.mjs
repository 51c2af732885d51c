import { adminToken, pause } from './nodes.mjs';
import { told } from './silence.mjs';

/** @typedef {import('./history.mjs').Said} Said */
/** @typedef {import('./history.mjs').Looked} Looked */
/** @typedef {import('./silence.mjs').Silence} Silence */

/** So long a client waits for an answer before it asks another node besides, in milliseconds: twice as long each time. */
const clientPatience = 1_500;
/** No longer than that, though, however many have refused at once. */
const longestPatience = 24_000;
/** So long one question may take: its node is given up, not what was asked. */
const questionPatience = 20_000;
/** So long an agent waits to be asked, in seconds, before it looks whether all is over. */
const longPoll = 10;
/** So long after the end those who follow a session have to be told of it, in milliseconds. */
const tellingPatience = 30_000;
/** So long it asks in all: whatever is not answered then is lost, on the slowest machine. */
const lostPatience = 300_000;

/**
 * Asks one node after another until one answers; whoever was asked before may answer still.
 *
 * @param {() => readonly string[]} urls
 * @param {number} first which of them is asked first
 * @param {string} path
 * @param {RequestInit} init
 * @param {Silence} silence
 * @returns {Promise<{ status: number, body: any }>}
 */
export async function insisting(urls, first, path, init, silence) {
  const began = performance.now();
  // Whoever waits to be asked is silent by its own wish.
  const wished = 1000 * Number(/[?]wait=(\d+)/.exec(path)?.[1] ?? 0);
  const over = new AbortController();
  /** @type {import('./silence.mjs').Try[]} */
  const tries = [];
  /** @param {string} url */
  const asked = async (url) => {
    /** @type {import('./silence.mjs').Try} */
    const attempt = { url, after: performance.now() - began };
    tries.push(attempt);
    // Not by AbortSignal.timeout among others: on Node 20 one may be collected before it fires.
    const stop = new AbortController();
    const end = () => stop.abort();
    const timer = setTimeout(end, wished + questionPatience);
    over.signal.addEventListener('abort', end, { once: true });
    const answer = await fetch(`${url}${path}`, { ...init, signal: stop.signal })
      .then(async (response) => ({ status: response.status, text: await response.text() }))
      .catch((error) => ({ status: 599, text: String(error.cause?.code ?? error.name) }))
      .finally(() => clearTimeout(timer));
    attempt.until = performance.now() - began;
    // A node that does not hear all of a question in time says so, and has heard nothing.
    const isHeard = answer.status < 500 && answer.status !== 408;
    attempt.what = isHeard ? `${answer.status}` : `${answer.status} ${answer.text.slice(0, 80)}`;
    if (isHeard) return answer;
    await pause(50);
    return undefined;
  };
  try {
    /** @type {Set<Promise<Awaited<ReturnType<typeof asked>>>>} */
    const open = new Set();
    for (let turn = first, patience = clientPatience; ; turn++, patience = Math.min(2 * patience, longestPatience)) {
      const all = urls();
      const attempt = asked(all[turn % all.length] ?? '').finally(() => open.delete(attempt));
      open.add(attempt);
      const answer = await heardWithin(wished + patience, open, attempt);
      const ended = performance.now();
      if (answer) {
        // The node that answered waited as was wished, too.
        const { after } = tries.find(({ what }) => what === `${answer.status}`) ?? { after: 0 };
        const waited = after === 0 ? wished : wished + Math.min(wished, ended - began - after);
        const silent = Math.max(0, ended - began - waited);
        silence.heard({ began, ended, silent, path, tries });
        const isJson = /^[{[]/.test(answer.text) && !path.endsWith('/journal');
        return { status: answer.status, body: isJson ? JSON.parse(answer.text) : answer.text };
      }
      if (ended - began > lostPatience)
        throw new Error(
          `nobody has answered for ${lostPatience / 1000} s: ${told({ began, ended, silent: 0, path, tries: tries.slice(-5) })}`,
        );
    }
  } finally {
    over.abort();
  }
}

/**
 * The first answer that is one, unless none comes in time, or the last that was asked has none.
 *
 * @template Answer
 * @param {number} patience milliseconds
 * @param {ReadonlySet<Promise<Answer | undefined>>} open
 * @param {Promise<Answer | undefined>} last
 * @returns {Promise<Answer | undefined>}
 */
function heardWithin(patience, open, last) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, patience, undefined);
    /** @param {Answer | undefined} answer */
    const end = (answer) => {
      clearTimeout(timer);
      resolve(answer);
    };
    for (const each of open) each.then((answer) => answer !== undefined && end(answer));
    last.then(end);
  });
}

/** A session, and all who take part in it, each at a node of its own: what they saw. */
export class PlayedSession {
  /** @type {Said[]} */
  said = [];
  /** @type {Looked[]} */
  looked = [];
  /** @type {number[]} */
  told = [];
  /** @type {any} */
  view;
  id = '';
  #patience = new AbortController();
  /** @type {Record<string, { token: string }>} */
  agents = {};

  /**
   * @param {() => readonly string[]} urls
   * @param {number} number
   * @param {Silence} silence
   */
  constructor(urls, number, silence) {
    this.urls = urls;
    this.number = number;
    this.silence = silence;
  }

  /** @param {object} making */
  async make(making) {
    const headers = { authorization: `Bearer ${adminToken}`, 'idempotency-key': `session ${this.number}` };
    const { status, body } = await this.ask(this.number, '', { method: 'POST', headers, body: JSON.stringify(making) });
    if (status !== 201) throw new Error(JSON.stringify(body));
    this.id = body.id;
    this.agents = body.agents;
  }

  /**
   * @param {number} at
   * @param {string} path
   * @param {RequestInit} [init]
   */
  ask(at, path, init = {}) {
    const whole = this.id === '' ? '/sessions' : `/sessions/${this.id}${path}`;
    return insisting(this.urls, at, whole, init, this.silence);
  }

  /** @param {number} at */
  async look(at) {
    const invoked = performance.now();
    const { status, body } = await this.ask(at, '');
    if (status !== 200) throw new Error(`${this.number}: a view is refused: ${status} ${JSON.stringify(body)}`);
    // The list of a node that is not sure has no head.
    if (body.head) this.looked.push({ invoked, returned: performance.now(), head: body.head });
    this.view = body;
    return body;
  }

  /**
   * @param {number} at
   * @param {string} agent
   * @param {string} key
   * @param {unknown} message
   * @param {number} [round]
   */
  async say(at, agent, key, message, round) {
    const invoked = performance.now();
    const headers = { authorization: `Bearer ${this.agents[agent]?.token}` };
    const body = JSON.stringify({ message, key, ...(round === undefined ? {} : { round }) });
    const answer = await this.ask(at, '/messages', { method: 'POST', headers, body });
    const { receipt, code } = answer.body;
    const heard = receipt ? { receipt } : { code };
    this.said.push({ agent, key, message, invoked, returned: performance.now(), ...heard });
    return answer;
  }

  /**
   * Plays an agent of a clock to the end.
   *
   * @param {number} at
   * @param {string} agent
   * @param {(price: number) => Promise<'in' | 'out' | undefined>} answer `undefined` for silence
   */
  async playClock(at, agent, answer) {
    const headers = { authorization: `Bearer ${this.agents[agent]?.token}` };
    for (;;) {
      const { status, body } = await this.ask(at, `/ask?wait=${longPoll}`, { headers });
      const message = status === 200 ? await answer(body.content.price) : undefined;
      if (message !== undefined) await this.say(at, agent, `${agent} ${body.round}`, message, body.round);
      else if ((await this.look(at)).status !== 'open') return;
      else if (status === 200) await pause(1000);
    }
  }

  /** Follows what happens to the end, at one node after another; or until that should have been told long ago, which then is missing. */
  async follow() {
    for (let turn = this.number; !this.#patience.signal.aborted; turn++) {
      const all = this.urls();
      const url = all[turn % all.length];
      const last = this.told.at(-1);
      const headers = { ...(last === undefined ? {} : { 'last-event-id': `${last}` }) };
      try {
        const { signal } = this.#patience;
        const response = await fetch(`${url}/sessions/${this.id}/events`, { headers, signal });
        if (response.status === 200 && response.body && (await this.#hear(response.body))) return;
      } catch {
        // Its node is gone: the next one goes on.
      }
      await pause(100);
    }
  }

  /** It has come to its end, so that those who follow it are told soon. */
  isOver() {
    setTimeout(() => this.#patience.abort(), tellingPatience).unref();
  }

  /**
   * @param {ReadableStream<Uint8Array>} stream
   * @returns {Promise<boolean>} whether that was the end
   */
  async #hear(stream) {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of /** @type {AsyncIterable<Uint8Array>} */ (/** @type {unknown} */ (stream))) {
      text += decoder.decode(chunk, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const number = /^id: (\d+)$/m.exec(block)?.[1];
        if (number !== undefined) this.told.push(Number(number));
        if (block.includes('data: {"kind":"finished"')) return true;
      }
    }
    return false;
  }

  /** What is known of it from outside, once it is closed. @returns {Promise<import('./history.mjs').History>} */
  async history() {
    const headers = { authorization: `Bearer ${adminToken}` };
    const { body: journal } = await this.ask(0, '/journal', { headers });
    const { outcome } = await this.look(0);
    return { id: `${this.number}`, said: this.said, looked: this.looked, told: this.told, journal, outcome };
  }
}
