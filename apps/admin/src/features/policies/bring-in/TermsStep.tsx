import { rights, type Right, type Term } from '@abide/rulebook';
import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { registriesQuery } from '../registry.queries.js';
import { AddedTermCard } from './AddedTermCard.js';
import { ClauseIndex } from './ClauseIndex.js';
import { DecidedHere } from './DecidedHere.js';
import type { Choice, PolicyImport, Proposal } from './imports.queries.js';
import { MarkedClause } from './MarkedClause.js';
import { ProposalCard } from './ProposalCard.js';
import { KeyLine, TermsBar } from './TermsBar.js';
import { useAdding } from './use-adding.js';
import type { Decisions } from './use-decisions.js';
import { useDecisionKeys } from './use-decision-keys.js';
import { useWalk } from './use-walk.js';
import { missingFields } from './term-words.js';
import css from './bring-in.module.css';

interface Props {
  readonly imported: PolicyImport;
  readonly decisions: Decisions;
  /** To what comes after. */
  readonly onward: ReactNode;
}

/** Left the clause with the sentence that a proposal stands on, right the term that it seems to promise; decided by keyboard, one after another. */
export function TermsStep({ imported, decisions, onward }: Props) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const registries = useQuery(registriesQuery).data;
  const { proposals } = decisions;
  const [type, showsAll] = [search.get('type'), search.get('show') === 'all'];
  const isShown = ({ term, decision }: Proposal) =>
    (!type || typeOf(term) === type) && (showsAll || decision === 'undecided');
  const begin = { clauseId: search.get('clause'), proposalId: search.get('proposal') };
  const walk = useWalk({ clauses: imported.clauses, proposals, isShown, begin });
  const { current, clause } = walk;
  const [isOpen, setOpen] = useState(search.get('form') === 'open');
  const [made, setMade] = useState<readonly Choice[]>([]);
  const adding = useAdding({
    ...{ imported, decisions, clause, current },
    begin: askedFor(search.get('add')),
    added: (proposal) => {
      setMade([...made, { proposalId: proposal.id, decision: 'declined' }]);
      walk.goTo(proposal);
    },
  });

  const choose = (choice: Choice) => {
    if (!current) return;
    setMade([...made, choiceOn(current)]);
    decisions.decide(choice);
    closeForms();
    walk.onward();
  };
  const closeForms = () => {
    setOpen(false);
    adding.close();
  };
  const accept = (term?: Term) =>
    current && choose({ proposalId: current.id, decision: 'accepted', ...(term && { term: term as object as never }) });
  const decline = () => current && choose({ proposalId: current.id, decision: 'declined' });
  const undo = () => {
    const last = made.at(-1);
    const before = last ?? (current ? { proposalId: current.id, decision: 'undecided' as const } : null);
    const about = proposals.find(({ id }) => id === before?.proposalId);
    if (!before || !about) return;
    setMade(made.slice(0, -1));
    decisions.decide(before);
    closeForms();
    walk.goTo(about);
  };
  const step = (go: () => void) => () => {
    closeForms();
    go();
  };
  useDecisionKeys({
    next: step(walk.next),
    previous: step(walk.previous),
    accept: () => {
      if (!current || current.decision === 'accepted') return walk.onward();
      if (missingFields(current.term as unknown as Term).length > 0) setOpen(true);
      else accept();
    },
    decline,
    change: () => current && setOpen(true),
    undo,
    add: adding.open,
  });

  const undecided = useMemo(() => undecidedByClause(proposals), [proposals]);
  const acceptedHere = proposals.filter(
    (one) => one.clauseId === clause?.id && one.decision === 'accepted' && one !== current,
  );
  return (
    <>
      {proposals.length > 0 && (
        <TermsBar
          proposals={proposals}
          decisions={decisions}
          position={walk.position}
          count={walk.count}
          refiltered={walk.toStart}
          next={step(walk.next)}
          previous={step(walk.previous)}
        />
      )}
      <div className={css['three']}>
        <ClauseIndex
          label={t('bringIn.clauses.label')}
          clauses={imported.clauses}
          chosen={clause?.id ?? null}
          choose={(id) => {
            setOpen(false);
            walk.goToClause(id);
          }}
          mark={({ id }) => undecided.has(id) && <Undecided count={undecided.get(id) ?? 0} />}
        />
        {clause && (
          <MarkedClause
            clause={clause}
            language={imported.language}
            marked={adding.marked ?? current}
            select={adding.select}
          />
        )}
        <div className={css['side']}>
          {!registries && <Skeleton active />}
          {registries && clause && adding.isOpen && (
            <AddedTermCard clause={clause} registries={registries} {...adding} />
          )}
          {registries && current && !adding.isOpen && (
            <ProposalCard
              key={`${current.id} ${current.decision}`}
              proposal={current}
              registries={registries}
              isOpen={isOpen}
              open={setOpen}
              accept={accept}
              decline={decline}
              undo={() => decisions.decide({ proposalId: current.id, decision: 'undecided' })}
            />
          )}
          {!current && !adding.isOpen && (
            <p className="secondary">{t(`bringIn.terms.${whyNone(proposals, undecided)}`)}</p>
          )}
          {!adding.isOpen && (
            <div>
              <Button icon={<PlusOutlined />} onClick={adding.open}>
                {t(adding.hasWords ? 'bringIn.terms.addOnWords' : 'bringIn.terms.addHere')}
              </Button>
            </div>
          )}
          {registries && <DecidedHere proposals={acceptedHere} registries={registries} open={walk.goTo} />}
          {undecided.size === 0 && onward}
          <KeyLine />
        </div>
      </div>
    </>
  );
}

function Undecided({ count }: { count: number }) {
  const { t } = useTranslation();
  return (
    <span className={css['undecided']} aria-label={t('bringIn.terms.undecidedHere', { count })} role="img">
      {count}
    </span>
  );
}

function whyNone(proposals: readonly Proposal[], undecided: ReadonlyMap<string, number>) {
  if (proposals.length === 0) return 'none';
  return undecided.size === 0 ? 'allDecided' : 'noneHere';
}

/** The term to be added, as the address asks for it: one of a right. */
function askedFor(right: string | null): Term | null {
  return rights.includes(right as Right) ? { type: 'right', rights: [right as Right] } : null;
}

/** How it stands now, to go back to. */
function choiceOn({ id, decision, acceptedTerm }: Proposal): Choice {
  return { proposalId: id, decision, ...(acceptedTerm && { term: acceptedTerm }) };
}

function undecidedByClause(proposals: readonly Proposal[]): ReadonlyMap<string, number> {
  const counted = new Map<string, number>();
  for (const { clauseId, decision } of proposals)
    if (decision === 'undecided') counted.set(clauseId, (counted.get(clauseId) ?? 0) + 1);
  return counted;
}

function typeOf(term: object): string {
  return 'type' in term ? String(term.type) : '';
}
