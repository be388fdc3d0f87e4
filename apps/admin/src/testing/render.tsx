import { configure, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { userEvent } from '@testing-library/user-event';
import { App } from 'antd';
import i18next from 'i18next';
import type { ReactNode } from 'react';
import { initReactI18next } from 'react-i18next';
import { MemoryRouter, useLocation } from 'react-router';
import { catalogueOf } from '../i18n/catalogue.testing.js';
import type { Locale, Operator } from '../api/types.js';
import { OperatorContext } from '../session/session.queries.js';

// What is waited for comes at once; only a busy machine takes longer.
configure({ asyncUtilTimeout: 20_000 });

/** Somebody signed in, who holds the permissions that a test names. */
export function anOperator(operator: Partial<Operator> = {}): Operator {
  return { id: 'operator-1', name: 'Fang Yuan', permissions: [], ...operator } as Operator;
}

/** Starts the texts of a language, as the console does before it draws anything. */
export async function speak(language: Locale): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    interpolation: { escapeValue: false },
    resources: { [language]: { translation: await catalogueOf(language) } },
  });
}

/** Draws a component at an address, behind the session gate, and answers who uses it and where the address stands. */
export function open(component: ReactNode, { at = '/', operator = anOperator() } = {}) {
  let address = at;
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const Address = () => {
    const { pathname, search } = useLocation();
    address = `${pathname}${search}`;
    return null;
  };
  const view = render(
    <App>
      <QueryClientProvider client={client}>
        <OperatorContext value={operator}>
          <MemoryRouter initialEntries={[at]}>
            <Address />
            {component}
          </MemoryRouter>
        </OperatorContext>
      </QueryClientProvider>
    </App>,
  );
  return { ...view, client, user: userEvent.setup(), address: () => address };
}

/** Presses a key on what has the focus as browsers do: antd reads the code of the key, which user-event leaves out. */
export function press(key: 'Enter' | 'ArrowDown'): void {
  fireEvent.keyDown(document.activeElement ?? document.body, { key, keyCode: key === 'Enter' ? 13 : 40 });
}

/** Waits until a field is told to be wrong, in these words, to whoever comes to it. */
export async function refused(label: string | RegExp, words: string): Promise<void> {
  await waitFor(() => {
    const field = screen.getByLabelText(label);
    const described = field.getAttribute('aria-describedby')?.split(' ') ?? [];
    const told = described.map((id) => document.getElementById(id)?.textContent).join(' ');
    if (field.getAttribute('aria-invalid') !== 'true' || !told.includes(words))
      throw new Error(`${String(label)} is not said to be wrong: "${told}"`);
  });
}
