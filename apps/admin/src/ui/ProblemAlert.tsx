import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { ChallengeDeclined } from '../session/challenge.js';
import { useProblemText } from './problem-text.js';

/** A refusal shown where the person is looking, with what to quote when they ask for help. */
export function ProblemAlert({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const textOf = useProblemText();
  if (!error || error instanceof ChallengeDeclined) return null;
  const { title, detail, correlationId } = textOf(error);
  const reference = correlationId ? t('problems.reference', { id: correlationId }) : '';
  const description = [detail, reference].filter(Boolean).join(' ');
  return (
    <Alert type="error" showIcon title={title} {...(description ? { description } : {})} style={{ marginBlock: 8 }} />
  );
}
