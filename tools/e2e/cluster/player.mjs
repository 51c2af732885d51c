import { adminToken, pause } from './nodes.mjs';

/** @typedef {import('./history.mjs').Said} Said */
/** @typedef {import('./history.mjs').Looked} Looked */

/** So long a client waits for an answer before it asks another node, in milliseconds. */
const clientPatience = 8_000;
/** So long it asks in all: whatever is not answered then is lost. */
const lostPatience = 60_000;

/** What clients saw: how long each had to wait for an answer, over all nodes that it asked. */
export class Silence {
  /** @type {number[]} */
  waits = [];

  get longest() {
    return Math.max(0, ...this.waits);
  }
}

/**
 * Asks one node after another until one answers.
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
  for (let turn = first; ; turn++) {
    const all = urls();
    const url = all[turn % all.length];
    const answer = await fetch(`${url}${path}`, { ...init, signal: AbortSignal.timeout(clientPatience) })
      .then(async (response) => ({ status: response.status, text: await response.text() }))
      .catch(() => undefined);
    if (performance.now() - began > lostPatience)
      throw new Error(`nobody has answered ${path} for a minute: ${answer?.text}`);
    if (answer && answer.status < 500) {
      // Whoever waits to be asked is silent by its own wish.
      if (!path.includes('?wait=')) silence.waits.push(performance.now() - began);
      const isJson = /^[{[]/.test(answer.text) && !path.endsWith('/journal');
      return { status: answer.status, body: isJson ? JSON.parse(answer.text) : answer.text };
    }
    await pause(50);
  }
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
    const { body } = await this.ask(at, '');
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
   * @param {(price: number) => 'in' | 'out' | undefined} answer `undefined` for silence
   */
  async playClock(at, agent, answer) {
    const headers = { authorization: `Bearer ${this.agents[agent]?.token}` };
    for (;;) {
      const { status, body } = await this.ask(at, '/ask?wait=3', { headers });
      const message = status === 200 ? answer(body.content.price) : undefined;
      if (message !== undefined) await this.say(at, agent, `${agent} ${body.round}`, message, body.round);
      else if ((await this.look(at)).status !== 'open') return;
      else if (status === 200) await pause(1000);
    }
  }

  /** Follows what happens to the end, at one node after another. */
  async follow() {
    for (let turn = this.number; ; turn++) {
      const all = this.urls();
      const url = all[turn % all.length];
      const last = this.told.at(-1);
      const headers = { ...(last === undefined ? {} : { 'last-event-id': `${last}` }) };
      try {
        const response = await fetch(`${url}/sessions/${this.id}/events`, { headers });
        if (response.status === 200 && response.body && (await this.#hear(response.body))) return;
      } catch {
        // Its node is gone: the next one goes on.
      }
      await pause(100);
    }
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
