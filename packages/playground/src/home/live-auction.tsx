import { sealedAuction } from '@mechane/plots';
import type { JSX } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import { FigureView } from '../figure-view.tsx';
import { AskKit } from '../kit/ask-kit.tsx';
import { playSealed, type Rule, whyInWords } from './sealed-play.ts';

const most = 20;
const names: Readonly<Record<Rule, string>> = { 'second-price': 'Second price', 'first-price': 'First price' };

/** An auction of one item whose bids one drags. */
export function LiveAuction(): JSX.Element {
  const [rule, setRule] = useState<Rule>('second-price');
  const [bids, setBids] = useState<Readonly<Record<string, number>>>({ ann: 10, bob: 15, eve: 12 });
  const auction = useMemo(() => playSealed(rule, bids), [rule, bids]);
  const setBid = (agent: string, bid: number): void =>
    setBids((before) => ({ ...before, [agent]: Math.min(most, Math.max(0, bid)) }));
  const dragging = useDragging(setBid);
  return (
    <section class="card live" aria-label="A live auction">
      <fieldset class="choices">
        <legend class="unseen">The rule</legend>
        {(Object.keys(names) as Rule[]).map((each) => (
          <label key={each}>
            <input type="radio" name="rule" checked={rule === each} onChange={() => setRule(each)} /> {names[each]}
          </label>
        ))}
      </fieldset>
      <div class="draggable" {...dragging}>
        <FigureView files={false} draw={(width) => sealedAuction(auction, { width, most })} />
      </div>
      <div class="sliders">
        {Object.entries(bids).map(([agent, bid]) => (
          <label key={agent}>
            <span>{agent}</span>
            <input
              type="range"
              min={0}
              max={most}
              step={1}
              value={bid}
              aria-valuetext={`${agent} bids ${bid}`}
              onInput={({ currentTarget }) => setBid(agent, Number(currentTarget.value))}
            />
            <output>{bid}</output>
          </label>
        ))}
      </div>
      <p class="why" aria-live="polite">
        {whyInWords(rule, auction)}
      </p>
      <AskKit key={rule} mechanism={`auction-sealed/${rule}`} name={names[rule]} />
    </section>
  );
}

/** An event of a pointer on the picture. */
type OnPicture = PointerEvent & { readonly currentTarget: HTMLDivElement };

interface PointerHandlers {
  onPointerDown(event: OnPicture): void;
  onPointerMove(event: OnPicture): void;
  onPointerUp(): void;
  onPointerCancel(): void;
}

/** Bars that follow the pointer: whose bar is pressed has the bid where the pointer is. */
function useDragging(setBid: (agent: string, bid: number) => void): PointerHandlers {
  const agent = useRef<string | undefined>(undefined);
  const follow = (event: OnPicture): void => {
    const svg = event.currentTarget.querySelector('svg');
    const bar = svg?.querySelector('rect[data-key]');
    if (agent.current === undefined || svg == null || bar == null) return;
    const { left, width } = svg.getBoundingClientRect();
    const across = ((event.clientX - left) / width) * svg.viewBox.baseVal.width;
    const from = Number(bar.getAttribute('x'));
    // The axis ends 44 pixels before the paper does.
    const to = svg.viewBox.baseVal.width - 44;
    setBid(agent.current, Math.round(((across - from) / (to - from)) * most));
  };
  return {
    onPointerDown(event) {
      agent.current = agentAt(event.currentTarget, event.clientY);
      if (agent.current === undefined) return;
      event.preventDefault();
      event.currentTarget.setPointerCapture(event.pointerId);
      follow(event);
    },
    onPointerMove: follow,
    onPointerUp: () => {
      agent.current = undefined;
    },
    onPointerCancel: () => {
      agent.current = undefined;
    },
  };
}

/** Whose row is at a height. */
function agentAt(element: HTMLElement, clientY: number): string | undefined {
  for (const bar of element.querySelectorAll('rect[data-key]')) {
    const { top, bottom } = bar.getBoundingClientRect();
    if (clientY >= top - 5 && clientY <= bottom + 5) return bar.getAttribute('data-key') ?? undefined;
  }
  return undefined;
}
