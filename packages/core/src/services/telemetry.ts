import {
  type Attributes,
  type Meter,
  metrics,
  type Span,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { ErrorReport } from '../contract/mechane-error.ts';

/**
 * What a run tells the tracing system: one span, an event per round.
 *
 * @category Services
 */
export interface RunTrace {
  round(round: number, asked: number, replied: number): void;
  finished(rounds: number): void;
  failed(error: ErrorReport): void;
}

/**
 * What live runs of a mechanism are measured by.
 *
 * @category Services
 */
export interface LiveMeter {
  /** A session was opened, or has ended. */
  session(change: 1 | -1): void;
  /** A message was accepted, or refused with this code. */
  message(verdict: string): void;
  /** So long took it from a message to its receipt. */
  receipt(milliseconds: number): void;
  /** A round was closed. */
  round(): void;
}

/**
 * What a run is called, and what its application has noted of it.
 *
 * @category Services
 */
export interface RunName {
  readonly id: string;
  readonly note?: unknown;
}

/** @category Services */
export interface Telemetry {
  runStarted(mechanism: string, participants: number, name: RunName): RunTrace;
  /** Where it is missing, live runs are not measured. */
  readonly live?: (mechanism: string) => LiveMeter;
}

/** A note is an attribute as long as this; more of it is cut off. */
const longestNote = 1_000;

/** Spans and metrics through `@opentelemetry/api`: free until the application installs an SDK, which it does before the first run. */
export function openTelemetry(tracer: Tracer = trace.getTracer('@mechane/core'), meter?: Meter): Telemetry {
  let instruments: Instruments | undefined;
  const meters = new Map<string, LiveMeter>();
  return {
    runStarted(mechanism, participants, name) {
      const span = tracer.startSpan('mechane.run');
      if (!span.isRecording()) return untraced;
      span.setAttributes({
        'mechane.mechanism': mechanism,
        'mechane.participants': participants,
        'mechane.run': name.id,
        ...(name.note === undefined ? {} : { 'mechane.note': noteIn(name.note) }),
      });
      return traceOn(span);
    },
    live(mechanism) {
      instruments ??= instrumentsOf(meter ?? metrics.getMeter('@mechane/core'));
      const known = meters.get(mechanism) ?? meterOn(instruments, mechanism);
      meters.set(mechanism, known);
      return known;
    },
  };
}

function noteIn(note: unknown): string {
  return (typeof note === 'string' ? note : (JSON.stringify(note) ?? '')).slice(0, longestNote);
}

const untraced: RunTrace = { round() {}, finished() {}, failed() {} };

/** Measures nothing. */
export const unmeasured: LiveMeter = { session() {}, message() {}, receipt() {}, round() {} };

interface Instruments {
  readonly sessions: ReturnType<Meter['createUpDownCounter']>;
  readonly messages: ReturnType<Meter['createCounter']>;
  readonly receipts: ReturnType<Meter['createHistogram']>;
  readonly rounds: ReturnType<Meter['createCounter']>;
}

function instrumentsOf(meter: Meter): Instruments {
  return {
    sessions: meter.createUpDownCounter('mechane.sessions.open', { description: 'Live runs that have not ended' }),
    messages: meter.createCounter('mechane.messages', { description: 'Messages, by whether they were accepted' }),
    receipts: meter.createHistogram('mechane.receipt.time', {
      description: 'From a message to its receipt',
      unit: 'ms',
    }),
    rounds: meter.createCounter('mechane.rounds', { description: 'Rounds of live runs that were closed' }),
  };
}

function meterOn({ sessions, messages, receipts, rounds }: Instruments, mechanism: string): LiveMeter {
  const attributes = { 'mechane.mechanism': mechanism };
  const byVerdict = new Map<string, Attributes>();
  const withVerdict = (verdict: string): Attributes => {
    const known = byVerdict.get(verdict) ?? { ...attributes, 'mechane.verdict': verdict };
    byVerdict.set(verdict, known);
    return known;
  };
  return {
    session: (change) => sessions.add(change, attributes),
    message: (verdict) => messages.add(1, withVerdict(verdict)),
    receipt: (milliseconds) => receipts.record(milliseconds, attributes),
    round: () => rounds.add(1, attributes),
  };
}

function traceOn(span: Span): RunTrace {
  return {
    round: (round, asked, replied) => {
      span.addEvent('round', { 'mechane.round': round, 'mechane.asked': asked, 'mechane.replied': replied });
    },
    finished: (rounds) => {
      span.setAttribute('mechane.rounds', rounds);
      span.end();
    },
    failed: ({ code, message }) => {
      span.setAttribute('mechane.error', code);
      span.setStatus({ code: SpanStatusCode.ERROR, message });
      span.end();
    },
  };
}
