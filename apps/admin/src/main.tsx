import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ConsoleApp } from './ConsoleApp.js';
import { startLanguage } from './i18n/language.js';
import { loadTexts } from './texts/texts.js';
import { giveNonceToStyles } from './theme/style-nonce.js';
import './theme/global.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

giveNonceToStyles();
// Not awaited at the top: what is fetched meanwhile may need this very file.
void startLanguage(loadTexts).then(() =>
  createRoot(root).render(
    <StrictMode>
      <ConsoleApp />
    </StrictMode>,
  ),
);
// Only a system without Chinese glyphs downloads anything from these faces, and only the ranges on screen.
void import('@fontsource/noto-sans-sc/400.css');
