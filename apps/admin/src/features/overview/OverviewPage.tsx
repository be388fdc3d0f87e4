import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { Suspense, use } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@abide/client';
import { FeaturesContext } from '../../ui/features-context.js';
import { Loaded } from '../../ui/Loaded.js';
import { MissingNote } from '../../ui/MissingNote.js';
import { Page } from '../../ui/Page.js';
import { TwoColumns } from '../../ui/Panel.js';
import { overviewQuery } from './overview.queries.js';
import { WaitingPanel, type DrawnPart } from './WaitingPanel.js';

/** What waits for this operator first, then how things stand: each part drawn by its feature. */
export function OverviewPage() {
  const { t } = useTranslation();
  const overview = useQuery(overviewQuery);
  return (
    <Page title={t('frame.entries.overview')} purpose={t('overview.purpose')}>
      <Loaded query={overview}>
        {({ fragments, missing }) => (
          <>
            <MissingNote
              names={missing.map((name) => t(`overview.parts.${name}`, { defaultValue: t('ui.unnamedPart') }))}
              retry={() => void overview.refetch()}
            />
            <Suspense fallback={<Skeleton active />}>
              <Fragments fragments={fragments} missing={missing} />
            </Suspense>
          </>
        )}
      </Loaded>
    </Page>
  );
}

interface Props {
  readonly fragments: readonly Schemas['OverviewFragmentResponse'][];
  readonly missing: readonly string[];
}

function Fragments({ fragments, missing }: Props) {
  const { t } = useTranslation();
  const registered = use(FeaturesContext).flatMap(({ overview = [] }) => overview);
  const knowsWhatWaits = !registered.some(({ fragment, Waiting }) => Waiting && missing.includes(fragment));
  const parts = registered.flatMap((part): DrawnPart[] => {
    const content = fragments.find(({ name }) => name === part.fragment);
    return content ? [{ part, content }] : [];
  });
  return (
    <TwoColumns
      left={
        <>
          <WaitingPanel title={t('overview.mine')} parts={parts} of="mine" tellsOfNothing={knowsWhatWaits} />
          <WaitingPanel title={t('overview.others')} parts={parts} of="others" />
        </>
      }
      right={parts.map(
        ({ part: { fragment, Standing }, content }) =>
          Standing && <Standing key={fragment} rows={content.standing as never[]} />,
      )}
    />
  );
}
