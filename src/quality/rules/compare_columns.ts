import { z } from 'zod'
import { sql, w, type Sql } from '../../warehouse/index.ts'
import { ruleKind } from '../kind.ts'
import { compare, numberOf, numberSql, operators, operatorSql, timeOf, timeSql, type Operator } from '../numbers.ts'
import { readParams } from '../params.ts'
import { textOf, textSql } from '../values.ts'

const names = Object.keys(operators) as [Operator, ...Operator[]]
const params = z
  .strictObject({ op: z.enum(names), as: z.enum(['number', 'time', 'text']).default('time') })
  .refine((p) => p.as !== 'text' || p.op === '=' || p.op === '!=', { error: 'text can only be compared by = and !=' })

export const compareColumns = ruleKind<z.output<typeof params>>({
  name: 'compare_columns',
  text: { zh: '两列比较', en: 'Compares two columns' },
  definition: {
    zh: '第一列与第二列满足运算（< <= = != >= >），按时间、数值或文本比较；任一为空或无法解析则通过。',
    en: 'The first column compares to the second by op (< <= = != >= >), as times, numbers or text; absent or unreadable on either side passes.',
  },
  dimension: 'consistency',
  scope: 'row',
  params: (input) => readParams('compare_columns', params, input),
  passes: ([a, b], p) => {
    if (p.as === 'text') {
      const [x, y] = [textOf(a), textOf(b)]
      return x === null || y === null || compare(x.normalize('NFC'), p.op, y.normalize('NFC'))
    }
    const read = p.as === 'time' ? timeOf : numberOf
    const [x, y] = [read(a), read(b)]
    return x === undefined || y === undefined || compare(x, p.op, y)
  },
  fails: ([a, b], p, scope) => {
    const read = (x: Sql, i: number): Sql =>
      p.as === 'time'
        ? timeSql(x, scope.types?.[i])
        : p.as === 'number'
          ? numberSql(x, scope.types?.[i])
          : w.nfc(textSql(x, scope.types?.[i]))
    return sql`(not coalesce((${read(a!, 0)}) ${operatorSql(p.op)} (${read(b!, 1)}), true))`
  },
  message: {
    zh: '“{field}”之间的先后或大小关系不对，请核对。',
    en: 'The values of "{field}" do not fit each other: check them.',
  },
})
