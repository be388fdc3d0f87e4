import { useTranslation } from 'react-i18next';
import type { PendingChange } from '../../api/types.js';
import { useClientWords, type ClientReach } from '../../ui/client-words.js';
import { Facts } from '../../ui/Facts.js';

/** How the thing is to be. */
export function ChangeFacts({ change }: { change: PendingChange }) {
  return change.object.type === 'client' ? <ClientFacts proposed={change.proposed as unknown as ProposedClient} /> : null;
}

interface ProposedClient extends ClientReach {
  readonly before?: ClientReach;
  readonly expiresInDays?: number;
}

function ClientFacts({ proposed }: { proposed: ProposedClient }) {
  const { t } = useTranslation();
  const words = useClientWords();
  const { before } = proposed;
  const turn = (of: (reach: ClientReach) => string) => (before && of(before) !== of(proposed) ? `${of(before)} → ${of(proposed)}` : of(proposed));
  return (
    <Facts
      rows={[
        [t('settings.clients.scopes'), turn(words.scopes)],
        [t('settings.clients.purposes'), turn(words.purposes)],
        [t('settings.clients.services'), turn(words.services)],
        [t('settings.clients.expiresInDays'), proposed.expiresInDays],
      ]}
    />
  );
}
