/** Up to so many seconds each bucket counts. */
const buckets = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5] as const;

interface Durations {
  readonly counts: number[];
  count: number;
  sum: number;
}

/** What a service counts of itself, in the text format that Prometheus reads (version 0.0.4). Routes are told by their patterns: no name is a label. */
export class Metrics {
  readonly #requests = new Map<string, number>();
  readonly #durations = new Map<string, Durations>();
  readonly #messages = new Map<string, number>();

  request(method: string, route: string, status: number, seconds: number): void {
    add(this.#requests, labelled({ method, route, status: `${status}` }));
    const labels = labelled({ method, route });
    const durations = this.#durations.get(labels) ?? { counts: buckets.map(() => 0), count: 0, sum: 0 };
    this.#durations.set(labels, durations);
    durations.count += 1;
    durations.sum += seconds;
    for (const [index, most] of buckets.entries())
      if (seconds <= most) durations.counts[index] = (durations.counts[index] as number) + 1;
  }

  /** A message was accepted, or refused with a code. */
  message(verdict: string): void {
    add(this.#messages, labelled({ verdict }));
  }

  /** All that is counted, and what stands now. */
  text(now: Readonly<Record<string, number>>): string {
    const lines = [
      ...family('mechane_requests_total', 'counter', 'Requests that were answered', this.#requests),
      ...family('mechane_messages_total', 'counter', 'Messages, by whether they were accepted', this.#messages),
      '# HELP mechane_request_seconds From a request to the head of its answer',
      '# TYPE mechane_request_seconds histogram',
      ...[...this.#durations].flatMap(([labels, durations]) => histogram('mechane_request_seconds', labels, durations)),
      ...Object.entries(now).flatMap(([name, value]) => [`# TYPE mechane_${name} gauge`, `mechane_${name} ${value}`]),
    ];
    return `${lines.join('\n')}\n`;
  }
}

function add(counts: Map<string, number>, labels: string): void {
  counts.set(labels, (counts.get(labels) ?? 0) + 1);
}

function labelled(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(',');
}

function family(name: string, type: string, help: string, counts: ReadonlyMap<string, number>): string[] {
  const values = [...counts].map(([labels, count]) => `${name}{${labels}} ${count}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...values];
}

function histogram(name: string, labels: string, { counts, count, sum }: Durations): string[] {
  return [
    ...counts.map((value, index) => `${name}_bucket{${labels},le="${buckets[index]}"} ${value}`),
    `${name}_bucket{${labels},le="+Inf"} ${count}`,
    `${name}_sum{${labels}} ${sum}`,
    `${name}_count{${labels}} ${count}`,
  ];
}
