import { createContext, useContext, useMemo } from 'react'
import type { Locale, Text } from '../../../src/server/contract.ts'
import { usePreferences } from './preferences.tsx'

/** Currency and time zone of the workspace, as the server tells them. */
export const WorkspaceContext = createContext<{ currency?: string; zone?: string }>({})

export interface Format {
  locale: Locale
  zone?: string
  text(text: Text | undefined): string
  n(value: number | null | undefined, digits?: number): string
  /** 1.2 万, 3.4 亿 · 12K, 340M */
  short(value: number | null | undefined): string
  money(value: number | null | undefined): string
  shortMoney(value: number | null | undefined): string
  /** `value` is a share from 0 to 1. */
  pct(value: number | null | undefined, digits?: number): string
  signedPct(value: number): string
  day(value: string | null | undefined): string
  month(value: string): string
  time(value: string | number | null | undefined): string
  ago(value: string | null | undefined): string
  bytes(value: number): string
  duration(seconds: number): string
  days(days: number): string
}

const none = '–'
const justNow = { zh: '刚刚', en: 'just now' } as const

function make(locale: Locale, currency: string | undefined, zone: string | undefined): Format {
  const tag = locale === 'zh' ? 'zh-CN' : 'en-GB'
  const numberTag = locale === 'zh' ? 'zh-CN' : 'en-US'
  const style = currency ? ({ style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const) : {}
  const plain = new Intl.NumberFormat(numberTag)
  const short = new Intl.NumberFormat(numberTag, { notation: 'compact', maximumFractionDigits: 1 })
  const money = new Intl.NumberFormat(numberTag, { ...style, minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const shortMoney = new Intl.NumberFormat(numberTag, {
    ...style,
    notation: 'compact',
    minimumFractionDigits: 0,
    maximumFractionDigits: 1,
  })
  const dayForm = new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    timeZone: zone,
  })
  const timeForm = new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  })
  const monthForm = new Intl.DateTimeFormat(tag, {
    year: 'numeric',
    month: locale === 'zh' ? 'numeric' : 'short',
    timeZone: 'UTC',
  })
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' })
  const given = (value: number | null | undefined): value is number => typeof value === 'number' && !Number.isNaN(value)
  const unit = (value: number, name: string, digits = 0) =>
    new Intl.NumberFormat(numberTag, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      maximumFractionDigits: digits,
    }).format(value)

  const unitLong = (value: number, name: string) =>
    new Intl.NumberFormat(numberTag, {
      style: 'unit',
      unit: name,
      unitDisplay: 'long',
      maximumFractionDigits: 1,
    }).format(value)

  const format: Format = {
    locale,
    zone,
    text: (text) => (text ? text[locale] : ''),
    n: (value, digits) =>
      !given(value)
        ? none
        : digits === undefined
          ? plain.format(value)
          : value.toLocaleString(numberTag, { maximumFractionDigits: digits }),
    short: (value) =>
      !given(value)
        ? none
        : Math.abs(value) < 10_000
          ? plain.format(Math.round(value * 100) / 100)
          : short.format(value),
    money: (value) => (given(value) ? money.format(value) : none),
    shortMoney: (value) => (given(value) ? shortMoney.format(value) : none),
    pct: (value, digits = 1) =>
      given(value) ? value.toLocaleString(numberTag, { style: 'percent', maximumFractionDigits: digits }) : none,
    signedPct: (value) =>
      value.toLocaleString(numberTag, { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' }),
    day: (value) =>
      !value
        ? none
        : /^\d{4}-\d{2}-\d{2}$/.test(value)
          ? value
          : Number.isNaN(Date.parse(value))
            ? value
            : dayForm.format(new Date(value)),
    month: (value) =>
      /^\d{4}-\d{2}/.test(value) ? monthForm.format(new Date(`${value.slice(0, 7)}-01T00:00:00Z`)) : value,
    time: (value) =>
      value === null || value === undefined || value === ''
        ? none
        : Number.isNaN(new Date(value).getTime())
          ? String(value)
          : timeForm.format(new Date(value)).replace(',', ''),
    ago: (value) => {
      if (!value || Number.isNaN(Date.parse(value))) return none
      const seconds = (Date.parse(value) - Date.now()) / 1000
      for (const [name, size] of [
        ['day', 86_400],
        ['hour', 3600],
        ['minute', 60],
      ] as const) {
        if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), name)
      }
      return justNow[locale]
    },
    days: (value) => unitLong(value, 'day'),
    bytes: (value) =>
      value < 1024
        ? unit(value, 'byte')
        : value < 1024 ** 2
          ? unit(value / 1024, 'kilobyte')
          : value < 1024 ** 3
            ? unit(value / 1024 ** 2, 'megabyte', 1)
            : unit(value / 1024 ** 3, 'gigabyte', 1),
    duration: (seconds) =>
      seconds < 90
        ? unit(Math.max(1, Math.round(seconds)), 'second')
        : seconds < 5400
          ? unit(Math.round(seconds / 60), 'minute')
          : unit(seconds / 3600, 'hour', 1),
  }
  return format
}

/** Numbers, money, dates and texts in the chosen language. */
export function useFormat(): Format {
  const { locale } = usePreferences()
  const { currency, zone } = useContext(WorkspaceContext)
  return useMemo(() => make(locale, currency, zone), [locale, currency, zone])
}
