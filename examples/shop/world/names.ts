import type { Random } from '../../../src/base/random.ts'

/**
 * Surnames with pinyin and a weight per mille. Order and rough weight of the ten most frequent ones follow the name
 * reports of the Ministry of Public Security (王 李 张 刘 陈 about 30 % together); the others are rounded guesses.
 */
const surnames = weighted([
  ['王', 'wang', 72],
  ['李', 'li', 72],
  ['张', 'zhang', 68],
  ['刘', 'liu', 54],
  ['陈', 'chen', 45],
  ['杨', 'yang', 31],
  ['黄', 'huang', 23],
  ['赵', 'zhao', 22],
  ['吴', 'wu', 21],
  ['周', 'zhou', 20],
  ['徐', 'xu', 17],
  ['孙', 'sun', 15],
  ['马', 'ma', 15],
  ['朱', 'zhu', 14],
  ['胡', 'hu', 13],
  ['郭', 'guo', 12],
  ['何', 'he', 12],
  ['林', 'lin', 11],
  ['罗', 'luo', 11],
  ['高', 'gao', 10],
  ['梁', 'liang', 9],
  ['郑', 'zheng', 9],
  ['谢', 'xie', 8],
  ['宋', 'song', 8],
  ['唐', 'tang', 7],
  ['许', 'xu', 7],
  ['韩', 'han', 7],
  ['冯', 'feng', 6],
  ['邓', 'deng', 6],
  ['曹', 'cao', 6],
  ['彭', 'peng', 5],
  ['曾', 'zeng', 5],
  ['肖', 'xiao', 5],
  ['田', 'tian', 5],
  ['董', 'dong', 5],
  ['潘', 'pan', 4],
  ['袁', 'yuan', 4],
  ['蔡', 'cai', 4],
  ['蒋', 'jiang', 4],
  ['余', 'yu', 4],
  ['于', 'yu', 4],
  ['杜', 'du', 4],
  ['叶', 'ye', 4],
  ['程', 'cheng', 4],
  ['魏', 'wei', 4],
  ['苏', 'su', 4],
  ['吕', 'lv', 4],
  ['丁', 'ding', 4],
  ['欧阳', 'ouyang', 1],
  ['司马', 'sima', 1],
])

type Given = readonly [char: string, pinyin: string]
const male: readonly Given[] = [
  ['伟', 'wei'],
  ['强', 'qiang'],
  ['磊', 'lei'],
  ['军', 'jun'],
  ['洋', 'yang'],
  ['勇', 'yong'],
  ['杰', 'jie'],
  ['涛', 'tao'],
  ['明', 'ming'],
  ['超', 'chao'],
  ['刚', 'gang'],
  ['平', 'ping'],
  ['辉', 'hui'],
  ['鹏', 'peng'],
  ['浩', 'hao'],
  ['宇', 'yu'],
  ['轩', 'xuan'],
  ['泽', 'ze'],
  ['博', 'bo'],
  ['文', 'wen'],
  ['志', 'zhi'],
  ['建', 'jian'],
  ['国', 'guo'],
  ['子', 'zi'],
]
const female: readonly Given[] = [
  ['芳', 'fang'],
  ['娜', 'na'],
  ['敏', 'min'],
  ['静', 'jing'],
  ['丽', 'li'],
  ['艳', 'yan'],
  ['娟', 'juan'],
  ['霞', 'xia'],
  ['秀', 'xiu'],
  ['玲', 'ling'],
  ['燕', 'yan'],
  ['红', 'hong'],
  ['雪', 'xue'],
  ['梅', 'mei'],
  ['婷', 'ting'],
  ['欣', 'xin'],
  ['怡', 'yi'],
  ['涵', 'han'],
  ['雨', 'yu'],
  ['佳', 'jia'],
  ['梦', 'meng'],
  ['琪', 'qi'],
  ['诗', 'shi'],
  ['晓', 'xiao'],
]

/** What a clerk types for a character that sounds alike. */
const soundAlike: Readonly<Record<string, string>> = {
  伟: '炜',
  静: '婧',
  丽: '莉',
  敏: '闽',
  洋: '扬',
  艳: '彦',
  勇: '永',
  杰: '洁',
  娟: '鹃',
  涛: '滔',
  明: '名',
  霞: '侠',
  平: '萍',
  刚: '钢',
  芳: '方',
  玲: '铃',
  军: '君',
  辉: '晖',
  鹏: '朋',
  浩: '皓',
  婷: '亭',
  欣: '新',
  怡: '宜',
  佳: '家',
  琪: '奇',
  晓: '小',
}

export interface Name {
  readonly full: string
  readonly surname: string
  readonly pinyin: string
  readonly gender: '男' | '女'
}

/** @param notSurname surname the name must not have (spouses of the generated households differ) */
export function nameOf(random: Random, gender: '男' | '女', notSurname?: string): Name {
  let surname = surnames(random)
  while (surname[0] === notSurname) surname = surnames(random)
  const chars = gender === '男' ? male : female
  const first = random.pick(chars)
  const second = random.chance(0.72) ? random.pick(chars) : undefined
  const given = second && second[0] !== first[0] ? [first, second] : [first]
  return {
    full: surname[0] + given.map(([char]) => char).join(''),
    surname: surname[0],
    pinyin: surname[1] + given.map(([, pinyin]) => pinyin).join(''),
    gender,
  }
}

/** The name with its last character typed as one that sounds alike; undefined when none is known. */
export function typoOf(name: string): string | undefined {
  const alike = soundAlike[name.at(-1)!]
  return alike && name.slice(0, -1) + alike
}

function weighted(
  items: readonly (readonly [string, string, number])[],
): (random: Random) => readonly [string, string, number] {
  const all = items.flatMap((item) => Array.from({ length: item[2] }, () => item))
  return (random) => random.pick(all)
}
