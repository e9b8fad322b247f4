import type { Domain } from '../contract.ts'
import { customerId, field, personal } from './field.ts'

/** Devices. Field list and meaning: ARCHITECTURE.md, "Domain fields". */
export const device: Domain = {
  name: 'device',
  text: { zh: '设备', en: 'Devices' },
  naturalKey: ['device_id'],
  keyFields: ['device_id', 'platform'],
  fields: {
    device_id: field(
      'text',
      '设备编号',
      'Device ID',
      '设备id 设备号 设备标识 deviceid imei idfa oaid gaid androidid udid',
      personal.hidden,
    ),
    customer_id: customerId,
    platform: field('text', '平台', 'Platform', '系统 操作系统 设备系统 os ostype operatingsystem devicetype'),
    model: field('text', '型号', 'Model', '设备型号 机型 devicemodel modelname'),
    first_seen_at: field(
      'timestamp',
      '首次出现时间',
      'First seen at',
      '首次出现 激活时间 首次激活时间 firstseen activatedat installedat',
    ),
    last_seen_at: field(
      'timestamp',
      '最近出现时间',
      'Last seen at',
      '最近出现 最后活跃时间 最近活跃时间 lastseen lastactive',
    ),
  },
}
