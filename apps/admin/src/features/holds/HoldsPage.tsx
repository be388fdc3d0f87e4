import { useTranslation } from 'react-i18next';
import { LinkButton } from '../../ui/LinkButton.js';
import { Page } from '../../ui/Page.js';
import { WaitingNote } from '../../ui/WaitingNote.js';
import { HoldsTable } from './HoldsTable.js';

/** What of people's data is not deleted; a hold is placed on the page of the person, who is found there for a reason. */
export function HoldsPage() {
  const { t } = useTranslation();
  const find = <LinkButton to="/subjects">{t('holds.find')}</LinkButton>;
  return (
    <Page title={t('frame.entries.holds')} purpose={t('holds.purpose')} actions={find}>
      <WaitingNote type="hold" />
      <HoldsTable empty={{ text: t('holds.empty') }} />
    </Page>
  );
}
