import type { Domain } from '../contract.ts'
import { address, city, field, region } from './field.ts'

/** Locations. Field list and meaning: ARCHITECTURE.md, "Domain fields". */
export const location: Domain = {
  name: 'location',
  text: { zh: '地点', en: 'Locations' },
  naturalKey: ['location_id'],
  keyFields: ['name', 'region', 'city'],
  fields: {
    location_id: field(
      'text',
      '地点编号',
      'Location ID',
      '门店编号 门店编码 店铺编号 网点编号 仓库编号 locationid storeid storecode storeno shopid siteid branchid warehouseid sellerid',
    ),
    name: field(
      'text',
      '地点名称',
      'Location name',
      '门店名称 店铺名称 店名 网点名称 仓库名称 名称 locationname storename shopname sitename branchname store',
    ),
    kind: field('text', '地点类型', 'Kind', '门店类型 类型 店铺类型 业态 storetype locationtype type'),
    region: { ...region, synonyms: [...region.synonyms, 'sellerstate', 'geolocationstate', 'regionaloffice'] },
    city: { ...city, synonyms: [...city.synonyms, 'sellercity', 'geolocationcity'] },
    address: {
      ...address,
      class: 'non_sensitive',
      mask: undefined,
      synonyms: [...address.synonyms, '门店地址', '店铺地址', 'storeaddress'],
    },
    lon: field('double', '经度', 'Longitude', 'lng long longitude geolocationlng'),
    lat: field('double', '纬度', 'Latitude', 'latitude geolocationlat'),
  },
}
