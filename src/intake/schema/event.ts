import type { Domain } from '../contract.ts'
import { campaign, category, channel, customerId, field, personal, sku } from './field.ts'

/** Events. Field list and meaning: ARCHITECTURE.md, "Domain fields". */
export const event: Domain = {
  name: 'event',
  text: { zh: '行为事件', en: 'Events' },
  naturalKey: ['event_id'],
  keyFields: ['event', 'occurred_at'],
  fields: {
    event_id: field('text', '事件编号', 'Event ID', '事件id eventid messageid hitid logid'),
    type: field('text', '事件类型', 'Type', '类型 类别 eventtype hittype'),
    event: field(
      'text',
      '事件名称',
      'Event',
      '事件 行为 行为类型 动作 eventname action activity behaviour behavior behaviortype',
    ),
    occurred_at: field(
      'timestamp',
      '发生时间',
      'Occurred at',
      '时间 事件时间 访问时间 行为时间 操作时间 eventtime eventtimestamp timestamp eventdate datetime time clienttime ts',
    ),
    customer_id: customerId,
    anonymous_id: field(
      'text',
      '匿名标识',
      'Anonymous ID',
      '匿名id 设备标识 访客id anonymousid cookieid visitorid sessionid clientid distinctid',
      personal.hidden,
    ),
    channel,
    page: field('text', '页面', 'Page', '页面地址 页面路径 网址 url path pageurl pagename landingpageid screen'),
    sku,
    category,
    campaign,
    properties: field(
      'json',
      '属性',
      'Properties',
      '事件属性 扩展属性 params attributes eventproperties payload',
      personal.hidden,
    ),
  },
}
