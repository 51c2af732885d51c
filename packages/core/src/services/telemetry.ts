import { type Span, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
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

/** @category Services */
export interface Telemetry {
  runStarted(mechanism: string, participants: number): RunTrace;
}

/** Spans through `@opentelemetry/api`: free until the application installs an SDK. */
export function openTelemetry(tracer: Tracer = trace.getTracer('@mechane/core')): Telemetry {
  return {
    runStarted(mechanism, participants) {
      const span = tracer.startSpan('mechane.run');
      if (!span.isRecording()) return untraced;
      span.setAttributes({ 'mechane.mechanism': mechanism, 'mechane.participants': participants });
      return traceOn(span);
    },
  };
}

const untraced: RunTrace = { round() {}, finished() {}, failed() {} };

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
