import { createMechane, provide, type RunTrace, TelemetryService } from '@mechane/core';
import { openTelemetry } from '@mechane/core/host';
import type { Span, Tracer } from '@opentelemetry/api';
import { describe, expect, test } from 'vitest';
import { examples } from './example-mechanisms.ts';

/** The part of the tracing interface that a run touches, written down as it is called. */
function recordingTracer(): { tracer: Tracer; written: unknown[] } {
  const written: unknown[] = [];
  const write = (entry: unknown): Span => {
    written.push(entry);
    return span as Span;
  };
  const span: Partial<Span> = {
    isRecording: () => true,
    setAttribute: (key, value) => write([key, value]),
    setAttributes: write,
    addEvent: (name, attributes) => write([name, attributes]),
    setStatus: write,
    end: () => {
      write('end');
    },
  };
  const startSpan = (name: string): Span => write(name);
  return { tracer: { startSpan } as object as Tracer, written };
}

function traced() {
  const { tracer, written } = recordingTracer();
  const mechane = createMechane({ services: [provide(TelemetryService, () => openTelemetry(tracer))] }).use(examples);
  return { mechane, written };
}

describe('telemetry', () => {
  test('is a span per run', () => {
    const { mechane, written } = traced();
    mechane.run('example/second-price', { reports: { a: { bid: 1 } } });
    expect(written).toEqual([
      'mechane.run',
      { 'mechane.mechanism': 'example/second-price', 'mechane.participants': 1, 'mechane.run': expect.any(String) },
      ['mechane.rounds', 1],
      'end',
    ]);
  });
  test('is an event per round of a live run', async () => {
    const { mechane, written } = traced();
    await mechane.open('example/second-price', { agents: { a: () => ({ bid: 1 }), b: () => undefined } }).result;
    expect(written).toContainEqual(['round', { 'mechane.round': 1, 'mechane.asked': 2, 'mechane.replied': 1 }]);
  });
  test('ends the span of a run that fails, with the error', () => {
    const { mechane, written } = traced();
    expect(() => mechane.run('example/faulty', { reports: {} })).toThrow();
    expect(written).toContainEqual(['mechane.error', 'mechanism-failed']);
    expect(written).toContainEqual({ code: 2, message: expect.stringContaining('division by zero') });
    expect(written.at(-1)).toBe('end');
  });
  test('says nothing without an SDK', () => {
    const trace: RunTrace = openTelemetry().runStarted('x/y', 1, { id: 'z' });
    expect([trace.round(1, 1, 1), trace.finished(1), trace.failed({ code: 'x', message: '', path: [] })]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
