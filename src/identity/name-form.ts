import { Converter } from 'opencc-js/t2cn'
import { pinyin } from 'pinyin-pro'

/**
 * A name made comparable. `full`: a whole name. `partial`: something hides a part of it (张**, 王女士); `key` then holds
 * `*` where the hidden part is. `none`: no name at all (顾客, anonymous, digits); `key` is empty.
 */
export interface NameForm {
  readonly key: string
  readonly kind: 'full' | 'partial' | 'none'
  /** Toneless pinyin in one word, surname first; for Latin names their letters. Equal sounds are a hint, never proof. */
  readonly sound: string
  /** As people type it in a search: `zhangwei`, `john smith`. */
  readonly pinyin: string
  /** `zw`, `js` */
  readonly initials: string
}

const none: NameForm = { key: '', kind: 'none', sound: '', pinyin: '', initials: '' }

/** Words that stand where a name should be. Folded form. */
const placeholders = new Set(
  (
    '顾客 客户 先生 女士 小姐 用户 会员 游客 散客 匿名 匿名用户 匿名客户 无 无名 暂无 未知 未填 不详 测试 测试用户 测试客户 新用户 微信用户 淘宝用户 ' +
    '散户 普通顾客 普通客户 路人 null nil none na n/a nan undefined unknown anonymous test tester testuser test user customer guest user member name default walkin'
  ).split(' '),
)
placeholders.add('test user').add('walk in').add('no name')

const honorific = /(先生|女士|小姐|太太|夫人|老师|经理|同学|师傅|老板|总)$/u
const latinTitle = /^(mr|mrs|ms|miss|dr|prof|sir|madam)\.?\s+/
const doubleSurnames = new Set(
  '欧阳 太史 上官 端木 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 令狐 轩辕 呼延 西门 第五 百里 东郭 南门'.split(
    ' ',
  ),
)
const surnameSounds = new Set(
  'wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song zheng xie han tang feng yu dong xiao cheng cao yuan deng fu shen zeng peng lv su lu jiang cai jia ding wei xue ye yan pan du dai xia zhong tian ren fan fang shi yao tan liao zou xiong jin hao kong bai cui kang mao qiu qin gu hou shao meng long wan duan lei qian yin chang qiao lai gong wen'.split(
    ' ',
  ),
)

const toSimplified = Converter({ from: 't', to: 'cn' })
const characters = /\p{Script=Han}/u
const invisible = /[\u200b-\u200f\u2060\ufeff]/g

/** Makes name forms; it remembers characters, so keep one for many names. Deterministic. */
export function nameForms(): (name: string | null) => NameForm {
  const simplified = new Map<string, string>()
  const sounds = new Map<string, string>()
  const simplify = (text: string): string => {
    let out = ''
    for (const c of text) {
      let s = simplified.get(c)
      if (s === undefined) simplified.set(c, (s = toSimplified(c)))
      out += s
    }
    return out
  }
  const soundOf = (c: string, surname: boolean): string => {
    const slot = surname ? `^${c}` : c
    let s = sounds.get(slot)
    if (s === undefined) {
      s = pinyin(c, { toneType: 'none', v: true, ...(surname ? { mode: 'surname' } : {}) } as never) as string
      sounds.set(slot, (s = s.toLowerCase()))
    }
    return s
  }

  return (name) => {
    if (!name) return none
    let text = name.normalize('NFKC').replace(invisible, '').trim().toLowerCase().replace(/\s+/g, ' ')
    if (!text || placeholders.has(text)) return none
    if (characters.test(text)) {
      text = simplify(text).replace(/[\s.,·・•\-_'"()（）[\]]/gu, '')
      if (placeholders.has(text) || /^(用户|会员|顾客|客户|游客|微信用户)[a-z0-9_*]+$/u.test(text)) return none
      return hanForm(text, soundOf)
    }
    return latinForm(text)
  }
}

function hanForm(text: string, soundOf: (c: string, surname: boolean) => string): NameForm {
  const stripped = text.replace(honorific, '')
  const titled = stripped !== text && stripped.length > 0
  const surname = doubleSurnames.has(stripped.slice(0, 2)) ? 2 : 1
  let key = (titled ? stripped : text).replace(/[*×?]+|某+$|(?<=^.)某+/gu, '*')
  if (titled && !key.includes('*') && stripped.length <= surname) key += '*'
  if (!key.replaceAll('*', '')) return none
  const letters = [...key].filter((c) => c !== '*')
  const parts = letters.map((c, i) => (characters.test(c) ? soundOf(c, i === 0 && surname === 1) : c))
  const spoken = parts.join('')
  const partial = key.includes('*')
  const initials = parts.map((p) => p[0] ?? '').join('')
  return { key, kind: partial ? 'partial' : 'full', sound: partial ? '' : spoken, pinyin: spoken, initials }
}

function latinForm(text: string): NameForm {
  const masked = text.replace(/[*×]+/g, '*')
  const plain = masked
    .replace(latinTitle, '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}* ]+/gu, ' ')
    .trim()
  const words = plain.split(' ').filter(Boolean)
  if (!words.length || placeholders.has(plain) || !/\p{L}/u.test(plain)) return none
  const partial = plain.includes('*')
  // "Zhang Wei" and "Wei Zhang" are one key; how it is heard needs the surname in front.
  const swapped = words.length === 2 && !surnameSounds.has(words[0]!) && surnameSounds.has(words[1]!)
  const sound = partial ? '' : (swapped ? [words[1]!, words[0]!] : words).join('')
  const key = partial ? words.join(' ') : [...words].sort().join(' ')
  return {
    key,
    kind: partial ? 'partial' : 'full',
    sound,
    pinyin: words.join(' '),
    initials: words.map((x) => x[0]!).join(''),
  }
}
