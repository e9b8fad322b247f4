import type { Text } from './text.ts'

/** Long work tells how far it is; doors turn this into a bar, a JSON line or a server-sent event. */
export interface Progress {
  /** Begin a named part; `total` in `unit`s when known. */
  step(name: Text, options?: { total?: number; unit?: 'rows' | 'bytes' | 'files' | 'customers' }): void
  advance(amount: number): void
  /** A plain remark worth showing, e.g. "GB18030: 98 % valid". */
  note(text: Text): void
}

export const silent: Progress = { step() {}, advance() {}, note() {} }
