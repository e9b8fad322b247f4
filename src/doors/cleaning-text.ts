import type { Text } from '../base/text.ts'
import { domainOf } from '../intake/index.ts'
import type { CleaningLine, Completeness } from '../quality/index.ts'

const steps: Readonly<Record<CleaningLine['step'], Text>> = {
  duplicates: { zh: '去重：相同的', en: 'Duplicates by' },
  missing: { zh: '缺失：', en: 'Missing:' },
  outliers: { zh: '异常：', en: 'Outliers:' },
  standardised: { zh: '标准化：', en: 'Standardised:' },
  grouped: { zh: '归类：', en: 'Grouped:' },
}

/** Items that are no fields. */
const otherItems: Readonly<Record<string, Text>> = {
  copy: { zh: '整行', en: 'the whole row' },
  incomplete: { zh: '关键字段缺失超过三成（待补充）', en: 'more than 30 % of the key fields (to be completed)' },
}

/** One line of the cleaning report in words, e.g. 去重：相同的手机号（客户）. */
export function cleaningText(line: CleaningLine): Text {
  const domain = domainOf(line.dataset)
  const item = domain.fields[line.item]?.text ?? otherItems[line.item] ?? { zh: line.item, en: line.item }
  return {
    zh: `${steps[line.step].zh}${item.zh}（${domain.text.zh}）`,
    en: `${steps[line.step].en} ${item.en} (${domain.text.en})`,
  }
}

export function shareOf(c: Completeness): number | null {
  return c.denominator ? c.numerator / c.denominator : null
}
