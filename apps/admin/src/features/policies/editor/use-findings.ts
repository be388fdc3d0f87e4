import type { PolicyDocument } from '@abide/rulebook';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { RevisionState } from '../../../api/types.js';
import { neighboursQuery, registriesQuery, useDocumentInForce } from '../registry.queries.js';
import type { Findings, Surroundings } from './findings.js';

const onTheirWay: readonly RevisionState[] = ['draft', 'inReview', 'approved', 'scheduled'];

/** Only what is not in force yet can be judged against what is. */
export function isJudged(state: RevisionState): boolean {
  return onTheirWay.includes(state);
}

/** What the rulebook says about the text in hand; null until it has first been judged, and where nothing is judged. */
export function useFindings(document: PolicyDocument, state: RevisionState): Findings | null {
  const registries = useQuery(registriesQuery).data;
  const neighbours = useQuery(neighboursQuery(document.policy)).data;
  const inForce = useDocumentInForce(document.policy);
  const surroundings = useMemo((): Surroundings | null => {
    if (!isJudged(state) || !registries || !neighbours || inForce === undefined) return null;
    const { named: _named, ...registry } = registries;
    return { registry, neighbours, inForce };
  }, [state, registries, neighbours, inForce]);

  const [findings, setFindings] = useState<Findings | null>(null);
  const judge = useRef<Judge | null>(null);
  useEffect(() => {
    const started = new Judge(setFindings);
    judge.current = started;
    return () => started.stop();
  }, []);
  useEffect(() => {
    if (surroundings) judge.current?.judge(document, surroundings);
  }, [document, surroundings]);
  return findings;
}

/** One worker that judges one text at a time; of the texts that come meanwhile only the newest waits. */
class Judge {
  private readonly worker = new Worker(new URL('./findings.worker.ts', import.meta.url), { type: 'module' });
  private waiting: { document: PolicyDocument; surroundings: Surroundings } | null = null;
  private isBusy = false;

  constructor(tell: (findings: Findings) => void) {
    this.worker.addEventListener('message', ({ data }: MessageEvent<Findings>) => {
      this.isBusy = false;
      tell(data);
      this.next();
    });
  }

  judge(document: PolicyDocument, surroundings: Surroundings): void {
    this.waiting = { document, surroundings };
    this.next();
  }

  stop(): void {
    this.worker.terminate();
  }

  private next(): void {
    if (this.isBusy || !this.waiting) return;
    this.isBusy = true;
    this.worker.postMessage(this.waiting);
    this.waiting = null;
  }
}
