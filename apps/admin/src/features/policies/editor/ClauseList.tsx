import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Popconfirm } from 'antd';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocalized } from '../../../i18n/language.js';
import { StateTag } from '../../../ui/StateTag.js';
import { useScrolledTo } from '../use-scrolled-to.js';
import { newClause } from './document-edits.js';
import { problemsOfFrame, problemsUnder, worstOf } from './problem-places.js';
import type { DraftEditor } from './use-draft-editor.js';
import type { Findings } from './findings.js';
import css from './editor.module.css';

interface Props {
  readonly editor: DraftEditor;
  readonly findings: Findings | null;
  readonly chosen: string;
  readonly choose: (key: string) => void;
  readonly frameKey: string;
  readonly isEditable: boolean;
}

/** The clauses in order, each with its number, its state against the text in force, and whether something is wrong in it. */
export function ClauseList({ editor, findings, chosen, choose, frameKey, isEditable }: Props) {
  const { t } = useTranslation();
  const localized = useLocalized();
  const { clauses } = editor.document;
  const problems = findings?.problems ?? [];
  const stateOf = new Map(findings?.states);
  const index = clauses.findIndex(({ id }) => id === chosen);

  const list = useScrolledTo(chosen);

  const move = (by: -1 | 1) => editor.edit({ kind: 'moveClause', index, by });
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isEditable || !event.altKey || index < 0 || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    move(event.key === 'ArrowUp' ? -1 : 1);
  };
  const add = () => {
    const clause = newClause(editor.document);
    editor.edit({ kind: 'addClause', after: index < 0 ? clauses.length - 1 : index, clause });
    choose(clause.id);
  };
  const remove = () => {
    editor.edit({ kind: 'removeClause', index });
    choose(clauses[index + 1]?.id ?? clauses[index - 1]?.id ?? frameKey);
  };

  return (
    // Key strokes come from the buttons inside.
    // eslint-disable-next-line jsx-a11y-x/no-noninteractive-element-interactions
    <nav className={css['clauseList']} aria-label={t('policies.editor.clauses')} onKeyDown={onKeyDown}>
      <ol ref={list}>
        <li>
          <Item
            number=""
            heading={t('policies.editor.frame')}
            isChosen={chosen === frameKey}
            worst={worstOf(problemsOfFrame(problems))}
            choose={() => choose(frameKey)}
          />
        </li>
        {clauses.map((clause, at) => (
          <li key={clause.id}>
            <Item
              number={String(at + 1)}
              heading={localized(clause.heading) || clause.id}
              state={stateOf.get(clause.id)}
              isChosen={clause.id === chosen}
              worst={worstOf(problemsUnder(problems, ['clauses', at]))}
              choose={() => choose(clause.id)}
            />
          </li>
        ))}
      </ol>
      {isEditable && (
        <div className={css['clauseActs']}>
          <Button size="small" icon={<PlusOutlined />} onClick={add}>
            {t('policies.editor.addClause')}
          </Button>
          <Button
            size="small"
            icon={<ArrowUpOutlined />}
            disabled={index <= 0}
            aria-label={t('policies.editor.moveUp')}
            title={t('policies.editor.moveUp')}
            onClick={() => move(-1)}
          />
          <Button
            size="small"
            icon={<ArrowDownOutlined />}
            disabled={index < 0 || index === clauses.length - 1}
            aria-label={t('policies.editor.moveDown')}
            title={t('policies.editor.moveDown')}
            onClick={() => move(1)}
          />
          <Popconfirm
            title={t('policies.editor.removeClauseSure')}
            disabled={index < 0 || clauses.length === 1}
            onConfirm={remove}
          >
            <Button
              size="small"
              icon={<DeleteOutlined />}
              disabled={index < 0 || clauses.length === 1}
              aria-label={t('policies.editor.removeClause')}
              title={t('policies.editor.removeClause')}
            />
          </Popconfirm>
        </div>
      )}
    </nav>
  );
}

interface ItemProps {
  readonly number: string;
  readonly heading: string;
  readonly state?: string | undefined;
  readonly isChosen: boolean;
  readonly worst: 'error' | 'warning' | null;
  readonly choose: () => void;
}

function Item({ number, heading, state, isChosen, worst, choose }: ItemProps) {
  const { t } = useTranslation();
  return (
    <button type="button" className={css['item']} aria-current={isChosen ? 'true' : undefined} onClick={choose}>
      <span className={css['number']}>{number}</span>
      <span className={css['itemHeading']}>{heading}</span>
      {worst && (
        <span className={css[worst]} role="img" aria-label={t(`policies.editor.has.${worst}`)}>
          ●
        </span>
      )}
      {state && state !== 'same' && <StateTag state={state} />}
    </button>
  );
}
