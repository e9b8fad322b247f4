import { w } from './dialect.ts'
import { sql, type Sql } from './sql.ts'
import type { MaskKind } from './table.ts'

/** Surnames of two characters: `欧阳娜` shows `欧阳*`. */
export const compoundSurnames =
  '欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|赫连|澹台|皇甫|宗政|濮阳|公冶|太叔|申屠|公孙|慕容|仲孙|钟离|长孙|宇文|司徒|鲜于|司空|闾丘|子车|亓官|司寇|巫马|公西|颛孙|壤驷|公良|漆雕|乐正|宰父|谷梁|拓跋|夹谷|轩辕|令狐|段干|百里|呼延|东郭|南门|羊舌|微生|公户|公玉|公仪|梁丘|公仲|公上|公门|公山|公坚|左丘|公伯|西门|公祖|第五|公乘|贯丘|公皙|南荣|东里|东宫|仲长|子书|子桑|即墨|达奚|褚师'

// To the district; a street, a number or an estate (小区, 社区) before it means that this is no district.
const toDistrict =
  '^(?:[^省区市路街道巷弄号0-9]{2,8}(?:省|自治区|特别行政区))?(?:[^省市盟区路街道巷弄号0-9]{2,10}(?:市|自治州|地区|盟))?(?:[^区县旗市路街道巷弄号小社0-9]{1,8}[区县旗市])?'

/**
 * What is shown of a value instead of the value: null stays null, and whatever does not look as the kind expects is
 * hidden whole, so that a wrong value in the column (a name in the phone field) does not slip through.
 */
export function maskSql(kind: MaskKind, column: Sql): Sql {
  if (kind === 'none') return column
  const x = w.cast(column, 'text')
  return sql`case when ${column} is null then null else ${masked(kind, x)} end`
}

function masked(kind: Exclude<MaskKind, 'none'>, x: Sql): Sql {
  const last4 = sql`substr(${x}, ${w.length(x)} - 3)`
  switch (kind) {
    case 'phone':
      return sql`case when ${w.regexMatch(x, '\\+?[0-9]{8,15}')}
        then ${w.concat(sql`substr(${x}, 1, ${w.length(x)} - 8)`, sql`'****'`, last4)} else '****' end`
    case 'email':
      return sql`case when ${w.regexMatch(x, '[^@\\s]{2,}@[^@\\s]+')}
        then ${w.concat(sql`substr(${x}, 1, 1)`, sql`'***'`, w.regexExtract(x, '@[^@]+$', 0))}
        when ${w.regexMatch(x, '[^@\\s]@[^@\\s]+')} then ${w.concat(sql`'***'`, w.regexExtract(x, '@[^@]+$', 0))}
        else '***' end`
    case 'name':
      return sql`case when ${w.regexMatch(x, `(?:${compoundSurnames}).+`)} then ${w.concat(sql`substr(${x}, 1, 2)`, sql`'*'`)}
        when ${w.length(x)} > 1 then ${w.concat(sql`substr(${x}, 1, 1)`, sql`'*'`)} else '*' end`
    case 'id_number':
      return sql`case when ${w.length(x)} >= 12
        then ${w.concat(sql`substr(${x}, 1, 3)`, sql`'***********'`, last4)} else '***********' end`
    case 'card':
      return sql`case when ${w.regexMatch(x, '[0-9 -]{12,25}')} then ${w.concat(sql`'****'`, last4)} else '****' end`
    case 'address':
      return w.concat(w.regexExtract(x, toDistrict, 0), sql`'***'`)
    case 'redact':
      // One sign for all: the length alone would tell male from female.
      return sql`'***'`
  }
}
