import { CheckCircleFilled, CloseCircleFilled, EllipsisOutlined, MinusCircleOutlined } from '@ant-design/icons';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExplainedRule } from '../consent.types.js';
import css from './why.module.css';

const icons: Readonly<Record<ExplainedRule['outcome'], ComponentType>> = {
  passed: CheckCircleFilled,
  refused: CloseCircleFilled,
  notAsked: MinusCircleOutlined,
  notReached: EllipsisOutlined,
};

/** Rules in the order in which they are asked, each with what it said in a word and a shape. */
export function RuleList({ rules }: { rules: readonly ExplainedRule[] }) {
  const { t } = useTranslation();
  return (
    <ol className={css['rules']}>
      {rules.map(({ rule, outcome, code }) => {
        const Icon = icons[outcome];
        return (
          <li key={rule} className={css[outcome]}>
            <span className={css['outcome']}>
              <Icon /> {t(`decisions.why.outcomes.${outcome}`)}
            </span>
            <span>
              <span className="secondary">{t('decisions.why.rule', { rule })}</span>{' '}
              {t(`decisions.why.rules.${rule}`, { defaultValue: '' })}
              {code && <strong> · {t(`decisions.codes.${code}`, { defaultValue: code })}</strong>}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
