import { exampleTests, type PolicyDocument } from '@abide/rulebook';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Revision } from '../../../api/types.js';
import { EmptyState } from '../../../ui/EmptyState.js';

interface Props {
  readonly revision: Revision;
  /** Null for an operator who may not write. */
  readonly begin: ((content: string) => void) | null;
}

/** Says what tests are for, and offers some that fit this policy. */
export function NoTestsYet({ revision, begin }: Props) {
  const { t } = useTranslation();
  const writeExample = () =>
    begin?.(
      exampleTests({
        document: revision.document as unknown as PolicyDocument,
        revision: revision.number,
        day: new Date().toISOString().slice(0, 10),
        names: {
          without: t('policyTests.example.without'),
          withIt: t('policyTests.example.withIt'),
          nobody: t('policyTests.example.nobody'),
        },
      }),
    );
  return (
    <EmptyState
      text={t(begin ? 'policyTests.begin' : 'policyTests.none')}
      action={begin && <Button onClick={writeExample}>{t('policyTests.takeExample')}</Button>}
    />
  );
}
