import { theme, type ThemeConfig } from 'antd';

export type Appearance = 'light' | 'dark';

const systemFonts = [
  'system-ui',
  '-apple-system',
  "'Segoe UI'",
  "'PingFang SC'",
  "'Hiragino Sans GB'",
  "'Microsoft YaHei UI'",
  "'Microsoft YaHei'",
  "'Noto Sans CJK SC'",
  "'Source Han Sans SC'",
  'Roboto',
  "'Helvetica Neue'",
  'Arial',
  "'Noto Sans SC'",
  'sans-serif',
].join(', ');

/** One accent and compact density; every pair of colours below keeps 4.5:1 (WCAG 2.2, 1.4.3) in its appearance. */
const shared: ThemeConfig['token'] = {
  fontFamily: systemFonts,
  // The compact algorithm takes the next smaller size: 16 makes 14 px text with 28 px controls.
  fontSize: 16,
  borderRadius: 5,
};

const components: ThemeConfig['components'] = {
  Tag: { defaultBg: 'rgba(128, 140, 144, 0.16)' },
  Table: { cellPaddingInlineSM: 10, cellPaddingBlockSM: 5 },
};

const light: ThemeConfig = {
  algorithm: [theme.defaultAlgorithm, theme.compactAlgorithm],
  token: {
    ...shared,
    colorPrimary: '#0b6b7a',
    colorInfo: '#0b6b7a',
    colorPrimaryHover: '#095a67',
    colorPrimaryActive: '#07464f',
    colorLink: '#0b6b7a',
    colorLinkHover: '#084f5b',
    colorSuccess: '#2f7d32',
    colorWarning: '#965000',
    colorError: '#c62828',
    // Palettes made from dark seeds come out grey; these are the tints behind selected entries, tags and alerts.
    colorPrimaryBg: '#e2f1f3',
    colorPrimaryBgHover: '#d0e8eb',
    controlItemBgActive: '#e2f1f3',
    controlItemBgActiveHover: '#d0e8eb',
    colorInfoBg: '#e8f4f6',
    colorInfoBorder: '#a9d3d9',
    colorSuccessBg: '#e9f4e9',
    colorSuccessBorder: '#b0d6b2',
    colorWarningBg: '#fdf2e3',
    colorWarningBorder: '#edc792',
    colorErrorBg: '#fdecec',
    colorErrorBorder: '#efb4b4',
    colorTextDescription: 'rgba(0, 0, 0, 0.62)',
    colorTextTertiary: 'rgba(0, 0, 0, 0.6)',
    colorTextPlaceholder: 'rgba(0, 0, 0, 0.56)',
    colorBgLayout: '#f4f6f7',
  },
  components,
};

const dark: ThemeConfig = {
  algorithm: [theme.darkAlgorithm, theme.compactAlgorithm],
  token: {
    ...shared,
    colorPrimary: '#55cbdc',
    colorInfo: '#55cbdc',
    colorPrimaryHover: '#7adbe8',
    colorPrimaryActive: '#3fb0c0',
    colorLink: '#5cc6d4',
    colorLinkHover: '#8fdde8',
    colorSuccess: '#6cc470',
    colorWarning: '#f0ae45',
    colorError: '#ff8682',
    colorPrimaryBg: '#12343a',
    colorPrimaryBgHover: '#174149',
    controlItemBgActive: '#12343a',
    controlItemBgActiveHover: '#174149',
    colorInfoBg: '#10292e',
    colorInfoBorder: '#245059',
    colorSuccessBg: '#14291a',
    colorSuccessBorder: '#2b5533',
    colorWarningBg: '#2f230f',
    colorWarningBorder: '#5f4820',
    colorErrorBg: '#331a1a',
    colorErrorBorder: '#6a3432',
    colorTextDescription: 'rgba(255, 255, 255, 0.66)',
    colorTextTertiary: 'rgba(255, 255, 255, 0.62)',
    colorTextPlaceholder: 'rgba(255, 255, 255, 0.56)',
    colorBgLayout: '#101415',
    colorBgContainer: '#171c1e',
    colorBgElevated: '#1e2527',
  },
  components: {
    ...components,
    Button: { primaryColor: '#062a30', dangerColor: '#2b0a09' },
  },
};

/** `motion` is off for whoever asked their system for less of it (WCAG 2.2, 2.3.3). */
export function themeFor(appearance: Appearance, { motion }: { motion: boolean }): ThemeConfig {
  const chosen = appearance === 'dark' ? dark : light;
  return { ...chosen, token: { ...chosen.token, motion }, cssVar: { key: 'abide' }, hashed: false };
}
