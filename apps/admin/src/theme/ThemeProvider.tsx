import { App, ConfigProvider } from 'antd';
import { useEffect, type ReactNode } from 'react';
import { useAntdLocale } from '../i18n/language.js';
import { useAppearance, useMotion } from './appearance.js';
import { styleNonce } from './style-nonce.js';
import { themeFor } from './tokens.js';

/** Ant Design with our tokens, its own texts in the chosen language, and the server's nonce on every style it writes. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  const appearance = useAppearance();
  const motion = useMotion();
  const locale = useAntdLocale();
  useEffect(() => {
    document.documentElement.dataset['appearance'] = appearance;
  }, [appearance]);
  return (
    <ConfigProvider
      csp={{ nonce: styleNonce }}
      button={{ autoInsertSpace: false }}
      theme={themeFor(appearance, { motion })}
      {...(locale ? { locale } : {})}
    >
      <App message={{ maxCount: 3 }} className="app">
        {children}
      </App>
    </ConfigProvider>
  );
}
