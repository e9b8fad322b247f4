import type { Mode } from '../i18n/preferences.tsx'

/** Colours of charts: distinct for colour-blind readers and on both backgrounds; never red against green. */
export interface Ink {
  text: string
  faint: string
  line: string
  surface: string
  palette: string[]
  /** Low to high. */
  scale: string[]
}

export const inks: Record<Mode, Ink> = {
  light: {
    text: '#16242c',
    faint: '#5b6c76',
    line: '#e1e7ea',
    surface: '#ffffff',
    palette: [
      '#17677f',
      '#d8892b',
      '#6c63b5',
      '#5fa6bd',
      '#a34a6b',
      '#7b8a3a',
      '#3d5a98',
      '#b8763f',
      '#77858d',
      '#2f8f7f',
    ],
    scale: ['#eef4f6', '#a9cdd8', '#4f97ac', '#17677f', '#0a4253'],
  },
  dark: {
    text: '#e4ebee',
    faint: '#94a4ad',
    line: '#2b3c47',
    surface: '#152027',
    palette: [
      '#6bbcd4',
      '#eab061',
      '#a9a2ea',
      '#3d8ca5',
      '#dd8faa',
      '#b5c46b',
      '#86a6e6',
      '#d39a68',
      '#a3b1b9',
      '#65c3b0',
    ],
    scale: ['#1d2c34', '#22505f', '#2f7e96', '#6bbcd4', '#c3e7f1'],
  },
}

export const chartFont = '-apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
