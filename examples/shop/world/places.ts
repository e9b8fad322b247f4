import type { Random } from '../../../src/base/random.ts'

export const storeRegions = ['east', 'south', 'north', 'central', 'southwest', 'northeast'] as const
export type StoreRegion = (typeof storeRegions)[number]

/** A city as the two systems write it: the mall in full (浙江省), the card system short (浙江). */
export interface Place {
  readonly province: string
  readonly provinceShort: string
  readonly city: string
  readonly storeRegion: StoreRegion
  readonly districts: readonly string[]
}

// province in full, short form, store region, cities with two real districts each
const table: readonly (readonly [string, string, StoreRegion, Readonly<Record<string, readonly [string, string]>>])[] =
  [
    ['上海市', '上海', 'east', { 上海市: ['浦东新区', '徐汇区'] }],
    [
      '江苏省',
      '江苏',
      'east',
      { 南京市: ['鼓楼区', '玄武区'], 苏州市: ['姑苏区', '吴中区'], 无锡市: ['梁溪区', '滨湖区'] },
    ],
    [
      '浙江省',
      '浙江',
      'east',
      { 杭州市: ['西湖区', '拱墅区'], 宁波市: ['海曙区', '鄞州区'], 温州市: ['鹿城区', '瓯海区'] },
    ],
    ['山东省', '山东', 'east', { 济南市: ['历下区', '市中区'], 青岛市: ['市南区', '崂山区'] }],
    [
      '广东省',
      '广东',
      'south',
      {
        广州市: ['天河区', '越秀区'],
        深圳市: ['福田区', '南山区'],
        东莞市: ['南城街道', '东城街道'],
        佛山市: ['禅城区', '顺德区'],
      },
    ],
    ['福建省', '福建', 'south', { 福州市: ['鼓楼区', '台江区'], 厦门市: ['思明区', '湖里区'] }],
    ['广西壮族自治区', '广西', 'south', { 南宁市: ['青秀区', '西乡塘区'] }],
    ['北京市', '北京', 'north', { 北京市: ['朝阳区', '海淀区'] }],
    ['天津市', '天津', 'north', { 天津市: ['和平区', '南开区'] }],
    ['河北省', '河北', 'north', { 石家庄市: ['长安区', '裕华区'], 保定市: ['竞秀区', '莲池区'] }],
    ['河南省', '河南', 'central', { 郑州市: ['金水区', '二七区'], 洛阳市: ['西工区', '涧西区'] }],
    ['湖北省', '湖北', 'central', { 武汉市: ['江汉区', '武昌区'], 宜昌市: ['西陵区', '伍家岗区'] }],
    ['湖南省', '湖南', 'central', { 长沙市: ['岳麓区', '天心区'], 株洲市: ['天元区', '芦淞区'] }],
    ['四川省', '四川', 'southwest', { 成都市: ['武侯区', '锦江区'], 绵阳市: ['涪城区', '游仙区'] }],
    ['重庆市', '重庆', 'southwest', { 重庆市: ['渝中区', '江北区'] }],
    ['云南省', '云南', 'southwest', { 昆明市: ['五华区', '盘龙区'] }],
    ['辽宁省', '辽宁', 'northeast', { 沈阳市: ['沈河区', '和平区'], 大连市: ['中山区', '沙河口区'] }],
    ['吉林省', '吉林', 'northeast', { 长春市: ['朝阳区', '南关区'] }],
  ]

export const places: readonly Place[] = table.flatMap(([province, provinceShort, storeRegion, cities]) =>
  Object.entries(cities).map(([city, districts]) => ({ province, provinceShort, city, storeRegion, districts })),
)

const roads = ['人民路', '中山路', '解放路', '建设路', '和平路', '新华路', '文化路', '长江路', '学院路', '滨河路']

/** Street, number and flat; some hold a comma, as addresses do. */
export function addressOf(random: Random, place: Place): string {
  const comma = random.chance(0.1) ? ',' : ''
  return `${random.pick(place.districts)}${random.pick(roads)}${1 + random.int(299)}号${1 + random.int(30)}幢${comma}${1 + random.int(24)}0${1 + random.int(4)}室`
}

export interface Store {
  readonly code: string
  readonly name: string
  readonly region: StoreRegion
  /** The store's own mobile, which clerks type for customers who give none. Prefix 137 is no customer's. */
  readonly phone: string
}

const storeCities: Readonly<Record<StoreRegion, readonly string[]>> = {
  east: ['上海', '南京', '苏州', '杭州', '宁波', '青岛'],
  south: ['广州', '深圳', '佛山', '厦门'],
  north: ['北京', '天津', '石家庄'],
  central: ['郑州', '武汉', '长沙'],
  southwest: ['成都', '重庆', '昆明'],
  northeast: ['沈阳', '大连', '长春'],
}
export const stores: readonly Store[] = storeRegions
  .flatMap((region) => storeCities[region].map((city) => ({ region, city })))
  .map(({ region, city }, i) => ({
    code: `S${String(i + 1).padStart(2, '0')}`,
    name: `衣百川${city}店`,
    region,
    phone: `1370000${String(1001 + i * 13)}`,
  }))
export const storesIn = Object.fromEntries(
  storeRegions.map((region) => [region, stores.filter((s) => s.region === region)]),
) as Record<StoreRegion, Store[]>
