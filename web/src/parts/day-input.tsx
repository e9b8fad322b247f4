import { DatePicker } from 'antd'
import dayjs from 'dayjs'

/** A day in the language of the app, not of the browser; `YYYY-MM-DD` in and out. */
export function DayInput({
  value,
  onChange,
  label,
  id,
  width = 150,
  clearable = true,
}: {
  value: string | undefined
  onChange(value: string | undefined): void
  label: string
  id?: string
  width?: number | string
  clearable?: boolean
}) {
  return (
    <DatePicker
      id={id}
      aria-label={label}
      placeholder={label}
      style={{ width }}
      allowClear={clearable}
      value={value ? dayjs(value) : null}
      onChange={(day) => onChange(day ? day.format('YYYY-MM-DD') : undefined)}
    />
  )
}
