import { theme, type ThemeConfig } from 'antd'
import type { Mode } from '../i18n/preferences.tsx'

const font = getComputedStyle(document.documentElement).getPropertyValue('--font') || undefined

/** The UI kit in the colours of style/tokens.css; every text and control pair keeps a contrast of 4.5. */
export function themeOf(mode: Mode): ThemeConfig {
  const dark = mode === 'dark'
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      fontFamily: font,
      fontSize: 14,
      borderRadius: 7,
      controlHeight: 34,
      wireframe: false,
      colorPrimary: dark ? '#6bbcd4' : '#17677f',
      colorInfo: dark ? '#6bbcd4' : '#17677f',
      colorLink: dark ? '#6bbcd4' : '#17677f',
      colorSuccess: dark ? '#6ecb98' : '#1b6e45',
      colorWarning: dark ? '#e0b25c' : '#7d5200',
      colorError: dark ? '#f0938a' : '#a8322b',
      colorText: dark ? '#e4ebee' : '#16242c',
      colorTextSecondary: dark ? '#b4c1c8' : '#465862',
      colorTextTertiary: dark ? '#94a4ad' : '#5b6c76',
      colorTextDescription: dark ? '#94a4ad' : '#5b6c76',
      colorTextPlaceholder: dark ? '#94a4ad' : '#66767f',
      colorBgContainer: dark ? '#152027' : '#ffffff',
      colorBgElevated: dark ? '#1a272f' : '#ffffff',
      colorBgLayout: dark ? '#0e161b' : '#f4f6f7',
      colorBorder: dark ? '#3a4d58' : '#ccd6db',
      colorBorderSecondary: dark ? '#263640' : '#e1e7ea',
    },
    components: {
      Button: {
        primaryColor: dark ? '#06191f' : '#ffffff',
        dangerColor: dark ? '#2b0906' : '#ffffff',
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        fontWeight: 500,
      },
      Select: { optionSelectedFontWeight: 500 },
    },
  }
}
