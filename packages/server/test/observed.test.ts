import { context, type Span, type TracerProvider, trace } from '@opentelemetry/api';
import { expect, onTestFinished, test } from 'vitest';
import { adminToken, openHouse } from './house.ts';

const vickrey = 'auction-sealed/second-price';

test('Prometheus reads how often each route was asked, and what became of messages; no name is told', async () => {
  const house = await openHouse();
  const { id, tokens } = await house.make({ mechanism: vickrey, agents: ['ann', 'bob'] });
  const say = (bid: unknown) =>
    house.post(`/sessions/${id}/messages`, { token: tokens.ann, body: { message: { bid } } });
  await say(7);
  await say('seven');
  await house.get('/nowhere/at/all');
  const events = house.events(`/sessions/${id}/events`);
  await events.next();
  const { headers, body } = await house.get('/metrics');
  expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines: string[] = body.trimEnd().split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'mechane_requests_total{method="POST",route="/sessions/:session/messages",status="201"} 1',
      'mechane_requests_total{method="POST",route="/sessions/:session/messages",status="400"} 1',
      'mechane_messages_total{verdict="accepted"} 1',
      'mechane_messages_total{verdict="invalid-message"} 1',
      'mechane_request_seconds_count{method="POST",route="/sessions/:session/messages"} 2',
      'mechane_sessions_open 1',
      'mechane_streams_open 1',
    ]),
  );
  for (const line of lines) expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{[^}]*\})? [\d.e-]+)$/);
  for (const secret of [id, 'ann', 'nowhere', ...Object.values(tokens)]) expect(body).not.toContain(secret);
  await events.return(undefined);
});

test('each request is a span by its route, without a token in it', async () => {
  const spans: { name: string; attributes: Record<string, unknown>; ended: boolean }[] = [];
  const provider = {
    getTracer: () => ({
      startSpan: () => undefined,
      startActiveSpan(
        name: string,
        options: { attributes: Record<string, unknown> },
        _: unknown,
        act: (span: Span) => unknown,
      ) {
        const told = { name, attributes: { ...options.attributes }, ended: false };
        spans.push(told);
        return act({
          updateName: (updated: string) => {
            told.name = updated;
          },
          setAttribute: (key: string, value: unknown) => {
            told.attributes[key] = value;
          },
          setStatus: () => {},
          end: () => {
            told.ended = true;
          },
        } as object as Span);
      },
    }),
  } as object as TracerProvider;
  trace.setGlobalTracerProvider(provider);
  onTestFinished(() => {
    trace.disable();
    context.disable();
  });
  const house = await openHouse();
  await house.get('/sessions/none', adminToken);
  expect(spans).toEqual([
    {
      name: 'GET /sessions/:session',
      attributes: {
        'http.request.method': 'GET',
        'http.route': '/sessions/:session',
        'http.response.status_code': 404,
      },
      ended: true,
    },
  ]);
});
