import { execFileSync } from 'node:child_process';

/** The addresses of this machine and of those apart, in a network that nobody else has. */
const prefix = '10.213.47';
const mask = `${prefix}.0/24`;

/**
 * Networks of their own for some nodes, in namespaces that a bridge joins to this machine. What the bridge isolates does not reach each other, but reaches
 * this machine all the same, and is reached from there.
 */
export class Network {
  #bridge = `mechane${process.pid % 10_000}`;
  #count = 0;

  /** Where this machine is reached from the namespaces. */
  host = `${prefix}.1`;
  /** From where the namespaces speak. */
  range = mask;

  constructor() {
    ip(['link', 'add', this.#bridge, 'type', 'bridge']);
    ip(['addr', 'add', `${this.host}/24`, 'dev', this.#bridge]);
    ip(['link', 'set', this.#bridge, 'up']);
  }

  /**
   * Makes one more namespace.
   *
   * @returns {{ host: string, command: readonly string[] }} its address, and what a command begins with that runs in it
   */
  namespace() {
    const number = this.#count++;
    const [name, outside] = [this.#name(number), this.#link(number)];
    const host = `${prefix}.${number + 2}`;
    ip(['netns', 'add', name]);
    ip(['link', 'add', outside, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name]);
    ip(['link', 'set', outside, 'master', this.#bridge]);
    ip(['link', 'set', outside, 'up']);
    ip(['-n', name, 'addr', 'add', `${host}/24`, 'dev', 'eth0']);
    ip(['-n', name, 'link', 'set', 'eth0', 'up']);
    ip(['-n', name, 'link', 'set', 'lo', 'up']);
    return { host, command: ['ip', 'netns', 'exec', name] };
  }

  /**
   * Cuts all namespaces from each other, or joins them again: what is sent is lost, and nobody is told.
   *
   * @param {boolean} isCut
   */
  cut(isCut) {
    for (let number = 0; number < this.#count; number++)
      ip(['link', 'set', this.#link(number), 'type', 'bridge_slave', 'isolated', isCut ? 'on' : 'off']);
  }

  close() {
    for (let number = 0; number < this.#count; number++) ip(['netns', 'del', this.#name(number)]);
    ip(['link', 'del', this.#bridge]);
  }

  /** @param {number} number */
  #name(number) {
    return `${this.#bridge}-${number}`;
  }

  /** @param {number} number */
  #link(number) {
    return `mev${process.pid % 10_000}-${number}`;
  }
}

/** A network, where this machine lets one be made; `undefined` where it does not. */
export function networkIfAllowed() {
  try {
    return new Network();
  } catch {
    return undefined;
  }
}

/** @param {readonly string[]} words */
function ip(words) {
  execFileSync('ip', words, { stdio: 'ignore' });
}
