import { labelOf } from '@abide/rulebook';
import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { currentLanguage } from '../../../i18n/language.js';
import { EmptyState } from '../../../ui/EmptyState.js';
import { Loaded } from '../../../ui/Loaded.js';
import { Panel } from '../../../ui/Panel.js';
import { gapsQuery, type Gap, type PolicyImport } from './imports.queries.js';
import { IntendedFields } from './IntendedFields.js';
import { intendedOf } from './intended.js';
import { SavedState } from './SavedState.js';
import { stepAddress } from './steps.js';
import type { Decisions } from './use-decisions.js';
import css from './bring-in.module.css';

const shownAtFirst = 50;

/** What keeps the document from being a policy, and what else to look at, each with the place where it is mended. */
export function MissingStep({ imported, decisions }: { imported: PolicyImport; decisions: Decisions }) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const query = useQuery(gapsQuery(imported, intendedOf(search)));
  return (
    <>
      <div className={css['bar']}>
        <IntendedFields />
        <SavedState decisions={decisions} />
      </div>
      <Loaded query={query}>
        {(gaps) => (
          <div className={css['groups']}>
            {gaps.length === 0 && <EmptyState text={t('bringIn.missing.nothing')} />}
            <Gaps gaps={gaps} severity="error" imported={imported} />
            <Gaps gaps={gaps} severity="warning" imported={imported} />
          </div>
        )}
      </Loaded>
    </>
  );
}

interface GapsProps {
  readonly gaps: readonly Gap[];
  readonly severity: Gap['severity'];
  readonly imported: PolicyImport;
}

function Gaps({ gaps, severity, imported }: GapsProps) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const ofThis = gaps.filter((gap) => gap.severity === severity);
  const counted = ofThis.filter(({ code }) => isCounted(code));
  const each = ofThis.filter(({ code }) => !isCounted(code));
  if (ofThis.length === 0)
    return severity === 'error' && gaps.length > 0 ? (
      <Alert type="success" showIcon title={t('bringIn.missing.noErrors')} />
    ) : null;
  return (
    <Panel title={t(`bringIn.missing.${severity}`)} note={t(`bringIn.missing.${severity}Note`)}>
      <ul className={css['gaps']}>
        <Counted gaps={counted} code="import.undecided" />
        <Counted gaps={counted} code="import.untranslated" />
        <Counted gaps={counted} code="import.translation_outdated" />
        {(all ? each : each.slice(0, shownAtFirst)).map((gap, index) => (
          <OneGap key={index} gap={gap} imported={imported} />
        ))}
      </ul>
      {!all && each.length > shownAtFirst && (
        <button type="button" className={css['more']} onClick={() => setAll(true)}>
          {t('bringIn.missing.more', { count: each.length - shownAtFirst })}
        </button>
      )}
    </Panel>
  );
}

const countedCodes = {
  'import.undecided': ['undecided', 'terms'],
  'import.untranslated': ['untranslated', 'language'],
  'import.translation_outdated': ['outdated', 'language'],
} as const;

function isCounted(code: string): boolean {
  return code in countedCodes;
}

/** What there may be hundreds of, in one line. */
function Counted({ gaps, code }: { gaps: readonly Gap[]; code: keyof typeof countedCodes }) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const { length } = gaps.filter((gap) => gap.code === code);
  if (length === 0) return null;
  const [key, step] = countedCodes[code];
  return (
    <li>
      <span>{t(`bringIn.missing.${key}`, { count: length })}</span>
      <Link to={stepAddress(search, step)}>{t(`bringIn.missing.${key}Do`)}</Link>
    </li>
  );
}

function OneGap({ gap, imported }: { gap: Gap; imported: PolicyImport }) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const clause = imported.clauses.find(({ id }) => id === gap.clauseId);
  // Where other rights are spoken of.
  const besideRights = imported.proposals.find(({ term }) => 'type' in term && term.type === 'right')?.clauseId;
  return (
    <li>
      <span>
        {clause && (
          <span className="secondary">
            {clause.id} {clause.heading} ·{' '}
          </span>
        )}
        {gap.code === 'import.undecided_member' && gap.field
          ? t('bringIn.missing.member', { name: memberName(gap.field, t) })
          : gap.right
            ? t('bringIn.missing.right', { name: labelOf('right', gap.right, currentLanguage()), why: gap.message })
            : gap.message}
      </span>
      {gap.proposalId ? (
        <Link to={stepAddress(search, 'terms', { proposal: gap.proposalId, show: 'all', form: 'open' })}>
          {t('bringIn.missing.openTerm')}
        </Link>
      ) : (
        (gap.right && (
          <Link to={stepAddress(search, 'terms', { add: gap.right, ...(besideRights && { clause: besideRights }) })}>
            {t('bringIn.missing.addTerm')}
          </Link>
        )) ||
        (clause && (
          <Link to={stepAddress(search, 'clauses', { clause: clause.id })}>{t('bringIn.missing.openClause')}</Link>
        ))
      )}
    </li>
  );
}

/** `notice.leadDays` by the name of the field that stands for it. */
function memberName(field: string, t: TFunction): string {
  const name = field.split('.').at(-1) ?? field;
  return t(`policies.fields.${name}` as 'policies.fields.basis', { defaultValue: name });
}
