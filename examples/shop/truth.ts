import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FaultClass } from './faults.ts'
import { faultClasses } from './faults.ts'
import { cell, textFile } from './output/text-file.ts'

/** One person in the truth: every record that stands for them without saying so. */
export interface TrueCustomer {
  readonly person: number
  readonly household: number
  readonly kind: string
  readonly name: string
  readonly phone: string
  readonly mall: string
  readonly cards: readonly string[]
  /** Tickets of the till that carry only the phone. */
  readonly tills: readonly string[]
  /** Service tickets that carry only phone or e-mail. */
  readonly tickets: readonly string[]
  readonly arm: string
}

/** Written apart from the data, under `truth/`: no configuration may point there. */
export interface Truth {
  /** @param row data row in the file from 1 @param was what a faultless row would hold there */
  fault(
    file: string,
    row: number,
    record: string,
    field: string,
    kind: FaultClass,
    written?: string,
    was?: string,
  ): void
  customer(customer: TrueCustomer): void
  readonly faultCounts: Readonly<Record<FaultClass, number>>
  close(summary: unknown): Promise<void>
}

export function openTruth(dir: string): Truth {
  mkdirSync(join(dir, 'truth'), { recursive: true })
  const faults = textFile(dir, 'truth/faults.csv', { header: 'file,row,record,field,class,written,true_value' })
  const customers = textFile(dir, 'truth/customers.csv', {
    header: 'person,household,kind,name,phone,mall,cards,till_tickets,service_tickets,test_arm',
  })
  const faultCounts = Object.fromEntries(Object.keys(faultClasses).map((kind) => [kind, 0])) as Record<
    FaultClass,
    number
  >
  return {
    fault(file, row, record, field, kind, written = '', was = '') {
      faultCounts[kind]++
      faults.write(`${file},${row},${record},${field},${kind},${cell(written)},${cell(was)}`)
    },
    customer(c) {
      customers.write(
        `${c.person},${c.household || ''},${c.kind},${c.name},${c.phone},${c.mall},${c.cards.join(';')},${c.tills.join(';')},${c.tickets.join(';')},${c.arm}`,
      )
    },
    faultCounts,
    async close(summary) {
      await faults.close()
      await customers.close()
      writeFileSync(join(dir, 'truth/summary.json'), `${JSON.stringify(summary, null, 2)}\n`)
    },
  }
}
