import { QuestionCircleOutlined } from '@ant-design/icons';
import { Button, type InputRef } from 'antd';
import { Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, useLocation, useNavigation } from 'react-router';
import { AccountMenu } from './AccountMenu.js';
import { AppearanceMenu } from './AppearanceMenu.js';
import { KeyboardHelp } from './KeyboardHelp.js';
import { LanguageSwitch } from './LanguageSwitch.js';
import { NavigationMenu } from './NavigationMenu.js';
import { SearchBox } from './SearchBox.js';
import { useShortcuts, useSingleKeys } from './shortcuts.js';
import css from './Frame.module.css';

/** What stands around every page: entries left, search on top, account, language, appearance and keyboard help right. */
export function Frame() {
  const { t } = useTranslation();
  const search = useRef<InputRef>(null);
  const [helping, setHelping] = useState(false);
  const [singleKeys, setSingleKeys] = useSingleKeys();
  useShortcuts({ search: () => search.current?.focus({ cursor: 'all' }), help: () => setHelping(true), singleKeys });
  const main = useFocusOnNewPage();
  const loading = useNavigation().state === 'loading';

  return (
    <div className={css['frame']}>
      <a className={css['skip']} href="#main">
        {t('frame.skip')}
      </a>
      <header className={css['top']}>
        <Link to="/" className={css['brand']}>
          {t('frame.brand')}
        </Link>
        <SearchBox ref={search} />
        <div className={css['tools']}>
          <LanguageSwitch />
          <AppearanceMenu />
          <Button
            type="text"
            icon={<QuestionCircleOutlined />}
            aria-label={t('frame.help.title')}
            title={t('frame.help.title')}
            onClick={() => setHelping(true)}
          />
          <AccountMenu />
        </div>
      </header>
      <NavigationMenu />
      <main id="main" ref={main} tabIndex={-1} className={css['main']} aria-busy={loading}>
        <Suspense>
          <Outlet />
        </Suspense>
      </main>
      <KeyboardHelp
        open={helping}
        close={() => setHelping(false)}
        singleKeys={singleKeys}
        setSingleKeys={setSingleKeys}
      />
    </div>
  );
}

/** Moves the reading position to the new page, as a page load would, so that keyboard and screen reader start there. */
function useFocusOnNewPage() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    const isInField =
      document.activeElement instanceof HTMLInputElement && main.current?.contains(document.activeElement);
    if (!isInField) main.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [pathname]);
  return main;
}
