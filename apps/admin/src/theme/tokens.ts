import { theme, type ThemeConfig } from 'antd';

export type Appearance = 'light' | 'dark';

const systemFonts = [
  'system-ui', '-apple-system', "'Segoe UI'", "'PingFang SC'", "'Hiragino Sans GB'", "'Microsoft YaHei UI'", "'Microsoft YaHei'",
  "'Noto Sans CJK SC'", "'Source Han Sans SC'", 'Roboto', "'Helvetica Neue'", 'Arial', "'Noto Sans SC'", 'sans-serif',
].join(', ');

/** One accent and compact density; every pair of colours below keeps 4.5:1 (WCAG 2.2, 1.4.3) in its appearance. */
const shared: ThemeConfig['token'] = {
  fontFamily: systemFonts,
  // The compact algorithm takes the next smaller size: 16 makes 14 px text with 28 px controls.
  fontSize: 16,
  borderRadius: 5,
  wireframe: false,
};

const light: ThemeConfig = {
  algorithm: [theme.defaultAlgorithm, theme.compactAlgorithm],
  token: {
    ...shared,
    colorPrimary: '#0b6b7a',
    colorInfo: '#0b6b7a',
    colorLink: '#0b6b7a',
    colorSuccess: '#2f7d32',
    colorWarning: '#b25e00',
    colorError: '#c62828',
    colorTextDescription: 'rgba(0, 0, 0, 0.62)',
    colorTextTertiary: 'rgba(0, 0, 0, 0.6)',
    colorTextPlaceholder: 'rgba(0, 0, 0, 0.56)',
    colorBgLayout: '#f4f6f7',
  },
};

const dark: ThemeConfig = {
  algorithm: [theme.darkAlgorithm, theme.compactAlgorithm],
  token: {
    ...shared,
    colorPrimary: '#46b8c8',
    colorInfo: '#46b8c8',
    colorLink: '#5cc6d4',
    colorSuccess: '#5fb663',
    colorWarning: '#e0a03c',
    colorError: '#f0706c',
    colorTextDescription: 'rgba(255, 255, 255, 0.66)',
    colorTextTertiary: 'rgba(255, 255, 255, 0.62)',
    colorTextPlaceholder: 'rgba(255, 255, 255, 0.56)',
    colorBgLayout: '#101415',
    colorBgContainer: '#171c1e',
    colorBgElevated: '#1e2527',
  },
  components: {
    Button: { primaryColor: '#062a30', dangerColor: '#2b0a09' },
  },
};

export function themeFor(appearance: Appearance): ThemeConfig {
  const chosen = appearance === 'dark' ? dark : light;
  return { ...chosen, cssVar: { key: 'abide' }, hashed: false };
}
