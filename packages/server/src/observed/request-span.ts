import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

/**
 * Answers a request within a span of its own (OpenTelemetry's conventions for HTTP), so that the span of a session that it opens follows from it. Free until an SDK
 * is installed. Neither tokens nor bodies are in it.
 */
export function inSpan(
  request: Request,
  answer: (name: (route: string) => void) => Promise<Response>,
): Promise<Response> {
  const tracer = trace.getTracer('@mechane/server');
  const from = propagation.extract(context.active(), request.headers, {
    get: (headers, name) => headers.get(name) ?? undefined,
    keys: (headers) => [...headers.keys()],
  });
  const { method } = request;
  const attributes = { 'http.request.method': method };
  return tracer.startActiveSpan(method, { kind: SpanKind.SERVER, attributes }, from, async (span) => {
    try {
      const response = await answer((route) => {
        span.updateName(`${method} ${route}`);
        span.setAttribute('http.route', route);
      });
      span.setAttribute('http.response.status_code', response.status);
      if (response.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      return response;
    } finally {
      span.end();
    }
  });
}
