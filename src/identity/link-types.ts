import type { Text } from '../base/text.ts'

/** What a shared value of a key type is worth; data, so that a reader sees the whole policy on one page. */
export interface LinkType {
  readonly name: LinkTypeName
  readonly text: Text
  /** Lower goes first when links contradict each other. */
  readonly priority: number
  /**
   * `person`: a value belongs to one person; it links also records without a name.
   * `shared`: households, couples and tills share it; it links only records whose names agree.
   * `hint`: only together with an equal name and no differing phone or e-mail.
   */
  readonly strength: 'person' | 'shared' | 'hint'
  /** More different whole names than this on one value: the value is generic and links nobody. */
  readonly limit: number
  readonly blockedText: Text
}

export type LinkTypeName = 'id_card' | 'unionid' | 'openid' | 'member_no' | 'phone' | 'email' | 'company'

const never = { zh: '空值与占位符', en: 'blanks and placeholders' }

export const linkTypes: readonly LinkType[] = [
  {
    name: 'id_card',
    text: { zh: '身份证号', en: 'ID card' },
    priority: 1,
    strength: 'person',
    limit: 2,
    blockedText: never,
  },
  {
    name: 'unionid',
    text: { zh: '微信 unionid', en: 'WeChat unionid' },
    priority: 2,
    strength: 'person',
    limit: 2,
    blockedText: never,
  },
  {
    name: 'openid',
    text: { zh: '微信 openid', en: 'WeChat openid' },
    priority: 3,
    strength: 'person',
    limit: 2,
    blockedText: never,
  },
  {
    name: 'member_no',
    text: { zh: '会员卡号', en: 'Membership number' },
    priority: 4,
    strength: 'person',
    limit: 2,
    blockedText: never,
  },
  {
    name: 'phone',
    text: { zh: '手机号', en: 'Phone' },
    priority: 5,
    strength: 'shared',
    limit: 5,
    blockedText: { zh: '13800138000、全同数字、带星号的号码', en: '13800138000, one digit repeated, masked numbers' },
  },
  {
    name: 'email',
    text: { zh: '邮箱', en: 'E-mail' },
    priority: 6,
    strength: 'shared',
    limit: 5,
    blockedText: { zh: 'test@test.com、info@、noreply@ 等公用邮箱', en: 'test@test.com, info@, noreply@ and the like' },
  },
  {
    name: 'company',
    text: { zh: '公司名称', en: 'Company' },
    priority: 7,
    strength: 'hint',
    limit: 1_000_000,
    blockedText: never,
  },
]

export const linkType = (name: LinkTypeName): LinkType => linkTypes.find((t) => t.name === name)!

/** How sure the two names of a link are of each other. */
export type NameAgreement = 'equal' | 'missing' | 'masked' | 'sound'

export const agreementText: Readonly<Record<NameAgreement, Text>> = {
  equal: { zh: '姓名相同', en: 'same name' },
  missing: {
    zh: '一方无姓名，该值上只有这一个姓名，且另有一项一致（会员号等专属标识除外）',
    en: 'one side has no name, the value carries only this one and another key agrees (not asked of a membership number and the like)',
  },
  masked: { zh: '姓名有遮盖但吻合，且另有一项一致', en: 'masked name fits and another key agrees' },
  sound: { zh: '姓名读音相同，且另有一项一致', en: 'names sound the same and another key agrees' },
}

/** Why a shared value linked nobody, or not everybody that carries it. */
export const conflictReasons = {
  different_names: {
    zh: '同一个值，不同姓名：可能是家人或换号',
    en: 'One value, different names: a household or a recycled number',
  },
  masked_name: { zh: '姓名被遮盖，且没有第二项一致', en: 'A masked name, and nothing else agrees' },
  similar_names: {
    zh: '姓名读音相同但写法不同，且没有第二项一致',
    en: 'Names sound alike but are written differently, and nothing else agrees',
  },
  missing_name: { zh: '没有姓名，无法确认是同一人', en: 'No name: nothing says that it is the same person' },
  different_contacts: {
    zh: '同公司同姓名，但电话或邮箱不同',
    en: 'Same company and name, but different phone or e-mail',
  },
  different_birth_date: {
    zh: '同名但出生日期不同：可能是父子或换号',
    en: 'Same name, different birth dates: father and son, or a recycled number',
  },
  different_id_card: { zh: '同名但身份证号不同', en: 'Same name, different ID cards' },
  generic: { zh: '公用值：上面的姓名太多，已停用', en: 'Generic: too many names on one value, so it links nobody' },
  contradiction: {
    zh: '合并会使两个矛盾的证件、生日或人工决定相连',
    en: 'The link would join contradicting ID cards, birth dates, names or decisions',
  },
} as const satisfies Record<string, Text>

export type ConflictReason = keyof typeof conflictReasons
