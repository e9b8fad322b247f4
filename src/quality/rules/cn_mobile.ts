import { z } from 'zod'
import { sql } from '../../warehouse/index.ts'
import { ruleKind } from '../kind.ts'
import { readParams } from '../params.ts'
import { cnMobileForm } from '../cn-mobile.ts'
import { fullMatch } from '../pattern.ts'
import { compactPhone, compactPhoneSql } from '../phones.ts'
import { textOf, textSql } from '../values.ts'

const params = z.strictObject({
  level: z.enum(['format', 'strict']).default('strict'),
  iot: z.enum(['flag', 'fail']).default('flag'),
})

export const cnMobile = ruleKind<ReturnType<typeof cnMobileForm>>({
  name: 'cn_mobile',
  text: { zh: '中国手机号', en: 'Chinese mobile number' },
  definition: {
    zh: '折叠、去掉空格与横线，再去掉开头的 +86、0086 或 13 位写法的 86 后为 11 位：format 为 1[3-9] 开头，strict 按 libphonenumber 元数据为移动号段。物联网号码（13 位，10648 或 1440 开头）先行识别，iot: flag（默认）通过并标记，iot: fail 不通过；虚拟运营商号段（170、171、162、165、167）通过并标记 mvno。',
    en: "Folded, without blanks and dashes, and without a leading +86, 0086 or the 86 of a 13-digit form: 11 digits, which begin with 1[3-9] (format) or are mobile by libphonenumber's metadata (strict). IoT numbers (13 digits, 10648… or 1440…) are recognised first and pass with the flag iot (iot: flag, default) or fail (iot: fail); virtual operators (170, 171, 162, 165, 167) pass with the flag mvno.",
  },
  dimension: 'validity',
  scope: 'value',
  params: (input) => {
    const p = readParams('cn_mobile', params, input)
    return cnMobileForm(p.level, p.iot)
  },
  passes: ([value], p) => {
    const text = textOf(value)
    return text === null || p.fits(compactPhone(text))
  },
  fails: ([x], p, scope) => {
    const raw = textSql(x!, scope.types?.[0])
    return sql`case when ${x!} is null then false when ${fullMatch(raw, p.pattern)} then false
      else not ${fullMatch(compactPhoneSql(raw), p.pattern)} end`
  },
  message: {
    zh: '“{field}”的值“{value}”不是有效的手机号：应为 11 位、以 1 开头的数字。',
    en: '"{field}" has the value "{value}", which is no Chinese mobile number: write 11 digits that begin with 1.',
  },
})
