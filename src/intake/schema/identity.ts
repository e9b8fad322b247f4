import type { Domain } from '../contract.ts'
import { customerId, field, personal } from './field.ts'

/** Identities. Field list and meaning: ARCHITECTURE.md, "Domain fields". */
export const identity: Domain = {
  name: 'identity',
  text: { zh: '身份标识', en: 'Identities' },
  naturalKey: ['customer_id', 'key_type', 'key_value'],
  keyFields: ['customer_id', 'key_type', 'key_value'],
  fields: {
    customer_id: customerId,
    key_type: field('text', '标识类型', 'Key type', 'id类型 标识种类 idtype keytype identifiertype identitytype'),
    key_value: field(
      'text',
      '标识值',
      'Key value',
      'id值 标识 idvalue keyvalue identifier identityvalue externalid',
      personal.hidden,
    ),
    since: field('timestamp', '绑定时间', 'Since', '绑定日期 生效时间 boundat linkedat validfrom'),
    until: field('timestamp', '解绑时间', 'Until', '解绑日期 失效时间 unboundat validto'),
  },
}
